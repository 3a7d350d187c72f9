//! The seal of a rulebook: that its proofs were made, so that a server that starts need not make them again.
//!
//! Invariant: a seal speaks of exactly the rules whose proofs held; of any others it says nothing.

use anyhow::{Context, Result};
use facts::Digest;
use prove::subject;
use rules::{
    engine::Edition,
    rulebook::{PROVED, SourceFile},
};
use serde::{Deserialize, Serialize};
use std::path::Path;

const HEAD: &str = "\
# What was proved of this rulebook, written by `cityhall rules check --seal`. While the rules stand as they did,
# a server that starts need not prove them again. This is no law and does not count for the edition.

";

/// What was proved.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seal {
    /// Digest of all that the proofs speak of.
    of: Digest,
    invariants: usize,
    /// Steps that are not dead.
    steps: usize,
}

/// Whether the proofs of these rules were made and held.
pub fn holds(edition: &Edition, files: &[SourceFile]) -> bool {
    let file = files.iter().find(|file| file.path == PROVED);
    let seal: Option<Seal> = file.and_then(|file| toml::from_str(&file.text).ok());
    seal.is_some_and(|seal| seal.of == subject(edition))
}

/// Writes down that the proofs of these rules held.
///
/// # Errors
/// When the file cannot be written.
pub fn write(folder: &Path, edition: &Edition, invariants: usize, steps: usize) -> Result<()> {
    let seal = toml::to_string(&Seal { of: subject(edition), invariants, steps })?;
    let path = folder.join(PROVED);
    std::fs::write(&path, format!("{HEAD}{seal}")).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder;

    #[test]
    fn the_rulebook_that_ships_is_sealed_and_no_other() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks/dalian-2019");
        let mut files = folder::read(&root).unwrap();
        let sealed = |files: &[SourceFile]| holds(&Edition::read(files).0.unwrap(), files);
        assert!(sealed(&files), "write the seal anew: cityhall rules check rulebooks/dalian-2019 --seal");
        let chapter = files.iter_mut().find(|file| file.path == "02-duties.md").unwrap();
        let rule = "arrange = { start = true, by = \"mayor\"";
        assert!(chapter.text.contains(rule));
        chapter.text = chapter.text.replacen(rule, "arrange = { start = true, by = \"leaders\"", 1);
        assert!(!sealed(&files));
        files.retain(|file| file.path != PROVED);
        assert!(!sealed(&files));
    }
}
