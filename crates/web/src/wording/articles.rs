//! Citations: articles by the number that people quote, and the sentence of a rule.
//!
//! Invariant: whatever rests on a reconstructed article says so.

use super::Words;
use crate::components::{ArticleLink, Lang};
use facts::RuleId;
use serde::Serialize;

/// A citation of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// The bare number: `26`.
    pub article: String,
    /// As people quote it: `Art. 26`, `第二十六条`.
    pub text: String,
    pub title: String,
    /// Where it can be read.
    pub href: String,
    pub reconstructed: bool,
}

/// A sentence of the rulebook with its article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    pub sentence: String,
    pub article: Cited,
}

impl Cited {
    /// As a component shows it.
    pub fn link(&self) -> ArticleLink {
        ArticleLink::new(&self.text, &self.href).about(&self.title)
    }
}

impl Words {
    /// An article by its number.
    pub fn article(&self, number: &str, reconstructed: bool) -> Cited {
        let title = self.rulebook().article(number).map_or(String::new(), |article| self.pick(&article.title));
        let spoken = match self.lang {
            Lang::En => number.to_owned(),
            Lang::Zh => chinese(number),
        };
        let key = if reconstructed { "article-reconstructed" } else { "article-number" };
        Cited {
            article: number.to_owned(),
            text: self.say(key, &[("number", &spoken)]),
            title,
            href: format!("/rulebook/{number}"),
            reconstructed,
        }
    }

    /// The article of a rule; a rule that an older edition had is cited by the number in its name.
    pub fn cite(&self, rule: &RuleId) -> Cited {
        match self.rulebook().rule(rule) {
            Some(rule) => self.article(&rule.article, rule.reconstructed),
            None => self.article(rule.as_str().split('/').next().unwrap_or_default(), false),
        }
    }

    /// A place in an order, as the language writes it: 2, 二.
    pub fn ordinal(&self, place: usize) -> String {
        let place = place.to_string();
        self.lang.choose(place.clone(), chinese(&place))
    }

    /// The articles of rules, each once.
    pub fn cite_all<'r>(&self, rules: impl IntoIterator<Item = &'r RuleId>) -> Vec<Cited> {
        let mut cited: Vec<Cited> = vec![];
        for rule in rules {
            let article = self.cite(rule);
            if cited.iter().all(|known| known.article != article.article) {
                cited.push(article);
            }
        }
        cited
    }

    /// The same as links of a page.
    pub fn article_links<'r>(&self, rules: impl IntoIterator<Item = &'r RuleId>) -> Vec<ArticleLink> {
        self.cite_all(rules).iter().map(Cited::link).collect()
    }

    /// What the rulebook says in the sentences of rules, each once.
    pub fn quotes<'r>(&self, rules: impl IntoIterator<Item = &'r RuleId>) -> Vec<Quote> {
        let mut quotes: Vec<Quote> = vec![];
        for id in rules {
            let Some(rule) = self.rulebook().rule(id) else { continue };
            let quote = Quote { sentence: self.pick(&rule.sentence), article: self.cite(id) };
            if !quote.sentence.is_empty() && !quotes.contains(&quote) {
                quotes.push(quote);
            }
        }
        quotes
    }
}

/// A number up to 9999 in Chinese numerals; what is no number stays as it is.
fn chinese(number: &str) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const PLACES: [&str; 4] = ["", "十", "百", "千"];
    let Some(value) = number.parse::<usize>().ok().filter(|value| (1..=9999).contains(value)) else {
        return number.to_owned();
    };
    let digits: Vec<usize> = value.to_string().bytes().map(|byte| usize::from(byte - b'0')).collect();
    let mut words = String::new();
    let mut gap = false;
    for (index, digit) in digits.iter().enumerate() {
        if *digit == 0 {
            gap = true;
            continue;
        }
        if gap {
            words.push(DIGITS[0]);
        }
        gap = false;
        words.push(DIGITS[*digit]);
        words.push_str(PLACES[digits.len() - 1 - index]);
    }
    match words.strip_prefix("一十") {
        Some(rest) if value < 20 => format!("十{rest}"),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::chinese;

    #[test]
    fn numbers_are_spoken_in_chinese() {
        let cases = [
            ("5", "五"),
            ("10", "十"),
            ("11", "十一"),
            ("20", "二十"),
            ("44", "四十四"),
            ("100", "一百"),
            ("101", "一百零一"),
            ("110", "一百一十"),
            ("1005", "一千零五"),
            ("12a", "12a"),
            ("0", "0"),
        ];
        for (number, words) in cases {
            assert_eq!(chinese(number), words);
        }
    }
}
