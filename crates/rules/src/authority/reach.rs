//! What can ever come to be: which kinds can be opened, which steps be taken, what fields can hold.
//!
//! Begins with nothing but the steps that open matters, and goes on as long as one more step can be taken. What a
//! gate looks at is taken for possible unless nothing reached so far can bring it about, whoever acts and whatever
//! the day; so what is found unreachable is so in every office. What waits for each other in a circle is never reached.

use super::{
    StepPolicies, check,
    paths::{Root, chain},
    possible::{At, Can, Held, Judged, Look, follows, judged, ways},
    schema::is_never_absent,
};
use crate::rulebook::{
    Field, Kind, Need, Opens, Outcome, Path, Problem, Rule, Rulebook, Severity, Source, Step, Takes, Type,
};
use facts::{FieldId, KindId, OutcomeId, StepId};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

struct Reach<'r> {
    rulebook: &'r Rulebook,
    policies: BTreeMap<At, Vec<Judged>>,
    kinds: BTreeSet<KindId>,
    /// The steps reached, each with the outcomes that it can come to; `None` for a step without outcomes.
    steps: BTreeMap<At, BTreeSet<Option<OutcomeId>>>,
    fields: BTreeMap<(KindId, FieldId), Held>,
}

/// The kinds that can never be opened, the steps that can never be taken, and the kinds that can never end.
///
/// `written`: the rules of written policies, which the rulebook does not know yet.
pub(super) fn unreachable(rulebook: &Rulebook, pool: &[StepPolicies], written: &[Rule], problems: &mut Vec<Problem>) {
    let mut reach = Reach {
        rulebook,
        policies: judged(pool),
        kinds: BTreeSet::new(),
        steps: BTreeMap::new(),
        fields: BTreeMap::new(),
    };
    while reach.goes_on() {}
    for kind in &rulebook.kinds {
        if !reach.kinds.contains(&kind.id) {
            let message = format!("no {} can ever be opened: no step that opens one can be taken", kind.id);
            problems.push(check::at_rule(rulebook, &kind.rule, message));
            continue;
        }
        for step in kind.steps.iter().filter(|step| !reach.steps.contains_key(&at(kind, step))) {
            problems.push(reach.problem(Look::new(kind, step, None), written));
        }
        for step in kind.steps.iter() {
            reach.outcomes_missed(kind, step).for_each(|outcome| {
                problems.push(reach.problem(Look::new(kind, step, Some(outcome)), written));
            });
        }
        let closes = |step: &&Step| step.closes || step.outcomes.iter().any(|outcome| outcome.closes);
        let mut closing = kind.steps.iter().filter(closes).peekable();
        if closing.peek().is_some() && !closing.any(|step| reach.closes(kind, step)) {
            let message = format!("{} can never end: no step that closes one can be taken", kind.id);
            problems.push(check::at_rule(rulebook, &kind.rule, message));
        } else if let Some(((step, outcome), given_up)) =
            reach.strands(kind, false).map(|at| (at, false)).or_else(|| Some((reach.strands(kind, true)?, true)))
        {
            let with = outcome.map(|outcome| format!(" with {}", outcome.id)).unwrap_or_default();
            let never = if given_up { "can only be given up" } else { "can never end" };
            let message = format!("{} {never} once {} was taken{with}", kind.id, step.id);
            let rule = step.cites.values().next().unwrap_or(&kind.rule);
            let problem = check::at_rule(rulebook, rule, message);
            problems.push(Problem { severity: Severity::Warning, ..problem });
        }
    }
}

fn at(kind: &Kind, step: &Step) -> At {
    (kind.id.clone(), step.id.clone())
}

impl<'r> Reach<'r> {
    /// Looks at every step once; whether anything more was reached.
    fn goes_on(&mut self) -> bool {
        let before = (self.kinds.len(), self.outcomes(), self.fields.clone());
        for kind in &self.rulebook.kinds {
            for step in &kind.steps {
                let reached = self.steps.get(&at(kind, step));
                let whole = reached.is_some_and(|outcomes| outcomes.len() == step.outcomes.len().max(1));
                if step.start || self.kinds.contains(&kind.id) {
                    self.look_at(kind, step, whole);
                }
            }
        }
        before != (self.kinds.len(), self.outcomes(), self.fields.clone())
    }

    fn outcomes(&self) -> usize {
        self.steps.values().map(BTreeSet::len).sum()
    }

    /// `known`: all its outcomes were reached before; what it fills in may have grown since.
    fn look_at(&mut self, kind: &'r Kind, step: &'r Step, known: bool) {
        for outcome in ways(step) {
            let look = Look::new(kind, step, outcome);
            if known || self.keeps(look).is_none() {
                self.take(look);
            }
        }
    }

    /// Takes in what follows from a step.
    fn take(&mut self, look @ Look { kind, step, outcome, .. }: Look<'r>) {
        self.kinds.insert(kind.id.clone());
        self.steps.entry(at(kind, step)).or_default().insert(outcome.map(|outcome| outcome.id.clone()));
        for (field, held) in self.filled(look) {
            self.fields.entry((kind.id.clone(), field)).or_default().join(&held);
        }
        let of_outcome = outcome.into_iter();
        for opens in step.opens.iter().chain(of_outcome.clone().flat_map(|outcome| &outcome.opens)) {
            self.open(kind, opens);
        }
        for takes in step.takes.iter().chain(of_outcome.flat_map(|outcome| &outcome.takes)) {
            let Some(linked) = self.linked(kind, &takes.on) else { continue };
            for (field, source) in &takes.with {
                let held = self.from(kind, Some(linked), source);
                self.fields.entry((linked.id.clone(), field.clone())).or_default().join(&held);
            }
        }
    }

    fn open(&mut self, kind: &'r Kind, opens: &'r Opens) {
        let each = opens.each.as_ref().and_then(|each| self.linked(kind, each));
        let of = each.unwrap_or(kind);
        let had = |(step, outcomes): &(StepId, Vec<OutcomeId>)| {
            let reached = self.steps.get(&(of.id.clone(), step.clone()));
            outcomes.iter().any(|outcome| outcome.as_str().is_empty())
                || reached
                    .is_some_and(|reached| outcomes.iter().any(|outcome| reached.contains(&Some(outcome.clone()))))
        };
        if !opens.only_if.iter().all(had) || opens.each.is_some() && each.is_none() {
            return;
        }
        self.kinds.insert(opens.kind.clone());
        for (field, source) in &opens.with {
            let held = self.from(kind, each, source);
            self.fields.entry((opens.kind.clone(), field.clone())).or_default().join(&held);
        }
    }

    /// The kind of the matters in a field.
    fn linked(&self, kind: &Kind, field: &FieldId) -> Option<&'r Kind> {
        self.rulebook.linked(kind, field.as_str())
    }

    /// What a step fills in: what it asks for, and what it sets by itself.
    fn filled(&self, Look { kind, step, outcome, .. }: Look<'r>) -> BTreeMap<FieldId, Held> {
        let of_outcome = outcome.into_iter().flat_map(|outcome| outcome.asks.iter().chain(&outcome.may_ask));
        let asked = step.asks.iter().chain(&step.may_ask).chain(of_outcome);
        let drawn = step.draws.iter().map(|draw| &draw.field);
        let mut filled: BTreeMap<FieldId, Held> =
            asked.chain(drawn).chain(&step.party).map(|field| (field.clone(), Held::any())).collect();
        let sets = step.sets.iter().chain(outcome.into_iter().flat_map(|outcome| &outcome.sets));
        for (field, source) in sets {
            filled.entry(field.clone()).or_default().join(&self.from(kind, None, source));
        }
        // What a policy fills in is a yes or a no.
        let by_policy = self.rulebook.cedar.iter().filter_map(|block| match &block.purpose {
            crate::rulebook::Purpose::Fills(field) if kind.field(field.as_str()).is_some() => Some(field),
            _ => None,
        });
        by_policy.for_each(|field| filled.entry(field.clone()).or_default().join(&Held::any()));
        filled
    }

    /// What a field is filled with from a source.
    fn from(&self, kind: &Kind, each: Option<&Kind>, source: &Source) -> Held {
        let set = Held { set: true, ..Held::default() };
        match source {
            Source::Field(path) => self.at_path(kind, path),
            Source::EachField(path) => each.map_or_else(Held::default, |each| self.at_path(each, path)),
            Source::Added(source) => self.from(kind, each, source),
            Source::Yes(yes) => Held { yes: *yes, ..set },
            Source::Choice(choice) => Held { choices: BTreeSet::from([choice.clone()]), ..set },
            Source::First(sources) => {
                sources.iter().map(|source| self.from(kind, each, source)).fold(Held::default(), |mut all, one| {
                    all.join(&one);
                    all
                })
            }
            Source::This | Source::Each | Source::Dropped(_) | Source::Day(_) | Source::Next { .. } | Source::Actor => {
                set
            }
        }
    }

    fn at_path(&self, kind: &Kind, Path(fields): &Path) -> Held {
        let mut at = kind;
        let Some((last, links)) = fields.split_last() else { return Held::default() };
        for link in links {
            match self.linked(at, link) {
                Some(linked) => at = linked,
                None => return Held::any(),
            }
        }
        self.held(at, last)
    }

    fn held(&self, kind: &Kind, field: &FieldId) -> Held {
        self.fields.get(&(kind.id.clone(), field.clone())).cloned().unwrap_or_default()
    }

    /// Whether some reached step carries this one, with an outcome if it is given.
    fn is_carried(&self, Look { kind, step, outcome, .. }: Look<'r>) -> bool {
        let fits = |takes: &Takes, on: &Kind| {
            let linked = self.linked(on, &takes.on).is_some_and(|linked| linked.id == kind.id);
            linked && takes.step == step.id && takes.outcome.as_ref() == outcome.map(|outcome| &outcome.id)
        };
        self.steps.iter().any(|((on, taking), outcomes)| {
            let Some(on) = self.rulebook.kind(on.as_str()) else { return false };
            let Some(taking) = on.step(taking.as_str()) else { return false };
            let of_outcomes = taking.outcomes.iter().filter(|one| outcomes.contains(&Some(one.id.clone())));
            let all = taking.takes.iter().chain(of_outcomes.flat_map(|one| &one.takes));
            all.into_iter().any(|takes| fits(takes, on))
        })
    }

    /// What keeps a step from ever being taken with an outcome, as far as things were reached; `None`: nothing does.
    fn keeps(&self, look: Look<'r>) -> Option<Keeps<'_>> {
        let Look { kind, step, .. } = look;
        if step.carried && !self.is_carried(look) {
            return Some(Keeps::NotCarried);
        }
        if let Some(need) = step.needed_if.iter().find(|need| !self.need(kind, need).hold) {
            return Some(Keeps::NotNeeded(need.field.0.last().cloned()));
        }
        let asked = step.asks.iter().chain(look.outcome.into_iter().flat_map(|outcome| &outcome.asks));
        let of_kind = |field: &FieldId| match &kind.field(field.as_str())?.kind_of_value {
            Type::Matter(named) if !self.kinds.contains(named) => Some(named.clone()),
            _ => None,
        };
        if let Some(named) = asked.into_iter().find_map(of_kind) {
            return Some(Keeps::NoMatter(named));
        }
        let policies = self.policies.get(&at(kind, step)).map_or(&[] as &[_], Vec::as_slice);
        let mut gates = policies.iter().filter(|policy| !policy.permits && !self.is_remark(kind, policy));
        if let Some(shut) = gates.find(|gate| !self.applies(look, gate).fail) {
            return Some(Keeps::Shut(shut));
        }
        if look.before.is_none()
            && let Some(before) = self.before(kind, step).find(|before| self.shut_after(look, before))
        {
            return Some(Keeps::After(before));
        }
        let mut permits = policies.iter().filter(|policy| policy.permits).peekable();
        let nobody = permits.peek().is_some() && !permits.any(|permit| self.applies(look, permit).hold);
        nobody.then_some(Keeps::Nobody)
    }

    /// Whether a written gate may bind a matter of the kind by reference only, and then keeps nobody back.
    fn is_remark(&self, kind: &Kind, gate: &Judged) -> bool {
        let article = gate.rule.as_str().split('/').next().unwrap_or_default();
        let follows = kind.bound.as_ref().is_some_and(|bound| bound.covers(article));
        follows && !gate.from_table && !self.rulebook.by_reference.is_empty()
    }

    /// The steps of the same matter that have to be taken before, with an outcome.
    fn before(&self, kind: &'r Kind, step: &'r Step) -> impl Iterator<Item = &'r Step> + use<'_, 'r> {
        let own = step.after.iter().filter(|after| after.links.is_empty());
        own.filter_map(|after| kind.step(after.step.as_str())).filter(move |before| {
            let passed = before.needed_if.iter().any(|need| self.need(kind, need).fail);
            !passed && !before.repeat && before.by_each.is_none() && !before.outcomes.is_empty()
        })
    }

    /// Whether a step is barred whatever the step before it came to.
    fn shut_after(&self, look: Look<'r>, before: &'r Step) -> bool {
        let reached = self.steps.get(&at(look.kind, before));
        let stands = |one: &&Outcome| {
            one.counts && !one.closes && reached.is_some_and(|all| all.contains(&Some(one.id.clone())))
        };
        !before.outcomes.iter().filter(stands).any(|one| self.keeps(look.after((before, Some(one)))).is_none())
    }

    /// The step and its outcome after which nothing can close the matter any more.
    ///
    /// `duties`: only by a step that is somebody's duty, and not given up; nothing, where no such step closes.
    fn strands(&self, kind: &'r Kind, duties: bool) -> Option<(&'r Step, Option<&'r Outcome>)> {
        let closing = |step: &&'r Step| {
            (step.closes || step.outcomes.iter().any(|outcome| outcome.closes)) && !(duties && step.optional)
        };
        let closing: Vec<Look<'r>> = kind
            .steps
            .iter()
            .filter(closing)
            .flat_map(|step| {
                ways(step)
                    .into_iter()
                    .filter(|one| step.closes || one.is_some_and(|one| one.closes))
                    .map(|outcome| Look::new(kind, step, outcome))
            })
            .collect();
        if closing.is_empty() {
            return None;
        }
        // What can be undone or taken anew does not stand for good.
        let stands = |step: &&'r Step, came: Option<&Outcome>| {
            let undone = |other: &Step| {
                let of_outcomes = match other.id == step.id {
                    true => came.map_or(&[] as &[_], std::slice::from_ref),
                    false => &other.outcomes,
                };
                let mut undoes = other.undoes.iter().chain(of_outcomes.iter().flat_map(|one| &one.undoes));
                undoes.any(|undone| *undone == step.id || follows(kind, step, undone))
            };
            let judged =
                |other: &Step| !other.binds.is_empty() && (other.id == step.id || follows(kind, step, &other.id));
            !step.repeat && step.by_each.is_none() && !kind.steps.iter().any(|other| undone(other) || judged(other))
        };
        let after = kind.steps.iter().flat_map(|step| ways(step).into_iter().map(move |one| (step, one)));
        let mut open = after.filter(|(step, one)| stands(step, *one)).filter(|(step, one)| {
            let reached = self.steps.get(&at(kind, step));
            let counts = one.is_none_or(|one| one.counts && !one.closes) && !step.closes;
            counts && reached.is_some_and(|all| all.contains(&one.map(|one| one.id.clone())))
        });
        let barred = |look: &Look<'r>, before: (&'r Step, Option<&'r Outcome>)| {
            look.step.id == before.0.id || self.keeps(look.after(before)).is_some()
        };
        // A licence that stands leaves nobody anything to do.
        let left = |before: (&'r Step, Option<&'r Outcome>)| {
            let duty =
                |step: &&'r Step| !step.optional && !step.start && !step.carried && !follows(kind, before.0, &step.id);
            let mut looks = kind
                .steps
                .iter()
                .filter(duty)
                .flat_map(|step| ways(step).into_iter().map(move |outcome| Look::new(kind, step, outcome)));
            looks.any(|look| !barred(&look, before))
        };
        open.find(|&before| closing.iter().all(|look| barred(look, before)) && (!duties || left(before)))
    }

    fn closes(&self, kind: &Kind, step: &Step) -> bool {
        let Some(outcomes) = self.steps.get(&at(kind, step)) else { return false };
        step.closes || step.outcomes.iter().any(|one| one.closes && outcomes.contains(&Some(one.id.clone())))
    }

    /// Whether a condition of `needed_if` can hold, and whether it can fail to.
    fn need(&self, kind: &Kind, Need { field, choice, must_be }: &Need) -> Can {
        let held = self.at_path(kind, field);
        let is = Can::only_if(choice.as_ref().map_or(held.yes, |choice| held.can_be(choice)));
        if *must_be { is } else { is.not() }
    }

    /// Whether a step can come to count as done, taken or passed over; `open`: in a matter that is open still.
    fn can_be_done(&self, kind: &Kind, step: &Step, open: bool) -> bool {
        let counts = |outcome: &Option<OutcomeId>| match outcome {
            Some(outcome) => step.outcome(outcome.as_str()).is_none_or(|one| one.counts && !(open && one.closes)),
            None => true,
        };
        let taken = self.steps.get(&at(kind, step)).filter(|_| !(open && step.closes));
        let taken = taken.is_some_and(|outcomes| outcomes.iter().any(counts));
        taken || step.by_each.is_some() || step.needed_if.iter().any(|need| self.need(kind, need).fail)
    }

    fn applies(&self, look: Look<'r>, policy: &Judged) -> Can {
        let conditions = policy.conditions.as_array().into_iter().flatten();
        let head = if policy.of_all { Can::is(true) } else { Can::EITHER };
        conditions.fold(head, |all, condition| {
            let body = condition.get("body").map_or(Can::EITHER, |body| self.can(look, body));
            match condition.get("kind").and_then(Json::as_str) {
                Some("unless") => all.and(body.not()),
                _ => all.and(body),
            }
        })
    }

    fn can(&self, look: Look<'r>, json: &Json) -> Can {
        let sides = |operator: &str| {
            let sides = json.get(operator)?;
            Some((sides.get("left")?, sides.get("right")?))
        };
        if let Some((left, right)) = sides("&&") {
            return self.can(look, left).and(self.can(look, right));
        }
        if let Some((left, right)) = sides("||") {
            return self.can(look, left).or(self.can(look, right));
        }
        if let Some(negated) = json.get("!").and_then(|negated| negated.get("arg")) {
            return self.can(look, negated).not();
        }
        if let Some(known) = json.get("Value").and_then(Json::as_bool) {
            return Can::is(known);
        }
        if let Some((left, right)) = sides("==") {
            return self.equal(look, left, right);
        }
        if let Some((left, right)) = sides("!=") {
            return self.equal(look, left, right).not();
        }
        if let Some((left, right)) = sides("contains") {
            let members = left.get("Set").and_then(Json::as_array).into_iter().flatten();
            let all: Vec<Can> = members.map(|member| self.equal(look, right, member)).collect();
            return match all.is_empty() {
                true => Can::EITHER,
                false => all.into_iter().fold(Can::is(false), Can::or),
            };
        }
        if let Some(has) = json.get("has") {
            let field = has.get("attr").and_then(Json::as_str);
            let held = has.get("left").and_then(chain).zip(field).map(|((root, path), field)| match root {
                Root::Resource => self.there(look, &path, field),
                Root::Entity(..) => Can::EITHER,
            });
            return held.unwrap_or(Can::EITHER);
        }
        match chain(json) {
            Some((Root::Resource, path)) => self.yes(look, &path),
            _ => Can::EITHER,
        }
    }

    /// Whether two things can be the same: the outcome being submitted, the last outcome of a step, or a field, and
    /// a word.
    fn equal(&self, look: Look<'r>, one: &Json, other: &Json) -> Can {
        let word = |json: &Json| json.get("Value").and_then(Json::as_str).map(str::to_owned);
        let (of, word) = match (word(one), word(other)) {
            (None, Some(word)) => (one, word),
            (Some(word), None) => (other, word),
            _ => return Can::EITHER,
        };
        let submitted = of.get(".").filter(|access| {
            let root = access.get("left").and_then(|left| left.get("Var")).and_then(Json::as_str);
            root == Some("context") && access.get("attr").and_then(Json::as_str) == Some("outcome")
        });
        if submitted.is_some() {
            return Can::is(look.outcome.map_or("", |outcome| outcome.id.as_str()) == word);
        }
        let Some((Root::Resource, path)) = chain(of) else { return Can::EITHER };
        if let Some((links, step)) = of_step(&path, "outcome") {
            let Some(kind) = self.along(look.kind, links) else { return Can::EITHER };
            if let Some((_, came)) = look.before.filter(|(before, _)| links.is_empty() && before.id.as_str() == step) {
                return Can::is(came.map_or("", |outcome| outcome.id.as_str()) == word);
            }
            let reached = self.steps.get(&(kind.id.clone(), StepId::new(step)));
            let reached = reached.is_some_and(|outcomes| outcomes.contains(&Some(OutcomeId::new(&word))));
            // What closes the matter is followed by no other step of it.
            let closed = links.is_empty()
                && kind
                    .step(step)
                    .is_some_and(|step| step.closes || step.outcome(&word).is_some_and(|outcome| outcome.closes));
            return Can::only_if(word.is_empty() || reached && !closed);
        }
        match self.field(look.kind, &path) {
            Some((kind, field)) if matches!(field.kind_of_value, Type::Choice(_)) => {
                Can::only_if(self.seen(look, kind, field, path.len() == 1).can_be(&word))
            }
            Some((kind, field)) if word.is_empty() && matches!(field.kind_of_value, Type::Text | Type::Document) => {
                // What is asked for is not empty.
                let asked = || {
                    let of_outcome = look.outcome.into_iter().flat_map(|outcome| &outcome.asks);
                    look.step.asks.iter().chain(of_outcome).any(|asked| *asked == field.id)
                };
                let filled = self.seen(look, kind, field, path.len() == 1).set;
                Can { hold: !(path.len() == 1 && asked()), fail: filled }
            }
            _ => Can::EITHER,
        }
    }

    /// Whether a yes can be one: a field, or that a step is done.
    fn yes(&self, look: Look<'r>, path: &[String]) -> Can {
        if let Some((links, step)) = of_step(path, "done") {
            if look.before.is_some_and(|(before, _)| links.is_empty() && before.id.as_str() == step) {
                return Can::is(true);
            }
            let found = self.along(look.kind, links).and_then(|kind| Some((kind, kind.step(step)?)));
            return found
                .map_or(Can::EITHER, |(kind, step)| Can::only_if(self.can_be_done(kind, step, links.is_empty())));
        }
        match self.field(look.kind, path) {
            Some((kind, field)) if field.kind_of_value == Type::Yes => {
                Can::only_if(self.seen(look, kind, field, path.len() == 1).yes)
            }
            _ => Can::EITHER,
        }
    }

    /// Whether a field can be there, behind some links.
    fn there(&self, look: Look<'r>, links: &[String], field: &str) -> Can {
        let found = self.along(look.kind, links).and_then(|kind| Some((kind, kind.field(field)?)));
        found.map_or(Can::EITHER, |(kind, field)| match is_never_absent(&field.kind_of_value) {
            true => Can::EITHER,
            false => Can::only_if(self.seen(look, kind, field, links.is_empty()).set),
        })
    }

    /// What a field can hold when the step is taken: what is submitted with it stands already.
    fn seen(&self, look: Look<'r>, kind: &Kind, field: &Field, own: bool) -> Held {
        let mut held = self.held(kind, &field.id);
        if let Some(filled) = own.then(|| self.filled(look)).and_then(|mut filled| filled.remove(&field.id)) {
            held.join(&filled);
        }
        held
    }

    fn along(&self, kind: &'r Kind, links: &[String]) -> Option<&'r Kind> {
        links.iter().try_fold(kind, |kind, link| self.linked(kind, &FieldId::new(link)))
    }

    fn field(&self, kind: &'r Kind, path: &[String]) -> Option<(&'r Kind, &'r Field)> {
        let (last, links) = path.split_last()?;
        let kind = self.along(kind, links)?;
        Some((kind, kind.field(last)?))
    }

    /// The outcomes to which a step that can be taken can never come.
    fn outcomes_missed(&self, kind: &Kind, step: &'r Step) -> impl Iterator<Item = &'r Outcome> + use<'_, 'r> {
        let reached = self.steps.get(&at(kind, step));
        let missed = move |outcome: &&Outcome| reached.is_some_and(|all| !all.contains(&Some(outcome.id.clone())));
        step.outcomes.iter().filter(missed)
    }

    /// What is said of a step that is never reached, or never with an outcome.
    fn problem(&self, Look { kind, step, outcome, .. }: Look<'r>, written: &[Rule]) -> Problem {
        let keeps = self.keeps(Look::new(kind, step, outcome.or(step.outcomes.first())));
        let own = step.cites.values().next().unwrap_or(&kind.rule);
        let (rule, why) = match keeps {
            Some(Keeps::Shut(policy)) => (&policy.rule, self.shut(kind, policy)),
            Some(Keeps::NotCarried) => (own, "no step that takes it along can be taken".to_owned()),
            Some(Keeps::NotNeeded(field)) => {
                let field = field.map(|field| field.to_string()).unwrap_or_default();
                (own, format!("it is needed for a value that \"{field}\" never holds"))
            }
            Some(Keeps::NoMatter(named)) => (own, format!("it names a {named}, and none can ever be opened")),
            Some(Keeps::After(before)) => {
                (own, format!("its gates are shut whatever {}.{} came to", kind.id, before.id))
            }
            Some(Keeps::Nobody) | None => (own, "no condition under which somebody may take it can hold".to_owned()),
        };
        let message = match outcome {
            None => format!("{}.{} can never be taken: {why}", kind.id, step.id),
            Some(Outcome { id, .. }) => format!("{}.{} can never come to {id}: {why}", kind.id, step.id),
        };
        let problem = check::at_rule(self.rulebook, rule, message);
        match written.iter().find(|known| known.id == *rule) {
            Some(Rule { place, .. }) => Problem { file: place.file.clone(), line: place.line, ..problem },
            None => problem,
        }
    }

    /// Why a gate is always shut: the steps that it waits for and that cannot be done.
    fn shut(&self, kind: &'r Kind, policy: &Judged) -> String {
        let waited = policy.reads.iter().filter_map(|path| {
            let (links, step) = of_step(path, "done")?;
            let kind = self.along(kind, links)?;
            let step = kind.step(step)?;
            (!self.can_be_done(kind, step, links.is_empty())).then(|| format!("{}.{}", kind.id, step.id))
        });
        let waited: Vec<String> = waited.collect();
        match waited.is_empty() {
            true => format!("its gate {} is always shut", policy.rule),
            false => format!("{} waits for {}, which can never be done before it", policy.rule, waited.join(", ")),
        }
    }
}

/// What keeps a step from being taken.
enum Keeps<'k> {
    Shut(&'k Judged),
    /// Whatever the step before it came to.
    After(&'k Step),
    NotCarried,
    NotNeeded(Option<FieldId>),
    NoMatter(KindId),
    Nobody,
}

/// The links and the step of `topic.decision.done.review`.
fn of_step<'p>(path: &'p [String], what: &str) -> Option<(&'p [String], &'p str)> {
    match path {
        [links @ .., said, step] if said == what => Some((links, step.as_str())),
        _ => None,
    }
}
