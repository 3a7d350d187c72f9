//! What is handed to the store to be kept, and what it answers.
//!
//! Knows no database. Invariant: a [`Write`] is kept wholly or not at all.

use crate::Fault;
use facts::{
    Act, CommandId, Event, Label, Matter, MatterId, MatterNumber, PersonId, RuleId, StepId, Value, matter::Broken,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One carried-out command: its acts, what they change of the projections, and what is to be told.
#[derive(Clone, Debug)]
pub struct Write {
    pub command: CommandId,
    /// The matters the decision rests on with the version it saw; 0: the matter must not exist.
    pub expected: Vec<(MatterId, u32)>,
    /// Matters that are acted on, as the decision saw them: one that stands so still is not read again.
    pub seen: Vec<Matter>,
    /// Who referred to what is acted on: what is derived of them is derived anew.
    pub referring: Referring,
    /// The directory the decision rests on, if it rests on it.
    pub directory_version: Option<u64>,
    /// In the order they are to stand in the record.
    pub acts: Vec<Act>,
    /// May name matters that no act touches.
    pub projections: Vec<Projection>,
    pub outbox: Vec<OutboxItem>,
}

impl Write {
    /// A write of acts alone.
    pub fn new(command: CommandId, acts: Vec<Act>) -> Write {
        Write {
            command,
            expected: vec![],
            seen: vec![],
            referring: Referring::default(),
            directory_version: None,
            acts,
            projections: vec![],
            outbox: vec![],
        }
    }
}

/// The matters that referred to some others when these were looked at; closed ones, too, for who may read them
/// may follow from those.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Referring {
    pub to: BTreeSet<MatterId>,
    pub seen: BTreeSet<MatterId>,
}

/// What the office derives of one matter by its rules; replaces what was derived before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection {
    pub matter: MatterId,
    pub title: Label,
    pub turns: Vec<Turn>,
    /// Keys of the roles that may read the matter, see [`facts::Role::key`].
    pub readers: Vec<String>,
    /// Everything by which the matter should be found, besides its number and title.
    pub words: String,
    /// From when until when it is in force, where it is an entry of a register.
    pub valid: (Option<Date>, Option<Date>),
}

/// Whose turn it is in a matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Turn {
    pub step: StepId,
    /// Key of the role that may take the step, see [`facts::Role::key`].
    pub role: String,
    /// Whose answer is awaited, in a step that each of several must take.
    pub each: Option<Value>,
    pub due: Option<Date>,
    /// The first day on which it lies on the desk.
    pub from_date: Option<Date>,
    /// Whether it waits for something else and lies on no desk yet.
    pub waits: bool,
    pub rule: RuleId,
    /// Who holds the role and may not take this step, by a gate that looks at the person.
    pub barred: Vec<PersonId>,
}

/// Something to be told outside, drained by the worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxItem {
    pub kind: String,
    pub body: serde_json::Value,
    /// Not before this instant.
    pub due_at: Timestamp,
}

/// What was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The events of the command in the order of the record.
    pub events: Vec<Event>,
    /// The command had been carried out before: these are the events of that time, nothing was added.
    pub repeated: bool,
    /// The directory's version afterwards.
    pub directory_version: u64,
}

/// Why nothing was kept.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NotAppended {
    /// Someone else acted meanwhile.
    #[error("matter {matter} was expected at version {expected} and stands at {found}")]
    Conflict { matter: MatterId, expected: u32, found: u32 },
    /// Somebody let another matter refer to this one meanwhile, or closed one that did.
    #[error("others refer to matter {matter} than did")]
    ReferredConflict { matter: MatterId },
    /// The directory was added to meanwhile.
    #[error("the directory was expected at version {expected} and stands at {found}")]
    DirectoryConflict { expected: u64, found: u64 },
    #[error("the number {number} is already taken")]
    NumberTaken { number: MatterNumber },
    /// An act that is no opening on a matter that is not there, or an opening of one that is.
    #[error("an act does not fit matter {matter}: {broken}")]
    Misfit { matter: MatterId, broken: Broken },
    #[error(transparent)]
    Fault(#[from] Fault),
}
