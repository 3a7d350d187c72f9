//! What every answer carries, and how each fault is told to a reader and to a program.

use crate::hall::{Answer, Browser, Hall, LOGIN};
use axum::http::{Method, StatusCode};
use cityhall_web::security::BODY_BYTES_MAX;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const JSON: (&str, &str) = ("content-type", "application/json");
const HTML: (&str, &str) = ("accept", "text/html");

fn is_guarded(answer: &Answer, case: &str) {
    assert_eq!(answer.header("content-security-policy"), POLICY, "{case}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{case}");
    assert_eq!(answer.header("referrer-policy"), "same-origin", "{case}");
    assert_eq!(answer.header("x-request-id").len(), 9, "{case}");
}

/// One request of every sort of answer.
async fn every_sort(hall: &Hall, browser: &mut Browser) -> Vec<(&'static str, StatusCode, Answer)> {
    let large = "9".repeat(BODY_BYTES_MAX + 1);
    let asset = assets::url("app.css");
    vec![
        ("a page", StatusCode::OK, browser.get("/account").await),
        ("a page for anybody", StatusCode::OK, hall.browser().get("/sign-in").await),
        ("an asset", StatusCode::OK, browser.get(asset).await),
        ("a redirect", StatusCode::SEE_OTHER, hall.browser().get("/account").await),
        ("no such page", StatusCode::NOT_FOUND, browser.get("/no/such/page").await),
        ("no such asset", StatusCode::NOT_FOUND, browser.get("/assets/app.css").await),
        ("no such method", StatusCode::METHOD_NOT_ALLOWED, browser.get("/sign-out").await),
        ("a forged form", StatusCode::FORBIDDEN, browser.post_as_is("/sign-out", &[], &[]).await),
        ("a full disk", StatusCode::SERVICE_UNAVAILABLE, browser.get("/sample/full").await),
        ("a panic", StatusCode::INTERNAL_SERVER_ERROR, browser.get("/sample/panic").await),
        (
            "too much",
            StatusCode::PAYLOAD_TOO_LARGE,
            hall.browser().send(Method::POST, "/api/sample/json", &[JSON], &large).await,
        ),
        (
            "malformed",
            StatusCode::BAD_REQUEST,
            hall.browser().send(Method::POST, "/api/sample/json", &[JSON], "[1,").await,
        ),
        ("not signed in", StatusCode::UNAUTHORIZED, hall.browser().send(Method::GET, "/api/sample/me", &[], "").await),
    ]
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    for (case, status, answer) in every_sort(&hall, &mut browser).await {
        assert_eq!(answer.status, status, "{case}: {}", answer.body);
        is_guarded(&answer, case);
        let kept = match case {
            "an asset" => "public, max-age=31536000, immutable",
            "a redirect" => "no-cache",
            _ => "no-store",
        };
        assert!(
            answer.header("cache-control") == kept || status == StatusCode::SEE_OTHER,
            "{case}: {}",
            answer.header("cache-control")
        );
        if answer.status.is_client_error() || answer.status.is_server_error() {
            assert!(answer.body.contains(answer.header("x-request-id")), "{case} gives its reference: {}", answer.body);
        }
    }
    assert!(hall.folder().exists());
}

#[tokio::test]
async fn too_much_is_told_with_what_to_do() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    browser.get("/account").await;
    let large = "x".repeat(BODY_BYTES_MAX);
    let answer = browser.post("/account/tokens", &[("label", &large), ("days", "30")]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.header("content-type").starts_with("text/html"));
    for said in [
        "At most 4 MB can be sent at a time",
        "what you typed is still there",
        "action=\"/sign-out\"",
        "rel=\"stylesheet\"",
    ] {
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    assert!(!answer.body.contains("form anew"), "a new form would be empty: {}", answer.body);
    hall.office.accounts().set_language(LOGIN, "zh-CN").await.unwrap();
    browser.get("/account").await;
    let large = format!("{large}x");
    let length = large.len().to_string();
    let answer = browser.send(Method::POST, "/account/tokens", &[("content-length", &length), HTML], &large).await;
    assert!(answer.body.contains("一次最多提交 4 MB"), "in the language of the account: {}", answer.body);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_in_the_readers_language() {
    let hall = Hall::open().await;
    let chinese = ("accept-language", "zh-CN,zh;q=0.9");
    let answer = hall.browser().send(Method::POST, "/api/sample/json", &[JSON, chinese], "{\"a\": 1}").await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::BAD_REQUEST, "application/problem+json"));
    let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["type"], "malformed");
    assert_eq!(problem["title"], "提交的内容无法识别");
    assert_eq!(problem["status"], 400);
    assert_eq!(problem["reference"], answer.header("x-request-id"));
    assert!(!answer.body.contains("invalid type"), "what a library says is in English: {problem}");

    let mut browser = hall.signed_in().await;
    browser.get("/account").await;
    let answer = browser.post("/account/tokens", &[("label", "a"), ("days", "many")]).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(
        answer.body.contains("What was sent cannot be read") && !answer.body.contains("invalid digit"),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn what_went_wrong_inside_is_told_to_the_log_only() {
    let hall = Hall::open().await;
    let answer = hall.browser().get("/sample/panic").await;
    assert!(!answer.body.contains("a sample of a panic"), "{}", answer.body);
    let answer = hall.browser().get("/sample/full").await;
    assert!(answer.body.contains("Nothing was changed") && !answer.body.contains("a sample"), "{}", answer.body);
    assert_eq!(answer.header("retry-after"), "30");
}

#[tokio::test]
async fn a_page_that_is_not_there_still_shows_who_is_signed_in() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    let there = browser.get("/no/such/page").await;
    assert!(there.body.contains("action=\"/sign-out\""));
    assert!(!hall.browser().get("/no/such/page").await.body.contains("action=\"/sign-out\""));
}

#[tokio::test]
async fn pages_are_compressed_for_who_can_read_that() {
    let hall = Hall::open().await;
    let answer = hall.browser().send(Method::GET, "/sign-in", &[("accept-encoding", "gzip")], "").await;
    assert_eq!(answer.header("content-encoding"), "gzip");
}
