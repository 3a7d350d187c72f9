//! `[areas]` of `rulebook.toml`: how the office groups its kinds on pages, and in which form it shows them.
//!
//! Invariant: an area names only kinds that there are, and fields that all of its kinds have.

use super::{
    Kind, Place,
    problem::nearest,
    report::Report,
    settings,
    tree::{Name, Node, get, only_keys},
};
use facts::{FieldId, KindId, Label};

/// A group of kinds that the office looks at together.
#[derive(Clone, Debug)]
pub struct Area {
    /// Stands in addresses: `meetings`.
    pub id: String,
    pub name: Label,
    pub kinds: Vec<KindId>,
    pub view: View,
}

/// The form in which an area is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    List,
    /// A meeting: its day, its ordered topics, who attended in which capacity, its minutes.
    Meeting {
        day: FieldId,
        agenda: FieldId,
        attendance: Vec<FieldId>,
        minutes: FieldId,
    },
    /// Tasks: who leads, who assists, when it is due.
    Ledger {
        lead: FieldId,
        assistants: FieldId,
        due: FieldId,
    },
}

const KEYS: [&str; 10] =
    ["name", "kinds", "view", "day", "agenda", "attendance", "minutes", "lead", "assistants", "due"];

/// The areas that the settings say, held against the kinds.
pub(super) fn read(node: Option<&Node>, kinds: &[Kind], report: &mut Report) -> Vec<Area> {
    let areas = node.and_then(|node| node.table(report)).unwrap_or_default();
    areas.iter().filter_map(|(name, node)| area(name, node, kinds, report)).collect()
}

fn area(name: &Name, node: &Node, kinds: &[Kind], report: &mut Report) -> Option<Area> {
    let table = node.table(report)?;
    let owner = format!("the area \"{}\"", name.text);
    only_keys(table, &KEYS, &owner, report);
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
                let near = nearest(&text, kinds.iter().map(|kind| kind.id.as_str()));
                let near = near.map(|near| format!("; nearest: {near}")).unwrap_or_default();
                report.error(&place, format!("no kind \"{text}\"{near}"));
            }
        }
    }
    let view = View::read(table, &owner, name, report)?;
    view.check(table, &shown, report);
    let kinds = shown.iter().map(|kind| kind.id.clone()).collect();
    Some(Area { id: name.text.clone(), name: label, kinds, view })
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
        let mut field = |key: &str| {
            let found = texts(table, key, report).into_iter().next();
            if found.is_none() {
                report.error(&name.place, format!("{owner} does not say its {key}"));
            }
            found.map(|(text, _)| FieldId::new(text))
        };
        let word = get(table, "view").map(|node| &node.value);
        match word {
            Some(super::tree::Value::Text(word)) if word == "meeting" => {
                let (day, agenda, minutes) = (field("day")?, field("agenda")?, field("minutes")?);
                let attendance = texts(table, "attendance", report);
                let attendance = attendance.into_iter().map(|(text, _)| FieldId::new(text)).collect();
                Some(View::Meeting { day, agenda, attendance, minutes })
            }
            Some(super::tree::Value::Text(word)) if word == "ledger" => {
                Some(View::Ledger { lead: field("lead")?, assistants: field("assistants")?, due: field("due")? })
            }
            None => Some(View::List),
            Some(super::tree::Value::Text(word)) if word == "list" => Some(View::List),
            Some(_) => {
                report.error(&name.place, format!("the view of {owner} is \"list\", \"meeting\" or \"ledger\""));
                None
            }
        }
    }

    /// Every field of the view has to be one of at least one of the kinds; the attendance of a kind may
    /// leave capacities out.
    fn check(&self, table: &[(Name, Node)], kinds: &[&Kind], report: &mut Report) {
        let keys: &[&str] = match self {
            View::List => &[],
            View::Meeting { .. } => &["day", "agenda", "attendance", "minutes"],
            View::Ledger { .. } => &["lead", "assistants", "due"],
        };
        for key in keys {
            for (text, place) in texts(table, key, report) {
                if !kinds.iter().any(|kind| kind.field(&text).is_some()) {
                    let names = kinds.iter().flat_map(|kind| &kind.fields).map(|field| field.id.as_str());
                    let near = nearest(&text, names).map(|near| format!("; nearest: {near}")).unwrap_or_default();
                    report.error(&place, format!("no kind of this area has a field \"{text}\"{near}"));
                }
            }
        }
    }
}
