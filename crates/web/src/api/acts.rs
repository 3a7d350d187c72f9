//! An act submitted as JSON, by a script or on the command line.
//!
//! Invariant: it goes through `Office::carry_out` like a page's; what could not be read is answered
//! with every misfit.

use super::problem::{AtFault, Problem};
use crate::wording::{Words, matters_named};
use facts::{CommandId, FieldId, KindId, Matter, MatterId, PersonId};
use office::{
    Answer, Consulted, Fault, Office, Submitted,
    fill::{self, Filled, Typed, member},
};
use rules::{
    engine::{Command, Target},
    refusal::Refused,
    rulebook::nearest,
};
use serde::Serialize;
use uuid::Uuid;

/// What is submitted.
#[derive(Clone, Debug, Default)]
pub struct Submission {
    /// Sent twice with the same id it is carried out once; made anew where it is not given.
    pub command: Option<Uuid>,
    pub outcome: Option<String>,
    /// The body or person whose answer it is.
    pub each: Option<String>,
    /// In JSON it is `with`.
    pub input: Input,
    /// Why it is late.
    pub late: Option<String>,
    /// The version of the matter that was seen.
    pub seen: Option<u32>,
}

/// The fields of a submission.
#[derive(Clone, Debug)]
pub enum Input {
    /// By a program: texts, numbers, truth values, days as `2026-11-23`, persons and bodies by their ids,
    /// matters by their numbers, sets as lists; each in the form of its type.
    Json(serde_json::Map<String, serde_json::Value>),
    /// By hand: all as texts.
    Typed(Typed),
}

impl Default for Input {
    fn default() -> Input {
        Input::Typed(Typed::default())
    }
}

/// What an act came to.
#[derive(Clone, Debug, Serialize)]
pub struct Carried {
    pub number: String,
    pub version: u32,
    /// It had been carried out before; nothing was added.
    pub repeated: bool,
    /// Numbers of matters that it opened.
    pub opened: Vec<String>,
    pub meanwhile: Vec<String>,
}

/// Where an act is to happen.
#[derive(Clone, Debug)]
pub enum Where<'w> {
    New(&'w str),
    /// The number of a matter.
    On(&'w str),
}

/// Carries a submission out.
///
/// # Errors
/// Only faults of the record; everything else is an answer.
pub async fn act(
    office: &Office,
    words: &Words,
    person: &PersonId,
    place: Where<'_>,
    step: &str,
    submission: Submission,
) -> Result<Result<Carried, Problem>, Fault> {
    let edition = office.edition();
    let (target, kind, version) = match place {
        Where::New(kind) => (Target::New(KindId::new(kind)), KindId::new(kind), 0),
        Where::On(number) => match readable(office, number, person).await? {
            Some(matter) => (Target::Existing(matter.id), matter.kind, matter.version),
            None => return Ok(Err(Problem::new(words, "not-there", 404))),
        },
    };
    let Some(declared) = edition.rulebook.kind(kind.as_str()) else {
        let near = nearest(kind.as_str(), edition.rulebook.kinds.iter().map(|kind| kind.id.as_str()));
        let mut problem = Problem::new(words, "not-there", 404);
        problem.hints.extend(near.map(|near| words.say("problem-nearest", &[("near", &near.to_owned())])));
        return Ok(Err(problem));
    };
    let (typed, mut misfits) = match submission.input {
        Input::Typed(typed) => (typed, vec![]),
        Input::Json(object) => (Typed::from_json(&object), fill::misshapen(declared, &object)),
    };
    let Filled { input, problems } = office.fill(declared, &typed, person).await?;
    let known: Vec<FieldId> = misfits.iter().map(|misfit| misfit.field.clone()).collect();
    misfits.extend(problems.into_iter().filter(|misfit| !known.contains(&misfit.field)));
    let mut at_fault: Vec<AtFault> =
        misfits.iter().map(|misfit| AtFault::new(misfit.field.as_str(), words.misfit(&kind, misfit))).collect();
    let late = submission.late.as_deref().map(fill::reason).transpose();
    at_fault.extend(late.as_ref().err().map(|problem| AtFault::new("late", words.misread_reason(problem))));
    if let Some(seen) = submission.seen.filter(|seen| *seen > version) {
        let said: [(&str, &dyn crate::texts::Argument); 2] = [("seen", &seen), ("version", &version)];
        at_fault.push(AtFault::new("seen", words.say("api-seen-ahead", &said)));
    }
    let late = match late {
        Ok(late) if at_fault.is_empty() => late,
        _ => return Ok(Err(Problem::misfit(words, at_fault))),
    };
    let each = submission.each.as_deref().and_then(|each| member(declared.step(step)?, each));
    let on = match &target {
        Target::Existing(id) => Some(*id),
        Target::New(_) => None,
    };
    let command = Command {
        id: CommandId::new(submission.command.unwrap_or_else(Uuid::now_v7)),
        person: person.clone(),
        target,
        step: step.into(),
        outcome: submission.outcome.as_deref().map(Into::into),
        each,
        input,
        late,
        number: None,
    };
    let answer = office.carry_out(Submitted { command, seen: submission.seen, beside: vec![] }).await?;
    answered(office, words, person, on, answer).await
}

/// Words that can say what a refusal speaks of, as far as the person may read it, and what is open now.
async fn informed(
    office: &Office,
    words: &Words,
    person: &PersonId,
    on: Option<MatterId>,
    refused: &Refused,
) -> Result<Words, Fault> {
    let mut words = words.clone();
    let (_, matters) = office.matters_for(&matters_named(refused), person).await?;
    words.name_matters(matters.values());
    if let Some(id) = on
        && let Consulted::Matter(view) = office.consult_matter(id, person).await?
    {
        words.name_matters([&view.matter]);
        words.prospects = view.prospects;
    }
    Ok(words)
}

/// A matter that the person may read; another is as if it were not there, whatever is sent to it.
async fn readable(office: &Office, number: &str, person: &PersonId) -> Result<Option<Matter>, Fault> {
    let Some(matter) = office.store().matter_by_number(number).await? else { return Ok(None) };
    let (_, mut readable) = office.matters_for(&[matter.id], person).await?;
    Ok(readable.remove(&matter.id))
}

async fn answered(
    office: &Office,
    words: &Words,
    person: &PersonId,
    on: Option<MatterId>,
    answer: Answer,
) -> Result<Result<Carried, Problem>, Fault> {
    let said = |events: &[facts::Event]| -> Vec<String> {
        events.iter().map(|event| words.event(event).line(words)).collect()
    };
    Ok(match answer {
        Answer::Done { events, repeated, meanwhile } => {
            let first = events.first().map(|event| event.act.matter);
            let matter = match first {
                Some(id) => office.store().matter(id).await?,
                None => None,
            };
            let opened = events.iter().skip(1).filter_map(|event| event.number.as_ref());
            Ok(Carried {
                number: matter.as_ref().map(|matter| matter.number.to_string()).unwrap_or_default(),
                version: matter.map_or(0, |matter| matter.version),
                repeated,
                opened: opened.map(ToString::to_string).collect(),
                meanwhile: said(&meanwhile),
            })
        }
        Answer::Refused { refused, meanwhile } => {
            let not_there = refused.refusals.iter().any(|one| one.why == rules::refusal::Why::UnknownMatter);
            Err(match not_there {
                true => Problem::new(words, "not-there", 404),
                false => {
                    let words = informed(office, words, person, on, &refused).await?;
                    Problem { meanwhile: said(&meanwhile), ..Problem::refused(&words, &refused, on) }
                }
            })
        }
        Answer::Stale { meanwhile } => {
            Err(Problem { meanwhile: said(&meanwhile), ..Problem::new(words, "stale", 409) })
        }
        Answer::Reused { earlier } => Err(Problem { meanwhile: said(&earlier), ..Problem::new(words, "reused", 409) }),
    })
}
