//! Lists of matters as one reader may see them.
//!
//! Invariant: no row is listed that the reader may not read; a total counts only such rows.

use crate::{
    Fault, Store,
    composed::{Composed, Parts},
    session::{Given, Row, Session, array, given, json, sql},
    words,
};
use facts::{KindId, Label, MatterId, MatterNumber, PersonId, Role, RuleId, StepId};
use jiff::civil::Date;
use std::{cmp::Ordering, sync::LazyLock};

/// Part of a longer list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Rows of the whole list.
    pub total: u64,
}

/// What a person may read: matters that name one of the role keys as reader, and kinds that the
/// person reads wholly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readership {
    pub keys: Vec<String>,
    pub whole_kinds: Vec<KindId>,
}

impl Readership {
    pub(crate) fn keys_array(&self) -> String {
        array(self.keys.iter().map(String::as_str))
    }
    pub(crate) fn whole_kinds_array(&self) -> String {
        array(self.whole_kinds.iter().map(KindId::as_str))
    }
}

/// Which matters to list, and which part of them.
#[derive(Clone, Debug, Default)]
pub struct ListFilter {
    pub reader: Readership,
    /// Only these kinds; empty: all.
    pub kinds: Vec<KindId>,
    pub standing: Standing,
    /// Only what is found by this search: each part between spaces must occur; what stands in quotation marks must
    /// occur as it is. Blank: everything.
    pub text: Option<String>,
    /// Opened on this day or later.
    pub opened_from: Option<Date>,
    /// Opened on this day or earlier.
    pub opened_until: Option<Date>,
    /// Only entries of registers, by the day on which they are in force or have ceased to be.
    pub valid: Valid,
    /// Closed from the first day to the last.
    pub closed_within: Option<(Date, Date)>,
    /// Of meetings, held from the first day to the last; of entries of registers, in force from a day among these.
    pub valid_within: Option<(Date, Date)>,
    /// Only what this person acted on, or may read by name.
    pub person: Option<PersonId>,
    /// Only what made something public.
    pub published: bool,
    pub order: Order,
    pub offset: u32,
    pub limit: u32,
    /// How far matters are counted: of more the total is one more than this. `None`: all of them.
    pub counted_max: Option<u32>,
}

/// Whether a matter is still open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    #[default]
    All,
    Open,
    Closed,
}

/// Whether an entry of a register is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Valid {
    #[default]
    Either,
    /// In force on this day.
    On(Date),
    /// Ceased to be in force before this day.
    EndedBefore(Date),
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Opened last, first.
    #[default]
    Newest,
    Oldest,
    /// Closed last, first; the open ones after all closed ones.
    LastClosed,
    /// By the day from which on they are valid, the first one first; those without one after all others.
    FirstValid,
    /// By that day, the last one first.
    LastValid,
}

/// One matter of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterRow {
    pub matter: MatterId,
    pub number: MatterNumber,
    pub kind: KindId,
    pub title: Label,
    pub opened: Date,
    pub closed: Option<Date>,
    pub version: u32,
}

impl Store {
    /// The matters of the filter that its reader may read.
    pub async fn list(&self, filter: ListFilter) -> Result<Page<MatterRow>, Fault> {
        if filter.text.is_some() {
            self.index_words().await?;
        }
        self.read(move |session| list(session, &filter)).await
    }

    /// Of some kinds what is held, or is in force from, one of the days from a first to a last, with its day, the
    /// first one first: for few days this asks less than a list.
    pub async fn valid_within(
        &self,
        reader: &Readership,
        kinds: &[KindId],
        (first, last): (Date, Date),
        limit: u32,
    ) -> Result<Vec<(MatterRow, Date)>, Fault> {
        let (keys, whole) = (reader.keys_array(), reader.whole_kinds_array());
        let kinds = array(kinds.iter().map(KindId::as_str));
        self.read(move |session| {
            session.each(sql!("matters_valid_within"), given![&keys, &whole, &kinds, first, last, limit], |mut row| {
                Ok((matter_row(&mut row)?, row.parsed()?))
            })
        })
        .await
    }

    /// The steps that wait under one of some rules in what a reader may read, each matter with its step and the day
    /// on which it is due: those due first, what has no day after all others. Of each rule so many turns are looked
    /// at; a step that waits for several roles has as many.
    ///
    /// # Errors
    /// [`Fault`]: the record cannot be read.
    pub async fn waiting_under(
        &self,
        reader: &Readership,
        rules: Vec<RuleId>,
        limit: u32,
    ) -> Result<Vec<(MatterRow, StepId, Option<Date>)>, Fault> {
        let (keys, whole) = (reader.keys_array(), reader.whole_kinds_array());
        self.read(move |session| {
            let mut waiting = vec![];
            for question in [sql!("turns_of_rule_dated"), sql!("turns_of_rule_undated")] {
                for rule in &rules {
                    let asked = given![&keys, &whole, rule.as_str(), limit];
                    waiting.extend(session.each(question, asked, |mut row| {
                        Ok((matter_row(&mut row)?, row.text()?.as_str().into(), row.optional_parsed()?))
                    })?);
                }
            }
            waiting.sort_by_key(|(row, step, due): &(MatterRow, StepId, Option<Date>)| {
                (due.is_none(), *due, row.matter, step.clone())
            });
            waiting.dedup_by(|(row, step, due), (before, earlier, day)| {
                (row.matter, &*step, &*due) == (before.matter, &*earlier, &*day)
            });
            Ok(waiting)
        })
        .await
    }

    /// The matters that name a role key as reader, what was opened last first.
    pub async fn readable_by(&self, key: &str, limit: u32) -> Result<Vec<MatterId>, Fault> {
        let key = key.to_owned();
        self.read(move |session| session.each(sql!("readable_last"), given![&key, limit], |mut row| row.parsed())).await
    }

    /// Number, title and standing of matters, without regard to who asks.
    pub async fn rows_of(&self, ids: &[MatterId]) -> Result<Vec<MatterRow>, Fault> {
        let ids = json(ids);
        self.read(move |session| session.each(sql!("titles_of"), &[(&ids).into()], |mut row| matter_row(&mut row)))
            .await
    }
}

/// The parts of which lists are asked.
static PARTS: LazyLock<Parts> = LazyLock::new(|| Parts::of(include_str!("../sql/list.sql")));

/// Matters found by a search at most for their list to be put in its order; of more those that were entered last come
/// first, and no more are read than are shown.
const FOUND_ALL_MAX: usize = 2000;

impl Order {
    /// The parts of an order, each with the condition under which it holds and the words of its question.
    fn parts(self) -> &'static [(Option<&'static str>, &'static str)] {
        match self {
            Order::Newest => &[(None, "newest")],
            Order::Oldest => &[(None, "oldest")],
            Order::LastClosed => &[(Some("closed"), "last_closed"), (Some("open"), "newest")],
            Order::FirstValid => &[(Some("dated"), "first_valid"), (Some("undated"), "oldest")],
            Order::LastValid => &[(Some("dated"), "last_valid"), (Some("undated"), "newest")],
        }
    }

    /// How two rows follow each other, as the database would put them.
    fn compare(self, one: &Dated, other: &Dated) -> Ordering {
        let opened = |one: &Dated| (one.0.opened, one.0.matter);
        let closed = |one: &Dated| (one.0.closed, one.0.matter);
        let valid = |one: &Dated| (one.1, one.0.opened, one.0.matter);
        match self {
            Order::Newest => opened(other).cmp(&opened(one)),
            Order::Oldest => opened(one).cmp(&opened(other)),
            Order::LastClosed if one.0.closed.is_none() && other.0.closed.is_none() => opened(other).cmp(&opened(one)),
            // Nothing is less than any day.
            Order::LastClosed => closed(other).cmp(&closed(one)),
            Order::FirstValid => one.1.is_none().cmp(&other.1.is_none()).then_with(|| valid(one).cmp(&valid(other))),
            Order::LastValid => valid(other).cmp(&valid(one)),
        }
    }
}

/// A row with the day from which on it is valid.
type Dated = (MatterRow, Option<Date>);

fn list(session: &dyn Session, filter: &ListFilter) -> Result<Page<MatterRow>, Fault> {
    let search = match filter.text.as_ref().filter(|text| !text.trim().is_empty()) {
        None => None,
        Some(text) => match words::search_for(text, session.dialect()) {
            None => return Ok(Page { rows: vec![], total: 0 }),
            search => search,
        },
    };
    let (skipped, shown) = (filter.offset as usize, filter.limit as usize);
    let Some(search) = search else {
        let count = narrowed(reading(filter, "count", None), filter, Kinds::All);
        let total = counted(session, filter, count)?;
        let rows = ordered(session, filter)?;
        return Ok(Page { rows, total });
    };
    let found = found(session, &search)?;
    if found.len() > FOUND_ALL_MAX {
        let of_found = |what| narrowed(reading(filter, what, Some(&search)), filter, Kinds::All);
        let total = counted(session, filter, of_found("count"))?;
        let page = of_found("rows").with("last_found", []);
        let rows = rows(session, page.with("page", [filter.limit.into(), filter.offset.into()]))?;
        return Ok(Page { rows: rows.into_iter().map(|(row, _)| row).collect(), total });
    }
    let all = narrowed(reading(filter, "rows", None), filter, Kinds::All).with("of_ids", [json(&found).into()]);
    let mut all = rows(session, all)?;
    all.sort_by(|one, other| filter.order.compare(one, other));
    let total = all.len() as u64;
    Ok(Page { rows: all.into_iter().skip(skipped).take(shown).map(|(row, _)| row).collect(), total })
}

/// The rows of a page in its order. Several kinds are asked for one by one: each lies in its order in an index.
fn ordered(session: &dyn Session, filter: &ListFilter) -> Result<Vec<MatterRow>, Fault> {
    let kinds: Vec<Kinds> = match filter.kinds.as_slice() {
        [] => vec![Kinds::All],
        kinds => kinds.iter().map(Kinds::One).collect(),
    };
    let mut listed: Vec<Dated> = vec![];
    let (skipped, shown) = (filter.offset, filter.limit);
    let in_one = kinds.len() == 1 && filter.order.parts().len() == 1;
    for (condition, order) in filter.order.parts() {
        let excluded =
            matches!((filter.standing, condition), (Standing::Open, Some("closed")) | (Standing::Closed, Some("open")));
        let wanted = (u64::from(skipped) + u64::from(shown)).saturating_sub(listed.len() as u64);
        if excluded || wanted == 0 {
            continue;
        }
        let mut part: Vec<Dated> = vec![];
        for kind in &kinds {
            let mut asked = narrowed(reading(filter, "rows", None), filter, *kind);
            if let Some(condition) = condition {
                asked = asked.with(condition, []);
            }
            let page = if in_one { [shown.into(), skipped.into()] } else { [wanted.into(), 0u32.into()] };
            part.extend(rows(session, asked.with(order, []).with("page", page))?);
        }
        part.sort_by(|one, other| filter.order.compare(one, other));
        listed.extend(part);
    }
    let skipped = if in_one { 0 } else { skipped as usize };
    Ok(listed.into_iter().skip(skipped).take(shown as usize).map(|(row, _)| row).collect())
}

/// Of which kinds it is asked.
#[derive(Clone, Copy)]
enum Kinds<'f> {
    /// All that the filter names.
    All,
    One(&'f KindId),
}

/// The beginning of a question: what is asked, and what the reader may read of all, or of what a search finds.
fn reading(filter: &ListFilter, what: &str, search: Option<&str>) -> Composed {
    let readable = [filter.reader.keys_array().into(), filter.reader.whole_kinds_array().into()];
    let asked = Composed::new(&PARTS).with(what, []);
    match search {
        None => asked.with("matters", []).with("readable", readable),
        Some(search) => asked.with("found", [search.to_owned().into()]).with("readable", readable).with("of_found", []),
    }
}

/// The same with the conditions of the filter.
fn narrowed(asked: Composed, filter: &ListFilter, kinds: Kinds<'_>) -> Composed {
    let mut asked = match kinds {
        Kinds::One(kind) => asked.with("of_kind", [kind.as_str().to_owned().into()]),
        Kinds::All if filter.kinds.is_empty() => asked,
        Kinds::All => asked.with("of_kinds", [array(filter.kinds.iter().map(KindId::as_str)).into()]),
    };
    asked = match filter.standing {
        Standing::All => asked,
        Standing::Open => asked.with("open", []),
        Standing::Closed => asked.with("closed", []),
    };
    asked = match filter.valid {
        Valid::Either => asked,
        Valid::On(day) => asked.with("valid_on", [day.into()]),
        Valid::EndedBefore(day) => asked.with("ended_before", [day.into()]),
    };
    for (part, within) in [("closed_within", filter.closed_within), ("valid_within", filter.valid_within)] {
        if let Some((first, last)) = within {
            asked = asked.with(part, [first.into(), last.into()]);
        }
    }
    if filter.published {
        asked = asked.with("published", []);
    }
    let person = filter.person.clone().map(|person| Role::Person(person).key());
    asked
        .with_some("opened_from", filter.opened_from)
        .with_some("opened_until", filter.opened_until)
        .with_some("person", person)
}

fn counted(session: &dyn Session, filter: &ListFilter, count: Composed) -> Result<u64, Fault> {
    // The databases have no word for no limit that both know.
    let most = filter.counted_max.map_or(Given::Number(i64::MAX), |max| Given::from(max.saturating_add(1)));
    let count = count.with("counted", [most]);
    session.number(&count.question(), &count.given)
}

fn rows(session: &dyn Session, asked: Composed) -> Result<Vec<Dated>, Fault> {
    session.each(&asked.question(), &asked.given, |mut row| Ok((matter_row(&mut row)?, row.optional_parsed()?)))
}

/// The matters that a search finds, whoever may read them; no more than are needed to know that they are many.
fn found(session: &dyn Session, search: &str) -> Result<Vec<MatterId>, Fault> {
    session.each(sql!("matters_found"), given![search, FOUND_ALL_MAX as u64 + 1], |mut row| row.parsed())
}

fn matter_row(row: &mut Row) -> Result<MatterRow, Fault> {
    Ok(MatterRow {
        matter: row.parsed()?,
        number: row.text()?.as_str().into(),
        kind: row.text()?.as_str().into(),
        title: Label { en: row.text()?, zh: row.text()? },
        opened: row.parsed()?,
        closed: row.optional_parsed()?,
        version: row.count()?,
    })
}
