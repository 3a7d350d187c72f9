//! How many acts a second are kept durably, beside what the bare database does in the same run.
//!
//! `cargo run --release -p cityhall-store --example rates [seconds]`; the folder of the temporary
//! files (`TMPDIR`) is the disk that is measured. With `postgres` as second argument on PostgreSQL too.

#![expect(clippy::unwrap_used, reason = "a measurement stops at the first fault")]
#![expect(clippy::print_stdout, reason = "the figures are for whoever runs it")]

#[path = "../tests/contract/cluster.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod cluster;
#[path = "../tests/contract/sample.rs"]
mod sample;

use cityhall_store::{Bare, Store, Write};
use facts::MatterId;
use std::time::{Duration, Instant};

/// What each commit took, and in which time they were all made.
#[derive(Default)]
struct Measured {
    took: Vec<Duration>,
    span: Duration,
}

/// The disk of a shared machine is not the same from one second to the next, so the measurements
/// take turns.
const ROUNDS: u32 = 5;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let seconds: u64 = arguments.next().map_or(10, |text| text.parse().unwrap());
    let span = Duration::from_secs(seconds) / ROUNDS;
    let folder = tempfile::tempdir().unwrap();
    let mut database = Bare::create(folder.path()).unwrap();
    let embedded = Store::open(&format!("sqlite:{}", folder.path().join("record").display())).await.unwrap();
    let mut stores = vec![("SQLite", embedded)];
    let cluster =
        (arguments.next().as_deref() == Some("postgres")).then(|| cluster::Cluster::start(cluster::Durable::Yes));
    if let Some(cluster) = &cluster {
        stores.push(("PostgreSQL", Store::open(&cluster.database()).await.unwrap()));
    }
    let mut alone = Measured::default();
    let mut measured: Vec<(String, Measured)> = vec![];
    for round in 0..ROUNDS {
        bare(&mut database, span, &mut alone);
        let kinds = stores.iter().flat_map(|store| [1, 16].map(|writers| (store, writers)));
        for (n, ((name, store), writers)) in kinds.enumerate() {
            if round == 0 {
                measured.push((format!("ours on {name}, {writers} at once"), Measured::default()));
            }
            ours(store, writers, span, &mut measured[n].1).await;
        }
    }
    let bare = alone.rate();
    alone.say("bare SQLite, two rows a commit", bare);
    for (what, measured) in &mut measured {
        measured.say(what, bare);
    }
}

impl Measured {
    fn rate(&self) -> f64 {
        self.took.len() as f64 / self.span.as_secs_f64()
    }

    /// Prints the rate, its ratio to the bare one and what one commit took.
    fn say(&mut self, what: &str, bare: f64) {
        self.took.sort();
        let part = |part: f64| self.took[((self.took.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
        let (rate, middle, slow) = (self.rate(), part(0.5), part(0.99));
        println!("{what:34} {rate:8.0}/s  x{:5.2}  p50 {middle:6.2} ms  p99 {slow:6.2} ms", rate / bare);
    }
}

fn bare(database: &mut Bare, span: Duration, measured: &mut Measured) {
    let begun = Instant::now();
    measured.took.extend(database.commit_for(span).unwrap());
    measured.span += begun.elapsed();
}

/// Each writer takes one step after the other on a matter of its own, opening a new one after eight.
async fn ours(store: &Store, writers: usize, span: Duration, measured: &mut Measured) {
    let begun = Instant::now();
    let tasks: Vec<_> = (0..writers).map(|_| tokio::spawn(one_writer(store.clone(), span))).collect();
    for task in tasks {
        measured.took.extend(task.await.unwrap());
    }
    measured.span += begun.elapsed();
}

async fn one_writer(store: Store, span: Duration) -> Vec<Duration> {
    let begun = Instant::now();
    let mut took = vec![];
    let mut matter: Option<(MatterId, u32)> = None;
    while begun.elapsed() < span {
        let (id, version, write) = match matter {
            Some((id, version)) if version < 8 => (id, version, sample::step(id, "Decision", "review", version)),
            _ => {
                let (id, write) = sample::open("Decision");
                (id, 0, write)
            }
        };
        let mut projection = sample::projection(id);
        projection.turns[0].due = Some(sample::TODAY.saturating_add(jiff::Span::new().days(i64::from(version))));
        let write = Write { projections: vec![projection], outbox: vec![sample::item(0)], ..write };
        let now = Instant::now();
        store.append(write).await.unwrap();
        took.push(now.elapsed());
        matter = Some((id, version + 1));
    }
    took
}
