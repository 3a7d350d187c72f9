//! The directory on any day, and what a vacancy blocks.

use crate::hall::Hall;
use axum::http::StatusCode;
use facts::{PersonId, Relation};
use serde_json::json;

#[tokio::test]
async fn every_page_of_it_is_shown_in_both_languages() {
    let hall = Hall::open().await;
    for (lang, finance) in [("en", "Finance Bureau"), ("zh-CN", "财政局")] {
        let browser = hall.browser("finance_clerk", lang).await;
        for path in ["/directory", "/directory/bodies/finance", "/directory/people/finance_head"] {
            browser.get(path).await.shows(&[finance]);
        }
        for path in ["/directory/bodies/moon", "/directory/people/nobody"] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND);
        }
    }
    assert_eq!(hall.stranger("/directory", "en").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_past_day_has_its_own_leaders() {
    let changed = jiff::civil::date(2019, 4, 1);
    let hall = Hall::founded(|mut directory| {
        let old = directory
            .tenures
            .iter_mut()
            .find(|tenure| matches!(&tenure.relation, Relation::Leads { body } if body.as_str() == "health"));
        let old = old.expect("somebody is in charge of it");
        let mut new = old.clone();
        old.until = Some(changed.yesterday().unwrap());
        (new.person, new.from) = (PersonId::new("vm_industry"), changed);
        directory.tenures.push(new);
        directory
    })
    .await;
    let program = hall.program("finance_clerk").await;
    for (query, leader) in [("?on=2019-03-01", "vm_education"), ("?on=2019-04-01", "vm_industry"), ("", "vm_industry")]
    {
        let directory = program.get(&format!("/api/v1/directory{query}")).await.json();
        let people = directory["people"].as_array().unwrap();
        let leads = people
            .iter()
            .filter(|person| person["roles"].as_array().unwrap().iter().any(|role| role["role"] == "leader:health"));
        let leads: Vec<&str> = leads.map(|person| person["id"].as_str().unwrap()).collect();
        assert_eq!(leads, [leader], "{query}");
    }
    let browser = hall.browser("finance_clerk", "en").await;
    browser.get("/directory?on=2019-03-01").await.shows(&["1 March 2019", "value=\"2019-03-01\""]);
    let body = browser.get("/directory/bodies/health").await;
    body.shows(&["/directory/people/vm_education", "/directory/people/vm_industry", "31 March 2019"]);
}

#[tokio::test]
async fn a_day_that_cannot_be_answered_for_gets_a_sentence() {
    let hall = Hall::open().await;
    let cases = [
        ("yesterday", "is not a day. Write it as year-month-day"),
        ("2019-02-30", "is not a day. Write it as year-month-day"),
        ("1066-10-14", "The record does not reach back to 14 October 1066"),
        ("9998-01-01", "is too far ahead"),
        ("%3Cscript%3E", "“&#60;script&#62;” is not a day"),
    ];
    let browser = hall.browser("finance_clerk", "en").await;
    for (day, sentence) in cases {
        browser.get(&format!("/directory?on={day}")).await.shows(&[sentence, "23 April 2019"]);
    }
    let chinese = hall.browser("mayor", "zh-CN").await;
    chinese.get("/directory?on=1066-10-14").await.shows(&["记录未及1066年10月14日"]);
}

#[tokio::test]
async fn each_way_of_standing_in_has_its_place_and_its_order() {
    let hall = Hall::open().await;
    let mayor = hall.program("mayor").await;
    let with = json!({ "given_by": "mayor", "stand_in": "evm", "occasion": "abroad", "purpose": "Visit.",
        "from": "2019-04-23", "until": "2019-04-26" });
    let given = mayor.act("/api/v1/kinds/Commission/commission", json!({ "with": with })).await;
    assert_eq!(given.status, StatusCode::CREATED, "{}", given.text);
    let number = given.json()["number"].as_str().unwrap().to_owned();
    let page = hall.browser("mayor", "en").await.get("/directory").await;
    page.shows(&["Commission to act for the mayor", "Substitution of a vice mayor", "Nobody on this day."]);
    assert!(page.text.contains(&format!("href=\"/matters/{number}\"")));
    let clerk = hall.browser("finance_clerk", "en").await;
    let page = clerk.get("/directory").await;
    let may_read = clerk.get(&format!("/matters/{number}")).await.status == StatusCode::OK;
    assert_eq!(page.text.contains(&number), may_read);
    clerk.get("/directory/people/evm").await.shows(&["26 April 2019"]);
}

#[tokio::test]
async fn a_vacancy_says_what_waits_for_it_and_no_more_than_the_reader_may_know() {
    let hall = Hall::founded(|mut directory| {
        directory.tenures.retain(|tenure| {
            !matches!(&tenure.relation, Relation::Holds { post, body: Some(body) }
                if post.as_str() == "head" && body.as_str() == "justice_bureau")
                && tenure.person.as_str() != "mayor"
        });
        directory
    })
    .await;
    let page = hall.browser("finance_clerk", "en").await.get("/directory").await;
    page.shows(&["Vacant posts", "The post of Mayor is vacant", "what is for it alone waits", "Nothing waits for it"]);
    let clerk = hall.program("general_office_clerk").await;
    let with = json!({ "applicant": "evm", "reason": "visit", "purpose": "Visit <b>north</b>",
        "destination": "North", "departs": "2019-05-20", "returns": "2019-05-21" });
    let evm = hall.program("evm").await;
    let asked = evm.act("/api/v1/kinds/Leave/ask", json!({ "with": with })).await;
    assert_eq!(asked.status, StatusCode::CREATED, "{}", asked.text);
    let number = asked.json()["number"].as_str().unwrap().to_owned();
    let seen = hall.browser("evm", "en").await.get("/directory").await;
    seen.shows(&["One step waits for it.", &number, "Visit &#60;b&#62;north"]);
    let hidden = hall.browser("finance_clerk", "en").await.get("/directory").await;
    hidden.shows(&["One step waits for it,", "one of them in a matter that you may not read."]);
    assert!(!hidden.text.contains(&number) && !hidden.text.contains("north"));
    assert_eq!(clerk.get("/api/v1/directory").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_closed_is_listed_for_who_reads_it_since() {
    let hall = Hall::open().await;
    let clerk = hall.program("general_office_clerk").await;
    let plenary = json!({ "with": { "title": "Plenary of spring", "day": "2019-06-24" } });
    let number =
        clerk.act("/api/v1/kinds/Plenary/convene", plenary).await.json()["number"].as_str().unwrap().to_owned();
    let off = json!({ "with": { "remarks": "It is not held." } });
    let called_off = clerk.act(&format!("/api/v1/matters/{number}/call_off"), off).await;
    assert_eq!(called_off.status, StatusCode::OK, "{}", called_off.text);
    // The heads of constituent departments read plenaries; this department is new.
    let head = hall.program("general_office_head").await;
    let body = json!({ "with": {
        "body_number": "big_data", "name": "大数据局", "english_name": "Big Data Bureau", "body_class": "constituent",
        "basis": "Plan of reform",
    } });
    let entered = head.act("/api/v1/kinds/DirectoryEntry/enter_body", body).await;
    assert_eq!(entered.status, StatusCode::CREATED, "{}", entered.text);
    for (kind, step, with) in [
        (
            "DirectoryEntry",
            "enter_person",
            json!({
                "person_number": "data_head", "name": "大数据局局长", "english_name": "Head of data", "basis": "Order 1",
            }),
        ),
        (
            "Appointment",
            "record",
            json!({
                "person": "data_head", "post": "head", "body": "big_data", "from": "2019-04-01", "basis": "Order 1",
            }),
        ),
    ] {
        let late = json!({ "with": with, "late": "The department was set up late." });
        let done = clerk.act(&format!("/api/v1/kinds/{kind}/{step}"), late).await;
        assert_eq!(done.status, StatusCode::CREATED, "{}", done.text);
    }
    let new = hall.program("data_head").await;
    let listed = async || new.get("/api/v1/matters?state=closed&kind=Plenary").await.json()["total"].as_u64().unwrap();
    assert_eq!(new.get(&format!("/api/v1/matters/{number}")).await.status, StatusCode::OK);
    assert_eq!(listed().await, 0, "it is derived after the act");
    hall.office.derive_anew(true).await.unwrap();
    assert_eq!(listed().await, 1);
}
