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
use office::{ListFilter, MatterRow, Order, Standing};

/// Open matters of one question.
const ROWS: u32 = 500;
/// Open matters that are looked through.
const LOOKED_THROUGH: u32 = 5000;
/// Matters that are shown.
const SHOWN: usize = 50;

/// An open step that rests on the article.
struct Waits {
    step: StepId,
    roles: Vec<Role>,
    due: Option<Date>,
}

/// The matters as a table, and a sentence where not all of them are shown.
pub async fn governed(visit: &Visit, words: &Words, article: &str) -> Result<(Table, String), Fault> {
    let reader = visit.reader().await?;
    let prefix = format!("{article}/");
    let mut rows: Vec<(Option<Date>, Row)> = vec![];
    let mut offset = 0;
    let mut total = 0;
    loop {
        let filter =
            ListFilter { standing: Standing::Open, order: Order::Oldest, offset, limit: ROWS, ..ListFilter::default() };
        let page = visit.office.list(&reader, filter).await?;
        let ids: Vec<MatterId> = page.rows.iter().map(|row| row.matter).collect();
        let turns = visit.office.turns_of(&ids).await?;
        for matter in &page.rows {
            let mut waits: Vec<Waits> = vec![];
            let governs = turns.get(&matter.matter).into_iter().flatten();
            for turn in governs.filter(|turn| !turn.waits && turn.rule.as_str().starts_with(&prefix)) {
                let role = Role::of_key(&turn.role);
                match waits.iter_mut().find(|known| known.step == turn.step) {
                    Some(known) => known.roles.extend(role),
                    None => {
                        waits.push(Waits { step: turn.step.clone(), roles: role.into_iter().collect(), due: turn.due })
                    }
                }
            }
            rows.extend(waits.into_iter().map(|waits| (waits.due, row(words, matter, &waits))));
        }
        offset += ROWS;
        total = total.max(page.total);
        if u64::from(offset) >= page.total || offset >= LOOKED_THROUGH {
            break;
        }
    }
    rows.sort_by_key(|(due, _)| (due.is_none(), *due));
    let left_out = rows.len().saturating_sub(SHOWN);
    let sentence = match (left_out, total > u64::from(LOOKED_THROUGH)) {
        (0, false) => String::new(),
        (0, true) => words.say("rulebook-governed-oldest", &[("count", &LOOKED_THROUGH)]),
        (count, _) => words.say("rulebook-governed-more", &[("count", &count)]),
    };
    rows.truncate(SHOWN);
    Ok((table(words, rows.into_iter().map(|(_, row)| row).collect()), sentence))
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
