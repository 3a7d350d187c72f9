//! My desk: what waits for me and why it is mine today, what comes and what lies with others, what I may open,
//! what I lately did.
//!
//! Invariant: what lies here is found by the roles that the visitor holds at this instant.

mod ahead;
pub mod calendar;
mod cards;
mod lately;
pub mod together;

use crate::components::card::{Card, Figure, Figures, PageHead};
use crate::components::clock::LinkPanel;
use crate::components::listing::{EmptyState, Pagination, Tabs};
use crate::components::{Chrome, Link, NavItem, Tone};
use crate::fault::Fault;
use crate::pages::openings;
use crate::pages::query::{Pairs, encoded, page, said};
use crate::pages::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use facts::KindId;
use jiff::civil::Date;
use office::{Desk, DeskCount, DeskRow};

/// Cards of one page.
const CARDS: u32 = 20;
/// Openings beside the desk; the rest is a page of its own.
const OPENINGS_MAX: usize = 10;

#[derive(Template)]
#[template(path = "pages/desk/desk.html")]
struct DeskPage {
    chrome: Chrome,
    head: PageHead,
    figures: Figures,
    tabs: Tabs,
    /// Steps that can be taken on several matters at once.
    together: Vec<Link>,
    groups: Vec<Group>,
    empty: EmptyState,
    pages: Pagination,
    openings: LinkPanel,
    coming: LinkPanel,
    awaited: LinkPanel,
    since: LinkPanel,
    lately: LinkPanel,
}

/// Cards that fall due at the same time.
struct Group {
    title: String,
    cards: Vec<Card>,
}

/// `GET /` and `GET /desk`
///
/// # Errors
/// Only faults of the record.
pub async fn get(visit: Visit, Query(query): Query<Pairs>) -> Result<Response, Fault> {
    let reader = visit.reader().await?;
    let mut words = visit.words().await?;
    let kind = said(&query, "kind").map(KindId::new);
    let page = page(&query);
    // On the first page it is looked further for what can be done together.
    let limit = if page == 1 { together::MATTERS_MAX } else { CARDS };
    let Desk { counts, mut rows, total: entries } =
        visit.office.desk(&reader, kind.as_ref(), (page - 1) * CARDS, limit).await?;
    let together = together::links(&words, &rows);
    rows.truncate(CARDS as usize);
    let cards = cards::cards(&visit, &mut words, &rows).await?;
    // What has no day of its own and presses comes before the rest of these.
    let mut lying: Vec<(&DeskRow, Card)> = rows.iter().zip(cards).collect();
    lying.sort_by_key(|(row, card)| row.due.is_none() && card.tone != Tone::Urgent);
    let title = words.t("desk-title");
    let openings = visit.office.openings(&visit.person).await?;
    let acted = lately::acted(&visit).await?;
    let total: u64 = counts.iter().map(|count| count.count).sum();
    let shown = DeskPage {
        chrome: visit.chrome(&title).await?,
        head: PageHead { lead: lead(&words, &visit), ..PageHead::new(title) },
        figures: figures(&words, &counts),
        tabs: tabs(&words, &counts, kind.as_ref(), total),
        together,
        groups: groups(&words, lying.into_iter()),
        empty: match rows.is_empty() {
            true => EmptyState::new(words.t("desk-empty"), words.t("desk-empty-next")),
            false => EmptyState::default(),
        },
        pages: Pagination {
            lang: words.lang,
            page: page as usize,
            pages: entries.div_ceil(u64::from(CARDS)) as usize,
            entries: entries as usize,
            href_prefix: href(kind.as_ref()),
            counted_max: u32::MAX,
        },
        openings: openings_panel(&words, &openings),
        coming: ahead::coming(&visit, &words, &reader).await?,
        awaited: ahead::awaited(&visit, &words, &reader, &acted).await?,
        since: lately::since(&words, &acted),
        lately: lately::panel(&words, &acted),
    };
    if let Some(last) = shown.pages.last_instead() {
        return Ok(Redirect::to(&last).into_response());
    }
    visit.page(&shown)
}

/// The desk up to the number of its page.
fn href(kind: Option<&KindId>) -> String {
    match kind {
        Some(kind) => format!("/desk?kind={}&page=", encoded(kind.as_str())),
        None => "/desk?page=".to_owned(),
    }
}

/// The day, and for whom the visitor acts today.
fn lead(words: &Words, visit: &Visit) -> String {
    let day = words.day_with_weekday(words.today);
    let acting = words.standing_in(&visit.person);
    match acting.is_empty() {
        true => words.say("desk-day", &[("day", &day)]),
        false => words.say("desk-day-acting", &[("day", &day), ("acting", &words.list(&acting))]),
    }
}

fn figures(words: &Words, counts: &[DeskCount]) -> Figures {
    let total: u64 = counts.iter().map(|count| count.count).sum();
    let overdue: u64 = counts.iter().map(|count| count.overdue).sum();
    let figure = |number: u64, key: &str, tone| Figure {
        number: number.to_string(),
        name: words.t(key),
        href: String::new(),
        tone,
    };
    let late = if overdue > 0 { Tone::Overdue } else { Tone::Done };
    Figures { figures: vec![figure(total, "desk-waits", Tone::Mine), figure(overdue, "desk-overdue-count", late)] }
}

fn tabs(words: &Words, counts: &[DeskCount], kind: Option<&KindId>, total: u64) -> Tabs {
    let all = NavItem::new(words.t("desk-all"), "/").count(total as usize).active(kind.is_none());
    let of_kind = counts.iter().map(|count| {
        let href = format!("/desk?kind={}", encoded(count.kind.as_str()));
        NavItem::new(words.kinds(&count.kind), href).count(count.count as usize).active(kind == Some(&count.kind))
    });
    let items = if counts.len() < 2 { vec![] } else { std::iter::once(all).chain(of_kind).collect() };
    Tabs { label: words.t("desk-title"), items }
}

/// The cards as they come, under the headings of when they fall due.
fn groups<'r>(words: &Words, cards: impl Iterator<Item = (&'r DeskRow, Card)>) -> Vec<Group> {
    let mut groups: Vec<Group> = vec![];
    for (row, card) in cards {
        let title = words.t(heading(row.due, words.today));
        match groups.last_mut() {
            Some(group) if group.title == title => group.cards.push(card),
            _ => groups.push(Group { title, cards: vec![card] }),
        }
    }
    groups
}

/// The heading under which something due on a day stands.
fn heading(due: Option<Date>, today: Date) -> &'static str {
    let week_ends = today.checked_add(jiff::ToSpan::days(i64::from(6 - today.weekday().to_monday_zero_offset())));
    match due {
        None => "desk-no-day",
        Some(due) if due < today => "desk-overdue",
        Some(due) if due == today => "desk-today",
        Some(due) if week_ends.is_ok_and(|end| due <= end) => "desk-this-week",
        Some(_) => "desk-later",
    }
}

fn openings_panel(words: &Words, openings: &[office::Opening]) -> LinkPanel {
    let mut entries: Vec<_> =
        openings.iter().take(OPENINGS_MAX).map(|opening| openings::entry(words, opening)).collect();
    if openings.len() > OPENINGS_MAX {
        let text = words.say("desk-open-all", &[("count", &openings.len())]);
        entries.push(crate::components::clock::PanelEntry::new(Link::new(text, "/new"), ""));
    }
    LinkPanel { title: words.t("desk-open"), entries }
}

#[cfg(test)]
mod tests {
    use super::heading;
    use jiff::civil::{Date, date};

    #[test]
    fn what_is_due_stands_under_its_heading() {
        let today = date(2026, 11, 23);
        let cases: [(Option<Date>, &str); 6] = [
            (Some(date(2026, 11, 22)), "desk-overdue"),
            (Some(today), "desk-today"),
            (Some(date(2026, 11, 29)), "desk-this-week"),
            (Some(date(2026, 11, 30)), "desk-later"),
            (Some(Date::MAX), "desk-later"),
            (None, "desk-no-day"),
        ];
        for (due, key) in cases {
            assert_eq!(heading(due, today), key, "{due:?}");
        }
    }
}
