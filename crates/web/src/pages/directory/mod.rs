//! The directory: who holds which post, on any day; bodies and people over time.
//!
//! Knows no post and no body by name. Invariant: the ways of standing in are never merged into one list.

mod bodies;
pub mod body;
pub mod import;
pub mod person;
mod posts;
pub mod show;
mod standing;
mod tenures;
mod vacancies;

use crate::components::Link;
use crate::wording::{Words, path_segment};
use facts::{BodyId, PersonId};
use jiff::civil::Date;

/// The page of a body.
pub fn body_href(body: &BodyId) -> String {
    format!("/directory/bodies/{}", path_segment(body.as_str()))
}

/// The page of a person.
pub fn person_href(person: &PersonId) -> String {
    format!("/directory/people/{}", path_segment(person.as_str()))
}

/// A person by name, with the page.
fn person_link(words: &Words, person: &PersonId) -> Link {
    Link::new(words.person(person), person_href(person))
}

/// The first day of which the directory knows anything.
fn first_day(words: &Words) -> Option<Date> {
    words.directory.tenures.iter().map(|tenure| tenure.from).min()
}

/// The way back from the page of a body or person.
fn crumbs(words: &Words) -> Vec<Link> {
    vec![Link::new(words.t("directory-title"), "/directory")]
}
