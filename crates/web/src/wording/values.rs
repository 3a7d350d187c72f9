//! Values of fields as people read them.
//!
//! Invariant: a matter that may not be named is said to be one that the reader may not see; nothing of it
//! is shown.

use super::Words;
use facts::{FieldId, KindId, Value};
use rules::rulebook::Type;
use serde::Serialize;

/// A value in words, with the page where it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shown {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

impl Words {
    /// The value of a field, one entry a member.
    pub fn value(&self, kind: &KindId, field: &FieldId, value: &Value) -> Vec<Shown> {
        let of = self.rulebook().kind(kind.as_str()).and_then(|kind| kind.field(field.as_str()));
        let list = of.and_then(|field| match field.kind_of_value.one() {
            Type::Choice(list) => Some(list.as_str()),
            _ => None,
        });
        value.members().iter().map(|member| self.member(member, list)).collect()
    }

    /// The value of a field in one line.
    pub fn value_line(&self, kind: &KindId, field: &FieldId, value: &Value) -> String {
        let shown: Vec<String> = self.value(kind, field, value).into_iter().map(|shown| shown.text).collect();
        self.list(&shown)
    }

    /// A value that is not of a list of choices.
    pub fn one(&self, value: &Value) -> String {
        let shown: Vec<String> = value.members().iter().map(|member| self.member(member, None).text).collect();
        self.list(&shown)
    }

    /// A choice of whichever list has it.
    pub fn choice_of_any_list(&self, choice: &str) -> String {
        let mut lists = self.rulebook().choices.iter();
        let list =
            lists.find(|(_, choices)| choices.iter().any(|known| known == choice)).map(|(list, _)| list.as_str());
        self.member(&Value::Choice(choice.to_owned()), list).text
    }

    fn member(&self, value: &Value, list: Option<&str>) -> Shown {
        let plain = |text| Shown { text, href: None };
        match value {
            Value::Text(text) => plain(text.clone()),
            Value::Choice(choice) => plain(match list {
                Some(list) => self.pick(&self.rulebook().terms.choice(list, choice)),
                None => choice.replace('_', " "),
            }),
            Value::Yes(yes) => plain(self.t(if *yes { "value-yes" } else { "value-no" })),
            Value::Number(number) => plain(number.to_string()),
            Value::Date(day) => plain(self.day(*day)),
            Value::Person(person) => plain(self.person(person)),
            Value::Body(body) => plain(self.body(body)),
            Value::Post(post) => plain(self.post(post)),
            Value::Matter(id) => {
                Shown { text: self.matter(*id).unwrap_or_else(|| self.t("matter-hidden")), href: self.matter_href(*id) }
            }
            Value::Set(members) => {
                let members: Vec<String> = members.iter().map(|one| self.member(one, list).text).collect();
                plain(self.list(&members))
            }
        }
    }
}
