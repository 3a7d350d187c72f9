//! `rulebook.toml`: name, edition, dates, parameters, choices, classes and named bodies.
//!
//! Invariant: a parameter, a choice list, a class and a body have each a name that is free to be used.

use super::{
    Parameter, Place,
    draft::{Draft, Rules},
    naming::{self, Named},
    report::Report,
    tree::{Name, Node, Value, get, only_keys},
};
use facts::{Label, RuleId};
use jiff::{civil::Date, tz::TimeZone};
use std::collections::BTreeMap;

/// What `rulebook.toml` says, with the places of what is named there.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub name: Label,
    pub edition: String,
    pub zone: String,
    pub term: Option<i64>,
    pub in_force_from: Option<Date>,
    pub in_force_until: Option<Date>,
    pub parameters: BTreeMap<String, Parameter>,
    pub choices: BTreeMap<String, Vec<String>>,
    pub classes: Vec<String>,
    pub by_reference: Vec<String>,
    pub past: Vec<String>,
    pub bodies: Vec<String>,
    /// Of `parameter/x`, `choices/x`, `choice/x.y`, `class/x` and `body/x`.
    pub places: BTreeMap<String, Place>,
}

const KEYS: [&str; 11] =
    ["name", "edition", "zone", "term", "in_force", "parameters", "choices", "classes", "bodies", "areas", "rates"];

/// The settings; what is missing or wrong is reported.
pub(super) fn read(table: &[(Name, Node)], begin: &Place, report: &mut Report) -> Settings {
    let mut settings = Settings::default();
    only_keys(table, &KEYS, "rulebook.toml", report);
    for key in ["name", "edition", "zone"] {
        if get(table, key).is_none() {
            report.error(begin, format!("rulebook.toml does not say its {key}"));
        }
    }
    for (key, node) in table {
        match key.text.as_str() {
            "name" => settings.name = label(node, "the rulebook's name", report),
            "edition" => settings.edition = text(node, report),
            "zone" => settings.zone = zone(node, report),
            "term" => settings.term = term(node, report),
            "in_force" => settings.in_force(node, report),
            "parameters" => settings.parameters(node, report),
            "choices" => settings.choices(node, report),
            "classes" => settings.classes(node, report),
            "bodies" => settings.bodies = settings.bare_names(node, Named::Body, &[], report),
            _ => {}
        }
    }
    settings
}

/// A label of two languages; a missing or empty one is reported.
pub(super) fn label(node: &Node, owner: &str, report: &mut Report) -> Label {
    let Some(table) = node.table(report) else { return Label::default() };
    let mut label = Label::default();
    for (language, said) in [("en", &mut label.en), ("zh", &mut label.zh)] {
        match get(table, language).map(|node| text(node, report)) {
            Some(text) if !text.trim().is_empty() => *said = text,
            _ => report.error(&node.place, format!("{owner} has no words in \"{language}\"")),
        }
    }
    label
}

/// The name of a time zone that there is.
fn zone(node: &Node, report: &mut Report) -> String {
    let zone = text(node, report);
    if !zone.is_empty() && TimeZone::get(&zone).is_err() {
        let known: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        report.unknown(&node.place, format!("no time zone \"{zone}\""), &zone, known.iter().map(String::as_str));
    }
    zone
}

/// The number of the government's term; a wrong one is reported and taken for the first.
fn term(node: &Node, report: &mut Report) -> Option<i64> {
    let term = node.number(report).unwrap_or(1);
    if term < 1 {
        report.error(&node.place, format!("terms are counted from 1, and this is {term}"));
    }
    Some(term)
}

/// What a parameter holds, as it is put into words.
fn parameter_value(node: &Node, report: &mut Report) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        other => {
            report.error(&node.place, format!("a parameter is a number or a text, not {}", other.kind()));
            None
        }
    }
}

/// The values that a parameter had, each up to a day, the earliest first.
fn earlier(node: &Node, owner: &str, report: &mut Report) -> Vec<(Date, String)> {
    let mut earlier: Vec<(Date, String)> = vec![];
    for node in node.members() {
        let Some(table) = node.table(report) else { continue };
        only_keys(table, &["until", "value"], &format!("an earlier value of {owner}"), report);
        let until = get(table, "until").and_then(|node| day(node, report));
        let value = get(table, "value").and_then(|node| parameter_value(node, report));
        let (Some(until), Some(value)) = (until, value) else {
            report.error(&node.place, format!("an earlier value of {owner} says until when it held, and the value"));
            continue;
        };
        if earlier.last().is_some_and(|(before, _)| *before >= until) {
            report.error(&node.place, format!("earlier values of {owner} stand in the order of their days"));
        }
        earlier.push((until, value));
    }
    earlier
}

/// A day as the format writes it.
pub(super) fn day(node: &Node, report: &mut Report) -> Option<Date> {
    let text = node.text(report)?;
    let day = text.parse().ok();
    if day.is_none() {
        report.error(&node.place, format!("not a day: \"{text}\"; a day is written 2019-04-10"));
    }
    day
}

fn text(node: &Node, report: &mut Report) -> String {
    node.text(report).unwrap_or_default().to_owned()
}

impl Settings {
    fn in_force(&mut self, node: &Node, report: &mut Report) {
        let Some(table) = node.table(report) else { return };
        for (key, node) in table {
            self.in_force_day(&key.text, &key.place, node, report);
        }
    }

    /// Takes in the days that an article says; those of the settings go before them, as in an overlay.
    ///
    /// The answer is the rule that says from when.
    pub fn in_force_by(&mut self, draft: &Draft, rules: &mut Rules, report: &mut Report) -> Option<RuleId> {
        let mut begins = None;
        for said in &draft.in_force {
            let rule = rules.add(said.block, &format!("in_force.{}", said.name), &said.place);
            self.in_force_day(&said.name, &said.place, &said.node, report);
            if said.name == "from" {
                begins = Some(rule);
            }
        }
        begins
    }

    fn in_force_day(&mut self, key: &str, place: &Place, node: &Node, report: &mut Report) {
        let date = day(node, report);
        match key {
            "from" => self.in_force_from = self.in_force_from.or(date),
            "until" => self.in_force_until = self.in_force_until.or(date),
            other => report.unknown(place, format!("\"{other}\" is no key of in_force"), other, ["from", "until"]),
        }
        if self.in_force_until.is_some() && self.in_force_until < self.in_force_from {
            report.error(place, "in force until a day before the first one");
        }
    }

    fn parameters(&mut self, node: &Node, report: &mut Report) {
        for (name, node) in node.table(report).unwrap_or_default() {
            if !naming::check(Named::Parameter, &name.text, &name.place, report) {
                continue;
            }
            let Some(table) = node.table(report) else { continue };
            let owner = format!("the parameter \"{}\"", name.text);
            only_keys(table, &["value", "earlier", "en", "zh", "reconstructed", "source"], &owner, report);
            let value = match get(table, "value") {
                Some(node) => match parameter_value(node, report) {
                    Some(value) => value,
                    None => continue,
                },
                None => {
                    report.error(&name.place, format!("{owner} has no value"));
                    "1".to_owned()
                }
            };
            let reconstructed = get(table, "reconstructed").and_then(|node| node.yes(report));
            let source = get(table, "source").and_then(|node| Some((node.text(report)?.to_owned(), &node.place)));
            if let Some((_, at)) = &source {
                self.places.insert(format!("source/{}", name.text), (*at).clone());
            }
            let parameter = Parameter {
                value,
                earlier: get(table, "earlier").map(|node| earlier(node, &owner, report)).unwrap_or_default(),
                name: label(node, &owner, report),
                reconstructed: reconstructed.unwrap_or(false),
                source: source.map(|(source, _)| source),
            };
            self.parameters.insert(name.text.clone(), parameter);
            self.places.insert(format!("parameter/{}", name.text), name.place.clone());
        }
    }

    fn choices(&mut self, node: &Node, report: &mut Report) {
        for (name, node) in node.table(report).unwrap_or_default() {
            naming::check(Named::Choices, &name.text, &name.place, report);
            let Value::List(_) = node.value else {
                report.error(&node.place, format!("choices are a list, not {}", node.value.kind()));
                continue;
            };
            let mut choices: Vec<String> = vec![];
            for (choice, at) in node.texts(report) {
                naming::check(Named::Choice, choice, at, report);
                if choices.iter().any(|known| known == choice) {
                    report.error(at, format!("the choice \"{choice}\" stands twice in {}", name.text));
                } else {
                    choices.push(choice.to_owned());
                    self.places.insert(format!("choice/{}.{choice}", name.text), at.clone());
                }
            }
            if choices.is_empty() {
                report.error(&node.place, format!("the list of choices \"{}\" is empty", name.text));
            }
            self.places.insert(format!("choices/{}", name.text), name.place.clone());
            self.choices.insert(name.text.clone(), choices);
        }
    }

    fn classes(&mut self, node: &Node, report: &mut Report) {
        self.classes = self.bare_names(node, Named::Class, &["by_reference", "past"], report);
        for (name, node) in node.table(report).unwrap_or_default() {
            let table = node.table(report).unwrap_or_default();
            if get(table, "by_reference").and_then(|node| node.yes(report)) == Some(true) {
                self.by_reference.push(name.text.clone());
            }
            if get(table, "past").and_then(|node| node.yes(report)) == Some(true) {
                self.past.push(name.text.clone());
            }
        }
    }

    fn bare_names(&mut self, node: &Node, named: Named, keys: &[&str], report: &mut Report) -> Vec<String> {
        let section = if named == Named::Class { "class" } else { "body" };
        let mut names = vec![];
        for (name, node) in node.table(report).unwrap_or_default() {
            naming::check(named, &name.text, &name.place, report);
            let table = node.table(report).unwrap_or_default();
            let none = if keys.is_empty() { ", which has none" } else { "" };
            only_keys(table, keys, &format!("{section} \"{}\"{none}", name.text), report);
            self.places.insert(format!("{section}/{}", name.text), name.place.clone());
            names.push(name.text.clone());
        }
        names
    }
}
