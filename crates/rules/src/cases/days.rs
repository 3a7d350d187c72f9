//! Which deadlines the cases show, and across which days they count there.
//!
//! Invariant: every step with a deadline is in the table, shown or not.

use super::{coverage::is_partial, play::Stage};
use crate::{
    due::Due,
    rulebook::{Deadline, Rulebook, SourceFile, Unit},
};
use facts::{
    Calendar, KindId, StepId,
    calendar::{DayKind, DayMark},
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A due day that a case asserts: of which step, from which day it counts, and the day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Asserted {
    pub kind: KindId,
    pub step: StepId,
    pub from: Date,
    pub on: Date,
}

impl Asserted {
    pub fn of(kind: &KindId, step: &StepId, due: &Due) -> Asserted {
        Asserted { kind: kind.clone(), step: step.clone(), from: due.from, on: due.date }
    }
}

/// A step with a deadline, and what the cases show of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownDeadline {
    pub kind: KindId,
    pub step: StepId,
    pub article: String,
    /// How many different counts the cases assert.
    pub counts: usize,
    /// One of them goes across a day that a holiday takes from the week and one that is worked in its stead;
    /// where hours are counted, or no day at all, across one of the two.
    pub across: bool,
}

/// The table of all deadlines.
pub(super) fn deadlines(
    rulebook: &Rulebook,
    calendar: &Calendar,
    files: &[SourceFile],
    ends: &[Result<Stage<'_>, String>],
) -> Vec<ShownDeadline> {
    if is_partial(files) {
        return vec![];
    }
    let asserted: BTreeSet<&Asserted> = ends.iter().flatten().flat_map(|stage| &stage.due).collect();
    let steps = rulebook.kinds.iter().flat_map(|kind| kind.steps.iter().map(move |step| (kind, step)));
    let with_deadline = steps.filter_map(|(kind, step)| Some((kind, step, step.due.as_ref()?)));
    let shown = with_deadline.map(|(kind, step, deadline)| {
        let counts = asserted.iter().filter(|one| one.kind == kind.id && one.step == step.id);
        let counts: Vec<&&Asserted> = counts.collect();
        let article = step.cite("due").and_then(|rule| rule.as_str().split('/').next()).unwrap_or_default();
        ShownDeadline {
            kind: kind.id.clone(),
            step: step.id.clone(),
            article: article.to_owned(),
            counts: counts.len(),
            across: counts.iter().any(|one| goes_across(calendar, deadline, one)),
        }
    });
    shown.collect()
}

fn goes_across(calendar: &Calendar, deadline: &Deadline, counted: &Asserted) -> bool {
    let marks = calendar.explain(counted.from, counted.on);
    let (off, worked): (Vec<&DayMark>, Vec<&DayMark>) = marks.iter().partition(|mark| mark.kind == DayKind::Closed);
    match deadline.unit == Unit::Hours || counted.from == counted.on {
        true => !marks.is_empty(),
        false => !off.is_empty() && !worked.is_empty(),
    }
}
