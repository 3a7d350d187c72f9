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
    let label = |en: &FieldId, zh: &FieldId| Some(Label { en: text(en)?.trim().into(), zh: text(zh)?.trim().into() });
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

/// Why it cannot be entered so: names of which nothing could be read, an id that is taken or none.
pub(super) fn faults(organisation: &Organisation, matter: &Matter, saying: &Saying) -> Vec<Why> {
    let text = |field: &FieldId| match matter.fields.get(field) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let (new, names, known) = match saying {
        Saying::Enters { person, en, zh } => {
            let known = |id: &str| organisation.people.get(id).map(|known| known.name.clone());
            (person, [en, zh], text(person).and_then(|id| known(&id)))
        }
        Saying::Establishes { body, en, zh, .. } => {
            let known = |id: &str| organisation.bodies.get(id).map(|known| known.name.clone());
            (body, [en, zh], text(body).and_then(|id| known(&id)))
        }
        _ => return vec![],
    };
    // A name that is not given at all is missed with the other fields.
    let unreadable =
        |field: &&FieldId| text(field).is_some_and(|name| !name.is_empty() && !name.contains(char::is_alphanumeric));
    let mut faults: Vec<Why> =
        names.into_iter().filter(unreadable).map(|field| Why::FieldMissing { field: field.clone() }).collect();
    match known {
        Some(name) => faults.push(Why::IdTaken { field: new.clone(), name }),
        None if text(new).is_some_and(|id| !is_id(&id)) => faults.push(Why::NoId { field: new.clone() }),
        None => {}
    }
    faults
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
