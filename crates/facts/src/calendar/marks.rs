//! The days on which a count of working days differs from the plain week, to show it to a person.
//!
//! Knows no language; names come in both. Invariant: marks are ascending and do not overlap.

use super::data::YearData;
use super::is_weekend;
use crate::Label;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// A run of days that a notice closed or had worked: 1 to 5 May closed, 11 May worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayMark {
    pub from: Date,
    /// The last day of the run, the same as `from` for a single day.
    pub to: Date,
    pub kind: DayKind,
    /// The festival.
    pub name: Label,
    /// The year whose notice says so.
    pub notice_year: i16,
}

/// What a notice did to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Off, though it is a weekday; a run may hold weekend days too, as the notice counts them.
    Closed,
    /// Worked, though it is a Saturday or Sunday (调休).
    Worked,
}

impl DayMark {
    /// The part of the mark between two days, both included; none if nothing of it is left that
    /// differs from the plain week.
    pub(super) fn within(&self, from: Date, to: Date) -> Option<DayMark> {
        let (from, to) = (self.from.max(from), self.to.min(to));
        let closes = DayMark { from, to, ..self.clone() };
        (from <= to && closes.differs()).then_some(closes)
    }

    fn differs(&self) -> bool {
        let days = std::iter::successors(Some(self.from), |day| day.tomorrow().ok());
        let mut days = days.take_while(|day| *day <= self.to);
        match self.kind {
            DayKind::Closed => days.any(|day| !is_weekend(day)),
            DayKind::Worked => true,
        }
    }
}

/// All marks of these years, ascending.
pub(super) fn of<'a>(names: &BTreeMap<String, Label>, years: impl Iterator<Item = &'a YearData>) -> Vec<DayMark> {
    let mut marks = Vec::new();
    for year in years {
        for holiday in &year.holiday {
            let mut mark = |kind, from, to| {
                marks.push(DayMark {
                    from,
                    to,
                    kind,
                    name: names.get(&holiday.name).cloned().unwrap_or_default(),
                    notice_year: year.year,
                });
            };
            mark(DayKind::Closed, holiday.from, holiday.last());
            for (from, to) in runs(&holiday.worked) {
                mark(DayKind::Worked, from, to);
            }
        }
    }
    marks.sort_by_key(|mark| mark.from);
    marks
}

/// Neighbouring days joined, ascending.
fn runs(days: &[Date]) -> Vec<(Date, Date)> {
    let mut days = days.to_vec();
    days.sort_unstable();
    let mut runs: Vec<(Date, Date)> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some((_, last)) if last.tomorrow().ok() == Some(day) => *last = day,
            _ => runs.push((day, day)),
        }
    }
    runs
}
