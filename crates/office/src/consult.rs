//! The one read gate: what a person may see of a matter, and what lies ahead of it for that person.
//!
//! Invariant: nothing of a matter is given out before `authority::may_read` said yes; what may not be
//! known of is answered like what is not there.

use crate::{Fault, Gathered, Office};
use facts::{Digest, Event, FieldId, KindId, Matter, MatterId, PersonId, StepId, Value};
use jiff::civil::Date;
use rules::{
    authority,
    engine::{Prospect, kept_back, nameable, prospects, starts},
    progress::Progress,
    refusal::Refusal,
    scene::Scene,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::PoisonError,
};
use store::MatterRow;

/// Matters that name one and are shown with it, the newest first.
const LINKS_SHOWN_MAX: u32 = 200;

/// A matter as a person may see it.
#[derive(Clone)]
pub struct MatterView {
    pub gathered: Gathered,
    pub matter: Matter,
    pub events: Vec<Event>,
    pub prospects: Vec<Prospect>,
    /// Linked matters that the person may read, those that this one names and those that name it.
    pub links: Vec<MatterRow>,
}

/// A matter that was asked for.
pub enum Consulted {
    Matter(Box<MatterView>),
    /// It is not there, or the person may not know of it.
    NotThere,
}

/// Persons whose openings are kept in memory.
const PERSONS_KEPT: usize = 1000;

/// What the openings of a person follow from: nobody's depend on any matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpeningsOf {
    edition: Digest,
    directory_version: u64,
    today: Date,
}

/// The openings of persons, as long as what they follow from stays the same.
#[derive(Default)]
pub(crate) struct KnownOpenings {
    of: Option<OpeningsOf>,
    persons: BTreeMap<PersonId, Vec<Opening>>,
}

/// A step by which a person may open a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub kind: KindId,
    pub step: StepId,
}

impl Gathered {
    /// Whether a person may read one of the matters gathered.
    pub fn may_read(&self, id: MatterId, person: &PersonId) -> bool {
        let Some(matter) = self.matters.get(&id) else { return false };
        let scene = Scene::new(self.circumstances());
        let edition = &self.edition;
        let Some(progress) = Progress::of(&edition.rulebook, &scene, matter) else { return false };
        let bench = edition.authority.bench(&edition.rulebook, &scene, matter);
        authority::may_read(&bench, &progress, person)
    }
}

impl Gathered {
    /// Whom the fields that name only some can name, of a matter or of one still to be opened.
    pub fn nameable(&self, kind: &KindId, id: Option<MatterId>) -> BTreeMap<FieldId, BTreeSet<Value>> {
        nameable(&self.edition, self.circumstances(), kind, id)
    }
}

impl Office {
    /// Of matters that a step would carry along if they were named in a field, what refuses each of them today.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn kept_back(
        &self,
        view: &MatterView,
        (person, step): (&PersonId, &StepId),
        field: &FieldId,
        named: &[MatterId],
    ) -> Result<BTreeMap<MatterId, Vec<Refusal>>, Fault> {
        let mut gathered = view.gathered.clone();
        self.follow(&mut gathered.matters, named).await?;
        let acting = (person, view.matter.id, step);
        Ok(kept_back(&gathered.edition, gathered.circumstances(), acting, field, named))
    }

    /// A matter by the number that people quote.
    pub async fn consult(&self, number: &str, person: &PersonId) -> Result<Consulted, Fault> {
        match self.store().matter_by_number(number).await? {
            Some(matter) => self.consult_matter(matter.id, person).await,
            None => Ok(Consulted::NotThere),
        }
    }

    /// A matter by its id.
    pub async fn consult_matter(&self, id: MatterId, person: &PersonId) -> Result<Consulted, Fault> {
        let gathered = self.gather(&[id]).await?;
        let Some(matter) = gathered.matters.get(&id).cloned() else { return Ok(Consulted::NotThere) };
        if !gathered.may_read(id, person) {
            return Ok(Consulted::NotThere);
        }
        let events = self.store().events(id).await?;
        let prospects = prospects(&gathered.edition, gathered.circumstances(), id, person);
        let links = self.links(&gathered, &matter, person).await?;
        Ok(Consulted::Matter(Box::new(MatterView { gathered, matter, events, prospects, links })))
    }

    async fn links(&self, gathered: &Gathered, matter: &Matter, person: &PersonId) -> Result<Vec<MatterRow>, Fault> {
        let mut ids = matter.links();
        ids.extend(self.store().links_ever_to(matter.id, LINKS_SHOWN_MAX).await?);
        ids.retain(|id| *id != matter.id);
        ids.sort();
        ids.dedup();
        let mut there = gathered.clone();
        self.follow(&mut there.matters, &ids).await?;
        let rows = self.store().rows_of(&ids).await?;
        Ok(rows.into_iter().filter(|row| there.may_read(row.matter, person)).collect())
    }

    /// Steps by which a person may open matters now.
    pub async fn openings(&self, person: &PersonId) -> Result<Vec<Opening>, Fault> {
        let gathered = self.gather(&[]).await?;
        let of = OpeningsOf {
            edition: gathered.edition.rulebook.digest,
            directory_version: gathered.directory_version,
            today: gathered.today,
        };
        if let Some(known) = self.known_openings(&of, person) {
            return Ok(known);
        }
        let starts = starts(&gathered.edition, gathered.circumstances(), person);
        let openings: Vec<Opening> = starts.into_iter().map(|(kind, step)| Opening { kind, step }).collect();
        self.remember_openings(of, person, &openings);
        Ok(openings)
    }

    fn known_openings(&self, of: &OpeningsOf, person: &PersonId) -> Option<Vec<Opening>> {
        let known = self.inner.openings.lock().unwrap_or_else(PoisonError::into_inner);
        (known.of.as_ref() == Some(of)).then(|| known.persons.get(person).cloned()).flatten()
    }

    fn remember_openings(&self, of: OpeningsOf, person: &PersonId, openings: &[Opening]) {
        let mut known = self.inner.openings.lock().unwrap_or_else(PoisonError::into_inner);
        if known.of.as_ref() != Some(&of) || known.persons.len() >= PERSONS_KEPT {
            *known = KnownOpenings { of: Some(of), persons: BTreeMap::new() };
        }
        known.persons.insert(person.clone(), openings.to_vec());
    }

    /// Several matters that the person may read, whole, by id; for pages that show sets of matters.
    pub async fn matters_for(
        &self,
        ids: &[MatterId],
        person: &PersonId,
    ) -> Result<(Gathered, BTreeMap<MatterId, Matter>), Fault> {
        let gathered = self.gather(ids).await?;
        let readable = ids.iter().filter(|id| gathered.may_read(**id, person));
        let matters = readable.filter_map(|id| Some((*id, gathered.matters.get(id)?.clone()))).collect();
        Ok((gathered, matters))
    }
}
