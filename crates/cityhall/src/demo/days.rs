//! Days as a story writes them: `2018-12-10`, `today`, `today-12`, `2018-12-10+5wd`.

use anyhow::{Context, Result, bail};
use facts::Calendar;
use jiff::{ToSpan, civil::Date};

/// The day that a text means.
///
/// # Errors
/// When it is no day, or the calendar has no data for the working days that are counted.
pub fn day(text: &str, today: Date, calendar: &Calendar) -> Result<Date> {
    let text = text.trim();
    let (begin, rest) = match text.strip_prefix("today") {
        Some(rest) => (today, rest),
        None => {
            let begin = text.get(..10).with_context(|| format!("{text:?} is no day"))?;
            (begin.parse().with_context(|| format!("{text:?} is no day"))?, &text[10..])
        }
    };
    let mut at = begin;
    let mut rest = rest.trim();
    while !rest.is_empty() {
        let sign = &rest[..1];
        let end = rest[1..].find(['+', '-']).map_or(rest.len(), |end| end + 1);
        let (count, working) = match rest[1..end].strip_suffix("wd") {
            Some(count) => (count, true),
            None => (&rest[1..end], false),
        };
        let count: u16 = count.parse().with_context(|| format!("{text:?} is no day"))?;
        at = match (sign, working) {
            ("+", true) => calendar.add_working_days(at, count)?,
            ("-", true) => calendar.subtract_working_days(at, count)?,
            ("+", false) => at.checked_add(i64::from(count).days())?,
            ("-", false) => at.checked_sub(i64::from(count).days())?,
            _ => bail!("{text:?} is no day"),
        };
        rest = &rest[end..];
    }
    Ok(at)
}
