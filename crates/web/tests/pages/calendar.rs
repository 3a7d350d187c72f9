//! One's calendar for other programs: what stands in it, why, and who may fetch it.

use crate::hall::{Browser, Hall};
use axum::http::StatusCode;

/// Makes an address; its path.
async fn made(browser: &Browser<'_>) -> String {
    let account = browser.get("/account").await;
    let page = browser.post("/account/calendar", &account.filled_form("hall-form", &[])).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let (_, rest) = page.text.split_once("/calendar/").expect("the address is shown");
    format!("/calendar/{}", rest.split(['<', '"']).next().unwrap())
}

/// The lines of a calendar, each whole.
fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "")
}

#[tokio::test]
async fn a_calendar_has_what_is_due_from_me_and_the_meetings_i_may_read_of() {
    let hall = Hall::open().await;
    let topic = [
        ("subject", "Fares; 5, or\\nEND:VCALENDAR"),
        ("sponsor", "transport"),
        ("draft", "Text."),
        ("consulted", ""),
        ("urgency", "urgent"),
    ];
    hall.act("transport_head", "Topic", "submit", &topic).await;
    let justice = hall.browser("justice_head", "en").await;
    let address = made(&justice).await;
    assert!(!justice.get("/account").await.text.contains(&address), "it is shown once");
    let somebody = hall.browser("stranger", "en").await;
    let stranger = somebody.without_cookies();
    let calendar = stranger.get(&address).await;
    assert_eq!(calendar.status, StatusCode::OK);
    let text = unfolded(&calendar.text);
    let due = hall.browser("justice_head", "en").await.get("/").await;
    due.shows(&["26 April 2019"]);
    for line in [
        "DTSTART;VALUE=DATE:20190426\r\n",
        "UID:T-2019-1-review-3/Topic.review.by@cityhall\r\n",
        "Due from you as Head of",
    ] {
        assert!(text.contains(line), "{line:?} is not in {text}");
    }
    assert_eq!(text.matches("END:VCALENDAR").count(), 2, "once in a title, once at the end: {text}");
    assert!(text.contains("Fares\\; 5\\, or\\\\nEND:VCALENDAR\r\n"), "{text}");
    // In the account's language, whoever fetches it.
    let chinese = hall.browser("mayor", "zh-CN").await;
    let chinese = stranger.get(&made(&chinese).await).await;
    assert!(unfolded(&chinese.text).contains("政务规则系统"), "{}", chinese.text);
    assert!(!chinese.text.contains("Fares"), "nothing is due from the mayor yet");
}

#[tokio::test]
async fn an_address_ends_when_another_is_made_or_it_is_ended_and_opens_nothing_else() {
    let hall = Hall::open().await;
    let browser = hall.browser("mayor", "en").await;
    let first = made(&browser).await;
    let second = made(&browser).await;
    let somebody = hall.browser("stranger", "en").await;
    let stranger = somebody.without_cookies();
    assert_eq!(stranger.get(&first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(&second).await.status, StatusCode::OK);
    for wrong in ["/calendar/x.ics", "/calendar/.ics", second.trim_end_matches(".ics")] {
        assert_eq!(stranger.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let account = browser.get("/account").await;
    let ended = browser.post("/account/calendar/end", &account.filled_form("hall-form", &[])).await;
    browser.follow(&ended).await.shows(&["The address of your calendar leads nowhere now"]);
    assert_eq!(stranger.get(&second).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_address_is_no_session_and_no_token_and_ends_with_all_of_them() {
    let hall = Hall::open().await;
    let browser = hall.browser("mayor", "en").await;
    let address = made(&browser).await;
    let secret = address.trim_start_matches("/calendar/").trim_end_matches(".ics").to_owned();
    let thief = hall.with_session(&secret);
    for page in ["/", "/overview", "/overview/late", "/overview/list?of=open", "/account"] {
        assert_eq!(thief.get(page).await.status, StatusCode::SEE_OTHER, "{page}");
    }
    let post = thief.post("/account/calendar", &[]).await;
    assert!(post.status != StatusCode::OK && !post.text.contains("/calendar/"), "{}", post.text);
    assert_eq!(hall.with_token(&secret, "/api/v1/desk").await, StatusCode::UNAUTHORIZED);
    // The session of a browser opens no calendar either.
    let session = browser.session();
    assert_eq!(thief.get(&format!("/calendar/{session}.ics")).await.status, StatusCode::NOT_FOUND);

    let account = browser.get("/account").await;
    account.shows(&["end the calendar address"]);
    let mut all = account.filled_form("hall-form", &[]);
    all.push(("tokens".to_owned(), "revoke".to_owned()));
    browser.post("/account/sessions/end-all", &all).await;
    assert_eq!(thief.get(&address).await.status, StatusCode::NOT_FOUND);

    let browser = hall.browser("mayor", "en").await;
    let address = made(&browser).await;
    hall.days(366);
    assert_eq!(thief.get(&address).await.status, StatusCode::NOT_FOUND, "a year is over");
    let browser = hall.browser("mayor", "en").await;
    let address = made(&browser).await;
    hall.office.accounts().set_disabled("mayor", true).await.unwrap();
    assert_eq!(thief.get(&address).await.status, StatusCode::NOT_FOUND, "the account is closed");
}

#[tokio::test]
async fn a_meeting_that_was_called_off_is_on_no_day() {
    let hall = Hall::open().await;
    let meeting =
        hall.act("clerk", "Meeting", "convene", &[("name", "Third meeting"), ("held_on", "2019-04-25")]).await;
    let clerk = hall.browser("clerk", "en").await;
    let address = made(&clerk).await;
    for page in ["/", &address] {
        clerk.get(page).await.shows(&["Third meeting"]);
    }
    clerk.get("/overview").await.shows(&["/overview/list?of=held&#38;month=2019-04&#38;kind=Meeting"]);
    hall.act("clerk", &meeting, "call_off", &[]).await;
    assert!(!clerk.get(&address).await.text.contains("Third meeting"));
    clerk.get("/overview").await.hides(&["/overview/list?of=held"]);
    clerk.get("/overview/list?of=held&month=2019-04").await.hides(&["Third meeting"]);
}
