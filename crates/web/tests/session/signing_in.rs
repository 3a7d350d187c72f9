//! Signing in and out, and how long a session lasts.

use crate::hall::{Hall, LOGIN, PASSWORD};
use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use std::time::Duration;

#[tokio::test]
async fn whoever_is_not_signed_in_is_asked_to_and_comes_back() {
    let hall = Hall::open().await;
    let mut browser = hall.browser();
    let asked = browser.get("/account?part=tokens").await;
    assert_eq!(
        (asked.status, asked.header("location")),
        (StatusCode::SEE_OTHER, "/sign-in?next=/account%3Fpart%3Dtokens")
    );
    let page = browser.get(asked.header("location")).await;
    assert!(page.body.contains("name=\"next\" value=\"/account?part=tokens\""), "{}", page.body);
    let fields = [("login", " Zhang.Wei "), ("password", PASSWORD), ("next", "/account?part=tokens")];
    let answer = browser.post("/sign-in", &fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/account?part=tokens"));
    assert!(browser.is_signed_in().await);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_are_answered_alike() {
    let hall = Hall::open().await;
    let mut browser = hall.browser();
    let wrong = browser.sign_in(LOGIN, "not the password").await;
    let unknown = browser.sign_in("nobody", "not the password").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = "The login or the password is wrong.";
    assert!(wrong.body.contains(said) && unknown.body.contains(said), "{}", wrong.body);
    assert!(!wrong.body.contains("not the password"), "a password is never sent back");
    assert!(wrong.cookies().iter().all(|cookie| !cookie.starts_with("cityhall=")));
    assert!(!browser.is_signed_in().await);
    let nothing = browser.sign_in("", "").await;
    assert!(nothing.body.contains("Enter your login") && nothing.body.contains("Enter your password"));
}

#[tokio::test]
async fn a_closed_account_cannot_sign_in_and_ends_at_once() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    hall.office.accounts().set_disabled(LOGIN, true).await.unwrap();
    assert!(!browser.is_signed_in().await);
    assert_eq!(browser.sign_in(LOGIN, PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
    let hall = Hall::open().await;
    let answer = hall.browser().sign_in(LOGIN, PASSWORD).await;
    let cookie = answer.cookies().into_iter().find(|cookie| cookie.starts_with("cityhall=")).unwrap().to_owned();
    assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/"), "{cookie}");
    let secret = cookie.split(['=', ';']).nth(1).unwrap();
    assert_eq!(secret.len(), 64, "256 bits");
    let kept = hall.office.store().sessions_of(LOGIN).await.unwrap();
    assert!(kept.iter().all(|session| session.id_hash != secret), "only the hash of a secret is kept");

    let hall = Hall::open_with(|web| web.secure_cookies(true)).await;
    let mut browser = hall.browser();
    let page = browser.get("/sign-in").await;
    assert!(page.header("strict-transport-security").starts_with("max-age="));
    let proof = browser.proof();
    let fields = [("login", LOGIN), ("password", PASSWORD), ("csrf", proof.as_str())];
    let answer = browser.post_as_is("/sign-in", &fields, &[("origin", "https://hall.test")]).await;
    let cookies = answer.cookies();
    let cookie = cookies.iter().find(|cookie| cookie.starts_with("__Host-cityhall=")).unwrap();
    assert!(cookie.contains("; Secure") && cookie.contains("; Path=/") && !cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn a_session_has_a_new_name_each_time_and_replaces_the_one_before() {
    let hall = Hall::open().await;
    let mut browser = hall.browser();
    browser.cookies.insert("cityhall".to_owned(), "planted".to_owned());
    browser.sign_in(LOGIN, PASSWORD).await;
    assert_ne!(browser.cookies["cityhall"], "planted");
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_after_two_weeks_at_most() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    for _ in 0..47 {
        hall.pass(SignedDuration::from_hours(7));
        assert!(browser.is_signed_in().await);
    }
    hall.pass(SignedDuration::from_hours(7));
    assert!(!browser.is_signed_in().await, "14 days are over");

    let mut browser = hall.signed_in().await;
    browser.get("/account").await;
    hall.pass(SignedDuration::from_hours(8));
    let answer = browser.post("/account/language", &[("language", "zh-CN")]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in?next=/&ended=yes"));
    let page = browser.get(answer.header("location")).await;
    assert!(page.body.contains("Your session has ended"));
    assert_eq!(hall.account().await.language, "en", "nothing was changed");
}

#[tokio::test]
async fn what_has_ended_is_swept_away() {
    let hall = Hall::open().await;
    hall.signed_in().await;
    hall.office.accounts().make_token(LOGIN, "one day", 1).await.unwrap();
    hall.office.accounts().make_token(LOGIN, "a month", 30).await.unwrap();
    hall.pass(SignedDuration::from_hours(25));
    assert_eq!(hall.office.store().sessions_of(LOGIN).await.unwrap().len(), 3);
    let sweeping = tokio::spawn(hall.office.clone().keep_swept(Duration::from_millis(5)));
    let mut left = 3;
    for _ in 0..400 {
        left = hall.office.store().sessions_of(LOGIN).await.unwrap().len();
        if left == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sweeping.abort();
    assert_eq!(left, 1, "the token of a month stays");
}

#[tokio::test]
async fn signing_out_ends_this_session_and_everywhere_ends_all() {
    let hall = Hall::open().await;
    let (mut desk, mut phone, mut home) = (hall.signed_in().await, hall.signed_in().await, hall.signed_in().await);
    let copied = desk.clone();
    desk.get("/account").await;
    assert_eq!(desk.post("/sign-out", &[]).await.header("location"), "/sign-in");
    assert!(desk.get("/sign-in").await.body.contains("You have signed out"));
    assert!(!desk.get("/sign-in").await.body.contains("You have signed out"), "a message is shown once");
    assert!(!copied.clone().is_signed_in().await, "the session itself has ended, not only its cookie");
    assert!(phone.is_signed_in().await && home.is_signed_in().await);
    phone.get("/account").await;
    phone.post("/account/sessions/end-all", &[]).await;
    assert!(!phone.is_signed_in().await && !home.is_signed_in().await);
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let hall = Hall::open().await;
    for next in
        ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"]
    {
        let mut browser = hall.browser();
        browser.get("/sign-in").await;
        let answer = browser.post("/sign-in", &[("login", LOGIN), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"), "{next:?}");
        let again = browser.get(&format!("/sign-in?next={}", crate::hall::encode(next))).await;
        assert_eq!(again.header("location"), "/", "{next:?} when already signed in");
        let switched = browser.get(&format!("/language/en?back={}", crate::hall::encode(next))).await;
        assert_eq!(switched.header("location"), "/", "{next:?} when switching the language");
    }
    let answer = hall.browser().send(Method::GET, "//evil.example/?lang=zh", &[], "").await;
    assert_eq!(answer.header("location"), "/");
}
