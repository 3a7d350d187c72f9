//! Reading by the interface: desk, overview, matters, search, openings, directory.
//!
//! Invariant: nothing is answered that the caller may not read.

use super::{
    caller::Caller,
    directory::{self, DirectoryView},
    problem::Problem,
    views::{self, Duty, Line, Part, Whole},
};
use crate::{
    fault::Fault,
    pages::{overview::months::span, query::said},
    wording::Words,
};
use axum::{Json, extract::Path};
use facts::{KindId, PersonId};
use jiff::civil::Date;
use office::{Counted, ListFilter, Order, Overview, Standing, Tally, Valid};
use rules::rulebook::nearest;
use serde::Serialize;

/// An answer, or a problem that the caller can mend.
type Answer<T> = Result<Result<Json<T>, Problem>, Fault>;

/// A step by which the caller may open a matter.
#[derive(Serialize)]
pub struct OpeningView {
    pub kind: String,
    pub kind_name: String,
    pub step: String,
    pub name: String,
    /// Where to send it.
    pub href: String,
}

/// `GET /api/v1/desk?kind=&offset=&limit=`
///
/// # Errors
/// Only faults of the record.
pub async fn desk(caller: Caller) -> Answer<Part<Duty>> {
    let words = caller.visit.words().await?;
    let reader = caller.visit.reader().await?;
    let kind = match kind(&caller, &words) {
        Ok(kind) => kind,
        Err(problem) => return Ok(Err(*problem)),
    };
    let (offset, limit) = match caller.part(&words) {
        Ok(part) => part,
        Err(problem) => return Ok(Err(*problem)),
    };
    Ok(Ok(Json(views::desk(&caller.visit.office, &words, &reader, kind.as_ref(), offset, limit).await?)))
}

/// `GET /api/v1/matters?kind=&state=open|closed|all&valid_on=&order=newest|oldest|closed&q=&from=&until=&offset=&limit=`
///
/// # Errors
/// Only faults of the record.
pub async fn matters(caller: Caller) -> Answer<Part<Line>> {
    let words = caller.visit.words().await?;
    let reader = caller.visit.reader().await?;
    let filter = match filter(&caller, &words) {
        Ok(filter) => filter,
        Err(problem) => return Ok(Err(*problem)),
    };
    Ok(Ok(Json(views::list(&caller.visit.office, &words, &reader, filter).await?)))
}

/// `GET /api/v1/search?q=`: the matters in which the words occur; without words, none.
///
/// # Errors
/// Only faults of the record.
pub async fn search(caller: Caller) -> Answer<Part<Line>> {
    let words = caller.visit.words().await?;
    let reader = caller.visit.reader().await?;
    let (offset, limit) = match caller.part(&words) {
        Ok(part) => part,
        Err(problem) => return Ok(Err(*problem)),
    };
    if said(&caller.query, "q").is_none() {
        return Ok(Ok(Json(Part { total: 0, rows: vec![] })));
    }
    let text = said(&caller.query, "q").map(str::to_owned);
    let filter = ListFilter { text, offset, limit, ..ListFilter::default() };
    Ok(Ok(Json(views::list(&caller.visit.office, &words, &reader, filter).await?)))
}

/// `GET /api/v1/matters/{number}`
///
/// # Errors
/// Only faults of the record; what the caller may not know of is a problem like what is not there.
pub async fn matter(caller: Caller, Path(number): Path<String>) -> Answer<Whole> {
    let mut words = caller.visit.words().await?;
    let reader = caller.visit.reader().await?;
    let found = views::matter(&caller.visit.office, &mut words, &number, &reader).await?;
    Ok(found.map(Json).ok_or_else(|| Problem::new(&words, "not-there", 404)))
}

/// How much there is of a kind.
#[derive(Serialize)]
pub struct CountView {
    pub kind: String,
    pub kind_name: String,
    /// The month as `2019-04`, or the key of the role whose turn it is; absent for what is open.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub of: String,
    pub count: u64,
}

/// The counts of the overview, of what the caller may read.
#[derive(Serialize)]
pub struct OverviewView {
    pub open: Vec<CountView>,
    pub late: Vec<CountView>,
    pub opened: Vec<CountView>,
    pub closed: Vec<CountView>,
    /// Of those opened in a month, those closed by now.
    pub handled: Vec<CountView>,
    /// Of those closed in a month, those that made something public.
    pub published: Vec<CountView>,
    /// Meetings by the month of their day, and entries of registers by that from which they are in force.
    pub held: Vec<CountView>,
    /// Of when they are, where much is counted and kept for a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<jiff::Timestamp>,
}

/// `GET /api/v1/overview`: of the last twelve months, the present one included.
///
/// # Errors
/// Only faults of the record.
pub async fn overview(caller: Caller) -> Answer<OverviewView> {
    let words = caller.visit.words().await?;
    let reader = caller.visit.reader().await?;
    let (first, last) = span(&words);
    let Overview { tally, as_of } = caller.visit.office.tally(&reader, first, last).await?;
    let Tally { open, late, opened, closed, handled, published, valid } = tally;
    let view = |counted: Vec<Counted>| -> Vec<CountView> {
        let view = |one: Counted| CountView {
            kind_name: words.kinds(&one.kind),
            kind: one.kind.to_string(),
            of: one.of,
            count: one.count,
        };
        counted.into_iter().map(view).collect()
    };
    Ok(Ok(Json(OverviewView {
        open: view(open),
        late: view(late),
        opened: view(opened),
        closed: view(closed),
        handled: view(handled),
        published: view(published),
        held: view(valid),
        as_of,
    })))
}

/// `GET /api/v1/openings`
///
/// # Errors
/// Only faults of the record.
pub async fn openings(caller: Caller) -> Answer<Vec<OpeningView>> {
    let words = caller.visit.words().await?;
    let openings = caller.visit.office.openings(&caller.visit.person).await?;
    let view = |opening: &office::Opening| OpeningView {
        kind: opening.kind.to_string(),
        kind_name: words.kind(&opening.kind),
        step: opening.step.to_string(),
        name: words.step(&opening.kind, &opening.step),
        href: format!("/api/v1/kinds/{}/{}", opening.kind, opening.step),
    };
    Ok(Ok(Json(openings.iter().map(view).collect())))
}

/// `GET /api/v1/directory?on=2019-03-01`
///
/// # Errors
/// Only faults of the record.
pub async fn directory(caller: Caller) -> Answer<DirectoryView> {
    let mut words = caller.visit.words().await?;
    let on = match day(&caller, &words, "on") {
        Ok(on) => on,
        Err(problem) => return Ok(Err(*problem)),
    };
    if let Some(on) = on {
        words.organisation = caller.visit.office.organisation(on).await?.1;
    }
    let orders = words.organisation.in_force().iter().filter_map(|tenure| tenure.basis).collect();
    caller.visit.name(&mut words, orders).await?;
    Ok(Ok(Json(directory::view(&words))))
}

fn filter(caller: &Caller, words: &Words) -> Result<ListFilter, Box<Problem>> {
    let standing = match said(&caller.query, "state") {
        None | Some("all") => Standing::All,
        Some("open") => Standing::Open,
        Some("closed") => Standing::Closed,
        Some(other) => return Err(unknown(words, "state", other, ["all", "open", "closed"])),
    };
    let order = match said(&caller.query, "order") {
        None | Some("newest") => Order::Newest,
        Some("oldest") => Order::Oldest,
        Some("closed") => Order::LastClosed,
        Some(other) => return Err(unknown(words, "order", other, ["newest", "oldest", "closed"])),
    };
    let (offset, limit) = caller.part(words)?;
    Ok(ListFilter {
        kinds: kind(caller, words)?.into_iter().collect(),
        standing,
        order,
        text: said(&caller.query, "q").map(str::to_owned),
        valid: day(caller, words, "valid_on")?.map_or(Valid::Either, Valid::On),
        opened_from: day(caller, words, "from")?,
        opened_until: day(caller, words, "until")?,
        person: person(caller, words)?,
        offset,
        limit,
        ..ListFilter::default()
    })
}

fn kind(caller: &Caller, words: &Words) -> Result<Option<KindId>, Box<Problem>> {
    let Some(asked) = said(&caller.query, "kind") else { return Ok(None) };
    let kinds = words.rulebook().kinds.iter().map(|kind| kind.id.as_str());
    match words.rulebook().kind(asked) {
        Some(kind) => Ok(Some(kind.id.clone())),
        None => Err(unknown(words, "kind", asked, kinds)),
    }
}

fn person(caller: &Caller, words: &Words) -> Result<Option<PersonId>, Box<Problem>> {
    let Some(typed) = said(&caller.query, "person") else { return Ok(None) };
    let mut people = words.directory.people.iter().map(|person| &person.id);
    if let Some(known) = people.find(|known| known.as_str() == typed) {
        return Ok(Some(known.clone()));
    }
    let mut problem = Problem::in_query(words, "person", words.say("api-no-person", &[("typed", &typed)]));
    let people = words.directory.people.iter().map(|person| person.id.as_str());
    problem.hints.extend(nearest(typed, people).map(|near| words.say("problem-nearest", &[("near", &near)])));
    Err(problem)
}

fn day(caller: &Caller, words: &Words, name: &str) -> Result<Option<Date>, Box<Problem>> {
    let Some(typed) = said(&caller.query, name) else { return Ok(None) };
    let day = typed
        .parse()
        .map_err(|_| Problem::in_query(words, name, words.say("api-no-day", &[("name", &name), ("typed", &typed)])));
    day.map(Some)
}

fn unknown<'n>(words: &Words, name: &str, typed: &str, known: impl IntoIterator<Item = &'n str>) -> Box<Problem> {
    let known: Vec<&str> = known.into_iter().collect();
    let sentence = words.say("api-not-known", &[("name", &name), ("typed", &typed), ("known", &words.list(&known))]);
    let mut problem = Problem::in_query(words, name, sentence);
    problem.hints.extend(nearest(typed, known).map(|near| words.say("problem-nearest", &[("near", &near)])));
    problem
}
