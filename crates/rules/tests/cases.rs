//! Every case of the rulebook of Dalian comes out as it says, and every requirement has one.

mod support;

use cityhall_rules::cases::{self, Covered};

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
fn every_requirement_has_a_case_or_a_reason_for_none() {
    let files = support::files();
    let report = cases::run(&support::edition(&files), &support::calendar(), &files);
    let open = report.coverage.iter().filter(|covered| !covered.is_accounted_for());
    let open: Vec<&str> = open.map(|covered| covered.requirement.as_str()).collect();
    assert!(open.is_empty(), "no case shows {}", open.join(", "));
    let both = |covered: &&Covered| !covered.allowed.is_empty() && !covered.refused.is_empty();
    assert!(report.coverage.iter().filter(both).count() > 40, "few requirements are shown from both sides");
}
