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
    /// The articles of a text: each begins with a line like `第二十六条 …` or `Article 26 …`, or, where none does,
    /// like `二十六、…` in their order; headings of chapters and what stands above the first article are left out.
    pub fn of_text(text: &str, source: &str) -> Official {
        let mut articles = taken_apart(text, begun);
        if articles.is_empty() {
            articles = taken_apart(text, listed);
        }
        Official { source: source.to_owned(), articles }
    }

    /// Takes over what an earlier text has and this one has not, where both are from one source; the numbers of
    /// what was taken over.
    ///
    /// # Errors
    /// The numbers of what is only in the other, where it is from another source.
    pub fn complete_with(&mut self, other: &Official) -> Result<Vec<String>, Vec<String>> {
        let missing = other.articles.iter().filter(|(number, _)| !self.articles.contains_key(*number));
        let missing: BTreeMap<String, String> = missing.map(|(number, said)| (number.clone(), said.clone())).collect();
        let numbers = missing.keys().cloned().collect();
        if self.source != other.source {
            return Err(numbers);
        }
        self.articles.extend(missing);
        Ok(numbers)
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

/// The articles of a text, each with what is said of it; `begins`: the number and the beginning of the article
/// that a line begins, after the one of another number.
fn taken_apart(text: &str, begins: impl Fn(&str, u32) -> Option<(String, &str)>) -> BTreeMap<String, String> {
    let mut articles: BTreeMap<String, String> = BTreeMap::new();
    let (mut number, mut last): (Option<String>, u32) = (None, 0);
    for line in text.lines().map(|line| line.trim_start_matches('#').trim_matches(|c: char| c.is_whitespace())) {
        let mut languages = [Language::English, Language::Chinese].into_iter();
        if languages.any(|language| headings::chapter(language, line).is_some()) {
            number = None;
            continue;
        }
        // A text that speaks of an article at the beginning of a line goes on.
        match begins(line, last).filter(|(found, _)| !articles.contains_key(found)) {
            Some((found, said)) => {
                last = headings::place(&found).0;
                articles.insert(found.clone(), said.to_owned());
                number = Some(found);
            }
            None => {
                let Some(said) = number.as_ref().and_then(|number| articles.get_mut(number)) else { continue };
                if !said.is_empty() {
                    said.push('\n');
                }
                said.push_str(line);
            }
        }
    }
    articles.values_mut().for_each(|said| *said = said.trim().to_owned());
    articles.retain(|_, said| !said.is_empty());
    articles
}

/// `第二十六条 …` or `Article 26 …`. Without a space after it, only the next article in the order can begin so, and
/// not with a word by which a sentence speaks of an article: `第二十六条规定的事项`.
fn begun(line: &str, last: u32) -> Option<(String, &str)> {
    const SPEAKS_OF: &str = "规所第和及或与、，至之的中";
    if let Some((number, _)) = headings::article(Language::English, line) {
        let rest = line.strip_prefix("Article ")?.trim_start();
        return Some((number, without_separators(rest.split_once(char::is_whitespace).map_or("", |(_, rest)| rest))));
    }
    let (number, _) = headings::article(Language::Chinese, line)?;
    let (_, rest) = line.split_once('条')?;
    let set_off = rest.is_empty() || without_separators(rest) != rest;
    let is_next = headings::place(&number).0 == last + 1 && !rest.starts_with(|c| SPEAKS_OF.contains(c));
    (set_off || is_next).then(|| (number, without_separators(rest)))
}

/// `二十六、…`, which may also number the parts of an article: only the next one in the order counts.
fn listed(line: &str, last: u32) -> Option<(String, &str)> {
    let (number, rest) = line.split_once('、')?;
    let is_number = number.chars().all(|c| "一二三四五六七八九十百零〇".contains(c));
    let number = headings::ordinal(number).filter(|number| is_number && *number == last + 1)?;
    Some((number.to_string(), without_separators(rest)))
}

fn without_separators(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || "—–-:：".contains(c))
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
    fn a_line_that_speaks_of_an_article_begins_none() {
        let text =
            "第二十五条 决定。\n第二十六条规定的事项除外。\n第二十六条　应当审查。\n第二十七条听取意见。\n第三十条之外";
        let official = Official::of_text(text, "");
        let articles: Vec<(&str, &str)> =
            official.articles.iter().map(|(n, text)| (n.as_str(), text.as_str())).collect();
        let last = "听取意见。\n第三十条之外";
        assert_eq!(articles, [("25", "决定。\n第二十六条规定的事项除外。"), ("26", "应当审查。"), ("27", last)]);
    }

    #[test]
    fn articles_may_be_numbered_like_a_list() {
        let text = "工作规则\n第一章 总则\n一、制定本规则。\n二、坚持：\n一、人民至上；\n（二）依法。\n第二章 职责\n三、市长。";
        let official = Official::of_text(text, "");
        let articles: Vec<(&str, &str)> =
            official.articles.iter().map(|(n, text)| (n.as_str(), text.as_str())).collect();
        assert_eq!(articles, [("1", "制定本规则。"), ("2", "坚持：\n一、人民至上；\n（二）依法。"), ("3", "市长。")]);
    }

    #[test]
    fn a_later_text_of_one_source_completes_the_earlier_one() {
        let earlier = Official::of_text("第一条 甲。\n第二条 乙。", "公报");
        let mut later = Official::of_text("第二条 丙。", "公报");
        assert_eq!(later.complete_with(&earlier), Ok(vec!["1".to_owned()]));
        assert_eq!((later.articles["1"].as_str(), later.articles["2"].as_str()), ("甲。", "丙。"));
        let mut other = Official::of_text("第二条 丙。", "网站");
        assert_eq!(other.complete_with(&earlier), Err(vec!["1".to_owned()]));
        assert_eq!(other.articles.len(), 1);
    }

    #[test]
    fn a_text_without_articles_gives_none() {
        assert!(Official::of_text("nothing here\n", "").articles.is_empty());
    }
}
