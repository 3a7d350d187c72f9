//! A rulebook or calendar changed under a running server: taken up when it checks, refused when not.
//!
//! Whoever looks at the rulebook's page reads that it was refused, and why. Invariant: at every
//! instant the edition in force is one that has been checked.

use crate::{
    configuration::{Configuration, remember},
    folder, proofs, sentence,
};
use facts::{Digest, Label};
use rules::{
    engine::Edition,
    rulebook::{Severity, SourceFile},
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};
use web::{OnDisk, Refused, Web};

/// How often the folders are looked at.
const LOOK_SECONDS: u64 = 2;

/// Looks at the folders for as long as the server runs.
pub async fn watch(web: Web, configuration: Configuration) {
    let mut rulebook = state(&configuration.rulebook);
    let mut calendar = state(&configuration.calendar);
    loop {
        tokio::time::sleep(Duration::from_secs(LOOK_SECONDS)).await;
        let now = state(&configuration.rulebook);
        if now != rulebook {
            rulebook = now;
            take_up_rulebook(&web, &configuration.rulebook).await;
        }
        let now = state(&configuration.calendar);
        if now != calendar {
            calendar = now;
            take_up_calendar(&web, &configuration.calendar);
        }
    }
}

async fn take_up_rulebook(web: &Web, path: &Path) {
    let office = &web.office;
    let (edition, files) = match read(path).await {
        Ok(read) => read,
        Err(refused) => {
            tracing::error!(
                rulebook.problem = refused.first.en,
                "the changed rulebook is refused, the one in force stays"
            );
            web.note(OnDisk::Rulebook, Some(Refused { at: office.now(), ..refused }));
            return;
        }
    };
    let digest: Digest = edition.rulebook.digest;
    if digest == office.edition().rulebook.digest {
        web.note(OnDisk::Rulebook, None);
        return;
    }
    if !matches!(office.store().edition(digest).await, Ok(Some(_))) {
        let problems = proofs::failing(&edition, &files).await;
        if let Some(first) = problems.first() {
            let first = first.to_string();
            tracing::error!(rulebook.problem = first, "the changed rulebook is refused, the one in force stays");
            web.note(OnDisk::Rulebook, Some(refused(office.now(), Label::same(first), problems.len())));
            return;
        }
    }
    // An act under the new edition may be recorded only when its text is kept beside the record.
    match remember(office.store(), office.now(), digest, &files).await {
        Ok(()) => {
            office.put_in_force(edition);
            web.note(OnDisk::Rulebook, None);
            tracing::info!(edition = %digest.short(), "the changed rulebook is in force");
        }
        Err(error) => {
            tracing::error!("the changed rulebook is not put in force: {error:#}");
            web.note(OnDisk::Rulebook, Some(refused(office.now(), sentence::label(&error), 1)));
        }
    }
}

fn refused(at: jiff::Timestamp, first: Label, problems: usize) -> Refused {
    Refused { at, first, problems }
}

/// The edition in a folder with the files it was read from, or the first of its problems.
async fn read(path: &Path) -> Result<(Edition, Vec<SourceFile>), Refused> {
    let path = path.to_owned();
    let unread = |error: Label| refused(jiff::Timestamp::UNIX_EPOCH, error, 1);
    let read = tokio::task::spawn_blocking(move || {
        let files = folder::read(&path)?;
        anyhow::Ok((Edition::read(&files), files))
    });
    let read = read.await.map_err(|error| unread(Label::same(error.to_string())))?;
    let ((edition, problems), files) = read.map_err(|error| unread(sentence::label(&error)))?;
    let mut errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let first = errors.next().map(|problem| format!("{}:{}: {}", problem.file, problem.line, problem.message));
    edition
        .map(|edition| (edition, files))
        .ok_or_else(|| refused(jiff::Timestamp::UNIX_EPOCH, Label::same(first.unwrap_or_default()), 1 + errors.count()))
}

fn take_up_calendar(web: &Web, path: &Path) {
    match folder::calendar(path) {
        Ok(calendar) => {
            web.office.put_calendar(calendar);
            web.note(OnDisk::Calendar, None);
            tracing::info!("the changed calendar is in force");
        }
        Err(error) => {
            let first = sentence::label(&error);
            tracing::error!(calendar.problem = first.en, "the changed calendar is refused, the one in force stays");
            web.note(OnDisk::Calendar, Some(refused(web.office.now(), first, 1)));
        }
    }
}

/// Every file in a folder with its last change and its length, as far as they can be told.
fn state(folder: &Path) -> BTreeMap<PathBuf, (Option<SystemTime>, u64)> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(data) = entry.metadata() else { continue };
            if data.is_dir() {
                folders.push(entry.path());
            }
            files.insert(entry.path(), (data.modified().ok(), data.len()));
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use office::{Clock, Office, Store};
    use std::fs;

    fn copied(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap().flatten() {
            let target = to.join(entry.file_name());
            match entry.path().is_dir() {
                true => copied(&entry.path(), &target),
                false => assert!(fs::copy(entry.path(), target).unwrap() > 0),
            }
        }
    }

    #[tokio::test]
    async fn a_refused_rulebook_is_noted_with_its_first_problem_until_it_is_mended() {
        let folder = tempfile::tempdir().unwrap();
        let book: PathBuf = folder.path().join("book");
        copied(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/tests/rulebooks/mini"), &book);
        let store = Store::open(&format!("sqlite:{}", folder.path().join("office.db").display())).await.unwrap();
        let edition = folder::usable_edition(&book).unwrap();
        let web = Web::new(Office::new(store, edition, facts::Calendar::default(), Clock::Machine));
        let in_force = web.office.edition().rulebook.digest;
        let chapter = book.join("02-leave.md");
        let sound = fs::read_to_string(&chapter).unwrap();
        fs::write(&chapter, sound.replacen("start = true", "strat = true", 1)).unwrap();
        take_up_rulebook(&web, &book).await;
        let refused = web.refused().remove(&OnDisk::Rulebook).unwrap();
        let first = &refused.first.en;
        assert!(first.starts_with("02-leave.md:") && first.contains("strat"), "{refused:?}");
        assert!(refused.problems >= 1 && web.office.edition().rulebook.digest == in_force);
        fs::write(&chapter, sound).unwrap();
        take_up_rulebook(&web, &book).await;
        assert!(web.refused().is_empty());
    }

    #[tokio::test]
    async fn a_refused_calendar_is_noted_in_both_languages_until_it_is_mended() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.path().join("office.db").display())).await.unwrap();
        let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rules/tests/rulebooks/mini");
        let edition = folder::usable_edition(&book).unwrap();
        let web = Web::new(Office::new(store, edition, facts::Calendar::default(), Clock::Machine));
        let calendar = folder.path().join("calendar");
        fs::create_dir(&calendar).unwrap();
        let file = calendar.join("2031.toml");
        let names = "[names.spring]\nen = \"Spring Festival\"\nzh = \"春节\"\n";
        let year = |worked: &str| {
            format!(
                "{names}[[year]]\nyear = 2031\nholiday = [{{ name = \"spring\", from = \"2031-01-22\", to = \"2031-01-28\", worked = [\"{worked}\"] }}]\n"
            )
        };
        fs::write(&file, year("2031-02-05")).unwrap();
        take_up_calendar(&web, &calendar);
        let first = web.refused().remove(&OnDisk::Calendar).unwrap().first;
        assert!(first.en.ends_with("2031-02-05 is worked, but is no Saturday or Sunday"), "{first:?}");
        assert!(first.zh.ends_with("2031-02-05 列为调休上班，但不是周六或周日"), "{first:?}");
        fs::write(&file, year("2031-02-08")).unwrap();
        take_up_calendar(&web, &calendar);
        assert!(web.refused().is_empty() && web.office.calendar().years().any(|year| year.year == 2031));
    }
}
