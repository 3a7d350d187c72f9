//! `official.toml`: the official text that an installation has, article by article, beside the restatement.
//!
//! No law: it changes no answer and is not hashed. Invariant: a text belongs to an article that the rulebook has.

use super::{
    Article, Place,
    headings::{self, Language},
    report::Report,
    tree::{Name, Node, get, only_keys},
};
use std::{collections::BTreeMap, fmt::Write};

/// The official text of some articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Official {
    /// What was attached, as whoever attached it said.
    pub source: String,
    /// By the number of the article.
    pub articles: BTreeMap<String, String>,
}

impl Official {
    /// The articles of a text: each begins with a line like `第二十六条 …` or `Article 26 …`; headings of chapters
    /// and what stands above the first article are left out.
    pub fn of_text(text: &str, source: &str) -> Official {
        let mut articles: BTreeMap<String, String> = BTreeMap::new();
        let mut number: Option<String> = None;
        for line in text.lines().map(|line| line.trim_start_matches('#').trim_matches(|c: char| c.is_whitespace())) {
            let begins = |language| headings::article(language, line);
            let is_chapter = [Language::English, Language::Chinese]
                .into_iter()
                .any(|language| headings::chapter(language, line).is_some());
            if is_chapter {
                number = None;
            } else if let Some((found, _)) = begins(Language::Chinese).or_else(|| begins(Language::English)) {
                // A text that speaks of an article at the beginning of a line goes on.
                let is_next = !articles.contains_key(&found);
                if is_next {
                    articles.insert(found.clone(), after_number(line).to_owned());
                    number = Some(found);
                    continue;
                }
            }
            if let Some(said) = number.as_ref().and_then(|number| articles.get_mut(number)) {
                if !said.is_empty() {
                    said.push('\n');
                }
                said.push_str(line);
            }
        }
        articles.values_mut().for_each(|said| *said = said.trim().to_owned());
        articles.retain(|_, said| !said.is_empty());
        Official { source: source.to_owned(), articles }
    }

    /// As `official.toml` holds it.
    pub fn to_toml(&self) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let mut written = format!("source = {}\n\n[articles]\n", quoted(&self.source));
        for (number, text) in &self.articles {
            let _ = writeln!(written, "{} = {}", quoted(number), quoted(text));
        }
        written
    }
}

/// What stands on the line of an article after its number.
fn after_number(line: &str) -> &str {
    let rest = match line.strip_prefix("Article ") {
        Some(rest) => rest.trim_start().split_once(char::is_whitespace).map_or("", |(_, rest)| rest),
        None => line.split_once('条').map_or("", |(_, rest)| rest),
    };
    rest.trim_start_matches(|c: char| c.is_whitespace() || "—–-:：".contains(c))
}

/// The texts of a table; one of an article that is not there is reported.
pub(super) fn read(table: &[(Name, Node)], articles: &[Article], report: &mut Report) -> Official {
    only_keys(table, &["source", "articles"], "official.toml", report);
    let mut official = Official::default();
    if let Some(source) = get(table, "source").and_then(|node| node.text(report)) {
        source.clone_into(&mut official.source);
    }
    let texts = get(table, "articles").and_then(|node| node.table(report)).unwrap_or_default();
    for (name, node) in texts {
        let Some(text) = node.text(report) else { continue };
        match articles.iter().any(|article| article.number == name.text) {
            true => drop(official.articles.insert(name.text.clone(), text.to_owned())),
            false => warn(&name.place, &name.text, report),
        }
    }
    official
}

fn warn(at: &Place, number: &str, report: &mut Report) {
    report.warning(at, format!("the official text has an article {number}, and the rulebook has none"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_by_its_articles() {
        let text = "工作规则\n前言\n第一章 总则\n第一条　根据宪法，制定本规则。\n依照执行。\n第二条 坚持党的领导。\n\
                    第二章 职责\n\n## 第三条\n  市长领导全面工作。\n第一条所称机关，包括办公厅。\n";
        let official = Official::of_text(text, "公报");
        let articles: Vec<(&str, &str)> =
            official.articles.iter().map(|(number, text)| (number.as_str(), text.as_str())).collect();
        assert_eq!(
            articles,
            [
                ("1", "根据宪法，制定本规则。\n依照执行。"),
                ("2", "坚持党的领导。"),
                ("3", "市长领导全面工作。\n第一条所称机关，包括办公厅。"),
            ]
        );
        let english = Official::of_text("Chapter I — General\n\nArticle 1 These rules are \"made\".\n", "");
        assert_eq!(english.articles["1"], "These rules are \"made\".");
        let read: toml::Table = english.to_toml().parse().unwrap();
        assert_eq!(read["articles"]["1"].as_str(), Some("These rules are \"made\"."));
    }

    #[test]
    fn a_text_without_articles_gives_none() {
        assert!(Official::of_text("nothing here\n", "").articles.is_empty());
    }
}
