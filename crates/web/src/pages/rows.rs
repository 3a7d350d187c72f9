//! Rows of matters as every list shows them: number, title, state, whose turn it is; and the columns
//! that an area adds.
//!
//! Invariant: two questions a page, however many rows.

use super::{ledger, meetings, register, visit::Visit};
use crate::components::table::{Cell, Column, Row, Table};
use crate::components::{Tag, Tone};
use crate::fault::Fault;
use crate::wording::{Pressure, Words, matter_href};
use facts::{KindId, Label, Matter, MatterId, MatterNumber, Role, StepId};
use jiff::civil::Date;
use office::{MatterRow, Turn};
use std::collections::BTreeMap;

/// What an area shows beside the common columns.
#[derive(Clone, Copy)]
pub enum Extra<'r> {
    None,
    Meeting(&'r meetings::Fields<'r>),
    Ledger(&'r ledger::Fields<'r>),
    /// With the kinds that the area shows.
    Register(&'r register::Fields<'r>, &'r [KindId]),
}

/// The table of some rows.
///
/// # Errors
/// Only faults of the record.
pub async fn table(visit: &Visit, words: &Words, rows: &[MatterRow], extra: Extra<'_>) -> Result<Table, Fault> {
    let ids: Vec<MatterId> = rows.iter().map(|row| row.matter).collect();
    let (turns, matters) = match (ids.is_empty(), extra) {
        (true, _) => Default::default(),
        (false, Extra::None) => (visit.office.turns_of(&ids).await?, BTreeMap::new()),
        (false, _) => (visit.office.turns_of(&ids).await?, visit.office.matters_for(&ids, &visit.person).await?.1),
    };
    let kind = rows.first().map(|row| &row.kind).filter(|kind| rows.iter().all(|row| row.kind == **kind));
    let mut columns = vec![Column::new(words.t("list-matter")).sortable()];
    columns.extend(more_columns(words, extra, kind));
    columns.push(Column::new(words.t("list-state")));
    let lines = rows.iter().map(|row| {
        let waits = turns
            .get(&row.matter)
            .into_iter()
            .flatten()
            .filter(|turn| turn.from_date.is_none_or(|from| from <= words.today));
        line(words, row, matters.get(&row.matter), extra, steps(waits))
    });
    Ok(Table {
        lang: words.lang,
        caption: words.t("list-caption"),
        caption_hidden: true,
        titled: true,
        columns,
        rows: lines.collect(),
        ..Table::default()
    })
}

fn more_columns(words: &Words, extra: Extra<'_>, kind: Option<&KindId>) -> Vec<Column> {
    match extra {
        Extra::None => vec![],
        Extra::Meeting(fields) => meetings::columns(words, fields, kind),
        Extra::Ledger(fields) => ledger::columns(words, fields, kind),
        Extra::Register(fields, kinds) => register::columns(words, fields, kind, kinds),
    }
}

/// A step that waits, for whom, and when it is due at the earliest.
struct Waiting {
    step: StepId,
    roles: Vec<Option<Role>>,
    due: Option<Date>,
}

/// The steps of turns, what is due first first.
fn steps<'t>(turns: impl Iterator<Item = &'t Turn>) -> Vec<Waiting> {
    let mut steps: Vec<Waiting> = vec![];
    for turn in turns {
        let role = Role::of_key(&turn.role);
        match steps.iter_mut().find(|known| known.step == turn.step) {
            Some(known) => {
                known.roles.push(role);
                known.due = known.due.into_iter().chain(turn.due).min();
            }
            None => steps.push(Waiting { step: turn.step.clone(), roles: vec![role], due: turn.due }),
        }
    }
    steps.sort_by_key(|waiting| (waiting.due.is_none(), waiting.due));
    steps
}

/// The cell that names a matter: its title, and below it number, kind and the day on which it was opened.
pub fn named(words: &Words, title: &Label, number: &MatterNumber, kind: &KindId, opened: Date) -> Cell {
    let number = number.as_str();
    let note =
        words.say("list-note", &[("number", &number), ("kind", &words.kind(kind)), ("day", &words.day_short(opened))]);
    Cell::link(words.pick(title), matter_href(number)).note(note)
}

fn line(words: &Words, row: &MatterRow, matter: Option<&Matter>, extra: Extra<'_>, steps: Vec<Waiting>) -> Row {
    let first = named(words, &row.title, &row.number, &row.kind, row.opened);
    let (more, pressure) = match extra {
        Extra::None => (vec![], None),
        Extra::Meeting(fields) => (meetings::cells(words, fields, matter), None),
        Extra::Register(fields, _) => (register::cells(words, fields, matter), None),
        Extra::Ledger(fields) => {
            let pressure = matter.and_then(|matter| ledger::pressure(words, fields, matter));
            (ledger::cells(words, fields, matter), pressure)
        }
    };
    let of_steps = steps.iter().filter_map(|waiting| waiting.due).map(|due| words.pressure(due));
    let pressure = pressure.into_iter().chain(of_steps).min();
    let cells = std::iter::once(first).chain(more).chain(std::iter::once(state(words, row, &steps, pressure)));
    let tone = match (row.closed, pressure) {
        (None, Some(Pressure::Overdue)) => Tone::Overdue,
        (None, Some(Pressure::Today | Pressure::Soon)) => Tone::Due,
        _ => Tone::Plain,
    };
    Row::new(cells.collect()).tone(tone)
}

/// Closed, or whose turn it is for what, and how late.
fn state(words: &Words, row: &MatterRow, steps: &[Waiting], pressure: Option<Pressure>) -> Cell {
    if let Some(closed) = row.closed {
        let note = words.day(closed);
        return Cell::tag(words.t("list-closed"), Tone::Done).note(note);
    }
    let said = steps.iter().take(2).map(|Waiting { step, roles, due }| {
        let roles: Vec<String> =
            roles.iter().map(|role| role.as_ref().map(|role| words.role(role)).unwrap_or_default()).collect();
        let (step, who) = (words.step(&row.kind, step), words.names(&roles));
        match due.filter(|due| *due < words.today) {
            Some(due) => {
                let late = words.due_day(due).remaining;
                words.say("list-turn-late", &[("step", &step), ("who", &who), ("late", &late)])
            }
            None => words.say("list-turn", &[("step", &step), ("who", &who)]),
        }
    });
    let said: Vec<String> = said.collect();
    let (text, tone) = match pressure {
        Some(Pressure::Overdue) => ("tag-overdue", Tone::Overdue),
        Some(Pressure::Today | Pressure::Soon) => ("tag-due-soon", Tone::Due),
        _ => ("tag-open", Tone::Waits),
    };
    Cell { tags: vec![Tag::new(words.t(text), tone)], note: said.join(&words.t("list-semicolon")), ..Cell::default() }
}
