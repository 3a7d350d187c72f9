//! What would pass a gate in the place of what it refuses: somebody else, another outcome, a shorter list.
//!
//! Invariant: what is named passes the gate as things stand; nobody is told to change a fact where that helps.

use super::{gates::Desk, repair::says_something};
use crate::{
    authority::{self, Asker},
    progress::Progress,
    refusal::{Missing, MissingWhat, Refusal, Why},
    rulebook::{Outcome, Step, Takes},
};
use facts::{KindId, MatterId, Role, RuleId};

/// A linked matter on which a carried step is refused, and which nobody can help but by changing what carries it,
/// may be left out of the field that named it, where the step that carries asks for that field.
pub fn leave_out(refusals: &mut [Refusal], (matter, kind): (MatterId, &KindId), step: &Step, takes: &Takes) {
    if !step.asks.iter().chain(&step.may_ask).any(|asked| *asked == takes.on) {
        return;
    }
    let facts = |one: &Missing| one.matter == Some(matter) && matches!(one.what, MissingWhat::Field { .. });
    let helpless = |refusal: &&mut Refusal| refusal.why == Why::Forbidden && refusal.missing.iter().all(facts);
    for refusal in refusals.iter_mut().filter(helpless) {
        let what = MissingWhat::Field { field: takes.on.clone(), by: None };
        refusal.missing = vec![Missing { matter: Some(matter), kind: kind.clone(), what, who: vec![], earliest: None }];
    }
}

impl Desk<'_> {
    /// Whether one gate lets somebody take a step.
    fn lets_pass(&self, asker: Asker<'_>, step: &Step, rule: &RuleId) -> bool {
        let ruling = self.bench.gates(asker, step.id.as_str());
        !ruling.rules.contains(rule) && !ruling.errors.iter().any(|(erred, _)| erred == rule)
    }

    /// The roles whose step it is and whom this gate lets pass, where it keeps back a person who has none
    /// of them.
    pub fn open_to_others(&self, asker: Asker<'_>, step: &Step, rule: &RuleId) -> Vec<Role> {
        let Asker::Person(person) = asker else { return vec![] };
        let held = self.progress.scene.organisation.roles(person);
        let mut roles = authority::roles_of_step(&self.bench, &self.progress, step);
        let others = |role: &Role| !held.iter().any(|(own, _)| own == role);
        roles.retain(|role| others(role) && self.lets_pass(Asker::Role(role), step, rule));
        roles
    }

    /// Somebody else of those whose step it is, where the gate keeps back a person for who that person is.
    pub fn another(&self, asker: Asker<'_>, step: &Step, rule: &RuleId) -> Option<Missing> {
        let Asker::Person(person) = asker else { return None };
        let organisation = self.progress.scene.organisation;
        let passes = |asker: Asker<'_>| self.lets_pass(asker, step, rule);
        let held = organisation.roles(person);
        let mut who = authority::roles_of_step(&self.bench, &self.progress, step);
        who.retain(|role| {
            let others = || organisation.holders(role).iter().map(|(other, _)| other).filter(|one| *one != person);
            !matches!(role, Role::Person(_))
                && held.iter().any(|(own, _)| own == role)
                && passes(Asker::Role(role))
                && others().any(|other| passes(Asker::Person(other)))
        });
        if who.is_empty() {
            return None;
        }
        let (matter, kind) = (Some(self.progress.matter.id), self.progress.kind.id.clone());
        Some(Missing { matter, kind, what: MissingWhat::Another, who, earliest: None })
    }

    /// Puts another outcome in the place of fields that would have to be changed, where one passes: a finding is
    /// not withdrawn for the sake of an outcome. What the person has only to fill in stays as it is.
    pub fn prefer_outcome(&self, asker: Asker<'_>, step: &Step, rule: &RuleId, missing: &mut Vec<Missing>) {
        let Progress { matter, kind, .. } = self.progress;
        let chosen = self.progress.scene.outcome.and_then(|outcome| step.outcome(outcome.as_str()));
        let of_outcome = chosen.into_iter().flat_map(|outcome| outcome.asks.iter().chain(&outcome.may_ask));
        let of_outcome: Vec<_> = of_outcome.collect();
        let changed = |one: &Missing| match &one.what {
            MissingWhat::Field { field, by } => {
                let asked = by.is_none() && of_outcome.contains(&field);
                matter.fields.get(field).is_some_and(says_something) && !asked
            }
            _ => false,
        };
        if !missing.iter().all(changed) {
            return;
        }
        let one_of = self.outcomes_that_pass(asker, step, rule);
        if one_of.is_empty() {
            return;
        }
        let one_of = one_of.into_iter().map(|outcome| outcome.id.clone()).collect();
        let what = MissingWhat::Outcome { step: step.id.clone(), one_of };
        *missing = vec![Missing { matter: Some(matter.id), kind: kind.id.clone(), what, who: vec![], earliest: None }];
    }

    /// The outcomes with which a gate over the outcome would let the step pass, and that no other gate refuses.
    fn outcomes_that_pass<'o>(&self, asker: Asker<'_>, step: &'o Step, rule: &RuleId) -> Vec<&'o Outcome> {
        let Some(chosen) = self.progress.scene.outcome else { return vec![] };
        let gates = self.authority.policies(self.progress.kind.id.as_str(), step.id.as_str());
        if !gates.iter().any(|policy| policy.rule == *rule && !policy.permits && policy.reads_outcome) {
            return vec![];
        }
        let refused = self.bench.gates(asker, step.id.as_str()).rules;
        let passes = |outcome: &&Outcome| {
            let then = self.progress.scene.with_outcome(&outcome.id);
            let bench = self.authority.bench(self.rulebook, &then, self.progress.matter);
            let ruling = bench.gates(asker, step.id.as_str());
            ruling.errors.is_empty() && ruling.rules.iter().all(|one| one != rule && refused.contains(one))
        };
        step.outcomes.iter().filter(|outcome| outcome.id != *chosen).filter(passes).collect()
    }
}
