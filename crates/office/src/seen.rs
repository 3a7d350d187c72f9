//! What of the desk is new to a person: matters in which something was done since their page was shown.
//!
//! Judges nothing and is no part of the record.

use crate::{Fault, Office};
use facts::{Matter, MatterId, PersonId};
use std::collections::BTreeSet;

impl Office {
    /// Keeps that a person was shown a matter as it stands. Where that cannot be kept, the matter is shown all the
    /// same, and stays new.
    pub async fn saw(&self, person: &PersonId, matter: &Matter) {
        if let Err(fault) = self.keep_seen(person, matter).await {
            tracing::warn!(record.fault = %fault, "it was not kept that a matter was seen");
        }
    }

    async fn keep_seen(&self, person: &PersonId, matter: &Matter) -> Result<(), Fault> {
        match self.store().unseen_by(person, &[matter.id]).await?.is_empty() {
            true => Ok(()),
            false => self.store().put_seen(person, matter.id, matter.version).await,
        }
    }

    /// Those of these matters in which something was done that a person was not shown.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn unseen(&self, person: &PersonId, matters: &[MatterId]) -> Result<BTreeSet<MatterId>, Fault> {
        match matters.is_empty() {
            true => Ok(BTreeSet::new()),
            false => self.store().unseen_by(person, matters).await,
        }
    }
}
