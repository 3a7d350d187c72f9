//! What holds for every day and every count.

use crate::{CHINA, day};
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;

/// A day of 2006 to 2024, so that a count of [`WORKING_DAYS_MAX`] stays within the notices.
fn any_day() -> impl Strategy<Value = Date> {
    (0..6_900).prop_map(|n: i32| day("2006-01-01").checked_add(n.days()).unwrap())
}

const WORKING_DAYS_MAX: u16 = 480;

/// Counts day by day, as a clerk would.
fn walked(from: Date, n: u16) -> Date {
    let open = |day: &Date| CHINA.is_working_day(*day).unwrap();
    let mut days = from.series(1.day()).skip(1).filter(open);
    n.checked_sub(1).map_or(from, |n| days.nth(n.into()).unwrap())
}

proptest! {
    #[test]
    fn adding_is_counting_day_by_day(from in any_day(), n in 0..WORKING_DAYS_MAX) {
        prop_assert_eq!(CHINA.add_working_days(from, n).unwrap(), walked(from, n));
    }

    #[test]
    fn adding_lands_on_a_working_day_after_the_start(
        from in any_day(),
        n in 1..WORKING_DAYS_MAX,
    ) {
        let end = CHINA.add_working_days(from, n).unwrap();
        prop_assert!(end > from);
        prop_assert!(CHINA.is_working_day(end).unwrap());
        prop_assert_eq!(CHINA.working_days_between(from, end), Ok(i32::from(n)));
    }

    #[test]
    fn adding_is_monotone(
        one in any_day(),
        other in any_day(),
        n in 0..WORKING_DAYS_MAX,
        more in 1..10_u16,
    ) {
        let end = |from, n| CHINA.add_working_days(from, n).unwrap();
        prop_assert!(end(one.min(other), n) <= end(one.max(other), n));
        prop_assert!(end(one, n) < end(one, n + more));
    }

    #[test]
    fn subtracting_undoes_adding_on_working_days(
        from in any_day(),
        n in 0..WORKING_DAYS_MAX,
    ) {
        let from = CHINA.roll_forward(from).unwrap();
        let end = CHINA.add_working_days(from, n).unwrap();
        prop_assert_eq!(CHINA.subtract_working_days(end, n), Ok(from));
        prop_assert_eq!(CHINA.add_working_days(CHINA.subtract_working_days(from, n).unwrap(), n), Ok(from));
    }

    #[test]
    fn rolling_forward_is_the_first_working_day_from_then(from in any_day()) {
        let end = CHINA.roll_forward(from).unwrap();
        prop_assert!(CHINA.is_working_day(end).unwrap());
        prop_assert!(from.series(1.day()).take_while(|day| *day < end)
            .all(|day| CHINA.is_working_day(day) == Ok(false)));
        prop_assert_eq!(CHINA.roll_forward(end), Ok(end));
    }

    #[test]
    fn days_between_add_up(one in any_day(), middle in any_day(), other in any_day()) {
        let between = |from, to| CHINA.working_days_between(from, to).unwrap();
        prop_assert_eq!(between(one, middle) + between(middle, other), between(one, other));
    }
}
