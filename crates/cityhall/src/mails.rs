//! Sending by mail what waits on desks, to those who wish it.
//!
//! Looks at the desks and not at acts: what could not be sent is sent the next time, and what left a desk meanwhile
//! is not. Must not know what a mail says. Invariants: what was told to somebody is told again only in a daily mail;
//! nothing goes out in the quiet hours, nor on a day off unless the office says so.

use anyhow::{Context, Result};
use clap::Args;
use jiff::{
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use office::{Office, accounts::Mail};
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};
use web::{components::Lang, mails};

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

/// What came of one look at the desks.
#[derive(Debug, Default, PartialEq, Eq)]
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
        let server = server.context("the mail server is written as smtps://USER:PASSWORD@HOST")?;
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
        let open = self.is_open(now);
        let all = self.office.accounts().all().await?;
        let mut round = Round::default();
        for wish in self.office.accounts().mails().await? {
            let Some(account) = all.iter().find(|account| account.login == wish.login && !account.disabled) else {
                continue;
            };
            let last_due = wish.daily_at.map(|hour| last_due(hour, now));
            // Who has just begun waits for the first hour.
            let begun = wish.sent_on.or(last_due.filter(|due| *due < now.date()));
            let daily = last_due.is_some_and(|due| begun.is_none_or(|sent_on| sent_on < due));
            let lang = Lang::from_code(&account.language).unwrap_or_default();
            let to = (&account.person, lang);
            let told = mails::letter(&self.office, to, &self.address, &wish.told, daily).await?;
            let due = open && (daily || wish.daily_at.is_none()) && !self.rests(&wish.login);
            let (on_desk, letter, on) = match (due, told.letter) {
                (true, letter) => (told.on_desk, letter, if daily { last_due } else { begun }),
                // What has left the desk meanwhile is told again when it comes again.
                (false, _) => (wish.told.intersection(&told.on_desk).cloned().collect(), None, begun),
            };
            if let Some(letter) = letter {
                if round == Round::default() {
                    self.server.test_connection().await?;
                }
                if !self.office.store().mail_told(&wish, &on_desk, on).await? {
                    continue;
                }
                match self.send(&wish.address, letter).await {
                    true => round.sent += 1,
                    false => {
                        let told = Mail { told: on_desk, sent_on: on, ..wish.clone() };
                        self.office.store().mail_told(&told, &wish.told, wish.sent_on).await?;
                        self.resting.insert(wish.login, Instant::now());
                        round.refused += 1;
                    }
                }
            } else if (&on_desk, on) != (&wish.told, wish.sent_on) {
                self.office.store().mail_told(&wish, &on_desk, on).await?;
            }
        }
        Ok(round)
    }

    /// Whether the address of an account was refused a short while ago.
    fn rests(&self, login: &str) -> bool {
        self.resting.get(login).is_some_and(|since| since.elapsed() < RESTS)
    }

    /// Whether mails go out at a time. A year that the calendar lacks
    /// has its weekdays worked.
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
