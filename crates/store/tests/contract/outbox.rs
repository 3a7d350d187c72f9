//! What is to be told outside.

use crate::{Office, sample::*};
use cityhall_store::{Failing, Write};
use std::collections::BTreeSet;

async fn tell(office: &Office, items: impl IntoIterator<Item = i64>) {
    let outbox = items.into_iter().map(item).collect();
    office.keep(Write { outbox, ..Write::new(command(), vec![]) }).await;
}

pub async fn an_item_is_claimed_when_it_is_due_and_once(office: Office) {
    tell(&office, [5, 1]).await;
    tell(&office, [3, 100]).await;
    let store = &office.store;
    assert_eq!(store.outbox_claim(at(0), 10).await.unwrap(), []);
    let first = store.outbox_claim(at(10), 2).await.unwrap();
    let numbers: BTreeSet<i64> = first.iter().map(|claimed| claimed.body["n"].as_i64().unwrap()).collect();
    assert_eq!(numbers, BTreeSet::from([1, 3]), "what is due first first");
    assert!(first.iter().all(|claimed| claimed.attempts == 1 && claimed.kind == "mail"));
    let second = store.outbox_claim(at(10), 10).await.unwrap();
    assert_eq!(second.len(), 1);
    assert_eq!(store.outbox_claim(at(10), 10).await.unwrap(), []);
    for claimed in &first {
        store.outbox_done(&claimed.item).await.unwrap();
    }
    // The worker that claimed the other one died: after the lease another gets it.
    let again = store.outbox_claim(at(10 + 601), 10).await.unwrap();
    let attempts: Vec<_> = again.iter().map(|claimed| (claimed.body["n"].as_i64(), claimed.attempts)).collect();
    assert_eq!(attempts, [(Some(5), 2), (Some(100), 1)]);

    // What follows from no act is put in under a command of its own.
    let reminder = command();
    store.outbox_insert(reminder, vec![item(700), item(701)]).await.unwrap();
    let claimed = store.outbox_claim(at(1000), 10).await.unwrap();
    assert_eq!(claimed.iter().filter(|claimed| claimed.item.starts_with(&reminder.to_string())).count(), 2);
}

pub async fn an_item_that_failed_comes_again(office: Office) {
    tell(&office, [1]).await;
    let store = &office.store;
    assert_eq!(store.outbox_failing().await.unwrap(), Failing { items: 0, retry_at: None });
    for attempt in 1..4u32 {
        let now = i64::from(attempt) * 100;
        let claimed = store.outbox_claim(at(now), 10).await.unwrap();
        assert_eq!((claimed.len(), claimed[0].attempts), (1, attempt));
        store.outbox_failed(&claimed[0].item, "the mail server does not answer", at(now + 50)).await.unwrap();
        assert_eq!(store.outbox_claim(at(now + 49), 10).await.unwrap(), []);
        assert_eq!(store.outbox_failing().await.unwrap(), Failing { items: 1, retry_at: Some(at(now + 50)) });
    }
    let claimed = store.outbox_claim(at(1000), 10).await.unwrap();
    store.outbox_done(&claimed[0].item).await.unwrap();
    assert_eq!(store.outbox_failing().await.unwrap(), Failing { items: 0, retry_at: None });
    assert_eq!(store.outbox_claim(at(9000), 10).await.unwrap(), []);
}

pub async fn many_workers_claim_each_item_once(office: Office) {
    for n in 0..10 {
        tell(&office, n * 20..n * 20 + 20).await;
    }
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let store = office.store.clone();
            tokio::spawn(async move {
                let mut mine = vec![];
                loop {
                    let claimed = store.outbox_claim(at(500), 7).await.unwrap();
                    if claimed.is_empty() {
                        return mine;
                    }
                    for claimed in claimed {
                        mine.push(claimed.body["n"].as_i64().unwrap());
                        store.outbox_done(&claimed.item).await.unwrap();
                    }
                }
            })
        })
        .collect();
    let mut told = vec![];
    for worker in workers {
        told.extend(worker.await.unwrap());
    }
    told.sort();
    assert_eq!(told, (0..200).collect::<Vec<_>>());
}
