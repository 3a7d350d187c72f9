//! The rulebook of Dalian and the calendar, read from their files.

#![expect(clippy::disallowed_methods, reason = "tests read the rulebook from its folder")]

use cityhall_rules::{
    engine::Edition,
    rulebook::{Problem, Severity, SourceFile},
};
use facts::{Calendar, calendar::CalendarData};
use std::{fs, path::Path};

const RULEBOOKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rulebooks");

/// Every file of the rulebook's folder, by its path inside it.
pub fn files() -> Vec<SourceFile> {
    let folder = Path::new(RULEBOOKS).join("dalian-2019");
    let mut files = vec![];
    gather(&folder, &folder, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn gather(folder: &Path, root: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).expect("the rulebook's folder is there") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            gather(&path, root, files);
        } else {
            let inside = path.strip_prefix(root).expect("what was found in a folder is in it");
            let text = fs::read_to_string(&path).expect("a rulebook is text");
            files.push(SourceFile { path: inside.to_string_lossy().replace('\\', "/"), text });
        }
    }
}

/// The compiled rulebook; panics with every problem where it has errors.
pub fn edition(files: &[SourceFile]) -> Edition {
    let (edition, problems) = Edition::read(files);
    let errors: Vec<Problem> = problems.into_iter().filter(|one| one.severity == Severity::Error).collect();
    match edition {
        Some(edition) if errors.is_empty() => edition,
        _ => panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

/// The working-day calendar.
pub fn calendar() -> Calendar {
    let path = Path::new(RULEBOOKS).join("calendar/china.toml");
    let text = fs::read_to_string(path).expect("the calendar is there");
    let data: CalendarData = toml::from_str(&text).expect("the calendar is written as TOML");
    Calendar::new(data).expect("the calendar has no problems")
}
