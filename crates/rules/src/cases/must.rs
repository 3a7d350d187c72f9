//! What an act of a case must come to, with every name resolved.
//!
//! Invariant: it speaks only of kinds, steps and fields that the rulebook has.

use super::{
    plan::{Here, Planning},
    text::{ActText, CapacityText, Day, Hour, OpenText},
    values::Given,
};
use crate::rulebook::{Kind, Rulebook};
use facts::{FieldId, KindId, StepId};
use jiff::civil::{Date, Time};
use std::collections::BTreeMap;

/// The words for the kinds of reasons, for `expect`.
pub(super) const REASONS: [&str; 36] = [
    "not_yours",
    "vacant",
    "forbidden",
    "past",
    "not_needed",
    "carried",
    "closed",
    "unknown_kind",
    "unknown_step",
    "unknown_matter",
    "no_start",
    "field_missing",
    "field_not_asked",
    "field_wrong",
    "field_unknown",
    "field_twice",
    "field_not_among",
    "outcome_missing",
    "outcome_unknown",
    "each_missing",
    "each_not_asked",
    "each_answered",
    "late",
    "post_held",
    "held_already",
    "away_already",
    "not_appointed",
    "not_held",
    "no_id",
    "id_taken",
    "away_then",
    "number_taken",
    "out_of_series",
    "dates_reversed",
    "no_calendar",
    "rule_error",
];

/// What an act must come to.
#[derive(Default)]
pub(super) struct Must {
    /// Articles or rules that must be among those that refuse.
    pub refused: Vec<String>,
    /// The word of a reason that must be among those given.
    pub expect: Option<String>,
    pub missing: Vec<String>,
    pub whose: Vec<String>,
    pub earliest: Option<Date>,
    /// Kinds, how many of each, and the names of the matters opened.
    pub open: Vec<(KindId, usize, Vec<String>)>,
    /// Matter (none: the one acted on), step, day.
    pub due: Vec<(Option<String>, StepId, Date, Option<Time>)>,
    pub void: Vec<StepId>,
    pub done: Vec<StepId>,
    pub still: Vec<StepId>,
    /// Articles among those that bind by reference only and speak against the act.
    pub remarks: Vec<String>,
    /// Matter (none: the one acted on), step, role.
    pub turn: Vec<(Option<String>, StepId, String)>,
    /// The role, and how it was come by.
    pub capacity: Option<(String, Option<String>)>,
    pub publishes: Option<bool>,
    pub closes: Option<bool>,
    pub shows: Vec<(String, FieldId, Given)>,
}

impl Must {
    /// Whether the act must be refused.
    pub fn is_refused(&self) -> bool {
        !self.refused.is_empty()
            || self.expect.is_some()
            || !self.missing.is_empty()
            || !self.whose.is_empty()
            || self.earliest.is_some()
    }
}

impl<'p> Planning<'p> {
    /// The names under which an act opens matters, and their kinds; the kinds are checked elsewhere.
    pub fn opened_here(act: &ActText) -> BTreeMap<String, KindId> {
        let Some(OpenText::Named(kinds)) = &act.open else { return BTreeMap::new() };
        let pairs = kinds
            .iter()
            .flat_map(|(kind, names)| names.all().iter().map(move |name| (name.clone(), KindId::new(kind))));
        pairs.collect()
    }

    /// What the act must come to.
    pub fn must(&mut self, kind: &Kind, act: &ActText, here: &Here<'_>) -> Must {
        if let Some(expect) = &act.expect {
            self.known(here, "kind of reason", expect, &REASONS);
        }
        let mut must = Must {
            refused: act.refused.as_ref().map(|refused| refused.all().to_vec()).unwrap_or_default(),
            expect: act.expect.clone(),
            missing: act.missing.all().to_vec(),
            whose: act.whose.all().to_vec(),
            earliest: act.earliest.map(|Day(day)| day),
            open: self.open(act, here),
            done: act.done.all().iter().filter_map(|step| self.step(kind, step, here)).collect(),
            still: act.still.all().iter().filter_map(|step| self.step(kind, step, here)).collect(),
            remarks: act.remarks.all().to_vec(),
            void: act.void.all().iter().filter_map(|step| self.step(kind, step, here)).collect(),
            capacity: act.capacity.as_ref().map(|capacity| match capacity {
                CapacityText::Role(role) => (role.clone(), None),
                CapacityText::RoleVia { role, via } => (role.clone(), Some(via.clone())),
            }),
            publishes: act.publishes,
            closes: act.closes,
            ..Must::default()
        };
        self.cited(&must.refused, here);
        self.cited(&must.remarks, here);
        for due in act.due.all() {
            let Day(on) = due.on;
            let step = self.kind_of(kind, due.of.as_deref(), here);
            let step = step.and_then(|kind| self.step(kind, &due.step, here));
            let at = due.at.map(|Hour(at)| at);
            must.due.extend(step.map(|step| (due.of.clone(), step, on, at)));
        }
        for turn in act.turn.all() {
            let step = self.kind_of(kind, turn.of.as_deref(), here);
            let step = step.and_then(|kind| self.step(kind, &turn.step, here));
            must.turn.extend(step.map(|step| (turn.of.clone(), step, turn.role.clone())));
        }
        for (name, fields) in &act.shows {
            let Some(kind) = self.kind_of(kind, Some(name), here) else { continue };
            let fields = self.fields(kind, fields, here);
            must.shows.extend(fields.into_iter().map(|(field, given)| (name.clone(), field, given)));
        }
        let says_effects = !must.open.is_empty() || !must.void.is_empty() || !must.shows.is_empty();
        if must.is_refused() && (says_effects || must.capacity.is_some() || must.publishes.is_some()) {
            self.say(here, "what is refused has no effects".into());
        }
        must
    }

    fn cited(&mut self, refused: &[String], here: &Here<'_>) {
        let rulebook = self.rulebook;
        for cited in refused {
            if cited.contains('/') {
                let rules: Vec<&str> = rulebook.rules.keys().map(facts::RuleId::as_str).collect();
                // A gate written in Cedar gets its id when it is compiled, and its article is known.
                let article = cited.split('/').next().unwrap_or_default();
                if rulebook.article(article).is_none() {
                    self.known(here, "rule", cited, &rules);
                }
            } else {
                let articles: Vec<&str> = rulebook.articles.iter().map(|one| one.number.as_str()).collect();
                self.known(here, "article", cited, &articles);
            }
        }
    }

    fn open(&mut self, act: &ActText, here: &Here<'_>) -> Vec<(KindId, usize, Vec<String>)> {
        let mut open = match &act.open {
            None => vec![],
            Some(OpenText::Kind(kind)) => vec![(KindId::new(kind), act.count.unwrap_or(1), vec![])],
            Some(OpenText::Named(kinds)) => {
                kinds.iter().map(|(kind, names)| (KindId::new(kind), names.all().len(), names.all().to_vec())).collect()
            }
        };
        let kinds: Vec<&str> = self.rulebook.kinds.iter().map(|kind| kind.id.as_str()).collect();
        for (kind, ..) in &open {
            self.known(here, "kind", kind.as_str(), &kinds);
        }
        open.retain(|(kind, ..)| kinds.contains(&kind.as_str()));
        open
    }

    fn step(&mut self, kind: &Kind, step: &str, here: &Here<'_>) -> Option<StepId> {
        let steps: Vec<&str> = kind.steps.iter().map(|step| step.id.as_str()).collect();
        self.known(here, &format!("step of {}", kind.id), step, &steps);
        kind.step(step).map(|step| step.id.clone())
    }

    fn kind_of<'k>(&mut self, own: &'k Kind, of: Option<&str>, here: &Here<'_>) -> Option<&'k Kind>
    where
        'p: 'k,
    {
        let Some(name) = of else { return Some(own) };
        let rulebook: &'p Rulebook = self.rulebook;
        let names: Vec<&str> = here.names.keys().map(String::as_str).collect();
        self.known(here, "matter by the name", name, &names);
        rulebook.kind(here.names.get(name)?.as_str())
    }
}
