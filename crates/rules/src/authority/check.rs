//! What is wrong with the Cedar of a rulebook, said at the line where it stands.

use super::{Compiled, READ};
use crate::rulebook::{CedarBlock, Problem, Rulebook, Severity, nearest};
use cedar_policy::{PolicySet, Schema, ValidationMode, Validator};
use facts::RuleId;

/// The policies of one step of one kind.
#[derive(Clone)]
pub struct StepPolicies {
    pub kind: String,
    pub step: String,
    pub policies: Vec<Compiled>,
}

pub(super) fn without_place(message: String) -> Problem {
    Problem { severity: Severity::Error, file: "rulebook.toml".into(), line: 1, source: String::new(), message }
}

pub(super) fn at_rule(rulebook: &Rulebook, rule: &RuleId, message: String) -> Problem {
    let place = rulebook.rule(rule).map(|rule| rule.place.clone()).unwrap_or_default();
    Problem { severity: Severity::Error, file: place.file, line: place.line, source: String::new(), message }
}

pub(super) fn at_block(_: &Rulebook, block: &CedarBlock, message: String) -> Problem {
    in_block(block, 0, Severity::Error, message)
}

/// A syntax error of Cedar, at the line it speaks of.
pub(super) fn cedar_error(block: &CedarBlock, error: &cedar_policy::ParseErrors) -> Problem {
    use std::error::Error;
    let offset = error.iter().next().and_then(|error| {
        let labels = miette_labels(error)?;
        Some(labels)
    });
    let mut message = error.to_string();
    if let Some(source) = error.source() {
        message = format!("{message}: {source}");
    }
    in_block(block, offset.unwrap_or(0), Severity::Error, message)
}

fn miette_labels(error: &impl miette::Diagnostic) -> Option<usize> {
    error.labels()?.next().map(|label| label.offset())
}

fn in_block(block: &CedarBlock, offset: usize, severity: Severity, message: String) -> Problem {
    let before = &block.text[..offset.min(block.text.len())];
    let line_in_block = before.matches('\n').count();
    let source = block.text.lines().nth(line_in_block).unwrap_or("").trim_end().to_owned();
    Problem { severity, file: block.place.file.clone(), line: block.place.line + line_in_block, source, message }
}

/// Strict validation: no policy of the rulebook can err for want of an attribute or a wrong type.
pub(super) fn validate(rulebook: &Rulebook, schema: &Schema, pool: &[StepPolicies], problems: &mut Vec<Problem>) {
    let mut all = PolicySet::new();
    for compiled in pool.iter().flat_map(|entry| &entry.policies) {
        if let Err(error) = all.add(compiled.policy.clone()) {
            problems.push(at_rule(rulebook, &compiled.facts.rule, error.to_string()));
        }
    }
    let result = Validator::new(schema.clone()).validate(&all, ValidationMode::Strict);
    let mut said = std::collections::BTreeSet::new();
    for error in result.validation_errors() {
        let rule = super::rule_of(error.policy_id());
        let message = plain(rulebook, &error.to_string());
        let (problem, key) = match written_in(rulebook, &rule, pool) {
            Some(block) => {
                let offset = miette_labels(error).unwrap_or(0);
                let problem = in_block(block, offset, Severity::Error, message);
                let key = (problem.file.clone(), problem.line, problem.message.clone());
                (problem, key)
            }
            None => {
                let problem = at_rule(rulebook, &rule, message);
                let key = (problem.file.clone(), problem.line, problem.message.clone());
                (problem, key)
            }
        };
        // One written policy shared out to several steps is one mistake.
        if said.insert(key) {
            problems.push(problem);
        }
    }
}

/// An invariant is validated like a policy: one that speaks of nothing would be proved of nothing.
pub(super) fn invariant(schema: &Schema, block: &CedarBlock, set: &PolicySet, problems: &mut Vec<Problem>) {
    let result = Validator::new(schema.clone()).validate(set, ValidationMode::Strict);
    let before = problems.len();
    problems.extend(
        result
            .validation_errors()
            .map(|error| in_block(block, miette_labels(error).unwrap_or(0), Severity::Error, error.to_string())),
    );
    let speaks = set.policies().all(|policy| policy.get_valid_request_envs(schema).next().is_some());
    if problems.len() == before && !speaks {
        let message = "this invariant speaks of no step of any kind that there is".to_owned();
        problems.push(in_block(block, 0, Severity::Error, message));
    }
}

/// Cedar's message in the rulebook's words: without its policy id, with the nearest name.
fn plain(rulebook: &Rulebook, message: &str) -> String {
    let message = match message.split_once("`, ") {
        Some((head, rest)) if head.starts_with("for policy `") => rest.to_owned(),
        _ => message.to_owned(),
    };
    let unknown = message
        .split('`')
        .skip(1)
        .step_by(2)
        .map(|quoted| quoted.rsplit(['.', ':', ' ']).next().unwrap_or(quoted).trim_matches('"'));
    let names: Vec<&str> = rulebook
        .kinds
        .iter()
        .flat_map(|kind| {
            let steps = kind.steps.iter().map(|step| step.id.as_str());
            let fields = kind.fields.iter().map(|field| field.id.as_str());
            steps.chain(fields).chain([kind.id.as_str()])
        })
        .chain(rulebook.posts.keys().map(facts::PostId::as_str))
        .collect();
    for name in unknown {
        if !names.contains(&name)
            && let Some(near) = nearest(name, names.iter().copied())
        {
            return format!("{message}; nearest: {near}");
        }
    }
    message
}

fn written_in<'r>(rulebook: &'r Rulebook, rule: &RuleId, pool: &[StepPolicies]) -> Option<&'r CedarBlock> {
    let text = pool
        .iter()
        .flat_map(|entry| &entry.policies)
        .find(|policy| policy.facts.rule == *rule && !policy.facts.from_table)
        .map(|policy| policy.facts.text.clone())?;
    let article = rule.as_str().split('/').next()?;
    rulebook.cedar.iter().filter(|block| block.article == article).find(|block| block.text.contains(text.trim()))
}

/// A permit says who, not when.
pub(super) fn permits_read_no_progress(rulebook: &Rulebook, pool: &[StepPolicies], problems: &mut Vec<Problem>) {
    for compiled in pool.iter().flat_map(|entry| &entry.policies).filter(|policy| policy.facts.permits) {
        let progress = ["done", "ripe", "outcome", "tally"];
        let read = compiled.facts.reads.iter().flatten().find(|read| progress.contains(&read.as_str()));
        if let Some(read) = read {
            let message = format!("a permit says who, not when, and may not read {read}: write a forbid");
            problems.push(match written_in(rulebook, &compiled.facts.rule, pool) {
                Some(block) => at_block(rulebook, block, message),
                None => at_rule(rulebook, &compiled.facts.rule, message),
            });
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
