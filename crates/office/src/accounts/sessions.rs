//! Sessions in a browser, tokens of programs and addresses of calendars: begun, found by their secret, listed,
//! ended.
//!
//! Invariant: only who holds the secret is found; a session ends eight hours after its last use and
//! fourteen days after it began, whatever its cookie says.

use super::{Accounts, secret};
use crate::Fault;
use facts::PersonId;
use jiff::{SignedDuration, Timestamp};
use store::{Account, SessionKind, SignedIn};

const SESSION_IDLE: SignedDuration = SignedDuration::from_hours(8);
const SESSION_WHOLE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// A use is noted only so often, so that reading pages does not write to the record's disk.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Days a token lasts at most.
pub const TOKEN_DAYS_MAX: u16 = 366;
/// Tokens and characters of a token's label at most.
pub const TOKENS_MAX: usize = 20;
const LABEL_CHARACTERS_MAX: usize = 60;
/// What a token's secret begins with, so that programs that look for leaked secrets know it.
const TOKEN_PREFIX: &str = "cityhall_";

/// A session or token that was just made.
#[derive(Debug)]
pub struct Begun {
    /// What its holder shows; kept nowhere.
    pub secret: String,
    pub login: String,
    pub expires: Timestamp,
}

/// A session or token in force, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The name of the session among those of the account; no secret.
    pub id: String,
    pub kind: SessionKind,
    pub login: String,
    pub person: PersonId,
    /// The account's language of display, a code.
    pub language: String,
    /// What a token is called; empty for a session.
    pub label: String,
    pub created: Timestamp,
    pub last_seen: Timestamp,
    pub expires: Timestamp,
    /// The secret from which the proofs in its forms are made.
    pub csrf: String,
}

/// Why a token was not made.
#[derive(Debug, thiserror::Error)]
pub enum TokenNotMade {
    #[error("a token's label has 1 to {LABEL_CHARACTERS_MAX} characters")]
    Label,
    #[error("a token lasts 1 to {TOKEN_DAYS_MAX} days")]
    Days,
    #[error("an account has at most {TOKENS_MAX} tokens")]
    TooMany,
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Accounts<'_> {
    pub(super) async fn begin_session(&self, account: &Account) -> Result<Begun, Fault> {
        let secret = secret::make();
        let expires = self.after(SESSION_IDLE);
        let csrf = secret::make();
        let made = self.made(&secret, SessionKind::Session, &account.login, "", expires, csrf);
        self.store.session_insert(made).await?;
        Ok(Begun { secret, login: account.login.clone(), expires })
    }

    /// The session or token in force with this secret.
    pub async fn signed_in(&self, secret: &str, kind: SessionKind) -> Result<Option<Session>, Fault> {
        let id = secret::hash(secret);
        let Some(found) = self.store.session_find(&id).await?.filter(|found| found.kind == kind) else {
            return Ok(None);
        };
        if found.expires <= self.now {
            return Ok(None);
        }
        let account = self.store.account(&found.login).await?.filter(|account| !account.disabled);
        let Some(account) = account else { return Ok(None) };
        self.note_use(&found).await;
        Ok(Some(Session {
            id: found.id_hash,
            kind: found.kind,
            login: found.login,
            person: account.person,
            language: account.language,
            label: found.label,
            created: found.created,
            last_seen: found.last_seen,
            expires: found.expires,
            csrf: found.csrf,
        }))
    }

    /// A full disk must not keep people from reading, so a use that cannot be noted is let be.
    async fn note_use(&self, found: &SignedIn) {
        if self.now.duration_since(found.last_seen) < NOTED_EVERY {
            return;
        }
        let expires = match found.kind {
            SessionKind::Session => self.after(SESSION_IDLE).min(plus(found.created, SESSION_WHOLE)),
            SessionKind::Token | SessionKind::Calendar => found.expires,
        };
        if let Err(fault) = self.store.session_touch(&found.id_hash, self.now, expires).await {
            tracing::warn!(fault = %fault, "the use of a session could not be noted");
        }
    }

    /// Makes a token for a program that acts as this account.
    pub async fn make_token(&self, login: &str, label: &str, days: u16) -> Result<Begun, TokenNotMade> {
        let label = label.trim();
        if label.is_empty() || label.chars().count() > LABEL_CHARACTERS_MAX {
            return Err(TokenNotMade::Label);
        }
        if days == 0 || days > TOKEN_DAYS_MAX {
            return Err(TokenNotMade::Days);
        }
        if self.of(login, SessionKind::Token).await?.len() >= TOKENS_MAX {
            return Err(TokenNotMade::TooMany);
        }
        let secret = format!("{TOKEN_PREFIX}{}", secret::make());
        let expires = self.after(SignedDuration::from_hours(24 * i64::from(days)));
        let made = self.made(&secret, SessionKind::Token, login, label, expires, String::new());
        self.store.session_insert(made).await?;
        Ok(Begun { secret, login: login.to_owned(), expires })
    }

    /// Makes the secret address of an account's calendar, for a year; the one before leads nowhere from then on.
    pub async fn make_calendar(&self, login: &str) -> Result<Begun, Fault> {
        let secret = secret::make();
        let expires = self.after(SignedDuration::from_hours(24 * i64::from(TOKEN_DAYS_MAX)));
        let made = self.made(&secret, SessionKind::Calendar, login, "", expires, String::new());
        self.store.session_replace(made).await?;
        Ok(Begun { secret, login: login.to_owned(), expires })
    }

    /// The sessions or tokens of an account that are in force, the last used first.
    pub async fn of(&self, login: &str, kind: SessionKind) -> Result<Vec<SignedIn>, Fault> {
        let mut of = self.store.sessions_of(login).await?;
        of.retain(|one| one.kind == kind && one.expires > self.now);
        of.sort_by_key(|one| std::cmp::Reverse(one.last_seen));
        Ok(of)
    }

    /// Ends a session or token of an account; whether the account had it.
    pub async fn end(&self, login: &str, id: &str) -> Result<bool, Fault> {
        let owned = self.store.sessions_of(login).await?.iter().any(|one| one.id_hash == id);
        if owned {
            self.store.session_delete(id).await?;
        }
        Ok(owned)
    }

    /// Ends every session of an account; its tokens stay, unless they are to end, too.
    pub async fn end_everywhere(&self, login: &str, tokens_too: bool) -> Result<(), Fault> {
        self.store.delete_sessions_of(login, tokens_too).await
    }

    /// Removes what has ended; how many. For the worker.
    pub async fn remove_ended(&self) -> Result<u64, Fault> {
        self.store.delete_expired(self.now).await
    }

    fn made(
        &self,
        secret: &str,
        kind: SessionKind,
        login: &str,
        label: &str,
        expires: Timestamp,
        csrf: String,
    ) -> SignedIn {
        SignedIn {
            id_hash: secret::hash(secret),
            kind,
            login: login.to_owned(),
            label: label.to_owned(),
            created: self.now,
            last_seen: self.now,
            expires,
            csrf,
        }
    }

    fn after(&self, time: SignedDuration) -> Timestamp {
        plus(self.now, time)
    }
}

fn plus(at: Timestamp, time: SignedDuration) -> Timestamp {
    at.saturating_add(time).unwrap_or(Timestamp::MAX)
}
