//! Finding matters and publications by their words.

use crate::{
    Office,
    lists::{reading, searching},
    sample::*,
};
use cityhall_store::{Projection, Write};
use facts::{Label, MatterId, Publication};
use std::collections::BTreeMap;

async fn written(office: &Office, words: &str) -> MatterId {
    let (matter, write) = open("Decision");
    let projections = vec![Projection {
        title: Label { en: "untitled".to_owned(), zh: "无题".to_owned() },
        words: words.to_owned(),
        ..projection(matter)
    }];
    office.keep(Write { projections, ..write }).await;
    matter
}

async fn found(office: &Office, query: &str) -> Vec<MatterId> {
    let page = office.store.list(searching(query, reading(&["person:p7"], &[]), 0, 100)).await.unwrap();
    assert_eq!(page.rows.len() as u64, page.total);
    let mut found: Vec<MatterId> = page.rows.into_iter().map(|row| row.matter).collect();
    found.sort();
    found
}

const TEXTS: [&str; 8] = [
    "大连市人民政府关于印发东部城区供热计划的通知",
    "关于供热管理和供水计划的请示，供热单位名单附后",
    "市长主持第十六届政府第28次常务会议",
    "任命王堃为市财政局副局长",
    "Minutes of the executive meeting on the heating plan, 28 items",
    "The plan for heating was returned to the Finance Bureau",
    "budget 2019: RMB 1,200,000 for road works; naïve estimate",
    "供热",
];

pub async fn a_search_finds_what_the_text_contains(office: Office) {
    let mut matters = vec![];
    for text in TEXTS {
        matters.push(written(&office, text).await);
    }
    // One phrase is found exactly where the text contains it.
    let phrases = [
        "供热",
        "供热计划",
        "供水",
        "热计",
        "热",
        "会议",
        "第28次",
        "王堃",
        "堃",
        "财政局",
        "局长",
        "通知",
        "供热单位",
        "heating",
        "Heating Plan",
        "finance bureau",
        "heat",
        "1,200,000",
        "naïve",
        "28",
        "市",
        "政府关于",
        "水热",
        "plan for",
    ];
    for phrase in phrases {
        let contains: Vec<MatterId> = TEXTS
            .iter()
            .zip(&matters)
            .filter(|(text, _)| text.to_lowercase().contains(&phrase.to_lowercase()))
            .map(|(_, matter)| *matter)
            .collect();
        assert_eq!(found(&office, &format!("\"{phrase}\"")).await, contains, "{phrase}");
    }
    // Several parts must all occur, in any order.
    assert_eq!(found(&office, "计划 供热").await, matters[0..2]);
    assert_eq!(found(&office, "plan heating").await, matters[4..6]);
    assert_eq!(found(&office, "\"heating plan\"").await, [matters[4]]);
    assert_eq!(found(&office, "供热 heating").await, []);
    // Numbers are found whole; a matter by its own number; words with capitals or in full width.
    assert_eq!(found(&office, "20").await, []);
    assert_eq!(found(&office, "Decision-4").await, [matters[3]]);
    assert_eq!(found(&office, "ＲＭＢ").await, [matters[6]]);
    assert_eq!(found(&office, "naive").await, [], "letters are taken as they are");
    assert_eq!(found(&office, "!?").await, []);
}

pub async fn every_way_of_writing_a_document_number_finds_it(office: Office) {
    let ways = [
        "大政发〔2018〕12号",
        "大政发[2018]12号",
        "大政发(2018)12号",
        "大政发（2018）12号",
        "大政发【2018】12号",
        "大政发２０１８ 12号",
    ];
    let mut matters = vec![];
    for way in ways {
        matters.push(written(&office, &format!("根据{way}文件")).await);
    }
    written(&office, "根据大政发〔2018〕120号文件").await;
    written(&office, "根据大政发〔2018〕2号文件").await;
    for way in ways {
        assert_eq!(found(&office, &format!("\"{way}\"")).await, matters, "{way}");
    }
    assert_eq!(found(&office, "〔2018〕").await.len(), 8);
}

pub async fn a_search_finds_only_what_may_be_read(office: Office) {
    written(&office, "供热 heating").await;
    for (reader, total) in [(reading(&["person:p8"], &[]), 0), (reading(&[], &["Decision"]), 1), (reading(&[], &[]), 0)]
    {
        for query in ["供热", "heating", "Decision-1", "untitled"] {
            let page = office.store.list(searching(query, reader.clone(), 0, 10)).await.unwrap();
            assert_eq!((page.total, page.rows.len() as u64), (total, total), "{query}");
        }
    }
    let page = office.store.list(searching("供热", reading(&["person:p7"], &[]), 1, 10)).await.unwrap();
    assert_eq!((page.total, page.rows.len()), (1, 0));
}

pub async fn a_hostile_search_is_no_error(office: Office) {
    let matter = written(&office, "plan OR nothing NEAR by").await;
    let long_words = "x".repeat(10_000);
    let long_chinese = "热".repeat(3_400);
    let many = "plan ".repeat(2_000);
    let hostile = [
        "\"",
        "\"\"",
        "'",
        "''",
        "\\",
        "*",
        "plan*",
        "^plan",
        "plan:plan",
        "tokens:plan",
        "-plan",
        "NOT plan",
        "(",
        "plan)",
        "NEAR(plan by)",
        "plan AND",
        "OR",
        "{plan}",
        "plan + by",
        "a & b | !c",
        "plan:*",
        "'plan':A",
        "<->",
        "\0",
        "plan\0",
        "%",
        "_",
        "; DROP TABLE matters",
        "\u{202E}plan",
        "💡",
        "\u{FFFF}",
        &long_words,
        &long_chinese,
        &many,
        "\"plan",
        "“plan”",
        "\r\n\t",
        "É'",
        "ﷺ",
        "İ",
    ];
    for query in hostile {
        let found = found(&office, query).await;
        assert!(found.is_empty() || found == [matter], "{query}");
        let published = office.store.publications(Some(query), 0, 10).await.unwrap();
        assert!(published.rows.is_empty());
    }
    assert_eq!(found(&office, "\"OR nothing\" NEAR").await, [matter], "operators are words");
    assert_eq!(found(&office, &many).await, [matter]);
    // And so are hostile texts.
    let odd = written(&office, &format!("'it''s' \"quoted\" \\ \0 {long_words} :* & | {long_chinese} 尾")).await;
    assert_eq!(found(&office, "quoted").await, [odd]);
    assert_eq!(found(&office, "尾").await, [odd]);
}

pub async fn a_text_is_found_by_its_last_words_only(office: Office) {
    let matter = written(&office, "draft 供热").await;
    let last = Projection { words: "final 供水".to_owned(), ..projection(matter) };
    office.store.replace_projections(vec![], vec![last]).await.unwrap();
    assert_eq!(found(&office, "draft").await, []);
    assert_eq!(found(&office, "untitled").await, []);
    assert_eq!(found(&office, "供热").await, [matter], "it stands in the new title");
    assert_eq!(found(&office, "供水").await, [matter]);
    assert_eq!(found(&office, "final").await, [matter]);
    assert_eq!(found(&office, "Decision-1").await, [matter]);
}

pub async fn of_many_changes_each_is_found_at_once(office: Office) {
    let matter = written(&office, "change0 供热").await;
    for n in 1..=150 {
        let last = Projection { words: format!("change{n} 供水"), ..projection(matter) };
        office.store.replace_projections(vec![], vec![last]).await.unwrap();
        // Those between are in several ways already in the index, or still wait for it.
        if n % 7 == 0 || n > 145 {
            assert_eq!(found(&office, &format!("\"change{n} 供水\"")).await, [matter], "{n}");
            assert_eq!(found(&office, &format!("\"change{} 供水\"", n - 1)).await, [], "{n}");
        }
    }
    office.store.wipe_projections().await.unwrap();
    assert_eq!(found(&office, "供水").await, []);
}

pub async fn publications_are_found_by_their_text(office: Office) {
    for (title, text) in [("供热通知", "东部城区自十一月一日起供热"), ("Notice", "Road works begin. 道路施工")]
    {
        let (_, mut write) = open("Notice");
        write.acts[0].publication =
            Some(Publication { title: title.into(), text: text.into(), facts: BTreeMap::new() });
        office.keep(write).await;
    }
    let cases = [
        ("供热", vec!["Notice-1"]),
        ("东部城区", vec!["Notice-1"]),
        ("road", vec!["Notice-2"]),
        ("施工", vec!["Notice-2"]),
    ];
    for (query, expected) in
        cases.into_iter().chain([("notice", vec!["Notice-2", "Notice-1"]), ("nothing", vec![]), ("?", vec![])])
    {
        let page = office.store.publications(Some(query), 0, 10).await.unwrap();
        let addresses: Vec<_> = page.rows.iter().map(|row| row.address.as_str()).collect();
        assert_eq!((page.total, addresses), (expected.len() as u64, expected), "{query}");
    }
    assert_eq!(office.store.publications(Some(" "), 0, 10).await.unwrap().total, 2);
}

pub async fn a_very_long_text_is_found_by_its_beginning(office: Office) {
    let long: String = (0..200_000).map(|n| format!("w{n} ")).collect();
    let matter = written(&office, &format!("开头 {long} 结尾")).await;
    assert_eq!(found(&office, "开头").await, [matter]);
    assert_eq!(found(&office, "w20000").await, [matter], "beyond what PostgreSQL numbers the words of a text to");
    assert_eq!(found(&office, "\"w20000 w20001\"").await, [matter]);
    assert_eq!(found(&office, "\"w20000 w20002\"").await, []);
    assert_eq!(found(&office, "结尾").await, []);
}
