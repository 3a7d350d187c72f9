//! A scene as Cedar's entities: only what the policies read.

#![expect(clippy::disallowed_types, reason = "Cedar's constructors take unordered maps and sets")]

use super::{Asker, check::StepPolicies, schema};
use crate::{
    progress::Progress,
    rulebook::{Each, Rulebook, Step, Who},
    scene::Scene,
};
use cedar_policy::{Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression as Cedar};
use facts::{BodyId, Matter, MatterId, Organisation, PersonId, Role, Value};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The attribute names that any policy reads; all others are left out of the entities.
pub(super) struct Vocabulary {
    read: BTreeSet<String>,
    at_body: Vec<String>,
    named_bodies: Vec<BodyId>,
    types: BTreeMap<String, EntityTypeName>,
}

impl Vocabulary {
    pub(super) fn new(rulebook: &Rulebook, pool: &[StepPolicies]) -> Vocabulary {
        let policies = pool.iter().flat_map(|entry| &entry.policies);
        let read = policies.flat_map(|policy| policy.facts.reads.iter().flatten().cloned()).collect();
        let at_body = rulebook.posts.values().filter(|post| post.at_body);
        let kinds = rulebook.kinds.iter().map(|kind| kind.id.to_string());
        let fixed = ["Post", "Office", "Body", "Person", "Action"].map(str::to_owned);
        let types = kinds.chain(fixed).filter_map(|name| Some((name.clone(), name.parse().ok()?)));
        Vocabulary {
            read,
            at_body: at_body.map(|post| post.id.to_string()).collect(),
            named_bodies: rulebook.named_bodies.clone(),
            types: types.collect(),
        }
    }

    fn uid(&self, of: &str, id: &str) -> EntityUid {
        match self.types.get(of) {
            Some(of) => EntityUid::from_type_name_and_id(of.clone(), EntityId::new(id)),
            None => uid(of, id),
        }
    }

    /// The matter, the matters it links to, and the persons and bodies they name.
    pub(super) fn entities(&self, rulebook: &Rulebook, scene: &Scene<'_>, matter: &Matter) -> Entities {
        let mut gathered = Gathered { vocabulary: self, rulebook, scene, entities: vec![], seen: HashSet::new() };
        gathered.matter(matter);
        for body in &self.named_bodies {
            gathered.body(body);
        }
        let entities = gathered.entities;
        Entities::from_entities(entities, None).unwrap_or_else(|_| Entities::empty())
    }

    fn reads(&self, attribute: &str) -> bool {
        self.read.contains(attribute)
    }

    fn parents(&self, organisation: &Organisation, person: &PersonId) -> HashSet<EntityUid> {
        organisation.roles(person).iter().filter_map(|(role, _)| self.parent(role)).collect()
    }

    fn parent(&self, role: &Role) -> Option<EntityUid> {
        match role {
            Role::Post(post) => Some(self.uid("Post", post.as_str())),
            Role::At(post, body) => Some(self.uid("Office", &format!("{post}:{body}"))),
            Role::Person(_) => None,
        }
    }
}

struct Gathered<'g> {
    vocabulary: &'g Vocabulary,
    rulebook: &'g Rulebook,
    scene: &'g Scene<'g>,
    entities: Vec<Entity>,
    seen: HashSet<EntityUid>,
}

impl Gathered<'_> {
    fn matter(&mut self, matter: &Matter) {
        let uid = matter_uid(matter);
        if !self.seen.insert(uid.clone()) {
            return;
        }
        let Some(progress) = Progress::of(self.rulebook, self.scene, matter) else { return };
        let mut attributes = HashMap::new();
        for field in &progress.kind.fields {
            let name = field.id.as_str();
            if !self.vocabulary.reads(name) {
                continue;
            }
            let value = matter.fields.get(&field.id).cloned().or_else(|| empty(&field.kind_of_value));
            if let Some(value) = value {
                attributes.insert(name.to_owned(), self.value(&value));
            }
        }
        self.progress(&progress, &mut attributes);
        if let Ok(entity) = Entity::new(uid, attributes, HashSet::new()) {
            self.entities.push(entity);
        }
    }

    fn progress(&self, progress: &Progress<'_>, attributes: &mut HashMap<String, Cedar>) {
        let reads = |name: &str| self.vocabulary.reads(name);
        let read_steps = || progress.kind.steps.iter().filter(|step| reads(step.id.as_str()));
        let mut put = |name: &str, of: Vec<(String, Cedar)>| {
            if let Ok(record) = Cedar::new_record(of) {
                attributes.insert(name.to_owned(), record);
            }
        };
        let named = |step: &Step, value| (step.id.to_string(), value);
        if reads("done") {
            put("done", read_steps().map(|step| named(step, Cedar::new_bool(progress.done(step)))).collect());
        }
        if reads("ripe") {
            let steps = read_steps().filter(|step| step.not_before.is_some());
            // A day that cannot be computed (no calendar for the year) has not come.
            put("ripe", steps.map(|step| named(step, Cedar::new_bool(progress.ripe(step).unwrap_or(false)))).collect());
        }
        if reads("outcome") {
            let steps = read_steps().filter(|step| !step.outcomes.is_empty());
            put(
                "outcome",
                steps
                    .map(|step| named(step, Cedar::new_string(progress.outcome(step.id.as_str()).to_owned())))
                    .collect(),
            );
        }
        if reads("tally") {
            let counts = |step: &Step| {
                let count = |outcome: &crate::rulebook::Outcome| {
                    (outcome.id.to_string(), Cedar::new_long(progress.tally(step.id.as_str(), outcome.id.as_str())))
                };
                Cedar::new_record(step.outcomes.iter().map(count)).ok()
            };
            let steps = read_steps().filter(|step| step.by_each.is_some());
            put("tally", steps.filter_map(|step| Some(named(step, counts(step)?))).collect());
        }
        if reads("size") {
            let sets = progress.kind.fields.iter().filter(|field| reads(field.id.as_str()));
            let size = |field: &crate::rulebook::Field| {
                let members = progress.matter.fields.get(&field.id).map_or(0, |value| value.members().len());
                (field.id.to_string(), Cedar::new_long(members as i64))
            };
            put(
                "size",
                sets.filter(|field| matches!(field.kind_of_value, crate::rulebook::Type::Set(_))).map(size).collect(),
            );
        }
        if reads("asked") {
            put("asked", self.asked(progress));
        }
    }

    /// Offices of the bodies in a set, for the steps whose *who* is such a set.
    fn asked(&self, progress: &Progress<'_>) -> Vec<(String, Cedar)> {
        let offices = |whos: Vec<&Who>, each: Option<&Each>| {
            let from_each = each.and_then(|each| match each {
                Each::BodiesIn(post, path) => Some(Who::AtBodyIn(post.clone(), path.clone())),
                _ => None,
            });
            let whos = whos.into_iter().chain(from_each.as_ref());
            let roles = whos.filter(|who| matches!(who, Who::AtBodyIn(..))).flat_map(|who| progress.roles_of(who));
            Cedar::new_set(roles.filter_map(|role| self.vocabulary.parent(&role)).map(Cedar::new_entity_uid))
        };
        let steps = progress.kind.steps.iter().filter(|step| self.vocabulary.reads(step.id.as_str()));
        let mut asked: Vec<_> = steps
            .map(|step| {
                let whos = step.by.iter().chain(&step.recorded_by).collect();
                (schema::asked_attribute(step), offices(whos, step.by_each.as_ref()))
            })
            .collect();
        asked.push((super::READ.to_owned(), offices(progress.kind.read.iter().collect(), None)));
        asked
    }

    fn value(&mut self, value: &Value) -> Cedar {
        match value {
            Value::Text(text) | Value::Choice(text) => Cedar::new_string(text.clone()),
            Value::Yes(yes) => Cedar::new_bool(*yes),
            Value::Number(number) => Cedar::new_long(*number),
            Value::Date(date) => Cedar::new_datetime(date.to_string()),
            Value::Person(person) => {
                self.person(person);
                Cedar::new_entity_uid(self.vocabulary.uid("Person", person.as_str()))
            }
            Value::Body(body) => {
                self.body(body);
                Cedar::new_entity_uid(self.vocabulary.uid("Body", body.as_str()))
            }
            Value::Post(post) => Cedar::new_entity_uid(self.vocabulary.uid("Post", post.as_str())),
            Value::Matter(id) => match self.scene.matter(*id) {
                Some(linked) => {
                    let linked = linked.clone();
                    self.matter(&linked);
                    Cedar::new_entity_uid(matter_uid(&linked))
                }
                None => Cedar::new_entity_uid(absent_matter(*id)),
            },
            Value::Set(members) => {
                let members: Vec<Cedar> = members.iter().map(|member| self.value(member)).collect();
                Cedar::new_set(members)
            }
        }
    }

    fn person(&mut self, person: &PersonId) {
        let uid = self.vocabulary.uid("Person", person.as_str());
        let organisation = self.scene.organisation;
        if !organisation.people.contains_key(person) || !self.seen.insert(uid.clone()) {
            return;
        }
        let body = organisation.body_of(person).cloned();
        if let Some(body) = &body {
            self.body(body);
        }
        self.entities.extend(person_entity(self.vocabulary, uid, body, self.vocabulary.parents(organisation, person)));
    }

    fn body(&mut self, body: &BodyId) {
        let uid = self.vocabulary.uid("Body", body.as_str());
        let Some(known) = self.scene.organisation.bodies.get(body) else { return };
        if !self.seen.insert(uid.clone()) {
            return;
        }
        let office = |post: &String| {
            let office = self.vocabulary.uid("Office", &format!("{post}:{body}"));
            (post.clone(), Cedar::new_entity_uid(office))
        };
        let mut attributes: HashMap<String, Cedar> = self.vocabulary.at_body.iter().map(office).collect();
        attributes.insert("class".to_owned(), Cedar::new_string(known.class.clone()));
        if let Ok(entity) = Entity::new(uid, attributes, HashSet::new()) {
            self.entities.push(entity);
        }
    }
}

fn person_entity(
    vocabulary: &Vocabulary,
    uid: EntityUid,
    body: Option<BodyId>,
    parents: HashSet<EntityUid>,
) -> Option<Entity> {
    let body = body.map(|body| ("body".to_owned(), Cedar::new_entity_uid(vocabulary.uid("Body", body.as_str()))));
    Entity::new(uid, body.into_iter().collect(), parents).ok()
}

/// What a field holds before anything is said.
fn empty(of: &crate::rulebook::Type) -> Option<Value> {
    use crate::rulebook::Type;
    match of {
        Type::Text | Type::Document => Some(Value::Text(String::new())),
        Type::Yes => Some(Value::Yes(false)),
        Type::Number => Some(Value::Number(0)),
        Type::Set(_) => Some(Value::Set(vec![])),
        _ => None,
    }
}

/// Who asks, as an entity to be added; `None` where nothing needs adding.
pub(super) fn asker(vocabulary: &Vocabulary, scene: &Scene<'_>, asker: Asker<'_>) -> (EntityUid, Option<Entity>) {
    match asker {
        Asker::Person(person) | Asker::Role(Role::Person(person)) => {
            let uid = vocabulary.uid("Person", person.as_str());
            let parents = match asker {
                Asker::Person(_) => vocabulary.parents(scene.organisation, person),
                _ => HashSet::new(),
            };
            let body = scene.organisation.body_of(person).cloned();
            let entity = person_entity(vocabulary, uid.clone(), body, parents);
            (uid, entity)
        }
        Asker::Role(role) => {
            let uid = vocabulary.uid("Person", &format!("whoever holds {}", role.key()));
            let parents = vocabulary.parent(role).into_iter().collect();
            (uid.clone(), person_entity(vocabulary, uid, None, parents))
        }
        Asker::Nobody => {
            let uid = vocabulary.uid("Person", "nobody");
            (uid.clone(), person_entity(vocabulary, uid, None, HashSet::new()))
        }
    }
}

pub(super) fn context(today: Date) -> Result<Context, String> {
    Context::from_pairs([("today".to_owned(), Cedar::new_datetime(today.to_string()))])
        .map_err(|error| error.to_string())
}

pub(super) fn matter_uid(matter: &Matter) -> EntityUid {
    uid(matter.kind.as_str(), &matter.id.to_string())
}

/// A matter that was not loaded: Cedar errs when it reads it, and an error refuses.
fn absent_matter(id: MatterId) -> EntityUid {
    uid("Absent", &id.to_string())
}

pub(super) fn uid(of: &str, id: &str) -> EntityUid {
    let of: EntityTypeName = of.parse().expect("kinds are checked to be names");
    EntityUid::from_type_name_and_id(of, EntityId::new(id))
}
