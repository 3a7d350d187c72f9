//! Proofs about a rulebook by a solver: every invariant holds, no step is dead.
//!
//! A leaf, so that only the command line carries the solver's library. Proofs are about one step at a
//! time, over every possible matter, person and day. Invariant: what could not be proved is never
//! reported as proved.

mod counterexample;

use cedar_policy::{Effect, Policy, PolicyId, PolicySet, RequestEnv, Schema};
use cedar_policy_symcc::{CedarSymCompiler, CompiledPolicySet, solver::LocalSolver};
pub use counterexample::Counterexample;
use facts::{Digest, RuleId, chain};
use futures_util::{StreamExt as _, stream};
use rules::{
    authority::{Exclusive, Pair},
    engine::Edition,
};
use std::time::{Duration, Instant};

/// What was to be proved of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The invariant of this rule covers all that the rulebook allows.
    Invariant(String),
    /// Of the conditions of this rule exactly one holds, wherever the gates of the step are open.
    Exclusive(String),
    /// Two permits of one article, by which different persons may take the step, never hold at once.
    Apart(String, String),
    /// The step can be taken by somebody in some circumstances, before those that can only come after it.
    NotDead,
}

/// What the solver found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Proved,
    /// With a case in which it does not hold.
    Refuted(Box<Counterexample>),
    /// Two conditions hold at once: the first words of both, and the case.
    Overlap(Box<Counterexample>),
    /// No condition holds, in this case.
    Gap(Box<Counterexample>),
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
const CLAIMS: &str = "3";

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
    for exclusive in &authority.exclusive {
        parts.push(exclusive.rule.to_string());
        parts.extend(exclusive.conditions.iter().map(ToString::to_string));
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
    what: What<'e>,
}

enum What<'e> {
    Invariant(&'e RuleId, &'e PolicySet),
    Exclusive(&'e Exclusive),
    Apart(&'e Pair),
    NotDead,
}

fn claims(edition: &Edition) -> Vec<Wanted<'_>> {
    let authority = &edition.authority;
    let mut wanted = vec![];
    for (rule, invariant) in &authority.invariants {
        let envs = envs(invariant.policies(), authority.schema());
        wanted.extend(envs.into_iter().map(|env| Wanted::of(env, What::Invariant(rule, invariant))));
    }
    for exclusive in &authority.exclusive {
        let envs = envs(exclusive.conditions.iter(), authority.schema());
        wanted.extend(envs.into_iter().map(|env| Wanted::of(env, What::Exclusive(exclusive))));
    }
    wanted.extend(authority.pairs().iter().map(|pair| Wanted::of(env(&pair.kind, &pair.step), What::Apart(pair))));
    let actions = authority.actions();
    wanted.extend(
        actions
            .filter(|(kind, step)| !authority.policy_set(kind, step).is_empty())
            .map(|(kind, step)| Wanted::of(env(kind, step), What::NotDead)),
    );
    wanted
}

impl<'e> Wanted<'e> {
    fn of(env: RequestEnv, what: What<'e>) -> Wanted<'e> {
        let (kind, step) = env.key();
        Wanted { kind, step, env, what }
    }
}

/// A step of a kind.
fn env(kind: &str, step: &str) -> RequestEnv {
    let action = format!("Action::{step:?}").parse().expect("a step's name is a word");
    RequestEnv::new(parse("Person"), action, parse(kind))
}

/// The kinds and steps that some policies speak of, each once.
fn envs<'p>(policies: impl Iterator<Item = &'p Policy>, schema: &Schema) -> Vec<RequestEnv> {
    let mut envs: Vec<RequestEnv> = policies.flat_map(|policy| policy.get_valid_request_envs(schema)).collect();
    envs.sort_by_key(ToKey::key);
    envs.dedup_by_key(|env| env.key());
    envs
}

async fn proof(edition: &Edition, wanted: Wanted<'_>) -> Proof {
    let Wanted { kind, step, env, what } = wanted;
    let set = edition.authority.policy_set(&kind, &step);
    let begun = Instant::now();
    let (claim, verdict) = match what {
        What::Invariant(rule, invariant) => {
            (Claim::Invariant(rule.to_string()), implies(edition, &set, invariant, &env).await)
        }
        What::Exclusive(exclusive) => {
            (Claim::Exclusive(exclusive.rule.to_string()), exactly_one(edition, &set, exclusive, &env).await)
        }
        What::Apart(pair) => {
            let claim = Claim::Apart(pair.one.0.to_string(), pair.other.0.to_string());
            (claim, never_at_once(edition, &set, [&pair.one.1, &pair.other.1], &env).await)
        }
        What::NotDead => {
            let first_time = when_first_taken(edition, &kind, &step, set);
            (Claim::NotDead, not_dead(&first_time, &env, edition.authority.schema()).await)
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
    let schema = edition.authority.schema();
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

/// The conditions of some permits, and the gates of a step with them.
struct Gated<'g> {
    edition: &'g Edition,
    gates: Vec<&'g Policy>,
    env: &'g RequestEnv,
}

impl<'g> Gated<'g> {
    fn of(edition: &'g Edition, set: &'g PolicySet, env: &'g RequestEnv) -> Gated<'g> {
        Gated { edition, gates: set.policies().filter(|policy| policy.effect() == Effect::Forbid).collect(), env }
    }

    /// What is allowed where the gates are open and one of the conditions holds.
    fn set(&self, conditions: &[&Policy]) -> Option<PolicySet> {
        let all = self.gates.iter().chain(conditions).map(|policy| (*policy).clone());
        PolicySet::from_policies(all).ok()
    }

    fn told(&self, of: &PolicySet, case: &cedar_policy_symcc::Env) -> Box<Counterexample> {
        let (kind, step) = self.env.key();
        Box::new(counterexample::tell(self.edition, &kind, &step, of, case))
    }

    /// A case in which two conditions hold at once.
    async fn overlap(
        &self,
        compiler: &mut CedarSymCompiler<LocalSolver>,
        [one, other]: [&Policy; 2],
    ) -> Result<Option<Verdict>, cedar_policy_symcc::err::Error> {
        let (Some(one), Some(other)) = (self.set(&[one]), self.set(&[other])) else { return Ok(None) };
        let schema = self.edition.authority.schema();
        let first = CompiledPolicySet::compile(&one, self.env, schema)?;
        let second = CompiledPolicySet::compile(&other, self.env, schema)?;
        let case = compiler.check_disjoint_with_counterexample_opt(&first, &second).await?;
        Ok(case.map(|case| Verdict::Overlap(self.told(&one, &case))))
    }
}

/// Whether of the conditions exactly one holds wherever the gates of a step are open.
async fn exactly_one(edition: &Edition, set: &PolicySet, exclusive: &Exclusive, env: &RequestEnv) -> Verdict {
    let gated = Gated::of(edition, set, env);
    let anybody = Policy::parse(Some(PolicyId::new("anybody")), "permit(principal, action, resource);");
    let proved = async {
        let mut compiler = CedarSymCompiler::new(LocalSolver::cvc5()?)?;
        for (n, one) in exclusive.conditions.iter().enumerate() {
            for other in &exclusive.conditions[n + 1..] {
                if let Some(overlap) = gated.overlap(&mut compiler, [one, other]).await? {
                    return Ok(overlap);
                }
            }
        }
        let (Ok(anybody), all) = (anybody, exclusive.conditions.iter().collect::<Vec<&Policy>>()) else {
            return Ok(Verdict::Proved);
        };
        let (Some(open), Some(covered)) = (gated.set(&[&anybody]), gated.set(&all)) else { return Ok(Verdict::Proved) };
        let open = CompiledPolicySet::compile(&open, env, edition.authority.schema())?;
        let all = CompiledPolicySet::compile(&covered, env, edition.authority.schema())?;
        Ok(match compiler.check_implies_with_counterexample_opt(&open, &all).await? {
            Some(case) => Verdict::Gap(gated.told(&covered, &case)),
            None => Verdict::Proved,
        })
    };
    proved.await.unwrap_or_else(unknown)
}

/// Whether two conditions never hold at once where the gates of a step are open.
async fn never_at_once(edition: &Edition, set: &PolicySet, conditions: [&Policy; 2], env: &RequestEnv) -> Verdict {
    let gated = Gated::of(edition, set, env);
    let proved = async {
        let mut compiler = CedarSymCompiler::new(LocalSolver::cvc5()?)?;
        gated.overlap(&mut compiler, conditions).await
    };
    proved.await.map_or_else(unknown, |overlap| overlap.unwrap_or(Verdict::Proved))
}

fn unknown(error: cedar_policy_symcc::err::Error) -> Verdict {
    Verdict::Unknown(error.to_string())
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
