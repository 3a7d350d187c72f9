//! `Source: [10/63]` in a comment names chapter and article; each must stand in a rulebook.
//!
//! `[63]` names the article alone. Sources that do not begin with a digit are other law and not
//! checked. Invariant: where there is no rulebook, nothing resolves.

use super::rulebooks;
use crate::tree::{Finding, Tree};
use std::collections::{BTreeMap, BTreeSet};

type Articles = BTreeMap<u32, BTreeSet<u32>>;

const MARK: &str = "Source: [";

pub fn check(tree: &Tree) -> Vec<Finding> {
    let articles = rulebooks::articles(tree);
    let mut findings = vec![];
    for (file, source) in tree.rust().filter(|(file, _)| file.path.starts_with("crates/")) {
        for comment in &source.comments {
            for (at, line) in comment.text.lines().enumerate() {
                let problems = sources(line).filter_map(|source| problem(&articles, source));
                findings.extend(problems.map(|problem| file.finding(comment.line + at, problem)));
            }
        }
    }
    findings
}

/// The sources named in a line, without brackets.
fn sources(line: &str) -> impl Iterator<Item = &str> {
    let lists = line.split(MARK).skip(1).filter_map(|rest| Some(rest.split_once(']')?.0));
    let sources = lists.flat_map(|list| list.split([',', ';'])).map(str::trim);
    sources.filter(|source| source.starts_with(|c: char| c.is_ascii_digit()))
}

fn problem(articles: &Articles, source: &str) -> Option<String> {
    let (chapter, article) = match source.split_once('/') {
        Some((chapter, article)) => (Some(chapter), article),
        None => (None, source),
    };
    let Ok(article) = article.parse::<u32>() else {
        return Some(format!("[{source}] is neither [chapter/article] nor [article]"));
    };
    let Some(stands_in) = articles.get(&article) else {
        return Some(format!("[{source}]: no rulebook has an article {article}"));
    };
    let chapter = chapter?;
    let stands = chapter.parse().is_ok_and(|chapter| stands_in.contains(&chapter));
    (!stands).then(|| format!("[{source}]: article {article} does not stand in chapter {chapter}"))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::said;

    fn of(comment: &str) -> Vec<String> {
        let chapter = "# Chapter X — Discipline\n## Article 63 — Leave\n## Article 64 — Speeches\n";
        said(check, &[("rulebooks/a/10-discipline.md", chapter), ("crates/a/src/b.rs", comment)])
    }

    #[test]
    fn sources_that_stand_in_the_rulebook_pass() {
        for comment in [
            "/// Source: [10/63]",
            "/// Leave. Source: [63], and Source: [10/63, 10/64].",
            "//! Source: [L-ORG-6]",
            "let a = \"Source: [99]\";",
        ] {
            assert_eq!(of(comment), Vec::<String>::new(), "{comment}");
        }
    }

    #[test]
    fn sources_that_do_not_fail() {
        for (comment, message) in [
            ("/// Source: [99]", "[99]: no rulebook has an article 99"),
            ("/// Source: [10/63, 10/65]", "[10/65]: no rulebook has an article 65"),
            ("/// Source: [9/63]", "[9/63]: article 63 does not stand in chapter 9"),
            ("/// Source: [63/Leave.ask]", "[63/Leave.ask] is neither [chapter/article] nor [article]"),
        ] {
            assert_eq!(of(comment), [format!("crates/a/src/b.rs:1: {message}")]);
        }
        assert_eq!(said(check, &[("crates/a/src/b.rs", "fn a() {}\n/// Source: [1]")]).len(), 1);
    }
}
