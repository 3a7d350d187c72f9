//! What a list of meetings shows of each: its day, how much stands on its agenda, whether minutes are there.
//!
//! Invariant: as many cells as columns.

use super::Fields;
use crate::components::Tone;
use crate::components::table::{Cell, Column};
use crate::wording::Words;
use facts::{Matter, Value};

/// The columns beside those of every list.
pub fn columns(words: &Words, fields: &Fields<'_>, kind: Option<&facts::KindId>) -> Vec<Column> {
    let label = |field: &facts::FieldId| match kind {
        Some(kind) => words.field(kind, field),
        None => words.pick(&words.rulebook().terms.label(&format!("field/{field}"))),
    };
    vec![
        Column::new(label(fields.day)).sortable(),
        Column::new(label(fields.agenda)).numeric(),
        Column::new(label(fields.minutes)),
    ]
}

/// The cells of one meeting.
pub fn cells(words: &Words, fields: &Fields<'_>, matter: Option<&Matter>) -> Vec<Cell> {
    let value = |field: &facts::FieldId| matter.and_then(|matter| matter.fields.get(field));
    let day = match value(fields.day).and_then(Value::date) {
        Some(day) => Cell::new(words.day(day)).sort_value(day.to_string()),
        None => Cell::default(),
    };
    let items = value(fields.agenda).map_or(0, |value| value.members().len());
    let minutes = value(fields.minutes).is_some_and(|minutes| !minutes.is_empty());
    let minutes = if minutes { Cell::tag(words.t("meeting-minutes-there"), Tone::Done) } else { Cell::default() };
    vec![day, Cell::new(items.to_string()), minutes]
}
