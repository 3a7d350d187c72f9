//! Random walks through the rulebook of Dalian: whatever people try, the laws of the engine hold.

#[path = "../support/mod.rs"]
mod support;

use cityhall_rules::{cases, walk, world::World};
use std::collections::BTreeSet;

/// Attempts in one walk; there is one from the middle and one from the end of every case.
const ATTEMPTS: usize = 12;
/// Of a hundred steps that the rulebook has, how many must have been taken by somebody.
const STEPS_TAKEN_MIN: usize = 80;
/// Drives of each kind.
const DRIVES: usize = 8;
/// Of a hundred drives, how many must come to the end of their matter.
const CLOSED_MIN: usize = 40;

#[test]
fn whatever_is_tried_the_laws_hold() {
    let files = support::files();
    let edition = support::edition(&files);
    let stages = cases::stages(&edition, &support::calendar(), &files).expect("the zone is known");
    let empty = cases::empty(&edition, &support::calendar(), &files).expect("the cases have people");
    let mut taken = BTreeSet::new();
    for (seed, (name, world)) in (1..).zip(&stages) {
        let begun = world.events.len();
        let (walked_to, walked) =
            walk::walk(world.clone(), seed, ATTEMPTS).unwrap_or_else(|broken| panic!("after \"{name}\": {broken}"));
        taken.extend(walked_to.events[begun..].iter().map(|event| format!("{}.{}", event.act.kind, event.act.step)));
        if seed == 1 {
            walk::the_same_again(world.clone(), &walked, &walked_to).expect("the same again");
        }
        assert!(walked.len() > ATTEMPTS / 2, "after \"{name}\" nobody knows what to do");
    }
    let kinds: Vec<_> = edition.rulebook.kinds.iter().map(|kind| kind.id.clone()).collect();
    let drives = walk::drives(&stages, &empty, &kinds, DRIVES, 1, |_| ()).unwrap_or_else(|broken| panic!("{broken}"));
    for driven in &drives.kinds {
        assert!(driven.driven > 0, "no matter of {} was ever opened", driven.kind);
        assert!(driven.ends(), "no matter of {} ever came to its end", driven.kind);
    }
    let driven: usize = drives.kinds.iter().map(|one| one.driven).sum();
    let closed: usize = drives.kinds.iter().map(|one| one.closed).sum();
    assert!(closed * 100 >= driven * CLOSED_MIN, "{closed} of {driven} drives came to the end");
    let steps = edition
        .rulebook
        .kinds
        .iter()
        .flat_map(|kind| kind.steps.iter().map(move |step| format!("{}.{}", kind.id, step.id)));
    let steps: Vec<String> = steps.collect();
    let played = stages.iter().flat_map(|(_, world): &(String, World<'_>)| &world.events);
    taken.extend(played.map(|event| format!("{}.{}", event.act.kind, event.act.step)));
    let never: Vec<&String> = steps.iter().filter(|step| !taken.contains(*step)).collect();
    let enough = steps.len() * STEPS_TAKEN_MIN / 100;
    assert!(steps.len() - never.len() >= enough, "neither cases nor walks come to {never:?}");
}
