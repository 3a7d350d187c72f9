//! `cityhall directory list | import`: the directory as a list, and a list held against it.

use crate::{
    configuration::Configuration,
    output::say,
    person::{Acting, AsWhom},
    sentence::Sentence,
};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use facts::CommandId;
use office::roster::{Came, Roster, Sent, Unreadable};
use std::{path::PathBuf, process::ExitCode};
use web::{api::roster::RosterView, components::Lang, wording::Words};

#[derive(Subcommand)]
pub enum Directory {
    /// Print the posts that people hold, as a list that can be read again
    List(List),
    /// Say what a list of people and posts would change, and enter it
    Import(Import),
}

#[derive(Args)]
pub struct List {
    #[command(flatten)]
    configuration: Configuration,
    #[command(flatten)]
    who: AsWhom,
}

#[derive(Args)]
pub struct Import {
    #[command(flatten)]
    configuration: Configuration,
    #[command(flatten)]
    who: AsWhom,
    /// The list, as CSV
    file: PathBuf,
    /// Enter what it changes; otherwise it is only said
    #[arg(long)]
    enter: bool,
    /// Why it is entered late
    #[arg(long)]
    late: Option<String>,
}

/// # Errors
/// Of the record, or of a list that cannot be read.
pub async fn directory(directory: Directory, lang: Lang) -> Result<ExitCode> {
    match directory {
        Directory::List(list) => {
            let office = list.configuration.office().await?;
            list.who.sign_in(&office, lang).await?;
            say(office.roster().await?.trim_end());
            Ok(ExitCode::SUCCESS)
        }
        Directory::Import(import) => entered(import, lang).await,
    }
}

async fn entered(import: Import, lang: Lang) -> Result<ExitCode> {
    let office = import.configuration.office().await?;
    let Acting { person, mut words } = import.who.sign_in(&office, lang).await?;
    let name = import.file.display().to_string();
    let bytes = std::fs::read(&import.file).with_context(|| Sentence::new("command-unreadable").with("file", &name))?;
    let text = String::from_utf8(bytes).map_err(|_| Sentence::new("roster-not-text"))?;
    let late = import.late.as_deref();
    let roster = office.hold_roster(&text, &person, late).await?.map_err(|unread| unreadable(&words, &unread))?;
    let roster = match import.enter {
        false => roster,
        true => {
            let (seen, command) = (roster.directory_version, CommandId::new(uuid::Uuid::now_v7()));
            match office.enter_roster(&text, &person, late, seen, command).await? {
                Sent::Entered(roster) => roster,
                Sent::Meanwhile(_) => bail!(Sentence::new("roster-meanwhile")),
                Sent::Unreadable(unread) => return Err(unreadable(&words, &unread)),
            }
        }
    };
    if office.refreshes() {
        office.derive_anew(true).await?;
    }
    words.name_entered(&roster);
    match import.who.json {
        true => super::act::json(&RosterView::of(&words, &roster))?,
        false => told(&words, &roster),
    }
    let whole = roster.rows.iter().all(|row| row.problem.is_none())
        && roster.count(|came| matches!(came, Came::Refused(_) | Came::Left)) == 0;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn unreadable(words: &Words, unreadable: &Unreadable) -> anyhow::Error {
    anyhow::anyhow!(words.roster_unreadable(unreadable))
}

fn told(words: &Words, roster: &Roster) {
    for row in &roster.rows {
        let line = words.say("roster-line", &[("line", &row.line)]);
        say(format_args!("{line}  {}  {}", words.roster_standing(row), row.said));
        for change in &row.changes {
            match &change.came {
                Came::Entered(Some(number)) => say(format_args!("    {number}  {}", words.roster_change(change))),
                _ => say(format_args!("    {}", words.roster_change(change))),
            }
            if let Came::Refused(refused) = &change.came {
                for reason in words.reasons(refused, None) {
                    reason.plain(words).iter().for_each(|line| say(format_args!("      {line}")));
                }
            }
        }
        if let Some(problem) = &row.problem {
            say(format_args!("    {}", words.roster_problem(problem)));
        }
    }
}
