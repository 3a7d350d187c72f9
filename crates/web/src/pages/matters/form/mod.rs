//! The form of one step: its fields, its outcomes with theirs, whose answer it is, why it is late.
//!
//! Made from the rulebook alone. Invariant: it shows again everything that was typed, and it carries
//! the id under which a submission is carried out once however often it is sent.

pub mod choices;
pub mod controls;
pub mod posted;

use crate::components::choice::{Checkboxes, Choice, ChoiceGroup, Picker, Radios};
use crate::components::error_summary::{ErrorSummary, FieldError};
use crate::components::field::{Field, TextArea};
use crate::wording::{ReasonWords, Words, field_of};
use askama::Template;
use choices::Candidates;
use controls::{Control, Maker};
use facts::{CommandId, FieldId, Matter, PersonId, Value};
use office::fill::{Misfit, Misread, Typed, typed_of};
use posted::Posted;
use rules::engine::Prospect;
use rules::refusal::{Refused, Why};
use rules::rulebook::{Kind, Outcome, Step, Type, Who};
use std::collections::{BTreeMap, BTreeSet};

/// Members of a step that are shown one below the other; more are looked for.
const IN_SIGHT_MAX: usize = 12;

/// The form as the page shows it, without what is around its fields.
#[derive(Template)]
#[template(path = "pages/matters/form/fields.html")]
pub struct FormView {
    /// Where it is sent.
    pub action: String,
    pub command: String,
    pub seen: String,
    pub outcomes: Option<Radios>,
    pub each: Option<Control>,
    pub controls: Vec<Shown>,
    /// Fields that only some outcomes ask for.
    pub of_outcomes: Vec<OutcomeFields>,
    pub late: Option<TextArea>,
    /// The page to come back to, where it is not that of the matter.
    pub back: Option<String>,
    /// The words on the button.
    pub submit: String,
}

impl askama::filters::HtmlSafe for FormView {}

/// A field of the form; a set says with an empty text that it was there.
pub struct Shown {
    pub control: Control,
    /// The name of a set's input.
    pub marker: Option<String>,
}

/// The fields of some outcomes.
pub struct OutcomeFields {
    pub title: String,
    /// Their ids, one after the other.
    pub outcomes: String,
    pub controls: Vec<Shown>,
}

/// What a form is made from.
pub struct Asked<'a> {
    pub words: &'a Words,
    pub kind: &'a Kind,
    pub step: &'a Step,
    /// The matter acted on; none where the step opens one.
    pub matter: Option<&'a Matter>,
    pub prospect: Option<&'a Prospect>,
    pub posted: &'a Posted,
    pub candidates: &'a Candidates,
    /// Of fields that name only some: whom.
    pub nameable: &'a Nameable,
}

/// Of fields that name only some: whom each can name.
pub type Nameable = BTreeMap<FieldId, BTreeSet<Value>>;

/// What is wrong with a submission.
#[derive(Default)]
pub struct Wrong {
    pub misfits: Vec<Misfit>,
    /// Why the reason for being late cannot be kept.
    pub late: Option<Misread>,
    pub refused: Refused,
}

impl Wrong {
    /// Refusals that are about no field: they stand in the panel.
    pub fn reasons(&self, words: &Words, matter: Option<&Matter>) -> Vec<ReasonWords> {
        let on = matter.map(|matter| matter.id);
        let others = self.refused.refusals.iter().filter(|refusal| field_of(&refusal.why).is_none());
        others.map(|refusal| words.reason(refusal, on)).collect()
    }

    /// What is wrong with fields, in the order of the form.
    pub fn errors(&self, words: &Words, kind: &Kind) -> ErrorSummary {
        let mut errors: Vec<FieldError> = vec![];
        let misfits = self.misfits.iter().map(|misfit| (&misfit.field, words.misfit(&kind.id, misfit)));
        let misread = |field: &FieldId| self.misfits.iter().any(|misfit| misfit.field == *field);
        let refused = self.refused.refusals.iter().filter_map(|refusal| Some((field_of(&refusal.why)?, refusal)));
        // What could not be read was not given to the engine, which then misses it.
        let refused = refused.filter(|(field, _)| !misread(field)).map(|(field, refusal)| (field, words.why(refusal)));
        for (field, message) in misfits.chain(refused) {
            let error = FieldError::new(format!("field.{field}"), message);
            if !errors.contains(&error) {
                errors.push(error);
            }
        }
        let place = |error: &FieldError| {
            let field = error.field.strip_prefix("field.");
            field.and_then(|name| kind.fields.iter().position(|field| name == field.id.as_str()))
        };
        errors.extend(self.late.iter().map(|problem| FieldError::new("late", words.misread_reason(problem))));
        errors.sort_by_key(|error| place(error).unwrap_or(usize::MAX));
        ErrorSummary { lang: words.lang, errors }
    }

    fn asks_why_late(&self) -> bool {
        self.refused.refusals.iter().any(|refusal| matches!(refusal.why, Why::LateNeedsReason { .. }))
            || self.late.is_some()
    }
}

impl FormView {
    /// The form, with what is wrong beside the fields.
    pub fn new(asked: &Asked<'_>, action: String, command: CommandId, wrong: &Wrong) -> FormView {
        let Asked { words, kind, step, posted, .. } = asked;
        let errors = wrong.errors(words, kind);
        let Asked { candidates, nameable, .. } = *asked;
        let maker = Maker { words, kind, candidates, nameable };
        let shown = |field: &FieldId, optional: bool| shown(&maker, kind, posted, field, optional, &errors);
        let always = step.asks.iter().map(|field| (field, false));
        let maybe = step.may_ask.iter().map(|field| (field, true));
        let late = asked.prospect.is_some_and(|prospect| prospect.late) || wrong.asks_why_late();
        FormView {
            action,
            command: command.to_string(),
            seen: asked.matter.map_or(String::new(), |matter| matter.version.to_string()),
            outcomes: outcomes(asked),
            each: each(asked, wrong),
            controls: always.chain(maybe).filter_map(|(field, optional)| shown(field, optional)).collect(),
            of_outcomes: of_outcomes(asked, &shown),
            late: late.then(|| why_late(asked, errors.of("late"))),
            back: posted.back.clone(),
            submit: match step.outcomes.is_empty() {
                true => words.step(&kind.id, &step.id),
                false => words.t("form-submit"),
            },
        }
    }
}

fn shown(
    maker: &Maker<'_>,
    kind: &Kind,
    posted: &Posted,
    field: &FieldId,
    optional: bool,
    errors: &ErrorSummary,
) -> Option<Shown> {
    let declared = kind.field(field.as_str())?;
    let error = errors.of(&format!("field.{field}"));
    let is_set = matches!(declared.kind_of_value, Type::Set(_));
    Some(Shown {
        control: maker.control(declared, posted.typed.of(field.as_str()), optional, error),
        marker: is_set.then(|| format!("field.{field}")),
    })
}

fn outcomes(asked: &Asked<'_>) -> Option<Radios> {
    let Asked { words, kind, step, posted, .. } = asked;
    if step.outcomes.is_empty() {
        return None;
    }
    let choices = step.outcomes.iter().map(|outcome| {
        let text = words.outcome(&kind.id, &step.id, &outcome.id);
        let chosen = posted.outcome.as_ref() == Some(&outcome.id);
        let choice = Choice::new(outcome.id.as_str(), text).chosen(chosen);
        let consequence = consequence(asked, outcome);
        if consequence.is_empty() { choice } else { choice.hint(consequence) }
    });
    let field = Field::new(words.lang, "outcome", words.t("form-outcome"));
    Some(Radios { field, choices: choices.collect(), inline: false })
}

/// What an outcome brings with it beyond being recorded.
fn consequence(asked: &Asked<'_>, outcome: &Outcome) -> String {
    let Asked { words, kind, step, .. } = asked;
    let mut said = vec![];
    for undone in &outcome.undoes {
        said.push(words.say("outcome-undoes", &[("step", &words.step(&kind.id, undone))]));
    }
    for opened in &outcome.opens {
        said.push(words.say("outcome-opens", &[("kind", &words.kind(&opened.kind))]));
    }
    if outcome.publishes.is_some() {
        said.push(words.t("outcome-publishes"));
    }
    if outcome.closes || step.closes {
        said.push(words.t("outcome-closes"));
    }
    words.list(&said)
}

fn each(asked: &Asked<'_>, wrong: &Wrong) -> Option<Control> {
    let words = asked.words;
    let open = asked.prospect.map_or(&[] as &[Value], |prospect| &prospect.my_answers);
    let entered = asked.prospect.map_or(&[] as &[Value], |prospect| &prospect.my_corrections);
    let given = &asked.posted.each;
    if open.len() < 2 && entered.is_empty() && given.is_empty() {
        return None;
    }
    let mine = &[open, entered].concat();
    let about_each = |why: &Why| matches!(why, Why::EachMissing { .. } | Why::EachNotAsked { .. });
    let refusal = wrong.refused.refusals.iter().find(|refusal| about_each(&refusal.why));
    let error = refusal.map(|refusal| words.why(refusal));
    let field = Field::new(words.lang, "each", words.t("form-each")).hint(words.t("form-each-hint")).error(error);
    let choice = |(n, choice): (usize, Choice)| {
        let hint = if n < open.len() { String::new() } else { words.t("form-each-anew") };
        Choice { chosen: given.contains(&choice.value), ..choice }.hint(hint)
    };
    let choices: Vec<Choice> = choices::members(words, mine).into_iter().enumerate().map(choice).collect();
    Some(match choices.len() > IN_SIGHT_MAX {
        true => Control::Many(Picker { field, groups: vec![ChoiceGroup { title: words.t("form-each-all"), choices }] }),
        false => Control::Any(Checkboxes { field, choices }),
    })
}

/// A field with the outcomes that ask for it.
struct OfOutcomes<'o> {
    field: &'o FieldId,
    outcomes: Vec<&'o Outcome>,
    optional: bool,
}

/// Fields that only some outcomes ask for, each once, under the outcomes that do.
fn of_outcomes(asked: &Asked<'_>, shown: &dyn Fn(&FieldId, bool) -> Option<Shown>) -> Vec<OutcomeFields> {
    let Asked { words, kind, step, .. } = asked;
    let title = |outcomes: &[&Outcome]| {
        let names = outcomes.iter().map(|outcome| words.outcome(&kind.id, &step.id, &outcome.id));
        words.say("form-only-for", &[("outcomes", &words.list(&names.collect::<Vec<_>>()))])
    };
    let ids = |outcomes: &[&Outcome]| outcomes.iter().map(|outcome| outcome.id.as_str()).collect::<Vec<_>>().join(" ");
    let mut groups: Vec<OutcomeFields> = vec![];
    for OfOutcomes { field, outcomes, optional } in fields_of_outcomes(step) {
        let Some(shown) = shown(field, optional) else { continue };
        let title = title(&outcomes);
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.controls.push(shown),
            None => groups.push(OutcomeFields { title, outcomes: ids(&outcomes), controls: vec![shown] }),
        }
    }
    groups
}

fn fields_of_outcomes(step: &Step) -> Vec<OfOutcomes<'_>> {
    let mut fields: Vec<OfOutcomes<'_>> = vec![];
    for outcome in &step.outcomes {
        let asks = outcome.asks.iter().map(|field| (field, false));
        for (field, optional) in asks.chain(outcome.may_ask.iter().map(|field| (field, true))) {
            if step.asks.contains(field) || step.may_ask.contains(field) {
                continue;
            }
            match fields.iter_mut().find(|known| known.field == field) {
                Some(known) => {
                    known.outcomes.push(outcome);
                    known.optional &= optional;
                }
                None => fields.push(OfOutcomes { field, outcomes: vec![outcome], optional }),
            }
        }
    }
    fields
}

fn why_late(asked: &Asked<'_>, error: Option<String>) -> TextArea {
    let words = asked.words;
    let due = asked.prospect.and_then(|prospect| prospect.due.as_ref());
    let hint = match due {
        Some(due) => words.say("form-late-hint", &[("day", &words.day(due.date))]),
        None => words.t("form-late-hint-undated"),
    };
    let field = Field::new(words.lang, "late", words.t("form-late")).hint(hint).error(error);
    TextArea::new(field, asked.posted.late.clone()).rows(3)
}

/// Whether a field of the form begins with what the matter holds: what the step always asks for, papers, and what an
/// outcome may change of what others entered. Of the grounds of an outcome each round has its own.
pub fn shows_what_is_held(kind: &Kind, step: &Step, field: &FieldId) -> bool {
    let asks = |step: &Step| step.asks.contains(field) || step.may_ask.contains(field);
    let may_change = step.outcomes.iter().any(|outcome| outcome.may_ask.contains(field));
    asks(step)
        || kind.field(field.as_str()).is_some_and(|field| field.kind_of_value == Type::Document)
        || (may_change && kind.steps.iter().any(|other| other.id != step.id && asks(other)))
}

/// What stands in the form when it is first shown: what the matter holds, and of who opens it the
/// fields that say so.
pub fn first_typed(words: &Words, kind: &Kind, step: &Step, matter: Option<&Matter>, person: &PersonId) -> Typed {
    let mut typed = Typed::default();
    // What one of several wrote is not another's, and the grounds of an earlier round are not this one's.
    let own = matter.filter(|_| step.by_each.is_none());
    for field in posted::every_field(step).into_iter().filter(|field| shows_what_is_held(kind, step, field)) {
        if let Some(value) = own.and_then(|matter| matter.fields.get(field)) {
            typed.0.insert(field.clone(), typed_of(value));
        }
    }
    if step.start {
        for who in &step.by {
            typed.0.extend(presumed(words, kind, who, person));
        }
    }
    typed
}

/// Where the rulebook says whose step it is by a field, that is who fills in the form.
fn presumed(words: &Words, kind: &Kind, who: &Who, person: &PersonId) -> Option<(FieldId, Vec<String>)> {
    let (path, value) = match who {
        Who::PersonIn(path) => (path, Value::Person(person.clone())),
        Who::AtBodyIn(post, path) => (path, Value::Body(choices::body_with_post(words, person, post.as_str())?)),
        _ => return None,
    };
    let [field] = &path.0[..] else { return None };
    let fits = kind.field(field.as_str()).is_some_and(|field| !matches!(field.kind_of_value, Type::Set(_)));
    fits.then(|| (field.clone(), typed_of(&value)))
}
