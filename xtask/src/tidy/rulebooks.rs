//! What the rules need of the rulebooks: the names that a city chooses, and the articles there are.
//!
//! Reads headings and `toml` blocks and judges nothing else; `cityhall rules check` does.
//! Invariant: the Chinese chapters and the cases are left out, they name what the English ones say.

use crate::tree::{File, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// The settings of a rulebook.
const SETTINGS: &str = "rulebook.toml";

/// A name that a rulebook gives, with what it names.
pub type Names = BTreeMap<String, &'static str>;

/// The chapters of all rulebooks.
fn chapters(tree: &Tree) -> impl Iterator<Item = &File> {
    let is_chapter = |file: &&File| file.path.matches('/').count() == 2;
    tree.under("rulebooks/", ".md").filter(is_chapter)
}

/// Whether there is any rulebook at all.
pub fn exist(tree: &Tree) -> bool {
    chapters(tree).next().is_some()
}

/// The names of kinds, posts, groups, steps and bodies. A step or body of a single plain word
/// (`open`, `report`) is left out: it would forbid the word, not the knowledge.
pub fn names(tree: &Tree) -> Names {
    let mut names = Names::new();
    for file in chapters(tree) {
        for table in blocks(&file.text).iter().filter_map(|block| block.parse::<toml::Table>().ok()) {
            table.iter().for_each(|(key, value)| name(&mut names, key, value));
        }
    }
    for file in tree.under("rulebooks/", SETTINGS) {
        let bodies = file.text.parse::<toml::Table>().ok().and_then(|table| table.get("bodies").cloned());
        add(&mut names, "a body", keys(bodies.as_ref()).filter(|name| name.contains('_')));
    }
    names
}

/// Takes in what one table of a chapter names.
fn name(names: &mut Names, key: &str, value: &toml::Value) {
    match key {
        "posts" => add(names, "a post", keys(Some(value))),
        "groups" => add(names, "a group", keys(Some(value))),
        "stand_in" => {
            let regimes = value.as_table().into_iter().flatten();
            let known_as = regimes.filter_map(|(_, regime)| regime.get("known_as")?.as_str());
            add(names, "a post", known_as.map(str::to_owned));
        }
        kind if kind.starts_with(|c: char| c.is_ascii_uppercase()) => {
            add(names, "a kind", [kind.to_owned()]);
            add(names, "a step", keys(value.get("steps")).filter(|name| name.contains('_')));
        }
        _ => {}
    }
}

fn add(names: &mut Names, what: &'static str, new: impl IntoIterator<Item = String>) {
    for name in new {
        names.entry(name).or_insert(what);
    }
}

fn keys(value: Option<&toml::Value>) -> impl Iterator<Item = String> {
    value.and_then(toml::Value::as_table).into_iter().flatten().map(|(key, _)| key.clone())
}

/// The insides of the fenced blocks marked `toml`.
fn blocks(text: &str) -> Vec<String> {
    let (mut blocks, mut open) = (vec![], None::<String>);
    for line in text.lines() {
        match (&mut open, line.trim_end()) {
            (None, "```toml") => open = Some(String::new()),
            (Some(_), "```") => blocks.extend(open.take()),
            (Some(block), line) => {
                block.push_str(line);
                block.push('\n');
            }
            _ => {}
        }
    }
    blocks
}

/// The articles by number, each with the numbers of the chapters it stands in.
pub fn articles(tree: &Tree) -> BTreeMap<u32, BTreeSet<u32>> {
    let mut articles: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for file in chapters(tree) {
        let mut chapter = 0;
        for (_, line) in file.lines() {
            if let Some(word) = heading(line, "# Chapter ") {
                chapter = word.parse().ok().or_else(|| roman(word)).unwrap_or(0);
            } else if let Some(number) = heading(line, "## Article ").and_then(|word| word.parse().ok()) {
                articles.entry(number).or_default().insert(chapter);
            }
        }
    }
    articles
}

/// The word after the start of a heading.
fn heading<'a>(line: &'a str, start: &str) -> Option<&'a str> {
    line.strip_prefix(start)?.split_whitespace().next()
}

/// A Roman number below forty.
fn roman(word: &str) -> Option<u32> {
    let value = |c| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let values: Vec<u32> = word.chars().map(value).collect::<Option<_>>()?;
    let signed = values.iter().enumerate().map(|(at, value)| match values.get(at + 1) {
        Some(next) if next > value => -(*value as i32),
        _ => *value as i32,
    });
    u32::try_from(signed.sum::<i32>()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_blocks_and_settings() {
        let chapter = "# Chapter II — Duties\n## Article 9 — Leave\nWords.\n```toml\n[posts]\nmayor = {}\n\
            [groups]\nleaders = [\"mayor\"]\n[stand_in.s]\nknown_as = \"substitute\"\n```\n```toml\n[Leave.steps]\n\
            ask = {}\ngive_back = {}\n```\n```cedar\nforbid\n```\n";
        let tree = Tree::of(&[
            ("rulebooks/a/02-duties.md", chapter),
            ("rulebooks/a/zh/02-duties.md", "```toml\n[Other]\n```\n"),
            ("rulebooks/a/rulebook.toml", "[bodies]\ngeneral_office = {}\nfinance = {}\n"),
        ]);
        let found: Vec<String> = names(&tree).into_keys().collect();
        assert_eq!(found, ["Leave", "general_office", "give_back", "leaders", "mayor", "substitute"]);
        assert_eq!(articles(&tree), BTreeMap::from([(9, BTreeSet::from([2]))]));
    }

    #[test]
    fn roman_numbers_are_read() {
        for (word, number) in [("I", 1), ("IV", 4), ("VIII", 8), ("IX", 9), ("XII", 12), ("XXXIX", 39)] {
            assert_eq!(roman(word), Some(number), "{word}");
        }
        assert_eq!(roman("Q"), None);
    }
}
