//! Open matters that an article governs now: those with an open turn that rests on one of its rules.
//!
//! Invariant: only matters that the reader may read are shown or counted.

use crate::components::Tone;
use crate::components::listing::EmptyState;
use crate::components::table::{Cell, Column, Row, Table};
use crate::fault::Fault;
use crate::pages::visit::Visit;
use crate::wording::{Pressure, Words, matter_href};
use facts::{MatterId, Role, StepId};
use jiff::civil::Date;
use office::MatterRow;

/// Turns of one rule that are looked at.
const TURNS: u32 = 1000;
/// Steps that are shown.
const SHOWN: usize = 50;

/// An open step that rests on the article.
struct Waits {
    step: StepId,
    roles: Vec<Role>,
    due: Option<Date>,
}

/// The matters as a table, those due first, and a sentence where not all of them are shown.
pub async fn governed(visit: &Visit, words: &Words, article: &str) -> Result<(Table, String), Fault> {
    let reader = visit.reader().await?;
    let prefix = format!("{article}/");
    let rules = words.rulebook().rules.keys().filter(|rule| rule.as_str().starts_with(&prefix)).cloned().collect();
    let mut waiting = visit.office.waiting_under(&reader, rules, TURNS).await?;
    let sentence = match waiting.len() > SHOWN {
        true => words.say("rulebook-governed-more", &[("count", &SHOWN)]),
        false => String::new(),
    };
    waiting.truncate(SHOWN);
    let ids: Vec<MatterId> = waiting.iter().map(|(matter, ..)| matter.matter).collect();
    let turns = visit.office.turns_of(&ids).await?;
    let rows = waiting.into_iter().map(|(matter, step, due)| {
        let of_matter = turns.get(&matter.matter).into_iter().flatten();
        let waits = of_matter.filter(|turn| {
            turn.step == step && turn.due == due && !turn.waits && turn.rule.as_str().starts_with(&prefix)
        });
        let mut roles: Vec<Role> = vec![];
        for role in waits.filter_map(|turn| Role::of_key(&turn.role)) {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        row(words, &matter, &Waits { step, roles, due })
    });
    Ok((table(words, rows.collect()), sentence))
}

fn table(words: &Words, rows: Vec<Row>) -> Table {
    let columns = ["rulebook-matter", "rulebook-step", "rulebook-whose", "rulebook-due"];
    Table {
        lang: words.lang,
        caption: words.t("rulebook-governed"),
        caption_hidden: true,
        titled: true,
        columns: columns.map(|key| Column::new(words.t(key))).into(),
        rows,
        empty: EmptyState::new(words.t("rulebook-governs-nothing"), words.t("rulebook-governs-nothing-why")),
    }
}

fn row(words: &Words, matter: &MatterRow, waits: &Waits) -> Row {
    let due = waits.due.map(|due| words.due_day(due));
    let tone = match due.as_ref().map(|due| due.pressure) {
        Some(Pressure::Overdue) => Tone::Overdue,
        _ => Tone::Plain,
    };
    let due = match due {
        Some(due) => Cell::new(words.day(due.on)).note(due.remaining).sort_value(due.on.to_string()),
        None => Cell::default(),
    };
    Row::new(vec![
        Cell::link(words.pick(&matter.title), matter_href(matter.number.as_str())).note(matter.number.to_string()),
        Cell::new(words.step(&matter.kind, &waits.step)),
        Cell::new(words.names(&words.roles(&waits.roles))),
        due,
    ])
    .tone(tone)
}
