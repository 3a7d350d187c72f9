//! Who may sign in, and who is signed in.
//!
//! Knows hashes only, never a password, a session's or a token's secret; which person an account
//! belongs to, never what that person may do. Invariant: a session is of an account.

use crate::{
    Fault, Store,
    session::{Given, Row, Session, given, sql},
};
use facts::PersonId;
use jiff::Timestamp;

/// A way for a person of the directory to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Unique, compared as it is written.
    pub login: String,
    pub person: PersonId,
    /// The password's hash; empty where the person signs in elsewhere.
    pub hash: String,
    /// Language of display.
    pub language: String,
    pub created: Timestamp,
    pub disabled: bool,
    /// Failed attempts since the last success.
    pub failures: u32,
    pub locked_until: Option<Timestamp>,
}

/// How one is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// In a browser.
    Session,
    /// By a program, with a token.
    Token,
    /// By a program that fetches a calendar, and nothing else, from a secret address.
    Calendar,
}

/// A session or token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The hash of its secret.
    pub id_hash: String,
    pub kind: SessionKind,
    pub login: String,
    /// What a token is called by who made it; empty for a session.
    pub label: String,
    pub created: Timestamp,
    pub last_seen: Timestamp,
    pub expires: Timestamp,
    pub csrf: String,
}

impl Store {
    /// The account of a login.
    pub async fn account(&self, login: &str) -> Result<Option<Account>, Fault> {
        let login = login.to_owned();
        self.glance(move |session| {
            session.row(sql!("account_of_login"), given![&login])?.map(|mut row| account(&mut row)).transpose()
        })
        .await
    }

    /// Every account by login.
    pub async fn accounts(&self) -> Result<Vec<Account>, Fault> {
        self.read(|session| session.each(sql!("accounts_all"), &[], |mut row| account(&mut row))).await
    }

    /// Keeps an account in place of the one with the same login.
    pub async fn put_account(&self, account: Account) -> Result<(), Fault> {
        self.write(move |session| {
            let row: [Given; 8] = [
                (&account.login).into(),
                account.person.as_str().into(),
                (&account.hash).into(),
                (&account.language).into(),
                account.created.into(),
                account.disabled.into(),
                account.failures.into(),
                account.locked_until.into(),
            ];
            session.run(sql!("account_put"), &row).map(|_| ())
        })
        .await
    }

    /// Whether there is such an account.
    pub async fn set_password(&self, login: &str, hash: &str) -> Result<bool, Fault> {
        let (login, hash) = (login.to_owned(), hash.to_owned());
        self.write(move |session| Ok(session.run(sql!("account_password"), given![&login, &hash])? > 0)).await
    }

    /// Whether there is such an account.
    pub async fn set_language(&self, login: &str, language: &str) -> Result<bool, Fault> {
        let (login, language) = (login.to_owned(), language.to_owned());
        self.write(move |session| Ok(session.run(sql!("account_language"), given![&login, &language])? > 0)).await
    }

    /// Closes an account or opens it again; whether there is such an account. Ends its sessions and tokens.
    pub async fn set_disabled(&self, login: &str, disabled: bool) -> Result<bool, Fault> {
        let login = login.to_owned();
        self.write(move |session| {
            session.run(sql!("signed_in_of_login_delete"), given![&login])?;
            Ok(session.run(sql!("account_disabled"), given![&login, disabled])? > 0)
        })
        .await
    }

    /// Counts a failed attempt and locks the account if told to; how many there are now, 0 without an account.
    pub async fn record_failure(&self, login: &str, locked_until: Option<Timestamp>) -> Result<u32, Fault> {
        let login = login.to_owned();
        self.write(move |session| {
            let row = session.row(sql!("account_failure"), given![&login, locked_until])?;
            row.map_or(Ok(0), |mut row| row.count())
        })
        .await
    }

    /// Forgets failed attempts and unlocks.
    pub async fn clear_failures(&self, login: &str) -> Result<(), Fault> {
        let login = login.to_owned();
        self.write(move |session| session.run(sql!("account_clear"), given![&login]).map(|_| ())).await
    }

    /// Begins a session or keeps a token.
    ///
    /// # Errors
    /// [`Fault::Unsound`] when there is no such account.
    pub async fn session_insert(&self, signed_in: SignedIn) -> Result<(), Fault> {
        self.write(move |session| insert(session, &signed_in)).await
    }

    /// The same in the place of all of its kind that the account has.
    ///
    /// # Errors
    /// [`Fault::Unsound`] when there is no such account.
    pub async fn session_replace(&self, signed_in: SignedIn) -> Result<(), Fault> {
        self.write(move |session| {
            let given = given![&signed_in.login, word(signed_in.kind)];
            session.run(sql!("sessions_of_kind_delete"), given)?;
            insert(session, &signed_in)
        })
        .await
    }

    /// The session or token with this hash, ended or not.
    pub async fn session_find(&self, id_hash: &str) -> Result<Option<SignedIn>, Fault> {
        let id_hash = id_hash.to_owned();
        self.glance(move |session| {
            session.row(sql!("session_of_id"), given![&id_hash])?.map(|mut row| signed_in(&mut row)).transpose()
        })
        .await
    }

    /// The sessions and tokens of an account, the first made first.
    pub async fn sessions_of(&self, login: &str) -> Result<Vec<SignedIn>, Fault> {
        let login = login.to_owned();
        self.read(move |session| session.each(sql!("sessions_of_login"), given![&login], |mut row| signed_in(&mut row)))
            .await
    }

    /// Notes that a session was used and until when it now lasts.
    pub async fn session_touch(&self, id_hash: &str, now: Timestamp, expires: Timestamp) -> Result<(), Fault> {
        let id_hash = id_hash.to_owned();
        self.write(move |session| session.run(sql!("session_touch"), given![&id_hash, now, expires]).map(|_| ())).await
    }

    /// Ends a session or token.
    pub async fn session_delete(&self, id_hash: &str) -> Result<(), Fault> {
        let id_hash = id_hash.to_owned();
        self.write(move |session| session.run(sql!("session_delete"), given![&id_hash]).map(|_| ())).await
    }

    /// Ends every session of an account; its tokens stay, unless they are to end, too.
    pub async fn delete_sessions_of(&self, login: &str, tokens_too: bool) -> Result<(), Fault> {
        let login = login.to_owned();
        let question = if tokens_too { sql!("signed_in_of_login_delete") } else { sql!("sessions_of_login_delete") };
        self.write(move |session| session.run(question, given![&login]).map(|_| ())).await
    }

    /// Removes the sessions and tokens that have ended; how many.
    pub async fn delete_expired(&self, now: Timestamp) -> Result<u64, Fault> {
        self.write(move |session| session.run(sql!("sessions_ended_delete"), given![now])).await
    }
}

fn insert(session: &dyn Session, signed_in: &SignedIn) -> Result<(), Fault> {
    let row: [Given; 8] = [
        (&signed_in.id_hash).into(),
        word(signed_in.kind).into(),
        (&signed_in.login).into(),
        (&signed_in.label).into(),
        signed_in.created.into(),
        signed_in.last_seen.into(),
        signed_in.expires.into(),
        (&signed_in.csrf).into(),
    ];
    session.run(sql!("session_insert"), &row).map(|_| ())
}

/// A kind as the record keeps it.
fn word(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Session => "session",
        SessionKind::Token => "token",
        SessionKind::Calendar => "calendar",
    }
}

fn account(row: &mut Row) -> Result<Account, Fault> {
    Ok(Account {
        login: row.text()?,
        person: row.text()?.as_str().into(),
        hash: row.text()?,
        language: row.text()?,
        created: row.parsed()?,
        disabled: row.yes()?,
        failures: row.count()?,
        locked_until: row.optional_parsed()?,
    })
}

fn signed_in(row: &mut Row) -> Result<SignedIn, Fault> {
    Ok(SignedIn {
        id_hash: row.text()?,
        kind: match row.text()?.as_str() {
            "session" => SessionKind::Session,
            "token" => SessionKind::Token,
            "calendar" => SessionKind::Calendar,
            other => return Err(Fault::unsound(format!("a session of kind {other:?}"))),
        },
        login: row.text()?,
        label: row.text()?,
        created: row.parsed()?,
        last_seen: row.parsed()?,
        expires: row.parsed()?,
        csrf: row.text()?,
    })
}
