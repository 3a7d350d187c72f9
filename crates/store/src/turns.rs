//! Whose turn it is: the desk of one person, the obligations of the office.
//!
//! Must not know when a turn arises; the office derives that. Invariant: a step that several of the
//! reader's roles may take lies on the desk once.

use crate::{
    Fault, Readership, Store, Turn,
    project::{barred, each, turn},
    session::{Given, Row, array, given, json, sql},
};
use facts::{KindId, Label, MatterId, MatterNumber, PersonId, RuleId, StepId, Value};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A step waiting to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRow {
    pub matter: MatterId,
    pub number: MatterNumber,
    pub kind: KindId,
    pub title: Label,
    pub opened: Date,
    pub step: StepId,
    /// Key of the role that may take it; the first by name where several of the reader's may.
    pub role: String,
    pub each: Option<Value>,
    pub due: Option<Date>,
    pub rule: RuleId,
}

/// What lies on a desk of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskCount {
    pub kind: KindId,
    pub count: u64,
    /// Of these, due before today.
    pub overdue: u64,
    /// The earliest due date.
    pub due: Option<Date>,
}

/// What lies on the desk of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// How much lies there, by kind.
    pub counts: Vec<DeskCount>,
    pub rows: Vec<DeskRow>,
    /// Rows of the whole list.
    pub total: u64,
}

impl Store {
    /// What lies on the desk of a person who holds these role keys; `None`: of whoever does. What is due first
    /// comes first, what has no due date last; `kind`: rows of this kind only, the counts are of all.
    pub async fn desk(
        &self,
        person: Option<&PersonId>,
        keys: &[String],
        today: Date,
        kind: Option<&KindId>,
        offset: u32,
        limit: u32,
    ) -> Result<Desk, Fault> {
        let (keys, kind) = (array(keys.iter().map(String::as_str)), kind.cloned());
        let barred = barred(person.map_or(&[], std::slice::from_ref));
        self.read(move |session| {
            let kind = kind.as_ref().map(KindId::as_str);
            let asked: [Given; 6] =
                [(&keys).into(), today.into(), (&barred).into(), kind.into(), limit.into(), offset.into()];
            let count = sql!("desk_counts", "desk_lies", "desk_counted");
            let counts = session.each(count, &asked[..3], |mut row| desk_count(&mut row))?;
            let of_kind = |count: &&DeskCount| kind.is_none_or(|kind| count.kind.as_str() == kind);
            let total = counts.iter().filter(of_kind).map(|count| count.count).sum();
            let page = sql!("desk_rows", "desk_lies", "desk_page");
            let rows = session.each(page, &asked, |mut row| desk_row(&mut row))?;
            Ok(Desk { counts, rows, total })
        })
        .await
    }

    /// The steps that will lie on the desk of a person who holds these role keys after today and by a day, each with
    /// the day from which it does, the first one first.
    ///
    /// # Errors
    /// [`Fault`]: the record cannot be read.
    pub async fn coming(
        &self,
        person: &PersonId,
        keys: &[String],
        today: Date,
        until: Date,
        limit: u32,
    ) -> Result<Vec<(DeskRow, Date)>, Fault> {
        let keys = array(keys.iter().map(String::as_str));
        let barred = barred(std::slice::from_ref(person));
        self.read(move |session| {
            session.each(sql!("desk_coming"), given![&keys, today, until, &barred, limit], |mut row| {
                Ok((desk_row(&mut row)?, row.parsed()?))
            })
        })
        .await
    }

    /// The steps due before a day, what is due first first. `kinds`: empty for all; `roles`: keys of roles whose
    /// turn it is, by the first of several as in [`crate::Tally`]; `reader`: only in matters that the reader may
    /// read, `None` for all, for the worker. How many there are is told by [`crate::Tally::late`].
    pub async fn obligations(
        &self,
        due_before: Date,
        kinds: &[KindId],
        roles: Option<&[String]>,
        reader: Option<Readership>,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<DeskRow>, Fault> {
        let kinds = (!kinds.is_empty()).then(|| array(kinds.iter().map(KindId::as_str)));
        let roles = roles.map(|roles| array(roles.iter().map(String::as_str)));
        let (keys, whole_kinds) = reader.map(|reader| (reader.keys_array(), reader.whole_kinds_array())).unzip();
        self.read(move |session| {
            let asked: [Given; 7] = [
                due_before.into(),
                kinds.as_ref().into(),
                keys.as_ref().into(),
                whole_kinds.as_ref().into(),
                roles.as_ref().into(),
                limit.into(),
                offset.into(),
            ];
            session.each(sql!("obligations_page"), &asked, |mut row| desk_row(&mut row))
        })
        .await
    }

    /// The turns of matters, waiting ones too.
    pub async fn turns_of(&self, ids: &[MatterId]) -> Result<BTreeMap<MatterId, Vec<Turn>>, Fault> {
        let ids = json(ids);
        self.read(move |session| {
            let mut turns: BTreeMap<MatterId, Vec<Turn>> = BTreeMap::new();
            for mut row in session.rows(sql!("turns_of_matters"), given![&ids])? {
                turns.entry(row.parsed()?).or_default().push(turn(&mut row)?);
            }
            Ok(turns)
        })
        .await
    }

    /// The keys of the roles that may read matters.
    pub async fn readers_of(&self, ids: &[MatterId]) -> Result<BTreeMap<MatterId, Vec<String>>, Fault> {
        let ids = json(ids);
        self.read(move |session| {
            let of_matter = session.each(sql!("readers_of_matters"), given![&ids], |mut row| {
                Ok((row.parsed()?, row.text()?.lines().map(str::to_owned).collect()))
            })?;
            Ok(of_matter.into_iter().collect())
        })
        .await
    }
}

fn desk_count(row: &mut Row) -> Result<DeskCount, Fault> {
    Ok(DeskCount {
        kind: row.text()?.as_str().into(),
        count: row.number()?,
        overdue: row.number()?,
        due: row.optional_parsed()?,
    })
}

fn desk_row(row: &mut Row) -> Result<DeskRow, Fault> {
    Ok(DeskRow {
        matter: row.parsed()?,
        number: row.text()?.as_str().into(),
        kind: row.text()?.as_str().into(),
        title: Label { en: row.text()?, zh: row.text()? },
        opened: row.parsed()?,
        step: row.text()?.as_str().into(),
        role: row.text()?,
        each: each(row)?,
        due: row.optional_parsed()?,
        rule: row.text()?.as_str().into(),
    })
}
