//! Whole ways of people through the pages, in a browser.

use crate::{
    browser::{Browser, DESKTOP, PHONE, PLAIN},
    server::Server,
};

/// The executive meeting of three working days ago; its minutes wait for the mayor's signature.
const HELD: &str = "/matters/EM-16-232";

#[tokio::test]
async fn a_department_proposes_a_decision_and_the_general_office_takes_it_up_on_a_phone() {
    let server = Server::demonstration();
    let browser = Browser::start(&server, DESKTOP).await;
    browser.sign_in("finance_clerk").await;
    browser.go("/new/Decision/propose").await;
    browser.write("field.title", "A <b>bold</b> fare").await;
    browser.write("field.draft", "One yuan a ride.").await;
    browser.submit().await;
    // The grounds were forgotten: the page says so, and nothing typed is lost.
    browser.shows("Please mend the following").await;
    assert_eq!(browser.written("field.title").await, "A <b>bold</b> fare");
    assert_eq!(browser.written("field.draft").await, "One yuan a ride.");
    browser.write("field.grounds", "Costs have risen.").await;
    browser.submit().await;
    browser.shows("A <b>bold</b> fare").await;
    let path = browser.path().await;
    assert!(path.starts_with("/matters/MD-"), "{path}");
    assert!(!browser.has("main h1 b").await, "typed text is text, not markup");
    drop(browser);

    let phone = Browser::start(&server, PHONE).await;
    phone.sign_in("general_office_clerk").await;
    let number = path.rsplit('/').next().unwrap();
    phone.go(&format!("/search?q={number}")).await;
    phone.shows("bold").await;
    for page in ["/desk", &path, &format!("{path}/qualify"), "/areas/meetings", "/directory", "/rulebook/24"] {
        phone.go(page).await;
        assert!(!phone.overflows().await, "{page} is wider than a phone");
    }
    phone.go(&format!("{path}/request_review")).await;
    let why = phone.shows("Art. 26").await;
    assert!(why.contains("Finance Bureau"), "whose step it is stands there: {why}");
}

#[tokio::test]
async fn the_mayor_signs_the_minutes_a_task_and_a_public_page_follow_without_scripts() {
    let server = Server::demonstration();
    let browser = Browser::start(&server, PLAIN).await;
    browser.sign_in("general_office_clerk").await;
    browser.go(&format!("{HELD}/issue_minutes")).await;
    let why = browser.shows("Art. 44").await;
    assert!(why.contains("This step belongs to Mayor."), "{why}");
    drop(browser);

    let browser = Browser::start(&server, PLAIN).await;
    browser.sign_in("mayor").await;
    browser.go(&format!("{HELD}/issue_minutes")).await;
    browser.shows("You act as Mayor").await;
    browser.submit().await;
    browser.shows("Minutes|minutes").await;
    assert_eq!(browser.path().await, HELD);
    browser.go("/areas/ledger").await;
    browser.shows("港口岸电建设和使用三年行动计划").await;
    drop(browser);

    let browser = Browser::start(&server, PLAIN).await;
    browser.sign_in("general_office_clerk").await;
    browser.go("/search?q=港口岸电建设和使用三年行动计划").await;
    browser.click("main a[href^='/matters/PB-']").await;
    browser.shows("Publish").await;
    let publication = browser.path().await;
    browser.go(&format!("{publication}/publish")).await;
    browser.write("field.text", "会议原则通过港口岸电行动计划。").await;
    browser.click("input[name='field.channels'][value='website']").await;
    browser.submit().await;
    browser.shows("Closed on").await;
    drop(browser);

    let stranger = Browser::start(&server, PLAIN).await;
    stranger.go("/public").await;
    stranger.shows("港口岸电建设和使用三年行动计划").await;
    let address = publication.replace("/matters/", "/public/");
    stranger.go(&address).await;
    stranger.shows("会议原则通过港口岸电行动计划").await;
    stranger.go(&publication).await;
    stranger.shows("Sign in|登录").await;
    assert_eq!(stranger.path().await, "/sign-in");
}

#[tokio::test]
async fn two_tabs_one_step_the_second_is_told_and_nothing_is_doubled() {
    let server = Server::demonstration();
    let first = Browser::start(&server, DESKTOP).await;
    first.sign_in("mayor").await;
    first.go(&format!("{HELD}/issue_minutes")).await;
    let second = Browser::start(&server, DESKTOP).await;
    second.sign_in("mayor").await;
    second.go(&format!("{HELD}/issue_minutes")).await;
    first.submit().await;
    first.shows("Minutes").await;
    second.submit().await;
    let told = second.shows("Meanwhile|meanwhile").await;
    assert!(told.contains("Sign the minutes"), "{told}");
    second.go("/areas/ledger").await;
    let ledger = second.shows("港口岸电").await;
    assert_eq!(ledger.matches("港口岸电建设和使用三年行动计划").count(), 1, "{ledger}");
}
