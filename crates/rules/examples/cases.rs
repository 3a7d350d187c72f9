//! Runs the cases of the rulebook of Dalian and shows what failed and what is covered.

#![expect(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

#[path = "../tests/support/mod.rs"]
mod support;

use cityhall_rules::cases;

fn main() {
    let files = support::files();
    let report = cases::run(&support::edition(&files), &support::calendar(), &files);
    for problem in &report.problems {
        println!("{problem}");
    }
    let wanted = std::env::args().nth(1).unwrap_or_default();
    for case in report.cases.iter().filter(|case| case.name.contains(&wanted)) {
        println!("{} {}", if case.passed { "ok  " } else { "FAIL" }, case.name);
        if let Some(failure) = &case.failure {
            println!("{failure}");
        }
    }
    for covered in &report.coverage {
        let (allowed, refused) = (covered.allowed.len(), covered.refused.len());
        println!(
            "{:8} allowed {allowed} refused {refused} {}",
            covered.requirement,
            covered.without.as_deref().unwrap_or("")
        );
    }
    let passed = report.cases.iter().filter(|case| case.passed).count();
    println!("{passed} of {} cases passed", report.cases.len());
}
