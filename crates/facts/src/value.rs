//! What a field of a matter may hold, and texts in both languages.
//!
//! Knows no field by name. Invariant: a value says its own type, so that the record can be read
//! without the rulebook it was written under.

use crate::{BodyId, MatterId, PersonId, PostId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A value as the record keeps it: `{"date":"2019-04-10"}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Text(String),
    Yes(bool),
    Number(i64),
    Date(Date),
    /// One of a list of choices that the rulebook names.
    Choice(String),
    Person(PersonId),
    Body(BodyId),
    Post(PostId),
    Matter(MatterId),
    /// Several, in the order given; each once.
    Set(Vec<Value>),
}

impl Value {
    /// The text of a text or choice, else `None`.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Choice(text) => Some(text),
            _ => None,
        }
    }
    /// The date, else `None`.
    pub fn date(&self) -> Option<Date> {
        match self {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }
    /// The matter, else `None`.
    pub fn matter(&self) -> Option<MatterId> {
        match self {
            Value::Matter(matter) => Some(*matter),
            _ => None,
        }
    }
    /// The members of a set, or the value itself as the only member.
    pub fn members(&self) -> &[Value] {
        match self {
            Value::Set(members) => members,
            one => std::slice::from_ref(one),
        }
    }
    /// Whether nothing was said: an empty text, an empty set.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.trim().is_empty(),
            Value::Set(members) => members.is_empty(),
            _ => false,
        }
    }
}

/// One text in both languages of the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Label {
    pub en: String,
    pub zh: String,
}

impl Label {
    /// The same text in both languages, for what has no words (a number, a code).
    pub fn same(text: impl Into<String>) -> Self {
        let en = text.into();
        Label { zh: en.clone(), en }
    }
}
