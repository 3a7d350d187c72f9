//! Steps kept durably a second, beside the bare database's rate of two rows a commit.
//!
//! The disk of a shared machine is not the same from one second to the next, so the measurements take
//! turns, and the middle round counts.

use super::{
    city::{City, Wish},
    course::text,
    figures::{Times, heading, line, median},
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
/// Writers at once, and the aim for the ratio of their rate to the bare one.
const WRITERS: [(usize, &str); 2] = [(1, "aim >= 0.5 of bare"), (16, "aim >= 1.0 of bare")];

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
    took: Times,
}

pub async fn measure(city: &City, place: &Place, filled: &Filled, seconds: u32) -> Result<()> {
    let span = Duration::from_secs(seconds.into()) / ROUNDS;
    let steps = Arc::new(Steps::of(city, filled).await?);
    let mut database = Bare::create(place.folder())?;
    let (mut bare, mut ours) = (Measured::default(), [Measured::default(), Measured::default()]);
    for _ in 0..ROUNDS {
        for (measured, (writers, _)) in ours.iter_mut().zip(WRITERS) {
            let begun = Instant::now();
            bare.add(database.commit_for(span)?, begun.elapsed());
            let begun = Instant::now();
            measured.add(together(city, &steps, writers, span).await?, begun.elapsed());
        }
    }
    heading(format_args!("3. Steps kept durably; {ROUNDS} rounds of {} s each, taking turns", span.as_secs_f32()));
    let rate = median(&bare.rates);
    bare.say("bare: two rows a commit, one writer", rate, "");
    for (measured, (writers, aim)) in ours.iter().zip(WRITERS) {
        measured.say(&format!("steps through the door, {writers} at once"), rate, aim);
    }
    phases(city, &steps).await
}

impl Measured {
    fn add(&mut self, took: Vec<Duration>, span: Duration) {
        self.rates.push(took.len() as f64 / span.as_secs_f64());
        self.took.extend(took);
    }

    fn say(&self, what: &str, bare: f64, aim: &str) {
        let rate = median(&self.rates);
        say(format_args!("  {what:<58} {rate:>8.0} a second, x{:.2} of bare  {aim}", rate / bare));
        line("", &self.took, None, "");
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
    line("  of it, alone: one question of the record", &version, None, "");
    line("  of it, alone: gather", &gather, None, "");
    line("  of it, alone: decide", &decide, None, "");
    line("  of it, alone: turns and readers derived", &derive, None, "");
    Ok(())
}
