//! When a step is due, or lawful: days and what they are counted from.

use super::{After, Path};
use facts::{FieldId, OutcomeId, StepId};
use jiff::civil::Date;
use std::{fmt, sync::Arc};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub count: Count,
    pub unit: Unit,
    pub side: Side,
    pub anchor: Anchor,
    /// An end on a day off moves to the next working day.
    pub rolls: bool,
}

impl Deadline {
    /// The fewest and the most days of the calendar that it can lie after its anchor; `None` where it lies
    /// otherwise, or nobody can tell.
    pub fn days_after(&self) -> Option<(u32, u32)> {
        let count = u32::from(self.count.now);
        let (least, most) = match (self.side, self.unit) {
            (_, Unit::DayOfMonth) => return None,
            (Side::On, _) => (0, 0),
            (Side::After, Unit::Days) => (count, count),
            (Side::After, Unit::FullDays) => (count + 1, count + 1),
            // A week has two working days at least, but for the longest holidays.
            (Side::After, Unit::WorkingDays | Unit::FullWorkingDays) => (count, count * 4 + 12),
            (Side::After, Unit::Months) => (count * 28, count * 31),
            (Side::After, Unit::Hours) => (count / 24, count / 24 + 1),
            _ => return None,
        };
        Some((least, if self.rolls { most + 12 } else { most }))
    }
}

/// How many of a unit; a parameter may have had another value before a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub now: u16,
    /// The last day on which a value held, the earliest first.
    pub earlier: Vec<(Date, u16)>,
    /// The parameter that says how many.
    pub parameter: Option<Arc<str>>,
}

impl Count {
    /// The same at all times.
    pub fn always(now: u16) -> Count {
        Count { now, ..Count::default() }
    }
    /// How many, where what is counted begins on a day.
    pub fn on(&self, day: Date) -> u16 {
        self.earlier.iter().find(|(last, _)| day <= *last).map_or(self.now, |(_, count)| *count)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    #[default]
    Days,
    /// Days of which the last has to be over.
    FullDays,
    WorkingDays,
    /// Working days of which the last has to be over.
    FullWorkingDays,
    /// To the same number of a later month, or its last day.
    Months,
    /// The day of this number in the month before, of or after the anchor, or the last day of that month.
    DayOfMonth,
    Hours,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
    On,
}

/// The day a deadline counts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The day on which the matter was opened.
    Opened,
    /// The day on which a step of this or a linked matter was last taken and stands.
    Step(After),
    /// A date field of this or a linked matter.
    Field(Path),
    /// The day of the act itself.
    Today,
    /// The last of these to come.
    Last(Vec<Anchor>),
}

/// What the clock of a due step does while it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Steps from which it counts anew.
    pub restarts: Vec<StepId>,
    pub stands_still: Vec<Still>,
    /// Steps that make it run longer, by so many of its unit.
    pub longer: Vec<(StepId, Count)>,
}

/// A time in which a clock stands still: from the day of the one step to that of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Still {
    pub from: StepId,
    pub to: StepId,
    /// The field of the day with which it goes on at the latest.
    pub until: Option<FieldId>,
}

/// What it means that a member has not answered when the day is past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    pub after: Deadline,
    /// The outcome that silence counts as; `None`: the answer is no longer waited for.
    pub outcome: Option<OutcomeId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotBefore {
    pub day: Deadline,
    /// A step that lifts it.
    pub unless: Option<StepId>,
}

/// As a rulebook writes it: `hold`, `topic.decide`, `assess and qualify`.
impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dotted = |path: &[FieldId], last: Option<&str>| {
            let links = path.iter().map(FieldId::as_str).chain(last);
            links.collect::<Vec<_>>().join(".")
        };
        match self {
            Anchor::Opened => f.write_str("opened"),
            Anchor::Today => f.write_str("today"),
            Anchor::Step(after) => f.write_str(&dotted(&after.links, Some(after.step.as_str()))),
            Anchor::Field(path) => f.write_str(&dotted(&path.0, None)),
            Anchor::Last(anchors) => {
                let anchors = anchors.iter().map(Anchor::to_string).collect::<Vec<_>>();
                f.write_str(&anchors.join(" and "))
            }
        }
    }
}

/// The ending of a number of a day: `20th`.
pub fn ordinal(number: u16) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// As a rulebook writes it: `7 working days after hold`.
impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let anchor = &self.anchor;
        let unit = match self.unit {
            Unit::Days => "days",
            Unit::FullDays => "full days",
            Unit::WorkingDays => "working days",
            Unit::FullWorkingDays => "full working days",
            Unit::Months => "months",
            Unit::DayOfMonth => "of the month",
            Unit::Hours => "hours",
        };
        match self.side {
            side if self.unit == Unit::DayOfMonth => {
                let month = match side {
                    Side::Before => "before",
                    Side::On => "of",
                    Side::After => "after",
                };
                write!(f, "the {}{} of the month {month} {anchor}", self.count.now, ordinal(self.count.now))?;
            }
            Side::On => write!(f, "on {anchor}")?,
            Side::Before => write!(f, "{} {unit} before {anchor}", self.count.now)?,
            Side::After => write!(f, "{} {unit} after {anchor}", self.count.now)?,
        }
        if self.rolls { f.write_str(", or the next working day") } else { Ok(()) }
    }
}
