//! The items of an agenda: who brings each, who is invited for it, what became of it, what it lacks.
//!
//! Reads the fields of topics by their types. Invariant: a bounded number of questions however many items.

use crate::components::Tag;
use crate::components::agenda::{Agenda, AgendaItem};
use crate::fault::Fault;
use crate::pages::matters::{every_field, seen::Seen};
use crate::pages::visit::Visit;
use crate::wording::{Words, matter_href};
use facts::{Event, FieldId, Matter, MatterId, Role, Value};
use rules::rulebook::{Field, Kind, Step, Type};

/// The agenda as a table; `None` while nothing stands on it.
/// `time`: the field of a topic that says for how many minutes it is meant.
pub async fn agenda(
    visit: &Visit,
    seen: &Seen<'_>,
    (field, time): (&FieldId, Option<&FieldId>),
) -> Result<Option<Agenda>, Fault> {
    let value = seen.view.matter.fields.get(field);
    let ids: Vec<MatterId> = value.map_or(&[] as &[Value], Value::members).iter().filter_map(Value::matter).collect();
    if ids.is_empty() {
        return Ok(None);
    }
    let (_, topics) = visit.office.matters_for(&ids, &visit.person).await?;
    let open = seen.view.matter.closed.is_none();
    let turns = if open { visit.office.turns_of(&ids).await? } else { Default::default() };
    // Of a topic that names its meeting it is told by its events what became of it here.
    let named = topics.values().filter(|topic| names_meetings(seen, topic));
    let named: Vec<MatterId> = named.map(|topic| topic.id).collect();
    let events = if named.is_empty() { Default::default() } else { visit.office.events_of(&named).await? };
    let mut items = vec![];
    for (index, id) in ids.iter().enumerate() {
        let number = seen.words.ordinal(index + 1);
        let item = match topics.get(id) {
            Some(topic) => {
                let elsewhere = has_gone_on(seen, topic);
                // What became of its papers before is not what the meeting came to.
                let tag = match names_meetings(seen, topic) {
                    true => events.get(id).and_then(|events| became_at(seen.words, events, seen.view.matter.id)),
                    false => became(seen.words, topic),
                };
                // What a topic lacks that has gone on to another meeting is that meeting's concern.
                let waits = turns.get(id).into_iter().flatten().filter(|_| !elsewhere);
                let roles = waits.filter_map(|turn| Some((turn.step.clone(), Role::of_key(&turn.role)?)));
                let tags = tag.into_iter().collect();
                AgendaItem {
                    number,
                    tags,
                    minutes: minutes_of(topic, time),
                    ..item(seen.words, topic, roles.collect())
                }
            }
            None => AgendaItem { number, title: seen.words.t("matter-hidden"), ..AgendaItem::default() },
        };
        items.push(item);
    }
    Ok(Some(Agenda { lang: seen.words.lang, caption: String::new(), items }))
}

/// For how many minutes a topic is meant; 0 where nothing is said of it.
pub fn minutes_of(topic: &Matter, time: Option<&FieldId>) -> u16 {
    let said = time.and_then(|time| topic.fields.get(time)).and_then(|value| match value {
        Value::Number(number) => Some(*number),
        _ => None,
    });
    said.and_then(|said| u16::try_from(said).ok()).unwrap_or_default()
}

/// Whether a topic can name the meeting before which it stands.
fn names_meetings(seen: &Seen<'_>, topic: &Matter) -> bool {
    let meeting = &seen.view.matter.kind;
    let kind = seen.words.rulebook().kind(topic.kind.as_str());
    kind.is_some_and(|kind| kind.fields.iter().any(|field| field.kind_of_value == Type::Matter(meeting.clone())))
}

/// Whether it names another by now.
fn has_gone_on(seen: &Seen<'_>, topic: &Matter) -> bool {
    names_meetings(seen, topic) && !topic.links().contains(&seen.view.matter.id)
}

fn item(words: &Words, topic: &Matter, turns: Vec<(facts::StepId, Role)>) -> AgendaItem {
    let kind = words.rulebook().kind(topic.kind.as_str());
    AgendaItem {
        title: words.pick(&office::title(&words.edition, topic)),
        href: matter_href(topic.number.as_str()),
        reporter: kind.map_or(String::new(), |kind| reporter(words, kind, topic)),
        concerned: kind.map_or(vec![], |kind| concerned(words, kind, topic)),
        lacks: lacks(words, topic, turns),
        ..AgendaItem::default()
    }
}

/// The body, or else the person, that the topic names first.
fn reporter(words: &Words, kind: &Kind, topic: &Matter) -> String {
    let named = |of: Type| {
        let fields = kind.fields.iter().filter(|field| field.kind_of_value == of);
        fields.filter_map(|field| topic.fields.get(&field.id)).next()
    };
    named(Type::Body).or_else(|| named(Type::Person)).map_or(String::new(), |value| words.one(value))
}

/// The bodies and people whom the topic names in sets, and what was said of it beside its way, such as
/// who is invited for it; each with the label of its field. What the meeting itself wrote is left out.
fn concerned(words: &Words, kind: &Kind, topic: &Matter) -> Vec<String> {
    let several = |field: &Field| {
        matches!(&field.kind_of_value, Type::Set(of) if matches!(**of, Type::Body | Type::Person))
            && !asked_only_by(kind, field, &|step| step.carried)
    };
    let beside = |field: &Field| {
        matches!(field.kind_of_value, Type::Text)
            && asked_only_by(kind, field, &|step| step.optional && !step.closes)
            && kind.steps.iter().any(|step| step.asks_for(&field.id) && topic.done(step.id.as_str()).is_some())
    };
    let shown = kind.fields.iter().filter(|field| several(field) || beside(field));
    let said = shown.filter_map(|field| {
        let value = topic.fields.get(&field.id).filter(|value| !value.is_empty())?;
        let value = match value.members() {
            [_, _, ..] => words.names(&value.members().iter().map(|one| words.one(one)).collect::<Vec<_>>()),
            _ => words.value_line(&kind.id, &field.id, value),
        };
        let field = words.field(&kind.id, &field.id);
        Some(words.say("event-field", &[("field", &field), ("value", &value)]))
    });
    said.collect()
}

/// Whether a field is asked for, and only by steps of a sort.
fn asked_only_by(kind: &Kind, field: &Field, sort: &dyn Fn(&Step) -> bool) -> bool {
    let mut asking = kind.steps.iter().filter(|step| every_field(step).contains(&&field.id)).peekable();
    asking.peek().is_some() && asking.all(sort)
}

/// The outcome that stands last.
fn became(words: &Words, topic: &Matter) -> Option<Tag> {
    let taken =
        topic.taken.iter().rfind(|taken| taken.void.is_none() && taken.outcome.is_some() && taken.each.is_none())?;
    let outcome = words.outcome(&topic.kind, &taken.step, taken.outcome.as_ref()?);
    Some(Tag::new(outcome, words.outcome_tone(&topic.kind, &taken.step, taken.outcome.as_ref(), taken.counts)))
}

/// The last outcome that the topic had while it was this meeting's.
fn became_at(words: &Words, events: &[Event], meeting: MatterId) -> Option<Tag> {
    let inputs = events.iter().rev().flat_map(|event| &event.act.input);
    let (field, _) = inputs.into_iter().find(|(_, value)| value.matter() == Some(meeting))?;
    let mut here = false;
    let mut last = None;
    for Event { act, .. } in events {
        if let Some(value) = act.input.get(field) {
            here = value.matter() == Some(meeting);
        }
        if here && act.each.is_none() && act.outcome.is_some() {
            last = Some(act);
        }
    }
    let act = last?;
    let outcome = words.outcome(&act.kind, &act.step, act.outcome.as_ref()?);
    Some(Tag::new(outcome, words.outcome_tone(&act.kind, &act.step, act.outcome.as_ref(), act.counts)))
}

/// The duties that are open on the topic, each with whose it is.
fn lacks(words: &Words, topic: &Matter, turns: Vec<(facts::StepId, Role)>) -> Vec<String> {
    let mut steps: Vec<(facts::StepId, Vec<Role>)> = vec![];
    for (step, role) in turns {
        match steps.iter_mut().find(|(known, _)| *known == step) {
            Some((_, roles)) => roles.push(role),
            None => steps.push((step, vec![role])),
        }
    }
    let said = steps.into_iter().map(|(step, roles)| {
        let roles: Vec<String> = roles.iter().map(|role| words.role(role)).collect();
        let (step, who) = (words.step(&topic.kind, &step), words.names(&roles));
        words.say("meeting-lacks", &[("step", &step), ("who", &who)])
    });
    said.collect()
}
