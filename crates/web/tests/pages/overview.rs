//! What somebody looks ahead by: the overview with all that it counted, and what comes to the desk or lies with
//! others.

use crate::hall::Hall;
use axum::http::StatusCode;

const PATHS: [&str; 3] = ["/overview", "/overview/late", "/overview/list?of=open"];

/// A task of the harbour district that was due on 25 April 2019, one that is not, and a week gone by.
async fn with_a_late_task() -> Hall {
    let hall = Hall::open().await;
    for (subject, due) in [("Late task", "2019-04-25"), ("Early task", "2019-06-25")] {
        let topic = [
            ("subject", subject),
            ("sponsor", "transport"),
            ("draft", "Text."),
            ("consulted", ""),
            ("urgency", "urgent"),
        ];
        let topic = hall.act("transport_head", "Topic", "submit", &topic).await;
        hall.act("justice_head", &topic, "review", &[("/outcome", "pass")]).await;
        let adopt = [("/outcome", "adopt"), ("lead", "harbour"), ("assistants", "justice"), ("task_due", due)];
        hall.act("mayor", &topic, "decide", &adopt).await;
    }
    hall.days(7);
    hall
}

#[tokio::test]
async fn nothing_is_counted_that_the_reader_may_not_read() {
    let hall = with_a_late_task().await;
    let texts = [
        ("en", ["Nothing is open", "Nothing is late", "Nothing here"]),
        ("zh-CN", ["没有在办事项", "没有逾期环节", "暂无内容"]),
    ];
    for (lang, expected) in texts {
        let stranger = hall.browser("stranger", lang).await;
        for (path, expected) in PATHS.iter().zip(expected) {
            let got = stranger.get(path).await;
            assert_eq!(got.status, StatusCode::OK, "{path}");
            got.shows(&[expected]);
            got.hides(&["Late task", "Harbour District", "港湾区"]);
        }
        let months = ["No meeting in these months", "近几个月没有会议"];
        stranger.get("/overview").await.shows(&[months[usize::from(lang != "en")]]);
    }
}

#[tokio::test]
async fn every_number_leads_to_what_it_counted() {
    let hall = with_a_late_task().await;
    let mayor = hall.browser("mayor", "en").await;
    let overview = mayor.get("/overview").await;
    overview.shows(&["Ledger", "Harbour District", "April 2019"]);
    let links =
        ["/overview/late?area=ledger", "/overview/late?at=body%3Aharbour", "/overview/list?of=opened&month=2019-04"];
    for link in links {
        let escaped = link.replace('&', "&#38;");
        assert!(overview.text.contains(&format!("href=\"{escaped}\"")), "{link} is not on the page");
        mayor.get(link).await.shows(&["Late task"]);
    }
    for late in &links[..2] {
        let late = mayor.get(late).await;
        late.shows(&["25 April 2019", "4 working days late"]);
        late.hides(&["Early task"]);
    }
    mayor.get("/overview/list?of=open&kind=Task").await.shows(&["Late task", "Early task"]);
    mayor.get("/overview/list?of=opened&month=2019-03").await.hides(&["Late task"]);
    mayor.get("/overview/list?of=closed&month=2019-04").await.shows(&["Late task"]);
    mayor.get("/overview/list?of=closed&month=2019-05").await.hides(&["Late task"]);
    overview.shows(&["Topics dealt with", "Of 2 opened in these months 2 are closed by now: 100 %."]);
    let handled = "/overview/list?of=handled&month=2019-04&kind=Topic";
    assert!(overview.text.contains(&handled.replace('&', "&#38;")), "{}", overview.text);
    mayor.get(handled).await.shows(&["opened and closed by now", "Late task", "Early task"]);
    mayor.get("/overview/list?of=handled&month=2019-04&kind=Task").await.hides(&["Late task"]);
    mayor.get("/overview/list?of=published&month=2019-04&kind=Topic").await.hides(&["Late task"]);
    let this_month = mayor.get("/overview/list?of=opened&kind=Task").await;
    assert_eq!(this_month.location, "/overview/list?of=opened&month=2019-04&kind=Task");
}

#[tokio::test]
async fn an_address_that_is_no_list_is_not_there_and_one_with_nothing_late_is_empty() {
    let hall = with_a_late_task().await;
    let mayor = hall.browser("mayor", "en").await;
    for path in [
        "/overview/list",
        "/overview/list?of=lost",
        "/overview/list?of=opened&month=2019-13",
        "/overview/list?of=open&kind=Nothing",
        "/overview/list?of=open&month=2019-04",
        "/overview/late?at=body:nowhere",
        "/overview/late?at=harbour",
        "/overview/late?under=nobody",
        "/overview/late?area=%3Cb%3E",
    ] {
        assert_eq!(mayor.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/overview/late?at=body:justice", "/overview/late?under=mayor&area=ledger"] {
        let got = mayor.get(path).await;
        got.shows(&["Nothing is late"]);
        got.hides(&["Late task"]);
    }
    assert_eq!(mayor.get("/overview/late?page=9").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_desk_says_what_comes_within_a_week_and_with_whom_lies_what_one_waits_for() {
    let hall = Hall::open().await;
    for (name, day) in [("Near meeting", "2019-04-25"), ("Far meeting", "2019-06-25")] {
        hall.act("clerk", "Meeting", "convene", &[("name", name), ("held_on", day)]).await;
    }
    let topic = [
        ("subject", "Bus fares"),
        ("sponsor", "transport"),
        ("draft", "Text."),
        ("consulted", ""),
        ("urgency", "urgent"),
    ];
    hall.act("transport_head", "Topic", "submit", &topic).await;
    let transport = hall.browser("transport_head", "en").await.get("/").await;
    transport.shows(&["What you wait for", "Bus fares", "Head of Justice Bureau, "]);
    let justice = hall.browser("justice_head", "en").await.get("/").await;
    justice.hides(&["What you wait for"]);
    let clerk = hall.browser("clerk", "en").await.get("/").await;
    clerk.shows(&["Coming within a week", "Near meeting"]);
    let side = clerk.text.split("Coming within a week").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(side.contains("Near meeting") && !side.contains("Far meeting"), "{side}");
    hall.browser("stranger", "zh-CN").await.get("/").await.hides(&["一周内将到", "等待他人办理", "Near meeting"]);
}

#[tokio::test]
async fn much_is_counted_once_a_minute_for_all_and_says_of_when() {
    let hall = with_a_late_task().await;
    let mayor = hall.browser("mayor", "en").await;
    mayor.get("/overview").await.hides(&["a minute later it is counted anew"]);
    // Two matters are taken for many.
    hall.office.count_anew_up_to(1);
    mayor.get("/overview").await;
    let topic = [
        ("subject", "One more"),
        ("sponsor", "transport"),
        ("draft", "Text."),
        ("consulted", ""),
        ("urgency", "urgent"),
    ];
    hall.act("transport_head", "Topic", "submit", &topic).await;
    let kept = mayor.get("/overview").await;
    kept.shows(&["as of 30 April 2019, 09:00; a minute later it is counted anew."]);
    // What others may read of the same counts is theirs alone.
    hall.browser("stranger", "en").await.get("/overview").await.shows(&["Nothing is open", "as of 30 April 2019"]);
    hall.office.count_anew_up_to(1000);
    let anew = hall.office.reader(&"mayor".into()).await.unwrap();
    let span = (jiff::civil::date(2019, 4, 1), jiff::civil::date(2019, 5, 31));
    let kept = hall.office.tally(&anew, span.0, span.1).await.unwrap();
    assert_eq!(kept.as_of, None, "of another span nothing is kept");
    assert_eq!(kept.tally.open.iter().map(|one| one.count).sum::<u64>(), 3);
}
