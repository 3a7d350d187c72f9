//! What follows from the record alone: matters, links, directory entries, publications.
//!
//! Used alike by appending and by rebuilding, so that both give the same rows.
//! Must not know what the office derives by its rules. Invariant: an address of a publication, once
//! given, is given again by every rebuild.

use crate::{
    Fault,
    session::{Given, Session, given, json, sql},
    words,
};
use facts::{Event, Matter, MatterId, Value};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The running number of the last thing said of the directory; 0 when nothing was.
pub(crate) fn directory_version(session: &dyn Session) -> Result<u64, Fault> {
    session.number(sql!("directory_version"), &[])
}

/// A matter is written as a whole once in so many events; in between what happened is folded onto it.
const STATE_EVERY: u32 = 16;

/// Keeps a matter as its events left it. `stored`: what is stored of it, `None` for a new one, which is
/// called by its number until a projection names it. Yes where its version and head are left to [`advance`], as
/// they mostly change with what is derived.
pub(crate) fn keep_matter(session: &dyn Session, matter: &Matter, stored: Option<&Stored>) -> Result<bool, Fault> {
    let (id, version, head) = (matter.id, matter.version, matter.head);
    let advances = stored.is_some_and(|stored| stored.closed == matter.closed);
    match stored {
        None => {
            let (number, kind) = (matter.number.as_str(), matter.kind.as_str());
            let row = given![id, number, kind, matter.opened, matter.closed, version, head];
            session.run(sql!("matter_insert"), row)?;
        }
        // Of the open matters there is an index, which an act that closes nothing leaves alone.
        Some(_) if advances => {}
        Some(_) => drop(session.run(sql!("matter_close"), given![id, version, head, matter.closed])?),
    }
    let due = |stored: &Stored| stored.version / STATE_EVERY != version / STATE_EVERY;
    if matter.closed.is_some() || stored.is_none_or(due) {
        session.run(sql!("state_put"), given![id, version, json(matter)])?;
    }
    let none = BTreeSet::new();
    let before = stored.map_or(&none, |stored| &stored.links);
    let links: BTreeSet<MatterId> = matter.links().into_iter().collect();
    for linked in before.difference(&links) {
        session.run(sql!("link_delete"), given![id, *linked])?;
    }
    for linked in links.difference(before) {
        session.run(sql!("link_insert"), given![id, *linked])?;
    }
    Ok(advances)
}

/// Keeps the version and the head of a matter of which nothing else that stands with it changed.
pub(crate) fn advance(session: &dyn Session, matter: &Matter) -> Result<(), Fault> {
    session.run(sql!("matter_advance"), given![matter.id, matter.version, matter.head]).map(|_| ())
}

/// What is stored of a matter besides its state.
pub(crate) struct Stored {
    version: u32,
    links: BTreeSet<MatterId>,
    closed: Option<Date>,
}

impl Stored {
    pub fn of(matter: &Matter) -> Stored {
        Stored { version: matter.version, links: matter.links().into_iter().collect(), closed: matter.closed }
    }
}

/// Keeps what an event says of the directory, after `version`; the version afterwards.
pub(crate) fn keep_entries(session: &dyn Session, event: &Event, mut version: u64) -> Result<u64, Fault> {
    for entry in &event.act.directory {
        version += 1;
        session.run(sql!("directory_insert"), given![version, event.act.matter, event.seq, json(entry)])?;
    }
    Ok(version)
}

/// Keeps the numbers that an event drew.
pub(crate) fn keep_drawn(session: &dyn Session, event: &Event) -> Result<(), Fault> {
    for number in drawn(event) {
        session.run(sql!("drawn_insert"), given![number, event.act.matter])?;
    }
    Ok(())
}

/// The numbers that an event drew.
pub(crate) fn drawn(event: &Event) -> impl Iterator<Item = &str> {
    event.act.draws.keys().filter_map(|field| event.act.input.get(field)?.text())
}

/// Keeps what an event makes public. Its address is the matter's number, with a running letter from
/// the second publication on.
pub(crate) fn keep_publication(session: &dyn Session, place: u64, event: &Event, number: &str) -> Result<(), Fault> {
    let Some(publication) = &event.act.publication else { return Ok(()) };
    let earlier = session.number(sql!("publications_of_matter"), given![event.act.matter])?;
    let address = address(number, earlier);
    let row: [Given; 7] = [
        place.into(),
        (&address).into(),
        event.act.matter.into(),
        event.seq.into(),
        (&publication.title).into(),
        event.act.on.into(),
        json(publication).into(),
    ];
    session.run(sql!("publication_insert"), &row)?;
    let facts = publication.facts.values().filter_map(Value::text).collect::<Vec<_>>().join("\n");
    let text = [number, &address, &publication.title, &publication.text, &facts].join("\n");
    session.run(sql!("found_publication_insert"), given![place, words::tokens(&text)])?;
    Ok(())
}

/// The address of a publication of a matter after so many earlier ones: `EM-1`, then `EM-1b`, … `EM-1z`, `EM-1aa`.
pub fn address(number: &str, earlier: u64) -> String {
    let mut letters = vec![];
    let mut left = earlier + 1;
    while earlier > 0 && left > 0 {
        left -= 1;
        letters.push(char::from(b'a' + (left % 26) as u8));
        left /= 26;
    }
    number.chars().chain(letters.into_iter().rev()).collect()
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn addresses_run_through_the_letters() {
        let found: Vec<String> = [0, 1, 2, 25, 26, 27].iter().map(|n| address("EM-1", *n)).collect();
        assert_eq!(found, ["EM-1", "EM-1b", "EM-1c", "EM-1z", "EM-1aa", "EM-1ab"]);
    }
}
