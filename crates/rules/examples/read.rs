//! Prints what is wrong with a rulebook's text: `cargo run -p cityhall-rules --example read rulebooks/dalian-2019`.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an example reads a folder and says what it finds"
)]

use cityhall_rules::rulebook::{Rulebook, SourceFile};
use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).ok_or_else(|| io::Error::other("which folder?"))?;
    let mut files = vec![];
    collect(Path::new(&folder), "", &mut files)?;
    let (rulebook, problems) = Rulebook::read(&files);
    for problem in &problems {
        println!("{problem}");
    }
    match rulebook {
        Some(rulebook) => println!(
            "{} articles, {} kinds, {} rules, {} Cedar blocks, {} warnings; digest {}",
            rulebook.articles.len(),
            rulebook.kinds.len(),
            rulebook.rules.len(),
            rulebook.cedar.len(),
            problems.len(),
            rulebook.digest,
        ),
        None => println!("{} problems", problems.len()),
    }
    Ok(())
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else if name.ends_with(".md") || name.ends_with(".toml") {
            files.push(SourceFile { path: name, text: fs::read_to_string(entry.path())? });
        }
    }
    Ok(())
}
