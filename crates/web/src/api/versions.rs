//! The versions of one field of a matter, and two of them compared: papers line by line, sets member by
//! member.
//!
//! Invariant: a version is what an event of the record wrote.

use super::{caller::Caller, problem::Problem};
use crate::{compare, fault::Fault, pages::query::said, wording::Words};
use axum::{Json, extract::Path};
use facts::{Event, FieldId, MatterId, PersonId, Value};
use office::{Consulted, Office};
use rules::rulebook::nearest;
use serde::Serialize;

/// The versions of a field, and the comparison asked for.
#[derive(Serialize)]
pub struct Versions {
    pub number: String,
    pub field: String,
    pub name: String,
    /// The first one first.
    pub versions: Vec<Version>,
    /// Absent where there is only one version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<Compared>,
}

/// One version: the event that wrote it.
#[derive(Serialize)]
pub struct Version {
    pub seq: u32,
    pub step: String,
    pub who: String,
    pub when: String,
}

/// Two versions side by side.
#[derive(Serialize)]
pub struct Compared {
    pub from: u32,
    pub to: u32,
    pub lines: Vec<Line>,
}

/// One line of both sides; empty where it is not on that side.
#[derive(Serialize)]
pub struct Line {
    /// `same`, `added`, `removed`, `altered`.
    pub change: &'static str,
    pub before: String,
    pub after: String,
}

/// `GET /api/v1/matters/{number}/versions/{field}?from=&to=`: without them, the last two.
///
/// # Errors
/// Only faults of the record; what the caller may not know of is a problem like what is not there.
pub async fn get(
    caller: Caller,
    Path((number, field)): Path<(String, String)>,
) -> Result<Result<Json<Versions>, Problem>, Fault> {
    let words = caller.visit.words().await?;
    let mut seqs = [None, None];
    for (seq, name) in seqs.iter_mut().zip(["from", "to"]) {
        let Some(typed) = said(&caller.query, name) else { continue };
        let Ok(number) = typed.parse() else {
            let sentence = words.say("api-no-version", &[("name", &name), ("typed", &typed)]);
            return Ok(Err(*Problem::in_query(&words, name, sentence)));
        };
        *seq = Some(number);
    }
    let found = of_field(&caller.visit.office, words, &caller.visit.person, &number, &field, seqs).await?;
    Ok(found.map(Json))
}

/// The versions of a field, with the two compared that are said by their events; without them, the last two.
///
/// # Errors
/// Only faults of the record; a field or version that is not there is a problem that names what there is.
pub async fn of_field(
    office: &Office,
    mut words: Words,
    person: &PersonId,
    number: &str,
    field: &str,
    [from, to]: [Option<u32>; 2],
) -> Result<Result<Versions, Problem>, Fault> {
    let Consulted::Matter(view) = office.consult(number, person).await? else {
        return Ok(Err(Problem::new(&words, "not-there", 404)));
    };
    let (matter, field) = (&view.matter, FieldId::new(field));
    let events: Vec<&Event> = view.events.iter().filter(|event| event.act.input.contains_key(&field)).collect();
    let value = |n: usize| events[n].act.input.get(&field);
    let find = |seq: Option<u32>| events.iter().position(|event| Some(event.seq) == seq);
    if events.is_empty() {
        let written = view.events.iter().flat_map(|event| event.act.input.keys());
        let near = nearest(field.as_str(), written.map(FieldId::as_str));
        let hints = near.map(|near| words.say("problem-nearest", &[("near", &near)]));
        return Ok(Err(Problem { hints: hints.into_iter().collect(), ..Problem::new(&words, "not-there", 404) }));
    }
    for (name, seq) in [("from", from), ("to", to)] {
        let Some(seq) = seq.filter(|seq| find(Some(*seq)).is_none()) else { continue };
        let known: Vec<String> = events.iter().map(|event| event.seq.to_string()).collect();
        let said: [(&str, &dyn crate::texts::Argument); 3] =
            [("name", &name), ("typed", &seq), ("known", &words.list(&known))];
        let sentence = words.say("api-not-known", &said);
        return Ok(Err(*Problem::in_query(&words, name, sentence)));
    }
    let to = find(to).unwrap_or(events.len() - 1);
    let from = find(from).or(to.checked_sub(1));
    let named: Vec<MatterId> = [from, Some(to)].into_iter().flatten().flat_map(|n| matters(value(n))).collect();
    let (_, rows) = office.matters_for(&named, person).await?;
    words.name_matters(rows.values());
    let lines = |from: usize| match value(to) {
        Some(Value::Set(_)) => {
            let names = |n: usize| -> Vec<String> {
                value(n).map_or(&[] as &[Value], Value::members).iter().map(|member| words.one(member)).collect()
            };
            compare::members(&names(from), &names(to))
        }
        _ => {
            let text = |n: usize| words.value_line(&matter.kind, &field, value(n).unwrap_or(&Value::Set(vec![])));
            let whole = |n: usize| value(n).and_then(Value::text).map_or_else(|| text(n), str::to_owned);
            compare::lines(&whole(from), &whole(to))
        }
    };
    let line = |line: crate::components::compare::ComparedLine| Line {
        change: line.change.word(),
        before: line.before,
        after: line.after,
    };
    let compared = from.map(|from| Compared {
        from: events[from].seq,
        to: events[to].seq,
        lines: lines(from).into_iter().map(line).collect(),
    });
    let version = |event: &&Event| {
        let said = words.event(event);
        Version { seq: event.seq, step: said.step, who: said.who, when: said.when }
    };
    Ok(Ok(Versions {
        number: matter.number.to_string(),
        field: field.to_string(),
        name: words.field(&matter.kind, &field),
        versions: events.iter().map(version).collect(),
        compared,
    }))
}

fn matters(value: Option<&Value>) -> impl Iterator<Item = MatterId> {
    value.map_or(&[] as &[Value], Value::members).iter().filter_map(Value::matter)
}
