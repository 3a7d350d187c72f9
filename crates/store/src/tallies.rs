//! How much runs, is late, was opened and was closed, counted of what one reader may read.
//!
//! Invariant: a count is that of the rows which the lists give to the same reader.

use crate::{
    Fault, Readership, Store,
    session::{Row, Session, given, sql},
};
use facts::KindId;
use jiff::civil::Date;

/// Matters or steps of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub kind: KindId,
    /// A month as `2019-04`, the key of a role, or empty, as the field of [`Tally`] says.
    pub of: String,
    pub count: u64,
}

/// The counts of one reader at one instant; what there is none of is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Open matters.
    pub open: Vec<Counted>,
    /// Steps that are late, each by the role whose turn it is; of several roles by the first one by its key.
    pub late: Vec<Counted>,
    /// Matters opened, by month.
    pub opened: Vec<Counted>,
    /// Matters closed, by month.
    pub closed: Vec<Counted>,
    /// Of the matters opened, those that are closed by now, by the month in which they were opened.
    pub handled: Vec<Counted>,
    /// Of the matters closed, those that made something public, by the month in which they were closed.
    pub published: Vec<Counted>,
    /// Meetings by the month of their day, and entries of registers by that from which they are in force.
    pub valid: Vec<Counted>,
}

impl Store {
    /// Counts what a reader may read, by whole months from that of one day to that of another.
    ///
    /// # Errors
    /// [`Fault`]: the record cannot be read.
    pub async fn tally(&self, reader: &Readership, today: Date, first: Date, last: Date) -> Result<Tally, Fault> {
        let (keys, kinds) = (reader.keys_array(), reader.whole_kinds_array());
        let (first, last) = (first.first_of_month(), last.last_of_month());
        self.read(move |session| {
            let in_span = given![&keys, &kinds, first, last];
            let mut tally = Tally {
                late: late(session, &keys, &kinds, today)?,
                valid: session.each(sql!("tally_valid"), in_span, |mut row| counted(&mut row))?,
                published: session.each(sql!("tally_published"), in_span, |mut row| counted(&mut row))?,
                ..Tally::default()
            };
            // What may be read is asked once of each matter: that takes longer than all the rest.
            let months = month(first)..=month(last);
            for mut row in session.rows(sql!("tally_matters"), given![&keys, &kinds, first])? {
                let (kind, opened, closed, count) = (row.text()?, row.text()?, row.text()?, row.number()?);
                if closed.is_empty() {
                    add(&mut tally.open, &kind, "", count);
                }
                if months.contains(&opened) {
                    add(&mut tally.opened, &kind, &opened, count);
                    if !closed.is_empty() {
                        add(&mut tally.handled, &kind, &opened, count);
                    }
                }
                if months.contains(&closed) {
                    add(&mut tally.closed, &kind, &closed, count);
                }
            }
            Ok(tally)
        })
        .await
    }

    /// The steps that are late in what a reader may read, as [`Tally::late`].
    ///
    /// # Errors
    /// [`Fault`]: the record cannot be read.
    pub async fn late(&self, reader: &Readership, today: Date) -> Result<Vec<Counted>, Fault> {
        let (keys, kinds) = (reader.keys_array(), reader.whole_kinds_array());
        self.read(move |session| late(session, &keys, &kinds, today)).await
    }
}

fn late(session: &dyn Session, keys: &str, kinds: &str, today: Date) -> Result<Vec<Counted>, Fault> {
    session.each(sql!("tally_late"), given![keys, kinds, today], |mut row| counted(&mut row))
}

fn counted(row: &mut Row) -> Result<Counted, Fault> {
    Ok(Counted { kind: row.text()?.as_str().into(), of: row.text()?, count: row.number()? })
}

/// `2019-04`
fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

fn add(counted: &mut Vec<Counted>, kind: &str, of: &str, count: u64) {
    match counted.iter_mut().find(|one| one.kind.as_str() == kind && one.of == of) {
        Some(one) => one.count += count,
        None => counted.push(Counted { kind: kind.into(), of: of.to_owned(), count }),
    }
}
