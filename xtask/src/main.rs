//! Chores of the project that are code: `tidy` holds the tree to the house rules.
//!
//! Knows files and text only, never the crates it checks, so that it builds in seconds and can
//! judge a tree that does not compile. Its invariant: what STYLE.md and ARCHITECTURE.md forbid
//! and a program can see, `tidy` refuses.

mod rust_source;
mod tidy;
mod tree;

use anyhow::{Context, bail};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo run -p xtask -- tidy";

fn main() -> anyhow::Result<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["tidy"] => tidy(),
        _ => bail!(USAGE),
    }
}

/// Prints every finding as `file:line: message`; one finding is enough to fail.
fn tidy() -> anyhow::Result<ExitCode> {
    let tree = tree::Tree::of_checkout(&root()?)?;
    let findings = tidy::findings(&tree);
    let mut out = std::io::stdout().lock();
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    if findings.is_empty() {
        writeln!(out, "tidy: {} files keep the house rules", tree.files.len())?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "tidy: {} findings", findings.len())?;
    Ok(ExitCode::FAILURE)
}

/// The folder of the workspace that the command was started in.
fn root() -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir()?;
    let root = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
    Ok(root.context("start this inside the project's folder")?.to_owned())
}
