//! `cityhall bench`: what the office costs, each figure beside its bare cost in the same run.
//!
//! Prints figures and ratios and judges nothing: how fast a machine is, is no matter of right or wrong.

use crate::{bench, configuration::Configuration};
use anyhow::Result;
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

#[derive(Args)]
pub struct Bench {
    #[command(flatten)]
    pub configuration: Configuration,
    /// Folder with the founding directory
    #[arg(long, env = "CITYHALL_DEMO", default_value = "demo/dalian")]
    pub story: PathBuf,
    /// Folder on the disk to be measured; what is made in it is removed again
    #[arg(long, env = "CITYHALL_BENCH_FOLDER")]
    pub folder: Option<PathBuf>,
    /// Open matters in the record
    #[arg(long, default_value_t = 10_000)]
    pub matters: usize,
    /// Closed matters in the record, of five years
    #[arg(long, default_value_t = 0)]
    pub closed: usize,
    /// Questions asked of the rules, each with its own layout of the matter
    #[arg(long, default_value_t = 20_000)]
    pub questions: usize,
    /// Seconds of each of the three rates of committing
    #[arg(long, default_value_t = 10)]
    pub seconds: u32,
}

pub async fn run(bench: Bench) -> Result<ExitCode> {
    bench::run(&bench).await?;
    Ok(ExitCode::SUCCESS)
}
