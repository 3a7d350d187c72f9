//! What follows from a step: steps carried along, matters opened, numbers drawn, what is made public, what is said
//! of the directory.

use super::{Deadline, Path};
use facts::{FieldId, KindId, OutcomeId, StepId};

/// A field that takes the next number of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    pub field: FieldId,
    /// The field of a choice that says which series.
    pub by: Option<FieldId>,
    /// Patterns with `{year}` and `{n}`; without `by` one, of no choice.
    pub patterns: Vec<(Option<String>, String)>,
}

impl Draw {
    /// The pattern for a choice.
    pub fn pattern(&self, choice: Option<&str>) -> Option<&str> {
        let found = self.patterns.iter().find(|(of, _)| of.is_none() || of.as_deref() == choice);
        found.map(|(_, pattern)| pattern.as_str())
    }
}

/// A step of linked matters that is carried with this one.
#[derive(Clone, Debug)]
pub struct Takes {
    pub step: StepId,
    /// A field that is a matter or a set of matters.
    pub on: FieldId,
    /// Fields of that step, filled as in [`Opens::with`].
    pub with: Vec<(FieldId, Source)>,
    /// The outcome given, if that step has outcomes.
    pub outcome: Option<OutcomeId>,
    /// Only for matters in which these steps had one of these outcomes; others are passed over.
    pub only_if: Vec<(StepId, Vec<OutcomeId>)>,
}

#[derive(Clone, Debug)]
pub struct Opens {
    pub kind: KindId,
    /// A set of matters: one is opened for each.
    pub each: Option<FieldId>,
    pub only_if: Vec<(StepId, Vec<OutcomeId>)>,
    pub with: Vec<(FieldId, Source)>,
}

/// Where a field of an opened matter is filled from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// This matter itself.
    This,
    /// The matter opened for.
    Each,
    /// A field of this matter or one linked to it.
    Field(Path),
    /// A field of the matter opened for, or one linked to it.
    EachField(Path),
    /// The set that stands in the field filled, with this added.
    Added(Box<Source>),
    /// The set that stands in the field filled, without this.
    Dropped(Box<Source>),
    /// A day counted from the act.
    Day(Deadline),
    /// The next day of this month and number after the act.
    Next {
        month: i8,
        day: i8,
    },
    /// Whoever acts.
    Actor,
    Yes(bool),
    Choice(String),
    /// The first of these that says something.
    First(Vec<Source>),
}

#[derive(Clone, Debug)]
pub struct Publishes {
    pub title: FieldId,
    pub text: FieldId,
    pub facts: Vec<FieldId>,
}

impl Publishes {
    /// Everything that goes to the public page.
    pub fn fields(&self) -> impl Iterator<Item = &FieldId> {
        [&self.title, &self.text].into_iter().chain(&self.facts)
    }
}

/// What a step says of the directory; the fields that hold who, what and when.
#[derive(Clone, Debug)]
pub enum Saying {
    Holds {
        person: FieldId,
        post: FieldId,
        body: Option<FieldId>,
        from: FieldId,
        until: Option<FieldId>,
    },
    /// A post that is held on whatever ground is given up.
    Leaves {
        person: FieldId,
        post: FieldId,
        body: Option<FieldId>,
        until: FieldId,
    },
    Leads {
        person: FieldId,
        bodies: FieldId,
        from: FieldId,
        until: Option<FieldId>,
        replaces: bool,
    },
    Liaises {
        person: FieldId,
        bodies: FieldId,
        from: FieldId,
        until: Option<FieldId>,
    },
    Away {
        person: FieldId,
        reason: FieldId,
        from: FieldId,
        until: FieldId,
    },
    StandsIn {
        person: FieldId,
        regime: String,
        stood_for: Option<FieldId>,
        from: FieldId,
        until: FieldId,
    },
    /// A person who is new in the directory, under the id in a text; or one whose name changes.
    Enters {
        person: FieldId,
        en: FieldId,
        zh: FieldId,
    },
    /// A body that is new in the directory, under the id in a text; or one whose name or class changes.
    Establishes {
        body: FieldId,
        en: FieldId,
        zh: FieldId,
        /// A choice of classes.
        class: FieldId,
    },
    /// Ends what earlier steps of this matter said; `until` is the last day.
    Ends {
        what: SayingKind,
        until: FieldId,
    },
}

impl Saying {
    /// The fields of which each holds a line: the id of what is new, and names.
    pub fn lines(&self) -> Vec<&FieldId> {
        match self {
            Saying::Enters { person: id, en, zh } | Saying::Establishes { body: id, en, zh, .. } => vec![id, en, zh],
            _ => vec![],
        }
    }

    /// The field of what is entered in the directory: a text holds the id of what is new.
    pub fn entered(&self) -> Option<&FieldId> {
        match self {
            Saying::Enters { person: field, .. } | Saying::Establishes { body: field, .. } => Some(field),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SayingKind {
    Holds,
    Leads,
    Liaises,
    Away,
    StandsIn,
}
