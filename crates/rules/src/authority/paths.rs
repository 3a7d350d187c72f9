//! What a policy reads and whom it names, found in Cedar's own JSON form of it.

use crate::{progress::Progress, rulebook::Path};
use facts::{BodyId, FieldId, Matter, PersonId, Role, Value};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// An attribute of the matter that a policy reads: `decision.done.review_legality`.
pub type Access = Vec<String>;

/// An expression in a permit that stands for whoever may act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleExpression {
    /// `Post::"mayor"`, `Office::"head:finance"`.
    Entity(String, String),
    /// A chain of attributes from the matter, or from a named body.
    Path { body: Option<String>, attributes: Vec<String> },
}

/// Every longest chain of attributes that starts at the matter.
pub(super) fn accesses(policy: &Json) -> Vec<Access> {
    let mut found = BTreeSet::new();
    collect(policy, &mut found);
    // `a` is dropped where `a.b` is read too.
    let longest = found
        .iter()
        .filter(|one: &&Access| !found.iter().any(|other: &Access| other.len() > one.len() && other.starts_with(one)));
    longest.cloned().collect()
}

fn collect(json: &Json, found: &mut BTreeSet<Access>) {
    if let Some(chain) = chain(json).filter(|(root, chain)| *root == Root::Resource && !chain.is_empty()) {
        found.insert(chain.1);
    }
    if let Some(has) = json.get("has")
        && let (Some((Root::Resource, mut attributes)), Some(attr)) =
            (has.get("left").and_then(chain), has.get("attr").and_then(Json::as_str))
    {
        attributes.push(attr.to_owned());
        found.insert(attributes);
    }
    match json {
        Json::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Json::Object(items) => items.values().for_each(|item| collect(item, found)),
        _ => {}
    }
}

/// Whether an attribute of the context is read.
pub(super) fn reads_context(json: &Json, attribute: &str) -> bool {
    let of_context = |access: &Json| {
        access.get("attr").and_then(Json::as_str) == Some(attribute)
            && access.get("left").and_then(|left| left.get("Var")).and_then(Json::as_str) == Some("context")
    };
    json.get(".").is_some_and(of_context)
        || match json {
            Json::Array(items) => items.iter().any(|item| reads_context(item, attribute)),
            Json::Object(items) => items.values().any(|item| reads_context(item, attribute)),
            _ => false,
        }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Root {
    Resource,
    Entity(String, String),
}

/// The root and the attributes of `resource.a.b` or `Body::"x".a`.
pub(super) fn chain(json: &Json) -> Option<(Root, Vec<String>)> {
    if json.get("Var").and_then(Json::as_str) == Some("resource") {
        return Some((Root::Resource, vec![]));
    }
    if let Some(entity) = json.get("Value").and_then(|value| value.get("__entity")) {
        let text = |key: &str| entity.get(key).and_then(Json::as_str).map(str::to_owned);
        return Some((Root::Entity(text("type")?, text("id")?), vec![]));
    }
    let access = json.get(".")?;
    let (root, mut attributes) = chain(access.get("left")?)?;
    attributes.push(access.get("attr")?.as_str()?.to_owned());
    Some((root, attributes))
}

/// What a permit compares its principal with.
pub(super) fn role_expressions(policy: &Json) -> Vec<RoleExpression> {
    let mut found = vec![];
    if let Some(principal) = policy.get("principal") {
        let entities =
            principal.get("entity").into_iter().chain(principal.get("in").and_then(|is_in| is_in.get("entity")));
        for entity in entities {
            let text = |key: &str| entity.get(key).and_then(Json::as_str).map(str::to_owned);
            if let (Some(of), Some(id)) = (text("type"), text("id")) {
                found.push(RoleExpression::Entity(of, id));
            }
        }
    }
    compared(policy, &mut found);
    found
}

fn compared(json: &Json, found: &mut Vec<RoleExpression>) {
    let is_principal =
        |side: Option<&Json>| side.and_then(|side| side.get("Var")).and_then(Json::as_str) == Some("principal");
    for operator in ["in", "==", "contains"] {
        let Some(sides) = json.get(operator).filter(|sides| sides.get("left").is_some()) else { continue };
        let (left, right) = (sides.get("left"), sides.get("right"));
        if is_principal(left) {
            right.into_iter().for_each(|right| expression(right, found));
        } else if is_principal(right) {
            left.into_iter().for_each(|left| expression(left, found));
        }
    }
    match json {
        Json::Array(items) => items.iter().for_each(|item| compared(item, found)),
        Json::Object(items) => items.values().for_each(|item| compared(item, found)),
        _ => {}
    }
}

fn expression(json: &Json, found: &mut Vec<RoleExpression>) {
    if let Some(members) = json.get("Set").and_then(Json::as_array) {
        members.iter().for_each(|member| expression(member, found));
        return;
    }
    if let Some(members) = json.get("Value").and_then(Json::as_array) {
        for member in members {
            expression(&serde_json::json!({ "Value": member }), found);
        }
        return;
    }
    match chain(json) {
        Some((Root::Entity(of, id), attributes)) if attributes.is_empty() => {
            found.push(RoleExpression::Entity(of, id));
        }
        Some((Root::Entity(of, id), attributes)) if of == "Body" => {
            found.push(RoleExpression::Path { body: Some(id), attributes });
        }
        Some((Root::Resource, attributes)) if !attributes.is_empty() => {
            found.push(RoleExpression::Path { body: None, attributes });
        }
        _ => {}
    }
}

/// The roles that the expressions stand for in this matter.
pub(super) fn roles(expressions: &[RoleExpression], progress: &Progress<'_>) -> Vec<Role> {
    let mut roles = vec![];
    for expression in expressions {
        match expression {
            RoleExpression::Entity(of, id) => roles.extend(role_of_entity(of, id)),
            RoleExpression::Path { body: Some(body), attributes } => {
                roles.extend(walk_body(&BodyId::new(body), attributes));
            }
            RoleExpression::Path { body: None, attributes } => {
                roles.extend(walk(progress, progress.matter, attributes));
            }
        }
    }
    roles.sort();
    roles.dedup();
    roles
}

pub(super) fn role_of_entity(of: &str, id: &str) -> Option<Role> {
    match of {
        "Post" => Some(Role::Post(id.into())),
        "Person" => Some(Role::Person(id.into())),
        "Office" => id.split_once(':').map(|(post, body)| Role::At(post.into(), body.into())),
        _ => None,
    }
}

fn walk(progress: &Progress<'_>, matter: &Matter, attributes: &[String]) -> Vec<Role> {
    let Some((first, rest)) = attributes.split_first() else { return vec![] };
    if first == "offices_asked" {
        let step = rest.first().and_then(|step| progress.kind.step(step));
        return step.map_or(vec![], |step| progress.roles(step));
    }
    let path = Path(vec![FieldId::new(first)]);
    let values = progress.scene.value(matter, &path).map_or(&[] as &[Value], Value::members);
    let mut roles = vec![];
    for value in values {
        match value {
            Value::Person(person) => roles.extend(walk_person(progress, person, rest)),
            Value::Body(body) => roles.extend(walk_body(body, rest)),
            Value::Matter(linked) => {
                if let Some(linked) = progress.scene.matter(*linked) {
                    roles.extend(walk(progress, linked, rest));
                }
            }
            _ => {}
        }
    }
    roles
}

fn walk_person(progress: &Progress<'_>, person: &PersonId, rest: &[String]) -> Option<Role> {
    match rest {
        [] => Some(Role::Person(person.clone())),
        [body, rest @ ..] if body == "body" => walk_body(progress.scene.organisation.body_of(person)?, rest),
        _ => None,
    }
}

fn walk_body(body: &BodyId, rest: &[String]) -> Option<Role> {
    match rest {
        [post] => Some(Role::At(post.as_str().into(), body.clone())),
        _ => None,
    }
}
