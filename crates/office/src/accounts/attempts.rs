//! How long one must wait after failed attempts, and the failures that no account can count: those
//! of logins that do not exist, and those of an address.
//!
//! Invariant: the memory that strangers can make it take is bounded.

use jiff::{SignedDuration, Timestamp};
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Failed attempts at a login before it is locked for a while.
pub(super) const FREE_FAILURES: u32 = 5;
const FIRST_DELAY_SECONDS: i64 = 30;
const DELAY_SECONDS_MAX: i64 = 15 * 60;
const KEYS_MAX: usize = 10_000;
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Until when one must wait after so many failures: 30 seconds, then twice as long each time, a
/// quarter of an hour at most.
pub(super) fn locked_until(failures: u32, free: u32, now: Timestamp) -> Option<Timestamp> {
    let beyond = failures.checked_sub(free)?;
    let seconds = FIRST_DELAY_SECONDS.saturating_mul(1 << beyond.min(16)).min(DELAY_SECONDS_MAX);
    now.checked_add(SignedDuration::from_secs(seconds)).ok()
}

/// Failures counted in memory, by any key.
#[derive(Debug)]
pub struct Attempts {
    free: u32,
    counted: Mutex<BTreeMap<String, Count>>,
}

#[derive(Clone, Copy, Debug)]
struct Count {
    failures: u32,
    last: Timestamp,
    locked_until: Option<Timestamp>,
}

impl Default for Attempts {
    /// As for a login.
    fn default() -> Self {
        Attempts::new(FREE_FAILURES)
    }
}

impl Attempts {
    /// Locks a key at the failure with this number.
    pub fn new(free: u32) -> Attempts {
        Attempts { free, counted: Mutex::default() }
    }

    /// Until when a key is locked at an instant; `None`: it is not.
    pub fn locked(&self, key: &str, now: Timestamp) -> Option<Timestamp> {
        self.counted().get(key)?.locked_until.filter(|until| *until > now)
    }

    /// Counts a failure; until when the key is locked by it.
    pub fn failed(&self, key: &str, now: Timestamp) -> Option<Timestamp> {
        let mut counted = self.counted();
        make_room(&mut counted, now);
        let failures = counted.get(key).filter(|count| is_fresh(count, now)).map_or(0, |count| count.failures) + 1;
        let locked_until = locked_until(failures, self.free, now);
        counted.insert(key.to_owned(), Count { failures, last: now, locked_until });
        locked_until
    }

    /// Forgets the failures of a key.
    pub fn succeeded(&self, key: &str) {
        self.counted().remove(key);
    }

    fn counted(&self) -> MutexGuard<'_, BTreeMap<String, Count>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_fresh(count: &Count, now: Timestamp) -> bool {
    now.duration_since(count.last) < FORGOTTEN_AFTER
}

fn make_room(counted: &mut BTreeMap<String, Count>, now: Timestamp) {
    if counted.len() < KEYS_MAX {
        return;
    }
    counted.retain(|_, count| is_fresh(count, now));
    if counted.len() >= KEYS_MAX {
        // Those that failed least are the least worth remembering.
        let mut failures: Vec<u32> = counted.values().map(|count| count.failures).collect();
        failures.sort_unstable();
        let median = failures[failures.len() / 2];
        counted.retain(|_, count| count.failures > median);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_grows_and_ends() {
        let now = Timestamp::UNIX_EPOCH;
        let seconds = |failures| locked_until(failures, 5, now).map(|until| until.as_second());
        let cases =
            [(0, None), (4, None), (5, Some(30)), (6, Some(60)), (9, Some(480)), (10, Some(900)), (4000, Some(900))];
        for (failures, expected) in cases {
            assert_eq!(seconds(failures), expected, "{failures} failures");
        }
    }

    #[test]
    fn a_key_is_locked_until_its_delay_is_over_and_forgotten_on_success() {
        let (attempts, start) = (Attempts::new(2), Timestamp::UNIX_EPOCH);
        assert_eq!(attempts.failed("a", start), None);
        let until = attempts.failed("a", start).expect("the second failure locks");
        assert_eq!(attempts.locked("a", start), Some(until));
        assert_eq!(attempts.locked("a", until), None);
        assert_eq!(attempts.locked("b", start), None);
        attempts.succeeded("a");
        assert_eq!(attempts.failed("a", until), None);
    }

    #[test]
    fn strangers_cannot_fill_the_memory() {
        let attempts = Attempts::new(2);
        for n in 0..KEYS_MAX * 2 {
            attempts.failed(&n.to_string(), Timestamp::UNIX_EPOCH);
        }
        assert!(attempts.counted().len() <= KEYS_MAX);
    }
}
