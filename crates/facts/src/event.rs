//! An event: one act on one matter, as the record keeps it for life.
//!
//! Everything needed to read it later stands in it; a correction is a further event.
//! Invariant: an event is never changed after it has its digest.

use crate::{
    CommandId, Digest, FieldId, KindId, MatterId, MatterNumber, OutcomeId, PersonId, PostId, RuleId, StepId, Value,
    chain,
    directory::{Entry, Role, Via},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// In which capacity a person acted: the role that allowed it and how the person came to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capacity {
    pub role: Role,
    pub via: Via,
    /// The person's own post at that instant, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<PostId>,
}

/// Taken after its due date, with the reason that stays on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lateness {
    pub due: Date,
    pub reason: String,
}

/// What only the first event of a matter carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The pattern of the number series; the store fills in [`Event::number`] inside its transaction.
    pub series: Series,
    /// The matter whose step opened this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MatterId>,
}

/// A series of numbers: the counter it draws from and the pattern with `{n}` for what is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Name of the counter, e.g. `Executive/16`.
    pub counter: String,
    /// E.g. `EM-16-{n}`.
    pub pattern: String,
    /// A number that was given from outside (a replayed or imported matter), instead of the next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<u32>,
}

impl Series {
    /// The number with `n` filled in.
    pub fn number(&self, n: u32) -> MatterNumber {
        MatterNumber::new(self.pattern.replace("{n}", &n.to_string()))
    }
}

/// What the step makes public, fixed at that instant; its address is the matter's number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    pub title: String,
    pub text: String,
    /// Further fields made public, by the label of their field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<FieldId, Value>,
}

/// What the engine decided: an event without its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    pub matter: MatterId,
    pub kind: KindId,
    /// The step taken, or `open` for the first event of a matter that another matter's step opened.
    pub step: StepId,
    pub person: PersonId,
    pub capacity: Capacity,
    /// Whose answer this is, in a step that each of several must take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<Value>,
    pub at: Timestamp,
    /// The day of `at` in the office's own zone.
    pub on: Date,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub input: BTreeMap<FieldId, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<OutcomeId>,
    /// Whether the step counts as done with this outcome.
    pub counts: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Lateness>,
    /// Digests of the fields that this act judged; a later change of one of them voids the act.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub binds: BTreeMap<FieldId, Digest>,
    /// Steps of this matter that this act undoes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undoes: Vec<StepId>,
    /// What this act says of the directory.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub directory: Vec<Entry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<Publication>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    /// Fields that take the next number of a series; the store writes what was drawn into the input.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub draws: BTreeMap<FieldId, Series>,
    /// Rules that bind this matter by reference only and would have refused the act.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<RuleId>,
    /// Whether the matter is closed by this act.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closes: bool,
    /// Rules relied on.
    pub grounds: Vec<RuleId>,
    /// Digest of the rulebook edition it was judged by.
    pub edition: Digest,
    pub command: CommandId,
}

impl Act {
    /// Takes in the number that was drawn for a field, also into what is made public.
    pub fn draw(&mut self, field: &FieldId, number: &MatterNumber) {
        let number = Value::Text(number.to_string());
        let public = self.publication.as_mut().and_then(|publication| publication.facts.get_mut(field));
        if let Some(public) = public {
            *public = number.clone();
        }
        self.input.insert(field.clone(), number);
    }
}

/// One act in its place in the chain of its matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// 1 for the first event of the matter, then without a gap.
    pub seq: u32,
    /// The matter's number, on its first event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<MatterNumber>,
    #[serde(flatten)]
    pub act: Act,
    /// Digest of the event before it in the same matter, [`Digest::NONE`] for the first.
    pub before: Digest,
    pub digest: Digest,
}

impl Event {
    /// Puts an act in its place. `before` is the digest of the matter's last event.
    pub fn seal(act: Act, seq: u32, number: Option<MatterNumber>, before: Digest) -> Event {
        let mut event = Event { seq, number, act, before, digest: Digest::NONE };
        event.digest = event.expected_digest();
        event
    }

    /// The digest that the content must have.
    pub fn expected_digest(&self) -> Digest {
        #[derive(Serialize)]
        struct Sealed<'a> {
            seq: u32,
            number: &'a Option<MatterNumber>,
            act: &'a Act,
            before: &'a Digest,
        }
        let Event { seq, number, act, before, digest: _ } = self;
        chain::digest_json(&Sealed { seq: *seq, number, act, before })
    }
}
