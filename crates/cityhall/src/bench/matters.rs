//! Fills the record with open matters, each opened by somebody whose step that is.

use super::{
    city::{City, Wish},
    course::text,
};
use anyhow::{Context, Result};
use facts::{BodyId, MatterId, MatterNumber};
use rules::engine::Command;
use serde_json::json;
use std::sync::Arc;

/// Commands under way at the same time: they share commits.
const AT_ONCE: usize = 64;

/// The matters by kind, in the order in which they were opened.
#[derive(Default)]
pub struct Filled {
    pub tasks: Vec<(MatterId, MatterNumber)>,
    pub decisions: Vec<(MatterId, MatterNumber)>,
    pub topics: Vec<(MatterId, MatterNumber)>,
}

/// Opens so many matters: of ten, six tasks of the ledger, two decisions, two topics.
pub async fn fill(city: &City, matters: usize) -> Result<Filled> {
    let bodies: Arc<Vec<BodyId>> = Arc::new(city.bodies());
    let tasks: Vec<_> =
        (0..AT_ONCE).map(|first| tokio::spawn(share(city.clone(), bodies.clone(), first, matters))).collect();
    let mut filled = Filled::default();
    for task in tasks {
        let share = task.await??;
        filled.tasks.extend(share.tasks);
        filled.decisions.extend(share.decisions);
        filled.topics.extend(share.topics);
    }
    Ok(filled)
}

async fn share(city: City, bodies: Arc<Vec<BodyId>>, first: usize, matters: usize) -> Result<Filled> {
    let mut filled = Filled::default();
    for n in (first..matters).step_by(AT_ONCE) {
        let body = bodies.get(n % bodies.len()).context("the city has no bodies")?;
        let (command, list) = match n % 10 {
            0..6 => (task(&city, body, n).await?, &mut filled.tasks),
            6..8 => (decision(&city, body, n).await?, &mut filled.decisions),
            _ => (topic(&city, body, n).await?, &mut filled.topics),
        };
        let events = city.carry_out(command).await?;
        let opened = events.first().context("nothing was recorded")?;
        let number = opened.number.clone().context("the matter has no number")?;
        list.push((opened.act.matter, number));
    }
    Ok(filled)
}

async fn task(city: &City, lead: &BodyId, n: usize) -> Result<Command> {
    let day = 1 + n % 28;
    let with = json!({
        "title": format!("Task {n} of the ledger"), "source": "work_report", "instruction": text(1),
        "lead": lead.as_str(), "due": format!("2019-{:02}-{day:02}", 6 + n % 7),
    });
    city.opening("Task", &city.at("staff", "general_office")?, Wish::to("enter", with)).await
}

async fn decision(city: &City, sponsor: &BodyId, n: usize) -> Result<Command> {
    let with = json!({
        "title": format!("Decision {n}"), "sponsor": sponsor.as_str(), "draft": text(20), "grounds": text(5),
    });
    city.opening("Decision", &city.at("staff", sponsor.as_str())?, Wish::to("propose", with)).await
}

async fn topic(city: &City, sponsor: &BodyId, n: usize) -> Result<Command> {
    let with = json!({
        "title": format!("Topic {n}"), "sponsor": sponsor.as_str(), "route": "executive",
        "matter_type": "social_affairs", "category": "requests", "summary": text(2),
    });
    city.opening("Topic", &city.at("staff", sponsor.as_str())?, Wish::to("propose", with)).await
}
