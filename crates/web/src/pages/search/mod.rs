//! Search: matters that the visitor may read, and articles of the rulebook.
//!
//! Invariant: what may not be known of is neither shown nor counted.

use crate::components::card::PageHead;
use crate::components::clock::{LinkPanel, PanelEntry};
use crate::components::listing::{EmptyState, Pagination};
use crate::components::table::Table;
use crate::components::{Chrome, Link};
use crate::fault::Fault;
use crate::pages::query::{Pairs, encoded, page, said};
use crate::pages::rows;
use crate::pages::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use rules::rulebook::{Article, Part, article_meant};

/// Rows of one page.
const ROWS: u32 = 25;
/// Articles shown beside the matters.
const ARTICLES_MAX: usize = 8;
/// Characters that are searched for.
const QUERY_MAX: usize = 200;

#[derive(Template)]
#[template(path = "pages/search/search.html")]
struct SearchPage {
    chrome: Chrome,
    head: PageHead,
    table: Table,
    pages: Pagination,
    articles: LinkPanel,
}

/// `GET /search?q=`
///
/// # Errors
/// Only faults of the record.
pub async fn get(visit: Visit, Query(query): Query<Pairs>) -> Result<Response, Fault> {
    let words = visit.words().await?;
    let reader = visit.reader().await?;
    let text: String = said(&query, "q").unwrap_or_default().chars().take(QUERY_MAX).collect();
    let page = page(&query);
    let found = visit.office.search(&reader, &text, (page - 1) * ROWS, ROWS).await?;
    let title = words.t("search-title");
    let mut chrome = visit.chrome(&title).await?;
    chrome.query.clone_from(&text);
    let empty = match text.is_empty() {
        true => EmptyState::new(words.t("search-nothing-asked"), words.t("search-how")),
        false => EmptyState::new(words.say("search-nothing", &[("query", &text)]), words.t("search-how")),
    };
    let lead = match text.is_empty() {
        true => String::new(),
        false => words.say("search-found", &[("query", &text), ("count", &found.total)]),
    };
    let table = rows::table(&visit, &words, &found.rows, rows::Extra::None).await?;
    let shown = SearchPage {
        chrome,
        head: PageHead { lead, ..PageHead::new(title) },
        table: Table { empty, ..table },
        pages: Pagination {
            lang: words.lang,
            page: page as usize,
            pages: found.total.div_ceil(u64::from(ROWS)) as usize,
            entries: found.total as usize,
            href_prefix: format!("/search?q={}&page=", encoded(&text)),
        },
        articles: articles(&words, &text),
    };
    if let Some(last) = shown.pages.last_instead() {
        return Ok(Redirect::to(&last).into_response());
    }
    visit.page(&shown)
}

/// The article that is meant by its number, and those in which every word occurs, in either language.
fn articles(words: &Words, text: &str) -> LinkPanel {
    let asked: Vec<String> =
        text.to_lowercase().split_whitespace().map(|word| word.trim_matches('"').to_owned()).collect();
    let meant = article_meant(text);
    let is_meant = |article: &&Article| meant.as_ref() == Some(&article.number);
    let fits = |article: &&Article| {
        let said = said_by(article);
        !is_meant(article) && !asked.is_empty() && asked.iter().all(|word| said.contains(word))
    };
    let articles = &words.rulebook().articles;
    let found = articles.iter().filter(is_meant).chain(articles.iter().filter(fits)).take(ARTICLES_MAX);
    let entries = found.map(|article| {
        let cited = words.article(&article.number, false);
        PanelEntry::new(Link::new(cited.text, cited.href), cited.title)
    });
    LinkPanel { title: words.t("search-articles"), entries: entries.collect() }
}

fn said_by(article: &Article) -> String {
    let mut said = format!("{} {} {}", article.number, article.title.en, article.title.zh);
    for part in &article.parts {
        if let Part::Paragraph(text) = part {
            said.push_str(&text.en);
            said.push(' ');
            said.push_str(&text.zh);
        }
    }
    said.to_lowercase()
}
