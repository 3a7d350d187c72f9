//! Reading what the record says of the directory.
//!
//! Invariant: version and entries given together belong together.

use crate::{
    Fault, Store, follow,
    session::{given, sql},
};
use facts::Entry;

impl Store {
    /// The directory's version and everything said of it, in order. The version is the running
    /// number of the last entry; 0 when nothing was said.
    pub async fn directory(&self) -> Result<(u64, Vec<Entry>), Fault> {
        self.read(|session| {
            let mut version = 0;
            let entries = session.each(sql!("directory_entries"), given![], |mut row| {
                version = row.number()?;
                row.json()
            })?;
            Ok((version, entries))
        })
        .await
    }

    /// The directory's version alone.
    pub async fn directory_version(&self) -> Result<u64, Fault> {
        self.glance(follow::directory_version).await
    }
}
