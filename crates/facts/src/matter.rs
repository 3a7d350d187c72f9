//! A matter as its events leave it.
//!
//! Knows no kind by name and needs no rulebook: every event says what it sets, counts, binds and undoes.
//! Invariant: `fold` of all events equals the matter that was kept up event by event.

use crate::{
    Act, Digest, Event, FieldId, KindId, MatterId, MatterNumber, OutcomeId, PersonId, Role, StepId, Value, chain,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One case of one kind, as of its last event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    pub id: MatterId,
    pub kind: KindId,
    pub number: MatterNumber,
    pub opened: Date,
    /// The matter whose step opened this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_by: Option<MatterId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Date>,
    /// `seq` of the last event.
    pub version: u32,
    /// Digest of the last event.
    pub head: Digest,
    #[serde(default)]
    pub fields: BTreeMap<FieldId, Value>,
    /// Every time a step was taken, in order.
    #[serde(default)]
    pub taken: Vec<Taken>,
}

/// One taking of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub step: StepId,
    pub seq: u32,
    pub on: Date,
    pub at: Timestamp,
    pub person: PersonId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<Value>,
    /// The answer of a member entered by somebody else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub entered: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<OutcomeId>,
    /// Whether the step counts as done with this outcome.
    pub counts: bool,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub binds: BTreeMap<FieldId, Digest>,
    /// `seq` of the event that undid it, answered it anew or changed what it judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<u32>,
}

/// The events do not make one matter.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Broken {
    #[error("a matter without events")]
    Empty,
    #[error("the first event of a matter has no number")]
    NoNumber,
    #[error("event {found} stands where event {expected} belongs")]
    Gap { expected: u32, found: u32 },
    #[error("event {seq} is of another matter or kind")]
    Foreign { seq: u32 },
    #[error("event {seq} does not follow the digest of the event before it")]
    Unchained { seq: u32 },
    #[error("event {seq} was altered: its content does not have its digest")]
    Altered { seq: u32 },
}

impl Matter {
    /// The matter that the events make, each event's digest checked.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<Matter, Broken> {
        let mut events = events.into_iter();
        let mut matter = Matter::open(events.next().ok_or(Broken::Empty)?)?;
        for event in events {
            matter.apply(event)?;
        }
        Ok(matter)
    }

    /// The matter after its first event.
    pub fn open(event: &Event) -> Result<Matter, Broken> {
        let mut matter = Matter::unopened(&event.act, event.number.clone().ok_or(Broken::NoNumber)?);
        matter.apply(event)?;
        Ok(matter)
    }

    /// The matter that an act is about to open.
    pub fn unopened(act: &Act, number: MatterNumber) -> Matter {
        Matter {
            id: act.matter,
            kind: act.kind.clone(),
            number,
            opened: act.on,
            opened_by: act.opening.as_ref().and_then(|opening| opening.by),
            closed: None,
            version: 0,
            head: Digest::NONE,
            fields: BTreeMap::new(),
            taken: vec![],
        }
    }

    /// Seals an act as the next event and takes it in; the first event carries the number.
    pub fn add(&mut self, act: Act) -> Result<Event, Broken> {
        let (seq, number) = (self.version + 1, (self.version == 0).then(|| self.number.clone()));
        if act.matter != self.id || act.kind != self.kind {
            return Err(Broken::Foreign { seq });
        }
        let event = Event::seal(act, seq, number, self.head);
        self.foresee(&event.act);
        self.head = event.digest;
        Ok(event)
    }

    /// Takes in the next event.
    pub fn apply(&mut self, event: &Event) -> Result<(), Broken> {
        let seq = event.seq;
        if seq != self.version + 1 {
            return Err(Broken::Gap { expected: self.version + 1, found: seq });
        }
        if event.act.matter != self.id || event.act.kind != self.kind {
            return Err(Broken::Foreign { seq });
        }
        if event.before != self.head {
            return Err(Broken::Unchained { seq });
        }
        if event.digest != event.expected_digest() {
            return Err(Broken::Altered { seq });
        }
        self.foresee(&event.act);
        self.head = event.digest;
        Ok(())
    }

    /// Takes in the next event of a record that is known to be sound: its digest is not computed anew.
    ///
    /// # Errors
    /// Only where it is not the next.
    pub fn follow(&mut self, event: &Event) -> Result<(), Broken> {
        if event.seq != self.version + 1 {
            return Err(Broken::Gap { expected: self.version + 1, found: event.seq });
        }
        self.foresee(&event.act);
        self.head = event.digest;
        Ok(())
    }

    /// Fills a field. Nothing at all, an empty set where the field holds a single value, takes that value back.
    pub fn say(&mut self, field: &FieldId, value: &Value) {
        let single = self.fields.get(field).is_some_and(|held| !matches!(held, Value::Set(_)));
        match value {
            Value::Set(members) if members.is_empty() && single => drop(self.fields.remove(field)),
            value => drop(self.fields.insert(field.clone(), value.clone())),
        }
    }

    /// Takes in an act of this matter as its next event will, without its digest.
    pub fn foresee(&mut self, act: &Act) {
        let seq = self.version + 1;
        for (field, value) in &act.input {
            self.say(field, value);
        }
        for taken in self.taken.iter_mut().filter(|taken| taken.void.is_none()) {
            let undone = act.undoes.contains(&taken.step);
            let anew = act.each.is_some() && act.step == taken.step && act.each == taken.each;
            let stale = taken.binds.iter().any(|(field, digest)| {
                act.input.contains_key(field) && digest_of_field(&self.fields, field) != *digest
            });
            if undone || anew || stale {
                taken.void = Some(seq);
            }
        }
        self.taken.push(Taken {
            step: act.step.clone(),
            seq,
            on: act.on,
            at: act.at,
            person: act.person.clone(),
            each: act.each.clone(),
            entered: entered(act),
            outcome: act.outcome.clone(),
            counts: act.counts,
            binds: act.binds.clone(),
            void: None,
        });
        if act.closes {
            self.closed = Some(act.on);
        }
        self.version = seq;
    }

    /// The value of a field, if it was ever set.
    pub fn field(&self, field: &str) -> Option<&Value> {
        self.fields.get(field)
    }

    /// The digest that binds an act to the present value of a field.
    pub fn digest_of_field(&self, field: &FieldId) -> Digest {
        digest_of_field(&self.fields, field)
    }

    /// The takings of a step that stand, in order.
    pub fn standing<'a>(&'a self, step: &str) -> impl DoubleEndedIterator<Item = &'a Taken> {
        self.taken.iter().filter(move |taken| taken.void.is_none() && taken.step.as_str() == step)
    }

    /// The last taking of a step that stands and counts.
    pub fn done(&self, step: &str) -> Option<&Taken> {
        self.taken.iter().rfind(|taken| taken.void.is_none() && taken.counts && taken.step.as_str() == step)
    }

    /// Every matter that a field refers to, without repetition.
    pub fn links(&self) -> Vec<MatterId> {
        let mut links: Vec<_> =
            self.fields.values().flat_map(|value| value.members()).filter_map(Value::matter).collect();
        links.extend(self.opened_by);
        links.sort();
        links.dedup();
        links
    }
}

fn digest_of_field(fields: &BTreeMap<FieldId, Value>, field: &FieldId) -> Digest {
    chain::digest_json(&fields.get(field))
}

/// Whether the act is a member's answer and not taken by the member, nor for the member's body by one of it.
fn entered(act: &Act) -> bool {
    match &act.each {
        Some(Value::Person(member)) => act.person != *member,
        Some(Value::Body(member)) => !matches!(&act.capacity.role, Role::At(_, body) if body == member),
        _ => false,
    }
}
