//! One step on several matters at once.

use crate::hall::{Browser, Got, Hall};
use axum::http::StatusCode;

const PAGE: &str = "/desk/together?kind=Topic&step=consult";

/// Topics on which the harbour is asked.
async fn topics(hall: &Hall, count: usize) -> Vec<String> {
    let mut numbers = vec![];
    for n in 1..=count {
        let subject = format!("Topic {n}");
        let topic = [
            ("subject", subject.as_str()),
            ("sponsor", "transport"),
            ("draft", "Text."),
            ("consulted", "harbour\njustice"),
            ("urgency", "urgent"),
        ];
        numbers.push(hall.act("transport_head", "Topic", "submit", &topic).await);
    }
    numbers
}

async fn answers(hall: &Hall, topic: &str) -> usize {
    let matter = hall.office.store().matter_by_number(topic).await.unwrap().unwrap();
    matter.taken.iter().filter(|taken| taken.step.as_str() == "consult").count()
}

/// The values of the rows that can be chosen.
fn rows(page: &Got) -> Vec<String> {
    let boxes = page.text.split("name=\"matter\" value=\"").skip(1);
    boxes.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

async fn send(harbour: &Browser<'_>, page: &Got, chosen: &[String], outcome: &str) -> Got {
    let mut with: Vec<(&str, &str)> = chosen.iter().map(|value| ("matter", value.as_str())).collect();
    with.push(("outcome", outcome));
    harbour.post("/desk/together", &page.filled_form("hall-form hall-together", &with)).await
}

#[tokio::test]
async fn what_is_alike_is_done_at_once_and_each_is_an_act_of_its_own() {
    let hall = Hall::open().await;
    let numbers = topics(&hall, 3).await;
    let harbour = hall.browser("harbour_head", "en").await;
    harbour.get("/desk").await.shows(&["Give an opinion: 3 ", "/desk/together?kind=Topic&#38;step=consult"]);
    let page = harbour.get(PAGE).await;
    page.shows(&["T-2019-1 Topic 1", "T-2019-3 Topic 3", "value=\"agree\""]);
    // What has to be written is written by itself.
    page.hides(&["value=\"disagree\""]);
    let all = rows(&page);
    assert_eq!(all.len(), 3);
    let none = send(&harbour, &page, &[], "agree").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.shows(&["Choose at least one."]);
    let undecided = send(&harbour, &page, &all[..1], "").await;
    undecided.shows(&["Choose an outcome.", " checked"]);
    let got = send(&harbour, &page, &all[..2], "agree").await;
    assert_eq!((got.status, got.location.as_str()), (StatusCode::SEE_OTHER, "/desk"), "{}", got.words());
    harbour.follow(&got).await.shows(&["Give an opinion: done on 2 matters"]);
    // Sent twice, it is carried out once.
    assert_eq!(send(&harbour, &page, &all[..2], "agree").await.status, StatusCode::SEE_OTHER);
    let mut done = 0;
    for number in &numbers {
        assert!(answers(&hall, number).await <= 1);
        done += answers(&hall, number).await;
    }
    assert_eq!(done, 2);
    harbour.get("/desk").await.hides(&["/desk/together"]);
}

#[tokio::test]
async fn one_that_is_refused_keeps_no_other_back() {
    let hall = Hall::open().await;
    let numbers = topics(&hall, 2).await;
    let harbour = hall.browser("harbour_head", "en").await;
    let page = harbour.get(PAGE).await;
    let all = rows(&page);
    let dear = [("/outcome", "disagree"), ("/each", "harbour"), ("opinion", "Too dear.")];
    hall.act("clerk", &numbers[0], "consult", &dear).await;
    let got = send(&harbour, &page, &all, "agree").await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&[
        "Not carried out",
        "Somebody acted on it since this page was shown.",
        "/matters/T-2019-1/consult",
        "done on one matter",
    ]);
    assert_eq!(answers(&hall, &numbers[1]).await, 1);
    assert_eq!(answers(&hall, &numbers[0]).await, 1);
}

#[tokio::test]
async fn no_step_that_asks_for_words_or_judges_a_text_is_taken_on_several_at_once() {
    let hall = Hall::open().await;
    topics(&hall, 1).await;
    let mayor = hall.browser("mayor", "en").await;
    for step in ["review", "decide", "submit", "settle", "nothing"] {
        let path = format!("/desk/together?kind=Topic&step={step}");
        assert_eq!(mayor.get(&path).await.status, StatusCode::NOT_FOUND, "{step}");
    }
    mayor.get(PAGE).await.shows(&["Nothing here can be taken together"]);
    // What was never offered is judged like any other act.
    let harbour = hall.browser("harbour_head", "en").await;
    let page = harbour.get(PAGE).await;
    let stranger = hall.browser("stranger", "en").await;
    let form = [("kind", "Topic"), ("step", "consult"), ("outcome", "agree"), ("matter", &rows(&page)[0])];
    let csrf = stranger.get("/account").await.filled_form("hall-form", &[]);
    let csrf = csrf.into_iter().filter(|(name, _)| name == "csrf");
    let pairs: Vec<_> = csrf.chain(form.map(|(name, value)| (name.to_owned(), value.to_owned()))).collect();
    let got = stranger.post("/desk/together", &pairs).await;
    assert_ne!(got.status, StatusCode::SEE_OTHER);
    got.hides(&["Topic 1"]);
    assert_eq!(answers(&hall, "T-2019-1").await, 0);
}
