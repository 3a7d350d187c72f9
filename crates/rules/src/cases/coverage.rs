//! Which requirement of the rulebook is shown by which cases.
//!
//! Invariant: every requirement number that an article names is in the table, covered or not.

use super::{
    WITHOUT_CASE,
    plan::Case,
    text::{self, with_nearest},
};
use crate::rulebook::{Place, Problem, Rulebook, SourceFile};
use std::collections::BTreeMap;

/// One requirement and the cases that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// E.g. `R26-5`.
    pub requirement: String,
    pub article: String,
    /// Names of the cases that show what it allows.
    pub allowed: Vec<String>,
    /// Names of the cases that show what it refuses.
    pub refused: Vec<String>,
    /// Why no case can show it.
    pub without: Option<String>,
}

impl Covered {
    /// Whether some case shows it, or it is said why none can.
    pub fn is_accounted_for(&self) -> bool {
        self.without.is_some() || !(self.allowed.is_empty() && self.refused.is_empty())
    }
}

/// The table of all requirements; a number that no article names is a problem.
pub(super) fn coverage(
    rulebook: &Rulebook,
    cases: &[Case],
    files: &[SourceFile],
    problems: &mut Vec<Problem>,
) -> Vec<Covered> {
    let mut table: Vec<Covered> = vec![];
    for article in &rulebook.articles {
        for requirement in &article.requirements {
            if !table.iter().any(|known| known.requirement == *requirement) {
                table.push(Covered {
                    requirement: requirement.clone(),
                    article: article.number.clone(),
                    allowed: vec![],
                    refused: vec![],
                    without: None,
                });
            }
        }
    }
    for case in cases {
        for number in &case.covers {
            let Some(covered) = find(&mut table, number, &case.place, problems) else { continue };
            if case.shows_refusal() {
                covered.refused.push(case.name.clone());
            }
            if case.shows_grant() {
                covered.allowed.push(case.name.clone());
            }
        }
    }
    if let Some(file) = files.iter().find(|file| file.path == WITHOUT_CASE) {
        let reasons: BTreeMap<String, String> = text::parse(file, problems).unwrap_or_default();
        let place = Place { file: file.path.clone(), line: 1 };
        for (number, reason) in reasons {
            let Some(covered) = find(&mut table, &number, &place, problems) else { continue };
            if covered.is_accounted_for() {
                let message = format!("{number} has a case now, and needs no reason");
                problems.push(text::problem(&place, "", message));
            }
            covered.without = Some(reason);
        }
    }
    table
}

fn find<'t>(
    table: &'t mut [Covered],
    number: &str,
    place: &Place,
    problems: &mut Vec<Problem>,
) -> Option<&'t mut Covered> {
    if !table.iter().any(|covered| covered.requirement == number) {
        let numbers = table.iter().map(|covered| covered.requirement.as_str());
        let message = with_nearest(format!("no article names the requirement {number}"), number, numbers);
        problems.push(text::problem(place, "", message));
    }
    table.iter_mut().find(|covered| covered.requirement == number)
}
