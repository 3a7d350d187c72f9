//! The record as lines of JSON that need nothing else to be read and verified.
//!
//! Invariant: every edition and every event kept when the export began is in it, the editions first; its
//! last line says how much that is, so that a cut export is known for one.

use crate::{Edition, Fault, Store, fault::Lack};
use facts::{Digest, Event, chain::digest_of};
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
    End(End),
}

/// What the lines above it hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct End {
    pub editions: u64,
    pub events: u64,
    /// Over the editions, each with the time it was first seen, and the digests of all events, in their order.
    pub digest: Digest,
}

impl End {
    /// Before the first line.
    pub fn none() -> End {
        End { editions: 0, events: 0, digest: Digest::NONE }
    }

    /// With one edition more.
    pub fn count_edition(&mut self, edition: &Edition) {
        self.editions += 1;
        let seen_at = edition.seen_at.to_string();
        self.digest = digest_of(&[self.digest.as_bytes(), edition.hash.as_bytes(), seen_at.as_bytes()]);
    }

    /// With one event more.
    pub fn count(&mut self, event: &Event) {
        self.events += 1;
        self.digest = digest_of(&[self.digest.as_bytes(), event.digest.as_bytes()]);
    }
}

impl Store {
    /// Writes every edition and every event, one a line; how many lines.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when the record cannot be read or the lines cannot be written.
    pub async fn export<W: Write + Send>(&self, writer: &mut W) -> Result<u64, Fault> {
        let mut end = End::none();
        for edition in self.editions().await? {
            end.count_edition(&edition);
            line(writer, &Line::Edition(edition))?;
        }
        let mut after = 0;
        loop {
            let page = self.all_events(after, PAGE_EVENTS).await?;
            let Some(last) = page.last() else { break };
            after = last.place;
            for placed in page {
                end.count(&placed.event);
                line(writer, &Line::Event(Box::new(placed.event)))?;
            }
        }
        let lines = end.editions + end.events + 1;
        line(writer, &Line::End(end))?;
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
