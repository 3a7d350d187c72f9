//! What a field can hold, whether a condition can hold, and the steps as they would be taken: what is known of
//! a rulebook before anybody acts.

use super::StepPolicies;
use crate::rulebook::{Kind, Outcome, Step};
use facts::{KindId, RuleId, StepId};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// A step of a kind.
pub(super) type At = (KindId, StepId);

/// A policy as it is looked at here.
pub(super) struct Judged {
    pub rule: RuleId,
    pub permits: bool,
    pub from_table: bool,
    /// It speaks of everybody, and not of some by its head.
    pub of_all: bool,
    pub conditions: Json,
    pub reads: Vec<super::Access>,
}

/// The policies of every step, as they are looked at.
pub(super) fn judged(pool: &[StepPolicies]) -> BTreeMap<At, Vec<Judged>> {
    let of_step = |entry: &StepPolicies| {
        let policies = entry.policies.iter().filter_map(|compiled| {
            let (json, facts) = (compiled.policy.to_json().ok()?, &compiled.facts);
            let of_all = json.get("principal")?.get("op")?.as_str() == Some("All");
            let conditions = json.get("conditions").cloned().unwrap_or_default();
            let (rule, permits, reads) = (facts.rule.clone(), facts.permits, facts.reads.clone());
            Some(Judged { rule, permits, from_table: facts.from_table, of_all, conditions, reads })
        });
        ((KindId::new(&entry.kind), StepId::new(&entry.step)), policies.collect())
    };
    pool.iter().map(of_step).collect()
}

/// What a field can hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    /// Something that anybody fills in.
    pub any: bool,
    /// These choices, filled in by a step itself.
    pub choices: BTreeSet<String>,
    pub yes: bool,
    /// Anything at all.
    pub set: bool,
}

impl Held {
    pub fn any() -> Held {
        Held { any: true, yes: true, set: true, ..Held::default() }
    }

    pub fn can_be(&self, choice: &str) -> bool {
        self.any || self.choices.contains(choice)
    }

    pub fn join(&mut self, other: &Held) {
        self.any |= other.any;
        self.yes |= other.yes;
        self.set |= other.set;
        self.choices.extend(other.choices.iter().cloned());
    }
}

/// Whether a condition can hold, and whether it can fail to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Can {
    pub hold: bool,
    pub fail: bool,
}

impl Can {
    pub const EITHER: Can = Can { hold: true, fail: true };

    pub fn only_if(possible: bool) -> Can {
        Can { hold: possible, fail: true }
    }
    pub fn is(known: bool) -> Can {
        Can { hold: known, fail: !known }
    }
    pub fn not(self) -> Can {
        Can { hold: self.fail, fail: self.hold }
    }
    pub fn and(self, other: Can) -> Can {
        Can { hold: self.hold && other.hold, fail: self.fail || other.fail }
    }
    pub fn or(self, other: Can) -> Can {
        Can { hold: self.hold || other.hold, fail: self.fail && other.fail }
    }
}

/// What is looked at: a step as it would be taken with an outcome.
#[derive(Clone, Copy)]
pub(super) struct Look<'r> {
    pub kind: &'r Kind,
    pub step: &'r Step,
    pub outcome: Option<&'r Outcome>,
    /// What is supposed to have been done before, with its outcome.
    pub before: Option<(&'r Step, Option<&'r Outcome>)>,
}

impl<'r> Look<'r> {
    pub fn new(kind: &'r Kind, step: &'r Step, outcome: Option<&'r Outcome>) -> Look<'r> {
        Look { kind, step, outcome, before: None }
    }

    pub fn after(self, before: (&'r Step, Option<&'r Outcome>)) -> Look<'r> {
        Look { before: Some(before), ..self }
    }
}

/// The outcomes of a step; nothing, once, of a step without any.
pub(super) fn ways(step: &Step) -> Vec<Option<&Outcome>> {
    match step.outcomes.is_empty() {
        true => vec![None],
        false => step.outcomes.iter().map(Some).collect(),
    }
}

/// Whether a step comes after another of the same kind, however many steps lie between.
pub(super) fn follows(kind: &Kind, step: &Step, earlier: &StepId) -> bool {
    let (mut seen, mut ahead) = (BTreeSet::new(), vec![step]);
    while let Some(step) = ahead.pop() {
        for after in step.after.iter().filter(|after| after.links.is_empty()) {
            if after.step == *earlier {
                return true;
            }
            ahead.extend(kind.step(after.step.as_str()).filter(|_| seen.insert(&after.step)));
        }
    }
    false
}
