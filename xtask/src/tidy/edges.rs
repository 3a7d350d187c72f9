//! Which crate may know which: the edges of ARCHITECTURE.md, and the heavy libraries' one home.
//!
//! Reads manifests only. Invariant: a crate without a row in `ROOMS` fails.

use crate::tree::{File, Finding, Tree};

/// Each crate with the crates of this workspace that it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("facts", &[]),
    ("assets", &[]),
    ("rules", &["facts"]),
    ("store", &["facts"]),
    ("prove", &["facts", "rules"]),
    ("office", &["facts", "rules", "store"]),
    ("web", &["facts", "rules", "office", "assets"]),
    ("cityhall", &["facts", "rules", "store", "office", "web", "assets", "prove"]),
    ("xtask", &[]),
];

/// Libraries that only these crates may use.
const HOMES: &[(&str, &[&str])] = &[
    ("cedar-policy", &["rules", "prove"]),
    ("cedar-policy-symcc", &["prove"]),
    ("rusqlite", &["store"]),
    ("tokio-postgres", &["store"]),
    ("deadpool-postgres", &["store"]),
    ("askama", &["web"]),
    ("argon2", &["office"]),
];

const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let is_member = |file: &&File| {
        let path = &file.path;
        path == "xtask/Cargo.toml" || path.starts_with("crates/") && path.ends_with("/Cargo.toml")
    };
    tree.files.iter().filter(is_member).flat_map(of_manifest).collect()
}

fn of_manifest(file: &File) -> Vec<Finding> {
    let name = file.path.trim_end_matches("/Cargo.toml").trim_start_matches("crates/");
    let manifest: toml::Table = match file.text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![file.finding(1, format!("not TOML: {}", error.message()))],
    };
    let Some((_, allowed)) = ROOMS.iter().find(|(room, _)| *room == name) else {
        return vec![file.finding(1, "no room of ARCHITECTURE.md; give it a row in xtask's edges")];
    };
    let mut findings = vec![];
    if !inherits(manifest.get("lints")) {
        findings.push(file.finding(1, "takes the lints of the workspace: [lints] workspace = true"));
    }
    for (dependency, wanted) in dependencies(&manifest) {
        let line = file
            .lines()
            .find(|(_, line)| line.split(['.', ' ', '=']).next() == Some(dependency))
            .map_or(1, |(number, _)| number);
        let room = dependency.trim_start_matches("cityhall-");
        let is_room = ROOMS.iter().any(|(other, _)| *other == room);
        if is_room && !allowed.contains(&room) {
            findings.push(file.finding(line, format!("{name} must not know {room}")));
        }
        let home = HOMES.iter().find(|(library, _)| *library == dependency);
        if let Some((_, homes)) = home.filter(|(_, homes)| !homes.contains(&name)) {
            let message = format!("{dependency} is used only in {}", homes.join(" and "));
            findings.push(file.finding(line, message));
        }
        if !inherits(Some(wanted)) {
            let message = format!("the version of {dependency} belongs in the root manifest");
            findings.push(file.finding(line, message));
        }
    }
    findings
}

/// All dependencies of a manifest, those for tests, builds and single platforms too.
fn dependencies(manifest: &toml::Table) -> Vec<(&str, &toml::Value)> {
    let platforms = manifest.get("target").and_then(toml::Value::as_table);
    let platforms = platforms.into_iter().flatten().filter_map(|(_, table)| table.as_table());
    let tables = std::iter::once(manifest).chain(platforms);
    let lists = tables.flat_map(|table| KINDS.iter().filter_map(|kind| table.get(*kind)?.as_table()));
    lists.flatten().map(|(name, wanted)| (name.as_str(), wanted)).collect()
}

fn inherits(value: Option<&toml::Value>) -> bool {
    value.and_then(|value| value.get("workspace")).and_then(toml::Value::as_bool) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::said;

    const LINTS: &str = "[lints]\nworkspace = true\n";

    fn of(path: &str, rest: &str) -> Vec<String> {
        said(check, &[(path, &format!("{LINTS}{rest}"))])
    }

    #[test]
    fn allowed_edges_pass() {
        let rest = "[dependencies]\nfacts.workspace = true\ncedar-policy = { workspace = true }\n";
        assert!(of("crates/rules/Cargo.toml", rest).is_empty());
        let rest = "[dependencies]\nstore.workspace = true\n[dev-dependencies]\ninsta.workspace = true\n";
        assert!(of("crates/office/Cargo.toml", rest).is_empty());
    }

    #[test]
    fn edges_against_the_map_fail() {
        for (path, rest, message) in [
            ("crates/web/Cargo.toml", "[dependencies]\nstore.workspace = true\n", "web must not know store"),
            ("crates/web/Cargo.toml", "[dev-dependencies]\nstore.workspace = true\n", "web must not know store"),
            (
                "crates/facts/Cargo.toml",
                "[dependencies]\ncityhall-rules = { workspace = true }\n",
                "facts must not know rules",
            ),
            (
                "crates/facts/Cargo.toml",
                "[target.'cfg(unix)'.dependencies]\nstore.workspace = true\n",
                "facts must not know store",
            ),
            ("xtask/Cargo.toml", "[dependencies]\nrules.workspace = true\n", "xtask must not know rules"),
            (
                "crates/office/Cargo.toml",
                "[dependencies]\ncedar-policy.workspace = true\n",
                "cedar-policy is used only in rules and prove",
            ),
            (
                "crates/store/Cargo.toml",
                "[dependencies]\nserde = \"1\"\n",
                "the version of serde belongs in the root manifest",
            ),
        ] {
            assert_eq!(of(path, rest), [format!("{path}:4: {message}")]);
        }
    }

    #[test]
    fn a_crate_without_a_room_or_lints_fails() {
        assert_eq!(
            of("crates/utils/Cargo.toml", ""),
            ["crates/utils/Cargo.toml:1: no room of ARCHITECTURE.md; give it a row in xtask's edges"]
        );
        assert_eq!(
            said(check, &[("crates/facts/Cargo.toml", "[package]\n")]),
            ["crates/facts/Cargo.toml:1: takes the lints of the workspace: [lints] workspace = true"]
        );
        assert!(said(check, &[("crates/facts/Cargo.toml", "[")])[0].contains("not TOML"));
    }
}
