//! Deriving everything anew from the record.
//!
//! Matters, links, directory, publications and counters follow from the events alone and are folded
//! here; turns, readers and words come from the office afterwards, by [`Store::replace_projections`].
//! Invariant: what is folded here equals what appending kept up.

use crate::{
    Fault, Store, follow,
    session::{Lock, Session, given, sql},
    words_index,
};
use facts::{Event, Matter, MatterId};
use std::collections::BTreeMap;

/// Events read at a time.
const PAGE_EVENTS: u32 = 1000;

/// An event with its running number in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub place: u64,
    pub event: Event,
}

/// What a rebuild went through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    pub events: u64,
    pub matters: u64,
}

impl Store {
    /// Events in the order of the record, after a running number. Running numbers may have gaps.
    /// An event is never given before one with a smaller number.
    pub async fn all_events(&self, after: u64, limit: u32) -> Result<Vec<Placed>, Fault> {
        let end = self.record_end().await?;
        self.read(move |session| events_between(session, after, end, limit)).await
    }

    /// The running number of the last event, when no append is under way before it.
    async fn record_end(&self) -> Result<u64, Fault> {
        if let crate::Database::Sqlite(sqlite) = &self.database {
            return sqlite.read(|session| session.number(sql!("record_end"), &[])).await;
        }
        self.write(|session| {
            session.lock(Lock::Record)?;
            session.number(sql!("record_end"), &[])
        })
        .await
    }

    /// Forgets what the office derived: turns, readers, words, titles. Until it is derived again,
    /// desks are empty and nobody reads anything but kinds read wholly.
    pub async fn wipe_projections(&self) -> Result<(), Fault> {
        self.write(|session| {
            session.lock(Lock::Record)?;
            wipe_derived(session)?;
            session.run(sql!("wipe_titles"), &[]).map(|_| ())
        })
        .await
    }

    /// Wipes everything that is not the record and folds what follows from it alone, in one transaction.
    ///
    /// # Errors
    /// [`Fault::Unsound`] when the events of a matter do not make one; everything is then as before.
    pub async fn rebuild_from_events(&self) -> Result<Rebuilt, Fault> {
        self.write(|session| {
            session.lock(Lock::Record)?;
            wipe_derived(session)?;
            let followed = [
                sql!("wipe_links"),
                sql!("wipe_publications"),
                sql!("wipe_found_publications"),
                sql!("wipe_directory"),
                sql!("wipe_states"),
                sql!("wipe_drawn"),
                sql!("wipe_matters"),
            ];
            followed.into_iter().try_for_each(|wipe| session.run(wipe, &[]).map(|_| ()))?;
            rebuild(session)
        })
        .await
    }
}

fn wipe_derived(session: &dyn Session) -> Result<(), Fault> {
    let derived = [sql!("wipe_turns"), sql!("wipe_words")];
    derived.into_iter().try_for_each(|wipe| session.run(wipe, &[]).map(|_| ()))?;
    words_index::wipe(session)
}

fn events_between(session: &dyn Session, after: u64, end: u64, limit: u32) -> Result<Vec<Placed>, Fault> {
    session.each(sql!("events_in_order"), given![after, end, limit], |mut row| {
        Ok(Placed { place: row.number()?, event: row.json()? })
    })
}

fn rebuild(session: &dyn Session) -> Result<Rebuilt, Fault> {
    let end = session.number(sql!("record_end"), &[])?;
    let mut matters: BTreeMap<MatterId, Matter> = BTreeMap::new();
    let mut said = vec![];
    let mut directory_version = 0;
    let mut rebuilt = Rebuilt::default();
    let mut after = 0;
    loop {
        let page = events_between(session, after, end, PAGE_EVENTS)?;
        let Some(last) = page.last() else { break };
        after = last.place;
        for Placed { place, event } in page {
            fold(&mut matters, &event)?;
            push_counters(session, &event)?;
            directory_version = follow::keep_entries(session, &event, directory_version)?;
            if event.act.publication.is_some() || !event.act.draws.is_empty() {
                said.push((place, event));
            }
            rebuilt.events += 1;
        }
    }
    for matter in matters.values() {
        follow::keep_matter(session, matter, None)?;
        rebuilt.matters += 1;
    }
    for (place, event) in &said {
        follow::keep_drawn(session, event)?;
        let number = matters.get(&event.act.matter).map_or("", |matter| matter.number.as_str());
        follow::keep_publication(session, *place, event, number)?;
    }
    Ok(rebuilt)
}

fn fold(matters: &mut BTreeMap<MatterId, Matter>, event: &Event) -> Result<(), Fault> {
    let id = event.act.matter;
    let broken = |error| Fault::unsound(format!("matter {id}: {error}"));
    match matters.get_mut(&id) {
        Some(matter) => matter.apply(event).map_err(broken),
        None => {
            matters.insert(id, Matter::open(event).map_err(broken)?);
            Ok(())
        }
    }
}

/// A counter stands at least at what was drawn from it.
fn push_counters(session: &dyn Session, event: &Event) -> Result<(), Fault> {
    let opened = event.act.opening.as_ref().zip(event.number.as_ref());
    let opened = opened.map(|(opening, number)| (&opening.series, number.as_str()));
    let drawn =
        event.act.draws.iter().filter_map(|(field, series)| Some((series, event.act.input.get(field)?.text()?)));
    for (series, number) in opened.into_iter().chain(drawn) {
        let split = series.pattern.split_once("{n}");
        let n = split.and_then(|(before, after)| number.strip_prefix(before)?.strip_suffix(after)?.parse::<u32>().ok());
        if let Some(n) = n {
            session.run(sql!("counter_push"), given![&series.counter, n])?;
        }
    }
    Ok(())
}
