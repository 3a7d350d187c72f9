//! Everything that a decision or a view looks at, loaded in a bounded number of questions.
//!
//! Invariant: the number of questions depends on how far links reach, never on how many rows there are.

use crate::{Fault, Office};
use facts::{Calendar, Matter, MatterId, Organisation, Value};
use jiff::{Timestamp, civil::Date};
use rules::{engine::Edition, scene::Circumstances};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// How far single links are followed; a set of matters is followed once, from where it stands.
const LINKS_MAX: usize = 5;

/// Circumstances that own what they are made of.
#[derive(Clone)]
pub struct Gathered {
    pub now: Timestamp,
    pub today: Date,
    pub edition: Arc<Edition>,
    pub calendar: Arc<Calendar>,
    pub organisation: Arc<Organisation>,
    /// Version of the directory that the organisation was made from.
    pub directory_version: u64,
    pub matters: BTreeMap<MatterId, Matter>,
}

impl Gathered {
    /// As the engine takes them.
    pub fn circumstances(&self) -> Circumstances<'_> {
        Circumstances {
            now: self.now,
            today: self.today,
            organisation: &self.organisation,
            calendar: &self.calendar,
            matters: &self.matters,
        }
    }
}

impl Office {
    /// The circumstances of some matters, at this instant.
    pub async fn gather(&self, roots: &[MatterId]) -> Result<Gathered, Fault> {
        let now = self.now();
        let edition = self.edition();
        let today = self.day_of(now, &edition);
        let (directory_version, organisation) = self.organisation(today).await?;
        let mut gathered = Gathered {
            now,
            today,
            edition,
            calendar: self.calendar(),
            organisation,
            directory_version,
            matters: BTreeMap::new(),
        };
        self.follow(&mut gathered.matters, roots).await?;
        Ok(gathered)
    }

    /// Loads the roots and what they link to into the map; what is there already is not loaded again.
    pub(crate) async fn follow(
        &self,
        matters: &mut BTreeMap<MatterId, Matter>,
        roots: &[MatterId],
    ) -> Result<(), Fault> {
        let mut wanted: BTreeSet<MatterId> = roots.iter().copied().collect();
        for depth in 0..LINKS_MAX {
            wanted.retain(|id| !matters.contains_key(id));
            if wanted.is_empty() {
                break;
            }
            let ids: Vec<MatterId> = wanted.iter().copied().collect();
            let loaded = self.store().matters(&ids).await?;
            wanted = loaded.iter().flat_map(|matter| links(matter, depth == 0)).collect();
            matters.extend(loaded.into_iter().map(|matter| (matter.id, matter)));
        }
        Ok(())
    }
}

fn links(matter: &Matter, sets_too: bool) -> Vec<MatterId> {
    let fields = matter.fields.values();
    let followed = fields.filter(|value| sets_too || matches!(value, Value::Matter(_)));
    followed.flat_map(Value::members).filter_map(Value::matter).chain(matter.opened_by.filter(|_| sets_too)).collect()
}
