//! A scene laid out for Cedar: only what the policies of one question read.

use super::{
    Asker,
    check::StepPolicies,
    ground::{Attributes, Ground, Laid, Name, Said, Text},
    needs::{Needs, Reading},
    schema,
};
use crate::{
    progress::Progress,
    rulebook::{Each, Path, RECORDS, Rulebook, Step, Type, Who},
    scene::Scene,
};
use cedar_policy::{EntityId, EntityTypeName, EntityUid};
use facts::{BodyId, Matter, MatterId, Organisation, PersonId, PostId, Role, Value};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// Between a post and the class of the bodies at which it is held: `Office::"head of constituent"`.
pub(super) const OF_CLASS: &str = " of ";

/// The names that Cedar knows, and the attributes that any policy reads.
#[derive(Default)]
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

    pub(super) fn uid(&self, of: &str, id: &str) -> EntityUid {
        match self.types.get(of) {
            Some(of) => EntityUid::from_type_name_and_id(of.clone(), EntityId::new(id)),
            None => uid(of, id),
        }
    }

    /// Who asks of a matter, with what some policies need: the matter, the matters it leads to, the
    /// persons and bodies they name.
    pub(super) fn lay_out<'g>(
        &'g self,
        rulebook: &'g Rulebook,
        scene: &'g Scene<'g>,
        matter: &'g Matter,
        needs: &'g Needs,
        asker: Asker<'g>,
    ) -> Ground<'g> {
        let mut layout =
            Layout { vocabulary: self, scene, needs, entities: vec![], seen: BTreeSet::new(), met: vec![] };
        let principal = layout.asker(asker);
        let resource = layout.matter_name(matter);
        for body in &needs.bodies {
            layout.body(body);
        }
        let mut reached = Reached { rulebook, scene, vocabulary: self, matters: BTreeMap::new(), in_order: vec![] };
        let wanted = if needs.everything { Wanted::Everything } else { Wanted::Only(vec![&needs.matter]) };
        reached.visit(matter, wanted);
        for (matter, wanted) in reached.in_order.iter().filter_map(|id| reached.matters.get(id)) {
            if let Some(progress) = Progress::of(rulebook, scene, matter) {
                layout.matter(progress, wanted);
            }
        }
        let context = if needs.context { self.context(scene) } else { vec![] };
        Ground { principal, resource, entities: layout.entities, context }
    }

    fn parents<'g>(&'g self, organisation: &'g Organisation, person: &PersonId) -> Vec<Name<'g>> {
        let roles = organisation.roles(person).iter().map(|(role, _)| role);
        let of_classes = roles.clone().filter_map(|role| self.of_class(organisation, role));
        roles.filter_map(parent).chain(of_classes).collect()
    }

    /// The office at whichever body of a class that comes with a post at a body.
    fn of_class(&self, organisation: &Organisation, role: &Role) -> Option<Name<'static>> {
        let (Role::At(post, body), false) = (role, self.of_classes.is_empty()) else { return None };
        let class = &organisation.bodies.get(body)?.class;
        let office = format!("{post}{OF_CLASS}{class}");
        self.of_classes.contains(&office).then(|| Name::new("Office", office))
    }
}

fn parent(role: &Role) -> Option<Name<'_>> {
    match role {
        Role::Post(post) => Some(Name::new("Post", post.as_str())),
        Role::At(post, body) => Some(Name::new("Office", format!("{post}:{body}"))),
        Role::Person(_) => None,
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
    /// As they were reached: the order of their ids says nothing.
    in_order: Vec<MatterId>,
}

impl<'g, 'r> Reached<'g, 'r> {
    fn visit(&mut self, matter: &'g Matter, wanted: Wanted<'r>) {
        match (self.matters.get_mut(&matter.id), &wanted) {
            (None, _) => {
                self.matters.insert(matter.id, (matter, wanted.clone()));
                self.in_order.push(matter.id);
            }
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
    entities: Vec<Laid<'g>>,
    seen: BTreeSet<Name<'g>>,
    /// Matters in the order in which they are met.
    met: Vec<MatterId>,
}

impl<'g> Layout<'g> {
    fn matter(&mut self, progress: Progress<'g>, wanted: &Wanted<'_>) {
        let mut attributes = vec![];
        for field in &progress.kind.fields {
            let name = field.id.as_str();
            if !wanted.reads(self.vocabulary, name) {
                continue;
            }
            let said = progress.matter.fields.get(&field.id).map(|value| self.value(value));
            attributes.extend(said.or_else(|| empty(&field.kind_of_value)).map(|said| (Text::from(name), said)));
        }
        self.progress(progress, wanted, &mut attributes);
        let name = self.matter_name(progress.matter);
        self.entities.push(Laid { name, attributes, parents: vec![] });
    }

    /// What a matter goes by.
    fn matter_name(&mut self, matter: &'g Matter) -> Name<'g> {
        Name::new(matter.kind.as_str(), self.nth(matter.id))
    }

    /// A number for each matter, in the order in which they are met.
    fn nth(&mut self, id: MatterId) -> String {
        let nth = self.met.iter().position(|met| *met == id).unwrap_or_else(|| {
            self.met.push(id);
            self.met.len() - 1
        });
        nth.to_string()
    }

    /// What fields held before the act.
    fn before(&mut self, progress: Progress<'g>, wanted: impl Fn(&str) -> bool) -> Attributes<'g> {
        let before = self.scene.before(progress.matter.id);
        let fields = progress.kind.fields.iter().filter(|field| wanted(field.id.as_str()));
        let held = fields.filter_map(|field| {
            let said = before.and_then(|before| before.fields.get(&field.id)).map(|value| self.value(value));
            Some((Text::from(field.id.as_str()), said.or_else(|| empty(&field.kind_of_value))?))
        });
        held.collect()
    }

    /// The records of how far the matter has come.
    fn progress(&mut self, progress: Progress<'g>, wanted: &Wanted<'_>, attributes: &mut Attributes<'g>) {
        for record in RECORDS {
            if !wanted.reads(self.vocabulary, record) {
                continue;
            }
            let wanted = wanted.of(record);
            let steps = progress.kind.steps.iter().filter(|step| wanted.member(self.vocabulary, step.id.as_str()));
            let named = |step: &'g Step| Text::from(step.id.as_str());
            let members: Attributes<'g> = match record {
                "size" => sizes(progress, |field| wanted.member(self.vocabulary, field)),
                "taken_by" => steps.map(|step| (named(step), taken_by(progress, step))).collect(),
                "holding" => self.holding(progress),
                "before" => self.before(progress, |field| wanted.member(self.vocabulary, field)),
                "offices_asked" => asked(progress, steps, wanted.member(self.vocabulary, super::READ)),
                _ => steps.filter_map(|step| Some((named(step), how_far(progress, record, step)?))).collect(),
            };
            attributes.push((Text::from(record), Said::Record(members)));
        }
    }

    /// How many of the persons in a field hold a post.
    fn holding(&self, progress: Progress<'g>) -> Attributes<'g> {
        let organisation = self.scene.organisation;
        let fields =
            progress.kind.fields.iter().filter_map(|field| Some((field, self.vocabulary.held.get(field.id.as_str())?)));
        let counted = fields.map(|(field, posts)| {
            let persons = progress.scene.persons(progress.matter, &Path(vec![field.id.clone()]));
            let count = |post: &PostId| {
                let role = Role::Post(post.clone());
                persons.iter().filter(|person| organisation.via(person, &role).is_some()).count() as i64
            };
            let counts = posts.iter().map(|post| (Text::from(post.as_str()), Said::Number(count(post))));
            (Text::from(field.id.as_str()), Said::Record(counts.collect()))
        });
        counted.collect()
    }

    fn value(&mut self, value: &'g Value) -> Said<'g> {
        match value {
            Value::Text(text) | Value::Choice(text) => Said::Text(Cow::Borrowed(text)),
            Value::Yes(yes) => Said::Yes(*yes),
            Value::Number(number) => Said::Number(*number),
            Value::Date(date) => Said::Date(*date),
            Value::Person(person) => Said::Entity(self.person(person)),
            Value::Body(body) => {
                self.body(body.as_str());
                Said::Entity(Name::new("Body", body.as_str()))
            }
            Value::Post(post) => Said::Entity(Name::new("Post", post.as_str())),
            Value::Matter(id) => Said::Entity(match self.scene.matter(*id) {
                Some(linked) => self.matter_name(linked),
                // Cedar errs when it reads a matter that was not loaded, and an error refuses.
                None => Name::new("Absent", self.nth(*id)),
            }),
            Value::Set(members) => Said::Set(members.iter().map(|member| self.value(member)).collect()),
        }
    }

    /// A person that a field names, laid out where more than the name counts.
    fn person(&mut self, person: &'g PersonId) -> Name<'g> {
        let name = Name::new("Person", person.as_str());
        let organisation = self.scene.organisation;
        let inside = self.needs.ranks || self.needs.names.contains("body");
        if inside && organisation.people.contains_key(person) && self.seen.insert(name.clone()) {
            let parents = self.vocabulary.parents(organisation, person);
            self.put_person(name.clone(), organisation.body_of(person), parents);
        }
        name
    }

    fn put_person(&mut self, name: Name<'g>, body: Option<&'g BodyId>, parents: Vec<Name<'g>>) {
        let mut attributes = vec![];
        if let Some(body) = body.filter(|_| self.needs.names.contains("body")) {
            self.body(body.as_str());
            attributes.push((Text::from("body"), Said::Entity(Name::new("Body", body.as_str()))));
        }
        self.entities.push(Laid { name, attributes, parents });
    }

    /// A body, with those of its offices that are read of any body.
    fn body(&mut self, body: &'g str) {
        let names = &self.needs.names;
        let mut posts = self.vocabulary.at_body.iter().filter(|post| names.contains(*post)).peekable();
        if posts.peek().is_none() && !names.contains("class") {
            return;
        }
        let name = Name::new("Body", body);
        let Some(known) = self.scene.organisation.bodies.get(body) else { return };
        if !self.seen.insert(name.clone()) {
            return;
        }
        let office = |post: &'g String| {
            let office = Name::new("Office", format!("{post}:{body}"));
            (Text::from(post), Said::Entity(office))
        };
        let mut attributes: Attributes<'g> = posts.map(office).collect();
        if names.contains("class") {
            attributes.push((Text::from("class"), Said::Text(Cow::Borrowed(&known.class))));
        }
        self.entities.push(Laid { name, attributes, parents: vec![] });
    }

    /// Who asks; laid out before anybody else, where it makes a difference.
    fn asker(&mut self, asker: Asker<'g>) -> Name<'g> {
        let organisation = self.scene.organisation;
        if !self.needs.asker {
            return Name::new("Person", "nobody");
        }
        let (name, person) = match asker {
            Asker::Person(person) | Asker::Role(Role::Person(person)) => {
                (Name::new("Person", person.as_str()), Some(person))
            }
            Asker::Role(role) => (Name::new("Person", format!("whoever holds {}", role.key())), None),
            Asker::Nobody => (Name::new("Person", "nobody"), None),
        };
        let parents = match asker {
            Asker::Person(person) => self.vocabulary.parents(organisation, person),
            // A person who is asked after by name is the same whom a field names, with every post.
            Asker::Role(Role::Person(person)) if self.needs.ranks => self.vocabulary.parents(organisation, person),
            Asker::Role(role) => {
                let of_class = self.vocabulary.of_class(organisation, role);
                parent(role).into_iter().chain(of_class).collect()
            }
            Asker::Nobody => vec![],
        };
        self.seen.insert(name.clone());
        self.put_person(name.clone(), person.and_then(|person| organisation.body_of(person)), parents);
        name
    }
}

/// The persons whose takings of a step stand.
fn taken_by<'g>(progress: Progress<'g>, step: &Step) -> Said<'g> {
    let persons: BTreeSet<&'g PersonId> =
        progress.matter.standing(step.id.as_str()).map(|taken| &taken.person).collect();
    Said::Set(persons.into_iter().map(|person| Said::Entity(Name::new("Person", person.as_str()))).collect())
}

/// Offices of the bodies in a set, for the steps whose *who* is such a set.
fn asked<'g>(progress: Progress<'g>, steps: impl Iterator<Item = &'g Step>, read: bool) -> Attributes<'g> {
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
        Said::Set(roles.filter_map(|role| Some(Said::Entity(parent(&role)?.into_owned()))).collect())
    };
    let mut asked: Attributes<'g> = steps
        .map(|step| {
            let whos = step.by.iter().chain(&step.recorded_by).collect();
            (Text::from(schema::asked_attribute(step)), offices(whos, step.by_each.as_ref()))
        })
        .collect();
    if read {
        asked.push((Text::from(super::READ), offices(progress.kind.read.iter().collect(), None)));
    }
    asked
}

/// How a step stands, as one of the records of progress says it; `None` where it says nothing of it.
fn how_far<'g>(progress: Progress<'g>, record: &str, step: &'g Step) -> Option<Said<'g>> {
    match record {
        "done" => Some(Said::Yes(progress.done(step))),
        // A day that cannot be computed (no calendar for the year) has not come.
        "ripe" => step.not_before.as_ref().map(|_| Said::Yes(progress.ripe(step).unwrap_or(false))),
        "outcome" if !step.outcomes.is_empty() => Some(Said::Text(Cow::Borrowed(progress.outcome(step.id.as_str())))),
        "tally" if step.by_each.is_some() => {
            let outcomes = step.outcomes.iter().map(|outcome| outcome.id.as_str());
            let tally = |outcome| (Text::from(outcome), Said::Number(progress.tally(step, outcome)));
            Some(Said::Record(outcomes.map(tally).collect()))
        }
        _ => None,
    }
}

/// How many members the sets among the wanted fields have.
fn sizes<'g>(progress: Progress<'g>, wanted: impl Fn(&str) -> bool) -> Attributes<'g> {
    let sets = progress.kind.fields.iter().filter(|field| matches!(field.kind_of_value, Type::Set(_)));
    let sets = sets.filter(|field| wanted(field.id.as_str()));
    let size = |field: &'g crate::rulebook::Field| {
        let members = progress.matter.fields.get(&field.id).map_or(0, |value| value.members().len());
        (Text::from(field.id.as_str()), Said::Number(members as i64))
    };
    sets.map(size).collect()
}

/// What a field holds before anything is said.
fn empty(of: &Type) -> Option<Said<'static>> {
    match of {
        Type::Text | Type::Document => Some(Said::Text(Cow::Borrowed(""))),
        Type::Yes => Some(Said::Yes(false)),
        Type::Number => Some(Said::Number(0)),
        Type::Set(_) => Some(Said::Set(vec![])),
        _ => None,
    }
}

impl Vocabulary {
    /// The day, and how many hold the posts that policies ask after.
    fn context<'g>(&'g self, scene: &'g Scene<'_>) -> Attributes<'g> {
        let holders = |post: &PostId| scene.organisation.holders(&Role::Post(post.clone())).len() as i64;
        let in_office = self.in_office.iter().map(|post| (Text::from(post.as_str()), Said::Number(holders(post))));
        let outcome = scene.outcome.map_or("", |outcome| outcome.as_str());
        let said = [
            ("today", Said::Date(scene.today)),
            ("outcome", Said::Text(Cow::Borrowed(outcome))),
            ("in_office", Said::Record(in_office.collect())),
        ];
        said.into_iter().map(|(name, said)| (Text::from(name), said)).collect()
    }
}

pub(super) fn uid(of: &str, id: &str) -> EntityUid {
    let of: EntityTypeName = of.parse().expect("kinds are checked to be names");
    EntityUid::from_type_name_and_id(of, EntityId::new(id))
}

#[cfg(test)]
mod tests {
    use super::super::Asker;
    use crate::{
        engine::Edition,
        rulebook::SourceFile,
        scene::{Circumstances, Scene},
    };
    use facts::{
        Calendar, CommandId, Digest, Directory, Matter, MatterId, MatterNumber, Value, calendar::CalendarData,
    };
    use jiff::Timestamp;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    const FILES: [(&str, &str); 7] = [
        ("rulebook.toml", include_str!("../../tests/rulebooks/mini/rulebook.toml")),
        ("terms.toml", include_str!("../../tests/rulebooks/mini/terms.toml")),
        ("requirements.toml", include_str!("../../tests/rulebooks/mini/requirements.toml")),
        ("01-posts.md", include_str!("../../tests/rulebooks/mini/01-posts.md")),
        ("02-leave.md", include_str!("../../tests/rulebooks/mini/02-leave.md")),
        ("zh/01-posts.md", include_str!("../../tests/rulebooks/mini/zh/01-posts.md")),
        ("zh/02-leave.md", include_str!("../../tests/rulebooks/mini/zh/02-leave.md")),
    ];
    const CALENDAR: &str = include_str!("../../../../rulebooks/calendar/china.toml");
    /// A gate that looks at which matter it is.
    const GATE: &str = "\n```cedar\nforbid (principal, action == Action::\"decide\", resource is Topic)\n\
                        unless { resource has meeting && resource.meeting.agenda.contains(resource) };\n```\n";

    fn edition() -> Edition {
        let text = |path: &str, text: &str| match path {
            "02-leave.md" => {
                format!("{text}\nA topic is decided in a meeting of which it stands on the agenda.\n{GATE}")
            }
            "zh/02-leave.md" => format!("{text}\n议题在列入其议程的会议上决定。\n"),
            _ => text.to_owned(),
        };
        let files: Vec<SourceFile> =
            FILES.iter().map(|(path, of)| SourceFile { path: (*path).to_owned(), text: text(path, of) }).collect();
        let (edition, problems) = Edition::read(&files);
        edition.unwrap_or_else(|| panic!("{problems:?}"))
    }

    fn id(n: u128) -> MatterId {
        MatterId::opened_by(CommandId::new(Uuid::from_u128(n)), 0)
    }

    fn matter(kind: &str, n: u128, fields: [(&str, Value); 1]) -> (MatterId, Matter) {
        let fields = fields.into_iter().map(|(field, value)| (field.into(), value)).collect();
        let opened = "2019-04-11".parse().unwrap();
        let (number, head) = (MatterNumber::new("1"), Digest::NONE);
        let (opened_by, closed, version, taken) = (None, None, 1, vec![]);
        let kind = kind.into();
        (id(n), Matter { id: id(n), kind, number, opened, opened_by, closed, version, head, fields, taken })
    }

    #[test]
    fn matters_that_stand_alike_lie_on_one_ground_and_none_is_taken_for_another() {
        let edition = edition();
        // The agendas of two meetings name one topic each; a third topic names the first meeting and is on neither.
        let agenda = |topic: u128| ("agenda", Value::Set(vec![Value::Matter(id(topic))]));
        let meeting = |n: u128| ("meeting", Value::Matter(id(n)));
        let matters: BTreeMap<MatterId, Matter> = BTreeMap::from([
            matter("Meeting", 1, [agenda(11)]),
            matter("Meeting", 2, [agenda(12)]),
            matter("Topic", 11, [meeting(1)]),
            matter("Topic", 12, [meeting(2)]),
            matter("Topic", 13, [meeting(1)]),
        ]);
        let today = "2019-04-11".parse().unwrap();
        let organisation = Directory::default().as_of(today, &edition.rulebook.standing);
        let calendar = Calendar::new(toml::from_str::<CalendarData>(CALENDAR).unwrap()).unwrap();
        let scene = Scene::new(Circumstances {
            now: Timestamp::UNIX_EPOCH,
            today,
            organisation: &organisation,
            calendar: &calendar,
            matters: &matters,
        });
        let bench = |topic| edition.authority.bench(&edition.rulebook, &scene, &matters[&id(topic)]);
        let [one, alike, another] = [11, 12, 13].map(|topic| {
            let bench = bench(topic);
            let gates = &bench.partition("decide").unwrap().gates;
            bench.ground(Asker::Nobody, gates).into_owned()
        });
        assert_eq!(one, alike);
        assert_ne!(one, another);
        // Twice, for the second time it is known what was ruled.
        for _ in 0..2 {
            for (topic, allowed) in [(11, true), (13, false), (12, true)] {
                let ruling = bench(topic).gates(Asker::Nobody, "decide");
                let gate = ruling.rules.iter().any(|rule| rule.as_str() == "5/Topic.decide.gate");
                assert_eq!(gate, !allowed, "topic {topic}: {ruling:?}");
            }
        }
    }
}
