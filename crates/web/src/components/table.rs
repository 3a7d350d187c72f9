//! Dense tables; on a phone each row becomes a small card with named lines.

use askama::Template;

use super::listing::EmptyState;
use super::{Lang, Link, Tag, Tone};

#[derive(Clone, Debug, Default)]
pub struct Column {
    pub title: String,
    /// Numbers and amounts stand at the right.
    pub numeric: bool,
    /// The reader's browser may sort by it.
    pub sortable: bool,
}

impl Column {
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }

    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }
}

#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub text: String,
    /// The text leads there; empty for nowhere.
    pub href: String,
    /// A second, quieter line.
    pub note: String,
    pub tags: Vec<Tag>,
    pub links: Vec<Link>,
    /// What to sort by where the text itself does not sort, such as `2026-11-23`.
    pub sort_value: String,
}

impl Cell {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), ..Self::default() }
    }

    pub fn tag(text: impl Into<String>, tone: Tone) -> Self {
        Self { tags: vec![Tag::new(text, tone)], ..Self::default() }
    }

    /// Whether it shows nothing: a phone leaves it out.
    fn is_blank(&self) -> bool {
        self.text.is_empty() && self.note.is_empty() && self.tags.is_empty() && self.links.is_empty()
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    pub fn sort_value(mut self, sort_value: impl Into<String>) -> Self {
        self.sort_value = sort_value.into();
        self
    }
}

#[derive(Clone, Debug, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
    /// Marks the whole row, such as an overdue one.
    pub tone: Tone,
}

impl Row {
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, tone: Tone::Plain }
    }

    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// A table with at least one row, or the words that stand in its place.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/table.html")]
pub struct Table {
    pub lang: Lang,
    pub caption: String,
    /// The caption is read out but not shown, where a heading above says the same.
    pub caption_hidden: bool,
    /// The first column names the rows: on a phone it is the title of each.
    pub titled: bool,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub empty: EmptyState,
}

impl Table {
    fn sortable(&self) -> bool {
        self.columns.iter().any(|column| column.sortable)
    }

    /// Each cell with its column; a row has as many cells as there are columns.
    fn cells<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (&'a Column, &'a Cell)> {
        self.columns.iter().zip(&row.cells)
    }
}

renders_html!(Table);
