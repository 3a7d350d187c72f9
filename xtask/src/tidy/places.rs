//! Nothing in the tree names one developer's machine or one package registry: it builds anywhere.
//!
//! `Cargo.lock` is written by cargo, names its registry by design, and is left out. The words
//! looked for are put together from parts, so that this file keeps its own rule.

use crate::tree::{File, Finding, Tree};

/// Folders in which people and machines keep their own things.
const OWN_FOLDERS: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];

const REGISTRIES: [&str; 9] = [
    concat!("crates", ".io"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("npm", "mirror.com"),
    concat!("registry.", "yarnpkg"),
    concat!("pypi", ".org"),
    concat!("python", "hosted.org"),
    concat!("deb.", "debian.org"),
    concat!("proxy.", "golang.org"),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let files = tree.files.iter().filter(|file| file.path != "Cargo.lock");
    files.flat_map(|file| file.lines().flat_map(|(number, line)| of_line(file, number, line))).collect()
}

fn of_line(file: &File, number: usize, line: &str) -> Vec<Finding> {
    let mut findings = vec![];
    for folder in OWN_FOLDERS.iter().filter(|folder| names_folder(line, folder)) {
        findings.push(file.finding(number, format!("{folder} is a folder of one machine")));
    }
    for registry in REGISTRIES.iter().filter(|registry| line.contains(**registry)) {
        findings.push(file.finding(number, format!("{registry} is one registry; name the package only")));
    }
    if file.path.ends_with("package-lock.json") && line.contains("\"resolved\"") {
        let message = "\"resolved\" fixes a registry; install with omit-lockfile-registry-resolved";
        findings.push(file.finding(number, message));
    }
    findings
}

/// Whether the folder stands in the line as the beginning of a path, not inside a longer one.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "_-.~/})*".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::said;

    fn of(line: &str) -> Vec<String> {
        said(check, &[("docs/a.md", line)])
    }

    #[test]
    fn folders_of_a_machine_fail() {
        for folder in OWN_FOLDERS {
            for line in [format!("cd {folder}a"), format!("\"{folder}a\""), format!("{folder}a")] {
                assert_eq!(of(&line), [format!("docs/a.md:1: {folder} is a folder of one machine")]);
            }
            for line in [format!("docs{folder}a"), format!("..{folder}a"), format!("a.org{folder}")] {
                assert_eq!(of(&line), Vec::<String>::new());
            }
        }
        assert!(of("/var/lib/cityhall and /tmp/a").is_empty());
    }

    #[test]
    fn registries_fail_except_in_the_lock_file_of_cargo() {
        for registry in REGISTRIES {
            assert_eq!(of(&format!("see {registry}/a")).len(), 1);
            assert!(said(check, &[("Cargo.lock", registry)]).is_empty());
        }
    }

    #[test]
    fn a_lock_file_of_npm_names_no_address() {
        let of = |text| said(check, &[("crates/a/package-lock.json", text)]);
        assert!(of("\"version\": \"1.0.0\",\n\"integrity\": \"sha512-a\"").is_empty());
        assert_eq!(of("\"version\": \"1.0.0\",\n\"resolved\": \"https://a.example/a.tgz\"").len(), 1);
    }
}
