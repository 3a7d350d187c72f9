//! Desks, lists, search and registers, each answered by a bounded number of questions.
//!
//! Invariant: the keys by which rows are found are the roles that the person holds at this instant; what may
//! be read in a role stays readable while somebody else exercises it.

use crate::{Fault, Office};
use facts::{Event, KindId, MatterId, Organisation, PersonId, Role, RuleId, StepId};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};
use store::{Desk, DeskRow, ListFilter, MatterRow, Page, Readership, Turn};

/// A person with the roles held now, as lists ask for them.
#[derive(Clone)]
pub struct Reader {
    pub person: PersonId,
    pub today: Date,
    pub organisation: Arc<Organisation>,
    pub keys: Vec<String>,
}

impl Reader {
    /// What the person may read.
    pub fn readership(&self) -> Readership {
        let lent = self.organisation.lent(&self.person).iter().map(Role::key);
        Readership { keys: self.keys.iter().cloned().chain(lent).collect(), whole_kinds: vec![] }
    }
}

impl Office {
    /// A person with the roles held at this instant.
    pub async fn reader(&self, person: &PersonId) -> Result<Reader, Fault> {
        let today = self.today();
        let (_, organisation) = self.organisation(today).await?;
        let roles = organisation.roles(person);
        let mut keys: Vec<String> = roles.iter().map(|(role, _)| role.key()).collect();
        // Acts stay readable to who took them, whatever posts were held since.
        keys.push(Role::Person(person.clone()).key());
        keys.sort();
        keys.dedup();
        Ok(Reader { person: person.clone(), today, organisation, keys })
    }

    /// What lies on the person's desk.
    pub async fn desk(&self, reader: &Reader, kind: Option<&KindId>, offset: u32, limit: u32) -> Result<Desk, Fault> {
        self.store().desk(Some(&reader.person), &reader.keys, reader.today, kind, offset, limit).await
    }

    /// What will lie on the person's desk by a day and does not today, with the day from which it does.
    pub async fn coming(&self, reader: &Reader, until: Date, limit: u32) -> Result<Vec<(DeskRow, Date)>, Fault> {
        self.store().coming(&reader.person, &reader.keys, reader.today, until, limit).await
    }

    /// Of the matters that the person acted on, those opened last, the last one first.
    pub async fn acted_on(&self, person: &PersonId, limit: u32) -> Result<Vec<MatterId>, Fault> {
        // Whoever has acted on a matter reads it as the person that acted.
        self.store().readable_by(&Role::Person(person.clone()).key(), limit).await
    }

    /// What of some kinds is held, or is in force from, one of some days, as far as the person may read of it.
    pub async fn valid_within(
        &self,
        reader: &Reader,
        kinds: &[KindId],
        days: (Date, Date),
        limit: u32,
    ) -> Result<Vec<(MatterRow, Date)>, Fault> {
        self.store().valid_within(&reader.readership(), kinds, days, limit).await
    }

    /// Matters that the person may read.
    pub async fn list(&self, reader: &Reader, filter: ListFilter) -> Result<Page<MatterRow>, Fault> {
        self.store().list(ListFilter { reader: reader.readership(), ..filter }).await
    }

    /// Whose turn it is in each of some matters.
    pub async fn turns_of(&self, ids: &[MatterId]) -> Result<BTreeMap<MatterId, Vec<Turn>>, Fault> {
        self.store().turns_of(ids).await
    }

    /// The events of some matters, each from its first one on. The ids are those that [`Office::matters_for`] lets
    /// a person read.
    pub async fn events_of(&self, ids: &[MatterId]) -> Result<BTreeMap<MatterId, Vec<Event>>, Fault> {
        self.store().events_of(ids).await
    }

    /// Steps due before a day in matters that the person may read, what is due first first; of some kinds, or of
    /// all where none is named, and of some roles.
    pub async fn obligations(
        &self,
        reader: &Reader,
        due_before: Date,
        kinds: &[KindId],
        roles: Option<&[String]>,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<DeskRow>, Fault> {
        self.store().obligations(due_before, kinds, roles, Some(reader.readership()), offset, limit).await
    }

    /// The steps that wait under one of some rules in what the person may read, those due first; of each rule so many
    /// turns are looked at.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn waiting_under(
        &self,
        reader: &Reader,
        rules: Vec<RuleId>,
        limit: u32,
    ) -> Result<Vec<(MatterRow, StepId, Option<Date>)>, Fault> {
        self.store().waiting_under(&reader.readership(), rules, limit).await
    }
}
