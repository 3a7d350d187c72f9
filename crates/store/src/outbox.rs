//! What is still to be told outside: put in with the act it follows from, drained by the worker.
//!
//! Must not know what is told or how. Invariant: an item is told at least once; a worker that dies
//! with an item leaves it to another after [`LEASE`].

use crate::{
    Fault, OutboxItem, Store,
    session::{Session, given, json, sql},
};
use facts::CommandId;
use jiff::{SignedDuration, Timestamp};

/// How long a claimed item is kept from other workers.
const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// An item claimed by a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Its name: the command it follows from and which of the command's items it is.
    pub item: String,
    pub kind: String,
    pub body: serde_json::Value,
    /// How often it was claimed, this time included.
    pub attempts: u32,
}

/// What could not be told so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failing {
    pub items: u64,
    /// When the first of them is tried again.
    pub retry_at: Option<Timestamp>,
}

impl Store {
    /// Claims items that are due, the oldest first, so that no other worker gets them meanwhile.
    pub async fn outbox_claim(&self, now: Timestamp, limit: u32) -> Result<Vec<Claimed>, Fault> {
        let until = now.saturating_add(LEASE).map_err(Fault::unsound)?;
        let mut claimed = self
            .write(move |session| {
                session.each(sql!("outbox_claim"), given![now, until, limit], |mut row| {
                    Ok(Claimed { item: row.text()?, kind: row.text()?, body: row.json()?, attempts: row.count()? })
                })
            })
            .await?;
        claimed.sort_by(|one, other| one.item.cmp(&other.item));
        Ok(claimed)
    }

    /// The item was told.
    pub async fn outbox_done(&self, item: &str) -> Result<(), Fault> {
        let item = item.to_owned();
        self.write(move |session| session.run(sql!("outbox_done"), given![&item]).map(|_| ())).await
    }

    /// The item could not be told and is to be tried again.
    pub async fn outbox_failed(&self, item: &str, error: &str, retry_at: Timestamp) -> Result<(), Fault> {
        let (item, error) = (item.to_owned(), error.to_owned());
        self.write(move |session| session.run(sql!("outbox_failed"), given![&item, &error, retry_at]).map(|_| ())).await
    }

    /// Puts in what follows from no act, such as a daily reminder. `command` names it.
    pub async fn outbox_insert(&self, command: CommandId, items: Vec<OutboxItem>) -> Result<(), Fault> {
        self.write(move |session| tell(session, command, &items)).await
    }

    /// What could not be told so far.
    pub async fn outbox_failing(&self) -> Result<Failing, Fault> {
        self.read(|session| {
            let row = session.row(sql!("outbox_failing"), &[])?;
            row.map_or(Ok(Failing { items: 0, retry_at: None }), |mut row| {
                Ok(Failing { items: row.number()?, retry_at: row.optional_parsed()? })
            })
        })
        .await
    }
}

/// Puts in the items of a command.
pub(crate) fn tell(session: &dyn Session, command: CommandId, items: &[OutboxItem]) -> Result<(), Fault> {
    for (n, OutboxItem { kind, body, due_at }) in items.iter().enumerate() {
        // Six digits, so that the items of a command sort as they were given.
        let item = format!("{command}/{n:06}");
        session.run(sql!("outbox_insert"), given![item, kind, json(body), *due_at])?;
    }
    Ok(())
}
