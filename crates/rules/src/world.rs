//! An office in memory: a directory, matters and their events, and acts carried out one after the other.
//!
//! What the cases, the random walk and a demonstration run on. Keeps nothing and asks no clock: every
//! instant is an argument. Invariant: the matters are the fold of the events, and the same commands at
//! the same instants give the same events, digests and numbers.

use crate::{
    engine::{self, Command, Edition, Prospect, Turn},
    refusal::{Refusal, Refused, Why},
    scene::Circumstances,
};
use facts::{
    Act, Calendar, CommandId, Directory, Event, Matter, MatterId, MatterNumber, Organisation, PersonId, Role, Series,
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use std::collections::{BTreeMap, BTreeSet};

/// When a working day of the office begins, counted from its midnight.
const OFFICE_OPENS: SignedDuration = SignedDuration::from_hours(9);

/// The rulebook's zone is not in the time zone database.
#[derive(Debug, thiserror::Error)]
#[error("the zone \"{zone}\" of the rulebook cannot be used: {source}")]
pub struct NoZone {
    zone: String,
    source: jiff::Error,
}

/// The office and everything that has happened in it.
#[derive(Clone)]
pub struct World<'e> {
    pub edition: &'e Edition,
    pub calendar: Calendar,
    pub directory: Directory,
    pub matters: BTreeMap<MatterId, Matter>,
    /// Of all matters, in the order in which they were recorded.
    pub events: Vec<Event>,
    /// The last number drawn of each series.
    counters: BTreeMap<String, u32>,
    /// Numbers that steps drew.
    drawn: BTreeSet<MatterNumber>,
    zone: TimeZone,
    submitted: u64,
}

impl<'e> World<'e> {
    /// An office in which nothing has happened yet.
    ///
    /// # Errors
    /// The rulebook's zone is unknown to this machine.
    pub fn new(edition: &'e Edition, calendar: Calendar, directory: Directory) -> Result<World<'e>, NoZone> {
        let zone = &edition.rulebook.zone;
        let zone = TimeZone::get(zone).map_err(|source| NoZone { zone: zone.clone(), source })?;
        Ok(World {
            edition,
            calendar,
            directory,
            matters: BTreeMap::new(),
            events: vec![],
            counters: BTreeMap::new(),
            drawn: BTreeSet::new(),
            zone,
            submitted: 0,
        })
    }

    /// The day of an instant in the office's zone.
    pub fn day(&self, now: Timestamp) -> Date {
        now.to_zoned_datetime(self.zone.clone()).date()
    }

    /// The `n`-th minute after the office opened on a day.
    ///
    /// # Errors
    /// The day is at the end of time.
    pub fn instant(&self, on: Date, n: u32) -> Result<Timestamp, jiff::Error> {
        let opens = on.to_zoned_datetime(self.zone.clone())?.timestamp().checked_add(OFFICE_OPENS)?;
        opens.checked_add(SignedDuration::from_mins(i64::from(n)))
    }

    /// A time of a day.
    ///
    /// # Errors
    /// The day is at the end of time.
    pub fn instant_at(&self, on: Date, at: Time) -> Result<Timestamp, jiff::Error> {
        Ok(on.to_datetime(at).to_zoned_datetime(self.zone.clone())?.timestamp())
    }

    /// The time of day of an instant.
    pub fn time(&self, at: Timestamp) -> Time {
        at.to_zoned_datetime(self.zone.clone()).time()
    }

    /// The id of the next command: the instant and how many were asked for before.
    pub fn command_id(&mut self, now: Timestamp) -> CommandId {
        self.submitted += 1;
        let mut tail = [0; 10];
        tail[2..].copy_from_slice(&self.submitted.to_be_bytes());
        let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or(0);
        CommandId::new(uuid::Builder::from_unix_timestamp_millis(milliseconds, &tail).into_uuid())
    }

    /// The office as it stands on a day.
    pub fn organisation(&self, on: Date) -> Organisation {
        self.directory.as_of(on, &self.edition.rulebook.standing)
    }

    /// Asks something of the office as it is at an instant.
    pub fn ask<T>(&self, now: Timestamp, question: impl FnOnce(Circumstances<'_>) -> T) -> T {
        let today = self.day(now);
        let organisation = self.organisation(today);
        question(Circumstances {
            now,
            today,
            organisation: &organisation,
            calendar: &self.calendar,
            matters: &self.matters,
        })
    }

    /// Every step of a matter as it stands for a person.
    pub fn prospects(&self, now: Timestamp, matter: MatterId, person: &PersonId) -> Vec<Prospect> {
        self.ask(now, |circumstances| engine::prospects(self.edition, circumstances, matter, person))
    }

    /// Whose turn it is on a matter, and who may read it.
    pub fn turns(&self, now: Timestamp, matter: MatterId) -> (Vec<Turn>, Vec<Role>) {
        self.ask(now, |circumstances| engine::turns(self.edition, circumstances, matter))
    }

    /// Decides a command and takes what follows from it into the record.
    ///
    /// # Errors
    /// Every reason why it is refused; the office is then unchanged.
    pub fn carry_out(&mut self, now: Timestamp, command: &Command) -> Result<Vec<Event>, Refused> {
        let decided = self.ask(now, |circumstances| engine::decide(self.edition, circumstances, command))?;
        let taken: Vec<Refusal> = decided.acts.iter().filter_map(|act| self.number_taken(act)).collect();
        if !taken.is_empty() {
            return Err(Refused { refusals: taken });
        }
        let events: Vec<Event> = decided.acts.into_iter().map(|act| self.record(act)).collect();
        Ok(events)
    }

    /// A number given from outside that another matter of the kind has.
    fn number_taken(&self, act: &Act) -> Option<Refusal> {
        let opened = act.opening.as_ref().and_then(|opening| {
            let number = opening.series.number(opening.series.given?);
            let is_it = |matter: &Matter| matter.kind == act.kind && matter.number == number;
            self.matters.values().any(is_it).then_some(number)
        });
        let mut drawn = act.draws.values().filter_map(|series| Some(series.number(series.given?)));
        let number = opened.or_else(|| drawn.find(|number| self.drawn.contains(number)))?;
        Some(Refusal {
            matter: Some(act.matter),
            kind: act.kind.clone(),
            step: act.step.clone(),
            why: Why::NumberTaken { number: number.to_string() },
            rules: vec![],
            missing: vec![],
            earliest: None,
        })
    }

    fn record(&mut self, mut act: Act) -> Event {
        for (field, series) in act.draws.clone() {
            let number = self.draw(&series);
            act.draw(&field, &number);
            self.drawn.insert(number);
        }
        let number = act.opening.as_ref().map(|opening| self.draw(&opening.series));
        let opened = number.map(|number| Matter::unopened(&act, number));
        self.matters.extend(opened.map(|matter| (matter.id, matter)));
        let matter = self.matters.get_mut(&act.matter).expect("the engine opens a matter by its first act");
        let event = matter.add(act).expect("the matter was found by the act");
        event.act.directory.iter().for_each(|entry| self.directory.say(entry.clone()));
        self.events.push(event.clone());
        event
    }

    /// The next number of a series, or the one it was given from outside.
    fn draw(&mut self, series: &Series) -> MatterNumber {
        let last = self.counters.entry(series.counter.clone()).or_default();
        let n = series.given.unwrap_or(*last + 1);
        *last = n.max(*last);
        series.number(n)
    }
}
