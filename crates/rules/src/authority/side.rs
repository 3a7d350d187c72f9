//! The permits of a step, or its gates, of which Cedar is asked as of one; what it ruled is known again.
//!
//! Invariant: Cedar sees nothing but the ground, so what is known is what it would say again.

use super::{compile, entities::Vocabulary, ground::Ground, known::Known, logic::Leaf, needs::Needs, rule_of};
use cedar_policy::{
    AuthorizationError, Authorizer, Decision, Entities, EntityUid, Policy, PolicySet, Request, ResourceConstraint,
    Response,
};
use facts::RuleId;
use std::{collections::BTreeSet, sync::OnceLock};

/// What Cedar says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    pub allowed: bool,
    /// Permits that allowed it, or forbids that refused it.
    pub rules: Vec<RuleId>,
    /// Evaluation errors; any of them refuses.
    pub errors: Vec<(RuleId, String)>,
}

/// The permits of a step, or its forbids.
#[derive(Default)]
pub(super) struct Side {
    /// Tells it from every other side.
    number: usize,
    pub set: PolicySet,
    /// The same without what their heads say of the step and the kind, which holds wherever they are asked: to
    /// weigh that again and again takes a third of the time. Made when the side is first asked.
    lean: OnceLock<PolicySet>,
    pub needs: Needs,
    /// Gates only: nothing of the rulebook stands among them.
    pub bare: bool,
}

impl Side {
    pub fn new(number: usize) -> Side {
        Side { number, ..Side::default() }
    }

    /// Gates among which nothing of the rulebook stands.
    pub fn bare(number: usize) -> Side {
        Side { number, set: compile::anybody(), bare: true, ..Side::default() }
    }

    pub fn add(&mut self, policy: Policy, needs: &Needs) {
        self.bare = false;
        self.needs.join(needs);
        // Ids are unique by construction; a clash would be found by the tests of `compile`.
        let _ = self.set.add(policy);
    }

    /// What Cedar says on a ground, which was laid out as this side needs it.
    pub fn rule(&self, cedar: &Cedar<'_>, action: &EntityUid, ground: Ground<'_>) -> Ruling {
        if let Some(ruling) = cedar.known.ruling(self.number, &ground) {
            return ruling;
        }
        let ruling = self.rule_anew(cedar, action, &ground);
        cedar.known.keep(self.number, ground, ruling.clone());
        ruling
    }

    fn rule_anew(&self, cedar: &Cedar<'_>, action: &EntityUid, ground: &Ground<'_>) -> Ruling {
        match ground.put(cedar.vocabulary, action) {
            Ok((request, entities)) => ruling(&cedar.authorizer.is_authorized(&request, self.lean(), &entities)),
            Err(error) => Ruling { allowed: false, rules: vec![], errors: vec![(RuleId::new("-"), error)] },
        }
    }

    fn lean(&self) -> &PolicySet {
        self.lean.get_or_init(|| {
            let lean =
                self.set.policies().map(|policy| without_step_and_kind(policy).unwrap_or_else(|| policy.clone()));
            PolicySet::from_policies(lean).unwrap_or_else(|_| self.set.clone())
        })
    }
}

fn without_step_and_kind(policy: &Policy) -> Option<Policy> {
    let mut json = policy.to_json().ok()?;
    json["action"] = serde_json::json!({ "op": "All" });
    if matches!(policy.resource_constraint(), ResourceConstraint::Is(_)) {
        json["resource"] = json["action"].clone();
    }
    Policy::from_json(Some(policy.id().clone()), json).ok()
}

fn ruling(response: &Response) -> Ruling {
    let reasons = response.diagnostics().reason().filter(|id| AsRef::<str>::as_ref(id) != compile::ANYBODY);
    let rules: BTreeSet<RuleId> = reasons.map(rule_of).collect();
    let errors = response.diagnostics().errors().map(|error| match error {
        AuthorizationError::PolicyEvaluationError(error) => (rule_of(error.policy_id()), error.inner().to_string()),
    });
    let errors: Vec<(RuleId, String)> = errors.collect();
    let allowed = response.decision() == Decision::Allow && errors.is_empty();
    Ruling { allowed, rules: rules.into_iter().collect(), errors }
}

/// Who is asked, in which words, and what was answered before.
#[derive(Clone, Copy)]
pub(super) struct Cedar<'a> {
    pub authorizer: &'a Authorizer,
    pub vocabulary: &'a Vocabulary,
    pub known: &'a Known,
}

/// A question to Cedar, of which parts are judged one by one.
pub struct Judge<'a> {
    authorizer: &'a Authorizer,
    request: Request,
    entities: Entities,
}

impl<'a> Judge<'a> {
    /// `None` where the ground cannot be put in Cedar's words.
    pub(super) fn of(cedar: Cedar<'a>, action: &EntityUid, ground: &Ground<'_>) -> Option<Judge<'a>> {
        let (request, entities) = ground.put(cedar.vocabulary, action).ok()?;
        Some(Judge { authorizer: cedar.authorizer, request, entities })
    }

    /// Whether a part holds; `None` where that cannot be judged, for it reads what is not there.
    pub fn holds(&self, leaf: &Leaf) -> Option<bool> {
        let response = self.authorizer.is_authorized(&self.request, &leaf.test, &self.entities);
        let erred = response.diagnostics().errors().next().is_some();
        (!erred).then(|| response.decision() == Decision::Allow)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            ground::{Laid, Name, Said},
            needs::Needs,
        },
        Authorizer, Cedar, EntityUid, Ground, Known, Policy, Ruling, Side, Vocabulary,
    };
    use cedar_policy::PolicyId;

    fn ground(urgent: bool) -> Ground<'static> {
        let name = Name::new("Paper", "0");
        let laid = Laid { name: name.clone(), attributes: vec![("urgent".into(), Said::Yes(urgent))], parents: vec![] };
        Ground { principal: Name::new("Person", "nobody"), resource: name, entities: vec![laid], context: vec![] }
    }

    /// Gates of which one forbids what is urgent, or what is not.
    fn gates(number: usize, forbids: &str) -> Side {
        let forbid = format!("forbid (principal, action, resource is Paper) {forbids} {{ resource.urgent }};");
        let policy = Policy::parse(Some(PolicyId::new("9/2")), forbid).unwrap();
        let mut side = Side::bare(number);
        side.add(policy, &Needs::default());
        side
    }

    fn rule(side: &Side, known: &Known, ground: Ground<'_>) -> Ruling {
        let (authorizer, vocabulary) = (Authorizer::new(), Vocabulary::default());
        let action: EntityUid = "Action::\"sign\"".parse().unwrap();
        side.rule(&Cedar { authorizer: &authorizer, vocabulary: &vocabulary, known }, &action, ground)
    }

    #[test]
    fn equal_grounds_are_ruled_on_once_a_side() {
        let (known, side, other) = (Known::default(), gates(0, "when"), gates(1, "unless"));
        let forbidden = rule(&side, &known, ground(true));
        assert_eq!((forbidden.allowed, forbidden.rules.as_slice()), (false, &["9/2".into()][..]));
        assert!(rule(&side, &known, ground(false)).allowed);
        assert!(rule(&other, &known, ground(true)).allowed);
        assert_eq!(known.len(), 3);
        assert!(!rule(&side, &known, ground(true)).allowed);
        assert!(rule(&other, &known, ground(true)).allowed);
        assert_eq!(known.len(), 3);
    }

    #[test]
    fn an_error_refuses_every_time() {
        let (known, side) = (Known::default(), gates(0, "when"));
        for _ in 0..2 {
            let mut nothing_said = ground(false);
            nothing_said.entities.clear();
            let erred = rule(&side, &known, nothing_said);
            assert!(!erred.allowed && erred.errors.len() == 1, "{erred:?}");
        }
    }
}
