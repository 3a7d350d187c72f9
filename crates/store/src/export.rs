//! The record as lines of JSON that need nothing else to be read and verified.
//!
//! Invariant: every edition and every event kept when the export began is in it, the editions first.

use crate::{Edition, Fault, Store, fault::Lack};
use facts::Event;
use serde::{Deserialize, Serialize};
use std::io::Write;

/// Events read at a time.
const PAGE_EVENTS: u32 = 1000;

/// One line of an export.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Line {
    Edition(Edition),
    Event(Box<Event>),
}

impl Store {
    /// Writes every edition and every event, one a line; how many lines.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when the record cannot be read or the lines cannot be written.
    pub async fn export<W: Write + Send>(&self, writer: &mut W) -> Result<u64, Fault> {
        let mut lines = 0;
        for edition in self.editions().await? {
            line(writer, &Line::Edition(edition))?;
            lines += 1;
        }
        let mut after = 0;
        loop {
            let page = self.all_events(after, PAGE_EVENTS).await?;
            let Some(last) = page.last() else { break };
            after = last.place;
            for placed in page {
                line(writer, &Line::Event(Box::new(placed.event)))?;
                lines += 1;
            }
        }
        writer.flush().map_err(|error| Fault::unavailable(Lack::Disk, error))?;
        Ok(lines)
    }
}

fn line(writer: &mut impl Write, line: &Line) -> Result<(), Fault> {
    serde_json::to_writer(&mut *writer, line)
        .map_err(std::io::Error::from)
        .and_then(|()| writer.write_all(b"\n"))
        .map_err(|error| Fault::unavailable(Lack::Disk, error))
}
