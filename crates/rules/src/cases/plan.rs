//! Cases held against the rulebook and the directory: every name resolved before anything is run.
//!
//! Invariant: what is planned names only kinds, steps, fields, outcomes, people and matters that there
//! are at that point; a case with a problem is not planned, nor is one that begins at its end.

use super::text::{ActText, CapacityText, Day, OpenText, Read, problem, with_nearest};
use crate::rulebook::{Kind, Place, Problem, Rulebook};
use facts::{Directory, FieldId, KindId, OutcomeId, PersonId, StepId, Value};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A case ready to be run.
pub(super) struct Case {
    pub name: String,
    pub place: Place,
    pub covers: Vec<String>,
    /// The case at whose end this one begins; always an earlier index of the plan.
    pub after: Option<usize>,
    pub acts: Vec<Planned>,
    /// Names of matters and their kinds when the case has ended.
    names: BTreeMap<String, KindId>,
    last_day: Option<Date>,
}

/// An act ready to be carried out, and what it must come to.
pub(super) struct Planned {
    pub place: Place,
    pub on: Date,
    pub person: PersonId,
    pub target: Target,
    pub kind: KindId,
    pub step: StepId,
    pub input: Vec<(FieldId, Given)>,
    pub outcome: Option<OutcomeId>,
    pub each: Option<Given>,
    pub late: Option<String>,
    pub number: Option<u32>,
    pub must: Must,
}

pub(super) enum Target {
    /// Opens a matter, known by this name afterwards.
    New(Option<String>),
    Named(String),
}

/// A value in which a matter may still be a name.
#[derive(Clone, Debug)]
pub(super) enum Given {
    Value(Value),
    Matter(String),
    Set(Vec<Given>),
}

/// What an act must come to.
#[derive(Default)]
pub(super) struct Must {
    /// Articles or rules that must be among those that refuse; `Some` of nothing: refused by whatever.
    pub refused: Option<Vec<String>>,
    /// The word of a reason that must be among those given.
    pub expect: Option<String>,
    pub missing: Vec<String>,
    pub whose: Vec<String>,
    pub earliest: Option<Date>,
    /// Kinds, how many of each, and the names of the matters opened.
    pub open: Vec<(KindId, usize, Vec<String>)>,
    /// Matter (none: the one acted on), step, day.
    pub due: Vec<(Option<String>, StepId, Date)>,
    pub void: Vec<StepId>,
    /// Matter (none: the one acted on), step, role.
    pub turn: Vec<(Option<String>, StepId, String)>,
    /// The role, and how it was come by.
    pub capacity: Option<(String, Option<String>)>,
    pub publishes: Option<bool>,
    pub closes: Option<bool>,
    pub shows: Vec<(String, FieldId, Given)>,
}

/// The cases without problems, each after the one it begins with.
pub(super) fn plan(
    rulebook: &Rulebook,
    directory: &Directory,
    read: &[Read],
    problems: &mut Vec<Problem>,
) -> Vec<Case> {
    let mut planned: Vec<Case> = vec![];
    let mut waiting: Vec<(usize, &Read)> = read.iter().enumerate().collect();
    let mut seen = BTreeSet::new();
    for Read { place, source, case, .. } in read {
        if !seen.insert(case.name.as_str()) {
            let message = format!("another case has the name \"{}\"", case.name);
            problems.push(problem(place, source, message));
        }
    }
    let mut order = vec![];
    // A case waits until the one it begins with is planned; what still waits when nothing moves has
    // none, or one with problems, or runs in a circle.
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|(n, read)| {
            let base = match &read.case.after {
                None => None,
                Some(name) => match planned.iter().position(|case| case.name == *name) {
                    Some(base) => Some(base),
                    None => return true,
                },
            };
            let found = problems.len();
            let case = Planning { rulebook, directory, read, problems }.case(base.map(|base| (base, &planned[base])));
            if problems.len() == found {
                order.push(*n);
                planned.push(case);
            }
            false
        });
        if waiting.len() == before {
            break;
        }
    }
    for (_, Read { place, source, case, .. }) in waiting {
        let after = case.after.as_deref().unwrap_or_default();
        let names = seen.iter().copied().filter(|name| *name != case.name);
        let message = match seen.contains(after) && after != case.name {
            true => format!("begins at the end of \"{after}\", which cannot be run"),
            false => with_nearest(format!("no case \"{after}\" to begin with"), after, names),
        };
        problems.push(problem(place, source, message));
    }
    planned
}

struct Planning<'p> {
    rulebook: &'p Rulebook,
    directory: &'p Directory,
    read: &'p Read,
    problems: &'p mut Vec<Problem>,
}

/// The act being planned and the names that it can use.
struct Here<'h> {
    place: &'h Place,
    source: &'h str,
    names: &'h BTreeMap<String, KindId>,
}

impl Planning<'_> {
    fn case(&mut self, after: Option<(usize, &Case)>) -> Case {
        let Read { place, case, acts, .. } = self.read;
        let mut names = after.map(|(_, base)| base.names.clone()).unwrap_or_default();
        let mut day = after.and_then(|(_, base)| base.last_day);
        let mut planned = vec![];
        for (act, (place, source)) in case.act.iter().zip(acts) {
            let Some(on) = self.day(act.get_ref(), day, place, source) else { continue };
            day = Some(on);
            let here = Here { place, source, names: &names };
            let Some(act) = self.act(act.get_ref(), on, &here) else { continue };
            if let Target::New(Some(name)) = &act.target {
                names.insert(name.clone(), act.kind.clone());
            }
            for (kind, _, opened) in &act.must.open {
                names.extend(opened.iter().map(|name| (name.clone(), kind.clone())));
            }
            planned.push(act);
        }
        Case {
            name: case.name.clone(),
            place: place.clone(),
            covers: case.covers.clone(),
            after: after.map(|(base, _)| base),
            acts: planned,
            names,
            last_day: day,
        }
    }

    fn day(&mut self, act: &ActText, before: Option<Date>, place: &Place, source: &str) -> Option<Date> {
        let on = act.on.map(|Day(on)| on).or(before);
        if on.is_none() {
            self.problems.push(problem(place, source, "the first act does not say its day".into()));
        }
        if on < before {
            self.problems.push(problem(place, source, "the day lies before that of the act before".into()));
        }
        on
    }

    fn act(&mut self, act: &ActText, on: Date, here: &Here<'_>) -> Option<Planned> {
        let Some((target, step)) = act.take.split_once('.') else {
            self.say(here, format!("\"{}\" is not a kind or matter and its step", act.take));
            return None;
        };
        let (kind, target) = self.target(target, act.named.clone(), here)?;
        self.known(here, "step", &format!("of {}", kind.id), step, steps(kind));
        let step = kind.step(step)?;
        let people = self.directory.people.iter().map(|person| person.id.as_str());
        self.known(here, "person", "in the directory", &act.by, people);
        if let Some(outcome) = &act.outcome {
            let outcomes = step.outcomes.iter().map(|outcome| outcome.id.as_str());
            self.known(here, "outcome", &format!("of {}.{}", kind.id, step.id), outcome, outcomes);
        }
        Some(Planned {
            place: here.place.clone(),
            on,
            person: PersonId::new(&act.by),
            target,
            step: step.id.clone(),
            input: self.fields(kind, &act.with, here),
            outcome: act.outcome.as_ref().map(OutcomeId::new),
            each: act.each.as_ref().and_then(|each| self.member(step, each, here)),
            late: act.late.clone(),
            number: act.number,
            must: self.must(kind, act, here),
            kind: kind.id.clone(),
        })
    }

    fn target(&mut self, target: &str, named: Option<String>, here: &Here<'_>) -> Option<(&'static Kind, Target)> {
        let _ = (target, named, here);
        None
    }
}
