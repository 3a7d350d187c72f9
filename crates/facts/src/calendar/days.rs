//! The working days of one year, counted beforehand, so that a question costs one look.
//!
//! Knows no festival. Invariant: `open` is ascending, and `counted[d]` is how many days of `open`
//! are among the first `d` days of the year.

use super::is_weekend;
use jiff::civil::Date;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub(super) struct DaysOfYear {
    open: Vec<Date>,
    counted: Vec<u16>,
}

impl DaysOfYear {
    /// `said` holds the days that differ from the week: true for worked, false for off.
    pub(super) fn new(year: i16, said: &BTreeMap<Date, bool>) -> DaysOfYear {
        let mut days = DaysOfYear { open: Vec::with_capacity(262), counted: vec![0] };
        let first = Date::new(year, 1, 1).ok();
        let all = std::iter::successors(first, |day| day.tomorrow().ok());
        let mut count = 0;
        for day in all.take_while(|day| day.year() == year) {
            if said.get(&day).copied().unwrap_or(!is_weekend(day)) {
                days.open.push(day);
                count += 1;
            }
            days.counted.push(count);
        }
        days
    }

    pub(super) fn is_open(&self, day: Date) -> bool {
        self.until(day) != self.before(day)
    }

    /// Working days of the year up to `day`, itself included.
    pub(super) fn until(&self, day: Date) -> usize {
        usize::from(self.counted[index(day)])
    }

    /// Working days of the year before `day`, itself not included.
    pub(super) fn before(&self, day: Date) -> usize {
        usize::from(self.counted[index(day) - 1])
    }

    pub(super) fn count(&self) -> usize {
        self.open.len()
    }

    /// The working day with so many working days of the year before it.
    pub(super) fn nth(&self, before: usize) -> Option<Date> {
        self.open.get(before).copied()
    }
}

/// 1 for 1 January, 366 at most.
fn index(day: Date) -> usize {
    day.day_of_year().unsigned_abs().into()
}
