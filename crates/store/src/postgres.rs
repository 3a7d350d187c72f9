//! PostgreSQL: a transaction a write, statements driven from blocking threads.
//!
//! Knows how to run statements, not what they are about.
//! Invariant: a connection whose transaction did not end well never goes back to the pool.

use crate::{
    Fault,
    fault::{Lack, WrongCell},
    session::{Cell, Dialect, Given, Lock, Question, Row, Session, count_question, sql},
};
use deadpool_postgres::{
    Manager, ManagerConfig, Object, Pool, PoolConfig, RecyclingMethod, Runtime, Timeouts,
    tokio_postgres::{self, NoTls, error::SqlState},
};
use std::{error::Error, time::Duration};
use tokio::runtime::Handle;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut};

/// Connections this process holds at most.
const CONNECTIONS_MAX: usize = 24;
/// How long a caller waits for a free connection.
const CONNECTION_WAIT: Duration = Duration::from_secs(10);
/// How long a server may leave what was sent unacknowledged.
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// How often a write that got in another's way is tried anew.
const TRIES_MAX: u32 = 12;

#[derive(Clone)]
pub(crate) struct Postgres {
    pool: Pool,
}

impl Postgres {
    /// Connects to the database of the URL and lets `prepare` bring it up to date.
    pub async fn open<F>(url: &str, prepare: F) -> Result<Postgres, Fault>
    where
        F: Fn(&dyn Session) -> Result<(), Fault> + Send + 'static,
    {
        let mut config: tokio_postgres::Config =
            url.parse().map_err(|error| Fault::unavailable(Lack::Address, error))?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECTION_WAIT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(SILENCE_MAX);
        }
        if config.get_options().is_none() {
            // Compiling a plan takes longer than any question asked here.
            config.options("-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c jit=off");
        }
        let manager = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let pool = Pool::builder(Manager::from_config(config, NoTls, manager))
            .config(PoolConfig {
                max_size: CONNECTIONS_MAX,
                timeouts: Timeouts { wait: Some(CONNECTION_WAIT), ..Timeouts::default() },
                ..PoolConfig::default()
            })
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| Fault::unavailable(Lack::Connection, error))?;
        let postgres = Postgres { pool };
        postgres.write(prepare).await?;
        Ok(postgres)
    }

    /// Runs `change` in one transaction, anew when another's transaction got in its way.
    pub async fn write<T, E, F>(&self, change: F) -> Result<T, E>
    where
        F: Fn(&dyn Session) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let mut change = change;
        for tried in 1.. {
            let client = self.pool.get().await.map_err(Fault::from)?;
            let attempt = tokio::task::spawn_blocking(move || {
                let (outcome, again) = in_transaction(client, &change);
                (change, outcome, again)
            });
            let (given_back, outcome, again) = attempt.await.map_err(Fault::unsound)?;
            if !again || tried == TRIES_MAX {
                return outcome;
            }
            change = given_back;
            tokio::time::sleep(Duration::from_millis(u64::from(tried * tried))).await;
        }
        unreachable!("the loop ends by returning")
    }

    /// Runs `ask`, once more on a new connection when the one it had was lost.
    pub async fn read<T, F>(&self, ask: F) -> Result<T, Fault>
    where
        F: Fn(&dyn Session) -> Result<T, Fault> + Send + 'static,
        T: Send + 'static,
    {
        let mut ask = ask;
        for tried in 1.. {
            let client = self.pool.get().await?;
            let attempt = tokio::task::spawn_blocking(move || {
                let session = Conversation::of(client);
                let outcome = ask(&session);
                (ask, outcome, session.client.is_closed())
            });
            let (given_back, outcome, lost) = attempt.await.map_err(Fault::unsound)?;
            if outcome.is_ok() || !lost || tried == 2 {
                return outcome;
            }
            ask = given_back;
        }
        unreachable!("the loop ends by returning")
    }
}

/// One transaction; whether it may be tried anew.
fn in_transaction<T, E: From<Fault>>(
    client: Object,
    change: &impl Fn(&dyn Session) -> Result<T, E>,
) -> (Result<T, E>, bool) {
    let session = Transaction { session: Some(Conversation::of(client)) };
    let outcome = session.begun().script(sql!("begin").postgres.as_str()).map_err(E::from).and_then(|()| {
        let outcome = change(session.begun())?;
        session.begun().script(sql!("commit").postgres.as_str())?;
        Ok(outcome)
    });
    let again = outcome.is_err() && session.begun().again.get();
    session.end(outcome.is_ok());
    (outcome, again)
}

/// Sees to it that the connection is given up unless the transaction ended, also in a panic.
struct Transaction {
    session: Option<Conversation>,
}

impl Transaction {
    fn begun(&self) -> &Conversation {
        self.session.as_ref().expect("the session is taken only at the end")
    }
    fn end(mut self, committed: bool) {
        if committed || self.begun().script(sql!("rollback").postgres.as_str()).is_ok() {
            self.session = None;
        }
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            drop(Object::take(session.client));
        }
    }
}

struct Conversation {
    client: Object,
    handle: Handle,
    /// A statement failed in a way that another try may mend.
    again: std::cell::Cell<bool>,
}

impl Conversation {
    fn of(client: Object) -> Conversation {
        Conversation { client, handle: Handle::current(), again: std::cell::Cell::new(false) }
    }

    fn heard<T>(&self, answer: Result<T, tokio_postgres::Error>) -> Result<T, Fault> {
        answer.map_err(|error| {
            let again = match error.code() {
                Some(code) => [
                    &SqlState::T_R_SERIALIZATION_FAILURE,
                    &SqlState::T_R_DEADLOCK_DETECTED,
                    &SqlState::UNIQUE_VIOLATION,
                    &SqlState::ADMIN_SHUTDOWN,
                ]
                .contains(&code),
                None => error.is_closed(),
            };
            self.again.set(again);
            error.into()
        })
    }
}

impl Session for Conversation {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }
    fn rows(&self, question: &Question, given: &[Given<'_>]) -> Result<Vec<Row>, Fault> {
        count_question();
        let parameters: Vec<&(dyn ToSql + Sync)> = given.iter().map(|given| given as _).collect();
        let rows = self.handle.block_on(async {
            let statement = self.client.prepare_cached(&question.postgres).await?;
            self.client.query(&statement, &parameters).await
        });
        self.heard(rows)?.iter().map(read_row).collect()
    }
    fn run(&self, question: &Question, given: &[Given<'_>]) -> Result<u64, Fault> {
        count_question();
        let parameters: Vec<&(dyn ToSql + Sync)> = given.iter().map(|given| given as _).collect();
        self.heard(self.handle.block_on(async {
            let statement = self.client.prepare_cached(&question.postgres).await?;
            self.client.execute(&statement, &parameters).await
        }))
    }
    fn insert(&self, question: &Question, given: &[Given<'_>]) -> Result<u64, Fault> {
        let session: &dyn Session = self;
        session.number(question, given)
    }
    fn script(&self, text: &str) -> Result<(), Fault> {
        self.heard(self.handle.block_on(self.client.batch_execute(text)))
    }
    fn lock(&self, lock: Lock) -> Result<(), Fault> {
        let question = match lock {
            Lock::Appending => sql!("postgres/lock_appending"),
            Lock::Record => sql!("postgres/lock_record"),
            Lock::DirectoryRead => sql!("postgres/lock_directory_read"),
            Lock::Directory => sql!("postgres/lock_directory"),
        };
        self.rows(question, &[]).map(|_| ())
    }
}

fn read_row(row: &tokio_postgres::Row) -> Result<Row, Fault> {
    let cells = (0..row.len()).map(|column| row.try_get::<_, Cell>(column));
    Ok(Row::new(cells.collect::<Result<_, _>>()?))
}

impl<'a> FromSql<'a> for Cell {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Cell, Box<dyn Error + Sync + Send>> {
        Ok(match *ty {
            Type::INT8 => Cell::Number(i64::from_sql(ty, raw)?),
            Type::INT4 => Cell::Number(i32::from_sql(ty, raw)?.into()),
            _ => Cell::Text(String::from_sql(ty, raw)?),
        })
    }
    fn from_sql_null(_: &Type) -> Result<Cell, Box<dyn Error + Sync + Send>> {
        Ok(Cell::Null)
    }
    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::INT4) || <String as FromSql>::accepts(ty)
    }
}

impl ToSql for Given<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, ty) {
            (Given::Null, _) => Ok(IsNull::Yes),
            (Given::Number(number), &Type::INT8) => number.to_sql(ty, out),
            (Given::Text(text), &Type::TEXT) => text.as_ref().to_sql(ty, out),
            (_, ty) => Err(Box::new(WrongCell(ty.to_string()))),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    tokio_postgres::types::to_sql_checked!();
}
