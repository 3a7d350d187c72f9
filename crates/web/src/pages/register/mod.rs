//! A register: what is in force from when until when, and what the rulebook shows of each entry.
//!
//! Which kinds are entries, and which of their fields hold what, is said by an area of the rulebook.
//! Invariant: whether an entry is in force follows from its days and the day asked for.

use crate::components::table::{Cell, Column};
use crate::wording::Words;
use facts::{FieldId, KindId, Matter, Value};
use jiff::civil::Date;

/// Members of one cell before the rest is counted.
const MEMBERS_MAX: usize = 4;

/// The fields that the area names.
pub struct Fields<'r> {
    pub from: &'r FieldId,
    pub until: &'r FieldId,
    pub shows: &'r [FieldId],
}

impl<'r> Fields<'r> {
    fn all(&self) -> impl Iterator<Item = &'r FieldId> {
        self.shows.iter().chain([self.from, self.until])
    }
}

/// The columns beside those of every list.
pub fn columns(words: &Words, fields: &Fields<'_>, kind: Option<&KindId>, kinds: &[KindId]) -> Vec<Column> {
    let rulebook = words.rulebook();
    let label = |field: &FieldId| {
        let has =
            |kind: &&KindId| rulebook.kind(kind.as_str()).is_some_and(|kind| kind.field(field.as_str()).is_some());
        match kind.filter(has).or(kinds.iter().find(has)) {
            Some(kind) => words.field(kind, field),
            None => field.to_string(),
        }
    };
    fields.all().map(|field| Column::new(label(field)).sortable()).collect()
}

/// The cells of one entry.
pub fn cells(words: &Words, fields: &Fields<'_>, matter: Option<&Matter>) -> Vec<Cell> {
    let cell = |field: &FieldId| {
        let Some((matter, value)) = matter.and_then(|matter| Some((matter, matter.fields.get(field)?))) else {
            return Cell::default();
        };
        match value {
            Value::Date(day) if field == fields.until => {
                Cell::new(words.day(*day)).note(note(words, *day)).sort_value(day.to_string())
            }
            Value::Date(day) => Cell::new(words.day(*day)).sort_value(day.to_string()),
            value => {
                let shown: Vec<String> =
                    words.value(&matter.kind, field, value).into_iter().map(|shown| shown.text).collect();
                Cell::new(if shown.len() > MEMBERS_MAX { words.names(&shown) } else { words.list(&shown) })
            }
        }
    };
    fields.all().map(cell).collect()
}

/// What is said of a last day that has passed.
fn note(words: &Words, last: Date) -> String {
    if last < words.today { words.t("register-ended") } else { String::new() }
}
