//! The Cedar schema that the tables declare.

use super::READ;
use crate::rulebook::{Kind, Rulebook, Step, Type};
use facts::PostId;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

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
    let asked = Asked::of(rulebook);
    let in_office = posts_in_office(rulebook, &asked).into_iter().map(|post| format!("{post}: Long"));
    let in_office = in_office.collect::<Vec<_>>().join(", ");
    let mut actions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for kind in &rulebook.kinds {
        entity(&mut text, rulebook, &asked, kind);
        for step in &kind.steps {
            actions.entry(step.id.as_str()).or_default().push(kind.id.as_str());
        }
        actions.entry(READ).or_default().push(kind.id.as_str());
    }
    for (action, kinds) in actions {
        let _ = writeln!(
            text,
            "action {action:?} appliesTo {{ principal: Person, resource: [{}], \
             context: {{ today: datetime, outcome: String, in_office: {{ {in_office} }} }} }};",
            kinds.join(", ")
        );
    }
    text
}

fn entity(text: &mut String, rulebook: &Rulebook, asked_for: &Asked, kind: &Kind) {
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
    let taken_by = kind.steps.iter().filter(|step| asked_for.holds(&format!("taken_by.{}", step.id)));
    let taken_by = record(taken_by.map(|step| format!("{}: Set<Person>", step.id)).collect());
    let _ = write!(text, "taken_by: {{ {taken_by} }}, ");
    let holding = kind.fields.iter().filter(|field| field.kind_of_value == Type::Set(Box::new(Type::Person)));
    let holding = holding.map(|field| {
        let posts = posts_held(rulebook, asked_for, field.id.as_str())
            .into_iter()
            .map(|post| format!("{post}: Long"))
            .collect();
        format!("{}: {{ {} }}", field.id, record(posts))
    });
    let _ = write!(text, "holding: {{ {} }}, ", record(holding.collect()));
    let asked = kind.steps.iter().map(|step| format!("{}: Set<Office>", asked_attribute(step)));
    let read = std::iter::once(format!("{READ}: Set<Office>"));
    let _ = writeln!(text, "asked: {{ {} }} }};", record(asked.chain(read).collect()));
}

/// What the written policies ask for of who took a step, who holds a post and who of a set does: what they do not
/// ask for is not laid out, and burdens no proof.
pub(super) struct Asked(BTreeSet<String>);

impl Asked {
    pub fn of(rulebook: &Rulebook) -> Asked {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let mut asked = BTreeSet::new();
        for block in &rulebook.cedar {
            for begin in ["taken_by.", "in_office.", "holding."] {
                for (at, _) in block.text.match_indices(begin) {
                    let words = &block.text[at..];
                    let words = &words[..words.find(|c| !is_word(c)).unwrap_or(words.len())];
                    // `taken_by.pay.contains(…)` asks for `taken_by.pay`.
                    let depth = if begin == "holding." { 3 } else { 2 };
                    asked.insert(words.split('.').take(depth).collect::<Vec<_>>().join("."));
                }
            }
        }
        Asked(asked)
    }

    fn holds(&self, words: &str) -> bool {
        self.0.contains(words)
    }
}

/// The posts of the office of which policies ask how many hold them.
pub(super) fn posts_in_office<'r>(rulebook: &'r Rulebook, asked: &Asked) -> Vec<&'r PostId> {
    let of_office = rulebook.posts.values().filter(|post| !post.at_body);
    of_office.map(|post| &post.id).filter(|post| asked.holds(&format!("in_office.{post}"))).collect()
}

/// The posts of the office of which policies ask how many in a field hold them.
pub(super) fn posts_held<'r>(rulebook: &'r Rulebook, asked: &Asked, field: &str) -> Vec<&'r PostId> {
    let of_office = rulebook.posts.values().filter(|post| !post.at_body);
    of_office.map(|post| &post.id).filter(|post| asked.holds(&format!("holding.{field}.{post}"))).collect()
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
