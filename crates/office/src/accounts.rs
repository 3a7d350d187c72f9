//! Who may sign in, who is signed in, and the tokens of programs.
//!
//! Knows which person an account belongs to, never what that person may do. Must not know cookies
//! or headers. Invariants: a secret leaves this module once, when it is made, and only its hash is
//! kept; a login that does not exist is answered like one that does, in words and in time.

mod attempts;
mod mail;
mod password;
pub mod secret;
mod sessions;
mod sign_in;

pub use attempts::Attempts;
pub use mail::{Mail, NotKept};
pub use password::{PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, Unfit};
pub use sessions::{Begun, Session, TOKEN_DAYS_MAX, TOKENS_MAX, TokenNotMade};
pub use sign_in::{NotChanged, SignIn};
pub use store::{Account, SessionKind, SignedIn as Listed};

use crate::{Fault, Office, Store};
use facts::PersonId;
use jiff::Timestamp;

/// Characters of a login at most.
pub const LOGIN_CHARACTERS_MAX: usize = 64;

/// The accounts of an office at one instant.
#[derive(Clone, Copy)]
pub struct Accounts<'a> {
    store: &'a Store,
    now: Timestamp,
}

/// Why an account was not created.
#[derive(Debug, thiserror::Error)]
pub enum NotCreated {
    #[error("a login has 1 to {LOGIN_CHARACTERS_MAX} letters, digits or . _ - @")]
    Login,
    #[error("the login is taken")]
    Taken,
    #[error(transparent)]
    Password(#[from] Unfit),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Office {
    /// The accounts at this instant.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts::new(self.store(), self.now())
    }
}

impl<'a> Accounts<'a> {
    /// The accounts in a store at an instant.
    pub fn new(store: &'a Store, now: Timestamp) -> Accounts<'a> {
        Accounts { store, now }
    }

    /// Creates an account for a person of the directory; `language` is that of display, a code.
    ///
    /// # Errors
    /// When the login is malformed or taken, or the password unfit.
    pub async fn create(
        &self,
        login: &str,
        person: &PersonId,
        language: &str,
        password: &str,
    ) -> Result<Account, NotCreated> {
        let login = normal(login);
        let fits = |c: char| c.is_alphanumeric() || "._-@".contains(c);
        if login.is_empty() || login.chars().count() > LOGIN_CHARACTERS_MAX || !login.chars().all(fits) {
            return Err(NotCreated::Login);
        }
        password::fit(&login, password)?;
        if self.store.account(&login).await?.is_some() {
            return Err(NotCreated::Taken);
        }
        let account = Account {
            hash: password::turn().await.hash(password).await,
            login,
            person: person.clone(),
            language: language.to_owned(),
            created: self.now,
            disabled: false,
            failures: 0,
            locked_until: None,
        };
        self.store.put_account(account.clone()).await?;
        Ok(account)
    }

    /// Gives an account another password without asking for the old one and ends all its sessions:
    /// for whoever runs the server. Whether there is such an account.
    ///
    /// # Errors
    /// When the password is unfit.
    pub async fn reset_password(&self, login: &str, password: &str) -> Result<bool, NotCreated> {
        let login = normal(login);
        password::fit(&login, password)?;
        let hash = password::turn().await.hash(password).await;
        let there = self.store.set_password(&login, &hash).await?;
        self.store.clear_failures(&login).await?;
        self.store.delete_sessions_of(&login, false).await?;
        Ok(there)
    }

    /// Closes an account or opens it again; closing ends its sessions and tokens.
    pub async fn set_disabled(&self, login: &str, disabled: bool) -> Result<bool, Fault> {
        self.store.set_disabled(&normal(login), disabled).await
    }

    /// Keeps the language in which an account's pages are shown.
    pub async fn set_language(&self, login: &str, language: &str) -> Result<bool, Fault> {
        self.store.set_language(login, language).await
    }

    /// Every account by login.
    pub async fn all(&self) -> Result<Vec<Account>, Fault> {
        self.store.accounts().await
    }
}

/// A login as it is kept: people type capitals and spaces that they do not mean.
fn normal(login: &str) -> String {
    login.trim().to_lowercase()
}
