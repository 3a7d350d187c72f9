//! An area of the rulebook: its matters in a list that can be narrowed, with what the area's view adds.
//!
//! Invariant: a page of rows is found by a bounded number of questions, whatever the record holds.

use super::{areas, ledger, meetings, openings, register, rows};
use crate::components::card::PageHead;
use crate::components::choice::Select;
use crate::components::field::{DateField, Field, TextField};
use crate::components::listing::{COUNTED_MAX, EmptyState, FOUND_COUNTED_MAX, Pagination, Tabs};
use crate::components::table::Table;
use crate::components::{Chrome, NavItem};
use crate::fault::Fault;
use crate::pages::query::{Pairs, encoded, page, said};
use crate::pages::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use facts::KindId;
use jiff::civil::Date;
use office::{ListFilter, MatterRow, Opening, Order, Reader, Standing, Valid};
use rules::rulebook::{Area, View};

/// Rows of one page.
const ROWS: u32 = 25;
/// Late steps of which the matters are listed.
const LATE_MAX: u32 = 500;

#[derive(Template)]
#[template(path = "pages/area.html")]
struct AreaPage {
    chrome: Chrome,
    /// The areas that stand under one heading with this one.
    beside: Tabs,
    head: PageHead,
    tabs: Tabs,
    action: String,
    state: &'static str,
    text: TextField,
    kinds: Option<Select>,
    /// The day on which the entries of a register are in force.
    on: Option<DateField>,
    table: Table,
    pages: Pagination,
}

/// Which matters are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// Entries of a register that are in force on a day.
    InForce,
    /// Entries of a register that have ceased to be.
    Ended,
    Open,
    Late,
    Closed,
    All,
}

impl Shown {
    const OF_LISTS: [Shown; 4] = [Shown::Open, Shown::Late, Shown::Closed, Shown::All];
    const OF_REGISTERS: [Shown; 4] = [Shown::InForce, Shown::Ended, Shown::Open, Shown::All];

    /// The tabs of an area, the first one first.
    fn of(area: &Area) -> [Shown; 4] {
        match area.view {
            View::Register { .. } => Shown::OF_REGISTERS,
            _ => Shown::OF_LISTS,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Shown::InForce => "in-force",
            Shown::Ended => "ended",
            Shown::Open => "open",
            Shown::Late => "late",
            Shown::Closed => "closed",
            Shown::All => "all",
        }
    }

    fn filter(self, area: &Area) -> (Standing, Order) {
        if matches!(area.view, View::Meeting { .. }) {
            // The next meeting first, and of those that were the last one.
            return match self {
                Shown::Open | Shown::Late => (Standing::Open, Order::FirstValid),
                Shown::Closed => (Standing::Closed, Order::LastValid),
                Shown::InForce | Shown::Ended | Shown::All => (Standing::All, Order::LastValid),
            };
        }
        match self {
            Shown::Open | Shown::Late => (Standing::Open, Order::Newest),
            Shown::Closed => (Standing::Closed, Order::LastClosed),
            Shown::InForce | Shown::Ended | Shown::All => (Standing::All, Order::Newest),
        }
    }

    fn valid(self, on: Date) -> Valid {
        match self {
            Shown::InForce => Valid::On(on),
            Shown::Ended => Valid::EndedBefore(on),
            _ => Valid::Either,
        }
    }
}

/// What the visitor asked for.
struct Asked {
    shown: Shown,
    kind: Option<KindId>,
    text: String,
    page: u32,
    on: Date,
}

impl Asked {
    /// How many matters are counted at most.
    fn counted_max(&self) -> u32 {
        if self.text.is_empty() { COUNTED_MAX } else { FOUND_COUNTED_MAX }
    }
}

/// `GET /areas/{area}`
///
/// # Errors
/// [`Fault::NotThere`] where the rulebook has no such area.
pub async fn get(visit: Visit, Path(area): Path<String>, Query(query): Query<Pairs>) -> Result<Response, Fault> {
    let words = visit.words().await?;
    let edition = words.edition.clone();
    let area = edition.rulebook.areas.iter().find(|known| known.id == area).ok_or(Fault::NotThere)?;
    let kind = said(&query, "kind").map(KindId::new).filter(|kind| area.kinds.contains(kind));
    let state = said(&query, "state").unwrap_or_default();
    let tabs_of = Shown::of(area);
    let typed = said(&query, "on").unwrap_or_default();
    let day = typed.parse();
    let no_day = (!typed.is_empty() && day.is_err()).then(|| words.t("register-no-day"));
    let asked = Asked {
        shown: tabs_of.into_iter().find(|shown| shown.word() == state).unwrap_or(tabs_of[0]),
        on: day.unwrap_or(words.today),
        kind,
        text: said(&query, "q").unwrap_or_default().to_owned(),
        page: page(&query),
    };
    let reader = visit.reader().await?;
    let (found, total) = found(&visit, &reader, area, &asked).await?;
    let table = table(&visit, &words, area, &found).await?;
    let name = words.pick(&area.name);
    let opened = visit.office.openings(&visit.person).await?;
    let opened: Vec<_> = opened.into_iter().filter(|opening| area.kinds.contains(&opening.kind)).collect();
    let shown = AreaPage {
        chrome: visit.chrome(&name).await?,
        head: PageHead {
            actions: opened
                .iter()
                .map(|opening| openings::entry(&words, opening).link)
                .chain(meetings::month::link(&words, area))
                .collect(),
            ..PageHead::new(name)
        },
        beside: areas::beside(&words, area),
        tabs: tabs(&words, area, &asked),
        action: areas::href(area),
        state: asked.shown.word(),
        text: TextField::new(Field::new(words.lang, "q", words.t("area-words")), &asked.text),
        kinds: kinds(&words, area, asked.kind.as_ref()),
        on: matches!(asked.shown, Shown::InForce | Shown::Ended).then(|| {
            let field = Field::new(words.lang, "on", words.t("register-day")).error(no_day);
            DateField::new(field, asked.on.to_string())
        }),
        table: Table { empty: empty(&words, &asked, &opened), ..table },
        pages: Pagination {
            lang: words.lang,
            page: asked.page as usize,
            pages: total.div_ceil(u64::from(ROWS)) as usize,
            entries: total as usize,
            href_prefix: format!("{}&page=", href(&words, area, &asked, asked.shown)),
            counted_max: asked.counted_max(),
        },
    };
    if let Some(last) = shown.pages.last_instead() {
        return Ok(Redirect::to(&last).into_response());
    }
    visit.page(&shown)
}

/// The rows of the page and how many there are in all.
async fn found(visit: &Visit, reader: &Reader, area: &Area, asked: &Asked) -> Result<(Vec<MatterRow>, u64), Fault> {
    let kinds = asked.kind.clone().map_or_else(|| area.kinds.clone(), |kind| vec![kind]);
    if kinds.is_empty() {
        return Ok((vec![], 0));
    }
    let ledger = matches!(area.view, View::Ledger { .. });
    let late_first = asked.shown == Shown::Late || (ledger && asked.shown == Shown::Open && asked.page == 1);
    let mut late = match late_first && (asked.text.is_empty() || asked.shown == Shown::Late) {
        true => late(visit, reader, &kinds, if asked.shown == Shown::Open { ROWS } else { LATE_MAX }).await?,
        false => vec![],
    };
    if asked.shown == Shown::Late {
        if !asked.text.is_empty() {
            // The words narrow what is late, as they narrow every other list.
            let text = Some(asked.text.clone());
            let open = ListFilter { kinds, standing: Standing::Open, text, limit: u32::MAX, ..ListFilter::default() };
            let found = visit.office.list(reader, open).await?.rows;
            late.retain(|row| found.iter().any(|one| one.matter == row.matter));
        }
        let total = late.len() as u64;
        late.drain(..late.len().min(((asked.page - 1) * ROWS) as usize));
        late.truncate(ROWS as usize);
        return Ok((late, total));
    }
    let (standing, order) = asked.shown.filter(area);
    let filter = ListFilter {
        kinds,
        standing,
        order,
        valid: asked.shown.valid(asked.on),
        text: Some(asked.text.clone()).filter(|text| !text.is_empty()),
        offset: (asked.page - 1) * ROWS,
        limit: ROWS,
        counted_max: Some(asked.counted_max()),
        ..ListFilter::default()
    };
    let listed = visit.office.list(reader, filter).await?;
    let others = listed.rows.into_iter().filter(|row| late.iter().all(|one| one.matter != row.matter));
    let others: Vec<MatterRow> = others.collect();
    late.extend(others);
    Ok((late, listed.total))
}

/// Open matters with a duty that is late, the latest first, of so many late steps.
async fn late(visit: &Visit, reader: &Reader, kinds: &[KindId], steps_max: u32) -> Result<Vec<MatterRow>, Fault> {
    let mut late: Vec<MatterRow> = vec![];
    let steps = visit.office.obligations(reader, reader.today, kinds, None, 0, steps_max).await?;
    for row in steps {
        if late.iter().all(|known| known.matter != row.matter) {
            late.push(MatterRow {
                matter: row.matter,
                number: row.number,
                kind: row.kind,
                title: row.title,
                opened: row.opened,
                closed: None,
                version: 0,
            });
        }
    }
    Ok(late)
}

async fn table(visit: &Visit, words: &Words, area: &Area, found: &[MatterRow]) -> Result<Table, Fault> {
    match &area.view {
        View::List => rows::table(visit, words, found, rows::Extra::None).await,
        View::Meeting { day, held, agenda, attendance, minutes, time, recipients } => {
            let (time, recipients) = (time.as_ref(), recipients.as_ref());
            let fields = meetings::Fields { day, held, agenda, attendance, minutes, time, recipients };
            rows::table(visit, words, found, rows::Extra::Meeting(&fields)).await
        }
        View::Ledger { lead, assistants, due } => {
            let fields = ledger::Fields { lead, assistants, due };
            rows::table(visit, words, found, rows::Extra::Ledger(&fields)).await
        }
        View::Register { from, until, shows } => {
            let fields = register::Fields { from, until, shows };
            rows::table(visit, words, found, rows::Extra::Register(&fields, &area.kinds)).await
        }
    }
}

/// The address of the area with what was asked for.
fn href(words: &Words, area: &Area, asked: &Asked, shown: Shown) -> String {
    let kind = asked.kind.as_ref().map(|kind| format!("&kind={}", encoded(kind.as_str()))).unwrap_or_default();
    let text = if asked.text.is_empty() { String::new() } else { format!("&q={}", encoded(&asked.text)) };
    let on = if asked.on == words.today { String::new() } else { format!("&on={}", asked.on) };
    format!("{}?state={}{kind}{text}{on}", areas::href(area), shown.word())
}

fn tabs(words: &Words, area: &Area, asked: &Asked) -> Tabs {
    let tab = |shown: Shown| {
        let text = words.t(&format!("area-{}", shown.word()));
        NavItem::new(text, href(words, area, asked, shown)).active(shown == asked.shown)
    };
    Tabs { label: words.pick(&area.name), items: Shown::of(area).into_iter().map(tab).collect() }
}

fn kinds(words: &Words, area: &Area, chosen: Option<&KindId>) -> Option<Select> {
    use crate::components::choice::Choice;
    if area.kinds.len() < 2 {
        return None;
    }
    let mut choices = vec![Choice::new("", words.t("area-all-kinds")).chosen(chosen.is_none())];
    choices.extend(
        area.kinds.iter().map(|kind| Choice::new(kind.as_str(), words.kinds(kind)).chosen(chosen == Some(kind))),
    );
    Some(Select::new(Field::new(words.lang, "kind", words.t("area-kind")), choices))
}

/// Why nothing is here, what will be, and how it is begun.
fn empty(words: &Words, asked: &Asked, openings: &[Opening]) -> EmptyState {
    let text = match (!asked.text.is_empty() || asked.kind.is_some(), asked.shown) {
        (true, _) => "area-empty-narrowed",
        (false, Shown::All) => "area-empty-next",
        (false, _) => "area-empty-tab",
    };
    let actions = openings.iter().map(|opening| openings::entry(words, opening).link).collect();
    EmptyState { actions, ..EmptyState::new(words.t("area-empty"), words.t(text)) }
}
