//! What happens when a process is killed, a disk is full, a server goes away.

use crate::{
    Office,
    cluster::{Cluster, Durable},
    lists::{reading, searching},
    sample::*,
};
use cityhall_store::{Draft, Fault, Lack, ListFilter, NotAppended, Projection, Readership, Store, Turn, Write, verify};
use facts::MatterId;
use jiff::civil::date;
use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Write as _},
    process::{Command, Stdio},
};

/// By this variable a test finds itself to be the child that is to be killed.
const CHILD_URL: &str = "CITYHALL_STORE_CHILD_URL";

async fn verified(store: &Store) -> u64 {
    let mut bytes = vec![];
    store.export(&mut bytes).await.unwrap();
    let verified = verify(bytes.as_slice());
    assert_eq!(verified.findings, []);
    verified.events
}

fn lack(refused: &NotAppended) -> Option<Lack> {
    match refused {
        NotAppended::Fault(Fault::Unavailable { lack, .. }) => Some(*lack),
        _ => None,
    }
}

/// Appends from eight writers, saying what was acknowledged and what was refused, until it is killed
/// or was refused often enough.
async fn child(url: &str) {
    let store = Store::open(url).await.unwrap();
    // The test's name stands at the beginning of the line.
    writeln!(std::io::stdout().lock()).unwrap();
    let mut writers = vec![];
    for _ in 0..8 {
        let store = store.clone();
        writers.push(tokio::spawn(async move {
            let mut refused = 0;
            while refused < 10 {
                let (matter, write) = open("Decision");
                let projections = vec![projection(matter)];
                let answer = store.append(Write { projections, outbox: vec![item(0)], ..write }).await;
                let mut said = std::io::stdout().lock();
                match answer {
                    Ok(_) => writeln!(said, "kept {matter}").unwrap(),
                    Err(error) => {
                        refused += 1;
                        writeln!(said, "refused {:?}", lack(&error)).unwrap();
                    }
                }
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
}

/// Starts this test again as a child, kills it amid its work, and looks for what it said it kept.
async fn killed(test: &str, url: &str) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(CHILD_URL, url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut acknowledged: BTreeSet<MatterId> = BTreeSet::new();
    let said = BufReader::new(child.stdout.take().unwrap());
    for line in said.lines() {
        if let Some(matter) = line.unwrap().strip_prefix("kept ") {
            // The last line may have been cut off by the kill.
            acknowledged.extend(matter.parse::<MatterId>().ok());
        }
        if acknowledged.len() == 300 {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(acknowledged.len() >= 300, "{}", acknowledged.len());

    let store = Store::open(url).await.unwrap();
    let events = verified(&store).await;
    assert!(events >= acknowledged.len() as u64);
    for matter in &acknowledged {
        assert!(store.matter(*matter).await.unwrap().is_some(), "{matter} was acknowledged");
        assert_eq!(store.turns_of(&[*matter]).await.unwrap()[matter].len(), 2);
    }
    assert_eq!(store.counter("Decision").await.unwrap(), events, "no number was lost");
    assert_eq!(store.outbox_claim(at(1), 10_000).await.unwrap().len() as u64, events);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_a_kill_on_sqlite() {
    if let Ok(url) = std::env::var(CHILD_URL) {
        return child(&url).await;
    }
    let office = Office::on_sqlite().await;
    killed("durable::what_was_acknowledged_survives_a_kill_on_sqlite", &office.url).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_a_kill_on_postgres() {
    if let Ok(url) = std::env::var(CHILD_URL) {
        return child(&url).await;
    }
    let office = Office::on_postgres().await;
    killed("durable::what_was_acknowledged_survives_a_kill_on_postgres", &office.url).await;
}

/// A limit on the size of files makes the write-ahead log fail to grow, which only a commit notices.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_fails_is_answered_to_all_of_its_group_and_keeps_nothing() {
    if let Ok(url) = std::env::var(CHILD_URL) {
        return child(&url).await;
    }
    let office = Office::on_sqlite().await;
    let test = "durable::a_commit_that_fails_is_answered_to_all_of_its_group_and_keeps_nothing";
    let ended = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 6000; exec \"$0\" --exact \"$1\" --nocapture --test-threads=1"])
        .arg(std::env::current_exe().unwrap())
        .arg(test)
        .env(CHILD_URL, &office.url)
        .output()
        .unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let said = String::from_utf8(ended.stdout).unwrap();
    let kept: BTreeSet<MatterId> =
        said.lines().filter_map(|line| line.strip_prefix("kept ")).map(|matter| matter.parse().unwrap()).collect();
    let refused: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("refused ")).collect();
    assert!(kept.len() > 10 && refused.len() == 80, "{} kept, {} refused", kept.len(), refused.len());
    assert!(refused.iter().all(|lack| ["Some(Disk)", "Some(Room)"].contains(lack)), "{refused:?}");
    let store = Store::open(&office.url).await.unwrap();
    let matters = store.all_matters(None, 10_000).await.unwrap();
    assert_eq!(matters.iter().map(|matter| matter.id).collect::<BTreeSet<_>>(), kept);
    assert_eq!(verified(&store).await, kept.len() as u64);
    assert_eq!(store.counter("Decision").await.unwrap(), kept.len() as u64);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_plainly_and_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("record").display());
    let store = Store::open(&format!("{url}?max_pages=160")).await.unwrap();
    store.put_account(account()).await.unwrap();
    let draft = |text: String| Draft { place: "one".to_owned(), draft: text.into(), saved: at(0) };
    store.draft_put("wang", draft("x".repeat(100_000))).await.unwrap();

    let mut kept: BTreeSet<MatterId> = BTreeSet::new();
    let mut refused = vec![];
    while refused.len() < 20 {
        let sent: Vec<_> = (0..8)
            .map(|_| {
                let (matter, write) = open("Decision");
                let (store, projections) = (store.clone(), vec![projection(matter)]);
                tokio::spawn(async move { (matter, store.append(Write { projections, ..write }).await) })
            })
            .collect();
        for answer in sent {
            match answer.await.unwrap() {
                (matter, Ok(_)) => drop(kept.insert(matter)),
                (_, Err(error)) => refused.push(error),
            }
        }
    }
    assert!(refused.iter().all(|error| lack(error) == Some(Lack::Room)), "{refused:?}");
    assert!(refused[0].to_string().starts_with("the disk that holds the record is full"), "{}", refused[0]);
    assert!(kept.len() > 5, "{}", kept.len());
    let whole = async |store: &Store| {
        let matters = store.all_matters(None, 1000).await.unwrap();
        assert_eq!(matters.iter().map(|matter| matter.id).collect::<BTreeSet<_>>(), kept);
        assert_eq!(verified(store).await, kept.len() as u64);
        assert_eq!(store.counter("Decision").await.unwrap(), kept.len() as u64);
    };
    whole(&store).await;
    let found = store.list(searching("Decision", reading(&["person:p7"], &[]), 0, 100)).await;
    assert!(found.is_ok(), "who only reads is not hindered: {found:?}");

    // When there is room again, it goes on, without being opened anew.
    store.draft_delete("wang", "one").await.unwrap();
    let (matter, write) = open("Decision");
    store.append(write).await.unwrap();
    kept.insert(matter);
    let store = Store::open(&url).await.unwrap();
    let (matter, write) = open("Decision");
    store.append(write).await.unwrap();
    kept.insert(matter);
    let matters = store.all_matters(None, 1000).await.unwrap();
    assert_eq!(matters.iter().map(|matter| matter.id).collect::<BTreeSet<_>>(), kept);
    assert_eq!(verified(&store).await, kept.len() as u64);
}

fn account() -> cityhall_store::Account {
    cityhall_store::Account {
        login: "wang".to_owned(),
        person: "p7".into(),
        hash: String::new(),
        language: "zh".to_owned(),
        created: at(0),
        disabled: false,
        failures: 0,
        locked_until: None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_goes_away_is_said_plainly_and_is_used_again_when_it_is_back() {
    let cluster = Cluster::start(Durable::Yes);
    let store = Store::open(&cluster.database()).await.unwrap();
    let (matter, write) = open("Decision");
    store.append(write).await.unwrap();
    cluster.crash();
    let (_, write) = open("Decision");
    let refused = store.append(write.clone()).await.unwrap_err();
    assert_eq!(lack(&refused), Some(Lack::Connection), "{refused}");
    let unread = store.matter(matter).await.unwrap_err();
    assert!(matches!(unread, Fault::Unavailable { lack: Lack::Connection, .. }), "{unread}");
    cluster.restart();
    assert!(store.matter(matter).await.unwrap().is_some(), "what was acknowledged is there");
    assert!(!store.append(write).await.unwrap().repeated);
    assert_eq!(verified(&store).await, 2);
}

#[tokio::test]
async fn a_record_that_cannot_be_opened_is_said_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    std::fs::write(&path, "this is no database ".repeat(100)).unwrap();
    let cases = [
        (format!("sqlite:{}", path.display()), Lack::Access),
        (format!("sqlite:{}/no/such/folder/record", folder.path().display()), Lack::Access),
        ("postgres://cityhall@%2Fno%2Fsuch%2Ffolder/office".to_owned(), Lack::Connection),
        ("postgres://cityhall@localhost:notaport/office".to_owned(), Lack::Address),
        ("mysql://localhost/office".to_owned(), Lack::Address),
        (String::new(), Lack::Address),
    ];
    for (url, expected) in cases {
        let fault = Store::open(&url).await.err().unwrap();
        assert!(matches!(&fault, Fault::Unavailable { lack, .. } if *lack == expected), "{url}: {fault:?}");
    }
}

#[tokio::test]
async fn a_record_held_by_another_process_is_said_plainly() {
    let office = Office::on_sqlite().await;
    let holder = rusqlite::Connection::open(office.url.strip_prefix("sqlite:").unwrap()).unwrap();
    let held = holder.unchecked_transaction().unwrap();
    held.pragma_update(None, "user_version", 1).unwrap();
    let (matter, write) = open("Decision");
    let refused = office.store.append(write.clone()).await.unwrap_err();
    assert_eq!(lack(&refused), Some(Lack::Lock), "{refused}");
    assert_eq!(office.store.matter(matter).await.unwrap(), None, "reading goes on");
    held.commit().unwrap();
    office.keep(write).await;
}

#[tokio::test]
async fn what_was_kept_without_waiting_is_on_the_disk_at_the_end() {
    let office = Office::on_sqlite().await;
    let path = office.url.strip_prefix("sqlite:").unwrap();
    let log = || std::fs::metadata(format!("{path}-wal")).unwrap().len();
    let kept = async {
        for _ in 0..20 {
            office.keep(open("Decision").1).await;
        }
        log()
    };
    let in_the_log = office.store.without_waiting(kept).await.unwrap();
    assert!(in_the_log > 0 && log() == 0, "all of it is in the record itself");
    let connection = rusqlite::Connection::open(path).unwrap();
    let whole: String = connection.pragma_query_value(None, "integrity_check", |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
    assert_eq!(verified(&office.store).await, 20);
    // From then on an act is on the disk before it is answered, as ever.
    office.keep(open("Decision").1).await;
    assert!(log() > 0);
    assert_eq!(verified(&Store::open(&office.url).await.unwrap()).await, 21);
}

#[tokio::test]
async fn what_could_not_be_carried_to_the_disk_is_said() {
    let office = Office::on_sqlite().await;
    office.keep(open("Decision").1).await;
    let reader = rusqlite::Connection::open(office.url.strip_prefix("sqlite:").unwrap()).unwrap();
    let reading = reader.unchecked_transaction().unwrap();
    let _seen: i64 = reading.pragma_query_value(None, "schema_version", |row| row.get(0)).unwrap();
    let held = office.store.without_waiting(office.keep(open("Decision").1)).await;
    assert!(matches!(held, Err(Fault::Unavailable { lack: Lack::Lock, .. })), "{:?}", held.err());
    drop(reading);
    assert_eq!(verified(&office.store).await, 2, "it is kept all the same");
}

#[tokio::test]
async fn a_record_of_a_newer_edition_is_left_alone() {
    let office = Office::on_sqlite().await;
    let connection = rusqlite::Connection::open(office.url.strip_prefix("sqlite:").unwrap()).unwrap();
    connection.execute_batch(include_str!("later_migration.sql")).unwrap();
    let fault = Store::open(&office.url).await.err().unwrap();
    assert!(matches!(fault, Fault::Unavailable { lack: Lack::Edition, .. }), "{fault:?}");
}

#[tokio::test]
async fn a_record_of_an_older_edition_has_the_same_desks() {
    let office = Office::on_sqlite().await;
    let (matter, write) = open("Decision");
    let due = Some(date(2019, 4, 9));
    let turns = ["post:acting_mayor", "post:mayor"].map(|role| Turn { due, ..turn("sign", role) });
    let projections = vec![Projection { turns: turns.to_vec(), ..projection(matter) }];
    office.keep(Write { projections, ..write }).await;
    let roles = ["post:acting_mayor", "post:mayor"].map(str::to_owned);
    let desk = office.store.desk(None, &roles, TODAY, None, 0, 10).await.unwrap();
    assert_eq!(desk.total, 1);
    let readers = office.store.readers_of(&[matter]).await.unwrap();
    assert!(!readers[&matter].is_empty());
    let connection = rusqlite::Connection::open(office.url.strip_prefix("sqlite:").unwrap()).unwrap();
    connection.execute_batch(include_str!("before_desks_alone.sql")).unwrap();
    let brought_up = Store::open(&office.url).await.unwrap();
    assert_eq!(brought_up.readers_of(&[matter]).await.unwrap(), readers);
    let reader = Readership { keys: readers[&matter][..1].to_vec(), whole_kinds: vec![] };
    let listed = brought_up.list(ListFilter { reader, limit: 10, ..ListFilter::default() }).await.unwrap();
    assert_eq!(listed.rows.iter().map(|row| row.matter).collect::<Vec<_>>(), [matter]);
    assert_eq!(brought_up.desk(None, &roles, TODAY, None, 0, 10).await.unwrap(), desk);
    let later = brought_up.desk(None, &roles[1..], TODAY, None, 0, 10).await.unwrap();
    assert_eq!(later.rows[0].role, "post:mayor");
}

#[tokio::test]
async fn the_database_itself_keeps_events_as_they_are() {
    let office = Office::on_sqlite().await;
    let (matter, write) = open("Decision");
    let kept = office.keep(write).await.events;
    let connection = rusqlite::Connection::open(office.url.strip_prefix("sqlite:").unwrap()).unwrap();
    for statement in [include_str!("altered.sql"), include_str!("removed.sql")] {
        let refused = connection.execute_batch(statement).unwrap_err();
        assert!(refused.to_string().contains("an event of the record is never"), "{refused}");
    }
    assert_eq!(office.store.events(matter).await.unwrap(), kept);

    let office = Office::on_postgres().await;
    let kept = {
        let (_, write) = open("Decision");
        office.keep(write).await.events
    };
    let (client, connection) = tokio_postgres::connect(&office.url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    for statement in [include_str!("altered.sql"), include_str!("removed.sql")] {
        let refused = client.batch_execute(statement).await.unwrap_err();
        let said = refused.as_db_error().unwrap().message();
        assert!(said.contains("an event of the record is never"), "{said}");
    }
    assert_eq!(office.store.events(kept[0].act.matter).await.unwrap(), kept);
}
