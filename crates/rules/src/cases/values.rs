//! Values of a case, typed by the field they are for.
//!
//! Invariant: a text becomes what the rulebook says the field holds; `"@M"` is the matter named M.

use super::plan::{Here, Planning};
use crate::rulebook::{Each, Kind, Path, Step, Type};
use facts::{BodyId, FieldId, MatterId, PersonId, PostId, Value};
use std::collections::BTreeMap;

/// A value in which a matter may still be a name.
#[derive(Clone, Debug)]
pub(super) enum Given {
    Value(Value),
    Matter(String),
    Set(Vec<Given>),
}

impl Given {
    /// The value, once the names stand for matters; `None` where one was never opened.
    pub fn value(&self, names: &BTreeMap<String, MatterId>) -> Option<Value> {
        Some(match self {
            Given::Value(value) => value.clone(),
            Given::Matter(name) => Value::Matter(*names.get(name)?),
            Given::Set(members) => Value::Set(members.iter().map(|member| member.value(names)).collect::<Option<_>>()?),
        })
    }
}

impl Planning<'_> {
    /// The fields of an act.
    pub fn fields(
        &mut self,
        kind: &Kind,
        with: &BTreeMap<String, toml::Value>,
        here: &Here<'_>,
    ) -> Vec<(FieldId, Given)> {
        let fields: Vec<&str> = kind.fields.iter().map(|field| field.id.as_str()).collect();
        let mut given = vec![];
        for (name, value) in with {
            self.known(here, &format!("field of {}", kind.id), name, &fields);
            let Some(field) = kind.field(name) else { continue };
            let value = self.value(name, &field.kind_of_value, value, here);
            given.extend(value.map(|value| (field.id.clone(), value)));
        }
        given
    }

    /// Whose answer it is: a person or a body, as the step collects them.
    pub fn member(&mut self, step: &Step, each: &toml::Value, here: &Here<'_>) -> Option<Given> {
        let of = match &step.by_each {
            Some(Each::BodiesIn(..)) => Type::Body,
            Some(Each::PersonsIn(Path(_)) | Each::Holders(_)) => Type::Person,
            None => {
                self.say(here, format!("{} does not collect the answers of each", step.id));
                return None;
            }
        };
        self.value("each", &of, each, here)
    }

    /// A value of a field's type.
    pub fn value(&mut self, field: &str, of: &Type, value: &toml::Value, here: &Here<'_>) -> Option<Given> {
        use toml::Value as Toml;
        let day = |text: &str| text.parse().ok().map(Value::Date);
        let given = match (of, value) {
            (Type::Set(of), Toml::Array(members)) => {
                let members = members.iter().map(|member| self.value(field, of, member, here));
                return members.collect::<Option<_>>().map(Given::Set);
            }
            // Nothing takes back what a field held.
            (Type::Text | Type::Document, Toml::String(text)) => Some(Value::Text(text.clone())),
            (of, Toml::String(text)) if text.is_empty() && !matches!(of, Type::Number | Type::Yes) => {
                return Some(Given::Set(vec![]));
            }
            (Type::Matter(_), Toml::String(text)) => return self.matter(field, text, here),
            (Type::Yes, Toml::Boolean(yes)) => Some(Value::Yes(*yes)),
            (Type::Number, Toml::Integer(number)) => Some(Value::Number(*number)),
            (Type::Date, Toml::String(text)) => day(text),
            (Type::Date, Toml::Datetime(date)) => day(&date.to_string()),
            (Type::Choice(list), Toml::String(text)) => {
                let choices = self.rulebook.choices.get(list).cloned().unwrap_or_default();
                let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
                self.known(here, &format!("choice of {list}"), text, &choices);
                Some(Value::Choice(text.clone()))
            }
            (Type::Person, Toml::String(text)) => {
                self.known_person(here, text);
                Some(Value::Person(PersonId::new(text)))
            }
            (Type::Body, Toml::String(text)) => {
                let bodies: Vec<&str> = self.directory.bodies.iter().map(|one| one.id.as_str()).collect();
                if !self.entered.contains(text) {
                    self.known(here, "body in the directory", text, &bodies);
                }
                Some(Value::Body(BodyId::new(text)))
            }
            (Type::Post, Toml::String(text)) => {
                let posts: Vec<&str> = self.rulebook.posts.keys().map(PostId::as_str).collect();
                self.known(here, "post", text, &posts);
                Some(Value::Post(PostId::new(text)))
            }
            _ => None,
        };
        if given.is_none() {
            let expected = crate::engine::type_word(of);
            self.say(here, format!("{field} is of the type {expected}, and not {value}"));
        }
        given.map(Given::Value)
    }

    fn matter(&mut self, field: &str, text: &str, here: &Here<'_>) -> Option<Given> {
        let Some(name) = text.strip_prefix('@') else {
            self.say(here, format!("{field} is a matter, written \"@\" and its name, not \"{text}\""));
            return None;
        };
        let names: Vec<&str> = here.names.keys().map(String::as_str).collect();
        self.known(here, "matter by the name", name, &names);
        Some(Given::Matter(name.to_owned()))
    }
}
