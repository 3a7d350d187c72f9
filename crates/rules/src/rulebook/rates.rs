//! `[rates]` of `rulebook.toml`: what the overview counts in parts of a whole.
//!
//! Invariant: a rate counts a kind that there is, and as made public only one that makes something public.

use super::{
    Kind,
    naming::{self, Named},
    report::Report,
    settings,
    tree::{Name, Node, get, only_keys},
};
use facts::{KindId, Label};

/// How much of the matters of a kind came to what they are for.
#[derive(Clone, Debug)]
pub struct Rate {
    pub name: Label,
    pub kind: KindId,
    pub counts: Counts,
}

/// Which part is counted, of which whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Of the matters closed in a month, those that made something public.
    Published,
    /// Of the matters opened in a month, those that are closed by now.
    Closed,
}

const COUNTS: [(&str, Counts); 2] = [("published", Counts::Published), ("closed", Counts::Closed)];

/// The rates that the settings say, held against the kinds.
pub(super) fn read(node: Option<&Node>, kinds: &[Kind], report: &mut Report) -> Vec<Rate> {
    let rates = node.and_then(|node| node.table(report)).unwrap_or_default();
    rates.iter().filter_map(|(name, node)| rate(name, node, kinds, report)).collect()
}

fn rate(name: &Name, node: &Node, kinds: &[Kind], report: &mut Report) -> Option<Rate> {
    let table = node.table(report)?;
    let owner = format!("the rate \"{}\"", name.text);
    naming::check(Named::Rate, &name.text, &name.place, report);
    only_keys(table, &["name", "kind", "counts"], &owner, report);
    let mut said = |key: &str| {
        let found = get(table, key);
        if found.is_none() {
            report.error(&name.place, format!("{owner} does not say its {key}"));
        }
        found
    };
    let (label, kind_node, counts_node) = (said("name"), said("kind"), said("counts"));
    let label = label.map_or_else(Label::default, |node| settings::label(node, &owner, report));
    let (kind_node, counts_node) = (kind_node?, counts_node?);
    let (kind_said, counts_said) = (kind_node.text(report)?, counts_node.text(report)?);
    let kind = kinds.iter().find(|kind| kind.id.as_str() == kind_said);
    if kind.is_none() {
        let names = kinds.iter().map(|kind| kind.id.as_str());
        report.unknown(&kind_node.place, format!("no kind \"{kind_said}\""), kind_said, names);
    }
    let counts = COUNTS.into_iter().find(|(word, _)| *word == counts_said).map(|(_, counts)| counts);
    if counts.is_none() {
        let message = format!("a rate counts published or closed, not \"{counts_said}\"");
        report.unknown(&counts_node.place, message, counts_said, COUNTS.map(|(word, _)| word));
    }
    let (kind, counts) = (kind?, counts?);
    if counts == Counts::Published && !publishes(kind) {
        report.error(&counts_node.place, format!("{} makes nothing public", kind.id));
    }
    Some(Rate { name: label, kind: kind.id.clone(), counts })
}

fn publishes(kind: &Kind) -> bool {
    kind.steps.iter().any(|step| step.publishes.is_some() || step.outcomes.iter().any(|one| one.publishes.is_some()))
}
