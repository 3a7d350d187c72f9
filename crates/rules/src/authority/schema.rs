//! The Cedar schema that the tables declare.

use super::READ;
use crate::rulebook::{Field, Kind, Rulebook, Step, Type};
use cedar_policy::{PolicySet, ResourceConstraint, Schema, Validator};
use facts::{KindId, PostId};
use serde_json::{Value as Json, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// The attribute that holds the offices or persons of a step whose *who* is a set of bodies.
pub(super) fn asked_attribute(step: &Step) -> String {
    step.id.to_string()
}

/// The schema as text, for whoever reads it and for the digest of what was proved.
pub(super) fn schema(rulebook: &Rulebook) -> String {
    Declared::of(rulebook, &Asked::of(rulebook), None).text()
}

/// What an attribute holds.
enum Shape {
    /// `String`, `Long`, `Bool` or `datetime`.
    Plain(&'static str),
    Entity(String),
    Set(Box<Shape>),
    Record(Vec<Attribute>),
}

struct Attribute {
    name: String,
    optional: bool,
    shape: Shape,
}

impl Attribute {
    fn new(name: impl ToString, shape: Shape) -> Attribute {
        Attribute { name: name.to_string(), optional: false, shape }
    }

    /// A record of attributes of one shape.
    fn record<N: ToString>(name: &str, names: impl IntoIterator<Item = N>, shape: impl Fn() -> Shape) -> Attribute {
        let members = names.into_iter().map(|name| Attribute::new(name, shape())).collect();
        Attribute::new(name, Shape::Record(members))
    }
}

impl Shape {
    fn text(&self) -> String {
        match self {
            Shape::Plain(name) => (*name).to_owned(),
            Shape::Entity(name) => name.clone(),
            Shape::Set(of) => format!("Set<{}>", of.text()),
            Shape::Record(attributes) => {
                let said = attributes.iter().map(|Attribute { name, optional, shape }| {
                    format!("{name}{}: {}", if *optional { "?" } else { "" }, shape.text())
                });
                format!("{{ {} }}", said.collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn json(&self) -> Json {
        match self {
            Shape::Plain("Bool") => json!({ "type": "Boolean" }),
            Shape::Plain("datetime") => json!({ "type": "Extension", "name": "datetime" }),
            Shape::Plain(name) => json!({ "type": name }),
            Shape::Entity(name) => json!({ "type": "Entity", "name": name }),
            Shape::Set(of) => json!({ "type": "Set", "element": of.json() }),
            Shape::Record(attributes) => {
                let member = |Attribute { name, optional, shape }: &Attribute| {
                    let mut said = shape.json();
                    if *optional {
                        said["required"] = Json::Bool(false);
                    }
                    (name.clone(), said)
                };
                let attributes: serde_json::Map<String, Json> = attributes.iter().map(member).collect();
                json!({ "type": "Record", "attributes": attributes })
            }
        }
    }
}

/// Everything that a schema declares.
struct Declared {
    posts: Vec<String>,
    /// Entities with the types that they can be in.
    entities: Vec<(String, Vec<&'static str>, Shape)>,
    /// Steps with the kinds that have them.
    actions: BTreeMap<String, Vec<String>>,
    context: Shape,
}

impl Declared {
    /// The whole, or the part in which policies over matters of one kind can be judged: the kinds that it is linked
    /// with, and its own steps.
    fn of(rulebook: &Rulebook, asked: &Asked, only: Option<&Kind>) -> Declared {
        let shown = only.map(|kind| linked(rulebook, kind));
        let at_body = rulebook.posts.values().filter(|post| post.at_body);
        let offices = at_body.map(|post| Attribute::new(&post.id, Shape::Entity("Office".to_owned())));
        let class = Attribute::new("class", Shape::Plain("String"));
        let body = Shape::Record(std::iter::once(class).chain(offices).collect());
        let of_person = Attribute { optional: true, ..Attribute::new("body", Shape::Entity("Body".to_owned())) };
        let mut declared = Declared {
            posts: rulebook.posts.values().filter(|post| !post.at_body).map(|post| post.id.to_string()).collect(),
            entities: vec![
                ("Office".to_owned(), vec![], Shape::Record(vec![])),
                ("Body".to_owned(), vec![], body),
                ("Person".to_owned(), vec!["Post", "Office"], Shape::Record(vec![of_person])),
            ],
            actions: BTreeMap::new(),
            context: Shape::Record(vec![
                Attribute::new("today", Shape::Plain("datetime")),
                Attribute::new("outcome", Shape::Plain("String")),
                Attribute::record("in_office", posts_in_office(rulebook, asked), || Shape::Plain("Long")),
            ]),
        };
        let is_shown = |kind: &&Kind| shown.as_ref().is_none_or(|shown| shown.contains(&kind.id));
        for kind in rulebook.kinds.iter().filter(is_shown) {
            declared.entities.push((kind.id.to_string(), vec![], matter(rulebook, asked, kind)));
            if only.is_some_and(|only| only.id != kind.id) {
                continue;
            }
            for step in kind.steps.iter().map(|step| step.id.as_str()).chain([READ]) {
                declared.actions.entry(step.to_owned()).or_default().push(kind.id.to_string());
            }
        }
        declared
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let posts: Vec<String> = self.posts.iter().map(|post| format!("{post:?}")).collect();
        let posts = if posts.is_empty() { String::new() } else { format!(" enum [{}]", posts.join(", ")) };
        let _ = writeln!(text, "entity Post{posts};");
        for (name, parents, shape) in &self.entities {
            let parents = if parents.is_empty() { String::new() } else { format!(" in [{}]", parents.join(", ")) };
            let _ = writeln!(text, "entity {name}{parents} {};", shape.text());
        }
        for (action, kinds) in &self.actions {
            let (kinds, context) = (kinds.join(", "), self.context.text());
            let _ = writeln!(
                text,
                "action {action:?} appliesTo {{ principal: Person, resource: [{kinds}], context: {context} }};"
            );
        }
        text
    }

    fn json(&self) -> Json {
        let post = if self.posts.is_empty() { json!({}) } else { json!({ "enum": self.posts }) };
        let entity = |(name, parents, shape): &(String, Vec<&'static str>, Shape)| {
            (name.clone(), json!({ "memberOfTypes": parents, "shape": shape.json() }))
        };
        let mut entities: serde_json::Map<String, Json> = self.entities.iter().map(entity).collect();
        entities.insert("Post".to_owned(), post);
        let context = self.context.json();
        let action = |(name, kinds): (&String, &Vec<String>)| {
            let applies = json!({ "principalTypes": ["Person"], "resourceTypes": kinds, "context": context });
            (name.clone(), json!({ "appliesTo": applies }))
        };
        let actions: serde_json::Map<String, Json> = self.actions.iter().map(action).collect();
        json!({ "": { "entityTypes": entities, "actions": actions } })
    }
}

/// A kind and all that its fields lead to.
fn linked(rulebook: &Rulebook, kind: &Kind) -> BTreeSet<KindId> {
    let (mut found, mut open) = (BTreeSet::from([kind.id.clone()]), vec![kind]);
    while let Some(kind) = open.pop() {
        for field in &kind.fields {
            let Type::Matter(of) = field.kind_of_value.one() else { continue };
            if found.insert(of.clone()) {
                open.extend(rulebook.kind(of.as_str()));
            }
        }
    }
    found
}

/// A schema, and what judges policies by it; to make one copies all of it.
pub(super) struct Judge {
    pub schema: Schema,
    pub validator: Validator,
}

impl Judge {
    fn of(declared: &Declared) -> Result<Judge, String> {
        // Its text would have to be parsed; that takes longer than all that is judged by it.
        let schema = Schema::from_json_value(declared.json()).map_err(|error| error.to_string())?;
        Ok(Judge { validator: Validator::new(schema.clone()), schema })
    }
}

/// The judges of a rulebook: a policy over matters of one kind is judged by that kind's part of the schema, which
/// says the same of it as the whole and is read in a fraction of the time.
pub(super) struct Judges<'r> {
    rulebook: &'r Rulebook,
    asked: Asked,
    of_kind: BTreeMap<KindId, Judge>,
    whole: Option<Judge>,
}

impl<'r> Judges<'r> {
    pub fn new(rulebook: &'r Rulebook) -> Judges<'r> {
        Judges { rulebook, asked: Asked::of(rulebook), of_kind: BTreeMap::new(), whole: None }
    }

    /// The judge of policies over matters of a kind.
    ///
    /// # Errors
    /// In Cedar's words, where the tables do not make a schema.
    pub fn of_kind(&mut self, kind: &str) -> Result<&Judge, String> {
        let Some(found) = self.rulebook.kind(kind) else { return self.whole() };
        if !self.of_kind.contains_key(&found.id) {
            let judge = Judge::of(&Declared::of(self.rulebook, &self.asked, Some(found)))?;
            self.of_kind.insert(found.id.clone(), judge);
        }
        self.of_kind.get(&found.id).ok_or_else(String::new)
    }

    /// The judge of any policies.
    ///
    /// # Errors
    /// In Cedar's words, where the tables do not make a schema.
    pub fn whole(&mut self) -> Result<&Judge, String> {
        if self.whole.is_none() {
            self.whole = Some(Judge::of(&Declared::of(self.rulebook, &self.asked, None))?);
        }
        self.whole.as_ref().ok_or_else(String::new)
    }
}

/// The one kind that all policies of a set are over, by their heads.
pub(super) fn kind_of(set: &PolicySet) -> Option<String> {
    let mut kinds = set.policies().map(|policy| match policy.resource_constraint() {
        ResourceConstraint::Is(kind) => Some(kind.to_string()),
        _ => None,
    });
    let first = kinds.next()??;
    kinds.all(|kind| kind.as_ref() == Some(&first)).then_some(first)
}

/// The attributes of a matter: its fields, and what is known of its progress.
fn matter(rulebook: &Rulebook, asked_for: &Asked, kind: &Kind) -> Shape {
    let field = |field: &Field| {
        let optional = !always_present(rulebook, kind, field.id.as_str());
        Attribute { optional, ..Attribute::new(&field.id, shape_of(&field.kind_of_value)) }
    };
    let (long, yes, text) = (|| Shape::Plain("Long"), || Shape::Plain("Bool"), || Shape::Plain("String"));
    let persons = || Shape::Set(Box::new(Shape::Entity("Person".to_owned())));
    let offices = || Shape::Set(Box::new(Shape::Entity("Office".to_owned())));
    let steps = |wanted: &dyn Fn(&&Step) -> bool| {
        kind.steps.iter().filter(wanted).map(|step| step.id.to_string()).collect::<Vec<_>>()
    };
    let tally = kind.steps.iter().filter(|step| step.by_each.is_some());
    let tally =
        tally.map(|step| Attribute::record(step.id.as_str(), step.outcomes.iter().map(|outcome| &outcome.id), long));
    let sets = kind.fields.iter().filter(|field| matches!(field.kind_of_value, Type::Set(_)));
    let held = kind.fields.iter().filter(|field| field.kind_of_value == Type::Set(Box::new(Type::Person)));
    let held = held.map(|field| {
        let posts = posts_held(rulebook, asked_for, field.id.as_str());
        Attribute::record(field.id.as_str(), posts, long)
    });
    let before = kind.fields.iter().filter(|field| asked_for.holds(&format!("before.{}", field.id)));
    let before = before.map(|field| Attribute {
        optional: !is_never_absent(&field.kind_of_value),
        ..Attribute::new(&field.id, shape_of(&field.kind_of_value))
    });
    let mut attributes: Vec<Attribute> = kind.fields.iter().map(field).collect();
    attributes.extend([
        Attribute::record("done", steps(&|_| true), yes),
        Attribute::record("ripe", steps(&|step| step.not_before.is_some()), yes),
        Attribute::record("outcome", steps(&|step| !step.outcomes.is_empty()), text),
        Attribute::new("tally", Shape::Record(tally.collect())),
        Attribute::record("size", sets.map(|field| &field.id), long),
        Attribute::record("taken_by", steps(&|step| asked_for.holds(&format!("taken_by.{}", step.id))), persons),
        Attribute::new("holding", Shape::Record(held.collect())),
        Attribute::new("before", Shape::Record(before.collect())),
        Attribute::record("offices_asked", kind.steps.iter().map(asked_attribute).chain([READ.to_owned()]), offices),
    ]);
    Shape::Record(attributes)
}

/// What the written policies ask for of who took a step, who holds a post, who of a set does, and of what was before:
/// what they do not
/// ask for is not laid out, and burdens no proof.
pub(super) struct Asked(BTreeSet<String>);

impl Asked {
    pub fn of(rulebook: &Rulebook) -> Asked {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let mut asked = BTreeSet::new();
        for block in &rulebook.cedar {
            for begin in ["taken_by.", "in_office.", "holding.", "before."] {
                for (at, _) in block.text.match_indices(begin) {
                    let words = &block.text[at..];
                    let words = &words[..words.find(|c| !is_word(c)).unwrap_or(words.len())];
                    // `taken_by.pay.contains(…)` asks for `taken_by.pay`.
                    let depth = if begin == "holding." { 3 } else { 2 };
                    asked.insert(words.split('.').take(depth).collect::<Vec<_>>().join("."));
                }
            }
            for (at, there) in block.text.match_indices("before has ") {
                let words = &block.text[at + there.len()..];
                asked.insert(format!("before.{}", &words[..words.find(|c| !is_word(c)).unwrap_or(words.len())]));
            }
        }
        Asked(asked)
    }

    fn holds(&self, words: &str) -> bool {
        self.0.contains(words)
    }
}

/// The posts of the office of which policies ask how many hold them.
pub(super) fn posts_in_office<'r>(rulebook: &'r Rulebook, asked: &Asked) -> Vec<&'r PostId> {
    let of_office = rulebook.posts.values().filter(|post| !post.at_body);
    of_office.map(|post| &post.id).filter(|post| asked.holds(&format!("in_office.{post}"))).collect()
}

/// The posts of the office of which policies ask how many in a field hold them.
pub(super) fn posts_held<'r>(rulebook: &'r Rulebook, asked: &Asked, field: &str) -> Vec<&'r PostId> {
    let of_office = rulebook.posts.values().filter(|post| !post.at_body);
    of_office.map(|post| &post.id).filter(|post| asked.holds(&format!("holding.{field}.{post}"))).collect()
}

/// Whether a field of this type is there before anything is said, empty.
pub(super) fn is_never_absent(of: &Type) -> bool {
    matches!(of, Type::Text | Type::Document | Type::Yes | Type::Number | Type::Set(_))
}

/// Whether every matter of the kind has the field from its first event on.
pub(super) fn always_present(rulebook: &Rulebook, kind: &Kind, field: &str) -> bool {
    let Some(declared) = kind.field(field) else { return false };
    let asked = |step: &Step| step.asks.iter().any(|asked| asked.as_str() == field);
    let opened = rulebook
        .kinds
        .iter()
        .flat_map(|kind| &kind.steps)
        .flat_map(|step| step.opens.iter().chain(step.outcomes.iter().flat_map(|outcome| &outcome.opens)));
    let mut opened = opened.filter(|opens| opens.kind == kind.id).peekable();
    let can_begin = kind.starts().next().is_some() || opened.peek().is_some();
    is_never_absent(&declared.kind_of_value)
        || (can_begin
            && kind.starts().all(asked)
            && opened.all(|opens| opens.with.iter().any(|(filled, _)| filled.as_str() == field)))
}

fn shape_of(of: &Type) -> Shape {
    match of {
        Type::Text | Type::Document | Type::Choice(_) => Shape::Plain("String"),
        Type::Yes => Shape::Plain("Bool"),
        Type::Number => Shape::Plain("Long"),
        Type::Date => Shape::Plain("datetime"),
        Type::Person => Shape::Entity("Person".to_owned()),
        Type::Body => Shape::Entity("Body".to_owned()),
        Type::Post => Shape::Entity("Post".to_owned()),
        Type::Matter(kind) => Shape::Entity(kind.to_string()),
        Type::Set(of) => Shape::Set(Box::new(shape_of(of))),
    }
}
