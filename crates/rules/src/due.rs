//! When a step is due: counted from its anchor by the calendar, as its clock runs.
//!
//! Invariant: a due day is a function of the events and the calendar, kept nowhere as truth; while a clock
//! stands still there is none.

use crate::{
    progress::Progress,
    rulebook::{After, Anchor, Clock, Deadline, Side, Step, Still, Unit},
};
use facts::{Taken, Value, calendar::NoData};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use std::sync::Arc;

/// When a step is due, with the arithmetic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    pub date: Date,
    /// The instant, where hours are counted.
    pub at: Option<Timestamp>,
    /// The day counted from.
    pub from: Date,
    pub count: u16,
    /// The parameter that says how many.
    pub parameter: Option<Arc<str>>,
    pub unit: Unit,
    /// So many of the unit were added.
    pub longer: u16,
    /// The times in which the clock stood still: after the first day, up to the second.
    pub still: Vec<(Date, Date)>,
    /// The count ended on a day off, from which the end moved on.
    pub rolled_from: Option<Date>,
}

impl Due {
    /// Whether it is past.
    pub fn is_past(&self, today: Date, now: Timestamp) -> bool {
        self.at.map_or(today > self.date, |at| now > at)
    }
}

/// How the clock of a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// What it counts from has not happened, or the step has no due day.
    NotRunning,
    Runs(Due),
    StandsStill {
        since: Date,
    },
}

/// What a count begins with: the day, and the instant where that is on record.
#[derive(Clone, Copy)]
struct Begin {
    on: Date,
    at: Option<Timestamp>,
}

impl Begin {
    fn of(taken: &Taken) -> Begin {
        Begin { on: taken.on, at: Some(taken.at) }
    }
}

impl Progress<'_> {
    /// When the step is due, if its clock runs.
    ///
    /// # Errors
    /// [`NoData`] where the calendar does not reach that far.
    pub fn due(&self, step: &Step) -> Result<Option<Due>, NoData> {
        Ok(match self.standing(step)? {
            Standing::Runs(due) => Some(due),
            Standing::NotRunning | Standing::StandsStill { .. } => None,
        })
    }

    /// How the clock of a step stands.
    ///
    /// # Errors
    /// [`NoData`] where the calendar does not reach that far.
    pub fn standing(&self, step: &Step) -> Result<Standing, NoData> {
        let Some(deadline) = &step.due else { return Ok(Standing::NotRunning) };
        let Some(mut begin) = self.begin(&deadline.anchor) else { return Ok(Standing::NotRunning) };
        let Clock { restarts, stands_still, longer } = &step.clock;
        let anew = restarts.iter().filter_map(|step| self.matter.done(step.as_str())).map(Begin::of);
        begin = anew.fold(begin, |last, next| if next.on >= last.on { next } else { last });
        let mut still = vec![];
        for Still { from, to, until } in stands_still {
            let stops = self.matter.standing(from.as_str()).filter(|taken| taken.on >= begin.on);
            let last = until.as_ref().and_then(|until| self.matter.fields.get(until)).and_then(Value::date);
            let over = last.filter(|last| *last < self.scene.today);
            for stop in stops {
                let taken = self.matter.standing(to.as_str()).find(|taken| taken.seq > stop.seq);
                let goes_on = taken.map(|taken| last.map_or(taken.on, |last| taken.on.min(last))).or(over);
                match goes_on.map(|day| day.max(stop.on)) {
                    None => return Ok(Standing::StandsStill { since: stop.on }),
                    Some(day) if still.iter().any(|(_, until)| *until == day) => {}
                    Some(day) => still.push((stop.on, day)),
                }
            }
        }
        let runs = |step| self.matter.done(step).is_some();
        let longer = longer.iter().filter(|(step, _)| runs(step.as_str())).map(|(_, count)| count.on(begin.on)).sum();
        Ok(Standing::Runs(self.counted(deadline, begin, longer, still)?))
    }

    /// Whether the act puts another day into the field from which the day of a step counts.
    pub fn names_another_day(&self, step: &Step) -> bool {
        let Some(Anchor::Field(path)) = step.due.as_ref().map(|due| &due.anchor) else { return false };
        let [field] = &path.0[..] else { return false };
        let was = self.scene.before(self.matter.id).and_then(|was| was.fields.get(field));
        was != self.matter.fields.get(field)
    }

    /// The day that a deadline means, if what it counts from has happened.
    ///
    /// # Errors
    /// [`NoData`] where the calendar does not reach that far.
    pub fn due_of(&self, deadline: &Deadline) -> Result<Option<Due>, NoData> {
        let begin = self.begin(&deadline.anchor);
        begin.map(|begin| self.counted(deadline, begin, 0, vec![])).transpose()
    }

    /// The day that a deadline means, counted from a day.
    ///
    /// # Errors
    /// [`NoData`] where the calendar does not reach that far.
    pub fn counted_from(&self, deadline: &Deadline, on: Date) -> Result<Date, NoData> {
        Ok(self.counted(deadline, Begin { on, at: None }, 0, vec![])?.date)
    }

    fn counted(&self, deadline: &Deadline, begin: Begin, longer: u16, still: Vec<(Date, Date)>) -> Result<Due, NoData> {
        let calendar = self.scene.calendar;
        let Deadline { count, unit, side, rolls, .. } = deadline;
        let (from, parameter, count) = (begin.on, count.parameter.clone(), count.on(begin.on));
        let mut stood = 0;
        for (since, until) in &still {
            stood += match unit {
                Unit::WorkingDays | Unit::FullWorkingDays => calendar.working_days_between(*since, *until)?,
                Unit::Days | Unit::FullDays | Unit::Months | Unit::DayOfMonth | Unit::Hours => {
                    since.until(*until).map_or(0, |span| span.get_days())
                }
            };
        }
        let stood = u16::try_from(stood).unwrap_or(0);
        let days = count.saturating_add(longer).saturating_add(stood);
        let mut at = None;
        let date = match (side, unit) {
            (side, Unit::DayOfMonth) => {
                let month = match side {
                    Side::Before => calendar.subtract_months(from, 1)?,
                    Side::On => from,
                    Side::After => calendar.add_months(from, 1)?,
                };
                let number = i8::try_from(count).unwrap_or(i8::MAX).min(month.days_in_month());
                month.with().day(number).build().unwrap_or(month)
            }
            (Side::On, _) => from,
            (Side::After, Unit::WorkingDays) => calendar.add_working_days(from, days)?,
            (Side::Before, Unit::WorkingDays | Unit::FullWorkingDays) => calendar.subtract_working_days(from, days)?,
            (Side::After, Unit::FullWorkingDays) => calendar.add_days(calendar.add_working_days(from, days)?, 1)?,
            // Days in which the clock stood still are days, whatever else is counted.
            (Side::After, Unit::Months) => {
                calendar.add_days(calendar.add_months(from, count.saturating_add(longer))?, stood)?
            }
            (Side::Before, Unit::Months) => calendar.subtract_months(from, count)?,
            (Side::After, Unit::Days) => calendar.add_days(from, days)?,
            (Side::After, Unit::FullDays) => calendar.add_days(from, days.saturating_add(1))?,
            (Side::Before, Unit::Days | Unit::FullDays) => calendar.subtract_days(from, days)?,
            (_, Unit::Hours) => {
                // A matter opened on a day without an hour on record is counted from the day's beginning.
                let zone = TimeZone::get(&self.rulebook.zone).unwrap_or(TimeZone::UTC);
                let midnight = || zone.to_timestamp(from.to_datetime(Time::midnight())).unwrap_or_default();
                let hours = SignedDuration::from_hours(i64::from(count) + i64::from(longer));
                let end = begin.at.unwrap_or_else(midnight).saturating_add(hours).unwrap_or(Timestamp::MAX);
                at = Some(end);
                zone.to_datetime(end).date()
            }
        };
        let rolled = if *rolls { calendar.roll_forward(date)? } else { date };
        let rolled_from = (rolled != date).then_some(date);
        Ok(Due { date: rolled, at, from, count, parameter, unit: *unit, longer, still, rolled_from })
    }

    fn begin(&self, anchor: &Anchor) -> Option<Begin> {
        let day = |on| Begin { on, at: None };
        match anchor {
            Anchor::Today => Some(Begin { on: self.scene.today, at: Some(self.scene.now) }),
            Anchor::Opened => match self.matter.taken.first() {
                Some(first) if first.on == self.matter.opened => Some(Begin::of(first)),
                _ => Some(day(self.matter.opened)),
            },
            Anchor::Field(path) => self.scene.value(self.matter, path)?.date().map(day),
            Anchor::Last(anchors) => {
                let begins = anchors.iter().map(|anchor| self.begin(anchor)).collect::<Option<Vec<Begin>>>()?;
                begins.into_iter().reduce(|last, next| if next.on >= last.on { next } else { last })
            }
            Anchor::Step(After { links, step }) => {
                let matter = self.scene.follow(self.matter, links)?;
                matter.done(step.as_str()).map(Begin::of)
            }
        }
    }

    /// Whether those who have not answered are no longer waited for: what their silence means has come about.
    pub fn fell_silent(&self, step: &Step) -> bool {
        let Some(silence) = &step.silence else { return false };
        let after = self.due_of(&silence.after).ok().flatten();
        after.is_some_and(|after| after.is_past(self.scene.today, self.scene.now))
    }
}
