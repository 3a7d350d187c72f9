//! Who attends a meeting, in the capacities that the rulebook's area lists.
//!
//! Invariant: who is away on the day of the meeting is shown as away, with the reason on record.

use crate::pages::matters::seen::Seen;
use facts::{FieldId, Organisation, PersonId, Relation, Role, StepId, Value};

/// Words of the groups for their colours, in the order in which the area lists the capacities.
const WORDS: [&str; 4] = ["chair", "member", "sits-in", "invited"];

/// The word of those who stand in no capacity.
pub const NOT_ENTERED: &str = "missing";

/// Of those who stand in no capacity, so many are named.
const NOT_ENTERED_MAX: usize = 8;

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
    let opened = opening(seen, fields);
    let mut groups: Vec<Group> = opened.iter().map(|(step, person)| opener(seen, step, person)).collect();
    for (index, field) in fields.iter().enumerate() {
        let Some(value) = matter.fields.get(field).filter(|value| !value.is_empty()) else { continue };
        let new: Vec<&Value> = value.members().iter().filter(|member| !shown.contains(member)).collect();
        shown.extend(&new);
        // Who was entered as present was there, whatever else is on record.
        let came = index == 0 && opened.is_some();
        let people: Vec<One> = new.into_iter().map(|member| one(seen, member, on, came)).collect();
        if !people.is_empty() {
            let title = seen.words.field(&matter.kind, field);
            groups.push(Group { title, word: WORDS[(index + 1).min(WORDS.len() - 1)], people });
        }
    }
    if let Some((_, person)) = &opened {
        groups.extend(not_entered(seen, fields, person, &shown, on));
    }
    groups
}

/// The step that says who is present, and who took it: whoever opened the meeting.
fn opening(seen: &Seen<'_>, fields: &[FieldId]) -> Option<(StepId, PersonId)> {
    let present = fields.first()?;
    let step = seen.kind()?.steps.iter().find(|step| step.asks.contains(present))?;
    let taken = seen.view.matter.done(step.id.as_str())?;
    Some((step.id.clone(), taken.person.clone()))
}

fn opener(seen: &Seen<'_>, step: &StepId, person: &PersonId) -> Group {
    let event = seen.view.matter.done(step.as_str()).and_then(|taken| seen.event(taken.seq));
    let note = event.map_or(String::new(), |event| seen.words.event(event).capacity);
    let one = One { who: seen.words.person(person), absent: false, note };
    Group { title: seen.words.t("meeting-in-the-chair"), word: WORDS[0], people: vec![one] }
}

/// Whoever could be entered as present and stands in no capacity at all.
fn not_entered(
    seen: &Seen<'_>,
    fields: &[FieldId],
    opener: &PersonId,
    shown: &[&Value],
    on: &Organisation,
) -> Option<Group> {
    let matter = &seen.view.matter;
    let nameable = seen.view.gathered.nameable(&matter.kind, Some(matter.id));
    let expected = nameable.get(fields.first()?)?;
    let opener = Value::Person(opener.clone());
    let missing: Vec<&Value> = expected.iter().filter(|one| **one != opener && !shown.contains(one)).collect();
    let more = missing.len().saturating_sub(NOT_ENTERED_MAX);
    let named = missing.iter().take(NOT_ENTERED_MAX).map(|member| {
        let one = one(seen, member, on, false);
        // Whose post of the office somebody else holds for the time is not expected.
        let lent = |person: &PersonId| on.lent(person).iter().any(|role| matches!(role, Role::Post(_)));
        match member {
            Value::Person(person) if !one.absent && lent(person) => {
                One { absent: true, note: seen.words.t("meeting-stood-for"), ..one }
            }
            _ => one,
        }
    });
    let mut people: Vec<One> = named.collect();
    if more > 0 {
        people.push(One {
            who: seen.words.say("summary-more", &[("count", &more)]),
            absent: false,
            note: String::new(),
        });
    }
    (!people.is_empty()).then(|| Group { title: seen.words.t("meeting-not-entered"), word: NOT_ENTERED, people })
}

fn one(seen: &Seen<'_>, member: &Value, on: &Organisation, came: bool) -> One {
    let who = seen.words.one(member);
    let away = match member {
        Value::Person(person) if !came => on.away(person).first(),
        _ => None,
    };
    let reason = away.and_then(|away| match &away.relation {
        Relation::Away { reason } => Some(seen.words.choice_of_any_list(reason)),
        _ => None,
    });
    One { who, absent: away.is_some(), note: reason.unwrap_or_default() }
}
