//! With whom what is late lies: the body at which the role is held, or the post or person, and the
//! leader in charge.

use crate::wording::Words;
use facts::{BodyId, PersonId, PostId, Role};
use office::Counted;
use std::collections::{BTreeMap, BTreeSet};

/// Where a step lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Body(BodyId),
    Post(PostId),
    Person(PersonId),
}

impl Place {
    /// The place of a role: a body in its leader's charge does not hold up what waits for the leader.
    pub fn of(words: &Words, role: &Role) -> Place {
        let organisation = &words.organisation;
        match role {
            Role::At(post, body) => {
                let in_charge = words.rulebook().posts.get(post).is_some_and(|post| post.from_portfolio);
                let leader = organisation.holders(role).first().filter(|_| in_charge);
                leader.map_or(Place::Body(body.clone()), |(leader, _)| Place::home(words, leader))
            }
            Role::Post(post) => Place::Post(post.clone()),
            Role::Person(person) => Place::home(words, person),
        }
    }

    /// The single post, or the body of somebody without a post of the office, under which a person is found.
    fn home(words: &Words, person: &PersonId) -> Place {
        let organisation = &words.organisation;
        let single = |post: &&PostId| words.rulebook().posts.get(*post).is_some_and(|post| post.single);
        match (organisation.posts_of(person).next(), organisation.body_of(person)) {
            (None, Some(body)) => Place::Body(body.clone()),
            _ => match organisation.posts_of(person).find(single) {
                Some(post) => Place::Post(post.clone()),
                None => Place::Person(person.clone()),
            },
        }
    }

    pub fn key(&self) -> String {
        match self {
            Place::Body(body) => format!("body:{body}"),
            Place::Post(post) => format!("post:{post}"),
            Place::Person(person) => format!("person:{person}"),
        }
    }

    /// The place of a key made by [`Place::key`].
    pub fn of_key(key: &str) -> Option<Place> {
        let (first, rest) = key.split_once(':')?;
        match first {
            "body" => Some(Place::Body(rest.into())),
            "post" => Some(Place::Post(rest.into())),
            "person" => Some(Place::Person(rest.into())),
            _ => None,
        }
    }

    /// Whether the directory or the rulebook knows it.
    pub fn is_there(&self, words: &Words) -> bool {
        match self {
            Place::Body(body) => words.organisation.bodies.contains_key(body),
            Place::Post(post) => words.rulebook().posts.contains_key(post),
            Place::Person(person) => words.organisation.people.contains_key(person),
        }
    }

    pub fn name(&self, words: &Words) -> String {
        match self {
            Place::Body(body) => words.body(body),
            Place::Post(post) => words.post(post),
            Place::Person(person) => words.person(person),
        }
    }

    /// The leader in charge of a body.
    pub fn leader(&self, words: &Words) -> Option<PersonId> {
        let Place::Body(body) = self else { return None };
        let leader = words.rulebook().posts.values().find(|post| post.from_portfolio)?;
        let holders = words.organisation.holders(&Role::At(leader.id.clone(), body.clone()));
        holders.first().map(|(person, _)| person.clone())
    }
}

/// Late steps by what `under` makes of where they lie, most first; what it makes nothing of is left out.
pub fn grouped<K: Ord>(words: &Words, counted: &[Counted], under: impl Fn(Place) -> Option<K>) -> Vec<(K, u64)> {
    let mut found: BTreeMap<K, u64> = BTreeMap::new();
    for late in counted {
        if let Some(key) = place(words, late).and_then(&under) {
            *found.entry(key).or_default() += late.count;
        }
    }
    let mut found: Vec<(K, u64)> = found.into_iter().collect();
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    found
}

/// The keys of the roles by which the record finds what is late at some places.
pub fn roles_at(words: &Words, counted: &[Counted], wanted: impl Fn(&Place) -> bool) -> Vec<String> {
    let there = counted.iter().filter(|late| place(words, late).is_some_and(|place| wanted(&place)));
    there.map(|late| late.of.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

fn place(words: &Words, late: &Counted) -> Option<Place> {
    Role::of_key(&late.of).map(|role| Place::of(words, &role))
}
