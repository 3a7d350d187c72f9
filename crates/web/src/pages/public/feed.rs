//! The newest publications as an Atom feed (RFC 4287).
//!
//! Invariant: an entry keeps its id for ever, whatever name the server has.

use super::{KEPT, href, stage};
use crate::components::Lang;
use crate::fault::Fault;
use crate::session::Visitor;
use crate::state::Web;
use crate::wording::{Words, path_segment};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use facts::StepId;
use jiff::{civil::Date, tz::TimeZone};
use office::Published;

/// Publications in the feed.
const ENTRIES: u32 = 50;
const ATOM: HeaderValue = HeaderValue::from_static("application/atom+xml; charset=utf-8");
/// Stands before the address in an entry's id.
const NAMESPACE: &str = "urn:cityhall:publication:";

#[derive(Template)]
#[template(path = "pages/public/feed.xml")]
struct Feed {
    lang: Lang,
    title: String,
    author: String,
    /// Scheme and host, before each path.
    base: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    href: String,
    updated: String,
    text: String,
}

/// `GET /public/feed.xml`
///
/// # Errors
/// Only faults of the record.
pub async fn get(State(web): State<Web>, visitor: Visitor, headers: HeaderMap) -> Result<Response, Fault> {
    let words = Words::today(&web.office, visitor.lang).await?;
    let newest = web.office.store().publications(None, 0, ENTRIES).await?;
    let steps = web.office.published_by(&newest.rows).await?;
    let base = web.reached_at(&headers);
    let entries = newest.rows.iter().map(|row| entry(&words, &base, row, steps.get(&row.address)));
    let entries: Vec<Entry> = entries.collect();
    let feed = Feed {
        lang: words.lang,
        title: words.t("public-title"),
        author: words.pick(&words.rulebook().name),
        updated: newest
            .rows
            .first()
            .map_or_else(|| instant(&words, words.today), |row| instant(&words, row.published_on)),
        base,
        entries,
    };
    Ok(([(header::CONTENT_TYPE, ATOM), (header::CACHE_CONTROL, KEPT)], feed.render()?).into_response())
}

fn entry(words: &Words, base: &str, row: &Published, step: Option<&StepId>) -> Entry {
    let (title, day) = (legible(&row.title), words.day(row.published_on));
    let sort = step.and_then(|step| stage(words, row, step)).unwrap_or_else(|| words.kind(&row.kind));
    Entry {
        id: format!("{NAMESPACE}{}", path_segment(&row.address)),
        title: words.say("public-entry", &[("title", &title), ("sort", &sort), ("day", &day)]),
        href: format!("{base}{}", href(&row.address)),
        updated: instant(words, row.published_on),
        text: legible(&row.publication.text),
    }
}

/// The beginning of a day, as Atom writes it.
fn instant(words: &Words, day: Date) -> String {
    let zone = TimeZone::get(&words.rulebook().zone).unwrap_or(TimeZone::UTC);
    day.to_zoned_datetime(zone).map_or(String::new(), |begin| words.instant_for_machines(begin.timestamp()))
}

/// Without the control characters that XML does not allow in any form.
fn legible(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        .collect()
}
