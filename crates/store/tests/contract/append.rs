//! Keeping one command.

use crate::{Office, sample::*};
use cityhall_store::{Fault, NotAppended, Referring, Turn, Write};
use facts::{Act, Body, Entry, FieldId, Label, Matter, MatterId, Opening, Publication, Series, Value, matter::Broken};
use jiff::civil::date;
use std::collections::BTreeMap;

pub async fn an_act_is_kept_with_all_that_follows_from_it(office: Office) {
    let (matter, mut write) = open("Decision");
    let finance = Entry::Body(Body { id: "finance".into(), name: Label::same("finance"), class: "constituent".into() });
    write.acts[0].directory = vec![finance.clone()];
    write.acts[0].publication =
        Some(Publication { title: "Notice".into(), text: "Heating begins.".into(), facts: BTreeMap::new() });
    write.projections = vec![projection(matter)];
    write.outbox = vec![item(1)];
    let command = write.command;
    let appended = office.keep(write).await;

    assert!(!appended.repeated);
    assert_eq!(appended.directory_version, 1);
    assert_eq!(appended.events.len(), 1);
    let event = &appended.events[0];
    assert_eq!((event.seq, event.act.command), (1, command));
    assert_eq!(event.number, Some("Decision-1".into()));
    assert_eq!(office.store.events(matter).await.unwrap(), appended.events);
    assert_eq!(office.store.events_of(&[matter]).await.unwrap()[&matter], appended.events);
    let found = office.store.matter(matter).await.unwrap().unwrap();
    assert_eq!(found, Matter::fold(&appended.events).unwrap());
    assert_eq!(office.store.directory().await.unwrap(), (1, vec![finance]));
    assert_eq!(office.store.publication("Decision-1").await.unwrap().unwrap().title, "Notice");
    let row = office.store.rows_of(&[matter]).await.unwrap().remove(0);
    assert_eq!((row.title, row.version), (projection(matter).title, 1));
    let turns: Vec<Turn> = office.store.turns_of(&[matter]).await.unwrap().remove(&matter).unwrap();
    assert_eq!(turns, projection(matter).turns);
    let claimed = office.store.outbox_claim(at(1), 10).await.unwrap();
    assert_eq!(claimed.len(), 1);
    assert_eq!((&claimed[0].kind, &claimed[0].body), (&item(1).kind, &item(1).body));

    let second = office.keep(step(matter, "Decision", "review", 1)).await;
    assert_eq!((second.events[0].seq, second.events[0].before), (2, event.digest));
    assert_eq!(second.events[0].number, None);
}

pub async fn a_command_sent_again_is_carried_out_once(office: Office) {
    let (_, write) = open("Decision");
    let write = Write { outbox: vec![item(1)], ..write };
    let first = office.keep(write.clone()).await;
    let before = office.everything().await;
    let second = office.keep(write.clone()).await;
    assert!(second.repeated && !first.repeated);
    assert_eq!(second.events, first.events);
    assert_eq!(office.everything().await, before);

    // A command without acts is carried out once as well.
    let write = Write { outbox: vec![item(2)], ..Write::new(command(), vec![]) };
    assert!(!office.keep(write.clone()).await.repeated);
    assert!(office.keep(write).await.repeated);
    assert_eq!(office.store.outbox_claim(at(9), 10).await.unwrap().len(), 2);
}

pub async fn a_command_sent_eight_times_at_once_is_carried_out_once(office: Office) {
    for round in 1..=20 {
        let (matter, write) = open("Decision");
        let send = || {
            let (store, write) = (office.store.clone(), write.clone());
            tokio::spawn(async move { store.append(write).await.unwrap() })
        };
        let sent: Vec<_> = (0..8).map(|_| send()).collect();
        let mut first = 0;
        for answer in sent {
            let answer = answer.await.unwrap();
            first += usize::from(!answer.repeated);
            assert_eq!(answer.events.len(), 1);
        }
        assert_eq!(first, 1);
        assert_eq!(office.store.events(matter).await.unwrap().len(), 1);
        assert_eq!(office.store.counter("Decision").await.unwrap(), round);
    }
}

pub async fn a_stale_version_is_a_conflict(office: Office) {
    let (matter, write) = open("Decision");
    let (linked, linked_write) = open("Executive");
    office.keep(write).await;
    office.keep(linked_write).await;
    office.keep(step(linked, "Executive", "review", 1)).await;

    let mut stale = step(matter, "Decision", "review", 7);
    stale.outbox = vec![item(1)];
    stale.projections = vec![projection(matter)];
    assert_eq!(office.refuse(stale).await, NotAppended::Conflict { matter, expected: 7, found: 1 });

    // So is a matter that the decision only read.
    let mut stale = step(matter, "Decision", "review", 1);
    stale.expected.push((linked, 1));
    assert_eq!(office.refuse(stale.clone()).await, NotAppended::Conflict { matter: linked, expected: 1, found: 2 });
    stale.expected[1].1 = 2;
    office.keep(stale).await;
}

pub async fn who_came_to_refer_meanwhile_is_a_conflict(office: Office) {
    let (matter, write) = open("Decision");
    office.keep(write).await;
    // Nobody refers to it when an act is decided; then a topic is opened that does.
    let alone = Referring { to: [matter].into(), seen: [].into() };
    let act = Write { referring: alone.clone(), ..step(matter, "Decision", "review", 1) };
    let (topic, mut opened) = open("Topic");
    opened.acts[0].input.insert(FieldId::new("decision"), Value::Matter(matter));
    opened.expected.push((matter, 1));
    office.keep(opened).await;
    assert_eq!(office.refuse(act.clone()).await, NotAppended::ReferredConflict { matter });
    let seen = Referring { to: [matter].into(), seen: [topic].into() };
    office.keep(Write { referring: seen.clone(), ..act }).await;
    // Closed, it still refers: who may read it may follow from the decision.
    let mut close = step(topic, "Topic", "review", 1);
    close.acts[0].closes = true;
    office.keep(close).await;
    let act = step(matter, "Decision", "sign", 2);
    let refused = office.refuse(Write { referring: alone.clone(), ..act.clone() }).await;
    assert_eq!(refused, NotAppended::ReferredConflict { matter });
    office.keep(Write { referring: seen.clone(), ..act }).await;
    // Once it refers to something else, who saw it refer decides again.
    let (other, opened) = open("Decision");
    office.keep(opened).await;
    let mut elsewhere = step(topic, "Topic", "review", 2);
    elsewhere.acts[0].input.insert(FieldId::new("decision"), Value::Matter(other));
    elsewhere.expected.push((other, 1));
    office.keep(elsewhere).await;
    let act = step(matter, "Decision", "sign", 3);
    let refused = office.refuse(Write { referring: seen, ..act.clone() }).await;
    assert_eq!(refused, NotAppended::ReferredConflict { matter });
    office.keep(Write { referring: alone, ..act }).await;
}

pub async fn what_the_decision_saw_is_taken_only_where_it_stands_so_still(office: Office) {
    let (matter, write) = open("Decision");
    office.keep(write).await;
    let seen = office.store.matter(matter).await.unwrap().unwrap();
    office.keep(Write { seen: vec![seen.clone()], ..step(matter, "Decision", "review", 1) }).await;
    // Seen before the last act: the matter is read anew.
    office.keep(Write { seen: vec![seen.clone()], ..step(matter, "Decision", "sign", 2) }).await;
    assert!(matches!(
        office.refuse(Write { seen: vec![seen], ..step(matter, "Decision", "review", 1) }).await,
        NotAppended::Conflict { expected: 1, found: 3, .. }
    ));
    let live = office.store.matter(matter).await.unwrap();
    assert_eq!(live.as_ref().map(|matter| (matter.version, matter.taken.len())), Some((3, 3)));
    office.store.rebuild_from_events().await.unwrap();
    assert_eq!(office.store.matter(matter).await.unwrap(), live);
}

pub async fn a_matter_that_must_not_exist_and_does_is_a_conflict(office: Office) {
    let (matter, write) = open("Decision");
    office.keep(write.clone()).await;
    let again = Write { command: command(), ..write };
    assert_eq!(office.refuse(again).await, NotAppended::Conflict { matter, expected: 0, found: 1 });
    let (missing, _) = open("Decision");
    let refused = office.refuse(step(missing, "Decision", "review", 3)).await;
    assert_eq!(refused, NotAppended::Conflict { matter: missing, expected: 3, found: 0 });
}

pub async fn a_stale_directory_is_a_conflict(office: Office) {
    let body = |n: u32| {
        Entry::Body(Body { id: format!("b{n}").as_str().into(), name: Label::same("b"), class: "region".into() })
    };
    let (matter, mut write) = open("Appointment");
    write.directory_version = Some(0);
    write.acts[0].directory = vec![body(1), body(2)];
    assert_eq!(office.keep(write).await.directory_version, 2);

    let write = Write { directory_version: Some(0), ..step(matter, "Appointment", "review", 1) };
    assert_eq!(office.refuse(write).await, NotAppended::DirectoryConflict { expected: 0, found: 2 });
    let mut write = Write { directory_version: Some(2), ..step(matter, "Appointment", "review", 1) };
    write.acts[0].directory = vec![body(3)];
    assert_eq!(office.keep(write).await.directory_version, 3);
    assert_eq!(office.store.directory_version().await.unwrap(), 3);
}

pub async fn an_act_that_fits_no_matter_is_refused(office: Office) {
    let (matter, write) = open("Decision");
    office.keep(write).await;
    let (missing, _) = open("Decision");

    let command_id = command();
    let opened_again = Write::new(command_id, vec![opening(command_id, matter, "Decision")]);
    let refused = office.refuse(opened_again).await;
    assert!(matches!(refused, NotAppended::Misfit { broken: Broken::Gap { .. }, .. }), "{refused}");

    let on_nothing = Write { expected: vec![], ..step(missing, "Decision", "review", 0) };
    let refused = office.refuse(on_nothing).await;
    assert_eq!(refused, NotAppended::Misfit { matter: missing, broken: Broken::NoNumber });

    let of_another_kind = step(matter, "Leave", "review", 1);
    let refused = office.refuse(of_another_kind).await;
    assert_eq!(refused, NotAppended::Misfit { matter, broken: Broken::Foreign { seq: 2 } });

    // The first act would fit, the second does not: neither is kept.
    let (fresh, mut write) = open("Decision");
    write.acts.push(act(write.command, missing, "Decision", "review"));
    let refused = office.refuse(write).await;
    assert!(matches!(refused, NotAppended::Misfit { .. }), "{refused}");
    assert_eq!(office.store.matter(fresh).await.unwrap(), None);
}

fn numbered(given: Option<u32>, pattern: &str) -> Write {
    let (_, mut write) = open("Decision");
    let series = Series { counter: "Decision/2019".to_owned(), pattern: pattern.to_owned(), given };
    write.acts[0].opening = Some(Opening { series, by: None });
    write
}

pub async fn numbers_are_given_or_drawn_and_never_twice(office: Office) {
    let number = async |write: Write| office.keep(write).await.events[0].number.clone().unwrap().to_string();
    assert_eq!(number(numbered(None, "D-{n}")).await, "D-1");
    assert_eq!(number(numbered(Some(5), "D-{n}")).await, "D-5");
    assert_eq!(number(numbered(Some(3), "D-{n}")).await, "D-3");
    assert_eq!(number(numbered(None, "D-{n}")).await, "D-6", "the counter was pushed to what was given");
    assert_eq!(office.store.counter("Decision/2019").await.unwrap(), 6);
    let refused = office.refuse(numbered(Some(3), "D-{n}")).await;
    assert_eq!(refused, NotAppended::NumberTaken { number: "D-3".into() });

    // Another series with the same pattern came to the next number first: it is passed over.
    let mut other = numbered(Some(7), "D-{n}");
    other.acts[0].opening.as_mut().unwrap().series.counter = "imported".to_owned();
    assert_eq!(number(other).await, "D-7");
    assert_eq!(number(numbered(None, "D-{n}")).await, "D-8");

    // Twice in one command, and a pattern that has only one number.
    let mut twice = numbered(Some(20), "D-{n}");
    let command = twice.command;
    let second = MatterId::opened_by(command, 1);
    let opening = twice.acts[0].opening.clone();
    twice.acts.push(Act { opening, ..act(command, second, "Decision", "open") });
    assert_eq!(office.refuse(twice).await, NotAppended::NumberTaken { number: "D-20".into() });
    assert_eq!(number(numbered(None, "the only one")).await, "the only one");
    let refused = office.refuse(numbered(None, "the only one")).await;
    assert_eq!(refused, NotAppended::NumberTaken { number: "the only one".into() });
}

pub async fn one_command_may_open_a_matter_from_another(office: Office) {
    let (parent, mut write) = open("Executive");
    let child = MatterId::opened_by(write.command, 1);
    let series = Series { counter: "Decision".to_owned(), pattern: "D-{n}".to_owned(), given: None };
    write.acts.push(Act {
        opening: Some(Opening { series, by: Some(parent) }),
        ..act(write.command, child, "Decision", "open")
    });
    write.acts.push(Act {
        input: BTreeMap::from([(FieldId::new("decision"), Value::Matter(child))]),
        ..act(write.command, parent, "Executive", "refer")
    });
    write.expected.push((child, 0));
    let command = write.command;
    let appended = office.keep(write).await;
    let seqs: Vec<_> = appended.events.iter().map(|event| (event.act.matter, event.seq)).collect();
    assert_eq!(seqs, [(parent, 1), (child, 1), (parent, 2)], "in the order of the acts");
    assert_eq!(office.store.links_to(&[parent]).await.unwrap(), [child]);
    assert_eq!(office.store.links_to(&[child]).await.unwrap(), [parent]);
    let again = office.keep(Write::new(command, vec![])).await;
    assert_eq!((again.repeated, again.events), (true, appended.events));

    // A link that the field no longer has is gone.
    let mut write = step(parent, "Executive", "refer", 2);
    write.acts[0].input = BTreeMap::from([(FieldId::new("decision"), Value::Set(vec![]))]);
    write.acts[0].on = date(2019, 4, 11);
    office.keep(write).await;
    assert_eq!(office.store.links_to(&[child]).await.unwrap(), []);
}

pub async fn a_projection_of_a_matter_that_is_not_there_is_refused(office: Office) {
    let (missing, _) = open("Decision");
    let (_, mut write) = open("Decision");
    write.projections = vec![projection(missing)];
    let refused = office.refuse(write).await;
    assert!(matches!(refused, NotAppended::Fault(Fault::Unsound { .. })), "{refused}");
}
