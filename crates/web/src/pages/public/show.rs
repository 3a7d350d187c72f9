//! One publication under its permanent address, as a plain paper that prints well.
//!
//! Invariant: only what was published is shown; a matter named in it is not.

use super::{chrome, crumbs, href, page, stage};
use crate::components::card::PageHead;
use crate::components::notice::{Notice, NoticeTone};
use crate::components::paper::Paper;
use crate::components::summary_list::{SummaryList, SummaryRow};
use crate::components::{Chrome, Link};
use crate::fault::Fault;
use crate::session::Visitor;
use crate::state::Web;
use crate::wording::{Quote, Words};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use facts::KindId;
use office::{Following, FollowingStanding, Published, Publishing};

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
    let publishing = web.office.publishing(&published).await?;
    let paper = paper(&words, &published, publishing.as_ref());
    let shown = PublicationPage { chrome, paper, facts: facts(&words, &published, web.address.as_deref()) };
    page(StatusCode::OK, &shown)
}

fn paper(words: &Words, published: &Published, publishing: Option<&Publishing>) -> Paper {
    let kind = &published.kind;
    let text = published.publication.text.lines().map(str::trim);
    Paper {
        lang: words.lang,
        head: words.kind(kind),
        number: published.address.clone(),
        title: published.publication.title.clone(),
        stage: publishing.and_then(|publishing| stage(words, published, &publishing.step)).unwrap_or_default(),
        notice: publishing.and_then(|publishing| notice(words, kind, publishing)),
        text_title: text_title(words, published, publishing),
        paragraphs: text.filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        date: words.day(published.published_on),
        ..Paper::default()
    }
}

/// What the text is, where the rulebook publishes a field that is a part of the matter and not its title's own.
fn text_title(words: &Words, published: &Published, publishing: Option<&Publishing>) -> String {
    let field = publishing.and_then(|publishing| publishing.text.as_ref());
    field.map_or(String::new(), |field| words.field(&published.kind, field))
}

/// What follows this publication at a day counted from it, such as the end of public comment.
fn notice(words: &Words, kind: &KindId, publishing: &Publishing) -> Option<Notice> {
    if let Some((day, address)) = &publishing.anew {
        let text = words.say("public-later", &[("day", &words.day(*day))]);
        let links = vec![Link::new(address, href(address))];
        return Some(Notice { links, ..Notice::new(NoticeTone::Warning, words.t("public-later-title"), text) });
    }
    if publishing.followed_by.is_empty() {
        return None;
    }
    let following = |following: &Following| {
        let step = words.step(kind, &following.step);
        match following.standing {
            FollowingStanding::NotBefore(day) => {
                let last = day.yesterday().unwrap_or(day);
                words.say("public-follows", &[("step", &step), ("last", &words.day(last))])
            }
            FollowingStanding::GivenUp(day) => {
                words.say("public-follows-no-more", &[("step", &step), ("day", &words.day(day))])
            }
            FollowingStanding::AnyDay => words.say("public-follows-any-day", &[("step", &step)]),
            FollowingStanding::Taken(day) => words.say("public-followed", &[("step", &step), ("day", &words.day(day))]),
        }
    };
    let rules = publishing.followed_by.iter().flat_map(|following| &following.rules);
    let quotes = words.quotes(publishing.rules.iter().chain(rules));
    let quote =
        |quote: &Quote| words.say("plain-quote", &[("article", &quote.article.text), ("sentence", &quote.sentence)]);
    let items = publishing.followed_by.iter().map(following).chain(quotes.iter().map(quote));
    let title = words.t("public-next");
    Some(Notice { items: items.collect(), ..Notice::new(NoticeTone::Information, title, "") })
}

/// `address`: under which people reach the server, if it knows.
fn facts(words: &Words, published: &Published, address: Option<&str>) -> SummaryList {
    let facts = published.publication.facts.iter().filter(|(_, value)| !value.is_empty());
    let mut facts: Vec<_> = facts.collect();
    facts.sort_by_key(|(field, _)| words.place_of_field(&published.kind, field));
    let mut rows: Vec<SummaryRow> = facts
        .into_iter()
        .map(|(field, value)| {
            let shown = words.value(&published.kind, field, value).into_iter().map(|shown| shown.text);
            SummaryRow { values: shown.collect(), ..SummaryRow::new(words.field(&published.kind, field), "") }
        })
        .collect();
    rows.push(SummaryRow::new(words.t("public-published"), words.day(published.published_on)));
    let path = href(&published.address);
    let address = format!("{}{path}", address.unwrap_or_default());
    rows.push(SummaryRow::link(words.t("public-address"), Link::new(address, path)));
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
