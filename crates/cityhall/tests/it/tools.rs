//! What changes of rules and circumstances would do, and the rulebook as a book.

use crate::server::{cityhall, demonstration, root, said};
use std::{fs, path::Path};
use tempfile::TempDir;

const BOOK: &str = "rulebooks/dalian-2019";

/// An overlay of Dalian in which minutes are due in three days.
fn three_days() -> TempDir {
    let folder = TempDir::new().unwrap();
    let base = root().join(BOOK);
    let overlay = format!(
        "of = {base:?}\nname = {{ en = \"Another city\", zh = \"另一城市\" }}\n[parameters]\nminutes_days = {{ value = 3 }}\n"
    );
    fs::write(folder.path().join("overlay.toml"), overlay).unwrap();
    folder
}

fn run(database: &Path, arguments: &[&str]) -> (bool, String) {
    let output = cityhall(database).args(arguments).output().unwrap();
    (output.status.success(), said(&output))
}

#[test]
fn a_change_of_rules_is_told_in_words_with_examples() {
    let other = three_days();
    let (done, text) = run(
        Path::new("no.db"),
        &["rules", "diff", root().join(BOOK).to_str().unwrap(), other.path().to_str().unwrap()],
    );
    assert!(done, "{text}");
    for line in [
        "(minutes_days): 7 → 3",
        "“Sign the minutes” (Executive.issue_minutes)",
        "- due 7 working days after “Open the meeting”; later only with a reason on record",
        "+ due 3 working days after “Open the meeting”; later only with a reason on record",
        "examples from the cases of the old rulebook",
        "“Sign the minutes” (Executive.issue_minutes) of a matter of 19 August 2019 is due on 28 August 2019 under the old rules, and on 22 August 2019 under the new ones.",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let (done, text) = run(
        Path::new("no.db"),
        &["--language", "zh", "rules", "diff", root().join(BOOK).to_str().unwrap(), other.path().to_str().unwrap()],
    );
    assert!(done && text.contains("- 期限：“宣布开会”之后7个工作日；逾期须说明理由并记录在案"), "{text}");
    let same = root().join(BOOK);
    let same = same.to_str().unwrap();
    let (done, text) = run(Path::new("no.db"), &["rules", "diff", same, same]);
    assert!(done && text.contains("nothing that is carried out differs"), "{text}");
}

#[test]
fn what_would_be_otherwise_is_told_before_it_happens() {
    let city = demonstration();
    let database = city.path().join("office.db");
    let other = three_days();
    let what_if =
        |arguments: &[&str]| run(&database, &[&["what-if", "--as", "general_office_head"], arguments].concat());
    let (done, text) = what_if(&["--vacant", "secretary_general"]);
    assert!(done && text.contains("Secretary-general (nobody is there) instead of"), "{text}");
    let (done, text) = what_if(&["--vacant", "vice_mayor"]);
    let barred = "can no longer take it. Not lawful now under Art. 45.";
    assert!(done && text.contains(barred) && !text.contains("no longer waits"), "what is owed is owed: {text}");
    let (done, text) = what_if(&["--vacant", "staff@general_office"]);
    assert!(done && text.contains("without Clerk, General Office"), "who differs is named: {text}");
    let (done, text) = what_if(&["--other-rules", other.path().to_str().unwrap()]);
    assert!(done && text.contains("Sign the minutes: due "), "{text}");
    let (done, text) = what_if(&["--set", "EM-16-233.day=2099-12-18"]);
    assert!(done && text.contains("18 December 2099 instead of"), "{text}");
    let (done, text) = what_if(&["--set", "EM-16-233.day=2020-01-01"]);
    assert!(!done && text.contains("would be refused: A meeting is called for today or a day to come"), "{text}");
    let (done, text) = what_if(&["--away", "mayor=2019-01-01..2099-01-01", "--language", "zh"]);
    assert!(done && text.contains("市长（无人在岗）"), "{text}");
    let (done, text) = what_if(&["--away", "mayor=2098-12-01..2098-12-05"]);
    assert!(
        done && text.contains("otherwise on 1 December 2098"),
        "the day that is looked at is one of absence: {text}"
    );
    assert!(text.contains("Mayor (nobody is there)"), "{text}");
    for (wrong, sentence) in [
        (&[][..], "say what is assumed"),
        (&["--away", "mayor=2026-01-02..2026-01-01"], "ends before it begins"),
        (&["--away", "maoyr=2026-01-01..2026-01-02"], "nearest: mayor"),
        (&["--away", "mayor=tomorrow"], "FROM..UNTIL"),
        (&["--vacant", "secretary_generl"], "nearest: secretary_general"),
        (&["--set", "EM-16-233.dya=2026-12-18"], "nearest: day"),
        (&["--set", "EM-16-9999.day=2026-12-18"], "there is no matter EM-16-9999"),
        (&["--set", "EM-16-233.day=someday"], "is not NUMBER.FIELD=VALUE"),
    ] {
        let (done, text) = what_if(wrong);
        assert!(!done && text.contains(sentence), "{wrong:?}: {text}");
    }
    let (_, hidden) = run(&database, &["what-if", "--as", "education_clerk", "--vacant", "secretary_general"]);
    assert!(!hidden.contains("Sign the document"), "who may not read it is not told of it: {hidden}");
}

#[test]
fn the_rulebook_is_printed_with_the_official_text_beside_it() {
    let folder = TempDir::new().unwrap();
    crate::rulebooks::copied_rulebook(folder.path());
    let book = folder.path().to_str().unwrap();
    let official = folder.path().join("official.txt");
    fs::write(&official, "第一章 总则\n第一条　为<规范>工作，制定本规则。\n第九十九条 附则。\n").unwrap();
    let attach = ["rules", "attach", official.to_str().unwrap(), "--rulebook", book, "--source", "Gazette"];
    let (done, text) = run(Path::new("no.db"), &attach);
    assert!(done && text.contains("1 articles attached") && text.contains("no such article: 99"), "{text}");
    let (done, html) = run(Path::new("no.db"), &["rules", "text", book]);
    assert!(done);
    for shown in
        ["<article id=\"article-26\">", "重大决策的准备", "为&#60;规范&#62;工作", "Gazette", "forbid (principal"]
    {
        assert!(html.contains(shown), "{shown}");
    }
    let (done, markdown) =
        run(Path::new("no.db"), &["--language", "zh", "rules", "text", book, "--format", "markdown", "--one-language"]);
    assert!(done && markdown.contains("### 第26条") && !markdown.contains("Article 26"), "{markdown}");
    fs::write(&official, "第二条 其他。\n").unwrap();
    let (done, text) = run(Path::new("no.db"), &attach);
    assert!(done && text.contains("1 articles attached") && text.contains("kept from before: 1"), "{text}");
    fs::write(&official, "no article at all\n").unwrap();
    let (done, text) = run(Path::new("no.db"), &attach);
    assert!(!done && text.contains("no line begins an article"), "{text}");
}

#[test]
fn the_same_questions_get_the_answers_of_each_rulebook() {
    let other = three_days();
    let folder = TempDir::new().unwrap();
    let named = folder.path().join("three-days");
    fs::create_dir(&named).unwrap();
    fs::copy(other.path().join("overlay.toml"), named.join("overlay.toml")).unwrap();
    let questions = folder.path().join("questions.toml");
    let text = |expected: &str| {
        format!(
            "[[question]]\nname = \"How long ahead is leave asked?\"\ndue = [\"grant\"]\nact = [\n  {{ on = 2019-05-03, by = \"vm_city\", take = \"Leave.ask\", with = {{ applicant = \"vm_city\", reason = \"holiday\", purpose = \"Rest\", destination = \"Home\", departs = 2019-05-05, returns = 2019-05-08 }} }},\n]\nanswers = {{ dalian-2019 = \"{expected}\", three-days = \"{expected}\" }}\n"
        )
    };
    let ask = || {
        run(
            Path::new("no.db"),
            &[
                "rules",
                "compare",
                questions.to_str().unwrap(),
                root().join(BOOK).to_str().unwrap(),
                named.to_str().unwrap(),
            ],
        )
    };
    fs::write(&questions, text("refused by 63: late")).unwrap();
    let (done, said) = ask();
    assert!(done && said.contains("2 of 2 answers as written"), "{said}");
    fs::write(&questions, text("granted")).unwrap();
    let (done, said) = ask();
    assert!(!done && said.contains("and should be: granted"), "{said}");
}

#[test]
fn the_variants_give_the_answers_that_are_written() {
    let variants = root().join("rulebooks/variants");
    let mut folders: Vec<_> = fs::read_dir(&variants).unwrap().flatten().map(|entry| entry.path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    assert!(folders.len() >= 12, "{folders:?}");
    let output = cityhall(Path::new("no.db"))
        .args(["rules", "compare"])
        .arg(variants.join("questions.toml"))
        .arg(root().join(BOOK))
        .args(&folders)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn a_rule_that_contradicts_itself_is_found() {
    let contradictory = root().join("rulebooks/contradictory/leave-by-length");
    let output = cityhall(Path::new("no.db")).args(["rules", "check"]).arg(&contradictory).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("two conditions of 63/exclusive1 hold at once"), "{}", said(&output));
}
