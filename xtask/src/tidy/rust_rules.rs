//! Rules about what stands in Rust files: no SQL, one home for Cedar, no shortcuts in tests,
//! a head on every file.
//!
//! Reads code, strings and comments apart, so that a comment may speak of what code may not do.

use crate::rust_source::RustSource;
use crate::tree::{File, Finding, Tree};

/// Shortcuts that no code may take, tests included, and what to do instead.
const SHORTCUTS: [(&str, &str); 6] = [
    ("#[ignore", "a test that does not run is removed or made to run"),
    ("todo!", "unfinished code does not land"),
    ("unimplemented!", "unfinished code does not land"),
    ("dbg!", "debugging output does not land"),
    ("#[allow(", "write #[expect(…, reason = \"…\")]"),
    ("#![allow(", "write #![expect(…, reason = \"…\")]"),
];

/// Statements of SQL by the words that begin them and, where these are common, one that follows.
const STATEMENTS: [(&str, &str); 8] = [
    ("SELECT ", "FROM "),
    ("INSERT INTO ", ""),
    ("insert into ", ""),
    ("UPDATE ", " SET "),
    ("DELETE FROM ", ""),
    ("delete from ", ""),
    ("CREATE TABLE ", ""),
    ("select * from ", ""),
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .flat_map(|(file, source)| {
            let mut findings = shortcuts(file, source);
            findings.extend(sql(file, source));
            findings.extend(cedar(file, source));
            findings.extend(head(file));
            findings
        })
        .collect()
}

fn shortcuts(file: &File, source: &RustSource) -> Vec<Finding> {
    let mut findings = vec![];
    for (line, code) in source.code_lines() {
        for (shortcut, instead) in SHORTCUTS.iter().filter(|(shortcut, _)| has_word(code, shortcut)) {
            findings.push(file.finding(line, format!("{shortcut}: {instead}")));
        }
        if code.contains("cfg_attr(") && code.contains("allow(") {
            findings.push(file.finding(line, "cfg_attr(…, allow(…)): write expect with a reason"));
        }
    }
    findings.extend(expectations_without_reason(file, source));
    findings
}

/// Whether `part` stands in the code, not as the tail of a longer name.
fn has_word(code: &str, part: &str) -> bool {
    let begins_word = part.starts_with(|c: char| c.is_alphanumeric());
    code.match_indices(part).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !begins_word || !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

fn expectations_without_reason(file: &File, source: &RustSource) -> Vec<Finding> {
    let code = &source.code;
    let starts = ["#[expect(", "#![expect("].map(|start| code.match_indices(start));
    let starts = starts.into_iter().flatten().map(|(at, _)| at);
    let lacks_reason = |at: &usize| {
        let attribute = &code[*at..];
        !attribute[..attribute.find(")]").unwrap_or(attribute.len())].contains("reason")
    };
    let line_at = |at: usize| code[..at].matches('\n').count() + 1;
    starts.filter(lacks_reason).map(|at| file.finding(line_at(at), "an expectation gives its reason")).collect()
}

fn sql(file: &File, source: &RustSource) -> Vec<Finding> {
    if file.is_test() || !file.path.starts_with("crates/") {
        return vec![];
    }
    let is_statement = |text: &str| {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
        STATEMENTS
            .iter()
            .any(|(begins, then)| words.find(begins).is_some_and(|at| words[at + begins.len() - 1..].contains(then)))
    };
    let strings = source.strings.iter().filter(|string| !source.is_test(string.line));
    strings
        .filter(|string| is_statement(&string.text))
        .map(|string| file.finding(string.line, "SQL stands in crates/store/sql, one statement a file"))
        .collect()
}

fn cedar(file: &File, source: &RustSource) -> Vec<Finding> {
    let homes = ["crates/rules/src/authority/", "crates/rules/src/authority.rs", "crates/prove/"];
    if homes.iter().any(|home| file.path.starts_with(home)) {
        return vec![];
    }
    let lines = source.code_lines().filter(|(_, code)| has_word(code, "cedar_policy"));
    lines.map(|(line, _)| file.finding(line, "Cedar is used only in rules::authority and prove")).collect()
}

/// Every file says first what it is for.
fn head(file: &File) -> Option<Finding> {
    let message = "begins with //!: its purpose, what it must not know, its invariant";
    let first = file.text.lines().next().unwrap_or_default();
    let says = first.strip_prefix("//!").is_some_and(|words| !words.trim().is_empty());
    (!says).then(|| file.finding(1, message))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::said;

    /// What is said of a file with a head and this as its second line.
    fn of(path: &str, line: &str) -> Vec<String> {
        said(check, &[(path, &format!("//! Head.\n{line}\n"))])
    }

    const SQL: &str = "SQL stands in crates/store/sql, one statement a file";

    #[test]
    fn sql_in_a_string_fails() {
        for line in [
            r#"let a = "SELECT id FROM matters";"#,
            r#"let a = "UPDATE matters SET head = ?1";"#,
            r#"let a = "INSERT INTO events VALUES (?1)";"#,
            r#"let a = "DELETE FROM events";"#,
            r#"let a = "select * from events";"#,
            r##"let a = r#"SELECT "id"  FROM events"#;"##,
        ] {
            assert_eq!(of("crates/office/src/a.rs", line), [format!("crates/office/src/a.rs:2: {SQL}")]);
            assert_eq!(of("crates/store/src/a.rs", line), [format!("crates/store/src/a.rs:2: {SQL}")]);
            assert!(of("crates/cityhall/tests/it/a.rs", line).is_empty());
            assert!(of("crates/store/examples/a.rs", line).is_empty());
        }
        assert_eq!(of("crates/web/src/a.rs", "let a = \"SELECT\n id\n FROM x\";").len(), 1);
    }

    #[test]
    fn words_and_comments_are_not_sql() {
        for line in [
            r#"let a = include_str!("../sql/a.sql");"#,
            "// SELECT id FROM matters",
            r#"let a = "the update is set";"#,
            r#"let a = "select a body from the list";"#,
            "#[cfg(test)] mod tests { const A: &str = \"DELETE FROM events\"; }",
        ] {
            assert_eq!(of("crates/office/src/a.rs", line), Vec::<String>::new());
        }
    }

    #[test]
    fn cedar_has_two_homes() {
        let line = "use cedar_policy::Authorizer;";
        assert!(of("crates/rules/src/authority/gates.rs", line).is_empty());
        assert!(of("crates/prove/src/lib.rs", line).is_empty());
        assert!(of("crates/rules/src/engine/a.rs", "// as cedar_policy does").is_empty());
        for path in ["crates/rules/src/engine/a.rs", "crates/office/src/a.rs", "crates/cityhall/tests/a.rs"] {
            let expected = format!("{path}:2: Cedar is used only in rules::authority and prove");
            assert_eq!(of(path, line), [expected]);
        }
    }

    #[test]
    fn shortcuts_fail_everywhere() {
        for line in [
            "#[ignore]",
            "#[ignore = \"slow\"]",
            "fn a() { todo!() }",
            "fn a() { unimplemented!() }",
            "dbg!(a);",
            "#[allow(dead_code)]",
            "#[cfg_attr(test, allow(dead_code))]",
            "#[expect(dead_code)]",
            "#![expect(dead_code)]",
        ] {
            assert_eq!(of("crates/a/tests/b.rs", line).len(), 1, "{line}");
        }
        assert_eq!(of("crates/a/src/b.rs", "#![allow(dead_code)]").len(), 1);
    }

    #[test]
    fn reasons_strings_and_other_names_pass() {
        for line in [
            "#[expect(dead_code, reason = \"the reader comes next\")]",
            "#[expect(\n  dead_code,\n  reason = \"the reader comes next\"\n)]",
            "let a = \"todo!()\"; // dbg!",
            "my_todo!();",
        ] {
            assert_eq!(of("crates/a/src/b.rs", line), Vec::<String>::new(), "{line}");
        }
    }

    #[test]
    fn a_file_begins_with_its_purpose() {
        assert!(said(check, &[("crates/a/src/b.rs", "//! What it is.\n")]).is_empty());
        for text in ["", "fn a() {}\n", "//!\nfn a() {}", "// what\n", "\n//! Late.\n"] {
            assert_eq!(said(check, &[("crates/a/src/b.rs", text)]).len(), 1, "{text}");
        }
    }
}
