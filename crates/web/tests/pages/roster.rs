//! A list of people and posts where the rulebook has no step to enter it by.

use crate::hall::Hall;
use axum::http::StatusCode;

#[tokio::test]
async fn where_nothing_can_be_entered_there_is_no_page_for_it() {
    let hall = Hall::open().await;
    let browser = hall.browser("clerk", "en").await;
    assert_eq!(browser.get("/directory/import").await.status, StatusCode::NOT_FOUND);
    browser.get("/directory").await.hides(&["/directory/import"]);
    assert_eq!(browser.get("/directory/roster.csv").await.status, StatusCode::NOT_FOUND);
}
