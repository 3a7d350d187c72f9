//! Counting days: refusals first, then the oracles.

use crate::{CHINA, day, shipped};
use cityhall_facts::calendar::{Calendar, DayKind, NoData};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

#[test]
fn a_year_without_a_notice_is_refused() {
    let missing = |year| Err(NoData { year });
    for year in [2003, 2027] {
        let new_year = Date::new(year, 1, 1).unwrap();
        assert_eq!(CHINA.is_working_day(new_year), Err(NoData { year }));
        assert_eq!(CHINA.add_working_days(new_year, 0), missing(year));
        assert_eq!(CHINA.add_working_days(new_year, 1), missing(year));
        assert_eq!(CHINA.subtract_working_days(new_year, 0), missing(year));
        assert_eq!(CHINA.subtract_working_days(new_year, 1), missing(year));
        assert_eq!(CHINA.roll_forward(new_year), missing(year));
    }
    assert_eq!(CHINA.add_working_days(day("2026-12-30"), 1), Ok(day("2026-12-31")));
    assert_eq!(CHINA.add_working_days(day("2026-12-30"), 2), missing(2027));
    assert_eq!(CHINA.subtract_working_days(day("2004-01-05"), 1), Ok(day("2004-01-02")));
    assert_eq!(CHINA.subtract_working_days(day("2004-01-05"), 2), missing(2003));
    let between = |from, to| CHINA.working_days_between(day(from), day(to));
    assert_eq!(between("2026-12-31", "2027-01-01"), Err(NoData { year: 2027 }));
    assert_eq!(between("2003-12-31", "2004-01-05"), Err(NoData { year: 2003 }));
    assert_eq!(Calendar::default().is_working_day(day("2019-04-10")), Err(NoData { year: 2019 }));
    assert_eq!(
        NoData { year: 2027 }.to_string(),
        "the State Council's notice for 2027 is not in the calendar; \
         add it with `cityhall calendar add FILE`"
    );
}

#[test]
fn a_gap_between_two_years_is_refused() {
    let mut data = shipped();
    data.year.retain(|year| year.year != 2020);
    let calendar = Calendar::new(data).unwrap();
    let gap = NoData { year: 2020 };
    assert_eq!(calendar.add_working_days(day("2019-12-31"), 1), Err(gap));
    assert_eq!(calendar.add_working_days(day("2019-12-31"), 300), Err(gap));
    assert_eq!(calendar.subtract_working_days(day("2021-01-04"), 1), Err(gap));
    assert_eq!(calendar.working_days_between(day("2019-12-31"), day("2021-01-04")), Err(gap));
}

#[test]
fn the_ends_of_time_do_not_panic() {
    for end in [Date::MIN, Date::MAX] {
        let refused = Err(NoData { year: end.year() });
        assert_eq!(CHINA.is_working_day(end), Err(NoData { year: end.year() }));
        assert_eq!(CHINA.add_working_days(end, u16::MAX), refused);
        assert_eq!(CHINA.subtract_working_days(end, u16::MAX), refused);
        assert_eq!(CHINA.explain(end, end), []);
    }
    assert_eq!(CHINA.add_days(Date::MAX, 1), Err(NoData { year: 10_000 }));
    assert_eq!(CHINA.subtract_days(Date::MIN, 1), Err(NoData { year: -10_000 }));
    assert_eq!(CHINA.working_days_between(Date::MIN, Date::MAX), Err(NoData { year: -9999 }));
}

#[test]
fn periods_in_working_days_end_where_the_law_ends_them() {
    for (from, n, to) in [
        ("2019-04-10", 7, "2019-04-19"),
        ("2019-04-26", 7, "2019-05-08"),
        ("2019-09-27", 7, "2019-10-12"),
        ("2019-01-28", 7, "2019-02-11"),
        ("2024-02-02", 7, "2024-02-18"),
        ("2024-04-29", 7, "2024-05-11"),
        ("2024-09-10", 7, "2024-09-20"),
        ("2025-09-26", 7, "2025-10-13"),
        ("2026-02-06", 7, "2026-02-24"),
        ("2024-04-26", 20, "2024-05-27"),
        ("2024-09-27", 20, "2024-10-30"),
        ("2024-12-30", 20, "2025-01-27"),
        ("2025-01-20", 20, "2025-02-21"),
        ("2024-02-08", 15, "2024-03-06"),
        ("2019-05-01", 0, "2019-05-01"),
    ] {
        assert_eq!(CHINA.add_working_days(day(from), n), Ok(day(to)), "{from} + {n}");
        let between = CHINA.working_days_between(day(from), day(to));
        assert_eq!(between, Ok(i32::from(n)), "{from} to {to}");
        let back = CHINA.working_days_between(day(to), day(from));
        assert_eq!(back, Ok(-i32::from(n)), "{to} to {from}");
    }
}

#[test]
fn periods_in_calendar_days_roll_forward_to_a_working_day() {
    for (from, n, last, end) in [
        ("2024-09-01", 30, "2024-10-01", "2024-10-08"),
        ("2025-08-02", 60, "2025-10-01", "2025-10-09"),
        ("2024-01-26", 15, "2024-02-10", "2024-02-18"),
        ("2019-04-10", 5, "2019-04-15", "2019-04-15"),
    ] {
        assert_eq!(CHINA.add_days(day(from), n), Ok(day(last)), "{from} + {n}");
        assert_eq!(CHINA.subtract_days(day(last), n), Ok(day(from)));
        assert_eq!(CHINA.roll_forward(day(last)), Ok(day(end)), "{last}");
    }
}

#[test]
fn leave_is_asked_for_three_days_before_the_journey() {
    assert_eq!(CHINA.subtract_days(day("2019-04-22"), 3), Ok(day("2019-04-19")));
}

/// The days of a year that answer otherwise than the plain week.
fn moved(year: i16, worked: bool) -> Vec<String> {
    let first = Date::new(year, 1, 1).unwrap();
    first
        .series(1.day())
        .take_while(|day| day.year() == year)
        .filter(|day| {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            weekend == worked && CHINA.is_working_day(*day) == Ok(worked)
        })
        .map(|day| day.strftime("%m-%d").to_string())
        .collect()
}

#[test]
fn weekend_days_worked_are_those_of_the_notices() {
    for (year, days) in [
        (2005, "02-05 02-06 04-30 05-08 10-08 10-09 12-31"),
        (2016, "02-06 02-14 06-12 09-18 10-08 10-09"),
        (2019, "02-02 02-03 04-28 05-05 09-29 10-12"),
        (2024, "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"),
        (2025, "01-26 02-08 04-27 09-28 10-11"),
        (2026, "01-04 02-14 02-28 05-09 09-20 10-10"),
    ] {
        assert_eq!(moved(year, true).join(" "), days, "{year}");
    }
}

#[test]
fn weekdays_off_are_those_of_the_notices() {
    let spring = "02-04 02-05 02-06 02-07 02-08";
    let autumn = "10-01 10-02 10-03 10-04 10-07";
    let whole = format!("01-01 {spring} 04-05 05-01 05-02 05-03 06-07 09-13 {autumn}");
    assert_eq!(moved(2019, false).join(" "), whole);
    assert_eq!(CHINA.is_working_day(day("2016-12-30")), Ok(true));
}

#[test]
fn each_year_has_as_many_working_days_as_counted_elsewhere() {
    let counts = [
        252, 251, 251, 249, 251, 250, 250, 250, 249, 250, 250, 249, // 2004 to 2015
        250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248, // 2016 to 2026
    ];
    for (year, count) in (2004..).zip(counts) {
        let first = Date::new(year, 1, 1).unwrap();
        let open = i32::from(CHINA.is_working_day(first).unwrap());
        let after = CHINA.working_days_between(first, first.last_of_year());
        assert_eq!(after, Ok(count - open), "{year}");
    }
}

/// `2024-05-01..05-05 closed Labour Day`
fn explained(from: &str, to: &str) -> Vec<String> {
    let marks = CHINA.explain(day(from), day(to));
    let marks = marks.iter().map(|mark| {
        let kind = match mark.kind {
            DayKind::Closed => "closed",
            DayKind::Worked => "worked",
        };
        format!("{}..{} {kind} {}", mark.from, mark.to, mark.name.en)
    });
    marks.collect()
}

#[test]
fn a_count_is_explained_by_the_days_that_the_notices_moved() {
    let labour_day = [
        "2024-04-28..2024-04-28 worked Labour Day",
        "2024-05-01..2024-05-05 closed Labour Day",
        "2024-05-11..2024-05-11 worked Labour Day",
    ];
    assert_eq!(explained("2024-04-26", "2024-05-27"), labour_day);
    assert_eq!(explained("2024-05-27", "2024-04-26"), labour_day);
    assert_eq!(explained("2024-05-03", "2024-05-10"), ["2024-05-03..2024-05-05 closed Labour Day"], "cut at both ends");
    assert_eq!(explained("2024-05-04", "2024-05-10"), [""; 0]);
    assert_eq!(explained("2015-09-21", "2015-09-30"), [""; 0], "a Sunday's festival");
    assert_eq!(
        explained("2018-12-01", "2019-02-03"),
        [
            "2018-12-29..2018-12-29 worked New Year's Day",
            "2018-12-30..2019-01-01 closed New Year's Day",
            "2019-02-02..2019-02-03 worked Spring Festival",
        ]
    );
    let mark = &CHINA.explain(day("2018-12-29"), day("2018-12-29"))[0];
    assert_eq!((mark.name.zh.as_str(), mark.notice_year), ("元旦", 2019));
}
