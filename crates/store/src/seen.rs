//! Up to which version each person has seen a matter.
//!
//! No part of the record. Invariant: what was seen stays seen; an older page that comes late takes nothing back.

use crate::{
    Fault, Store,
    session::{given, json, sql},
};
use facts::{MatterId, PersonId};
use std::collections::BTreeSet;

impl Store {
    /// Keeps that a person has seen a matter up to a version.
    ///
    /// # Errors
    /// [`Fault`]; what was seen before stays.
    pub async fn put_seen(&self, person: &PersonId, matter: MatterId, version: u32) -> Result<(), Fault> {
        let person = person.clone();
        self.write(move |session| session.run(sql!("seen_put"), given![person.as_str(), matter, version]).map(|_| ()))
            .await
    }

    /// Those of these matters in which something was done that a person has not seen.
    pub async fn unseen_by(&self, person: &PersonId, matters: &[MatterId]) -> Result<BTreeSet<MatterId>, Fault> {
        let (person, matters) = (person.clone(), json(&matters));
        let unseen = self.glance(move |session| {
            session.each(sql!("unseen_by_person"), given![&matters, person.as_str()], |mut row| row.parsed())
        });
        Ok(unseen.await?.into_iter().collect())
    }
}
