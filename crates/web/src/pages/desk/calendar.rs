//! One's calendar as other programs show it (RFC 5545): the days on which steps of mine are due, and the
//! meetings that I may read of.
//!
//! Invariant: whoever holds the secret address sees what the account's person may read, and can do nothing.

use crate::components::Lang;
use crate::fault::Fault;
use crate::pages::meetings::days;
use crate::state::Web;
use crate::wording::{Words, matter_href, path_segment};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use facts::{PersonId, Role};
use icalendar::{Calendar, Component, Event, Property};
use jiff::{ToSpan, civil::Date};
use office::{DeskRow, MatterRow, Reader, accounts::SessionKind};
use std::collections::BTreeSet;

/// Steps and meetings at most.
const STEPS_MAX: u32 = 500;
const MEETINGS_MAX: u32 = 200;
/// Months of meetings before today and after it.
const MONTHS: (i64, i64) = (1, 12);
const ICALENDAR: HeaderValue = HeaderValue::from_static("text/calendar; charset=utf-8");
/// The address is a secret, and what it answers is somebody's own.
const NOT_KEPT: HeaderValue = HeaderValue::from_static("private, no-store");

/// What every entry says besides its own.
struct Said<'w> {
    words: &'w Words,
    /// Scheme and host, before each path.
    base: String,
    /// When the calendar was made.
    stamp: String,
}

/// `GET /calendar/{secret}.ics`
///
/// # Errors
/// [`Fault::NotThere`] for an address that nobody has, or that has ended.
pub async fn get(State(web): State<Web>, Path(file): Path<String>, headers: HeaderMap) -> Result<Response, Fault> {
    let secret = file.strip_suffix(".ics").ok_or(Fault::NotThere)?;
    let session = web.office.accounts().signed_in(secret, SessionKind::Calendar).await?.ok_or(Fault::NotThere)?;
    let words = Words::today(&web.office, Lang::from_code(&session.language).unwrap_or(Lang::Zh)).await?;
    let reader = web.office.reader(&session.person).await?;
    let said = Said {
        words: &words,
        base: web.reached_at(&headers),
        stamp: web.office.now().strftime("%Y%m%dT%H%M%SZ").to_string(),
    };
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//cityhall//calendar//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.name(&words.say("calendar-name", &[("person", &words.person(&session.person))]));
    let mut every_hour = Property::new("REFRESH-INTERVAL", "PT1H");
    every_hour.add_parameter("VALUE", "DURATION");
    calendar.append_property(every_hour);
    let desk = web.office.desk(&reader, None, 0, STEPS_MAX).await?;
    let mut there = BTreeSet::new();
    // What is mine in two posts is due once, on the day that comes first.
    let due = desk.rows.iter().filter(|row| row.due.is_some() && there.insert(uid(row)));
    calendar.extend(due.filter_map(|row| step(&said, &session.person, row)));
    calendar.extend(meetings(&web, &said, &reader).await?);
    let headers = [(header::CONTENT_TYPE, ICALENDAR), (header::CACHE_CONTROL, NOT_KEPT)];
    Ok((headers, calendar.to_string()).into_response())
}

/// A step of mine, on the day on which it is due.
fn step(said: &Said<'_>, person: &PersonId, row: &DeskRow) -> Option<Event> {
    let words = said.words;
    let name =
        words.say("calendar-step", &[("step", &words.step(&row.kind, &row.step)), ("title", &words.pick(&row.title))]);
    let role = Role::of_key(&row.role)?;
    let (kind, capacity, article) =
        (words.kind(&row.kind), words.capacity_today(person, &role), words.cite(&row.rule).text);
    let number = row.number.as_str();
    let why = words.say(
        "calendar-why-step",
        &[("number", &number), ("kind", &kind), ("capacity", &capacity), ("article", &article)],
    );
    let href = format!("{}/{}", matter_href(number), path_segment(row.step.as_str()));
    Some(event(said, &uid(row), row.due?, &name, &why, &href))
}

/// By what a step of mine is known, whatever it and its member are called: matter, step, rule, member.
fn uid(row: &DeskRow) -> String {
    let each = row.each.as_ref().and_then(|each| serde_json::to_string(each).ok());
    let each = each.map_or_else(String::new, |each| format!("-{each}"));
    format!("{}-{}-{}{each}", row.number, row.step, row.rule)
}

/// The meetings that the person may read of, each on its day.
async fn meetings(web: &Web, said: &Said<'_>, reader: &Reader) -> Result<Vec<Event>, Fault> {
    let words = said.words;
    let days = (words.today.saturating_sub(MONTHS.0.months()), words.today.saturating_add(MONTHS.1.months()));
    let held = days::within(&web.office, words, reader, days, MEETINGS_MAX).await?;
    let event = |(row, day): (MatterRow, Date)| {
        let number = row.number.as_str();
        let why = words.say("calendar-why-meeting", &[("number", &number), ("kind", &words.kind(&row.kind))]);
        event(said, number, day, &words.pick(&row.title), &why, &matter_href(number))
    };
    Ok(held.into_iter().map(event).collect())
}

/// An entry of a whole day. The same entry keeps its id, so that a day that moves moves the entry.
fn event(said: &Said<'_>, uid: &str, day: Date, name: &str, why: &str, href: &str) -> Event {
    let mut begins = Property::new("DTSTART", day.strftime("%Y%m%d").to_string());
    begins.add_parameter("VALUE", "DATE");
    let mut event = Event::new();
    event.uid(&format!("{uid}@cityhall")).summary(name).description(why).append_property(begins);
    event.add_property("DTSTAMP", &said.stamp).add_property("TRANSP", "TRANSPARENT");
    if !said.base.is_empty() {
        event.url(&format!("{}{href}", said.base));
    }
    event.done()
}
