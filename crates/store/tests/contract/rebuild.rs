//! Deriving everything anew.

use crate::{
    Office,
    lists::{reading, searching},
    sample::*,
};
use cityhall_store::{
    Edition, ListFilter, MatterRow, Order, Placed, Projection, Published, Readership, Rebuilt, Turn, Write,
};
use facts::{Act, Body, Entry, FieldId, KindId, Label, Matter, MatterId, Opening, Publication, Series, Value};
use std::collections::BTreeMap;

/// Everything that can be read of a record, to be held against another reading.
#[derive(Debug, PartialEq)]
pub struct Everything {
    pub events: Vec<Placed>,
    pub editions: Vec<Edition>,
    pub matters: Vec<Matter>,
    pub links: Vec<(MatterId, Vec<MatterId>)>,
    pub rows: Vec<MatterRow>,
    pub found: u64,
    pub turns: BTreeMap<MatterId, Vec<Turn>>,
    pub readers: BTreeMap<MatterId, Vec<String>>,
    pub directory: (u64, Vec<Entry>),
    pub publications: Vec<Published>,
    pub counters: Vec<u64>,
}

impl Office {
    pub async fn everything(&self) -> Everything {
        let store = &self.store;
        let matters = store.all_matters(None, 10_000).await.unwrap();
        let ids: Vec<MatterId> = matters.iter().map(|matter| matter.id).collect();
        let kinds: Vec<KindId> = matters.iter().map(|matter| matter.kind.clone()).collect();
        let reader = Readership { keys: vec![], whole_kinds: kinds };
        let mut links = vec![];
        for id in &ids {
            links.push((*id, store.links_to(&[*id]).await.unwrap()));
        }
        let mut counters = vec![];
        for name in ["Decision", "Executive", "Leave", "Notice", "Decision/2019", "imported"] {
            counters.push(store.counter(name).await.unwrap());
        }
        let filter =
            ListFilter { reader: reader.clone(), order: Order::Oldest, limit: 10_000, ..ListFilter::default() };
        Everything {
            events: store.all_events(0, 10_000).await.unwrap(),
            editions: store.editions().await.unwrap(),
            links,
            rows: store.list(filter).await.unwrap().rows,
            found: store.list(searching("budget", reader, 0, 1)).await.unwrap().total,
            turns: store.turns_of(&ids).await.unwrap(),
            readers: store.readers_of(&ids).await.unwrap(),
            directory: store.directory().await.unwrap(),
            publications: store.publications(None, 0, 10_000).await.unwrap().rows,
            counters,
            matters,
        }
    }
}

/// A record with something of everything; the projections in force at its end.
pub async fn lived_in(office: &Office) -> Vec<Projection> {
    office.store.edition_seen(facts::chain::digest_of_files(&[]), at(0), "{}").await.unwrap();
    let mut projections = BTreeMap::new();
    let mut before: Option<MatterId> = None;
    for n in 0..12u32 {
        let kind = ["Decision", "Executive", "Leave"][n as usize % 3];
        let (matter, mut write) = open(kind);
        write.acts[0].input.extend(before.map(|before| (FieldId::new("meeting"), Value::Matter(before))));
        if n % 4 == 0 {
            let name = Label::same(format!("body {n}"));
            write.acts[0].directory = vec![Entry::Body(Body { id: "b".into(), name, class: "region".into() })];
        }
        if n % 5 == 0 {
            let series = Series { counter: kind.to_owned(), pattern: format!("{kind}-{{n}}"), given: Some(n * 10 + 1) };
            write.acts[0].opening = Some(Opening { series, by: before });
        }
        office.keep(Write { projections: vec![projection(matter)], ..write }).await;
        projections.insert(matter, projection(matter));
        for version in 1..=n % 4 {
            let mut write = step(matter, kind, ["review", "sign", "publish"][version as usize % 3], version);
            let act: &mut Act = &mut write.acts[0];
            act.closes = version == 3;
            act.publication = (version > 1).then(|| Publication {
                title: format!("通知 {n}"),
                text: "供热 heating".to_owned(),
                facts: BTreeMap::new(),
            });
            let changed = Projection {
                words: format!("budget {version}"),
                turns: vec![turn("archive", "post:clerk")],
                ..projection(matter)
            };
            office.keep(Write { projections: vec![changed.clone()], ..write }).await;
            projections.insert(matter, changed);
        }
        before = Some(matter);
    }
    projections.into_values().collect()
}

pub async fn a_rebuilt_record_equals_the_live_one(office: Office) {
    let projections = lived_in(&office).await;
    let live = office.everything().await;
    assert!(!live.publications.is_empty() && live.directory.0 == 3 && live.found > 0);
    let rebuilt = office.store.rebuild_from_events().await.unwrap();
    assert_eq!(rebuilt, Rebuilt { events: live.events.len() as u64, matters: 12 });
    let bare = office.everything().await;
    assert_eq!((&bare.matters, &bare.links, &bare.directory), (&live.matters, &live.links, &live.directory));
    assert_eq!((&bare.publications, &bare.counters, bare.found), (&live.publications, &live.counters, 0));
    assert!(bare.turns.is_empty() && bare.readers.is_empty());
    assert!(bare.rows.iter().all(|row| row.title == Label::same(row.number.as_str())));
    office.store.replace_projections(vec![], projections).await.unwrap();
    assert_eq!(office.everything().await, live);
    assert_eq!(office.store.publications(Some("供热"), 0, 1).await.unwrap().total, live.publications.len() as u64);
}

pub async fn wiped_projections_can_be_derived_again(office: Office) {
    let projections = lived_in(&office).await;
    let live = office.everything().await;
    office.store.wipe_projections().await.unwrap();
    let wiped = office.everything().await;
    assert!(wiped.turns.is_empty() && wiped.readers.is_empty() && wiped.found == 0);
    assert_eq!((&wiped.matters, &wiped.publications), (&live.matters, &live.publications));
    let page = office.store.list(searching("budget", reading(&["person:p7"], &[]), 0, 10)).await.unwrap();
    assert_eq!(page.total, 0);
    office.store.replace_projections(vec![], projections).await.unwrap();
    assert_eq!(office.everything().await, live);
}

pub async fn a_rebuilt_record_goes_on_with_its_numbers(office: Office) {
    lived_in(&office).await;
    let counter = office.store.counter("Decision").await.unwrap();
    office.store.rebuild_from_events().await.unwrap();
    let (matter, write) = open("Decision");
    let appended = office.keep(write.clone()).await;
    assert_eq!(appended.events[0].number, Some(format!("Decision-{}", counter + 1).as_str().into()));
    assert!(office.keep(write).await.repeated);
    office.keep(step(matter, "Decision", "review", 1)).await;
    let last = office.store.all_events(0, 1000).await.unwrap().pop().unwrap();
    assert_eq!((last.event.act.matter, last.event.seq), (matter, 2));
}
