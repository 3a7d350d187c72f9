//! What is late, step by step: of an area, at a body or post, or under a leader.

use super::{
    lateness::{Place, roles_at},
    list::{ROWS, RowsPage},
    months::span,
};
use crate::components::card::PageHead;
use crate::components::listing::{EmptyState, Pagination, Tabs};
use crate::components::table::{Cell, Column, Row, Table};
use crate::components::{Link, NavItem, Tone};
use crate::fault::Fault;
use crate::pages::query::{Pairs, encoded, page, said};
use crate::pages::rows::named;
use crate::pages::visit::Visit;
use crate::wording::Words;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use facts::{KindId, PersonId, Role};
use office::{Counted, DeskRow, Overview};
use rules::rulebook::Area;

/// A place or a leader with whom something is late.
struct With {
    name: String,
    /// The part of the address that asks for it.
    asked: String,
    /// Keys of its roles.
    roles: Vec<String>,
}

/// What the list is narrowed to.
struct Narrowed<'r> {
    area: Option<&'r Area>,
    with: Option<With>,
}

/// `GET /overview/late?area=&at=&under=`
///
/// # Errors
/// [`Fault::NotThere`] for an area, a place or a person that there is none of.
pub async fn get(visit: Visit, Query(query): Query<Pairs>) -> Result<Response, Fault> {
    let words = visit.words().await?;
    let reader = visit.reader().await?;
    let (first, last) = span(&words);
    let Overview { tally, as_of } = visit.office.tally(&reader, first, last).await?;
    let counted = tally.late;
    let edition = words.edition.clone();
    let area = |id| edition.rulebook.areas.iter().find(|area| area.id == id).ok_or(Fault::NotThere);
    let narrowed =
        Narrowed { area: said(&query, "area").map(area).transpose()?, with: with(&words, &counted, &query)? };
    let page = page(&query);
    let kinds: Vec<KindId> = narrowed.area.map_or_else(Vec::new, |area| area.kinds.clone());
    let roles = narrowed.with.as_ref().map(|with| with.roles.as_slice());
    let late = visit.office.obligations(&reader, reader.today, &kinds, roles, (page - 1) * ROWS, ROWS).await?;
    let entries = count(&counted, &narrowed, narrowed.area);
    let title = title(&words, &narrowed);
    let mut chrome = visit.chrome(&title).await?;
    chrome.crumbs = vec![Link::new(words.t("overview-title"), "/overview")];
    let shown = RowsPage {
        chrome,
        head: PageHead { lead: lead(&words, as_of), ..PageHead::new(title) },
        tabs: tabs(&words, &counted, &narrowed),
        table: table(&words, &late),
        pages: Pagination {
            lang: words.lang,
            page: page as usize,
            pages: entries.div_ceil(u64::from(ROWS)) as usize,
            entries: entries as usize,
            href_prefix: format!("{}page=", href(narrowed.area, &narrowed)),
            counted_max: u32::MAX,
        },
    };
    if let Some(last) = shown.pages.last_instead() {
        return Ok(Redirect::to(&last).into_response());
    }
    visit.page(&shown)
}

/// Whose the steps are. Where nothing is late with whom was asked for, no role is.
fn with(words: &Words, counted: &[Counted], query: &Pairs) -> Result<Option<With>, Fault> {
    if let Some(key) = said(query, "at") {
        let place = Place::of_key(key).filter(|place| place.is_there(words)).ok_or(Fault::NotThere)?;
        let roles = roles_at(words, counted, |at| *at == place);
        return Ok(Some(With { name: place.name(words), asked: format!("at={}", encoded(key)), roles }));
    }
    let Some(leader) = said(query, "under").map(PersonId::new) else { return Ok(None) };
    if !Place::Person(leader.clone()).is_there(words) {
        return Err(Fault::NotThere);
    }
    let roles = roles_at(words, counted, |at| at.leaders(words).contains(&leader));
    let name = words.say("overview-under-leader", &[("who", &words.person(&leader))]);
    Ok(Some(With { name, asked: format!("under={}", encoded(leader.as_str())), roles }))
}

/// The address up to what else is asked.
fn href(area: Option<&Area>, narrowed: &Narrowed<'_>) -> String {
    let area = area.map_or_else(String::new, |area| format!("area={}&", encoded(&area.id)));
    let with = narrowed.with.as_ref().map_or_else(String::new, |with| format!("{}&", with.asked));
    format!("/overview/late?{area}{with}")
}

fn title(words: &Words, narrowed: &Narrowed<'_>) -> String {
    let area = narrowed.area.map(|area| words.pick(&area.name));
    let of: Vec<String> = narrowed.with.iter().map(|with| with.name.clone()).chain(area).collect();
    match of.is_empty() {
        true => words.t("overview-late-title"),
        false => words.say("overview-late-of", &[("of", &of.join(&words.t("list-comma")))]),
    }
}

/// What the list says, and of when its counts are where they are kept for a while.
fn lead(words: &Words, as_of: Option<jiff::Timestamp>) -> String {
    match as_of {
        None => words.t("overview-late-lead"),
        Some(at) => words.say("overview-late-lead-as-of", &[("time", &words.instant(at))]),
    }
}

/// How many steps are late with whom was asked for, in an area or in all.
fn count(counted: &[Counted], narrowed: &Narrowed<'_>, area: Option<&Area>) -> u64 {
    let roles = narrowed.with.as_ref().map(|with| &with.roles);
    let of = counted.iter().filter(|late| roles.is_none_or(|roles| roles.contains(&late.of)));
    of.filter(|late| area.is_none_or(|area| area.kinds.contains(&late.kind))).map(|late| late.count).sum()
}

/// The areas in which anything is late with whom was asked for.
fn tabs(words: &Words, counted: &[Counted], narrowed: &Narrowed<'_>) -> Tabs {
    let tab = |name: String, area: Option<&Area>| {
        let count = count(counted, narrowed, area) as usize;
        let active = narrowed.area.map(|area| &area.id) == area.map(|area| &area.id);
        let href = href(area, narrowed);
        NavItem::new(name, href.trim_end_matches(['&', '?'])).count(count).active(active)
    };
    let of_areas = words.rulebook().areas.iter().map(|area| tab(words.pick(&area.name), Some(area)));
    let of_areas = of_areas.filter(|tab| tab.count > 0 || tab.active);
    let items = std::iter::once(tab(words.t("overview-all-areas"), None)).chain(of_areas).collect();
    Tabs { label: words.t("overview-late-title"), items }
}

fn table(words: &Words, rows: &[DeskRow]) -> Table {
    let columns = ["list-matter", "overview-step", "overview-whose", "overview-due"];
    let lines = rows.iter().map(|row| {
        let whose = Role::of_key(&row.role).map(|role| words.role(&role)).unwrap_or_default();
        let due = row.due.map(|due| Cell {
            text: words.day(due),
            note: words.due_day(due).remaining,
            sort_value: due.to_string(),
            ..Cell::default()
        });
        Row::new(vec![
            named(words, &row.title, &row.number, &row.kind, row.opened),
            Cell::new(words.step(&row.kind, &row.step)),
            Cell::new(whose),
            due.unwrap_or_default(),
        ])
        .tone(Tone::Overdue)
    });
    Table {
        lang: words.lang,
        caption: words.t("overview-late-title"),
        caption_hidden: true,
        titled: true,
        columns: columns.into_iter().map(|key| Column::new(words.t(key))).collect(),
        rows: lines.collect(),
        empty: EmptyState::new(words.t("overview-nothing-late"), words.t("overview-nothing-next")),
    }
}
