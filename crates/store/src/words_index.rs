//! The index of the words of matters.
//!
//! Embedded, the index of a full text is many small pages, and to change it for one matter costs more
//! than all else that a step writes. So words wait in one place, within the transaction of their step,
//! and are taken into the index together: when many wait, or before anybody searches. PostgreSQL does
//! the same by itself.
//! Invariant: whoever searches finds what was kept before.

use crate::{
    Database, Fault, Store,
    session::{Dialect, Session, given, sql},
    words,
};
use std::collections::BTreeMap;

/// So many texts wait at most.
const WAITING_MAX: u64 = 64;

/// Keeps the text by which a matter is found, whose words have this place; `changed`: it had another.
pub(crate) fn keep(session: &dyn Session, place: u64, text: &str, changed: bool) -> Result<(), Fault> {
    if session.dialect() == Dialect::Postgres {
        return put(session, place, text, changed);
    }
    let waiting = session.number(sql!("sqlite/words_waiting_insert"), given![place, text])?;
    if waiting >= WAITING_MAX { take_in(session) } else { Ok(()) }
}

/// Forgets all words.
pub(crate) fn wipe(session: &dyn Session) -> Result<(), Fault> {
    if session.dialect() == Dialect::Sqlite {
        session.run(sql!("sqlite/words_waiting_wipe"), &[])?;
    }
    session.run(sql!("wipe_found_matters"), &[]).map(|_| ())
}

/// Takes what waits into the index.
fn take_in(session: &dyn Session) -> Result<(), Fault> {
    let rows = session.each(sql!("sqlite/words_waiting"), &[], |mut row| Ok((row.number()?, row.text()?)))?;
    let last: BTreeMap<u64, String> = rows.into_iter().collect();
    for (place, text) in &last {
        put(session, *place, text, true)?;
    }
    session.run(sql!("sqlite/words_waiting_wipe"), &[]).map(|_| ())
}

fn put(session: &dyn Session, place: u64, text: &str, changed: bool) -> Result<(), Fault> {
    if changed {
        session.run(sql!("found_matter_delete"), given![place])?;
    }
    session.run(sql!("found_matter_insert"), given![place, words::tokens(text)]).map(|_| ())
}

impl Store {
    /// Takes what waits into the index, before a search. Where nothing can be written any more, the
    /// search goes on without the words that were kept last.
    pub(crate) async fn index_words(&self) -> Result<(), Fault> {
        if matches!(self.database, Database::Postgres(_)) {
            return Ok(());
        }
        if self.glance(|session| session.number(sql!("sqlite/words_waiting_any"), &[])).await? == 0 {
            return Ok(());
        }
        match self.write(take_in).await {
            Err(fault @ Fault::Unavailable { .. }) => {
                tracing::warn!(record.fault = %fault, "the words that were kept last are not found by a search");
                Ok(())
            }
            taken => taken,
        }
    }
}
