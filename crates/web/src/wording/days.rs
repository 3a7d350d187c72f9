//! Days and instants as people read them: 23 November 2026, 2026年11月23日.
//!
//! Knows no clock: what day it is comes with [`Words::today`](super::Words). Invariant: every day
//! that is shown is shown by this module.

use super::Words;
use crate::components::Lang;
use facts::calendar::NoData;
use jiff::{Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};

impl Lang {
    /// A day: 23 November 2026.
    pub fn day(self, day: Date) -> String {
        let (year, date) = (day.year().to_string(), day.day().to_string());
        self.t_args("day-full", &[("day", &date), ("month", &self.month(day)), ("year", &year)])
    }

    fn month(self, day: Date) -> String {
        self.t(&format!("month-{}", day.month()))
    }
}

impl Words {
    /// A day: 23 November 2026.
    pub fn day(&self, day: Date) -> String {
        self.lang.day(day)
    }

    /// A day with its weekday: Monday, 23 November 2026.
    pub fn day_with_weekday(&self, day: Date) -> String {
        let weekday = self.t(&format!("weekday-{}", day.weekday().to_monday_one_offset()));
        self.say("day-with-weekday", &[("day", &self.day(day)), ("weekday", &weekday)])
    }

    /// A day of this year without its year: 23 November.
    pub fn day_short(&self, day: Date) -> String {
        if day.year() != self.today.year() {
            return self.day(day);
        }
        self.say("day-of-year", &[("day", &day.day().to_string()), ("month", &self.lang.month(day))])
    }

    /// A month: November 2026.
    pub fn month(&self, day: Date) -> String {
        self.say("month-of-year", &[("month", &self.lang.month(day)), ("year", &day.year().to_string())])
    }

    /// A run of days: 1–5 May.
    pub fn days(&self, from: Date, to: Date) -> String {
        if from == to {
            return self.day_short(from);
        }
        if (from.year(), from.month()) == (to.year(), to.month()) && from.year() == self.today.year() {
            let (first, last) = (from.day().to_string(), to.day().to_string());
            return self.say("days-of-month", &[("first", &first), ("last", &last), ("month", &self.lang.month(from))]);
        }
        self.say("days-run", &[("first", &self.day_short(from)), ("last", &self.day_short(to))])
    }

    /// An instant in the zone of the office: 23 November 2026, 09:42.
    pub fn instant(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let time = local.strftime("%H:%M").to_string();
        self.say("instant", &[("day", &self.day(local.date())), ("time", &time)])
    }

    /// An instant for machines: `2026-11-23T09:42:00+08:00`.
    pub fn instant_for_machines(&self, at: Timestamp) -> String {
        self.local(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// How many working days are left: `None` on the day itself; counted in calendar days where the
    /// calendar does not reach. Negative: late.
    pub(super) fn working_days_to(&self, day: Date) -> Result<i32, NoData> {
        self.calendar.working_days_between(self.today, day)
    }

    fn local(&self, at: Timestamp) -> ZonedDateTime {
        // The loader has checked the zone's name.
        at.to_zoned_datetime(TimeZone::get(&self.rulebook().zone).unwrap_or(TimeZone::UTC))
    }
}
