//! The embedded database: one connection that writes, with group commit, and a pool of readers.
//!
//! Who finds the pen free writes where it stands, since waking another thread takes as long as a
//! small commit; who does not leaves the write to the writer, which keeps all that wait in one commit.
//! Knows how to run statements, not what they are about.
//! Invariants: a writer's answer is given after the commit that keeps it is on the disk, but while
//! [`Sqlite::wait_for_disk`] says otherwise; one write
//! that fails undoes itself and no other of its group; when the commit fails, none of the group is kept.

use crate::{
    Fault,
    fault::Lack,
    log,
    session::{Cell, Dialect, Given, Lock, Question, Row, Session, count_question, sql},
};
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, TryLockError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    runtime::{Handle, RuntimeFlavor},
    sync::{Semaphore, mpsc, oneshot},
};

/// Writes that may wait for the writer; a further one waits to be let in.
const WAITING_WRITES_MAX: usize = 1024;
/// Writes in one commit.
const GROUP_MAX: usize = 256;
/// A commit that others of the same thread can wait for.
const QUICK: Duration = Duration::from_millis(1);
/// How long it is waited for others to let go of the log.
const LOG_IN_USE_MAX: Duration = Duration::from_secs(5);
/// Statements kept prepared per connection: more than there are files under `sql/`.
const PREPARED_MAX: usize = 160;

/// Runs one write, or hears why none can be run; then hears whether the commit was kept.
type Job = Box<dyn FnOnce(Result<Group<'_>, Fault>) -> Delivery + Send>;
type Delivery = Box<dyn FnOnce(Result<(), Fault>)>;

/// The transaction of a group of writes.
#[derive(Clone, Copy)]
struct Group<'a> {
    connection: &'a Connection,
    /// The group is one write, which is undone with the transaction.
    alone: bool,
}

pub(crate) struct Sqlite {
    pen: Arc<Pen>,
    writer: mpsc::Sender<Job>,
    readers: Arc<Readers>,
}

/// The one connection that writes.
struct Pen {
    connection: Mutex<Connection>,
    /// Writes left to the writer that are in no commit yet: nobody goes before them.
    waiting: AtomicUsize,
    /// The last commit kept several writes. Where many write, commits of their own would take the
    /// disk from those that can be shared.
    crowded: AtomicBool,
    /// The last commit was so quick that to hand this thread's tasks to another would have taken as long.
    quick: AtomicBool,
}

struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    permits: Semaphore,
}

impl Sqlite {
    /// Opens or creates the file, `prepare` it (migrations), and starts the writer.
    /// `max_pages` bounds the file, for tests of a full disk.
    pub fn open(
        path: PathBuf,
        max_pages: Option<u32>,
        prepare: impl FnOnce(&dyn Session) -> Result<(), Fault>,
    ) -> Result<Sqlite, Fault> {
        keep_to_ourselves(&path)?;
        let mut connection = Connection::open(&path)?;
        connection.execute_batch(&sql!("sqlite/open_writer").sqlite)?;
        connection.set_prepared_statement_cache_capacity(PREPARED_MAX);
        plan_once(&connection)?;
        if let Some(max_pages) = max_pages {
            connection.pragma_update(None, "max_page_count", max_pages)?;
        }
        let opened = &Conversation(&connection);
        opened.script(&sql!("sqlite/begin_writing").sqlite)?;
        prepare(opened)?;
        opened.script(&sql!("commit").sqlite)?;
        let of_log = path.clone();
        log::carry_over(&mut connection, move || open_beside(&of_log))?;
        let pen = Arc::new(Pen {
            connection: Mutex::new(connection),
            waiting: AtomicUsize::new(0),
            crowded: AtomicBool::new(false),
            quick: AtomicBool::new(false),
        });
        let (writer, jobs) = mpsc::channel(WAITING_WRITES_MAX);
        let of_writer = pen.clone();
        std::thread::Builder::new()
            .name("record".to_owned())
            .spawn(move || of_writer.write_all(jobs))
            .map_err(|error| Fault::unavailable(Lack::Access, error))?;
        let readers = std::thread::available_parallelism().map_or(4, |n| n.get() * 4);
        let readers = Readers { path, idle: Mutex::new(vec![]), permits: Semaphore::new(readers) };
        Ok(Sqlite { pen, writer, readers: Arc::new(readers) })
    }

    /// Runs `change` at once or in the next group; the answer comes when it is on the disk.
    pub async fn write<T, E, F>(&self, change: F) -> Result<T, E>
    where
        F: FnOnce(&dyn Session) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |group| {
            let outcome = match group {
                Ok(group) => one_write(group, change),
                Err(fault) => Err(fault.into()),
            };
            Box::new(move |kept| {
                // What was decided beside writes that were not kept is not an answer.
                let _gone = answer.send(kept.map_err(E::from).and(outcome));
            })
        });
        let stopped = || E::from(Fault::unavailable(Lack::Access, "the writer has stopped"));
        if let Some(job) = self.pen.at_once(job) {
            let place = self.writer.reserve().await.map_err(|_| stopped())?;
            self.pen.waiting.fetch_add(1, Ordering::Relaxed);
            place.send(job);
        }
        answered.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Whether commits from now on wait for the disk; when they do again, all that was kept before is on it.
    ///
    /// # Errors
    /// [`Fault`]: the disk is full or failing, or somebody read for so long that the log could not be carried over.
    pub fn wait_for_disk(&self, wait: bool) -> Result<(), Fault> {
        let connection = self.pen.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let session = Conversation(&connection);
        if !wait {
            return session.script(&sql!("sqlite/wait_not_for_disk").sqlite);
        }
        session.script(&sql!("sqlite/wait_for_disk").sqlite)?;
        let begun = Instant::now();
        loop {
            let mut rows = session.rows(sql!("sqlite/carry_log_over"), &[])?;
            match rows.pop().map_or(Ok(false), |mut row| row.yes())? {
                false => return Ok(()),
                true if begun.elapsed() > LOG_IN_USE_MAX => {
                    return Err(Fault::unavailable(Lack::Lock, "the log is being read"));
                }
                // Whoever carries the log over beside the writer is done in a moment.
                true => std::thread::sleep(QUICK),
            }
        }
    }

    /// Runs `ask` on a reader; all its questions see the record at one instant.
    pub async fn read<T, F>(&self, ask: F) -> Result<T, Fault>
    where
        F: FnOnce(&dyn Session) -> Result<T, Fault> + Send + 'static,
        T: Send + 'static,
    {
        let readers = self.readers.clone();
        let _permit = self.readers.permits.acquire().await.expect("the semaphore is never closed");
        let answer = tokio::task::spawn_blocking(move || readers.ask(ask));
        answer.await.unwrap_or_else(|error| Err(Fault::unsound(error)))
    }

    /// Reads a few rows by their keys where it stands: to hand that to another thread and to wait for
    /// it takes longer than the answer. The pen, if it is free, knows the pages last written; any other
    /// connection reads them anew after every commit.
    pub async fn glance<T>(&self, ask: impl FnOnce(&dyn Session) -> Result<T, Fault>) -> Result<T, Fault> {
        if let Some(connection) = self.pen.free() {
            return at_one_instant(&connection, ask);
        }
        let _permit = self.readers.permits.acquire().await.expect("the semaphore is never closed");
        self.readers.ask(ask)
    }
}

impl Readers {
    fn ask<T>(&self, ask: impl FnOnce(&dyn Session) -> Result<T, Fault>) -> Result<T, Fault> {
        let connection = self.take()?;
        let answer = at_one_instant(&connection, ask);
        if !connection.is_autocommit() {
            return answer;
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        answer
    }

    fn take(&self) -> Result<Connection, Fault> {
        if let Some(connection) = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            return Ok(connection);
        }
        let connection = open_beside(&self.path)?;
        plan_once(&connection)?;
        connection.set_prepared_statement_cache_capacity(PREPARED_MAX);
        Ok(connection)
    }
}

/// A further connection, which writes nothing but what stands in the log.
fn open_beside(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch(&sql!("sqlite/open_reader").sqlite)?;
    Ok(connection)
}

/// Reads within one transaction, which is over in any case, also in a panic.
fn at_one_instant<T>(connection: &Connection, ask: impl FnOnce(&dyn Session) -> Result<T, Fault>) -> Result<T, Fault> {
    let session = Conversation(connection);
    session.run(sql!("begin"), &[])?;
    let begun = Begun(&session);
    let answer = ask(&session);
    drop(begun);
    answer
}

struct Begun<'a>(&'a Conversation<'a>);

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        if self.0.run(sql!("commit"), &[]).is_err() {
            let _undone = self.0.run(sql!("rollback"), &[]);
        }
    }
}

impl Pen {
    /// The connection, if nobody writes or waits for it, nor several just did.
    fn free(&self) -> Option<MutexGuard<'_, Connection>> {
        if self.crowded.load(Ordering::Relaxed) || self.waiting.load(Ordering::Relaxed) > 0 {
            return None;
        }
        match self.connection.try_lock() {
            Ok(connection) => Some(connection),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// Keeps a write in a commit of its own if the pen is free; else gives it back.
    fn at_once(&self, job: Job) -> Option<Job> {
        let of_many = |runtime: Handle| runtime.runtime_flavor() == RuntimeFlavor::MultiThread;
        if !Handle::try_current().is_ok_and(of_many) {
            return Some(job);
        }
        let Some(connection) = self.free() else { return Some(job) };
        let begun = Instant::now();
        match self.quick.load(Ordering::Relaxed) {
            true => keep(connection, vec![job]),
            // The disk is waited for: others of this thread's tasks go on elsewhere.
            false => tokio::task::block_in_place(|| keep(connection, vec![job])),
        }
        self.quick.store(begun.elapsed() < QUICK, Ordering::Relaxed);
        None
    }

    /// The writer's life: takes what waits, keeps it in one commit, answers.
    fn write_all(&self, mut jobs: mpsc::Receiver<Job>) {
        while let Some(first) = jobs.blocking_recv() {
            let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
            let mut group = vec![first];
            while group.len() < GROUP_MAX
                && let Ok(job) = jobs.try_recv()
            {
                group.push(job);
            }
            self.waiting.fetch_sub(group.len(), Ordering::Relaxed);
            self.crowded.store(group.len() > 1, Ordering::Relaxed);
            keep(connection, group);
        }
    }
}

/// Keeps a group in one commit, gives the pen back, answers.
fn keep(connection: MutexGuard<'_, Connection>, group: Vec<Job>) {
    let (deliveries, kept) = write_group(&connection, group);
    drop(connection);
    if let Err(fault) = &kept {
        tracing::error!(record.fault = %fault, record.writes = deliveries.len(), "a group of writes was not kept");
    }
    for deliver in deliveries {
        deliver(kept.clone());
    }
}

fn write_group(connection: &Connection, group: Vec<Job>) -> (Vec<Delivery>, Result<(), Fault>) {
    let session = Conversation(connection);
    let mut kept = session.run(sql!("sqlite/begin_writing"), &[]).map(|_| ());
    let mut deliveries = Vec::with_capacity(group.len());
    let alone = group.len() == 1;
    for job in group {
        deliveries.push(job(kept.clone().map(|()| Group { connection, alone })));
        if kept.is_ok() && connection.is_autocommit() {
            // A full or failing disk can end the whole transaction at any statement.
            kept = Err(Fault::unavailable(Lack::Room, "the transaction was given up by the database"));
        }
    }
    if kept.is_ok() {
        kept = session.run(sql!("commit"), &[]).map(|_| ());
    }
    if !connection.is_autocommit() {
        let undone = session.run(sql!("rollback"), &[]);
        kept = kept.and(undone.map(|_| ()));
    }
    (deliveries, kept)
}

/// Runs one write of a group so that it can be undone alone.
fn one_write<T, E: From<Fault>>(
    Group { connection, alone }: Group<'_>,
    change: impl FnOnce(&dyn Session) -> Result<T, E>,
) -> Result<T, E> {
    let session = Conversation(connection);
    if !alone {
        session.run(sql!("sqlite/write_begin"), &[])?;
    }
    let outcome = catch_unwind(AssertUnwindSafe(|| change(&session)))
        .unwrap_or_else(|_| Err(Fault::unsound("a write panicked").into()));
    match (alone, connection.is_autocommit(), &outcome) {
        (_, true, _) | (true, false, Ok(_)) => {}
        (true, false, Err(_)) => {
            session.run(sql!("rollback"), &[])?;
            session.run(sql!("sqlite/begin_writing"), &[])?;
        }
        (false, false, outcome) => {
            if outcome.is_err() {
                session.run(sql!("sqlite/write_undo"), &[])?;
            }
            session.run(sql!("sqlite/write_keep"), &[])?;
        }
    }
    outcome
}

/// A new record is readable by nobody but the account the server runs under.
fn keep_to_ourselves(path: &Path) -> Result<(), Fault> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|error| Fault::unavailable(Lack::Access, error))
}

/// The plan of a question does not depend on what is given, so it is never planned anew.
fn plan_once(connection: &Connection) -> Result<(), Fault> {
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

struct Conversation<'a>(&'a Connection);

impl Session for Conversation<'_> {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }
    fn rows(&self, question: &Question, given: &[Given<'_>]) -> Result<Vec<Row>, Fault> {
        count_question();
        let mut statement = self.0.prepare_cached(&question.sqlite)?;
        let columns = statement.column_count();
        let mut answer = statement.query(rusqlite::params_from_iter(given))?;
        let mut rows = vec![];
        while let Some(row) = answer.next()? {
            let cells = (0..columns).map(|column| cell(row.get_ref(column)?));
            rows.push(Row::new(cells.collect::<Result<_, Fault>>()?));
        }
        Ok(rows)
    }
    fn run(&self, question: &Question, given: &[Given<'_>]) -> Result<u64, Fault> {
        count_question();
        let changed = self.0.prepare_cached(&question.sqlite)?.execute(rusqlite::params_from_iter(given))?;
        Ok(changed as u64)
    }
    fn insert(&self, question: &Question, given: &[Given<'_>]) -> Result<u64, Fault> {
        self.run(question, given)?;
        u64::try_from(self.0.last_insert_rowid()).map_err(Fault::unsound)
    }
    fn script(&self, text: &str) -> Result<(), Fault> {
        Ok(self.0.execute_batch(text)?)
    }
    fn lock(&self, _: Lock) -> Result<(), Fault> {
        Ok(())
    }
}

fn cell(value: ValueRef<'_>) -> Result<Cell, Fault> {
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Number(number),
        ValueRef::Text(text) => Cell::Text(std::str::from_utf8(text).map_err(Fault::unsound)?.to_owned()),
        other => return Err(Fault::unsound(format!("a value of type {}", other.data_type()))),
    })
}

impl rusqlite::ToSql for Given<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(rusqlite::types::ToSqlOutput::Borrowed(match self {
            Given::Null => ValueRef::Null,
            Given::Text(text) => ValueRef::Text(text.as_bytes()),
            Given::Number(number) => ValueRef::Integer(*number),
        }))
    }
}
