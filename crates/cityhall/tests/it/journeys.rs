//! Whole ways of people through the pages, in a browser.

use crate::{browser::Browser, server::Server};
use thirtyfour::prelude::*;

#[tokio::test]
async fn a_department_proposes_a_decision_and_the_general_office_finds_it_on_its_desk() {
    let server = Server::demonstration();
    let browser = Browser::start(1280).await;
    browser.sign_in(&server, "finance_clerk").await;
    browser.go(&server, "/new/Decision/propose").await;
    browser.write("title", "A <b>bold</b> fare").await;
    browser.write("draft", "One yuan a ride.").await;
    browser.write("grounds", "Costs have risen.").await;
    browser.click("main form button[type=submit]").await;
    // The sponsor was forgotten: every reason stands there, and nothing typed is lost.
    let title = browser.page.find(By::Name("title")).await.unwrap();
    assert_eq!(title.prop("value").await.unwrap().unwrap(), "A <b>bold</b> fare");
    let source = browser.page.source().await.unwrap();
    assert!(source.contains("error"), "no word of what is missing");
    choose(&browser, "sponsor", "finance").await;
    browser.click("main form button[type=submit]").await;
    let text = browser.text().await;
    assert!(text.contains("A <b>bold</b> fare"), "typed text is text, not markup: {text}");
    let number = browser.page.current_url().await.unwrap().path().rsplit('/').next().unwrap().to_owned();
    drop(browser);
    let browser = Browser::start(360).await;
    browser.sign_in(&server, "general_office_clerk").await;
    browser.go(&server, &format!("/search?q={number}")).await;
    assert!(browser.text().await.contains("bold"), "{}", browser.text().await);
    browser.go(&server, &format!("/matters/{number}/qualify")).await;
    browser.click("main form button[type=submit]").await;
    browser.go(&server, &format!("/matters/{number}")).await;
    assert!(browser.text().await.contains("Article"), "{}", browser.text().await);
}

/// Chooses in a select, or ticks the radio button, of a field.
async fn choose(browser: &Browser, field: &str, value: &str) {
    let option = format!("select[name='{field}'] option[value='{value}']");
    let radio = format!("input[name='{field}'][value='{value}']");
    match browser.page.find(By::Css(&option)).await {
        Ok(option) => option.click().await.unwrap(),
        Err(_) => browser.page.find(By::Css(&radio)).await.unwrap().click().await.unwrap(),
    }
}

#[tokio::test]
async fn a_stranger_sees_the_public_site_and_nothing_else() {
    let server = Server::demonstration();
    let browser = Browser::start(1280).await;
    browser.go(&server, "/matters/EM-16-28").await;
    assert!(browser.page.current_url().await.unwrap().path().starts_with("/sign-in"));
    browser.go(&server, "/public").await;
    assert!(!browser.text().await.is_empty());
}
