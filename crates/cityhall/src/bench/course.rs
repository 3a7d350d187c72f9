//! The matters that questions are asked of: a decision on its way to the legality review, and a topic
//! that names a decision and stands on the agenda of a meeting.

use super::city::{City, SPONSOR, Wish};
use anyhow::{Context, Result};
use facts::{MatterId, PersonId};
use office::{Gathered, Store};
use rules::engine::Command;
use serde_json::json;

/// A matter, somebody, and the step that this person may take on it now.
pub struct Question {
    pub what: &'static str,
    pub gathered: Gathered,
    pub matter: MatterId,
    pub person: PersonId,
    pub step: &'static str,
    /// The act that takes the step, or carries it.
    pub act: Command,
}

/// The two matters that are measured, with what stood when the question was asked.
pub struct Course {
    pub decision: Question,
    pub topic: Question,
}

/// Plays the course; it ends where the topic waits to be admitted.
pub async fn play(city: &City) -> Result<Course> {
    let decision = prepare(city).await?;
    city.day("2019-05-13")?;
    let review = review(city, decision).await?;
    finish(city, decision, &review).await?;
    let topic = topic(city, decision).await?;
    Ok(Course { decision: review, topic })
}

/// A decision up to the opening of public comment.
async fn prepare(city: &City) -> Result<MatterId> {
    let sponsor = city.at("staff", SPONSOR)?;
    let general_office = city.at("staff", "general_office")?;
    let wish = Wish::to(
        "propose",
        json!({ "title": "Fares of the metro", "sponsor": SPONSOR, "draft": text(40), "grounds": text(20) }),
    );
    let opening = city.opening("Decision", &sponsor, wish).await?;
    let id = city.carry_out(opening).await?.first().context("nothing was recorded")?.act.matter;
    let findings = json!({
        "vital_interest": true, "widely_known": true, "confidential": false, "stability_risk": true,
        "technical": false, "urgent": false, "publication_waived": false,
        "concerned": ["finance", "development"], "regions": ["zhongshan"],
    });
    let five = json!({
        "lawfulness": text(3), "necessity": text(3), "soundness": text(3), "feasibility": text(3),
        "controllability": text(3),
    });
    let risk = json!({ "risk_report": text(5) });
    let views = json!({ "hearing_form": "forum", "hearing_record": text(5) });
    for (person, wish) in [
        (&general_office, Wish::to("qualify", findings)),
        (&sponsor, Wish::to("assess", five)),
        (&sponsor, Wish::to("publish_draft", json!({ "comments_to": text(1) }))),
        (&city.at("head", "finance")?, Wish::to("consult", json!({})).outcome("agree")),
        (&city.at("head", "development")?, Wish::to("consult", json!({})).outcome("agree")),
        (&city.at("head", "zhongshan")?, Wish::to("hear_regions", json!({})).outcome("agree")),
        (&sponsor, Wish::to("assess_risk", risk).outcome("controllable")),
        (&sponsor, Wish::to("hear_views", views)),
    ] {
        city.carry_out(city.step("Decision", id, person, wish).await?).await?;
    }
    Ok(id)
}

/// The decision as the legality review finds it.
async fn review(city: &City, id: MatterId) -> Result<Question> {
    let sponsor = city.at("staff", SPONSOR)?;
    let account = json!({ "comment_count": 318, "comment_summary": text(10) });
    for wish in [Wish::to("close_comments", account), Wish::to("request_review", json!({}))] {
        city.carry_out(city.step("Decision", id, &sponsor, wish).await?).await?;
    }
    let person = city.at("staff", "justice_bureau")?;
    let wish = Wish::to("review_legality", json!({ "legal_opinion": text(10) })).outcome("lawful");
    let act = city.step("Decision", id, &person, wish).await?;
    let gathered = city.office.gather(&[id]).await?;
    let step = "review_legality";
    Ok(Question { what: "a decision, review of legality", gathered, matter: id, person, step, act })
}

async fn finish(city: &City, id: MatterId, review: &Question) -> Result<()> {
    city.carry_out(review.act.clone()).await?;
    let head = city.at("head", SPONSOR)?;
    for step in ["sign_off", "submit"] {
        city.carry_out(city.step("Decision", id, &head, Wish::to(step, json!({}))).await?).await?;
    }
    Ok(())
}

/// A topic on the decision, placed on the agenda of an executive meeting.
async fn topic(city: &City, decision: MatterId) -> Result<Question> {
    let sponsor = city.at("staff", SPONSOR)?;
    let person = city.at("staff", "general_office")?;
    let wish = Wish::to(
        "propose",
        json!({
            "title": "Fares of the metro", "sponsor": SPONSOR, "route": "executive", "matter_type": "social_affairs",
            "category": "requests", "summary": text(2), "decision": decision.to_string(),
        }),
    );
    let opening = city.opening("Topic", &sponsor, wish).await?;
    let id = city.carry_out(opening).await?.first().context("nothing was recorded")?.act.matter;
    let papers = Wish::to("hand_in", json!({ "papers": text(20), "consulted": ["finance"], "views": text(5) }));
    let accepted = json!({ "matter_type": "social_affairs", "category": "requests", "major": true });
    city.carry_out(city.step("Topic", id, &sponsor, papers).await?).await?;
    let check = Wish::to("check_papers", accepted).outcome("accept");
    city.carry_out(city.step("Topic", id, &person, check).await?).await?;
    let meeting = meeting(city, id).await?;
    let act = city.step("Executive", meeting, &person, Wish::to("notify", json!({}))).await?;
    let gathered = city.office.gather(&[meeting, id]).await?;
    let step = "admit";
    Ok(Question { what: "a topic of a decision on an agenda, admission", gathered, matter: id, person, step, act })
}

/// An executive meeting with the topic on its approved agenda.
async fn meeting(city: &City, topic: MatterId) -> Result<MatterId> {
    let person = city.at("staff", "general_office")?;
    let wish = Wish::to("convene", json!({ "title": "43rd executive meeting", "day": "2019-05-24" }));
    let opening = city.opening("Executive", &person, wish).await?;
    let id = city.carry_out(opening).await?.first().context("nothing was recorded")?.act.matter;
    for leader in asked(city.office.store(), city, id).await? {
        let wish = Wish { each: Some(leader.to_string()), ..Wish::to("solicit", json!({})).outcome("none") };
        city.carry_out(city.step("Executive", id, &person, wish).await?).await?;
    }
    let agenda = Wish::to("collect", json!({ "agenda": [topic.to_string()] }));
    let approve = |step| Wish::to(step, json!({})).outcome("approve");
    let secretary_general = city.in_post("secretary_general")?;
    let sit_ins = Wish::to("propose_sit_ins", json!({ "sit_ins": [SPONSOR] }));
    for (person, wish) in [
        (&person, agenda),
        (&secretary_general, approve("review_agenda")),
        (&city.in_post("mayor")?, approve("approve_agenda")),
        (&person, sit_ins),
        (&secretary_general, approve("approve_sit_ins")),
    ] {
        city.carry_out(city.step("Executive", id, person, wish).await?).await?;
    }
    Ok(id)
}

/// The leaders whose answer a meeting waits for.
async fn asked(store: &Store, city: &City, meeting: MatterId) -> Result<Vec<PersonId>> {
    let turns = store.turns_of(&[meeting]).await?.remove(&meeting).unwrap_or_default();
    let asked =
        |person: &&PersonId| turns.iter().any(|turn| turn.each == Some(facts::Value::Person((*person).clone())));
    Ok(city.people().filter(asked).cloned().collect())
}

/// So many sentences.
pub fn text(sentences: usize) -> String {
    "Fares rise by one yuan on the first of August, 公交票价随之调整。 ".repeat(sentences)
}
