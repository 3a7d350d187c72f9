//! Names in written Cedar held against the rulebook: kinds, steps, posts, bodies, fields, choices, outcomes.
//!
//! Cedar knows neither which offices and bodies there are nor what a text may hold, and takes a mistyped
//! `has` for a plain no. Invariant: a name that stands for nothing is said at its line, with the nearest.

use super::{READ, entities::OF_CLASS, parse::Library, tokens::Segment};
use crate::rulebook::{Kind, RECORDS, Rulebook, Type, nearest};
use cedar_policy::PolicyId;
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// A name that stands for nothing, and where in the block.
pub(super) struct Misnomer {
    pub offset: usize,
    pub message: String,
}

/// What an attribute leads to.
#[derive(Clone, Copy)]
enum At<'r> {
    Matter(&'r Kind),
    /// One of the records of a matter: `done`, `outcome`, `tally` …
    Record(&'r Kind, &'r str),
    Tally(&'r Kind, &'r str),
    Body,
    Person,
    Context,
    PostsOfOffice,
    Words(Domain<'r>),
    Other,
}

/// The texts that a text can be.
#[derive(Clone, Copy)]
enum Domain<'r> {
    Choices(&'r str),
    Outcomes(&'r Kind, &'r str),
    Classes,
}

/// Holds the names of one policy against a rulebook.
pub(super) struct Naming<'r> {
    rulebook: &'r Rulebook,
    kinds: Vec<&'r Kind>,
    found: Vec<Misnomer>,
}

/// The misnomers of one policy. `errs` where Cedar refuses the policy: then attributes are looked at too;
/// without that, one that only some kinds have may stand behind a test of the kind.
pub(super) fn misnomers(rulebook: &Rulebook, policy: &Segment, library: &Library, errs: bool) -> Vec<Misnomer> {
    let mut naming = Naming { rulebook, kinds: kinds_of(rulebook, policy), found: vec![] };
    naming.entities(policy);
    if naming.found.is_empty() {
        naming.attributes(policy, errs);
        naming.texts(policy, library);
    }
    naming.found
}

/// The kinds of which a policy speaks: that of its head, or all that have its steps.
fn kinds_of<'r>(rulebook: &'r Rulebook, policy: &Segment) -> Vec<&'r Kind> {
    let named = policy.kind_of_head().map(|name| rulebook.kind(name));
    if let Some(kind) = named {
        return kind.into_iter().collect();
    }
    let steps: Vec<&str> = policy.entities().filter(|entity| entity.of == "Action").map(|entity| entity.id).collect();
    let has = |kind: &&Kind| steps.iter().any(|step| *step == READ || kind.step(step).is_some());
    rulebook.kinds.iter().filter(|kind| steps.is_empty() || has(kind)).collect()
}

impl<'r> Naming<'r> {
    fn say<'n>(&mut self, offset: usize, message: String, wrong: &str, names: impl IntoIterator<Item = &'n str>) {
        let message = match nearest(wrong, names) {
            Some(near) => format!("{message}; nearest: {near}"),
            None => message,
        };
        self.found.push(Misnomer { offset, message });
    }

    fn entities(&mut self, policy: &Segment) {
        let rulebook = self.rulebook;
        let kinds: Vec<&str> = rulebook.kinds.iter().map(|kind| kind.id.as_str()).collect();
        let of_office = || rulebook.posts.values().filter(|post| !post.at_body).map(|post| post.id.as_str());
        for (offset, name) in policy.tested_types() {
            let known = ["Person", "Body", "Office", "Post"];
            if !kinds.contains(&name) && !known.contains(&name) {
                self.say(offset, format!("no kind \"{name}\""), name, kinds.iter().copied().chain(known));
            }
        }
        for entity in policy.entities() {
            let (at, id) = (entity.offset, entity.id);
            match entity.of {
                "Action" => {
                    let steps: BTreeSet<&str> = self.steps_of_scope(policy);
                    if !steps.contains(id) {
                        let of = policy.kind_of_head().map(|kind| format!(" in {kind}")).unwrap_or_default();
                        self.say(at, format!("no step \"{id}\"{of}"), id, steps);
                    }
                }
                "Post" if rulebook.posts.get(id).is_some_and(|post| post.at_body) => {
                    let message = format!("\"{id}\" is a post at a body: Office::\"{id}:BODY\"");
                    self.found.push(Misnomer { offset: at, message });
                }
                "Post" if !of_office().any(|post| post == id) => {
                    self.say(at, format!("no post \"{id}\""), id, of_office());
                }
                "Office" => self.office(at, id),
                "Body" => self.body(at, id),
                "Post" | "Person" => {}
                other if kinds.contains(&other) => {}
                other => {
                    let known = ["Action", "Post", "Office", "Body", "Person"];
                    self.say(at, format!("nothing is of the type \"{other}\""), other, known);
                }
            }
        }
    }

    fn of_office(&self) -> impl Iterator<Item = &'r str> + use<'r> {
        self.rulebook.posts.values().filter(|post| !post.at_body).map(|post| post.id.as_str())
    }

    fn steps_of_scope(&self, policy: &Segment) -> BTreeSet<&'r str> {
        let kinds = self.rulebook.kinds.iter();
        let head = policy.kind_of_head().filter(|head| self.rulebook.kind(head).is_some());
        let kinds = kinds.filter(|kind| head.is_none_or(|head| head == kind.id.as_str()));
        kinds.flat_map(|kind| &kind.steps).map(|step| step.id.as_str()).chain([READ]).collect()
    }

    fn office(&mut self, at: usize, id: &str) {
        let rulebook = self.rulebook;
        let at_body = || rulebook.posts.values().filter(|post| post.at_body).map(|post| post.id.as_str());
        let (post, class, body) = match (id.split_once(':'), id.split_once(OF_CLASS)) {
            (Some((post, body)), _) => (post, None, Some(body)),
            (None, Some((post, class))) => (post, Some(class), None),
            (None, None) => {
                let message = format!(
                    "an office is a post at a body, like Office::\"staff:BODY\" or Office::\"head of CLASS\", not \"{id}\""
                );
                return self.found.push(Misnomer { offset: at, message });
            }
        };
        if !at_body().any(|known| known == post) {
            self.say(at, format!("no post \"{post}\" at a body"), post, at_body());
        }
        if let Some(class) = class.filter(|class| !rulebook.classes.iter().any(|known| known == class)) {
            let classes = rulebook.classes.iter().map(String::as_str);
            self.say(at, format!("no class \"{class}\" of bodies"), class, classes);
        }
        if let Some(body) = body {
            self.body(at, body);
        }
    }

    fn body(&mut self, at: usize, id: &str) {
        let rulebook = self.rulebook;
        let bodies = || rulebook.named_bodies.iter().map(facts::BodyId::as_str);
        if !bodies().any(|body| body == id) {
            self.say(at, format!("rulebook.toml names no body \"{id}\""), id, bodies());
        }
    }

    /// Every chain of attributes, from the matter of each kind, the person or a body.
    fn attributes(&mut self, policy: &Segment, errs: bool) {
        for chain in policy.chains() {
            let roots: Vec<At> = match chain.root {
                "resource" => self.kinds.iter().map(|kind| At::Matter(kind)).collect(),
                "principal" => vec![At::Person],
                "context" => vec![At::Context],
                _ => vec![At::Body],
            };
            let wrong: Vec<(usize, At)> = roots.iter().filter_map(|root| self.stray(*root, &chain.names())).collect();
            let counts = if chain.is_test { wrong.len() == roots.len() } else { errs };
            if let (true, Some((nth, at))) = (counts, wrong.first()) {
                let (offset, name) = chain.attributes[*nth];
                let (owner, names) = self.members(*at);
                let message = format!("no {}", owner.replace("{}", &format!("\"{name}\"")));
                self.say(offset, message, name, names);
            }
        }
    }

    /// Which attribute of a chain leads nowhere, and from where.
    fn stray(&self, root: At<'r>, names: &[&str]) -> Option<(usize, At<'r>)> {
        let mut at = root;
        for (nth, name) in names.iter().enumerate() {
            if matches!(at, At::Other | At::Words(_)) {
                return None;
            }
            match self.walk(at, name) {
                Some(next) => at = next,
                None => return Some((nth, at)),
            }
        }
        None
    }

    fn walk(&self, at: At<'r>, name: &str) -> Option<At<'r>> {
        match at {
            At::Matter(kind) => match kind.field(name) {
                Some(field) => Some(self.of_type(&field.kind_of_value)),
                None => RECORDS.iter().find(|record| **record == name).map(|record| At::Record(kind, record)),
            },
            At::Record(kind, record) => {
                let known = members_of_record(kind, record).into_iter().find(|known| *known == name)?;
                Some(match record {
                    "outcome" => At::Words(Domain::Outcomes(kind, known)),
                    "tally" => At::Tally(kind, known),
                    "holding" => At::PostsOfOffice,
                    "before" => match &kind.field(known)?.kind_of_value {
                        Type::Choice(list) => At::Words(Domain::Choices(list)),
                        _ => At::Other,
                    },
                    _ => At::Other,
                })
            }
            At::Tally(kind, step) => kind.step(step)?.outcome(name).map(|_| At::Other),
            At::Body if name == "class" => Some(At::Words(Domain::Classes)),
            At::Body => self.rulebook.posts.get(name).filter(|post| post.at_body).map(|_| At::Other),
            At::Person => (name == "body").then_some(At::Body),
            At::Context if name == "in_office" => Some(At::PostsOfOffice),
            At::Context => (name == "today").then_some(At::Other),
            At::PostsOfOffice => self.of_office().any(|post| post == name).then_some(At::Other),
            At::Words(_) | At::Other => Some(At::Other),
        }
    }

    fn of_type(&self, of: &'r Type) -> At<'r> {
        match of {
            Type::Choice(list) => At::Words(Domain::Choices(list)),
            Type::Matter(kind) => self.rulebook.kind(kind.as_str()).map_or(At::Other, At::Matter),
            Type::Body => At::Body,
            Type::Person => At::Person,
            Type::Set(of) if matches!(**of, Type::Choice(_)) => self.of_type(of),
            _ => At::Other,
        }
    }

    /// What a name would have to be one of, `{}` standing for the name, and all that it can be.
    fn members(&self, at: At<'r>) -> (String, Vec<&'r str>) {
        match at {
            At::Matter(kind) => {
                let fields = kind.fields.iter().map(|field| field.id.as_str());
                (format!("field {{}} in {}", kind.id), fields.chain(RECORDS).collect())
            }
            At::Record(kind, "holding") => {
                (format!("set {{}} of persons in {}", kind.id), members_of_record(kind, "holding"))
            }
            At::Record(kind, "before") => (format!("field {{}} in {}", kind.id), members_of_record(kind, "before")),
            At::Record(kind, "size") => (format!("set {{}} in {}", kind.id), members_of_record(kind, "size")),
            At::Record(kind, record) => {
                (format!("step {{}} in resource.{record} of {}", kind.id), members_of_record(kind, record))
            }
            At::Tally(kind, step) => (format!("outcome {{}} of {}.{step}", kind.id), outcomes(kind, step)),
            At::Body => {
                let posts = self.rulebook.posts.values().filter(|post| post.at_body).map(|post| post.id.as_str());
                ("post {} at a body".to_owned(), posts.chain(["class"]).collect())
            }
            At::Person => ("attribute {} of a person".to_owned(), vec!["body"]),
            At::Context => ("attribute {} of the context".to_owned(), vec!["today", "outcome", "in_office"]),
            At::PostsOfOffice => ("post {} of the office".to_owned(), self.of_office().collect()),
            At::Words(_) | At::Other => ("attribute {}".to_owned(), vec![]),
        }
    }

    /// Texts that are compared with what is one of a list.
    fn texts(&mut self, policy: &Segment, library: &Library) {
        let Ok((_, json)) = library.policy(PolicyId::new("policy"), policy.text()) else { return };
        let mut compared = vec![];
        comparisons(&json, &mut compared);
        for (root, names, text) in compared {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let roots: Vec<At> = match root.as_str() {
                "resource" => self.kinds.iter().map(|kind| At::Matter(kind)).collect(),
                "principal" => vec![At::Person],
                _ => vec![At::Body],
            };
            let ends: Vec<Domain> = roots.into_iter().filter_map(|root| self.domain(root, &names)).collect();
            let fits = |domain: &Domain| self.choices(*domain).contains(&text.as_str()) || is_untaken(*domain, &text);
            let Some(first) = ends.first().filter(|_| !ends.iter().any(fits)) else { continue };
            let of = match first {
                Domain::Choices(list) => format!("choice of {list}"),
                Domain::Outcomes(kind, step) => format!("outcome of {}.{step}", kind.id),
                Domain::Classes => "class of bodies".to_owned(),
            };
            for offset in policy.texts(&text) {
                self.say(offset, format!("\"{text}\" is no {of}"), &text, self.choices(*first));
            }
        }
    }

    fn domain(&self, root: At<'r>, names: &[&str]) -> Option<Domain<'r>> {
        let mut at = root;
        for name in names {
            at = self.walk(at, name)?;
        }
        match at {
            At::Words(domain) => Some(domain),
            _ => None,
        }
    }

    fn choices(&self, domain: Domain<'r>) -> Vec<&'r str> {
        match domain {
            Domain::Choices(list) => {
                self.rulebook.choices.get(list).into_iter().flatten().map(String::as_str).collect()
            }
            Domain::Outcomes(kind, step) => outcomes(kind, step),
            Domain::Classes => self.rulebook.classes.iter().map(String::as_str).collect(),
        }
    }
}

/// The outcome of a step that was not taken is empty.
fn is_untaken(domain: Domain, text: &str) -> bool {
    text.is_empty() && matches!(domain, Domain::Outcomes(..))
}

fn members_of_record<'r>(kind: &'r Kind, record: &str) -> Vec<&'r str> {
    let steps = kind.steps.iter();
    match record {
        "ripe" => steps.filter(|step| step.not_before.is_some()).map(|step| step.id.as_str()).collect(),
        "outcome" => steps.filter(|step| !step.outcomes.is_empty()).map(|step| step.id.as_str()).collect(),
        "tally" => steps.filter(|step| step.by_each.is_some()).map(|step| step.id.as_str()).collect(),
        "size" => {
            let sets = kind.fields.iter().filter(|field| matches!(field.kind_of_value, Type::Set(_)));
            sets.map(|field| field.id.as_str()).collect()
        }
        "holding" => {
            let of_persons = |of: &Type| *of == Type::Set(Box::new(Type::Person));
            kind.fields.iter().filter(|field| of_persons(&field.kind_of_value)).map(|field| field.id.as_str()).collect()
        }
        "before" => kind.fields.iter().map(|field| field.id.as_str()).collect(),
        "offices_asked" => steps.map(|step| step.id.as_str()).chain([READ]).collect(),
        _ => steps.map(|step| step.id.as_str()).collect(),
    }
}

fn outcomes<'r>(kind: &'r Kind, step: &str) -> Vec<&'r str> {
    kind.step(step).map_or(vec![], |step| step.outcomes.iter().map(|outcome| outcome.id.as_str()).collect())
}

/// Root, attributes and text of every comparison of a chain with a text or with a set of texts.
fn comparisons(json: &Json, found: &mut Vec<(String, Vec<String>, String)>) {
    for operator in ["==", "!=", "contains", "containsAll", "containsAny"] {
        let Some(sides) = json.get(operator) else { continue };
        let (Some(left), Some(right)) = (sides.get("left"), sides.get("right")) else { continue };
        for (one, other) in [(left, right), (right, left)] {
            if let Some((root, names)) = chain(one) {
                let texts = texts(other).into_iter().map(|text| (root.clone(), names.clone(), text));
                found.extend(texts);
            }
        }
    }
    match json {
        Json::Array(items) => items.iter().for_each(|item| comparisons(item, found)),
        Json::Object(items) => items.values().for_each(|item| comparisons(item, found)),
        _ => {}
    }
}

fn chain(json: &Json) -> Option<(String, Vec<String>)> {
    if let Some(variable) = json.get("Var").and_then(Json::as_str) {
        return Some((variable.to_owned(), vec![]));
    }
    if let Some(of) = json.get("Value").and_then(|value| value.get("__entity")?.get("type")?.as_str()) {
        return (of == "Body").then(|| (of.to_owned(), vec![]));
    }
    let access = json.get(".")?;
    let (root, mut names) = chain(access.get("left")?)?;
    names.push(access.get("attr")?.as_str()?.to_owned());
    Some((root, names))
}

fn texts(json: &Json) -> Vec<String> {
    if let Some(members) = json.get("Set").and_then(Json::as_array) {
        return members.iter().flat_map(texts).collect();
    }
    match json.get("Value") {
        Some(Json::String(text)) => vec![text.clone()],
        Some(Json::Array(members)) => members.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        _ => vec![],
    }
}
