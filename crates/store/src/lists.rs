//! Lists of matters as one reader may see them.
//!
//! Invariant: no row is listed that the reader may not read; a total counts only such rows.

use crate::{
    Fault, Store,
    session::{Given, Row, Session, array, given, json, sql},
    words,
};
use facts::{KindId, Label, MatterId, MatterNumber, PersonId, Role, RuleId, StepId};
use jiff::civil::Date;

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

/// How many there are under some conditions, and those of a page in an order.
macro_rules! questions {
    ($order:expr, $($condition:literal),+) => {
        (
            sql!("matters_visible_count", "matters_visible", $($condition,)+ "matters_visible_counted"),
            match $order {
                Order::Newest => {
                    sql!("matters_visible_rows", "matters_visible", $($condition,)+ "matters_visible_newest")
                }
                Order::Oldest => {
                    sql!("matters_visible_rows", "matters_visible", $($condition,)+ "matters_visible_oldest")
                }
                Order::LastClosed => {
                    sql!("matters_visible_rows", "matters_visible", $($condition,)+ "matters_visible_last_closed")
                }
                Order::FirstValid => {
                    sql!("matters_visible_rows", "matters_visible", $($condition,)+ "matters_visible_first_valid")
                }
                Order::LastValid => {
                    sql!("matters_visible_rows", "matters_visible", $($condition,)+ "matters_visible_last_valid")
                }
            },
        )
    };
}

/// Matters found by a search at most for a list to begin with them; of more it begins with its order.
const FOUND_FIRST_MAX: usize = 2000;

fn list(session: &dyn Session, filter: &ListFilter) -> Result<Page<MatterRow>, Fault> {
    let text = filter.text.as_ref().filter(|text| !text.trim().is_empty());
    let mut search = match text.map(|text| words::search_for(text, session.dialect())) {
        Some(None) => return Ok(Page { rows: vec![], total: 0 }),
        found => found.flatten(),
    };
    let found = search.as_ref().map(|search| found(session, search)).transpose()?;
    let found = found.filter(|found| found.len() <= FOUND_FIRST_MAX);
    if found.is_some() {
        search = None;
    }
    let kinds = (!filter.kinds.is_empty()).then(|| array(filter.kinds.iter().map(KindId::as_str)));
    let (valid_on, ended_before) = match filter.valid {
        Valid::Either => (None, None),
        Valid::On(day) => (Some(day), None),
        Valid::EndedBefore(day) => (None, Some(day)),
    };
    let (closed_from, closed_until) = filter.closed_within.unzip();
    let (valid_from, valid_until) = filter.valid_within.unzip();
    let person = filter.person.clone().map(|person| Role::Person(person).key());
    let asked: [Given; 14] = [
        filter.reader.keys_array().into(),
        filter.reader.whole_kinds_array().into(),
        kinds.into(),
        filter.opened_from.into(),
        filter.opened_until.into(),
        search.into(),
        valid_on.into(),
        ended_before.into(),
        closed_from.into(),
        closed_until.into(),
        valid_from.into(),
        valid_until.into(),
        person.into(),
        u32::from(filter.published).into(),
    ];
    let found_first: Option<Given> = found.map(|found| json(&found).into());
    let part = |limit: Given<'static>, offset: Given<'static>| {
        let more = [limit, offset].into_iter().chain(found_first.clone());
        asked.iter().cloned().chain(more).collect::<Vec<Given>>()
    };
    // Where a list is of open matters alone, it reads these alone: what is closed becomes more and more.
    let (count, page) = match (filter.standing, found_first.is_some()) {
        (Standing::All, false) => questions!(filter.order, "matters_visible_all"),
        (Standing::Open, false) => questions!(filter.order, "matters_visible_open"),
        (Standing::Closed, false) => questions!(filter.order, "matters_visible_closed"),
        (Standing::All, true) => questions!(filter.order, "matters_visible_all", "matters_visible_among"),
        (Standing::Open, true) => questions!(filter.order, "matters_visible_open", "matters_visible_among"),
        (Standing::Closed, true) => questions!(filter.order, "matters_visible_closed", "matters_visible_among"),
    };
    // The databases have no word for no limit that both know.
    let counted = filter.counted_max.map_or(Given::Number(i64::MAX), |max| Given::from(max.saturating_add(1)));
    let total = session.number(count, &part(counted, Given::Number(0)))?;
    let rows = session.each(page, &part(filter.limit.into(), filter.offset.into()), |mut row| matter_row(&mut row))?;
    Ok(Page { rows, total })
}

/// The matters that a search finds, whoever may read them; no more than are needed to know that they are many.
fn found(session: &dyn Session, search: &str) -> Result<Vec<MatterId>, Fault> {
    session.each(sql!("matters_found"), given![search, FOUND_FIRST_MAX as u64 + 1], |mut row| row.parsed())
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
