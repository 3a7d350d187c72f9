//! The posts of the whole office and who holds them.
//!
//! Invariant: whoever stands in is shown as standing in; the ways of standing in have their own section.

use super::{person_link, tenures};
use crate::components::listing::EmptyState;
use crate::components::table::{Cell, Column, Row, Table};
use crate::components::{Tag, Tone};
use crate::wording::Words;
use facts::{PersonId, Relation, Role, Via};
use rules::rulebook::Post;

/// The posts of the office in the order of the rulebook.
pub fn of_office(words: &Words) -> Vec<&Post> {
    let mut posts: Vec<&Post> = words.rulebook().posts.values().filter(|post| !post.at_body).collect();
    posts.sort_by_key(|post| place(words, post));
    posts
}

/// The posts at a body that are worth a column: those that no other one brings with it.
pub fn of_bodies(words: &Words) -> Vec<&Post> {
    let includes = &words.rulebook().standing.includes;
    let brought = |post: &Post| includes.values().flatten().any(|included| *included == post.id);
    let posts = words.rulebook().posts.values();
    let mut posts: Vec<&Post> = posts.filter(|post| post.at_body && !post.stand_in_only && !brought(post)).collect();
    posts.sort_by_key(|post| (post.from_portfolio, !post.single, place(words, post)));
    posts
}

fn place(words: &Words, post: &Post) -> (usize, usize, Option<rules::rulebook::Place>) {
    // A group names its posts by rank; a post that brings another with it comes before that one.
    let includes = words.rulebook().standing.includes.get(&post.id);
    let meant = |named: &facts::PostId| *named == post.id || includes.is_some_and(|with| with.contains(named));
    let of_group = |posts: &Vec<facts::PostId>| posts.iter().position(meant);
    let rank = words.rulebook().groups.values().filter_map(of_group).min().unwrap_or(usize::MAX);
    let brings = includes.map_or(0, Vec::len);
    let rule = words.rulebook().rule(&post.rule).map(|rule| rule.place.clone());
    (rank, usize::MAX - brings, rule)
}

/// Whether a post is another way to a single one, so that nobody holding it is no vacancy.
pub fn is_another_way(words: &Words, post: &Post) -> bool {
    let included = words.rulebook().standing.includes.get(&post.id);
    let single = |id: &facts::PostId| words.rulebook().posts.get(id).is_some_and(|post| post.single);
    included.into_iter().flatten().any(single)
}

/// The table of the posts that somebody holds or that are vacant.
pub fn table(words: &Words) -> Table {
    let rows = of_office(words).into_iter().flat_map(|post| rows_of(words, post));
    Table {
        lang: words.lang,
        caption: words.t("directory-posts"),
        caption_hidden: true,
        titled: true,
        columns: ["directory-post", "directory-holder", "directory-from"].map(|key| Column::new(words.t(key))).into(),
        rows: rows.collect(),
        empty: EmptyState::new(words.t("directory-no-posts"), ""),
    }
}

/// One row for whoever holds the post, or one that says that nobody does.
fn rows_of(words: &Words, post: &Post) -> Vec<Row> {
    let role = Role::Post(post.id.clone());
    let holders = words.organisation.holders(&role);
    let appointed: Vec<_> = holders.iter().filter(|(_, via)| matches!(via, Via::Post)).collect();
    if appointed.is_empty() {
        if post.stand_in_only || !post.single || is_another_way(words, post) {
            return vec![];
        }
        // Where another way fills it, or somebody stands in with all its powers, the post is not blocked.
        let names: Vec<_> = holders.iter().map(|(person, _)| person_link(words, person)).collect();
        let tags = if names.is_empty() { vec![Tag::new(words.t("directory-vacant"), Tone::Overdue)] } else { vec![] };
        let holder = Cell { links: names, tags, ..Cell::default() };
        return vec![Row::new(vec![Cell::new(words.post(&post.id)), holder, Cell::default()])];
    }
    let row = |(person, _): &(PersonId, Via)| {
        let held = words.organisation.in_force().iter().find(|tenure| {
            tenure.person == *person
                && matches!(&tenure.relation, Relation::Holds { post: held, body: None } if *held == post.id)
        });
        let since = held.map_or(String::new(), |held| tenures::span(words, held));
        let holder = Cell { links: vec![person_link(words, person)], ..Cell::default() };
        Row::new(vec![Cell::new(words.post(&post.id)), holder, Cell::new(since)])
    };
    appointed.into_iter().map(row).collect()
}
