//! The command line: the same door, the same refusals, and the checks of rulebooks and records.

use crate::{
    rulebooks::copied_rulebook,
    server::{cityhall, said},
};
use std::fs;
use tempfile::TempDir;

/// A city founded from the demonstration's directory, with three accounts and no story.
fn founded() -> TempDir {
    let folder = TempDir::new().unwrap();
    let database = folder.path().join("office.db");
    let output = cityhall(&database).args(["init", "demo/dalian/organisation.toml"]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    for person in ["general_office_clerk", "finance_clerk", "vm_education"] {
        let output = cityhall(&database).args(["account", "add", person, person]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> (bool, String) {
    let output = cityhall(&folder.path().join("office.db")).args(arguments).output().unwrap();
    (output.status.success(), said(&output))
}

#[test]
fn a_step_is_taken_shown_and_verified() {
    let city = founded();
    let propose = [
        "act",
        "--as",
        "finance_clerk",
        "Decision.propose",
        "--with",
        "title=Bus fares",
        "--with",
        "sponsor=finance",
        "--with",
        "draft=One yuan.",
        "--with",
        "grounds=Costs.",
    ];
    let (done, text) = run(&city, &propose);
    assert!(done, "{text}");
    let number = text.split_whitespace().next().unwrap().to_owned();
    let (done, text) = run(&city, &["show", "--as", "finance_clerk", &number]);
    assert!(done && text.contains("Bus fares"), "{text}");
    let (done, text) = run(&city, &["desk", "--as", "general_office_clerk"]);
    assert!(done && text.contains(&number), "{text}");
    let list = |more: &[&str]| run(&city, &[&["list", "--as", "general_office_clerk"], more].concat());
    for (more, found) in [
        (&["--person", "finance_clerk", "--kind", "Decision"][..], true),
        (&["--person", "mayor", "--kind", "Decision"], false),
        (&["--until", "2018-01-01"], false),
    ] {
        let (done, text) = list(more);
        assert_eq!((done, text.contains(&number)), (true, found), "{more:?}: {text}");
    }
    let (done, text) = list(&["--person", "finance_clark"]);
    assert!(!done && text.contains("nearest: finance_clerk"), "{text}");
    let (done, text) = list(&["--from", "soon"]);
    assert!(!done && text.contains("--from"), "{text}");
    let (done, text) = run(&city, &["record", "verify"]);
    assert!(done && text.contains("nothing was altered"), "{text}");
    let (done, text) = run(&city, &["record", "rebuild"]);
    assert!(done, "{text}");
    let (done, text) = run(&city, &["desk", "--as", "general_office_clerk"]);
    assert!(done && text.contains(&number), "after the rebuild: {text}");
}

#[test]
fn a_script_learns_what_a_step_asks_and_what_a_paper_said() {
    let city = founded();
    let (done, text) = run(&city, &["describe", "--as", "finance_clerk", "Decision.propose"]);
    for expected in ["must be given: title=…", "sponsor=…  Sponsor, Body"] {
        assert!(done && text.contains(expected), "{expected}: {text}");
    }
    let (done, text) = run(&city, &["describe", "--as", "finance_clerk", "Decision.propse"]);
    assert!(!done && text.contains("propose"), "{text}");
    let act = |arguments: &[&str]| {
        let (done, text) = run(&city, &[&["act", "--as", "finance_clerk"], arguments].concat());
        (done, text)
    };
    let (done, text) = act(&["Decision.propose", "--with", "title=Bus fares", "--with", "draft=One yuan."]);
    assert!(!done && text.contains("Field: sponsor"), "{text}");
    let given = ["--with", "sponsor=finance", "--with", "draft=Fares\nOne yuan.", "--with", "grounds=Costs."];
    let (done, text) = act(&[&["Decision.propose", "--with", "title=Bus fares"][..], &given].concat());
    assert!(done, "{text}");
    let number = text.split_whitespace().next().unwrap().to_owned();
    let (done, text) =
        act(&[&format!("{number}.revise"), "--with", "draft=Fares\nTwo yuan.", "--with", "revision_note=Costs rose."]);
    assert!(done, "{text}");
    let (done, text) = run(&city, &["compare", "--as", "finance_clerk", &number, "draft"]);
    assert!(done && text.contains("- One yuan.\n+ Two yuan."), "{text}");
    let (done, text) = run(&city, &["compare", "--as", "finance_clerk", &number, "draf"]);
    assert!(!done && text.contains("draft"), "{text}");
    let (done, text) = run(&city, &["show", "--as", "finance_clerk", "--history", &number]);
    assert!(done && text.contains("(draft): Fares"), "{text}");
}

#[test]
fn a_mistyped_record_is_named_and_not_made() {
    let folder = TempDir::new().unwrap();
    for arguments in [&["record", "verify"][..], &["desk", "--as", "mayor"], &["serve", "--listen", "127.0.0.1:0"]] {
        let (done, text) = run(&folder, arguments);
        assert!(!done && text.contains("there is no record at") && text.contains("cityhall init"), "{text}");
    }
    assert!(!folder.path().join("office.db").exists());
}

#[test]
fn a_refusal_names_article_whose_step_it_is_and_what_to_do() {
    let city = founded();
    let (done, text) = run(
        &city,
        &[
            "act",
            "--as",
            "finance_clerk",
            "--json",
            "Executive.convene",
            "--with",
            "title=x",
            "--with",
            "day=2026-12-01",
        ],
    );
    assert!(!done);
    let problem: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(problem["type"], "refused");
    let reason = &problem["reasons"][0];
    assert_eq!(reason["code"], "not_yours", "{text}");
    assert!(text.contains("44"), "{text}");
}

#[test]
fn what_does_not_fit_is_said_in_a_sentence() {
    let city = founded();
    for (arguments, expected) in [
        (
            vec![
                "act",
                "--as",
                "general_office_clerk",
                "Executive.convene",
                "--with",
                "title=x",
                "--with",
                "day=2026-02-30",
            ],
            "2026-02-30",
        ),
        (vec!["act", "--as", "general_office_clerk", "Executiv.convene"], "Executive"),
        (vec!["show", "--as", "general_office_clerk", "EM-16-999"], "no such matter"),
        (vec!["desk", "--as", "general_office_clerk", "--kind", "Taks"], "nearest: Task"),
        (vec!["account", "add", "nobody", "mayer"], "nearest: mayor"),
        (vec!["desk"], "--as"),
    ] {
        let (done, text) = run(&city, &arguments);
        assert!(!done && text.contains(expected), "{arguments:?}: {text}");
    }
}

#[test]
fn mistakes_are_said_in_the_language_asked_for() {
    let city = founded();
    let clerk = ["--as", "general_office_clerk"];
    let cases = [
        (vec!["desk"], "请说明由谁办理"),
        (vec!["desk", "--token", "cityhall_0"], "该令牌无效"),
        ([&["desk", "--kind", "Taks"], &clerk[..]].concat(), "没有“Taks”这一事项种类；最接近的是：Task"),
        ([&["act", "nothing"], &clerk[..]].concat(), "请把环节写作"),
        ([&["act", "Executive.convene", "--with", "day"], &clerk[..]].concat(), "不是 FIELD=VALUE 的形式"),
        ([&["act", "Executive.convene", "--with", "title=@nowhere"], &clerk[..]].concat(), "没有文件 nowhere"),
        ([&["act", "Executive.convene", "--with", "day=soon"], &clerk[..]].concat(), "不是日期"),
        (vec!["serve", "--database", "sqlite:nowhere.db"], "没有档案"),
    ];
    for (arguments, expected) in cases {
        let (done, text) = run(&city, &[&["--language", "zh"], &arguments[..]].concat());
        assert!(!done && text.contains(expected), "{arguments:?}: {text}");
        let (done, text) = run(&city, &[&arguments[..], &["--language", "fr"]].concat());
        assert!(!done && text.contains("there are two: en and zh"), "{arguments:?}: {text}");
    }
}

#[test]
fn an_office_is_founded_once() {
    let city = founded();
    let (done, text) = run(&city, &["init", "demo/dalian/organisation.toml"]);
    assert!(!done && text.contains("already"), "{text}");
}

#[test]
fn a_broken_rulebook_names_file_line_and_nearest_name_and_serves_nothing() {
    let folder = founded();
    let book = folder.path().join("book");
    copied_rulebook(&book);
    let chapter = book.join("08-meetings.md");
    let text = fs::read_to_string(&chapter).unwrap();
    fs::write(&chapter, text.replacen("by = \"secretary_general\"", "by = \"secretary_genral\"", 1)).unwrap();
    let book_path = book.to_str().unwrap();
    let database = folder.path().join("office.db");
    let output = cityhall(&database).args(["rules", "check", "--no-proofs", book_path]).output().unwrap();
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("08-meetings.md:") && text.contains("secretary_general"), "{text}");
    let output =
        cityhall(&database).args(["serve", "--rulebook", book_path, "--listen", "127.0.0.1:0"]).output().unwrap();
    assert!(!output.status.success() && said(&output).contains("08-meetings.md:"), "{}", said(&output));
}

#[test]
fn the_directory_is_printed_as_a_list_and_a_list_is_entered() {
    let city = founded();
    let clerk = ["--as", "general_office_clerk"];
    let (done, list) = run(&city, &[&["directory", "list"][..], &clerk].concat());
    assert!(done && list.lines().count() > 100, "{list}");
    let file = city.path().join("list.csv");
    let path = file.to_str().unwrap();
    let import = |more: &[&str]| run(&city, &[&["directory", "import", path][..], &clerk, more].concat());
    fs::write(&file, &list).unwrap();
    let (done, text) = import(&[]);
    assert!(done && !text.contains("To be entered"), "{text}");
    let new = "person,name,english_name,post,body,from,basis\nP1,甲,A new one,staff,finance,2099-01-01,Order 1\n";
    fs::write(&file, new).unwrap();
    let (done, text) = import(&[]);
    assert!(done && text.contains("Line 2  To be entered"), "{text}");
    let (done, text) = import(&["--enter"]);
    assert!(done && text.contains("A new one: Staff of Finance Bureau, from 1 January 2099"), "{text}");
    assert!(import(&["--enter"]).1.contains("Known already"));
    fs::write(&file, new.replace("P1", "P 2")).unwrap();
    let (done, text) = import(&["--enter"]);
    assert!(!done && text.contains("one word of at most 40 Latin letters"), "{text}");
    fs::write(&file, b"person\n\xd6\xd0\n").unwrap();
    let (done, text) = import(&[]);
    assert!(!done && text.contains("not UTF-8"), "{text}");
}
