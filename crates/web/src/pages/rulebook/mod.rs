//! The rulebook as everybody reads it: chapters, an article beside its code, the rules of a step.
//!
//! Knows no article, kind or step by name. Invariant: what is reconstructed is marked wherever it is shown.

pub mod article;
mod class;
mod governed;
pub mod index;
mod paired;
pub mod step;

use crate::components::Link;
use crate::wording::{Words, path_segment};
use facts::{KindId, RuleId, StepId};
use rules::rulebook::{Kind, Step};

/// The page that explains a step.
pub fn step_href(kind: &KindId, step: &StepId) -> String {
    format!("/rulebook/{}/{}", path_segment(kind.as_str()), path_segment(step.as_str()))
}

/// The step that a rule is about, where its name has one.
fn step_of<'w>(words: &'w Words, rule: &RuleId) -> Option<(&'w Kind, &'w Step)> {
    let (_, named) = rule.as_str().split_once('/')?;
    let mut parts = named.split('.');
    let kind = words.rulebook().kind(parts.next()?)?;
    Some((kind, kind.step(parts.next()?)?))
}

/// The page that explains what a rule is about: its step, where its name has one, or else its article.
fn rule_href(words: &Words, rule: &RuleId) -> String {
    match step_of(words, rule) {
        Some((kind, step)) => step_href(&kind.id, &step.id),
        None => words.cite(rule).href,
    }
}

/// The way back.
fn crumbs(words: &Words) -> Vec<Link> {
    vec![Link::new(words.t("rulebook-title"), "/rulebook")]
}
