//! Fills the record with matters, open ones and closed ones, each opened and closed by somebody whose step that is.

use super::{
    city::{City, Wish},
    course::text,
};
use anyhow::{Context, Result};
use facts::{BodyId, MatterId, MatterNumber};
use jiff::ToSpan;
use rules::engine::Command;
use serde_json::json;
use std::sync::Arc;

/// Commands under way at the same time: they share commits.
const AT_ONCE: usize = 64;

/// Months over which closed matters are spread.
const MONTHS: usize = 60;

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

/// Opens and closes so many matters, over five years; the clock stands after them then.
pub async fn fill_closed(city: &City, matters: usize) -> Result<()> {
    if matters == 0 {
        return Ok(());
    }
    let bodies: Arc<Vec<BodyId>> = Arc::new(city.bodies());
    for month in 0..MONTHS {
        city.day(&format!("{}-{:02}-15", 2019 + (month + 5) / 12, (month + 5) % 12 + 1))?;
        let of_month = month * matters / MONTHS..(month + 1) * matters / MONTHS;
        let share = |first| withdrawn(city.clone(), bodies.clone(), of_month.clone().skip(first).step_by(AT_ONCE));
        let tasks: Vec<_> = (0..AT_ONCE).map(|first| tokio::spawn(share(first))).collect();
        for task in tasks {
            task.await??;
        }
    }
    city.day(&format!("{}-06-03", 2019 + MONTHS / 12))
}

/// Topics that are proposed and withdrawn again.
async fn withdrawn(city: City, bodies: Arc<Vec<BodyId>>, share: impl Iterator<Item = usize>) -> Result<()> {
    for n in share {
        let sponsor = bodies.get(n % bodies.len()).context("the city has no bodies")?;
        let events = city.carry_out(topic(&city, sponsor, n).await?).await?;
        let id = events.first().context("nothing was recorded")?.act.matter;
        let person = city.at("staff", sponsor.as_str())?;
        let withdraw = Wish::to("withdraw", json!({ "reasons": text(1) }));
        city.carry_out(city.step("Topic", id, &person, withdraw).await?).await?;
    }
    Ok(())
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
    let due = city.office.today().saturating_add((10 + (n % 200) as i64).days());
    let with = json!({
        "title": format!("Task {n} of the ledger"), "source": "work_report", "instruction": text(1),
        "lead": lead.as_str(), "due": due.to_string(),
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
