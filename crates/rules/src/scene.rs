//! Everything one decision looks at: the day, the office as it stands, the matter and those linked to it.
//!
//! Loads nothing by itself. Invariant: a matter that is referred to but not here is an absence that
//! refuses, never a silent pass.

use crate::rulebook::Path;
use facts::{
    Act, BodyId, Calendar, Matter, MatterId, MatterNumber, Organisation, OutcomeId, PersonId, PostId, Role, Value,
};
use jiff::{Timestamp, civil::Date};
use std::{collections::BTreeMap, sync::Arc};

/// What is given to the engine with every question.
#[derive(Clone, Copy)]
pub struct Circumstances<'a> {
    /// When the act is recorded.
    pub now: Timestamp,
    /// The day of `now` in the office's zone.
    pub today: Date,
    /// The office as of `today`.
    pub organisation: &'a Organisation,
    pub calendar: &'a Calendar,
    /// The matter and every matter linked to it.
    pub matters: &'a BTreeMap<MatterId, Matter>,
}

/// The circumstances with the changes that one act has made so far.
#[derive(Clone)]
pub struct Scene<'a> {
    pub now: Timestamp,
    pub today: Date,
    pub organisation: &'a Organisation,
    pub calendar: &'a Calendar,
    /// The outcome with which a step is about to be taken.
    pub outcome: Option<&'a OutcomeId>,
    /// The matters before anything changed.
    given: &'a BTreeMap<MatterId, Matter>,
    matters: BTreeMap<MatterId, Seen<'a>>,
}

/// A matter of a scene; a scene is copied for every question that looks ahead, its matters are not.
#[derive(Clone)]
enum Seen<'a> {
    Given(&'a Matter),
    Changed(Arc<Matter>),
}

impl Seen<'_> {
    fn matter(&self) -> &Matter {
        match self {
            Seen::Given(matter) => matter,
            Seen::Changed(matter) => matter,
        }
    }
}

impl<'a> Scene<'a> {
    /// The scene before anything has changed.
    pub fn new(circumstances: Circumstances<'a>) -> Scene<'a> {
        let Circumstances { now, today, organisation, calendar, matters: given } = circumstances;
        let matters = given.iter().map(|(id, matter)| (*id, Seen::Given(matter))).collect();
        Scene { now, today, organisation, calendar, outcome: None, given, matters }
    }

    /// The same on another day, the office as it stands today.
    pub fn on(&self, today: Date) -> Scene<'a> {
        Scene { today, ..self.clone() }
    }

    /// The same with another outcome.
    pub fn with_outcome<'o>(&'o self, outcome: &'o OutcomeId) -> Scene<'o> {
        Scene { outcome: Some(outcome), ..self.clone() }
    }

    /// The matter, if it was loaded.
    pub fn matter(&self, id: MatterId) -> Option<&Matter> {
        self.matters.get(&id).map(Seen::matter)
    }

    /// The matter as it stood before the act, if there was one.
    pub fn before(&self, id: MatterId) -> Option<&'a Matter> {
        self.given.get(&id)
    }

    /// Every matter that is here.
    pub fn matters(&self) -> impl Iterator<Item = &Matter> {
        self.matters.values().map(Seen::matter)
    }

    /// Puts a matter in, in the place of what it was before.
    pub fn put(&mut self, matter: Matter) -> Arc<Matter> {
        let matter = Arc::new(matter);
        self.matters.insert(matter.id, Seen::Changed(matter.clone()));
        matter
    }

    /// Takes in an act, so that what follows from it sees it. A matter that is opened has no number yet.
    pub fn change(&mut self, act: &Act) {
        let mut matter = match self.matters.remove(&act.matter) {
            Some(Seen::Changed(matter)) => Arc::unwrap_or_clone(matter),
            Some(Seen::Given(matter)) => matter.clone(),
            None => Matter::unopened(act, MatterNumber::new("…")),
        };
        matter.foresee(act);
        self.put(matter);
    }

    /// The matters that the act has changed or opened.
    pub fn into_changed(self) -> BTreeMap<MatterId, Matter> {
        self.matters
            .into_iter()
            .filter_map(|(id, matter)| match matter {
                Seen::Changed(matter) => Some((id, Arc::unwrap_or_clone(matter))),
                Seen::Given(_) => None,
            })
            .collect()
    }

    /// The matter that a chain of fields leads to, or `None` where a link is empty or not loaded.
    pub fn follow<'s>(&'s self, from: &'s Matter, links: &[facts::FieldId]) -> Option<&'s Matter> {
        links.iter().try_fold(from, |at, link| {
            let id = at.fields.get(link).and_then(Value::matter)?;
            if id == from.id { Some(from) } else { self.matter(id) }
        })
    }

    /// The value of a field of the matter or of one linked to it.
    pub fn value<'s>(&'s self, from: &'s Matter, path: &Path) -> Option<&'s Value> {
        let (last, links) = path.0.split_last()?;
        self.follow(from, links)?.fields.get(last)
    }

    /// Whether a yes-or-no field is yes; not set is no.
    pub fn is_yes(&self, from: &Matter, path: &Path) -> bool {
        matches!(self.value(from, path), Some(Value::Yes(true)))
    }

    /// The persons in a field, in its order.
    pub fn persons(&self, from: &Matter, path: &Path) -> Vec<PersonId> {
        let values = self.value(from, path).map_or(&[] as &[Value], Value::members);
        let person = |value: &Value| match value {
            Value::Person(person) => Some(person.clone()),
            _ => None,
        };
        values.iter().filter_map(person).collect()
    }

    /// The bodies in a field, in its order.
    pub fn bodies(&self, from: &Matter, path: &Path) -> Vec<BodyId> {
        let values = self.value(from, path).map_or(&[] as &[Value], Value::members);
        let body = |value: &Value| match value {
            Value::Body(body) => Some(body.clone()),
            _ => None,
        };
        values.iter().filter_map(body).collect()
    }

    /// The persons who hold one of the posts today, each once.
    pub fn holders(&self, posts: &[PostId]) -> Vec<PersonId> {
        let mut holders = vec![];
        for post in posts {
            for (person, _) in self.organisation.holders(&Role::Post(post.clone())) {
                if !holders.contains(person) {
                    holders.push(person.clone());
                }
            }
        }
        holders
    }
}
