//! What must hold at every step of every walk.
//!
//! Invariant: what breaks a law is told in a sentence with the matter and the step.

use crate::{
    authority::{self, Asker},
    engine::{Prospect, State},
    progress::Progress,
    refusal::{MissingWhat, Refused, Why},
    rulebook::{Each, Rulebook, Step, Who},
    scene::Scene,
    world::World,
};
use facts::{Entry, Event, Matter, MatterId, Organisation, PersonId, Relation, Role, RuleId, StepId, Value, Via};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What holds, or the sentence that says what does not.
pub type Held = Result<(), String>;

fn holds(so: bool, otherwise: impl FnOnce() -> String) -> Held {
    if so { Ok(()) } else { Err(otherwise()) }
}

/// Every event rests on a role that the person held when it was decided, and on rules with sentences.
///
/// # Errors
/// The law that is broken.
pub fn has_authority(world: &World<'_>, organisation: &Organisation, event: &Event) -> Held {
    let act = &event.act;
    let at = || format!("{}.{} by {}", act.kind, act.step, act.person);
    let held = organisation.via(&act.person, &act.capacity.role);
    holds(held == Some(&act.capacity.via), || format!("{} as {}, who is not", at(), act.capacity.role.key()))?;
    // Acting merely as oneself is right only where the matter names the person.
    if act.capacity.via == Via::Own {
        let step = world.edition.rulebook.kind(act.kind.as_str()).and_then(|kind| kind.step(act.step.as_str()));
        let named = step.is_none_or(|step| {
            step.by.iter().any(|who| matches!(who, Who::PersonIn(_) | Who::Anyone))
                || matches!(step.by_each, Some(Each::PersonsIn(_) | Each::Holders(_)))
        });
        let written = world.edition.authority.policies(act.kind.as_str(), act.step.as_str());
        let written = written.iter().any(|policy| policy.permits && !policy.from_table);
        holds(named || written, || format!("{} was taken as nobody but oneself", at()))?;
    }
    holds(!act.grounds.is_empty(), || format!("{} rests on no rule", at()))?;
    act.grounds.iter().try_for_each(|rule| has_sentence(&world.edition.rulebook, rule))
}

fn has_sentence(rulebook: &Rulebook, rule: &RuleId) -> Held {
    let found = rulebook.rule(rule).ok_or_else(|| format!("no rule {rule} in the rulebook"))?;
    holds(!found.sentence.en.is_empty() && !found.sentence.zh.is_empty(), || format!("{rule} has no sentence"))
}

/// A refusal says why; what forbids has a sentence.
///
/// # Errors
/// The law that is broken.
pub fn says_why(rulebook: &Rulebook, refused: &Refused) -> Held {
    holds(!refused.refusals.is_empty(), || "a refusal without a reason".to_owned())?;
    for refusal in &refused.refusals {
        holds(!matches!(refusal.why, Why::RuleError { .. }), || format!("{refusal:?}"))?;
        holds(refusal.why != Why::Forbidden || !refusal.rules.is_empty(), || format!("{refusal:?}"))?;
        refusal.rules.iter().try_for_each(|rule| has_sentence(rulebook, rule))?;
    }
    Ok(())
}

/// The record verifies: every chain is whole, every digest is that of its event, and the matters are its fold.
///
/// # Errors
/// The law that is broken.
pub fn folds(world: &World<'_>) -> Held {
    let mut of: BTreeMap<MatterId, Vec<&Event>> = BTreeMap::new();
    for event in &world.events {
        let at = || format!("event {} of {}", event.seq, event.act.matter);
        holds(event.digest == event.expected_digest(), || format!("{} has another digest", at()))?;
        of.entry(event.act.matter).or_default().push(event);
    }
    for (id, events) in of {
        let folded = Matter::fold(events).map_err(|error| format!("the chain of {id}: {error}"))?;
        holds(Some(&folded) == world.matters.get(&id), || format!("{id} is not the fold of its events"))?;
    }
    Ok(())
}

/// The roles that are shown for a step are those that Cedar lets take it, person by person.
///
/// # Errors
/// The law that is broken.
pub fn roles_agree(world: &World<'_>, now: Timestamp, id: MatterId) -> Held {
    world.ask(now, |circumstances| {
        let scene = Scene::new(circumstances);
        let edition = world.edition;
        let progress = scene.matter(id).and_then(|matter| Progress::of(&edition.rulebook, &scene, matter));
        let Some(progress) = progress else { return Err(format!("{id} is not there")) };
        let bench = edition.authority.bench(&edition.rulebook, &scene, progress.matter);
        for step in &progress.kind.steps {
            let mut roles = authority::roles_of_step(&bench, &progress, step);
            // Those who have answered are not asked again, and are still whose step it is.
            if let Some(each) = &step.by_each {
                roles.extend(progress.members(each).iter().filter_map(|member| Progress::role_of(each, member)));
            }
            let anyone = step.by.contains(&Who::Anyone);
            for person in scene.organisation.people.keys() {
                let role = anyone || roles.iter().any(|role| scene.organisation.via(person, role).is_some());
                let allowed = bench.who(Asker::Person(person), step.id.as_str()).allowed;
                holds(allowed == role, || {
                    format!("{person} and {}.{}: Cedar against {roles:?}", progress.kind.id, step.id)
                })?;
            }
        }
        Ok(())
    })
}

/// A matter that is not closed has a turn, or says why nobody has one: a party outside is waited for, a clock
/// stands still, a day or another matter has to come, or a step of another matter carries its own.
///
/// # Errors
/// The law that is broken.
pub fn goes_on(world: &World<'_>, now: Timestamp, matter: &Matter) -> Held {
    if matter.closed.is_some() || !world.turns(now, matter.id).0.is_empty() {
        return Ok(());
    }
    let prospects = world.prospects(now, matter.id, &PersonId::new("nobody in particular"));
    let open = |prospect: &&Prospect| {
        matches!(prospect.state, State::Open | State::Waits) && !is_optional(world, matter, prospect.step.as_str())
    };
    let duties: Vec<&Prospect> = prospects.iter().filter(open).collect();
    // Only what is nobody's duty is left.
    if duties.is_empty() {
        return Ok(());
    }
    // Something leads on that is nobody's duty: a withdrawal, a return; or a step that may be taken again: a new text.
    let leads_on = prospects.iter().any(|one| {
        let free = one.state == State::Open && is_optional(world, matter, one.step.as_str());
        (free || one.again) && !one.roles.is_empty()
    });
    let party = prospects.iter().any(|one| one.state == State::Open && one.party.is_some());
    let stands_still = prospects.iter().any(|one| one.still_since.is_some());
    let waits_for = duties
        .iter()
        .flat_map(|one| &one.refusals)
        .flat_map(|refusal| &refusal.missing)
        .any(|missing| matches!(missing.what, MissingWhat::Day { .. }) || missing.matter != Some(matter.id));
    let goes_along = duties.iter().any(|one| one.state == State::Open && goes_along(world, matter, &one.step));
    holds(leads_on || party || stands_still || waits_for || goes_along, || {
        let steps: Vec<String> = duties.iter().map(|one| format!("{}: {:?}", one.step, one.refusals)).collect();
        format!("{} {} is stuck, open are {}", matter.kind, matter.number, steps.join("; "))
    })
}

/// A turn keeps back whom the gates refuse, of those who hold its role and have acted, and nobody else; one that
/// only waits for a day keeps nobody back for that.
///
/// # Errors
/// The law that is broken.
pub fn turns_keep_back_whom_gates_refuse(world: &World<'_>, now: Timestamp, matter: &Matter) -> Held {
    let turns = world.turns(now, matter.id).0;
    let acted: BTreeSet<&PersonId> = matter.taken.iter().map(|taken| &taken.person).collect();
    let forbidden = |person: &PersonId, step: &StepId| {
        let policies = world.edition.authority.policies(matter.kind.as_str(), step.as_str());
        let gate = |rule: &RuleId| policies.iter().any(|policy| !policy.permits && policy.rule == *rule);
        let prospects = world.prospects(now, matter.id, person).into_iter().filter(|prospect| prospect.step == *step);
        let rules = prospects.flat_map(|prospect| prospect.refusals).flat_map(|refusal| refusal.rules);
        rules.filter(gate).collect::<BTreeSet<RuleId>>()
    };
    let organisation = world.organisation(world.day(now));
    let stranger = PersonId::new("nobody in particular");
    for turn in turns.iter().filter(|turn| turn.each.is_none()) {
        let at = || format!("{} {}, turn of {} in {}", matter.kind, matter.number, turn.role.key(), turn.step);
        let to_all = forbidden(&stranger, &turn.step);
        holds(turn.from.is_some() || to_all.is_empty(), || format!("{}: {to_all:?} keep everybody back", at()))?;
        let holders = organisation.holders(&turn.role);
        for (person, _) in holders.iter().filter(|(person, _)| acted.contains(person)) {
            let refused = forbidden(person, &turn.step).difference(&to_all).count() > 0;
            let barred = turn.barred.contains(person);
            holds(refused == barred, || format!("{}: {person} is barred: {barred}, refused: {refused}", at()))?;
        }
    }
    Ok(())
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
///
/// # Errors
/// The law that is broken.
pub fn single_posts_are_single(world: &World<'_>, organisation: &Organisation) -> Held {
    for post in world.edition.rulebook.posts.values().filter(|post| post.single && !post.at_body) {
        let holders = organisation.holders(&Role::Post(post.id.clone()));
        let one = holders.first().map(|(person, _)| person);
        let others = holders.iter().any(|(person, _)| Some(person) != one);
        holds(!others, || format!("{} is held by {holders:?}", post.id))?;
    }
    Ok(())
}

/// Authority that an act gives begins on the day of the act at the earliest, and what it takes away ends no
/// earlier than the day before.
///
/// # Errors
/// The law that is broken.
pub fn authority_is_not_given_backwards(event: &Event) -> Held {
    for entry in &event.act.directory {
        let Entry::Tenure(tenure) = entry else { continue };
        let given =
            matches!(tenure.relation, Relation::Leads { .. } | Relation::Liaises { .. } | Relation::StandsIn { .. });
        let day = event.act.on;
        let before = day.yesterday().unwrap_or(day);
        let right = match tenure.ends {
            true => tenure.until.is_some_and(|until| until >= before),
            false => tenure.from >= day,
        };
        holds(!given || right, || format!("{} on {day}: {tenure:?}", event.act.step))?;
    }
    Ok(())
}
