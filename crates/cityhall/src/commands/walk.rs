//! `cityhall rules walk`: random people take steps in matters of every kind, and the laws of the engine are
//! checked at each.

use crate::{
    folder,
    output::say,
    sentence::{Sentence, or_none},
};
use anyhow::{Context, Result, bail};
use facts::KindId;
use rules::{
    cases,
    walk::{self, Driven},
};
use std::{path::Path, process::ExitCode, time::Instant};

pub fn walk(path: &Path, calendar: &Path, only: Option<&str>, times: usize, seed: u64) -> Result<ExitCode> {
    let files = folder::read(path)?;
    let edition = folder::usable_edition(path)?;
    let calendar = folder::calendar(calendar)?;
    let stages = cases::stages(&edition, &calendar, &files)?;
    let empty = cases::empty(&edition, &calendar, &files).context(Sentence::new("command-walk-people"))?;
    let kinds: Vec<KindId> = edition.rulebook.kinds.iter().map(|kind| kind.id.clone()).collect();
    let kinds = match only {
        None => kinds,
        Some(only) => match kinds.iter().find(|kind| kind.as_str() == only) {
            Some(kind) => vec![kind.clone()],
            None => {
                let near = rules::rulebook::nearest(only, kinds.iter().map(KindId::as_str));
                bail!(Sentence::new("command-no-kind").with("kind", only).with("near", or_none(near)));
            }
        },
    };
    let begun = Instant::now();
    let told = |Driven { kind, driven, closed, closed_in_case }: &Driven| {
        let case = if *closed == 0 && *closed_in_case { "  (a case brings one to the end)" } else { "" };
        say(format_args!("  {:<20} {driven:>6} driven  {closed:>6} to the end{case}", kind.as_str()));
    };
    let drives = match walk::drives(&stages, &empty, &kinds, times, seed, told) {
        Ok(drives) => drives,
        Err(broken) => {
            say(format_args!("FAIL {broken}"));
            return Ok(ExitCode::from(1));
        }
    };
    let driven: usize = drives.kinds.iter().map(|one| one.driven).sum();
    let closed: usize = drives.kinds.iter().map(|one| one.closed).sum();
    let never: Vec<&str> = drives.kinds.iter().filter(|one| !one.ends()).map(|one| one.kind.as_str()).collect();
    say(format_args!(
        "{driven} matters of {} kinds driven, {closed} to the end; {} acts, {} refusals, in {:.1} s",
        kinds.len(),
        drives.acts,
        drives.refusals,
        begun.elapsed().as_secs_f32()
    ));
    if !never.is_empty() {
        say(format_args!("never to the end: {}", never.join(", ")));
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use facts::{CommandId, MatterId};
    use office::{Answer, Clock, Office, Store, Submitted};
    use rules::world::World;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    fn root() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    /// What lists and desks hold of some matters.
    async fn kept(office: &Office, ids: &[MatterId]) -> (BTreeMap<MatterId, Vec<String>>, Vec<String>) {
        let turns = office.turns_of(ids).await.unwrap();
        let said = turns.into_iter().map(|(id, turns)| {
            let mut turns: Vec<String> = turns.iter().map(|turn| format!("{turn:?}")).collect();
            turns.sort();
            (id, turns)
        });
        let mut rows: Vec<String> =
            office.store().rows_of(ids).await.unwrap().iter().map(|row| format!("{row:?}")).collect();
        rows.sort();
        (said.collect(), rows)
    }

    /// Every kind that people can open is driven once; what was taken in memory is taken in a record on disk, which
    /// then verifies, holds the same events, and gives the same lists and desks when they are derived from it anew.
    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_walked_is_recorded_verified_and_rebuilt_the_same() {
        let (path, calendar) = (root().join("rulebooks/dalian-2019"), root().join("rulebooks/calendar"));
        let files = folder::read(&path).unwrap();
        let edition = folder::usable_edition(&path).unwrap();
        let calendar = folder::calendar(&calendar).unwrap();
        let empty: World<'_> = cases::empty(&edition, &calendar, &files).unwrap();
        let folder = tempfile::TempDir::new().unwrap();
        let openable = edition.rulebook.kinds.iter().filter(|kind| kind.starts().next().is_some());
        let mut recorded = 0;
        for (nth, kind) in openable.enumerate().filter(|(nth, _)| nth % 3 == 0) {
            let drive = walk::drive(empty.clone(), &kind.id, 7 + nth as u64).unwrap();
            let database = format!("sqlite:{}", folder.path().join(format!("{nth}.db")).display());
            let store = Store::open(&database).await.unwrap();
            let begin = empty.instant("2019-04-10".parse().unwrap(), 0).unwrap();
            let usable = folder::usable_edition(&path).unwrap();
            let office = Office::new(store, usable, calendar.clone(), Clock::set_at(begin));
            crate::configuration::remember(office.store(), begin, edition.rulebook.digest, &files).await.unwrap();
            office.found(empty.directory.clone(), CommandId::new(Uuid::now_v7())).await.unwrap();
            for (now, command, answer) in &drive.walked {
                office.clock().move_to(*now);
                let submitted = Submitted { command: command.clone(), seen: None, beside: vec![] };
                let done = office.carry_out(submitted).await.unwrap();
                match answer {
                    Ok(_) => assert!(matches!(done, Answer::Done { .. }), "{}.{}: {done:?}", kind.id, command.step),
                    Err(_) => assert!(!matches!(done, Answer::Done { .. }), "{}.{}", kind.id, command.step),
                }
            }
            let ids: Vec<MatterId> = drive.world.matters.keys().copied().collect();
            for id in &ids {
                let in_memory = drive.world.events.iter().filter(|event| event.act.matter == *id);
                let on_disk = office.store().events(*id).await.unwrap();
                assert!(in_memory.eq(on_disk.iter()), "{} of {}", id, kind.id);
            }
            office.project_all_open().await.unwrap();
            let before = kept(&office, &ids).await;
            let mut export: Vec<u8> = vec![];
            office.store().export(&mut export).await.unwrap();
            assert_eq!(store::verify(&export[..]).findings, [], "{}", kind.id);
            office.store().rebuild_from_events().await.unwrap();
            office.project_everything().await.unwrap();
            assert_eq!(kept(&office, &ids).await, before, "{}", kind.id);
            recorded += ids.len();
        }
        assert!(recorded > 20, "{recorded} matters were recorded");
    }
}
