//! Minutes as far as the record can write them: who attended, what became of each item and for whom to do, and
//! who was of another view, in their words.
//!
//! Only a beginning, which whoever drafts them goes on from. Invariant: nothing stands in it that is not on record.

use super::{attendance, fields_of};
use crate::fault::Fault;
use crate::pages::matters::seen::Seen;
use crate::pages::visit::Visit;
use crate::wording::Words;
use facts::{Event, FieldId, KindId, Matter, MatterId, Organisation, Value};
use rules::rulebook::{Kind, Step, Type};
use std::collections::BTreeMap;

/// The field that a step asks for the minutes in, where it is blank still, with what can be written in it;
/// `None` for any other step.
///
/// # Errors
/// Only faults of the record.
pub async fn drafted(visit: &Visit, seen: &Seen<'_>, step: &Step) -> Result<Option<(FieldId, String)>, Fault> {
    let matter = &seen.view.matter;
    let edition = seen.words.edition.clone();
    let asked = fields_of(&edition.rulebook, &matter.kind).filter(|fields| step.asks.contains(fields.minutes));
    let blank = |field: &FieldId| matter.fields.get(field).is_none_or(Value::is_empty);
    let Some(fields) = asked.filter(|fields| blank(fields.minutes)) else { return Ok(None) };
    let agenda = matter.fields.get(fields.agenda).map_or(&[] as &[Value], Value::members);
    let ids: Vec<MatterId> = agenda.iter().filter_map(Value::matter).collect();
    let (_, topics) = visit.office.matters_for(&ids, &visit.person).await?;
    let readable: Vec<MatterId> = topics.keys().copied().collect();
    let events = visit.office.events_of(&readable).await?;
    let mut words = seen.words.clone();
    let named = topics.values().flat_map(|topic| topic.fields.values()).flat_map(Value::members);
    visit.name(&mut words, named.filter_map(Value::matter).collect()).await?;
    let on = match matter.fields.get(fields.day).and_then(Value::date) {
        Some(day) => visit.office.organisation(day).await?.1,
        None => words.organisation.clone(),
    };
    let mut text = opening(seen, fields.attendance, &on);
    for (index, id) in ids.iter().enumerate() {
        let number = words.ordinal(index + 1);
        let Some(topic) = topics.get(id) else {
            text.push(String::new());
            text.push(words.say("minutes-item", &[("number", &number), ("title", &words.t("matter-hidden"))]));
            continue;
        };
        let events = events.get(id).map_or(&[] as &[Event], Vec::as_slice);
        text.extend(item(&words, &number, topic, since_named(events, matter.id)));
    }
    Ok(Some((fields.minutes.clone(), text.join("\n"))))
}

/// What the meeting says of itself in few words, and who attended it.
fn opening(seen: &Seen<'_>, attendance: &[FieldId], on: &Organisation) -> Vec<String> {
    let (words, matter) = (seen.words, &seen.view.matter);
    let mut text = vec![words.pick(&office::title(&words.edition, matter)), String::new()];
    let groups = attendance::groups(seen, attendance, on);
    let named = |value: &Value| groups.iter().flat_map(|group| &group.people).any(|one| one.who == words.one(value));
    let fields = seen.kind().map_or(&[] as &[_], |kind| &kind.fields).iter();
    let short = fields.filter(|field| {
        let is_title = seen.kind().is_some_and(|kind| kind.title == field.id);
        let plain = matches!(field.kind_of_value, Type::Date | Type::Person | Type::Body);
        !is_title && (plain || asked_first(seen, &field.id)) && !attendance.contains(&field.id)
    });
    let held = short.filter_map(|field| Some((&field.id, matter.fields.get(&field.id)?)));
    let held = held.filter(|(_, value)| !matches!(value, Value::Person(_)) || !named(value));
    text.extend(held.filter_map(|(field, value)| line(words, &matter.kind, field, value)));
    for group in groups.iter().filter(|group| group.word != attendance::NOT_ENTERED) {
        let people: Vec<String> = group.people.iter().map(|one| one.who.clone()).collect();
        let (group, people) = (&group.title, words.list(&people));
        text.push(words.say("event-field", &[("field", group), ("value", &people)]));
    }
    text
}

/// Whether a field is asked for when the meeting is called.
fn asked_first(seen: &Seen<'_>, field: &FieldId) -> bool {
    seen.kind().is_some_and(|kind| kind.steps.iter().any(|step| step.start && step.asks_for(field)))
}

fn line(words: &Words, kind: &KindId, field: &FieldId, value: &Value) -> Option<String> {
    let (label, said) = (words.field(kind, field), words.value_line(kind, field, value));
    (!value.is_empty()).then(|| words.say("event-field", &[("field", &label), ("value", &said)]))
}

/// What happened since a topic that names its meeting named this one.
fn since_named(events: &[Event], meeting: MatterId) -> &[Event] {
    let names = |event: &Event| event.act.input.values().any(|value| value.matter() == Some(meeting));
    &events[events.iter().rposition(names).unwrap_or_default()..]
}

fn item(words: &Words, number: &str, topic: &Matter, events: &[Event]) -> Vec<String> {
    let title = words.pick(&office::title(&words.edition, topic));
    let mut text = vec![String::new(), words.say("minutes-item", &[("number", &number), ("title", &title)])];
    let Some(kind) = words.rulebook().kind(topic.kind.as_str()) else { return text };
    let stands = |event: &&Event| topic.taken.iter().any(|taken| taken.seq == event.seq && taken.void.is_none());
    let standing: Vec<&Event> = events.iter().filter(stands).collect();
    let decided = standing.iter().rfind(|event| event.act.each.is_none() && event.act.outcome.is_some());
    if let Some(act) = decided.map(|event| &event.act) {
        text.extend(act.outcome.as_ref().map(|outcome| words.outcome(&act.kind, &act.step, outcome)));
        let said = kind.fields.iter().filter(|field| field.kind_of_value != Type::Document);
        text.extend(said.filter_map(|field| line(words, &topic.kind, &field.id, act.input.get(&field.id)?)));
    }
    text.extend(positions(words, kind, &standing));
    text
}

/// How many were of each view, and the words of those who gave any.
fn positions(words: &Words, kind: &Kind, standing: &[&Event]) -> Vec<String> {
    let given = standing.iter().map(|event| &event.act).filter(|act| act.each.is_some());
    let mut counts: BTreeMap<(usize, usize), (String, usize)> = BTreeMap::new();
    let mut grounds = vec![];
    for act in given {
        let Some(outcome) = &act.outcome else { continue };
        let declared = kind.step(act.step.as_str()).map_or(&[] as &[_], |step| &step.outcomes);
        let of_step = kind.steps.iter().position(|step| step.id == act.step).unwrap_or(usize::MAX);
        let of_outcome = declared.iter().position(|other| other.id == *outcome).unwrap_or(usize::MAX);
        let said = words.outcome(&act.kind, &act.step, outcome);
        counts.entry((of_step, of_outcome)).or_insert((said.clone(), 0)).1 += 1;
        let texts: Vec<&str> =
            act.input.values().filter_map(Value::text).filter(|text| !text.trim().is_empty()).collect();
        if let (Some(who), false) = (&act.each, texts.is_empty()) {
            let (who, text) = (words.one(who), texts.join(" "));
            grounds.push(words.say("minutes-position", &[("who", &who), ("outcome", &said), ("text", &text)]));
        }
    }
    let counted =
        counts.values().map(|(said, count)| words.say("positions-tally", &[("outcome", said), ("count", count)]));
    let counted: Vec<String> = counted.collect();
    let tally = (!counted.is_empty()).then(|| words.list(&counted));
    tally.into_iter().chain(grounds).collect()
}
