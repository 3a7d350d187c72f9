//! The conditions of a policy taken apart, so that it can be said which of them stand in the way.
//!
//! Knows no progress and no person: whether a part holds is asked of Cedar.

use super::paths::{self, Access};
use cedar_policy::{Policy, PolicyId, PolicySet};
use serde_json::{Value as Json, json};

/// A condition and its parts.
#[derive(Debug)]
pub enum Logic {
    All(Vec<Logic>),
    Any(Vec<Logic>),
    Not(Box<Logic>),
    /// The same of an `unless`: what satisfies the rule, where the rest says in which case it speaks.
    Unless(Box<Logic>),
    Leaf(Box<Leaf>),
}

/// A condition that is not taken apart any further.
#[derive(Debug)]
pub struct Leaf {
    /// The attributes of the matter that it reads.
    pub reads: Vec<Access>,
    /// Whether it asks no more than that something is there.
    pub presence: bool,
    /// A permit to anybody where it holds.
    pub(super) test: PolicySet,
}

impl Logic {
    /// What has to hold for a policy to apply, whoever acts: its `when`s, and its `unless`es not.
    pub(super) fn of(policy: &Json) -> Logic {
        let conditions = policy.get("conditions").and_then(Json::as_array);
        let parts = conditions.into_iter().flatten().filter_map(|condition| {
            let body = Logic::part(condition.get("body")?);
            Some(match condition.get("kind").and_then(Json::as_str) {
                Some("unless") => Logic::Unless(Box::new(body)),
                _ => body,
            })
        });
        Logic::All(parts.collect())
    }

    fn part(json: &Json) -> Logic {
        let sides = |operator: &str| {
            let sides = json.get(operator)?;
            Some(vec![Logic::part(sides.get("left")?), Logic::part(sides.get("right")?)])
        };
        if let Some(sides) = sides("&&") {
            return Logic::All(sides);
        }
        if let Some(sides) = sides("||") {
            return Logic::Any(sides);
        }
        if let Some(negated) = json.get("!").and_then(|negated| negated.get("arg")) {
            return Logic::Not(Box::new(Logic::part(negated)));
        }
        Logic::Leaf(Box::new(Leaf {
            reads: paths::accesses(json),
            presence: json.get("has").is_some(),
            test: test(json),
        }))
    }
}

fn test(body: &Json) -> PolicySet {
    let all = json!({ "op": "All" });
    let policy = json!({
        "effect": "permit", "principal": all, "action": all, "resource": all,
        "conditions": [{ "kind": "when", "body": body }],
    });
    let policy = Policy::from_json(Some(PolicyId::new("part")), policy);
    // What was a policy's condition is one again.
    policy.map(|policy| PolicySet::from_policies([policy]).unwrap_or_default()).unwrap_or_default()
}

impl Logic {
    /// The parts that are not taken apart.
    pub fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Logic::All(parts) | Logic::Any(parts) => parts.iter().flat_map(Logic::leaves).collect(),
            Logic::Not(part) | Logic::Unless(part) => part.leaves(),
            Logic::Leaf(leaf) => vec![leaf],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Logic;
    use cedar_policy::Policy;

    fn told(logic: &Logic) -> String {
        let list = |parts: &[Logic]| parts.iter().map(told).collect::<Vec<_>>().join(" ");
        match logic {
            Logic::All(parts) => format!("all({})", list(parts)),
            Logic::Any(parts) => format!("any({})", list(parts)),
            Logic::Not(part) => format!("not({})", told(part)),
            Logic::Unless(part) => format!("unless({})", told(part)),
            Logic::Leaf(leaf) => leaf.reads.iter().map(|read| read.join(".")).collect::<Vec<_>>().join("+"),
        }
    }

    #[test]
    fn the_parts_of_a_policy_are_found_in_their_order() {
        let policy = "forbid (principal, action, resource) when { resource.urgent && !(resource has topic) } \
                      unless { resource.done.hear || resource.day == resource.end };";
        let json = Policy::parse(None, policy).unwrap().to_json().unwrap();
        assert_eq!(told(&Logic::of(&json)), "all(all(urgent not(topic)) unless(any(done.hear day+end)))");
    }
}
