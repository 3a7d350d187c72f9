//! Overlays: a folder that says only what differs from another rulebook, its base.
//!
//! The files of the base come with their paths under `base/`. An article that the overlay has, or does without,
//! is taken out of the base; settings and words of the overlay go before those of the base.
//! Invariant: what is left of the base keeps its lines.

use super::{
    SourceFile,
    headings::{self, Language},
    report::Report,
    tree::{Name, Node, Value, get},
};
use std::collections::BTreeSet;

/// The file that makes a folder an overlay.
pub const OVERLAY: &str = "overlay.toml";
/// Where the files of the base stand among those of an overlay.
pub const BASE: &str = "base/";

/// The path of a file inside its own folder.
pub(super) fn inside(path: &str) -> &str {
    path.strip_prefix(BASE).unwrap_or(path)
}

/// Whether a file is of the base.
pub(super) fn is_of_base(path: &str) -> bool {
    path.starts_with(BASE)
}

/// The files with every article of the base left blank that the overlay replaces or does without.
pub(super) fn lay(files: &[SourceFile], without: &BTreeSet<String>) -> Vec<SourceFile> {
    let own = files.iter().filter(|file| !is_of_base(&file.path));
    let mut replaced: BTreeSet<String> = without.clone();
    for file in own {
        let Some(language) = language_of(&file.path) else { continue };
        replaced.extend(file.text.lines().filter_map(|line| article(language, line)));
    }
    let blanked = |file: &SourceFile| match language_of(inside(&file.path)) {
        Some(language) if is_of_base(&file.path) => {
            SourceFile { path: file.path.clone(), text: without_articles(&file.text, language, &replaced) }
        }
        _ => file.clone(),
    };
    files.iter().map(blanked).collect()
}

/// The language of a chapter's file, by its path inside the folder.
fn language_of(path: &str) -> Option<Language> {
    let is_chapter = |path: &str| path.ends_with(".md") && !path.contains('/') && path != "README.md";
    match path.strip_prefix("zh/") {
        Some(path) => is_chapter(path).then_some(Language::Chinese),
        None => is_chapter(path).then_some(Language::English),
    }
}

/// The number of the article whose heading a line is.
fn article(language: Language, line: &str) -> Option<String> {
    Some(headings::article(language, line.strip_prefix("## ")?.trim())?.0)
}

/// The text with the lines of some articles empty.
fn without_articles(text: &str, language: Language, numbers: &BTreeSet<String>) -> String {
    let (mut kept, mut fenced, mut dropping) = (String::with_capacity(text.len()), false, false);
    for line in text.lines() {
        if !fenced && line.starts_with('#') {
            dropping = article(language, line).is_some_and(|number| numbers.contains(&number));
        }
        fenced ^= line.trim_start().starts_with("```");
        if !dropping {
            kept.push_str(line);
        }
        kept.push('\n');
    }
    kept
}

/// The numbers of the articles that the overlay does without.
pub(super) fn without(table: &[(Name, Node)], report: &mut Report) -> BTreeSet<String> {
    let Some(node) = get(table, "without") else { return BTreeSet::new() };
    let number = |member: &Node, report: &mut Report| match &member.value {
        Value::Number(number) => Some(number.to_string()),
        _ => member.text(report).map(str::to_owned),
    };
    node.members().iter().filter_map(|member| number(member, report)).collect()
}

/// The settings of the base with those of the overlay in their places.
pub(super) fn merge(base: Vec<(Name, Node)>, over: Vec<(Name, Node)>) -> Vec<(Name, Node)> {
    let mut merged = base;
    for (name, node) in over {
        match merged.iter_mut().find(|(known, _)| known.text == name.text) {
            Some((_, known)) => match (&mut known.value, node.value) {
                (Value::Table(below), Value::Table(over)) => *below = merge(std::mem::take(below), over),
                (known_value, value) => {
                    *known_value = value;
                    known.place = node.place;
                }
            },
            None => merged.push((name, node)),
        }
    }
    merged
}
