//! Tables to Cedar, and the written policies shared out to the steps they speak of.

use super::check::StepPolicies;
use super::{
    Compiled, PolicyFacts, READ, check,
    needs::Needs,
    parse::Library,
    paths,
    schema::{self, Judges},
    tokens,
};
use crate::rulebook::{CedarBlock, Each, Kind, Path, Problem, Purpose, Rule, Rulebook, Step, Type, Who};
use cedar_policy::{ActionConstraint, Effect, Policy, PolicyId, PolicySet, ResourceConstraint};
use facts::RuleId;
use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

/// The permit that stands beside the gates of every step, so that only a gate can refuse.
pub(super) const ANYBODY: &str = "anybody";

pub(super) fn anybody() -> PolicySet {
    static SET: LazyLock<PolicySet> = LazyLock::new(|| {
        let permit = Policy::parse(Some(PolicyId::new(ANYBODY)), "permit(principal, action, resource);");
        PolicySet::from_policies(permit).expect("a set of one policy has no clash of ids")
    });
    SET.clone()
}

/// The policies that the tables of all kinds say.
pub(super) fn tables(rulebook: &Rulebook, problems: &mut Vec<Problem>) -> Vec<StepPolicies> {
    let mut tables = vec![];
    for kind in &rulebook.kinds {
        for step in &kind.steps {
            let mut table = Table { rulebook, kind, step: step.id.as_str(), said: vec![] };
            table.step(step);
            tables.push(table);
        }
        let mut table = Table { rulebook, kind, step: READ, said: vec![] };
        for who in &kind.read {
            table.who(who, &kind.rule.clone());
        }
        tables.push(table);
    }
    let texts = tables.iter().flat_map(|table| &table.said).map(|(_, text)| text.as_str());
    let library = Library::of(texts);
    tables.into_iter().map(|table| table.finished(&library, problems)).collect()
}

struct Table<'r> {
    rulebook: &'r Rulebook,
    kind: &'r Kind,
    step: &'r str,
    /// Policies as text, each with its rule.
    said: Vec<(RuleId, String)>,
}

impl Table<'_> {
    fn finished(self, library: &Library, problems: &mut Vec<Problem>) -> StepPolicies {
        let (kind, step) = (self.kind.id.to_string(), self.step.to_owned());
        let mut policies: Vec<Compiled> = vec![];
        for (rule, text) in self.said {
            // Several policies of one rule stand apart in Cedar: what stands after `#` is not shown.
            let same = policies.iter().filter(|other| other.facts.rule == rule).count();
            let id = PolicyId::new(format!("{rule}#{kind}.{step}.{same}"));
            match library.policy(id, &text) {
                Ok((policy, json)) => policies.push(compiled(policy, &json, rule, text, true)),
                Err(error) => problems.push(check::at_rule(
                    self.rulebook,
                    &rule,
                    format!("the table does not make a policy: {error}"),
                )),
            }
        }
        StepPolicies { kind, step, policies, fills: vec![] }
    }

    fn step(&mut self, step: &Step) {
        let rule = |key: &str| step.cite(key).cloned().unwrap_or_else(|| self.kind.rule.clone());
        let (by, each, recorded) = (rule("by"), rule("by_each"), rule("recorded_by"));
        let (needed, after, until, ripe) = (rule("needed_if"), rule("after"), rule("until"), rule("not_before"));
        step.by.iter().for_each(|who| self.who(who, &by));
        step.recorded_by.iter().for_each(|who| self.who(who, &recorded));
        match &step.by_each {
            Some(Each::Holders(posts)) => {
                posts.iter().for_each(|post| self.who(&Who::Post(post.clone()), &each));
            }
            Some(Each::PersonsIn(path)) => self.who(&Who::PersonIn(path.clone()), &each),
            Some(Each::BodiesIn(post, path)) => self.who(&Who::AtBodyIn(post.clone(), path.clone()), &each),
            None => {}
        }
        for need in &step.needed_if {
            let value = format!("resource.{}", join(&need.field));
            let holds = match &need.choice {
                Some(choice) => format!("{value} == {choice:?}"),
                None => value,
            };
            let (guards, _) = self.guards(&need.field);
            let holds = with_guards(&guards, &holds);
            // What is not there is no yes and no choice.
            let wanted = if need.must_be { holds } else { format!("!({holds})") };
            self.forbid_unless(&wanted, &needed);
        }
        for required in &step.after {
            let mut path: Vec<_> = required.links.clone();
            let (guards, _) = self.guards_of(&path);
            path.extend(["done".into(), required.step.as_str().into()]);
            let holds = format!("resource.{}", join(&Path(path)));
            self.forbid_unless(&with_guards(&guards, &holds), &after);
        }
        for ended in &step.until {
            self.forbid_unless(&format!("!resource.done.{ended}"), &until);
        }
        if let Some(not_before) = &step.not_before {
            let unless = not_before.unless.as_ref().map(|lifting| format!(" || resource.done.{lifting}"));
            let holds = format!("resource.ripe.{}{}", step.id, unless.unwrap_or_default());
            self.forbid_unless(&holds, &ripe);
        }
    }

    fn who(&mut self, who: &Who, rule: &RuleId) {
        self.who_where(who, "", rule);
    }

    /// Permits those whom a *who* means, under a condition of the matter (` when { … }`, or nothing).
    fn who_where(&mut self, who: &Who, when: &str, rule: &RuleId) {
        let head = self.head();
        match who {
            Who::Anyone => self.add(format!("permit (principal, {head}){when};"), rule),
            Who::Post(post) => self.add(format!("permit (principal in Post::\"{post}\", {head}){when};"), rule),
            Who::Group(group) => {
                let posts = self.rulebook.groups.get(group).cloned().unwrap_or_default();
                for post in posts {
                    self.add(format!("permit (principal in Post::\"{post}\", {head}){when};"), rule);
                }
            }
            Who::At(post, body) => {
                self.add(format!("permit (principal in Office::\"{post}:{body}\", {head}){when};"), rule);
            }
            // The offices of a class are laid beside the step.
            Who::AtClass(..) => {
                let asked = self.step;
                self.add(
                    format!("permit (principal, {head}) when {{ principal in resource.offices_asked.{asked} }}{when};"),
                    rule,
                );
            }
            Who::Where(link, who) => self.who_where(who, &format!(" when {{ resource has {link} }}"), rule),
            Who::ReadersOf(_) => {}
            Who::PersonIn(path) => {
                let (guards, set) = self.guards(path);
                let path = join(path);
                let is = if set {
                    format!("resource.{path}.contains(principal)")
                } else {
                    format!("principal == resource.{path}")
                };
                self.add(format!("permit (principal, {head}) when {{ {} }};", with_guards(&guards, &is)), rule);
            }
            Who::AtBodyIn(post, path) => self.at_body(post.as_str(), path, rule),
        }
    }

    fn at_body(&mut self, post: &str, path: &Path, rule: &RuleId) {
        let head = self.head();
        let (guards, set) = self.guards(path);
        let step = self.step;
        let office = |post: &str| {
            if set {
                // Cedar cannot walk a set of bodies: their offices are laid beside the step.
                format!("principal in resource.offices_asked.{step}")
            } else {
                format!("principal in resource.{}.{post}", join(path))
            }
        };
        let is = with_guards(&guards, &office(post));
        self.add(format!("permit (principal, {head}) when {{ {is} }};"), rule);
        // Whoever has a portfolio is stood in for in what is urgent; other posts only where the rulebook says so.
        let standing = &self.rulebook.standing;
        let of_leader = |regime: &facts::directory::Regime| !regime.full && regime.post == standing.leader;
        let regime = standing.regimes.iter().find(|(_, regime)| of_leader(regime) && regime.post.as_str() == post);
        if let Some((name, regime)) = regime.filter(|_| self.kind.urgency().is_some() && !set) {
            let is = format!("resource.urgent && {}", with_guards(&guards, &office(regime.known_as.as_str())));
            let rule = self.rulebook.regime_rules.get(name).unwrap_or(rule).clone();
            self.add(format!("permit (principal, {head}) when {{ {is} }};"), &rule);
        }
    }

    fn head(&self) -> String {
        format!("action == Action::\"{}\", resource is {}", self.step, self.kind.id)
    }

    fn forbid_unless(&mut self, holds: &str, rule: &RuleId) {
        let head = self.head();
        self.add(format!("forbid (principal, {head}) unless {{ {holds} }};"), rule);
    }

    /// The `has` tests that a path needs, and whether it ends in a set.
    fn guards(&self, path: &Path) -> (Vec<String>, bool) {
        let (guards, last) = self.guards_of(&path.0);
        (guards, matches!(last, Some(Type::Set(_))))
    }

    fn guards_of(&self, path: &[facts::FieldId]) -> (Vec<String>, Option<Type>) {
        let (mut kind, mut at, mut guards, mut last) = (Some(self.kind), "resource".to_owned(), vec![], None);
        for field in path {
            let Some(here) = kind else { break };
            if !schema::always_present(self.rulebook, here, field.as_str()) {
                guards.push(format!("{at} has {field}"));
            }
            at = format!("{at}.{field}");
            last = here.field(field.as_str()).map(|field| field.kind_of_value.clone());
            kind = match &last {
                Some(Type::Matter(linked)) => self.rulebook.kind(linked.as_str()),
                _ => None,
            };
        }
        (guards, last)
    }

    fn add(&mut self, text: String, rule: &RuleId) {
        self.said.push((rule.clone(), text));
    }
}

fn join(path: &Path) -> String {
    path.0.iter().map(facts::FieldId::as_str).collect::<Vec<_>>().join(".")
}

fn with_guards(guards: &[String], holds: &str) -> String {
    guards.iter().map(String::as_str).chain([holds]).collect::<Vec<_>>().join(" && ")
}

fn compiled(policy: Policy, json: &serde_json::Value, rule: RuleId, text: String, from_table: bool) -> Compiled {
    let permits = policy.effect() == Effect::Permit;
    let roles = if permits { paths::role_expressions(json) } else { vec![] };
    let needs = Needs::of(json);
    let reads = paths::accesses(json);
    let (reads_today, reads_outcome) = (paths::reads_context(json, "today"), paths::reads_context(json, "outcome"));
    let of_all = matches!(json["resource"]["op"].as_str(), Some("All" | "is")) && json["resource"]["in"].is_null();
    let unconditional = of_all && json["conditions"].as_array().is_some_and(Vec::is_empty);
    let condition = Arc::default();
    let facts = PolicyFacts {
        rule,
        text,
        permits,
        from_table,
        unconditional,
        reads,
        reads_today,
        reads_outcome,
        roles,
        condition,
    };
    Compiled { needs, policy, facts }
}

/// What the written blocks give.
pub(super) struct Written {
    pub pool: Vec<StepPolicies>,
    pub invariants: Vec<(RuleId, PolicySet)>,
    pub exclusive: Vec<Exclusive>,
    /// The steps of which a block says that exactly one condition holds.
    pub told_apart: BTreeSet<(String, String)>,
    pub rules: Vec<Rule>,
}

/// Two permits of one article that give one step to different persons, each under a condition of its own.
pub struct Pair {
    pub kind: String,
    pub step: String,
    /// Of each its rule, and its conditions but for those that look at who acts.
    pub one: (RuleId, Policy),
    pub other: (RuleId, Policy),
}

impl Pair {
    /// The pair under its conditions alone; `None` where one of the two has none, and only looks at who acts.
    pub(super) fn whoever_acts(&self) -> Option<Pair> {
        let alone = |(rule, policy): &(RuleId, Policy)| {
            let condition = condition(policy).filter(Policy::has_non_scope_constraint)?;
            Some((rule.clone(), condition))
        };
        let (one, other) = (alone(&self.one)?, alone(&self.other)?);
        Some(Pair { kind: self.kind.clone(), step: self.step.clone(), one, other })
    }
}

/// The pairs of permits, as they are written, of steps of which no block says that exactly one condition holds.
pub(super) fn pairs(pool: &[StepPolicies], told_apart: &BTreeSet<(String, String)>) -> Vec<Pair> {
    let mut pairs = vec![];
    for entry in pool.iter().filter(|entry| !told_apart.contains(&(entry.kind.clone(), entry.step.clone()))) {
        let article = |one: &Compiled| one.facts.rule.as_str().split('/').next().map(str::to_owned);
        let written = entry.policies.iter().filter(|one| one.facts.permits && !one.facts.from_table);
        let conditional: Vec<&Compiled> = written.filter(|one| one.policy.has_non_scope_constraint()).collect();
        for (n, one) in conditional.iter().enumerate() {
            let others = conditional[n + 1..].iter();
            let different =
                others.filter(|other| article(one) == article(other) && one.facts.roles != other.facts.roles);
            let of = |one: &Compiled| (one.facts.rule.clone(), one.policy.clone());
            pairs.extend(different.map(|other| Pair {
                kind: entry.kind.clone(),
                step: entry.step.clone(),
                one: of(one),
                other: of(other),
            }));
        }
    }
    pairs
}

impl super::Authority {
    /// Permits that may hold at once for different persons, each under its conditions alone. Made when it is first
    /// asked for: only proofs need it.
    pub fn pairs(&self) -> &[Pair] {
        self.pairs.get_or_init(|| self.written_pairs.iter().filter_map(Pair::whoever_acts).collect())
    }
}

/// Permits of which exactly one holds in every case, whoever acts.
pub struct Exclusive {
    pub rule: RuleId,
    /// Of each its conditions, but for those that look at who acts.
    pub conditions: Vec<Policy>,
}

/// A permit to anybody under the conditions of a policy that do not look at who acts.
fn condition(policy: &Policy) -> Option<Policy> {
    let mut json = policy.to_json().ok()?;
    json["principal"] = serde_json::json!({ "op": "All" });
    let conditions = json["conditions"].as_array_mut()?;
    for condition in conditions.iter_mut() {
        let holds = condition["kind"] != "unless";
        condition["body"] = whoever_acts(&condition["body"], holds);
    }
    conditions.retain(|condition| condition["body"] != serde_json::json!({ "Value": condition["kind"] != "unless" }));
    Policy::from_json(Some(policy.id().clone()), json).ok()
}

/// A condition in which what looks at who acts is taken to be as it has to be for the whole to hold.
fn whoever_acts(json: &serde_json::Value, holds: bool) -> serde_json::Value {
    use serde_json::json;
    if !mentions_principal(json) {
        return json.clone();
    }
    let known = |side: &serde_json::Value| side.get("Value").and_then(serde_json::Value::as_bool);
    for (operator, decisive) in [("&&", false), ("||", true)] {
        let Some(sides) = json.get(operator) else { continue };
        let (left, right) = (whoever_acts(&sides["left"], holds), whoever_acts(&sides["right"], holds));
        return match (known(&left), known(&right)) {
            (Some(side), _) if side == decisive => left,
            (_, Some(side)) if side == decisive => right,
            (Some(_), _) => right,
            (_, Some(_)) => left,
            _ => json!({ operator: { "left": left, "right": right } }),
        };
    }
    match json.get("!").and_then(|negated| negated.get("arg")) {
        Some(negated) => {
            let negated = whoever_acts(negated, !holds);
            known(&negated).map_or_else(|| json!({ "!": { "arg": negated } }), |known| json!({ "Value": !known }))
        }
        None => json!({ "Value": holds }),
    }
}

fn mentions_principal(json: &serde_json::Value) -> bool {
    match json {
        serde_json::Value::Object(members) => {
            members.get("Var").is_some_and(|var| var == "principal") || members.values().any(mentions_principal)
        }
        serde_json::Value::Array(members) => members.iter().any(mentions_principal),
        _ => false,
    }
}

/// Parses a written block and shares its policies out to the steps they speak of.
pub(super) fn written(
    rulebook: &Rulebook,
    block: &CedarBlock,
    (judges, library): (Option<&mut Judges<'_>>, &Library),
    into: &mut Written,
    problems: &mut Vec<Problem>,
) {
    let Written { pool, invariants, exclusive, told_apart, rules } = into;
    let mut add = |id: &RuleId| rules.push(rule_of_block(block, id));
    if let Some(problem) = check::too_much(block) {
        return problems.push(problem);
    }
    let checked = match judges {
        Some(judges) => checked(rulebook, block, judges, library, problems),
        // What was checked before is not checked again.
        None => of_library(block, library),
    };
    let Some(set) = checked else { return };
    let of_article = |rule: &RuleId| rule.as_str().starts_with(&format!("{}/", block.article));
    if block.purpose == Purpose::Invariant {
        let n = 1 + invariants.iter().filter(|(rule, _)| of_article(rule)).count();
        let rule = RuleId::new(format!("{}/invariant{n}", block.article));
        add(&rule);
        invariants.push((rule, set));
        return;
    }
    if block.purpose == Purpose::Exclusive {
        let n = 1 + exclusive.iter().filter(|one| of_article(&one.rule)).count();
        let rule = RuleId::new(format!("{}/exclusive{n}", block.article));
        add(&rule);
        exclusive.push(Exclusive { rule, conditions: set.policies().filter_map(condition).collect() });
    }
    let segments = tokens::segments(&block.text);
    for (policy, segment) in in_order(&set).into_iter().zip(&segments) {
        let json = library.json(segment.text()).cloned().or_else(|| policy.to_json().ok()).unwrap_or_default();
        for (kind, step) in spoken_of(rulebook, policy) {
            let Some(target) = pool.iter_mut().find(|entry| entry.kind == kind && entry.step == step) else { continue };
            if let Purpose::Fills(field) = &block.purpose {
                if let Some(problem) = check::fills(rulebook, block, field, policy, &kind, &step) {
                    problems.push(problem);
                    continue;
                }
                let n = 1 + target.fills.len();
                let rule = RuleId::new(format!("{}/{kind}.{step}.fills{n}", block.article));
                add(&rule);
                let policy = policy.new_id(PolicyId::new(rule.as_str()));
                let text = segment.text().to_owned();
                target.fills.push((field.clone(), compiled(policy, &json, rule, text, false)));
                continue;
            }
            if block.purpose == Purpose::Exclusive {
                told_apart.insert((kind.clone(), step.clone()));
            }
            let rule = rule_id(block, &kind, &step, policy.effect(), target);
            add(&rule);
            let policy = policy.new_id(PolicyId::new(rule.as_str()));
            let text = segment.text().to_owned();
            target.policies.push(compiled(policy, &json, rule, text, false));
        }
    }
}

/// The policies of a block when nothing is wrong with them. By the library and
/// the kind's part of the schema first; what is wrong is told by the text and by all that there is.
fn checked(
    rulebook: &Rulebook,
    block: &CedarBlock,
    judges: &mut Judges<'_>,
    library: &Library,
    problems: &mut Vec<Problem>,
) -> Option<PolicySet> {
    if let Some(set) = of_library(block, library) {
        let judge = match schema::kind_of(&set) {
            Some(kind) => judges.of_kind(&kind),
            None => judges.whole(),
        };
        if judge.is_ok_and(|judge| check::written(rulebook, judge, block, &set, library).is_empty()) {
            return Some(set);
        }
    }
    let set: PolicySet = match block.text.parse() {
        Ok(set) => set,
        Err(error) => {
            problems.push(check::cedar_error(block, &error));
            return None;
        }
    };
    let judge = match judges.whole() {
        Ok(judge) => judge,
        Err(error) => {
            problems.push(check::without_place(format!("the tables do not make a schema: {error}")));
            return None;
        }
    };
    let found = check::written(rulebook, judge, block, &set, library);
    let is_clean = found.is_empty();
    problems.extend(found);
    is_clean.then_some(set)
}

/// The kinds and steps that a policy speaks of, by its head.
fn spoken_of(rulebook: &Rulebook, policy: &Policy) -> Vec<(String, String)> {
    let of_head: Option<BTreeSet<String>> = match policy.action_constraint() {
        ActionConstraint::Any => None,
        ActionConstraint::Eq(action) => Some(BTreeSet::from([action.id().unescaped().to_owned()])),
        ActionConstraint::In(actions) => {
            Some(actions.iter().map(|action| action.id().unescaped().to_owned()).collect())
        }
    };
    let kind_of_head = match policy.resource_constraint() {
        ResourceConstraint::Is(kind) => Some(kind.to_string()),
        _ => None,
    };
    let is_meant = |kind: &&Kind| kind_of_head.as_ref().is_none_or(|head| head == kind.id.as_str());
    let steps = rulebook.kinds.iter().filter(is_meant).flat_map(|kind| {
        let steps = kind.steps.iter().map(|step| step.id.as_str()).chain([READ]);
        let meant = steps.filter(|step| of_head.as_ref().is_none_or(|head| head.contains(*step)));
        meant.map(|step| (kind.id.to_string(), step.to_owned())).collect::<Vec<_>>()
    });
    let mut spoken_of: Vec<(String, String)> = steps.collect();
    spoken_of.sort();
    spoken_of
}

/// The policies of a block as the library has them, numbered as Cedar numbers those of a text.
fn of_library(block: &CedarBlock, library: &Library) -> Option<PolicySet> {
    let policies = tokens::segments(&block.text).into_iter().enumerate().map(|(n, segment)| {
        let json = library.json(segment.text())?.clone();
        Policy::from_json(Some(PolicyId::new(format!("policy{n}"))), json).ok()
    });
    PolicySet::from_policies(policies.collect::<Option<Vec<_>>>()?).ok()
}

/// The policies of a text in their order.
pub(super) fn in_order(set: &PolicySet) -> Vec<&Policy> {
    let mut policies: Vec<&Policy> = set.policies().collect();
    let number = |policy: &&Policy| policy.id().to_string().trim_start_matches("policy").parse::<usize>().ok();
    policies.sort_by_key(number);
    policies
}

/// The texts of the policies of all blocks.
pub(super) fn texts(rulebook: &Rulebook) -> Vec<&str> {
    let blocks = rulebook.cedar.iter().filter(|block| check::too_much(block).is_none());
    blocks.flat_map(|block| tokens::segments(&block.text)).map(|segment| segment.text()).collect()
}

/// What is quoted when a policy of the block refuses: the sentence above the block.
fn rule_of_block(block: &CedarBlock, id: &RuleId) -> Rule {
    Rule {
        id: id.clone(),
        article: block.article.clone(),
        sentence: block.sentence.clone(),
        reconstructed: block.reconstructed,
        place: block.place.clone(),
    }
}

fn rule_id(block: &CedarBlock, kind: &str, step: &str, effect: Effect, target: &StepPolicies) -> RuleId {
    let word = if effect == Effect::Permit { "who" } else { "gate" };
    let base = format!("{}/{kind}.{step}.{word}", block.article);
    let same = target.policies.iter().filter(|policy| {
        policy.facts.rule.as_str().strip_prefix(&base).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
    });
    match same.count() {
        0 => RuleId::new(base),
        n => RuleId::new(format!("{base}{}", n + 1)),
    }
}
