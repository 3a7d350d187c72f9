//! Every kind of page held against WCAG 2.2 AA, in both languages, light and dark, on a phone and on a desk.

use crate::{
    browser::{Browser, Screen},
    server::Server,
};
use std::{fs, path::Path};

const CHECKER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/accessibility/node_modules/axe-core/axe.min.js");

/// A page of each kind, with whom it shows most to.
const PAGES: [&str; 28] = [
    "/desk",
    "/desk/together?kind=MeetingAbsence&step=decide",
    "/overview",
    "/overview/late",
    "/overview/list?of=opened",
    "/areas/meetings?state=all",
    "/areas/meetings/calendar",
    "/areas/ledger",
    "/areas/normative",
    "/areas/documents",
    "/search?q=%E5%B8%82",
    "/new",
    "/new/Task/enter",
    "/matters/EM-16-232",
    "/matters/EM-16-232?show=history",
    "/matters/EM-16-232?show=papers",
    "/matters/EM-16-232/issue_minutes",
    "/matters/WM-2026-3?show=room",
    "/matters/EM-16-233/collect",
    "/directory",
    "/directory/bodies/finance",
    "/directory/people/evm",
    "/directory/import",
    "/rulebook",
    "/rulebook/26",
    "/rulebook/Decision/request_review",
    "/account",
    "/public",
];

/// What is found wrong on a page, each with the places and why.
const ASK: &str = "return await axe.run(document, \
    { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })\
    .then(found => ({ \
        passed: found.passes.length, \
        wrong: found.violations.map(one => one.id + ': ' + one.help + ' at ' + one.nodes.map(node => node.target.join(' ')).join(', ')) \
    }))";

const STATUS: &str = "return performance.getEntriesByType('navigation')[0].responseStatus";

async fn every_page_is_for_everybody(width: u32, dark: bool) {
    let checker = fs::read_to_string(Path::new(CHECKER)).expect("axe-core is missing; `make test` installs it");
    let server = Server::demonstration();
    let browser = Browser::start(&server, Screen { width, scripts: true, dark }).await;
    browser.sign_in("general_office_clerk").await;
    assert_eq!(browser.ask("return matchMedia('(prefers-color-scheme: dark)').matches").await, dark);
    let mut wrong = vec![];
    for language in ["en", "zh-CN"] {
        browser.go(&format!("/language/{language}?back=/")).await;
        for page in PAGES {
            browser.go(page).await;
            browser.ask(&checker).await;
            let found = browser.ask(ASK).await;
            assert_eq!(browser.ask(STATUS).await, 200, "{page}");
            assert!(found["passed"].as_u64().is_some_and(|passed| passed > 5), "{page} was not judged: {found}");
            wrong.extend(found["wrong"].as_array().unwrap().iter().map(|one| format!("{language} {page} {one}")));
            if browser.overflows().await {
                wrong.push(format!("{language} {page} is wider than {width} pixels"));
            }
        }
    }
    assert!(wrong.is_empty(), "at {width} pixels, dark {dark}:\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn on_a_phone_by_day() {
    every_page_is_for_everybody(360, false).await;
}

#[tokio::test]
async fn on_a_phone_by_night() {
    every_page_is_for_everybody(360, true).await;
}

#[tokio::test]
async fn on_a_desk_by_day() {
    every_page_is_for_everybody(1440, false).await;
}

#[tokio::test]
async fn on_a_desk_by_night() {
    every_page_is_for_everybody(1440, true).await;
}
