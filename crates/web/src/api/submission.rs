//! A submission as JSON, read strictly and refused in our own words.
//!
//! Invariant: what is sent is understood wholly or not at all: no part is passed over, none is taken for
//! another, none is said twice.

use super::{
    acts::{Input, Submission},
    problem::Problem,
};
use crate::wording::Words;
use rules::rulebook::nearest;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::{cell::RefCell, fmt};

/// Everything that a submission can say.
const PARTS: [&str; 6] = ["command", "outcome", "each", "with", "late", "seen"];

/// Reads the body of a submission; an empty body says nothing.
///
/// # Errors
/// A problem that names the part at fault.
pub fn read(words: &Words, body: &[u8]) -> Result<Submission, Box<Problem>> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Submission::default());
    }
    let object = object(words, body)?;
    if let Some(name) = object.keys().find(|name| !PARTS.contains(&name.as_str())) {
        let near = nearest(name, PARTS).map(|near| words.say("problem-nearest", &[("near", &near)]));
        let parts = words.list(&PARTS);
        let sentence = words.say("api-part-unknown", &[("name", name), ("known", &parts)]);
        return Err(Problem { hints: near.into_iter().collect(), ..malformed(words, Some(name), sentence) }.into());
    }
    let part = |name: &str| object.get(name).filter(|value| !value.is_null());
    let wrong = |name: &str, key: &str| {
        Box::new(malformed(words, Some(name), words.say("api-part-wrong", &[("name", &name), ("as", &words.t(key))])))
    };
    let text = |name: &str| match part(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(wrong(name, "json-text")),
    };
    let command = text("command")?.map(|id| id.parse().map_err(|_| wrong("command", "json-uuid"))).transpose()?;
    let seen = part("seen").map(|seen| {
        let number = seen.as_u64().and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| wrong("seen", "json-count"))
    });
    let with = match part("with") {
        None => Map::new(),
        Some(Value::Object(with)) => with.clone(),
        Some(_) => return Err(wrong("with", "json-object")),
    };
    Ok(Submission {
        command,
        outcome: text("outcome")?,
        each: text("each")?,
        input: Input::Json(with),
        late: text("late")?,
        seen: seen.transpose()?,
    })
}

fn malformed(words: &Words, field: Option<&str>, sentence: String) -> Problem {
    let mut problem = Problem::new(words, "malformed", 400);
    problem.detail = words.say("api-malformed", &[("reason", &sentence)]);
    problem.fields.extend(field.map(|field| super::problem::AtFault::new(field, sentence)));
    problem
}

fn object(words: &Words, body: &[u8]) -> Result<Map<String, Value>, Box<Problem>> {
    let twice = RefCell::new(None);
    let mut reader = serde_json::Deserializer::from_slice(body);
    let read = Once { twice: &twice }.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    match read {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(malformed(words, None, words.t("api-no-object")).into()),
        Err(error) => Err(match twice.take() {
            Some(name) => malformed(words, Some(&name), words.say("api-twice", &[("name", &name)])),
            None => {
                let place: [(&str, &dyn crate::texts::Argument); 2] =
                    [("line", &error.line()), ("column", &error.column())];
                malformed(words, None, words.say("api-no-json", &place))
            }
        }
        .into()),
    }
}

/// A value of which no name is said twice; the first that is stands in `twice`.
#[derive(Clone, Copy)]
struct Once<'t> {
    twice: &'t RefCell<Option<String>>,
}

impl<'de> DeserializeSeed<'de> for Once<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Once<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Value, E> {
        Ok(yes.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut list = vec![];
        while let Some(member) = members.next_element_seed(self)? {
            list.push(member);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            if object.contains_key(&name) {
                self.twice.replace(Some(name));
                return Err(A::Error::custom("a name is said twice"));
            }
            let value = entries.next_value_seed(self)?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}
