//! The working-day calendar: which days are worked, and legal periods counted on it.
//!
//! Reads no file and knows no clock: notices come in as [`CalendarData`], days as
//! [`Date`]. Invariant: a year whose notice is not here is refused, never guessed; so no answer
//! rests on a plain week where a notice could have moved it.

mod data;
mod days;
mod marks;
mod problem;

pub use data::{CalendarData, HolidayData, YearData};
pub use marks::{DayKind, DayMark};
pub use problem::CalendarProblem;

use crate::Label;
use days::DaysOfYear;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;
use thiserror::Error;

/// The year is not in the calendar, or not one that any calendar could hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "the State Council's notice for {year} is not in the calendar; add it with `cityhall calendar \
     add FILE`"
)]
pub struct NoData {
    pub year: i16,
}

/// The notices of some years, ready to be asked. The default holds no year and refuses all.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    names: BTreeMap<String, Label>,
    years: BTreeMap<i16, YearData>,
    /// Year of the first entry of `days`.
    first_year: i16,
    /// One entry a year without gaps; `None` where there is no notice.
    days: Vec<Option<DaysOfYear>>,
    marks: Vec<DayMark>,
}

impl Calendar {
    /// A calendar of one file.
    ///
    /// # Errors
    /// Every problem of the data, in the order of the file.
    pub fn new(data: CalendarData) -> Result<Calendar, Vec<CalendarProblem>> {
        let mut calendar = Calendar::default();
        calendar.extend(data)?;
        Ok(calendar)
    }

    /// Adds another file, such as next year's notice. A year that is already there with the same
    /// days is left as it is; one with other days must say which notice it replaces. The notice of
    /// a year may move days of the December before it, as New Year's often does.
    ///
    /// # Errors
    /// Every problem of the data, alone and together with what is there; the calendar is then
    /// unchanged.
    pub fn extend(&mut self, more: CalendarData) -> Result<(), Vec<CalendarProblem>> {
        let mut problems = problem::in_file(&more);
        let mut names = self.names.clone();
        for (name, label) in more.names {
            match names.get(&name) {
                Some(there) if *there != label => {
                    problems.push(CalendarProblem::NameDiffers { name, en: there.en.clone(), zh: there.zh.clone() })
                }
                _ => drop(names.insert(name, label)),
            }
        }
        let mut years = self.years.clone();
        for year in more.year {
            match admit(self.years.get(&year.year), &year) {
                Ok(true) => drop(years.insert(year.year, year)),
                Ok(false) => {}
                Err(problem) => problems.push(problem),
            }
        }
        problems.extend(problem::in_years(&names, years.values()));
        if !problems.is_empty() {
            return Err(problems);
        }
        *self = Calendar::of(names, years);
        Ok(())
    }

    fn of(names: BTreeMap<String, Label>, years: BTreeMap<i16, YearData>) -> Calendar {
        let said: BTreeMap<Date, bool> = years.values().flat_map(moved_days).collect();
        let first_year = years.keys().next().copied().unwrap_or_default();
        let last_year = years.keys().next_back().copied().unwrap_or_default();
        let days = (first_year..=last_year)
            .map(|year| years.contains_key(&year).then(|| DaysOfYear::new(year, &said)))
            .collect();
        let marks = marks::of(&names, years.values());
        Calendar { names, years, first_year, days, marks }
    }

    /// The years that the calendar holds, ascending.
    pub fn years(&self) -> impl Iterator<Item = &YearData> {
        self.years.values()
    }

    /// Whether work is done on this day: a weekday that is not off, or a weekend day worked in
    /// exchange. Source: L-TIME-1
    ///
    /// # Errors
    /// [`NoData`] if the notice of that year is not here.
    pub fn is_working_day(&self, date: Date) -> Result<bool, NoData> {
        Ok(self.days_of(date.year())?.is_open(date))
    }

    /// The n-th working day after `date`, which is not counted itself; `date` for 0.
    /// Source: L-TIME-1, L-TIME-2
    ///
    /// # Errors
    /// [`NoData`] if the notice of a year that the count passes through is not here.
    pub fn add_working_days(&self, date: Date, n: u16) -> Result<Date, NoData> {
        let mut year = date.year();
        let mut days = self.days_of(year)?;
        let Some(n) = usize::from(n).checked_sub(1) else {
            return Ok(date);
        };
        let mut before = days.until(date) + n;
        loop {
            if let Some(day) = days.nth(before) {
                return Ok(day);
            }
            before -= days.count();
            year += 1;
            days = self.days_of(year)?;
        }
    }

    /// The n-th working day before `date`, which is not counted itself; `date` for 0.
    /// Source: L-TIME-1, L-TIME-2
    ///
    /// # Errors
    /// [`NoData`] if the notice of a year that the count passes through is not here.
    pub fn subtract_working_days(&self, date: Date, n: u16) -> Result<Date, NoData> {
        let mut year = date.year();
        let mut days = self.days_of(year)?;
        if n == 0 {
            return Ok(date);
        }
        let mut left = usize::from(n);
        let mut before = days.before(date);
        loop {
            if let Some(day) = before.checked_sub(left).and_then(|index| days.nth(index)) {
                return Ok(day);
            }
            left -= before;
            year -= 1;
            days = self.days_of(year)?;
            before = days.count();
        }
    }

    /// The day `n` calendar days after `date`, which is not counted itself. It asks no notice; a
    /// period that may not end on a holiday goes on to [`Calendar::roll_forward`].
    /// Source: L-TIME-2
    ///
    /// # Errors
    /// [`NoData`] past the year 9999.
    pub fn add_days(&self, date: Date, n: u16) -> Result<Date, NoData> {
        date.checked_add(i32::from(n).days()).map_err(|_| NoData { year: 10_000 })
    }

    /// The day `n` calendar days before `date`, which is not counted itself: with 3, the latest day
    /// to ask for leave before a journey on `date`. Source: L-TIME-2, [10/63]
    ///
    /// # Errors
    /// [`NoData`] before the year -9999.
    pub fn subtract_days(&self, date: Date, n: u16) -> Result<Date, NoData> {
        date.checked_sub(i32::from(n).days()).map_err(|_| NoData { year: -10_000 })
    }

    /// The same number of the month `n` months after `date`, or the last day of that month where it has no
    /// such number. Source: L-TIME-2
    ///
    /// # Errors
    /// [`NoData`] beyond the year 9999.
    pub fn add_months(&self, date: Date, n: u16) -> Result<Date, NoData> {
        date.checked_add(i32::from(n).months()).map_err(|_| NoData { year: 10_000 })
    }

    /// The same number of the month `n` months before `date`, or the last day of that month.
    ///
    /// # Errors
    /// [`NoData`] before the year -9999.
    pub fn subtract_months(&self, date: Date, n: u16) -> Result<Date, NoData> {
        date.checked_sub(i32::from(n).months()).map_err(|_| NoData { year: -10_000 })
    }

    /// The day itself if it is a working day, else the next one: where a period counted in
    /// calendar days ends. Source: L-TIME-3
    ///
    /// # Errors
    /// [`NoData`] if the notice of a year passed through is not here.
    pub fn roll_forward(&self, date: Date) -> Result<Date, NoData> {
        if self.is_working_day(date)? {
            return Ok(date);
        }
        self.add_working_days(date, 1)
    }

    /// How many working days after `from` up to `to`, the first not counted, the second counted;
    /// negative if `to` comes first. From today to a due day: days left, or days late.
    /// Source: L-TIME-2
    ///
    /// # Errors
    /// [`NoData`] for the first year between the two whose notice is not here.
    pub fn working_days_between(&self, from: Date, to: Date) -> Result<i32, NoData> {
        if to < from {
            return Ok(-self.working_days_between(to, from)?);
        }
        let mut whole_years = 0;
        for year in from.year()..to.year() {
            whole_years += self.days_of(year)?.count();
        }
        let until = whole_years + self.days_of(to.year())?.until(to);
        let counted = until - self.days_of(from.year())?.until(from);
        Ok(i32::try_from(counted).expect("twenty thousand years have fewer days"))
    }

    /// What the notices moved between two days in either order, both included: the arithmetic of a
    /// period, for a person. Ascending; runs are cut at the two days. Holidays that fall on a
    /// weekend alone move nothing and are left out, as are years that are not here.
    pub fn explain(&self, one: Date, other: Date) -> Vec<DayMark> {
        let (from, to) = (one.min(other), one.max(other));
        let start = self.marks.partition_point(|mark| mark.to < from);
        self.marks[start..].iter().take_while(|mark| mark.from <= to).filter_map(|mark| mark.within(from, to)).collect()
    }

    fn days_of(&self, year: i16) -> Result<&DaysOfYear, NoData> {
        usize::try_from(i32::from(year) - i32::from(self.first_year))
            .ok()
            .and_then(|index| self.days.get(index)?.as_ref())
            .ok_or(NoData { year })
    }
}

/// Whether a year is to be taken in; false if it is there already with the same days.
fn admit(there: Option<&YearData>, year: &YearData) -> Result<bool, CalendarProblem> {
    let held = there.and_then(|there| there.notice.as_ref());
    let fits = year.replaces.is_none() || year.replaces.as_ref() == held;
    match there {
        Some(there) if effect(there) == effect(year) => Ok(false),
        _ if !fits => Err(CalendarProblem::ReplacesUnknown {
            year: year.year,
            replaces: year.replaces.clone().unwrap_or_default(),
        }),
        Some(_) if year.replaces.is_none() => {
            Err(CalendarProblem::YearDiffers { year: year.year, notice: held.cloned() })
        }
        _ => Ok(true),
    }
}

/// Every day that the notice names: true for worked, false for off.
fn moved_days(year: &YearData) -> impl Iterator<Item = (Date, bool)> {
    year.holiday.iter().flat_map(|holiday| {
        let off = holiday.days_off().map(|day| (day, false));
        off.chain(holiday.worked.iter().map(|day| (*day, true)))
    })
}

/// The days that differ from the plain week, however the notice is written down.
fn effect(year: &YearData) -> BTreeMap<Date, bool> {
    moved_days(year).filter(|(day, worked)| is_weekend(*day) == *worked).collect()
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
