//! Reading what the record left.

use crate::{Office, sample::*};
use cityhall_store::Page;
use facts::{Body, Digest, Entry, FieldId, Label, Matter, MatterId, Publication, Value, chain};
use jiff::civil::date;
use std::collections::BTreeMap;

pub async fn matters_are_read_one_by_one_and_together(office: Office) {
    let mut ids = vec![];
    for _ in 0..3 {
        let (matter, write) = open("Decision");
        office.keep(write).await;
        ids.push(matter);
    }
    let (missing, _) = open("Decision");
    let store = &office.store;
    let together = store.matters(&[ids[2], missing, ids[0], ids[0]]).await.unwrap();
    let one_by_one = [store.matter(ids[0]).await.unwrap().unwrap(), store.matter(ids[2]).await.unwrap().unwrap()];
    assert_eq!(together, one_by_one, "by id, each once, what is not there left out");
    assert_eq!(store.matters(&[]).await.unwrap(), []);
    assert_eq!(store.matter(missing).await.unwrap(), None);
    assert_eq!(store.events(missing).await.unwrap(), []);
    assert_eq!(store.matter_by_number("Decision-3").await.unwrap().unwrap().id, ids[2]);
    assert_eq!(store.matter_by_number("decision-3").await.unwrap(), None);
    assert_eq!(store.matter_by_number("Decision-\0'").await.unwrap(), None);
    assert_eq!(store.counter("nothing").await.unwrap(), 0);
}

pub async fn the_matters_that_refer_to_a_matter_are_found(office: Office) {
    let (target, write) = open("Executive");
    office.keep(write).await;
    let mut referring = vec![];
    for closes in [false, true, false] {
        let (matter, mut write) = open("Decision");
        write.acts[0].input = BTreeMap::from([(FieldId::new("meeting"), Value::Set(vec![Value::Matter(target)]))]);
        write.acts[0].closes = closes;
        office.keep(write).await;
        referring.push(matter);
    }
    let (other, _) = open("Executive");
    assert_eq!(office.store.links_to(&[target, other]).await.unwrap(), referring);
    assert_eq!(office.store.links_to(&[other]).await.unwrap(), []);
}

/// It is written whole now and then only: what is read is held against the events at each of them.
pub async fn a_matter_of_many_events_is_read_as_they_left_it(office: Office) {
    let store = &office.store;
    let (matter, write) = open("Decision");
    office.keep(write).await;
    let (other, write) = open("Decision");
    office.keep(write).await;
    for version in 1..21 {
        let mut write = step(matter, "Decision", "review", version);
        write.acts[0].closes = version == 20;
        office.keep(write).await;
        let folded = Matter::fold(&store.events(matter).await.unwrap()).unwrap();
        assert_eq!(folded.version, version + 1);
        let all = store.all_matters(None, 2).await.unwrap();
        assert_eq!(all, [folded.clone(), store.matter(other).await.unwrap().unwrap()], "at {version}");
        assert_eq!(store.matters(&[matter]).await.unwrap(), std::slice::from_ref(&folded));
        assert_eq!(store.matter_by_number("Decision-1").await.unwrap(), Some(folded));
    }
}

pub async fn open_matters_are_paged_by_id(office: Office) {
    let mut open_ones = vec![];
    for n in 0..7 {
        let (matter, mut write) = open(if n == 3 { "Leave" } else { "Decision" });
        write.acts[0].closes = n == 5;
        office.keep(write).await;
        if n != 5 && n != 3 {
            open_ones.push(matter);
        }
    }
    let mut after: Option<MatterId> = None;
    let mut paged = vec![];
    loop {
        let page = office.store.open_matters(Some(&"Decision".into()), after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        paged.extend(page.into_iter().map(|matter| matter.id));
    }
    assert_eq!(paged, open_ones);
    assert_eq!(office.store.open_matters(None, None, 100).await.unwrap().len(), 6);
    assert_eq!(office.store.all_matters(None, 100).await.unwrap().len(), 7);
}

pub async fn the_directory_is_read_in_the_order_it_was_said(office: Office) {
    assert_eq!(office.store.directory().await.unwrap(), (0, vec![]));
    let said: Vec<Entry> = (0..12)
        .map(|n| {
            Entry::Body(Body { id: "finance".into(), name: Label::same(format!("name {n}")), class: String::new() })
        })
        .collect();
    for three in said.chunks(3) {
        let (_, mut write) = open("Appointment");
        write.acts[0].directory = three.to_vec();
        office.keep(write).await;
    }
    assert_eq!(office.store.directory().await.unwrap(), (12, said));
    assert_eq!(office.store.directory_version().await.unwrap(), 12);
}

pub async fn publications_keep_their_addresses(office: Office) {
    let publish =
        |title: &str| Some(Publication { title: title.into(), text: format!("{title} text"), facts: BTreeMap::new() });
    let (matter, mut write) = open("Notice");
    write.acts[0].publication = publish("first");
    office.keep(write).await;
    let (_, mut write) = open("Notice");
    write.acts[0].publication = publish("other matter");
    office.keep(write).await;
    let mut write = step(matter, "Notice", "correct", 1);
    write.acts[0].publication = publish("second");
    write.acts[0].on = date(2019, 4, 9);
    office.keep(write).await;

    let Page { rows, total } = office.store.publications(None, 0, 2).await.unwrap();
    let addresses: Vec<_> = rows.iter().map(|row| row.address.as_str()).collect();
    assert_eq!((addresses, total), (vec!["Notice-2", "Notice-1"], 3), "the newest day first, then the newest");
    let Page { rows, total } = office.store.publications(None, 2, 2).await.unwrap();
    assert_eq!((rows[0].address.as_str(), total), ("Notice-1b", 3));
    let found = office.store.publication("Notice-1b").await.unwrap().unwrap();
    assert_eq!((found.matter, found.published_on, found.number.as_str()), (matter, date(2019, 4, 9), "Notice-1"));
    assert_eq!(Some(found.publication), publish("second"));
    assert_eq!(office.store.publication("Notice-9").await.unwrap(), None);
}

pub async fn editions_are_kept_the_first_time(office: Office) {
    let (one, other) = (chain::digest_of(&[b"one"]), chain::digest_of(&[b"other"]));
    office.store.edition_seen(other, at(5), r#"{"26.md":"26"}"#).await.unwrap();
    office.store.edition_seen(one, at(7), "{}").await.unwrap();
    office.store.edition_seen(other, at(9), "changed").await.unwrap();
    let seen = office.store.editions().await.unwrap();
    let kept: Vec<_> = seen.iter().map(|edition| (edition.hash, edition.seen_at, edition.files.as_str())).collect();
    assert_eq!(kept, [(other, at(5), r#"{"26.md":"26"}"#), (one, at(7), "{}")]);
    assert_eq!(office.store.edition(one).await.unwrap().unwrap().files, "{}");
    assert_eq!(office.store.edition(Digest::NONE).await.unwrap(), None);
}
