//! Facts as pairs of a name and a value.

use askama::Template;

use super::{ArticleLink, Link, Tag};

#[derive(Clone, Debug, Default)]
pub struct SummaryRow {
    pub name: String,
    /// One value a line.
    pub values: Vec<String>,
    pub links: Vec<Link>,
    pub tags: Vec<Tag>,
    pub articles: Vec<ArticleLink>,
    /// What may be done about it, at the end of the line.
    pub actions: Vec<Link>,
}

impl SummaryRow {
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), values: vec![value.into()], ..Self::default() }
    }

    pub fn link(name: impl Into<String>, link: Link) -> Self {
        Self { name: name.into(), links: vec![link], ..Self::default() }
    }
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/summary_list.html")]
pub struct SummaryList {
    pub rows: Vec<SummaryRow>,
    /// Name above value, for a narrow column.
    pub stacked: bool,
}

impl SummaryList {
    pub fn new(rows: Vec<SummaryRow>) -> Self {
        Self { rows, stacked: false }
    }
}

renders_html!(SummaryList);
