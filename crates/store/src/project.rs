//! What the office derives of a matter by its rules: whose turn it is, who may read it, by which
//! words it is found.
//!
//! Must not know how it was derived. Invariants: after [`replace`] the rows are those of the
//! projection and no others; rows that stay the same are not written; the digest kept with a matter
//! is that of the rows kept, and that of the words of these, so that what stays the same is neither read nor written.

use crate::{
    Fault, Projection, Store, Turn, follow,
    session::{Given, Lock, Row, Session, given, json, sql},
    words_index,
};
use facts::{Digest, Label, Matter, MatterId, PersonId, chain};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A projection made ready outside the transaction.
pub(crate) struct Derived {
    matter: MatterId,
    title: Label,
    turns: Vec<Turn>,
    readers: Vec<String>,
    valid: (Option<Date>, Option<Date>),
    /// Of all but the words.
    digest: Digest,
    /// Title and words.
    text: String,
    words_digest: Digest,
}

impl Derived {
    pub fn of(projection: Projection) -> Derived {
        let Projection { matter, title, turns, readers, words, valid } = projection;
        let text = [title.en.as_str(), &title.zh, &words].join("\n");
        let digest = chain::digest_json(&(&title, &turns, &readers, &valid));
        let words_digest = chain::digest_of(&[text.as_bytes()]);
        Derived { matter, title, turns, readers, valid, digest, text, words_digest }
    }

    /// The same, found by some more words, which came about within the transaction.
    pub fn found_by(&self, words: &[String]) -> Derived {
        let text = format!("{}\n{}", self.text, words.join("\n"));
        let words_digest = chain::digest_of(&[text.as_bytes()]);
        let (title, turns, readers) = (self.title.clone(), self.turns.clone(), self.readers.clone());
        Derived { title, turns, readers, text, words_digest, ..*self }
    }

    pub fn matter(&self) -> MatterId {
        self.matter
    }

    fn turns(&self) -> Placed {
        // Of two turns that differ only in their days the one that is due first is kept.
        let mut turns: Vec<Turn> = self.turns.clone();
        turns.sort_by_key(|turn| std::cmp::Reverse((turn.due.is_none(), turn.due)));
        placed(turns)
    }
}

impl Store {
    /// Replaces projections without an act, when the rules or the day changed what follows from the record.
    /// `seen`: the matters that they were derived from, with their versions; when one of them was acted on
    /// since, nothing is replaced, and the answer is no.
    ///
    /// # Errors
    /// [`Fault`]; all projections are replaced or none.
    pub async fn replace_projections(
        &self,
        seen: Vec<(MatterId, u32)>,
        projections: Vec<Projection>,
    ) -> Result<bool, Fault> {
        let derived: Vec<Derived> = projections.into_iter().map(Derived::of).collect();
        let seen: BTreeMap<MatterId, u32> = seen.into_iter().collect();
        self.write(move |session| {
            session.lock(Lock::Appending)?;
            let ids = json(&seen.keys().collect::<Vec<_>>());
            let acted_on = session
                .each(sql!("matters_to_change"), given![ids], |mut row| Ok((row.parsed()?, row.count()?)))?
                .iter()
                .any(|(id, version)| seen.get(id) != Some(version));
            if !acted_on {
                derived.iter().try_for_each(|derived| replace(session, derived, None, None))?;
            }
            Ok(!acted_on)
        })
        .await
    }
}

/// What stands with a matter of what was derived of it.
pub(crate) struct Kept {
    digest: String,
    words_digest: String,
    number: String,
    kind: String,
    opened: String,
}

impl Kept {
    /// From the columns derived, words_digest, number, kind, opened.
    pub fn of(row: &mut Row) -> Result<Kept, Fault> {
        let [digest, words_digest] = [row.text()?, row.text()?];
        Ok(Kept { digest, words_digest, number: row.text()?, kind: row.text()?, opened: row.text()? })
    }

    fn read(session: &dyn Session, matter: MatterId) -> Result<Kept, Fault> {
        let row = session.row(sql!("derived_of_matter"), given![matter])?;
        Kept::of(&mut row.ok_or_else(|| Fault::unsound(format!("a projection of no matter: {matter}")))?)
    }
}

/// Replaces what was derived of one matter. `kept`: what is kept of it, if that was read; `advancing`: the matter,
/// where its version and head are to be kept, too.
pub(crate) fn replace(
    session: &dyn Session,
    derived: &Derived,
    kept: Option<Kept>,
    advancing: Option<&Matter>,
) -> Result<(), Fault> {
    let kept = kept.map_or_else(|| Kept::read(session, derived.matter), Ok)?;
    let [digest, words_digest] = [derived.digest, derived.words_digest].map(|digest| digest.to_string());
    let same_words = kept.words_digest == words_digest;
    if kept.digest == digest && same_words {
        return advancing.map_or(Ok(()), |matter| follow::advance(session, matter));
    }
    let differs = kept.digest != digest;
    let readers = if differs { reader_set(session, &derived.readers)? } else { None };
    // Before all else of the matter: it keeps another transaction from replacing the same at the same time.
    let (Label { en, zh }, (from, until)) = (&derived.title, derived.valid);
    let (version, head) = (advancing.map(|matter| matter.version), advancing.map(|matter| matter.head));
    let differing = u32::from(differs);
    let row: [Given; 11] = [
        derived.matter.into(),
        en.into(),
        zh.into(),
        (&digest).into(),
        (&words_digest).into(),
        from.into(),
        until.into(),
        version.into(),
        head.into(),
        differing.into(),
        readers.into(),
    ];
    session.run(sql!("derived_update"), &row)?;
    if differs {
        replace_turns(session, derived, &kept)?;
    }
    if same_words { Ok(()) } else { replace_words(session, derived, &kept.number) }
}

fn replace_turns(session: &dyn Session, derived: &Derived, matter: &Kept) -> Result<(), Fault> {
    let mut stored = placed(session.each(sql!("turns_of_matter"), given![derived.matter], |mut row| turn(&mut row))?);
    for (place, kept) in derived.turns() {
        let before = stored.remove(&place);
        if before.as_ref() == Some(&kept) {
            continue;
        }
        let (turn, repeats) = kept;
        let [step, role, each, rule] = place.each_ref().map(Given::from);
        let [due, from_date] = [turn.due, turn.from_date].map(Given::from);
        let barred = barred(&turn.barred);
        let days = [due, from_date, turn.waits.into(), (&barred).into(), repeats.into()];
        let mut row = [derived.matter.into(), step, role, each, rule].into_iter().chain(days).collect::<Vec<_>>();
        match before {
            Some(_) => session.run(sql!("turn_update"), &row)?,
            None => {
                row.extend([(&matter.kind).into(), (&matter.opened).into()]);
                session.run(sql!("turn_insert"), &row)?
            }
        };
    }
    for [step, role, each, rule] in stored.keys() {
        session.run(sql!("turn_delete"), given![derived.matter, step, role, each, rule])?;
    }
    Ok(())
}

/// What a turn is known by within its matter: step, role, each, rule.
type Place = [String; 4];

/// Turns by their places, each with whether it repeats that of a role that comes before by name.
type Placed = BTreeMap<Place, (Turn, bool)>;

fn placed(turns: Vec<Turn>) -> Placed {
    let turns: BTreeMap<Place, Turn> = turns.into_iter().map(|turn| (place(&turn), turn)).collect();
    let mut without_role = BTreeSet::new();
    let with_repeats = turns.into_iter().map(|(place, turn)| {
        let [step, _, each, rule] = place.clone();
        let repeats = !without_role.insert([step, each, rule]);
        (place, (turn, repeats))
    });
    with_repeats.collect()
}

fn place(turn: &Turn) -> Place {
    let each = turn.each.as_ref().map_or(String::new(), json);
    [turn.step.to_string(), turn.role.clone(), each, turn.rule.to_string()]
}

/// Persons as the column `barred` holds them, each between two blanks of its own.
pub(crate) fn barred(persons: &[PersonId]) -> String {
    persons.iter().map(|person| format!(" {person} ")).collect()
}

/// A turn from the columns step, role, each, rule, due, from_date, waits, barred.
pub(crate) fn turn(row: &mut Row) -> Result<Turn, Fault> {
    Ok(Turn {
        step: row.text()?.as_str().into(),
        role: row.text()?,
        each: each(row)?,
        rule: row.text()?.as_str().into(),
        due: row.optional_parsed()?,
        from_date: row.optional_parsed()?,
        waits: row.yes()?,
        barred: row.text()?.split_whitespace().map(PersonId::new).collect(),
    })
}

/// Whose answer is awaited: JSON, or an empty text where one answer is enough.
pub(crate) fn each(row: &mut Row) -> Result<Option<facts::Value>, Fault> {
    let text = row.text()?;
    Ok(if text.is_empty() { None } else { serde_json::from_str(&text)? })
}

/// The set of the roles that may read, made where there was none; `None` where nobody may.
fn reader_set(session: &dyn Session, readers: &[String]) -> Result<Option<u64>, Fault> {
    let roles: BTreeSet<&str> = readers.iter().map(String::as_str).collect();
    if roles.is_empty() {
        return Ok(None);
    }
    // A role a line: one with a line break would be taken for two.
    if let Some(broken) = roles.iter().find(|role| role.contains(['\n', '\r'])) {
        return Err(Fault::unsound(format!("the key of a role has a line break: {broken:?}")));
    }
    let lines = roles.iter().copied().collect::<Vec<_>>().join("\n");
    let known = || session.row(sql!("reader_set_of"), given![&lines])?.map(|mut row| row.number()).transpose();
    if let Some(set) = known()? {
        return Ok(Some(set));
    }
    session.run(sql!("reader_set_insert"), given![&lines])?;
    // Somebody else may have been quicker; a set of other roles is never taken for this one.
    let set = known()?.ok_or_else(|| Fault::unsound("two sets of readers have the same digest"))?;
    for role in roles {
        session.run(sql!("reader_set_role_insert"), given![role, set])?;
    }
    Ok(Some(set))
}

fn replace_words(session: &dyn Session, derived: &Derived, number: &str) -> Result<(), Fault> {
    let (place, changed) = match session.row(sql!("words_of_matter"), given![derived.matter])? {
        Some(mut row) => (row.number()?, true),
        None => (session.insert(sql!("words_insert"), given![derived.matter])?, false),
    };
    // The number never changes, so the digest is of the other words only.
    words_index::keep(session, place, &[number, derived.text.as_str()].join("\n"), changed)
}
