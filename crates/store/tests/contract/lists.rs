//! Lists of matters as a reader may see them.

use crate::{Office, sample::*};
use cityhall_store::{ListFilter, Order, Projection, Readership, Standing, Turn, Valid, Write};
use facts::{KindId, Label};
use jiff::civil::date;

pub fn reading(keys: &[&str], whole_kinds: &[&str]) -> Readership {
    Readership {
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        whole_kinds: whole_kinds.iter().map(|kind| KindId::from(*kind)).collect(),
    }
}

/// Opens a matter that some roles may read.
async fn readable(office: &Office, kind: &str, title: &str, readers: &[&str]) -> facts::MatterId {
    let (matter, write) = open(kind);
    let projections = vec![Projection {
        title: Label::same(title),
        readers: readers.iter().map(|reader| (*reader).to_owned()).collect(),
        words: String::new(),
        turns: vec![],
        matter,
        valid: (None, None),
    }];
    office.keep(Write { projections, ..write }).await;
    matter
}

/// The part of what a search finds for a reader.
pub fn searching(query: &str, reader: Readership, offset: u32, limit: u32) -> ListFilter {
    ListFilter { reader, text: Some(query.to_owned()), offset, limit, ..ListFilter::default() }
}

async fn listed(office: &Office, filter: ListFilter) -> (Vec<String>, u64) {
    let page =
        office.store.list(ListFilter { limit: if filter.limit == 0 { 100 } else { filter.limit }, ..filter }).await;
    let page = page.unwrap();
    (page.rows.into_iter().map(|row| row.title.en).collect(), page.total)
}

pub async fn nothing_is_listed_without_a_right_to_read_it(office: Office) {
    readable(&office, "Decision", "a", &["post:mayor", "head:finance"]).await;
    readable(&office, "Decision", "b", &["head:justice"]).await;
    readable(&office, "Leave", "c", &["person:p1"]).await;
    let cases: [(&[&str], &[&str], &[&str]); 8] = [
        (&[], &[], &[]),
        (&["post:clerk"], &[], &[]),
        (&["post:mayor"], &[], &["a"]),
        (&["post:mayor", "head:finance"], &[], &["a"]),
        (&["head:finance", "person:p1"], &[], &["c", "a"]),
        (&[], &["Decision"], &["b", "a"]),
        (&["person:p1"], &["Decision"], &["c", "b", "a"]),
        (&["post:Mayor", "post"], &["decision"], &[]),
    ];
    for (keys, kinds, expected) in cases {
        let reader = reading(keys, kinds);
        let found = listed(&office, ListFilter { reader: reader.clone(), ..ListFilter::default() }).await;
        assert_eq!(found, (expected.iter().map(|title| (*title).to_owned()).collect(), expected.len() as u64));
        let text = Some("a".to_owned());
        let found = listed(&office, ListFilter { reader, text, ..ListFilter::default() }).await;
        assert_eq!(found.1, u64::from(expected.contains(&"a")), "{keys:?} {kinds:?}");
    }
}

pub async fn entries_of_a_register_are_listed_by_the_day_they_are_in_force(office: Office) {
    let days = [
        ("measures", Some(date(2019, 5, 1)), Some(date(2024, 4, 30))),
        ("rules", Some(date(2020, 1, 1)), None),
        ("draft", None, None),
        ("void from the start", Some(date(2020, 1, 1)), Some(date(2019, 12, 31))),
    ];
    for (title, from, until) in days {
        let (matter, write) = open("Normative");
        let valid = (from, until);
        let projections = vec![Projection { title: Label::same(title), valid, ..projection(matter) }];
        office.keep(Write { projections, ..write }).await;
    }
    for (order, expected) in [
        (Order::FirstValid, ["measures", "rules", "void from the start", "draft"]),
        (Order::LastValid, ["void from the start", "rules", "measures", "draft"]),
    ] {
        let reader = reading(&["post:mayor"], &[]);
        let (found, _) = listed(&office, ListFilter { reader, order, ..ListFilter::default() }).await;
        assert_eq!(found, expected, "{order:?}");
        for (kinds, offset) in
            [(vec![], 1), (vec!["Normative".into()], 2), (vec!["Leave".into(), "Normative".into()], 3)]
        {
            let reader = reading(&["post:mayor"], &[]);
            let filter = ListFilter { reader, order, kinds, offset, limit: 2, ..ListFilter::default() };
            let found = listed(&office, filter).await;
            let page: Vec<_> = expected.into_iter().skip(offset as usize).take(2).map(str::to_owned).collect();
            assert_eq!(found, (page, 4), "{order:?} from {offset}");
        }
    }
    let cases: [(Valid, &[&str]); 7] = [
        (Valid::Either, &["void from the start", "draft", "rules", "measures"]),
        (Valid::On(date(2019, 4, 30)), &[]),
        (Valid::On(date(2019, 5, 1)), &["measures"]),
        (Valid::On(date(2024, 4, 30)), &["rules", "measures"]),
        (Valid::On(date(2024, 5, 1)), &["rules"]),
        (Valid::EndedBefore(date(2024, 4, 30)), &["void from the start"]),
        (Valid::EndedBefore(date(2024, 5, 1)), &["void from the start", "measures"]),
    ];
    for (valid, expected) in cases {
        let reader = reading(&["post:mayor"], &[]);
        let found = listed(&office, ListFilter { reader, valid, ..ListFilter::default() }).await;
        let expected = (expected.iter().map(|title| (*title).to_owned()).collect(), expected.len() as u64);
        assert_eq!(found, expected, "{valid:?}");
    }
}

pub async fn a_list_is_filtered_ordered_and_paged(office: Office) {
    for n in 0..10u32 {
        let kind = if n % 2 == 0 { "Decision" } else { "Leave" };
        let (matter, mut write) = open(kind);
        write.acts[0].on = date(2019, 3, 1 + n as i8);
        let title = Label::same(format!("m{n} plan"));
        let projections = vec![Projection { title, ..projection(matter) }];
        office.keep(Write { projections, ..write }).await;
        if n >= 6 {
            let mut write = step(matter, kind, "finish", 1);
            write.acts[0].closes = true;
            write.acts[0].on = date(2019, 5, 20 - n as i8);
            office.keep(write).await;
        }
    }
    let all = || ListFilter { reader: reading(&["person:p7"], &[]), ..ListFilter::default() };
    let both = || vec!["Leave".into(), "Decision".into()];
    let numbers = |(titles, total): (Vec<String>, u64)| {
        let numbers: Vec<u32> = titles.iter().map(|title| title[1..2].parse().unwrap()).collect();
        (numbers, total)
    };
    let cases = [
        (ListFilter { limit: 3, ..all() }, vec![9, 8, 7], 10),
        (ListFilter { limit: 3, offset: 8, ..all() }, vec![1, 0], 10),
        (ListFilter { order: Order::Oldest, limit: 2, ..all() }, vec![0, 1], 10),
        (ListFilter { order: Order::LastClosed, limit: 5, ..all() }, vec![6, 7, 8, 9, 5], 10),
        (ListFilter { standing: Standing::Closed, ..all() }, vec![9, 8, 7, 6], 4),
        (ListFilter { standing: Standing::Open, kinds: vec!["Leave".into()], ..all() }, vec![5, 3, 1], 3),
        (ListFilter { kinds: both(), limit: 1, ..all() }, vec![9], 10),
        (ListFilter { kinds: both(), limit: 3, offset: 3, ..all() }, vec![6, 5, 4], 10),
        (ListFilter { kinds: both(), order: Order::Oldest, limit: 3, offset: 8, ..all() }, vec![8, 9], 10),
        (ListFilter { kinds: both(), order: Order::LastClosed, limit: 3, offset: 3, ..all() }, vec![9, 5, 4], 10),
        (
            ListFilter { kinds: both(), order: Order::LastClosed, standing: Standing::Closed, offset: 2, ..all() },
            vec![8, 9],
            4,
        ),
        (ListFilter { order: Order::LastClosed, standing: Standing::Open, limit: 2, ..all() }, vec![5, 4], 6),
        (
            ListFilter { opened_from: Some(date(2019, 3, 4)), opened_until: Some(date(2019, 3, 6)), ..all() },
            vec![5, 4, 3],
            3,
        ),
        (ListFilter { person: Some("p7".into()), limit: 1, ..all() }, vec![9], 10),
        (ListFilter { person: Some("p8".into()), ..all() }, vec![], 0),
        (ListFilter { person: Some("p7' OR 1=1 --".into()), ..all() }, vec![], 0),
        (ListFilter { text: Some("m4".to_owned()), ..all() }, vec![4], 1),
        (ListFilter { text: Some("plan".to_owned()), standing: Standing::Closed, limit: 2, ..all() }, vec![9, 8], 4),
        (ListFilter { text: Some("  ".to_owned()), limit: 1, ..all() }, vec![9], 10),
        (ListFilter { text: Some("！".to_owned()), ..all() }, vec![], 0),
    ];
    for (filter, expected, total) in cases {
        let said = format!("{filter:?}");
        assert_eq!(numbers(listed(&office, filter).await), (expected, total), "{said}");
    }
}

pub async fn hostile_keys_are_only_keys(office: Office) {
    let odd = ["person:\"], [\"", "person:' OR 1=1 --", "person:\\", "person:大连\u{0}", "[]", ""];
    for key in odd {
        readable(&office, "Decision", key, &[key]).await;
    }
    for key in odd {
        let filter = ListFilter { reader: reading(&[key], &[]), ..ListFilter::default() };
        let (titles, total) = listed(&office, filter).await;
        assert_eq!((titles.len(), total), (1, 1), "{key:?}");
    }
}

pub async fn of_many_it_is_said_that_there_are_more(office: Office) {
    for n in 0..4 {
        readable(&office, "Task", &format!("Task {n}"), &["post:mayor"]).await;
    }
    let total = async |counted_max| {
        let reader = reading(&["post:mayor"], &[]);
        listed(&office, ListFilter { reader, counted_max, limit: 1, ..ListFilter::default() }).await.1
    };
    assert_eq!([total(None).await, total(Some(9)).await, total(Some(4)).await], [4, 4, 4]);
    assert_eq!([total(Some(3)).await, total(Some(1)).await], [4, 2]);
}

pub async fn of_many_that_are_found_those_entered_last_come_first(office: Office) {
    let filled = office.store.without_waiting(async {
        for n in 0..2010 {
            let kind = if n % 2 == 0 { "Task" } else { "Topic" };
            let reader = if n % 3 == 0 { "post:mayor" } else { "head:finance" };
            readable(&office, kind, &format!("heating {n}"), &[reader]).await;
        }
    });
    filled.await.unwrap();
    let filter = |offset, limit| ListFilter {
        reader: reading(&["post:mayor"], &[]),
        text: Some("heating".to_owned()),
        kinds: vec!["Task".into()],
        counted_max: Some(20),
        offset,
        limit,
        ..ListFilter::default()
    };
    let titles = |numbers: &[u32]| numbers.iter().map(|n| format!("heating {n}")).collect::<Vec<_>>();
    assert_eq!(listed(&office, filter(0, 3)).await, (titles(&[2004, 1998, 1992]), 21));
    assert_eq!(listed(&office, filter(2, 2)).await, (titles(&[1992, 1986]), 21));
    let all = listed(&office, ListFilter { counted_max: None, ..filter(334, 9) }).await;
    assert_eq!(all, (titles(&[0]), 335));
}

pub async fn what_waits_under_a_rule_is_listed_by_its_day(office: Office) {
    let due = |step: &str, role: &str, day| Turn { due: day, ..turn(step, role) };
    let (may, reviewed) = (date(2019, 5, 6), date(2019, 5, 5));
    let cases = [
        ("Undated", vec![due("sign", "post:mayor", None)], "post:mayor"),
        // A step that waits for two roles stands there once.
        ("May", vec![due("sign", "post:mayor", Some(may)), due("sign", "post:evm", Some(may))], "post:mayor"),
        ("Earlier", vec![due("review", "head:justice", Some(reviewed))], "post:mayor"),
        ("Hidden", vec![due("sign", "post:mayor", Some(reviewed))], "post:other"),
        ("Waiting", vec![Turn { waits: true, ..due("sign", "post:mayor", Some(may)) }], "post:mayor"),
        ("Elsewhere", vec![Turn { rule: "27/Decision.sign".into(), ..due("sign", "post:mayor", None) }], "post:mayor"),
    ];
    for (title, turns, reader) in cases {
        let (matter, write) = open("Decision");
        let readers = vec![reader.to_owned()];
        let title = Label::same(title);
        let projections = vec![Projection { title, turns, readers, ..projection(matter) }];
        office.keep(Write { projections, ..write }).await;
    }
    let under = async |reader: Readership, rules: &[&str]| {
        let rules = rules.iter().map(|rule| (*rule).into()).collect();
        let rows = office.store.waiting_under(&reader, rules, 100).await.unwrap();
        rows.into_iter().map(|(row, step, due)| (row.title.en, step.to_string(), due)).collect::<Vec<_>>()
    };
    let row = |title: &str, step: &str, due| (title.to_owned(), step.to_owned(), due);
    let mayor = || reading(&["post:mayor"], &[]);
    let rule = "26/Decision.review_legality";
    let expected =
        [row("Earlier", "review", Some(reviewed)), row("May", "sign", Some(may)), row("Undated", "sign", None)];
    assert_eq!(under(mayor(), &[rule, "26/nothing"]).await, expected);
    assert_eq!(under(mayor(), &["27/Decision.sign"]).await, [row("Elsewhere", "sign", None)]);
    assert_eq!(under(reading(&["post:nobody"], &[]), &[rule]).await, []);
    assert_eq!(under(reading(&[], &["Decision"]), &[rule]).await.len(), 4);
}

pub async fn matters_with_the_same_readers_share_them(office: Office) {
    let one = readable(&office, "Task", "One", &["post:mayor", "head:finance", "post:mayor"]).await;
    let other = readable(&office, "Task", "Other", &["head:finance", "post:mayor"]).await;
    let third = readable(&office, "Task", "Third", &["head:finance"]).await;
    let nobodys = readable(&office, "Task", "Nobody's", &[]).await;
    let readers = office.store.readers_of(&[one, other, third, nobodys]).await.unwrap();
    let both = ["head:finance".to_owned(), "post:mayor".to_owned()];
    assert_eq!((&readers[&one][..], &readers[&other][..]), (&both[..], &both[..]));
    assert_eq!(readers[&third], ["head:finance"]);
    assert!(!readers.contains_key(&nobodys));
    // Who reads one of them no more reads the others as before.
    let projections = vec![Projection { readers: vec!["post:evm".to_owned()], ..projection(other) }];
    assert!(office.store.replace_projections(vec![(other, 1)], projections).await.unwrap());
    let titles = async |key: &str| {
        let (titles, _) = listed(&office, ListFilter { reader: reading(&[key], &[]), ..ListFilter::default() }).await;
        titles
    };
    assert_eq!(titles("post:mayor").await, ["One"]);
    assert_eq!(titles("head:finance").await, ["Third", "One"]);
    assert_eq!(titles("post:evm").await, ["Heating plan of the eastern district"]);
    assert_eq!(office.store.readable_by("head:finance", 5).await.unwrap(), [third, one]);
}
