//! How much runs, is late, was opened and was closed, counted of what one reader may read.
//!
//! Invariant: a count is that of the rows which the lists give to the same reader.

use crate::{
    Fault, Readership, Store,
    session::{Given, Question, given, sql},
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
    /// Meetings by the month of their day, and entries of registers by that from which they are in force.
    pub valid: Vec<Counted>,
}

impl Store {
    /// Counts what a reader may read, by months from one day to another.
    ///
    /// # Errors
    /// [`Fault`]: the record cannot be read.
    pub async fn tally(&self, reader: &Readership, today: Date, first: Date, last: Date) -> Result<Tally, Fault> {
        let (keys, kinds) = (reader.keys_array(), reader.whole_kinds_array());
        self.read(move |session| {
            let months = given![&keys, &kinds, first, last];
            let count = |question: &Question, given: &[Given<'_>]| {
                session.each(question, given, |mut row| {
                    Ok(Counted { kind: row.text()?.as_str().into(), of: row.text()?, count: row.number()? })
                })
            };
            Ok(Tally {
                open: count(sql!("tally_open", "tally_visible"), given![&keys, &kinds])?,
                late: count(sql!("tally_late", "tally_visible"), given![&keys, &kinds, today])?,
                opened: count(sql!("tally_opened", "tally_visible"), months)?,
                closed: count(sql!("tally_closed", "tally_visible"), months)?,
                valid: count(sql!("tally_valid", "tally_visible"), months)?,
            })
        })
        .await
    }
}
