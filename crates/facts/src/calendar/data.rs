//! What a calendar file says: the State Council's notices, transcribed, one table a year.
//!
//! Knows no file format and decides nothing; whether what is said can be true is for
//! [`Calendar::new`](super::Calendar::new). Invariant: a file read and written again says the same.

use crate::Label;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One file of notices: names of festivals, and years.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarData {
    /// Festivals by key, `labour-day`. A later file may use the names of an earlier one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, Label>,
    /// The years, in any order; each once.
    #[serde(default)]
    pub year: Vec<YearData>,
}

/// What the notice for one year says. Source: L-TIME-1
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearData {
    pub year: i16,
    /// The number of the notice, `国办发明电〔2018〕15号`; none where it is not known with certainty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// Numbers of later notices, whose changes are already worked in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed_by: Vec<String>,
    /// The number of the notice whose year, already in the calendar, this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    #[serde(default)]
    pub holiday: Vec<HolidayData>,
}

/// One festival: the days off, and the weekend days worked in exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayData {
    /// A key of [`CalendarData::names`].
    pub name: String,
    /// The first day off.
    pub from: Date,
    /// The last day off, weekends between included; none for a single day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Saturdays and Sundays worked in exchange (调休).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub worked: Vec<Date>,
}

impl HolidayData {
    /// The last day off.
    pub fn last(&self) -> Date {
        self.to.unwrap_or(self.from)
    }

    /// Every day off in order, weekends included; none if `to` comes before `from`, and no more
    /// than a year of them, which no notice gives.
    pub fn days_off(&self) -> impl Iterator<Item = Date> {
        let last = self.last();
        std::iter::successors(Some(self.from), |day| day.tomorrow().ok()).take_while(move |day| *day <= last).take(366)
    }
}
