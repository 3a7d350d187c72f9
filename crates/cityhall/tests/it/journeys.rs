//! Whole ways of people through the pages, in a browser.

use crate::{browser::Browser, server::Server};
use thirtyfour::prelude::*;

#[tokio::test]
async fn a_department_proposes_a_decision_and_the_general_office_finds_it_on_its_desk() {
    let server = Server::demonstration();
    let browser = Browser::start(1280).await;
    browser.sign_in(&server, "finance_clerk").await;
    browser.go(&server, "/new/Decision/propose").await;
    browser.write("field.title", "A <b>bold</b> fare").await;
    browser.write("field.draft", "One yuan a ride.").await;
    browser.click("main form button[type=submit]").await;
    // The grounds were forgotten: the page says so, and nothing typed is lost.
    let title = browser.page.find(By::Name("field.title")).await.unwrap();
    assert_eq!(title.prop("value").await.unwrap().unwrap(), "A <b>bold</b> fare");
    assert!(browser.text().await.contains("grounds"), "{}", browser.text().await);
    browser.write("field.grounds", "Costs have risen.").await;
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

#[tokio::test]
async fn a_stranger_sees_the_public_site_and_nothing_else() {
    let server = Server::demonstration();
    let browser = Browser::start(1280).await;
    browser.go(&server, "/matters/EM-16-28").await;
    assert!(browser.page.current_url().await.unwrap().path().starts_with("/sign-in"));
    browser.go(&server, "/public").await;
    assert!(!browser.text().await.is_empty());
}
