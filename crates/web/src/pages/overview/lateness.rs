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
    /// The places of a role; a body in its leader's charge does not hold up what waits for its leaders.
    fn of(words: &Words, role: &Role) -> Vec<Place> {
        match role {
            Role::At(post, body) => {
                let leads = *post == words.rulebook().standing.leader;
                let leaders = words.organisation.holders(role).iter().filter(|_| leads);
                let homes: BTreeSet<Place> = leaders.map(|(leader, _)| Place::home(words, leader)).collect();
                if homes.is_empty() { vec![Place::Body(body.clone())] } else { homes.into_iter().collect() }
            }
            Role::Post(post) => vec![Place::Post(post.clone())],
            Role::Person(person) => vec![Place::home(words, person)],
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

    /// The leaders in charge of a body.
    pub fn leaders(&self, words: &Words) -> Vec<PersonId> {
        let Place::Body(body) = self else { return vec![] };
        let leader = Role::At(words.rulebook().standing.leader.clone(), body.clone());
        words.organisation.holders(&leader).iter().map(|(person, _)| person.clone()).collect()
    }
}

/// Late steps by what `under` makes of each place where they lie, most first; what lies with several counts with
/// each of them.
pub fn grouped<K: Ord>(words: &Words, counted: &[Counted], under: impl Fn(&Place) -> Vec<K>) -> Vec<(K, u64)> {
    let mut found: BTreeMap<K, u64> = BTreeMap::new();
    for late in counted {
        let keys: BTreeSet<K> = places(words, late).iter().flat_map(&under).collect();
        keys.into_iter().for_each(|key| *found.entry(key).or_default() += late.count);
    }
    let mut found: Vec<(K, u64)> = found.into_iter().collect();
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    found
}

/// The keys of the roles by which the record finds what is late at some places.
pub fn roles_at(words: &Words, counted: &[Counted], wanted: impl Fn(&Place) -> bool) -> Vec<String> {
    let there = counted.iter().filter(|late| places(words, late).iter().any(&wanted));
    there.map(|late| late.of.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

fn places(words: &Words, late: &Counted) -> Vec<Place> {
    Role::of_key(&late.of).map_or(vec![], |role| Place::of(words, &role))
}
