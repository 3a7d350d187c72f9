//! Whoever asks ([`Visitor`]), and whoever asks and is signed in ([`Actor`]): what handlers take.
//!
//! Invariant: a handler that takes an [`Actor`] is never entered by anybody else.

use super::{cookies, flash, language, next};
use crate::{
    components::{Flash, Lang},
    fault::Fault,
    state::Web,
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
};
use facts::PersonId;
use office::accounts::{Session, SessionKind, secret};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

/// Whoever sent the request.
#[derive(Clone)]
pub struct Visitor {
    pub lang: Lang,
    /// The address asked for, with its query.
    pub path: String,
    /// A cookie claimed a session that has ended.
    pub(crate) session_ended: bool,
    session: Option<Arc<Session>>,
    leaves: Arc<Leaves>,
}

/// What is set in the browser once the answer is made.
#[derive(Default)]
struct Leaves {
    /// The secret of the forms of somebody who is not signed in.
    forms: String,
    forms_known: bool,
    forms_used: AtomicBool,
    /// The message for this page, as the cookie holds it.
    flash: Option<String>,
    flash_shown: AtomicBool,
}

impl Visitor {
    /// A visitor of whom nothing is known but what the request's headers say.
    pub fn stranger(headers: &HeaderMap, path: &str, secure: bool) -> Visitor {
        let forms = cookies::read(headers, cookies::FORMS, secure);
        let leaves = Leaves {
            forms_known: forms.is_some(),
            forms: forms.unwrap_or_else(secret::make),
            flash: cookies::read(headers, cookies::FLASH, secure),
            ..Leaves::default()
        };
        Visitor {
            lang: language::foremost(path, headers, secure)
                .or_else(|| language::asked(headers, secure))
                .unwrap_or_default(),
            path: path.to_owned(),
            session_ended: false,
            session: None,
            leaves: Arc::new(leaves),
        }
    }

    /// The same visitor, signed in.
    pub(super) fn signed_in_as(mut self, session: Session) -> Visitor {
        self.session = Some(Arc::new(session));
        self
    }

    /// The session or token, if there is one.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_deref()
    }

    /// Whether a program asks, with a token.
    pub fn is_program(&self) -> bool {
        self.session().is_some_and(|session| session.kind == SessionKind::Token)
    }

    /// Who is signed in.
    pub fn actor(&self) -> Option<Actor> {
        let session = self.session()?;
        Some(Actor {
            person: session.person.clone(),
            login: session.login.clone(),
            lang: self.lang,
            session: session.id.clone(),
            visitor: self.clone(),
        })
    }

    /// What a form of this visitor carries as `csrf`; another one each time.
    pub fn csrf(&self) -> String {
        match self.session() {
            Some(session) => secret::proof(&session.csrf),
            None => {
                self.leaves.forms_used.store(true, Relaxed);
                secret::proof(&self.leaves.forms)
            }
        }
    }

    /// Whether a form was made for this visitor.
    pub(super) fn made(&self, proof: &str) -> bool {
        match self.session() {
            Some(session) => secret::proves(proof, &session.csrf),
            None => self.leaves.forms_known && secret::proves(proof, &self.leaves.forms),
        }
    }

    /// The message that the last act left for this page; it is shown once.
    pub fn take_flash(&self) -> Option<Flash> {
        self.leaves.flash_shown.store(true, Relaxed);
        flash::read(self.leaves.flash.as_deref()?)
    }

    /// Sets in the browser what the making of the answer asked for.
    pub(super) fn leave(&self, headers: &mut HeaderMap, secure: bool) {
        let forms_used = self.leaves.forms_used.load(Relaxed);
        if forms_used && !self.leaves.forms_known {
            cookies::set(headers, cookies::FORMS, &self.leaves.forms, secure);
        }
        if self.leaves.flash.is_some() && self.leaves.flash_shown.load(Relaxed) {
            cookies::clear(headers, cookies::FLASH, secure);
        }
        let private = self.session.is_some() || forms_used;
        let caching = HeaderValue::from_static(if private { "no-store" } else { "no-cache" });
        headers.entry(header::CACHE_CONTROL).or_insert(caching);
    }
}

/// A person who is signed in.
#[derive(Clone)]
pub struct Actor {
    pub person: PersonId,
    pub login: String,
    pub lang: Lang,
    /// The name of the session among the account's; no secret.
    pub session: String,
    pub visitor: Visitor,
}

impl Actor {
    /// What a form of this person carries as `csrf`.
    pub fn csrf(&self) -> String {
        self.visitor.csrf()
    }
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Fault> {
        let known = parts.extensions.get::<Visitor>().cloned();
        known.ok_or_else(|| Fault::unsound("a route stands outside the layer that knows the visitor"))
    }
}

impl FromRequestParts<Web> for Actor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Fault> {
        let visitor = Visitor::from_request_parts(parts, web).await?;
        visitor.actor().ok_or_else(|| {
            let back = match parts.method {
                Method::GET | Method::HEAD => next::local(&visitor.path).to_owned(),
                _ => next::page_before(&parts.headers),
            };
            Fault::SignInFirst { next: back, ended: visitor.session_ended }
        })
    }
}
