//! What must hold at every step of every walk.

use cityhall_rules::{
    authority::{self, Asker},
    engine::State,
    progress::Progress,
    refusal::{MissingWhat, Refused, Why},
    rulebook::{Each, Rulebook, Step, Who},
    scene::Scene,
    world::World,
};
use facts::{Entry, Event, Matter, MatterId, Organisation, PersonId, Relation, Role, StepId, Value, Via};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Every event rests on a role that the person held when it was decided, and on rules with sentences.
pub fn has_authority(world: &World<'_>, organisation: &Organisation, event: &Event) {
    let act = &event.act;
    let held = organisation.via(&act.person, &act.capacity.role);
    assert_eq!(
        held,
        Some(&act.capacity.via),
        "{} took {}.{} as {}",
        act.person,
        act.kind,
        act.step,
        act.capacity.role.key()
    );
    // Acting merely as oneself is right only where the matter names the person.
    if act.capacity.via == Via::Own && act.step.as_str() != "open" {
        let step = world.edition.rulebook.kind(act.kind.as_str()).and_then(|kind| kind.step(act.step.as_str()));
        let step = step.expect("a step of the rulebook was taken");
        let named = step.by.iter().any(|who| matches!(who, Who::PersonIn(_) | Who::Anyone));
        let each = matches!(step.by_each, Some(Each::PersonsIn(_) | Each::Holders(_)));
        let written = world.edition.authority.policies(act.kind.as_str(), act.step.as_str());
        let written = written.iter().any(|policy| policy.permits && !policy.from_table);
        assert!(named || each || written, "{} took {}.{} as nobody but oneself", act.person, act.kind, act.step);
    }
    assert!(!act.grounds.is_empty(), "{}.{} rests on no rule", act.kind, act.step);
    for rule in &act.grounds {
        has_sentence(&world.edition.rulebook, rule);
    }
}

fn has_sentence(rulebook: &Rulebook, rule: &facts::RuleId) {
    let found = rulebook.rule(rule).unwrap_or_else(|| panic!("no rule {rule} in the rulebook"));
    assert!(!found.sentence.en.is_empty() && !found.sentence.zh.is_empty(), "{rule} has no sentence");
}

/// A refusal says why; what forbids has a sentence.
pub fn says_why(rulebook: &Rulebook, refused: &Refused) {
    assert!(!refused.refusals.is_empty(), "a refusal without a reason");
    for refusal in &refused.refusals {
        assert!(!matches!(refusal.why, Why::RuleError { .. }), "{refusal:?}");
        assert!(refusal.why != Why::Forbidden || !refusal.rules.is_empty(), "{refusal:?}");
        refusal.rules.iter().for_each(|rule| has_sentence(rulebook, rule));
    }
}

/// The matters are the fold of the events.
pub fn folds(world: &World<'_>) {
    let mut of: BTreeMap<MatterId, Vec<&Event>> = BTreeMap::new();
    for event in &world.events {
        of.entry(event.act.matter).or_default().push(event);
    }
    for (id, events) in of {
        let folded = Matter::fold(events).expect("a chain without a gap");
        assert_eq!(folded, world.matters[&id]);
    }
}

/// The roles that are shown for a step are those that Cedar lets take it, person by person.
pub fn roles_agree(world: &World<'_>, now: Timestamp, id: MatterId) {
    world.ask(now, |circumstances| {
        let scene = Scene::new(circumstances);
        let edition = world.edition;
        let matter = scene.matter(id).expect("the matter is there");
        let progress = Progress::of(&edition.rulebook, &scene, matter).expect("its kind is there");
        let bench = edition.authority.bench(&edition.rulebook, &scene, matter);
        for step in &progress.kind.steps {
            let mut roles = authority::roles_of_step(&bench, &progress, step);
            // Those who have answered are not asked again, and are still whose step it is.
            if let Some(each) = &step.by_each {
                roles.extend(progress.members(each).iter().filter_map(|member| Progress::role_of(each, member)));
            }
            let anyone = step.by.contains(&Who::Anyone);
            for person in scene.organisation.people.keys() {
                let holds = anyone || roles.iter().any(|role| scene.organisation.via(person, role).is_some());
                let allowed = bench.who(Asker::Person(person), step.id.as_str()).allowed;
                assert_eq!(allowed, holds, "{person} and {}.{}: Cedar against {roles:?}", matter.kind, step.id);
            }
        }
    });
}

/// A matter that is not closed has a turn, or says why nobody has one.
pub fn goes_on(world: &World<'_>, now: Timestamp, matter: &Matter) {
    if matter.closed.is_some() || !world.turns(now, matter.id).0.is_empty() {
        return;
    }
    let prospects = world.prospects(now, matter.id, &PersonId::new("nobody in particular"));
    let open = |prospect: &&cityhall_rules::engine::Prospect| {
        matches!(prospect.state, State::Open | State::Waits) && !is_optional(world, matter, prospect.step.as_str())
    };
    let duties: Vec<_> = prospects.iter().filter(open).collect();
    // Only what is nobody's duty is left.
    if duties.is_empty() {
        return;
    }
    // Something optional leads on: a withdrawal, a return, a new text.
    let leads_on = prospects
        .iter()
        .filter(|one| one.state == State::Open || one.again)
        .any(|one| is_optional(world, matter, one.step.as_str()) && !one.roles.is_empty());
    let waits_for = duties
        .iter()
        .flat_map(|one| &one.refusals)
        .flat_map(|refusal| &refusal.missing)
        .any(|missing| matches!(missing.what, MissingWhat::Day { .. }) || missing.matter != Some(matter.id));
    let goes_along = duties.iter().any(|one| one.state == State::Open && goes_along(world, matter, &one.step));
    assert!(leads_on || waits_for || goes_along, "{} {} is stuck: {duties:#?}", matter.kind, matter.id);
}

/// Whether a step goes with one of an open matter that names this one: a topic with its meeting.
fn goes_along(world: &World<'_>, matter: &Matter, step: &StepId) -> bool {
    let carriers = world.edition.rulebook.carriers(&matter.kind, step);
    let names = |value: &Value| value.members().iter().any(|member| member.matter() == Some(matter.id));
    let mut open = world.matters.values().filter(|other| other.closed.is_none());
    open.any(|other| carriers.iter().any(|(kind, _)| *kind == other.kind) && other.fields.values().any(names))
}

fn is_optional(world: &World<'_>, matter: &Matter, step: &str) -> bool {
    let kind = world.edition.rulebook.kind(matter.kind.as_str());
    kind.and_then(|kind| kind.step(step)).is_none_or(|step: &Step| step.optional || step.start)
}

/// A single post of the whole office is held by one person at most, standing in included.
pub fn single_posts_are_single(world: &World<'_>, organisation: &Organisation) {
    for post in world.edition.rulebook.posts.values().filter(|post| post.single && !post.at_body) {
        let holders = organisation.holders(&Role::Post(post.id.clone()));
        let one = holders.first().map(|(person, _)| person);
        let others = holders.iter().any(|(person, _)| Some(person) != one);
        assert!(!others, "{} is held by {holders:#?}\n{:#?}", post.id, organisation.in_force());
    }
}

/// Authority that an act gives begins on the day of the act at the earliest, and what it takes away ends no
/// earlier than the day before.
pub fn authority_is_not_given_backwards(event: &Event) {
    for entry in &event.act.directory {
        let Entry::Tenure(tenure) = entry else { continue };
        let given =
            matches!(tenure.relation, Relation::Leads { .. } | Relation::Liaises { .. } | Relation::StandsIn { .. });
        let (day, before) = (event.act.on, event.act.on.yesterday().expect("a day of the calendar"));
        let right = match tenure.ends {
            true => tenure.until.is_some_and(|until| until >= before),
            false => tenure.from >= day,
        };
        assert!(!given || right, "{} on {day}: {tenure:?}", event.act.step);
    }
}
