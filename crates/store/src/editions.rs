//! The editions of the rulebook that acts were judged by, kept so that an act can be judged again.
//!
//! Must not know what stands in them.

use crate::{
    Fault, Store,
    session::{Row, given, sql},
};
use facts::Digest;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An edition of the rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    pub hash: Digest,
    /// When this office first worked by it.
    pub seen_at: Timestamp,
    /// Its files as JSON, as they were given.
    pub files: String,
}

impl Store {
    /// Keeps an edition the first time it is seen.
    pub async fn edition_seen(&self, hash: Digest, at: Timestamp, files_json: &str) -> Result<(), Fault> {
        let files = files_json.to_owned();
        self.write(move |session| session.run(sql!("edition_insert"), given![hash, at, &files]).map(|_| ())).await
    }

    /// Every edition seen, the first one first.
    pub async fn editions(&self) -> Result<Vec<Edition>, Fault> {
        self.read(|session| session.each(sql!("editions_seen"), &[], |mut row| edition(&mut row))).await
    }

    /// One edition by its hash.
    pub async fn edition(&self, hash: Digest) -> Result<Option<Edition>, Fault> {
        self.read(move |session| {
            session.row(sql!("edition_by_hash"), given![hash])?.map(|mut row| edition(&mut row)).transpose()
        })
        .await
    }
}

fn edition(row: &mut Row) -> Result<Edition, Fault> {
    Ok(Edition { hash: row.parsed()?, seen_at: row.parsed()?, files: row.text()? })
}
