//! Password, sessions and tokens on the page of one's own account.

use crate::hall::{Browser, Hall, LOGIN, PASSWORD};
use axum::http::{Method, StatusCode};
use facts::PersonId;
use jiff::SignedDuration;
use office::accounts::SessionKind;

const NEW: &str = "ferry horn before breakfast";

async fn change(browser: &mut Browser, present: &str, new: &str, again: &str) -> crate::hall::Answer {
    browser.get("/account").await;
    browser.post("/account/password", &[("present", present), ("new", new), ("again", again)]).await
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_signs_out_everywhere_else() {
    let hall = Hall::open().await;
    let (mut here, mut elsewhere) = (hall.signed_in().await, hall.signed_in().await);
    let cases = [
        ((PASSWORD, NEW, "another"), "The two new passwords differ"),
        ((PASSWORD, "short", "short"), "at least 12 characters"),
        ((PASSWORD, "abababababab", "abababababab"), "Use more different ones"),
        ((PASSWORD, "I am zhang.wei", "I am zhang.wei"), "contains your login"),
        ((PASSWORD, PASSWORD, PASSWORD), "is the present one"),
        (("not the password", NEW, NEW), "The present password is wrong"),
    ];
    for ((present, new, again), said) in cases {
        let answer = change(&mut here, present, new, again).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    let before = here.cookies["cityhall"].clone();
    assert_eq!(change(&mut here, PASSWORD, NEW, NEW).await.status, StatusCode::SEE_OTHER);
    assert_ne!(here.cookies["cityhall"], before);
    assert!(here.get("/account").await.body.contains("Your password has been changed"));
    assert!(!elsewhere.is_signed_in().await);
    assert_eq!(hall.browser().sign_in(LOGIN, PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hall.browser().sign_in(LOGIN, NEW).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn guessing_the_present_password_locks_too() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    for _ in 0..4 {
        change(&mut browser, "not the password", NEW, NEW).await;
    }
    let fifth = change(&mut browser, "not the password", NEW, NEW).await;
    assert!(fifth.body.contains("Try again in 30 seconds"), "{}", fifth.body);
}

#[tokio::test]
async fn one_session_is_ended_and_only_ones_own() {
    let hall = Hall::open().await;
    hall.office.accounts().create("li.na", &PersonId::new("li"), "en", PASSWORD).await.unwrap();
    let mut foreign = hall.browser();
    foreign.sign_in("li.na", PASSWORD).await;
    let (mut here, mut elsewhere) = (hall.signed_in().await, hall.signed_in().await);
    here.get("/account").await;
    let theirs = hall.office.accounts().of("li.na", SessionKind::Session).await.unwrap();
    here.post("/account/sessions/end", &[("id", &theirs[0].id_hash)]).await;
    assert!(foreign.is_signed_in().await);
    let page = here.get("/account").await;
    let id = page.body.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    here.post("/account/sessions/end", &[("id", &id)]).await;
    assert!(here.is_signed_in().await && !elsewhere.is_signed_in().await);
}

async fn token(browser: &mut Browser, days: &str) -> String {
    browser.get("/account").await;
    let page = browser.post("/account/tokens", &[("label", "monthly report"), ("days", days)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let secret = page.body.split("hall-account__secret\">").nth(1).unwrap().split('<').next().unwrap();
    secret.to_owned()
}

async fn ask(hall: &Hall, path: &str, authorization: &str) -> (StatusCode, String) {
    let answer = hall.browser().send(Method::GET, path, &[("authorization", authorization)], "").await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn a_program_with_a_token_acts_as_its_maker_until_it_ends_or_is_revoked() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    let secret = token(&mut browser, "30").await;
    assert!(secret.starts_with("cityhall_") && secret.len() == 73, "{secret}");
    let bearer = format!("Bearer {secret}");
    let page = browser.get("/account").await.body;
    assert!(page.contains("monthly report") && !page.contains(&secret), "a token is shown once");
    assert_eq!(ask(&hall, "/api/sample/me", &bearer).await, (StatusCode::OK, LOGIN.to_owned()));
    let written = hall.browser().send(Method::POST, "/api/sample/me", &[("authorization", &bearer)], "").await;
    assert_eq!(written.status, StatusCode::OK, "a program needs no proof");
    assert_eq!(ask(&hall, "/account", &bearer).await.0, StatusCode::SEE_OTHER, "pages take no token");

    let session = format!("Bearer {}", browser.cookies["cityhall"]);
    for wrong in ["Bearer x", "Basic eDp4", session.as_str()] {
        let answer = hall.browser().send(Method::GET, "/api/sample/me", &[("authorization", wrong)], "").await;
        assert_eq!((answer.status, answer.header("www-authenticate")), (StatusCode::UNAUTHORIZED, "Bearer"), "{wrong}");
    }
    hall.pass(SignedDuration::from_hours(30 * 24));
    assert_eq!(ask(&hall, "/api/sample/me", &bearer).await.0, StatusCode::UNAUTHORIZED, "it has ended");

    let mut browser = hall.signed_in().await;
    let bearer = format!("Bearer {}", token(&mut browser, "90").await);
    let id = hall.office.accounts().of(LOGIN, SessionKind::Token).await.unwrap()[0].id_hash.clone();
    browser.post("/account/sessions/end-all", &[]).await;
    assert_eq!(ask(&hall, "/api/sample/me", &bearer).await.0, StatusCode::OK, "tokens outlast sessions");
    let mut browser = hall.signed_in().await;
    browser.get("/account").await;
    browser.post("/account/tokens/revoke", &[("id", &id)]).await;
    assert_eq!(ask(&hall, "/api/sample/me", &bearer).await.0, StatusCode::UNAUTHORIZED, "it was revoked");

    let bearer = format!("Bearer {}", token(&mut browser, "90").await);
    assert!(
        browser
            .get("/account")
            .await
            .body
            .contains("Sign out everywhere, revoke all tokens and end the calendar address")
    );
    browser.post("/account/sessions/end-all", &[("tokens", "revoke")]).await;
    assert_eq!(ask(&hall, "/api/sample/me", &bearer).await.0, StatusCode::UNAUTHORIZED, "it ended with the sessions");
    let mut browser = hall.signed_in().await;
    assert!(!browser.get("/account").await.body.contains("revoke all tokens"), "there is none");
}

#[tokio::test]
async fn a_token_needs_a_label_and_an_end() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    for (label, days, said) in
        [(" ", "30", "1 to 60 characters"), ("a", "0", "Choose how long"), ("a", "9999", "Choose how long")]
    {
        browser.get("/account").await;
        let answer = browser.post("/account/tokens", &[("label", label), ("days", days)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(said), "{said}");
    }
    for _ in 0..20 {
        token(&mut browser, "30").await;
    }
    browser.get("/account").await;
    let answer = browser.post("/account/tokens", &[("label", "a"), ("days", "30")]).await;
    assert!(answer.body.contains("You have 20 tokens already"));
}

#[tokio::test]
async fn who_sends_no_mails_offers_none() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    assert!(!browser.get("/account").await.body.contains("/account/mail"));
    let wish = [("mailbox", "zhang@office.example"), ("daily_at", "")];
    assert_eq!(browser.post("/account/mail", &wish).await.status, StatusCode::NOT_FOUND);
    assert_eq!(hall.office.accounts().mails().await.unwrap(), []);
    // A wish of a time when there was a mail server can still be ended.
    hall.office.accounts().wish_mail(LOGIN, "zhang@office.example", Some(8)).await.unwrap();
    assert_eq!(browser.post("/account/mail/end", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(hall.office.accounts().mails().await.unwrap(), []);
}
