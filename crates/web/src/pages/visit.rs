//! One request by somebody who is signed in: whom it is answered for, in which words, on which page.
//!
//! Invariant: matters are named only after the office has said that the visitor may read them.

use super::{frame, query::Pairs};
use crate::{
    components::{Chrome, Flash},
    fault::Fault,
    session::{Actor, flash, kept::Kept},
    state::Web,
    wording::Words,
};
use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use facts::{CommandId, MatterId, PersonId, Relation};
use office::{Office, Reader};

/// A request by somebody who is signed in.
#[derive(Clone)]
pub struct Visit {
    pub web: Web,
    pub office: Office,
    pub person: PersonId,
    actor: Actor,
}

impl FromRequestParts<Web> for Visit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Visit, Fault> {
        let actor = Actor::from_request_parts(parts, web).await?;
        Ok(Visit { web: web.clone(), office: web.office.clone(), person: actor.person.clone(), actor })
    }
}

impl Visit {
    /// The frame of the page that answers.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn chrome(&self, title: &str) -> Result<Chrome, Fault> {
        frame::frame(&self.web, &self.actor.visitor, title).await
    }

    /// A page as it is sent.
    ///
    /// # Errors
    /// When the template cannot be filled.
    pub fn page<T: Template>(&self, page: &T) -> Result<Response, Fault> {
        Ok(frame::show(page)?.into_response())
    }

    /// What the visitor typed into the form at this address and has not sent yet.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn begun(&self, place: &str) -> Result<Option<Pairs>, Fault> {
        Ok(self.office.begun(&self.actor.login, place).await?)
    }

    /// Keeps what the visitor typed into a form and left.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn keep(&self, typed: &Kept) -> Result<(), Fault> {
        typed.keep(&self.office, &self.actor.login).await
    }

    /// Settles what becomes of what was typed into a form that was sent: where it led on, nothing of it is kept any
    /// more; where the form is shown again, it is, for who goes elsewhere first.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn answered(&self, place: &str, typed: Pairs, answer: Response) -> Result<Response, Fault> {
        if !answer.status().is_redirection() {
            if let Some(kept) = Kept::at(place, typed) {
                self.keep(&kept).await?;
            }
        } else if self.begun(place).await?.is_some() {
            self.office.forget_begun(&self.actor.login, place).await?;
        }
        Ok(answer)
    }

    /// Goes on to another page, with a message for it.
    pub fn see_other(&self, href: &str, message: Option<Flash>) -> Response {
        match message {
            Some(message) => flash::see_other(href, &message, self.web.secure_cookies),
            None => Redirect::to(href).into_response(),
        }
    }

    /// The visitor's words, with the orders named under which anybody stands in for others today.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn words(&self) -> Result<Words, Fault> {
        let mut words = Words::today(&self.office, self.actor.lang).await?;
        let in_force = words.organisation.in_force();
        let stand_in = in_force.iter().filter(|tenure| matches!(tenure.relation, Relation::StandsIn { .. }));
        let orders = stand_in.filter_map(|tenure| tenure.basis).collect();
        self.name(&mut words, orders).await?;
        Ok(words)
    }

    /// The visitor as lists ask for them.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn reader(&self) -> Result<Reader, Fault> {
        Ok(self.office.reader(&self.person).await?)
    }

    /// Lets matters be named, as far as the visitor may read them.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn name(&self, words: &mut Words, mut ids: Vec<MatterId>) -> Result<(), Fault> {
        ids.retain(|id| !words.names.contains_key(id));
        ids.sort();
        ids.dedup();
        if ids.is_empty() {
            return Ok(());
        }
        let (_, matters) = self.office.matters_for(&ids, &self.person).await?;
        words.name_matters(matters.values());
        Ok(())
    }

    /// The id of a form's submission: sent twice, it is carried out once.
    pub fn new_command(&self) -> CommandId {
        let now = self.office.now();
        // The office's clock stands after 1970; a replay before it would only lose the order of ids.
        let seconds = u64::try_from(now.as_second()).unwrap_or_default();
        let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or_default();
        let at = uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanoseconds);
        CommandId::new(uuid::Uuid::new_v7(at))
    }
}
