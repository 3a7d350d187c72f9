//! Who attends a meeting, in the capacities that the rulebook's area lists.
//!
//! Invariant: who is away on the day of the meeting is shown as away, with the reason on record.

use crate::pages::matters::seen::Seen;
use facts::{FieldId, Organisation, Relation, Value};

/// Words of the groups for their colours, in the order in which the area lists the capacities.
const WORDS: [&str; 4] = ["chair", "member", "sits-in", "invited"];

/// Everybody who attends in one capacity.
pub struct Group {
    pub title: String,
    pub word: &'static str,
    pub people: Vec<One>,
}

/// One person or body.
pub struct One {
    pub who: String,
    pub absent: bool,
    pub note: String,
}

/// The groups that are not empty. Whoever stands in several is shown in the first: who was excused and
/// came all the same is present.
pub fn groups(seen: &Seen<'_>, fields: &[FieldId], on: &Organisation) -> Vec<Group> {
    let matter = &seen.view.matter;
    let mut shown: Vec<&Value> = vec![];
    let mut groups = vec![];
    for (index, field) in fields.iter().enumerate() {
        let Some(value) = matter.fields.get(field).filter(|value| !value.is_empty()) else { continue };
        let new: Vec<&Value> = value.members().iter().filter(|member| !shown.contains(member)).collect();
        shown.extend(&new);
        let people: Vec<One> = new.into_iter().map(|member| one(seen, member, on)).collect();
        if !people.is_empty() {
            let title = seen.words.field(&matter.kind, field);
            groups.push(Group { title, word: WORDS[index.min(WORDS.len() - 1)], people });
        }
    }
    groups
}

fn one(seen: &Seen<'_>, member: &Value, on: &Organisation) -> One {
    let who = seen.words.one(member);
    let away = match member {
        Value::Person(person) => on.away(person).first(),
        _ => None,
    };
    let reason = away.and_then(|away| match &away.relation {
        Relation::Away { reason } => Some(seen.words.choice_of_any_list(reason)),
        _ => None,
    });
    One { who, absent: away.is_some(), note: reason.unwrap_or_default() }
}
