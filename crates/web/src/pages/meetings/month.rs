//! The meetings of a month as a calendar: a row a week, with the days on which nobody works.
//!
//! Invariant: a meeting that the visitor may not read is not shown; a day of a year without a calendar is no day off.

use super::days;
use crate::components::card::PageHead;
use crate::components::clock::PanelEntry;
use crate::components::listing::Tabs;
use crate::components::{Chrome, Link};
use crate::fault::Fault;
use crate::pages::areas;
use crate::pages::overview::months::Month;
use crate::pages::query::{Pairs, said};
use crate::pages::visit::Visit;
use crate::wording::{Words, matter_href};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::{ToSpan, civil::Date};
use office::MatterRow;
use rules::rulebook::{Area, View};

/// Meetings of a month that are shown at most.
const MEETINGS_MAX: u32 = 500;
const DAYS_OF_WEEK: usize = 7;

#[derive(Template)]
#[template(path = "pages/meetings/month.html")]
struct MonthPage {
    chrome: Chrome,
    head: PageHead,
    /// The areas that stand under one heading with this one.
    beside: Tabs,
    before: Link,
    after: Link,
    none: bool,
    weekdays: Vec<String>,
    /// From Monday on; `None` for a day of another month.
    weeks: Vec<Vec<Option<DayView>>>,
}

struct DayView {
    number: i8,
    name: String,
    today: bool,
    /// Nobody works on it.
    free: bool,
    meetings: Vec<PanelEntry>,
}

/// `GET /areas/{area}/calendar?month=2026-12`
///
/// # Errors
/// [`Fault::NotThere`] where the rulebook has no such area of meetings, for a text that is no month, and for one
/// beyond the days that there are.
pub async fn get(visit: Visit, Path(area): Path<String>, Query(query): Query<Pairs>) -> Result<Response, Fault> {
    let words = visit.words().await?;
    let edition = words.edition.clone();
    let area = edition.rulebook.areas.iter().find(|known| known.id == area).ok_or(Fault::NotThere)?;
    if !matches!(area.view, View::Meeting { .. }) {
        return Err(Fault::NotThere);
    }
    let month = match said(&query, "month") {
        Some(text) => Month::parse(text).ok_or(Fault::NotThere)?,
        None => Month::of(words.today),
    };
    let reader = visit.reader().await?;
    let held = days::within(&visit.office, &words, &reader, (month.first(), month.last()), MEETINGS_MAX).await?;
    let held: Vec<_> = held.into_iter().filter(|(row, _)| area.kinds.contains(&row.kind)).collect();
    let to = |day: Result<Date, jiff::Error>| {
        let month = Month::of(day.map_err(|_| Fault::NotThere)?);
        Ok::<Link, Fault>(Link::new(month.name(&words), href(area, Some(month))))
    };
    let title = words.say("meetings-in-month", &[("name", &words.pick(&area.name)), ("month", &month.name(&words))]);
    let mut chrome = visit.chrome(&title).await?;
    chrome.crumbs = vec![Link::new(words.pick(&area.name), areas::href(area))];
    let page = MonthPage {
        chrome,
        head: PageHead {
            actions: vec![Link::new(words.t("meetings-list"), areas::href(area))],
            ..PageHead::new(title)
        },
        beside: areas::beside(&words, area),
        before: to(month.first().checked_sub(1.day()))?,
        after: to(month.last().checked_add(1.day()))?,
        none: held.is_empty(),
        weekdays: (1..=DAYS_OF_WEEK).map(|day| words.t(&format!("weekday-short-{day}"))).collect(),
        weeks: weeks(&visit, &words, month, &held),
    };
    visit.page(&page)
}

/// The calendar of an area, at a month.
fn href(area: &Area, month: Option<Month>) -> String {
    let month = month.map_or_else(String::new, |month| format!("?month={}", month.key()));
    format!("{}/calendar{month}", areas::href(area))
}

/// The calendar of an area of meetings.
pub fn link(words: &Words, area: &Area) -> Option<Link> {
    let of_meetings = matches!(area.view, View::Meeting { .. });
    of_meetings.then(|| Link::new(words.t("meetings-calendar"), href(area, None)))
}

fn weeks(visit: &Visit, words: &Words, month: Month, held: &[(MatterRow, Date)]) -> Vec<Vec<Option<DayView>>> {
    let calendar = visit.office.calendar();
    let view = |day: Date| DayView {
        number: day.day(),
        name: words.day_with_weekday(day),
        today: day == words.today,
        free: calendar.is_working_day(day).is_ok_and(|works| !works),
        meetings: held
            .iter()
            .filter(|(_, on)| *on == day)
            .map(|(row, _)| {
                PanelEntry::new(
                    Link::new(words.pick(&row.title), matter_href(row.number.as_str())),
                    words.kind(&row.kind),
                )
            })
            .collect(),
    };
    let empty = month.first().weekday().to_monday_zero_offset();
    let of_month = month.first().series(1.day()).take_while(|day| *day <= month.last());
    let mut days: Vec<Option<DayView>> = (0..empty).map(|_| None).chain(of_month.map(|day| Some(view(day)))).collect();
    days.resize_with(days.len().next_multiple_of(DAYS_OF_WEEK), || None);
    let mut weeks = vec![];
    while !days.is_empty() {
        weeks.push(days.drain(..DAYS_OF_WEEK).collect());
    }
    weeks
}
