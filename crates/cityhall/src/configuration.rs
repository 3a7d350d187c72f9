//! Where the record, the rulebook and the calendar are: flags, or the environment.

use crate::{folder, proofs, sentence::Sentence};
use anyhow::{Context, Result, bail};
use clap::Args;
use facts::Digest;
use jiff::Timestamp;
use office::{Clock, Office, Store};
use rules::rulebook::{SourceFile, is_law};
use std::path::{Path, PathBuf};

#[derive(Args, Clone)]
pub struct Configuration {
    /// `sqlite:PATH` or `postgres://USER@HOST/DATABASE`
    #[arg(long, env = "CITYHALL_DATABASE", default_value = "sqlite:cityhall.db", global = true)]
    pub database: String,
    /// Folder of the rulebook in force
    #[arg(long, env = "CITYHALL_RULEBOOK", default_value = "rulebooks/dalian-2019", global = true)]
    pub rulebook: PathBuf,
    /// Folder of the working-day calendar
    #[arg(long, env = "CITYHALL_CALENDAR", default_value = "rulebooks/calendar", global = true)]
    pub calendar: PathBuf,
}

impl Configuration {
    /// The record that there is.
    ///
    /// # Errors
    /// When there is none: a mistyped path never becomes an empty office.
    pub async fn store(&self) -> Result<Store> {
        let file = self.database.strip_prefix("sqlite:").map(Path::new);
        if let Some(file) = file.filter(|file| !file.exists()) {
            bail!(Sentence::new("command-no-record").with("file", file.display()));
        }
        let store = self.store_or_new().await?;
        if store.directory_version().await? == 0 {
            bail!(Sentence::new("command-no-record").with("file", shown(&self.database)));
        }
        Ok(store)
    }

    /// Whether there is no file of a record yet.
    pub fn is_new(&self) -> bool {
        self.database.strip_prefix("sqlite:").is_some_and(|file| !Path::new(file).exists())
    }

    /// The record, made where there is none.
    pub async fn store_or_new(&self) -> Result<Store> {
        Store::open(&self.database)
            .await
            .with_context(|| Sentence::new("command-record-shut").with("record", shown(&self.database)))
    }

    /// The office over the record, under the rulebook, by the machine's clock.
    ///
    /// # Errors
    /// When the rulebook has an error: a broken rulebook never runs an office.
    pub async fn office(&self) -> Result<Office> {
        self.office_over(self.store().await?).await
    }

    /// The office over a record, as [`Configuration::office`].
    pub async fn office_over(&self, store: Store) -> Result<Office> {
        let files = folder::read(&self.rulebook)?;
        let edition = folder::usable_edition(&self.rulebook)?;
        proofs::hold_over(&store, &edition, &files).await?;
        let digest = edition.rulebook.digest;
        let calendar = folder::calendar(&self.calendar)?;
        let office = Office::new(store, edition, calendar, Clock::Machine);
        remember(office.store(), office.now(), digest, &files).await?;
        Ok(office)
    }
}

/// Keeps the text of an edition beside the record, so that every act can be read with its law.
pub async fn remember(store: &Store, now: Timestamp, digest: Digest, files: &[SourceFile]) -> Result<()> {
    let law = files.iter().filter(|file| is_law(&file.path));
    let law: std::collections::BTreeMap<&str, &str> =
        law.map(|file| (file.path.as_str(), file.text.as_str())).collect();
    store.edition_seen(digest, now, &serde_json::to_string(&law)?).await?;
    Ok(())
}

/// A database address without its password.
fn shown(address: &str) -> String {
    match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => address.to_owned(),
    }
}
