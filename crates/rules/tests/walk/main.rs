//! Random walks through the rulebook of Dalian: whatever people try, the laws of the engine hold.

mod laws;
mod luck;
#[path = "../support/mod.rs"]
mod support;
mod walker;

use cityhall_rules::{cases, engine::Command, refusal::Refused, world::World};
use facts::Event;
use jiff::Timestamp;
use std::collections::BTreeSet;
use walker::Walker;

/// Attempts in one walk; there is one from the middle and one from the end of every case.
const ATTEMPTS: usize = 30;
/// Every so many attempts the roles that are shown are held against Cedar, person by person.
const ROLES_EVERY: usize = 30;
/// Of a hundred steps that the rulebook has, how many must have been taken by somebody.
const STEPS_TAKEN_MIN: usize = 80;

type Answer = Result<Vec<Event>, Refused>;

/// One walk; every command with its instant and answer.
fn walk(world: World<'_>, seed: u64) -> (World<'_>, Vec<(Timestamp, Command, Answer)>) {
    let mut walker = Walker::new(world, seed);
    let mut walked = vec![];
    for attempt in 0..ATTEMPTS {
        let now = walker.later();
        let Some(command) = walker.command(now) else { continue };
        let organisation = walker.organisation().clone();
        let answer = walker.world.carry_out(now, &command);
        match &answer {
            Ok(events) => {
                assert_eq!(events[0].act.person, command.person);
                events.iter().for_each(|event| laws::has_authority(&walker.world, &organisation, event));
                events.iter().for_each(laws::authority_is_not_given_backwards);
                laws::single_posts_are_single(&walker.world, &organisation);
            }
            Err(refused) => laws::says_why(&walker.world.edition.rulebook, refused),
        }
        if attempt % ROLES_EVERY == 0 {
            let matters: Vec<_> = walker.world.matters.keys().copied().collect();
            if let Some(id) = walker.luck.one(&matters) {
                laws::roles_agree(&walker.world, now, *id);
            }
        }
        walked.push((now, command, answer));
    }
    let now = walker.later();
    walker.world.matters.values().for_each(|matter| laws::goes_on(&walker.world, now, matter));
    laws::folds(&walker.world);
    (walker.world, walked)
}

#[test]
fn whatever_is_tried_the_laws_hold() {
    let files = support::files();
    let edition = support::edition(&files);
    let stages = cases::stages(&edition, &support::calendar(), &files).expect("the zone is known");
    let mut taken = BTreeSet::new();
    for (seed, (name, world)) in (1..).zip(stages) {
        let begun = world.events.len();
        let (walked_to, walked) = walk(world.clone(), seed);
        taken.extend(walked_to.events[begun..].iter().map(|event| format!("{}.{}", event.act.kind, event.act.step)));
        if seed == 1 {
            the_same_again(world, &walked, &walked_to);
        }
        assert!(walked.len() > ATTEMPTS / 2, "after \"{name}\" nobody knows what to do");
    }
    let steps = edition
        .rulebook
        .kinds
        .iter()
        .flat_map(|kind| kind.steps.iter().map(move |step| format!("{}.{}", kind.id, step.id)));
    let steps: Vec<String> = steps.collect();
    let never: Vec<&String> = steps.iter().filter(|step| !taken.contains(*step)).collect();
    let enough = steps.len() * STEPS_TAKEN_MIN / 100;
    assert!(steps.len() - never.len() >= enough, "the walks never come to {never:?}");
}

/// The same commands at the same instants give the same answers, digests and numbers included.
fn the_same_again(mut world: World<'_>, walked: &[(Timestamp, Command, Answer)], first: &World<'_>) {
    for (now, command, answer) in walked {
        assert_eq!(world.carry_out(*now, command), *answer);
    }
    assert_eq!(world.events, first.events);
    assert_eq!(world.matters, first.matters);
}
