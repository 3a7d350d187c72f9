//! How much runs, is late, was opened and was closed, counted of what one reader may read.
//!
//! Invariant: a count is that of the rows which the lists give to the same reader.

use crate::{
    Fault, Readership, Store,
    session::{Row, Session, given, sql},
};
use facts::KindId;
use jiff::civil::Date;
use std::collections::BTreeSet;

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

/// What is counted of the whole record, apart by who may read it: the tally of any reader follows from it alone.
#[derive(Clone, Debug)]
pub struct WholeTally {
    /// The first and the last month that are told.
    months: [String; 2],
    /// Kind, month opened, month closed or empty.
    matters: Vec<([String; 3], Share)>,
    late: Vec<([String; 2], Share)>,
    published: Vec<([String; 2], Share)>,
    valid: Vec<([String; 2], Share)>,
}

/// So many, which these may read.
#[derive(Clone, Copy, Debug)]
struct Share {
    readers: Option<u64>,
    count: u64,
}

/// Whom a reader reads with: the sets of roles that hold one of the reader's.
#[derive(Clone, Debug, Default)]
pub struct ReadWith {
    whole_kinds: Vec<KindId>,
    sets: BTreeSet<u64>,
}

impl ReadWith {
    fn may(&self, kind: &str, share: Share) -> bool {
        self.whole_kinds.iter().any(|whole| whole.as_str() == kind)
            || share.readers.is_some_and(|readers| self.sets.contains(&readers))
    }

    fn counted(&self, shares: &[([String; 2], Share)]) -> Vec<Counted> {
        let mut counted = vec![];
        for ([kind, of], share) in shares.iter().filter(|([kind, _], share)| self.may(kind, *share)) {
            add(&mut counted, kind, of, share.count);
        }
        counted
    }
}

impl WholeTally {
    /// Matters that were counted.
    pub fn matters(&self) -> u64 {
        self.matters.iter().map(|(_, share)| share.count).sum()
    }

    /// What one reader may read of it.
    pub fn of(&self, reader: &ReadWith) -> Tally {
        let mut tally = Tally {
            late: reader.counted(&self.late),
            published: reader.counted(&self.published),
            valid: reader.counted(&self.valid),
            ..Tally::default()
        };
        let [first, last] = &self.months;
        for ([kind, opened, closed], share) in &self.matters {
            if !reader.may(kind, *share) {
                continue;
            }
            let count = share.count;
            if closed.is_empty() {
                add(&mut tally.open, kind, "", count);
            }
            if (first..=last).contains(&opened) {
                add(&mut tally.opened, kind, opened, count);
                if !closed.is_empty() {
                    add(&mut tally.handled, kind, opened, count);
                }
            }
            if (first..=last).contains(&closed) {
                add(&mut tally.closed, kind, closed, count);
            }
        }
        tally
    }
}

impl Store {
    /// Counts the whole record, by whole months from that of one day to that of another.
    ///
    /// # Errors
    /// [`Fault`]: the record cannot be read.
    pub async fn whole_tally(&self, today: Date, first: Date, last: Date) -> Result<WholeTally, Fault> {
        self.read(move |session| whole_tally(session, today, first, last)).await
    }

    /// Whom a reader reads with.
    ///
    /// # Errors
    /// [`Fault`]: the record cannot be read.
    pub async fn read_with(&self, reader: &Readership) -> Result<ReadWith, Fault> {
        let reader = reader.clone();
        self.glance(move |session| read_with(session, &reader)).await
    }
}

fn whole_tally(session: &dyn Session, today: Date, first: Date, last: Date) -> Result<WholeTally, Fault> {
    let (first, last) = (first.first_of_month(), last.last_of_month());
    let in_span = given![first, last];
    Ok(WholeTally {
        months: [month(first), month(last)],
        matters: session.each(sql!("tally_matters"), given![first], |mut row| {
            Ok(([row.text()?, row.text()?, row.text()?], share(&mut row)?))
        })?,
        late: late(session, today)?,
        published: session.each(sql!("tally_published"), in_span, |mut row| shared(&mut row))?,
        valid: session.each(sql!("tally_valid"), in_span, |mut row| shared(&mut row))?,
    })
}

fn read_with(session: &dyn Session, reader: &Readership) -> Result<ReadWith, Fault> {
    let sets = session.each(sql!("reader_sets_of"), given![&reader.keys_array()], |mut row| row.number())?;
    Ok(ReadWith { whole_kinds: reader.whole_kinds.clone(), sets: sets.into_iter().collect() })
}

fn late(session: &dyn Session, today: Date) -> Result<Vec<([String; 2], Share)>, Fault> {
    session.each(sql!("tally_late"), given![today], |mut row| shared(&mut row))
}

fn shared(row: &mut Row) -> Result<([String; 2], Share), Fault> {
    Ok(([row.text()?, row.text()?], share(row)?))
}

fn share(row: &mut Row) -> Result<Share, Fault> {
    Ok(Share { readers: row.optional_number()?, count: row.number()? })
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
