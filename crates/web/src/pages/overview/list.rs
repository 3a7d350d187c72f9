//! The matters behind a number of the overview.

use super::months::Month;
use crate::components::Chrome;
use crate::components::card::PageHead;
use crate::components::listing::{COUNTED_MAX, EmptyState, Pagination, Tabs};
use crate::components::table::Table;
use crate::fault::Fault;
use crate::pages::query::{Pairs, encoded, page, said};
use crate::pages::rows;
use crate::pages::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use facts::KindId;
use office::{ListFilter, Order, Standing};

/// Rows of one page.
pub const ROWS: u32 = 25;

/// Which matters are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    Open,
    Opened,
    Closed,
    /// Opened in the month, and closed by now.
    Handled,
    /// Closed in the month, and something of it was made public.
    Published,
    /// Meetings whose day is in the month.
    Held,
}

impl Listed {
    const ALL: [Listed; 6] =
        [Listed::Open, Listed::Opened, Listed::Closed, Listed::Handled, Listed::Published, Listed::Held];

    fn word(self) -> &'static str {
        match self {
            Listed::Open => "open",
            Listed::Opened => "opened",
            Listed::Closed => "closed",
            Listed::Handled => "handled",
            Listed::Published => "published",
            Listed::Held => "held",
        }
    }
}

/// The address of a list.
pub fn listed(of: Listed, month: Option<Month>, kind: Option<&KindId>) -> String {
    let month = month.map_or_else(String::new, |month| format!("&month={}", month.key()));
    let kind = kind.map_or_else(String::new, |kind| format!("&kind={}", encoded(kind.as_str())));
    format!("/overview/list?of={}{month}{kind}", of.word())
}

#[derive(Template)]
#[template(path = "pages/overview/rows.html")]
pub struct RowsPage {
    pub chrome: Chrome,
    pub head: PageHead,
    pub tabs: Tabs,
    pub table: Table,
    pub pages: Pagination,
}

/// `GET /overview/list?of=&month=&kind=`; without a month, that of today.
///
/// # Errors
/// [`Fault::NotThere`] for a list, a month or a kind that there is none of.
pub async fn get(visit: Visit, Query(query): Query<Pairs>) -> Result<Response, Fault> {
    let words = visit.words().await?;
    let reader = visit.reader().await?;
    let word = said(&query, "of").unwrap_or_default();
    let of = Listed::ALL.into_iter().find(|of| of.word() == word).ok_or(Fault::NotThere)?;
    let month = said(&query, "month").map(|text| Month::parse(text).ok_or(Fault::NotThere)).transpose()?;
    let known = |kind: &str| words.rulebook().kind(kind).map(|kind| kind.id.clone()).ok_or(Fault::NotThere);
    let kind = said(&query, "kind").map(known).transpose()?;
    match (of, month) {
        // What is open is open today, in whatever month it was opened.
        (Listed::Open, Some(_)) => return Err(Fault::NotThere),
        (Listed::Open, None) | (_, Some(_)) => {}
        (_, None) => {
            let this_month = listed(of, Some(Month::of(words.today)), kind.as_ref());
            return Ok(Redirect::to(&this_month).into_response());
        }
    }
    let page = page(&query);
    let within = month.map(|month| (month.first(), month.last()));
    let filter = ListFilter {
        kinds: kind.iter().cloned().collect(),
        offset: (page - 1) * ROWS,
        limit: ROWS,
        counted_max: Some(COUNTED_MAX),
        ..filter(of, within)
    };
    let found = visit.office.list(&reader, filter).await?;
    let title = title(&words, of, month, kind.as_ref());
    let mut chrome = visit.chrome(&title).await?;
    chrome.crumbs = vec![crate::components::Link::new(words.t("overview-title"), "/overview")];
    let empty = EmptyState::new(words.t("area-empty"), words.t("overview-nothing-next"));
    let shown = RowsPage {
        chrome,
        head: PageHead::new(title),
        tabs: Tabs::default(),
        table: Table { empty, ..rows::table(&visit, &words, &found.rows, rows::Extra::None).await? },
        pages: Pagination {
            lang: words.lang,
            page: page as usize,
            pages: found.total.div_ceil(u64::from(ROWS)) as usize,
            entries: found.total as usize,
            href_prefix: format!("{}&page=", listed(of, month, kind.as_ref())),
            counted_max: COUNTED_MAX,
        },
    };
    if let Some(last) = shown.pages.last_instead() {
        return Ok(Redirect::to(&last).into_response());
    }
    visit.page(&shown)
}

fn filter(of: Listed, within: Option<(jiff::civil::Date, jiff::civil::Date)>) -> ListFilter {
    match of {
        Listed::Open => ListFilter { standing: Standing::Open, ..ListFilter::default() },
        Listed::Opened => {
            let (opened_from, opened_until) = within.unzip();
            ListFilter { opened_from, opened_until, ..ListFilter::default() }
        }
        Listed::Closed => ListFilter {
            standing: Standing::Closed,
            order: Order::LastClosed,
            closed_within: within,
            ..ListFilter::default()
        },
        Listed::Handled => ListFilter { standing: Standing::Closed, ..filter(Listed::Opened, within) },
        Listed::Published => ListFilter { published: true, ..filter(Listed::Closed, within) },
        Listed::Held => ListFilter { order: Order::LastValid, valid_within: within, ..ListFilter::default() },
    }
}

fn title(words: &Words, of: Listed, month: Option<Month>, kind: Option<&KindId>) -> String {
    let what = match kind {
        Some(kind) => words.kinds(kind),
        None => words.t("overview-matters"),
    };
    let of = words.say(&format!("overview-list-{}", of.word()), &[("what", &what)]);
    match month {
        Some(month) => words.say("overview-list-month", &[("list", &of), ("month", &month.name(words))]),
        None => of,
    }
}
