//! What the store keeps beside the record so that desks and lists are answered by one question.
//!
//! Invariant: a projection is a function of the record, the edition and the directory; it is never
//! asked whether a step is lawful.

use crate::{Fault, Office, gather::Gathered};
use facts::{FieldId, Label, Matter, MatterId, Value};
use jiff::civil::Date;
use rules::{
    engine::{Edition, turns},
    rulebook::View,
};
use std::collections::BTreeSet;
use store::{Projection, Turn};

/// Characters of a matter's words that are kept for search.
const WORDS_MAX: usize = 40_000;

/// The projection of one matter in its circumstances.
pub fn projection(gathered: &Gathered, matter: &Matter) -> Projection {
    let edition = &gathered.edition;
    let (turns, readers) = turns(edition, gathered.circumstances(), matter.id);
    let kind = edition.rulebook.kind(matter.kind.as_str());
    let fallback = kind.map(|kind| kind.rule.clone());
    let turns = turns
        .into_iter()
        .filter_map(|turn| {
            Some(Turn {
                step: turn.step,
                role: turn.role.key(),
                each: turn.each,
                due: turn.due,
                from_date: turn.from,
                waits: false,
                rule: turn.rule.or_else(|| fallback.clone())?,
                barred: turn.barred,
            })
        })
        .collect::<BTreeSet<Turn>>();
    let mut readers: Vec<String> = readers.into_iter().map(|role| role.key()).collect();
    readers.sort_unstable();
    readers.dedup();
    Projection {
        matter: matter.id,
        title: title(edition, matter),
        turns: turns.into_iter().collect(),
        readers,
        words: words(gathered, matter),
        valid: valid(edition, matter),
    }
}

/// From when until when an entry of a register is in force, and on which day a meeting is.
fn valid(edition: &Edition, matter: &Matter) -> (Option<Date>, Option<Date>) {
    let mut areas = edition.rulebook.areas.iter().filter(|area| area.kinds.contains(&matter.kind));
    let found = areas.find_map(|area| match &area.view {
        View::Register { from, until, .. } => Some((from, until)),
        // A meeting that was called off is on no day.
        View::Meeting { held, .. } if matter.closed.is_some() && matter.done(held.as_str()).is_none() => None,
        View::Meeting { day, .. } => Some((day, day)),
        _ => None,
    });
    let day = |field: &FieldId| matter.fields.get(field).and_then(Value::date);
    found.map_or((None, None), |(from, until)| (day(from), day(until)))
}

/// The text that names a matter; its number stands in where nothing is written yet.
pub fn title(edition: &Edition, matter: &Matter) -> Label {
    let kind = edition.rulebook.kind(matter.kind.as_str());
    let written = kind.and_then(|kind| matter.fields.get(&kind.title)).and_then(Value::text);
    match written.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => Label::same(text),
        None => edition.rulebook.terms.kind(matter.kind.as_str()),
    }
}

fn words(gathered: &Gathered, matter: &Matter) -> String {
    let mut words = String::new();
    for member in matter.fields.values().flat_map(Value::members) {
        let found = match member {
            Value::Text(text) => Some(text.clone()),
            Value::Body(body) => gathered.organisation.bodies.get(body).map(|body| both(&body.name)),
            Value::Person(person) => gathered.organisation.people.get(person).map(|person| both(&person.name)),
            _ => None,
        };
        if let Some(found) = found {
            words.push_str(&found);
            words.push('\n');
        }
        if words.len() > WORDS_MAX {
            break;
        }
    }
    let end = words.char_indices().nth(WORDS_MAX).map_or(words.len(), |(at, _)| at);
    words.truncate(end);
    words
}

fn both(label: &Label) -> String {
    format!("{} {}", label.en, label.zh)
}

impl Office {
    /// Projects matters anew, in batches: after a change of the directory, the calendar or the
    /// rulebook, and when the record is rebuilt.
    pub async fn project_again(&self, ids: &[MatterId]) -> Result<(), Fault> {
        for batch in ids.chunks(100) {
            if !self.project_at_once(batch).await? {
                // Somebody acts on one of them: each by itself, until it was seen as it stands.
                for id in batch {
                    while !self.project_at_once(&[*id]).await? {}
                }
            }
        }
        Ok(())
    }

    /// Projects some matters; no, and nothing is done, where one of them was acted on meanwhile.
    async fn project_at_once(&self, ids: &[MatterId]) -> Result<bool, Fault> {
        let gathered = self.gather(ids).await?;
        let matters = ids.iter().filter_map(|id| gathered.matters.get(id));
        let projections = matters.map(|matter| projection(&gathered, matter)).collect();
        let seen = gathered.matters.values().map(|matter| (matter.id, matter.version)).collect();
        self.store().replace_projections(seen, projections).await
    }

    /// Projects every matter anew, the closed ones too: after a rebuild.
    pub async fn project_everything(&self) -> Result<(), Fault> {
        let mut after = None;
        loop {
            let matters = self.store().all_matters(after, 100).await?;
            let Some(last) = matters.last() else { return Ok(()) };
            after = Some(last.id);
            let ids: Vec<MatterId> = matters.iter().map(|matter| matter.id).collect();
            self.project_again(&ids).await?;
        }
    }

    /// Projects every open matter anew.
    pub async fn project_all_open(&self) -> Result<(), Fault> {
        let mut after = None;
        loop {
            let matters = self.store().open_matters(None, after, 100).await?;
            let Some(last) = matters.last() else { return Ok(()) };
            after = Some(last.id);
            let ids: Vec<MatterId> = matters.iter().map(|matter| matter.id).collect();
            self.project_again(&ids).await?;
        }
    }
}
