//! What is wrong with a file of the calendar, in the words of whoever reads it.

use super::Sentence;
use facts::calendar::CalendarProblem as Problem;

/// The sentence of a problem.
pub(super) fn problem(problem: &Problem) -> Sentence {
    let of = |key, year: &i16, name: &str| Sentence::new(key).with("year", year).with("name", name);
    match problem {
        Problem::NoYear => Sentence::new("calendar-no-year"),
        Problem::NotAYear { year } => Sentence::new("calendar-not-a-year").with("year", year),
        Problem::YearTwice { year } => Sentence::new("calendar-year-twice").with("year", year),
        Problem::YearDiffers { year, notice: Some(notice) } => {
            Sentence::new("calendar-year-differs").with("year", year).with("notice", notice)
        }
        Problem::YearDiffers { year, notice: None } => Sentence::new("calendar-year-stays").with("year", year),
        Problem::ReplacesUnknown { year, replaces } => {
            Sentence::new("calendar-replaces-unknown").with("year", year).with("notice", replaces)
        }
        Problem::NoHoliday { year } => Sentence::new("calendar-no-holiday").with("year", year),
        Problem::UnknownName { year, name } => of("calendar-unknown-name", year, name),
        Problem::NameDiffers { name, en, zh } => {
            Sentence::new("calendar-name-differs").with("name", name).with("en", en).with("zh", zh)
        }
        Problem::Backwards { year, name, from, to } => {
            of("calendar-backwards", year, name).with("from", from).with("to", to)
        }
        Problem::OutsideYear { year, name, day } => of("calendar-outside-year", year, name).with("day", day),
        Problem::WorkedWeekday { year, name, day } => of("calendar-worked-weekday", year, name).with("day", day),
        Problem::DayTwice { day, first, second } => {
            Sentence::new("calendar-day-twice").with("day", day).with("first", first).with("second", second)
        }
        Problem::OffAndWorked { day, off, worked } => {
            Sentence::new("calendar-off-and-worked").with("day", day).with("off", off).with("worked", worked)
        }
    }
}
