//! Proofs about a rulebook by a solver: every invariant holds, no step is dead.
//!
//! A leaf, so that only the command line carries the solver's library. Proofs are about one step at a
//! time, over every possible matter, person and day. Invariant: what could not be proved is never
//! reported as proved.

mod counterexample;

use cedar_policy::{PolicySet, RequestEnv, Schema};
use cedar_policy_symcc::{CedarSymCompiler, CompiledPolicySet, solver::LocalSolver};
pub use counterexample::Counterexample;
use rules::engine::Edition;
use std::time::{Duration, Instant};

/// What was to be proved of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The invariant of this rule covers all that the rulebook allows.
    Invariant(String),
    /// The step can be taken by somebody in some circumstances.
    NotDead,
}

/// What the solver found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Proved,
    /// With a case in which it does not hold.
    Refuted(Box<Counterexample>),
    /// Nobody can ever take the step: its gates cannot all be open.
    Dead,
    /// The solver or its input failed; nothing is known.
    Unknown(String),
}

/// One proof.
#[derive(Clone, Debug)]
pub struct Proof {
    pub kind: String,
    pub step: String,
    pub claim: Claim,
    pub verdict: Verdict,
    pub took: Duration,
}

/// The solver `cvc5` is not installed.
#[derive(Debug, thiserror::Error)]
#[error("the solver cvc5 is not installed; on Debian: apt-get install cvc5")]
pub struct NoSolver;

/// Whether the solver can be started.
pub fn has_solver() -> bool {
    LocalSolver::cvc5().is_ok()
}

/// Proves every invariant and that no step is dead.
///
/// # Errors
/// When there is no solver; a failed proof is a [`Verdict`], not an error.
pub async fn prove(edition: &Edition) -> Result<Vec<Proof>, NoSolver> {
    if !has_solver() {
        return Err(NoSolver);
    }
    let authority = &edition.authority;
    let mut proofs = vec![];
    for (rule, invariant) in &authority.invariants {
        let mut envs: Vec<RequestEnv> =
            invariant.policies().flat_map(|policy| policy.get_valid_request_envs(&authority.schema)).collect();
        envs.sort_by_key(ToKey::key);
        envs.dedup_by_key(|env| env.key());
        for env in envs {
            let (kind, step) = env.key();
            let set = authority.policy_set(&kind, &step);
            let begun = Instant::now();
            let verdict = implies(edition, &set, invariant, &env).await;
            proofs.push(Proof {
                kind,
                step,
                claim: Claim::Invariant(rule.to_string()),
                verdict,
                took: begun.elapsed(),
            });
        }
    }
    for (kind, step) in authority.actions() {
        let set = authority.policy_set(kind, step);
        if set.policies().next().is_none() {
            continue;
        }
        let env = RequestEnv::new(
            parse("Person"),
            format!("Action::{step:?}").parse().expect("a step's name is a word"),
            parse(kind),
        );
        let begun = Instant::now();
        let verdict = not_dead(&set, &env, &authority.schema).await;
        proofs.push(Proof {
            kind: kind.to_owned(),
            step: step.to_owned(),
            claim: Claim::NotDead,
            verdict,
            took: begun.elapsed(),
        });
    }
    Ok(proofs)
}

fn parse(name: &str) -> cedar_policy::EntityTypeName {
    name.parse().expect("the loader has checked that kinds are names")
}

trait ToKey {
    fn key(&self) -> (String, String);
}

impl ToKey for RequestEnv {
    fn key(&self) -> (String, String) {
        (self.resource().to_string(), self.action().id().unescaped().to_string())
    }
}

async fn implies(edition: &Edition, set: &PolicySet, invariant: &PolicySet, env: &RequestEnv) -> Verdict {
    let schema = &edition.authority.schema;
    let proved = async {
        let mut compiler = CedarSymCompiler::new(LocalSolver::cvc5()?)?;
        let all = CompiledPolicySet::compile(set, env, schema)?;
        let within = CompiledPolicySet::compile(invariant, env, schema)?;
        compiler.check_implies_with_counterexample_opt(&all, &within).await
    };
    match proved.await {
        Ok(None) => Verdict::Proved,
        Ok(Some(case)) => {
            let (kind, step) = env.key();
            Verdict::Refuted(Box::new(counterexample::tell(edition, &kind, &step, invariant, &case)))
        }
        Err(error) => Verdict::Unknown(error.to_string()),
    }
}

async fn not_dead(set: &PolicySet, env: &RequestEnv, schema: &Schema) -> Verdict {
    let proved = async {
        let mut compiler = CedarSymCompiler::new(LocalSolver::cvc5()?)?;
        let all = CompiledPolicySet::compile(set, env, schema)?;
        compiler.check_always_denies_opt(&all).await
    };
    match proved.await {
        Ok(false) => Verdict::Proved,
        Ok(true) => Verdict::Dead,
        Err(error) => Verdict::Unknown(error.to_string()),
    }
}
