//! A scene as Cedar's entities: only what the policies of one question read.

#![expect(clippy::disallowed_types, reason = "Cedar's constructors take unordered maps and sets")]

use super::{
    Asker,
    check::StepPolicies,
    needs::{Needs, Reading},
    schema,
};
use crate::{
    progress::Progress,
    rulebook::{Each, Path, RECORDS, Rulebook, Step, Type, Who},
    scene::Scene,
};
use cedar_policy::{Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression as Cedar};
use facts::{BodyId, Matter, MatterId, Organisation, PersonId, PostId, Role, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Between a post and the class of the bodies at which it is held: `Office::"head of constituent"`.
pub(super) const OF_CLASS: &str = " of ";

/// The names that Cedar knows, and the attributes that any policy reads.
pub(super) struct Vocabulary {
    read: BTreeSet<String>,
    at_body: Vec<String>,
    /// Offices at whichever body of a class that policies name.
    of_classes: BTreeSet<String>,
    /// Posts of which policies ask how many hold them.
    in_office: Vec<PostId>,
    /// Posts of which policies ask how many in a field hold them.
    held: BTreeMap<String, Vec<PostId>>,
    types: BTreeMap<String, EntityTypeName>,
}

impl Vocabulary {
    pub(super) fn new(rulebook: &Rulebook, pool: &[StepPolicies]) -> Vocabulary {
        let fills = pool.iter().flat_map(|entry| &entry.fills).map(|(_, compiled)| compiled);
        let texts = pool.iter().flat_map(|entry| &entry.policies).chain(fills).map(|policy| policy.facts.text.as_str());
        let of_classes = texts.flat_map(offices_of_classes).collect();
        let policies = pool.iter().flat_map(|entry| &entry.policies);
        let read = policies.flat_map(|policy| policy.facts.reads.iter().flatten().cloned()).collect();
        let at_body = rulebook.posts.values().filter(|post| post.at_body);
        let kinds = rulebook.kinds.iter().map(|kind| kind.id.to_string());
        let fixed = ["Post", "Office", "Body", "Person", "Action"].map(str::to_owned);
        let types = kinds.chain(fixed).filter_map(|name| Some((name.clone(), name.parse().ok()?)));
        let asked = schema::Asked::of(rulebook);
        let fields = rulebook.kinds.iter().flat_map(|kind| &kind.fields).map(|field| field.id.as_str());
        let held = fields.map(|field| (field.to_owned(), schema::posts_held(rulebook, &asked, field)));
        let held = held.filter(|(_, posts)| !posts.is_empty());
        Vocabulary {
            read,
            at_body: at_body.map(|post| post.id.to_string()).collect(),
            of_classes,
            in_office: schema::posts_in_office(rulebook, &asked).into_iter().cloned().collect(),
            held: held.map(|(field, posts)| (field, posts.into_iter().cloned().collect())).collect(),
            types: types.collect(),
        }
    }

    fn uid(&self, of: &str, id: &str) -> EntityUid {
        match self.types.get(of) {
            Some(of) => EntityUid::from_type_name_and_id(of.clone(), EntityId::new(id)),
            None => uid(of, id),
        }
    }

    pub(super) fn matter_uid(&self, matter: &Matter) -> EntityUid {
        self.uid(matter.kind.as_str(), &matter.id.to_string())
    }

    /// Who asks, and as entities what some policies need: the matter, the matters it leads to, the
    /// persons and bodies they name.
    pub(super) fn lay_out(
        &self,
        rulebook: &Rulebook,
        scene: &Scene<'_>,
        matter: &Matter,
        needs: &Needs,
        asker: Asker<'_>,
    ) -> (EntityUid, Result<Entities, String>) {
        let mut layout = Layout { vocabulary: self, scene, needs, entities: vec![], seen: HashSet::new() };
        let principal = layout.asker(asker);
        for body in &needs.bodies {
            layout.body(&BodyId::new(body));
        }
        let mut reached = Reached { rulebook, scene, vocabulary: self, matters: BTreeMap::new() };
        let wanted = if needs.everything { Wanted::Everything } else { Wanted::Only(vec![&needs.matter]) };
        reached.visit(matter, wanted);
        for (matter, wanted) in reached.matters.values() {
            if let Some(progress) = Progress::of(rulebook, scene, matter) {
                layout.matter(&progress, wanted);
            }
        }
        let entities = Entities::from_entities(layout.entities, None).map_err(|error| error.to_string());
        (principal, entities)
    }

    fn parents(&self, organisation: &Organisation, person: &PersonId) -> HashSet<EntityUid> {
        let roles = organisation.roles(person).iter().map(|(role, _)| role);
        let of_classes = roles.clone().filter_map(|role| self.of_class(organisation, role));
        roles.filter_map(|role| self.parent(role)).chain(of_classes).collect()
    }

    /// The office at whichever body of a class that comes with a post at a body.
    fn of_class(&self, organisation: &Organisation, role: &Role) -> Option<EntityUid> {
        let (Role::At(post, body), false) = (role, self.of_classes.is_empty()) else { return None };
        let class = &organisation.bodies.get(body)?.class;
        let office = format!("{post}{OF_CLASS}{class}");
        self.of_classes.contains(&office).then(|| self.uid("Office", &office))
    }

    fn parent(&self, role: &Role) -> Option<EntityUid> {
        match role {
            Role::Post(post) => Some(self.uid("Post", post.as_str())),
            Role::At(post, body) => Some(self.uid("Office", &format!("{post}:{body}"))),
            Role::Person(_) => None,
        }
    }
}

/// The offices at whichever body of a class that a policy names.
fn offices_of_classes(text: &str) -> impl Iterator<Item = String> {
    let named = text.split("Office::\"").skip(1).filter_map(|rest| rest.split_once('"'));
    named.map(|(office, _)| office.to_owned()).filter(|office| !office.contains(':') && office.contains(OF_CLASS))
}

/// What is wanted of one entity or record.
#[derive(Clone)]
enum Wanted<'r> {
    /// All that any policy reads anywhere.
    Everything,
    Only(Vec<&'r Reading>),
}

impl<'r> Wanted<'r> {
    fn reads(&self, vocabulary: &Vocabulary, name: &str) -> bool {
        match self {
            Wanted::Everything => vocabulary.read.contains(name),
            Wanted::Only(readings) => readings.iter().any(|reading| reading.next.contains_key(name)),
        }
    }

    /// What is wanted of an attribute.
    fn of(&self, name: &str) -> Wanted<'r> {
        match self {
            Wanted::Everything => Wanted::Everything,
            Wanted::Only(readings) => {
                Wanted::Only(readings.iter().filter_map(|reading| reading.next.get(name)).collect())
            }
        }
    }

    /// Whether a member of a record is wanted, by itself or with the whole record.
    fn member(&self, vocabulary: &Vocabulary, name: &str) -> bool {
        match self {
            Wanted::Everything => vocabulary.read.contains(name),
            Wanted::Only(readings) => readings.iter().any(|reading| reading.whole || reading.next.contains_key(name)),
        }
    }

    /// Whether more than its identity is wanted.
    fn inside(&self) -> bool {
        match self {
            Wanted::Everything => true,
            Wanted::Only(readings) => readings.iter().any(|reading| !reading.next.is_empty()),
        }
    }
}

/// The matters that policies reach, and what they want of each.
struct Reached<'g, 'r> {
    rulebook: &'g Rulebook,
    scene: &'g Scene<'g>,
    vocabulary: &'g Vocabulary,
    matters: BTreeMap<MatterId, (&'g Matter, Wanted<'r>)>,
}

impl<'g, 'r> Reached<'g, 'r> {
    fn visit(&mut self, matter: &'g Matter, wanted: Wanted<'r>) {
        match (self.matters.get_mut(&matter.id), &wanted) {
            (None, _) => drop(self.matters.insert(matter.id, (matter, wanted.clone()))),
            // Links may lead in a circle.
            (Some((_, Wanted::Everything)), _) => return,
            (Some((_, Wanted::Only(before))), Wanted::Only(more)) => before.extend(more),
            (Some((_, before)), Wanted::Everything) => *before = Wanted::Everything,
        }
        let Some(kind) = self.rulebook.kind(matter.kind.as_str()) else { return };
        for field in kind.fields.iter().filter(|field| wanted.reads(self.vocabulary, field.id.as_str())) {
            let inside = wanted.of(field.id.as_str());
            if !inside.inside() {
                continue;
            }
            let linked = matter.fields.get(&field.id).map_or(&[] as &[Value], Value::members);
            for linked in linked.iter().filter_map(Value::matter).filter_map(|id| self.scene.matter(id)) {
                self.visit(linked, inside.clone());
            }
        }
    }
}

/// Entities as they are laid out, each once.
struct Layout<'g> {
    vocabulary: &'g Vocabulary,
    scene: &'g Scene<'g>,
    needs: &'g Needs,
    entities: Vec<Entity>,
    seen: HashSet<EntityUid>,
}

impl Layout<'_> {
    fn matter(&mut self, progress: &Progress<'_>, wanted: &Wanted<'_>) {
        let mut attributes = HashMap::new();
        for field in &progress.kind.fields {
            let name = field.id.as_str();
            if !wanted.reads(self.vocabulary, name) {
                continue;
            }
            let nothing = || empty(&field.kind_of_value);
            if let Some(value) = progress.matter.fields.get(&field.id).cloned().or_else(nothing) {
                attributes.insert(name.to_owned(), self.value(&value));
            }
        }
        self.progress(progress, wanted, &mut attributes);
        let uid = self.vocabulary.matter_uid(progress.matter);
        self.entities.extend(Entity::new(uid, attributes, HashSet::new()).ok());
    }

    /// What fields held before the act.
    fn before(&mut self, progress: &Progress<'_>, wanted: impl Fn(&str) -> bool) -> Vec<(String, Cedar)> {
        let before = self.scene.before(progress.matter.id);
        let fields = progress.kind.fields.iter().filter(|field| wanted(field.id.as_str()));
        let held = fields.filter_map(|field| {
            let held = before.and_then(|before| before.fields.get(&field.id)).cloned();
            Some((field.id.to_string(), self.value(&held.or_else(|| empty(&field.kind_of_value))?)))
        });
        held.collect()
    }

    /// The records of how far the matter has come.
    fn progress(&mut self, progress: &Progress<'_>, wanted: &Wanted<'_>, attributes: &mut HashMap<String, Cedar>) {
        for record in RECORDS {
            if !wanted.reads(self.vocabulary, record) {
                continue;
            }
            let wanted = wanted.of(record);
            let steps = progress.kind.steps.iter().filter(|step| wanted.member(self.vocabulary, step.id.as_str()));
            let members: Vec<(String, Cedar)> = match record {
                "size" => sizes(progress, |field| wanted.member(self.vocabulary, field)),
                "taken_by" => steps.map(|step| (step.id.to_string(), self.taken_by(progress, step))).collect(),
                "holding" => self.holding(progress),
                "before" => self.before(progress, |field| wanted.member(self.vocabulary, field)),
                "offices_asked" => self.asked(progress, steps, wanted.member(self.vocabulary, super::READ)),
                _ => steps.filter_map(|step| Some((step.id.to_string(), how_far(progress, record, step)?))).collect(),
            };
            if let Ok(record_of) = Cedar::new_record(members) {
                attributes.insert(record.to_owned(), record_of);
            }
        }
    }

    /// The persons whose takings of a step stand.
    fn taken_by(&self, progress: &Progress<'_>, step: &Step) -> Cedar {
        let persons: BTreeSet<&PersonId> =
            progress.matter.standing(step.id.as_str()).map(|taken| &taken.person).collect();
        let uid = |person: &PersonId| self.vocabulary.uid("Person", person.as_str());
        Cedar::new_set(persons.into_iter().map(|person| Cedar::new_entity_uid(uid(person))))
    }

    /// How many of the persons in a field hold a post.
    fn holding(&self, progress: &Progress<'_>) -> Vec<(String, Cedar)> {
        let organisation = self.scene.organisation;
        let fields =
            progress.kind.fields.iter().filter_map(|field| Some((field, self.vocabulary.held.get(field.id.as_str())?)));
        let counted = fields.filter_map(|(field, posts)| {
            let persons = progress.scene.persons(progress.matter, &Path(vec![field.id.clone()]));
            let count = |post: &PostId| {
                let role = Role::Post(post.clone());
                persons.iter().filter(|person| organisation.via(person, &role).is_some()).count() as i64
            };
            let counts = posts.iter().map(|post| (post.to_string(), Cedar::new_long(count(post))));
            Some((field.id.to_string(), Cedar::new_record(counts).ok()?))
        });
        counted.collect()
    }

    /// Offices of the bodies in a set, for the steps whose *who* is such a set.
    fn asked<'k>(
        &self,
        progress: &Progress<'_>,
        steps: impl Iterator<Item = &'k Step>,
        read: bool,
    ) -> Vec<(String, Cedar)> {
        let offices = |whos: Vec<&Who>, each: Option<&Each>| {
            let from_each = each.and_then(|each| match each {
                Each::BodiesIn(post, path) => Some(Who::AtBodyIn(post.clone(), path.clone())),
                _ => None,
            });
            let whos = whos.into_iter().chain(from_each.as_ref());
            let laid_out = |who: &&Who| match who {
                Who::Where(_, who) => matches!(**who, Who::AtClass(..)),
                who => matches!(who, Who::AtBodyIn(..) | Who::AtClass(..)),
            };
            let roles = whos.filter(laid_out).flat_map(|who| progress.roles_of(who));
            Cedar::new_set(roles.filter_map(|role| self.vocabulary.parent(&role)).map(Cedar::new_entity_uid))
        };
        let mut asked: Vec<_> = steps
            .map(|step| {
                let whos = step.by.iter().chain(&step.recorded_by).collect();
                (schema::asked_attribute(step), offices(whos, step.by_each.as_ref()))
            })
            .collect();
        if read {
            asked.push((super::READ.to_owned(), offices(progress.kind.read.iter().collect(), None)));
        }
        asked
    }

    fn value(&mut self, value: &Value) -> Cedar {
        match value {
            Value::Text(text) | Value::Choice(text) => Cedar::new_string(text.clone()),
            Value::Yes(yes) => Cedar::new_bool(*yes),
            Value::Number(number) => Cedar::new_long(*number),
            Value::Date(date) => Cedar::new_datetime(date.to_string()),
            Value::Person(person) => Cedar::new_entity_uid(self.person(person)),
            Value::Body(body) => {
                self.body(body);
                Cedar::new_entity_uid(self.vocabulary.uid("Body", body.as_str()))
            }
            Value::Post(post) => Cedar::new_entity_uid(self.vocabulary.uid("Post", post.as_str())),
            Value::Matter(id) => Cedar::new_entity_uid(match self.scene.matter(*id) {
                Some(linked) => self.vocabulary.matter_uid(linked),
                None => absent_matter(*id),
            }),
            Value::Set(members) => {
                let members: Vec<Cedar> = members.iter().map(|member| self.value(member)).collect();
                Cedar::new_set(members)
            }
        }
    }

    /// A person that a field names, laid out where more than the name counts.
    fn person(&mut self, person: &PersonId) -> EntityUid {
        let uid = self.vocabulary.uid("Person", person.as_str());
        let organisation = self.scene.organisation;
        let inside = self.needs.ranks || self.needs.names.contains("body");
        if inside && organisation.people.contains_key(person) && self.seen.insert(uid.clone()) {
            let parents = self.vocabulary.parents(organisation, person);
            self.put_person(uid.clone(), organisation.body_of(person), parents);
        }
        uid
    }

    fn put_person(&mut self, uid: EntityUid, body: Option<&BodyId>, parents: HashSet<EntityUid>) {
        let mut attributes = HashMap::new();
        if let Some(body) = body.filter(|_| self.needs.names.contains("body")) {
            self.body(body);
            let body = Cedar::new_entity_uid(self.vocabulary.uid("Body", body.as_str()));
            attributes.insert("body".to_owned(), body);
        }
        self.entities.extend(Entity::new(uid, attributes, parents).ok());
    }

    /// A body, with those of its offices that are read of any body.
    fn body(&mut self, body: &BodyId) {
        let names = &self.needs.names;
        let mut posts = self.vocabulary.at_body.iter().filter(|post| names.contains(*post)).peekable();
        if posts.peek().is_none() && !names.contains("class") {
            return;
        }
        let uid = self.vocabulary.uid("Body", body.as_str());
        let Some(known) = self.scene.organisation.bodies.get(body) else { return };
        if !self.seen.insert(uid.clone()) {
            return;
        }
        let office = |post: &String| {
            let office = self.vocabulary.uid("Office", &format!("{post}:{body}"));
            (post.clone(), Cedar::new_entity_uid(office))
        };
        let mut attributes: HashMap<String, Cedar> = posts.map(office).collect();
        if names.contains("class") {
            attributes.insert("class".to_owned(), Cedar::new_string(known.class.clone()));
        }
        self.entities.extend(Entity::new(uid, attributes, HashSet::new()).ok());
    }

    /// Who asks; laid out before anybody else, where it makes a difference.
    fn asker(&mut self, asker: Asker<'_>) -> EntityUid {
        let organisation = self.scene.organisation;
        let (uid, person) = match asker {
            Asker::Person(person) | Asker::Role(Role::Person(person)) => {
                (self.vocabulary.uid("Person", person.as_str()), Some(person))
            }
            Asker::Role(role) => (self.vocabulary.uid("Person", &format!("whoever holds {}", role.key())), None),
            Asker::Nobody => (self.vocabulary.uid("Person", "nobody"), None),
        };
        if self.needs.asker {
            let parents = match asker {
                Asker::Person(person) => self.vocabulary.parents(organisation, person),
                // A person who is asked after by name is the same whom a field names, with every post.
                Asker::Role(Role::Person(person)) if self.needs.ranks => self.vocabulary.parents(organisation, person),
                Asker::Role(role) => {
                    let of_class = self.vocabulary.of_class(organisation, role);
                    self.vocabulary.parent(role).into_iter().chain(of_class).collect()
                }
                Asker::Nobody => HashSet::new(),
            };
            self.seen.insert(uid.clone());
            self.put_person(uid.clone(), person.and_then(|person| organisation.body_of(person)), parents);
        }
        uid
    }
}

/// How a step stands, as one of the records of progress says it; `None` where it says nothing of it.
fn how_far(progress: &Progress<'_>, record: &str, step: &Step) -> Option<Cedar> {
    match record {
        "done" => Some(Cedar::new_bool(progress.done(step))),
        // A day that cannot be computed (no calendar for the year) has not come.
        "ripe" => step.not_before.as_ref().map(|_| Cedar::new_bool(progress.ripe(step).unwrap_or(false))),
        "outcome" if !step.outcomes.is_empty() => {
            Some(Cedar::new_string(progress.outcome(step.id.as_str()).to_owned()))
        }
        "tally" if step.by_each.is_some() => {
            let outcomes = step
                .outcomes
                .iter()
                .map(|outcome| (outcome.id.to_string(), Cedar::new_long(progress.tally(step, outcome.id.as_str()))));
            Cedar::new_record(outcomes).ok()
        }
        _ => None,
    }
}

/// How many members the sets among the wanted fields have.
fn sizes(progress: &Progress<'_>, wanted: impl Fn(&str) -> bool) -> Vec<(String, Cedar)> {
    let sets = progress.kind.fields.iter().filter(|field| matches!(field.kind_of_value, Type::Set(_)));
    let sets = sets.filter(|field| wanted(field.id.as_str()));
    let size = |field: &crate::rulebook::Field| {
        let members = progress.matter.fields.get(&field.id).map_or(0, |value| value.members().len());
        (field.id.to_string(), Cedar::new_long(members as i64))
    };
    sets.map(size).collect()
}

/// What a field holds before anything is said.
fn empty(of: &Type) -> Option<Value> {
    match of {
        Type::Text | Type::Document => Some(Value::Text(String::new())),
        Type::Yes => Some(Value::Yes(false)),
        Type::Number => Some(Value::Number(0)),
        Type::Set(_) => Some(Value::Set(vec![])),
        _ => None,
    }
}

impl Vocabulary {
    /// The day, and how many hold the posts that policies ask after.
    pub(super) fn context(&self, scene: &Scene<'_>) -> Result<Context, String> {
        let holders = |post: &PostId| scene.organisation.holders(&Role::Post(post.clone())).len() as i64;
        let in_office = self.in_office.iter().map(|post| (post.to_string(), Cedar::new_long(holders(post))));
        let in_office = Cedar::new_record(in_office).map_err(|error| error.to_string())?;
        let today = Cedar::new_datetime(scene.today.to_string());
        let outcome = scene.outcome.map_or("", |outcome| outcome.as_str());
        let outcome = Cedar::new_string(outcome.to_owned());
        let said = [("today", today), ("outcome", outcome), ("in_office", in_office)];
        Context::from_pairs(said.map(|(name, value)| (name.to_owned(), value))).map_err(|error| error.to_string())
    }
}

/// A matter that was not loaded: Cedar errs when it reads it, and an error refuses.
fn absent_matter(id: MatterId) -> EntityUid {
    uid("Absent", &id.to_string())
}

pub(super) fn uid(of: &str, id: &str) -> EntityUid {
    let of: EntityTypeName = of.parse().expect("kinds are checked to be names");
    EntityUid::from_type_name_and_id(of, EntityId::new(id))
}
