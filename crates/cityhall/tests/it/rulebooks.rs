//! The tools of whoever carries a rulebook: what they print, and with which exit code they end.

use crate::server::{cityhall, root, said};
use std::{fs, path::Path, process::Output};
use tempfile::TempDir;

/// Copies the rulebook of Dalian into a folder.
pub fn copied_rulebook(folder: &Path) {
    let from = root().join("rulebooks/dalian-2019");
    for part in ["", "zh", "cases", "terms"] {
        fs::create_dir_all(folder.join(part)).unwrap();
        for file in fs::read_dir(from.join(part)).unwrap().flatten().filter(|file| file.path().is_file()) {
            fs::copy(file.path(), folder.join(part).join(file.file_name())).unwrap();
        }
    }
}

fn copy() -> TempDir {
    let folder = TempDir::new().unwrap();
    copied_rulebook(folder.path());
    folder
}

fn rules(arguments: &[&str], folder: &Path) -> Output {
    cityhall(Path::new("no.db")).arg("rules").args(arguments).arg(folder).output().unwrap()
}

fn changed(folder: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    assert!(text.contains(from), "{from} stands in {file}");
    fs::write(folder.join(file), text.replacen(from, to, 1)).unwrap();
}

#[test]
fn every_article_has_its_class_and_proofs_are_counted() {
    let output = rules(&["check"], &root().join("rulebooks/dalian-2019"));
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    for line in ["   26  enforced ", "   12  tracked ", "   74  stated ", " requirements: ", " 0 not proved"] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn without_the_solver_proofs_are_skipped_and_that_is_said() {
    let book = root().join("rulebooks/dalian-2019");
    let output = cityhall(Path::new("no.db"))
        .args(["rules", "check"])
        .arg(&book)
        .env("PATH", "")
        .env_remove("CVC5")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("proofs skipped: the solver cvc5 is not installed"), "{}", said(&output));
    let output = rules(&["check", "--no-proofs"], &book);
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).contains("proofs left out as asked"));
}

#[test]
fn a_refuted_invariant_is_told_in_words() {
    let folder = copy();
    let from = "permit (principal in Post::\"mayor\", action == Action::\"decide\"";
    changed(folder.path(), "02-duties.md", from, &from.replace("mayor", "vice_mayor"));
    let output = rules(&["check"], folder.path());
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    let problem =
        text.lines().position(|line| line.contains("Topic.decide does not stay within the invariant")).unwrap();
    let lines: Vec<&str> = text.lines().skip(problem).collect();
    assert!(lines[0].starts_with("02-duties.md:") && lines[0].contains(": error: "), "{}", lines[0]);
    assert!(lines[1].contains("| ") && lines[1].contains("permit (principal"), "the line itself: {}", lines[1]);
    let told = lines[2..].join("\n");
    for words in [
        "Article 6: Nobody but the mayor",
        "“Decide” (Topic.decide) may be taken by somebody who is Vice mayor",
        "“Take the topic up” has been taken",
        "[6/Topic.decide.who] Article 6: What a plenary",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("::") && !told.contains("__entity"), "no words of the solver: {told}");
    let output = rules(&["check", "--verbose"], folder.path());
    assert!(said(&output).contains("Post::\"vice_mayor\""), "{}", said(&output));
}

#[test]
fn a_rulebook_whose_proofs_fail_is_put_in_force_nowhere() {
    let folder = copy();
    let from = "action in [Action::\"agree\", Action::\"grant\"], resource is Leave)";
    changed(folder.path(), "10-discipline.md", from, "action == Action::\"agree\", resource is Leave)");
    let record = folder.path().join("record.db");
    for command in [["demo", "--only-play"].as_slice(), &["serve", "--listen", "127.0.0.1:0"]] {
        let output = cityhall(&record).args(command).arg("--rulebook").arg(folder.path()).output().unwrap();
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.contains("10-discipline.md:") && text.contains("Leave.grant does not stay within"), "{text}");
    }
}

#[test]
fn a_policy_without_end_is_refused_and_no_more() {
    let folder = copy();
    let deep = |n: usize| format!("when {{ {}principal == resource.applicant{} }};", "(".repeat(n), ")".repeat(n));
    let long = |n: usize| format!("when {{ {} }};", vec!["principal == resource.applicant"; n].join(" || "));
    let mut before = "when { principal == resource.applicant };".to_owned();
    for after in [deep(250), deep(20_000), long(5_000)] {
        changed(folder.path(), "08-meetings.md", &before, &after);
        let output = rules(&["check", "--no-proofs"], folder.path());
        assert_eq!(output.status.code(), Some(1));
        let text = said(&output);
        assert!(text.contains("08-meetings.md:") && text.contains("nested too deeply or too long"), "{text}");
        before = after;
    }
}

#[test]
fn files_that_cannot_be_read_are_named_and_nothing_else() {
    type Break = fn(&Path);
    let breaks: [(&str, Break, &str); 5] = [
        (
            "bytes that are no text",
            |book| fs::write(book.join("cases/05-findings.toml"), b"# one\n\xff\n").unwrap(),
            "cases/05-findings.toml:2: error: no text in UTF-8: byte 1 of this line is 0xff",
        ),
        (
            "a folder for a file",
            |book| fs::create_dir(book.join("05-more.md")).unwrap(),
            "05-more.md:1: error: this is a folder, and a file should be here",
        ),
        (
            "more than anybody reads",
            |book| fs::write(book.join("05-decisions.md"), vec![b'a'; 50 << 20]).unwrap(),
            "05-decisions.md:1: error: 50 MB are more than a rulebook's file has; the most is 4 MB",
        ),
        (
            "a folder that holds itself",
            |book| std::os::unix::fs::symlink("..", book.join("zh/loop")).unwrap(),
            "zh/loop:1: error: this folder leads back to one that it lies in",
        ),
        (
            "an empty file of settings",
            |book| fs::write(book.join("rulebook.toml"), "").unwrap(),
            "rulebook.toml:1: error: this file is empty",
        ),
    ];
    for (name, spoil, expected) in breaks {
        let folder = copy();
        spoil(folder.path());
        let output = rules(&["check"], folder.path());
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{name}: {text}");
        assert!(text.starts_with(expected), "{name}: {text}");
        assert_eq!(text.matches(": error:").count(), 1, "{name}: {text}");
    }
}

#[test]
fn a_step_is_explained_in_sentences() {
    let book = root().join("rulebooks/dalian-2019");
    let explained = |step: &str| {
        let output = cityhall(Path::new("no.db")).args(["rules", "explain"]).arg(&book).arg(step).output().unwrap();
        (output.status.code(), said(&output))
    };
    let table: [(&str, &[&str]); 4] = [
        (
            "Executive.issue_minutes",
            &[
                "Sign the minutes / 签发会议纪要",
                "Article 44: The mayor signs the minutes of an executive meeting.",
                "after “Draft the minutes”",
                "due 7 working days after “Open the meeting”; later only with a reason on record",
                "opens a “Task” for each in “Agenda”, where “Decide” came to “Adopted” or “Adopted with changes”",
            ],
        ),
        (
            "Decision.close_comments",
            &[
                "Staff of the body in “Sponsor”",
                "not before 30 full days after “Publish the draft”, unless “Shorten the time for comment” has been taken",
                "only where “Confidential by law” is no",
            ],
        ),
        ("Topic.take_up", &["never by itself: it goes with “Open the plenary” (Plenary.hold)"]),
        ("Topic.read", &["whoever may read a matter of this kind", "Leaders of the government"]),
    ];
    for (step, lines) in table {
        let (code, text) = explained(step);
        assert_eq!(code, Some(0), "{text}");
        for line in lines {
            assert!(text.contains(line), "{step}: {line}: {text}");
        }
    }
    let mut in_chinese = cityhall(Path::new("no.db"));
    let in_chinese = in_chinese.args(["--language", "zh", "rules", "explain"]).arg(&book).arg("Leave.grant");
    let text = said(&in_chinese.output().unwrap());
    for line in ["第63条：", "有下列情形的不得办理：办理人为“请假人”", "市长，条件是"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let (code, text) = explained("Leave.grnt");
    assert!(code == Some(1) && text.contains("nearest: grant"), "{text}");
    let (code, text) = explained("Leaf.grant");
    assert!(code == Some(1) && text.contains("nearest: Leave"), "{text}");
}
