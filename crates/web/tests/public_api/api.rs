//! The JSON interface: granted, refused, malformed, stale, repeated, unknown, without a token.

use crate::hall::Hall;
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use serde_json::{Value, json};

const PROBLEM: &str = "application/problem+json";

async fn decision(hall: &Hall) -> String {
    let clerk = hall.program("ecology_clerk").await;
    let with = json!({ "title": "Sorting of waste", "sponsor": "ecology", "draft": "Text.", "grounds": "Law." });
    let opened = clerk.act("/api/v1/kinds/Decision/propose", json!({ "with": with })).await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text);
    let number = opened.json()["number"].as_str().unwrap().to_owned();
    assert_eq!(opened.header(header::LOCATION), format!("/api/v1/matters/{number}"));
    number
}

fn qualities() -> Value {
    json!({ "vital_interest": true, "widely_known": false, "confidential": false, "stability_risk": false,
        "technical": false, "urgent": false, "publication_waived": false, "concerned": ["finance"], "regions": ["jinzhou"] })
}

pub async fn published_draft(hall: &Hall) -> String {
    let number = decision(hall).await;
    let office = hall.program("general_office_clerk").await;
    let qualified = office.act(&format!("/api/v1/matters/{number}/qualify"), json!({ "with": qualities() })).await;
    assert_eq!(qualified.status, StatusCode::OK, "{}", qualified.text);
    let clerk = hall.program("ecology_clerk").await;
    let with = json!({ "lawfulness": "L.", "necessity": "N.", "soundness": "S.", "feasibility": "F.", "controllability": "C." });
    let assessed = clerk.act(&format!("/api/v1/matters/{number}/assess"), json!({ "with": with })).await;
    assert_eq!(assessed.status, StatusCode::OK, "{}", assessed.text);
    let published = json!({ "with": { "comments_to": "By letter to the sponsor." } });
    let published = clerk.act(&format!("/api/v1/matters/{number}/publish_draft"), published).await;
    assert_eq!(published.status, StatusCode::OK, "{}", published.text);
    number
}

#[tokio::test]
async fn what_a_page_shows_a_program_reads() {
    let hall = Hall::open().await;
    let number = decision(&hall).await;
    let clerk = hall.program("ecology_clerk").await;
    let whole = clerk.get(&format!("/api/v1/matters/{number}")).await.json();
    assert_eq!((&whole["number"], &whole["kind"]), (&json!(number), &json!("Decision")));
    assert_eq!(whole["fields"]["title"], json!({ "text": "Sorting of waste" }), "{whole}");
    let list = clerk.get("/api/v1/matters?kind=Decision&state=open&q=waste&from=2019-01-01&until=2019-12-31").await;
    assert_eq!((&list.json()["total"], &list.json()["rows"][0]["number"]), (&json!(1), &json!(number)));
    assert_eq!(clerk.get("/api/v1/matters?state=closed").await.json()["total"], 0);
    let acted = clerk.get("/api/v1/matters?person=ecology_clerk&kind=Decision").await.json();
    assert_eq!((&acted["total"], &acted["rows"][0]["number"]), (&json!(1), &json!(number)));
    assert_eq!(clerk.get("/api/v1/matters?person=mayor&kind=Decision").await.json()["total"], 0);
    assert_eq!(clerk.get("/api/v1/search?q=waste").await.json()["total"], 1);
    for blank in ["", "?q=", "?q=%20%20"] {
        assert_eq!(clerk.get(&format!("/api/v1/search{blank}")).await.json()["total"], 0, "{blank:?}");
    }
    let desk = hall.program("general_office_clerk").await.get("/api/v1/desk").await.json();
    let duty = desk["rows"].as_array().unwrap().iter().find(|duty| duty["number"] == json!(number));
    assert_eq!(duty.expect("it waits there")["step"], "qualify", "{desk}");
    let openings = clerk.get("/api/v1/openings").await.json();
    let hrefs: Vec<&str> = openings.as_array().unwrap().iter().filter_map(|one| one["href"].as_str()).collect();
    assert!(hrefs.contains(&"/api/v1/kinds/Decision/propose"), "{hrefs:?}");
}

#[tokio::test]
async fn a_refusal_names_article_text_missing_who_and_earliest() {
    let hall = Hall::open().await;
    let number = published_draft(&hall).await;
    let clerk = hall.program("ecology_clerk").await;
    let with = json!({ "comment_count": 3, "comment_summary": "Three." });
    let early = clerk.act(&format!("/api/v1/matters/{number}/close_comments"), json!({ "with": with })).await;
    assert_eq!((early.status, early.header(header::CONTENT_TYPE)), (StatusCode::UNPROCESSABLE_ENTITY, PROBLEM));
    let problem = early.json();
    assert_eq!((&problem["type"], &problem["status"]), (&json!("refused"), &json!(422)));
    let reason = |problem: &Value, fits: &dyn Fn(&Value) -> bool| {
        problem["reasons"]
            .as_array()
            .unwrap()
            .iter()
            .find(|reason| fits(reason))
            .cloned()
            .expect("there is such a reason")
    };
    let waits =
        reason(&problem, &|reason| reason["earliest_on"] == "2019-05-24" || reason["earliest_on"] == "2019-05-23");
    assert!(waits["articles"].as_array().unwrap().iter().any(|article| article["article"] == "26"), "{waits}");
    assert!(!waits["quotes"][0]["sentence"].as_str().unwrap().is_empty());
    let lacking = clerk.act(&format!("/api/v1/matters/{number}/request_review"), json!({})).await.json();
    let lacks = reason(&lacking, &|reason| !reason["missing"].as_array().unwrap().is_empty());
    assert!(
        lacks["missing"].as_array().unwrap().iter().any(|one| !one["who"].as_array().unwrap().is_empty()),
        "{lacks}"
    );
    let chinese = hall.program("mayor").await.reading("zh-CN");
    let other = chinese.act(&format!("/api/v1/matters/{number}/assess"), json!({})).await.json();
    assert!(other["title"].as_str().unwrap().chars().any(|c| c > '\u{2E80}'), "{other}");
    let english = chinese.act(&format!("/api/v1/matters/{number}/assess?lang=en"), json!({})).await.json();
    assert_eq!(english["title"], "Not lawful now");
}

#[tokio::test]
async fn what_cannot_be_read_is_answered_with_a_sentence() {
    let hall = Hall::open().await;
    let clerk = hall.program("ecology_clerk").await;
    let open = "/api/v1/kinds/Decision/propose";
    let bodies =
        ["{", "[]", "7", "{\"whit\": {}}", "{\"command\": \"1\"}", "{\"seen\": -1}", "\u{0}", "{\"with\": []}"];
    for body in bodies {
        let got = clerk.raw(Method::POST, open, body.to_owned()).await;
        assert_eq!((got.status, got.header(header::CONTENT_TYPE)), (StatusCode::BAD_REQUEST, PROBLEM), "{body}");
        assert_eq!(got.json()["type"], "malformed");
        assert!(got.json()["detail"].as_str().unwrap().ends_with("send it again."), "{}", got.text);
    }
    let nearest = clerk.raw(Method::POST, open, "{\"whit\": {}}".to_owned()).await;
    assert!(nearest.text.contains("whit"), "{}", nearest.text);
    let large = clerk.raw(Method::POST, open, format!("{{\"late\": \"{}\"}}", "x".repeat(5_000_000))).await;
    assert_eq!((large.status, large.header(header::CONTENT_TYPE)), (StatusCode::PAYLOAD_TOO_LARGE, PROBLEM));
    let misfit = clerk.act(open, json!({ "with": { "title": 7, "sponsor": "moon", "nonsense": true } })).await;
    assert_eq!((misfit.status, misfit.header(header::CONTENT_TYPE)), (StatusCode::UNPROCESSABLE_ENTITY, PROBLEM));
    for (path, near) in [("/api/v1/kinds/Decison/propose", "Decision"), ("/api/v1/kinds/Decision/propse", "")] {
        let got = clerk.act(path, json!({})).await;
        assert!(got.status.is_client_error() && got.header(header::CONTENT_TYPE) == PROBLEM, "{}", got.text);
        assert!(got.text.contains(near), "{}", got.text);
    }
    for query in ["?kind=Decison", "?state=ajar", "?from=soon", "?order=odd", "?person=ecology_clark"] {
        let got = clerk.get(&format!("/api/v1/matters{query}")).await;
        assert_eq!((got.status, got.header(header::CONTENT_TYPE)), (StatusCode::BAD_REQUEST, PROBLEM), "{query}");
    }
    let elsewhere = clerk.get("/api/v1/nothing").await;
    assert_eq!((elsewhere.status, elsewhere.header(header::CONTENT_TYPE)), (StatusCode::NOT_FOUND, PROBLEM));
    let method = clerk.raw(Method::PUT, open, String::new()).await;
    assert_eq!((method.status, method.header(header::CONTENT_TYPE)), (StatusCode::METHOD_NOT_ALLOWED, PROBLEM));
}

/// The fields that an answer finds at fault, with the sentences.
fn at_fault(problem: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let fields = problem["fields"].as_array().cloned().unwrap_or_default();
    fields.iter().map(|one| (text(&one["field"]), text(&one["detail"]))).collect()
}

#[tokio::test]
async fn json_is_understood_wholly_or_not_at_all() {
    let hall = Hall::open().await;
    let clerk = hall.program("ecology_clerk").await;
    let open = "/api/v1/kinds/Decision/propose";
    let with = "\"title\": \"T\", \"sponsor\": \"ecology\", \"draft\": \"D\", \"grounds\": \"G\"";
    let cases = [
        (format!("{{\"with\": {{{with}, \"draft\": \"E\"}}}}"), 400, "draft", "“draft” is said twice"),
        (format!("{{\"seen\": 1, \"seen\": 1, \"with\": {{{with}}}}}"), 400, "seen", "“seen” is said twice"),
        ("{\"outcome\": 1}".to_owned(), 400, "outcome", "“outcome” has to be a text"),
        ("{\"command\": \"1\"}".to_owned(), 400, "command", "in the form of a UUID"),
        ("{\"seen\": -1}".to_owned(), 400, "seen", "a whole number from 0"),
        ("{\"seen\": 7}".to_owned(), 422, "seen", "the matter has only come to version 0"),
        ("{\"with\": {\"title\": 7}}".to_owned(), 422, "title", "a text is asked for, a number was sent"),
        ("{\"with\": {\"title\": \"A\\nB\"}}".to_owned(), 422, "title", "take the line breaks out"),
        ("{\"with\": {\"title\": \"A\\u2028B\"}}".to_owned(), 422, "title", "take the line breaks out"),
        ("{\"with\": {\"title\": \"A\\u202eB\"}}".to_owned(), 422, "title", "turn the direction of writing"),
        ("{\"with\": {\"title\": \"A\\u0085B\"}}".to_owned(), 422, "title", "cannot be shown"),
        ("{\"with\": {\"draft\": \"A\\u2067B\"}}".to_owned(), 422, "draft", "turn the direction of writing"),
        ("{\"late\": \"A\\u0007B\"}".to_owned(), 422, "late", "cannot be shown"),
    ];
    for (body, status, field, sentence) in cases {
        let got = clerk.raw(Method::POST, open, body.clone()).await;
        assert_eq!((got.status.as_u16(), got.header(header::CONTENT_TYPE)), (status, PROBLEM), "{body}: {}", got.text);
        let found = at_fault(&got.json());
        assert!(found.iter().any(|(name, said)| name == field && said.contains(sentence)), "{body}: {}", got.text);
    }
    let number = decision(&hall).await;
    let office = hall.program("general_office_clerk").await;
    let path = format!("/api/v1/matters/{number}/qualify");
    let ahead = office.act(&path, json!({ "seen": 2, "with": qualities() })).await;
    assert_eq!((ahead.status.as_u16(), at_fault(&ahead.json())[0].0.as_str()), (422, "seen"), "{}", ahead.text);
    let mut typed = qualities();
    typed["urgent"] = json!("no");
    typed["regions"] = json!("jinzhou");
    let typed = office.act(&path, json!({ "with": typed })).await;
    let names: Vec<String> = at_fault(&typed.json()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        (typed.status.as_u16(), names),
        (422, vec!["urgent".to_owned(), "regions".to_owned()]),
        "{}",
        typed.text
    );
    let published = published_draft(&hall).await;
    let with = json!({ "comment_count": "3", "comment_summary": "Three." });
    let typed = clerk.act(&format!("/api/v1/matters/{published}/close_comments"), json!({ "with": with })).await;
    let said = "Comments received: a whole number of 0 or more is asked for, a text was sent.";
    assert_eq!(at_fault(&typed.json()), [("comment_count".to_owned(), said.to_owned())]);
    for query in ["limit=-1", "limit=0", "limit=201", "limit=x", "offset=-1"] {
        let got = clerk.get(&format!("/api/v1/matters?{query}")).await;
        assert_eq!((got.status, got.header(header::CONTENT_TYPE)), (StatusCode::BAD_REQUEST, PROBLEM), "{query}");
        let name = query.split('=').next().unwrap_or_default();
        assert_eq!(at_fault(&got.json())[0].0, name, "{}", got.text);
    }
}

#[tokio::test]
async fn every_refusal_names_names_and_what_to_do_next() {
    let hall = Hall::open().await;
    let number = decision(&hall).await;
    let office = hall.program("general_office_clerk").await;
    let path = |step: &str| format!("/api/v1/matters/{number}/{step}");
    let unknown = office.act(&path("qualfy"), json!({})).await;
    assert!(unknown.text.contains("Find what the decision touches (qualify)"), "{}", unknown.text);
    let nothing_near = office.act(&path("zzzzzzzz"), json!({})).await;
    let open = "Open now: Find what the decision touches (qualify)";
    assert!(nothing_near.text.contains(open), "{}", nothing_near.text);
    let mut twice = qualities();
    twice["concerned"] = json!(["finance", "finance"]);
    let twice = office.act(&path("qualify"), json!({ "with": twice })).await;
    assert!(twice.text.contains("names Finance Bureau twice"), "{}", twice.text);
    assert!(twice.text.contains("Name it once and submit again."), "{}", twice.text);
    let published = published_draft(&hall).await;
    let consult = format!("/api/v1/matters/{published}/consult");
    let head = hall.program("finance_head").await;
    let nobody = head.act(&consult, json!({ "outcome": "agree", "each": "nobody" })).await;
    assert!(nobody.text.contains("The directory knows no “nobody”."), "{}", nobody.text);
    assert!(nobody.text.contains("Still to answer: Finance Bureau."), "{}", nobody.text);
    let outcome = head.act(&consult, json!({ "outcome": "agreed", "each": "finance" })).await;
    assert!(outcome.text.contains("There are: Agreed (agree)"), "{}", outcome.text);
    for text in [&unknown.text, &nobody.text, &outcome.text] {
        assert!(!text.contains("below"), "nothing is below an answer to a program: {text}");
    }
}

#[tokio::test]
async fn an_objection_stays_in_sight_beside_the_answer_to_the_changed_text() {
    let hall = Hall::open().await;
    let number = published_draft(&hall).await;
    let path = |step: &str| format!("/api/v1/matters/{number}/{step}");
    let (finance, sponsor) = (hall.program("finance_head").await, hall.program("ecology_clerk").await);
    let objects = json!({ "objection": "No bins are planned.", "counter_proposal": "From spring on." });
    let objected = finance.act(&path("consult"), json!({ "outcome": "disagree", "with": objects })).await;
    assert_eq!(objected.status, StatusCode::OK, "{}", objected.text);
    let positions = format!("/matters/{number}?show=positions");
    let browser = hall.browser("finance_head", "en").await;
    browser.get(&positions).await.shows(&["No bins are planned.", "Not agreed"]);
    let changed = json!({ "with": { "draft": "Another text.", "revision_note": "One word." } });
    let changed = sponsor.act(&path("revise"), changed).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let before = "<span class=\"hall-table__lines\">Before it fell: Not agreed\n";
    browser.get(&positions).await.shows(&["No answer yet", before, "No bins are planned."]);
    let agreed = finance.act(&path("consult"), json!({ "outcome": "agree" })).await;
    assert_eq!(agreed.status, StatusCode::OK, "{}", agreed.text);
    let now = browser.get(&positions).await;
    now.shows(&["Agreed", "Before it fell: Not agreed", "No bins are planned."]);
}

#[tokio::test]
async fn a_chinese_answer_is_in_chinese_alone() {
    let hall = Hall::open().await;
    let clerk = hall.program("ecology_clerk").await.reading("zh-CN");
    let open = "/api/v1/kinds/Decision/propose";
    let bodies = ["{", "[]", "{\"a\": 1}", "{\"command\": \"1\"}", "{\"seen\": \"1\"}", "{\"with\": {\"draft\": 5}}"];
    for body in bodies {
        let got = clerk.raw(Method::POST, open, body.to_owned()).await.json();
        let said = [got["detail"].clone()].into_iter().chain(at_fault(&got).into_iter().map(|(_, said)| said.into()));
        for said in said.map(|said| said.as_str().unwrap_or_default().to_owned()) {
            let known = ["JSON", "UUID", "command", "outcome", "each", "with", "late", "seen", "“a”"];
            let rest = known.iter().fold(said.clone(), |rest, word| rest.replace(word, ""));
            assert!(!rest.chars().any(|c| c.is_ascii_alphabetic()), "{body}: {said}");
        }
    }
    let day = clerk.get("/api/v1/matters?from=2019-13-40").await.json();
    assert!(!day["detail"].as_str().unwrap().contains("parse"), "{day}");
}

#[tokio::test]
async fn a_hidden_matter_is_not_told_by_what_does_not_fit() {
    let hall = Hall::open().await;
    let evm = hall.program("evm").await;
    let with = json!({ "applicant": "evm", "reason": "visit", "purpose": "Visit",
        "destination": "North", "departs": "2019-05-20", "returns": "2019-05-21" });
    let asked = evm.act("/api/v1/kinds/Leave/ask", json!({ "with": with })).await.json();
    let clerk = hall.program("finance_clerk").await;
    let body = json!({ "seen": 99, "with": { "departs": "never" } });
    let hidden = clerk.act(&format!("/api/v1/matters/{}/grant", asked["number"].as_str().unwrap()), body.clone()).await;
    let absent = clerk.act("/api/v1/matters/LV-1999-1/grant", body).await;
    assert_eq!((hidden.status, &hidden.text), (StatusCode::NOT_FOUND, &absent.text));
}

#[tokio::test]
async fn the_same_command_is_carried_out_once_and_a_stale_one_not_at_all() {
    let hall = Hall::open().await;
    let clerk = hall.program("ecology_clerk").await;
    let with = json!({ "title": "Sorting of waste", "sponsor": "ecology", "draft": "Text.", "grounds": "Law." });
    let submission = json!({ "command": "01903c2e-0000-7000-8000-000000000001", "with": with });
    let first = clerk.act("/api/v1/kinds/Decision/propose", submission.clone()).await;
    let second = clerk.act("/api/v1/kinds/Decision/propose", submission).await;
    assert_eq!((first.status, second.status), (StatusCode::CREATED, StatusCode::OK), "{}", second.text);
    assert_eq!(first.json()["number"], second.json()["number"]);
    assert_eq!(second.json()["repeated"], true);
    let number = first.json()["number"].as_str().unwrap().to_owned();
    let matter = hall.office.store().matter_by_number(&number).await.unwrap().unwrap();
    assert_eq!(hall.office.store().events(matter.id).await.unwrap().len(), 1);
    let path = format!("/api/v1/matters/{number}/qualify");
    let first = hall.program("general_office_clerk").await;
    let qualified = first.act(&path, json!({ "seen": 1, "with": qualities() })).await;
    assert_eq!((qualified.status, &qualified.json()["version"]), (StatusCode::OK, &json!(2)));
    let second = hall.program("general_office_deputy").await;
    let stale = second.act(&path, json!({ "seen": 1, "with": qualities() })).await;
    assert_eq!((stale.status, stale.header(header::CONTENT_TYPE)), (StatusCode::CONFLICT, PROBLEM), "{}", stale.text);
    assert_eq!(stale.json()["type"], "stale");
    assert_eq!(stale.json()["meanwhile"].as_array().unwrap().len(), 1, "{}", stale.text);
    assert_eq!(hall.office.store().events(matter.id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_need_not_be_said_is_taken_back() {
    let hall = Hall::open().await;
    let clerk = hall.program("ecology_clerk").await;
    let with = json!({ "title": "Sorting of waste", "sponsor": "ecology", "route": "executive",
        "matter_type": "ordinary", "category": "other_work", "summary": "Bins." });
    let topic = clerk.act("/api/v1/kinds/Topic/propose", json!({ "with": with })).await.json()["number"].clone();
    let with = json!({ "title": "Letter on waste", "sponsor": "ecology", "form": "letter",
        "issued_as": "municipal_government", "text": "Text.", "addressees": "The province", "topic": topic });
    let letter = clerk.act("/api/v1/kinds/Outgoing/draft", json!({ "with": with })).await;
    assert_eq!(letter.status, StatusCode::CREATED, "{}", letter.text);
    let path = format!("/api/v1/matters/{}", letter.json()["number"].as_str().unwrap());
    let linked = clerk.get(&path).await.json();
    assert!(linked["fields"].get("topic").is_some(), "{linked}");
    // Nothing is an empty text, or an empty list.
    let without = json!({ "seen": 1, "with": { "revision_note": "Of its own.", "topic": "" } });
    let revised = clerk.act(&format!("{path}/revise"), without).await;
    assert_eq!(revised.status, StatusCode::OK, "{}", revised.text);
    let free = clerk.get(&path).await.json();
    assert!(free["fields"].get("topic").is_none(), "{free}");
    // Once more takes nothing back that is not there, and leaves no trace of it.
    let again = json!({ "seen": 2, "with": { "revision_note": "Of its own, again.", "topic": [] } });
    let again = clerk.act(&format!("{path}/revise"), again).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.text);
    let said = &clerk.get(&path).await.json()["history"][2]["input"];
    assert!(said.get("revision_note").is_some() && said.get("topic").is_none(), "{said}");
}

#[tokio::test]
async fn no_text_is_made_public_that_was_changed_since_it_was_seen() {
    let hall = Hall::open().await;
    let clerk = hall.program("finance_clerk").await;
    let with = json!({ "title": "Fees", "lead": "finance", "text": "As agreed." });
    let entered = clerk.act("/api/v1/kinds/Publication/enter", json!({ "with": with })).await;
    let path = format!("/api/v1/matters/{}", entered.json()["number"].as_str().unwrap());
    let other = hall.program("general_office_clerk").await;
    let revised = other.act(&format!("{path}/revise"), json!({ "with": { "text": "Another text." } })).await;
    assert_eq!(revised.status, StatusCode::OK, "{}", revised.text);
    let publish = |seen: u32| json!({ "seen": seen, "with": { "channels": ["website"] } });
    let stale = clerk.act(&format!("{path}/publish"), publish(1)).await;
    assert_eq!((stale.status, &stale.json()["type"]), (StatusCode::CONFLICT, &json!("stale")), "{}", stale.text);
    let seen = clerk.act(&format!("{path}/publish"), publish(2)).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text);
}

#[tokio::test]
async fn an_id_names_one_act_of_one_person() {
    let hall = Hall::open().await;
    let clerk = hall.program("ecology_clerk").await;
    let id = "01903c2e-0000-7000-8000-000000000002";
    let with = |title: &str| json!({ "title": title, "sponsor": "ecology", "draft": "Text.", "grounds": "Law." });
    let propose = |title: &str| json!({ "command": id, "with": with(title) });
    let first = clerk.act("/api/v1/kinds/Decision/propose", propose("Waste")).await;
    let number = first.json()["number"].as_str().unwrap().to_owned();
    let decision = format!("/api/v1/matters/{number}");
    // Other content, another step, another matter: nothing is done, and what was done is said.
    let other = clerk.act("/api/v1/kinds/Decision/propose", propose("Water")).await;
    let assess = json!({ "command": id, "seen": 1, "with": { "lawfulness": "Law.", "necessity": "Waste.",
        "soundness": "Yes.", "feasibility": "Yes.", "controllability": "Yes." } });
    let elsewhere = clerk.act(&format!("{decision}/assess"), assess).await;
    for refused in [&other, &elsewhere] {
        assert_eq!(
            (refused.status, &refused.json()["type"]),
            (StatusCode::CONFLICT, &json!("reused")),
            "{}",
            refused.text
        );
        assert_eq!(refused.json()["meanwhile"].as_array().unwrap().len(), 1, "{}", refused.text);
    }
    // Somebody else's: not even that.
    let stranger = hall.program("finance_clerk").await;
    let body = json!({ "title": "Waste", "sponsor": "finance", "draft": "Text.", "grounds": "Law." });
    let theirs = stranger.act("/api/v1/kinds/Decision/propose", json!({ "command": id, "with": body })).await;
    assert_eq!((theirs.status, &theirs.json()["type"]), (StatusCode::CONFLICT, &json!("reused")), "{}", theirs.text);
    assert!(!theirs.text.contains(&number), "{}", theirs.text);
    // A step that is past for everybody is done for who sends the same again, whatever was seen meanwhile.
    let once = json!({ "command": "01903c2e-0000-7000-8000-000000000003", "seen": 1, "with": { "lawfulness": "Law.",
        "necessity": "Waste.", "soundness": "Yes.", "feasibility": "Yes.", "controllability": "Yes." } });
    let again = json!({ "seen": 2, "command": once["command"], "with": once["with"] });
    assert_eq!(clerk.act(&format!("{decision}/assess"), once).await.status, StatusCode::OK);
    let again = clerk.act(&format!("{decision}/assess"), again).await;
    assert_eq!((again.status, &again.json()["repeated"]), (StatusCode::OK, &json!(true)), "{}", again.text);
    let matter = hall.office.store().matter_by_number(&number).await.unwrap().unwrap();
    assert_eq!(hall.office.store().events(matter.id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_meeting_is_read_by_those_on_its_lists_alone() {
    let hall = Hall::open().await;
    let office = hall.program("general_office_clerk").await;
    let with = json!({ "title": "Meeting", "day": "2019-05-24" });
    let meeting = office.act("/api/v1/kinds/Executive/convene", json!({ "with": with })).await.json();
    let number = meeting["number"].as_str().unwrap();
    let clerk = hall.program("finance_clerk").await;
    assert_eq!(clerk.get(&format!("/api/v1/matters/{number}")).await.status, StatusCode::NOT_FOUND);
    // Nor does asking to be excused from it open it.
    let with =
        json!({ "applicant": "finance_clerk", "reason": "health", "explanation": "A cold.", "executive": number });
    let asked = clerk.act("/api/v1/kinds/MeetingAbsence/ask", json!({ "with": with })).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.text);
    assert_eq!(clerk.get(&format!("/api/v1/matters/{number}")).await.status, StatusCode::NOT_FOUND);
    let vice_mayor = hall.program("evm").await;
    assert_eq!(vice_mayor.get(&format!("/api/v1/matters/{number}")).await.status, StatusCode::OK);
    // A plenary is read by the heads of departments, who are members of it.
    let with = json!({ "title": "Plenary", "day": "2019-05-28" });
    let plenary = office.act("/api/v1/kinds/Plenary/convene", json!({ "with": with })).await.json();
    let path = format!("/api/v1/matters/{}", plenary["number"].as_str().unwrap());
    for (who, status) in [("finance_head", StatusCode::OK), ("finance_clerk", StatusCode::NOT_FOUND)] {
        assert_eq!(hall.program(who).await.get(&path).await.status, status, "{who}");
    }
}

#[tokio::test]
async fn without_a_token_nothing_is_said() {
    let hall = Hall::open().await;
    let number = decision(&hall).await;
    let reading = ["desk", "matters", "openings", "search?q=a", "directory"].map(|path| format!("/api/v1/{path}"));
    for path in reading.into_iter().chain([format!("/api/v1/matters/{number}")]) {
        let got = hall.stranger(&path, "en").await;
        assert_eq!((got.status, got.header(header::CONTENT_TYPE)), (StatusCode::UNAUTHORIZED, PROBLEM), "{path}");
    }
    for token in ["Bearer nonsense", "Bearer ", "Basic YTpi"] {
        let request = Request::get("/api/v1/desk").header(header::AUTHORIZATION, token).body(Body::empty()).unwrap();
        let got = hall.send(request).await;
        assert_eq!((got.status, got.header(header::CONTENT_TYPE)), (StatusCode::UNAUTHORIZED, PROBLEM), "{token}");
    }
    let request = Request::post("/api/v1/kinds/Decision/propose").body(Body::from("{}")).unwrap();
    assert_eq!(hall.send(request).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_one_may_not_know_of_is_answered_like_what_is_not_there() {
    let hall = Hall::open().await;
    let evm = hall.program("evm").await;
    let with = json!({ "applicant": "evm", "reason": "visit", "purpose": "Visit",
        "destination": "North", "departs": "2019-05-20", "returns": "2019-05-21" });
    let asked = evm.act("/api/v1/kinds/Leave/ask", json!({ "with": with })).await;
    assert_eq!(asked.status, StatusCode::CREATED, "{}", asked.text);
    let number = asked.json()["number"].as_str().unwrap().to_owned();
    let clerk = hall.program("finance_clerk").await;
    let hidden = clerk.get(&format!("/api/v1/matters/{number}")).await;
    let absent = clerk.get("/api/v1/matters/LV-1999-1").await;
    assert_eq!((hidden.status, &hidden.text), (StatusCode::NOT_FOUND, &absent.text));
    let body = json!({ "outcome": "grant" });
    let hidden = clerk.act(&format!("/api/v1/matters/{number}/grant"), body.clone()).await;
    let absent = clerk.act("/api/v1/matters/LV-1999-1/grant", body).await;
    assert_eq!((hidden.status, &hidden.text), (StatusCode::NOT_FOUND, &absent.text));
    assert_eq!(clerk.get("/api/v1/search?q=North").await.json()["total"], 0);
}

/// The accounts prefer Chinese; what is answered follows the request, and speaks to who writes programs.
#[tokio::test]
async fn what_goes_wrong_before_anything_is_read_is_told_as_the_request_asks() {
    let hall = Hall::open().await;
    let english = hall.program("ecology_clerk").await;
    let chinese = hall.program("ecology_clerk").await.reading("zh-CN");
    let unknown = hall.program("ecology_clerk").await.showing("nobody's");
    let large = || format!("{{\"late\": \"{}\"}}", "x".repeat(5_000_000));
    let open = "/api/v1/kinds/Decision/propose";
    let cases = [
        (english.get("/api/v1/no/such").await, "There is nothing at this address", "posts."),
        (chinese.get("/api/v1/no/such").await, "此地址没有内容", "该内容。"),
        (chinese.get("/api/v1/no/such?lang=en").await, "There is nothing at this address", "posts."),
        (english.raw(Method::PUT, open, String::new()).await, "This address does not take this method", "a step."),
        (chinese.raw(Method::PUT, open, String::new()).await, "此地址不接受该方法", "用 POST。"),
        (english.raw(Method::POST, open, large()).await, "This is too much at once", "of its own."),
        (chinese.raw(Method::POST, open, large()).await, "一次提交的内容过多", "提交。"),
        (unknown.get("/api/v1/desk").await, "This token is not in force", "your account."),
        (unknown.reading("zh-CN").get("/api/v1/desk").await, "令牌无效", "另行设立。"),
    ];
    for (got, title, detail) in cases {
        assert_eq!(got.header(header::CONTENT_TYPE), PROBLEM, "{}", got.text);
        let problem = got.json();
        assert_eq!(problem["title"], title);
        assert!(problem["detail"].as_str().unwrap().ends_with(detail), "{problem}");
        assert!(!got.text.contains("button") && !got.text.contains("browser") && !got.text.contains("浏览器"));
    }
}

#[tokio::test]
async fn a_step_says_what_it_asks_for_and_what_can_be_named() {
    let hall = Hall::open().await;
    let clerk = hall.program("ecology_clerk").await;
    let opening = clerk.get("/api/v1/kinds/Decision/propose").await.json();
    let asked: Vec<&str> =
        opening["asks"].as_array().unwrap().iter().map(|field| field["field"].as_str().unwrap()).collect();
    assert_eq!((asked, &opening["may"]), (vec!["title", "sponsor", "draft", "grounds"], &json!(true)));
    assert_eq!(opening["asks"][2]["type"], "document");
    assert_eq!(hall.program("mayor").await.get("/api/v1/kinds/Decision/propose").await.json()["may"], false);

    let number = decision(&hall).await;
    let general_office = hall.program("general_office_clerk").await;
    let findings = general_office.get(&format!("/api/v1/matters/{number}/qualify")).await.json();
    assert_eq!((&findings["seen"], &findings["may"]), (&json!(1), &json!(true)));
    let may_ask = findings["may_ask"].as_array().unwrap();
    let field = |name: &str| may_ask.iter().find(|field| field["field"] == name).unwrap();
    let grounds = field("confidential_ground")["one_of"].as_array().unwrap();
    assert!(grounds.iter().any(|one| one["value"] == "third_party_harm" && one["name"] != "third_party_harm"));
    let regions = field("regions");
    assert_eq!(regions["type"], "[Body]");
    assert!(regions["one_of"].as_array().unwrap().iter().all(|one| one["value"] != "finance"), "{regions}");

    let near = clerk.get("/api/v1/kinds/Decision/propse").await;
    assert_eq!((near.status, near.header(header::CONTENT_TYPE)), (StatusCode::NOT_FOUND, PROBLEM));
    assert!(near.text.contains("propose"), "{}", near.text);
    let stranger = hall.program("transport_clerk").await;
    assert_eq!(stranger.get(&format!("/api/v1/matters/{number}/qualify")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_overview_counts_what_the_caller_may_read() {
    let hall = Hall::open().await;
    hall.published("Fares", "They rise.").await;
    let clerk = hall.program("finance_clerk").await;
    let counted = clerk.get("/api/v1/overview").await.json();
    let opened = counted["opened"].as_array().unwrap();
    let publications = opened.iter().find(|one| one["kind"] == "Publication").expect("one was opened");
    assert_eq!((&publications["of"], &publications["count"]), (&json!("2019-04"), &json!(1)), "{counted}");
    let listed = clerk.get("/api/v1/matters?kind=Publication").await.json();
    assert_eq!(listed["total"], 1, "as many as the list has: {listed}");
    assert_eq!(hall.stranger("/api/v1/overview", "en").await.status, StatusCode::UNAUTHORIZED);
}
