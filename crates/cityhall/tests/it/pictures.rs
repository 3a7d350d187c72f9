//! The pictures of the documentation: every page of its tour can be drawn, and `make pictures` keeps them.

use crate::{
    browser::{Browser, DESKTOP, PHONE, Screen},
    server::{Server, root},
};
use std::{fs, path::Path};

/// The folder in which they are kept; they are only drawn where it is not set.
const KEPT_IN: &str = "CITYHALL_PICTURES";

/// A picture's name, who looks at what, and on which screen.
const PICTURES: [(&str, &str, &str, Screen); 14] = [
    ("desk", "general_office_clerk", "/desk", DESKTOP),
    ("overview", "mayor", "/overview", DESKTOP),
    ("meeting", "mayor", "/matters/EM-16-232", DESKTOP),
    ("calendar", "mayor", "/areas/meetings/calendar", DESKTOP),
    ("papers", "mayor", "/matters/EM-16-232?show=papers", DESKTOP),
    ("agenda", "general_office_clerk", "/matters/EM-16-233/collect", DESKTOP),
    ("room", "general_office_clerk", "/matters/WM-2026-3?show=room", DESKTOP),
    ("why-not", "transport_clerk", "/matters/MD-2026-6/request_review", DESKTOP),
    ("ledger", "general_office_head", "/areas/ledger", DESKTOP),
    ("directory", "secretary_general", "/directory", DESKTOP),
    ("rulebook", "justice_bureau_clerk", "/rulebook/26", DESKTOP),
    ("public", "justice_bureau_clerk", "/public", DESKTOP),
    ("desk-phone", "mayor", "/desk", PHONE),
    ("room-phone", "vm_industry", "/matters/WM-2026-3?show=room", PHONE),
];

const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

const STATUS: &str = "return performance.getEntriesByType('navigation')[0].responseStatus";

#[tokio::test]
async fn every_page_of_the_tour_is_drawn_and_the_tour_shows_every_picture() {
    let server = Server::demonstration();
    let tour = fs::read_to_string(root().join("docs/tour.md")).unwrap();
    for (name, person, page, screen) in PICTURES {
        let browser = Browser::start(&server, screen).await;
        browser.sign_in(person).await;
        for language in LANGUAGES {
            browser.go(&format!("/language/{language}?back=/")).await;
            browser.go(page).await;
            assert_eq!(browser.ask(STATUS).await, 200, "{person} {page}");
            let picture = browser.picture().await;
            // A blank page of this size takes a few thousand bytes.
            assert!(picture.starts_with(b"\x89PNG") && picture.len() > 15_000, "{page}: {} bytes", picture.len());
            let file = format!("{name}-{}.png", &language[..2]);
            assert!(tour.contains(&format!("pictures/{file}")), "{file} is not in the tour");
            if let Some(folder) = std::env::var_os(KEPT_IN) {
                fs::write(Path::new(&folder).join(file), picture).unwrap();
            }
        }
    }
    assert_eq!(tour.matches("pictures/").count(), PICTURES.len() * LANGUAGES.len());
}
