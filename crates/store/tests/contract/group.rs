//! Many writers at once.

use crate::{Office, sample::*};
use cityhall_store::{NotAppended, Store, Write};
use facts::{Body, Entry, Label};
use std::collections::BTreeSet;

/// Sends all writes at once; their answers in the order of the writes.
async fn at_once(store: &Store, writes: Vec<Write>) -> Vec<Result<cityhall_store::Appended, NotAppended>> {
    let sent: Vec<_> = writes
        .into_iter()
        .map(|write| {
            let store = store.clone();
            tokio::spawn(async move { store.append(write).await })
        })
        .collect();
    let mut answers = vec![];
    for answer in sent {
        answers.push(answer.await.unwrap());
    }
    answers
}

pub async fn of_two_writers_on_one_matter_one_wins(office: Office) {
    let (matter, write) = open("Decision");
    office.keep(write).await;
    for version in 1..=20 {
        let both = vec![step(matter, "Decision", "review", version), step(matter, "Decision", "sign", version)];
        let answers = at_once(&office.store, both).await;
        let won = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(won, 1, "{answers:?}");
        let lost = answers.into_iter().find_map(Result::err).unwrap();
        assert_eq!(lost, NotAppended::Conflict { matter, expected: version, found: version + 1 });
    }
    assert_eq!(office.store.events(matter).await.unwrap().len(), 21);
}

pub async fn of_two_writers_on_the_directory_one_wins(office: Office) {
    for version in 0..10 {
        let appoint = |class: &str| {
            let (_, mut write) = open("Appointment");
            let body = Body { id: "b".into(), name: Label::same("b"), class: class.to_owned() };
            write.acts[0].directory = vec![Entry::Body(body)];
            Write { directory_version: Some(version), ..write }
        };
        let answers = at_once(&office.store, vec![appoint("one"), appoint("other")]).await;
        let lost: Vec<_> = answers.into_iter().filter_map(Result::err).collect();
        assert_eq!(lost, [NotAppended::DirectoryConflict { expected: version, found: version + 1 }]);
    }
    assert_eq!(office.store.directory().await.unwrap().1.len(), 10);
}

pub async fn of_two_writers_that_rest_on_each_others_matter_one_wins(office: Office) {
    let mut matters = vec![];
    for _ in 0..2 {
        let (matter, write) = open("Decision");
        office.keep(write).await;
        matters.push((matter, 1));
    }
    for _ in 0..20 {
        let resting = |on: usize| {
            let (matter, version) = matters[on];
            Write { expected: matters.clone(), ..step(matter, "Decision", "review", version) }
        };
        let answers = at_once(&office.store, vec![resting(0), resting(1)]).await;
        let won = answers.iter().position(Result::is_ok).unwrap();
        assert!(answers[1 - won].is_err(), "{answers:?}");
        matters[won].1 += 1;
    }
}

pub async fn of_a_writer_on_the_directory_and_one_that_rests_on_it_one_wins(office: Office) {
    let (matter, write) = open("Decision");
    office.keep(write).await;
    let (mut version, mut directory) = (1, 0);
    for _ in 0..20 {
        let (_, mut appoint) = open("Appointment");
        let body = Body { id: "b".into(), name: Label::same("b"), class: "region".to_owned() };
        appoint.acts[0].directory = vec![Entry::Body(body)];
        appoint.expected.push((matter, version));
        let decide = Write { directory_version: Some(directory), ..step(matter, "Decision", "review", version) };
        let answers = at_once(&office.store, vec![appoint, decide]).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
        version += u32::from(answers[1].is_ok());
        directory += u64::from(answers[0].is_ok());
    }
}

pub async fn sixteen_writers_on_different_matters_all_win(office: Office) {
    let writers: Vec<_> = (0..16)
        .map(|_| {
            let store = office.store.clone();
            tokio::spawn(async move {
                let (matter, write) = open("Decision");
                store.append(write).await.unwrap();
                for version in 1..10 {
                    let write = step(matter, "Decision", "review", version);
                    let projections = vec![projection(matter)];
                    store.append(Write { projections, outbox: vec![item(0)], ..write }).await.unwrap();
                }
                matter
            })
        })
        .collect();
    for writer in writers {
        let matter = writer.await.unwrap();
        assert_eq!(office.store.events(matter).await.unwrap().len(), 10);
        assert_eq!(office.store.matter(matter).await.unwrap().unwrap().version, 10);
    }
    assert_eq!(office.store.all_events(0, 1000).await.unwrap().len(), 160);
}

pub async fn a_number_series_has_no_gaps_and_no_doubles(office: Office) {
    let mut writes = vec![];
    for n in 0..120 {
        let (matter, mut write) = open("Decision");
        if n % 4 == 3 {
            // Draws a number and is then refused: the number goes back.
            write.acts.push(act(write.command, matter, "Leave", "review"));
        }
        writes.push(write);
    }
    let answers = at_once(&office.store, writes).await;
    let numbers: BTreeSet<String> = answers
        .iter()
        .flatten()
        .filter_map(|appended| appended.events[0].number.as_ref().map(ToString::to_string))
        .collect();
    let expected: BTreeSet<String> = (1..=90).map(|n| format!("Decision-{n}")).collect();
    assert_eq!(numbers, expected);
    assert_eq!(office.store.counter("Decision").await.unwrap(), 90);
}

pub async fn a_refused_write_leaves_its_neighbours(office: Office) {
    let (taken, write) = open("Decision");
    office.keep(write).await;
    let mut writes = vec![];
    for n in 0..60 {
        writes.push(match n % 5 {
            0 => step(taken, "Decision", "review", 9),
            1 => {
                let (_, mut write) = open("Decision");
                write.acts[0].opening.as_mut().unwrap().series.given = Some(1);
                write
            }
            2 => {
                // Fails after everything else of it was written.
                let (matter, write) = open("Decision");
                let (missing, _) = open("Decision");
                let projections = vec![projection(matter), projection(missing)];
                Write { projections, outbox: vec![item(0)], ..write }
            }
            _ => {
                let (matter, write) = open("Decision");
                Write { projections: vec![projection(matter)], ..write }
            }
        });
    }
    let matters: Vec<_> = writes.iter().map(|write| write.acts[0].matter).collect();
    let answers = at_once(&office.store, writes).await;
    for (n, (answer, matter)) in answers.iter().zip(matters).enumerate() {
        assert_eq!(answer.is_ok(), n % 5 > 2, "{n}: {answer:?}");
        if matter != taken {
            assert_eq!(office.store.matter(matter).await.unwrap().is_some(), n % 5 > 2);
        }
    }
    assert_eq!(office.store.outbox_claim(at(9), 10).await.unwrap(), []);
    assert_eq!(office.store.counter("Decision").await.unwrap(), 25);
}
