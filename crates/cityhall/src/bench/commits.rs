//! Steps kept durably a second, beside the bare database's rate of two rows a commit.
//!
//! The disk of a shared machine is not the same from one second to the next: every measurement stands
//! between two of the bare rate and is put beside their mean, and the middle round counts. Where the bare
//! rate itself was not steady, nothing is judged by it.

use super::{
    city::{City, Wish},
    course::text,
    figures::{Aims, Times, heading, line, spread},
    matters::Filled,
    place::Place,
};
use crate::output::say;
use anyhow::{Result, bail, ensure};
use facts::{CommandId, MatterId, MatterNumber};
use rules::engine::{Command, Target, turns};
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use store::Bare;
use uuid::Uuid;

const ROUNDS: u32 = 5;
/// By a bare rate that went up and down by more than this nothing is judged.
const STEADY: f64 = 1.5;
/// Writers at once, and the part of the bare rate that they are to reach.
const WRITERS: [(usize, f64); 2] = [(1, 0.5), (16, 1.0)];

/// The steps that are taken, in turns, each on the next matter of its kind.
struct Steps {
    tasks: Vec<MatterId>,
    decisions: Vec<MatterId>,
    urge: Command,
    qualify: Command,
    next: AtomicUsize,
}

/// Rates of the rounds, and what each step took.
#[derive(Default)]
struct Measured {
    rates: Vec<f64>,
    /// Each rate in parts of the bare one around it.
    ratios: Vec<f64>,
    took: Times,
}

pub async fn measure(city: &City, place: &Place, filled: &Filled, seconds: u32, aims: &mut Aims) -> Result<()> {
    let span = Duration::from_secs(seconds.into()) / ROUNDS;
    let steps = Arc::new(Steps::of(city, filled).await?);
    let mut database = Bare::create(place.folder())?;
    let (mut bare, mut ours) = (Measured::default(), [Measured::default(), Measured::default()]);
    // Until its log has its length, a database is slower: the record has it by now.
    database.commit_for(span)?;
    let mut before = bare.bare(&mut database, span)?;
    for _ in 0..ROUNDS {
        for (measured, (writers, _)) in ours.iter_mut().zip(WRITERS) {
            let rate = measured.add(together(city, &steps, writers, span).await?, writers);
            let after = bare.bare(&mut database, span)?;
            measured.ratios.push(rate * 2.0 / (before + after));
            before = after;
        }
    }
    heading(format_args!(
        "3. Steps kept durably, synchronous=FULL; {ROUNDS} rounds of {} s, each between two bare ones",
        span.as_secs_f32()
    ));
    let (least, middle, most) = spread(&bare.rates);
    let steady = most <= least * STEADY;
    say(format_args!(
        "  {:<58} {middle:.0} a second, from {least:.0} to {most:.0}",
        "bare: two rows a transaction, one writer"
    ));
    line("", &bare.took, "");
    for (measured, (writers, aim)) in ours.iter().zip(WRITERS) {
        let (_, rate, _) = spread(&measured.rates);
        let (least, ratio, most) = spread(&measured.ratios);
        let figure = format!("{rate:.0} a second, x{ratio:.2} of bare, from x{least:.2} to x{most:.2}");
        let what = format!("steps through the door, {writers} at once");
        match steady {
            true => aims.reach(&what, figure, ratio, aim, "bare"),
            false => aims.not_judged(&what, figure, ratio, "the bare rate was not steady: measure again"),
        }
        line("", &measured.took, "");
    }
    phases(city, &steps).await
}

impl Measured {
    /// The rate of one round, of writers who wait for nothing but the answer: to make a command ready is theirs.
    fn add(&mut self, took: Vec<Duration>, writers: usize) -> f64 {
        let rate = (writers * took.len()) as f64 / took.iter().sum::<Duration>().as_secs_f64();
        self.rates.push(rate);
        self.took.extend(took);
        rate
    }

    fn bare(&mut self, database: &mut Bare, span: Duration) -> Result<f64> {
        Ok(self.add(database.commit_for(span)?, 1))
    }
}

async fn together(city: &City, steps: &Arc<Steps>, writers: usize, span: Duration) -> Result<Vec<Duration>> {
    let writers: Vec<_> = (0..writers).map(|_| tokio::spawn(writer(city.clone(), steps.clone(), span))).collect();
    let mut took = vec![];
    for writer in writers {
        took.extend(writer.await??);
    }
    Ok(took)
}

async fn writer(city: City, steps: Arc<Steps>, span: Duration) -> Result<Vec<Duration>> {
    let begun = Instant::now();
    let mut took = vec![];
    while begun.elapsed() < span {
        let (command, _) = steps.next();
        let now = Instant::now();
        city.carry_out(command).await?;
        took.push(now.elapsed());
    }
    Ok(took)
}

impl Steps {
    /// Urging a task of the ledger, and the findings on a decision, both by the General Office.
    async fn of(city: &City, filled: &Filled) -> Result<Steps> {
        let person = city.at("staff", "general_office")?;
        let ids = |matters: &[(MatterId, MatterNumber)]| matters.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        let (tasks, decisions) = (ids(&filled.tasks), ids(&filled.decisions));
        let (Some(task), Some(decision)) = (tasks.first(), decisions.first()) else {
            bail!("there are too few matters")
        };
        let urging = json!({ "tool": "verification", "urging": text(1) });
        let findings = json!({
            "vital_interest": true, "widely_known": true, "confidential": false, "stability_risk": false,
            "technical": false, "urgent": false, "publication_waived": false, "regions": ["zhongshan"],
        });
        let urge = city.step("Task", *task, &person, Wish::to("urge", urging)).await?;
        let qualify = city.step("Decision", *decision, &person, Wish::to("qualify", findings)).await?;
        Ok(Steps { tasks, decisions, urge, qualify, next: AtomicUsize::new(0) })
    }

    fn next(&self) -> (Command, MatterId) {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        let (step, matters) =
            if n.is_multiple_of(2) { (&self.urge, &self.tasks) } else { (&self.qualify, &self.decisions) };
        let id = matters[n / 2 % matters.len()];
        (Command { id: CommandId::new(Uuid::now_v7()), target: Target::Existing(id), ..step.clone() }, id)
    }
}

/// The parts of a step that can be had alone, one after the other.
async fn phases(city: &City, steps: &Steps) -> Result<()> {
    let office = &city.office;
    let (mut gather, mut decide, mut derive, mut version) =
        (Times::default(), Times::default(), Times::default(), Times::default());
    for _ in 0..200 {
        let (command, id) = steps.next();
        version.time_of(office.store().directory_version()).await?;
        let gathered = gather.time_of(office.gather(&[id])).await?;
        let decided = decide.time(|| rules::engine::decide(&gathered.edition, gathered.circumstances(), &command));
        ensure!(decided.is_ok(), "the step should be lawful");
        derive.time(|| turns(&gathered.edition, gathered.circumstances(), id));
    }
    line("  of it, alone: one question of the record", &version, "");
    line("  of it, alone: gather", &gather, "");
    line("  of it, alone: decide", &decide, "");
    line("  of it, alone: turns and readers derived", &derive, "");
    Ok(())
}
