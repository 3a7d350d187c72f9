//! What can be wrong with calendar data, and the check that says all of it at once.
//!
//! Knows nothing of counting days. Invariant: data without a problem gives every day of its years
//! exactly one answer.

use super::data::{CalendarData, HolidayData, YearData};
use super::is_weekend;
use crate::Label;
use jiff::civil::Date;
use std::collections::BTreeMap;
use thiserror::Error;

/// Years a notice can be for; everything else is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i16> = 1000..=9999;

/// One thing wrong with calendar data, in words for whoever wrote the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarProblem {
    #[error("the file names no year; a year begins with [[year]]")]
    NoYear,
    #[error("{year} is not a year of four digits")]
    NotAYear { year: i16 },
    #[error("the year {year} stands twice in the file")]
    YearTwice { year: i16 },
    #[error("the year {year} is already in the calendar with other days; {}", way_out(.notice.as_deref()))]
    YearDiffers { year: i16, notice: Option<String> },
    #[error("the year {year} replaces the notice {replaces}, which the calendar does not hold")]
    ReplacesUnknown { year: i16, replaces: String },
    #[error("the year {year} has no holiday; every weekday of it would be a working day")]
    NoHoliday { year: i16 },
    #[error("{year}, {name}: no such name under [names]")]
    UnknownName { year: i16, name: String },
    #[error("the name {name} already means {en} ({zh})")]
    NameDiffers { name: String, en: String, zh: String },
    #[error("{year}, {name}: the last day off, {to}, comes before the first, {from}")]
    Backwards { year: i16, name: String, from: Date, to: Date },
    #[error("{year}, {name}: {day} is neither in {year} nor in December of the year before")]
    OutsideYear { year: i16, name: String, day: Date },
    #[error("{year}, {name}: {day} is worked, but is no Saturday or Sunday")]
    WorkedWeekday { year: i16, name: String, day: Date },
    #[error("{day} is said twice, for {first} and for {second}")]
    DayTwice { day: Date, first: String, second: String },
    #[error("{day} is both off, for {off}, and worked, for {worked}")]
    OffAndWorked { day: Date, off: String, worked: String },
}

fn way_out(notice: Option<&str>) -> String {
    match notice {
        Some(number) => format!("if a new notice changed it, add `replaces = \"{number}\"`"),
        None => "its notice has no number there, so it cannot be replaced".to_owned(),
    }
}

/// Everything wrong with one file taken alone: its years, its days within them, its festivals.
pub(super) fn in_file(data: &CalendarData) -> Vec<CalendarProblem> {
    let mut problems = Vec::new();
    if data.year.is_empty() {
        problems.push(CalendarProblem::NoYear);
    }
    for (index, said) in data.year.iter().enumerate() {
        let year = said.year;
        if data.year[..index].iter().any(|before| before.year == year) {
            problems.push(CalendarProblem::YearTwice { year });
        }
        if !YEARS.contains(&year) {
            problems.push(CalendarProblem::NotAYear { year });
            continue;
        }
        if said.holiday.is_empty() {
            problems.push(CalendarProblem::NoHoliday { year });
        }
        for holiday in &said.holiday {
            in_holiday(year, holiday, &mut problems);
        }
    }
    problems
}

fn in_holiday(year: i16, holiday: &HolidayData, problems: &mut Vec<CalendarProblem>) {
    let (from, to) = (holiday.from, holiday.last());
    let name = || holiday.name.clone();
    if to < from {
        let name = name();
        problems.push(CalendarProblem::Backwards { year, name, from, to });
    }
    let ends = if from == to { vec![from] } else { vec![from, to] };
    for day in ends.into_iter().chain(holiday.worked.iter().copied()) {
        let december_before = day.year() == year - 1 && day.month() == 12;
        if day.year() != year && !december_before {
            let name = name();
            problems.push(CalendarProblem::OutsideYear { year, name, day });
        }
    }
    for &day in holiday.worked.iter().filter(|day| !is_weekend(**day)) {
        let name = name();
        problems.push(CalendarProblem::WorkedWeekday { year, name, day });
    }
}

/// Everything wrong with all years taken together: names that are missing, days said twice.
pub(super) fn in_years<'a>(
    names: &BTreeMap<String, Label>,
    years: impl Iterator<Item = &'a YearData>,
) -> Vec<CalendarProblem> {
    let mut problems = Vec::new();
    let mut said: BTreeMap<Date, (bool, &str)> = BTreeMap::new();
    for year in years {
        for holiday in &year.holiday {
            let name = holiday.name.as_str();
            if !names.contains_key(name) {
                problems.push(CalendarProblem::UnknownName { year: year.year, name: name.to_owned() });
            }
            let off = holiday.days_off().map(|day| (day, false));
            let worked = holiday.worked.iter().map(|day| (*day, true));
            for (day, is_worked) in off.chain(worked) {
                if let Some((was_worked, first)) = said.insert(day, (is_worked, name)) {
                    problems.push(clash(day, (was_worked, first), (is_worked, name)));
                }
            }
        }
    }
    problems
}

fn clash(day: Date, first: (bool, &str), second: (bool, &str)) -> CalendarProblem {
    let (off, worked) = match (first.0, second.0) {
        (false, true) => (first.1, second.1),
        (true, false) => (second.1, first.1),
        _ => {
            return CalendarProblem::DayTwice { day, first: first.1.to_owned(), second: second.1.to_owned() };
        }
    };
    CalendarProblem::OffAndWorked { day, off: off.to_owned(), worked: worked.to_owned() }
}
