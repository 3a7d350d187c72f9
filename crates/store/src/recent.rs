//! Matters as they were last read or written: one that stands as it did is not read again.
//!
//! Must not know what the matters are for. Invariant: a matter is given out only with the head that the
//! record has for it at that instant, and by the chain of digests it can then be no other.

use crate::{
    Fault,
    matters::only,
    session::{Row, Session, given, json, sql},
};
use facts::{Digest, Event, Matter, MatterId, Value};
use quick_cache::{Weighter, sync::Cache};
use std::{collections::BTreeSet, sync::Arc};

/// Bytes of matters that are held, about.
const BYTES_MAX: u64 = 64 << 20;
/// Bytes of a matter of ordinary size, to make room for so many.
const BYTES_USUAL: u64 = 8 << 10;
/// About what one taking of a step occupies.
const BYTES_OF_TAKING: usize = 256;

/// The matters that are held.
pub(crate) struct Recent(Cache<MatterId, Arc<Matter>, Bytes>);

#[derive(Clone)]
struct Bytes;

impl Weighter<MatterId, Arc<Matter>> for Bytes {
    fn weight(&self, _: &MatterId, matter: &Arc<Matter>) -> u64 {
        let texts = matter.fields.values().flat_map(Value::members).filter_map(Value::text).map(str::len);
        let fields = matter.fields.len() * BYTES_OF_TAKING + texts.sum::<usize>();
        (fields + matter.taken.len() * BYTES_OF_TAKING) as u64
    }
}

impl Default for Recent {
    fn default() -> Recent {
        Recent(Cache::with_weighter((BYTES_MAX / BYTES_USUAL) as usize, BYTES_MAX, Bytes))
    }
}

impl Recent {
    /// Holds a matter as it stands now.
    pub fn hold(&self, matter: Matter) {
        self.0.insert(matter.id, Arc::new(matter));
    }

    // To look among the members of a list the database makes a table of it, which takes longer than a
    // matter or two: what is asked of one matter alone, as mostly happens, is a question of its own.

    /// The matters there are of those asked for, by id.
    pub fn matters(&self, session: &dyn Session, ids: &BTreeSet<MatterId>) -> Result<Vec<Matter>, Fault> {
        let heads = match only(ids.iter()) {
            Some(id) => session.rows(sql!("matter_head"), given![*id])?,
            None if ids.is_empty() => vec![],
            None => session.rows(sql!("matters_heads"), given![json(ids)])?,
        };
        self.standing_at(session, heads)
    }

    /// The matter with this number, exactly as it is written.
    pub fn by_number(&self, session: &dyn Session, number: &str) -> Result<Option<Matter>, Fault> {
        let head = session.rows(sql!("matter_head_by_number"), given![number])?;
        Ok(self.standing_at(session, head)?.pop())
    }

    /// The matters of rows of an id and a head.
    fn standing_at(&self, session: &dyn Session, heads: Vec<Row>) -> Result<Vec<Matter>, Fault> {
        let mut matters = Vec::with_capacity(heads.len());
        let mut missing = BTreeSet::new();
        for mut row in heads {
            let (id, head): (MatterId, Digest) = (row.parsed()?, row.parsed()?);
            match self.0.get(&id).filter(|held| held.head == head) {
                Some(held) => matters.push(Matter::clone(&held)),
                None => drop(missing.insert(id)),
            }
        }
        let read = match only(missing.iter()) {
            Some(id) => folded(session.rows(sql!("matter_state"), given![*id])?)?,
            None if missing.is_empty() => vec![],
            None => folded(session.rows(sql!("matters_states"), given![json(&missing)])?)?,
        };
        read.iter().for_each(|matter| self.hold(matter.clone()));
        let all_read = matters.is_empty();
        matters.extend(read);
        if !all_read {
            matters.sort_by_key(|matter| matter.id);
        }
        Ok(matters)
    }
}

/// The matters of rows of a state, with the first row of each matter, and of the events since it was written.
pub(crate) fn folded(rows: Vec<Row>) -> Result<Vec<Matter>, Fault> {
    let mut matters: Vec<Matter> = vec![];
    for mut row in rows {
        if let Some(state) = row.optional_text()? {
            matters.push(serde_json::from_str(&state)?);
        }
        if let (Some(event), Some(matter)) = (row.optional_text()?, matters.last_mut()) {
            let event: Event = serde_json::from_str(&event)?;
            matter.follow(&event).map_err(|broken| Fault::unsound(format!("matter {}: {broken}", matter.id)))?;
        }
    }
    Ok(matters)
}
