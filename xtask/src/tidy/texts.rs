//! Every text of the pages stands in both languages, with the same arguments.
//!
//! Reads keys, attributes and `$arguments` of Fluent files. Invariant: a file, key or argument of
//! one language stands in the other too, and no key stands twice.

use crate::tree::{File, Finding, Tree};
use std::collections::{BTreeMap, BTreeSet};

const FOLDER: &str = "crates/web/src/texts/";

/// The two languages, each with the other.
const LANGUAGES: [(&str, &str); 2] = [("en", "zh"), ("zh", "en")];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = vec![];
    for (language, other) in LANGUAGES {
        let folder = format!("{FOLDER}{language}/");
        for file in tree.under(&folder, ".ftl") {
            let (texts, doubles) = texts(file);
            findings.extend(doubles);
            let path = format!("{FOLDER}{other}/{}", &file.path[folder.len()..]);
            match tree.file(&path) {
                Some(opposite) => findings.extend(missing(file, &texts, &self::texts(opposite).0, other)),
                None => findings.push(file.finding(1, format!("{path} is missing"))),
            }
        }
    }
    findings
}

/// A text: its line and the arguments that it fills in.
#[derive(Debug)]
struct Text {
    line: usize,
    arguments: BTreeSet<String>,
}

/// The texts of a file by key, and what is wrong with their keys.
fn texts(file: &File) -> (BTreeMap<String, Text>, Vec<Finding>) {
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    let mut doubles = vec![];
    let (mut message, mut current) = (String::new(), String::new());
    for (line, text) in file.lines().filter(|(_, text)| !text.starts_with('#')) {
        let attribute = text.trim_start().strip_prefix('.').and_then(key);
        if let Some(name) = key(text) {
            message = name.to_owned();
            current.clone_from(&message);
        } else if let Some(name) = attribute {
            current = format!("{message}.{name}");
        }
        if key(text).or(attribute).is_some() {
            let new = Text { line, arguments: BTreeSet::new() };
            if texts.insert(current.clone(), new).is_some() {
                doubles.push(file.finding(line, format!("{current} stands twice")));
            }
        }
        if let Some(known) = texts.get_mut(&current) {
            known.arguments.extend(arguments(text));
        }
    }
    (texts, doubles)
}

/// The key of a line that begins a text; terms begin with `-`.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let begins = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-');
    (begins && key.chars().all(is_name)).then_some(key)
}

fn arguments(line: &str) -> impl Iterator<Item = String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let rests = line.split('$').skip(1);
    let names = rests.map(move |rest| rest.chars().take_while(|c| is_name(*c)).collect::<String>());
    names.filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// What the other language lacks of these texts.
fn missing(
    file: &File,
    texts: &BTreeMap<String, Text>,
    others: &BTreeMap<String, Text>,
    language: &str,
) -> Vec<Finding> {
    let mut findings = vec![];
    for (key, text) in texts {
        let Some(other) = others.get(key) else {
            findings.push(file.finding(text.line, format!("{key} is missing in {language}")));
            continue;
        };
        for argument in text.arguments.difference(&other.arguments) {
            let message = format!("{key} says nothing of ${argument} in {language}");
            findings.push(file.finding(text.line, message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::said;

    fn of(en: &str, zh: &str) -> Vec<String> {
        let path = |language| format!("crates/web/src/texts/{language}/desk.ftl");
        said(check, &[(&path("en"), en), (&path("zh"), zh)])
    }

    #[test]
    fn the_same_keys_and_arguments_pass() {
        let en = "# Head = no key\nwaits = { $n ->\n    [one] one waits\n   *[other] { $n } wait\n }\n-term = a\n";
        assert_eq!(of(en, "waits = 有 { $n } 件\n-term = 甲\n"), Vec::<String>::new());
        assert!(of("a = b\n    .title = c = d\n", "a = 乙\n    .title = 丙\n").is_empty());
    }

    #[test]
    fn a_text_in_one_language_fails() {
        for (en, zh, message) in [
            ("a = b\nc = d\n", "a = 乙\n", "en/desk.ftl:2: c is missing in zh"),
            ("a = b\n", "a = 乙\nc = 丁\n", "zh/desk.ftl:2: c is missing in en"),
            ("a = b\n    .t = c\n", "a = 乙\n", "en/desk.ftl:2: a.t is missing in zh"),
            ("a = { $n } b\n", "a = 乙\n", "en/desk.ftl:1: a says nothing of $n in zh"),
            ("a = b\na = c\n", "a = 乙\n", "en/desk.ftl:2: a stands twice"),
        ] {
            assert_eq!(of(en, zh), [format!("crates/web/src/texts/{message}")]);
        }
    }

    #[test]
    fn a_file_in_one_language_fails() {
        assert_eq!(
            said(check, &[("crates/web/src/texts/en/desk.ftl", "a = b\n")]),
            ["crates/web/src/texts/en/desk.ftl:1: crates/web/src/texts/zh/desk.ftl is missing"]
        );
    }
}
