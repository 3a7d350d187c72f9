//! What somebody typed into a form and could not send yet, kept for them until it is sent.
//!
//! No part of the record and no act. Invariant: it is shown to the account alone that typed it.

use crate::{Fault, Office};
use jiff::SignedDuration;
use store::Draft;

/// What is older is not shown any more.
const KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Names and texts of a form, in the order in which they were sent.
pub type Pairs = Vec<(String, String)>;

impl Office {
    /// Keeps what an account typed for a place, instead of what it typed there before.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn keep_begun(&self, login: &str, place: &str, pairs: &Pairs) -> Result<(), Fault> {
        let draft = serde_json::json!(pairs);
        self.store().draft_put(login, Draft { place: place.to_owned(), draft, saved: self.now() }).await
    }

    /// What an account typed for a place and has not sent yet.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn begun(&self, login: &str, place: &str) -> Result<Option<Pairs>, Fault> {
        let draft = self.store().draft(login, place).await?;
        let recent = draft.filter(|draft| self.now().duration_since(draft.saved) < KEPT);
        Ok(recent.and_then(|draft| serde_json::from_value(draft.draft).ok()))
    }

    /// Throws away what is not shown any more; how many. For the worker.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn forget_old_begun(&self) -> Result<u64, Fault> {
        match self.now().checked_sub(KEPT) {
            Ok(until) => self.store().drafts_delete_old(until).await,
            Err(_) => Ok(0),
        }
    }

    /// Throws away what was kept for a place.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn forget_begun(&self, login: &str, place: &str) -> Result<(), Fault> {
        self.store().draft_delete(login, place).await
    }
}
