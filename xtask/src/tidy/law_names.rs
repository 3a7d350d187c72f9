//! No kind of matter, post, step or article is named in Rust outside tests: two cities differ on
//! them, so they live in the rulebook.
//!
//! A word of the program that happens to be such a name stands with its reason in `ALLOWED`.
//! Invariant: that list holds no word that collides no longer.

use super::rulebooks;
use crate::rust_source::Span;
use crate::tree::{File, Finding, Tree};

const ALLOWED: &str = "xtask/allowed-names.txt";

/// Folders and files that speak of one city on purpose.
const EXEMPT: [&str; 7] = ["tests", "examples", "benches", "demo", "cases", "bench", "samples"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    if !rulebooks::exist(tree) {
        return vec![];
    }
    let names = rulebooks::names(tree);
    let allowed = allowed(tree);
    let mut findings: Vec<Finding> = reasonless(tree).collect();
    let mut used = vec![];
    for (file, string) in literals(tree) {
        let text = string.text.as_str();
        if allowed.contains(&text) {
            used.push(text);
        } else if let Some(what) = names.get(text) {
            let message = format!("\"{text}\" is {what} of a rulebook; it is not named in Rust");
            findings.push(file.finding(string.line, message));
        } else if is_rule(text) {
            let message = format!("\"{text}\" is a rule of a rulebook; it is not named in Rust");
            findings.push(file.finding(string.line, message));
        }
    }
    let idle = allowed.iter().filter(|name| !used.contains(name) || !names.contains_key(**name));
    if let Some(file) = tree.file(ALLOWED) {
        let start = |name: &str| format!("{name}:");
        findings.extend(idle.map(|name| {
            file.finding(file.line_of(&start(name)), format!("{name} collides no longer; remove the line"))
        }));
    }
    findings
}

/// The strings of the crates, without those of tests and of what shows or measures one city.
fn literals(tree: &Tree) -> impl Iterator<Item = (&File, &Span)> {
    let files = tree.rust().filter(|(file, _)| file.path.starts_with("crates/") && !file.is_within(&EXEMPT));
    files.flat_map(|(file, source)| {
        let strings = source.strings.iter().filter(|string| !source.is_test(string.line));
        strings.map(move |string| (file, string))
    })
}

/// Whether the text is the identifier of a rule: `26/Decision.review_legality.gate`.
fn is_rule(text: &str) -> bool {
    let Some((article, rest)) = text.split_once('/') else {
        return false;
    };
    let is_number = !article.is_empty() && article.chars().all(|c| c.is_ascii_digit());
    is_number && rest.starts_with(|c: char| c.is_ascii_uppercase()) && rest.contains('.')
}

/// The lines of the list of allowed names: `name: reason`.
fn lines(tree: &Tree) -> impl Iterator<Item = (&File, usize, &str, &str)> {
    tree.file(ALLOWED).into_iter().flat_map(|file| {
        let lines = file.lines().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        lines.map(move |(number, line)| {
            let (name, reason) = line.split_once(':').unwrap_or((line, ""));
            (file, number, name.trim(), reason.trim())
        })
    })
}

fn allowed(tree: &Tree) -> Vec<&str> {
    lines(tree).map(|(_, _, name, _)| name).collect()
}

fn reasonless(tree: &Tree) -> impl Iterator<Item = Finding> {
    let reasonless = lines(tree).filter(|(_, _, _, reason)| reason.is_empty());
    reasonless.map(|(file, line, name, _)| file.finding(line, format!("{name} is allowed without a reason")))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::said;

    const CHAPTER: (&str, &str) = (
        "rulebooks/a/02-duties.md",
        "## Article 9 — Leave\n```toml\n[posts]\nmayor = {}\nhead = {}\n[Leave.steps]\nask = {}\ngive_back = {}\n```\n",
    );

    fn of(path: &str, text: &str) -> Vec<String> {
        said(check, &[CHAPTER, (path, text)])
    }

    #[test]
    fn names_of_the_law_fail() {
        for (text, message) in [
            (r#"x("mayor")"#, "\"mayor\" is a post of a rulebook"),
            (r#"x("Leave")"#, "\"Leave\" is a kind of a rulebook"),
            (r#"x("give_back")"#, "\"give_back\" is a step of a rulebook"),
            (r#"x("9/Leave.ask.by")"#, "\"9/Leave.ask.by\" is a rule of a rulebook"),
        ] {
            let expected = format!("crates/office/src/a.rs:1: {message}; it is not named in Rust");
            assert_eq!(of("crates/office/src/a.rs", text), [expected]);
        }
    }

    #[test]
    fn other_words_tests_and_the_demonstration_pass() {
        for (path, text) in [
            ("crates/office/src/a.rs", r#"x("ask", "the mayor", "1/2")"#),
            ("crates/office/src/a.rs", "#[cfg(test)]\nmod tests { const A: &str = \"mayor\"; }"),
            ("crates/office/src/a.rs", "// \"mayor\"\nlet mayor = 1;"),
            ("crates/office/tests/a.rs", r#"x("mayor")"#),
            ("crates/cityhall/src/demo/people.rs", r#"x("mayor")"#),
            ("crates/cityhall/src/commands/bench.rs", r#"x("mayor")"#),
        ] {
            assert_eq!(of(path, text), Vec::<String>::new());
        }
    }

    #[test]
    fn an_allowed_name_has_a_reason_and_a_use() {
        let with = |list: &str, text: &str| {
            said(check, &[CHAPTER, ("crates/web/src/a.rs", text), ("xtask/allowed-names.txt", list)])
        };
        assert!(with("# list\n\nhead: the part of a page\n", r#"x("head")"#).is_empty());
        assert_eq!(with("head\n", r#"x("head")"#), ["xtask/allowed-names.txt:1: head is allowed without a reason"]);
        for (list, text) in [("head: reason\n", ""), ("other: reason\n", r#"x("other")"#)] {
            assert!(with(list, text)[0].ends_with("collides no longer; remove the line"));
        }
    }
}
