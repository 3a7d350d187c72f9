//! Proofs about a rulebook by a solver: every invariant holds, no step is dead.
//!
//! A leaf, so that only the command line carries the solver's library. Proofs are about one step at a
//! time, over every possible matter, person and day. Invariant: what could not be proved is never
//! reported as proved.

mod counterexample;

use cedar_policy::{Policy, PolicyId, PolicySet, RequestEnv, Schema};
use cedar_policy_symcc::{CedarSymCompiler, CompiledPolicySet, solver::LocalSolver};
pub use counterexample::Counterexample;
use facts::{Digest, chain};
use futures_util::{StreamExt as _, stream};
use rules::engine::Edition;
use std::time::{Duration, Instant};

/// What was to be proved of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The invariant of this rule covers all that the rulebook allows.
    Invariant(String),
    /// The step can be taken by somebody in some circumstances, before those that can only come after it.
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

/// What is claimed of a rulebook in this edition of the software; counted up when more is, or otherwise.
const CLAIMS: &str = "2";

/// The digest of all that the proofs speak of: the schema, the policies and the invariants. What was proved of
/// rules with the same digest holds of these.
pub fn subject(edition: &Edition) -> Digest {
    let authority = &edition.authority;
    let mut parts: Vec<String> = vec![CLAIMS.to_owned(), authority.schema_text.clone()];
    for (kind, step) in authority.actions() {
        parts.push(format!("{kind}.{step}"));
        parts.extend(authority.policies(kind, step).iter().map(|policy| policy.text.clone()));
    }
    for (rule, invariant) in &authority.invariants {
        let mut policies: Vec<String> = invariant.policies().map(ToString::to_string).collect();
        policies.sort();
        parts.push(rule.to_string());
        parts.extend(policies);
    }
    chain::digest_json(&parts)
}

/// Proves every invariant and that no step is dead.
///
/// # Errors
/// When there is no solver; a failed proof is a [`Verdict`], not an error.
pub async fn prove(edition: &Edition) -> Result<Vec<Proof>, NoSolver> {
    if !has_solver() {
        return Err(NoSolver);
    }
    let at_once = std::thread::available_parallelism().map_or(2, usize::from);
    let proofs: Vec<_> = claims(edition).into_iter().map(|wanted| proof(edition, wanted)).collect();
    Ok(stream::iter(proofs).buffered(at_once).collect().await)
}

/// One thing to be proved of one step.
struct Wanted<'e> {
    kind: String,
    step: String,
    env: RequestEnv,
    /// The rule that states the invariant and what it allows; `None`: that the step is not dead.
    invariant: Option<(String, &'e PolicySet)>,
}

fn claims(edition: &Edition) -> Vec<Wanted<'_>> {
    let authority = &edition.authority;
    let mut wanted = vec![];
    for (rule, invariant) in &authority.invariants {
        let mut envs: Vec<RequestEnv> =
            invariant.policies().flat_map(|policy| policy.get_valid_request_envs(&authority.schema)).collect();
        envs.sort_by_key(ToKey::key);
        envs.dedup_by_key(|env| env.key());
        wanted.extend(envs.into_iter().map(|env| {
            let (kind, step) = env.key();
            Wanted { kind, step, env, invariant: Some((rule.to_string(), invariant)) }
        }));
    }
    let actions = authority.actions();
    wanted.extend(actions.filter(|(kind, step)| !authority.policy_set(kind, step).is_empty()).map(|(kind, step)| {
        let action = format!("Action::{step:?}").parse().expect("a step's name is a word");
        let env = RequestEnv::new(parse("Person"), action, parse(kind));
        Wanted { kind: kind.to_owned(), step: step.to_owned(), env, invariant: None }
    }));
    wanted
}

async fn proof(edition: &Edition, wanted: Wanted<'_>) -> Proof {
    let Wanted { kind, step, env, invariant } = wanted;
    let set = edition.authority.policy_set(&kind, &step);
    let begun = Instant::now();
    let (claim, verdict) = match invariant {
        Some((rule, invariant)) => (Claim::Invariant(rule), implies(edition, &set, invariant, &env).await),
        None => {
            let first_time = when_first_taken(edition, &kind, &step, set);
            (Claim::NotDead, not_dead(&first_time, &env, &edition.authority.schema).await)
        }
    };
    Proof { kind, step, claim, verdict, took: begun.elapsed() }
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

/// The policies of a step where it has never been taken: what can only come after it has not been taken either.
/// A step that is dead then is dead for ever.
fn when_first_taken(edition: &Edition, kind: &str, step: &str, mut set: PolicySet) -> PolicySet {
    let found = edition.rulebook.kind(kind).and_then(|kind| Some((kind, kind.step(step)?)));
    let later = found.map_or(vec![], |(kind, step)| kind.only_after(step));
    for (n, later) in later.into_iter().enumerate() {
        let id = &later.id;
        // What is not needed, and each of nobody, counts as done.
        let done = (later.needed_if.is_empty()).then(|| format!("resource.done.{id}"));
        let outcome = (!later.outcomes.is_empty()).then(|| format!("resource.outcome.{id} != \"\""));
        let taken: Vec<String> = done.into_iter().chain(outcome).collect();
        if taken.is_empty() {
            continue;
        }
        let text = format!(
            "forbid (principal, action == Action::{step:?}, resource is {kind}) when {{ {} }};",
            taken.join(" || ")
        );
        let policy = Policy::parse(Some(PolicyId::new(format!("later than {step} {n}"))), text);
        let _distinct = set.add(policy.expect("the names are those of the rulebook"));
    }
    set
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
