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
use store::{Reach, Reached, Referring};

/// How far single links are followed; a set of matters is followed once, from where it stands.
const LINKS_MAX: usize = 5;

/// What refers to the matters acted on: what is derived of it may follow from the act.
pub(crate) struct Around {
    pub referring: Referring,
    /// The matters that refer and what they lead to, beside those gathered.
    pub matters: Vec<Matter>,
}

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
        Ok(self.gather_around(roots, None).await?.0)
    }

    /// The circumstances of some matters, at this instant, and what refers to the one that is to be acted on.
    pub(crate) async fn gather_around(
        &self,
        roots: &[MatterId],
        acted_on: Option<MatterId>,
    ) -> Result<(Gathered, Around), Fault> {
        let now = self.now();
        let edition = self.edition();
        let today = self.day_of(now, &edition);
        let (roots, to) = (roots.iter().copied().collect(), acted_on.into_iter().collect::<BTreeSet<_>>());
        let reached = self.reach(&BTreeMap::new(), roots, to.clone()).await?;
        let Reached { directory_version, matters, referring: seen, around } = reached;
        let around = Around { referring: Referring { to, seen }, matters: around };
        let (directory_version, organisation) = self.organisation_of(directory_version, today).await?;
        let gathered = Gathered {
            now,
            today,
            edition,
            calendar: self.calendar(),
            organisation,
            directory_version,
            matters: matters.into_iter().map(|matter| (matter.id, matter)).collect(),
        };
        Ok((gathered, around))
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
        let roots = roots.iter().copied().collect();
        let loaded = self.reach(matters, roots, BTreeSet::new()).await?.matters;
        matters.extend(loaded.into_iter().map(|matter| (matter.id, matter)));
        Ok(())
    }

    /// The roots and the matters that refer to others, with what all of them lead to, beside what is known.
    pub(crate) async fn reach(
        &self,
        known: &BTreeMap<MatterId, Matter>,
        roots: BTreeSet<MatterId>,
        referring_to: BTreeSet<MatterId>,
    ) -> Result<Reached, Fault> {
        let reach = Reach {
            roots,
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
