//! A meeting that has opened: from item to item, answers of several at once, minutes begun from the record.

use crate::hall::{Browser, Hall};
use axum::http::StatusCode;

/// Two topics on the agenda of a meeting that the mayor opens on a page; the numbers of all three.
async fn opened(hall: &Hall) -> [String; 3] {
    let topic = |subject| {
        [
            ("subject", subject),
            ("sponsor", "transport"),
            ("draft", "Text."),
            ("consulted", "harbour\njustice"),
            ("urgency", "urgent"),
        ]
    };
    let first = hall.act("transport_head", "Topic", "submit", &topic("Bus fares")).await;
    let second = hall.act("transport_head", "Topic", "submit", &topic("Tram lines")).await;
    let meeting =
        hall.act("clerk", "Meeting", "convene", &[("name", "Third meeting"), ("held_on", "2019-04-17")]).await;
    hall.act("clerk", &meeting, "collect", &[("agenda", &format!("{first}\n{second}"))]).await;
    let mayor = hall.browser("mayor", "en").await;
    mayor.get(&format!("/matters/{meeting}")).await.hides(&["In session"]);
    mayor.get(&format!("/matters/{meeting}?show=room")).await.shows(&["The meeting has not opened, or is done with."]);
    let got = mayor.submit(&format!("/matters/{meeting}/hold"), &[("field.present", "deputy")]).await;
    assert_eq!(got.location, format!("/matters/{meeting}?show=room"), "{}", got.words());
    [first, second, meeting]
}

async fn answered(hall: &Hall, topic: &str) -> usize {
    let matter = hall.office.store().matter_by_number(topic).await.unwrap().unwrap();
    matter.standing("consult").count()
}

/// Reviews a topic and decides it.
async fn decide(hall: &Hall, topic: &str) {
    hall.act("justice_head", topic, "review", &[("/outcome", "pass")]).await;
    let adopt = [("/outcome", "adopt"), ("lead", "harbour"), ("assistants", "justice"), ("task_due", "2019-06-25")];
    hall.act("mayor", topic, "decide", &adopt).await;
}

async fn room(clerk: &Browser<'_>, meeting: &str, of: &str) -> String {
    let room = format!("/matters/{meeting}?show=room{of}");
    let got = clerk.get(&room).await;
    assert_eq!(got.status, StatusCode::OK, "{room}");
    got.text
}

#[tokio::test]
async fn a_meeting_goes_from_item_to_item_and_back_to_its_room() {
    let hall = Hall::open().await;
    let [first, second, meeting] = opened(&hall).await;
    let clerk = hall.browser("clerk", "en").await;
    let here = format!("/matters/{meeting}?show=room&item=1");
    let shown = clerk.get(&here).await;
    shown.shows(&["Item 1 of 2", "Next:", "item=2\">Tram lines", &format!("/matters/{first}?show=papers")]);
    let form = shown.filled(&[("outcome", "agree"), ("each", "harbour"), ("each", "justice")]);
    let got = clerk.post(&format!("/matters/{first}/consult"), &form).await;
    assert_eq!((got.status, got.location.as_str()), (StatusCode::SEE_OTHER, here.as_str()), "{}", got.words());
    assert_eq!(answered(&hall, &first).await, 2);
    // A double click answers for nobody twice.
    let again = clerk.post(&format!("/matters/{first}/consult"), &form).await;
    assert_eq!((again.status, again.location.as_str()), (StatusCode::SEE_OTHER, here.as_str()), "{}", again.words());
    let matter = hall.office.store().matter_by_number(&first).await.unwrap().unwrap();
    assert_eq!(matter.taken.iter().filter(|taken| taken.step.as_str() == "consult").count(), 2);
    decide(&hall, &first).await;
    assert!(room(&clerk, &meeting, "").await.contains("Item 2 of 2"));
    decide_with_other_views(&hall, &clerk, &second).await;
    clerk.get(&format!("/matters/{meeting}?show=room")).await.shows(&["Every item has been dealt with."]);
}

async fn decide_with_other_views(hall: &Hall, clerk: &Browser<'_>, topic: &str) {
    let path = format!("/matters/{topic}/consult");
    let dear = [("outcome", "disagree"), ("each", "harbour"), ("field.opinion", "Too dear.")];
    assert_eq!(clerk.submit(&path, &dear).await.status, StatusCode::SEE_OTHER);
    hall.act("justice_head", topic, "consult", &[("/outcome", "agree"), ("/each", "justice")]).await;
    decide(hall, topic).await;
}

#[tokio::test]
async fn what_was_recorded_before_a_refusal_is_said_and_stands() {
    let hall = Hall::open().await;
    let [first, ..] = opened(&hall).await;
    let clerk = hall.browser("clerk", "en").await;
    let path = format!("/matters/{first}/consult");
    clerk.get(&path).await.shows(&["Choose all who answer alike.", "value=\"harbour\"", "value=\"justice\""]);
    let got = clerk.submit(&path, &[("outcome", "agree"), ("each", "harbour"), ("each", "transport")]).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["This was carried out; what follows below was not.", "Harbour District"]);
    assert_eq!(answered(&hall, &first).await, 1);
    let got = clerk.post(&path, &got.filled(&[("outcome", "agree"), ("each", "justice")])).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.words());
    assert_eq!(answered(&hall, &first).await, 2);
}

#[tokio::test]
async fn an_answer_that_came_meanwhile_is_not_written_over_by_one_for_several() {
    let hall = Hall::open().await;
    let [first, second, _] = opened(&hall).await;
    let clerk = hall.browser("clerk", "en").await;
    let path = format!("/matters/{first}/consult");
    let form = clerk.get(&path).await.filled(&[("outcome", "agree"), ("each", "harbour"), ("each", "justice")]);
    let dear = [("/outcome", "disagree"), ("/each", "justice"), ("opinion", "Too dear.")];
    hall.act("justice_head", &first, "consult", &dear).await;
    let got = clerk.post(&path, &form).await;
    assert_ne!(got.status, StatusCode::SEE_OTHER);
    got.shows(&["This was carried out; what follows below was not."]);
    let matter = hall.office.store().matter_by_number(&first).await.unwrap().unwrap();
    let outcomes: Vec<_> = matter.standing("consult").filter_map(|taken| taken.outcome.as_ref()).collect();
    assert_eq!(outcomes.iter().map(|outcome| outcome.as_str()).collect::<Vec<_>>(), ["disagree", "agree"]);
    // What the same form wrote for one of them is no news for the next.
    let path = format!("/matters/{second}/consult");
    let alike = [("outcome", "disagree"), ("field.opinion", "Too dear."), ("each", "harbour"), ("each", "justice")];
    let got = clerk.submit(&path, &alike).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.words());
    assert_eq!(answered(&hall, &second).await, 2);
}

#[tokio::test]
async fn a_form_leads_back_to_matters_only() {
    let hall = Hall::open().await;
    let [first, second, _] = opened(&hall).await;
    let clerk = hall.browser("clerk", "en").await;
    let elsewhere = [
        "https://elsewhere.example/",
        "//elsewhere.example/matters/",
        "/account",
        "/matters/ \r\nSet-Cookie: a",
        "/matters/../account",
    ];
    for (topic, back, leads) in [
        (&first, elsewhere[0], None),
        (&first, elsewhere[1], None),
        (&second, elsewhere[2], None),
        (&second, elsewhere[3], None),
        (&second, elsewhere[4], None),
        (&second, "/matters/M-1?show=room", Some("/matters/M-1?show=room")),
    ] {
        let path = format!("/matters/{topic}/invite");
        let got = clerk.submit(&path, &[("field.guests", back), ("back", back)]).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{back}: {}", got.words());
        assert_eq!(got.location, leads.map_or(format!("/matters/{topic}"), str::to_owned), "{back}");
    }
}

#[tokio::test]
async fn minutes_are_begun_from_what_was_recorded() {
    let hall = Hall::open().await;
    let [first, second, meeting] = opened(&hall).await;
    let path = format!("/matters/{meeting}/draft");
    let clerk = hall.browser("clerk", "en").await;
    for each in ["harbour", "justice"] {
        hall.act("clerk", &first, "consult", &[("/outcome", "agree"), ("/each", each)]).await;
    }
    decide(&hall, &first).await;
    decide_with_other_views(&hall, &clerk, &second).await;
    clerk.get(&path).await.shows(&[
        "Begun from the record",
        "Third meeting",
        "Day: 17 April 2019",
        "In the chair: Mayor",
        "Present: Vice Mayor (transport)",
        "1. Bus fares",
        "Lead: Harbour District",
        "Agree: 2",
        "2. Tram lines",
        "Agree: 1, Disagree: 1",
        "Harbour District (Disagree): Too dear.",
    ]);
    let chinese = hall.browser("clerk", "zh-CN").await;
    chinese.get(&path).await.shows(&[
        "已按会议记录生成初稿",
        "一、Bus fares",
        "二、Tram lines",
        "港口区（不同意）：Too dear.",
    ]);
    // What somebody wrote is not written over.
    let got = clerk.submit(&path, &[("field.minutes", "As it was.")]).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.words());
    let again = clerk.get(&path).await;
    again.shows(&["As it was."]);
    again.hides(&["Begun from the record", "1. Bus fares"]);
    clerk.get(&format!("/matters/{meeting}")).await.hides(&["In session"]);
}
