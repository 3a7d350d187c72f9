//! Signing in with a password, and changing it.
//!
//! Invariant: every failure is counted before it is answered, and none is answered sooner than
//! another, whatever failed.

use super::{
    Accounts, Attempts, Begun, Unfit,
    attempts::{FREE_FAILURES, locked_until},
    normal, password,
};
use crate::Fault;
use jiff::Timestamp;
use std::time::Duration;
use store::Account;

/// A failure is answered no sooner than this: longer than checking and counting take.
const FAILURE_ANSWER: Duration = Duration::from_millis(300);

/// What became of an attempt to sign in.
#[derive(Debug)]
pub enum SignIn {
    SignedIn(Begun),
    /// Which of these it is, is not told.
    WrongOrLocked {
        /// No attempt counts before then; `None`: try again at once.
        retry_at: Option<Timestamp>,
    },
}

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum NotChanged {
    #[error("the present password is wrong, or was given wrongly too often")]
    Wrong { retry_at: Option<Timestamp> },
    #[error("the new password is the present one")]
    Same,
    #[error(transparent)]
    Unfit(#[from] Unfit),
    #[error(transparent)]
    Fault(#[from] Fault),
}

enum Checked {
    Right(Box<Account>),
    Wrong { retry_at: Option<Timestamp> },
}

impl Accounts<'_> {
    /// Begins a session if the password is right. `strangers` counts for logins that do not exist.
    pub async fn sign_in(&self, strangers: &Attempts, login: &str, password: &str) -> Result<SignIn, Fault> {
        let answer = tokio::time::sleep(FAILURE_ANSWER);
        match self.check(strangers, login, password).await? {
            Checked::Right(account) => Ok(SignIn::SignedIn(self.begin_session(&account).await?)),
            Checked::Wrong { retry_at } => {
                answer.await;
                Ok(SignIn::WrongOrLocked { retry_at })
            }
        }
    }

    /// Changes a password, ends every session of the account and begins a new one.
    pub async fn change_password(&self, login: &str, present: &str, new: &str) -> Result<Begun, NotChanged> {
        let answer = tokio::time::sleep(FAILURE_ANSWER);
        password::fit(login, new)?;
        let account = match self.check(&Attempts::default(), login, present).await? {
            Checked::Right(account) => account,
            Checked::Wrong { retry_at } => {
                answer.await;
                return Err(NotChanged::Wrong { retry_at });
            }
        };
        if new == present {
            return Err(NotChanged::Same);
        }
        let hash = password::turn().await.hash(new).await;
        self.store.set_password(login, &hash).await?;
        self.store.delete_sessions_of(login, false).await?;
        Ok(self.begin_session(&account).await?)
    }

    async fn check(&self, strangers: &Attempts, login: &str, password: &str) -> Result<Checked, Fault> {
        let login = normal(login);
        let turn = password::turn().await;
        let account = self.store.account(&login).await?;
        let account = account.filter(|account| !account.disabled && !account.hash.is_empty());
        let locked = match &account {
            Some(account) => account.locked_until.filter(|until| *until > self.now),
            None => strangers.locked(&login, self.now),
        };
        if locked.is_some() {
            return Ok(Checked::Wrong { retry_at: locked });
        }
        let right = turn.matches(password, account.as_ref().map(|account| account.hash.as_str())).await;
        match account {
            Some(account) if right => {
                self.store.clear_failures(&login).await?;
                Ok(Checked::Right(Box::new(account)))
            }
            Some(account) => {
                let retry_at = locked_until(account.failures + 1, FREE_FAILURES, self.now);
                self.store.record_failure(&login, retry_at).await?;
                Ok(Checked::Wrong { retry_at })
            }
            None => Ok(Checked::Wrong { retry_at: strangers.failed(&login, self.now) }),
        }
    }
}
