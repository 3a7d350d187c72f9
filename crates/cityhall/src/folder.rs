//! Reads rulebooks and calendars from folders.

use crate::{
    seal,
    sentence::{self, Sentence},
};
use anyhow::{Context, Result, bail};
use facts::{Calendar, calendar::CalendarData};
use rules::{
    engine::Edition,
    rulebook::{BASE, OVERLAY, PROVED, Problem, Severity, SourceFile},
};
use std::path::{Path, PathBuf};

/// More is no rulebook that anybody reads.
const FILE_BYTES_MAX: u64 = 4 << 20;

/// All files of a rulebook's folder that carry law or cases, in the order of their paths.
///
/// # Errors
/// With every file that cannot be read.
pub fn read(folder: &Path) -> Result<Vec<SourceFile>> {
    let (files, problems) = gather(folder)?;
    if !problems.is_empty() {
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        bail!("the rulebook in {} cannot be read:\n{}", folder.display(), said.join("\n"));
    }
    Ok(files)
}

/// The files that can be read, and a problem for each that cannot.
fn gather(folder: &Path) -> Result<(Vec<SourceFile>, Vec<Problem>)> {
    if !folder.is_dir() {
        bail!(Sentence::new("command-no-rulebook").with("folder", folder.display()));
    }
    let root = folder.canonicalize().with_context(|| format!("cannot read {}", folder.display()))?;
    let mut gathering = Gathering { root: folder, files: vec![], problems: vec![] };
    gathering.folder(folder, &[root])?;
    let Gathering { mut files, mut problems, .. } = gathering;
    if let Some(base) = base_of(folder, &files)? {
        let (of_base, more) = gather(&base)?;
        if of_base.iter().any(|file| file.path == OVERLAY) {
            bail!(Sentence::new("command-overlay-of-overlay").with("folder", base.display()));
        }
        let under = |path: &str| format!("{BASE}{path}");
        let of_base = of_base.into_iter().filter(|file| file.path != PROVED);
        files.extend(of_base.map(|file| SourceFile { path: under(&file.path), text: file.text }));
        problems.extend(more.into_iter().map(|one| Problem { file: under(&one.file), ..one }));
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    problems.sort_by(|one, other| one.file.cmp(&other.file));
    Ok((files, problems))
}

/// The folder of the rulebook that an overlay is of.
fn base_of(folder: &Path, files: &[SourceFile]) -> Result<Option<PathBuf>> {
    #[derive(serde::Deserialize)]
    struct Overlay {
        of: Option<PathBuf>,
    }
    let Some(file) = files.iter().find(|file| file.path == OVERLAY) else { return Ok(None) };
    // What is wrong with the file is said with its line when the rulebook is read.
    let Ok(Overlay { of: Some(of) }) = toml::from_str(&file.text) else { return Ok(None) };
    let base = folder.join(of);
    if !base.is_dir() {
        bail!(Sentence::new("command-no-rulebook").with("folder", base.display()));
    }
    if base.canonicalize().ok() == folder.canonicalize().ok() {
        bail!(Sentence::new("command-overlay-of-overlay").with("folder", base.display()));
    }
    Ok(Some(base))
}

struct Gathering<'f> {
    root: &'f Path,
    files: Vec<SourceFile>,
    problems: Vec<Problem>,
}

impl Gathering<'_> {
    /// Takes in a folder; `above` holds it and all that lead to it.
    fn folder(&mut self, folder: &Path, above: &[PathBuf]) -> Result<()> {
        for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path: PathBuf = entry?.path();
            let carries = path.extension().is_some_and(|end| end == "md" || end == "toml");
            match (path.is_dir(), carries) {
                (true, true) => self.refuse(&path, "this is a folder, and a file should be here"),
                (true, false) => {
                    let found = path.canonicalize().with_context(|| format!("cannot read {}", path.display()))?;
                    if above.contains(&found) {
                        self.refuse(&path, "this folder leads back to one that it lies in");
                    } else {
                        self.folder(&path, &[above, &[found]].concat())?;
                    }
                }
                (false, true) => self.file(&path),
                (false, false) => {}
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) {
        let bytes = std::fs::metadata(path).map(|found| found.len());
        if let Some(bytes) = bytes.as_ref().ok().filter(|bytes| **bytes > FILE_BYTES_MAX) {
            let (found, most) = (bytes >> 20, FILE_BYTES_MAX >> 20);
            return self
                .refuse(path, &format!("{found} MB are more than a rulebook's file has; the most is {most} MB"));
        }
        match std::fs::read(path) {
            Ok(bytes) => match SourceFile::of_bytes(&self.inside(path), bytes) {
                Ok(file) => self.files.push(file),
                Err(problem) => self.problems.push(problem),
            },
            Err(error) => self.refuse(path, &format!("this cannot be read: {error}")),
        }
    }

    fn refuse(&mut self, path: &Path, message: &str) {
        let (file, source) = (self.inside(path), String::new());
        self.problems.push(Problem { severity: Severity::Error, file, line: 1, source, message: message.to_owned() });
    }

    /// The path inside the rulebook, with `/`.
    fn inside(&self, path: &Path) -> String {
        let inside = path.strip_prefix(self.root).unwrap_or(path);
        let parts: Vec<String> =
            inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        parts.join("/")
    }
}

/// The edition that a folder holds, with every problem, each with its line; nothing is taken for checked before.
pub fn edition(folder: &Path) -> Result<(Option<Edition>, Vec<Problem>)> {
    edition_read(folder, Edition::read)
}

fn edition_read(
    folder: &Path,
    read: impl Fn(&[SourceFile]) -> (Option<Edition>, Vec<Problem>),
) -> Result<(Option<Edition>, Vec<Problem>)> {
    let (files, problems) = gather(folder)?;
    if !problems.is_empty() {
        // Without these files the others seem to lack what they have.
        return Ok((None, problems));
    }
    Ok(read(&files))
}

/// An edition that can be put in force.
///
/// # Errors
/// With every problem of the rulebook, when it cannot be used.
pub fn usable_edition(folder: &Path) -> Result<Edition> {
    // Under a seal the policies were checked before, when it was written.
    let (edition, problems) =
        edition_read(folder, |files| Edition::read_known(files, |edition| seal::holds(edition, files)))?;
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
        .map_err(|_| Sentence::new("command-no-calendar").with("folder", folder.display()))?
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
    let text = std::fs::read_to_string(file)
        .with_context(|| Sentence::new("command-unreadable").with("file", file.display()))?;
    let data: CalendarData = toml::from_str(&text)
        .with_context(|| Sentence::new("command-no-calendar-file").with("file", file.display()))?;
    Ok(calendar.extend(data).map_err(|problems| sentence::in_calendar(file.display(), &problems))?)
}
