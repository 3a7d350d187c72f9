//! The Cedar schema that the tables declare.

use super::READ;
use crate::rulebook::{Kind, Rulebook, Step, Type};
use std::{collections::BTreeMap, fmt::Write};

/// The attribute that holds the offices or persons of a step whose *who* is a set of bodies.
pub(super) fn asked_attribute(step: &Step) -> String {
    step.id.to_string()
}

/// The schema as text: posts, bodies with their offices, persons, kinds with their fields and progress.
pub(super) fn schema(rulebook: &Rulebook) -> String {
    let mut text = String::new();
    let at_body: Vec<_> = rulebook.posts.values().filter(|post| post.at_body).collect();
    let office: Vec<String> =
        rulebook.posts.values().filter(|post| !post.at_body).map(|post| format!("{:?}", post.id.as_str())).collect();
    let offices: String = at_body.iter().map(|post| format!(", {}: Office", post.id)).collect();
    let posts =
        if office.is_empty() { "entity Post;".into() } else { format!("entity Post enum [{}];", office.join(", ")) };
    let _ = writeln!(text, "{posts}\nentity Office;\nentity Body {{ class: String{offices} }};");
    let _ = writeln!(text, "entity Person in [Post, Office] {{ body?: Body }};");
    let mut actions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for kind in &rulebook.kinds {
        entity(&mut text, rulebook, kind);
        for step in &kind.steps {
            actions.entry(step.id.as_str()).or_default().push(kind.id.as_str());
        }
        actions.entry(READ).or_default().push(kind.id.as_str());
    }
    for (action, kinds) in actions {
        let _ = writeln!(
            text,
            "action {action:?} appliesTo {{ principal: Person, resource: [{}], context: {{ today: datetime }} }};",
            kinds.join(", ")
        );
    }
    text
}

fn entity(text: &mut String, rulebook: &Rulebook, kind: &Kind) {
    let _ = write!(text, "entity {} {{ ", kind.id);
    for field in &kind.fields {
        let optional = if always_present(rulebook, kind, field.id.as_str()) { "" } else { "?" };
        let _ = write!(text, "{}{optional}: {}, ", field.id, cedar_type(&field.kind_of_value));
    }
    let record = |of: Vec<String>| of.join(", ");
    let steps = |value: &str, of: &dyn Fn(&&Step) -> bool| {
        record(kind.steps.iter().filter(of).map(|step| format!("{}: {value}", step.id)).collect())
    };
    let _ = write!(text, "done: {{ {} }}, ", steps("Bool", &|_| true));
    let _ = write!(text, "ripe: {{ {} }}, ", steps("Bool", &|step| step.not_before.is_some()));
    let _ = write!(text, "outcome: {{ {} }}, ", steps("String", &|step| !step.outcomes.is_empty()));
    let tally = kind.steps.iter().filter(|step| step.by_each.is_some()).map(|step| {
        let counts = step.outcomes.iter().map(|outcome| format!("{}: Long", outcome.id)).collect();
        format!("{}: {{ {} }}", step.id, record(counts))
    });
    let _ = write!(text, "tally: {{ {} }}, ", record(tally.collect()));
    let sizes = kind.fields.iter().filter(|field| matches!(field.kind_of_value, Type::Set(_)));
    let sizes = record(sizes.map(|field| format!("{}: Long", field.id)).collect());
    let _ = write!(text, "size: {{ {sizes} }}, ");
    let asked = kind.steps.iter().map(|step| format!("{}: Set<Office>", asked_attribute(step)));
    let read = std::iter::once(format!("{READ}: Set<Office>"));
    let _ = writeln!(text, "asked: {{ {} }} }};", record(asked.chain(read).collect()));
}

/// Whether every matter of the kind has the field from its first event on.
pub(super) fn always_present(rulebook: &Rulebook, kind: &Kind, field: &str) -> bool {
    let Some(declared) = kind.field(field) else { return false };
    let never_absent =
        matches!(declared.kind_of_value, Type::Text | Type::Document | Type::Yes | Type::Number | Type::Set(_));
    let asked = |step: &Step| step.asks.iter().any(|asked| asked.as_str() == field);
    let opened = rulebook
        .kinds
        .iter()
        .flat_map(|kind| &kind.steps)
        .flat_map(|step| step.opens.iter().chain(step.outcomes.iter().flat_map(|outcome| &outcome.opens)));
    let mut opened = opened.filter(|opens| opens.kind == kind.id).peekable();
    let can_begin = kind.starts().next().is_some() || opened.peek().is_some();
    never_absent
        || (can_begin
            && kind.starts().all(asked)
            && opened.all(|opens| opens.with.iter().any(|(filled, _)| filled.as_str() == field)))
}

fn cedar_type(of: &Type) -> String {
    match of {
        Type::Text | Type::Document | Type::Choice(_) => "String".into(),
        Type::Yes => "Bool".into(),
        Type::Number => "Long".into(),
        Type::Date => "datetime".into(),
        Type::Person => "Person".into(),
        Type::Body => "Body".into(),
        Type::Post => "Post".into(),
        Type::Matter(kind) => kind.to_string(),
        Type::Set(of) => format!("Set<{}>", cedar_type(of)),
    }
}
