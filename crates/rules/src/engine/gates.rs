//! From a gate that refuses to what is missing, who can supply it, and from when.

use crate::{
    authority::{self, Access, Asker, Authority, Bench, PolicyFacts},
    progress::{Progress, Ripe},
    refusal::{Missing, MissingWhat, Refusal, Why},
    rulebook::{Outcome, Path, Rulebook, Step},
    scene::Scene,
};
use facts::{FieldId, Matter, Role, RuleId};
use jiff::civil::Date;

/// A matter with everything that is asked of it.
pub(super) struct Desk<'s> {
    pub rulebook: &'s Rulebook,
    pub authority: &'s Authority,
    pub progress: Progress<'s>,
    pub bench: Bench<'s>,
}

impl<'s> Desk<'s> {
    pub fn new(
        rulebook: &'s Rulebook,
        authority: &'s Authority,
        scene: &'s Scene<'s>,
        matter: &'s Matter,
    ) -> Option<Desk<'s>> {
        let progress = Progress::of(rulebook, scene, matter)?;
        let bench = authority.bench(rulebook, scene, matter);
        Some(Desk { rulebook, authority, progress, bench })
    }

    /// The refusals of the gates of a step. Before input is given, gates over what the step itself
    /// asks for are left for later.
    pub fn refusals(&self, asker: Asker<'_>, step: &Step, given: Option<Option<&Outcome>>) -> Vec<Refusal> {
        let policies = self.policies(step);
        let refusal = |(rule, error): (RuleId, Option<String>)| {
            let refusal = self.refusal(step, &rule, policies);
            let why = error.map_or(refusal.why.clone(), |message| Why::RuleError { message });
            Refusal { why, ..refusal }
        };
        self.refusing(asker, step, given.is_none()).into_iter().map(refusal).collect()
    }

    /// The rules that a step waits for, whoever asks; empty where it could be taken now.
    pub fn waits_for(&self, step: &Step) -> Vec<RuleId> {
        self.refusing(Asker::Nobody, step, true).into_iter().map(|(rule, _)| rule).collect()
    }

    /// The rules of the gates that refuse, and what went wrong where one could not be judged.
    fn refusing(&self, asker: Asker<'_>, step: &Step, before_input: bool) -> Vec<(RuleId, Option<String>)> {
        let ruling = self.bench.gates(asker, step.id.as_str());
        let policies = self.policies(step);
        let gate = |rule: &RuleId| policies.iter().find(|policy| policy.rule == *rule && !policy.permits);
        let left = |policy: &PolicyFacts| before_input && self.depends_on_input(policy, step);
        let refuses = |rule: &RuleId| gate(rule).is_some_and(|policy| !left(policy));
        let errs = |rule: &RuleId| !policies.iter().any(|policy| policy.rule == *rule && left(policy));
        let refused = ruling.rules.into_iter().filter(refuses).map(|rule| (rule, None));
        let erred = ruling.errors.into_iter().filter(|(rule, _)| errs(rule));
        refused.chain(erred.map(|(rule, message)| (rule, Some(message)))).collect()
    }

    fn policies(&self, step: &Step) -> &'s [PolicyFacts] {
        self.authority.policies(self.progress.kind.id.as_str(), step.id.as_str())
    }

    pub fn blank(&self, step: &Step, why: Why, rules: Vec<RuleId>) -> Refusal {
        Refusal {
            matter: Some(self.progress.matter.id),
            kind: self.progress.kind.id.clone(),
            step: step.id.clone(),
            why,
            rules,
            missing: vec![],
            earliest: None,
        }
    }

    /// Whether a gate looks at a field that the step asks for.
    fn depends_on_input(&self, policy: &PolicyFacts, step: &Step) -> bool {
        let outcomes = step.outcomes.iter().flat_map(|outcome| outcome.asks.iter().chain(&outcome.may_ask));
        let mut asked = step.asks.iter().chain(&step.may_ask).chain(outcomes);
        asked.any(|field| {
            policy.reads.iter().any(|read| {
                read.first().is_some_and(|first| first == field.as_str())
                    || (read.len() > 1 && read[0] == "size" && read[1] == field.as_str())
            })
        })
    }

    fn refusal(&self, step: &Step, rule: &RuleId, policies: &[PolicyFacts]) -> Refusal {
        let mut missing: Vec<Missing> = vec![];
        for policy in policies.iter().filter(|policy| policy.rule == *rule && !policy.permits) {
            for read in &policy.reads {
                for found in self.missing(read, self.progress, step) {
                    if !missing.contains(&found) {
                        missing.push(found);
                    }
                }
            }
        }
        // A step that is missing says more than the field that made it necessary.
        let steps = missing.iter().any(|one| !matches!(one.what, MissingWhat::Field { .. }));
        if steps {
            missing.retain(|one| !matches!(one.what, MissingWhat::Field { .. }));
        }
        let earliest = missing.iter().map(|one| one.earliest).collect::<Option<Vec<Date>>>();
        let earliest = earliest.and_then(|days| days.into_iter().max());
        Refusal { missing, earliest, ..self.blank(step, Why::Forbidden, vec![rule.clone()]) }
    }

    /// What an attribute that a gate reads says is missing.
    fn missing(&self, read: &Access, at: Progress<'_>, asked: &Step) -> Vec<Missing> {
        let step = |name: &str| at.kind.step(name);
        match read.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["done" | "outcome" | "tally", name, ..] => step(name)
                .filter(|step| !at.done(step) || (read[0] == "outcome" && step.id != asked.id))
                .map(|step| self.missing_step(at, step))
                .into_iter()
                .collect(),
            ["ripe", name] => step(name)
                .filter(|step| !at.ripe(step).unwrap_or(false))
                .map(|step| self.missing_day(at, step))
                .into_iter()
                .collect(),
            ["size" | "asked", ..] => vec![],
            [link, .., _] | [link] => self.missing_beyond(read, at, link, asked),
            [] => vec![],
        }
    }

    fn missing_beyond(&self, read: &Access, at: Progress<'_>, link: &str, asked: &Step) -> Vec<Missing> {
        let field = FieldId::new(link);
        let linked = at.scene.value(at.matter, &Path(vec![field.clone()])).and_then(facts::Value::matter);
        if let Some(id) = linked {
            let Some(matter) = at.scene.matter(id) else {
                return vec![self.missing_field(at, field, true)];
            };
            let Some(progress) = Progress::of(self.rulebook, at.scene, matter) else { return vec![] };
            return self.missing(&read[1..].to_vec(), progress, asked);
        }
        vec![self.missing_field(at, field, false)]
    }

    fn missing_field(&self, at: Progress<'_>, field: FieldId, link: bool) -> Missing {
        let supplies = at.kind.steps.iter().filter(|step| {
            let outcomes = step.outcomes.iter().flat_map(|outcome| &outcome.asks);
            step.asks.iter().chain(&step.may_ask).chain(outcomes).any(|asked| *asked == field)
        });
        let mut who: Vec<Role> = supplies.flat_map(|step| at.roles(step)).collect();
        who.sort();
        who.dedup();
        let what = if link { MissingWhat::Link { field } } else { MissingWhat::Field { field } };
        Missing { matter: Some(at.matter.id), kind: at.kind.id.clone(), what, who, earliest: None }
    }

    fn missing_step(&self, at: Progress<'_>, step: &Step) -> Missing {
        let answers = step.by_each.as_ref().map_or(vec![], |each| at.open_answers(step, each));
        let taken = at.matter.taken.iter().any(|taken| taken.step == step.id);
        let void =
            taken && at.matter.taken.iter().rfind(|taken| taken.step == step.id).is_some_and(|t| t.void.is_some());
        let who = match at.matter.id == self.progress.matter.id {
            true => authority::roles_of_step(&self.bench, &at, step),
            false => authority::roles_of_step(&self.authority.bench(self.rulebook, at.scene, at.matter), &at, step),
        };
        Missing {
            matter: Some(at.matter.id),
            kind: at.kind.id.clone(),
            what: MissingWhat::Step { step: step.id.clone(), answers, void },
            who,
            earliest: Some(self.earliest(at, step)),
        }
    }

    fn missing_day(&self, at: Progress<'_>, step: &Step) -> Missing {
        let day = match at.ripe_on(step) {
            Ok(Ripe::At(day)) => Some(day),
            _ => None,
        };
        Missing {
            matter: Some(at.matter.id),
            kind: at.kind.id.clone(),
            what: MissingWhat::Day { day },
            who: vec![],
            earliest: day,
        }
    }

    /// The first day on which a missing step can be taken, as far as its own waiting time goes and
    /// that of the steps before it.
    fn earliest(&self, at: Progress<'_>, step: &Step) -> Date {
        earliest(at, step, 0)
    }
}

/// Waiting times add up along the steps that must come first. A step that nobody has taken yet is
/// taken today at the earliest, and one that counts from it that many days later.
fn earliest(at: Progress<'_>, step: &Step, depth: usize) -> Date {
    let today = at.scene.today;
    // Chains of `after` have no circle; the bound is for links between matters that might.
    if depth > 32 || at.done(step) {
        return today;
    }
    let mut day = today;
    for after in &step.after {
        let Some(matter) = at.scene.follow(at.matter, &after.links) else { continue };
        let Some(progress) = Progress::of(at.rulebook, at.scene, matter) else { continue };
        if let Some(before) = progress.kind.step(after.step.as_str()) {
            day = day.max(earliest(progress, before, depth + 1));
        }
    }
    let lifted = step.not_before.as_ref().and_then(|wait| wait.unless.as_ref());
    if lifted
        .is_some_and(|lifting| at.kind.step(lifting.as_str()).is_some_and(|s| at.matter.done(s.id.as_str()).is_some()))
    {
        return day;
    }
    match at.ripe_on(step) {
        Ok(Ripe::At(ripe)) => day.max(ripe),
        Ok(Ripe::NotYetKnown) => day.max(counted_from_then(at, step, depth).unwrap_or(day)),
        _ => day,
    }
}

/// The waiting time of a step whose anchor has not happened yet, counted from when that can happen.
fn counted_from_then(at: Progress<'_>, step: &Step, depth: usize) -> Option<Date> {
    use crate::rulebook::{Anchor, Side};
    let wait = &step.not_before.as_ref()?.day;
    let Anchor::Step(anchor) = &wait.anchor else { return None };
    let matter = at.scene.follow(at.matter, &anchor.links)?;
    let progress = Progress::of(at.rulebook, at.scene, matter)?;
    let then = earliest(progress, progress.kind.step(anchor.step.as_str())?, depth + 1);
    match (wait.side, wait.working) {
        (Side::After, true) => at.scene.calendar.add_working_days(then, wait.count).ok(),
        (Side::After, false) => at.scene.calendar.add_days(then, wait.count).ok(),
        _ => None,
    }
}
