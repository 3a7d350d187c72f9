//! The proofs that a rulebook needs before it is put in force.
//!
//! Invariant: an edition that a record has not seen is put in force only when `rules check` accepts it;
//! where there is no solver, that the proofs were left out is said.

use crate::{output::warn, seal};
use anyhow::{Result, bail};
use office::Store;
use prove::{Claim, Counterexample, Proof, Verdict};
use rules::{
    engine::Edition,
    rulebook::{Place, Problem, Severity, SourceFile},
};

/// What a proof that failed says against the rulebook, at the line it speaks of; `None`: it succeeded.
pub fn problem(edition: &Edition, proof: &Proof) -> Option<Problem> {
    let Proof { kind, step, claim, verdict, .. } = proof;
    let said = match (claim, verdict) {
        (_, Verdict::Proved) => return None,
        (Claim::Invariant(rule), Verdict::Refuted(case)) => {
            format!("{kind}.{step} does not stay within the invariant {rule}: {} may take it", case.who)
        }
        (Claim::Exclusive(rule), Verdict::Overlap(case)) => {
            format!("{kind}.{step}: two conditions of {rule} hold at once, {}", told(case))
        }
        (Claim::Exclusive(rule), Verdict::Gap(case)) => {
            format!("{kind}.{step}: no condition of {rule} holds, {}", told(case))
        }
        (Claim::Apart(one, other), Verdict::Overlap(case)) => {
            format!(
                "{one} and {other} give {kind}.{step} to different persons at once, {}; where exactly one is meant, \
                 put both into a block marked exclusive",
                told(case)
            )
        }
        (_, Verdict::Dead | Verdict::Refuted(_) | Verdict::Overlap(_) | Verdict::Gap(_)) => {
            format!(
                "{kind}.{step} is dead: nobody can ever take it, since its gates cannot all be open, or it waits for a step that can only come after it"
            )
        }
        (_, Verdict::Unknown(error)) => format!("{kind}.{step} could not be proved: {error}"),
    };
    let Place { file, line } = place(edition, proof);
    let severity = match claim {
        Claim::Apart(..) => Severity::Warning,
        _ => Severity::Error,
    };
    Some(Problem { severity, file, line, source: String::new(), message: said })
}

/// What holds of the matter in a case.
fn told(case: &Counterexample) -> String {
    match case.matter.is_empty() {
        true => "whatever the matter".to_owned(),
        false => format!("where {}", case.matter.join("; ")),
    }
}

/// Where the invariant stands, or the step whose gates close it.
fn place(edition: &Edition, proof: &Proof) -> Place {
    let rule = match &proof.claim {
        Claim::Invariant(rule) | Claim::Exclusive(rule) | Claim::Apart(_, rule) => Some(facts::RuleId::new(rule)),
        Claim::NotDead => {
            let policies = edition.authority.policies(&proof.kind, &proof.step);
            let closing = policies.iter().rfind(|policy| !policy.permits && !policy.from_table);
            closing.or(policies.first()).map(|policy| policy.rule.clone())
        }
    };
    rule.and_then(|rule| edition.rulebook.rule(&rule)).map(|rule| rule.place.clone()).unwrap_or_default()
}

/// Every proof that failed, as problems with their lines; none where the seal says that all held.
pub async fn failing(edition: &Edition, files: &[SourceFile]) -> Vec<Problem> {
    if seal::holds(edition, files) {
        return vec![];
    }
    // It takes a while, and nothing else is done meanwhile.
    warn("proving the rulebook, which was changed since its proofs were sealed; that takes about half a minute");
    match prove::prove(edition).await {
        Ok(proofs) => {
            let mut problems: Vec<Problem> = proofs.iter().filter_map(|proof| problem(edition, proof)).collect();
            rules::rulebook::quote(files, &mut problems);
            // What may be meant keeps no rulebook from being put in force.
            problems.retain(|problem| problem.severity == Severity::Error);
            problems
        }
        Err(no_solver) => {
            warn(format_args!("proofs skipped: {no_solver}"));
            vec![]
        }
    }
}

/// Whether an edition may be put in force over a record: it was before, or its proofs hold.
///
/// # Errors
/// With every proof that failed.
pub async fn hold_over(store: &Store, edition: &Edition, files: &[SourceFile]) -> Result<()> {
    match store.edition(edition.rulebook.digest).await? {
        Some(_) => Ok(()),
        None => hold(edition, files).await,
    }
}

/// Whether every proof of an edition holds.
///
/// # Errors
/// With every proof that failed.
pub async fn hold(edition: &Edition, files: &[SourceFile]) -> Result<()> {
    let problems = failing(edition, files).await;
    if problems.is_empty() {
        return Ok(());
    }
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    bail!("the rulebook is not put in force; mend this first:\n{}", said.join("\n"))
}
