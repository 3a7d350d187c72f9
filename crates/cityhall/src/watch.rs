//! A rulebook or calendar changed under a running server: taken up when it checks, refused when not.
//!
//! Invariant: at every instant the edition in force is one that has been checked.

use crate::{
    configuration::{Configuration, remember},
    folder,
};
use facts::Digest;
use office::Office;
use rules::rulebook::SourceFile;
use std::{
    path::Path,
    time::{Duration, SystemTime},
};

/// How often the folders are looked at.
const LOOK_SECONDS: u64 = 2;

/// Looks at the folders for as long as the server runs.
pub async fn watch(office: Office, configuration: Configuration) {
    let mut rulebook = newest(&configuration.rulebook);
    let mut calendar = newest(&configuration.calendar);
    loop {
        tokio::time::sleep(Duration::from_secs(LOOK_SECONDS)).await;
        let now = newest(&configuration.rulebook);
        if now != rulebook {
            rulebook = now;
            take_up_rulebook(&office, &configuration.rulebook).await;
        }
        let now = newest(&configuration.calendar);
        if now != calendar {
            calendar = now;
            take_up_calendar(&office, &configuration.calendar);
        }
    }
}

async fn take_up_rulebook(office: &Office, path: &Path) {
    let path = path.to_owned();
    let read = tokio::task::spawn_blocking(move || {
        let files = folder::read(&path)?;
        anyhow::Ok((folder::usable_edition(&path)?, files))
    });
    let read = read.await.map_err(anyhow::Error::from).and_then(|read| read);
    let (edition, files): (_, Vec<SourceFile>) = match read {
        Ok(read) => read,
        Err(error) => {
            tracing::error!("the changed rulebook is refused, the one in force stays: {error:#}");
            return;
        }
    };
    let digest: Digest = edition.rulebook.digest;
    if digest == office.edition().rulebook.digest {
        return;
    }
    // An act under the new edition may be recorded only when its text is kept beside the record.
    match remember(office, digest, &files).await {
        Ok(()) => {
            office.put_in_force(edition);
            tracing::info!(edition = %digest.short(), "the changed rulebook is in force");
        }
        Err(error) => tracing::error!("the changed rulebook is not put in force: {error:#}"),
    }
}

fn take_up_calendar(office: &Office, path: &Path) {
    match folder::calendar(path) {
        Ok(calendar) => {
            office.put_calendar(calendar);
            tracing::info!("the changed calendar is in force");
        }
        Err(error) => tracing::error!("the changed calendar is refused, the one in force stays: {error:#}"),
    }
}

/// The newest change in a folder and the number of files, as far as both can be told.
fn newest(folder: &Path) -> (Option<SystemTime>, usize) {
    let (mut newest, mut files) = (None, 0);
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(data) = entry.metadata() else { continue };
            if data.is_dir() {
                folders.push(entry.path());
            }
            files += 1;
            newest = newest.max(data.modified().ok());
        }
    }
    (newest, files)
}
