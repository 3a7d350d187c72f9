//! The working-day calendar against the State Council's notices.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod counting;
mod files;
mod properties;

use cityhall_facts::calendar::{Calendar, CalendarData};
use jiff::civil::Date;
use std::sync::LazyLock;

static CHINA: LazyLock<Calendar> = LazyLock::new(|| Calendar::new(shipped()).unwrap());

fn shipped() -> CalendarData {
    toml::from_str(include_str!("../../../../rulebooks/calendar/china.toml")).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}
