//! The files of the project as text, and what is found in them.
//!
//! Only this module reads the disk. Its invariant: paths are relative to the root, with `/`.

use crate::rust_source::RustSource;
use anyhow::{Context, ensure};
use std::fmt;
use std::path::Path;
use std::process::Command;

/// One text file.
#[derive(Debug)]
pub struct File {
    pub path: String,
    pub text: String,
    /// What a file in Rust consists of.
    pub rust: Option<RustSource>,
}

/// All files that are, or would be, under version control.
#[derive(Debug)]
pub struct Tree {
    pub files: Vec<File>,
    /// The paths of those that are no text, such as pictures.
    pub others: Vec<String>,
}

/// Something that breaks a house rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub path: String,
    /// Counted from 1.
    pub line: usize,
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

impl File {
    fn new(path: String, text: String) -> File {
        let rust = path.ends_with(".rs").then(|| RustSource::of(&text));
        File { path, text, rust }
    }

    /// A finding at a line of this file, counted from 1.
    pub fn finding(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, message: message.into() }
    }

    /// The lines with their numbers, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(at, line)| (at + 1, line))
    }

    /// The first line that holds `part`, or the first line of all.
    pub fn line_of(&self, part: &str) -> usize {
        self.lines().find(|(_, line)| line.contains(part)).map_or(1, |(number, _)| number)
    }

    /// Whether one of the folders, or the file without its ending, has one of these names.
    pub fn is_within(&self, names: &[&str]) -> bool {
        let path = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        path.split('/').any(|part| names.contains(&part))
    }

    /// Whether the whole file is there to test, show or measure.
    pub fn is_test(&self) -> bool {
        self.is_within(&["tests", "examples", "benches"])
    }
}

impl Tree {
    /// Reads the files that git knows or would take in; of those that are not text only the path is kept.
    pub fn of_checkout(root: &Path) -> anyhow::Result<Tree> {
        let listing = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git lists the files to look at and could not be started")?;
        let said = String::from_utf8_lossy(&listing.stderr);
        ensure!(listing.status.success(), "git could not list the files: {said}");
        let names = String::from_utf8(listing.stdout).context("a file name is not UTF-8")?;
        let mut names: Vec<&str> = names.split('\0').filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let read = |name: &str| std::fs::read(root.join(name)).ok();
        let text = |name| read(name).and_then(|bytes| String::from_utf8(bytes).ok());
        let mut tree = Tree { files: vec![], others: vec![] };
        for name in names.into_iter().filter(|name| root.join(name).exists()) {
            match text(name) {
                Some(text) => tree.files.push(File::new(name.into(), text)),
                None => tree.others.push(name.into()),
            }
        }
        Ok(tree)
    }

    /// A tree of a test.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Tree {
        let file = |(path, text): &(&str, &str)| File::new((*path).into(), (*text).into());
        Tree { files: files.iter().map(file).collect(), others: vec![] }
    }

    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The files in Rust with what they consist of.
    pub fn rust(&self) -> impl Iterator<Item = (&File, &RustSource)> {
        self.files.iter().filter_map(|file| Some((file, file.rust.as_ref()?)))
    }

    /// The files whose path begins and ends so.
    pub fn under<'a>(&'a self, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a File> {
        let fits = move |file: &&File| file.path.starts_with(start) && file.path.ends_with(end);
        self.files.iter().filter(fits)
    }
}
