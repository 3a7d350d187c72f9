//! The demonstration city: a founding directory and a story, played through the same door as any act.
//!
//! Knows no kind or step by name: the story is data (`demo/dalian/`). Invariant: nothing of the city
//! is written into the record in any other way than a person's act would be.

mod days;
mod story;

use crate::folder;
use anyhow::{Context, Result, bail};
use facts::{
    Calendar, CommandId, PersonId,
    calendar::{CalendarData, HolidayData, YearData},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use office::{Answer, Clock, Office, Store, Submitted, fill::Typed};
use rules::{
    cases::founding::parse_directory,
    engine::{Command, Edition, Target},
    rulebook::SourceFile,
};
use std::{collections::BTreeMap, path::Path};
use story::Scene;
use uuid::Uuid;

/// Files of the folder that are no part of the story.
const BESIDE_THE_STORY: [&str; 2] = ["organisation.toml", "accounts.toml"];

/// What the story came to.
pub struct Played {
    pub acts: usize,
    pub matters: usize,
}

/// Founds an office in an empty record and plays a story in it, up to an instant.
///
/// # Errors
/// When the story does not fit the rulebook: every act of it has to be lawful on its day.
pub async fn play(
    store: &Store,
    edition: Edition,
    mut calendar: Calendar,
    folder: &Path,
    now: Timestamp,
) -> Result<Played> {
    let zone = TimeZone::get(&edition.rulebook.zone).context("the rulebook's zone is not known")?;
    let today = zone.to_datetime(now).date();
    provisional(&mut calendar, today)?;
    let files = folder::read(folder)?;
    let organisation = files.iter().find(|file| file.path == "organisation.toml");
    let organisation = organisation.with_context(|| format!("no organisation.toml in {}", folder.display()))?;
    let directory = parse_directory(organisation, &edition.rulebook).map_err(|problems| {
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("{}", said.join("\n"))
    })?;
    let stories: Vec<&SourceFile> = files.iter().filter(|file| !BESIDE_THE_STORY.contains(&&*file.path)).collect();
    let scenes = story::scenes(&stories, today, &calendar)?;
    let begin = scenes.first().map_or(today, |scene| scene.on);
    let eve = moment(begin.yesterday()?, &zone, 0, 1)?;
    let clock = Clock::set_at(eve);
    let office = Office::new(store.clone(), edition, calendar, clock);
    office.found(directory, CommandId::new(ordered(0, eve)?)).await?;
    let mut player = Player { office: &office, names: BTreeMap::new(), acts: 0, matters: 0 };
    for day in scenes.chunk_by(|one, other| one.on == other.on) {
        for (nth, scene) in day.iter().enumerate() {
            let at = match scene.on == today {
                true => until(now, &zone, nth, day.len())?,
                false => moment(scene.on, &zone, nth, day.len())?,
            };
            let played = player.act(at, scene).await;
            played.with_context(|| format!("{}: {} on {}", scene.place, scene.take, scene.on))?;
        }
    }
    let Player { acts, matters, .. } = player;
    office.project_all_open().await?;
    Ok(Played { acts, matters })
}

/// A story begins on any day: where no notice has come for a year yet, all its weekdays but the first of
/// January are worked.
fn provisional(calendar: &mut Calendar, today: Date) -> Result<()> {
    for year in [today.year(), today.year() + 1] {
        if calendar.years().any(|known| known.year == year) {
            continue;
        }
        let festival = calendar.years().last().and_then(|known| known.holiday.first());
        let name = festival.context("the calendar is empty")?.name.clone();
        let holiday = HolidayData { name, from: Date::new(year, 1, 1)?, to: None, worked: vec![] };
        let data = YearData { year, notice: None, changed_by: vec![], replaces: None, holiday: vec![holiday] };
        let added = calendar.extend(CalendarData { names: BTreeMap::new(), year: vec![data] });
        added.map_err(|problems| anyhow::anyhow!("{problems:?}"))?;
    }
    Ok(())
}

struct Player<'p> {
    office: &'p Office,
    names: BTreeMap<String, facts::MatterId>,
    acts: usize,
    matters: usize,
}

impl Player<'_> {
    async fn act(&mut self, at: Timestamp, scene: &Scene) -> Result<()> {
        self.office.clock().move_to(at);
        let edition = self.office.edition();
        let (first, step) = scene.take.split_once('.').context("take is Kind.step or NAME.step")?;
        let (target, kind) = match self.names.get(first) {
            Some(id) => {
                let matter = self.office.store().matter(*id).await?.context("a named matter is gone")?;
                (Target::Existing(*id), matter.kind)
            }
            None => (Target::New(first.into()), facts::KindId::new(first)),
        };
        let kind = edition.rulebook.kind(kind.as_str()).with_context(|| format!("no kind or name {first:?}"))?;
        let declared = kind.step(step).with_context(|| format!("no step {step:?}"))?;
        let person = PersonId::new(&scene.by);
        let with = self.named(&scene.with)?;
        let typed = Typed::from_json(&with);
        let filled = self.office.fill(kind, &typed, &person).await?;
        if !filled.problems.is_empty() {
            bail!("{:?}", filled.problems);
        }
        let command = Command {
            id: CommandId::new(ordered(self.acts + 1, at)?),
            person,
            target,
            step: step.into(),
            outcome: scene.outcome.as_deref().map(Into::into),
            each: scene.each.as_deref().and_then(|each| office::fill::member(declared, each)),
            input: filled.input,
            late: scene.late.clone(),
            number: scene.number,
        };
        match self.office.carry_out(Submitted { command, seen: None, beside: vec![] }).await? {
            Answer::Done { events, .. } => {
                self.acts += 1;
                self.matters += events.iter().filter(|event| event.seq == 1).count();
                if let (Some(name), Some(first)) = (&scene.named, events.first()) {
                    self.names.insert(name.clone(), first.act.matter);
                }
                for (name, kind) in &scene.opens {
                    let opened = events.iter().filter(|event| event.seq == 1 && event.act.kind.as_str() == kind);
                    for (n, event) in opened.enumerate() {
                        self.names.insert(format!("{name}{}", n + 1), event.act.matter);
                    }
                }
                Ok(())
            }
            Answer::Refused { refused, .. } => bail!("refused: {:#?}", refused.refusals),
            Answer::Stale { .. } | Answer::Reused { .. } => bail!("somebody else was quicker in a story of one"),
        }
    }

    /// `@NAME` anywhere in a value is the matter of that name.
    fn named(
        &self,
        with: &serde_json::Map<String, serde_json::Value>,
    ) -> Result<serde_json::Map<String, serde_json::Value>> {
        let mut named = serde_json::Map::new();
        for (field, value) in with {
            named.insert(field.clone(), self.value(value)?);
        }
        Ok(named)
    }

    fn value(&self, value: &serde_json::Value) -> Result<serde_json::Value> {
        use serde_json::Value as Json;
        Ok(match value {
            Json::String(text) => match text.strip_prefix('@') {
                Some(name) => {
                    let id = self.names.get(name).with_context(|| format!("no matter has the name {name:?} yet"))?;
                    Json::String(id.to_string())
                }
                None => value.clone(),
            },
            Json::Array(members) => {
                Json::Array(members.iter().map(|member| self.value(member)).collect::<Result<_>>()?)
            }
            _ => value.clone(),
        })
    }
}

/// When the nth of a day's acts is done: they are spread evenly over the hours of the office.
fn moment(on: Date, zone: &TimeZone, nth: usize, of: usize) -> Result<Timestamp> {
    const MORNING: i64 = 3 * 60 * 60;
    const NOON: i64 = 90 * 60;
    const HOURS: i64 = 6 * 60 * 60 + 30 * 60;
    let worked = HOURS * i64::try_from(nth + 1)? / i64::try_from(of + 1)?;
    let noon = if worked < MORNING { 0 } else { NOON };
    let nine = zone.to_timestamp(on.at(9, 0, 0, 0))?;
    Ok(nine.checked_add(jiff::SignedDuration::from_secs(worked + noon))?)
}

/// When the nth of the last day's acts is done: they are spread evenly over what has passed of it.
fn until(now: Timestamp, zone: &TimeZone, nth: usize, of: usize) -> Result<Timestamp> {
    let midnight = zone.to_timestamp(zone.to_datetime(now).date().at(0, 0, 0, 0))?;
    let passed = now.duration_since(midnight).as_millis() as i64;
    let passed = passed * i64::try_from(nth + 1)? / i64::try_from(of + 1)?;
    Ok(midnight.checked_add(jiff::SignedDuration::from_millis(passed))?)
}

/// A UUIDv7 that sorts by the instant of its act and is the same whenever the story is played.
fn ordered(n: usize, at: Timestamp) -> Result<Uuid> {
    let millis = u64::try_from(at.as_millisecond())?;
    let mut noise = [0u8; 10];
    noise[2..].copy_from_slice(&(n as u64).to_be_bytes());
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &noise).into_uuid())
}
