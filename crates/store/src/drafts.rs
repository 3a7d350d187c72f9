//! What a person has typed and not yet sent, by the place it belongs to.
//!
//! No part of the record: a draft is replaced and thrown away at will.

use crate::{
    Fault, Store,
    session::{given, json, sql},
};
use jiff::Timestamp;

/// Something begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub place: String,
    pub draft: serde_json::Value,
    pub saved: Timestamp,
}

impl Store {
    /// Keeps a draft in place of the one before.
    pub async fn draft_put(&self, login: &str, draft: Draft) -> Result<(), Fault> {
        let login = login.to_owned();
        self.write(move |session| {
            let Draft { place, draft, saved } = &draft;
            session.run(sql!("draft_put"), given![&login, place, json(draft), *saved]).map(|_| ())
        })
        .await
    }

    /// The draft at a place.
    pub async fn draft(&self, login: &str, place: &str) -> Result<Option<Draft>, Fault> {
        let (login, place) = (login.to_owned(), place.to_owned());
        self.read(move |session| {
            let row = session.row(sql!("draft_at"), given![&login, &place])?;
            row.map(|mut row| Ok(Draft { place: place.clone(), draft: row.json()?, saved: row.parsed()? })).transpose()
        })
        .await
    }

    /// Everything a person has begun, the last saved first.
    pub async fn drafts(&self, login: &str) -> Result<Vec<Draft>, Fault> {
        let login = login.to_owned();
        self.read(move |session| {
            session.each(sql!("drafts_of_login"), given![&login], |mut row| {
                Ok(Draft { place: row.text()?, draft: row.json()?, saved: row.parsed()? })
            })
        })
        .await
    }

    /// Throws away what was saved at an instant or before; how many.
    pub async fn drafts_delete_old(&self, until: Timestamp) -> Result<u64, Fault> {
        self.write(move |session| session.run(sql!("drafts_old_delete"), given![until])).await
    }

    /// Throws a draft away.
    pub async fn draft_delete(&self, login: &str, place: &str) -> Result<(), Fault> {
        let (login, place) = (login.to_owned(), place.to_owned());
        self.write(move |session| session.run(sql!("draft_delete"), given![&login, &place]).map(|_| ())).await
    }
}
