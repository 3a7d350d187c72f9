//! `cityhall demo`: a demonstration city, played once into an empty record, then served.

use super::serve::{self, Listening};
use crate::{
    configuration::{Configuration, remember},
    demo, folder,
    output::say,
    proofs,
    sentence::Sentence,
};
use anyhow::{Context, Result, bail};
use clap::Args;
use facts::Label;
use office::{Clock, Office, Store, accounts::Account};
use rules::{engine::Edition, rulebook::SourceFile};
use serde::Deserialize;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};
use web::{DemoAccount, DemoHint, Web};

/// The password of every account of the demonstration; a real office has no such thing.
const PASSWORD: &str = "dalian-demonstration";

#[derive(Args)]
pub struct Demo {
    #[command(flatten)]
    configuration: Configuration,
    #[command(flatten)]
    listening: Listening,
    /// Folder with the founding directory and the story
    #[arg(long, env = "CITYHALL_DEMO", default_value = "demo/dalian")]
    story: PathBuf,
    /// Play the story and stop without serving
    #[arg(long)]
    only_play: bool,
}

#[derive(Deserialize)]
struct Accounts {
    account: Vec<Shown>,
}

#[derive(Deserialize)]
struct Shown {
    login: String,
    #[serde(rename = "person")]
    _person: Option<String>,
    en: String,
    zh: String,
}

pub async fn run(demo: Demo) -> Result<ExitCode> {
    let Demo { configuration, listening, story, only_play } = demo;
    // A rulebook with a mistake leaves no record behind.
    let new = match configuration.is_new() {
        true => Some(folder::usable_edition(&configuration.rulebook)?),
        false => None,
    };
    let store = configuration.store_or_new().await?;
    if store.directory_version().await? == 0 {
        let edition = new.map_or_else(|| folder::usable_edition(&configuration.rulebook), Ok)?;
        play(&configuration, &store, edition, &story).await?;
    } else if only_play {
        bail!(Sentence::new("command-record-full"));
    } else if store.accounts().await?.is_empty() {
        bail!(Sentence::new("command-demo-broken-off"));
    }
    if only_play {
        return Ok(ExitCode::SUCCESS);
    }
    drop(store);
    let office: Office = configuration.office().await?;
    let (hint, said) = accounts(&office, &story).await?;
    serve::listen(office.clone(), Web::new(office).demo(hint), configuration, listening, &said).await
}

async fn play(configuration: &Configuration, store: &Store, edition: Edition, story: &Path) -> Result<()> {
    let files = folder::read(&configuration.rulebook)?;
    let proved = tokio::spawn(proved(configuration.rulebook.clone(), files.clone()));
    let digest = edition.rulebook.digest;
    let calendar = folder::calendar(&configuration.calendar)?;
    let begun = Instant::now();
    // Nothing is lost with it that could not be played again: its acts need not wait for the disk one by one.
    let played = store.without_waiting(demo::play(store, edition, calendar, story, Clock::Machine.now())).await?;
    // Nobody signs in under a rulebook that does not hold.
    proved.await??;
    // Every act can be read with its law, also where the story breaks off.
    remember(store, Clock::Machine.now(), digest, &files).await?;
    let played = played?;
    give_accounts(store).await?;
    let took = begun.elapsed().as_secs_f32();
    say(format_args!("played {} acts in {} matters in {took:.1} s", played.acts, played.matters));
    Ok(())
}

/// Proves the rulebook while the story is played.
async fn proved(rulebook: PathBuf, files: Vec<SourceFile>) -> Result<()> {
    proofs::hold(&folder::usable_edition(&rulebook)?, &files).await
}

/// An account for every person of the directory. They share one hash: all have the same password.
async fn give_accounts(store: &Store) -> Result<()> {
    let (_, entries) = store.directory().await?;
    let directory = facts::Directory::fold(entries);
    let now = Clock::Machine.now();
    let accounts = office::accounts::Accounts::new(store, now);
    let mut hash: Option<String> = None;
    for person in directory.people {
        match &hash {
            None => hash = Some(accounts.create(person.id.as_str(), &person.id, "zh", PASSWORD).await?.hash),
            Some(hash) => {
                let account = Account {
                    login: person.id.to_string(),
                    person: person.id,
                    hash: hash.clone(),
                    language: "zh".into(),
                    created: now,
                    disabled: false,
                    failures: 0,
                    locked_until: None,
                };
                store.put_account(account).await?;
            }
        }
    }
    Ok(())
}

/// The accounts to show, and the lines to print.
async fn accounts(office: &Office, story: &Path) -> Result<(DemoHint, Vec<String>)> {
    let path = story.join("accounts.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let shown: Accounts = toml::from_str(&text).with_context(|| path.display().to_string())?;
    let (_, organisation) = office.organisation(office.today()).await?;
    let name = |login: &str| organisation.people.get(login).map(|person| person.name.clone()).unwrap_or_default();
    let mut said = vec![String::new(), format!("sign in with the password  {PASSWORD}  as")];
    let mut hint = DemoHint { password: PASSWORD.to_owned(), accounts: vec![] };
    for Shown { login, en, zh, .. } in shown.account {
        let Label { en: post, zh: post_zh } = name(&login);
        said.push(format!("  {login:<24} {post} / {post_zh}: {en} / {zh}"));
        hint.accounts.push(DemoAccount { post: Label { en: post, zh: post_zh }, login });
    }
    said.push("  or any other person of the directory; this is a demonstration, not an office".to_owned());
    Ok((hint, said))
}
