//! The record outside its database.

use crate::{Office, rebuild::lived_in, sample::*};
use cityhall_store::{Finding, NotImported, Verified, Write, Wrong, verify};
use facts::{Digest, chain};

async fn exported(office: &Office) -> Vec<String> {
    let mut bytes = vec![];
    let lines = office.store.export(&mut bytes).await.unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let text: Vec<String> = text.lines().map(str::to_owned).collect();
    assert_eq!(text.len() as u64, lines);
    text
}

fn verified(lines: &[String]) -> Verified {
    verify(lines.join("\n").as_bytes())
}

pub async fn an_export_is_whole_and_verifies(office: Office) {
    assert_eq!(verified(&exported(&office).await), Verified::default());
    lived_in(&office).await;
    let verified = verified(&exported(&office).await);
    let events = office.store.all_events(0, 1000).await.unwrap();
    assert_eq!((verified.events, verified.editions), (events.len() as u64, 1));
    assert_eq!(verified.findings, []);
    for matter in office.store.all_matters(None, 100).await.unwrap() {
        assert_eq!(verified.heads[&matter.id], (matter.version, matter.head));
    }
}

pub async fn every_alteration_of_an_export_is_found(office: Office) {
    let edition = chain::digest_of_files(&[("26.md", "## Article 26")]);
    office.store.edition_seen(edition, at(0), r###"{"26.md":"## Article 26"}"###).await.unwrap();
    let (matter, mut write) = open("Decision");
    write.acts[0].edition = edition;
    office.keep(write).await;
    for version in 1..4 {
        let mut write = step(matter, "Decision", "review", version);
        write.acts[0].edition = edition;
        office.keep(write).await;
    }
    let (other, mut write) = open("Decision");
    write.acts[0].edition = edition;
    office.keep(write).await;
    let whole = exported(&office).await;
    assert_eq!(verified(&whole).findings, []);

    let found = |alter: &dyn Fn(&mut Vec<String>)| {
        let mut lines = whole.clone();
        alter(&mut lines);
        assert_ne!(lines, whole);
        verified(&lines).findings
    };
    let at_line = |line: u64, matter, wrong| Finding { line, matter: Some(matter), wrong };
    let replace = |lines: &mut Vec<String>, n: usize, from: &str, to: &str| lines[n] = lines[n].replace(from, to);

    let altered = found(&|lines| replace(lines, 2, "approve", "return"));
    assert_eq!(altered, [at_line(3, matter, Wrong::Altered { seq: 2 })]);
    let removed = found(&|lines| drop(lines.remove(2)));
    assert_eq!(removed, [at_line(3, matter, Wrong::Gap { expected: 2, found: 3 })]);
    let swapped = found(&|lines| lines.swap(2, 3));
    assert_eq!(swapped.len(), 3, "{swapped:?}");
    let doubled = found(&|lines| lines.insert(2, lines[2].clone()));
    assert_eq!(doubled, [at_line(4, matter, Wrong::Gap { expected: 3, found: 2 })]);
    let without_edition = found(&|lines| drop(lines.remove(0)));
    assert_eq!(without_edition, [at_line(1, matter, Wrong::NoEdition { seq: 1, edition })]);
    let rewritten = found(&|lines| replace(lines, 0, "Article 26", "Article 27"));
    assert_eq!(rewritten, [Finding { line: 1, matter: None, wrong: Wrong::EditionAltered { edition } }]);
    let redated = found(&|lines| lines[0] = lines[0].replace("\"seen_at\":\"2", "\"seen_at\":\"1"));
    assert_eq!(redated, [Finding { line: 7, matter: None, wrong: Wrong::NotWhole { events: 5 } }]);
    let emptied = found(&|lines| replace(lines, 0, r###"{\"26.md\":\"## Article 26\"}"###, "{}"));
    assert_eq!(emptied, rewritten);
    let added = found(&|lines| replace(lines, 2, r#"{"event":{"#, r#"{"event":{"note":"x","#));
    assert_eq!(added, [at_line(3, matter, Wrong::Otherwise)]);
    let in_the_end = found(&|lines| replace(lines, 6, r#"{"end":{"#, r#"{"end":{"note":"x","#));
    assert_eq!(in_the_end, [Finding { line: 7, matter: None, wrong: Wrong::Otherwise }]);
    let garbled = found(&|lines| lines[5].truncate(40));
    assert!(
        matches!(garbled.as_slice(), [Finding { line: 6, matter: None, wrong: Wrong::Unreadable(_) }]),
        "{garbled:?}"
    );

    // Whoever alters an event and seals it anew is found by the event after it, and by the head.
    let forged = found(&|lines| {
        let mut event = serde_json::from_str::<serde_json::Value>(&lines[2]).unwrap();
        event["event"]["outcome"] = "return".into();
        let mut sealed: facts::Event = serde_json::from_value(event["event"].clone()).unwrap();
        sealed.digest = sealed.expected_digest();
        lines[2] = serde_json::json!({ "event": sealed }).to_string();
    });
    assert_eq!(forged, [at_line(4, matter, Wrong::Unchained { seq: 3 })]);
    let mut shortened = whole.clone();
    shortened.truncate(4);
    let cut = verified(&shortened);
    assert_eq!(cut.findings, [Finding { line: 4, matter: None, wrong: Wrong::NoEnd }]);
    let without_last = found(&|lines| drop(lines.remove(5)));
    assert_eq!(without_last, [Finding { line: 6, matter: None, wrong: Wrong::NotWhole { events: 5 } }]);
    let longer = found(&|lines| lines.push(lines[6].clone()));
    assert_eq!(longer, [Finding { line: 8, matter: None, wrong: Wrong::AfterEnd }]);
    assert_eq!(verify(&b""[..]).findings, [Finding { line: 0, matter: None, wrong: Wrong::NoEnd }]);
    let heads = cut.heads;
    assert_eq!(
        (heads[&matter].0, heads.contains_key(&other)),
        (3, false),
        "what is missing at the end shows in the heads"
    );

    let renumbered = found(&|lines| replace(lines, 5, "Decision-2", "Decision-1"));
    let twice = Wrong::NumberTwice("Decision-1".into());
    assert_eq!(renumbered, [at_line(6, other, Wrong::Altered { seq: 1 }), at_line(6, other, twice)]);
    let unnumbered = found(&|lines| replace(lines, 5, "\"number\":\"Decision-2\",", ""));
    assert_eq!(unnumbered, [at_line(6, other, Wrong::Altered { seq: 1 }), at_line(6, other, Wrong::NoNumber)]);
    let unchained = found(&|lines| {
        let none = Digest::NONE.to_string();
        let before = serde_json::from_str::<serde_json::Value>(&lines[2]).unwrap()["event"]["before"].to_string();
        replace(lines, 2, &before, &format!("{none:?}"));
    });
    assert_eq!(
        unchained,
        [at_line(3, matter, Wrong::Unchained { seq: 2 }), at_line(3, matter, Wrong::Altered { seq: 2 })]
    );
}

pub async fn a_record_is_taken_over_from_the_other_database(office: Office) {
    let source = Office::on_sqlite().await;
    let projections = lived_in(&source).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export");
    let lines = exported(&source).await;
    let mut altered = lines.clone();
    altered[3] = altered[3].replace("approve", "return");
    std::fs::write(&path, altered.join("\n")).unwrap();
    let refused = office.store.import(&path).await.unwrap_err();
    assert!(matches!(refused, NotImported::Wrong(findings) if findings.len() == 1));
    std::fs::write(&path, lines.join("\n")).unwrap();
    let imported = office.store.import(&path).await.unwrap();
    assert_eq!(imported.events, lines.len() as u64 - 2);
    office.store.replace_projections(vec![], projections).await.unwrap();
    assert_eq!(office.everything().await, source.everything().await);
    assert!(matches!(office.store.import(&path).await.unwrap_err(), NotImported::NotEmpty));

    // It goes on where the other stopped: numbers, and commands that were carried out there.
    let last = source.store.all_events(0, 1000).await.unwrap().pop().unwrap().event;
    let again = office.keep(Write::new(last.act.command, vec![])).await;
    assert!(again.repeated && again.events == [last]);
    let (_, write) = open("Decision");
    assert_eq!(source.keep(write.clone()).await.events, office.keep(write).await.events);
}

pub async fn an_export_beside_writers_verifies(office: Office) {
    let writers: Vec<_> = (0..6)
        .map(|_| {
            let store = office.store.clone();
            tokio::spawn(async move {
                let (matter, write) = open("Decision");
                store.append(write).await.unwrap();
                for version in 1..25 {
                    store.append(step(matter, "Decision", "review", version)).await.unwrap();
                }
            })
        })
        .collect();
    let mut events = 0;
    while events < 150 {
        let verified = verified(&exported(&office).await);
        assert_eq!(verified.findings, []);
        assert!(verified.events >= events);
        events = verified.events;
    }
    for writer in writers {
        writer.await.unwrap();
    }
}
