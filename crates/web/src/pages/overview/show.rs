//! The overview itself.

use super::{
    lateness::{Place, grouped},
    list::{Listed, listed},
    months::{Month, span},
};
use crate::components::bars::{Bar, BarRow, Bars};
use crate::components::card::{Figure, Figures, PageHead};
use crate::components::listing::EmptyState;
use crate::components::{Chrome, Tone};
use crate::fault::Fault;
use crate::pages::areas;
use crate::pages::meetings::days;
use crate::pages::query::encoded;
use crate::pages::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::response::Response;
use facts::{KindId, PersonId};
use office::{Counted, Overview, Tally};
use rules::rulebook::{Area, Counts, Rate};

/// Places of a list of the most.
const PLACES_MAX: usize = 12;

#[derive(Template)]
#[template(path = "pages/overview/show.html")]
struct OverviewPage {
    chrome: Chrome,
    head: PageHead,
    figures: Figures,
    areas: Bars,
    late_at: Bars,
    /// None where nothing that is late lies in a body with a leader.
    late_under: Option<Bars>,
    months: Bars,
    /// None where the rulebook shows no meetings.
    meetings: Option<Bars>,
    rates: Vec<RateView>,
}

/// A part of a whole, together and by months.
struct RateView {
    name: String,
    /// Empty where there is no whole.
    sum: String,
    months: Bars,
}

/// `GET /overview`
///
/// # Errors
/// Only faults of the record.
pub async fn get(visit: Visit) -> Result<Response, Fault> {
    let words = visit.words().await?;
    let reader = visit.reader().await?;
    let months = Month::of(words.today).back();
    let (first, last) = span(&words);
    let Overview { tally, as_of } = visit.office.tally(&reader, first, last).await?;
    let title = words.t("overview-title");
    let shown = OverviewPage {
        chrome: visit.chrome(&title).await?,
        head: PageHead { lead: lead(&words, as_of), ..PageHead::new(title) },
        figures: figures(&words, &tally),
        areas: of_areas(&words, &tally),
        late_at: late_at(&words, &tally),
        late_under: late_under(&words, &tally),
        months: by_month(&words, &tally, &months),
        meetings: meetings(&words, &tally, &months),
        rates: words.rulebook().rates.iter().map(|one| rate(&words, &tally, &months, one)).collect(),
    };
    visit.page(&shown)
}

/// The day, and of when the counts are where they are kept for a while.
fn lead(words: &Words, as_of: Option<jiff::Timestamp>) -> String {
    let day = words.day_with_weekday(words.today);
    match as_of {
        None => words.say("overview-lead", &[("day", &day)]),
        Some(at) => words.say("overview-lead-as-of", &[("day", &day), ("time", &words.instant(at))]),
    }
}

/// The sum of what is counted of some kinds, or of all.
fn sum(counted: &[Counted], kinds: Option<&[KindId]>, of: Option<&str>) -> u64 {
    let wanted =
        |one: &&Counted| kinds.is_none_or(|kinds| kinds.contains(&one.kind)) && of.is_none_or(|of| one.of == of);
    counted.iter().filter(wanted).map(|one| one.count).sum()
}

fn figures(words: &Words, tally: &Tally) -> Figures {
    let month = Month::of(words.today);
    let figure = |number: u64, key: &str, tone, href: &str| Figure {
        number: number.to_string(),
        name: words.t(key),
        href: href.to_owned(),
        tone,
    };
    let in_month = |counted: &[Counted], key: &str, of: Listed| {
        let number = sum(counted, None, Some(&month.key()));
        figure(number, key, Tone::Plain, &listed(of, Some(month), None))
    };
    let late = sum(&tally.late, None, None);
    let tone = if late > 0 { Tone::Overdue } else { Tone::Done };
    Figures {
        figures: vec![
            figure(sum(&tally.open, None, None), "overview-open", Tone::Mine, &listed(Listed::Open, None, None)),
            figure(late, "overview-late", tone, "/overview/late"),
            in_month(&tally.opened, "overview-opened-now", Listed::Opened),
            in_month(&tally.closed, "overview-closed-now", Listed::Closed),
        ],
    }
}

fn of_areas(words: &Words, tally: &Tally) -> Bars {
    let row = |area: &Area| {
        let kinds = Some(area.kinds.as_slice());
        let href = areas::href(area);
        BarRow {
            name: words.pick(&area.name),
            bars: vec![
                Bar { number: sum(&tally.open, kinds, None), href: format!("{href}?state=open"), tone: Tone::Plain },
                Bar {
                    number: sum(&tally.late, kinds, None),
                    href: format!("/overview/late?area={}", encoded(&area.id)),
                    tone: Tone::Overdue,
                },
            ],
            href,
        }
    };
    let rows = words.rulebook().areas.iter().map(row).filter(|row| !row.is_nothing());
    Bars {
        caption: words.t("overview-areas"),
        named: words.t("overview-area"),
        columns: vec![words.t("overview-column-open"), words.t("overview-column-late")],
        rows: rows.collect(),
        empty: nothing(words, "overview-nothing-open"),
    }
}

fn late_at(words: &Words, tally: &Tally) -> Bars {
    let places = grouped(words, &tally.late, |place| vec![place.clone()]);
    let row = |(place, count): (Place, u64)| (place.name(words), format!("at={}", encoded(&place.key())), count);
    most(words, "overview-late-at", "overview-at", places.into_iter().map(row))
}

fn late_under(words: &Words, tally: &Tally) -> Option<Bars> {
    let leaders = grouped(words, &tally.late, |place| place.leaders(words));
    let row = |(leader, count): (PersonId, u64)| {
        (words.person(&leader), format!("under={}", encoded(leader.as_str())), count)
    };
    let some = !leaders.is_empty();
    some.then(|| most(words, "overview-late-under", "overview-under", leaders.into_iter().map(row)))
}

/// The places with most, each with what the list of late steps is asked for, and all others together.
fn most(words: &Words, caption: &str, named: &str, places: impl Iterator<Item = (String, String, u64)>) -> Bars {
    let row = |name: String, href: String, number: u64| BarRow {
        name,
        href: String::new(),
        bars: vec![Bar { number, href, tone: Tone::Overdue }],
    };
    let mut places: Vec<(String, String, u64)> = places.collect();
    let others = places.split_off(places.len().min(PLACES_MAX));
    let mut rows: Vec<BarRow> =
        places.into_iter().map(|(name, asked, count)| row(name, format!("/overview/late?{asked}"), count)).collect();
    if !others.is_empty() {
        let name = words.say("overview-others", &[("count", &others.len())]);
        rows.push(row(name, "/overview/late".to_owned(), others.iter().map(|(_, _, count)| count).sum()));
    }
    Bars {
        caption: words.t(caption),
        named: words.t(named),
        columns: vec![words.t("overview-column-late")],
        rows,
        empty: nothing(words, "overview-nothing-late"),
    }
}

fn by_month(words: &Words, tally: &Tally, months: &[Month]) -> Bars {
    let whole = Column { counted: &tally.opened, of: Listed::Opened, name: "overview-column-opened" };
    let part = Column { counted: &tally.closed, of: Listed::Closed, name: "overview-column-closed" };
    in_months(words, words.t("overview-months"), months, [whole, part], None)
}

/// What is counted in a column, and the list behind its numbers.
struct Column<'t> {
    counted: &'t [Counted],
    of: Listed,
    name: &'static str,
}

/// Two columns side by side, a row a month, of one kind or of all.
fn in_months(
    words: &Words,
    caption: String,
    months: &[Month],
    columns: [Column<'_>; 2],
    kind: Option<&KindId>,
) -> Bars {
    let row = |month: &Month| {
        let bar = |(column, tone): (&Column<'_>, Tone)| Bar {
            number: sum(column.counted, kind.map(std::slice::from_ref), Some(&month.key())),
            href: listed(column.of, Some(*month), kind),
            tone,
        };
        let bars = columns.iter().zip([Tone::Plain, Tone::Done]).map(bar);
        BarRow { name: month.name(words), href: String::new(), bars: bars.collect() }
    };
    Bars {
        caption,
        named: words.t("overview-by-month"),
        rows: months.iter().map(row).collect(),
        columns: columns.iter().map(|column| words.t(column.name)).collect(),
        empty: nothing(words, "overview-nothing-moved"),
    }
}

fn rate(words: &Words, tally: &Tally, months: &[Month], rate: &Rate) -> RateView {
    let (whole, part, said) = match rate.counts {
        Counts::Published => (
            Column { counted: &tally.closed, of: Listed::Closed, name: "overview-column-closed" },
            Column { counted: &tally.published, of: Listed::Published, name: "overview-column-published" },
            "overview-rate-published",
        ),
        Counts::Closed => (
            Column { counted: &tally.opened, of: Listed::Opened, name: "overview-column-opened" },
            Column { counted: &tally.handled, of: Listed::Handled, name: "overview-column-handled" },
            "overview-rate-handled",
        ),
    };
    let of_kind = |column: &Column<'_>| sum(column.counted, Some(std::slice::from_ref(&rate.kind)), None);
    let (all, some) = (of_kind(&whole), of_kind(&part));
    let percent = (some * 200 + all).checked_div(all * 2);
    let name = words.pick(&rate.name);
    RateView {
        sum: percent.map_or_else(String::new, |percent| {
            words.say(said, &[("part", &some), ("whole", &all), ("percent", &percent)])
        }),
        months: in_months(words, name.clone(), months, [whole, part], Some(&rate.kind)),
        name,
    }
}

/// How many meetings stand in each month, by the day for which they are called.
fn meetings(words: &Words, tally: &Tally, months: &[Month]) -> Option<Bars> {
    let kinds = days::kinds(words);
    let row = |month: &Month| {
        let bar = |kind: &KindId| Bar {
            number: sum(&tally.valid, Some(std::slice::from_ref(kind)), Some(&month.key())),
            href: listed(Listed::Held, Some(*month), Some(kind)),
            tone: Tone::Plain,
        };
        BarRow { name: month.name(words), href: String::new(), bars: kinds.iter().map(bar).collect() }
    };
    (!kinds.is_empty()).then(|| Bars {
        caption: words.t("overview-meetings"),
        named: words.t("overview-by-month"),
        columns: kinds.iter().map(|kind| words.kinds(kind)).collect(),
        rows: months.iter().map(row).collect(),
        empty: nothing(words, "overview-nothing-held"),
    })
}

fn nothing(words: &Words, key: &str) -> EmptyState {
    EmptyState::new(words.t(key), words.t("overview-nothing-next"))
}
