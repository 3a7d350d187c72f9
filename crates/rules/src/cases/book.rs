//! The cases of an edition as they are read: what each plays through, and what must come of every act.
//!
//! Invariant: what is told is what the test of the rulebook plays; a case that cannot be played is not told.

use super::{ORGANISATION, plan, planned};
use crate::{
    engine::Edition,
    rulebook::{BASE, SourceFile},
};
use facts::{KindId, Label, OutcomeId, StepId};
use jiff::civil::Date;
use std::{collections::BTreeSet, sync::OnceLock};

/// The cases beside a rulebook; they are read when they are first asked for.
pub struct CaseBook {
    files: Vec<SourceFile>,
    read: OnceLock<Vec<ToldCase>>,
}

/// A case.
pub struct ToldCase {
    pub name: String,
    /// Requirement numbers.
    pub covers: Vec<String>,
    /// The case at whose end it begins.
    pub after: Option<String>,
    pub acts: Vec<ToldAct>,
    articles: BTreeSet<String>,
}

/// An act of a case.
pub struct ToldAct {
    pub on: Date,
    pub person: Label,
    pub kind: KindId,
    pub step: StepId,
    pub outcome: Option<OutcomeId>,
    /// Whether it must be refused.
    pub refused: bool,
    /// The articles that must be among those that refuse.
    pub under: BTreeSet<String>,
}

impl CaseBook {
    /// The cases among the files of a rulebook, or of its base where it has no people of its own.
    pub(crate) fn of(files: &[SourceFile]) -> CaseBook {
        let organisation = format!("{BASE}{ORGANISATION}");
        let is_of_cases = |file: &&SourceFile| file.path.starts_with("cases/") || file.path == organisation;
        CaseBook { files: files.iter().filter(is_of_cases).cloned().collect(), read: OnceLock::new() }
    }

    /// Every case, in reading order.
    pub fn all(&self, edition: &Edition) -> &[ToldCase] {
        self.read.get_or_init(|| self.told(edition))
    }

    /// The cases that show a requirement of an article, or a refusal under it.
    pub fn of_article<'c>(&'c self, edition: &Edition, article: &str) -> impl Iterator<Item = &'c ToldCase> {
        self.all(edition).iter().filter(move |case| case.articles.contains(article))
    }

    fn told(&self, edition: &Edition) -> Vec<ToldCase> {
        let Some((directory, cases)) = planned(edition, &self.files, &mut vec![]) else { return vec![] };
        let name = |id: &facts::PersonId| {
            let known = directory.people.iter().find(|person| person.id == *id);
            known.map_or_else(|| Label::same(id.as_str()), |person| person.name.clone())
        };
        let told = cases.iter().map(|case| {
            let covers: Vec<String> = case.covers.iter().map(|covers| covers.number.clone()).collect();
            let acts: Vec<ToldAct> = case.acts.iter().map(|act| told_act(act, name(&act.person))).collect();
            let of_requirements = covers.iter().filter_map(|number| article_of(number)).map(str::to_owned);
            let articles = of_requirements.chain(acts.iter().flat_map(|act| act.under.iter().cloned())).collect();
            let after = case.after.map(|base| cases[base].name.clone());
            ToldCase { name: case.name.clone(), covers, after, acts, articles }
        });
        let mut told: Vec<(usize, ToldCase)> = cases.iter().map(plan::Case::nth).zip(told).collect();
        told.sort_by_key(|(nth, _)| *nth);
        told.into_iter().map(|(_, case)| case).collect()
    }
}

/// The article of a requirement such as `R22-3`.
fn article_of(requirement: &str) -> Option<&str> {
    Some(requirement.strip_prefix('R')?.split_once('-')?.0)
}

fn told_act(act: &plan::Planned, person: Label) -> ToldAct {
    // A rule begins with its article: `26/Decision.review_legality.gate`.
    let article = |cited: &String| cited.split('/').next().unwrap_or_default().to_owned();
    ToldAct {
        on: act.on,
        person,
        kind: act.kind.clone(),
        step: act.step.clone(),
        outcome: act.outcome.clone(),
        refused: act.must.is_refused(),
        under: act.must.refused.iter().map(article).collect(),
    }
}
