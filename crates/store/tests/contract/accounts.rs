//! Signing in, and what was begun.

use crate::{
    Office,
    sample::{at, open, step},
};
use cityhall_store::{Account, Draft, Mail, SessionKind, SignedIn};
use facts::PersonId;
use jiff::civil::date;
use serde_json::json;
use std::collections::BTreeSet;

fn account(login: &str) -> Account {
    Account {
        login: login.to_owned(),
        person: "p7".into(),
        hash: "hash".to_owned(),
        language: "zh".to_owned(),
        created: at(0),
        disabled: false,
        failures: 0,
        locked_until: None,
    }
}

fn signed_in(id: &str, login: &str, kind: SessionKind, expires: i64) -> SignedIn {
    SignedIn {
        id_hash: id.to_owned(),
        kind,
        login: login.to_owned(),
        label: "label".to_owned(),
        created: at(1),
        last_seen: at(1),
        expires: at(expires),
        csrf: "csrf".to_owned(),
    }
}

pub async fn an_account_is_kept_and_changed(office: Office) {
    let store = &office.store;
    assert_eq!(store.account("wang").await.unwrap(), None);
    store.put_account(account("wang")).await.unwrap();
    store.put_account(account("li")).await.unwrap();
    assert_eq!(store.account("wang").await.unwrap(), Some(account("wang")));
    assert_eq!(store.account("Wang").await.unwrap(), None, "a login is compared as it is written");
    assert!(store.set_password("wang", "new").await.unwrap());
    assert!(store.set_language("wang", "en").await.unwrap());
    assert!(store.set_disabled("wang", true).await.unwrap());
    assert!(!store.set_password("nobody", "new").await.unwrap());
    assert!(!store.set_language("nobody", "en").await.unwrap());
    assert!(!store.set_disabled("nobody", true).await.unwrap());
    let changed = Account { hash: "new".to_owned(), language: "en".to_owned(), disabled: true, ..account("wang") };
    assert_eq!(store.accounts().await.unwrap(), [account("li"), changed]);
    for login in ["Zhou", "wang-2", "wang1", "王"] {
        store.put_account(account(login)).await.unwrap();
    }
    let logins: Vec<String> = store.accounts().await.unwrap().into_iter().map(|account| account.login).collect();
    assert_eq!(logins, ["Zhou", "li", "wang", "wang-2", "wang1", "王"], "in the order of the bytes on both");
    let again = Account { person: "p9".into(), locked_until: Some(at(9)), failures: 2, ..account("wang") };
    store.put_account(again.clone()).await.unwrap();
    assert_eq!(store.account("wang").await.unwrap(), Some(again));
}

pub async fn failures_are_counted_and_forgotten(office: Office) {
    let store = &office.store;
    store.put_account(account("wang")).await.unwrap();
    assert_eq!(store.record_failure("wang", None).await.unwrap(), 1);
    assert_eq!(store.record_failure("wang", Some(at(60))).await.unwrap(), 2);
    assert_eq!(store.record_failure("wang", None).await.unwrap(), 3);
    assert_eq!(store.record_failure("nobody", Some(at(60))).await.unwrap(), 0);
    let locked = store.account("wang").await.unwrap().unwrap();
    assert_eq!((locked.failures, locked.locked_until), (3, Some(at(60))), "a lock is not taken off by a failure");
    store.clear_failures("wang").await.unwrap();
    assert_eq!(store.account("wang").await.unwrap(), Some(account("wang")));
    let attempts: Vec<_> = (0..10)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.record_failure("wang", None).await.unwrap() })
        })
        .collect();
    let mut counted = vec![];
    for attempt in attempts {
        counted.push(attempt.await.unwrap());
    }
    counted.sort();
    assert_eq!(counted, (1..=10).collect::<Vec<_>>());
}

pub async fn sessions_and_tokens_begin_and_end(office: Office) {
    let store = &office.store;
    store.put_account(account("wang")).await.unwrap();
    store.put_account(account("li")).await.unwrap();
    let sessions = [
        signed_in("a", "wang", SessionKind::Session, 100),
        signed_in("b", "wang", SessionKind::Token, 300),
        signed_in("c", "wang", SessionKind::Session, 200),
        signed_in("d", "li", SessionKind::Session, 200),
    ];
    for session in &sessions {
        store.session_insert(session.clone()).await.unwrap();
    }
    assert_eq!(store.session_find("a").await.unwrap(), Some(sessions[0].clone()));
    assert_eq!(store.session_find("z").await.unwrap(), None);
    assert_eq!(store.sessions_of("wang").await.unwrap(), sessions[..3]);
    store.session_touch("a", at(50), at(150)).await.unwrap();
    let touched = store.session_find("a").await.unwrap().unwrap();
    assert_eq!((touched.created, touched.last_seen, touched.expires), (at(1), at(50), at(150)));
    assert_eq!(store.delete_expired(at(149)).await.unwrap(), 0);
    assert_eq!(store.delete_expired(at(150)).await.unwrap(), 1);
    store.delete_sessions_of("wang", false).await.unwrap();
    assert_eq!(store.sessions_of("wang").await.unwrap(), sessions[1..2], "tokens stay");
    store.set_disabled("wang", true).await.unwrap();
    assert_eq!(store.sessions_of("wang").await.unwrap(), [], "a closed account has neither");
    store.session_delete("d").await.unwrap();
    assert_eq!(store.session_find("d").await.unwrap(), None);
}

pub async fn drafts_are_kept_by_place(office: Office) {
    let store = &office.store;
    store.put_account(account("wang")).await.unwrap();
    store.put_account(account("li")).await.unwrap();
    let draft =
        |place: &str, n: i64| Draft { place: place.to_owned(), draft: json!({ "n": n, "名": "字" }), saved: at(n) };
    for (place, n) in [("one", 1), ("two", 2), ("one", 3)] {
        store.draft_put("wang", draft(place, n)).await.unwrap();
    }
    store.draft_put("li", draft("one", 9)).await.unwrap();
    assert_eq!(store.draft("wang", "one").await.unwrap(), Some(draft("one", 3)));
    assert_eq!(store.drafts("wang").await.unwrap(), [draft("one", 3), draft("two", 2)]);
    store.draft_delete("wang", "one").await.unwrap();
    store.draft_delete("wang", "one").await.unwrap();
    assert_eq!(store.draft("wang", "one").await.unwrap(), None);
    assert_eq!(store.draft("li", "one").await.unwrap(), Some(draft("one", 9)));
    assert_eq!(store.drafts_delete_old(at(2)).await.unwrap(), 1);
    assert_eq!(store.drafts("wang").await.unwrap(), []);
    assert_eq!(store.drafts_delete_old(at(8)).await.unwrap(), 0);
    assert_eq!(store.drafts_delete_old(at(9)).await.unwrap(), 1);
}

pub async fn a_wish_for_mail_is_kept_beside_what_was_told(office: Office) {
    let store = &office.store;
    assert!(!store.put_mail("wang", "wang@office.example", None).await.unwrap_err().is_unavailable());
    for login in ["wang", "li"] {
        store.put_account(account(login)).await.unwrap();
    }
    store.put_mail("wang", "wang@office.example", None).await.unwrap();
    store.put_mail("li", "li@office.example", Some(23)).await.unwrap();
    let told: BTreeSet<String> = ["一 a".to_owned(), "b\"".to_owned()].into();
    let [wang, li] = [store.mail("wang").await.unwrap().unwrap(), store.mail("li").await.unwrap().unwrap()];
    assert!(store.mail_told(&wang, &told, None).await.unwrap());
    assert!(store.mail_told(&li, &told, Some(date(2019, 4, 23))).await.unwrap());
    // Of two servers that looked at the same time, one tells.
    assert!(!store.mail_told(&wang, &told, None).await.unwrap());
    assert!(!store.mail_told(&li, &told, None).await.unwrap());
    assert!(!store.mail_told(&Mail { login: "nobody".to_owned(), ..wang }, &told, None).await.unwrap());
    // Another address or hour tells nothing twice.
    store.put_mail("li", "li@elsewhere.example", Some(0)).await.unwrap();
    let wish = |login: &str, address: &str, daily_at, sent_on| Mail {
        login: login.to_owned(),
        address: address.to_owned(),
        daily_at,
        told: told.clone(),
        sent_on,
    };
    let li = wish("li", "li@elsewhere.example", Some(0), Some(date(2019, 4, 23)));
    assert_eq!(store.mail("li").await.unwrap(), Some(li.clone()));
    assert_eq!(store.mails().await.unwrap(), [li, wish("wang", "wang@office.example", None, None)]);
    store.delete_mail("li").await.unwrap();
    store.delete_mail("li").await.unwrap();
    assert_eq!(store.mail("li").await.unwrap(), None);
}

pub async fn what_needs_an_account_is_refused_without_one(office: Office) {
    let store = &office.store;
    let session = signed_in("a", "nobody", SessionKind::Session, 100);
    assert!(!store.session_insert(session).await.unwrap_err().is_unavailable());
    let draft = Draft { place: "one".to_owned(), draft: json!(1), saved: at(1) };
    assert!(!store.draft_put("nobody", draft).await.unwrap_err().is_unavailable());
    assert_eq!(store.session_find("a").await.unwrap(), None);
    assert_eq!(store.drafts("nobody").await.unwrap(), []);
}

pub async fn what_a_person_has_seen_stays_seen_until_something_is_done(office: Office) {
    let store = &office.store;
    let [mayor, clerk] = ["mayor", "clerk"].map(PersonId::new);
    let [(one, first), (other, second)] = [open("Task"), open("Task")];
    office.keep(first).await;
    office.keep(second).await;
    let unseen = async |person: &PersonId| store.unseen_by(person, &[one, other]).await.unwrap();
    assert_eq!(unseen(&mayor).await, [one, other].into());
    store.put_seen(&mayor, one, 1).await.unwrap();
    assert_eq!((unseen(&mayor).await, unseen(&clerk).await), ([other].into(), [one, other].into()));
    office.keep(step(one, "Task", "urge", 1)).await;
    assert_eq!(unseen(&mayor).await, [one, other].into());
    store.put_seen(&mayor, one, 2).await.unwrap();
    // A page that was shown before comes late.
    store.put_seen(&mayor, one, 1).await.unwrap();
    assert_eq!(unseen(&mayor).await, [other].into());
    assert_eq!(store.unseen_by(&mayor, &[]).await.unwrap(), [].into());
    // It is no part of what is derived from the record.
    store.wipe_projections().await.unwrap();
    assert_eq!(unseen(&mayor).await, [other].into());
}
