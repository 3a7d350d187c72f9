//! Rules about files as such: how long, and how named.
//!
//! Length is for what people read as code; law, texts and data are as long as they are.

use crate::tree::{Finding, Tree};

const LINES_MAX: usize = 600;
const CODE: [&str; 8] = [".rs", ".sql", ".html", ".js", ".mjs", ".scss", ".sh", "Makefile"];

/// Names that say nothing of what is inside.
const EMPTY_NAMES: [&str; 9] = ["utils", "util", "helpers", "helper", "manager", "common", "misc", "stuff", "shared"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = vec![];
    for file in &tree.files {
        let lines = file.text.lines().count();
        if lines > LINES_MAX && CODE.iter().any(|ending| file.path.ends_with(ending)) {
            findings.push(file.finding(LINES_MAX + 1, format!("{lines} lines; {LINES_MAX} are the most")));
        }
        if file.rust.is_some() && file.is_within(&EMPTY_NAMES) {
            findings.push(file.finding(1, "the name says nothing; name it for what it holds"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::said;

    #[test]
    fn code_has_at_most_six_hundred_lines() {
        let of = |path, lines| said(check, &[(path, &"a\n".repeat(lines))]);
        assert!(of("crates/a/src/b.rs", 600).is_empty());
        assert_eq!(of("crates/a/src/b.rs", 601), ["crates/a/src/b.rs:601: 601 lines; 600 are the most"]);
        assert_eq!(of("crates/a/src/b.html", 601).len(), 1);
        assert!(of("rulebooks/a/02-duties.md", 2000).is_empty());
    }

    #[test]
    fn a_module_is_named_for_what_it_holds() {
        assert!(said(check, &[("crates/a/src/dates.rs", "")]).is_empty());
        for path in ["crates/a/src/utils.rs", "crates/a/src/helpers/dates.rs"] {
            assert_eq!(said(check, &[(path, "")]).len(), 1);
        }
    }
}
