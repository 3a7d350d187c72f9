//! One publication under its permanent address, as a plain paper that prints well.
//!
//! Invariant: only what was published is shown; a matter named in it is not.

use super::{chrome, crumbs, href, page};
use crate::components::card::PageHead;
use crate::components::paper::Paper;
use crate::components::summary_list::{SummaryList, SummaryRow};
use crate::components::{Chrome, Link};
use crate::fault::Fault;
use crate::session::Visitor;
use crate::state::Web;
use crate::wording::Words;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use office::Published;

#[derive(Template)]
#[template(path = "pages/public/show.html")]
struct PublicationPage {
    chrome: Chrome,
    paper: Paper,
    facts: SummaryList,
}

#[derive(Template)]
#[template(path = "pages/public/missing.html")]
struct MissingPage {
    chrome: Chrome,
    head: PageHead,
    all: Link,
}

/// `GET /public/{address}`
///
/// # Errors
/// Only faults of the record; an address without a publication is answered with a page of its own.
pub async fn get(State(web): State<Web>, visitor: Visitor, Path(address): Path<String>) -> Result<Response, Fault> {
    let Some(published) = web.office.store().publication(&address).await? else {
        return missing(&visitor);
    };
    let words = Words::today(&web.office, visitor.lang).await?;
    let mut chrome = chrome(&visitor, &published.title);
    chrome.crumbs = crumbs(&visitor);
    let shown = PublicationPage { chrome, paper: paper(&words, &published), facts: facts(&words, &published) };
    page(StatusCode::OK, &shown)
}

fn paper(words: &Words, published: &Published) -> Paper {
    let text = published.publication.text.lines().map(str::trim);
    Paper {
        lang: words.lang,
        head: words.kind(&published.kind),
        number: published.address.clone(),
        title: published.publication.title.clone(),
        paragraphs: text.filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        date: words.day(published.published_on),
        ..Paper::default()
    }
}

fn facts(words: &Words, published: &Published) -> SummaryList {
    let facts = published.publication.facts.iter().filter(|(_, value)| !value.is_empty());
    let mut rows: Vec<SummaryRow> = facts
        .map(|(field, value)| {
            let shown = words.value(&published.kind, field, value).into_iter().map(|shown| shown.text);
            SummaryRow { values: shown.collect(), ..SummaryRow::new(words.field(&published.kind, field), "") }
        })
        .collect();
    rows.push(SummaryRow::new(words.t("public-published"), words.day(published.published_on)));
    let address = href(&published.address);
    rows.push(SummaryRow::link(words.t("public-address"), Link::new(&address, &address)));
    SummaryList::new(rows)
}

fn missing(visitor: &Visitor) -> Result<Response, Fault> {
    let lang = visitor.lang;
    let title = lang.t("public-missing");
    let mut chrome = chrome(visitor, &title);
    chrome.crumbs = crumbs(visitor);
    let head = PageHead { lead: lang.t("public-missing-next"), ..PageHead::new(title) };
    page(StatusCode::NOT_FOUND, &MissingPage { chrome, head, all: Link::new(lang.t("public-all"), "/public") })
}
