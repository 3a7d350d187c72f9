//! What a list of people and posts would change, and why a row or a list cannot be read, in words.

use super::Words;
use facts::{Entry, Label, Relation, Role, Tenure};
use office::roster::{Came, Change, Headless, Problem, Roster, Row, Unreadable, What};
use std::sync::Arc;

impl Words {
    /// Lets those be named whom the list itself would enter.
    pub fn name_entered(&mut self, roster: &Roster) {
        let entries = roster.rows.iter().flat_map(|row| &row.changes).flat_map(|change| &change.entries);
        let organisation = Arc::make_mut(&mut self.organisation);
        for entry in entries {
            match entry {
                Entry::Person(person) => drop(organisation.people.insert(person.id.clone(), person.clone())),
                Entry::Body(body) => drop(organisation.bodies.insert(body.id.clone(), body.clone())),
                Entry::Tenure(_) => {}
            }
        }
    }

    /// A change in a line: what it says of the directory, or the step where it says nothing yet.
    pub fn roster_change(&self, change: &Change) -> String {
        let told: Vec<String> = change.entries.iter().map(|entry| self.roster_entry(change.what, entry)).collect();
        match told.is_empty() {
            true => self.step(&change.kind, &change.step),
            false => self.list(&told),
        }
    }

    fn roster_entry(&self, what: What, entry: &Entry) -> String {
        match entry {
            Entry::Person(person) => {
                let key = if what == What::NewPerson { "roster-new-person" } else { "roster-other-name" };
                let Label { en, zh } = &person.name;
                self.say(key, &[("id", &person.id.as_str()), ("zh", &zh.as_str()), ("en", &en.as_str())])
            }
            Entry::Body(body) => {
                let key = if what == What::NewBody { "roster-new-body" } else { "roster-other-body" };
                let (Label { en, zh }, class) = (&body.name, self.class(&body.class));
                let id = body.id.as_str();
                self.say(key, &[("id", &id), ("zh", &zh.as_str()), ("en", &en.as_str()), ("class", &class)])
            }
            Entry::Tenure(tenure) => self.roster_tenure(tenure),
        }
    }

    fn roster_tenure(&self, tenure: &Tenure) -> String {
        let Relation::Holds { post, body } = &tenure.relation else { return String::new() };
        let role = match body {
            Some(body) => Role::At(post.clone(), body.clone()),
            None => Role::Post(post.clone()),
        };
        let (role, person) = (self.role(&role), self.person(&tenure.person));
        match (tenure.ends, tenure.until) {
            (true, Some(until)) => {
                self.say("roster-leaves", &[("person", &person), ("post", &role), ("day", &self.day(until))])
            }
            _ => self.say("roster-holds", &[("person", &person), ("post", &role), ("day", &self.day(tenure.from))]),
        }
    }

    /// Why a row cannot be understood.
    pub fn roster_problem(&self, problem: &Problem) -> String {
        match problem {
            Problem::Misfit { kind, misfit } => self.misfit(kind, misfit),
            Problem::Nobody => self.t("roster-nobody"),
            Problem::Stray { cell } => self.say("roster-stray", &[("cell", cell)]),
            Problem::NoStep { what } => self.t(match what {
                What::NewPerson => "roster-no-step-new-person",
                What::OtherName => "roster-no-step-other-name",
                What::NewBody => "roster-no-step-new-body",
                What::OtherBody => "roster-no-step-other-body",
                What::Holds => "roster-no-step-holds",
                What::Leaves => "roster-no-step-leaves",
            }),
        }
    }

    /// Why a text is no list, and what to do.
    pub fn roster_unreadable(&self, unreadable: &Unreadable) -> String {
        match unreadable {
            Unreadable::NotYours => self.t("roster-not-yours"),
            Unreadable::Late(misread) => self.misread_reason(misread),
            Unreadable::Empty => self.t("roster-empty"),
            Unreadable::Malformed { line } => self.say("roster-malformed", &[("line", line)]),
            Unreadable::TooMany { rows_max } => self.say("roster-too-many", &[("count", rows_max)]),
            Unreadable::Headless(Headless::NoSubject) => self.t("roster-no-subject"),
            Unreadable::Headless(Headless::Twice { first, second }) => {
                self.say("roster-twice", &[("first", first), ("second", second)])
            }
            Unreadable::Headless(Headless::Unknown { name, nearest: Some(nearest) }) => {
                self.say("roster-unknown-nearest", &[("name", name), ("nearest", &nearest.as_str())])
            }
            Unreadable::Headless(Headless::Unknown { name, nearest: None }) => {
                self.say("roster-unknown", &[("name", name)])
            }
        }
    }

    /// What becomes of a row, in a word.
    pub fn roster_standing(&self, row: &Row) -> String {
        self.t(match standing(row) {
            RowStanding::Unread => "roster-row-unread",
            RowStanding::Refused => "roster-row-refused",
            RowStanding::Entered => "roster-row-entered",
            RowStanding::Lawful => "roster-row-lawful",
            RowStanding::Same => "roster-row-same",
        })
    }
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowStanding {
    /// It cannot be understood.
    Unread,
    /// At least one of its changes is refused.
    Refused,
    Entered,
    Lawful,
    /// The directory says all of it already.
    Same,
}

/// What becomes of a row.
pub fn standing(row: &Row) -> RowStanding {
    let any = |of: fn(&Came) -> bool| row.changes.iter().any(|change| of(&change.came));
    match () {
        () if row.problem.is_some() => RowStanding::Unread,
        () if any(|came| matches!(came, Came::Refused(_) | Came::Left)) => RowStanding::Refused,
        () if any(|came| matches!(came, Came::Entered(_))) => RowStanding::Entered,
        () if row.changes.is_empty() => RowStanding::Same,
        () => RowStanding::Lawful,
    }
}
