//! The cases of one rulebook carried out under two: where the answers part.
//!
//! Invariant: both offices have seen the same acts up to the one that is told, and answered them alike.

use super::{
    plan::Case,
    planned,
    play::{Stage, Taken},
};
use crate::{
    engine::{Edition, deadlines},
    refusal::Refused,
    rulebook::SourceFile,
    world::NoZone,
};
use facts::{Calendar, Directory, KindId, MatterId, PersonId, StepId};
use jiff::{Timestamp, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

/// An act of a case, or a day that follows from it, that comes out otherwise.
pub struct Contrast {
    pub case: String,
    pub on: Date,
    pub person: PersonId,
    pub kind: KindId,
    pub step: StepId,
    pub differs: Differs,
    /// As it stood then.
    pub directory: Directory,
}

/// What comes out otherwise.
pub enum Differs {
    /// Granted under the old rules and refused under the new.
    Refused(Refused),
    /// Refused under the old rules and granted under the new.
    Granted(Refused),
    /// The day on which the step is due.
    Due { before: Option<Date>, after: Option<Date> },
}

/// What two rulebooks answer otherwise in the cases of the old one: of each case the first act that parts them,
/// and of each step the first day that does. The names of the cases that the new one cannot play come second.
///
/// # Errors
/// The rulebook's zone is unknown to this machine.
pub fn contrasts(
    old: &Edition,
    new: &Edition,
    calendar: &Calendar,
    files: &[SourceFile],
) -> Result<(Vec<Contrast>, Vec<String>), NoZone> {
    let Some((directory, cases)) = planned(old, files, &mut vec![]) else { return Ok((vec![], vec![])) };
    let playable = planned(new, files, &mut vec![]).map_or(vec![], |(_, cases)| cases);
    let playable: BTreeSet<&str> = playable.iter().map(|case| case.name.as_str()).collect();
    let begin = (Stage::begin(old, calendar, &directory)?, Stage::begin(new, calendar, &directory)?);
    let mut told = Comparing { contrasts: vec![], days: BTreeSet::new() };
    let mut ends: Vec<Option<(Stage<'_>, Stage<'_>)>> = vec![];
    for case in &cases {
        let stages = match case.after {
            None => Some(begin.clone()),
            Some(base) => ends[base].clone(),
        };
        let stages = stages.filter(|_| playable.contains(case.name.as_str()));
        ends.push(stages.and_then(|(is, would)| told.play(case, is, would)));
    }
    let gone = cases.iter().filter(|case| !playable.contains(case.name.as_str())).map(|case| case.name.clone());
    Ok((told.contrasts, gone.collect()))
}

struct Comparing {
    contrasts: Vec<Contrast>,
    /// The steps of which another day was told.
    days: BTreeSet<(KindId, StepId)>,
}

impl Comparing {
    /// Plays a case under both; how both stand at its end, unless an act parted them.
    fn play<'e>(&mut self, case: &Case, mut is: Stage<'e>, mut would: Stage<'e>) -> Option<(Stage<'e>, Stage<'e>)> {
        for act in &case.acts {
            let (before, after) = (is.carry_out(act).ok()?, would.carry_out(act).ok()?);
            let now = before.now;
            let contrast = |kind: KindId, step: StepId, differs: Differs| Contrast {
                case: case.name.clone(),
                on: act.on,
                person: act.person.clone(),
                kind,
                step,
                differs,
                directory: would.world.directory.clone(),
            };
            let parted = match (&before.answer, &after.answer) {
                (Ok(_), Err(refused)) => Some(Differs::Refused(refused.clone())),
                (Err(refused), Ok(_)) => Some(Differs::Granted(refused.clone())),
                _ => None,
            };
            if let Some(differs) = parted {
                self.contrasts.push(contrast(act.kind.clone(), act.step.clone(), differs));
                return None;
            }
            let (days, other_days) = (days(&is, now, &before), days(&would, now, &after));
            for (at, before) in &days {
                let after = other_days.get(at).copied();
                if after != Some(*before) && self.days.insert(at.clone()) {
                    let differs = Differs::Due { before: Some(*before), after };
                    self.contrasts.push(contrast(at.0.clone(), at.1.clone(), differs));
                }
            }
            for (at, after) in other_days.iter().filter(|(at, _)| !days.contains_key(*at)) {
                if self.days.insert(at.clone()) {
                    let differs = Differs::Due { before: None, after: Some(*after) };
                    self.contrasts.push(contrast(at.0.clone(), at.1.clone(), differs));
                }
            }
        }
        Some((is, would))
    }
}

/// The days on which steps are due of the matters that an act has touched.
fn days(stage: &Stage<'_>, now: Timestamp, taken: &Taken) -> BTreeMap<(KindId, StepId), Date> {
    let events = taken.answer.as_ref().map_or(&[] as &[facts::Event], Vec::as_slice);
    let touched: BTreeSet<MatterId> = events.iter().map(|event| event.act.matter).collect();
    let mut days = BTreeMap::new();
    for id in touched {
        let Some(matter) = stage.world.matters.get(&id) else { continue };
        let due = stage.world.ask(now, |circumstances| deadlines(stage.world.edition, circumstances, id));
        days.extend(due.into_iter().map(|(step, day)| ((matter.kind.clone(), step), day)));
    }
    days
}
