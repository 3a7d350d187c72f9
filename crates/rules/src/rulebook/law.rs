//! `law.toml`: what the surrounding law says, fact by fact, each with its source and the days it holds.
//!
//! Changes no answer and is not hashed: what follows from a fact stands in the chapters and the parameters.
//! Invariant: a fact that a paragraph or a parameter names is there.

use super::{
    Place,
    report::Report,
    settings::{day, label},
    tree::{Name, Node, get, only_keys},
};
use facts::Label;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One fact of the surrounding law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawFact {
    pub text: Label,
    /// The instrument and its article.
    pub source: Label,
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub confidence: Confidence,
}

/// How sure the fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// The primary text was read.
    High,
    /// A secondary text, or settled knowledge.
    Medium,
    /// Uncertain: what rests on it is a parameter.
    Low,
}

const CONFIDENCES: [(&str, Confidence); 3] =
    [("high", Confidence::High), ("medium", Confidence::Medium), ("low", Confidence::Low)];

/// The facts that a file holds, with their places.
pub(super) fn read(table: &[(Name, Node)], report: &mut Report) -> BTreeMap<String, (LawFact, Place)> {
    let mut facts = BTreeMap::new();
    for (name, node) in table {
        let (shown, numbers) = super::requirements::take_out(&name.text);
        if !shown.is_empty() || numbers.len() != 1 || !name.text.starts_with("L-") {
            report.error(&name.place, format!("a fact of the law is numbered like L-DEC-7, not \"{}\"", name.text));
            continue;
        }
        if let Some(fact) = fact(&name.text, node, report) {
            facts.insert(name.text.clone(), (fact, name.place.clone()));
        }
    }
    facts
}

fn fact(name: &str, node: &Node, report: &mut Report) -> Option<LawFact> {
    let table = node.table(report)?;
    only_keys(table, &["en", "zh", "source", "from", "until", "confidence"], name, report);
    let Some(source) = get(table, "source") else {
        report.error(&node.place, format!("{name} does not say its source"));
        return None;
    };
    let source = label(source, &format!("the source of {name}"), report);
    let confidence = match get(table, "confidence") {
        None => Some(Confidence::High),
        Some(node) => {
            let word = node.text(report)?;
            let found = CONFIDENCES.iter().find(|(known, _)| *known == word).map(|(_, confidence)| *confidence);
            if found.is_none() {
                let names = CONFIDENCES.iter().map(|(known, _)| *known);
                report.unknown(&node.place, format!("a fact is not \"{word}\" sure"), word, names);
            }
            found
        }
    };
    let mut end = |key| get(table, key).and_then(|node| day(node, report));
    let (from, until) = (end("from"), end("until"));
    Some(LawFact { text: label(node, name, report), source, from, until, confidence: confidence? })
}

/// Holds what chapters and parameters name against the facts, and the facts against them.
pub(super) fn check(facts: &BTreeMap<String, (LawFact, Place)>, named: &[(String, Place)], report: &mut Report) {
    for (name, at) in named.iter().filter(|(name, _)| !facts.contains_key(name)) {
        report.unknown(at, format!("law.toml has no fact {name}"), name, facts.keys().map(String::as_str));
    }
    for (name, (_, at)) in facts {
        if !named.iter().any(|(other, _)| other == name) {
            report.warning(at, format!("no paragraph and no parameter names {name}"));
        }
    }
}
