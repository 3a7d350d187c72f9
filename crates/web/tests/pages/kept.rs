//! What was typed is not lost when a form cannot be taken as it came, and nothing is carried out by itself.

use crate::hall::{Browser, Got, Hall, PASSWORD};
use axum::http::StatusCode;

const FORM: &str = "/new/Topic/submit";
const TOPIC: [(&str, &str); 6] = [
    ("field.subject", "Bus fares"),
    ("field.sponsor", "transport"),
    ("field.draft", "The fares rise.\nBy one <yuan>."),
    ("field.consulted", "harbour"),
    ("field.urgency", "urgent"),
    ("field.copies", "many"),
];

async fn is_opened(hall: &Hall) -> bool {
    hall.office.store().matter_by_number("T-2019-1").await.unwrap().is_some()
}

/// Signs in on the page that answered the form.
async fn sign_in(browser: &Browser<'_>, page: &Got, password: &str) -> Got {
    let fields = [("login", "transport_head"), ("password", password)];
    browser.post("/sign-in", &page.filled_form("hall-sheet", &fields)).await
}

#[tokio::test]
async fn a_session_that_ended_while_typing_costs_no_text() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    let form = head.get(FORM).await.filled(&TOPIC);
    hall.office.clock().pass(jiff::SignedDuration::from_hours(9));
    // The session ended on its own, or its cookie is gone.
    for browser in [&head, &head.without_cookies()] {
        let asked = browser.post(FORM, &form).await;
        assert_eq!(asked.status, StatusCode::UNAUTHORIZED, "{}", asked.words());
        asked.shows(&["What you typed is kept. Nothing has been carried out", "value=\"/new/Topic/submit\""]);
        asked.shows(&["name=\"kept.field.subject\" value=\"Bus fares\"", "By one &#60;yuan&#62;."]);
        asked.hides(&["kept.csrf", "/language/zh-CN"]);
        let browser = browser.after(&asked);
        let wrong = sign_in(&browser, &asked, "not the password").await;
        wrong.shows(&["The login or the password is wrong", "name=\"kept.field.subject\" value=\"Bus fares\""]);
        let signed_in = sign_in(&browser, &wrong, PASSWORD).await;
        assert_eq!((signed_in.status, signed_in.location.as_str()), (StatusCode::SEE_OTHER, FORM));
        let browser = browser.after(&signed_in);
        let shown = browser.get(FORM).await;
        shown.shows(&[
            "What you typed has been kept",
            "value=\"Bus fares\"",
            "By one &#60;yuan&#62;.",
            "value=\"many\"",
        ]);
        assert!(!is_opened(&hall).await, "nothing is carried out without the button");
        browser.get(&format!("{FORM}?afresh=yes")).await.hides(&["Bus fares"]);
    }
}

#[tokio::test]
async fn what_was_kept_is_forgotten_once_it_is_sent() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    let mut form = head.get(FORM).await.filled(&TOPIC[..5]);
    form.retain(|(name, _)| name != "csrf");
    for proof in [None, Some("0".repeat(96))] {
        let mut form = form.clone();
        form.extend(proof.map(|proof| ("csrf".to_owned(), proof)));
        let led = head.post(FORM, &form).await;
        assert_eq!((led.status, led.location.as_str()), (StatusCode::SEE_OTHER, FORM), "{}", led.words());
    }
    let shown = head.get(FORM).await;
    shown.shows(&["What you typed has been kept", "the form was made before you signed in", "value=\"Bus fares\""]);
    assert!(!is_opened(&hall).await);
    let chinese = hall.browser("transport_head", "zh-CN").await.get(FORM).await;
    chinese.shows(&["您填写的内容已保留", "value=\"Bus fares\""]);
    let sent = head.post(FORM, &shown.filled(&TOPIC[..5])).await;
    assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/matters/T-2019-1"), "{}", sent.words());
    head.get(FORM).await.hides(&["What you typed has been kept", "value=\"Bus fares\""]);
}

#[tokio::test]
async fn what_others_did_since_is_told_beside_what_was_kept() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    assert_eq!(head.submit(FORM, &TOPIC[..5]).await.status, StatusCode::SEE_OTHER);
    let path = "/matters/T-2019-1/revise";
    let form = head.get(path).await.filled(&[("field.draft", "By two yuan.")]);
    hall.act("harbour_head", "T-2019-1", "consult", &[("/outcome", "agree"), ("/each", "harbour")]).await;
    hall.office.clock().pass(jiff::SignedDuration::from_hours(9));
    let asked = head.post(path, &form).await;
    let head = head.after(&asked);
    let signed_in = sign_in(&head, &asked, PASSWORD).await;
    assert_eq!(signed_in.location, path);
    let shown = head.after(&signed_in).get(path).await;
    shown.shows(&["By two yuan.", "Others acted on this matter after you first opened the form", "Harbour District"]);
}

#[tokio::test]
async fn a_foreign_form_keeps_nothing() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    let form = head.get(FORM).await.filled(&TOPIC);
    let refused = head.post_from(FORM, &form, "http://evil.test").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.shows(&["This form is no longer valid", "action=\"/sign-out\"", "hall-nav"]);
    head.get(FORM).await.hides(&["What you typed has been kept", "Bus fares"]);
}

#[tokio::test]
async fn what_was_refused_is_shown_again_to_whoever_comes_back_to_the_form() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    let form = head.get(FORM).await.filled(&TOPIC);
    assert_eq!(head.post(FORM, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = head.get(FORM).await;
    shown.shows(&["What you typed has been kept", "value=\"Bus fares\"", "value=\"many\""]);
    let sent = head.post(FORM, &shown.filled(&TOPIC[..5])).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
    head.get(FORM).await.hides(&["What you typed has been kept", "value=\"Bus fares\""]);
}

#[tokio::test]
async fn what_is_left_in_a_form_is_kept_but_not_what_was_sent_nor_what_is_typed_elsewhere() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    let form = head.get(FORM).await.filled(&TOPIC[..5]);
    let left = |place: &str| [form.clone(), vec![("place".to_owned(), place.to_owned())]].concat();
    for place in ["/account/password", "/matters/../account", "", "//evil.test/new/"] {
        assert_eq!(head.post("/begun", &left(place)).await.status, StatusCode::BAD_REQUEST, "{place}");
    }
    let unproved: Vec<_> = left(FORM).into_iter().filter(|(name, _)| name != "csrf").collect();
    assert_eq!(head.post("/begun", &unproved).await.status, StatusCode::FORBIDDEN, "without a proof");
    head.get(FORM).await.hides(&["Bus fares"]);
    assert_eq!(head.post("/begun", &left(FORM)).await.status, StatusCode::NO_CONTENT);
    head.get(FORM).await.shows(&["What you typed has been kept", "value=\"Bus fares\""]);
    hall.browser("harbour_head", "en").await.get(FORM).await.hides(&["Bus fares"]);
    assert_eq!(head.post(FORM, &form).await.status, StatusCode::SEE_OTHER);
    // The browser still has the form that was sent, and leaves it once more.
    assert_eq!(head.post("/begun", &left(FORM)).await.status, StatusCode::NO_CONTENT);
    head.get(FORM).await.hides(&["value=\"Bus fares\""]);
}
