//! Random walks through a rulebook: people take steps at random, mostly those whose turn it is, on days that come
//! and go, and the laws of the engine hold whatever is tried.
//!
//! A *walk* wanders over all that is open; a *drive* takes one matter of a kind from its opening to its end.
//! Knows no kind, post or article by name. Invariant: the same seed gives the same walk.

pub mod laws;
mod luck;
mod walker;

pub use luck::Luck;
pub use walker::Walker;

use crate::{
    engine::{Command, Prospect, State},
    refusal::Refused,
    world::World,
};
use facts::{Event, KindId, MatterId, PersonId};
use jiff::Timestamp;
use laws::Held;

/// Every so many attempts the roles that are shown are held against Cedar, person by person.
const ROLES_EVERY: usize = 30;
/// Attempts after which a drive is given up; a matter that stands then is no fault, if it can go on.
const DRIVE_ATTEMPTS: usize = 160;
/// How many times as often a kind is driven of which no matter has come to its end.
const PATIENCE: usize = 10;
/// Attempts to open a matter.
const OPENING_ATTEMPTS: usize = 80;

/// What came of a command.
pub type Answer = Result<Vec<Event>, Refused>;

/// What was tried, in its order.
pub type Walked = Vec<(Timestamp, Command, Answer)>;

/// A walk of some attempts; the office at its end and what was tried.
///
/// # Errors
/// The law that was broken.
pub fn walk(world: World<'_>, seed: u64, attempts: usize) -> Result<(World<'_>, Walked), String> {
    let mut walker = Walker::new(world, seed);
    let mut walked = vec![];
    for attempt in 0..attempts {
        let now = walker.later();
        let Some(command) = walker.command(now) else { continue };
        let answer = take(&mut walker, now, &command)?;
        if attempt % ROLES_EVERY == 0 {
            let matters: Vec<_> = walker.world.matters.keys().copied().collect();
            if let Some(id) = walker.luck.one(&matters) {
                laws::roles_agree(&walker.world, now, *id)?;
            }
        }
        walked.push((now, command, answer));
    }
    let now = walker.later();
    walker.world.matters.values().try_for_each(|matter| {
        laws::goes_on(&walker.world, now, matter)?;
        laws::turns_keep_back_whom_gates_refuse(&walker.world, now, matter)
    })?;
    laws::folds(&walker.world)?;
    Ok((walker.world, walked))
}

/// Carries a command out and holds what came of it against the laws.
fn take(walker: &mut Walker<'_>, now: Timestamp, command: &Command) -> Result<Answer, String> {
    let organisation = walker.organisation().clone();
    let answer = walker.world.carry_out(now, command);
    let world = &walker.world;
    match &answer {
        Ok(events) => {
            events.iter().try_for_each(|event| laws::has_authority(world, &organisation, event))?;
            events.iter().try_for_each(laws::authority_is_not_given_backwards)?;
            laws::single_posts_are_single(world, &organisation)?;
        }
        Err(refused) => laws::says_why(&world.edition.rulebook, refused)?,
    }
    Ok(answer)
}

/// How a drive ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// No matter of the kind could be opened.
    NotOpened,
    /// The matter is open still, and can go on.
    Open,
    Closed,
}

/// A drive: where it ended, what was tried, and the office then.
pub struct Drive<'e> {
    pub ended: Ended,
    pub walked: Walked,
    pub world: World<'e>,
}

/// Takes a matter of a kind from its opening, or from where it stands in this office, towards its end.
///
/// # Errors
/// The law that was broken.
pub fn drive<'e>(world: World<'e>, kind: &KindId, seed: u64) -> Result<Drive<'e>, String> {
    let mut walker = Walker::new(world, seed);
    let mut walked = vec![];
    let open = walker.open(kind);
    let fresh = open.is_empty() || walker.luck.percent(40);
    let opened = if fresh { open_one(&mut walker, kind, &mut walked)? } else { None };
    let Some(id) = opened.or_else(|| walker.luck.one(&open).copied()) else {
        return Ok(Drive { ended: Ended::NotOpened, walked, world: walker.world });
    };
    for _ in 0..DRIVE_ATTEMPTS {
        if walker.world.matters.get(&id).is_none_or(|matter| matter.closed.is_some()) {
            break;
        }
        walker.later();
        let now = walker.now();
        let command = match walker.luck.percent(12) {
            true => walker.command(now),
            false => towards(&mut walker, now, id),
        };
        let Some(command) = command else { continue };
        let answer = take(&mut walker, now, &command)?;
        walked.push((now, command, answer));
        if let Some(matter) = walker.world.matters.get(&id) {
            laws::goes_on(&walker.world, now, matter)?;
        }
    }
    let now = walker.now();
    walker.world.matters.values().try_for_each(|matter| {
        laws::goes_on(&walker.world, now, matter)?;
        laws::turns_keep_back_whom_gates_refuse(&walker.world, now, matter)
    })?;
    laws::roles_agree(&walker.world, now, id)?;
    laws::folds(&walker.world)?;
    let closed = walker.world.matters.get(&id).is_some_and(|matter| matter.closed.is_some());
    Ok(Drive { ended: if closed { Ended::Closed } else { Ended::Open }, walked, world: walker.world })
}

fn open_one(walker: &mut Walker<'_>, kind: &KindId, walked: &mut Walked) -> Result<Option<MatterId>, String> {
    for _ in 0..OPENING_ATTEMPTS {
        let now = walker.now();
        let Some(command) = walker.start_of(now, kind) else { return Ok(None) };
        let answer = take(walker, now, &command)?;
        let opened = answer.as_ref().ok().and_then(|events| Some(events.first()?.act.matter));
        walked.push((now, command, answer));
        if opened.is_some() {
            return Ok(opened);
        }
        walker.later();
    }
    Ok(None)
}

/// A command that brings a matter on: one of its turns; what a party outside does; a step that is nobody's duty;
/// or what one of the matters that it waits for needs. Where only a day is waited for, the day comes.
fn towards(walker: &mut Walker<'_>, now: Timestamp, id: MatterId) -> Option<Command> {
    let mut at = id;
    // What is waited for may itself wait for another.
    for _ in 0..4 {
        if let Some(command) = walker.turn_of(now, at) {
            return Some(command);
        }
        let prospects = walker.world.prospects(now, at, &PersonId::new("nobody in particular"));
        let parties: Vec<&Prospect> =
            prospects.iter().filter(|one| one.state == State::Open && one.party.is_some()).collect();
        let free: Vec<&Prospect> =
            prospects.iter().filter(|one| one.optional && (one.state == State::Open || one.again)).collect();
        let chosen = match walker.luck.percent(70) {
            true => parties.first().or(free.first()).copied(),
            false => walker.luck.one(&free).copied(),
        };
        if let Some(one) = chosen.filter(|_| walker.luck.percent(60)) {
            let step = one.step.clone();
            return walker.step_of(now, at, &step);
        }
        let waits = prospects.iter().filter(|one| matches!(one.state, State::Open | State::Waits));
        let missing: Vec<_> = waits.flat_map(|one| &one.refusals).flat_map(|refusal| &refusal.missing).collect();
        let day = missing.iter().filter_map(|one| one.earliest).filter(|day| *day > walker.today()).min();
        let others: Vec<MatterId> = missing.iter().filter_map(|one| one.matter).filter(|other| *other != at).collect();
        let carriers = walker.carriers(at);
        let others: Vec<MatterId> = others.into_iter().chain(carriers).collect();
        match (day, walker.luck.one(&others).copied()) {
            (Some(day), None) => {
                walker.go_to(day);
                return None;
            }
            (Some(day), Some(_)) if walker.luck.percent(50) => {
                walker.go_to(day);
                return None;
            }
            (_, Some(other)) => at = other,
            (None, None) => break,
        }
    }
    let step = walker.any_step(at)?;
    walker.step_of(now, at, &step)
}

/// What came of the drives of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driven {
    pub kind: KindId,
    /// Matters that were driven.
    pub driven: usize,
    /// Of these, how many came to the end.
    pub closed: usize,
    /// Whether a case brings one to the end.
    pub closed_in_case: bool,
}

impl Driven {
    /// Whether matters of the kind come to an end, by chance or in a case.
    pub fn ends(&self) -> bool {
        self.closed > 0 || self.closed_in_case
    }
}

/// What came of driving kinds some times, from offices in which there are matters of it already or none.
pub struct Drives {
    pub kinds: Vec<Driven>,
    pub acts: usize,
    pub refusals: usize,
}

/// Drives each of the kinds so many times.
///
/// # Errors
/// The law that was broken, with the kind and the seed that broke it.
pub fn drives<'e>(
    stages: &[(String, World<'e>)],
    empty: &World<'e>,
    kinds: &[KindId],
    times: usize,
    seed: u64,
    mut told: impl FnMut(&Driven),
) -> Result<Drives, String> {
    let mut found = Drives { kinds: vec![], acts: 0, refusals: 0 };
    for (nth, kind) in kinds.iter().enumerate() {
        let is_open =
            |world: &World<'_>| world.matters.values().any(|matter| matter.kind == *kind && matter.closed.is_none());
        let begun: Vec<&World<'e>> = stages.iter().map(|(_, world)| world).filter(|world| is_open(world)).collect();
        let (mut driven, mut closed) = (0, 0);
        let ended =
            |world: &World<'_>| world.matters.values().any(|matter| matter.kind == *kind && matter.closed.is_some());
        let closed_in_case = stages.iter().any(|(_, world)| ended(world));
        for time in 0..times * PATIENCE {
            // A kind of which none has come to its end is driven on for a while.
            if time >= times && (closed > 0 || closed_in_case) {
                break;
            }
            let seed = seed.wrapping_add((nth * 100_003 + time) as u64);
            let world = match begun.is_empty() || time % 4 == 3 {
                true => empty,
                false => begun[time % begun.len()],
            };
            let drive = drive(world.clone(), kind, seed).map_err(|broken| format!("{kind} (seed {seed}): {broken}"))?;
            driven += usize::from(drive.ended != Ended::NotOpened);
            closed += usize::from(drive.ended == Ended::Closed);
            found.acts += drive.walked.iter().filter(|(_, _, answer)| answer.is_ok()).count();
            found.refusals += drive.walked.iter().filter(|(_, _, answer)| answer.is_err()).count();
        }
        let one = Driven { kind: kind.clone(), driven, closed, closed_in_case };
        told(&one);
        found.kinds.push(one);
    }
    Ok(found)
}

/// The same commands at the same instants give the same answers, digests and numbers included.
///
/// # Errors
/// The law that was broken.
pub fn the_same_again(mut world: World<'_>, walked: &Walked, first: &World<'_>) -> Held {
    for (now, command, answer) in walked {
        if world.carry_out(*now, command) != *answer {
            return Err(format!("{} by {} came out otherwise", command.step, command.person));
        }
    }
    match world.events == first.events && world.matters == first.matters {
        true => Ok(()),
        false => Err("the same commands gave another record".to_owned()),
    }
}
