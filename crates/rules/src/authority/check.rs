//! What is wrong with the Cedar of a rulebook, said at the line where it stands.

use super::{
    Access, Compiled, READ, names,
    parse::Library,
    schema::{Judge, Judges},
    tokens,
};
use crate::rulebook::{CedarBlock, Problem, Purpose, Rulebook, Severity, Step, Type};
use cedar_policy::{Effect, Policy, PolicySet, ValidationError, ValidationMode};
use facts::{FieldId, RuleId};
use miette::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};

/// The policies of one step of one kind.
#[derive(Clone)]
pub struct StepPolicies {
    pub kind: String,
    pub step: String,
    pub policies: Vec<Compiled>,
    /// Fields that the step fills in by itself, each with the policy that says when with a yes.
    pub fills: Vec<(FieldId, Compiled)>,
}

pub(super) fn without_place(message: String) -> Problem {
    Problem { severity: Severity::Error, file: "rulebook.toml".into(), line: 1, source: String::new(), message }
}

pub(super) fn at_rule(rulebook: &Rulebook, rule: &RuleId, message: String) -> Problem {
    let place = rulebook.rule(rule).map(|rule| rule.place.clone()).unwrap_or_default();
    Problem { severity: Severity::Error, file: place.file, line: place.line, source: String::new(), message }
}

/// A policy that is too deep or too long to be read.
pub(super) fn too_much(block: &CedarBlock) -> Option<Problem> {
    let offset = tokens::too_much(&block.text)?;
    let message = "this policy is nested too deeply or too long; say it in several policies";
    Some(in_block(block, offset, Severity::Error, message.to_owned()))
}

/// A syntax error of Cedar, at the line it speaks of, with what it advises.
pub(super) fn cedar_error(block: &CedarBlock, error: &cedar_policy::ParseErrors) -> Problem {
    let first = error.iter().next();
    let offset = first.and_then(miette_labels).unwrap_or(0);
    let mut message = error.to_string();
    if let Some(advice) = first.and_then(Diagnostic::help) {
        message = format!("{message}; {advice}");
    }
    in_block(block, offset, Severity::Error, message)
}

fn miette_labels(error: &impl Diagnostic) -> Option<usize> {
    error.labels()?.next().map(|label| label.offset())
}

fn in_block(block: &CedarBlock, offset: usize, severity: Severity, message: String) -> Problem {
    let before = &block.text[..offset.min(block.text.len())];
    let line_in_block = before.matches('\n').count();
    let source = block.text.lines().nth(line_in_block).unwrap_or("").trim_end().to_owned();
    Problem { severity, file: block.place.file.clone(), line: block.place.line + line_in_block, source, message }
}

/// Strict validation of what the tables say: no policy of the rulebook can err for want of an attribute or
/// a wrong type.
pub(super) fn validate(
    rulebook: &Rulebook,
    judges: &mut Judges<'_>,
    pool: &[StepPolicies],
    problems: &mut Vec<Problem>,
) {
    let mut of_kinds: BTreeMap<&str, PolicySet> = BTreeMap::new();
    for entry in pool {
        let all = of_kinds.entry(entry.kind.as_str()).or_default();
        for compiled in entry.policies.iter().filter(|policy| policy.facts.from_table) {
            if let Err(error) = all.add(compiled.policy.clone()) {
                problems.push(at_rule(rulebook, &compiled.facts.rule, error.to_string()));
            }
        }
    }
    let mut said = BTreeSet::new();
    for (kind, all) in of_kinds {
        let judge = match judges.of_kind(kind) {
            Ok(judge) => judge,
            Err(error) => return problems.push(without_place(format!("the tables do not make a schema: {error}"))),
        };
        let result = judge.validator.validate(&all, ValidationMode::Strict);
        for error in result.validation_errors() {
            let problem = at_rule(rulebook, &super::rule_of(error.policy_id()), plain(error));
            // What holds of every kind in a list is one mistake.
            if said.insert((problem.file.clone(), problem.line, problem.message.clone())) {
                problems.push(problem);
            }
        }
    }
}

/// What is wrong with the policies of a written block: first names that stand for nothing, each with the
/// nearest; without these what Cedar says; without that a policy that speaks of no step.
pub(super) fn written(
    rulebook: &Rulebook,
    judge: &Judge,
    block: &CedarBlock,
    set: &PolicySet,
    library: &Library,
) -> Vec<Problem> {
    let schema = &judge.schema;
    let result = judge.validator.validate(set, ValidationMode::Strict);
    let errors: Vec<_> = result.validation_errors().collect();
    let segments = tokens::segments(&block.text);
    let say = |offset: usize, message: String| in_block(block, offset, Severity::Error, message);
    let misnomers = segments.iter().flat_map(|policy| names::misnomers(rulebook, policy, library, !errors.is_empty()));
    let mut problems: Vec<Problem> = misnomers.map(|found| say(found.offset, found.message)).collect();
    if problems.is_empty() {
        problems = errors.iter().map(|error| say(miette_labels(*error).unwrap_or(0), plain(error))).collect();
    }
    if problems.is_empty() {
        let speaks_of_nothing = |policy: &Policy| policy.get_valid_request_envs(schema).next().is_none();
        let in_order = super::compile::in_order(set);
        let idle =
            segments.iter().zip(in_order).filter(|(_, policy)| speaks_of_nothing(policy)).map(|(segment, _)| segment);
        let message = match block.purpose == Purpose::Invariant {
            true => "this invariant never applies: no kind has such a step, or its condition never holds",
            false => "this policy never applies: no kind has such a step, or its condition never holds",
        };
        problems = idle.map(|policy| say(policy.offset(), message.to_owned())).collect();
    }
    let mut said = BTreeSet::new();
    problems.retain(|problem| said.insert((problem.line, problem.message.clone())));
    problems
}

/// What keeps a policy from saying when a step fills in a field.
pub(super) fn fills(
    rulebook: &Rulebook,
    block: &CedarBlock,
    field: &FieldId,
    policy: &Policy,
    kind: &str,
    step: &str,
) -> Option<Problem> {
    let found = rulebook.kind(kind)?;
    let asks = |step: &Step| step.asks_for(field);
    let message = match found.field(field.as_str()) {
        _ if policy.effect() == Effect::Forbid => {
            "what is filled in is yes where a permit holds, and no everywhere else: write a permit".to_owned()
        }
        None => format!("no field \"{field}\" in {kind}"),
        Some(field) if field.kind_of_value != Type::Yes => {
            format!("\"{}\" of {kind} is {}; a policy fills in a yes or a no", field.id, field.kind_of_value)
        }
        Some(_) if found.step(step).is_some_and(asks) => {
            format!("{kind}.{step} asks for \"{field}\" and fills it in by itself; one of the two")
        }
        Some(_) => return None,
    };
    Some(in_block(block, 0, Severity::Error, message))
}

/// Cedar's message without its policy id, with what it advises.
fn plain(error: &ValidationError) -> String {
    if let ValidationError::UnsafeOptionalAttributeAccess(_) = error {
        let message = error.to_string();
        let quoted: Vec<&str> = message.rsplit('`').skip(1).step_by(2).collect();
        if let [of, attribute, ..] = quoted[..] {
            let name = attribute.rsplit('.').next().unwrap_or(attribute);
            return format!("\"{attribute}\" of {of} may be absent; ask first whether it is there: has {name} && …");
        }
    }
    let message = error.to_string();
    let rest = message.strip_prefix("for policy `").and_then(|rest| rest.split_once('`'));
    let message = rest.map_or(message.as_str(), |(_, rest)| rest.trim_start_matches([',', ':', ' ']));
    match error.help() {
        Some(advice) => format!("{message}; {advice}"),
        None => message.to_owned(),
    }
}

fn written_in<'r>(rulebook: &'r Rulebook, compiled: &Compiled) -> Option<(&'r CedarBlock, usize)> {
    let (facts, article) = (&compiled.facts, compiled.facts.rule.as_str().split('/').next()?);
    let blocks = rulebook.cedar.iter().filter(|block| block.article == article && !facts.from_table);
    blocks.filter_map(|block| Some((block, block.text.find(facts.text.trim())?))).next()
}

/// What policies must not read.
pub(super) fn readings(rulebook: &Rulebook, pool: &[StepPolicies], problems: &mut Vec<Problem>) {
    permits_read_no_progress(rulebook, pool, problems);
    nothing_is_read_beyond_before(rulebook, pool, problems);
}

/// What was before the act is compared with what is: a matter, a body or a person it led to is not laid out.
fn nothing_is_read_beyond_before(rulebook: &Rulebook, pool: &[StepPolicies], problems: &mut Vec<Problem>) {
    let mut said = BTreeSet::new();
    for compiled in pool.iter().flat_map(|entry| &entry.policies) {
        let before = |read: &Access| {
            let at = read.iter().position(|name| name == "before")?;
            (read.len() > at + 2).then(|| format!("before.{}", read[at + 1]))
        };
        let Some(read) = compiled.facts.reads.iter().find_map(before) else { continue };
        let message = format!("{read} is only compared, and nothing is read beyond it");
        let problem = match written_in(rulebook, compiled) {
            Some((block, policy)) => {
                let within = block.text[policy..].find(".before.").unwrap_or(0);
                in_block(block, policy + within, Severity::Error, message)
            }
            None => at_rule(rulebook, &compiled.facts.rule, message),
        };
        if said.insert((problem.file.clone(), problem.line)) {
            problems.push(problem);
        }
    }
}

/// A permit says who, not when.
fn permits_read_no_progress(rulebook: &Rulebook, pool: &[StepPolicies], problems: &mut Vec<Problem>) {
    let mut said = BTreeSet::new();
    for compiled in pool.iter().flat_map(|entry| &entry.policies).filter(|policy| policy.facts.permits) {
        let progress = ["done", "ripe", "outcome", "tally", "taken_by"];
        let read = compiled.facts.reads.iter().flatten().find(|read| progress.contains(&read.as_str()));
        let Some(read) = read else { continue };
        let message = format!("a permit says who, not when, and may not read {read}: write a forbid");
        let problem = match written_in(rulebook, compiled) {
            Some((block, policy)) => {
                let within = block.text[policy..].find(&format!(".{read}")).unwrap_or(0);
                in_block(block, policy + within, Severity::Error, message)
            }
            None => at_rule(rulebook, &compiled.facts.rule, message),
        };
        if said.insert((problem.file.clone(), problem.line)) {
            problems.push(problem);
        }
    }
}

/// A step that nobody may ever take is dead.
pub(super) fn every_step_has_a_permit(rulebook: &Rulebook, pool: &[StepPolicies], problems: &mut Vec<Problem>) {
    for entry in pool.iter().filter(|entry| entry.step != READ) {
        if !entry.policies.iter().any(|policy| policy.facts.permits) {
            let kind = rulebook.kind(&entry.kind);
            let step = kind.and_then(|kind| kind.step(&entry.step));
            let rule = step.and_then(|step| step.cites.values().next()).or(kind.map(|kind| &kind.rule));
            let message = format!("nobody may take {}.{}: it has no by, by_each or permit", entry.kind, entry.step);
            problems.push(match rule {
                Some(rule) => at_rule(rulebook, rule, message),
                None => without_place(message),
            });
        }
    }
}
