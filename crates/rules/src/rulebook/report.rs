//! Collects problems, each with its place, its source line and the nearest valid name.
//!
//! Knows nothing of the format. Invariant: a place always names a line, and nothing reported is lost.

use super::{Place, Problem, Severity, SourceFile, nearest};
use std::collections::{BTreeMap, BTreeSet};

/// The problems found so far, and the lines that they quote.
pub(super) struct Report<'a> {
    lines: BTreeMap<&'a str, Vec<&'a str>>,
    problems: Vec<Problem>,
}

impl<'a> Report<'a> {
    /// An empty report on these files.
    pub fn new(files: &'a [SourceFile]) -> Report<'a> {
        let lines = files.iter().map(|file| (file.path.as_str(), file.text.lines().collect()));
        Report { lines: lines.collect(), problems: vec![] }
    }

    /// Something that makes the rulebook unusable.
    pub fn error(&mut self, at: &Place, message: impl Into<String>) {
        self.add(Severity::Error, at, message.into());
    }

    /// Something that is probably not meant.
    pub fn warning(&mut self, at: &Place, message: impl Into<String>) {
        self.add(Severity::Warning, at, message.into());
    }

    /// A name that is not one of those it can be: `no field "aplicant" in Leave; nearest: applicant`.
    pub fn unknown<'n>(
        &mut self,
        at: &Place,
        message: impl Into<String>,
        wrong: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) {
        self.add(Severity::Error, at, with_nearest(message.into(), wrong, names));
    }

    /// Whether anything makes the rulebook unusable.
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many things make the rulebook unusable.
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// All problems, in the order of files and lines.
    pub fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        let mut told = BTreeSet::new();
        self.problems.retain(|problem| told.insert((problem.file.clone(), problem.line, problem.message.clone())));
        self.problems
    }

    fn add(&mut self, severity: Severity, at: &Place, message: String) {
        let source = self.lines.get(at.file.as_str()).and_then(|lines| lines.get(at.line.saturating_sub(1)));
        let source = source.map_or("", |line| line.trim()).to_owned();
        let (file, line) = (at.file.clone(), at.line.max(1));
        self.problems.push(Problem { severity, file, line, source, message });
    }
}

/// The message with the nearest name, if any is near.
pub(super) fn with_nearest<'n>(message: String, wrong: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    match nearest(wrong, names) {
        Some(name) => format!("{message}; nearest: {name}"),
        None => message,
    }
}

/// Counts lines of a text by the offsets of their beginnings.
pub(super) struct LineIndex(Vec<usize>);

impl LineIndex {
    /// The index of a text.
    pub fn new(text: &str) -> LineIndex {
        let begins = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        LineIndex([0].into_iter().chain(begins).collect())
    }

    /// The line of an offset, 1 for the first.
    pub fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|begin| *begin <= offset).max(1)
    }
}
