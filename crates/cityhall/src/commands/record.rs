//! `cityhall record verify | export | rebuild`, `account`, `init`, `calendar`: what whoever runs the
//! server needs. None of it gives a right to act on matters.

use crate::{
    configuration::Configuration,
    folder,
    output::{say, warn},
    person::known_person,
    sentence::{Sentence, wrong},
};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use facts::CommandId;
use rules::cases::founding::parse_directory;
use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    path::PathBuf,
    process::ExitCode,
};
use web::components::Lang;

#[derive(Subcommand)]
pub enum Record {
    /// Write every event and edition as JSON lines
    Export {
        #[command(flatten)]
        configuration: Configuration,
        /// File to write; `-` for standard output
        file: PathBuf,
    },
    /// Check chain, order and digest of every event; needs only an export, or looks at the record itself
    Verify {
        #[command(flatten)]
        configuration: Configuration,
        /// An export; without it the record is exported and checked
        file: Option<PathBuf>,
    },
    /// Derive everything beside the record anew from it
    Rebuild {
        #[command(flatten)]
        configuration: Configuration,
    },
}

pub async fn record(record: Record, lang: Lang) -> Result<ExitCode> {
    match record {
        Record::Export { configuration, file } => export(&configuration, &file, lang).await,
        Record::Verify { configuration, file } => verify(&configuration, file, lang).await,
        Record::Rebuild { configuration } => {
            let office = configuration.office().await?;
            let rebuilt = office.store().rebuild_from_events().await?;
            office.project_everything().await?;
            let said = Sentence::new("command-rebuilt").with("matters", rebuilt.matters).with("events", rebuilt.events);
            say(said.said(lang));
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn export(configuration: &Configuration, file: &std::path::Path, lang: Lang) -> Result<ExitCode> {
    let store = configuration.store().await?;
    let mut out: Box<dyn Write + Send> = match file.to_str() {
        Some("-") => Box::new(std::io::stdout()),
        _ => Box::new(BufWriter::new(File::create(file).with_context(|| format!("cannot write {}", file.display()))?)),
    };
    let lines = store.export(&mut out).await?;
    out.flush()?;
    warn(Sentence::new("command-exported").with("lines", lines).said(lang));
    Ok(ExitCode::SUCCESS)
}

async fn verify(configuration: &Configuration, file: Option<PathBuf>, lang: Lang) -> Result<ExitCode> {
    let lines: Box<dyn BufRead> = match file {
        Some(file) => {
            Box::new(BufReader::new(File::open(&file).with_context(|| format!("cannot read {}", file.display()))?))
        }
        None => {
            let mut bytes = vec![];
            configuration.store().await?.export(&mut bytes).await?;
            Box::new(std::io::Cursor::new(bytes))
        }
    };
    let verified = store::verify(lines);
    for finding in &verified.findings {
        let key = if finding.matter.is_some() { "command-finding-matter" } else { "command-finding" };
        let said = Sentence::new(key).with("line", finding.line).with("wrong", wrong(&finding.wrong).said(lang));
        let matter = finding.matter.map(|id| id.to_string()).unwrap_or_default();
        say(said.with("matter", matter).said(lang));
    }
    let findings = verified.findings.len();
    let key = if findings == 0 { "command-verified" } else { "command-verified-not" };
    let said = Sentence::new(key).with("events", verified.events).with("matters", verified.heads.len());
    say(said.with("findings", findings).said(lang));
    Ok(if verified.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    configuration: Configuration,
    /// File with bodies, people, posts and portfolios
    directory: PathBuf,
}

/// Founds an office in an empty record.
pub async fn init(init: Init, lang: Lang) -> Result<ExitCode> {
    let office = init.configuration.office_over(init.configuration.store_or_new().await?).await?;
    let text = std::fs::read_to_string(&init.directory)
        .with_context(|| format!("cannot read {}", init.directory.display()))?;
    let path = init.directory.display().to_string();
    let file = rules::rulebook::SourceFile { path, text };
    let directory = parse_directory(&file, &office.edition().rulebook).map_err(|problems| {
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("{}", said.join("\n"))
    })?;
    let (bodies, people) = (directory.bodies.len(), directory.people.len());
    office.found(directory, CommandId::new(uuid::Uuid::now_v7())).await?;
    say(Sentence::new("command-founded").with("bodies", bodies).with("people", people).said(lang));
    Ok(ExitCode::SUCCESS)
}

#[derive(Subcommand)]
pub enum Account {
    /// Give a person of the directory an account; the password is read from CITYHALL_PASSWORD
    Add {
        #[command(flatten)]
        configuration: Configuration,
        login: String,
        person: String,
        /// Language of the account's pages: `en` or `zh`
        #[arg(long, default_value = "zh", value_parser = crate::language)]
        pages: Lang,
        #[arg(long, env = "CITYHALL_PASSWORD", hide_env_values = true)]
        password: String,
    },
    /// Give another password and end all sessions
    Password {
        #[command(flatten)]
        configuration: Configuration,
        login: String,
        #[arg(long, env = "CITYHALL_PASSWORD", hide_env_values = true)]
        password: String,
    },
    /// Close an account and end its sessions and tokens
    Close {
        #[command(flatten)]
        configuration: Configuration,
        login: String,
    },
    /// All accounts
    List {
        #[command(flatten)]
        configuration: Configuration,
    },
}

pub async fn account(account: Account, lang: Lang) -> Result<ExitCode> {
    match account {
        Account::Add { configuration, login, person, pages, password } => {
            let office = configuration.office().await?;
            let (_, organisation) = office.organisation(office.today()).await?;
            let person = known_person(&person, organisation.people.keys())?;
            let made = office.accounts().create(&login, &person, pages.code(), &password).await?;
            say(Sentence::new("command-may-sign-in").with("login", made.login).said(lang));
        }
        Account::Password { configuration, login, password } => {
            let office = configuration.office().await?;
            if !office.accounts().reset_password(&login, &password).await? {
                bail!(Sentence::new("command-no-account").with("login", &login));
            }
            say(Sentence::new("command-password-changed").said(lang));
        }
        Account::Close { configuration, login } => {
            let office = configuration.office().await?;
            if !office.accounts().set_disabled(&login, true).await? {
                bail!(Sentence::new("command-no-account").with("login", &login));
            }
            say(Sentence::new("command-account-closed").said(lang));
        }
        Account::List { configuration } => {
            let office = configuration.office().await?;
            for account in office.accounts().all().await? {
                let closed = Sentence::new("command-closed").said(lang);
                let closed = if account.disabled { format!("  {closed}") } else { String::new() };
                say(format_args!("{}  {}  {}{closed}", account.login, account.person, account.language));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Subcommand)]
pub enum Calendar {
    /// Check all files of the calendar folder and print the years they cover
    Check {
        #[command(flatten)]
        configuration: Configuration,
    },
    /// Check a file and put it into the calendar folder
    Add {
        #[command(flatten)]
        configuration: Configuration,
        file: PathBuf,
    },
}

pub fn calendar(command: Calendar, lang: Lang) -> Result<ExitCode> {
    match command {
        Calendar::Check { configuration } => {
            let calendar = folder::calendar(&configuration.calendar)?;
            for year in calendar.years() {
                say(format_args!("{}  {}", year.year, year.notice.as_deref().unwrap_or("")));
            }
        }
        Calendar::Add { configuration, file } => {
            let mut calendar = folder::calendar(&configuration.calendar)?;
            folder::extend(&mut calendar, &file)?;
            let name = file.file_stem().context("the file has no name")?;
            // Files are merged in the order of their names: what is added later stands after what is there.
            let text = std::fs::read(&file)?;
            let there: Vec<_> = std::fs::read_dir(&configuration.calendar)?.collect::<Result<_, _>>()?;
            if let Some(same) = there.iter().find(|known| std::fs::read(known.path()).is_ok_and(|known| known == text))
            {
                say(Sentence::new("command-added-before").with("file", same.path().display()).said(lang));
                return Ok(ExitCode::SUCCESS);
            }
            let kept = there.len();
            let target = configuration.calendar.join(format!("z{kept:03}-{}.toml", name.to_string_lossy()));
            std::fs::copy(&file, &target).with_context(|| format!("cannot write {}", target.display()))?;
            say(Sentence::new("command-added").with("file", target.display()).said(lang));
        }
    }
    Ok(ExitCode::SUCCESS)
}
