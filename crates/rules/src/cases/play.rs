//! Planned cases carried out in an office in memory.
//!
//! Invariant: every case sees only what its own acts, and those of the case it begins with, have done.

use super::{
    CaseResult,
    days::Asserted,
    expect,
    plan::{Case, Planned, Target, in_reading_order},
};
use crate::{
    engine::{self, Command, Edition},
    refusal::Refused,
    world::{NoZone, World},
};
use facts::{Calendar, Directory, Event, MatterId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The office at some point of a case.
#[derive(Clone)]
pub(super) struct Stage<'e> {
    pub world: World<'e>,
    /// The matters that the acts have named.
    pub names: BTreeMap<String, MatterId>,
    /// How many acts there were, so that no two are at the same instant.
    acts: u32,
    /// The office after half of the acts of the last case.
    pub midway: Option<World<'e>>,
    /// The due days that came out as a case says.
    pub due: BTreeSet<Asserted>,
}

/// Runs every case: how the office stands at its end, or where and why it failed.
///
/// # Errors
/// The rulebook's zone is unknown to this machine.
pub(super) fn play<'e>(
    edition: &'e Edition,
    calendar: &Calendar,
    directory: &Directory,
    cases: &[Case],
) -> Result<Vec<Result<Stage<'e>, String>>, NoZone> {
    let empty = Stage::begin(edition, calendar, directory)?;
    let mut ends: Vec<Result<Stage<'_>, String>> = vec![];
    for case in cases {
        let begin = case.after.map_or(Ok(empty.clone()), |base| match &ends[base] {
            Ok(stage) => Ok(stage.clone()),
            Err(_) => Err(at(&case.place, &format!("it begins with \"{}\", which failed", cases[base].name))),
        });
        ends.push(begin.and_then(|stage| end_of(stage, case)));
    }
    Ok(ends)
}

/// How the cases came out, in the order of the files.
pub(super) fn results(cases: &[Case], ends: &[Result<Stage<'_>, String>]) -> Vec<CaseResult> {
    let result = |index: usize| {
        let Case { name, place, covers, .. } = &cases[index];
        let failure = ends[index].as_ref().err().cloned();
        let (name, place, covers) =
            (name.clone(), place.clone(), covers.iter().map(|covers| covers.number.clone()).collect());
        CaseResult { name, place, covers, passed: failure.is_none(), failure }
    };
    in_reading_order(cases).into_iter().map(result).collect()
}

fn at(place: &crate::rulebook::Place, text: &str) -> String {
    format!("{}:{}: {text}", place.file, place.line)
}

fn end_of<'e>(mut stage: Stage<'e>, case: &Case) -> Result<Stage<'e>, String> {
    for (n, act) in case.acts.iter().enumerate() {
        if n == case.acts.len() / 2 {
            stage.midway = Some(stage.world.clone());
        }
        let wrong = stage.take(act);
        if !wrong.is_empty() {
            return Err(at(&act.place, &wrong.join("\n")));
        }
    }
    Ok(stage)
}

/// What came of an act.
pub(super) struct Taken {
    pub now: Timestamp,
    /// The matter acted on, or opened.
    pub matter: Option<MatterId>,
    pub answer: Result<Vec<Event>, Refused>,
}

impl<'e> Stage<'e> {
    /// An office in which nothing has happened yet.
    ///
    /// # Errors
    /// The rulebook's zone is unknown to this machine.
    pub fn begin(edition: &'e Edition, calendar: &Calendar, directory: &Directory) -> Result<Stage<'e>, NoZone> {
        let world = World::new(edition, calendar.clone(), directory.clone())?;
        Ok(Stage { world, names: BTreeMap::new(), acts: 0, midway: None, due: BTreeSet::new() })
    }
}

impl Stage<'_> {
    /// Carries one act out; what did not come as the case says.
    fn take(&mut self, act: &Planned) -> Vec<String> {
        match self.carry_out(act) {
            Ok(Taken { now, matter, answer }) => {
                self.due.extend(expect::asserted(self, &act.must, now, matter));
                expect::differences(self, act, now, matter, &answer)
            }
            Err(wrong) => vec![wrong],
        }
    }

    /// Carries one act out, whatever it comes to.
    ///
    /// # Errors
    /// In words, where the act is none: its day is no instant, or it names a matter that was not opened.
    pub fn carry_out(&mut self, act: &Planned) -> Result<Taken, String> {
        self.acts += 1;
        let now = match act.at {
            Some(at) => self.world.instant_at(act.on, at),
            None => self.world.instant(act.on, self.acts),
        };
        let now = now.map_err(|error| error.to_string())?;
        let command = self.command(act, now)?;
        let answer = self.world.carry_out(now, &command);
        let matter = match (&command.target, &answer) {
            (engine::Target::Existing(id), _) => Some(*id),
            (engine::Target::New(_), Ok(events)) => events.first().map(|event| event.act.matter),
            (engine::Target::New(_), Err(_)) => None,
        };
        if let Ok(events) = &answer {
            if let (Target::New(Some(name)), Some(matter)) = (&act.target, matter) {
                self.names.insert(name.clone(), matter);
            }
            self.name_opened(act, events);
        }
        Ok(Taken { now, matter, answer })
    }

    fn command(&mut self, act: &Planned, now: Timestamp) -> Result<Command, String> {
        let unopened = |name: &str| format!("\"{name}\" was named in an act that opened nothing");
        let target = match &act.target {
            Target::New(_) => engine::Target::New(act.kind.clone()),
            Target::Named(name) => engine::Target::Existing(*self.names.get(name).ok_or_else(|| unopened(name))?),
        };
        let mut input = BTreeMap::new();
        for (field, given) in &act.input {
            let value = given.value(&self.names).ok_or_else(|| unopened(field.as_str()))?;
            input.insert(field.clone(), value);
        }
        Ok(Command {
            id: self.world.command_id(now),
            person: act.person.clone(),
            target,
            step: act.step.clone(),
            outcome: act.outcome.clone(),
            each: act.each.as_ref().and_then(|each| each.value(&self.names)),
            input,
            late: act.late.clone(),
            number: act.number,
        })
    }

    fn name_opened(&mut self, act: &Planned, events: &[Event]) {
        for (kind, _, names) in &act.must.open {
            let opened = expect::opened(events).filter(|event| event.act.kind == *kind);
            let opened: Vec<MatterId> = opened.map(|event| event.act.matter).collect();
            self.names.extend(names.iter().cloned().zip(opened));
        }
    }
}
