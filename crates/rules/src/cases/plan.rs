//! Cases held against the rulebook and the directory: every name resolved before anything is run.
//!
//! Invariant: what is planned names only kinds, steps, fields, outcomes, people and matters that there
//! are at that point; a case with a problem is not planned, nor is one that begins at its end.

use super::{
    must::Must,
    text::{ActText, Covers, Day, Hour, Read, problem, with_nearest},
    values::Given,
};
use crate::rulebook::{Kind, Place, Problem, Rulebook};
use facts::{Directory, FieldId, KindId, OutcomeId, PersonId, StepId};
use jiff::civil::{Date, Time};
use std::collections::{BTreeMap, BTreeSet};

/// A case ready to be run.
pub(super) struct Case {
    pub name: String,
    pub place: Place,
    pub covers: Vec<Covers>,
    /// The case at whose end this one begins; always an earlier index of the plan.
    pub after: Option<usize>,
    pub acts: Vec<Planned>,
    /// Names of matters and their kinds when the case has ended.
    names: BTreeMap<String, KindId>,
    /// Ids under which it enters persons and bodies.
    entered: BTreeSet<String>,
    last_day: Option<Date>,
    /// Where it stands among all that were read.
    nth: usize,
}

/// An act ready to be carried out, and what it must come to.
pub(super) struct Planned {
    pub place: Place,
    pub on: Date,
    /// The time of day, where it counts.
    pub at: Option<Time>,
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

impl Case {
    /// Where it stands among all that were read.
    pub fn nth(&self) -> usize {
        self.nth
    }

    /// Whether it shows that something is refused.
    pub fn shows_refusal(&self) -> bool {
        self.acts.iter().any(|act| act.must.is_refused() || !act.must.remarks.is_empty())
    }

    /// Whether it shows that something is allowed in the end.
    pub fn shows_grant(&self) -> bool {
        self.acts.last().is_some_and(|act| !act.must.is_refused())
    }
}

/// The cases without problems, each after the one it begins with.
pub(super) fn plan(
    rulebook: &Rulebook,
    directory: &Directory,
    read: &[Read],
    problems: &mut Vec<Problem>,
) -> Vec<Case> {
    let mut names = BTreeSet::new();
    for Read { place, source, case, .. } in read {
        if !names.insert(case.name.as_str()) {
            let message = format!("another case has the name \"{}\"", case.name);
            problems.push(problem(place, source, message));
        }
    }
    let mut planned: Vec<Case> = vec![];
    let mut waiting: Vec<(usize, &Read)> = read.iter().enumerate().collect();
    // A case waits until the one it begins with is planned; what still waits when nothing moves has
    // none, or one with problems, or runs in a circle.
    loop {
        let still = waiting.len();
        waiting.retain(|(nth, read)| {
            let base = read.case.after.as_ref();
            let base = base.map(|name| planned.iter().position(|case| case.name == *name));
            if base == Some(None) {
                return true;
            }
            let found = problems.len();
            let after = base.flatten().map(|base| (base, &planned[base]));
            let mut entered = after.map(|(_, base)| base.entered.clone()).unwrap_or_default();
            entered.extend(read.case.act.iter().flat_map(|act| entered_by(rulebook, act.get_ref())));
            let case = Planning { rulebook, directory, problems, entered }.case(read, *nth, after);
            if problems.len() == found {
                planned.push(case);
            }
            false
        });
        if waiting.len() == still {
            break;
        }
    }
    for (_, Read { place, source, case, .. }) in waiting {
        let after = case.after.as_deref().unwrap_or_default();
        let message = match names.contains(after) {
            true => format!("begins at the end of \"{after}\", which cannot be run"),
            false => with_nearest(format!("no case \"{after}\" to begin with"), after, names.iter().copied()),
        };
        problems.push(problem(place, source, message));
    }
    planned
}

/// The ids under which an act would enter somebody or a body in the directory.
fn entered_by<'a>(rulebook: &'a Rulebook, act: &'a ActText) -> impl Iterator<Item = String> + 'a {
    let step = act.take.split_once('.').and_then(|(kind, step)| rulebook.kind(kind)?.step(step));
    let fields = step.into_iter().flat_map(|step| step.sayings()).filter_map(|saying| saying.entered());
    fields.filter_map(|field| act.with.get(field.as_str())?.as_str().map(str::to_owned))
}

/// The cases in the order in which they stand in the files.
pub(super) fn in_reading_order(cases: &[Case]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..cases.len()).collect();
    order.sort_by_key(|index| cases[*index].nth);
    order
}

pub(super) struct Planning<'p> {
    pub rulebook: &'p Rulebook,
    pub directory: &'p Directory,
    pub problems: &'p mut Vec<Problem>,
    /// Ids of persons and bodies that the case itself enters in the directory.
    pub entered: BTreeSet<String>,
}

/// The act being planned and the names that it can use.
pub(super) struct Here<'h> {
    pub place: &'h Place,
    pub source: &'h str,
    pub names: &'h BTreeMap<String, KindId>,
}

impl<'p> Planning<'p> {
    fn case(&mut self, read: &Read, nth: usize, after: Option<(usize, &Case)>) -> Case {
        let Read { place, case, acts, covers, .. } = read;
        let mut names = after.map(|(_, base)| base.names.clone()).unwrap_or_default();
        let mut day = after.and_then(|(_, base)| base.last_day);
        let mut planned = vec![];
        for (act, (place, source)) in case.act.iter().zip(acts) {
            let act = act.get_ref();
            let before = day;
            day = act.on.map(|Day(on)| on).or(day);
            let here = Here { place, source, names: &names };
            match day {
                None => self.say(&here, "the first act does not say its day".into()),
                Some(_) if day < before => self.say(&here, "the day lies before that of the act before".into()),
                Some(_) => {}
            }
            let opens = Self::opened_here(act);
            let Some(act) = day.and_then(|on| self.act(act, on, &here, &opens)) else { continue };
            if let Target::New(Some(name)) = &act.target {
                names.insert(name.clone(), act.kind.clone());
            }
            names.extend(opens.into_iter().filter(|(_, kind)| self.rulebook.kind(kind.as_str()).is_some()));
            planned.push(act);
        }
        Case {
            name: case.name.clone(),
            place: place.clone(),
            covers: covers.clone(),
            after: after.map(|(base, _)| base),
            acts: planned,
            names,
            entered: self.entered.clone(),
            last_day: day,
            nth,
        }
    }

    fn act(&mut self, act: &ActText, on: Date, here: &Here<'_>, opens: &BTreeMap<String, KindId>) -> Option<Planned> {
        let Some((target, step)) = act.take.split_once('.') else {
            self.say(here, format!("\"{}\" is not a kind or a matter and its step", act.take));
            return None;
        };
        let (kind, target) = self.target(target, act.named.clone(), here)?;
        self.known_person(here, &act.by);
        let steps: Vec<&str> = kind.steps.iter().map(|step| step.id.as_str()).collect();
        self.known(here, &format!("step of {}", kind.id), step, &steps);
        let step = kind.step(step)?;
        if let Some(outcome) = &act.outcome {
            let outcomes: Vec<&str> = step.outcomes.iter().map(|outcome| outcome.id.as_str()).collect();
            self.known(here, &format!("outcome of {}.{}", kind.id, step.id), outcome, &outcomes);
        }
        // What is compared after the act may also name what the act itself opens.
        let mut after = here.names.clone();
        after.extend(opens.clone());
        after.extend(act.named.iter().map(|name| (name.clone(), kind.id.clone())));
        let must = self.must(kind, act, &Here { names: &after, ..*here });
        Some(Planned {
            place: here.place.clone(),
            on,
            at: act.at.map(|Hour(at)| at),
            person: PersonId::new(&act.by),
            target,
            step: step.id.clone(),
            input: self.fields(kind, &act.with, here),
            outcome: act.outcome.as_ref().map(OutcomeId::new),
            each: act.each.as_ref().and_then(|each| self.member(step, each, here)),
            late: act.late.clone(),
            number: act.number,
            must,
            kind: kind.id.clone(),
        })
    }

    fn target(&mut self, target: &str, named: Option<String>, here: &Here<'_>) -> Option<(&'p Kind, Target)> {
        let rulebook = self.rulebook;
        if let Some(kind) = here.names.get(target) {
            if let Some(name) = named {
                self.say(here, format!("\"{name}\" names no new matter: the step is taken on \"{target}\""));
            }
            return Some((rulebook.kind(kind.as_str())?, Target::Named(target.to_owned())));
        }
        if let Some(kind) = rulebook.kind(target) {
            return Some((kind, Target::New(named)));
        }
        let mut names: Vec<&str> = rulebook.kinds.iter().map(|kind| kind.id.as_str()).collect();
        names.extend(here.names.keys().map(String::as_str));
        self.known(here, "kind, nor a matter by this name,", target, &names);
        None
    }

    pub fn known(&mut self, here: &Here<'_>, what: &str, name: &str, names: &[&str]) {
        if !names.contains(&name) {
            let message = with_nearest(format!("no {what} \"{name}\""), name, names.iter().copied());
            self.say(here, message);
        }
    }

    /// A person of the directory, or one whom the case enters in it.
    pub fn known_person(&mut self, here: &Here<'_>, id: &str) {
        let people: Vec<&str> = self.directory.people.iter().map(|person| person.id.as_str()).collect();
        if !self.entered.contains(id) {
            self.known(here, "person in the directory", id, &people);
        }
    }

    pub fn say(&mut self, here: &Here<'_>, message: String) {
        self.problems.push(problem(here.place, here.source, message));
    }
}
