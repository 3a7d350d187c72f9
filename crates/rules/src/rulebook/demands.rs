//! `requirements.toml`: which requirement numbers there are, and how each binds.
//!
//! No law: it changes no answer and is not hashed. Invariant: where the list is given, a number that a
//! chapter names is on it, and what it says of an article in the book stands in that article.

use super::{
    Article, NoteWord, Part, Place, Purpose,
    parity::Book,
    report::Report,
    tree::{Name, Node, get, only_keys},
};
use std::{collections::BTreeMap, fmt};

/// How a requirement, or a whole article, binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A gate, an authority, a field or a day.
    Enforced,
    /// The same, with a value that the source leaves open.
    EnforcedByParameter,
    /// A record and a reminder; nothing is refused.
    Tracked,
    Principle,
}

/// The list of a rulebook; empty where it gives none.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    /// In the order of the list.
    pub requirements: Vec<(String, Class)>,
    /// Of each article of which no single requirement is counted, and of each other the strongest.
    pub articles: BTreeMap<String, Class>,
}

const CLASSES: [(&str, Class); 4] =
    [("E", Class::Enforced), ("E*", Class::EnforcedByParameter), ("T", Class::Tracked), ("P", Class::Principle)];

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = CLASSES.iter().find(|(_, class)| class == self).map_or("", |(word, _)| *word);
        f.pad(word)
    }
}

impl Demands {
    /// How a requirement binds, if the list has it.
    pub fn class(&self, requirement: &str) -> Option<Class> {
        self.requirements.iter().find(|(number, _)| number == requirement).map(|(_, class)| *class)
    }
}

/// The list and the place of every number on it.
pub(super) struct Listed {
    pub demands: Demands,
    places: BTreeMap<String, Place>,
    /// Requirements that a table of the settings carries out, with its name.
    by_settings: BTreeMap<String, (String, Place)>,
}

/// The list that a file holds.
pub(super) fn read(table: &[(Name, Node)], report: &mut Report) -> Listed {
    only_keys(table, &["requirements", "articles", "by_settings"], "requirements.toml", report);
    let mut listed = Listed { demands: Demands::default(), places: BTreeMap::new(), by_settings: BTreeMap::new() };
    for (name, class) in classes(table, "requirements", report) {
        let Some(article) = article_of(&name.text) else {
            report.error(&name.place, format!("a requirement is numbered like R26-5, not \"{}\"", name.text));
            continue;
        };
        let strongest = listed.demands.articles.entry(article.to_owned()).or_insert(class);
        *strongest = class.min(*strongest);
        listed.places.insert(name.text.clone(), name.place);
        listed.demands.requirements.push((name.text, class));
    }
    for (name, class) in classes(table, "articles", report) {
        if listed.demands.articles.insert(name.text.clone(), class).is_some() {
            let message = format!("article {} has requirements of its own, and its class from them", name.text);
            report.error(&name.place, message);
        }
    }
    let by_settings = get(table, "by_settings").and_then(|node| node.table(report)).unwrap_or_default();
    for (name, node) in by_settings {
        let Some(of_settings) = node.text(report) else { continue };
        match listed.places.contains_key(&name.text) {
            true => drop(listed.by_settings.insert(name.text.clone(), (of_settings.to_owned(), node.place.clone()))),
            false => report.error(&name.place, format!("no requirement {} stands in this list", name.text)),
        }
    }
    listed
}

fn classes(table: &[(Name, Node)], section: &str, report: &mut Report) -> Vec<(Name, Class)> {
    let entries = get(table, section).and_then(|node| node.table(report)).unwrap_or_default();
    let mut classes = vec![];
    for (name, node) in entries {
        let Some(word) = node.text(report) else { continue };
        match CLASSES.iter().find(|(known, _)| *known == word) {
            Some((_, class)) => classes.push((name.clone(), *class)),
            None => report.error(&node.place, format!("no class \"{word}\"; there are E, E*, T and P")),
        }
    }
    classes
}

/// The article in whose number a requirement is counted.
fn article_of(requirement: &str) -> Option<&str> {
    let (article, _) = requirement.strip_prefix('R')?.split_once('-')?;
    let (shown, numbers) = super::requirements::take_out(requirement);
    (shown.is_empty() && numbers == [requirement]).then_some(article)
}

impl Listed {
    /// Holds the numbers that stand in the book against the list, and the list against the book and the settings.
    pub fn check(&self, book: &Book, settings: &[(Name, Node)], report: &mut Report) {
        let (articles, named, whole) = (&book.articles, &book.requirements, !book.lacks_a_block);
        let tables = || settings.iter().map(|(name, _)| name.text.as_str());
        for (table, at) in self.by_settings.values().filter(|(table, _)| !tables().any(|known| known == table)) {
            report.unknown(at, format!("rulebook.toml has no table \"{table}\""), table, tables());
        }
        let numbers = || self.demands.requirements.iter().map(|(number, _)| number.as_str());
        for (number, at) in named.iter().filter(|(number, _)| self.demands.class(number).is_none()) {
            report.unknown(at, format!("requirements.toml has no requirement {number}"), number, numbers());
        }
        for article in articles.iter().filter(|article| !self.demands.articles.contains_key(&article.number)) {
            report.warning(&article.place, format!("requirements.toml says nothing of article {}", article.number));
        }
        for (number, at) in &self.places {
            let article = article_of(number).and_then(|wanted| articles.iter().find(|one| one.number == wanted));
            if let Some(article) = article.filter(|_| !named.iter().any(|(named, _)| named == number)) {
                let message = format!("no paragraph names {number}, though article {} is there", article.number);
                report.warning(at, message);
            }
            let by_article = whole && !self.by_settings.contains_key(number);
            let lacking = self.demands.class(number).and_then(|class| lacks(class, article?));
            if let Some((article, how)) = article.zip(lacking).filter(|_| by_article) {
                let message =
                    format!("{number} is said to be {how}, and nothing in article {} does it", article.number);
                report.error(at, message);
            }
        }
    }
}

/// What an article would have to be for a requirement of a class, and is not.
fn lacks(class: Class, article: &Article) -> Option<&'static str> {
    let parts = &article.parts;
    let decides = |language: &str| Purpose::of(language) != Some(Purpose::Invariant);
    let executable = parts.iter().any(|part| matches!(part, Part::Block { language, .. } if decides(language)));
    let tracked = || parts.iter().any(|part| matches!(part, Part::Note { word: NoteWord::Tracked, .. }));
    match class {
        Class::Enforced | Class::EnforcedByParameter if !executable => Some("enforced"),
        Class::Tracked if !executable && !tracked() => Some("tracked"),
        _ => None,
    }
}
