//! From a gate that refuses to what is missing, who can supply it, and from when.

use super::repair::Repair;
use crate::{
    authority::{self, Asker, Authority, Bench, PolicyFacts},
    progress::{Progress, Ripe},
    refusal::{Missing, MissingWhat, Refusal, Why},
    rulebook::{After, Anchor, Bound, Outcome, Path, Rulebook, Side, Source, Step, Type},
    scene::Scene,
};
use facts::{FieldId, Matter, MatterId, PersonId, Role, RuleId, StepId, Value};
use jiff::civil::Date;
use std::{cell::RefCell, collections::BTreeMap};

/// A matter with everything that is asked of it.
pub(super) struct Desk<'s> {
    pub rulebook: &'s Rulebook,
    pub authority: &'s Authority,
    pub progress: Progress<'s>,
    pub bench: Bench<'s>,
    /// Which written gates bind this matter by reference only.
    by_reference: Option<&'s Bound>,
    /// The first days that were looked for, of steps of this matter and of those it is linked with.
    earliest: RefCell<BTreeMap<(MatterId, StepId), Option<Date>>>,
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
        let by_reference = progress.by_reference();
        Some(Desk { rulebook, authority, progress, bench, by_reference, earliest: RefCell::default() })
    }

    /// The refusals of the gates of a step. Before input is given, gates over what the step itself
    /// asks for are left for later.
    pub fn refusals(&self, asker: Asker<'_>, step: &Step, given: Option<Option<&Outcome>>) -> Vec<Refusal> {
        let policies = self.policies(step);
        let refusal = |(rule, error): (RuleId, Option<String>)| {
            let refusal = self.refusal(asker, step, &rule, policies);
            let why = error.map_or(refusal.why.clone(), |message| Why::RuleError { message });
            Refusal { why, ..refusal }
        };
        self.refusing(asker, step, given.is_none()).into_iter().map(refusal).collect()
    }

    /// The rules that a step waits for, whoever asks; empty where it could be taken now.
    pub fn waits_for(&self, step: &Step) -> Vec<RuleId> {
        self.refusing(Asker::Nobody, step, true).into_iter().map(|(rule, _)| rule).collect()
    }

    /// Whether a gate refuses the step to a person that does not refuse it to everybody (`to_all`), leaving
    /// out those over what the step itself asks for.
    pub fn bars(&self, person: &PersonId, step: &Step, to_all: &[RuleId]) -> bool {
        let refusing = self.refusing(Asker::Person(person), step, true);
        refusing.iter().any(|(rule, _)| !to_all.contains(rule))
    }

    /// The written gates that would refuse the step, where they bind this matter by reference only; and the
    /// rule from when the rulebook is in force, where that day has not come.
    pub fn remarks(&self, asker: Asker<'_>, step: &Step) -> Vec<RuleId> {
        let Rulebook { in_force_from, in_force_rule, .. } = self.rulebook;
        let too_early = in_force_from.is_some_and(|from| self.progress.scene.today < from);
        let mut remarks: Vec<RuleId> = in_force_rule.iter().filter(|_| too_early).cloned().collect();
        if self.by_reference.is_some() {
            let refusing = self.bench.gates(asker, step.id.as_str()).rules;
            remarks.extend(refusing.into_iter().filter(|rule| self.is_remark(rule, step)));
        }
        remarks
    }

    fn is_remark(&self, rule: &RuleId, step: &Step) -> bool {
        let article = || rule.as_str().split('/').next().unwrap_or_default();
        let follows = self.by_reference.is_some_and(|bound| bound.covers(article()));
        follows && self.policies(step).iter().any(|policy| policy.rule == *rule && !policy.from_table)
    }

    /// The rules of the gates that refuse, and what went wrong where one could not be judged.
    fn refusing(&self, asker: Asker<'_>, step: &Step, before_input: bool) -> Vec<(RuleId, Option<String>)> {
        let ruling = self.bench.gates(asker, step.id.as_str());
        let policies = self.policies(step);
        let gate = |rule: &RuleId| policies.iter().find(|policy| policy.rule == *rule && !policy.permits);
        let left = |policy: &PolicyFacts| before_input && self.depends_on_input(policy, step);
        let refuses = |rule: &RuleId| gate(rule).is_some_and(|policy| !left(policy));
        let errs = |rule: &RuleId| !policies.iter().any(|policy| policy.rule == *rule && left(policy));
        let binds = |rule: &RuleId| !self.is_remark(rule, step);
        let refused = ruling.rules.into_iter().filter(refuses).filter(binds).map(|rule| (rule, None));
        let erred = ruling.errors.into_iter().filter(|(rule, _)| errs(rule));
        refused.chain(erred.map(|(rule, message)| (rule, Some(message)))).collect()
    }

    fn policies(&self, step: &Step) -> &'s [PolicyFacts] {
        self.bench.policies(step.id.as_str())
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

    /// Whether a gate looks at a field that the step asks for, or at its outcome.
    fn depends_on_input(&self, policy: &PolicyFacts, step: &Step) -> bool {
        if policy.reads_outcome {
            return true;
        }
        let outcomes = step.outcomes.iter().flat_map(|outcome| outcome.asks.iter().chain(&outcome.may_ask));
        let mut asked = step.asks.iter().chain(&step.may_ask).chain(outcomes);
        asked.any(|field| {
            policy.reads.iter().any(|read| {
                read.first().is_some_and(|first| first == field.as_str())
                    || (read.len() > 1 && ["size", "holding"].contains(&read[0].as_str()) && read[1] == field.as_str())
            })
        })
    }

    fn refusal(&self, asker: Asker<'_>, step: &Step, rule: &RuleId, policies: &[PolicyFacts]) -> Refusal {
        let belongs_to = self.open_to_others(asker, step, rule);
        if !belongs_to.is_empty() {
            return self.blank(step, Why::NotYours { belongs_to }, vec![rule.clone()]);
        }
        if step.cite("needed_if") == Some(rule) && self.progress.needed(step) == Some(false) {
            return self.blank(step, Why::NotNeeded, vec![rule.clone()]);
        }
        if let Some(day) = self.passes_on(asker, step, rule) {
            let missing = self.day_to_come(self.progress, Some(day));
            let refusal = self.blank(step, Why::Forbidden, vec![rule.clone()]);
            return Refusal { missing: vec![missing], earliest: Some(day), ..refusal };
        }
        if let Some(another) = self.another(asker, step, rule) {
            return Refusal { missing: vec![another], ..self.blank(step, Why::Forbidden, vec![rule.clone()]) };
        }
        let mut missing: Vec<Missing> = vec![];
        let repair = Repair::new(self, asker, step);
        for policy in policies.iter().filter(|policy| policy.rule == *rule && !policy.permits) {
            for found in repair.iter().flat_map(|repair| repair.to_fail(policy.condition())) {
                if !missing.contains(&found) {
                    missing.push(found);
                }
            }
        }
        self.prefer_outcome(asker, step, rule, &mut missing);
        let earliest = missing.iter().map(|one| one.earliest).collect::<Option<Vec<Date>>>();
        let earliest = earliest.and_then(|days| days.into_iter().max());
        Refusal { missing, earliest, ..self.blank(step, Why::Forbidden, vec![rule.clone()]) }
    }

    /// The first day to come, of those that the matter and its links name, on which a gate over the day
    /// would let the step pass.
    pub fn passes_on(&self, asker: Asker<'_>, step: &Step, rule: &RuleId) -> Option<Date> {
        let Progress { scene, matter, .. } = self.progress;
        let gates = self.policies(step).iter().filter(|policy| policy.rule == *rule && policy.reads_today);
        let named = gates.flat_map(|policy| &policy.reads).filter_map(|read| {
            let path = Path(read.iter().map(FieldId::new).collect());
            scene.value(matter, &path)?.date()
        });
        // A gate waits for the day itself, or for it to be past.
        let days = named.flat_map(|day| [Some(day), day.tomorrow().ok()]).flatten();
        let mut days: Vec<Date> = days.filter(|day| *day > scene.today).collect();
        days.sort();
        days.into_iter().find(|day| {
            let then = scene.on(*day);
            let bench = self.authority.bench(self.rulebook, &then, matter);
            !bench.gates(asker, step.id.as_str()).rules.contains(rule)
        })
    }

    /// A field that is to be filled in or changed: by whoever takes the step that is asked of, or by
    /// another step that can still be taken; nothing, where nobody can change it any more. `wanted`: whether
    /// it is to hold, where it is a yes or no.
    pub fn missing_field(&self, at: Progress<'_>, field: FieldId, asked: &Step, wanted: bool) -> Option<Missing> {
        let here = at.matter.id == self.progress.matter.id;
        if let Some((progress, step)) =
            at.answered_by(&Path(vec![field.clone()])).filter(|(_, step)| step.id != asked.id)
        {
            return Some(self.missing_step(progress, step));
        }
        let missing = |by: Option<&Step>, who: Vec<Role>| Missing {
            matter: Some(at.matter.id),
            kind: at.kind.id.clone(),
            what: MissingWhat::Field { field: field.clone(), by: by.map(|step| step.id.clone()) },
            who,
            earliest: None,
        };
        if here && asked.asks_for(&field) {
            let mut who = self.roles(at, asked);
            who.sort();
            return Some(missing(None, who));
        }
        let open = |step: &&Step| !step.start && (step.repeat || !at.done(step));
        let supplies: Vec<&Step> = at.kind.steps.iter().filter(|step| step.asks_for(&field)).filter(open).collect();
        if let Some(first) = supplies.first() {
            if let Some(carrier) = supplies.iter().all(|step| step.carried).then(|| self.carrier(at, first)).flatten() {
                return Some(carrier);
            }
            let mut who: Vec<Role> = supplies.iter().flat_map(|step| self.roles(at, step)).collect();
            who.sort();
            who.dedup();
            return (!who.is_empty()).then(|| missing(Some(first), who));
        }
        // A step that fills it in by itself.
        let sets = |step: &&Step| {
            let of_outcomes = step.outcomes.iter().flat_map(|outcome| &outcome.sets);
            let fitting = |source: &Source| !matches!(source, Source::Yes(yes) if *yes != wanted);
            step.sets.iter().chain(of_outcomes).any(|(set, source)| *set == field && fitting(source))
        };
        let step = at.kind.steps.iter().filter(sets).find(|step| step.id != asked.id && open(step))?;
        Some(self.missing_step(at, step)).filter(|missing| !missing.who.is_empty())
    }

    fn roles(&self, at: Progress<'_>, step: &Step) -> Vec<Role> {
        match at.matter.id == self.progress.matter.id {
            true => authority::roles_of_step(&self.bench, &at, step),
            false => authority::roles_of_step(&self.authority.bench(self.rulebook, at.scene, at.matter), &at, step),
        }
    }

    /// A step to be taken; where another matter carries it, the step there, as far as it is known which.
    pub fn missing_step(&self, at: Progress<'_>, step: &Step) -> Missing {
        if let Some(carrier) = step.carried.then(|| self.carrier(at, step)).flatten() {
            return carrier;
        }
        let answers = step.by_each.as_ref().map_or(vec![], |each| at.open_answers(step, each));
        let taken = at.matter.taken.iter().any(|taken| taken.step == step.id);
        let void =
            taken && at.matter.taken.iter().rfind(|taken| taken.step == step.id).is_some_and(|t| t.void.is_some());
        Missing {
            matter: Some(at.matter.id),
            kind: at.kind.id.clone(),
            what: MissingWhat::Step { step: step.id.clone(), answers, void },
            who: self.roles(at, step),
            // On which day another matter carries it, nobody can tell.
            earliest: if step.carried { None } else { self.earliest(at, step) },
        }
    }

    /// Whether the gates of a step let it be taken now.
    pub fn is_open(&self, at: Progress<'_>, step: &Step) -> bool {
        let desk = Desk::new(self.rulebook, self.authority, at.scene, at.matter);
        at.matter.closed.is_none() && desk.is_some_and(|desk| desk.waits_for(step).is_empty())
    }

    /// The step of a linked matter that carries a step of this one and can be taken now.
    pub fn carrier(&self, at: Progress<'_>, carried: &Step) -> Option<Missing> {
        let carriers = self.rulebook.carriers(&at.kind.id, &carried.id);
        for field in &at.kind.fields {
            let Type::Matter(kind) = &field.kind_of_value else { continue };
            let linked = at.matter.fields.get(&field.id).and_then(Value::matter).and_then(|id| at.scene.matter(id));
            let Some(progress) = linked.and_then(|matter| Progress::of(self.rulebook, at.scene, matter)) else {
                continue;
            };
            let of_kind = carriers.iter().filter(|(of, _)| of == kind);
            let steps = of_kind.filter_map(|(_, step)| progress.kind.step(step.as_str()));
            let open = steps.filter(|step| !step.carried && self.is_open(progress, step));
            if let Some(step) = open.min_by_key(|step| !step.optional) {
                return Some(self.missing_step(progress, step));
            }
        }
        None
    }

    pub fn missing_day(&self, at: Progress<'_>, step: &Step) -> Missing {
        let day = match at.ripe_on(step) {
            Ok(Ripe::At(day)) => Some(day),
            _ => None,
        };
        let earliest = Earliest::new(self).ripe(at, step);
        Missing { earliest, ..self.day_to_come(at, day) }
    }

    fn day_to_come(&self, at: Progress<'_>, day: Option<Date>) -> Missing {
        let (matter, kind) = (Some(at.matter.id), at.kind.id.clone());
        Missing { matter, kind, what: MissingWhat::Day { day }, who: vec![], earliest: day }
    }

    /// The steps that must come before a step: those its table names, and those its gates ask for now.
    fn before(&self, step: &Step, refusing: &[RuleId]) -> Vec<(Progress<'s>, &'s Step)> {
        let at = self.progress;
        let named = |after: &After| {
            let matter = at.scene.follow(at.matter, &after.links)?;
            let progress = Progress::of(at.rulebook, at.scene, matter)?;
            Some((progress, progress.kind.step(after.step.as_str())?))
        };
        let mut before: Vec<_> = step.after.iter().filter_map(named).collect();
        let gates = self.policies(step).iter().filter(|policy| !policy.permits && refusing.contains(&policy.rule));
        for read in gates.flat_map(|policy| &policy.reads) {
            before.extend(step_read(at, read).filter(|(at, read)| read.id != step.id && !at.done(read)));
        }
        before
    }

    /// The first day on which a missing step can be taken, `None` where nobody can tell: somebody has to
    /// be appointed first, or the calendar ends before.
    pub fn earliest(&self, at: Progress<'_>, step: &Step) -> Option<Date> {
        Earliest::new(self).of(at, step)
    }
}

/// Waiting times add up along the steps that must come first, those that the table names and those that a
/// gate asks for. A step that nobody has taken yet is taken today at the earliest, and one that counts from
/// it that many days later.
struct Earliest<'d, 's> {
    desk: &'d Desk<'s>,
    /// Steps whose day is being looked for: gates may ask for one another.
    under_way: Vec<(MatterId, StepId)>,
    /// One of them was met again: what is found then rests on where the search began.
    met_again: bool,
}

impl<'d, 's> Earliest<'d, 's> {
    fn new(desk: &'d Desk<'s>) -> Self {
        Earliest { desk, under_way: vec![], met_again: false }
    }

    fn of(&mut self, at: Progress<'s>, step: &Step) -> Option<Date> {
        let this = (at.matter.id, step.id.clone());
        if self.under_way.contains(&this) {
            self.met_again = true;
            return Some(at.scene.today);
        }
        if let Some(found) = self.desk.earliest.borrow().get(&this) {
            return *found;
        }
        let met_before = std::mem::take(&mut self.met_again);
        let found = self.look_for(at, step);
        if !self.met_again {
            self.desk.earliest.borrow_mut().insert(this, found);
        }
        self.met_again |= met_before;
        found
    }

    fn look_for(&mut self, at: Progress<'s>, step: &Step) -> Option<Date> {
        let today = at.scene.today;
        if at.done(step) {
            return Some(today);
        }
        let desk = Desk::new(at.rulebook, self.desk.authority, at.scene, at.matter)?;
        let roles = authority::roles_of_step(&desk.bench, &at, step);
        if !roles.is_empty() && roles.iter().all(|role| at.scene.organisation.holders(role).is_empty()) {
            return None;
        }
        self.under_way.push((at.matter.id, step.id.clone()));
        let refusing = desk.waits_for(step);
        let before = desk.before(step, &refusing).into_iter().map(|(at, before)| self.of(at, before));
        let before: Option<Vec<Date>> = before.collect();
        let day = before.map(|days| days.into_iter().fold(today, Date::max));
        let ripe = self.ripe(at, step);
        self.under_way.pop();
        // Some steps have their day: a meeting opens on its own.
        let named = refusing.iter().filter_map(|rule| desk.passes_on(Asker::Nobody, step, rule));
        Some(named.fold(day?.max(ripe?), Date::max))
    }

    /// The day on which the waiting time of a step is over.
    fn ripe(&mut self, at: Progress<'s>, step: &Step) -> Option<Date> {
        let today = at.scene.today;
        let lifted = step.not_before.as_ref().and_then(|wait| wait.unless.as_ref());
        if lifted.is_some_and(|lifting| at.matter.done(lifting.as_str()).is_some()) {
            return Some(today);
        }
        match at.ripe_on(step).ok()? {
            Ripe::At(day) => Some(day),
            Ripe::Always => Some(today),
            Ripe::NotYetKnown => self.counted_from_then(at, step),
        }
    }

    /// The waiting time of a step whose anchor has not happened yet, counted from when that can happen.
    fn counted_from_then(&mut self, at: Progress<'s>, step: &Step) -> Option<Date> {
        let wait = &step.not_before.as_ref()?.day;
        let then = self.happens(at, &wait.anchor)?;
        (wait.side == Side::After).then(|| at.counted_from(wait, then).ok())?
    }

    /// The first day on which what is counted from can have happened.
    fn happens(&mut self, at: Progress<'s>, anchor: &Anchor) -> Option<Date> {
        match anchor {
            Anchor::Step(after) => {
                let matter = at.scene.follow(at.matter, &after.links)?;
                let progress = Progress::of(at.rulebook, at.scene, matter)?;
                let step = progress.kind.step(after.step.as_str())?;
                let taken = matter.done(step.id.as_str()).map(|taken| taken.on);
                taken.or_else(|| self.of(progress, step))
            }
            Anchor::Last(anchors) => {
                let days = anchors.iter().map(|anchor| self.happens(at, anchor)).collect::<Option<Vec<Date>>>()?;
                days.into_iter().max()
            }
            Anchor::Field(path) => at.scene.value(at.matter, path)?.date(),
            Anchor::Opened => Some(at.matter.opened),
            Anchor::Today => Some(at.scene.today),
        }
    }
}

/// The step whose being done, outcome or tally an attribute tells, of this or a linked matter.
fn step_read<'s>(at: Progress<'s>, read: &[String]) -> Option<(Progress<'s>, &'s Step)> {
    match read {
        [record, name, ..] if ["done", "outcome", "tally"].contains(&record.as_str()) => {
            Some((at, at.kind.step(name)?))
        }
        [link, rest @ ..] => {
            let matter = at.scene.follow(at.matter, &[FieldId::new(link)])?;
            step_read(Progress::of(at.rulebook, at.scene, matter)?, rest)
        }
        [] => None,
    }
}
