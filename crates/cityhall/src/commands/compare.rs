//! `cityhall rules compare`: the same questions put to several rulebooks, and their answers in a table.

use crate::{folder, output::say};
use anyhow::{Context, Result};
use facts::Calendar;
use rules::{
    cases::questions::{self, Question},
    engine::Edition,
    rulebook::SourceFile,
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The answer of every rulebook that a question does not name.
const OTHERS: &str = "others";

/// A rulebook by the name of its folder.
struct Asked {
    name: String,
    edition: Edition,
    files: Vec<SourceFile>,
}

pub fn compare(file: &Path, folders: &[PathBuf], calendar: &Path) -> Result<ExitCode> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let path = file.display().to_string();
    let read = SourceFile::of_bytes(&path, bytes).map_err(|problem| vec![problem]);
    let found = match read.and_then(|file| questions::questions(&file)) {
        Ok(found) => found,
        Err(problems) => {
            problems.iter().for_each(say);
            return Ok(ExitCode::from(1));
        }
    };
    let calendar = folder::calendar(calendar)?;
    let asked = folders.iter().map(|folder| asked(folder)).collect::<Result<Vec<Asked>>>()?;
    let mut wrong = 0;
    for question in &found {
        say(format_args!("{}", question.name));
        for rulebook in &asked {
            let (line, as_written) = line(rulebook, question, &calendar)?;
            wrong += usize::from(!as_written);
            say(line);
        }
        let is_asked = |name: &&String| asked.iter().any(|one| one.name == **name) || *name == OTHERS;
        let unknown = question.answers.keys().filter(|name| !is_asked(name));
        unknown.for_each(|name| say(format_args!("  ?     {name} was not asked")));
    }
    let answers = found.len() * asked.len();
    say(format_args!(
        "{} questions, {} rulebooks: {} of {answers} answers as written",
        found.len(),
        asked.len(),
        answers - wrong
    ));
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn asked(folder: &Path) -> Result<Asked> {
    let edition = folder::usable_edition(folder)?;
    let whole = folder.canonicalize().with_context(|| format!("cannot read {}", folder.display()))?;
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Asked { name, edition, files: folder::read(folder)? })
}

/// The answer of a rulebook, and whether it is the one that the file says.
fn line(asked: &Asked, question: &Question, calendar: &Calendar) -> Result<(String, bool)> {
    let answer = questions::ask(&asked.edition, calendar, &asked.files, question)?;
    let written = question.answers.get(&asked.name).or_else(|| question.answers.get(OTHERS));
    let name = &asked.name;
    Ok(match written {
        Some(written) if *written == answer => (format!("  ok    {name}: {answer}"), true),
        Some(written) => (format!("  FAIL  {name}: {answer}\n        and should be: {written}"), false),
        None => (format!("  FAIL  {name}: {answer}\n        and nothing is written of it"), false),
    })
}
