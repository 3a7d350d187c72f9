//! Whether what a program sends has the form that JSON gives to the type of its field.
//!
//! Invariant: a number is no text and a text no number; a list is a set, and an empty one is nothing.

use super::{Misfit, Misread};
use rules::rulebook::{Kind, Type};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// The sorts of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    Text,
    Number,
    Yes,
    List,
    Object,
}

/// The fields that were sent in another form than that of their type.
pub fn misshapen(kind: &Kind, object: &Map<String, Json>) -> Vec<Misfit> {
    let misfits = object.iter().filter_map(|(name, value)| {
        let declared = kind.field(name)?;
        let sent = misfit(&declared.kind_of_value, value)?;
        let problem = Misread::Misshapen { expected: declared.kind_of_value.to_string(), sent };
        Some(Misfit { field: declared.id.clone(), typed: value.to_string(), problem })
    });
    misfits.collect()
}

/// What was sent instead; `None` where it fits.
fn misfit(of: &Type, value: &Json) -> Option<Sent> {
    match (of, value) {
        (_, Json::Null) | (Type::Yes, Json::Bool(_)) => None,
        (Type::Set(of), Json::Array(members)) => members.iter().find_map(|member| misfit(of, member)),
        (Type::Number, Json::Number(number)) if number.is_i64() => None,
        (Type::Number | Type::Yes | Type::Set(_), Json::String(_)) => Some(Sent::Text),
        (_, Json::String(_)) => None,
        // As the record writes a value.
        (_, Json::Object(object)) if object.len() == 1 => object
            .iter()
            .next()
            .and_then(|(name, inner)| if name == tag(of) { misfit(of, inner) } else { Some(Sent::Object) }),
        (_, Json::Object(_)) => Some(Sent::Object),
        // Nothing takes back what the field held; a number and a yes or no hold one always.
        (of, Json::Array(members)) if members.is_empty() && !matches!(of, Type::Number | Type::Yes) => None,
        (_, Json::Array(_)) => Some(Sent::List),
        (_, Json::Number(_)) => Some(Sent::Number),
        (_, Json::Bool(_)) => Some(Sent::Yes),
    }
}

/// The name under which the record writes a value of a type.
fn tag(of: &Type) -> &'static str {
    match of {
        Type::Text | Type::Document => "text",
        Type::Yes => "yes",
        Type::Number => "number",
        Type::Date => "date",
        Type::Person => "person",
        Type::Body => "body",
        Type::Post => "post",
        Type::Choice(_) => "choice",
        Type::Matter(_) => "matter",
        Type::Set(_) => "set",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_has_the_form_of_its_type() {
        let set = Type::Set(Box::new(Type::Body));
        let cases = [
            (&Type::Number, json!("5"), Some(Sent::Text)),
            (&Type::Number, json!(5.5), Some(Sent::Number)),
            (&Type::Number, json!({ "number": "5" }), Some(Sent::Text)),
            (&Type::Text, json!(5), Some(Sent::Number)),
            (&Type::Text, json!(["a"]), Some(Sent::List)),
            (&Type::Yes, json!("yes"), Some(Sent::Text)),
            (&Type::Date, json!({ "number": 5 }), Some(Sent::Object)),
            (&set, json!("finance"), Some(Sent::Text)),
            (&set, json!(["finance", 5]), Some(Sent::Number)),
            (&Type::Number, json!(-5), None),
            (&Type::Number, json!({ "number": 5 }), None),
            (&Type::Date, json!({ "date": "2026-11-23" }), None),
            (&Type::Yes, json!(true), None),
            (&Type::Text, json!(null), None),
            (&set, json!([]), None),
            (&Type::Date, json!([]), None),
            (&Type::Number, json!([]), Some(Sent::List)),
            (&set, json!({ "set": [{ "body": "finance" }] }), None),
        ];
        for (of, value, expected) in cases {
            assert_eq!(misfit(of, &value), expected, "{value} for {of}");
        }
    }
}
