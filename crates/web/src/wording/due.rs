//! When something is due, how long is left, and how the day was found.
//!
//! Invariant: the sum that is shown is made of the same notices that the due day was counted with.

use super::Words;
use crate::components::Tone;
use facts::calendar::DayKind;
use jiff::civil::Date;
use rules::{
    due::Due,
    rulebook::{Confidence, Unit},
};
use serde::Serialize;

/// Working days before a due day from which it presses.
const PRESSING_DAYS: i32 = 3;

/// How much a due day presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pressure {
    Overdue,
    Today,
    Soon,
    Later,
}

/// A due day in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DueWords {
    pub on: Date,
    /// Due on 8 May 2026.
    pub day: String,
    /// 3 working days left.
    pub remaining: String,
    pub pressure: Pressure,
    /// The sum, a line a step.
    pub sum: Vec<String>,
    /// The day is named in the matter, and nothing is counted.
    #[serde(skip)]
    named: bool,
}

impl DueWords {
    /// How it was counted, in one line beside the day: 7 working days from 26 April; 1–5 May closed, 5 May worked.
    /// An hour is said with it, the day stands there already; empty where the day is named and not counted.
    pub fn sum_line(&self) -> String {
        match self.sum.split_last() {
            Some((last, [_])) if self.named && self.day.contains(last.as_str()) => String::new(),
            Some((last, counted)) if self.day.contains(last.as_str()) => counted.join("; "),
            _ => self.sum.join("; "),
        }
    }

    /// Colour of the due day; the words say the same.
    pub fn tone(&self) -> Tone {
        match self.pressure {
            Pressure::Overdue => Tone::Overdue,
            Pressure::Today | Pressure::Soon => Tone::Due,
            Pressure::Later => Tone::Waits,
        }
    }
}

impl Words {
    /// A due day without its sum.
    pub fn due_day(&self, on: Date) -> DueWords {
        DueWords {
            on,
            day: self.say("due-on", &[("day", &self.day(on))]),
            remaining: self.remaining(on),
            pressure: self.pressure(on),
            sum: vec![],
            named: false,
        }
    }

    /// A due day with its sum.
    pub fn due(&self, due: &Due) -> DueWords {
        let named = due.count == 0 && due.from == due.date;
        DueWords { sum: self.sum(due), named, ..self.due_day(due.date) }
    }

    /// The day is past, today, near or far.
    pub fn pressure(&self, on: Date) -> Pressure {
        match on.cmp(&self.today) {
            std::cmp::Ordering::Less => Pressure::Overdue,
            std::cmp::Ordering::Equal => Pressure::Today,
            std::cmp::Ordering::Greater => {
                let left = self.working_days_to(on).unwrap_or_else(|_| self.calendar_days_to(on));
                if left <= PRESSING_DAYS { Pressure::Soon } else { Pressure::Later }
            }
        }
    }

    fn remaining(&self, on: Date) -> String {
        if on == self.today {
            return self.t("due-today");
        }
        let (days, unit) = match self.working_days_to(on) {
            // A day off after the last working day is late all the same.
            Ok(0) | Err(_) => (self.calendar_days_to(on), "days"),
            Ok(days) => (days, "working-days"),
        };
        let direction = if on < self.today { "late" } else { "left" };
        self.say(&format!("due-{unit}-{direction}"), &[("count", &days.unsigned_abs())])
    }

    fn calendar_days_to(&self, on: Date) -> i32 {
        self.today.until(on).map_or(0, |span| span.get_days())
    }

    /// What whoever relies on a period has to know of it: that the source is missing, or how sure it is.
    fn doubt(&self, parameter: &str) -> Option<String> {
        let rulebook = self.rulebook();
        let parameter = rulebook.parameters.get(parameter)?;
        let fact = parameter.source.as_ref().and_then(|source| rulebook.law.get(source));
        match fact.map(|fact| fact.confidence) {
            Some(Confidence::Low) => Some(self.t("sum-uncertain")),
            _ if parameter.reconstructed => Some(self.t("sum-reconstructed")),
            Some(Confidence::Medium) => Some(self.t("sum-secondary")),
            _ => None,
        }
    }

    fn sum(&self, due: &Due) -> Vec<String> {
        let from = self.day_short(due.from);
        let key = match (due.date.cmp(&due.from), due.unit) {
            (_, Unit::Hours) => "sum-hours-after",
            (_, Unit::DayOfMonth) => "sum-day-of-month",
            (std::cmp::Ordering::Equal, _) if due.count == 0 => "sum-on",
            (std::cmp::Ordering::Less, Unit::Months) => "sum-months-before",
            (_, Unit::Months) => "sum-months-after",
            (std::cmp::Ordering::Less, Unit::WorkingDays | Unit::FullWorkingDays) => "sum-working-days-before",
            (std::cmp::Ordering::Less, Unit::Days | Unit::FullDays) => "sum-days-before",
            (_, Unit::WorkingDays | Unit::FullWorkingDays) => "sum-working-days-after",
            (_, Unit::Days | Unit::FullDays) => "sum-days-after",
        };
        let mut sum = vec![self.say(key, &[("count", &u32::from(due.count)), ("day", &from)])];
        sum.extend(due.parameter.as_deref().and_then(|parameter| self.doubt(parameter)));
        if due.longer > 0 {
            sum.push(self.say("sum-longer", &[("count", &u32::from(due.longer))]));
        }
        for (since, until) in &due.still {
            let days = self.day_short(*since);
            sum.push(self.say("sum-stood-still", &[("from", &days), ("until", &self.day_short(*until))]));
        }
        if let Some(from) = due.rolled_from {
            sum.push(self.say("sum-rolled", &[("day", &self.day_short(from))]));
        }
        if let Some(at) = due.at {
            sum.push(self.instant(at));
            return sum;
        }
        if matches!(due.unit, Unit::WorkingDays | Unit::FullWorkingDays) {
            let marks: Vec<String> = self
                .calendar
                .explain(due.from, due.date)
                .iter()
                .map(|mark| {
                    let key = match mark.kind {
                        DayKind::Closed => "sum-closed",
                        DayKind::Worked => "sum-worked",
                    };
                    let days = self.days(mark.from, mark.to);
                    self.say(key, &[("days", &days), ("name", &self.pick(&mark.name))])
                })
                .collect();
            if !marks.is_empty() {
                sum.push(self.list(&marks));
            }
        }
        sum.push(self.day(due.date));
        sum
    }
}
