//! The record of the office and what is derived from it, in embedded SQLite or in PostgreSQL.
//!
//! Everything is asked of [`Store`]. Must not know any rule of the office, any clock (instants are
//! arguments) or any language of display. SQL stands in `sql/*.sql` only, a statement or a part of several a file.
//! Invariants: events are never changed or removed; what is derived can be wiped and derived again;
//! both databases give the same answers, which `tests/contract` holds them to.

mod accounts;
mod append;
mod bare;
mod composed;
mod directory;
mod drafts;
mod editions;
mod export;
mod fault;
mod follow;
mod import;
mod lists;
mod log;
mod mails;
mod matters;
mod migrations;
mod outbox;
mod postgres;
mod project;
mod publications;
mod rebuild;
mod recent;
mod seen;
mod session;
mod sqlite;
mod tallies;
mod turns;
mod verify;
mod words;
mod words_index;
mod write;

pub use accounts::{Account, SessionKind, SignedIn};
pub use bare::Bare;
pub use drafts::Draft;
pub use editions::Edition;
pub use fault::{Fault, Lack};
pub use follow::address as publication_address;
pub use import::NotImported;
pub use lists::{ListFilter, MatterRow, Order, Page, Readership, Standing, Valid};
pub use mails::Mail;
pub use matters::{Reach, Reached};
pub use outbox::{Claimed, Failing};
pub use publications::Published;
pub use rebuild::{Placed, Rebuilt};
pub use tallies::{Counted, ReadWith, Tally, WholeTally};
pub use turns::{Desk, DeskCount, DeskRow};
pub use verify::{Finding, Verified, Wrong, verify};
pub use write::{Appended, NotAppended, OutboxItem, Projection, Referring, Turn, Write};

use session::Session;
use std::{path::PathBuf, sync::Arc};

/// The record and its projections; cloning it gives another hold on the same.
#[derive(Clone)]
pub struct Store {
    database: Database,
    recent: Arc<recent::Recent>,
}

#[derive(Clone)]
enum Database {
    Sqlite(Arc<sqlite::Sqlite>),
    Postgres(postgres::Postgres),
}

impl Store {
    /// Opens the record, creates it where there is none, and brings it up to date.
    ///
    /// `sqlite:PATH` (in tests `sqlite:PATH?max_pages=N` bounds the file) or `postgres://…`.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when it cannot be reached or was written by a newer edition of this software.
    pub async fn open(url: &str) -> Result<Store, Fault> {
        let database = if let Some(path) = url.strip_prefix("sqlite:") {
            let (path, max_pages) = match path.split_once("?max_pages=") {
                Some((path, pages)) => (path, Some(pages.parse().map_err(|_| no_address(url))?)),
                None => (path, None),
            };
            let path = PathBuf::from(path);
            let open = move || sqlite::Sqlite::open(path, max_pages, migrations::run);
            let opened = tokio::task::spawn_blocking(open).await.map_err(Fault::unsound)?;
            Database::Sqlite(Arc::new(opened?))
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Database::Postgres(postgres::Postgres::open(url, migrations::run).await?)
        } else {
            return Err(no_address(url));
        };
        Ok(Store { database, recent: Arc::default() })
    }

    /// Does some work without waiting for the disk after each act, and waits for all of it at the end: for a story
    /// that is played into a new record and can be played again. Only embedded; PostgreSQL waits as ever.
    ///
    /// # Errors
    /// [`Fault`]: what was kept may not be on the disk.
    pub async fn without_waiting<T>(&self, work: impl Future<Output = T>) -> Result<T, Fault> {
        let Database::Sqlite(sqlite) = &self.database else { return Ok(work.await) };
        sqlite.wait_for_disk(false)?;
        let done = work.await;
        sqlite.wait_for_disk(true)?;
        Ok(done)
    }

    /// How many questions this process has asked of any record so far, for measurements: that a page
    /// asks no more of them the more rows it shows.
    pub fn questions_asked(&self) -> u64 {
        session::questions_asked()
    }

    async fn read<T, F>(&self, ask: F) -> Result<T, Fault>
    where
        F: Fn(&dyn Session) -> Result<T, Fault> + Send + 'static,
        T: Send + 'static,
    {
        match &self.database {
            Database::Sqlite(sqlite) => sqlite.read(ask).await,
            Database::Postgres(postgres) => postgres.read(ask).await,
        }
    }

    /// Like [`Store::read`], for a few rows found by their keys.
    async fn glance<T, F>(&self, ask: F) -> Result<T, Fault>
    where
        F: Fn(&dyn Session) -> Result<T, Fault> + Send + 'static,
        T: Send + 'static,
    {
        match &self.database {
            Database::Sqlite(sqlite) => sqlite.glance(ask).await,
            Database::Postgres(postgres) => postgres.read(ask).await,
        }
    }

    async fn write<T, E, F>(&self, change: F) -> Result<T, E>
    where
        F: Fn(&dyn Session) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        match &self.database {
            Database::Sqlite(sqlite) => sqlite.write(change).await,
            Database::Postgres(postgres) => postgres.write(change).await,
        }
    }
}

/// Says only the scheme: the rest may hold a password.
fn no_address(url: &str) -> Fault {
    let scheme = url.split(':').next().unwrap_or_default();
    Fault::unavailable(Lack::Address, format!("{scheme}:… is neither sqlite:PATH nor postgres://…"))
}
