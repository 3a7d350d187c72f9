//! Keeping one command in the record: the only place where events come into being.
//!
//! Runs inside a transaction of the caller's and knows no rule of the office. The order is: was it
//! carried out before; is everything as the decision saw it; number, seal and fold each act; what
//! follows from the record; what the office derived; what is to be told.
//! Invariant: an error anywhere leaves it to the caller's transaction that nothing is kept.

use crate::{
    Appended, Fault, NotAppended, Referring, Store, Write,
    follow::{self, Stored},
    import::insert_event,
    matters::{links_to, only},
    outbox,
    project::{self, Derived, Kept},
    recent::{self, Recent},
    session::{Lock, Question, Session, given, json, sql},
};
use facts::{Act, CommandId, Digest, Event, Matter, MatterId, MatterNumber, Series, matter::Broken};
use std::collections::{BTreeMap, BTreeSet};

impl Store {
    /// Keeps a command's acts, their projections and what is to be told, all or nothing. When this
    /// returns `Ok`, the acts are on the disk.
    ///
    /// # Errors
    /// [`NotAppended`]: nothing was kept. A caller that did not get the answer sends the same command
    /// again; it is carried out once.
    pub async fn append(&self, mut write: Write) -> Result<Appended, NotAppended> {
        let derived: Vec<Derived> = std::mem::take(&mut write.projections).into_iter().map(Derived::of).collect();
        let recent = self.recent.clone();
        self.write(move |session| append(session, &recent, &write, &derived)).await
    }
}

fn append(session: &dyn Session, recent: &Recent, write: &Write, derived: &[Derived]) -> Result<Appended, NotAppended> {
    let command = write.command;
    session.lock(Lock::Appending)?;
    if write.acts.iter().any(|act| !act.directory.is_empty()) {
        session.lock(Lock::Directory)?;
    } else if write.directory_version.is_some() {
        session.lock(Lock::DirectoryRead)?;
    }
    let asked = session.row(sql!("command_and_directory"), given![command])?;
    let mut asked = asked.ok_or_else(|| Fault::unsound("an answer without a row"))?;
    let directory_version = asked.number()?;
    if let (Some(first), Some(last)) = (asked.optional_number()?, asked.optional_number()?) {
        return repeated(session, command, [first, last], directory_version).map_err(NotAppended::from);
    }
    match carry_out(session, recent, write, derived, directory_version) {
        Err(NotAppended::Fault(fault)) => Err(fault.into()),
        // The same command may have been carried out between these questions, and be in its own way.
        Err(refused) => carried_out(session, command)?.ok_or(refused),
        kept => kept,
    }
}

fn carry_out(
    session: &dyn Session,
    recent: &Recent,
    write: &Write,
    derived: &[Derived],
    mut directory_version: u64,
) -> Result<Appended, NotAppended> {
    if let Some(expected) = write.directory_version.filter(|expected| *expected != directory_version) {
        return Err(NotAppended::DirectoryConflict { expected, found: directory_version });
    }
    let mut folding = Folding { matters: loaded(session, write)?, changed: BTreeSet::new() };
    check_referring(session, write)?;
    let mut places = vec![];
    let mut events = Vec::with_capacity(write.acts.len());
    for act in &write.acts {
        let event = folding.seal(session, act.clone())?;
        places.push((insert_event(session, &event)?, events.len()));
        events.push(event);
    }
    let kept = folding.matters.iter_mut().filter_map(|(id, loaded)| Some((*id, loaded.derived.take()?)));
    let mut kept: BTreeMap<MatterId, Kept> = kept.collect();
    let mut advancing = BTreeMap::new();
    for (id, loaded) in &folding.matters {
        if let (true, Some(matter)) = (folding.changed.contains(id), &loaded.now)
            && follow::keep_matter(session, matter, loaded.stored.as_ref())?
        {
            advancing.insert(*id, matter);
        }
    }
    for (place, at) in &places {
        let event = &events[*at];
        directory_version = follow::keep_entries(session, event, directory_version)?;
        follow::keep_drawn(session, event)?;
        follow::keep_publication(session, *place, event, folding.number(event.act.matter))?;
    }
    for derived in derived {
        let of_matter = events.iter().filter(|event| event.act.matter == derived.matter());
        let drawn: Vec<String> = of_matter.flat_map(follow::drawn).map(str::to_owned).collect();
        let (kept, advancing) = (kept.remove(&derived.matter()), advancing.remove(&derived.matter()));
        match drawn.is_empty() {
            true => project::replace(session, derived, kept, advancing)?,
            false => project::replace(session, &derived.found_by(&drawn), kept, advancing)?,
        }
    }
    advancing.values().try_for_each(|matter| follow::advance(session, matter))?;
    outbox::tell(session, write.command, &write.outbox)?;
    let first = places.first().map_or(0, |(place, _)| *place);
    let last = places.last().map_or(0, |(place, _)| *place);
    session.run(sql!("command_insert"), given![write.command, first, last])?;
    // Should this not be kept, the record never has their heads.
    let changed = folding.matters.into_iter().filter(|(id, _)| folding.changed.contains(id));
    changed.filter_map(|(_, loaded)| loaded.now).for_each(|matter| recent.hold(matter));
    Ok(Appended { events, repeated: false, directory_version })
}

/// What was kept if the command was carried out before.
pub(crate) fn carried_out(session: &dyn Session, command: CommandId) -> Result<Option<Appended>, Fault> {
    let Some(mut row) = session.row(sql!("command_places"), given![command])? else { return Ok(None) };
    let places = [row.number()?, row.number()?];
    repeated(session, command, places, follow::directory_version(session)?).map(Some)
}

/// What was kept of a command that was carried out before, at its first and its last place.
fn repeated(
    session: &dyn Session,
    command: CommandId,
    [first, last]: [u64; 2],
    directory_version: u64,
) -> Result<Appended, Fault> {
    let events = session.each(sql!("events_of_command"), given![first, last, command], |mut row| row.json())?;
    Ok(Appended { events, repeated: true, directory_version })
}

/// That those still refer to what is acted on which did: what is derived of them goes with this write, and of
/// any other would rest on what stood before. Asked after the matters are held, so that nobody comes between.
fn check_referring(session: &dyn Session, write: &Write) -> Result<(), NotAppended> {
    let Referring { to, seen } = &write.referring;
    let found: BTreeSet<MatterId> = links_to(session, to)?.into_iter().collect();
    match to.first() {
        Some(&matter) if found != *seen => Err(NotAppended::ReferredConflict { matter }),
        _ => Ok(()),
    }
}

#[derive(Default)]
struct Loaded {
    /// `None`: there is no such matter yet.
    now: Option<Matter>,
    /// `None` for a new one.
    stored: Option<Stored>,
    /// What is kept of what was derived of it.
    derived: Option<Kept>,
}

/// The matters that are acted on, after checking that everything stands as the decision saw it.
fn loaded(session: &dyn Session, write: &Write) -> Result<BTreeMap<MatterId, Loaded>, NotAppended> {
    let acted: BTreeSet<MatterId> = write.acts.iter().map(|act| act.matter).collect();
    let asked: BTreeSet<MatterId> = acted.iter().copied().chain(write.expected.iter().map(|(id, _)| *id)).collect();
    let mut versions = BTreeMap::new();
    let mut matters: BTreeMap<MatterId, Loaded> = acted.iter().map(|id| (*id, Loaded::default())).collect();
    let rows = match only(asked.iter()) {
        Some(id) => session.rows(sql!("matter_to_change"), given![*id])?,
        None if asked.is_empty() => vec![],
        None => session.rows(sql!("matters_to_change"), given![json(&asked)])?,
    };
    for mut row in rows {
        let id: MatterId = row.parsed()?;
        versions.insert(id, row.count()?);
        if acted.contains(&id) {
            let matter = standing(session, write, id, row.parsed()?)?;
            let derived = Some(Kept::of(&mut row)?);
            matters.insert(id, Loaded { stored: Some(Stored::of(&matter)), now: Some(matter), derived });
        }
    }
    for &(matter, expected) in &write.expected {
        let found = versions.get(&matter).copied().unwrap_or(0);
        if found != expected {
            return Err(NotAppended::Conflict { matter, expected, found });
        }
    }
    Ok(matters)
}

/// The matter with this event as its last: as the decision saw it if nothing happened since, for by
/// the chain of digests it can then be no other.
fn standing(session: &dyn Session, write: &Write, id: MatterId, head: Digest) -> Result<Matter, Fault> {
    if let Some(seen) = write.seen.iter().find(|matter| matter.id == id && matter.head == head) {
        return Ok(seen.clone());
    }
    let found = recent::folded(session.rows(sql!("matter_state"), given![id])?)?.pop();
    found.ok_or_else(|| Fault::unsound(format!("matter {id} is gone")))
}

struct Folding {
    matters: BTreeMap<MatterId, Loaded>,
    changed: BTreeSet<MatterId>,
}

impl Folding {
    /// Gives an act its place in its matter and folds it in.
    fn seal(&mut self, session: &dyn Session, mut act: Act) -> Result<Event, NotAppended> {
        let id = act.matter;
        for (field, series) in act.draws.clone() {
            act.draw(&field, &self.draw(session, &series, sql!("drawn_taken"))?);
        }
        let misfit = |broken| NotAppended::Misfit { matter: id, broken };
        let standing = self.matters.get(&id).and_then(|loaded| loaded.now.as_ref());
        let opened = match (standing, &act.opening) {
            (Some(_), None) => None,
            (None, Some(opening)) => {
                Some(Matter::unopened(&act, self.draw(session, &opening.series, sql!("number_taken"))?))
            }
            (Some(matter), Some(_)) => {
                return Err(misfit(Broken::Gap { expected: matter.version + 1, found: 1 }));
            }
            (None, None) => return Err(misfit(Broken::NoNumber)),
        };
        let loaded = self.matters.entry(id).or_default();
        loaded.now = opened.or(loaded.now.take());
        let event = loaded.now.as_mut().ok_or(misfit(Broken::NoNumber))?.add(act).map_err(misfit)?;
        self.changed.insert(id);
        Ok(event)
    }

    /// The given number of the series, or the next one that is free by a question.
    fn draw(&self, session: &dyn Session, series: &Series, taken: &Question) -> Result<MatterNumber, NotAppended> {
        if let Some(given) = series.given {
            session.run(sql!("counter_push"), given![&series.counter, given])?;
            let number = series.number(given);
            return match self.is_taken(session, &number, taken)? {
                true => Err(NotAppended::NumberTaken { number }),
                false => Ok(number),
            };
        }
        let mut before = None;
        loop {
            let n = session.number(sql!("counter_draw"), given![&series.counter])?;
            let number = series.number(u32::try_from(n).map_err(Fault::unsound)?);
            if !self.is_taken(session, &number, taken)? {
                return Ok(number);
            }
            if before.as_ref() == Some(&number) {
                // A pattern without `{n}` gives one number only.
                return Err(NotAppended::NumberTaken { number });
            }
            before = Some(number);
        }
    }

    fn is_taken(&self, session: &dyn Session, number: &MatterNumber, taken: &Question) -> Result<bool, Fault> {
        let here = self.matters.values().filter_map(|loaded| loaded.now.as_ref());
        Ok(here.into_iter().any(|matter| matter.number == *number)
            || session.number(taken, given![number.as_str()])? > 0)
    }

    fn number(&self, matter: MatterId) -> &str {
        let loaded = self.matters.get(&matter).and_then(|loaded| loaded.now.as_ref());
        loaded.map_or("", |matter| matter.number.as_str())
    }
}
