//! What was submitted, held against the fields of the kind.

use crate::{
    progress::Progress,
    refusal::Why,
    rulebook::{Among, Kind, Outcome, Rulebook, Step, Type, nearest},
    scene::Scene,
};
use facts::{FieldId, Matter, Value};
use std::{borrow::Cow, collections::BTreeMap};

/// Every way in which the input does not fit the step of a matter that stood so `before`.
pub(super) fn faults(
    progress: &Progress<'_>,
    before: &Matter,
    step: &Step,
    outcome: Option<&Outcome>,
    input: &BTreeMap<FieldId, Value>,
) -> Vec<Why> {
    let Progress { rulebook, scene, kind, .. } = *progress;
    let mut faults = vec![];
    let asks: Vec<&FieldId> = step.asks.iter().chain(outcome.into_iter().flat_map(|o| &o.asks)).collect();
    let may_ask: Vec<&FieldId> = step.may_ask.iter().chain(outcome.into_iter().flat_map(|o| &o.may_ask)).collect();
    for field in &asks {
        let empty_is_an_answer =
            kind.field(field.as_str()).is_some_and(|field| matches!(field.kind_of_value, Type::Set(_) | Type::Yes));
        let given = input.get(*field);
        if given.is_none_or(|value| value.is_empty() && !empty_is_an_answer) {
            faults.push(Why::FieldMissing { field: (*field).clone() });
        }
    }
    for (field, value) in input {
        if !asks.contains(&field) && !may_ask.contains(&field) {
            let names = asks.iter().chain(&may_ask).map(|field| field.as_str());
            let nearest = nearest(field.as_str(), names).map(FieldId::new);
            faults.push(Why::FieldNotAsked { field: field.clone(), nearest });
        } else if takes_back(kind, field, value) {
            // That it has to be said was noticed above.
        } else if let Some(declared) = kind.field(field.as_str()) {
            let found = faults.len();
            let value = &newly_named(before, field, value);
            fits(rulebook, scene, field, &declared.kind_of_value, value, &mut faults);
            if let Some(among) = declared.among.as_ref().filter(|_| faults.len() == found) {
                faults.extend(not_among(progress, among, field, value));
            }
        }
    }
    faults
}

/// Whether nothing is said for a field that holds a single value: what stands there is taken back.
pub(super) fn takes_back(kind: &Kind, field: &FieldId, value: &Value) -> bool {
    let single = || kind.field(field.as_str()).is_some_and(|field| !matches!(field.kind_of_value, Type::Set(_)));
    matches!(value, Value::Set(members) if members.is_empty()) && single()
}

/// What is said, without taking back what does not stand there.
pub(super) fn stated<'i>(
    kind: &Kind,
    matter: &Matter,
    input: &'i BTreeMap<FieldId, Value>,
) -> Cow<'i, BTreeMap<FieldId, Value>> {
    let idle = |field: &FieldId, value: &Value| !matter.fields.contains_key(field) && takes_back(kind, field, value);
    if !input.iter().any(|(field, value)| idle(field, value)) {
        return Cow::Borrowed(input);
    }
    let said = input.iter().filter(|(field, value)| !idle(field, value));
    Cow::Owned(said.map(|(field, value)| (field.clone(), value.clone())).collect())
}

/// The value without the matters that stood in the field before: those fitted when they were named, and need not
/// be laid out anew.
fn newly_named<'v>(before: &Matter, field: &FieldId, value: &'v Value) -> Cow<'v, Value> {
    let stood = before.fields.get(field).map_or(&[] as &[Value], Value::members);
    let known = |member: &Value| member.matter().is_some() && stood.contains(member);
    match value {
        Value::Set(members) if members.iter().enumerate().all(|(n, member)| !members[..n].contains(member)) => {
            Cow::Owned(Value::Set(members.iter().filter(|member| !known(member)).cloned().collect()))
        }
        _ => Cow::Borrowed(value),
    }
}

/// The persons or bodies of a value that the field cannot name.
fn not_among(progress: &Progress<'_>, among: &Among, field: &FieldId, value: &Value) -> Vec<Why> {
    let fault = |value: &Value| Why::FieldNotAmong {
        field: field.clone(),
        value: value.clone(),
        roles: progress.roles_among(among),
        classes: among.classes.clone(),
    };
    value.members().iter().filter(|member| !progress.can_name(among, member)).map(fault).collect()
}

fn fits(rulebook: &Rulebook, scene: &Scene<'_>, field: &FieldId, of: &Type, value: &Value, faults: &mut Vec<Why>) {
    let organisation = scene.organisation;
    let unknown = |value: &str| Why::FieldUnknown { field: field.clone(), value: value.to_owned() };
    let fault = match (of, value) {
        (Type::Text | Type::Document, Value::Text(_))
        | (Type::Yes, Value::Yes(_))
        | (Type::Number, Value::Number(0..))
        | (Type::Date, Value::Date(_)) => None,
        (Type::Choice(list), Value::Choice(choice)) => {
            let choices = rulebook.choices.get(list).map_or(&[] as &[_], Vec::as_slice);
            (!choices.contains(choice)).then(|| unknown(choice))
        }
        (Type::Person, Value::Person(person)) => {
            (!organisation.people.contains_key(person)).then(|| unknown(person.as_str()))
        }
        (Type::Body, Value::Body(body)) => (!organisation.bodies.contains_key(body)).then(|| unknown(body.as_str())),
        // Nobody is put into a post that a portfolio gives.
        (Type::Post, Value::Post(post)) => {
            let known = rulebook.posts.get(post).is_some_and(|post| !post.from_portfolio);
            (!known).then(|| unknown(post.as_str()))
        }
        (Type::Matter(kind), Value::Matter(id)) => match scene.matter(*id) {
            Some(matter) if matter.kind == *kind => None,
            Some(matter) => Some(unknown(matter.number.as_str())),
            None => Some(unknown(&id.to_string())),
        },
        (Type::Set(of), Value::Set(members)) => {
            for (n, member) in members.iter().enumerate() {
                fits(rulebook, scene, field, of, member, faults);
                if members[..n].contains(member) {
                    faults.push(Why::FieldTwice { field: field.clone(), value: word(member) });
                }
            }
            None
        }
        _ => Some(Why::FieldWrong { field: field.clone(), expected: type_word(of) }),
    };
    faults.extend(fault);
}

fn word(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Choice(text) => text.clone(),
        Value::Person(person) => person.to_string(),
        Value::Body(body) => body.to_string(),
        Value::Post(post) => post.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Yes(yes) => yes.to_string(),
        Value::Matter(matter) => matter.to_string(),
        Value::Set(_) => String::new(),
    }
}

/// The type as the rulebook writes it.
pub fn type_word(of: &Type) -> String {
    match of {
        Type::Text => "text".into(),
        Type::Document => "document".into(),
        Type::Yes => "yes".into(),
        Type::Number => "number".into(),
        Type::Date => "date".into(),
        Type::Person => "Person".into(),
        Type::Body => "Body".into(),
        Type::Post => "Post".into(),
        Type::Choice(list) => list.clone(),
        Type::Matter(kind) => kind.to_string(),
        Type::Set(of) => format!("[{}]", type_word(of)),
    }
}
