//! Cases: scenarios beside the rulebook that state what it allows and what it refuses.
//!
//! `text` reads the files, `plan` holds them (with `values` and `must`) against the rulebook, `play` carries them out in a
//! [`World`](crate::world::World), `expect` compares. Knows no kind, post or article by name. Invariant:
//! a case passes only if every one of its acts was granted or refused as it says, for the reasons it says.

mod book;
mod contrast;
mod coverage;
mod days;
mod expect;
mod explain;
pub mod founding;
mod must;
mod plan;
mod play;
pub mod questions;
mod text;
mod values;

pub use book::{CaseBook, ToldAct, ToldCase};
pub use contrast::{Contrast, Differs, contrasts};
pub use coverage::Covered;
pub use days::ShownDeadline;

use crate::{
    engine::Edition,
    rulebook::{BASE, Place, Problem, Severity, SourceFile},
    world::{NoZone, World},
};
use facts::{Calendar, Directory};

/// The file of the people and bodies of the scenarios.
pub const ORGANISATION: &str = "cases/organisation.toml";
/// The file of the requirements that no case can show, with the reason of each.
pub const WITHOUT_CASE: &str = "cases/without-case.toml";

/// What the cases of a rulebook showed.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What is wrong with the case files themselves; a case with an error is not run.
    pub problems: Vec<Problem>,
    /// In reading order.
    pub cases: Vec<CaseResult>,
    /// Every requirement of the rulebook, in reading order.
    pub coverage: Vec<Covered>,
    /// Every deadline of the rulebook, in reading order.
    pub deadlines: Vec<ShownDeadline>,
}

/// How one case came out.
#[derive(Clone, Debug)]
pub struct CaseResult {
    pub name: String,
    pub place: Place,
    /// Requirement numbers.
    pub covers: Vec<String>,
    pub passed: bool,
    /// Where and why it failed, with every reason of an unexpected refusal.
    pub failure: Option<String>,
}

impl Report {
    /// Whether every case could be read, was run, and passed.
    pub fn passed(&self) -> bool {
        self.cases.iter().all(|case| case.passed)
            && self.problems.iter().all(|problem| problem.severity != Severity::Error)
    }
}

/// Runs all cases among the files of a rulebook; files elsewhere are left alone.
pub fn run(edition: &Edition, calendar: &Calendar, files: &[SourceFile]) -> Report {
    let mut problems = vec![];
    let Some((directory, cases)) = planned(edition, files, &mut problems) else {
        return Report { problems, ..Report::default() };
    };
    let ends = play::play(edition, calendar, &directory, &cases).unwrap_or_else(|no_zone| {
        problems.push(Problem { message: no_zone.to_string(), ..absent_organisation() });
        vec![]
    });
    let results = if ends.is_empty() { vec![] } else { play::results(&cases, &ends) };
    let deadlines = days::deadlines(&edition.rulebook, calendar, files, &ends);
    let coverage = coverage::coverage(&edition.rulebook, &cases, files, &mut problems);
    Report { problems, cases: results, coverage, deadlines }
}

/// The office in the middle and at the end of every case that passed, with its name, for going on from
/// there.
///
/// # Errors
/// The rulebook's zone is unknown to this machine.
pub fn stages<'e>(
    edition: &'e Edition,
    calendar: &Calendar,
    files: &[SourceFile],
) -> Result<Vec<(String, World<'e>)>, NoZone> {
    let Some((directory, cases)) = planned(edition, files, &mut vec![]) else { return Ok(vec![]) };
    let ends = play::play(edition, calendar, &directory, &cases)?;
    let passed = cases.iter().zip(ends).filter_map(|(case, end)| Some((case, end.ok()?)));
    let stages = passed.flat_map(|(case, end)| {
        [end.midway, Some(end.world)].into_iter().flatten().map(|world| (case.name.clone(), world))
    });
    Ok(stages.collect())
}

/// The office of the cases in which nothing has happened yet; `None` where it cannot be read.
pub fn empty<'e>(edition: &'e Edition, calendar: &Calendar, files: &[SourceFile]) -> Option<World<'e>> {
    let directory = founding::parse_directory(organisation(files)?, &edition.rulebook).ok()?;
    World::new(edition, calendar.clone(), directory).ok()
}

/// The people and bodies of the cases, and what is to be played.
fn planned(
    edition: &Edition,
    files: &[SourceFile],
    problems: &mut Vec<Problem>,
) -> Option<(Directory, Vec<plan::Case>)> {
    let read = text::read(files, problems);
    let directory = match organisation(files) {
        Some(file) => founding::parse_directory(file, &edition.rulebook),
        None => Err(vec![absent_organisation()]),
    };
    let directory = directory.map_err(|more| problems.extend(more)).ok()?;
    let cases = plan::plan(&edition.rulebook, &directory, &read, problems);
    Some((directory, cases))
}

/// The people and bodies of the cases; of an overlay that has none, those of its base.
fn organisation(files: &[SourceFile]) -> Option<&SourceFile> {
    let of_base = format!("{BASE}{ORGANISATION}");
    let find = |path: &str| files.iter().find(|file| file.path == path);
    find(ORGANISATION).or_else(|| find(&of_base))
}

fn absent_organisation() -> Problem {
    Problem {
        severity: Severity::Error,
        file: ORGANISATION.into(),
        line: 1,
        source: String::new(),
        message: "there is no file of the people and bodies of the cases".into(),
    }
}
