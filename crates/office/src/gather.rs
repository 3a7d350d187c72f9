//! Everything that a decision or a view looks at, loaded in a bounded number of questions.
//!
//! Invariant: the number of questions depends on how far links reach, never on how many rows there are.

use crate::{Fault, Office};
use facts::{Calendar, Matter, MatterId, Organisation, Value};
use jiff::{Timestamp, civil::Date};
use rules::{engine::Edition, scene::Circumstances};
use std::{collections::BTreeMap, sync::Arc};
use store::{Reach, Reached};

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
        let none = BTreeMap::new();
        let Reached { directory_version, matters, .. } = self.reach(&none, roots.to_vec(), vec![]).await?;
        let (directory_version, organisation) = self.organisation_of(directory_version, today).await?;
        Ok(Gathered {
            now,
            today,
            edition,
            calendar: self.calendar(),
            organisation,
            directory_version,
            matters: matters.into_iter().map(|matter| (matter.id, matter)).collect(),
        })
    }

    /// Loads the roots and what they link to into the map; what is there already is not loaded again.
    pub(crate) async fn follow(
        &self,
        matters: &mut BTreeMap<MatterId, Matter>,
        roots: &[MatterId],
    ) -> Result<(), Fault> {
        if roots.iter().all(|id| matters.contains_key(id)) {
            return Ok(());
        }
        let loaded = self.reach(matters, roots.to_vec(), vec![]).await?.matters;
        matters.extend(loaded.into_iter().map(|matter| (matter.id, matter)));
        Ok(())
    }

    /// The roots and the matters that refer to others, with what all of them link to, beside what is
    /// known.
    pub(crate) async fn reach(
        &self,
        known: &BTreeMap<MatterId, Matter>,
        roots: Vec<MatterId>,
        referring_to: Vec<MatterId>,
    ) -> Result<Reached, Fault> {
        let reach = Reach {
            roots: roots.into_iter().collect(),
            referring_to,
            known: known.keys().copied().collect(),
            links: |matter, away| links(matter, away == 0),
            links_max: LINKS_MAX,
        };
        self.store().reach(reach).await
    }
}

fn links(matter: &Matter, sets_too: bool) -> Vec<MatterId> {
    let fields = matter.fields.values();
    let followed = fields.filter(|value| sets_too || matches!(value, Value::Matter(_)));
    followed.flat_map(Value::members).filter_map(Value::matter).chain(matter.opened_by.filter(|_| sets_too)).collect()
}
