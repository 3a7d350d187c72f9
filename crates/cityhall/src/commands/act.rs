//! `cityhall act | desk | list`: what a page does, on the command line.

use crate::{
    configuration::Configuration,
    output::say,
    person::{Acting, AsWhom, known_person},
    sentence::{Sentence, or_none},
};
use anyhow::{Context, Result, bail};
use clap::Args;
use facts::KindId;
use office::{ListFilter, Office, Standing, fill::Typed};
use std::{io::ErrorKind, process::ExitCode};
use web::api::{
    acts::{self, Input, Submission, Where},
    problem::Problem,
    views,
};
use web::components::Lang;

#[derive(Args)]
pub struct Act {
    #[command(flatten)]
    configuration: Configuration,
    #[command(flatten)]
    who: AsWhom,
    /// `NUMBER.step` on a matter, or `Kind.step` to open one
    step: String,
    /// `field=value`; again for each member of a set; `field=@FILE` reads a file
    #[arg(long = "with", value_name = "FIELD=VALUE")]
    with: Vec<String>,
    #[arg(long)]
    outcome: Option<String>,
    /// The body or person whose answer it is
    #[arg(long)]
    each: Option<String>,
    /// Why it is late
    #[arg(long)]
    late: Option<String>,
    /// The version of the matter that was seen
    #[arg(long)]
    seen: Option<u32>,
    /// Id of the submission; sent twice, it is carried out once
    #[arg(long)]
    command: Option<uuid::Uuid>,
}

#[derive(Args)]
pub struct Desk {
    #[command(flatten)]
    configuration: Configuration,
    #[command(flatten)]
    who: AsWhom,
    /// Only this kind
    #[arg(long)]
    kind: Option<String>,
    #[arg(long, default_value_t = 0)]
    offset: u32,
    #[arg(long, default_value_t = 50)]
    limit: u32,
}

#[derive(Args)]
pub struct List {
    #[command(flatten)]
    configuration: Configuration,
    #[command(flatten)]
    who: AsWhom,
    #[arg(long)]
    kind: Vec<String>,
    /// Only open ones
    #[arg(long)]
    open: bool,
    /// Only what is found by this search
    #[arg(long)]
    text: Option<String>,
    /// Only what was opened on this day or later
    #[arg(long)]
    from: Option<jiff::civil::Date>,
    /// Only what was opened on this day or earlier
    #[arg(long)]
    until: Option<jiff::civil::Date>,
    /// Only what this person of the directory acted on, or may read by name
    #[arg(long)]
    person: Option<String>,
    #[arg(long, default_value_t = 0)]
    offset: u32,
    #[arg(long, default_value_t = 50)]
    limit: u32,
}

pub async fn act(act: Act, lang: Lang) -> Result<ExitCode> {
    let office = act.configuration.office().await?;
    let Acting { person, words } = act.who.sign_in(&office, lang).await?;
    let (first, step) = act.step.rsplit_once('.').context(Sentence::new("command-step"))?;
    // Numbers have a hyphen, kinds have none.
    let place = if first.contains('-') { Where::On(first) } else { Where::New(first) };
    let submission = Submission {
        command: act.command,
        outcome: act.outcome,
        each: act.each,
        input: Input::Typed(typed(&act.with)?),
        late: act.late,
        seen: act.seen,
    };
    let answer = acts::act(&office, &words, &person, place, step, submission).await?;
    match answer {
        Ok(carried) if act.who.json => json(&carried)?,
        Ok(carried) => {
            let key = if carried.repeated { "command-carried-before" } else { "command-carried" };
            say(words.say(key, &[("number", &carried.number), ("version", &carried.version)]));
            carried.opened.iter().for_each(|number| say(format_args!("  + {number}")));
            carried.meanwhile.iter().for_each(say);
        }
        Err(problem) => {
            problem_out(&problem, &words, act.who.json)?;
            return Ok(ExitCode::from(3));
        }
    }
    if office.refreshes() {
        office.derive_anew(true).await?;
    }
    Ok(ExitCode::SUCCESS)
}

fn typed(with: &[String]) -> Result<Typed> {
    let mut typed = Typed::default();
    for pair in with {
        let (field, value) = pair.split_once('=').with_context(|| Sentence::new("command-with").with("typed", pair))?;
        let value = match value.strip_prefix('@') {
            Some(file) => read(file)?,
            None => value.to_owned(),
        };
        typed.push(field, value);
    }
    Ok(typed)
}

fn read(file: &str) -> Result<String> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(Sentence::new("command-no-file").with("file", file)),
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            bail!(Sentence::new("command-no-text").with("file", file))
        }
        Err(error) => Err(error).with_context(|| Sentence::new("command-unreadable").with("file", file)),
    }
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<()> {
    say(serde_json::to_string_pretty(value)?);
    Ok(())
}

pub(super) fn problem_out(problem: &Problem, words: &web::wording::Words, as_json: bool) -> Result<()> {
    if as_json {
        return json(problem);
    }
    problem.plain(words).iter().for_each(say);
    Ok(())
}

pub async fn desk(desk: Desk, lang: Lang) -> Result<ExitCode> {
    let office = desk.configuration.office().await?;
    let Acting { person, words } = desk.who.sign_in(&office, lang).await?;
    let reader = office.reader(&person).await?;
    let kind = desk.kind.as_deref().map(|kind| known_kind(&office, kind)).transpose()?;
    let part = views::desk(&office, &words, &reader, kind.as_ref(), desk.offset, desk.limit).await?;
    if desk.who.json {
        json(&part)?;
        return Ok(ExitCode::SUCCESS);
    }
    for duty in &part.rows {
        let due = duty.due.as_ref().map(|due| format!("  {}", due.day)).unwrap_or_default();
        say(format_args!("{}.{}  {}: {}{due}  ({})", duty.number, duty.step, duty.task, duty.title, duty.mine_because));
    }
    say(format_args!("{} / {}", part.rows.len(), part.total));
    Ok(ExitCode::SUCCESS)
}

fn known_kind(office: &Office, kind: &str) -> Result<KindId> {
    let edition = office.edition();
    if edition.rulebook.kind(kind).is_some() {
        return Ok(kind.into());
    }
    let near = rules::rulebook::nearest(kind, edition.rulebook.kinds.iter().map(|kind| kind.id.as_str()));
    bail!(Sentence::new("command-no-kind").with("kind", kind).with("near", or_none(near)))
}

pub async fn list(list: List, lang: Lang) -> Result<ExitCode> {
    let office = list.configuration.office().await?;
    let Acting { person, words } = list.who.sign_in(&office, lang).await?;
    let reader = office.reader(&person).await?;
    let kinds = list.kind.iter().map(|kind| known_kind(&office, kind)).collect::<Result<_>>()?;
    let people = words.directory.people.iter().map(|known| &known.id);
    let filter = ListFilter {
        kinds,
        standing: if list.open { Standing::Open } else { Standing::All },
        text: list.text,
        opened_from: list.from,
        opened_until: list.until,
        person: list.person.as_deref().map(|person| known_person(person, people)).transpose()?,
        offset: list.offset,
        limit: list.limit,
        ..ListFilter::default()
    };
    let part = views::list(&office, &words, &reader, filter).await?;
    if list.who.json {
        json(&part)?;
        return Ok(ExitCode::SUCCESS);
    }
    for line in &part.rows {
        say(format_args!("{}  {}  {}", line.number, line.opened, line.title));
    }
    say(format_args!("{} / {}", part.rows.len(), part.total));
    Ok(ExitCode::SUCCESS)
}
