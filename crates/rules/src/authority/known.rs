//! Rulings that were given, so that a side is not asked again on an equal ground.
//!
//! Invariant: however many matters and persons are asked about, what is known takes no more room than it may;
//! what is asked again stays.

use super::{ground::Ground, side::Ruling};
use quick_cache::{Equivalent, Weighter, sync::Cache};

/// Bytes of all that is known, about: each of sixty bodies makes grounds of its own for every step it is named in.
const BYTES_MAX: u64 = 32 << 20;
/// Bytes of an ordinary ground, to make room for so many.
const BYTES_USUAL: u64 = 2 << 10;
/// Bytes of the largest ground that is kept: of long texts hardly two are alike.
const GROUND_BYTES_MAX: usize = 8 << 10;

/// The rulings of all sides.
pub(super) struct Known(Cache<Asked, Ruling, Bytes>);

/// A side, by its number, and the ground on which it was asked.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Asked {
    side: usize,
    ground: Ground<'static>,
}

/// The same as it is asked now; hashes alike.
#[derive(Hash)]
struct Asking<'a, 'g> {
    side: usize,
    ground: &'a Ground<'g>,
}

impl Equivalent<Asked> for Asking<'_, '_> {
    fn equivalent(&self, asked: &Asked) -> bool {
        self.side == asked.side && *self.ground == asked.ground
    }
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Asked, Ruling> for Bytes {
    fn weight(&self, asked: &Asked, ruling: &Ruling) -> u64 {
        let errors: usize = ruling.errors.iter().map(|(_, error)| error.len()).sum();
        (asked.ground.bytes() + errors) as u64
    }
}

impl Default for Known {
    fn default() -> Known {
        Known(Cache::with_weighter((BYTES_MAX / BYTES_USUAL) as usize, BYTES_MAX, Bytes))
    }
}

impl Known {
    /// What a side ruled on an equal ground.
    pub fn ruling(&self, side: usize, ground: &Ground<'_>) -> Option<Ruling> {
        self.0.get(&Asking { side, ground })
    }

    /// Keeps a ruling, if its ground is not too large.
    pub fn keep(&self, side: usize, ground: Ground<'_>, ruling: Ruling) {
        if ground.bytes() <= GROUND_BYTES_MAX {
            self.0.insert(Asked { side, ground: ground.into_owned() }, ruling);
        }
    }

    pub fn forget(&self) {
        self.0.clear();
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::ground::Name, BYTES_MAX, GROUND_BYTES_MAX, Ground, Known, Ruling};

    fn ground(id: String) -> Ground<'static> {
        let nobody = Name::new("Person", "nobody");
        Ground { principal: nobody, resource: Name::new("Paper", id), entities: vec![], context: vec![] }
    }

    #[test]
    fn a_ruling_is_known_of_its_side_and_ground_only() {
        let known = Known::default();
        let ruling = Ruling { allowed: true, ..Ruling::default() };
        known.keep(1, ground("a".into()), ruling.clone());
        assert_eq!(known.ruling(1, &ground("a".into())), Some(ruling));
        assert_eq!(known.ruling(2, &ground("a".into())), None);
        assert_eq!(known.ruling(1, &ground("b".into())), None);
        known.forget();
        assert_eq!(known.ruling(1, &ground("a".into())), None);
    }

    #[test]
    fn more_is_forgotten_than_there_is_room_for_and_nothing_large_is_kept() {
        let known = Known::default();
        known.keep(1, ground("x".repeat(GROUND_BYTES_MAX)), Ruling::default());
        assert_eq!(known.len(), 0);
        let large = |n: u64| ground(format!("{n:0>width$}", width = GROUND_BYTES_MAX / 2));
        let room_for = BYTES_MAX / large(0).bytes() as u64;
        for n in 0..2 * room_for {
            known.keep(1, large(n), Ruling::default());
        }
        assert!((room_for / 2..=room_for).contains(&(known.len() as u64)), "{} of {room_for}", known.len());
    }
}
