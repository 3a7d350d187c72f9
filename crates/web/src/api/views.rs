//! What the JSON interface and the command line show: a desk, a matter, a list.
//!
//! Invariant: nothing stands here that the person may not read.

use crate::wording::{DueWords, EventWords, ReasonWords, Words};
use facts::{KindId, Value};
use office::{Consulted, DeskRow, Fault, ListFilter, MatterRow, MatterView, Office, Reader};
use rules::{
    engine::{Prospect, State},
    refusal::Refused,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// One duty on a desk.
#[derive(Clone, Debug, Serialize)]
pub struct Duty {
    pub number: String,
    pub kind: String,
    pub title: String,
    pub step: String,
    /// The step in words.
    pub task: String,
    /// The role that makes it this person's today.
    pub role: String,
    pub mine_because: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub each: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DueWords>,
    pub rule: String,
    /// Something was done in the matter since this person was last shown its page.
    pub new: bool,
}

/// A part of a longer list.
#[derive(Clone, Debug, Serialize)]
pub struct Part<T> {
    pub total: u64,
    pub rows: Vec<T>,
}

/// One matter of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub number: String,
    pub kind: String,
    pub title: String,
    pub opened: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
}

/// A matter with what lies ahead of it.
#[derive(Clone, Debug, Serialize)]
pub struct Whole {
    pub number: String,
    pub kind: String,
    pub kind_name: String,
    pub title: String,
    pub version: u32,
    pub opened: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
    pub fields: BTreeMap<String, Value>,
    pub steps: Vec<Ahead>,
    pub links: Vec<Line>,
    pub history: Vec<EventWords>,
    pub head: String,
}

/// One step as it stands for the person: may I, why not, what next.
#[derive(Clone, Debug, Serialize)]
pub struct Ahead {
    pub step: String,
    pub name: String,
    /// `done`, `not_needed`, `open`, `waits`, `over`.
    pub state: String,
    pub may: bool,
    /// Whose it is, with the names of today.
    pub whose: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DueWords>,
    /// Why there is no due day that can be counted: the calendar lacks a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_due_day: Option<String>,
    pub late: bool,
    pub void: bool,
    pub optional: bool,
    /// That its clock stands still, and since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_still: Option<String>,
    /// What each who was asked has said, also of a text that was changed since.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub open_answers: Vec<Value>,
    /// What follows from it that may not be meant: somebody's standing in that would not count for some days.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why_not: Vec<ReasonWords>,
}

/// One answer of those who were asked.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    pub member: Value,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// The outcome in words.
    pub said: String,
    pub by: String,
    pub on: String,
    /// What was written with it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Value>,
    /// What it judged was changed since, or it was undone.
    pub void: bool,
}

/// What lies on a person's desk.
pub async fn desk(
    office: &Office,
    words: &Words,
    reader: &Reader,
    kind: Option<&KindId>,
    offset: u32,
    limit: u32,
) -> Result<Part<Duty>, Fault> {
    let page = office.desk(reader, kind, offset, limit).await?;
    let matters: Vec<facts::MatterId> = page.rows.iter().map(|row| row.matter).collect();
    let unseen = office.unseen(&reader.person, &matters).await?;
    let duty = |row: &DeskRow| duty(words, reader, row, unseen.contains(&row.matter));
    Ok(Part { total: page.total, rows: page.rows.iter().map(duty).collect() })
}

fn duty(words: &Words, reader: &Reader, row: &DeskRow, new: bool) -> Duty {
    let role = facts::Role::of_key(&row.role);
    let because = role.map(|role| words.capacity_today(&reader.person, &role)).unwrap_or_default();
    Duty {
        number: row.number.to_string(),
        kind: row.kind.to_string(),
        title: words.pick(&row.title),
        step: row.step.to_string(),
        task: words.step(&row.kind, &row.step),
        role: row.role.clone(),
        mine_because: because,
        each: row.each.clone(),
        due: row.due.map(|due| words.due_day(due)),
        rule: row.rule.to_string(),
        new,
    }
}

/// Matters that the person may read.
pub async fn list(office: &Office, words: &Words, reader: &Reader, filter: ListFilter) -> Result<Part<Line>, Fault> {
    let page = office.list(reader, filter).await?;
    Ok(Part { total: page.total, rows: page.rows.iter().map(|row| line(words, row)).collect() })
}

fn line(words: &Words, row: &MatterRow) -> Line {
    Line {
        number: row.number.to_string(),
        kind: row.kind.to_string(),
        title: words.pick(&row.title),
        opened: row.opened.to_string(),
        closed: row.closed.map(|day| day.to_string()),
    }
}

/// A matter, or `None` where there is none that the person may know of.
pub async fn matter(office: &Office, words: &mut Words, number: &str, reader: &Reader) -> Result<Option<Whole>, Fault> {
    let Consulted::Matter(view) = office.consult(number, &reader.person).await? else { return Ok(None) };
    words.name_rows(&view.links);
    words.name_matters([&view.matter]);
    Ok(Some(whole(words, &view)))
}

fn whole(words: &Words, view: &MatterView) -> Whole {
    let matter = &view.matter;
    let fields = matter.fields.iter().map(|(field, value)| (field.to_string(), value.clone()));
    Whole {
        number: matter.number.to_string(),
        kind: matter.kind.to_string(),
        kind_name: words.kind(&matter.kind),
        title: words.pick(&office::title(&view.gathered.edition, matter)),
        version: matter.version,
        opened: matter.opened.to_string(),
        closed: matter.closed.map(|day| day.to_string()),
        fields: fields.collect(),
        steps: view.prospects.iter().map(|prospect| ahead(words, view, prospect)).collect(),
        links: view.links.iter().map(|row| line(words, row)).collect(),
        history: view.events.iter().map(|event| words.event(event)).collect(),
        head: matter.head.to_string(),
    }
}

fn ahead(words: &Words, view: &MatterView, prospect: &Prospect) -> Ahead {
    let state = match prospect.state {
        State::Done => "done",
        State::NotNeeded => "not_needed",
        State::Open => "open",
        State::Waits => "waits",
        State::Over => "over",
    };
    let open = matches!(prospect.state, State::Open | State::Waits);
    let refused = Refused { refusals: if open { prospect.refusals.clone() } else { vec![] } };
    Ahead {
        step: prospect.step.to_string(),
        name: words.step(&view.matter.kind, &prospect.step),
        state: state.to_owned(),
        may: prospect.may(),
        whose: words.roles(&prospect.roles),
        due: prospect.due.as_ref().filter(|_| open).map(|due| words.due(due)),
        no_due_day: prospect
            .no_calendar
            .filter(|_| open)
            .map(|year| words.say("path-no-calendar", &[("year", &year.to_string())])),
        late: prospect.late && open,
        void: prospect.void,
        optional: prospect.optional,
        stands_still: prospect
            .still_since
            .filter(|_| open)
            .map(|since| words.say("clock-stands-still", &[("day", &words.day(since))])),
        answers: answers(words, view, prospect),
        open_answers: prospect.open_answers.clone(),
        warnings: prospect.lapses.iter().map(|lapse| words.lapse(lapse)).collect(),
        why_not: words.reasons(&refused, Some(view.matter.id)),
    }
}

/// Every answer, those too that fell, in the order in which they were given.
fn answers(words: &Words, view: &MatterView, prospect: &Prospect) -> Vec<Answer> {
    let matter = &view.matter;
    let given = matter.taken.iter().filter(|taken| taken.step == prospect.step);
    let answers = given.filter_map(|taken| {
        let member = taken.each.clone()?;
        let event = view.events.iter().find(|event| event.seq == taken.seq);
        let input = event.map(|event| event.act.input.clone()).unwrap_or_default();
        let said = taken.outcome.as_ref().map(|outcome| words.outcome(&matter.kind, &taken.step, outcome));
        Some(Answer {
            name: words.one(&member),
            member,
            outcome: taken.outcome.as_ref().map(ToString::to_string),
            said: said.unwrap_or_else(|| words.t("positions-answered")),
            by: words.person(&taken.person),
            on: taken.on.to_string(),
            fields: input.into_iter().map(|(field, value)| (field.to_string(), value)).collect(),
            void: taken.void.is_some(),
        })
    });
    answers.collect()
}
