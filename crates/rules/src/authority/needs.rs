//! What policies need laid out to be judged, found in Cedar's own JSON form of them.
//!
//! Invariant: whatever a policy may read is named here; where that cannot be told, everything is laid out.

use super::paths::{Root, chain};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// What is read of one entity or record.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// It is used as it stands: a record in it is needed with all its members.
    pub whole: bool,
    /// Its attributes, each with what is read of it.
    pub next: BTreeMap<String, Reading>,
}

/// What some policies need.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    /// What is read of the matter and of what it leads to.
    pub matter: Reading,
    /// Attributes read of anything, persons and bodies among it.
    pub names: BTreeSet<String>,
    /// Bodies that are named and of which something is read.
    pub bodies: BTreeSet<String>,
    /// Who asks makes a difference.
    pub asker: bool,
    /// The day makes a difference.
    pub context: bool,
    /// Something other than who asks is looked for in a hierarchy.
    pub ranks: bool,
    /// Attributes are read of what is known only when a policy is judged.
    pub everything: bool,
}

impl Reading {
    fn read(&mut self, path: &[String]) {
        match path.split_first() {
            None => self.whole = true,
            Some((first, rest)) => self.next.entry(first.clone()).or_default().read(rest),
        }
    }

    fn join(&mut self, other: &Reading) {
        self.whole |= other.whole;
        for (name, reading) in &other.next {
            self.next.entry(name.clone()).or_default().join(reading);
        }
    }
}

impl Needs {
    /// What one policy needs.
    pub(super) fn of(policy: &Json) -> Needs {
        let mut needs = Needs::default();
        let head = |part: &str| policy.get(part).and_then(|head| head.get("op")).and_then(Json::as_str);
        needs.asker = head("principal").is_some_and(|op| op != "All");
        policy.get("conditions").into_iter().for_each(|conditions| needs.expression(conditions));
        needs
    }

    /// Takes in what another policy needs beside this one.
    pub(super) fn join(&mut self, other: &Needs) {
        self.matter.join(&other.matter);
        self.names.extend(other.names.iter().cloned());
        self.bodies.extend(other.bodies.iter().cloned());
        self.asker |= other.asker;
        self.context |= other.context;
        self.ranks |= other.ranks;
        self.everything |= other.everything;
    }

    fn expression(&mut self, json: &Json) {
        if let Some((root, path)) = chain(json) {
            return self.chain(root, &path);
        }
        match json.get("Var").and_then(Json::as_str) {
            Some("principal") => self.asker = true,
            Some("context") => self.context = true,
            _ => {}
        }
        for operator in [".", "has"] {
            let Some(access) = json.get(operator).filter(|access| access.get("left").is_some()) else { continue };
            let (left, name) = (access.get("left"), access.get("attr").and_then(Json::as_str));
            self.names.extend(name.map(str::to_owned));
            match (left.and_then(chain), name) {
                (Some((root, mut path)), Some(name)) => {
                    path.push(name.to_owned());
                    return self.chain(root, &path);
                }
                _ => self.everything |= !left.is_some_and(begins_with_a_variable),
            }
        }
        let of_asker = |left: &Json| left.get("Var").is_some();
        let ranked = ["in", "is"].iter().filter_map(|operator| json.get(operator)?.get("left"));
        self.ranks |= ranked.into_iter().any(|left| !of_asker(left));
        match json {
            Json::Array(items) => items.iter().for_each(|item| self.expression(item)),
            Json::Object(items) => items.values().for_each(|item| self.expression(item)),
            _ => {}
        }
    }

    fn chain(&mut self, root: Root, path: &[String]) {
        self.names.extend(path.iter().cloned());
        match root {
            Root::Resource if path.is_empty() => {}
            Root::Resource => self.matter.read(path),
            Root::Entity(of, id) if of == "Body" && !path.is_empty() => drop(self.bodies.insert(id)),
            Root::Entity(..) => {}
        }
    }
}

/// Whether an expression is a chain of attributes of one of Cedar's variables.
fn begins_with_a_variable(json: &Json) -> bool {
    json.get("Var").is_some() || json.get(".").and_then(|access| access.get("left")).is_some_and(begins_with_a_variable)
}

#[cfg(test)]
mod tests {
    use super::{Needs, Reading};
    use cedar_policy::Policy;

    fn needs(policy: &str) -> Needs {
        Needs::of(&Policy::parse(None, policy).unwrap().to_json().unwrap())
    }

    fn leaves(reading: &Reading) -> Vec<String> {
        let mut leaves: Vec<String> = reading.whole.then(String::new).into_iter().collect();
        for (name, next) in &reading.next {
            leaves.extend(leaves_of(name, next));
        }
        leaves
    }

    fn leaves_of(name: &str, next: &Reading) -> Vec<String> {
        leaves(next).into_iter().map(|leaf| format!("{name}.{leaf}")).collect()
    }

    #[test]
    fn a_chain_is_read_to_its_end() {
        let gate = "forbid (principal, action, resource) unless { resource.done.review && resource.topic.decision.done.hear };";
        let needs = needs(gate);
        assert_eq!(leaves(&needs.matter), ["done.review.", "topic.decision.done.hear."]);
        assert!(!needs.asker && !needs.context && !needs.ranks && !needs.everything);
    }

    #[test]
    fn what_is_used_as_it_stands_is_needed_whole() {
        let gate =
            "forbid (principal, action, resource) when { resource has topic && resource.done == resource.topic.done };";
        assert_eq!(leaves(&needs(gate).matter), ["done.", "topic.", "topic.done."]);
    }

    #[test]
    fn who_asks_counts_in_the_head_and_in_the_conditions() {
        let table: [(&str, bool); 4] = [
            ("permit (principal in Post::\"mayor\", action, resource);", true),
            ("permit (principal, action, resource) when { principal == resource.applicant };", true),
            ("permit (principal, action, resource) when { resource.sponsor == principal.body };", true),
            ("permit (principal, action, resource) when { resource.urgent };", false),
        ];
        for (policy, asker) in table {
            assert_eq!(needs(policy).asker, asker, "{policy}");
        }
        assert!(needs(table[2].0).names.contains("body"));
    }

    #[test]
    fn named_bodies_days_and_ranks_are_found() {
        let permit = "permit (principal, action, resource) when { principal in Body::\"justice\".head \
                      && context.today > resource.held && resource.applicant in Post::\"mayor\" };";
        let needs = needs(permit);
        assert!(needs.bodies.contains("justice") && needs.names.contains("head"));
        assert!(needs.context && needs.ranks && !needs.everything);
        assert!(!self::needs("permit (principal in Post::\"mayor\", action, resource);").ranks);
    }

    #[test]
    fn what_is_read_of_a_choice_needs_everything() {
        let gate = "forbid (principal, action, resource) \
                    when { (if resource.urgent then resource.topic else resource.other).urgent };";
        assert!(needs(gate).everything);
    }
}
