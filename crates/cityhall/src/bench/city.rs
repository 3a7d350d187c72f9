//! The city that is measured: the demonstration's founding directory, grown to a round number of
//! people, and acts by whoever holds a role in it.

use super::place::Place;
use crate::{commands::bench::Bench, configuration::remember, folder};
use anyhow::{Context, Result, bail};
use facts::{BodyId, CommandId, Directory, Event, Label, MatterId, Person, PersonId, Relation, Role, Tenure};
use jiff::{civil::Date, tz::TimeZone};
use office::{Answer, Clock, Office, Store, Submitted, fill::Typed};
use rules::{
    cases::founding::parse_directory,
    engine::{Command, Edition, Target},
};
use serde_json::{Map, Value as Json};
use std::sync::Arc;
use uuid::Uuid;

/// People in the directory.
pub const PEOPLE: usize = 200;
/// The body that sponsors what is measured.
pub const SPONSOR: &str = "transport";
/// The body that makes the findings on what others sponsor.
const FINDER: &str = "general_office";

#[derive(Clone)]
pub struct City {
    pub office: Office,
    organisation: Arc<facts::Organisation>,
}

/// What somebody wants to do, as it would be typed.
#[derive(Clone, Default)]
pub struct Wish {
    pub step: &'static str,
    pub outcome: Option<&'static str>,
    pub each: Option<String>,
    pub with: Json,
}

impl Wish {
    pub fn to(step: &'static str, with: Json) -> Wish {
        Wish { step, with, ..Wish::default() }
    }

    pub fn outcome(mut self, outcome: &'static str) -> Wish {
        self.outcome = Some(outcome);
        self
    }
}

impl City {
    /// Founds the city in an empty record.
    pub async fn found(bench: &Bench, place: &Place) -> Result<City> {
        let edition = folder::usable_edition(&bench.configuration.rulebook)?;
        let files = folder::read(&bench.configuration.rulebook)?;
        let digest = edition.rulebook.digest;
        let calendar = folder::calendar(&bench.configuration.calendar)?;
        let directory = directory(bench, &edition)?;
        let clock = Clock::set_at(morning("2019-04-11".parse()?, &edition)?);
        let office = Office::new(Store::open(&place.database()).await?, edition, calendar, clock);
        remember(office.store(), office.now(), digest, &files).await?;
        office.found(directory, CommandId::new(Uuid::now_v7())).await?;
        let (_, organisation) = office.organisation(office.today()).await?;
        Ok(City { office, organisation })
    }

    /// Moves the clock to the morning of a day.
    pub fn day(&self, day: &str) -> Result<()> {
        self.office.clock().move_to(morning(day.parse()?, &self.office.edition())?);
        Ok(())
    }

    /// Everybody of the directory.
    pub fn people(&self) -> impl Iterator<Item = &PersonId> {
        self.organisation.people.keys()
    }

    /// Bodies that may sponsor a matter: somebody works there, and others make the findings on it.
    pub fn bodies(&self) -> Vec<BodyId> {
        let staffed = |body: &&BodyId| self.at("staff", body.as_str()).is_ok();
        self.organisation.bodies.keys().filter(staffed).filter(|body| body.as_str() != FINDER).cloned().collect()
    }

    /// Somebody who holds a post at a body.
    pub fn at(&self, post: &str, body: &str) -> Result<PersonId> {
        self.holder(&Role::At(post.into(), body.into()))
    }

    /// Somebody who holds a post of the whole office.
    pub fn in_post(&self, post: &str) -> Result<PersonId> {
        self.holder(&Role::Post(post.into()))
    }

    fn holder(&self, role: &Role) -> Result<PersonId> {
        let holders = self.organisation.holders(role);
        let (person, _) = holders.first().with_context(|| format!("nobody is {}", role.key()))?;
        Ok(person.clone())
    }

    /// What somebody submits to open a matter.
    pub async fn opening(&self, kind: &str, person: &PersonId, wish: Wish) -> Result<Command> {
        self.command(kind, Target::New(kind.into()), person, wish).await
    }

    /// What somebody submits on a matter.
    pub async fn step(&self, kind: &str, id: MatterId, person: &PersonId, wish: Wish) -> Result<Command> {
        self.command(kind, Target::Existing(id), person, wish).await
    }

    async fn command(&self, kind: &str, target: Target, person: &PersonId, wish: Wish) -> Result<Command> {
        let edition = self.office.edition();
        let kind = edition.rulebook.kind(kind).with_context(|| format!("no kind {kind}"))?;
        let declared = kind.step(wish.step).with_context(|| format!("no step {}", wish.step))?;
        let typed = Typed::from_json(wish.with.as_object().unwrap_or(&Map::new()));
        let filled = self.office.fill(kind, &typed, person).await?;
        if !filled.problems.is_empty() {
            bail!("{}: {:?}", wish.step, filled.problems);
        }
        Ok(Command {
            id: CommandId::new(Uuid::now_v7()),
            person: person.clone(),
            target,
            step: wish.step.into(),
            outcome: wish.outcome.map(Into::into),
            each: wish.each.as_deref().and_then(|each| office::fill::member(declared, each)),
            input: filled.input,
            late: None,
            number: None,
        })
    }

    /// Carries a command out that has to be lawful.
    pub async fn carry_out(&self, command: Command) -> Result<Vec<Event>> {
        let step = command.step.clone();
        match self.office.carry_out(Submitted { command, seen: None, beside: vec![] }).await? {
            Answer::Done { events, .. } => Ok(events),
            Answer::Refused { refused, .. } => bail!("{step} is refused: {:#?}", refused.refusals),
            Answer::Stale { .. } | Answer::Reused { .. } => bail!("{step}: somebody else was quicker"),
        }
    }
}

fn directory(bench: &Bench, edition: &Edition) -> Result<Directory> {
    let files = folder::read(&bench.story)?;
    let organisation = files.iter().find(|file| file.path == "organisation.toml");
    let organisation = organisation.with_context(|| format!("no organisation.toml in {}", bench.story.display()))?;
    let mut directory = parse_directory(organisation, &edition.rulebook).map_err(|problems| {
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("{}", said.join("\n"))
    })?;
    let from: Date = "2018-01-10".parse()?;
    let holds = |person: PersonId, post: &str, body: Option<BodyId>| {
        let relation = Relation::Holds { post: post.into(), body };
        Tenure { person, relation, from, until: None, basis: None, ends: false }
    };
    // In the story the mayor comes into office by an appointment; here, from the start.
    directory.tenures.push(holds("mayor".into(), "mayor", None));
    for n in directory.people.len()..PEOPLE {
        let id = PersonId::new(format!("clerk_{n}"));
        directory.people.push(Person { id: id.clone(), name: Label::same(id.as_str()) });
        directory.tenures.push(holds(id, "staff", Some(SPONSOR.into())));
    }
    Ok(directory)
}

fn morning(day: Date, edition: &Edition) -> Result<jiff::Timestamp> {
    Ok(TimeZone::get(&edition.rulebook.zone)?.to_timestamp(day.at(9, 0, 0, 0))?)
}
