//! Reading matters and their events as the record left them.
//!
//! Gives whole matters without regard to who asks: reading rights are the office's gate, or
//! [`crate::ListFilter`] where rows are listed.

use crate::{
    Fault, Store, append,
    follow::directory_version,
    recent::{Recent, folded},
    session::{Session, given, json, sql},
};
use facts::{CommandId, Event, KindId, Matter, MatterId};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Which matters to load together.
pub struct Reach {
    /// These, and what they lead to.
    pub roots: BTreeSet<MatterId>,
    /// Beside them the matters that refer to any of these, with what they lead to.
    pub referring_to: BTreeSet<MatterId>,
    /// Matters that are not loaded again and lead nowhere.
    pub known: BTreeSet<MatterId>,
    /// Where a matter leads, so many links away from where the search began.
    pub links: fn(&Matter, usize) -> Vec<MatterId>,
    /// How many links away is loaded.
    pub links_max: usize,
}

/// Matters that were loaded together, as they all stood at one instant.
pub struct Reached {
    pub directory_version: u64,
    /// The roots and what they lead to.
    pub matters: Vec<Matter>,
    /// Which matters refer, those too that are not loaded again.
    pub referring: BTreeSet<MatterId>,
    /// Those that refer and what they lead to, as far as the roots do not lead there.
    pub around: Vec<Matter>,
}

impl Store {
    /// Matters with what they lead to. Questions are asked as often as links are followed, however
    /// many matters there are.
    pub async fn reach(&self, reach: Reach) -> Result<Reached, Fault> {
        let recent = self.recent.clone();
        self.glance(move |session| follow(session, &recent, &reach)).await
    }

    /// The matter, if there is one.
    pub async fn matter(&self, id: MatterId) -> Result<Option<Matter>, Fault> {
        let recent = self.recent.clone();
        self.glance(move |session| Ok(recent.matters(session, &BTreeSet::from([id]))?.pop())).await
    }

    /// The matters there are of those asked for, by id.
    pub async fn matters(&self, ids: &[MatterId]) -> Result<Vec<Matter>, Fault> {
        let (recent, ids) = (self.recent.clone(), ids.iter().copied().collect());
        self.read(move |session| recent.matters(session, &ids)).await
    }

    /// The matter with this number, exactly as it is written.
    pub async fn matter_by_number(&self, number: &str) -> Result<Option<Matter>, Fault> {
        let (recent, number) = (self.recent.clone(), number.to_owned());
        self.glance(move |session| recent.by_number(session, &number)).await
    }

    /// The events of a matter, the first one first; empty when there is no such matter.
    pub async fn events(&self, id: MatterId) -> Result<Vec<Event>, Fault> {
        self.read(move |session| session.each(sql!("events_of_matter"), given![id], |mut row| row.json())).await
    }

    /// The events of some matters, each from its first one on.
    pub async fn events_of(&self, ids: &[MatterId]) -> Result<BTreeMap<MatterId, Vec<Event>>, Fault> {
        let ids = json(ids);
        let events: Vec<Event> = self
            .read(move |session| session.each(sql!("events_of_matters"), given![&ids], |mut row| row.json()))
            .await?;
        let mut of: BTreeMap<MatterId, Vec<Event>> = BTreeMap::new();
        events.into_iter().for_each(|event| of.entry(event.act.matter).or_default().push(event));
        Ok(of)
    }

    /// The events of a command, in the order of the record; none where it was not carried out.
    pub async fn events_of_command(&self, command: CommandId) -> Result<Vec<Event>, Fault> {
        self.read(move |session| Ok(append::carried_out(session, command)?.map_or(vec![], |before| before.events)))
            .await
    }

    /// The matters that refer to any of these.
    pub async fn links_to(&self, ids: &[MatterId]) -> Result<Vec<MatterId>, Fault> {
        let ids = ids.iter().copied().collect();
        self.read(move |session| links_to(session, &ids)).await
    }

    /// The matters that refer to one, those that are closed too, the newest first.
    pub async fn links_ever_to(&self, id: MatterId, limit: u32) -> Result<Vec<MatterId>, Fault> {
        self.read(move |session| session.each(sql!("links_ever_to"), given![id, limit], |mut row| row.parsed())).await
    }

    /// Open matters in the order of their ids, of one kind or of all, after an id.
    pub async fn open_matters(
        &self,
        kind: Option<&KindId>,
        after: Option<MatterId>,
        limit: u32,
    ) -> Result<Vec<Matter>, Fault> {
        let kind = kind.cloned();
        let after = after.unwrap_or_else(|| MatterId::new(Uuid::nil()));
        self.read(move |session| match &kind {
            Some(kind) => folded(session.rows(sql!("open_matters"), given![kind.as_str(), after, limit])?),
            None => folded(session.rows(sql!("open_matters_of_all_kinds"), given![after, limit])?),
        })
        .await
    }

    /// How many matters there are, open and closed.
    pub async fn matters_count(&self) -> Result<u64, Fault> {
        self.read(|session| session.number(sql!("matters_count"), &[])).await
    }

    /// Matters open or closed in the order of their ids, after an id: for deriving everything anew.
    pub async fn all_matters(&self, after: Option<MatterId>, limit: u32) -> Result<Vec<Matter>, Fault> {
        let after = after.unwrap_or_else(|| MatterId::new(Uuid::nil()));
        self.read(move |session| folded(session.rows(sql!("all_matters"), given![after, limit])?)).await
    }

    /// The last number drawn from a counter; 0 when none was.
    pub async fn counter(&self, name: &str) -> Result<u64, Fault> {
        let name = name.to_owned();
        self.read(move |session| session.number(sql!("counter_value"), given![&name])).await
    }
}

fn follow(session: &dyn Session, recent: &Recent, reach: &Reach) -> Result<Reached, Fault> {
    let mut there = reach.known.clone();
    let mut load = |mut wanted: BTreeSet<MatterId>| -> Result<Vec<Matter>, Fault> {
        let mut matters: Vec<Matter> = vec![];
        for away in 0..reach.links_max {
            wanted.retain(|id| there.insert(*id));
            if wanted.is_empty() {
                break;
            }
            let loaded = recent.matters(session, &wanted)?;
            wanted = loaded.iter().flat_map(|matter| (reach.links)(matter, away)).collect();
            matters.extend(loaded);
        }
        Ok(matters)
    };
    let matters = load(reach.roots.clone())?;
    let referring: BTreeSet<MatterId> = links_to(session, &reach.referring_to)?.into_iter().collect();
    let around = load(referring.clone())?;
    Ok(Reached { directory_version: directory_version(session)?, matters, referring, around })
}

/// The matters that refer to any of these, by id.
pub(crate) fn links_to(session: &dyn Session, ids: &BTreeSet<MatterId>) -> Result<Vec<MatterId>, Fault> {
    match only(ids.iter()) {
        None if ids.is_empty() => Ok(vec![]),
        Some(id) => session.each(sql!("links_to_one"), given![*id], |mut row| row.parsed()),
        None => session.each(sql!("links_to"), given![json(ids)], |mut row| row.parsed()),
    }
}

/// The member of what has one member.
pub(crate) fn only<T>(mut members: impl Iterator<Item = T>) -> Option<T> {
    members.next().filter(|_| members.next().is_none())
}
