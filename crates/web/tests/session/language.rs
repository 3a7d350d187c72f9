//! In which language pages are shown.

use crate::hall::{ENGLISH, Hall, LOGIN, PASSWORD};
use axum::http::{Method, StatusCode};

#[tokio::test]
async fn the_language_follows_the_choice_then_the_account_then_the_browser() {
    let hall = Hall::open().await;
    let mut browser = hall.browser();
    assert!(
        browser
            .send(Method::GET, "/sign-in", &[], "")
            .await
            .body
            .contains("<html class=\"govuk-template\" lang=\"zh-CN\""),
        "by default"
    );
    assert!(
        browser.send(Method::GET, "/sign-in", &[ENGLISH], "").await.body.contains("lang=\"en\""),
        "as the browser asks"
    );
    let switched = browser.get("/language/zh-CN?back=/sign-in%3Fnext%3D/account").await;
    assert_eq!((switched.status, switched.header("location")), (StatusCode::SEE_OTHER, "/sign-in?next=/account"));
    assert!(switched.cookies()[0].contains("Max-Age=31536000"), "{:?}", switched.cookies());
    assert!(
        browser
            .send(Method::GET, "/sign-in", &[ENGLISH], "")
            .await
            .body
            .contains("<html class=\"govuk-template\" lang=\"zh-CN\""),
        "as chosen"
    );
    browser.sign_in(LOGIN, PASSWORD).await;
    assert!(browser.get("/account").await.body.contains("我的账户"), "the choice stands above the account's language");
    let mut other = hall.signed_in().await;
    let chinese = ("accept-language", "zh-CN");
    let page = other.send(Method::GET, "/account", &[chinese], "").await;
    assert!(page.body.contains("Your account"), "the account's language stands above the browser's");
}

#[tokio::test]
async fn any_page_takes_a_language_and_goes_on_without_it() {
    let hall = Hall::open().await;
    let mut browser = hall.browser();
    let switched = browser.get("/sign-in?next=/account&lang=en").await;
    assert_eq!((switched.status, switched.header("location")), (StatusCode::SEE_OTHER, "/sign-in?next=/account"));
    assert!(browser.get("/sign-in").await.body.contains("For those who hold a post"));
    let unknown = browser.get("/sign-in?lang=fr").await;
    assert_eq!((unknown.header("location"), unknown.cookies().len()), ("/sign-in", 0));
}

#[tokio::test]
async fn the_account_keeps_the_language() {
    let hall = Hall::open().await;
    let mut browser = hall.signed_in().await;
    browser.get("/account").await;
    browser.post("/account/language", &[("language", "zh-CN")]).await;
    assert!(browser.get("/account").await.body.contains("今后页面以中文显示"));
    assert!(hall.signed_in().await.get("/account").await.body.contains("我的账户"));
}
