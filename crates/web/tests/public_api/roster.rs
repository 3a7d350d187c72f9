//! A list of people and posts from another system: what it would change, and entering it.

use crate::hall::{Got, Hall, Program};
use axum::http::{Method, StatusCode};
use facts::PersonId;
use serde_json::{Value, json};

const PLACE: &str = "/api/v1/directory/roster";

/// Two who are new, one of them at a body under its Chinese name; one who leaves; one who is known already.
const LIST: &str = "person,name,english_name,post,body,from,until,basis
P3001,新任科员,New clerk,staff,交通运输局,2019-05-06,,Order 17
P3002,新任副局长,New deputy,Deputy head,transport,2019-05-06,,Order 18
transport_head,,,head,transport,,2019-04-30,Removal 2
finance_head,,,head,finance,,,
";

async fn send(program: &Program<'_>, query: &str, list: &str) -> Got {
    program.raw(Method::POST, &format!("{PLACE}{query}"), list.to_owned()).await
}

fn standings(roster: &Value) -> Vec<&str> {
    roster["rows"].as_array().unwrap().iter().map(|row| row["standing"].as_str().unwrap()).collect()
}

fn first_reason(row: &Value) -> &str {
    let changes = row["changes"].as_array().unwrap();
    changes.last().and_then(|change| change["reasons"][0]["why"].as_str()).unwrap_or_default()
}

#[tokio::test]
async fn a_list_is_shown_first_and_then_entered_once() {
    let hall = Hall::open().await;
    let clerk = hall.program("general_office_clerk").await;
    let shown = send(&clerk, "", LIST).await.json();
    assert_eq!(standings(&shown), ["lawful", "lawful", "lawful", "same"]);
    let told: Vec<&str> = shown["rows"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| {
            row["changes"]
                .as_array()
                .map_or(&[] as &[Value], Vec::as_slice)
                .iter()
                .map(|change| change["text"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        told,
        [
            "Enters 新任科员 (New clerk) under P3001",
            "New clerk: Staff of Transport Bureau, from 6 May 2019",
            "Enters 新任副局长 (New deputy) under P3002",
            "New deputy: Deputy head of Transport Bureau, from 6 May 2019",
            "Head, Transport Bureau: Head of Transport Bureau, last day 30 April 2019",
        ]
    );
    // Nothing is entered by being shown.
    assert!(hall.office.directory().await.unwrap().people.iter().all(|person| person.id.as_str() != "P3001"));
    let seen = shown["version"].as_u64().unwrap();
    let entered = send(&clerk, &format!("?seen={seen}"), LIST).await.json();
    assert_eq!(standings(&entered), ["entered", "entered", "entered", "same"]);
    let appointment = entered["rows"][0]["changes"][1]["matter"].as_str().unwrap();
    let matter = clerk.get(&format!("/api/v1/matters/{appointment}")).await;
    assert_eq!(matter.status, StatusCode::OK);
    matter.shows(&["Order 17"]);
    let on = jiff::civil::date(2019, 5, 6);
    let (_, organisation) = hall.office.organisation(on).await.unwrap();
    let roles = |person: &str| {
        organisation.roles(&PersonId::new(person)).iter().map(|(role, _)| role.key()).collect::<Vec<_>>()
    };
    assert!(roles("P3001").contains(&"staff:transport".to_owned()), "{:?}", roles("P3001"));
    assert!(roles("P3002").contains(&"deputy:transport".to_owned()), "{:?}", roles("P3002"));
    assert!(!roles("transport_head").contains(&"head:transport".to_owned()));
    // The same list once more says what the directory says already, and on the old version nothing is entered.
    assert_eq!(standings(&send(&clerk, "", LIST).await.json()), ["same"; 4]);
    assert_eq!(send(&clerk, &format!("?seen={seen}"), LIST).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_row_of_which_anything_is_refused_is_left_out_whole_and_keeps_no_other_back() {
    let hall = Hall::open().await;
    let clerk = hall.program("general_office_clerk").await;
    let list = "person,name,english_name,post,body,from,basis
P1,甲,A,head,finance,2019-05-06,Order 1
P2,乙,B,staff,finance,2018-02-01,Order 2
P3,,,staff,finance,2019-05-06,Order 3
P4,丁,D,staff,finnance,2019-05-06,Order 4
P5,戊,E,staff,finance,06.05.2019,Order 5
No. 6,己,F,staff,finance,2019-05-06,Order 6
general_office_clerk,,,deputy,general_office,2019-05-06,Order 7
,数据局,Data Bureau,,data,,Plan
P8,辛,H,staff,finance,2019-05-06,Order 8
";
    let shown = send(&clerk, "", list).await.json();
    let rows = shown["rows"].as_array().unwrap();
    let refused = ["refused"; 3];
    assert_eq!(standings(&shown)[..3], refused);
    assert_eq!(standings(&shown)[3..], ["unread", "unread", "refused", "refused", "refused", "lawful"]);
    let why = [
        (0, "holds the post of Head at that time"),
        (1, "It may still be done, with a reason that stays on record."),
        (2, "“Name in Chinese” is to be filled in."),
        (5, "is one word of at most 40 Latin letters, digits"),
        (6, "belongs to Secretary-general"),
    ];
    for (row, sentence) in why {
        assert!(first_reason(&rows[row]).contains(sentence), "{row}: {}", rows[row]);
    }
    assert_eq!(rows[3]["problem"], "Body: the directory has no body “finnance”.");
    assert!(rows[4]["problem"].as_str().unwrap().contains("“06.05.2019” is not a day."));
    let seen = shown["version"].as_u64().unwrap();
    let entered = send(&clerk, &format!("?seen={seen}&late=The%20register%20was%20begun."), list).await.json();
    // The reason for being late counts where something is late.
    assert_eq!(standings(&entered)[1], "entered");
    assert_eq!(standings(&entered)[8], "entered");
    let directory = hall.office.directory().await.unwrap();
    let new: Vec<&str> = directory.people.iter().map(|one| one.id.as_str()).filter(|id| id.starts_with('P')).collect();
    assert_eq!(new, ["P2", "P8"]);
}

#[tokio::test]
async fn a_list_gives_no_right() {
    let hall = Hall::open().await;
    let stranger = hall.program("finance_clerk").await;
    for query in ["", "?seen=1"] {
        let got = send(&stranger, query, LIST).await;
        assert_eq!(got.status, StatusCode::BAD_REQUEST);
        assert!(got.text.contains("None of the steps by which a list is entered is yours to take."), "{}", got.text);
    }
    let got = hall.browser("finance_clerk", "en").await.get("/directory/import").await;
    assert_eq!(got.status, StatusCode::NOT_FOUND);
    let page = hall.browser("finance_clerk", "en").await.get("/directory").await;
    assert!(!page.text.contains("/directory/import"));
    hall.browser("general_office_clerk", "en").await.get("/directory").await.shows(&["/directory/import"]);
}

#[tokio::test]
async fn what_is_no_list_is_said_with_what_to_do() {
    let hall = Hall::open().await;
    let clerk = hall.program("general_office_clerk").await;
    let cases = [
        ("", "There is no row below the names of the columns."),
        ("person,post", "There is no row below the names of the columns."),
        ("name,post\nA,head", "No column says whose row it is"),
        ("person,posts\nA,head", "No column is called “posts”; the nearest is “post”."),
        ("person,post\nA,\"head\nB,head\n", "Line 2 cannot be read as a row; look for a quotation mark"),
        ("person,post\n\nA,\"head\nB\",head\n", "Line 3 cannot be read as a row"),
        ("person,人员\nA,B", "The columns “person” and “人员” say the same"),
    ];
    for (list, sentence) in cases {
        let got = send(&clerk, "", list).await;
        assert_eq!(got.status, StatusCode::BAD_REQUEST, "{list}");
        assert!(got.text.contains(sentence), "{list}: {}", got.text);
    }
    let long = format!("person,post\n{}", "A,head\n".repeat(1001));
    assert!(send(&clerk, "", &long).await.text.contains("at most 1000 rows"));
    let stray = send(&clerk, "", "person,post,\nevm,,what\n").await.json();
    assert_eq!(stray["rows"][0]["problem"], "“what” stands under no column name.");
    let nobody = send(&clerk, "", "person,post,body\n\n\n,staff,finance\n").await.json();
    assert_eq!(nobody["rows"][0]["problem"], "The row says of a post and names no person.");
    assert_eq!(nobody["rows"][0]["line"], 4);
    let turned = send(&clerk, "?late=%E2%80%AEx", LIST).await;
    assert_eq!(turned.status, StatusCode::BAD_REQUEST, "{}", turned.text);
    let long = format!("person,name,english_name,basis\nP1,甲,A,{}\n", "x".repeat(20_001));
    let long = send(&clerk, "", &long).await.json();
    assert!(long["rows"][0]["problem"].as_str().unwrap().contains("20000"), "{}", long["rows"][0]["problem"]);
    // Every reason at once.
    let both = send(&clerk, "", "person,name,english_name,basis\nNo. 7,——,——,x\n").await.json();
    let reasons = both["rows"][0]["changes"][0]["reasons"].as_array().unwrap().len();
    assert_eq!(reasons, 3, "{both}");
    let nul = send(&clerk, "", "person,name,english_name,basis\nP1,\u{0},A,x\n").await.json();
    assert_eq!(standings(&nul), ["unread"], "{nul}");
    let bytes = clerk.raw(Method::POST, PLACE, String::new()).await;
    assert!(bytes.text.contains("There is no row"), "{}", bytes.text);
    assert!(send(&clerk, "?seen=x", LIST).await.text.contains("the number of a version"));
}

#[tokio::test]
async fn the_directory_is_a_list_that_says_nothing_new() {
    let hall = Hall::open().await;
    let clerk = hall.program("general_office_clerk").await;
    let list = clerk.get(PLACE).await.text;
    assert!(list.starts_with("person,name,english_name,post,body,from,until\n"), "{}", &list[..80]);
    let shown = send(&clerk, "", &list).await.json();
    assert!(standings(&shown).len() > 100);
    assert!(standings(&shown).iter().all(|standing| *standing == "same"));
    // Cells of a spreadsheet come with tabs, headings may be Chinese, names too.
    let pasted = "人员\t职务\t单位\t任职日期\tbasis\r\nfinance_head\t主要负责人\t财政局\t2019年5月6日\tx\r\n";
    let chinese = hall.program("general_office_clerk").await.reading("zh-CN");
    let shown = send(&chinese, "", pasted).await.json();
    assert_eq!(shown["rows"][0]["line"], 2);
    assert_eq!(standings(&shown), ["refused"]);
    // What a spreadsheet would take for a formula is marked as a text, and read as it was.
    let formula = "person,name,english_name,basis\nP9,=1+1,\"@A, B\",Order 9\n";
    let seen = send(&clerk, "", formula).await.json()["version"].as_u64().unwrap();
    let entered = send(&clerk, &format!("?seen={seen}"), formula).await.json();
    assert_eq!(standings(&entered), ["entered"], "{entered}");
    let post = "person,post,body,from,basis\nP9,staff,finance,2019-05-06,Order 9\n";
    let seen = send(&clerk, "", post).await.json()["version"].as_u64().unwrap();
    send(&clerk, &format!("?seen={seen}"), post).await;
    let list = clerk.get(PLACE).await.text;
    assert!(list.contains("P9,'=1+1,\"'@A, B\",staff,finance,2019-05-06,"), "{list}");
    assert!(standings(&send(&clerk, "", &list).await.json()).iter().all(|standing| *standing == "same"));
    assert_eq!(json!(shown["rows"][0]["changes"].as_array().unwrap().len()), json!(1));
}
