//! What a form can come to: granted, refused with everything typed kept, stale, sent twice, forged.

use crate::hall::Hall;
use axum::http::StatusCode;

const TOPIC: [(&str, &str); 5] = [
    ("field.subject", "Bus fares"),
    ("field.sponsor", "transport"),
    ("field.draft", "The fares rise.\r\nBy one yuan."),
    ("field.consulted", "harbour"),
    ("field.urgency", "urgent"),
];

async fn submitted(hall: &Hall) -> String {
    let got = hall.browser("transport_head", "en").await.submit("/new/Topic/submit", &TOPIC).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.words());
    got.location.trim_start_matches("/matters/").to_owned()
}

async fn events(hall: &Hall, number: &str) -> usize {
    let matter = hall.office.store().matter_by_number(number).await.unwrap().unwrap();
    hall.office.store().events(matter.id).await.unwrap().len()
}

#[tokio::test]
async fn an_opening_is_refused_with_every_reason_and_keeps_what_was_typed() {
    let hall = Hall::open().await;
    let clerk = hall.browser("transport_clerk", "en").await;
    let got = clerk.submit("/new/Topic/submit", &[("field.subject", "Bus fares"), ("field.copies", "12")]).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["“Draft” is to be filled in.", "“Urgency” is to be filled in.", "value=\"Bus fares\"", "value=\"12\""]);
    let all = [TOPIC[0], TOPIC[1], TOPIC[2], TOPIC[3], TOPIC[4]];
    let got = clerk.submit("/new/Topic/submit", &all).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&[
        "This step belongs to Head of Transport Bureau (Head of Transport).",
        "The head of a body submits a topic with its draft",
        "href=\"/rulebook/3\"",
        "By one yuan.",
    ]);
    let chinese = hall.browser("transport_clerk", "zh-CN").await.submit("/new/Topic/submit", &all).await;
    chinese.shows(&["此环节由交通局负责人（交通局局长）办理。", "单位负责人提交议题和草案"]);
}

#[tokio::test]
async fn a_form_is_filled_in_and_carried_out() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    head.get("/new/Topic/submit").await.shows(&[
        "<option value=\"transport\" selected>",
        "Harbour District",
        "Regions",
    ]);
    let got = head.submit("/new/Topic/submit", &TOPIC).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.words());
    assert_eq!(got.location, "/matters/T-2019-1");
    head.follow(&got).await.shows(&["Done: Submit a topic", "Bus fares"]);
    let harbour = hall.browser("harbour_head", "en").await;
    harbour.get("/matters/T-2019-1").await.shows(&["/matters/T-2019-1/consult?outcome=agree"]);
    harbour
        .get("/matters/T-2019-1/consult?outcome=disagree")
        .await
        .shows(&["value=\"disagree\" checked", "Only for: Disagree"]);
    let refused = harbour.submit("/matters/T-2019-1/consult", &[("outcome", "disagree"), ("field.opinion", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows(&["“Opinion” is to be filled in.", "value=\"disagree\" checked"]);
    let granted =
        harbour.submit("/matters/T-2019-1/consult", &[("outcome", "agree"), ("field.opinion", "left over")]).await;
    assert_eq!(granted.status, StatusCode::SEE_OTHER, "{}", granted.words());
}

#[tokio::test]
async fn a_gate_says_what_is_missing_and_who_can_supply_it() {
    let hall = Hall::open().await;
    let topic = submitted(&hall).await;
    let mayor = hall.browser("mayor", "en").await;
    let path = format!("/matters/{topic}/decide");
    let reasons = [
        "What has not passed review, or is still with those consulted, is not decided.",
        "Art. 3 (reconstructed)",
        "“Review legality”",
        "Head of Justice Bureau (Head of Justice)",
        "“Give an opinion” by Harbour District",
        &format!("/matters/{topic}/review"),
    ];
    mayor.get(&path).await.shows(&reasons);
    let with = [("outcome", "reject"), ("field.grounds", "Too dear for the many.")];
    let got = mayor.submit(&path, &with).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&reasons);
    got.shows(&["Too dear for the many."]);
    assert_eq!(events(&hall, &topic).await, 1);
}

#[tokio::test]
async fn the_second_of_two_is_told_what_the_first_did() {
    let hall = Hall::open().await;
    let topic = submitted(&hall).await;
    let path = format!("/matters/{topic}/review");
    let justice = hall.browser("justice_head", "en").await;
    let form = justice.get(&path).await;
    hall.act("transport_head", &topic, "revise", &[("draft", "The fares stay.")]).await;
    let got = justice
        .post(&path, &form.filled(&[("outcome", "return"), ("field.grounds", "By one yuan is too much.")]))
        .await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    got.shows(&[
        "Meanwhile",
        "Head of Transport – Revise the draft",
        "By one yuan is too much.",
        "value=\"return\" checked",
    ]);
    let again =
        justice.post(&path, &got.filled(&[("outcome", "return"), ("field.grounds", "By one yuan is too much.")])).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.words());
    assert_eq!(events(&hall, &topic).await, 3);
}

#[tokio::test]
async fn what_others_did_is_told_also_where_it_is_harmless() {
    let hall = Hall::open().await;
    let topic = submitted(&hall).await;
    let justice = hall.browser("justice_head", "zh-CN").await;
    let form = justice.get(&format!("/matters/{topic}/review")).await;
    hall.act("harbour_head", &topic, "consult", &[("/each", "harbour"), ("/outcome", "agree")]).await;
    let got = justice.post(&format!("/matters/{topic}/review"), &form.filled(&[("outcome", "pass")])).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.words());
    justice.follow(&got).await.shows(&["已办理：合法性审查：合法", "其间：", "港口区区长——提出意见：同意"]);
}

#[tokio::test]
async fn a_form_sent_twice_is_carried_out_once() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    let form = head.get("/new/Topic/submit").await.filled(&TOPIC);
    let (first, second) = (head.post("/new/Topic/submit", &form).await, head.post("/new/Topic/submit", &form).await);
    assert_eq!((first.status, &first.location), (second.status, &second.location));
    assert_eq!(first.location, "/matters/T-2019-1");
    assert_eq!(head.get("/matters/T-2019-2").await.status, StatusCode::NOT_FOUND);
    let justice = hall.browser("justice_head", "en").await;
    let form = justice.get("/matters/T-2019-1/review").await.filled(&[("outcome", "pass")]);
    for _ in 0..2 {
        let got = justice.post("/matters/T-2019-1/review", &form).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.words());
    }
    assert_eq!(events(&hall, "T-2019-1").await, 2);
}

#[tokio::test]
async fn a_form_gone_back_to_and_changed_is_told_what_was_recorded_and_keeps_what_is_typed() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    let form = head.get("/new/Topic/submit").await;
    head.post("/new/Topic/submit", &form.filled(&TOPIC)).await;
    let mut other = TOPIC;
    other[2].1 = "The ferry stays.";
    let told = head.post("/new/Topic/submit", &form.filled(&other)).await;
    assert_eq!(told.status, StatusCode::CONFLICT, "{}", told.words());
    told.shows(&["The ferry stays.", "Something was done after you opened the form"]);
    assert_eq!(head.get("/matters/T-2019-2").await.status, StatusCode::NOT_FOUND);
    // Sent once more, it is a submission of its own.
    let again = head.post("/new/Topic/submit", &told.filled(&other)).await;
    assert_eq!(again.location, "/matters/T-2019-2", "{}", again.words());
}

#[tokio::test]
async fn markup_is_text() {
    let hall = Hall::open().await;
    let markup = "<script>alert(1)</script>\"'><img src=x>";
    let head = hall.browser("transport_head", "en").await;
    let with =
        [("field.subject", markup), TOPIC[1], ("field.draft", markup), TOPIC[3], TOPIC[4], ("field.handler", markup)];
    let refused = head.submit("/new/Topic/submit", &with).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let granted = head.submit("/new/Topic/submit", &with[..5]).await;
    assert_eq!(granted.status, StatusCode::SEE_OTHER, "{}", granted.words());
    let page = granted.location.clone();
    let pages = [
        &*page,
        "/",
        "/areas/topics",
        "/search?q=alert",
        &format!("{page}?show=papers"),
        &format!("{page}?show=history"),
    ];
    let mut shown = vec![refused.text, head.follow(&granted).await.text];
    for path in pages {
        shown.push(head.get(path).await.text);
    }
    shown.push(head.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E").await.text);
    for text in shown {
        assert!(!text.contains("<script>alert") && !text.contains("<img src=x>"), "{text}");
    }
}

#[tokio::test]
async fn what_is_no_value_is_said_and_kept() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    let oversized = "x".repeat(20_001);
    let cases: [(&str, &str, &str); 11] = [
        ("field.handler", "nobody", "Handled by: the directory has no person “nobody”."),
        ("field.sponsor", "moon", "Sponsor: the directory has no body “moon”."),
        ("field.wanted_on", "2026-02-30", "Wanted on: there is no day 2026-02-30."),
        ("field.wanted_on", "12026-01-01", "Wanted on: “12026-01-01” is not a day"),
        ("field.wanted_on", "soon", "Wanted on: “soon” is not a day."),
        ("field.copies", "a dozen", "Copies: “a dozen” is not a whole number of 0 or more."),
        ("field.copies", "99999999999999999999", "is not a whole number of 0 or more."),
        ("field.copies", "-3", "is not a whole number of 0 or more."),
        ("field.earlier", "T-1999-1", "Earlier topic: there is no matter “T-1999-1”"),
        ("field.urgency", "very", "Urgency: “very” is none of the choices: "),
        ("field.subject", &oversized, "Subject: at most 20000 characters can be kept."),
    ];
    for (name, typed, message) in cases {
        let mut with: Vec<(&str, &str)> = TOPIC.iter().filter(|(key, _)| *key != name).copied().collect();
        with.push((name, typed));
        let got = head.submit("/new/Topic/submit", &with).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {typed:.20}");
        got.shows(&[message, &format!("href=\"#{name}\""), typed]);
    }
}

#[tokio::test]
async fn late_is_possible_with_a_reason() {
    let hall = Hall::open().await;
    let topic = submitted(&hall).await;
    hall.days(20);
    let justice = hall.browser("justice_head", "en").await;
    let path = format!("/matters/{topic}/review");
    justice.get(&path).await.shows(&["Why it is late", "This was due on 26 April 2019."]);
    let refused = justice.submit(&path, &[("outcome", "pass")]).await;
    refused.shows(&["It may still be done, with a reason that stays on record."]);
    let granted = justice.submit(&path, &[("outcome", "pass"), ("late", "The reviewer was ill.")]).await;
    assert_eq!(granted.status, StatusCode::SEE_OTHER, "{}", granted.words());
    let history = justice.get(&format!("/matters/{topic}?show=history")).await;
    history.shows(&["Reason given: The reviewer was ill.", "Late, was due 26 April 2019"]);
}

#[tokio::test]
async fn an_agenda_is_numbered() {
    let hall = Hall::open().await;
    let (first, second) = (submitted(&hall).await, submitted(&hall).await);
    let meeting = hall.act("clerk", "Meeting", "convene", &[("name", "First"), ("held_on", "2019-04-25")]).await;
    let clerk = hall.browser("clerk", "en").await;
    let path = format!("/matters/{meeting}/collect");
    let mut ids = vec![];
    for number in [&first, &second] {
        let matter = hall.office.store().matter_by_number(number).await.unwrap().unwrap();
        ids.push(format!("order.agenda.{}", matter.id));
    }
    clerk.get(&path).await.shows(&[&ids[0], &ids[1]]);
    let got = clerk.submit(&path, &[(&ids[0], "2"), (&ids[1], "1")]).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.words());
    let matter = hall.office.store().matter_by_number(&meeting).await.unwrap().unwrap();
    let agenda: Vec<String> = matter.fields["agenda"]
        .members()
        .iter()
        .map(|member| format!("order.agenda.{}", member.matter().unwrap()))
        .collect();
    assert_eq!(agenda, [ids[1].clone(), ids[0].clone()]);
    let harbour = hall.browser("harbour_head", "en").await;
    assert_eq!(harbour.get(&format!("/matters/{meeting}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_agenda_says_how_long_it_takes_while_it_is_put_together() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    let clerk = hall.browser("clerk", "en").await;
    let meeting = hall.act("clerk", "Meeting", "convene", &[("name", "First"), ("held_on", "2019-04-25")]).await;
    let path = format!("/matters/{meeting}/collect");
    let mut rows = vec![];
    for lasts in ["", "20", "15"] {
        let got = head.submit("/new/Topic/submit", &[&TOPIC[..], &[("field.lasts", lasts)]].concat()).await;
        let number = got.location.trim_start_matches("/matters/").to_owned();
        let matter = hall.office.store().matter_by_number(&number).await.unwrap().unwrap();
        rows.push(format!("order.agenda.{}", matter.id));
        if lasts.is_empty() {
            // Where nothing is said of any, nothing is said of all.
            clerk.get(&path).await.hides(&["hall-ordered__together", "hall-ordered__minutes"]);
        }
    }
    let form = clerk.get(&path).await;
    form.shows(&["20 min", "15 min", "data-all-timed=\"Together {minutes} minutes.\""]);
    form.hides(&["Together 0 minutes."]);
    let wrong = ("number.agenda", "T-1999-1");
    let timed = clerk.submit(&path, &[(&rows[1], "1"), (&rows[2], "2"), wrong]).await;
    assert_eq!(timed.status, StatusCode::UNPROCESSABLE_ENTITY);
    timed.shows(&["Together 35 minutes."]);
    let one_untimed = clerk.submit(&path, &[(&rows[0], "1"), (&rows[1], "2"), wrong]).await;
    one_untimed.shows(&["Together 20 minutes, without 1 of which nothing is said."]);
}

#[tokio::test]
async fn a_gate_over_the_form_says_the_rule_and_what_to_change() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    let got = head.submit("/new/Topic/submit", &[&TOPIC[..], &[("field.copies", "101")]].concat()).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["No more than a hundred copies are made.", "Change: Copies", "Nothing was changed."]);
    got.hides(&["so that the rule is met", "<dt>Missing</dt>"]);
}

#[tokio::test]
async fn a_form_not_yet_filled_in_is_no_refusal() {
    let hall = Hall::open().await;
    let topic = submitted(&hall).await;
    hall.days(14);
    let form = hall.browser("justice_head", "en").await.get(&format!("/matters/{topic}/review")).await;
    form.shows(&["Why it is late"]);
    form.hides(&["stands in the way"]);
    let early = hall.browser("mayor", "en").await.get(&format!("/matters/{topic}/decide")).await;
    early.shows(&["One thing stands in the way."]);
    early.hides(&["Nothing was changed."]);
}

#[tokio::test]
async fn what_is_chosen_can_be_left_open_again_and_posts_come_first() {
    let hall = Hall::open().await;
    let form = hall.browser("transport_head", "en").await.get("/new/Topic/submit").await;
    form.shows(&["type=\"radio\" value=\"\" checked", "Not stated"]);
    let people = form.text.split("name=\"field.handler\"").nth(1).unwrap().split("</select>").next().unwrap();
    let groups: Vec<&str> =
        people.split("<optgroup label=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(groups, ["Posts of the whole office", "Bureaus", "Regions", "Without a post today"]);
    assert!(people.split("Without a post today").nth(1).unwrap().contains("Somebody else"), "{people}");
    form.hides(&[
        "<fieldset class=\"govuk-fieldset\"><legend class=\"govuk-fieldset__legend\">Urgency</legend>Not stated",
    ]);
}

#[tokio::test]
async fn a_day_written_otherwise_is_told_from_a_day_that_is_none() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    for (typed, said) in [
        ("31.12.2026", "“31.12.2026” is not a day. Write it as year-month-day"),
        ("2026-13-40", "there is no day 2026-13-40. Write it as year-month-day"),
        ("1066-10-14", "1066-10-14 lies too far away; years from 1900 to 2199"),
    ] {
        let got = head.submit("/new/Topic/submit", &[&TOPIC[..], &[("field.wanted_on", typed)]].concat()).await;
        got.shows(&[said, &format!("value=\"{typed}\"")]);
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused_and_the_rest_is_kept() {
    let hall = Hall::open().await;
    let head = hall.browser("transport_head", "en").await;
    let form = head.get("/new/Topic/submit").await.filled(&TOPIC);
    let got =
        head.post_raw("/new/Topic/submit", &form, "field.copies=3&field.earlier=&late=%07&field.draft=A%FFB").await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["Draft: one is asked for, several were given", "value=\"Bus fares\"", "By one yuan."]);
    let form: Vec<_> = form.into_iter().filter(|(name, _)| name != "field.draft").collect();
    let got = head.post_raw("/new/Topic/submit", &form, "field.draft=A%FFB&late=%07").await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.shows(&["Draft: it holds the mark � for bytes that were no text", "value=\"Bus fares\"", "A�B"]);
    got.shows(&["Why it is late: it holds characters that cannot be shown"]);
    assert!(hall.office.store().matter_by_number("T-2019-1").await.unwrap().is_none());
}

#[tokio::test]
async fn a_form_of_another_page_is_not_taken() {
    let hall = Hall::open().await;
    let topic = submitted(&hall).await;
    let justice = hall.browser("justice_head", "en").await;
    let path = format!("/matters/{topic}/review");
    let got = justice.post(&path, &[("outcome".to_owned(), "pass".to_owned())]).await;
    assert_eq!((got.status, got.location.as_str()), (StatusCode::SEE_OTHER, path.as_str()), "shown again");
    let mayor = hall.browser("mayor", "en").await;
    let form = mayor.get(&format!("/matters/{topic}/decide")).await.filled(&[("outcome", "pass")]);
    assert_eq!(justice.post(&path, &form).await.location, path, "shown again");
    assert_eq!(events(&hall, &topic).await, 1);
}
