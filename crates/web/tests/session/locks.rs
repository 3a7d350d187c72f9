//! What guessing costs.

use crate::hall::{Answer, Browser, Hall, LOGIN, PASSWORD};
use axum::http::StatusCode;
use jiff::SignedDuration;

async fn fail(browser: &mut Browser, login: &str, times: usize) -> Answer {
    let mut last = browser.sign_in(login, "not the password").await;
    for _ in 1..times {
        last = browser.sign_in(login, "not the password").await;
    }
    last
}

#[tokio::test]
async fn after_five_failures_one_waits_and_ever_longer() {
    let hall = Hall::open().await;
    let mut browser = hall.browser();
    assert_eq!(fail(&mut browser, LOGIN, 4).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fifth = fail(&mut browser, LOGIN, 1).await;
    assert_eq!((fifth.status, fifth.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "30"));
    assert!(fifth.body.contains("Try again in 30 seconds"));
    let right = browser.sign_in(LOGIN, PASSWORD).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "even the right password waits");
    assert_eq!(hall.account().await.failures, 5, "an attempt while locked does not lock for longer");
    hall.pass(SignedDuration::from_secs(30));
    assert_eq!(fail(&mut browser, LOGIN, 1).await.header("retry-after"), "60");
    hall.pass(SignedDuration::from_secs(60));
    let seventh = fail(&mut browser, LOGIN, 1).await;
    assert!(seventh.body.contains("Try again in 2 minutes"));
    hall.pass(SignedDuration::from_secs(120));
    assert_eq!(browser.sign_in(LOGIN, PASSWORD).await.status, StatusCode::SEE_OTHER);
    assert_eq!(hall.account().await.failures, 0);
}

#[tokio::test]
async fn a_login_that_does_not_exist_is_locked_like_one_that_does() {
    let hall = Hall::open().await;
    let mut browser = hall.browser();
    let fifth = fail(&mut browser, "nobody", 5).await;
    assert_eq!((fifth.status, fifth.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "30"));
    assert_eq!(hall.browser().sign_in(LOGIN, PASSWORD).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn many_guesses_at_once_are_counted_one_by_one() {
    let hall = Hall::open().await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let office = hall.office.clone();
        tasks.spawn(async move {
            let strangers = office::accounts::Attempts::default();
            office.accounts().sign_in(&strangers, LOGIN, "not the password").await.map(|_| ())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap().unwrap();
    }
    let failures = hall.account().await.failures;
    let at_once = u32::try_from(std::thread::available_parallelism().unwrap().get()).unwrap();
    assert!((5..5 + at_once).contains(&failures), "{failures} guesses were judged");
}

#[tokio::test]
async fn an_address_that_guesses_at_many_logins_waits() {
    let hall = Hall::open_with(|web| web.behind_proxy(true)).await;
    let mut browser = hall.browser();
    browser.get("/sign-in").await;
    let proof = browser.proof();
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..50 {
        let (mut browser, proof) = (browser.clone(), proof.clone());
        tasks.spawn(async move {
            let login = format!("nobody{n}");
            let fields = [("login", login.as_str()), ("password", "x"), ("csrf", proof.as_str())];
            browser.post_as_is("/sign-in", &fields, &[("x-forwarded-for", "spoofed, 203.0.113.9")]).await.status
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let fields = [("login", LOGIN), ("password", PASSWORD), ("csrf", proof.as_str())];
    let there = browser.clone().post_as_is("/sign-in", &fields, &[("x-forwarded-for", "203.0.113.9")]).await;
    assert_eq!(there.status, StatusCode::TOO_MANY_REQUESTS);
    let elsewhere = browser.clone().post_as_is("/sign-in", &fields, &[("x-forwarded-for", "203.0.113.10")]).await;
    assert_eq!(elsewhere.status, StatusCode::SEE_OTHER);
}
