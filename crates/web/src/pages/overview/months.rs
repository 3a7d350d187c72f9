//! Months, as the overview counts by them and lists are narrowed to them.

use crate::wording::Words;
use jiff::{ToSpan, civil::Date};

/// Months that are shown, the present one included.
pub const SHOWN: i64 = 12;

/// A month by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month(Date);

impl Month {
    /// The month that a day is in.
    pub fn of(day: Date) -> Month {
        Month(day.first_of_month())
    }

    /// The month of a text `2019-04`.
    pub fn parse(text: &str) -> Option<Month> {
        let day: Date = format!("{text}-01").parse().ok()?;
        (text.len() == 7).then_some(Month(day))
    }

    /// `2019-04`
    pub fn key(self) -> String {
        format!("{:04}-{:02}", self.0.year(), self.0.month())
    }

    pub fn first(self) -> Date {
        self.0
    }

    pub fn last(self) -> Date {
        self.0.last_of_month()
    }

    /// The month as people read it.
    pub fn name(self, words: &Words) -> String {
        words.month(self.0)
    }

    /// The months up to this one, the last one first.
    pub fn back(self) -> Vec<Month> {
        (0..SHOWN).filter_map(|n| Some(Month(self.0.checked_sub(n.months()).ok()?))).collect()
    }
}

/// The days from the first to the last of the months that are shown.
pub fn span(words: &Words) -> (Date, Date) {
    let now = Month::of(words.today);
    (now.back().last().map_or(now, |month| *month).first(), now.last())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_is_read_as_it_is_written_and_nothing_else_is_one() {
        let april = Month::of(date(2019, 4, 17));
        assert_eq!(Month::parse(&april.key()), Some(april));
        assert_eq!((april.first(), april.last()), (date(2019, 4, 1), date(2019, 4, 30)));
        for text in ["", "2019-13", "2019-4", "04-2019", "2019-04-01", "2019-04-01x", "-2019-04"] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_of_months_goes_back_over_new_year() {
        let months = Month::of(date(2026, 2, 28)).back();
        assert_eq!((months.len(), months[1].key(), months[11].key()), (12, "2026-01".into(), "2025-03".into()));
    }
}
