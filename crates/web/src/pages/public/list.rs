//! All publications, the newest first; searched by words.
//!
//! Invariant: a search finds only in what was published.

use super::{chrome, href, page, stage};
use crate::components::card::PageHead;
use crate::components::field::{Field, TextField, TextKind};
use crate::components::listing::{EmptyState, Pagination};
use crate::components::table::{Cell, Column, Row, Table};
use crate::components::{Chrome, Link};
use crate::fault::Fault;
use crate::pages::query::{self, Pairs, encoded, said};
use crate::session::Visitor;
use crate::state::Web;
use crate::wording::Words;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use facts::StepId;
use office::Published;
use std::collections::BTreeMap;

/// Publications of one page.
const ROWS: u32 = 20;
/// Characters that are searched for.
const QUERY_MAX: usize = 200;

#[derive(Template)]
#[template(path = "pages/public/list.html")]
struct ListPage {
    chrome: Chrome,
    head: PageHead,
    text: TextField,
    table: Table,
    pages: Pagination,
}

/// `GET /public?q=&page=`
///
/// # Errors
/// Only faults of the record.
pub async fn get(State(web): State<Web>, visitor: Visitor, Query(query): Query<Pairs>) -> Result<Response, Fault> {
    let words = Words::today(&web.office, visitor.lang).await?;
    let text: String = said(&query, "q").unwrap_or_default().chars().take(QUERY_MAX).collect();
    let number = query::page(&query);
    let found = web.office.store().publications(Some(&text), (number - 1) * ROWS, ROWS).await?;
    let steps = web.office.published_by(&found.rows).await?;
    let title = words.t("public-title");
    let lead = match text.is_empty() {
        true => words.t("public-lead"),
        false => words.say("public-found", &[("query", &text), ("count", &found.total)]),
    };
    let asked = if text.is_empty() { String::new() } else { format!("q={}&", encoded(&text)) };
    let field = Field::new(words.lang, "q", words.t("public-search"));
    let shown = ListPage {
        chrome: chrome(&visitor, &title),
        head: PageHead { lead, ..PageHead::new(title) },
        text: TextField::new(field, &text).kind(TextKind::Search),
        table: Table { empty: empty(&words, &text), ..table(&words, &found.rows, &steps) },
        pages: Pagination {
            lang: words.lang,
            page: number as usize,
            pages: usize::try_from(found.total.div_ceil(u64::from(ROWS))).unwrap_or(usize::MAX),
            entries: usize::try_from(found.total).unwrap_or(usize::MAX),
            href_prefix: format!("/public?{asked}page="),
            counted_max: u32::MAX,
        },
    };
    if let Some(last) = shown.pages.last_instead() {
        return Ok(Redirect::to(&last).into_response());
    }
    page(StatusCode::OK, &shown)
}

fn table(words: &Words, rows: &[Published], steps: &BTreeMap<String, StepId>) -> Table {
    let row = |row: &Published| {
        Row::new(vec![
            Cell::link(&row.title, href(&row.address)),
            sort(words, row, steps.get(&row.address)),
            Cell::new(&row.address),
            Cell::new(words.day(row.published_on)),
        ])
    };
    let columns = ["public-heading", "public-kind", "public-number", "public-published"];
    Table {
        lang: words.lang,
        caption: words.t("public-title"),
        caption_hidden: true,
        columns: columns.map(|key| Column::new(words.t(key))).into(),
        rows: rows.iter().map(row).collect(),
        ..Table::default()
    }
}

/// What it is, and the kind of its matter.
fn sort(words: &Words, row: &Published, step: Option<&StepId>) -> Cell {
    let kind = words.kind(&row.kind);
    match step.and_then(|step| stage(words, row, step)) {
        Some(stage) => Cell::new(stage).note(kind),
        None => Cell::new(kind),
    }
}

fn empty(words: &Words, text: &str) -> EmptyState {
    match text.is_empty() {
        true => EmptyState::new(words.t("public-none"), words.t("public-none-next")),
        false => EmptyState {
            actions: vec![Link::new(words.t("public-all"), "/public")],
            ..EmptyState::new(words.say("public-not-found", &[("query", &text)]), words.t("public-not-found-next"))
        },
    }
}
