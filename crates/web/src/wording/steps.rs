//! What can be done instead of what was tried: the steps open now, the outcomes there are, who is asked.
//!
//! Invariant: a step is said by its label and by the name under which programs and commands call it.

use super::Words;
use facts::{KindId, OutcomeId, StepId, Value};
use rules::engine::State;
use rules::rulebook::nearest;

impl Words {
    /// A step by its label, with the name by which it is called.
    pub(super) fn step_called(&self, kind: &KindId, step: &StepId) -> String {
        self.say("step-called", &[("step", &self.step(kind, step)), ("id", &step.as_str())])
    }

    /// The steps that are open on the matter now; of a matter that is not there yet, those that open one.
    pub(super) fn steps_open(&self, kind: &KindId) -> Vec<String> {
        let ahead = self.prospects.iter().filter(|prospect| prospect.state == State::Open);
        let open: Vec<String> = ahead.map(|prospect| self.step_called(kind, &prospect.step)).collect();
        if !open.is_empty() || !self.prospects.is_empty() {
            return open;
        }
        self.starts(kind)
    }

    /// The steps that open a matter of a kind.
    pub(super) fn starts(&self, kind: &KindId) -> Vec<String> {
        let starts = self.rulebook().kind(kind.as_str()).into_iter().flat_map(|kind| kind.starts());
        starts.map(|step| self.step_called(kind, &step.id)).collect()
    }

    /// The outcomes of a step, the nearest to what was given first.
    pub(super) fn outcomes_instead(
        &self,
        kind: &KindId,
        step: &StepId,
        given: &OutcomeId,
        known: &[OutcomeId],
    ) -> Vec<String> {
        let near = nearest(given.as_str(), known.iter().map(|outcome| outcome.as_str()));
        let mut sorted: Vec<&OutcomeId> = known.iter().collect();
        sorted.sort_by_key(|outcome| Some(outcome.as_str()) != near);
        let said = |outcome: &OutcomeId| {
            self.say("step-called", &[("step", &self.outcome(kind, step, outcome)), ("id", &outcome.as_str())])
        };
        sorted.into_iter().map(said).collect()
    }

    /// Who has still to answer in a step.
    pub(super) fn still_asked(&self, step: &StepId) -> Vec<String> {
        let asked = self.prospects.iter().find(|prospect| prospect.step == *step);
        asked.map_or(vec![], |prospect| prospect.open_answers.iter().map(|member| self.one(member)).collect())
    }

    /// Whether the directory knows whom a value names.
    pub(super) fn is_known(&self, value: &Value) -> bool {
        match value {
            Value::Person(person) => self.organisation.people.contains_key(person),
            Value::Body(body) => self.organisation.bodies.contains_key(body),
            _ => true,
        }
    }
}
