//! The supervision ledger: tasks with who leads, who assists and when each is due, the late ones first.
//!
//! Which kinds are tasks, and which of their fields hold what, is said by an area of the rulebook.
//! Invariant: lateness is counted from the due day in the matter, never from a stored state.

use crate::components::table::{Cell, Column};
use crate::wording::{Pressure, Words};
use facts::{FieldId, KindId, Matter, Value};
use rules::rulebook::{Anchor, Path, Side, Step};

/// Bodies of one cell before the rest is counted.
const ASSISTANTS_MAX: usize = 4;

/// The fields that the area names.
pub struct Fields<'r> {
    pub lead: &'r FieldId,
    pub assistants: &'r FieldId,
    pub due: &'r FieldId,
}

/// The columns beside those of every list.
pub fn columns(words: &Words, fields: &Fields<'_>, kind: Option<&KindId>) -> Vec<Column> {
    let label = |field: &FieldId| match kind {
        Some(kind) => words.field(kind, field),
        None => words.pick(&words.rulebook().terms.label(&format!("field/{field}"))),
    };
    [fields.lead, fields.assistants, fields.due].map(|field| Column::new(label(field)).sortable()).into()
}

/// The cells of one task.
pub fn cells(words: &Words, fields: &Fields<'_>, matter: Option<&Matter>) -> Vec<Cell> {
    let names = |field: &FieldId| {
        let value = matter.and_then(|matter| matter.fields.get(field));
        let names: Vec<String> =
            value.map_or(&[] as &[Value], Value::members).iter().map(|one| words.one(one)).collect();
        match names.len() > ASSISTANTS_MAX {
            true => words.names(&names),
            false => words.list(&names),
        }
    };
    let due = matter.and_then(|matter| matter.fields.get(fields.due)).and_then(Value::date);
    let due = match due {
        Some(day) => {
            let awaited = matter.is_some_and(|matter| is_awaited(words, fields, matter));
            let note = if awaited { words.due_day(day).remaining } else { String::new() };
            Cell::new(words.day(day)).note(note).sort_value(day.to_string())
        }
        None => Cell::default(),
    };
    vec![Cell::new(names(fields.lead)), Cell::new(names(fields.assistants)), due]
}

/// How much the due day of an open task presses.
pub fn pressure(words: &Words, fields: &Fields<'_>, matter: &Matter) -> Option<Pressure> {
    let due = matter.fields.get(fields.due).and_then(Value::date)?;
    is_awaited(words, fields, matter).then(|| words.pressure(due))
}

/// Whether what is due on the day of an open task is still to come: what is fulfilled and has only to be closed is
/// late no more.
fn is_awaited(words: &Words, fields: &Fields<'_>, matter: &Matter) -> bool {
    let steps = words.rulebook().kind(matter.kind.as_str()).map_or(&[] as &[_], |kind| &kind.steps);
    let on_the_day = Anchor::Field(Path(vec![fields.due.clone()]));
    let due = |step: &&Step| {
        let on = step.due.as_ref().is_some_and(|due| due.side == Side::On && due.anchor == on_the_day);
        on && !step.optional && !step.carried
    };
    let mut due = steps.iter().filter(due).peekable();
    matter.closed.is_none() && (due.peek().is_none() || due.any(|step| matter.done(step.id.as_str()).is_none()))
}
