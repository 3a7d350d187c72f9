//! What is wrong with a rulebook, where, and what is probably meant.

use super::SourceFile;
use std::fmt;

/// Whether the rulebook can be used in spite of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// One finding: `05-decisions.md:42: no step "colect_comments" in Decision; nearest: collect_comments`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    pub file: String,
    /// 1 for the first line.
    pub line: usize,
    /// The line as it stands in the file.
    pub source: String,
    /// Lower case, no full stop.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}:{}: {word}: {}", self.file, self.line, self.message)?;
        if !self.source.is_empty() {
            write!(f, "\n    | {}", self.source)?;
        }
        Ok(())
    }
}

/// Adds the line that a problem speaks of, where it is not there yet.
pub fn quote(files: &[SourceFile], problems: &mut [Problem]) {
    for problem in problems.iter_mut().filter(|problem| problem.source.is_empty()) {
        let file = files.iter().find(|file| file.path == problem.file);
        let line = file.and_then(|file| file.text.lines().nth(problem.line.saturating_sub(1)));
        line.unwrap_or_default().trim().clone_into(&mut problem.source);
    }
}

/// The name nearest to a mistyped one, if any is near.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count() / 3)
        .min()
        .map(|(_, name)| name)
}
