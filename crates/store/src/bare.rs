//! What the bare database does: the measure beside which the record's own rates are put.
//!
//! Keeps two rows a commit with one writer, as durably as the record does. Knows nothing of matters.

use crate::{Fault, session::sql};
use rusqlite::{Connection, TransactionBehavior};
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// Bytes of what is kept with a step, about those of a small matter.
const STATE: usize = 400;
/// Matters that take turns.
const MATTERS: usize = 100;

/// A database of two tables, for measurements only.
pub struct Bare {
    connection: Connection,
    commits: usize,
}

impl Bare {
    /// Makes a new database in a folder.
    ///
    /// # Errors
    /// When there is one already, or nothing can be written there.
    pub fn create(folder: &Path) -> Result<Bare, Fault> {
        let connection = Connection::open(folder.join("bare.db"))?;
        connection.execute_batch(&sql!("sqlite/open_writer").sqlite)?;
        connection.execute_batch(&sql!("sqlite/bare_tables").sqlite)?;
        Ok(Bare { connection, commits: 0 })
    }

    /// Commits one step after the other for a time; what each of them took.
    ///
    /// # Errors
    /// [`Fault`]: the disk is full or failing.
    pub fn commit_for(&mut self, span: Duration) -> Result<Vec<Duration>, Fault> {
        let state = "x".repeat(STATE);
        let begun = Instant::now();
        let mut took = vec![];
        while begun.elapsed() < span {
            let now = Instant::now();
            self.commit(&state)?;
            took.push(now.elapsed());
        }
        Ok(took)
    }

    fn commit(&mut self, state: &str) -> Result<(), Fault> {
        let matter = format!("{:032}", self.commits % MATTERS);
        let row = (&matter, self.commits as i64, state);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.prepare_cached(&sql!("sqlite/bare_step").sqlite)?.execute(row)?;
        transaction.prepare_cached(&sql!("sqlite/bare_head").sqlite)?.execute(row)?;
        transaction.commit()?;
        self.commits += 1;
        Ok(())
    }
}
