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
    for line in ["DTSTART;VALUE=DATE:20190426\r\n", "UID:T-2019-1-review@cityhall\r\n", "Due from you as Head of"] {
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
