//! Reads rulebooks and calendars from folders.

use crate::mistake::Mistake;
use anyhow::{Context, Result, bail};
use facts::{Calendar, calendar::CalendarData};
use rules::{
    engine::Edition,
    rulebook::{Problem, SourceFile},
};
use std::path::{Path, PathBuf};

/// All files of a rulebook's folder that carry law or cases, in the order of their paths.
pub fn read(folder: &Path) -> Result<Vec<SourceFile>> {
    if !folder.is_dir() {
        bail!(Mistake::new("command-no-rulebook").with("folder", folder.display()));
    }
    let mut files = vec![];
    collect(folder, folder, &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path: PathBuf = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
            continue;
        }
        let carries = path.extension().is_some_and(|end| end == "md" || end == "toml");
        if !carries {
            continue;
        }
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let Ok(text) = String::from_utf8(bytes) else { bail!("{} is not a text in UTF-8", path.display()) };
        let inside = path.strip_prefix(root).unwrap_or(&path);
        let inside: Vec<String> =
            inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        files.push(SourceFile { path: inside.join("/"), text });
    }
    Ok(())
}

/// The edition that a folder holds, with every problem.
pub fn edition(folder: &Path) -> Result<(Option<Edition>, Vec<Problem>)> {
    Ok(Edition::read(&read(folder)?))
}

/// An edition that can be put in force.
///
/// # Errors
/// With every problem of the rulebook, when it cannot be used.
pub fn usable_edition(folder: &Path) -> Result<Edition> {
    let (edition, problems) = edition(folder)?;
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    edition.with_context(|| {
        format!("the rulebook in {} is not put in force; mend this first:\n{}", folder.display(), said.join("\n"))
    })
}

/// The calendar of a folder's files, in the order of their names.
///
/// # Errors
/// When a file cannot be read or contradicts itself or another.
pub fn calendar(folder: &Path) -> Result<Calendar> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|_| Mistake::new("command-no-calendar").with("folder", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    let mut calendar = Calendar::default();
    for file in files {
        extend(&mut calendar, &file)?;
    }
    Ok(calendar)
}

/// Takes one more file into a calendar.
///
/// # Errors
/// When it cannot be read or does not fit; the calendar is then as before.
pub fn extend(calendar: &mut Calendar, file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let data: CalendarData = toml::from_str(&text).with_context(|| format!("{} is not a calendar", file.display()))?;
    calendar.extend(data).map_err(|problems| {
        let said: Vec<String> = problems.iter().map(|problem| format!("{}: {problem}", file.display())).collect();
        anyhow::anyhow!("{}", said.join("\n"))
    })
}
