//! What people type, read as values of the fields that it is for: web forms, the JSON interface and
//! the command line read alike.
//!
//! Knows no field by name and no language of display. Invariant: what was typed is kept beside its
//! problem, and nothing that can be typed ends in a panic or a changed meaning.

mod json;
mod read;

pub use json::{Sent, misshapen};
pub(crate) use read::day;
pub use read::reason;

use crate::{Fault, Office};
use facts::{FieldId, KindId, MatterId, Organisation, PersonId, Value};
use read::{Known, parts};
use rules::rulebook::{Each, Kind, Rulebook, Step, Type};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Longest text of one field, in characters.
pub const TEXT_CHARACTERS_MAX: usize = 20_000;
/// Longest document, in characters.
pub const DOCUMENT_CHARACTERS_MAX: usize = 400_000;
/// Members of one set.
pub const MEMBERS_MAX: usize = 500;

/// What was typed, by field; a field that is sent several times has several texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(pub BTreeMap<FieldId, Vec<String>>);

/// What could be read, and what could not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filled {
    pub input: BTreeMap<FieldId, Value>,
    pub problems: Vec<Misfit>,
}

/// One thing typed that is no value of its field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misfit {
    pub field: FieldId,
    pub typed: String,
    pub problem: Misread,
}

/// Why what was typed is no value of its field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Misread {
    /// Not written like a day.
    NotADate,
    /// Written like a day, but no month has it.
    NoSuchDay,
    /// A day of a year that nobody means.
    YearOutOfRange {
        first: i16,
        last: i16,
    },
    NotANumber,
    NotYesOrNo,
    UnknownChoice,
    UnknownPerson,
    UnknownBody,
    UnknownPost,
    /// No matter that the person may know of has this number.
    UnknownMatter,
    OtherKind {
        expected: KindId,
        found: KindId,
    },
    /// Several were given where one is asked for.
    OnlyOne,
    TooLong {
        characters_max: usize,
    },
    TooMany {
        members_max: usize,
    },
    /// It holds characters that cannot be shown or kept, or that change how others are shown.
    Unprintable,
    /// It holds the mark for bytes that were no text.
    Garbled,
    /// It has line breaks, and is a line of its own wherever it is shown.
    OneLine,
    /// It was sent as another sort of JSON than its type has; the type's name as the rulebook writes it.
    Misshapen {
        expected: String,
        sent: Sent,
    },
}

/// The matters that were named, by what was typed for them.
type Named = BTreeMap<String, (MatterId, KindId)>;

impl Typed {
    /// Adds one text to a field.
    pub fn push(&mut self, field: impl AsRef<str>, text: impl Into<String>) {
        self.0.entry(FieldId::new(field)).or_default().push(text.into());
    }

    /// What was typed for a field, in the order in which it was sent.
    pub fn of(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    /// From a JSON object: texts, numbers, truth values, lists of them, or values as the record
    /// writes them (`{"date":"2026-11-23"}`).
    pub fn from_json(object: &serde_json::Map<String, serde_json::Value>) -> Typed {
        let typed = object.iter().map(|(field, value)| {
            let mut texts = vec![];
            json_texts(value, &mut texts);
            (FieldId::new(field), texts)
        });
        Typed(typed.collect())
    }
}

fn json_texts(value: &serde_json::Value, texts: &mut Vec<String>) {
    use serde_json::Value as Json;
    match value {
        Json::Null => {}
        Json::String(text) => texts.push(text.clone()),
        Json::Array(members) => {
            // A list says a set, even an empty one.
            texts.push(String::new());
            members.iter().for_each(|member| json_texts(member, texts));
        }
        Json::Object(object) if object.len() == 1 => {
            object.values().for_each(|inner| json_texts(inner, texts));
        }
        other => texts.push(other.to_string()),
    }
}

/// A value as it is typed; reading it again gives the same value.
pub fn typed_of(value: &Value) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::Text(text) | Value::Choice(text) => text.clone(),
        Value::Yes(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Person(person) => person.to_string(),
        Value::Body(body) => body.to_string(),
        Value::Post(post) => post.to_string(),
        Value::Matter(matter) => matter.to_string(),
        Value::Set(_) => String::new(),
    };
    value.members().iter().map(one).collect()
}

/// Reads what was typed for a kind where no matter can be named, in an office as it would be.
pub(crate) fn read_in(rulebook: &Rulebook, organisation: &Organisation, kind: &Kind, typed: &Typed) -> Filled {
    Known { rulebook, organisation, named: &Named::new() }.fill(kind, typed)
}

/// Whose answer is meant, in a step that each of several must take.
pub fn member(step: &Step, typed: &str) -> Option<Value> {
    let typed = typed.trim();
    let each = step.by_each.as_ref().filter(|_| !typed.is_empty())?;
    Some(match each {
        Each::BodiesIn(..) => Value::Body(typed.into()),
        Each::Holders(_) | Each::PersonsIn(_) => Value::Person(typed.into()),
    })
}

/// How a member is typed, so that [`member`] reads it; blank where one answer is enough.
pub fn typed_member(each: Option<&Value>) -> String {
    each.and_then(|each| typed_of(each).into_iter().next()).unwrap_or_default()
}

impl Office {
    /// Reads what was typed for a kind. A field that the kind does not have is kept as text, so that
    /// the engine refuses it by name.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn fill(&self, kind: &Kind, typed: &Typed, person: &PersonId) -> Result<Filled, Fault> {
        let edition = self.edition();
        let (_, organisation) = self.organisation(self.today()).await?;
        let named = self.named(kind, typed, person).await?;
        let known = Known { rulebook: &edition.rulebook, organisation: &organisation, named: &named };
        Ok(known.fill(kind, typed))
    }

    /// The matters that the person named and may know of, each by what was typed.
    async fn named(&self, kind: &Kind, typed: &Typed, person: &PersonId) -> Result<Named, Fault> {
        let fields = kind.fields.iter().filter(|field| matches!(field.kind_of_value.one(), Type::Matter(_)));
        let texts = fields.flat_map(|field| parts(&field.kind_of_value, typed.of(field.id.as_str())));
        let texts: BTreeSet<String> = texts.take(MEMBERS_MAX).collect();
        let mut ids: BTreeMap<String, MatterId> = BTreeMap::new();
        for text in texts {
            let id = match text.parse::<MatterId>() {
                Ok(id) => Some(id),
                Err(_) => self.store().matter_by_number(&text).await?.map(|matter| matter.id),
            };
            ids.extend(id.map(|id| (text, id)));
        }
        let wanted: Vec<MatterId> = ids.values().copied().collect();
        let (_, matters) = self.matters_for(&wanted, person).await?;
        let kind_of = |id: MatterId| matters.get(&id).map(|matter| (id, matter.kind.clone()));
        Ok(ids.into_iter().filter_map(|(text, id)| Some((text, kind_of(id)?))).collect())
    }
}
