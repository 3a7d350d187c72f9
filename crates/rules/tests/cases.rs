//! Every case of the rulebook of Dalian comes out as it says, and every requirement has one.

mod support;

use cityhall_rules::{
    cases::{self, Covered, ORGANISATION, Report, WITHOUT_CASE},
    engine::Edition,
    rulebook::{Class, Part, SourceFile},
};

#[test]
fn every_case_comes_out_as_it_says() {
    let files = support::files();
    let report = cases::run(&support::edition(&files), &support::calendar(), &files);
    let problems = report.problems.iter().map(ToString::to_string);
    let failures = report.cases.iter().filter_map(|case| Some(format!("{}\n{}", case.name, case.failure.as_ref()?)));
    let wrong: Vec<String> = problems.chain(failures).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(report.passed() && !report.cases.is_empty());
}

#[test]
fn every_requirement_is_shown_allowed_and_refused_or_has_a_reason() {
    let files = support::files();
    let report = cases::run(&support::edition(&files), &support::calendar(), &files);
    // What is enforced is shown allowed and refused; of everything else one side is enough.
    let open = report.coverage.iter().filter(|covered: &&Covered| !covered.is_accounted_for());
    let open: Vec<&str> = open.map(|covered| covered.requirement.as_str()).collect();
    assert!(open.is_empty(), "no case shows {}", open.join(", "));
}

#[test]
fn every_deadline_is_counted_across_a_holiday() {
    let files = support::files();
    let report = cases::run(&support::edition(&files), &support::calendar(), &files);
    let open = report.deadlines.iter().filter(|deadline| !deadline.across);
    let open: Vec<String> = open.map(|deadline| format!("{}.{}", deadline.kind, deadline.step)).collect();
    assert!(open.is_empty() && !report.deadlines.is_empty(), "no case counts {}", open.join(", "));
}

#[test]
fn every_rule_is_found_in_its_article() {
    let rulebook = support::edition(&support::files()).rulebook;
    for rule in rulebook.rules.values() {
        let article = rulebook.article(&rule.article).expect("a rule names its article");
        let in_a_block = article.parts.iter().any(|part| match part {
            Part::Block { rules, .. } => rules.contains(&rule.id),
            _ => false,
        });
        assert!(in_a_block, "{} stands in no block of article {}", rule.id, rule.article);
    }
}

/// The rulebook with nothing but the people of its cases.
struct Bare {
    files: Vec<SourceFile>,
    edition: Edition,
}

impl Bare {
    fn new() -> Bare {
        let mut files = support::files();
        files.retain(|file| !file.path.starts_with("cases/") || file.path == ORGANISATION);
        Bare { edition: support::edition(&files), files }
    }

    /// The report on one case file.
    fn report_on(&self, text: &str) -> Report {
        let one = SourceFile { path: "cases/one.toml".into(), text: text.into() };
        let files: Vec<SourceFile> = self.files.iter().cloned().chain([one]).collect();
        cases::run(&self.edition, &support::calendar(), &files)
    }
}

#[test]
fn what_is_wrong_with_a_case_is_said_at_its_line_with_the_nearest_name() {
    let bare = Bare::new();
    for (wrong, said) in [
        (r#"take = "Leave.aks""#, r#"cases/one.toml:3: error: no step of Leave "aks"; nearest: ask"#),
        (
            r#"take = "Leaf.ask""#,
            r#"cases/one.toml:3: error: no kind, nor a matter by this name, "Leaf"; nearest: Leave"#,
        ),
        (r#"take = "Leave.ask", bye = 1"#, r#"cases/one.toml:3: error: no key "bye" here; nearest: by"#),
        (r#"take = "Leave.ask", with = { aplicant = "sg" }"#, r#"no field of Leave "aplicant"; nearest: applicant"#),
        (r#"take = "Leave.ask", with = { applicant = "evmm" }"#, r#"no person in the directory "evmm"; nearest: evm"#),
        (r#"take = "Leave.ask", with = { strict = "yes" }"#, r#"strict is of the type yes, and not "yes""#),
        (r#"take = "Leave.ask", refused = "663""#, r#"no article "663"; nearest: 63"#),
        (r#"take = "Leave.ask", expect = "lat""#, r#"no kind of reason "lat"; nearest: late"#),
        (r#"take = "L.grant""#, r#"no kind, nor a matter by this name, "L""#),
    ] {
        let text = format!("[[case]]\nname = \"one\"\nact = [{{ on = 2019-05-06, by = \"sg\", {wrong} }}]\n");
        let report = bare.report_on(&text);
        let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        assert!(problems.iter().any(|problem| problem.contains(said)), "{wrong}: {problems:#?}");
        assert!(report.cases.is_empty() && !report.passed());
    }
}

#[test]
fn a_requirement_that_there_is_not_is_said_at_its_line() {
    let bare = Bare::new();
    let report = bare.report_on("[[case]]\nname = \"one\"\ncovers = [\n  \"R26-5\",\n  \"R26-77\",\n]\n");
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    let said = "cases/one.toml:5: error: no article names the requirement R26-77; nearest: R26-7\n    | \"R26-77\",";
    assert_eq!(problems, [said]);

    let mut files = support::files();
    let reasons = files.iter_mut().find(|file| file.path == WITHOUT_CASE).expect("the reasons are there");
    reasons.text = "R5-2 = \"a duty\"\nR26-5 = \"it has a case\"\nR99-1 = \"nobody knows it\"\n".to_owned();
    let report = cases::run(&support::edition(&files), &support::calendar(), &files);
    let mut lines: Vec<String> =
        report.problems.iter().map(|one| format!("{}: {} | {}", one.line, one.message, one.source)).collect();
    lines.sort();
    assert!(lines[0].starts_with("2: R26-5 has a case now, and needs no reason | R26-5 ="), "{lines:?}");
    assert!(lines[1].starts_with("3: no article names the requirement R99-1"), "{lines:?}");
}

#[test]
fn a_count_goes_across_only_with_a_day_off_and_a_day_worked_in_its_stead() {
    let bare = Bare::new();
    let counted = |begun: &str, due: &str| {
        let report = bare.report_on(&format!(
            r#"
[[case]]
name = "one"
act = [
  {{ on = {begun}, by = "education_clerk", take = "Correction.notice", with = {{ title = "School buses", body = "education", mistake = "The hour." }}, due = {{ step = "look_into", on = {due} }} }},
]
"#
        ));
        assert!(report.passed(), "{:#?}", report.cases);
        let of = |step: &str| {
            let find = |one: &&cases::ShownDeadline| one.kind.as_str() == "Correction" && one.step.as_str() == step;
            report.deadlines.iter().find(find).map(|one| (one.counts, one.across)).expect("it has a deadline")
        };
        (of("look_into"), of("settle"))
    };
    let not_said = (0, false);
    // Twenty working days: with neither, with the mid-autumn day alone, with Labour Day and two worked Sundays.
    assert_eq!(counted("2019-07-01", "2019-07-29"), ((1, false), not_said));
    assert_eq!(counted("2019-08-28", "2019-09-26"), ((1, false), not_said));
    assert_eq!(counted("2019-04-26", "2019-05-27"), ((1, true), not_said));
}

#[test]
fn what_is_enforced_is_shown_on_both_sides() {
    let one_sided = |class| Covered {
        requirement: "R1-1".into(),
        article: "1".into(),
        class,
        allowed: vec!["a case".into()],
        refused: vec![],
        without: None,
    };
    assert!(!one_sided(Some(Class::Enforced)).is_accounted_for());
    assert!(!one_sided(Some(Class::EnforcedByParameter)).is_accounted_for());
    assert!(one_sided(Some(Class::Tracked)).is_accounted_for());
    let reasoned = Covered { without: Some("a reason".into()), ..one_sided(Some(Class::Enforced)) };
    assert!(reasoned.is_accounted_for());
}

#[test]
fn a_case_that_does_not_come_out_as_it_says_fails_with_the_reasons() {
    let ask = r#"by = "vm_city", take = "Leave.ask", with = { applicant = "vm_city", reason = "holiday", purpose = "Rest", destination = "Home", departs = 2019-05-06, returns = 2019-05-08 }"#;
    let bare = Bare::new();
    for (act, said) in [
        (format!("on = 2019-05-01, {ask}, refused = \"63\""), "was granted, and should be refused"),
        (format!("on = 2019-05-05, {ask}"), "late, due on 2019-05-03"),
        (format!("on = 2019-05-05, {ask}, refused = \"10\""), "no reason cites 10"),
        (format!("on = 2019-05-05, {ask}, expect = \"past\""), "no reason is \"past\""),
        (format!("on = 2019-05-05, {ask}, missing = \"grant\""), "nothing says that \"grant\" is missing"),
        (
            format!("on = 2019-05-05, {ask}, refused = \"63\", whose = \"mayor\""),
            "nothing says that it is for \"mayor\"",
        ),
        (format!("on = 2019-05-01, {ask}, late = \"Busy.\""), "it is not late"),
        (format!("on = 2019-05-01, {ask}, closes = true"), "the matter was not closed"),
        (format!("on = 2019-05-01, {ask}, open = \"Task\""), "it should open 1 of Task, and opened 0"),
        (format!("on = 2019-05-01, {ask}, turn = {{ step = \"grant\", role = \"evm\" }}"), "should be the turn of evm"),
        (
            format!("on = 2019-05-01, {ask}, due = {{ step = \"inform\", on = 2019-05-02 }}"),
            "inform should be due on 2019-05-02",
        ),
        (format!("on = 2019-05-01, {ask}, capacity = \"mayor\""), "it should be in the capacity mayor"),
        (format!("on = 2019-05-01, {ask}, void = \"grant\""), "grant should be void"),
    ] {
        let report = bare.report_on(&format!("[[case]]\nname = \"one\"\nact = [{{ {act} }}]\n"));
        assert!(report.problems.is_empty(), "{:?}", report.problems);
        let failure = report.cases[0].failure.clone().unwrap_or_default();
        assert!(failure.starts_with("cases/one.toml:3: ") && failure.contains(said), "{act}: {failure}");
    }
}

#[test]
fn a_case_begins_where_another_ends_and_not_in_a_circle() {
    let report = Bare::new().report_on(
        "[[case]]\nname = \"a\"\nafter = \"b\"\n[[case]]\nname = \"b\"\nafter = \"a\"\n[[case]]\nname = \"c\"\nafter = \"d\"\n",
    );
    let problems: Vec<&str> = report.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(problems[0].contains("begins at the end of \"b\", which cannot be run"), "{problems:?}");
    assert!(problems[2].starts_with("no case \"d\" to begin with"), "{problems:?}");
}
