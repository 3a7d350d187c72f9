//! Acts for tests and measurements: plausible ones, of no office in particular.

use cityhall_store::{OutboxItem, Projection, Turn, Write};
use facts::{Act, Capacity, CommandId, Digest, FieldId, Label, MatterId, Opening, Role, Series, Value, Via};
use jiff::{
    Timestamp,
    civil::{Date, date},
};
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
};
use uuid::Uuid;

pub const TODAY: Date = date(2019, 4, 10);

/// The instant `n` seconds into the tests' day.
pub fn at(n: i64) -> Timestamp {
    Timestamp::from_second(1_554_854_400 + n).expect("a small number of seconds")
}

/// A new command, later ones sorting after earlier ones.
pub fn command() -> CommandId {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let process = u128::from(std::process::id());
    CommandId::new(Uuid::from_u128(u128::from(n) << 80 | 0x7000 << 64 | 0x8 << 60 | process))
}

/// An act of a step on a matter.
pub fn act(command: CommandId, matter: MatterId, kind: &str, step: &str) -> Act {
    Act {
        matter,
        kind: kind.into(),
        step: step.into(),
        person: "p7".into(),
        capacity: Capacity {
            role: Role::At("head".into(), "finance".into()),
            via: Via::Post,
            post: Some("head".into()),
        },
        each: None,
        at: at(0),
        on: TODAY,
        input: BTreeMap::from([
            (FieldId::new("remark"), Value::Text("checked against the budget of the year".to_owned())),
            (FieldId::new("sponsor"), Value::Body("finance".into())),
        ]),
        outcome: Some("approve".into()),
        counts: true,
        late: None,
        binds: BTreeMap::new(),
        undoes: vec![],
        directory: vec![],
        publication: None,
        draws: BTreeMap::new(),
        remarks: vec![],
        opening: None,
        closes: false,
        grounds: vec!["26/Decision.review_legality.gate".into()],
        edition: Digest::NONE,
        command,
    }
}

/// An act that opens a matter of a kind, numbered from the kind's own series.
pub fn opening(command: CommandId, matter: MatterId, kind: &str) -> Act {
    let series = Series { counter: kind.to_owned(), pattern: format!("{kind}-{{n}}"), given: None };
    Act { opening: Some(Opening { series, by: None }), ..act(command, matter, kind, "open") }
}

/// A write that opens one matter, and the matter.
pub fn open(kind: &str) -> (MatterId, Write) {
    let command = command();
    let matter = MatterId::opened_by(command, 0);
    let write = Write { expected: vec![(matter, 0)], ..Write::new(command, vec![opening(command, matter, kind)]) };
    (matter, write)
}

/// A write of one step on a matter seen at a version.
pub fn step(matter: MatterId, kind: &str, step: &str, version: u32) -> Write {
    let command = command();
    Write { expected: vec![(matter, version)], ..Write::new(command, vec![act(command, matter, kind, step)]) }
}

/// A turn of a role without a due date.
pub fn turn(step: &str, role: &str) -> Turn {
    Turn {
        step: step.into(),
        role: role.to_owned(),
        each: None,
        due: None,
        from_date: None,
        waits: false,
        rule: "26/Decision.review_legality".into(),
        barred: vec![],
    }
}

/// What an office might derive of a matter.
pub fn projection(matter: MatterId) -> Projection {
    Projection {
        matter,
        title: Label {
            en: "Heating plan of the eastern district".to_owned(), zh: "东部城区供热计划".to_owned()
        },
        turns: vec![turn("review_legality", "head:justice"), turn("sign", "post:mayor")],
        readers: vec!["head:justice".to_owned(), "post:mayor".to_owned(), "person:p7".to_owned()],
        words: "大政发〔2018〕12号 checked against the budget of the year".to_owned(),
        valid: (None, None),
    }
}

/// Something to be told.
pub fn item(n: i64) -> OutboxItem {
    OutboxItem { kind: "mail".to_owned(), body: serde_json::json!({ "to": "p7", "n": n }), due_at: at(n) }
}
