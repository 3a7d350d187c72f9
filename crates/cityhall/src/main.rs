//! The binary: arguments, configuration, wiring. What each command does stands in `commands`.

mod bench;
mod commands;
mod configuration;
mod demo;
mod folder;
mod mails;
mod output;
mod person;
mod proofs;
mod seal;
mod sentence;
mod watch;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use web::components::Lang;

/// A step is many small values: a fifth of its time went to the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs the working rules of a city government.
#[derive(Parser)]
#[command(version, about, disable_help_subcommand = true)]
struct Arguments {
    /// Language of the answers: `en` or `zh`
    #[arg(long, env = "CITYHALL_LANGUAGE", default_value = "en", global = true, value_parser = language)]
    language: Lang,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a demonstration city and print the address and the accounts.
    Demo(commands::demo::Demo),
    /// Serve the office on the network.
    Serve(commands::serve::Serve),
    /// Found an office in an empty record.
    Init(commands::record::Init),
    /// Give, change and close accounts.
    #[command(subcommand)]
    Account(commands::record::Account),
    /// Take a step.
    Act(commands::act::Act),
    /// Show a matter: what is done, what you may do, why not, what next.
    Show(commands::show::Show),
    /// Say what a step asks for, with what each field can name.
    Describe(commands::show::Describe),
    /// Compare two versions of a field: a paper line by line, an agenda item by item.
    Compare(commands::show::Compare),
    /// Show what lies on your desk.
    Desk(commands::act::Desk),
    /// List matters that you may read.
    List(commands::act::List),
    /// The directory as a list; enter a list of people and posts.
    #[command(subcommand)]
    Directory(commands::directory::Directory),
    /// Say which open matters would wait otherwise: somebody away, a post vacant, another day, calendar or rulebook.
    WhatIf(commands::what_if::WhatIf),
    /// Export, verify and rebuild the record.
    #[command(subcommand)]
    Record(commands::record::Record),
    /// Check and extend the working-day calendar.
    #[command(subcommand)]
    Calendar(commands::record::Calendar),
    /// Check, test and explain a rulebook.
    #[command(subcommand)]
    Rules(commands::rules::Rules),
    /// Measure what the office costs on this machine.
    Bench(commands::bench::Bench),
}

/// A language of the program, by its code.
fn language(code: &str) -> Result<Lang, String> {
    match code {
        "en" => Ok(Lang::En),
        "zh" | "zh-CN" => Ok(Lang::Zh),
        _ => Err("there are two: en and zh; 可用的语言只有 en 和 zh".to_owned()),
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return output::failed(&anyhow::Error::from(error), arguments.language),
    };
    let language = arguments.language;
    let done = runtime.block_on(async {
        match arguments.command {
            Command::Demo(demo) => commands::demo::run(demo).await,
            Command::Serve(serve) => commands::serve::run(serve).await,
            Command::Init(init) => commands::record::init(init, language).await,
            Command::Account(account) => commands::record::account(account, language).await,
            Command::Act(act) => commands::act::act(act, language).await,
            Command::Show(show) => commands::show::show(show, language).await,
            Command::Describe(describe) => commands::show::describe(describe, language).await,
            Command::Compare(compare) => commands::show::compare(compare, language).await,
            Command::Desk(desk) => commands::act::desk(desk, language).await,
            Command::List(list) => commands::act::list(list, language).await,
            Command::Directory(asked) => commands::directory::directory(asked, language).await,
            Command::WhatIf(asked) => commands::what_if::what_if(asked, language).await,
            Command::Record(record) => commands::record::record(record, language).await,
            Command::Calendar(calendar) => commands::record::calendar(calendar, language),
            Command::Rules(rules) => commands::rules::run(rules, language).await,
            Command::Bench(bench) => commands::bench::run(bench).await,
        }
    });
    done.unwrap_or_else(|error| output::failed(&error, language))
}
