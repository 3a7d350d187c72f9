//! Sending by mail what waits on desks, to those who wish it.
//!
//! Looks at the desks and not at acts: what could not be sent is sent the next time, and what left a desk meanwhile
//! is not. Must not know what a mail says. Invariants: what was told to somebody is told again only in a daily mail;
//! nothing goes out in the quiet hours, nor on a day off unless the office says so.

use crate::sentence::Sentence;
use anyhow::{Context, Result, ensure};
use clap::Args;
use jiff::{
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use office::{
    Office,
    accounts::{Account, Mail},
};
use std::{
    collections::{BTreeSet, HashMap},
    time::{Duration, Instant},
};
use web::{
    components::Lang,
    mails::{self, Told},
};

/// How often the desks are looked at.
const LOOKED_EVERY: Duration = Duration::from_secs(60);
/// How long a mail server that does not answer is left alone.
const LEFT_ALONE: Duration = Duration::from_secs(10 * 60);
/// How long an address that it does not take is.
const RESTS: Duration = Duration::from_secs(60 * 60);

/// By which server mails go out, and when.
#[derive(Args, Clone)]
pub struct Mailing {
    /// Mail server, as smtps://USER:PASSWORD@HOST, or smtp://HOST inside one's own network; needs --address
    #[arg(long, env = "CITYHALL_SMTP", hide_env_values = true, requires = "mail_from", requires = "address")]
    pub smtp: Option<String>,
    /// Whom mails come from, such as desk@HOST
    #[arg(long, env = "CITYHALL_MAIL_FROM", value_parser = mailbox)]
    pub mail_from: Option<Mailbox>,
    /// Hours in which nothing is sent
    #[arg(long, env = "CITYHALL_MAIL_QUIET", default_value = "20:00-07:00", value_parser = quiet)]
    pub mail_quiet: Quiet,
    /// Send on days off, too
    #[arg(long, env = "CITYHALL_MAIL_ON_DAYS_OFF")]
    pub mail_on_days_off: bool,
}

/// Hours from one to another, over midnight where the first is the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    from: Time,
    until: Time,
}

impl Quiet {
    fn holds(self, at: Time) -> bool {
        match self.from <= self.until {
            true => self.from <= at && at < self.until,
            false => self.from <= at || at < self.until,
        }
    }
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    text.parse().map_err(|_| "write it as NAME@HOST".to_owned())
}

fn quiet(text: &str) -> Result<Quiet, String> {
    let read = || {
        let (from, until) = text.split_once('-')?;
        Some(Quiet { from: from.trim().parse().ok()?, until: until.trim().parse().ok()? })
    };
    read().ok_or_else(|| "write it as 20:00-07:00".to_owned())
}

/// Mails go out through this for as long as the server runs.
pub struct Post {
    office: Office,
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// Where people reach the office.
    address: String,
    quiet: Quiet,
    on_days_off: bool,
    /// Accounts whose address was refused, and when.
    resting: HashMap<String, Instant>,
}

/// What an account is told, and what then counts as told to it.
struct Next {
    told: BTreeSet<String>,
    sent_on: Option<Date>,
    letter: Option<mails::Letter>,
}

/// What came of one look at the desks.
#[derive(Debug, Default)]
struct Round {
    sent: usize,
    refused: usize,
}

impl Post {
    /// The post of an office; `None` where no mail server is named.
    ///
    /// # Errors
    /// When the address of the mail server is none.
    pub fn of(office: Office, mailing: Mailing, address: Option<&str>) -> Result<Option<Post>> {
        let (Some(smtp), Some(from), Some(address)) = (mailing.smtp, mailing.mail_from, address) else {
            return Ok(None);
        };
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&smtp);
        let server = server.with_context(|| Sentence::new("command-smtp"))?;
        let server = server.timeout(Some(Duration::from_secs(20))).build();
        Ok(Some(Post {
            office,
            server,
            from,
            address: address.to_owned(),
            quiet: mailing.mail_quiet,
            on_days_off: mailing.mail_on_days_off,
            resting: HashMap::new(),
        }))
    }

    /// Looks at the desks again and again.
    pub async fn deliver(mut self) {
        loop {
            let wait = match self.round().await {
                Ok(Round { sent, refused }) => {
                    if sent + refused > 0 {
                        tracing::info!(mails.sent = sent, mails.refused = refused, "mails were handed to the server");
                    }
                    LOOKED_EVERY
                }
                Err(error) => {
                    tracing::warn!("mails wait: {error:#}");
                    LEFT_ALONE
                }
            };
            tokio::time::sleep(wait).await;
        }
    }

    /// Sends what is due now. A mail server that does not answer ends the round; an address that it does not take
    /// is left alone for a while and keeps nobody else from their mails.
    async fn round(&mut self) -> Result<Round> {
        let zone = TimeZone::get(&self.office.edition().rulebook.zone)?;
        let now = zone.to_datetime(self.office.now());
        let all = self.office.accounts().all().await?;
        let mut round = Round::default();
        for wish in self.office.accounts().mails().await? {
            let Some(account) = all.iter().find(|account| account.login == wish.login && !account.disabled) else {
                continue;
            };
            let Next { told, sent_on, letter } = self.next(&wish, account, now).await?;
            let Some(letter) = letter else {
                if (&told, sent_on) != (&wish.told, wish.sent_on) {
                    self.office.store().mail_told(&wish, &told, sent_on).await?;
                }
                continue;
            };
            self.reach().await?;
            // It counts as told before it goes, so that of two servers one sends it.
            if !self.office.store().mail_told(&wish, &told, sent_on).await? {
                continue;
            }
            if self.send(&wish.address, letter).await {
                round.sent += 1;
                continue;
            }
            self.office.store().mail_told(&Mail { told, sent_on, ..wish.clone() }, &wish.told, wish.sent_on).await?;
            self.reach().await?;
            self.resting.insert(wish.login, Instant::now());
            round.refused += 1;
        }
        Ok(round)
    }

    /// What is to be told to an account now.
    async fn next(&self, wish: &Mail, account: &Account, now: DateTime) -> Result<Next> {
        let last_due = wish.daily_at.map(|hour| last_due(hour, now));
        // Who has just begun waits for the first hour.
        let sent_on = wish.sent_on.or(last_due.filter(|due| *due < now.date()));
        let daily = last_due.is_some_and(|due| sent_on.is_none_or(|sent_on| sent_on < due));
        let to = (&account.person, Lang::from_code(&account.language).unwrap_or_default());
        let Told { letter, on_desk } = mails::letter(&self.office, to, &self.address, &wish.told, daily).await?;
        if self.is_open(now) && (daily || wish.daily_at.is_none()) && !self.rests(&wish.login) {
            return Ok(Next { told: on_desk, sent_on: if daily { last_due } else { sent_on }, letter });
        }
        // What has left the desk meanwhile is told again when it comes again.
        Ok(Next { told: wish.told.intersection(&on_desk).cloned().collect(), sent_on, letter: None })
    }

    /// Whether the mail server answers.
    async fn reach(&self) -> Result<()> {
        ensure!(self.server.test_connection().await?, "the mail server does not answer");
        Ok(())
    }

    /// Whether the address of an account was refused a short while ago.
    fn rests(&self, login: &str) -> bool {
        self.resting.get(login).is_some_and(|since| since.elapsed() < RESTS)
    }

    /// Whether mails go out at a time. A year that the calendar lacks has its weekdays worked.
    fn is_open(&self, now: DateTime) -> bool {
        let worked = self.office.calendar().is_working_day(now.date());
        !self.quiet.holds(now.time()) && (self.on_days_off || worked.unwrap_or(is_weekday(now.date())))
    }

    /// Whether the mail server took it; why not is told to nobody, for it would name the address.
    async fn send(&self, to: &str, letter: mails::Letter) -> bool {
        let Ok(to) = to.parse::<Mailbox>() else { return false };
        let message = Message::builder().from(self.from.clone()).to(to).subject(letter.subject);
        match message.header(ContentType::TEXT_PLAIN).body(letter.text) {
            Ok(message) => self.server.send(message).await.is_ok(),
            Err(_) => false,
        }
    }
}

fn is_weekday(day: Date) -> bool {
    day.weekday().to_monday_zero_offset() < 5
}

/// The day of the last daily mail that was due by now.
fn last_due(hour: u8, now: DateTime) -> Date {
    match now.hour() >= hour as i8 {
        true => now.date(),
        false => now.date().yesterday().unwrap_or(Date::MIN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn quiet_hours_go_over_midnight() {
        let night = quiet("20:00-07:00").unwrap();
        let noon = quiet("12:00 - 13:30").unwrap();
        for (at, in_the_night, at_noon) in [
            (time(19, 59, 59, 0), false, false),
            (time(20, 0, 0, 0), true, false),
            (time(0, 0, 0, 0), true, false),
            (time(7, 0, 0, 0), false, false),
            (time(12, 0, 0, 0), false, true),
            (time(13, 30, 0, 0), false, false),
        ] {
            assert_eq!((night.holds(at), noon.holds(at)), (in_the_night, at_noon), "{at}");
        }
        for wrong in ["", "20:00", "20-7", "25:00-07:00", "night"] {
            assert!(quiet(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_daily_mail_is_due_from_its_hour_on() {
        let at = |hour| date(2026, 11, 30).at(hour, 5, 0, 0);
        assert_eq!(last_due(8, at(7)), date(2026, 11, 29));
        assert_eq!(last_due(8, at(8)), date(2026, 11, 30));
        assert_eq!(last_due(0, at(0)), date(2026, 11, 30));
    }
}
