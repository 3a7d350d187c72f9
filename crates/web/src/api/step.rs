//! What a step asks for, as the interface describes it: fields by their ids, each with its type and what it
//! can name, outcomes, whose answers are awaited.
//!
//! Invariant: it is the rulebook that is described; of the record only what the caller may read.

use super::{caller::Caller, problem::Problem};
use crate::{fault::Fault, wording::Words};
use axum::{Json, extract::Path};
use facts::{FieldId, Matter, PersonId, Value};
use office::{Consulted, MatterView, Office};
use rules::{
    engine::Prospect,
    rulebook::{Kind, Outcome, Step, Type, nearest},
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A step, ready to be taken.
#[derive(Serialize)]
pub struct StepView {
    pub kind: String,
    pub step: String,
    pub name: String,
    /// Where to send it.
    pub href: String,
    /// The version of the matter that was looked at; 0 where the step opens one.
    pub seen: u32,
    /// Whether the caller may take it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub may: Option<bool>,
    pub asks: Vec<FieldView>,
    pub may_ask: Vec<FieldView>,
    pub outcomes: Vec<OutcomeView>,
    /// Whose answers are awaited, as `each` takes them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub each: Vec<Named>,
    /// The step is late: `late` has to give the reason.
    pub late: bool,
}

/// A field that a step asks for.
#[derive(Serialize)]
pub struct FieldView {
    pub field: String,
    pub name: String,
    /// As the rulebook writes it: `text`, `date`, `[Body]`.
    #[serde(rename = "type")]
    pub type_name: String,
    /// What it can name, where it names one of a list or only some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<Named>>,
}

/// An outcome of a step with what it asks for besides.
#[derive(Serialize)]
pub struct OutcomeView {
    pub outcome: String,
    pub name: String,
    pub asks: Vec<FieldView>,
    pub may_ask: Vec<FieldView>,
}

/// A value as it is sent, and its name.
#[derive(Serialize)]
pub struct Named {
    pub value: String,
    pub name: String,
}

type Answer<T> = Result<Result<T, Problem>, Fault>;

/// `GET /api/v1/kinds/{kind}/{step}`: a step that opens a matter.
///
/// # Errors
/// Only faults of the record.
pub async fn of_kind(caller: Caller, Path((kind, step)): Path<(String, String)>) -> Answer<Json<StepView>> {
    let words = caller.visit.words().await?;
    Ok(opening(&caller.visit.office, &words, &caller.visit.person, &kind, &step).await?.map(Json))
}

/// `GET /api/v1/matters/{number}/{step}`: a step of a matter.
///
/// # Errors
/// Only faults of the record; what the caller may not know of is a problem like what is not there.
pub async fn of_matter(caller: Caller, Path((number, step)): Path<(String, String)>) -> Answer<Json<StepView>> {
    let words = caller.visit.words().await?;
    Ok(on_matter(&caller.visit.office, &words, &caller.visit.person, &number, &step).await?.map(Json))
}

/// What a step asks for that opens a matter of this kind.
///
/// # Errors
/// Only faults of the record; a kind or step that is not there is a problem with the nearest one.
pub async fn opening(office: &Office, words: &Words, person: &PersonId, kind: &str, step: &str) -> Answer<StepView> {
    let rulebook = &words.edition.rulebook;
    let Some(found) = rulebook.kind(kind) else {
        let near = nearest(kind, rulebook.kinds.iter().map(|kind| kind.id.as_str()));
        return Ok(Err(not_there(words, near)));
    };
    let Some(step) = found.step(step).filter(|step| step.start) else {
        let near = nearest(step, found.starts().map(|step| step.id.as_str()));
        return Ok(Err(not_there(words, near)));
    };
    let nameable = office.gather(&[]).await?.nameable(&found.id, None);
    let openings = office.openings(person).await?;
    let may = openings.iter().any(|opening| opening.kind == found.id && opening.step == step.id);
    let describing = Describing { words, kind: found, nameable };
    Ok(Ok(StepView {
        href: format!("/api/v1/kinds/{}/{}", found.id, step.id),
        may: Some(may),
        ..describing.step(step, None)
    }))
}

/// What a step of a matter asks for, as the matter stands.
///
/// # Errors
/// Only faults of the record; what the person may not know of is a problem like what is not there.
pub async fn on_matter(
    office: &Office,
    words: &Words,
    person: &PersonId,
    number: &str,
    step: &str,
) -> Answer<StepView> {
    let Consulted::Matter(view) = office.consult(number, person).await? else {
        return Ok(Err(Problem::new(words, "not-there", 404)));
    };
    let MatterView { gathered, matter, prospects, .. } = &*view;
    let Some(kind) = gathered.edition.rulebook.kind(matter.kind.as_str()) else {
        return Ok(Err(Problem::new(words, "not-there", 404)));
    };
    let Some(step) = kind.step(step) else {
        let near = nearest(step, kind.steps.iter().map(|step| step.id.as_str()));
        return Ok(Err(not_there(words, near)));
    };
    let prospect = prospects.iter().find(|prospect| prospect.step == step.id);
    let nameable = gathered.nameable(&kind.id, Some(matter.id));
    let describing = Describing { words, kind, nameable };
    Ok(Ok(StepView {
        href: format!("/api/v1/matters/{}/{}", crate::wording::path_segment(matter.number.as_str()), step.id),
        may: prospect.map(Prospect::may),
        late: prospect.is_some_and(|prospect| prospect.late),
        ..describing.step(step, Some((matter, prospect)))
    }))
}

fn not_there(words: &Words, near: Option<&str>) -> Problem {
    let hints = near.map(|near| words.say("problem-nearest", &[("near", &near.to_owned())]));
    Problem { hints: hints.into_iter().collect(), ..Problem::new(words, "not-there", 404) }
}

struct Describing<'d> {
    words: &'d Words,
    kind: &'d Kind,
    nameable: BTreeMap<FieldId, BTreeSet<Value>>,
}

impl Describing<'_> {
    fn step(&self, step: &Step, on: Option<(&Matter, Option<&Prospect>)>) -> StepView {
        let awaited = on.and_then(|(_, prospect)| prospect).map_or(&[] as &[Value], |one| &one.open_answers);
        StepView {
            kind: self.kind.id.to_string(),
            step: step.id.to_string(),
            name: self.words.step(&self.kind.id, &step.id),
            href: String::new(),
            seen: on.map_or(0, |(matter, _)| matter.version),
            may: None,
            asks: self.fields(&step.asks),
            may_ask: self.fields(&step.may_ask),
            outcomes: step.outcomes.iter().map(|outcome| self.outcome(step, outcome)).collect(),
            each: awaited.iter().map(|member| self.named(member)).collect(),
            late: false,
        }
    }

    fn outcome(&self, step: &Step, outcome: &Outcome) -> OutcomeView {
        OutcomeView {
            outcome: outcome.id.to_string(),
            name: self.words.outcome(&self.kind.id, &step.id, &outcome.id),
            asks: self.fields(&outcome.asks),
            may_ask: self.fields(&outcome.may_ask),
        }
    }

    fn fields(&self, ids: &[FieldId]) -> Vec<FieldView> {
        let declared = ids.iter().filter_map(|id| self.kind.field(id.as_str()));
        let view = |field: &rules::rulebook::Field| FieldView {
            field: field.id.to_string(),
            name: self.words.field(&self.kind.id, &field.id),
            type_name: field.kind_of_value.to_string(),
            one_of: self.one_of(&field.id, field.kind_of_value.one()),
        };
        declared.map(view).collect()
    }

    fn one_of(&self, field: &FieldId, of: &Type) -> Option<Vec<Named>> {
        let rulebook = self.words.rulebook();
        if let Type::Choice(list) = of {
            let named = |choice: &String| Named {
                value: choice.clone(),
                name: self.words.pick(&rulebook.terms.choice(list, choice)),
            };
            return rulebook.choices.get(list).map(|choices| choices.iter().map(named).collect());
        }
        self.nameable.get(field).map(|values| values.iter().map(|value| self.named(value)).collect())
    }

    fn named(&self, value: &Value) -> Named {
        let sent = office::fill::typed_member(Some(value));
        Named { value: sent, name: self.words.one(value) }
    }
}
