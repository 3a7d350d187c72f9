//! TOML as a tree in which every key and every value knows its line, in reading order.
//!
//! Knows no key by name. Invariant: a parameter stands nowhere in a finished tree; it is filled in.

use super::{
    Parameter, Place,
    report::{LineIndex, Report},
};
use std::collections::{BTreeMap, BTreeSet};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub place: Place,
    pub value: Value,
    /// The parameters that were filled into the text.
    pub filled: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    Yes(bool),
    Number(i64),
    List(Vec<Node>),
    Table(Vec<(Name, Node)>),
    /// A value of a kind that the format does not use.
    Other,
    /// A value that was reported, and of which nothing more is said.
    Reported,
}

/// A key and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub text: String,
    pub place: Place,
}

/// Parses a text whose first line is at `begin`. Every error of syntax is reported, and the rest kept.
pub(super) fn parse(text: &str, begin: &Place, report: &mut Report) -> (Vec<(Name, Node)>, bool) {
    let lines = LineIndex::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let place =
        |offset: usize| Place { file: begin.file.clone(), line: begin.line + lines.line(offset.min(text.len())) - 1 };
    for error in &errors {
        let at = place(error.span().map_or(0, |span| span.start));
        let key = error.span().filter(|_| error.message() == "duplicate key").and_then(|span| text.get(span));
        let message = match key {
            Some(key) => format!("the key \"{}\" stands twice in this table", key.trim()),
            None => format!("not written as TOML: {}", error.message().trim().replace('\n', "; ")),
        };
        report.error(&at, message);
    }
    (table_of(table.get_ref(), &place), errors.is_empty())
}

fn table_of(table: &DeTable, place: &dyn Fn(usize) -> Place) -> Vec<(Name, Node)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue>)| {
        let name = Name {
            text: String::from(AsRef::<str>::as_ref(key.get_ref() as &std::borrow::Cow<str>)),
            place: place(key.span().start),
        };
        let mut node = node_of(value, place);
        if matches!(node.value, Value::Table(_)) {
            // A table that stands under several headers has no one place; its name has.
            node.place = name.place.clone();
        }
        (name, node)
    };
    entries.into_iter().map(entry).collect()
}

fn node_of(value: &Spanned<DeValue>, place: &dyn Fn(usize) -> Place) -> Node {
    let at = place(value.span().start);
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Datetime(day) => Value::Text(day.to_string()),
        DeValue::Boolean(yes) => Value::Yes(*yes),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Other,
        },
        DeValue::Float(_) => Value::Other,
        DeValue::Array(members) => Value::List(members.iter().map(|member| node_of(member, place)).collect()),
        DeValue::Table(table) => Value::Table(table_of(table, place)),
    };
    Node { place: at, value, filled: vec![] }
}

impl Value {
    /// What it is, in words.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "a text",
            Value::Yes(_) => "true or false",
            Value::Number(_) => "a number",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Other | Value::Reported => "a value of a kind that has no use here",
        }
    }
}

/// Each accessor reports a value of another kind and then gives nothing.
impl Node {
    pub fn text(&self, report: &mut Report) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            other => self.refuse("a text", other, report),
        }
    }

    pub fn yes(&self, report: &mut Report) -> Option<bool> {
        match &self.value {
            Value::Yes(yes) => Some(*yes),
            other => self.refuse("true or false", other, report),
        }
    }

    pub fn number(&self, report: &mut Report) -> Option<i64> {
        match &self.value {
            Value::Number(number) => Some(*number),
            other => self.refuse("a number", other, report),
        }
    }

    pub fn table(&self, report: &mut Report) -> Option<&[(Name, Node)]> {
        match &self.value {
            Value::Table(entries) => Some(entries),
            other => self.refuse("a table", other, report),
        }
    }

    /// The members of a list, or the value itself as the only one.
    pub fn members(&self) -> &[Node] {
        match &self.value {
            Value::List(members) => members,
            _ => std::slice::from_ref(self),
        }
    }

    /// The texts of a list, or the only one, with their places.
    pub fn texts(&self, report: &mut Report) -> Vec<(&str, &Place)> {
        let members = self.members().iter();
        members.filter_map(|member| Some((member.text(report)?, &member.place))).collect()
    }

    fn refuse<T>(&self, wanted: &str, found: &Value, report: &mut Report) -> Option<T> {
        if !matches!(found, Value::Reported) {
            report.error(&self.place, format!("{wanted} is wanted here, not {}", found.kind()));
        }
        None
    }
}

/// The value under a key.
pub(super) fn get<'t>(table: &'t [(Name, Node)], key: &str) -> Option<&'t Node> {
    table.iter().find(|(name, _)| name.text == key).map(|(_, node)| node)
}

/// Refuses keys that a table does not have.
pub(super) fn only_keys(table: &[(Name, Node)], keys: &[&str], owner: &str, report: &mut Report) {
    for (name, _) in table.iter().filter(|(name, _)| !keys.contains(&name.text.as_str())) {
        let message = format!("no key \"{}\" in {owner}", name.text);
        report.unknown(&name.place, message, &name.text, keys.iter().copied());
    }
}

/// Fills `{parameter}` into texts, and remembers which were used.
pub(super) struct Filling<'p> {
    parameters: &'p BTreeMap<String, Parameter>,
    term: Option<i64>,
    pub used: BTreeSet<String>,
}

impl<'p> Filling<'p> {
    pub fn new(parameters: &'p BTreeMap<String, Parameter>, term: Option<i64>) -> Filling<'p> {
        Filling { parameters, term, used: BTreeSet::new() }
    }

    /// Fills every text of a table; those under `number` and `draws` keep their `{year}` and `{n}`.
    pub fn fill_table(&mut self, table: &mut [(Name, Node)], report: &mut Report) {
        for (name, node) in table {
            self.fill(node, matches!(name.text.as_str(), "number" | "draws"), report);
        }
    }

    /// The parameters that words name; `None` where one of them is mistyped.
    pub fn named(&self, words: &str) -> Option<BTreeSet<String>> {
        let braced = words.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
        braced.map(|name| self.parameters.contains_key(name).then(|| name.to_owned())).collect()
    }

    /// Fills the words of a paragraph or a quotation.
    pub fn fill_words(&mut self, words: &str, at: &Place, report: &mut Report) -> String {
        self.filled(words, false, at, report).unwrap_or_else(|| words.to_owned())
    }

    /// Fills the parameters of a Cedar block: `{companions_max}`, a whole number. Braces with blanks are Cedar's own.
    pub fn fill_cedar(&mut self, text: &mut String, begin: &Place, report: &mut Report) {
        let is_name = |name: &str| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        let (mut filled, mut rest, mut line) = (String::with_capacity(text.len()), text.as_str(), begin.line);
        while let Some((before, opened)) = rest.split_once('{') {
            filled.push_str(before);
            line += before.matches('\n').count();
            let name = opened.split_once('}').map(|(name, _)| name).filter(|name| is_name(name));
            let Some(name) = name else {
                filled.push('{');
                rest = opened;
                continue;
            };
            let at = Place { file: begin.file.clone(), line };
            match self.parameters.get(name) {
                Some(parameter) if parameter.value.parse::<i64>().is_ok() => {
                    self.used.insert(name.to_owned());
                    filled.push_str(&parameter.value);
                }
                Some(_) => {
                    report.error(&at, format!("the parameter \"{name}\" is no whole number, and a policy takes one"))
                }
                None => {
                    let names = self.parameters.keys().map(String::as_str);
                    report.unknown(&at, format!("no parameter \"{name}\""), name, names);
                }
            }
            rest = &opened[name.len() + 1..];
        }
        filled.push_str(rest);
        *text = filled;
    }

    fn fill(&mut self, node: &mut Node, is_series: bool, report: &mut Report) {
        match &mut node.value {
            Value::Text(text) if text.contains('{') => {
                let filled = self.filled(text, is_series, &node.place, report);
                let named = self.parameters.keys().filter(|name| text.contains(&format!("{{{name}}}")));
                node.filled = named.cloned().collect();
                node.value = filled.map_or(Value::Reported, Value::Text);
            }
            Value::List(members) => members.iter_mut().for_each(|member| self.fill(member, false, report)),
            Value::Table(entries) => {
                for (name, node) in entries {
                    self.fill(node, is_series || matches!(name.text.as_str(), "number" | "draws"), report);
                }
            }
            _ => {}
        }
    }

    fn filled(&mut self, text: &str, is_series: bool, at: &Place, report: &mut Report) -> Option<String> {
        let (mut filled, mut rest, mut all_known) = (String::new(), text, true);
        while let Some((before, opened)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = opened.split_once('}') else {
                report.error(at, "a { without its }");
                return None;
            };
            rest = after;
            if is_series && (name == "year" || name == "n") {
                filled.push_str(&format!("{{{name}}}"));
            } else if is_series && name == "term" {
                match self.term {
                    Some(term) => filled.push_str(&term.to_string()),
                    None => {
                        all_known = false;
                        report.error(at, "rulebook.toml does not say its term, and {term} stands here");
                    }
                }
            } else if let Some(parameter) = self.parameters.get(name) {
                self.used.insert(name.to_owned());
                filled.push_str(&parameter.value);
            } else {
                all_known = false;
                let series: &[&str] = if is_series { &["year", "n", "term"] } else { &[] };
                let names = self.parameters.keys().map(String::as_str).chain(series.iter().copied());
                report.unknown(at, format!("no parameter \"{name}\""), name, names);
            }
        }
        filled.push_str(rest);
        all_known.then_some(filled)
    }
}
