//! Who is told by mail of what waits on the desk, where to and when, and of what they were told last.
//!
//! No part of the record. Must not know what a mail says or how it goes out. Invariant: an account has one wish.

use crate::{
    Fault, Store,
    session::{Row, given, json, sql},
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What an account wishes to be told by mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub login: String,
    pub address: String,
    /// The hour, 0 to 23, of a daily mail; `None`: as soon as something comes.
    pub daily_at: Option<u8>,
    /// Keys of what was on the desk when the last mail went.
    pub told: BTreeSet<String>,
    /// The day of the last daily mail.
    pub sent_on: Option<Date>,
}

impl Store {
    /// The wish of an account.
    pub async fn mail(&self, login: &str) -> Result<Option<Mail>, Fault> {
        let login = login.to_owned();
        self.read(move |session| {
            session.row(sql!("mail_of_login"), given![&login])?.map(|mut row| mail(&mut row)).transpose()
        })
        .await
    }

    /// Every wish, by login.
    pub async fn mails(&self) -> Result<Vec<Mail>, Fault> {
        self.read(|session| session.each(sql!("mails_all"), &[], |mut row| mail(&mut row))).await
    }

    /// Keeps a wish in place of the one before; what was told stays told.
    ///
    /// # Errors
    /// [`Fault`]; without an account of that login it is refused.
    pub async fn put_mail(&self, login: &str, address: &str, daily_at: Option<u8>) -> Result<(), Fault> {
        let (login, address) = (login.to_owned(), address.to_owned());
        let row = move |session: &dyn crate::session::Session| {
            session.run(sql!("mail_put"), given![&login, &address, daily_at.map(u32::from)]).map(|_| ())
        };
        self.write(row).await
    }

    /// Keeps what an account is told of, and the day of its last daily mail, in place of what `seen` holds of both.
    /// No, and nothing is kept, where another server was quicker.
    pub async fn mail_told(&self, seen: &Mail, told: &BTreeSet<String>, sent_on: Option<Date>) -> Result<bool, Fault> {
        let (login, told, before, sent_before) = (seen.login.clone(), json(told), json(&seen.told), seen.sent_on);
        self.write(move |session| {
            let row = given![&login, &told, sent_on, &before, sent_before];
            Ok(session.run(sql!("mail_told"), row)? > 0)
        })
        .await
    }

    /// Ends a wish.
    pub async fn delete_mail(&self, login: &str) -> Result<(), Fault> {
        let login = login.to_owned();
        self.write(move |session| session.run(sql!("mail_delete"), given![&login]).map(|_| ())).await
    }
}

fn mail(row: &mut Row) -> Result<Mail, Fault> {
    Ok(Mail {
        login: row.text()?,
        address: row.text()?,
        daily_at: row.optional_number()?.map(u8::try_from).transpose().map_err(Fault::unsound)?,
        told: row.json()?,
        sent_on: row.optional_parsed()?,
    })
}
