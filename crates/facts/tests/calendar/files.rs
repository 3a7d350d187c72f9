//! Files of notices: what is wrong with the bad ones, and how a good one joins the calendar.

use crate::{CHINA, day, shipped};
use cityhall_facts::calendar::{Calendar, CalendarData, CalendarProblem};

fn problems(text: &str) -> Vec<String> {
    let problems = Calendar::new(toml::from_str(text).unwrap()).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

/// A file for 2027 with the given lines of festivals.
fn file(holiday: &str) -> String {
    format!(
        r#"
        names = {{ may = {{ en = "May", zh = "五月" }}, june = {{ en = "June", zh = "六月" }} }}
        [[year]]
        year = 2027
        holiday = [{holiday}]
        "#
    )
}

#[test]
fn bad_data_says_what_is_wrong_with_it() {
    let may = r#"{ name = "may", from = "2027-05-03", to = "2027-05-05" }"#;
    for (holiday, message) in [
        ("", "the year 2027 has no holiday; every weekday of it would be a working day"),
        (
            r#"{ name = "may", from = "2027-05-05", to = "2027-05-03" }"#,
            "2027, may: the last day off, 2027-05-03, comes before the first, 2027-05-05",
        ),
        (
            r#"{ name = "may", from = "2026-11-30" }"#,
            "2027, may: 2026-11-30 is neither in 2027 nor in December of the year before",
        ),
        (
            r#"{ name = "may", from = "2027-12-31", to = "2028-01-01" }"#,
            "2027, may: 2028-01-01 is neither in 2027 nor in December of the year before",
        ),
        (
            r#"{ name = "may", from = "2027-05-03", worked = ["2028-05-06"] }"#,
            "2027, may: 2028-05-06 is neither in 2027 nor in December of the year before",
        ),
        (
            r#"{ name = "may", from = "2027-05-03", worked = ["2027-05-07"] }"#,
            "2027, may: 2027-05-07 is worked, but is no Saturday or Sunday",
        ),
        (
            &format!(r#"{may}, {{ name = "june", from = "2027-05-05" }}"#),
            "2027-05-05 is said twice, for may and for june",
        ),
        (
            r#"{ name = "may", from = "2027-05-03", worked = ["2027-05-08", "2027-05-08"] }"#,
            "2027-05-08 is said twice, for may and for may",
        ),
        (
            r#"{ name = "may", from = "2027-05-03", to = "2027-05-09", worked = ["2027-05-08"] }"#,
            "2027-05-08 is both off, for may, and worked, for may",
        ),
        (
            r#"{ name = "june", from = "2027-06-09", worked = ["2027-05-01"] },
               { name = "may", from = "2027-05-01" }"#,
            "2027-05-01 is both off, for may, and worked, for june",
        ),
        (r#"{ name = "july", from = "2027-07-01" }"#, "2027, july: no such name under [names]"),
    ] {
        let said = problems(&file(holiday));
        assert!(said.contains(&message.to_owned()), "{message}\nnot in {said:?}");
    }
    assert_eq!(Calendar::new(toml::from_str(&file(may)).unwrap()).err(), None);
}

#[test]
fn bad_years_say_what_is_wrong_with_them() {
    assert_eq!(problems(""), ["the file names no year; a year begins with [[year]]"]);
    assert_eq!(problems("[[year]]\nyear = 27"), ["27 is not a year of four digits"]);
    let twice = file(r#"{ name = "may", from = "2027-05-03" }"#)
        + "\n[[year]]\nyear = 2027\nholiday = [{ name = \"may\", from = \"2027-05-04\" }]";
    assert_eq!(problems(&twice), ["the year 2027 stands twice in the file"]);
    let all = file(r#"{ name = "july", from = "2027-05-05", to = "2027-05-03", worked = ["2027-05-07"] }"#);
    assert_eq!(problems(&all).len(), 3, "all problems at once");
    let unknown = toml::from_str::<CalendarData>("[[years]]\nyear = 2027").unwrap_err();
    assert!(unknown.to_string().contains("unknown field `years`"), "{unknown}");
}

#[test]
fn next_years_file_extends_the_calendar_and_may_reach_back_into_december() {
    let next = r#"
        [[year]]
        year = 2027
        notice = "国办发明电〔2026〕99号"
        holiday = [
          { name = "new-year", from = "2026-12-31", to = "2027-01-02", worked = ["2026-12-26"] },
        ]"#;
    let mut calendar = CHINA.clone();
    assert_eq!(calendar.is_working_day(day("2026-12-31")), Ok(true));
    calendar.extend(toml::from_str(next).unwrap()).unwrap();
    assert_eq!(calendar.is_working_day(day("2026-12-26")), Ok(true));
    assert_eq!(calendar.is_working_day(day("2026-12-31")), Ok(false));
    assert_eq!(calendar.add_working_days(day("2026-12-30"), 1), Ok(day("2027-01-04")));
    assert_eq!(calendar.years().last().unwrap().notice.as_deref(), Some("国办发明电〔2026〕99号"));
    calendar.extend(toml::from_str(next).unwrap()).unwrap();
    calendar.extend(shipped()).unwrap();
    assert_eq!(calendar.years().count(), 24);
}

#[test]
fn a_year_said_differently_must_say_what_it_replaces() {
    let changed = |year: i16, key: &str| {
        let text = format!(
            "[[year]]\nyear = {year}\n{key}\nholiday = [{{ name = \"labour-day\", from = \"{year}-05-01\", to = \"{year}-05-04\" }}]"
        );
        toml::from_str::<CalendarData>(&text).unwrap()
    };
    let mut calendar = CHINA.clone();
    let mut refused = |data| {
        let problems = calendar.extend(data).unwrap_err();
        assert_eq!(calendar.is_working_day(day("2026-05-05")), Ok(false), "left unchanged");
        problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        refused(changed(2026, "")),
        ["the year 2026 is already in the calendar with other days; if a new notice changed it, add \
          `replaces = \"国办发明电〔2025〕7号\"`"]
    );
    assert_eq!(
        refused(changed(2004, "")),
        ["the year 2004 is already in the calendar with other days; its notice has no number there, \
          so it cannot be replaced"]
    );
    assert_eq!(
        refused(changed(2026, "replaces = \"国办发明电〔2025〕8号\"")),
        ["the year 2026 replaces the notice 国办发明电〔2025〕8号, which the calendar does not hold"]
    );
    let names = "names = { labour-day = { en = \"May Day\", zh = \"五一\" } }";
    let mut renamed = changed(2026, "replaces = \"国办发明电〔2025〕7号\"");
    renamed.names = toml::from_str::<CalendarData>(names).unwrap().names;
    assert_eq!(refused(renamed), ["the name labour-day already means Labour Day (劳动节)"]);
    for _ in 0..2 {
        let data = changed(2026, "replaces = \"国办发明电〔2025〕7号\"");
        calendar.extend(data).unwrap();
        assert_eq!(calendar.is_working_day(day("2026-05-05")), Ok(true));
    }
}

#[test]
fn a_day_that_two_notices_claim_is_a_problem() {
    let data = file(r#"{ name = "may", from = "2026-12-31" }"#)
        + "\n[[year]]\nyear = 2026\nholiday = [{ name = \"june\", from = \"2026-12-31\" }]";
    assert_eq!(
        Calendar::new(toml::from_str(&data).unwrap()).unwrap_err(),
        [CalendarProblem::DayTwice { day: day("2026-12-31"), first: "june".into(), second: "may".into() }]
    );
}
