//! An act submitted as JSON, by a script or on the command line.
//!
//! Invariant: it goes through `Office::carry_out` like a page's; what could not be read is answered
//! with every misfit.

use super::problem::Problem;
use crate::wording::Words;
use facts::{CommandId, KindId, MatterId, PersonId};
use office::{
    Answer, Fault, Office, Submitted,
    fill::{Filled, Typed, member},
};
use rules::{
    engine::{Command, Target},
    rulebook::nearest,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is submitted.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// Sent twice with the same id it is carried out once; made anew where it is not given.
    #[serde(default)]
    pub command: Option<Uuid>,
    #[serde(default)]
    pub outcome: Option<String>,
    /// The body or person whose answer it is.
    #[serde(default)]
    pub each: Option<String>,
    /// Fields: texts, numbers, truth values, days as `2026-11-23`, persons and bodies by their ids,
    /// matters by their numbers, sets as lists.
    #[serde(default, rename = "with")]
    pub input: serde_json::Map<String, serde_json::Value>,
    /// Why it is late.
    #[serde(default)]
    pub late: Option<String>,
    /// The version of the matter that was seen.
    #[serde(default)]
    pub seen: Option<u32>,
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
    let (target, kind) = match place {
        Where::New(kind) => (Target::New(KindId::new(kind)), KindId::new(kind)),
        Where::On(number) => match office.store().matter_by_number(number).await? {
            Some(matter) => (Target::Existing(matter.id), matter.kind),
            None => return Ok(Err(Problem::new(words, "not-there", 404))),
        },
    };
    let Some(declared) = edition.rulebook.kind(kind.as_str()) else {
        let near = nearest(kind.as_str(), edition.rulebook.kinds.iter().map(|kind| kind.id.as_str()));
        let mut problem = Problem::new(words, "not-there", 404);
        problem.meanwhile.extend(near.map(|near| words.say("problem-nearest", &[("near", &near.to_owned())])));
        return Ok(Err(problem));
    };
    let Filled { input, problems } = office.fill(declared, &Typed::from_json(&submission.input), person).await?;
    if !problems.is_empty() {
        let misfits = problems.iter().map(|misfit| words.misfit(&kind, misfit)).collect();
        return Ok(Err(Problem { meanwhile: misfits, ..Problem::new(words, "misfit", 422) }));
    }
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
        late: submission.late,
        number: None,
    };
    let answer = office.carry_out(Submitted { command, seen: submission.seen }).await?;
    answered(office, words, on, answer).await
}

async fn answered(
    office: &Office,
    words: &Words,
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
                false => Problem { meanwhile: said(&meanwhile), ..Problem::refused(words, &refused, on) },
            })
        }
        Answer::Stale { meanwhile } => {
            Err(Problem { meanwhile: said(&meanwhile), ..Problem::new(words, "stale", 409) })
        }
    })
}
