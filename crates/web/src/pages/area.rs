//! An area of the rulebook: its matters in a list that can be narrowed, with what the area's view adds.
//!
//! Invariant: a page of rows is found by a bounded number of questions, whatever the record holds.

use super::{areas, ledger, meetings, openings, rows};
use crate::components::card::PageHead;
use crate::components::choice::Select;

use crate::components::field::{Field, TextField};
use crate::components::listing::{EmptyState, Pagination, Tabs};
use crate::components::table::Table;
use crate::components::{Chrome, NavItem};
use crate::fault::Fault;
use crate::pages::query::{Pairs, encoded, page, said};
use crate::pages::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use facts::KindId;
use office::{ListFilter, MatterRow, Order, Reader, Standing};
use rules::rulebook::{Area, View};

/// Rows of one page.
const ROWS: u32 = 25;
/// Late rows that come first.
const LATE_MAX: u32 = 100;

#[derive(Template)]
#[template(path = "pages/area.html")]
struct AreaPage {
    chrome: Chrome,
    head: PageHead,
    tabs: Tabs,
    action: String,
    state: &'static str,
    text: TextField,
    kinds: Option<Select>,
    table: Table,
    pages: Pagination,
}

/// Which matters are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Open,
    Late,
    Closed,
    All,
}

impl Shown {
    const ALL: [Shown; 4] = [Shown::Open, Shown::Late, Shown::Closed, Shown::All];

    fn word(self) -> &'static str {
        match self {
            Shown::Open => "open",
            Shown::Late => "late",
            Shown::Closed => "closed",
            Shown::All => "all",
        }
    }

    fn filter(self) -> (Standing, Order) {
        match self {
            Shown::Open | Shown::Late => (Standing::Open, Order::Newest),
            Shown::Closed => (Standing::Closed, Order::LastClosed),
            Shown::All => (Standing::All, Order::Newest),
        }
    }
}

/// What the visitor asked for.
struct Asked {
    shown: Shown,
    kind: Option<KindId>,
    text: String,
    page: u32,
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
    let asked = Asked {
        shown: Shown::ALL.into_iter().find(|shown| shown.word() == state).unwrap_or(Shown::Open),
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
            actions: opened.iter().map(|opening| openings::entry(&words, opening).link).collect(),
            ..PageHead::new(name)
        },
        tabs: tabs(&words, area, &asked),
        action: areas::href(area),
        state: asked.shown.word(),
        text: TextField::new(Field::new(words.lang, "q", words.t("area-words")), &asked.text),
        kinds: kinds(&words, area, asked.kind.as_ref()),
        table: Table { empty: empty(&words, &asked), ..table },
        pages: Pagination {
            lang: words.lang,
            page: asked.page as usize,
            pages: total.div_ceil(u64::from(ROWS)) as usize,
            entries: total as usize,
            href_prefix: format!("{}&page=", href(area, &asked, asked.shown)),
        },
    };
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
    let mut late = match late_first && asked.text.is_empty() {
        true => late(visit, reader, &kinds).await?,
        false => vec![],
    };
    if asked.shown == Shown::Late {
        let total = late.len() as u64;
        late.drain(..late.len().min(((asked.page - 1) * ROWS) as usize));
        late.truncate(ROWS as usize);
        return Ok((late, total));
    }
    let (standing, order) = asked.shown.filter();
    let filter = ListFilter {
        kinds,
        standing,
        order,
        text: Some(asked.text.clone()).filter(|text| !text.is_empty()),
        offset: (asked.page - 1) * ROWS,
        limit: ROWS,
        ..ListFilter::default()
    };
    let listed = visit.office.list(reader, filter).await?;
    let others = listed.rows.into_iter().filter(|row| late.iter().all(|one| one.matter != row.matter));
    let others: Vec<MatterRow> = others.collect();
    late.extend(others);
    Ok((late, listed.total))
}

/// Open matters with a duty that is late, the latest first.
async fn late(visit: &Visit, reader: &Reader, kinds: &[KindId]) -> Result<Vec<MatterRow>, Fault> {
    let mut late: Vec<(Option<jiff::civil::Date>, MatterRow)> = vec![];
    for kind in kinds {
        let page = visit.office.obligations(reader, reader.today, Some(kind), 0, LATE_MAX).await?;
        for row in page.rows {
            if late.iter().all(|(_, known)| known.matter != row.matter) {
                let matter = MatterRow {
                    matter: row.matter,
                    number: row.number,
                    kind: row.kind,
                    title: row.title,
                    opened: row.opened,
                    closed: None,
                    version: 0,
                };
                late.push((row.due, matter));
            }
        }
    }
    late.sort_by_key(|(due, _)| *due);
    Ok(late.into_iter().map(|(_, row)| row).collect())
}

async fn table(visit: &Visit, words: &Words, area: &Area, found: &[MatterRow]) -> Result<Table, Fault> {
    match &area.view {
        View::List => rows::table(visit, words, found, rows::Extra::None).await,
        View::Meeting { day, agenda, attendance, minutes } => {
            let fields = meetings::Fields { day, agenda, attendance, minutes };
            rows::table(visit, words, found, rows::Extra::Meeting(&fields)).await
        }
        View::Ledger { lead, assistants, due } => {
            let fields = ledger::Fields { lead, assistants, due };
            rows::table(visit, words, found, rows::Extra::Ledger(&fields)).await
        }
    }
}

/// The address of the area with what was asked for.
fn href(area: &Area, asked: &Asked, shown: Shown) -> String {
    let kind = asked.kind.as_ref().map(|kind| format!("&kind={}", encoded(kind.as_str()))).unwrap_or_default();
    let text = if asked.text.is_empty() { String::new() } else { format!("&q={}", encoded(&asked.text)) };
    format!("{}?state={}{kind}{text}", areas::href(area), shown.word())
}

fn tabs(words: &Words, area: &Area, asked: &Asked) -> Tabs {
    let tab = |shown: Shown| {
        let text = words.t(&format!("area-{}", shown.word()));
        NavItem::new(text, href(area, asked, shown)).active(shown == asked.shown)
    };
    Tabs { label: words.pick(&area.name), items: Shown::ALL.into_iter().map(tab).collect() }
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

fn empty(words: &Words, asked: &Asked) -> EmptyState {
    let narrowed = !asked.text.is_empty() || asked.kind.is_some() || asked.shown != Shown::All;
    let text = if narrowed { "area-empty-narrowed" } else { "area-empty-next" };
    EmptyState::new(words.t("area-empty"), words.t(text))
}
