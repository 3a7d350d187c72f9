//! The binary: arguments, configuration, wiring. What each command does stands in `commands`.

mod commands;
mod configuration;
mod demo;
mod folder;
mod output;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Runs the working rules of a city government.
#[derive(Parser)]
#[command(version, about, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a demonstration city and print the address and the accounts.
    Demo(commands::demo::Demo),
    /// Check, test and explain a rulebook.
    #[command(subcommand)]
    Rules(commands::rules::Rules),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return output::failed(&anyhow::Error::from(error)),
    };
    let done = runtime.block_on(async {
        match arguments.command {
            Command::Demo(demo) => commands::demo::run(demo).await,
            Command::Rules(rules) => commands::rules::run(rules).await,
        }
    });
    done.unwrap_or_else(|error| output::failed(&error))
}
