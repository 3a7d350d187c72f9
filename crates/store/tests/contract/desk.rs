//! Whose turn it is.

use crate::{Office, sample::*};
use cityhall_store::{Counted, DeskRow, ListFilter, Projection, Readership, Store, Tally, Turn, Write};
use facts::{KindId, Label, MatterId, Publication, Value};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

fn keys(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

async fn with_turns(office: &Office, kind: &str, turns: Vec<Turn>) -> MatterId {
    let (matter, write) = open(kind);
    let projections = vec![Projection { turns, ..projection(matter) }];
    office.keep(Write { projections, ..write }).await;
    matter
}

fn due(step: &str, role: &str, due: Option<Date>) -> Turn {
    Turn { due, ..turn(step, role) }
}

fn steps(rows: &[DeskRow]) -> Vec<&str> {
    rows.iter().map(|row| row.step.as_str()).collect()
}

pub async fn a_desk_shows_what_is_due_first_first(office: Office) {
    with_turns(&office, "Decision", vec![due("never", "post:mayor", None)]).await;
    with_turns(&office, "Decision", vec![due("late", "post:mayor", Some(date(2019, 4, 1)))]).await;
    with_turns(&office, "Leave", vec![due("soon", "post:mayor", Some(date(2019, 4, 12)))]).await;
    with_turns(&office, "Decision", vec![due("theirs", "head:finance", Some(date(2019, 4, 2)))]).await;
    let store = &office.store;
    let mine = keys(&["post:mayor", "person:p1"]);
    let page = store.desk(None, &mine, TODAY, None, 0, 10).await.unwrap();
    assert_eq!((steps(&page.rows), page.total), (vec!["late", "soon", "never"], 3));
    let page = store.desk(None, &mine, TODAY, None, 1, 1).await.unwrap();
    assert_eq!((steps(&page.rows), page.total), (vec!["soon"], 3));
    let page = store.desk(None, &mine, TODAY, None, 9, 1).await.unwrap();
    assert_eq!((steps(&page.rows), page.total), (vec![], 3));
    let page = store.desk(None, &mine, TODAY, Some(&"Leave".into()), 0, 10).await.unwrap();
    assert_eq!((steps(&page.rows), page.total), (vec!["soon"], 1));
    let row = &page.rows[0];
    assert_eq!((row.number.as_str(), row.kind.as_str(), row.opened), ("Leave-1", "Leave", TODAY));
    assert_eq!((row.role.as_str(), row.rule.as_str()), ("post:mayor", "26/Decision.review_legality"));
    assert_eq!(row.title, projection(row.matter).title);
    assert_eq!(store.desk(None, &[], TODAY, None, 0, 10).await.unwrap().total, 0);
}

pub async fn what_waits_or_is_not_yet_begun_lies_on_no_desk(office: Office) {
    let tomorrow = date(2019, 4, 11);
    let turns = vec![
        Turn { waits: true, ..turn("waits", "post:mayor") },
        Turn { from_date: Some(tomorrow), ..turn("tomorrow", "post:mayor") },
        Turn { from_date: Some(TODAY), ..turn("today", "post:mayor") },
    ];
    let matter = with_turns(&office, "Decision", turns.clone()).await;
    let mayor = keys(&["post:mayor"]);
    assert_eq!(steps(&office.store.desk(None, &mayor, TODAY, None, 0, 10).await.unwrap().rows), ["today"]);
    let later = office.store.desk(None, &mayor, tomorrow, None, 0, 10).await.unwrap();
    assert_eq!(steps(&later.rows), ["today", "tomorrow"]);
    let mut all = office.store.turns_of(&[matter]).await.unwrap().remove(&matter).unwrap();
    all.sort_by_key(|turn| turns.iter().position(|given| given == turn));
    assert_eq!(all, turns, "all of them are kept");
}

pub async fn what_a_person_is_barred_from_lies_on_the_desks_of_the_others(office: Office) {
    let barred = vec!["vm_1".into()];
    let turns = vec![
        turn("decide", "post:mayor"),
        Turn { barred: barred.clone(), ..turn("grant", "post:mayor") },
        Turn { barred: barred.clone(), ..turn("agree", "post:mayor") },
        turn("agree", "post:vice_mayor"),
    ];
    let matter = with_turns(&office, "Leave", turns.clone()).await;
    let of = |person: &'static str, roles: &'static [&'static str]| {
        let store = office.store.clone();
        async move {
            let desk = store.desk(Some(&person.into()), &keys(roles), TODAY, None, 0, 10).await.unwrap();
            assert_eq!(desk.total, desk.rows.len() as u64, "what is counted is what is shown");
            desk.rows.iter().map(|row| format!("{} as {}", row.step, row.role)).collect::<Vec<_>>()
        }
    };
    assert_eq!(of("vm_1", &["post:mayor"]).await, ["decide as post:mayor"]);
    let in_the_other_role = ["agree as post:vice_mayor", "decide as post:mayor"];
    assert_eq!(of("vm_1", &["post:mayor", "post:vice_mayor"]).await, in_the_other_role);
    assert_eq!(of("vm_11", &["post:mayor"]).await.len(), 3, "another whose name begins the same");
    let kept = office.store.turns_of(&[matter]).await.unwrap().remove(&matter).unwrap();
    assert_eq!(kept.iter().filter(|turn| turn.barred == barred).count(), 2);
}

pub async fn a_step_that_two_of_my_roles_may_take_lies_there_once(office: Office) {
    let each = |body: &str, role: &str| Turn { each: Some(Value::Body(body.into())), ..turn("countersign", role) };
    let turns = vec![
        turn("sign", "post:mayor"),
        turn("sign", "post:acting_mayor"),
        each("finance", "head:finance"),
        each("justice", "head:justice"),
    ];
    with_turns(&office, "Decision", turns).await;
    let mine = keys(&["post:mayor", "post:acting_mayor", "head:finance", "head:justice"]);
    let page = office.store.desk(None, &mine, TODAY, None, 0, 10).await.unwrap();
    assert_eq!((steps(&page.rows), page.total), (vec!["countersign", "countersign", "sign"], 3));
    assert_eq!(page.rows[2].role, "post:acting_mayor");
    assert_eq!(page.rows[0].each, Some(Value::Body("finance".into())));
}

pub async fn a_role_that_comes_or_goes_leaves_a_step_there_once(office: Office) {
    let acting = turn("sign", "post:acting_mayor");
    let mayor = turn("sign", "post:mayor");
    let vice_mayor = turn("sign", "post:vice_mayor");
    let matter = with_turns(&office, "Decision", vec![mayor.clone()]).await;
    let signs_as = |roles: &'static [&'static str]| {
        let store = office.store.clone();
        async move {
            let desk = store.desk(None, &keys(roles), TODAY, None, 0, 10).await.unwrap();
            let counted: u64 = desk.counts.iter().map(|count| count.count).sum();
            assert_eq!((desk.total, counted), (desk.rows.len() as u64, counted), "what is counted is what is shown");
            desk.rows.into_iter().map(|row| row.role).collect::<Vec<_>>()
        }
    };
    const ALL: &[&str] = &["post:acting_mayor", "post:mayor", "post:vice_mayor"];
    for (turns, first, of_mayor) in [
        (vec![acting.clone(), mayor.clone(), vice_mayor.clone()], "post:acting_mayor", 1),
        (vec![mayor.clone(), vice_mayor.clone()], "post:mayor", 1),
        (vec![vice_mayor.clone()], "post:vice_mayor", 0),
        (vec![Turn { waits: true, ..acting }, mayor, vice_mayor], "post:mayor", 1),
    ] {
        let changed = vec![Projection { turns, ..projection(matter) }];
        assert!(office.store.replace_projections(vec![(matter, 1)], changed).await.unwrap());
        assert_eq!(signs_as(ALL).await, [first]);
        assert_eq!(signs_as(&["post:mayor"]).await.len(), of_mayor);
    }
}

pub async fn a_desk_is_counted_by_kind(office: Office) {
    with_turns(&office, "Decision", vec![due("a", "post:mayor", Some(date(2019, 4, 9)))]).await;
    with_turns(&office, "Decision", vec![due("b", "post:mayor", Some(TODAY)), turn("b", "person:p1")]).await;
    with_turns(&office, "Leave", vec![turn("c", "person:p1")]).await;
    let leave = KindId::new("Leave");
    let desk = office.store.desk(None, &keys(&["post:mayor", "person:p1"]), TODAY, Some(&leave), 0, 0).await.unwrap();
    assert_eq!((desk.rows.len(), desk.total), (0, 1));
    let counts: Vec<_> =
        desk.counts.iter().map(|count| (count.kind.as_str(), count.count, count.overdue, count.due)).collect();
    assert_eq!(counts, [("Decision", 3, 1, Some(date(2019, 4, 9))), ("Leave", 1, 0, None)]);
}

pub async fn obligations_are_what_is_due_before_a_day(office: Office) {
    let first = with_turns(&office, "Decision", vec![due("a", "post:mayor", Some(date(2019, 4, 9)))]).await;
    with_turns(&office, "Leave", vec![due("b", "head:finance", Some(date(2019, 4, 3)))]).await;
    with_turns(&office, "Leave", vec![due("c", "head:finance", Some(TODAY)), turn("d", "head:finance")]).await;
    let waiting = Turn { waits: true, ..due("e", "head:finance", Some(date(2019, 4, 1))) };
    with_turns(&office, "Leave", vec![waiting]).await;
    let store = &office.store;
    let page = store.obligations(TODAY, &[], None, None, 0, 10).await.unwrap();
    assert_eq!(steps(&page), ["b", "a"]);
    let page = store.obligations(date(2019, 4, 11), &["Leave".into()], None, None, 1, 10).await.unwrap();
    assert_eq!(steps(&page), ["c"]);

    let reading = |keys: &[&str], kinds: &[&str]| {
        Some(Readership { keys: self::keys(keys), whole_kinds: kinds.iter().map(|kind| (*kind).into()).collect() })
    };
    let nobody = store.obligations(TODAY, &[], None, reading(&[], &[]), 0, 10).await.unwrap();
    assert_eq!(nobody.len(), 0);
    let decisions = store.obligations(TODAY, &[], None, reading(&[], &["Decision"]), 0, 10).await.unwrap();
    assert_eq!((steps(&decisions), decisions[0].matter), (vec!["a"], first));
    let reader = store.obligations(TODAY, &[], None, reading(&["person:p7"], &[]), 0, 10).await.unwrap();
    assert_eq!(reader.len(), 2);
}

pub async fn what_comes_to_a_desk_is_known_before(office: Office) {
    let from = |step: &str, role: &str, day: Date| Turn { from_date: Some(day), ..turn(step, role) };
    let turns = vec![
        from("soon", "post:mayor", date(2019, 4, 14)),
        from("soon", "person:p1", date(2019, 4, 14)),
        from("today", "post:mayor", TODAY),
        from("far", "post:mayor", date(2019, 5, 14)),
        from("theirs", "head:finance", date(2019, 4, 14)),
        Turn { barred: vec!["p1".into()], ..from("barred", "post:mayor", date(2019, 4, 14)) },
        Turn { waits: true, ..from("waiting", "post:mayor", date(2019, 4, 14)) },
    ];
    with_turns(&office, "Decision", turns).await;
    let keys = keys(&["post:mayor", "person:p1"]);
    let coming = office.store.coming(&"p1".into(), &keys, TODAY, date(2019, 4, 20), 10).await.unwrap();
    let coming: Vec<_> = coming.iter().map(|(row, from)| (row.step.as_str(), *from)).collect();
    assert_eq!(coming, [("soon", date(2019, 4, 14))]);
}

pub async fn what_is_counted_is_what_the_lists_show(office: Office) {
    let turns = vec![due("a", "head:finance", Some(date(2019, 4, 9))), due("a", "post:mayor", Some(date(2019, 4, 9)))];
    with_turns(&office, "Decision", turns).await;
    with_turns(&office, "Decision", vec![due("b", "post:mayor", Some(date(2019, 4, 3)))]).await;
    // Two roles of one step with days of their own are two steps that are late.
    let days = [date(2019, 4, 4), date(2019, 4, 5)];
    let turns = vec![due("e", "head:finance", Some(days[0])), due("e", "post:mayor", Some(days[1]))];
    with_turns(&office, "Leave", turns).await;
    let waiting = Turn { waits: true, ..due("c", "head:finance", Some(date(2019, 4, 1))) };
    with_turns(&office, "Leave", vec![waiting, due("d", "head:finance", Some(TODAY))]).await;
    let (closed, write) = open("Leave");
    let valid = (Some(date(2019, 3, 5)), None);
    office.keep(Write { projections: vec![Projection { valid, ..projection(closed) }], ..write }).await;
    let mut close = step(closed, "Leave", "finish", 1);
    close.acts[0].closes = true;
    close.acts[0].on = date(2019, 5, 2);
    close.acts[0].publication = Some(Publication { title: "Away".into(), text: "Away".into(), facts: BTreeMap::new() });
    office.keep(close).await;

    let store = &office.store;
    let reader = Readership { keys: keys(&["person:p7"]), whole_kinds: vec![] };
    let (first, last) = (date(2019, 3, 1), date(2019, 5, 31));
    let tally = tally_of(store, &reader, first, last).await;
    let counted = |counted: &[Counted]| -> Vec<(String, String, u64)> {
        counted.iter().map(|one| (one.kind.to_string(), one.of.clone(), one.count)).collect()
    };
    let one = |kind: &str, of: &str, count| (kind.to_owned(), of.to_owned(), count);
    assert_eq!(counted(&tally.open), [one("Decision", "", 2), one("Leave", "", 2)]);
    // A step that two roles may take is counted once, with the first of them.
    let expected =
        [("Decision", "head:finance"), ("Decision", "post:mayor"), ("Leave", "head:finance"), ("Leave", "post:mayor")];
    assert_eq!(counted(&tally.late), expected.map(|(kind, of)| one(kind, of, 1)));
    assert_eq!(counted(&tally.closed), [one("Leave", "2019-05", 1)]);
    assert_eq!(counted(&tally.published), [one("Leave", "2019-05", 1)]);
    assert_eq!(counted(&tally.handled), [one("Leave", "2019-04", 1)]);
    assert_eq!(counted(&tally.valid), [one("Leave", "2019-03", 1)]);
    let opened = store.list(ListFilter { reader: reader.clone(), limit: 9, ..ListFilter::default() }).await.unwrap();
    assert_eq!(tally.opened.iter().map(|one| one.count).sum::<u64>(), opened.total);

    let all = store.obligations(TODAY, &[], None, Some(reader.clone()), 0, 10).await.unwrap();
    assert_eq!(all.len() as u64, tally.late.iter().map(|one| one.count).sum::<u64>());
    for one in &tally.late {
        let roles = [one.of.clone()];
        let kinds = [one.kind.clone()];
        let of = store.obligations(TODAY, &kinds, Some(roles.as_slice()), Some(reader.clone()), 0, 10).await.unwrap();
        assert_eq!(of.len() as u64, one.count, "{one:?}");
    }

    let roles = keys(&["post:mayor"]);
    let late = |roles| store.obligations(TODAY, &[], roles, Some(reader.clone()), 0, 10);
    assert_eq!(steps(&late(Some(roles.as_slice())).await.unwrap()), ["b", "e"]);
    assert_eq!(late(Some(&[])).await.unwrap().len(), 0);
    let within = |filter: ListFilter| store.list(ListFilter { reader: reader.clone(), limit: 9, ..filter });
    let of = Some((date(2019, 5, 1), last));
    assert_eq!(within(ListFilter { closed_within: of, ..ListFilter::default() }).await.unwrap().total, 1);
    let published = within(ListFilter { published: true, ..ListFilter::default() }).await.unwrap();
    assert_eq!(published.rows.iter().map(|row| row.matter).collect::<Vec<_>>(), [closed]);
    assert_eq!(within(ListFilter { valid_within: of, ..ListFilter::default() }).await.unwrap().total, 0);
    let of = Some((first, date(2019, 3, 31)));
    assert_eq!(within(ListFilter { valid_within: of, ..ListFilter::default() }).await.unwrap().total, 1);
    let leave = [KindId::new("Leave")];
    let held = store.valid_within(&reader, &leave, (date(2019, 3, 5), date(2019, 3, 5)), 9).await.unwrap();
    assert_eq!(held.iter().map(|(row, day)| (row.matter, *day)).collect::<Vec<_>>(), [(closed, date(2019, 3, 5))]);
    assert_eq!(store.valid_within(&reader, &[], (first, last), 9).await.unwrap(), []);
    assert_eq!(store.valid_within(&Readership::default(), &leave, (first, last), 9).await.unwrap(), []);
    let nobody = tally_of(store, &Readership::default(), first, last).await;
    assert_eq!(nobody, Tally::default());
}

pub async fn a_projection_replaces_the_one_before(office: Office) {
    let matter = with_turns(&office, "Decision", vec![turn("a", "post:mayor"), turn("b", "post:mayor")]).await;
    let (other, write) = open("Executive");
    // An act on another matter may change whose turn it is here.
    let changed = Projection {
        title: Label { en: "Changed".to_owned(), zh: "变更".to_owned() },
        turns: vec![due("b", "post:mayor", Some(TODAY)), turn("c", "person:p1")],
        readers: vec!["person:p1".to_owned(), "person:p1".to_owned()],
        words: "entirely different".to_owned(),
        ..projection(matter)
    };
    office.keep(Write { projections: vec![changed.clone()], ..write }).await;
    let store = &office.store;
    assert_eq!(store.turns_of(&[matter, other]).await.unwrap()[&matter], changed.turns);
    assert_eq!(store.readers_of(&[matter]).await.unwrap()[&matter], ["person:p1"]);
    assert_eq!(store.rows_of(&[matter]).await.unwrap()[0].title, changed.title);
    assert_eq!(store.desk(None, &keys(&["post:mayor"]), TODAY, None, 0, 10).await.unwrap().total, 1);

    // What was derived before somebody acted is not written over what is derived since.
    let late = || vec![Projection { turns: vec![turn("late", "post:mayor")], ..changed.clone() }];
    assert!(!store.replace_projections(vec![(matter, 0), (other, 1)], late()).await.unwrap());
    assert_eq!(store.turns_of(&[matter]).await.unwrap()[&matter], changed.turns);
    assert!(store.replace_projections(vec![(matter, 1), (other, 1)], late()).await.unwrap());
    assert_eq!(store.turns_of(&[matter]).await.unwrap()[&matter], late()[0].turns);

    // And so may a day that passes, without any act.
    let nothing = Projection { turns: vec![], readers: vec![], ..changed };
    store.replace_projections(vec![], vec![nothing]).await.unwrap();
    assert!(store.turns_of(&[matter]).await.unwrap().is_empty());
    assert!(store.readers_of(&[matter]).await.unwrap().is_empty());
    let (missing, _) = open("Decision");
    let both = vec![projection(matter), projection(missing)];
    assert!(store.replace_projections(vec![], both).await.is_err());
    assert!(store.turns_of(&[matter]).await.unwrap().is_empty(), "all are replaced or none");
}

/// What a reader may read of the counts of the whole.
async fn tally_of(store: &Store, reader: &Readership, first: Date, last: Date) -> Tally {
    let whole = store.whole_tally(TODAY, first, last).await.unwrap();
    whole.of(&store.read_with(reader).await.unwrap())
}
