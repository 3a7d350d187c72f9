//! `[areas]` of `rulebook.toml`: how the office groups its kinds on pages, and in which form it shows them.
//!
//! Invariant: an area names only kinds that there are, and fields of the right type that one of them has
//! at least.

use super::{
    Field, Kind, Place, Type,
    naming::{self, Named},
    report::Report,
    settings,
    tree::{Name, Node, get, only_keys},
};
use facts::{FieldId, KindId, Label, StepId};

/// A group of kinds that the office looks at together.
#[derive(Clone, Debug)]
pub struct Area {
    /// Stands in addresses: `meetings`.
    pub id: String,
    pub name: Label,
    /// Areas of one group stand under one heading.
    pub group: Option<Label>,
    pub kinds: Vec<KindId>,
    pub view: View,
}

/// The form in which an area is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    List,
    /// A meeting: its day, the step by which it is held, its ordered topics, who attended in which capacity, its
    /// minutes.
    Meeting {
        day: FieldId,
        held: StepId,
        agenda: FieldId,
        attendance: Vec<FieldId>,
        minutes: FieldId,
        /// Of a topic: for how many minutes it is meant.
        time: Option<FieldId>,
        /// The bodies to whom the minutes go.
        recipients: Option<FieldId>,
    },
    /// Tasks: who leads, who assists, when it is due.
    Ledger {
        lead: FieldId,
        assistants: FieldId,
        due: FieldId,
    },
    /// A register: from when until when an entry is in force, and what is shown of it.
    Register {
        from: FieldId,
        until: FieldId,
        shows: Vec<FieldId>,
    },
}

const VIEWS: [&str; 4] = ["list", "meeting", "ledger", "register"];
/// The fields that a view names, and what each holds.
const MEETING: [(&str, Shown); 4] =
    [("day", Shown::Day), ("agenda", Shown::Matters), ("attendance", Shown::Attendance), ("minutes", Shown::Words)];
const LEDGER: [(&str, Shown); 3] = [("lead", Shown::Lead), ("assistants", Shown::Assistants), ("due", Shown::Day)];
const REGISTER: [(&str, Shown); 3] = [("from", Shown::Day), ("until", Shown::Day), ("shows", Shown::Anything)];

/// What a view shows in a place.
#[derive(Clone, Copy)]
enum Shown {
    Day,
    Matters,
    Attendance,
    Words,
    Lead,
    Assistants,
    Anything,
}

impl Shown {
    fn wanted(self) -> &'static str {
        match self {
            Shown::Day => "date is",
            Shown::Matters => "a set of matters is",
            Shown::Attendance => "persons, bodies or a text are",
            Shown::Words => "document or text is",
            Shown::Lead => "Body or Person is",
            Shown::Assistants => "[Body] or [Person] is",
            Shown::Anything => "any type is",
        }
    }

    fn fits(self, of: &Type) -> bool {
        match (self, of) {
            (Shown::Anything, _)
            | (Shown::Day, Type::Date)
            | (Shown::Words | Shown::Attendance, Type::Document | Type::Text) => true,
            (Shown::Matters, Type::Set(of)) => matches!(**of, Type::Matter(_)),
            (Shown::Assistants, Type::Set(of)) => matches!(**of, Type::Body | Type::Person),
            (Shown::Attendance, of) => matches!(of.one(), Type::Body | Type::Person),
            (Shown::Lead, of) => matches!(of, Type::Body | Type::Person),
            _ => false,
        }
    }
}

/// The areas that the settings say, held against the kinds.
pub(super) fn read(node: Option<&Node>, kinds: &[Kind], report: &mut Report) -> Vec<Area> {
    let areas = node.and_then(|node| node.table(report)).unwrap_or_default();
    areas.iter().filter_map(|(name, node)| area(name, node, kinds, report)).collect()
}

fn area(name: &Name, node: &Node, kinds: &[Kind], report: &mut Report) -> Option<Area> {
    let table = node.table(report)?;
    let owner = format!("the area \"{}\"", name.text);
    naming::check(Named::Area, &name.text, &name.place, report);
    let label = match get(table, "name") {
        Some(node) => settings::label(node, &owner, report),
        None => {
            report.error(&name.place, format!("{owner} has no name"));
            Label::default()
        }
    };
    let mut shown = vec![];
    for (text, place) in texts(table, "kinds", report) {
        match kinds.iter().find(|kind| kind.id.as_str() == text) {
            Some(kind) => shown.push(kind),
            None => {
                let names = kinds.iter().map(|kind| kind.id.as_str());
                report.unknown(&place, format!("no kind \"{text}\""), &text, names);
            }
        }
    }
    if shown.is_empty() {
        report.error(&name.place, format!("{owner} shows no kind"));
    }
    let group = get(table, "group").map(|node| settings::label(node, &format!("the group of {owner}"), report));
    let view = View::read(table, &owner, name, report)?;
    view.check(table, &owner, (&shown, kinds), report);
    let kinds = shown.iter().map(|kind| kind.id.clone()).collect();
    Some(Area { id: name.text.clone(), name: label, group, kinds, view })
}

fn texts(table: &[(Name, Node)], key: &str, report: &mut Report) -> Vec<(String, Place)> {
    let Some(node) = get(table, key) else { return vec![] };
    let members = match &node.value {
        super::tree::Value::List(members) => members.iter().collect(),
        _ => vec![node],
    };
    members.into_iter().filter_map(|member| Some((member.text(report)?.to_owned(), member.place.clone()))).collect()
}

impl View {
    fn read(table: &[(Name, Node)], owner: &str, name: &Name, report: &mut Report) -> Option<View> {
        let word = match get(table, "view") {
            None => "list",
            Some(node) => {
                let word = node.text(report)?;
                if !VIEWS.contains(&word) {
                    let message = format!("no view \"{word}\"; there are list, meeting, ledger and register");
                    report.unknown(&node.place, message, word, VIEWS);
                    return None;
                }
                word
            }
        };
        let mut said = |key: &str| {
            let found = texts(table, key, report).into_iter().next();
            if found.is_none() {
                report.error(&name.place, format!("{owner} does not say its {key}"));
            }
            found.map(|(text, _)| text)
        };
        let mut field = |key: &str| said(key).map(FieldId::new);
        match word {
            "meeting" => {
                let (day, agenda, minutes) = (field("day"), field("agenda"), field("minutes"));
                let held = said("held").map(StepId::new);
                let attendance = texts(table, "attendance", report);
                let attendance = attendance.into_iter().map(|(text, _)| FieldId::new(text)).collect();
                let time = texts(table, "time", report).into_iter().next().map(|(text, _)| FieldId::new(text));
                let recipients = texts(table, "recipients", report).into_iter().next();
                let recipients = recipients.map(|(text, _)| FieldId::new(text));
                let (day, held, agenda, minutes) = (day?, held?, agenda?, minutes?);
                Some(View::Meeting { day, held, agenda, attendance, minutes, time, recipients })
            }
            "ledger" => {
                let (lead, assistants, due) = (field("lead"), field("assistants"), field("due"));
                Some(View::Ledger { lead: lead?, assistants: assistants?, due: due? })
            }
            "register" => {
                let (from, until) = (field("from"), field("until"));
                let shows = texts(table, "shows", report);
                let shows = shows.into_iter().map(|(text, _)| FieldId::new(text)).collect();
                Some(View::Register { from: from?, until: until?, shows })
            }
            _ => Some(View::List),
        }
    }

    /// Every field of the view has to be one of at least one of the kinds, of the type that is shown; the
    /// attendance of a kind may leave capacities out. Every kind of meeting has the step by which it is held.
    fn check(&self, table: &[(Name, Node)], owner: &str, (kinds, all): (&[&Kind], &[Kind]), report: &mut Report) {
        let fields: &[(&str, Shown)] = match self {
            View::List => &[],
            View::Meeting { .. } => &MEETING,
            View::Ledger { .. } => &LEDGER,
            View::Register { .. } => &REGISTER,
        };
        let mut keys: Vec<&str> =
            ["name", "group", "kinds", "view"].into_iter().chain(fields.iter().map(|(key, _)| *key)).collect();
        if let View::Meeting { held, agenda, .. } = self {
            keys.extend(["held", "time", "recipients"]);
            check_recipients(table, kinds, report);
            check_time(table, &topics_of(agenda, kinds, all), report);
            let place = texts(table, "held", report).into_iter().next().map(|(_, place)| place);
            let lacks = kinds.iter().find(|kind| kind.step(held.as_str()).is_none());
            if let (Some(kind), Some(place)) = (lacks, place) {
                let names = kind.steps.iter().map(|step| step.id.as_str());
                report.unknown(&place, format!("{} has no step \"{held}\"", kind.id), held.as_str(), names);
            }
        }
        only_keys(table, &keys, owner, report);
        for (key, shown) in fields {
            for (text, place) in texts(table, key, report) {
                let found: Vec<&Field> = kinds.iter().filter_map(|kind| kind.field(&text)).collect();
                if found.is_empty() {
                    let names = kinds.iter().flat_map(|kind| &kind.fields).map(|field| field.id.as_str());
                    report.unknown(&place, format!("no kind of {owner} has a field \"{text}\""), &text, names);
                }
                if let Some(field) = found.iter().find(|field| !shown.fits(&field.kind_of_value)) {
                    let message = format!("\"{text}\" is of type {}; {} wanted", field.kind_of_value, shown.wanted());
                    report.error(&place, message);
                }
            }
        }
    }
}

/// The kinds of what stands on the agendas of some kinds.
fn topics_of<'k>(agenda: &FieldId, kinds: &[&Kind], all: &'k [Kind]) -> Vec<&'k Kind> {
    let fields = kinds.iter().filter_map(|kind| kind.field(agenda.as_str()));
    let named = fields.filter_map(|field| match field.kind_of_value.one() {
        Type::Matter(kind) => all.iter().find(|known| known.id == *kind),
        _ => None,
    });
    named.collect()
}

/// To whom the minutes go is a set of bodies of every kind of meeting.
fn check_recipients(table: &[(Name, Node)], kinds: &[&Kind], report: &mut Report) {
    let Some((text, place)) = texts(table, "recipients", report).into_iter().next() else { return };
    let bodies = Type::Set(Box::new(Type::Body));
    let lacks = kinds.iter().find(|kind| kind.field(&text).is_none_or(|field| field.kind_of_value != bodies));
    if let Some(kind) = lacks {
        let fields = kind.fields.iter().filter(|field| field.kind_of_value == bodies).map(|field| field.id.as_str());
        report.unknown(&place, format!("{} has no set of bodies \"{text}\"", kind.id), &text, fields);
    }
}

/// The time of a topic is a number that topics have.
fn check_time(table: &[(Name, Node)], topics: &[&Kind], report: &mut Report) {
    for (text, place) in texts(table, "time", report) {
        let mut found = topics.iter().filter_map(|topic| topic.field(&text)).peekable();
        if found.peek().is_none() {
            let names = topics.iter().flat_map(|topic| &topic.fields).map(|field| field.id.as_str());
            report.unknown(&place, format!("no topic has a field \"{text}\""), &text, names);
        }
        if let Some(field) = found.find(|field| field.kind_of_value != Type::Number) {
            report.error(&place, format!("\"{text}\" is of type {}; number is wanted", field.kind_of_value));
        }
    }
}
