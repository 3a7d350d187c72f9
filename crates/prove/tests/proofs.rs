//! The proofs of the rulebook of Dalian: all of them hold, and each falls with the rule that it guards.

use cityhall_prove::{Claim, Counterexample, Proof, Verdict, prove};
use rules::{engine::Edition, rulebook::SourceFile};
use std::{fs, path::Path};

/// A rule taken away or given to another, and the article and the step of the invariant that falls with it.
const BREACHES: [(&str, &str, &str, &str, &str); 11] = [
    (
        "02-duties.md",
        "permit (principal in Post::\"mayor\", action == Action::\"decide\"",
        "permit (principal in Post::\"vice_mayor\", action == Action::\"decide\"",
        "6",
        "Topic.decide",
    ),
    (
        "08-meetings.md",
        "permit (principal in Post::\"mayor\", action == Action::\"take_up\"",
        "permit (principal in Post::\"vice_mayor\", action == Action::\"take_up\"",
        "42",
        "Topic.take_up",
    ),
    (
        "08-meetings.md",
        "permit (principal in Post::\"mayor\", action == Action::\"settle\"",
        "permit (principal in Post::\"secretary_general\", action == Action::\"settle\"",
        "48",
        "Topic.settle",
    ),
    (
        "02-duties.md",
        "arrange = { start = true, by = \"mayor\"",
        "arrange = { start = true, by = \"leaders\"",
        "10",
        "Substitution.arrange",
    ),
    (
        "05-decisions.md",
        "days after publish_draft, unless shorten_comments\"",
        "days after publish_draft, unless assess_risk\"",
        "26",
        "Decision.close_comments",
    ),
    (
        "05-decisions.md",
        "unless { resource.done.close_comments };",
        "unless { resource.done.publish_draft };",
        "26",
        "Decision.review_legality",
    ),
    (
        "05-decisions.md",
        "&& !resource.decision.done.close_comments };",
        "&& !resource.decision.done.publish_draft };",
        "26",
        "Topic.admit",
    ),
    (
        "05-decisions.md",
        "when { resource has decision && !resource.decision.done.review_legality };",
        "when { resource has decision && !resource.decision.done.request_review };",
        "26",
        "Topic.take_up",
    ),
    (
        "05-decisions.md",
        "after = [\"qualify\", \"assess\", \"consult\"]",
        "after = \"qualify\"",
        "26",
        "Decision.request_review",
    ),
    (
        "09-documents.md",
        "sign_off = { by = [\"head of sponsor\", ",
        "sign_off = { by = [\"staff of sponsor\", ",
        "52",
        "Decision.sign_off",
    ),
    (
        "06-openness.md",
        "withhold = { by = \"general_office\"",
        "withhold = { by = [\"general_office\", \"justice_bureau\"]",
        "31",
        "Publication.withhold",
    ),
];

fn files() -> Vec<SourceFile> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../rulebooks/dalian-2019"));
    let mut files = vec![];
    for part in ["", "zh", "terms"] {
        for entry in fs::read_dir(root.join(part)).expect("the rulebook is there").flatten() {
            if entry.path().is_file() {
                let text = fs::read_to_string(entry.path()).expect("a rulebook is text");
                let name = entry.file_name().to_string_lossy().into_owned();
                files.push(SourceFile { path: Path::new(part).join(name).to_string_lossy().into_owned(), text });
            }
        }
    }
    files
}

async fn proofs(files: &[SourceFile]) -> Vec<Proof> {
    let (edition, problems) = Edition::read(files);
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    prove(&edition.unwrap_or_else(|| panic!("{}", said.join("\n")))).await.expect("the solver is installed")
}

/// The case against the invariant of an article for a step.
fn case_against<'p>(proofs: &'p [Proof], article: &str, step: &str) -> Option<&'p Counterexample> {
    proofs.iter().find_map(|proof| match (&proof.claim, &proof.verdict) {
        (Claim::Invariant(rule), Verdict::Refuted(case))
            if rule.starts_with(&format!("{article}/")) && format!("{}.{}", proof.kind, proof.step) == step =>
        {
            Some(&**case)
        }
        _ => None,
    })
}

#[tokio::test]
async fn every_invariant_holds_and_no_step_is_dead() {
    let open: Vec<Proof> = proofs(&files()).await.into_iter().filter(|one| one.verdict != Verdict::Proved).collect();
    assert!(open.is_empty(), "{open:#?}");
}

#[tokio::test]
async fn an_invariant_falls_with_the_rule_that_it_guards() {
    let mut files = files();
    for (path, from, to, ..) in BREACHES {
        let file = files.iter_mut().find(|file| file.path == path).expect("a chapter");
        assert!(file.text.contains(from), "{from} stands in {path}");
        file.text = file.text.replacen(from, to, 1);
    }
    let proofs = proofs(&files).await;
    for (_, from, to, article, step) in BREACHES {
        assert!(
            case_against(&proofs, article, step).is_some(),
            "{to} for {from}: nothing of {article} falls at {step}"
        );
    }

    let case = case_against(&proofs, "6", "Topic.decide").expect("somebody else decides");
    assert_eq!(case.who, "somebody who is Vice mayor");
    assert!(case.matter.iter().any(|fact| fact.starts_with("“For which meeting” is “")), "{:?}", case.matter);
    assert_eq!(case.rules, ["6/Topic.decide.who"]);
    let case = case_against(&proofs, "52", "Decision.sign_off").expect("somebody else signs");
    assert_eq!(case.who, "somebody who is Staff of the body in “Sponsor”");
    let case = case_against(&proofs, "26", "Topic.admit").expect("a decision enters a meeting");
    assert!(case.who.contains("Staff of General Office"), "{}", case.who);
    let unheard = "of “Major decision prepared for it”: “Close public comment” has not been taken";
    assert!(case.matter.iter().any(|fact| fact == unheard), "{:?}", case.matter);
    let words = format!("{} {}", case.who, case.matter.join(" "));
    assert!(!words.contains("::") && !words.contains('{'), "no words of the solver: {words}");
}

/// The rulebook with a gate of leave added below the sentence about reporting back.
fn with_gate_of_leave(gate: &str) -> Vec<SourceFile> {
    let mut files = files();
    let chapter = files.iter_mut().find(|file| file.path == "10-discipline.md").expect("a chapter");
    let sentence = "Back at work, one reports back, and the absence ends.\n";
    chapter.text = chapter.text.replacen(sentence, &format!("{sentence}\n```cedar\n{gate}\n```\n\n{sentence}"), 1);
    let zh = files.iter_mut().find(|file| file.path == "zh/10-discipline.md").expect("a chapter");
    let sentence = zh.text.lines().find(|line| line.contains("销假")).expect("reporting back").to_owned();
    zh.text = zh.text.replacen(&sentence, &format!("{sentence}\n\n{sentence}"), 1);
    files
}

/// Each of the gates can be open, and never both: what can be reached does not tell, the solver does.
#[tokio::test]
async fn a_step_whose_gates_are_never_open_together_is_dead() {
    let grant = "forbid (principal, action == Action::\"grant\", resource is Leave)";
    let files =
        with_gate_of_leave(&format!("{grant}\nwhen {{ resource.strict }};\n\n{grant}\nunless {{ resource.strict }};"));
    let proofs = proofs(&files).await;
    let dead = |proof: &&Proof| proof.verdict == Verdict::Dead;
    let found: Vec<String> = proofs.iter().filter(dead).map(|one| format!("{}.{}", one.kind, one.step)).collect();
    assert_eq!(found, ["Leave.grant"]);
}

/// Each could be taken, if the other were: no proof about one step alone would find it.
#[test]
fn a_step_that_waits_for_one_that_comes_after_it_is_found_without_the_solver() {
    let files = with_gate_of_leave(
        "forbid (principal, action == Action::\"grant\", resource is Leave)\nunless { resource.done.report_back };",
    );
    let (edition, problems) = Edition::read(&files);
    assert!(edition.is_none());
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let wanted = "Leave.grant can never be taken: 63/Leave.grant.gate2 waits for Leave.report_back";
    assert!(said.iter().any(|one| one.contains(wanted)), "{}", said.join("\n"));
}

/// Two permits of one article that overlap are told, and keep no rulebook from being used.
#[tokio::test]
async fn two_permits_that_hold_at_once_for_different_posts_are_told() {
    let mut files = files();
    let chapter = files.iter_mut().find(|file| file.path == "10-discipline.md").expect("a chapter");
    let condition = "when { !(resource.attendee in Post::\"mayor\") && (resource.attendee in";
    assert!(chapter.text.contains(condition));
    chapter.text = chapter.text.replacen(condition, "when { (resource.attendee in", 1);
    let proofs = proofs(&files).await;
    let overlap = |proof: &&Proof| matches!((&proof.claim, &proof.verdict), (Claim::Apart(..), Verdict::Overlap(_)));
    let found: Vec<String> = proofs.iter().filter(overlap).map(|one| format!("{}.{}", one.kind, one.step)).collect();
    assert_eq!(found, ["AfterReport.consider"]);
}
