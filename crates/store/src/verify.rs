//! Whether an export is whole and unaltered, from the export alone.
//!
//! Knows no database. Invariant: nothing is skipped; one alteration is one finding, because each
//! event is held against what the event before it says of itself, and the whole against its last line
//! only where no line was found wrong.

use crate::{
    Edition,
    export::{End, Line},
    session::json,
};
use facts::{Digest, Event, MatterId, MatterNumber, chain::digest_of_files};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::BufRead,
};

/// What a verification went through and what it found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub events: u64,
    pub editions: u64,
    /// The last event of each matter and its digest, to be held against a checkpoint kept elsewhere:
    /// only that shows whether the end was cut and its last line written anew.
    pub heads: BTreeMap<MatterId, (u32, Digest)>,
    pub findings: Vec<Finding>,
}

/// Something wrong with an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Counted from 1.
    pub line: u64,
    pub matter: Option<MatterId>,
    pub wrong: Wrong,
}

/// What is wrong.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum Wrong {
    #[error("the line cannot be read: {0}")]
    Unreadable(String),
    #[error("event {found} stands where event {expected} belongs")]
    Gap { expected: u32, found: u32 },
    #[error("event {seq} does not follow the digest of the event before it")]
    Unchained { seq: u32 },
    #[error("event {seq} was altered: its content does not have its digest")]
    Altered { seq: u32 },
    #[error("event {seq} is of another kind than the matter")]
    Foreign { seq: u32 },
    #[error("the first event of the matter has no number")]
    NoNumber,
    #[error("the number {0} was given to another matter before")]
    NumberTwice(MatterNumber),
    #[error("edition {} of the rulebook, by which event {seq} was judged, is not in the export", edition.short())]
    NoEdition { seq: u32, edition: Digest },
    #[error("edition {} of the rulebook was altered: its files do not have its digest", edition.short())]
    EditionAltered { edition: Digest },
    #[error("the line is not written as an export writes it")]
    Otherwise,
    #[error("the export is not whole: its last line, which says how much there is, is missing")]
    NoEnd,
    #[error("the export is not whole: its last line speaks of {events} events, or of others than there are")]
    NotWhole { events: u64 },
    #[error("the line stands after the end of the export")]
    AfterEnd,
}

struct Chain {
    kind: facts::KindId,
    seq: u32,
    head: Digest,
}

/// Verifies an export: every finding, not only the first.
pub fn verify(lines: impl BufRead) -> Verified {
    let mut verified = Verified::default();
    let mut chains: BTreeMap<MatterId, Chain> = BTreeMap::new();
    let mut numbers: BTreeSet<MatterNumber> = BTreeSet::new();
    let mut editions: BTreeSet<Digest> = BTreeSet::from([Digest::NONE]);
    let mut seen = End::none();
    let mut end: Option<End> = None;
    let mut last = 0;
    for (line, text) in (1..).zip(lines.lines()) {
        let read = text.map_err(|error| error.to_string());
        let ended = read.is_err();
        let parsed = read.and_then(|text| {
            let line: Line = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            // What is written otherwise, or holds more, was not written by an export.
            Ok((json(&line) == text, line))
        });
        last = line;
        let otherwise = parsed.as_ref().is_ok_and(|(as_written, _)| !as_written);
        let (matter, mut wrongs) = match parsed {
            _ if end.is_some() => (None, vec![Wrong::AfterEnd]),
            Err(error) => (None, vec![Wrong::Unreadable(error)]),
            Ok((_, Line::Edition(edition))) => {
                seen.count_edition(&edition);
                editions.insert(edition.hash);
                let altered = (!is_whole(&edition)).then_some(Wrong::EditionAltered { edition: edition.hash });
                (None, altered.into_iter().collect())
            }
            Ok((_, Line::Event(event))) => {
                seen.count(&event);
                let mut wrongs = chained(&mut chains, &event);
                wrongs.extend(numbered(&mut numbers, &event));
                let (seq, edition) = (event.seq, event.act.edition);
                wrongs.extend(editions.insert(edition).then_some(Wrong::NoEdition { seq, edition }));
                (Some(event.act.matter), wrongs)
            }
            Ok((_, Line::End(said))) => {
                end = Some(said);
                (None, vec![])
            }
        };
        if otherwise && wrongs.is_empty() {
            wrongs.push(Wrong::Otherwise);
        }
        verified.findings.extend(wrongs.into_iter().map(|wrong| Finding { line, matter, wrong }));
        if ended {
            break;
        }
    }
    (verified.editions, verified.events) = (seen.editions, seen.events);
    if verified.findings.is_empty() {
        let wrong = match end {
            None => Some(Wrong::NoEnd),
            Some(end) if end != seen => Some(Wrong::NotWhole { events: end.events }),
            Some(_) => None,
        };
        verified.findings.extend(wrong.map(|wrong| Finding { line: last, matter: None, wrong }));
    }
    verified.heads = chains.into_iter().map(|(id, chain)| (id, (chain.seq, chain.head))).collect();
    verified
}

/// Whether the files of an edition have its digest.
fn is_whole(edition: &Edition) -> bool {
    let Ok(files) = serde_json::from_str::<BTreeMap<String, String>>(&edition.files) else { return false };
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    digest_of_files(&files) == edition.hash
}

fn chained(chains: &mut BTreeMap<MatterId, Chain>, event: &Event) -> Vec<Wrong> {
    let seq = event.seq;
    let before = chains.get(&event.act.matter);
    let expected = before.map_or(1, |chain| chain.seq + 1);
    let mut wrongs = vec![];
    if seq != expected {
        wrongs.push(Wrong::Gap { expected, found: seq });
    } else if event.before != before.map_or(Digest::NONE, |chain| chain.head) {
        wrongs.push(Wrong::Unchained { seq });
    }
    if event.digest != event.expected_digest() {
        wrongs.push(Wrong::Altered { seq });
    }
    if before.is_some_and(|chain| chain.kind != event.act.kind) {
        wrongs.push(Wrong::Foreign { seq });
    }
    let chain = Chain { kind: event.act.kind.clone(), seq, head: event.digest };
    chains.insert(event.act.matter, chain);
    wrongs
}

fn numbered(numbers: &mut BTreeSet<MatterNumber>, event: &Event) -> Option<Wrong> {
    match &event.number {
        None => (event.seq == 1).then_some(Wrong::NoNumber),
        Some(number) if numbers.insert(number.clone()) => None,
        Some(number) => Some(Wrong::NumberTwice(number.clone())),
    }
}
