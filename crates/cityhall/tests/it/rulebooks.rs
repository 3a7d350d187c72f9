//! The tools of whoever carries a rulebook: what they print, and with which exit code they end.

use crate::server::{cityhall, root, said};
use std::{fs, path::Path, process::Output};
use tempfile::TempDir;

/// Copies the rulebook of Dalian into a folder.
pub fn copied_rulebook(folder: &Path) {
    let from = root().join("rulebooks/dalian-2019");
    for part in ["", "zh", "cases"] {
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
    for line in ["   26  enforced ", "   50  tracked ", "   74  stated ", " requirements: ", " 0 not proved"] {
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
    let told = text.split("REFUTED").nth(1).unwrap();
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
                "第44条：常务会议纪要由市长签发。",
                "after “Draft the minutes”",
                "due 7 working days after “Close the meeting”; later only with a reason on record",
                "opens a “Task” for each in “Agenda”, where “Decide” came to “Adopted” or “Adopted with changes”",
            ],
        ),
        (
            "Decision.close_comments",
            &[
                "Staff of the body in “Sponsor”",
                "not before 30 days after “Publish the draft”, unless “Shorten the time for comment” has been taken",
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
    let (code, text) = explained("Leave.grnt");
    assert!(code == Some(1) && text.contains("nearest: grant"), "{text}");
    let (code, text) = explained("Leaf.grant");
    assert!(code == Some(1) && text.contains("nearest: Leave"), "{text}");
}
