//! The founding of an office: the first directory, written once into an empty record.
//!
//! Running the server gives no right to act; this is the one act of no post, and it is on record.

use crate::{Fault, Office};
use facts::{
    Act, Capacity, CommandId, Directory, Entry, Event, KindId, MatterId, Opening, PersonId, Role, Series, StepId, Via,
};
use std::collections::BTreeMap;
use store::{NotAppended, Write};

/// Why an office was not founded.
#[derive(Debug, thiserror::Error)]
pub enum NotFounded {
    #[error("the record already has a directory; change it by steps of the rulebook")]
    Already,
    #[error("the rulebook needs the body {0:?}, which the directory does not have")]
    NoBody(String),
    #[error("the directory names the post {0:?}, which the rulebook does not have")]
    NoPost(String),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Office {
    /// Writes the founding directory.
    ///
    /// # Errors
    /// When there is one already, or it does not fit the rulebook.
    pub async fn found(&self, directory: Directory, command: CommandId) -> Result<Vec<Event>, NotFounded> {
        let edition = self.edition();
        let rulebook = &edition.rulebook;
        let lacking = rulebook.named_bodies.iter().find(|named| directory.bodies.iter().all(|body| body.id != **named));
        if let Some(body) = lacking {
            return Err(NotFounded::NoBody(body.to_string()));
        }
        for tenure in &directory.tenures {
            if let facts::Relation::Holds { post, .. } = &tenure.relation
                && !rulebook.posts.contains_key(post)
            {
                return Err(NotFounded::NoPost(post.to_string()));
            }
        }
        let now = self.now();
        let installation = PersonId::new(facts::INSTALLATION);
        let bodies = directory.bodies.into_iter().map(Entry::Body);
        let people = directory.people.into_iter().map(Entry::Person);
        let tenures = directory.tenures.into_iter().map(Entry::Tenure);
        let act = Act {
            matter: MatterId::opened_by(command, 0),
            kind: KindId::new("Founding"),
            step: StepId::new("open"),
            person: installation.clone(),
            capacity: Capacity { role: Role::Person(installation), via: Via::Own, post: None },
            each: None,
            at: now,
            on: self.day_of(now, &edition),
            input: BTreeMap::new(),
            outcome: None,
            counts: true,
            late: None,
            binds: BTreeMap::new(),
            undoes: vec![],
            directory: bodies.chain(people).chain(tenures).collect(),
            publication: None,
            draws: BTreeMap::new(),
            remarks: vec![],
            opening: Some(Opening {
                series: Series { counter: "Founding".into(), pattern: "FOUNDING-{n}".into(), given: None },
                by: None,
            }),
            closes: true,
            grounds: vec![],
            edition: rulebook.digest,
            command,
        };
        let write = Write { directory_version: Some(0), ..Write::new(command, vec![act]) };
        match self.store().append(write).await {
            Ok(appended) => Ok(appended.events),
            Err(NotAppended::Fault(fault)) => Err(fault.into()),
            Err(_) => Err(NotFounded::Already),
        }
    }
}
