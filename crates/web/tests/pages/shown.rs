//! What each page shows, empty and full, in both languages; and that it shows nothing else.

use crate::hall::Hall;
use axum::http::StatusCode;
use cityhall_web::{OnDisk, Refused};

const LANGUAGES: [(&str, usize); 2] = [("en", 0), ("zh-CN", 1)];

const TOPIC: [(&str, &str); 5] = [
    ("subject", "Bus fares"),
    ("sponsor", "transport"),
    ("draft", "First line.\nSecond line."),
    ("consulted", "harbour\njustice"),
    ("urgency", "urgent"),
];

/// Every text that a page lacks stands on it in brackets.
fn is_whole(text: &str) {
    let lacking = text.split('[').skip(1).filter_map(|part| part.split_once(']')).map(|(key, _)| key);
    let keys: Vec<&str> = lacking.filter(|key| key.contains('-') && !key.contains(' ')).collect();
    assert!(keys.is_empty(), "texts that are missing: {keys:?}");
}

#[tokio::test]
async fn empty_pages_say_so_and_what_to_do() {
    let hall = Hall::open().await;
    let pages = [
        ("/", ["Nothing waits for you", "暂无待办事项"]),
        ("/desk?kind=Topic&page=7", ["Nothing waits for you", "暂无待办事项"]),
        ("/new", ["Ask for leave", "请假"]),
        ("/areas/topics", ["Nothing here", "暂无内容"]),
        ("/areas/meetings?state=all", ["Nothing here", "暂无内容"]),
        ("/areas/ledger?state=late", ["Nothing here", "暂无内容"]),
        ("/search", ["What are you looking for?", "请输入要搜索的内容"]),
        ("/search?q=%E5%85%AC%E4%BA%A4", ["Nothing that you may read holds", "您可查阅的范围内没有"]),
        ("/search?q=consulted", ["Art. 3 (reconstructed)", "第三条"]),
    ];
    for (lang, index) in LANGUAGES {
        let browser = hall.browser("stranger", lang).await;
        for (path, expected) in &pages {
            let got = browser.get(path).await;
            assert_eq!(got.status, StatusCode::OK, "{path}");
            is_whole(&got.text);
            if *path == "/search?q=consulted" {
                got.shows(&["/rulebook/3"]);
            } else {
                got.shows(&[expected[index]]);
            }
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_there() {
    let hall = Hall::open().await;
    let leave = [
        ("applicant", "transport_head"),
        ("purpose", "A secret journey"),
        ("reason", "visit"),
        ("departs", "2019-05-06"),
        ("returns", "2019-05-08"),
    ];
    let leave = hall.act("transport_head", "Leave", "ask", &leave).await;
    let stranger = hall.browser("stranger", "en").await;
    for path in [
        &format!("/matters/{leave}"),
        &format!("/matters/{leave}/grant"),
        "/matters/T-2019-99",
        "/areas/none",
        "/new/Topic/decide",
        "/new/None/submit",
    ] {
        let got = stranger.get(path).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{path}");
        got.hides(&["secret journey"]);
    }
    for path in ["/areas/topics?state=all", "/search?q=secret", "/search?q=LV-2019-1"] {
        stranger.get(path).await.hides(&["A secret journey"]);
    }
    let mayor = hall.browser("mayor", "en").await;
    for path in ["/", &format!("/matters/{leave}"), "/search?q=secret", "/areas/topics"] {
        mayor.get(path).await.shows(&["A secret journey"]);
    }
    assert_eq!(mayor.get(&format!("/matters/{leave}/none")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_matter_is_shown_whole() {
    let hall = Hall::open().await;
    hall.days(3);
    let topic = hall.act("transport_head", "Topic", "submit", &TOPIC).await;
    let disagree = [("/each", "harbour"), ("/outcome", "disagree"), ("opinion", "The harbour pays twice.")];
    hall.act("harbour_head", &topic, "consult", &disagree).await;
    hall.act("justice_head", &topic, "review", &[("/outcome", "pass")]).await;
    hall.act("transport_head", &topic, "revise", &[("draft", "First line.\nSecond line, mended.")]).await;
    let page = format!("/matters/{topic}");
    let expected: [&[&str]; 2] = [
        &[
            "Bus fares",
            "No longer counts: Draft was changed on 26 April 2019",
            "still to answer: Justice Bureau",
            "6 May 2019",
            "5 working days from 26 April",
            "28 April worked (Labour Day), 1–4 May closed (Labour Day), 5 May worked (Labour Day)",
            "Art. 3 (reconstructed)",
            "Not needed",
            "What happened last",
        ],
        &[
            "已失效：此环节办理之后，草案于2019年4月26日变更",
            "4月26日起5个工作日",
            "5月1日至4日放假（劳动节）",
            "第三条（复原）",
        ],
    ];
    for (lang, index) in LANGUAGES {
        for person in ["mayor", "justice_head", "transport_clerk"] {
            let browser = hall.browser(person, lang).await;
            let got = browser.get(&page).await;
            assert_eq!(got.status, StatusCode::OK, "{person}");
            is_whole(&got.text);
            got.shows(expected[index]);
            for show in ["papers", "positions", "history", "agenda", "none"] {
                let got = browser.get(&format!("{page}?show={show}&from=x&to=-1")).await;
                assert_eq!(got.status, StatusCode::OK, "{show}");
                is_whole(&got.text);
            }
        }
    }
    let mayor = hall.browser("mayor", "en").await;
    mayor
        .get(&format!("{page}?show=positions"))
        .await
        .shows(&["The harbour pays twice.", "Disagree: 1, no answer yet: 1"]);
    let compared = mayor.get(&format!("{page}?show=papers&paper=draft&from=1&to=4")).await;
    compared.shows(&["<del>Second line.</del>", "<ins>Second line, mended.</ins>"]);
    mayor.get(&format!("{page}?show=history")).await.shows(&["as Head of Justice Bureau", "No. 4 in the chain"]);
}

#[tokio::test]
async fn the_desk_says_what_waits_and_why() {
    let hall = Hall::open().await;
    let topic = hall.act("transport_head", "Topic", "submit", &TOPIC).await;
    hall.days(4);
    let justice = hall.browser("justice_head", "en").await;
    let desk = justice.get("/").await;
    desk.shows(&["Today you are", "Review legality"][1..]);
    desk.shows(&[
        "Bus fares",
        &topic,
        "as Head of Justice Bureau",
        "Lawful",
        "First line. Second line.",
        "due 26 April 2019, one day late",
    ]);
    assert_eq!(desk.text.matches("hall-card__title").count(), 2);
    let chinese = hall.browser("justice_head", "zh-CN").await.get("/desk?kind=Topic").await;
    chinese.shows(&["合法性审查", "以司法局负责人身份", "2019年4月26日到期，逾期1日"]);
    justice.get("/desk?kind=Leave").await.shows(&["Nothing waits for you"]);
    // What was looked at is new no more, until somebody else does something.
    assert_eq!(justice.get("/desk?kind=Topic").await.text.matches("hall-card__new").count(), 2);
    justice.get(&format!("/matters/{topic}")).await;
    assert_eq!(justice.get("/desk?kind=Topic").await.text.matches("hall-card__new").count(), 0);
    hall.act("harbour_head", &topic, "consult", &[("/outcome", "agree"), ("/each", "harbour")]).await;
    assert_eq!(justice.get("/desk?kind=Topic").await.text.matches("hall-card__new").count(), 2);
    justice.get(&format!("/matters/{topic}/review")).await;
    assert_eq!(justice.get("/desk?kind=Topic").await.text.matches("hall-card__new").count(), 0);
    hall.browser("transport_head", "en").await.get("/").await.shows(&["Submit a topic", "What you lately did"]);
}

#[tokio::test]
async fn what_nobody_need_take_is_late_for_nobody() {
    let hall = Hall::open().await;
    let nobody_consulted = [TOPIC[0], TOPIC[1], TOPIC[2], ("consulted", ""), TOPIC[4]];
    let topic = hall.act("transport_head", "Topic", "submit", &nobody_consulted).await;
    let page = format!("/matters/{topic}");
    for (days, late) in [(1, false), (20, true)] {
        hall.days(days);
        let got = hall.browser("mayor", "en").await.get(&page).await;
        assert_eq!(got.text.contains("Overdue"), late, "after {days} days: {}", got.words());
    }
    hall.act("justice_head", &topic, "review", &[("/outcome", "pass"), ("/late", "Much to read.")]).await;
    hall.browser("mayor", "en").await.get(&page).await.hides(&["Overdue"]);
}

#[tokio::test]
async fn a_step_that_goes_with_another_waits_for_nobody() {
    let hall = Hall::open().await;
    let topic = hall.act("transport_head", "Topic", "submit", &TOPIC).await;
    let meeting =
        hall.act("clerk", "Meeting", "convene", &[("name", "Third meeting"), ("held_on", "2019-04-25")]).await;
    hall.act("clerk", &meeting, "collect", &[("agenda", &topic)]).await;
    let mayor = hall.browser("mayor", "en").await;
    let page = mayor.get(&format!("/matters/{topic}")).await;
    let now = page.text.split("The matter").next().unwrap_or_default();
    assert!(!now.contains("Settle"), "{}", page.words());
    mayor.get(&format!("/matters/{meeting}")).await.hides(&["Settle"]);
}

#[tokio::test]
async fn who_judges_a_text_sees_it_above_the_form() {
    let hall = Hall::open().await;
    let topic = hall.act("transport_head", "Topic", "submit", &TOPIC).await;
    for (lang, title) in [("en", "What this is about: Draft"), ("zh-CN", "本环节所涉内容：草案")] {
        let justice = hall.browser("justice_head", lang).await;
        let form = justice.get(&format!("/matters/{topic}/review")).await;
        form.shows(&[title, "<p>First line.</p><p>Second line.</p>"]);
        form.hides(&["Show the whole text"]);
    }
    let long = "A long line of a draft that goes on. ".repeat(60);
    hall.act("transport_head", &topic, "revise", &[("draft", long.as_str())]).await;
    let justice = hall.browser("justice_head", "en").await;
    justice.get(&format!("/matters/{topic}/review")).await.shows(&["Show the whole text (", long.trim()]);
}

#[tokio::test]
async fn what_is_refused_of_what_lies_on_the_disk_is_told_to_those_who_look() {
    let hall = Hall::open().await;
    let mut hall = hall;
    let web = cityhall_web::Web::new(hall.office.clone());
    hall.router = cityhall_web::router(web.clone());
    let said = [
        (OnDisk::Rulebook, ["A changed rulebook was refused", "修改后的规则未被采用"]),
        (OnDisk::Calendar, ["A changed calendar was refused", "修改后的工作日历未被采用"]),
    ];
    let first =
        facts::Label { en: "12: there is no post secretary_genral".into(), zh: "第 12 行：没有此职务".into() };
    for (lang, index) in LANGUAGES {
        let clerk = hall.browser("clerk", lang).await;
        for (what, said) in said {
            clerk.get("/rulebook").await.hides(&[said[index]]);
            web.note(what, Some(Refused { at: hall.office.now(), first: first.clone(), problems: 1 }));
            let page = clerk.get("/rulebook").await;
            page.shows(&[said[index], [first.en.as_str(), first.zh.as_str()][index]]);
            is_whole(&page.text);
            web.note(what, None);
        }
    }
}

#[tokio::test]
async fn a_meeting_shows_its_agenda_and_what_changed_in_it() {
    let hall = Hall::open().await;
    let first = hall.act("transport_head", "Topic", "submit", &TOPIC).await;
    let second = [("subject", "Tram lines"), TOPIC[1], TOPIC[2], ("consulted", ""), TOPIC[4]];
    let second = hall.act("transport_head", "Topic", "submit", &second).await;
    let meeting =
        hall.act("clerk", "Meeting", "convene", &[("name", "Third meeting"), ("held_on", "2019-04-25")]).await;
    hall.act("clerk", &meeting, "collect", &[("agenda", &first)]).await;
    hall.act("clerk", &meeting, "collect", &[("agenda", &format!("{second}\n{first}"))]).await;
    hall.act("clerk", &second, "invite", &[("guests", "Two tram drivers")]).await;
    hall.act("mayor", &meeting, "hold", &[("present", "mayor\ndeputy"), ("sits_in", "harbour")]).await;
    hall.act("clerk", &meeting, "draft", &[("minutes", "The fares were discussed.")]).await;
    let page = format!("/matters/{meeting}");
    for (lang, index) in LANGUAGES {
        let mayor = hall.browser("mayor", lang).await;
        let got = mayor.get(&page).await;
        is_whole(&got.text);
        got.shows(&[
            "Tram lines",
            "Bus fares",
            "The fares were discussed.",
            ["Sitting in", "列席"][index],
            ["Concerned and invited", "涉及单位和受邀人员"][index],
            ["Guests: Two tram drivers", "受邀人员：Two tram drivers"][index],
            ["Bodies consulted: Harbour District, Justice Bureau", "征求意见单位：港口区、司法局"][index],
            ["Transport Bureau", "交通局"][index],
        ]);
        let versions = mayor.get(&format!("{page}?show=agenda")).await;
        is_whole(&versions.text);
        versions.shows(&[
            &format!("1. {second} Tram lines"),
            &format!("2. {first} Bus fares"),
            ["Version 2", "第2版"][index],
        ]);
        let list = mayor.get("/areas/meetings").await;
        list.shows(&["Third meeting", ["25 April 2019", "2019年4月25日"][index], ["Written", "已形成"][index]]);
    }
}

#[tokio::test]
async fn the_ledger_shows_late_tasks_first() {
    let hall = Hall::open().await;
    for (subject, due) in [("Late task", "2019-04-25"), ("Early task", "2019-06-25")] {
        let topic = [("subject", subject), TOPIC[1], TOPIC[2], ("consulted", ""), TOPIC[4]];
        let topic = hall.act("transport_head", "Topic", "submit", &topic).await;
        hall.act("justice_head", &topic, "review", &[("/outcome", "pass")]).await;
        let adopt = [("/outcome", "adopt"), ("lead", "harbour"), ("assistants", "justice"), ("task_due", due)];
        hall.act("mayor", &topic, "decide", &adopt).await;
    }
    hall.days(7);
    let harbour = hall.browser("harbour_head", "en").await;
    let ledger = harbour.get("/areas/ledger").await;
    ledger.shows(&["Harbour District", "Justice Bureau", "25 April 2019", "4 working days late", "Overdue"]);
    // Beside whose turn it is stands how late that step is.
    ledger.shows(&["), 4 working days late"]);
    let place = |text: &str| ledger.text.find(text).expect("both tasks are there");
    assert!(place("Late task") < place("Early task"));
    let late = harbour.get("/areas/ledger?state=late").await;
    late.shows(&["Late task"]);
    late.hides(&["Early task"]);
    // Words narrow what is late too, and never hide it.
    let found = harbour.get("/areas/ledger?state=late&q=task").await;
    found.shows(&["Late task"]);
    found.hides(&["Early task"]);
    harbour.get("/areas/ledger?state=late&q=early").await.shows(&["Nothing here"]);
    harbour.get("/areas/ledger?state=closed").await.shows(&["Nothing here"]);
    harbour.get("/areas/ledger?q=early").await.shows(&["Early task"]);
    hall.browser("stranger", "zh-CN").await.get("/areas/ledger").await.hides(&["Late task"]);
}

#[tokio::test]
async fn a_register_shows_what_is_in_force_on_a_day() {
    let hall = Hall::open().await;
    let leave = |purpose: &'static str, departs: &'static str, returns: &'static str| {
        [
            ("applicant", "transport_head"),
            ("purpose", purpose),
            ("reason", "visit"),
            ("departs", departs),
            ("returns", returns),
        ]
    };
    hall.act("transport_head", "Leave", "ask", &leave("A fair", "2019-04-24", "2019-04-26")).await;
    hall.act("transport_head", "Leave", "ask", &leave("A congress", "2019-06-03", "2019-06-05")).await;
    for (lang, index) in LANGUAGES {
        let mayor = hall.browser("mayor", lang).await;
        let register = mayor.get("/areas/absences?on=2019-04-25").await;
        is_whole(&register.text);
        register.shows(&[
            ["In force", "有效"][index],
            ["Shown as of this day", "查看日期"][index],
            "A fair",
            ["24 April 2019", "2019年4月24日"][index],
        ]);
        register.hides(&["A congress"]);
        let later = mayor.get("/areas/absences?on=2019-06-04").await;
        later.shows(&["A congress"]);
        later.hides(&["A fair"]);
        let ended = mayor.get("/areas/absences?state=ended&on=2019-05-30").await;
        ended.shows(&["A fair"]);
        ended.hides(&["A congress"]);
        mayor.get("/areas/absences?state=all").await.shows(&["A fair", "A congress"]);
        let no_day = mayor.get("/areas/absences?on=2019-02-30").await;
        no_day.shows(&[["A day is written as", "日期格式如"][index]]);
    }
}

#[tokio::test]
async fn a_desk_tells_what_others_did_since_on_what_one_did() {
    let hall = Hall::open().await;
    let topic = hall.act("transport_head", "Topic", "submit", &TOPIC).await;
    let head = hall.browser("transport_head", "en").await;
    head.get("/desk").await.hides(&["Happened since on what you did"]);
    hall.act("justice_head", &topic, "review", &[("/outcome", "pass")]).await;
    head.get("/desk").await.shows(&["Happened since on what you did", "Head of Justice: "]);
    // Whoever acted last knows.
    hall.browser("justice_head", "en").await.get("/desk").await.hides(&["Happened since on what you did"]);
}

#[tokio::test]
async fn a_search_is_narrowed_by_kind_person_and_days() {
    let hall = Hall::open().await;
    let first = hall.act("transport_head", "Topic", "submit", &TOPIC).await;
    hall.days(10);
    let second = [("subject", "Tram lines"), TOPIC[1], TOPIC[2], ("consulted", ""), TOPIC[4]];
    hall.act("transport_head", "Topic", "submit", &second).await;
    hall.act("clerk", "Meeting", "convene", &[("name", "Third meeting"), ("held_on", "2019-05-29")]).await;
    hall.act("clerk", &first, "invite", &[("guests", "Two drivers")]).await;
    let mayor = hall.browser("mayor", "en").await;
    let titles = ["Bus fares", "Tram lines", "Third meeting"];
    for (query, found) in [
        ("kind=Topic", &titles[..2]),
        ("kind=Meeting", &titles[2..]),
        ("person=clerk", &["Bus fares", "Third meeting"]),
        ("person=clerk&kind=Topic", &titles[..1]),
        ("person=nobody", &[]),
        ("until=2019-04-25", &titles[..1]),
        ("from=2019-04-25&q=tram", &titles[1..2]),
        ("from=2019-04-25&until=2019-04-19", &[]),
        ("person=%27%20OR%201%3D1%20--", &[]),
    ] {
        let got = mayor.get(&format!("/search?{query}")).await;
        let main = got.text.split("</form>").last().unwrap_or_default();
        for title in titles {
            assert_eq!(main.contains(title), found.contains(&title), "{query}: {title}\n{}", got.words());
        }
    }
    mayor.get("/search?from=soon").await.shows(&["A day is written as 2026-11-30. It was left out.", "3 matters"]);
    mayor.get("/search?kind=Topic").await.shows(&["<details class=\"hall-filters__more\" open>", "2 matters"]);
    mayor.get("/search?q=%20%20").await.shows(&["What are you looking for?"]);
    // Who may not read a matter does not learn who acted on it.
    let stranger = hall.browser("stranger", "zh-CN").await;
    stranger.get("/search?person=clerk").await.shows(&["您可查阅的范围内没有符合全部条件的事项"]);
}
