//! Which requirement of the rulebook is shown by which cases.
//!
//! Invariant: every requirement number that an article names is in the table, covered or not.

use super::{
    WITHOUT_CASE,
    plan::Case,
    text::{self, Covers, with_nearest},
};
use crate::rulebook::{Class, OVERLAY, Problem, Rulebook, SourceFile};
use std::collections::BTreeMap;
use toml::Spanned;

/// One requirement and the cases that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// E.g. `R26-5`.
    pub requirement: String,
    pub article: String,
    /// How it binds, where the rulebook has a list that says so.
    pub class: Option<Class>,
    /// Names of the cases that show what it allows.
    pub allowed: Vec<String>,
    /// Names of the cases that show what it refuses.
    pub refused: Vec<String>,
    /// Why no case can show it.
    pub without: Option<String>,
}

impl Covered {
    /// Whether cases show it, or it is said why none can. What is enforced is shown allowed and refused;
    /// of everything else one side is enough.
    pub fn is_accounted_for(&self) -> bool {
        let is_enforced = matches!(self.class, Some(Class::Enforced | Class::EnforcedByParameter));
        let (allowed, refused) = (!self.allowed.is_empty(), !self.refused.is_empty());
        self.without.is_some() || (allowed && refused) || (!is_enforced && (allowed || refused))
    }
}

/// Whether a rulebook is an overlay without requirements of its own: what its base has to show, the cases of the
/// base show.
pub(super) fn is_partial(files: &[SourceFile]) -> bool {
    let has = |path: &str| files.iter().any(|file| file.path == path);
    has(OVERLAY) && !has("requirements.toml")
}

/// The table of all requirements; a number that no article names is a problem.
pub(super) fn coverage(
    rulebook: &Rulebook,
    cases: &[Case],
    files: &[SourceFile],
    problems: &mut Vec<Problem>,
) -> Vec<Covered> {
    let mut table: Vec<Covered> = vec![];
    if is_partial(files) {
        return table;
    }
    for article in &rulebook.articles {
        for requirement in &article.requirements {
            if !table.iter().any(|known| known.requirement == *requirement) {
                table.push(Covered {
                    requirement: requirement.clone(),
                    article: article.number.clone(),
                    class: rulebook.demands.class(requirement),
                    allowed: vec![],
                    refused: vec![],
                    without: None,
                });
            }
        }
    }
    for case in cases {
        for number in &case.covers {
            let Some(covered) = find(&mut table, number, problems) else { continue };
            if case.shows_refusal() {
                covered.refused.push(case.name.clone());
            }
            if case.shows_grant() {
                covered.allowed.push(case.name.clone());
            }
        }
    }
    if let Some(file) = files.iter().find(|file| file.path == WITHOUT_CASE) {
        let reasons: BTreeMap<Spanned<String>, String> = text::parse(file, problems).unwrap_or_default();
        for (number, reason) in reasons {
            let number = Covers::in_file(&number, file);
            let Some(covered) = find(&mut table, &number, problems) else { continue };
            if !(covered.allowed.is_empty() && covered.refused.is_empty()) {
                let message = format!("{} has a case now, and needs no reason", number.number);
                problems.push(text::problem(&number.place, &number.source, message));
            }
            covered.without = Some(reason);
        }
    }
    table
}

fn find<'t>(
    table: &'t mut [Covered],
    Covers { number, place, source }: &Covers,
    problems: &mut Vec<Problem>,
) -> Option<&'t mut Covered> {
    if !table.iter().any(|covered| covered.requirement == *number) {
        let numbers = table.iter().map(|covered| covered.requirement.as_str());
        let message = with_nearest(format!("no article names the requirement {number}"), number, numbers);
        problems.push(text::problem(place, source, message));
    }
    table.iter_mut().find(|covered| covered.requirement == *number)
}
