//! Persons and bodies that a step enters in the directory, and names that it changes.
//!
//! Invariant: what is new is entered under an id that nobody has; a name is changed by who has it being named, never
//! by an id typed once more.

use crate::{refusal::Why, rulebook::Saying};
use facts::{Body, BodyId, Entry, FieldId, INSTALLATION, Label, Matter, Organisation, Person, PersonId, Value};

/// Letters of an id at most.
const ID_MAX: usize = 40;

/// What the saying enters, if it is one that enters anything and its fields are filled.
pub(super) fn entry(matter: &Matter, saying: &Saying) -> Option<Entry> {
    let text = |field: &FieldId| matter.fields.get(field).and_then(Value::text);
    // A name stands in lists and lines.
    let line = |field: &FieldId| Some(text(field)?.split_whitespace().collect::<Vec<_>>().join(" "));
    let label = |en: &FieldId, zh: &FieldId| Some(Label { en: line(en)?, zh: line(zh)? });
    match saying {
        Saying::Enters { person, en, zh } => {
            let id = match matter.fields.get(person)? {
                Value::Person(person) => person.clone(),
                new => PersonId::new(new.text()?),
            };
            Some(Entry::Person(Person { id, name: label(en, zh)? }))
        }
        Saying::Establishes { body, en, zh, class } => {
            let id = match matter.fields.get(body)? {
                Value::Body(body) => body.clone(),
                new => BodyId::new(new.text()?),
            };
            Some(Entry::Body(Body { id, name: label(en, zh)?, class: text(class)?.to_owned() }))
        }
        _ => None,
    }
}

/// Why a new one cannot be entered under the id that is given.
pub(super) fn fault(organisation: &Organisation, matter: &Matter, saying: &Saying) -> Option<Why> {
    let field = saying.entered()?;
    if let Saying::Enters { en, zh, .. } | Saying::Establishes { en, zh, .. } = saying {
        let blank = |name: &&FieldId| {
            let name = matter.fields.get(*name).and_then(Value::text).unwrap_or_default();
            !name.is_empty() && !name.contains(char::is_alphanumeric)
        };
        if let Some(name) = [en, zh].into_iter().find(blank) {
            return Some(Why::FieldMissing { field: name.clone() });
        }
    }
    let Value::Text(id) = matter.fields.get(field)? else { return None };
    let known = match saying {
        Saying::Enters { .. } => organisation.people.get(id.as_str()).map(|known| &known.name),
        _ => organisation.bodies.get(id.as_str()).map(|known| &known.name),
    };
    match known {
        Some(name) => Some(Why::IdTaken { field: field.clone(), name: name.clone() }),
        None => (!is_id(id)).then(|| Why::NoId { field: field.clone() }),
    }
}

/// What roles, addresses and lists can carry without being written otherwise.
fn is_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    text != INSTALLATION
        && text.len() <= ID_MAX
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn an_id_is_a_word_of_plain_letters() {
        for id in ["p17", "head_of-x.2", "2102001234"] {
            assert!(is_id(id), "{id}");
        }
        for other in ["", "installation", "two words", "王伟", "person:x", "-x", &"x".repeat(41)] {
            assert!(!is_id(other), "{other}");
        }
    }
}
