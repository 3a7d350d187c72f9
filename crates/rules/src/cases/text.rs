//! Case files as they are written.
//!
//! Knows the keys of a case and of an act, and nothing of the rulebook. Invariant: a file that is not
//! written as it should be gives a problem at its line and no case.

use super::{ORGANISATION, WITHOUT_CASE};
use crate::rulebook::{Place, Problem, Severity, SourceFile, nearest};
use jiff::civil::{Date, Time};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    #[serde(default)]
    case: Vec<Spanned<CaseText>>,
}

/// A case as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseText {
    pub name: String,
    #[serde(default)]
    pub covers: Vec<Spanned<String>>,
    /// The case at whose end this one begins.
    pub after: Option<String>,
    #[serde(default)]
    pub act: Vec<Spanned<ActText>>,
}

/// An act as it is written; what it says of its effects is compared after it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ActText {
    /// Without one: the day of the act before.
    pub on: Option<Day>,
    /// The time of day, where it counts.
    pub at: Option<Hour>,
    pub by: String,
    pub take: String,
    #[serde(rename = "as")]
    pub named: Option<String>,
    pub with: BTreeMap<String, toml::Value>,
    pub outcome: Option<String>,
    pub each: Option<toml::Value>,
    pub late: Option<String>,
    pub number: Option<u32>,

    pub refused: Option<Several<String>>,
    pub expect: Option<String>,
    pub missing: Several<String>,
    pub whose: Several<String>,
    pub earliest: Option<Day>,
    pub open: Option<OpenText>,
    pub count: Option<usize>,
    pub due: Several<DueText>,
    pub void: Several<String>,
    pub turn: Several<TurnText>,
    pub capacity: Option<CapacityText>,
    pub publishes: Option<bool>,
    pub closes: Option<bool>,
    /// Steps that count as done, of the matter acted on.
    pub done: Several<String>,
    /// Steps whose clock stands still, of the matter acted on.
    pub still: Several<String>,
    /// Articles that bind by reference only and speak against the act.
    pub remarks: Several<String>,
    /// By the name of a matter: what its fields must hold.
    pub shows: BTreeMap<String, BTreeMap<String, toml::Value>>,
}

/// A day, written as a date of TOML or as a text.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "toml::Value")]
pub(super) struct Day(pub Date);

impl TryFrom<toml::Value> for Day {
    type Error = String;
    fn try_from(value: toml::Value) -> Result<Day, String> {
        let text = match &value {
            toml::Value::String(text) => text.clone(),
            toml::Value::Datetime(day) => day.to_string(),
            _ => value.to_string(),
        };
        text.parse().map(Day).map_err(|_| format!("not a day: {text}; a day is written 2019-04-10"))
    }
}

/// One, or a list of several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Several<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> Default for Several<T> {
    fn default() -> Self {
        Several::Many(vec![])
    }
}

impl<T> Several<T> {
    pub fn all(&self) -> &[T] {
        match self {
            Several::One(one) => std::slice::from_ref(one),
            Several::Many(many) => many,
        }
    }
}

/// A kind, or kinds with the names under which the matters opened are known from then on.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum OpenText {
    Kind(String),
    Named(BTreeMap<String, Several<String>>),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DueText {
    /// The name of the matter, if it is another than the one acted on.
    pub of: Option<String>,
    pub step: String,
    pub on: Day,
    pub at: Option<Hour>,
}

/// A time of day, written as a time of TOML or as a text: 14:30.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "toml::Value")]
pub(super) struct Hour(pub Time);

impl TryFrom<toml::Value> for Hour {
    type Error = String;
    fn try_from(value: toml::Value) -> Result<Hour, String> {
        let text = match &value {
            toml::Value::String(text) => text.clone(),
            toml::Value::Datetime(time) => time.to_string(),
            _ => value.to_string(),
        };
        text.parse().map(Hour).map_err(|_| format!("not a time of day: {text}; it is written 14:30"))
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TurnText {
    pub of: Option<String>,
    pub step: String,
    pub role: String,
}

/// A role, or a role with how it was come by.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum CapacityText {
    Role(String),
    RoleVia { role: String, via: String },
}

/// A case with its place and those of its acts.
pub(super) struct Read {
    pub place: Place,
    pub source: String,
    pub case: CaseText,
    pub acts: Vec<(Place, String)>,
    pub covers: Vec<Covers>,
}

/// A requirement number that a case or a reason is for, and the line on which it stands.
#[derive(Clone)]
pub(super) struct Covers {
    pub number: String,
    pub place: Place,
    pub source: String,
}

impl Covers {
    /// The number as it stands in a file.
    pub fn in_file(number: &Spanned<String>, file: &SourceFile) -> Covers {
        let (place, source) = at(file, number.span().start);
        Covers { number: number.get_ref().clone(), place, source }
    }
}

/// Every case of every file in `cases/` but the two that hold none.
pub(super) fn read(files: &[SourceFile], problems: &mut Vec<Problem>) -> Vec<Read> {
    let holds_cases = |file: &&SourceFile| {
        file.path.starts_with("cases/")
            && file.path.ends_with(".toml")
            && file.path != ORGANISATION
            && file.path != WITHOUT_CASE
    };
    let mut all = vec![];
    for file in files.iter().filter(holds_cases) {
        let Some(CaseFile { case }) = parse(file, problems) else { continue };
        for spanned in case {
            let (place, source) = at(file, spanned.span().start);
            let case = spanned.into_inner();
            let acts = case.act.iter().map(|act| at(file, act.span().start)).collect();
            let covers = case.covers.iter().map(|number| Covers::in_file(number, file)).collect();
            all.push(Read { place, source, case, acts, covers });
        }
    }
    all
}

/// The file as a value of its shape, or the problem at its line.
pub(super) fn parse<T: DeserializeOwned>(file: &SourceFile, problems: &mut Vec<Problem>) -> Option<T> {
    match toml::from_str(&file.text) {
        Ok(value) => Some(value),
        Err(error) => {
            let (place, source) = at(file, error.span().map_or(0, |span| span.start));
            problems.push(problem(&place, &source, in_words(error.message())));
            None
        }
    }
}

/// The place of an offset and the line that stands there.
pub(super) fn at(file: &SourceFile, offset: usize) -> (Place, String) {
    let before = file.text.get(..offset).unwrap_or(&file.text);
    let line = 1 + before.matches('\n').count();
    let source = file.text.lines().nth(line - 1).unwrap_or("").trim().to_owned();
    (Place { file: file.path.clone(), line }, source)
}

pub(super) fn problem(place: &Place, source: &str, message: String) -> Problem {
    Problem {
        severity: Severity::Error,
        file: place.file.clone(),
        line: place.line,
        source: source.to_owned(),
        message,
    }
}

/// The message with the nearest key instead of all of them.
fn in_words(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match quoted.split_first() {
        Some((wrong, keys)) if message.starts_with("unknown field") => {
            with_nearest(format!("no key \"{wrong}\" here"), wrong, keys.iter().copied())
        }
        _ => message.trim().replace('\n', "; "),
    }
}

pub(super) fn with_nearest<'n>(message: String, wrong: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    match nearest(wrong, names) {
        Some(name) => format!("{message}; nearest: {name}"),
        None => message,
    }
}
