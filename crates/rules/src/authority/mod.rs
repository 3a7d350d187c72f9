//! Whose a step is and which gates forbid it: the one user of Cedar.
//!
//! The tables of the rulebook are compiled to Cedar beside the written policies, so that one analysis
//! sees all of it. Policies are partitioned by kind and step at load. Knows no display.
//! Invariants: an evaluation error refuses; an entity that is referred to and not loaded refuses;
//! a permit never reads progress, so that "not yours" and "not yet" are never confused.

mod check;
mod compile;
mod entities;
mod ground;
mod known;
mod logic;
mod names;
mod needs;
mod parse;
mod paths;
mod possible;
mod reach;
mod schema;
mod side;
mod tokens;

pub use check::StepPolicies;
pub use compile::{Exclusive, Pair};
pub use logic::{Leaf, Logic};
pub use needs::{Needs, Reading};
pub use paths::{Access, RoleExpression};
pub use side::{Judge, Ruling};

use crate::{
    progress::Progress,
    rulebook::{Kind, Part, Problem, Rule, Rulebook, Severity, Step, Who},
    scene::Scene,
};
use cedar_policy::{Authorizer, Effect, EntityUid, Policy, PolicyId, PolicySet, PrincipalConstraint, Schema};
use facts::{FieldId, Matter, Organisation, PersonId, Role, RuleId, Taken, Value, Via};
use ground::Ground;
use side::{Cedar, Side};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

/// The action of reading a matter, beside the steps.
pub const READ: &str = "read";

/// The compiled rulebook.
pub struct Authority {
    /// Made when it is first asked for: nothing is decided by it.
    schema: OnceLock<Schema>,
    /// The schema as text, for `cityhall rules explain` and for proofs.
    pub schema_text: String,
    /// Policies by kind, then by step (or `read`).
    kinds: BTreeMap<String, BTreeMap<String, Partition>>,
    /// Invariants: the policy and the rule that states it.
    pub invariants: Vec<(RuleId, PolicySet)>,
    /// Permits of which exactly one holds.
    pub exclusive: Vec<Exclusive>,
    /// Permits that may hold at once for different persons, as they are written and under their conditions alone.
    written_pairs: Vec<Pair>,
    pairs: OnceLock<Vec<Pair>>,
    /// The rules that are written in Cedar; the rulebook learns them when it is compiled.
    written: Vec<Rule>,
    authorizer: Authorizer,
    vocabulary: entities::Vocabulary,
    known: known::Known,
}

/// The policies of one step of one kind.
struct Partition {
    action: EntityUid,
    who: Side,
    permits: Vec<Permit>,
    gates: Side,
    policies: Vec<PolicyFacts>,
    fills: Vec<Fill>,
}

/// A yes or no that a step fills in by itself.
struct Fill {
    field: FieldId,
    facts: PolicyFacts,
    side: Side,
}

/// What is filled into a field, or the rule that could not say and why.
pub type Filled = Result<bool, (RuleId, String)>;

/// A permit by its head: where it names a role, whom it cannot cover is seen without asking Cedar.
struct Permit {
    /// `None`: anybody.
    role: Option<Role>,
    /// More has to hold than its head says.
    conditional: bool,
    rule: RuleId,
}

impl Permit {
    fn of(policy: &Policy, facts: &PolicyFacts) -> Permit {
        let (role, said) = match policy.principal_constraint() {
            PrincipalConstraint::Any => (None, true),
            PrincipalConstraint::In(entity) | PrincipalConstraint::Eq(entity) => {
                let role = paths::role_of_entity(&entity.type_name().to_string(), entity.id().unescaped());
                let known = role.is_some();
                (role, known)
            }
            _ => (None, false),
        };
        Permit { role, conditional: !(said && facts.unconditional), rule: facts.rule.clone() }
    }

    /// Whether its head lets somebody pass.
    fn names(&self, asker: Asker<'_>, organisation: &Organisation) -> bool {
        match (&self.role, asker) {
            (None, _) => true,
            (Some(role), Asker::Person(person)) => organisation.via(person, role).is_some(),
            (Some(role), Asker::Role(held)) => role == held,
            (Some(_), Asker::Nobody) => false,
        }
    }
}

/// What is known of one policy of a step.
#[derive(Clone, Debug)]
pub struct PolicyFacts {
    pub rule: RuleId,
    /// The policy as Cedar text.
    pub text: String,
    pub permits: bool,
    /// Compiled from a table, not written in Cedar.
    pub from_table: bool,
    /// Without a `when` or `unless`: the roles it names need not be tried.
    pub unconditional: bool,
    /// Attributes of the matter, and of those linked to it, that it reads.
    pub reads: Vec<Access>,
    /// Whether it reads what day it is.
    pub reads_today: bool,
    /// Whether it reads with which outcome the step is taken.
    pub reads_outcome: bool,
    /// In a permit: the roles it names.
    pub roles: Vec<RoleExpression>,
    /// Taken apart when it is first asked for.
    condition: Arc<OnceLock<Logic>>,
}

impl PolicyFacts {
    /// What has to hold for it to apply, whoever acts.
    pub fn condition(&self) -> &Logic {
        self.condition.get_or_init(|| Logic::of(&self.json().unwrap_or_default()))
    }

    /// The policy in Cedar's own JSON form.
    pub fn json(&self) -> Option<serde_json::Value> {
        cedar_policy::Policy::parse(None, &self.text).ok()?.to_json().ok()
    }
}

/// Who asks: a person, or whoever would hold exactly one role.
#[derive(Clone, Copy, Debug)]
pub enum Asker<'a> {
    Person(&'a PersonId),
    Role(&'a Role),
    /// Holds nothing; for gates that do not depend on who asks.
    Nobody,
}

/// One matter in one scene, of which questions are asked; each lays out what its policies read.
pub struct Bench<'s> {
    authority: &'s Authority,
    rulebook: &'s Rulebook,
    scene: &'s Scene<'s>,
    matter: &'s Matter,
    of_kind: Option<&'s BTreeMap<String, Partition>>,
}

impl Authority {
    /// Compiles a rulebook whose Cedar was checked before; `None` where that cannot have been so.
    pub fn of_checked(rulebook: &Rulebook) -> Option<Authority> {
        let mut problems = vec![];
        let compiled = Self::compiled(rulebook, false, &mut problems);
        problems.is_empty().then_some(compiled)
    }

    /// Compiles a checked rulebook; every problem of its Cedar is found.
    pub fn compile(rulebook: &Rulebook) -> (Option<Authority>, Vec<Problem>) {
        let mut problems = vec![];
        let compiled = Self::compiled(rulebook, true, &mut problems);
        let usable = problems.iter().all(|problem| problem.severity != Severity::Error);
        (usable.then_some(compiled), problems)
    }

    fn compiled(rulebook: &Rulebook, check: bool, problems: &mut Vec<Problem>) -> Authority {
        let mut judges = schema::Judges::new(rulebook);
        let pool = compile::tables(rulebook, problems);
        let mut written = compile::Written {
            pool,
            invariants: vec![],
            exclusive: vec![],
            told_apart: BTreeSet::new(),
            rules: vec![],
        };
        let library = parse::Library::of(compile::texts(rulebook));
        for block in &rulebook.cedar {
            compile::written(rulebook, block, (check.then_some(&mut judges), &library), &mut written, problems);
        }
        let compile::Written { pool, invariants, exclusive, told_apart, rules: written } = written;
        let written_pairs = compile::pairs(&pool, &told_apart);
        if check {
            check::validate(rulebook, &mut judges, &pool, problems);
            check::readings(rulebook, &pool, problems);
        }
        if check && problems.is_empty() {
            // A block with a mistake may hold the permit that a step lacks.
            check::every_step_has_a_permit(rulebook, &pool, problems);
        }
        if check && problems.is_empty() {
            reach::unreachable(rulebook, &pool, &written, problems);
        }
        let vocabulary = entities::Vocabulary::new(rulebook, &pool);
        let kinds = partition(pool);
        let authorizer = Authorizer::new();
        Authority {
            schema: OnceLock::new(),
            schema_text: schema::schema(rulebook),
            kinds,
            invariants,
            exclusive,
            written_pairs,
            pairs: OnceLock::new(),
            written,
            authorizer,
            known: known::Known::default(),
            vocabulary,
        }
    }

    /// The schema of the whole rulebook.
    ///
    /// # Panics
    /// Never: it is made of the parts by which the policies were judged.
    pub fn schema(&self) -> &Schema {
        self.schema.get_or_init(|| {
            let (schema, _) = Schema::from_cedarschema_str(&self.schema_text).expect("each of its parts was a schema");
            schema
        })
    }

    /// Tells the rulebook what is written in Cedar: the rules, to be quoted and found, and what they fill in.
    pub fn teach(&self, rulebook: &mut Rulebook) {
        for Kind { id, steps, .. } in &mut rulebook.kinds {
            for step in steps {
                step.fills = self.fills(id.as_str(), step.id.as_str()).map(|(field, _)| field.clone()).collect();
            }
        }
        for rule in &self.written {
            let block = rulebook.cedar.iter().find(|block| block.place == rule.place);
            let article = rulebook.articles.iter_mut().find(|article| article.number == rule.article);
            for part in article.into_iter().flat_map(|article| &mut article.parts) {
                if let Part::Block { language, text, rules } = part
                    && language.starts_with("cedar")
                    && block.is_some_and(|block| block.shown == *text)
                    && !rules.contains(&rule.id)
                {
                    rules.push(rule.id.clone());
                }
            }
            rulebook.rules.insert(rule.id.clone(), rule.clone());
        }
    }

    /// What is known of the policies of a step, in the order of the rulebook.
    pub fn policies(&self, kind: &str, step: &str) -> &[PolicyFacts] {
        self.partition(kind, step).map_or(&[], |partition| partition.policies.as_slice())
    }

    /// The fields that a step fills in by itself, each with the policy that says when with a yes.
    pub fn fills(&self, kind: &str, step: &str) -> impl Iterator<Item = (&FieldId, &PolicyFacts)> {
        self.partition(kind, step).into_iter().flat_map(|of| &of.fills).map(|fill| (&fill.field, &fill.facts))
    }

    fn partition(&self, kind: &str, step: &str) -> Option<&Partition> {
        self.kinds.get(kind)?.get(step)
    }

    /// The policies of one step as one set, permits and forbids, for proofs.
    pub fn policy_set(&self, kind: &str, step: &str) -> PolicySet {
        let mut set = PolicySet::new();
        if let Some(partition) = self.partition(kind, step) {
            for policy in partition.who.set.policies().chain(partition.gates.set.policies()) {
                // The `permit all` beside the gates is no rule of the office.
                if policy.id().to_string() != compile::ANYBODY {
                    let _ = set.add(policy.clone());
                }
            }
        }
        set
    }

    /// Kinds and steps that have policies.
    pub fn actions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.kinds.iter().flat_map(|(kind, steps)| steps.keys().map(move |step| (kind.as_str(), step.as_str())))
    }

    /// Lays out one matter for questions.
    pub fn bench<'s>(&'s self, rulebook: &'s Rulebook, scene: &'s Scene<'s>, matter: &'s Matter) -> Bench<'s> {
        let of_kind = self.kinds.get(matter.kind.as_str());
        Bench { authority: self, rulebook, scene, matter, of_kind }
    }

    /// Forgets what was ruled, so that it is asked as if for the first time: for measurements.
    pub fn forget(&self) {
        self.known.forget();
    }

    fn cedar(&self) -> Cedar<'_> {
        Cedar { authorizer: &self.authorizer, vocabulary: &self.vocabulary, known: &self.known }
    }
}

fn partition(pool: Vec<StepPolicies>) -> BTreeMap<String, BTreeMap<String, Partition>> {
    let mut kinds: BTreeMap<String, BTreeMap<String, Partition>> = BTreeMap::new();
    let mut numbers = 0..;
    let mut number = || numbers.next().unwrap_or_default();
    for entry in pool {
        let mut partition = Partition {
            action: entities::uid("Action", &entry.step),
            who: Side::new(number()),
            permits: vec![],
            gates: Side::bare(number()),
            policies: vec![],
            fills: vec![],
        };
        let permits = entry.policies.iter().filter(|compiled| compiled.facts.permits);
        partition.permits = permits.map(|compiled| Permit::of(&compiled.policy, &compiled.facts)).collect();
        for compiled in entry.policies {
            let side = match compiled.policy.effect() {
                Effect::Permit => &mut partition.who,
                Effect::Forbid => &mut partition.gates,
            };
            side.add(compiled.policy, &compiled.needs);
            partition.policies.push(compiled.facts);
        }
        for (field, compiled) in entry.fills {
            let mut side = Side::new(number());
            side.add(compiled.policy, &compiled.needs);
            partition.fills.push(Fill { field, facts: compiled.facts, side });
        }
        kinds.entry(entry.kind).or_default().insert(entry.step, partition);
    }
    kinds
}

impl<'s> Bench<'s> {
    fn partition(&self, step: &str) -> Option<&'s Partition> {
        self.of_kind?.get(step)
    }

    /// What is known of the policies of a step, in the order of the rulebook.
    pub fn policies(&self, step: &str) -> &'s [PolicyFacts] {
        self.partition(step).map_or(&[], |partition| partition.policies.as_slice())
    }

    /// Whose step it is: allowed when a permit covers the asker.
    pub fn who(&self, asker: Asker<'_>, step: &str) -> Ruling {
        let Some(partition) = self.partition(step) else {
            return Ruling::default();
        };
        let named = || partition.permits.iter().filter(|permit| permit.names(asker, self.scene.organisation));
        if named().any(|permit| permit.conditional) {
            return self.ask(asker, &partition.action, &partition.who);
        }
        let rules: BTreeSet<RuleId> = named().map(|permit| permit.rule.clone()).collect();
        let seen = Ruling { allowed: !rules.is_empty(), rules: rules.into_iter().collect(), errors: vec![] };
        debug_assert_eq!(seen, self.ask(asker, &partition.action, &partition.who), "what Cedar says");
        seen
    }

    /// Whether a gate of the step looks at who acts.
    pub fn gates_look_at_asker(&self, step: &str) -> bool {
        let partition = self.partition(step);
        partition.is_some_and(|partition| partition.gates.needs.asker)
    }

    /// What a step fills in by itself, and the error of a policy that could not say.
    pub fn filled(&self, asker: Asker<'_>, step: &str) -> Vec<(FieldId, Filled)> {
        let Some(partition) = self.partition(step) else { return vec![] };
        let mut filled: Vec<(FieldId, Filled)> = vec![];
        for fill in &partition.fills {
            let ruling = self.ask(asker, &partition.action, &fill.side);
            let said = match ruling.errors.into_iter().next() {
                Some(error) => Err(error),
                None => Ok(ruling.allowed),
            };
            match filled.iter_mut().find(|(field, _)| *field == fill.field) {
                // Of several policies one is enough for a yes.
                Some((_, Ok(yes))) if said == Ok(false) || *yes => {}
                Some((_, before)) => *before = said,
                None => filled.push((fill.field.clone(), said)),
            }
        }
        filled
    }

    /// Whether a gate forbids the step.
    pub fn gates(&self, asker: Asker<'_>, step: &str) -> Ruling {
        match self.partition(step) {
            Some(partition) if partition.gates.bare => Ruling { allowed: true, ..Ruling::default() },
            Some(partition) => self.ask(asker, &partition.action, &partition.gates),
            None => Ruling::default(),
        }
    }

    /// What parts of the gates of a step are asked of.
    pub fn judge(&self, asker: Asker<'_>, step: &str) -> Option<Judge<'_>> {
        let partition = self.partition(step)?;
        Judge::of(self.authority.cedar(), &partition.action, &self.ground(asker, &partition.gates))
    }

    fn ask(&self, asker: Asker<'_>, action: &EntityUid, side: &Side) -> Ruling {
        side.rule(&self.authority.cedar(), action, self.ground(asker, side))
    }

    /// All that one side of a step reads.
    fn ground<'g>(&'g self, asker: Asker<'g>, side: &'g Side) -> Ground<'g> {
        let Bench { authority, rulebook, scene, matter, .. } = *self;
        authority.vocabulary.lay_out(rulebook, scene, matter, &side.needs, asker)
    }
}

/// Policies of one rule that stand apart in Cedar carry the rule's id and a letter after `#`.
fn rule_of(id: &PolicyId) -> RuleId {
    let text = id.to_string();
    RuleId::new(text.split('#').next().unwrap_or(&text))
}

/// What a policy reads of the matter, and of those linked to it.
pub fn reads(policy: &Policy) -> Vec<Access> {
    paths::accesses(&policy.to_json().unwrap_or_default())
}

/// The roles that a step's permits name for this matter, tables and written policies alike, each
/// tested against the policies themselves.
pub fn roles_of_step(bench: &Bench<'_>, progress: &Progress<'_>, step: &Step) -> Vec<Role> {
    let mut roles = progress.roles(step);
    add_written(bench, progress, step.id.as_str(), |_| true, &mut roles);
    roles
}

/// Of the roles of a step the one that a person holds by the strongest tie, and the tie.
pub fn role_held<'o>(
    bench: &Bench<'_>,
    progress: &Progress<'o>,
    step: &Step,
    person: &PersonId,
) -> Option<(&'o Via, Role)> {
    let organisation = progress.scene.organisation;
    let mut roles = progress.roles(step);
    add_written(bench, progress, step.id.as_str(), |role| organisation.via(person, role).is_some(), &mut roles);
    roles.into_iter().filter_map(|role| Some((organisation.via(person, &role)?, role))).min()
}

/// In a step that each of several answers, the role in which a person answers for a member: that of the member, or
/// else one of those who record the answers of others.
pub fn role_answering<'o>(
    progress: &Progress<'o>,
    step: &Step,
    member: &Value,
    person: &PersonId,
) -> Option<(&'o Via, Role)> {
    let held = |role: Role| Some((progress.scene.organisation.via(person, &role)?, role));
    let own = step.by_each.as_ref().and_then(|each| Progress::role_of(each, member));
    let records = || step.recorded_by.iter().flat_map(|who| progress.roles_of(who)).filter_map(held).min();
    own.and_then(held).or_else(records)
}

/// Adds the roles that the written permits of an action name and let pass, of those that are wanted.
fn add_written(
    bench: &Bench<'_>,
    progress: &Progress<'_>,
    action: &str,
    wanted: impl Fn(&Role) -> bool,
    roles: &mut Vec<Role>,
) {
    let policies = bench.policies(action);
    for policy in policies.iter().filter(|policy| policy.permits && !policy.from_table) {
        for role in paths::roles(&policy.roles, progress) {
            let passes = || policy.unconditional || bench.who(Asker::Role(&role), action).allowed;
            if !roles.contains(&role) && wanted(&role) && passes() {
                roles.push(role);
            }
        }
    }
}

/// The roles that may read this matter: the kind's readers and everybody who may take one of its steps. What
/// another matter carries here opens nothing: whoever takes it acts there.
pub fn readers(bench: &Bench<'_>, progress: &Progress<'_>) -> Vec<Role> {
    // Most steps of a kind are those of a few: each of these is looked up once.
    let mut whos: Vec<&Who> = vec![];
    for who in
        progress.kind.read.iter().chain(own_steps(progress).flat_map(|step| step.by.iter().chain(&step.recorded_by)))
    {
        if !whos.contains(&who) {
            whos.push(who);
        }
    }
    let mut roles: Vec<Role> = whos.into_iter().flat_map(|who| progress.roles_of(who)).collect();
    for step in own_steps(progress) {
        if let Some(each) = &step.by_each {
            let members = progress.members(each);
            roles.extend(members.iter().filter_map(|member| Progress::role_of(each, member)));
        }
    }
    // Who may read by a table need not be tried again.
    add_written(bench, progress, READ, |_| true, &mut roles);
    own_steps(progress).for_each(|step| add_written(bench, progress, step.id.as_str(), |_| true, &mut roles));
    roles.sort();
    roles.dedup();
    roles
}

/// The steps that are taken on the matter itself.
fn own_steps<'s>(progress: &Progress<'s>) -> impl Iterator<Item = &'s Step> {
    progress.kind.steps.iter().filter(|step| !step.carried)
}

/// Who has acted on the matter itself, and may read it ever after.
pub fn acted<'s>(progress: &Progress<'s>) -> impl Iterator<Item = &'s PersonId> {
    let (kind, matter) = (progress.kind, progress.matter);
    let carried = |taken: &Taken| kind.step(taken.step.as_str()).is_some_and(|step| step.carried);
    matter.taken.iter().filter(move |taken| !carried(taken)).map(|taken| &taken.person)
}

/// Whether a person may read this matter: the one gate of every page, list, search and interface.
pub fn may_read(bench: &Bench<'_>, progress: &Progress<'_>, person: &PersonId) -> bool {
    let may = |asker| {
        bench.who(asker, READ).allowed || own_steps(progress).any(|step| bench.who(asker, step.id.as_str()).allowed)
    };
    acted(progress).any(|actor| actor == person)
        || may(Asker::Person(person))
        || progress.scene.organisation.lent(person).iter().any(|role| may(Asker::Role(role)))
}

/// A policy with what is known of it.
#[derive(Clone)]
pub struct Compiled {
    pub policy: Policy,
    pub facts: PolicyFacts,
    pub needs: Needs,
}
