//! The names that the words of a table may refer to: kinds with their fields, steps and outcomes.
//!
//! Invariant: a field whose type is wrong is known by name, so that it is reported once and not again
//! wherever it is used.

use super::{
    Place, Type,
    draft::{Draft, DraftKind, Said},
    posts::Posts,
    report::Report,
    settings::Settings,
    tree::{Node, Value, get, only_keys},
};
use facts::{FieldId, KindId};

/// All that words may refer to.
pub(super) struct Names<'a> {
    pub settings: &'a Settings,
    pub posts: &'a Posts,
    pub kinds: Vec<KindNames>,
}

/// A kind's names.
#[derive(Debug)]
pub(super) struct KindNames {
    pub id: KindId,
    pub fields: Vec<FieldName>,
    pub steps: Vec<StepNames>,
}

#[derive(Debug)]
pub(super) struct FieldName {
    pub id: FieldId,
    /// `None` where the type is wrong, which was reported.
    pub kind_of_value: Option<Type>,
    /// Words that say which persons or bodies can be named.
    pub among: Option<Node>,
    pub place: Place,
}

#[derive(Debug)]
pub(super) struct StepNames {
    pub name: String,
    pub outcomes: Vec<String>,
}

const TYPES: [&str; 8] = ["text", "document", "yes", "number", "date", "Person", "Body", "Post"];

impl<'a> Names<'a> {
    /// The names that a draft declares.
    pub fn new(draft: &Draft, settings: &'a Settings, posts: &'a Posts, report: &mut Report) -> Names<'a> {
        let names: Vec<&str> = draft.kinds.iter().map(|kind| kind.name.as_str()).collect();
        let kind = |kind: &DraftKind| KindNames {
            id: KindId::new(&kind.name),
            fields: kind.fields.iter().map(|said| field(said, settings, &names, report)).collect(),
            steps: kind
                .steps
                .iter()
                .map(|step| StepNames {
                    name: step.name.clone(),
                    outcomes: step.key("outcomes").map(outcomes).unwrap_or_default(),
                })
                .collect(),
        };
        Names { settings, posts, kinds: draft.kinds.iter().map(kind).collect() }
    }

    /// The kind of this name.
    pub fn kind(&self, name: &str) -> Option<&KindNames> {
        self.kinds.iter().find(|kind| kind.id.as_str() == name)
    }
}

impl KindNames {
    pub fn field(&self, name: &str) -> Option<&FieldName> {
        self.fields.iter().find(|field| field.id.as_str() == name)
    }

    pub fn step(&self, name: &str) -> Option<&StepNames> {
        self.steps.iter().find(|step| step.name == name)
    }

    pub fn field_names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.id.as_str())
    }

    pub fn step_names(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|step| step.name.as_str())
    }
}

fn outcomes(said: &Said) -> Vec<String> {
    match &said.node.value {
        Value::Table(outcomes) => outcomes.iter().map(|(name, _)| name.text.clone()).collect(),
        _ => vec![],
    }
}

fn field(said: &Said, settings: &Settings, kinds: &[&str], report: &mut Report) -> FieldName {
    let (of, among) = match &said.node.value {
        Value::Table(table) => {
            only_keys(table, &["type", "among"], &format!("the field \"{}\"", said.name), report);
            (get(table, "type"), get(table, "among"))
        }
        _ => (Some(&said.node), None),
    };
    if of.is_none() {
        report.error(&said.place, format!("the field \"{}\" has no type", said.name));
    }
    let kind_of_value = of.and_then(|node| read_type(node.text(report)?, &node.place, settings, kinds, report));
    FieldName { id: FieldId::new(&said.name), kind_of_value, among: among.cloned(), place: said.place.clone() }
}

fn read_type(text: &str, at: &Place, settings: &Settings, kinds: &[&str], report: &mut Report) -> Option<Type> {
    if let Some(one) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        if one.starts_with('[') || ["document", "yes"].contains(&one) {
            report.error(at, format!("there are no sets of \"{one}\""));
            return None;
        }
        let one = read_type(one, at, settings, kinds, report)?;
        return Some(Type::Set(Box::new(one)));
    }
    Some(match text {
        "text" => Type::Text,
        "document" => Type::Document,
        "yes" => Type::Yes,
        "number" => Type::Number,
        "date" => Type::Date,
        "Person" => Type::Person,
        "Body" => Type::Body,
        "Post" => Type::Post,
        list if settings.choices.contains_key(list) => Type::Choice(list.to_owned()),
        kind if kinds.contains(&kind) => Type::Matter(KindId::new(kind)),
        other => {
            let choices = settings.choices.keys().map(String::as_str);
            let names = TYPES.into_iter().chain(choices).chain(kinds.iter().copied());
            report.unknown(at, format!("no type \"{other}\""), other, names);
            return None;
        }
    })
}
