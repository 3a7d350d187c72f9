//! The one write door: a submission is decided and recorded, or answered with every reason why not.
//!
//! Invariant: what is recorded was decided on exactly the versions that stand in the record when it
//! is written; if somebody was quicker, it is decided again.

use crate::{Fault, Gathered, Office, gather::Around, project::projection};
use facts::{Act, CommandId, Event, FieldId, Matter, MatterId, PersonId, Value};
use rules::{
    engine::{Command, Decided, Target, decide},
    refusal::{Missing, MissingWhat, Refused, Why},
};
use std::collections::BTreeSet;
use store::{NotAppended, Projection, Referring, Write};

/// Times an act is decided anew because somebody else was quicker.
const ATTEMPTS_MAX: usize = 5;

/// What somebody submits.
#[derive(Clone, Debug)]
pub struct Submitted {
    pub command: Command,
    /// The version of the matter that the person saw when filling in the form; `None`: not said.
    pub seen: Option<u32>,
    /// Commands of the same form that were carried out before this one: what they did is no news to the person.
    pub beside: Vec<CommandId>,
}

/// What became of it.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Recorded. `meanwhile`: what others did since the form was shown, which did not stand in the way.
    Done { events: Vec<Event>, repeated: bool, meanwhile: Vec<Event> },
    /// Not lawful now; `meanwhile` as above.
    Refused { refused: Refused, meanwhile: Vec<Event> },
    /// Something was done meanwhile that changes the ground of this act: look, and submit again.
    Stale { meanwhile: Vec<Event> },
    /// The id of the command was used for another act, and nothing was done now. `earlier`: what was done then,
    /// if the same person did it.
    Reused { earlier: Vec<Event> },
}

/// Whether a command is not the one that this first act of a command of the same id came from. What a form left as
/// it stood is not sent.
fn says_something_else(command: &Command, act: &Act) -> bool {
    let elsewhere = match &command.target {
        Target::New(kind) => act.opening.is_none() || act.kind != *kind,
        Target::Existing(id) => act.matter != *id,
    };
    let other = |(field, value): (&FieldId, &Value)| act.input.get(field) != Some(value);
    let for_another = command.each.is_some() && command.each != act.each;
    elsewhere
        || for_another
        || command.step != act.step
        || command.outcome != act.outcome
        || command.input.iter().any(other)
}

/// The answer of the first time, where a command of this id was carried out before.
fn as_before(command: &Command, events: Vec<Event>) -> Option<Answer> {
    let first = &events.first()?.act;
    Some(match first.person == command.person {
        // The id belongs to somebody else's command: what came of that is nobody else's to know.
        false => Answer::Reused { earlier: vec![] },
        true if says_something_else(command, first) => Answer::Reused { earlier: events },
        true => Answer::Done { events, repeated: true, meanwhile: vec![] },
    })
}

impl Office {
    /// Carries a submission out.
    ///
    /// # Errors
    /// Only faults of the record; a refusal is an answer.
    pub async fn carry_out(&self, submitted: Submitted) -> Result<Answer, Fault> {
        let mut attempts = 0;
        loop {
            attempts += 1;
            match self.attempt(&submitted).await? {
                Some(answer) => return Ok(answer),
                None if attempts < ATTEMPTS_MAX => {}
                None => return Ok(Answer::Stale { meanwhile: self.meanwhile(&submitted).await? }),
            }
        }
    }

    /// Whether a submission was carried out.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn is_carried_out(&self, command: CommandId) -> Result<bool, Fault> {
        Ok(!self.store().events_of_command(command).await?.is_empty())
    }

    /// One attempt; `None` when somebody else was quicker.
    async fn attempt(&self, submitted: &Submitted) -> Result<Option<Answer>, Fault> {
        let command = &submitted.command;
        let (mut gathered, around) = self.gather_around(&roots(command), target(command)).await?;
        self.only_what_the_person_may_name(&mut gathered, command);
        let meanwhile = self.meanwhile(submitted).await?;
        if stale(&gathered, command, &meanwhile) {
            return self.unless_done_before(command, Answer::Stale { meanwhile }).await;
        }
        let decided = decide(&gathered.edition, gathered.circumstances(), command);
        let decided = match decided {
            Ok(decided) => decided,
            Err(refused) => {
                let refused = discreet(&gathered, command, refused);
                return self.unless_done_before(command, Answer::Refused { refused, meanwhile }).await;
            }
        };
        let write = self.write(gathered, around, command, decided).await?;
        let says_directory = write.acts.iter().any(|act| !act.directory.is_empty());
        match self.store().append(write).await {
            // Sent twice at the same time: the other was quicker.
            Ok(appended) if appended.repeated => Ok(as_before(command, appended.events)),
            Ok(appended) => {
                if says_directory {
                    self.refresh_later();
                }
                Ok(Some(Answer::Done { events: appended.events, repeated: false, meanwhile }))
            }
            Err(
                NotAppended::Conflict { .. }
                | NotAppended::ReferredConflict { .. }
                | NotAppended::DirectoryConflict { .. },
            ) => Ok(None),
            Err(NotAppended::NumberTaken { number }) => {
                Ok(Some(Answer::Refused { refused: number_taken(command, number.as_str()), meanwhile }))
            }
            Err(NotAppended::Misfit { .. }) => Ok(None),
            Err(NotAppended::Fault(fault)) => Err(fault),
        }
    }

    /// This answer, or that of the first time where the command was carried out before: then the second time is
    /// refused for what the first one did.
    async fn unless_done_before(&self, command: &Command, answer: Answer) -> Result<Option<Answer>, Fault> {
        let before = self.store().events_of_command(command.id).await?;
        Ok(Some(as_before(command, before).unwrap_or(answer)))
    }

    /// What was recorded on the matter since the person saw it.
    async fn meanwhile(&self, submitted: &Submitted) -> Result<Vec<Event>, Fault> {
        let (Target::Existing(id), Some(seen)) = (&submitted.command.target, submitted.seen) else {
            return Ok(vec![]);
        };
        match self.store().matter(*id).await? {
            Some(matter) if matter.version > seen => {
                let events = self.store().events(*id).await?;
                let news = |event: &Event| event.seq > seen && !submitted.beside.contains(&event.act.command);
                Ok(events.into_iter().filter(news).collect())
            }
            _ => Ok(vec![]),
        }
    }

    /// What is to be kept: the acts, and what follows from them for every matter that they touch.
    async fn write(
        &self,
        mut after: Gathered,
        around: Around,
        command: &Command,
        decided: Decided,
    ) -> Result<Write, Fault> {
        let Decided { acts, changed } = decided;
        let touched: Vec<MatterId> = changed.keys().copied().collect();
        let (existing, opened): (BTreeSet<MatterId>, BTreeSet<MatterId>) =
            touched.iter().partition(|id| after.matters.contains_key(id));
        let Around { mut referring, matters: mut others } = around;
        let known = others.iter().map(|matter| matter.id).chain(after.matters.keys().copied());
        let known: BTreeSet<MatterId> = known.chain(opened.iter().copied()).collect();
        let linked: BTreeSet<MatterId> = changed.values().flat_map(Matter::links).collect();
        // Mostly an act touches its matter alone and refers to what was there.
        if !existing.is_subset(&referring.to) || !linked.is_subset(&known) || !referring.seen.is_subset(&known) {
            let reached = self.reach(&after.matters, linked, existing.clone()).await?;
            others = reached.matters.into_iter().chain(reached.around).collect();
            referring = Referring { to: existing, seen: reached.referring };
        }
        // What is derived of others rests on how they stand, too.
        let expected = after.matters.values().chain(&others).map(|matter| (matter.id, matter.version));
        let expected = expected.chain(opened.into_iter().map(|id| (id, 0))).collect();
        let seen = changed.into_iter().filter_map(|(id, matter)| after.matters.insert(id, matter)).collect();
        after.matters.extend(others.into_iter().map(|matter| (matter.id, matter)));
        let concerned = referring.seen.iter().filter(|id| !touched.contains(id));
        let matters = touched.iter().chain(concerned).filter_map(|id| after.matters.get(id));
        let projections: Vec<Projection> = matters.map(|matter| projection(&after, matter)).collect();
        Ok(Write {
            command: command.id,
            expected,
            seen,
            referring,
            directory_version: Some(after.directory_version),
            acts,
            projections,
            outbox: vec![],
        })
    }

    /// A person may name only matters that they may read: others are as if they were not there.
    fn only_what_the_person_may_name(&self, gathered: &mut Gathered, command: &Command) {
        let named: BTreeSet<MatterId> = links_of(command).collect();
        let hidden: Vec<MatterId> = named
            .into_iter()
            .filter(|id| gathered.matters.contains_key(id) && !gathered.may_read(*id, &command.person))
            .collect();
        for id in hidden {
            gathered.matters.remove(&id);
        }
    }
}

fn links_of(command: &Command) -> impl Iterator<Item = MatterId> {
    command.input.values().flat_map(Value::members).filter_map(Value::matter)
}

fn target(command: &Command) -> Option<MatterId> {
    match &command.target {
        Target::Existing(id) => Some(*id),
        Target::New(_) => None,
    }
}

fn roots(command: &Command) -> Vec<MatterId> {
    target(command).into_iter().chain(links_of(command)).collect()
}

/// Whether what others did since takes the ground from under the act: the same step for the same
/// member, or another text of what this step judges, makes public or sets.
fn stale(gathered: &Gathered, command: &Command, meanwhile: &[Event]) -> bool {
    let Target::Existing(id) = &command.target else { return false };
    let kind = gathered.matters.get(id).and_then(|matter| gathered.edition.rulebook.kind(matter.kind.as_str()));
    let step = kind.and_then(|kind| kind.step(command.step.as_str()));
    meanwhile.iter().any(|event| {
        let act = &event.act;
        let same_step = act.step == command.step && (act.each == command.each || command.each.is_none());
        let changed = |field: &facts::FieldId| act.input.contains_key(field);
        let judged = step.is_some_and(|step| step.binds.iter().any(changed));
        let outcome = command.outcome.as_ref().and_then(|outcome| step?.outcome(outcome.as_str()));
        let publishes = step.and_then(|step| step.publishes_with(outcome));
        let published = publishes.is_some_and(|publishes| publishes.fields().any(changed));
        let overwritten = command.input.keys().any(changed);
        let undone = act.undoes.contains(&command.step) || act.closes;
        (same_step && act.person != command.person) || judged || published || overwritten || undone
    })
}

/// To who may not read the matter it is as if it were not there.
fn discreet(gathered: &Gathered, command: &Command, refused: Refused) -> Refused {
    let Target::Existing(id) = &command.target else { return refused };
    if gathered.matters.contains_key(id) && !gathered.may_read(*id, &command.person) {
        return not_there(command);
    }
    let mut refused = refused;
    for refusal in &mut refused.refusals {
        for missing in &mut refusal.missing {
            if !may_know(gathered, missing, &command.person) {
                missing.matter = None;
            }
        }
    }
    refused
}

fn may_know(gathered: &Gathered, missing: &Missing, person: &PersonId) -> bool {
    let hidden = missing.matter.is_some_and(|id| !gathered.may_read(id, person));
    !hidden || matches!(missing.what, MissingWhat::Day { .. })
}

fn single(command: &Command, why: Why) -> Refused {
    let (matter, kind) = match &command.target {
        Target::Existing(id) => (Some(*id), facts::KindId::new("")),
        Target::New(kind) => (None, kind.clone()),
    };
    let refusal = rules::refusal::Refusal {
        matter,
        kind,
        step: command.step.clone(),
        why,
        rules: vec![],
        missing: vec![],
        earliest: None,
    };
    Refused { refusals: vec![refusal] }
}

fn not_there(command: &Command) -> Refused {
    single(command, Why::UnknownMatter)
}

fn number_taken(command: &Command, number: &str) -> Refused {
    single(command, Why::NumberTaken { number: number.to_owned() })
}
