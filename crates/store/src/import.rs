//! Taking a record over from an export, into an empty database: the way from one database to the other.
//!
//! Invariant: only an export that verifies is taken over, and only whole; what it lacks (accounts,
//! drafts, what is still to be told) is no part of the record.

use crate::{
    Edition, Fault, Finding, Rebuilt, Store,
    export::Line,
    fault::Lack,
    session::{Lock, Session, given, json, sql},
    verify,
};
use facts::Event;
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

/// Lines kept in one transaction.
const PAGE_LINES: usize = 500;

/// Why a record was not taken over.
#[derive(Debug, thiserror::Error)]
pub enum NotImported {
    #[error("there is a record already")]
    NotEmpty,
    /// The export is not whole or was altered.
    #[error("the export does not verify: {} findings", .0.len())]
    Wrong(Vec<Finding>),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Store {
    /// Takes over the record of an export and folds what follows from it; turns, readers and words
    /// come from the office afterwards, by [`Store::replace_projections`].
    ///
    /// # Errors
    /// [`NotImported`]. When it was interrupted there is part of a record: begin again with an empty database.
    pub async fn import(&self, export: &Path) -> Result<Rebuilt, NotImported> {
        if !self.all_events(0, 1).await?.is_empty() {
            return Err(NotImported::NotEmpty);
        }
        let findings = verify(open(export)?).findings;
        if !findings.is_empty() {
            return Err(NotImported::Wrong(findings));
        }
        let mut lines = open(export)?.lines();
        loop {
            let page: Vec<Line> = lines.by_ref().take(PAGE_LINES).map(read).collect::<Result<_, Fault>>()?;
            if page.is_empty() {
                break;
            }
            self.write(move |session| page.iter().try_for_each(|line| insert(session, line))).await?;
        }
        self.write(|session| {
            session.lock(Lock::Record)?;
            session.run(sql!("commands_of_events"), &[])
        })
        .await?;
        Ok(self.rebuild_from_events().await?)
    }
}

fn open(export: &Path) -> Result<BufReader<File>, Fault> {
    File::open(export).map(BufReader::new).map_err(|error| Fault::unavailable(Lack::Access, error))
}

fn read(line: std::io::Result<String>) -> Result<Line, Fault> {
    let line = line.map_err(|error| Fault::unavailable(Lack::Disk, error))?;
    Ok(serde_json::from_str(&line)?)
}

fn insert(session: &dyn Session, line: &Line) -> Result<(), Fault> {
    match line {
        Line::Edition(Edition { hash, seen_at, files }) => {
            session.run(sql!("edition_insert"), given![*hash, *seen_at, files])?;
        }
        Line::End(_) => {}
        Line::Event(event) => drop(insert_event(session, event)?),
    }
    Ok(())
}

/// Puts an event into the record; its running number in the record's order.
pub(crate) fn insert_event(session: &dyn Session, event: &Event) -> Result<u64, Fault> {
    let act = &event.act;
    session.insert(sql!("event_insert"), given![act.matter, event.seq, act.command, act.at, json(event)])
}
