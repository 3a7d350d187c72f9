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
