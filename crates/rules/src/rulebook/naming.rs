//! How things are named, and which names are taken.
//!
//! Invariant: every name is one that Cedar, the record and an address can carry as it is.

use super::{Place, report::Report};

/// Words that Cedar keeps for itself.
const KEPT_BY_CEDAR: [&str; 9] = ["true", "false", "if", "then", "else", "in", "is", "like", "has"];
/// Attributes that every matter has beside its fields: how far it has come, and what was before.
pub(crate) const RECORDS: [&str; 9] =
    ["done", "ripe", "outcome", "tally", "size", "taken_by", "holding", "before", "offices_asked"];
/// Words that stand for matters, days and persons.
const KEPT_FOR_FIELDS: [&str; 4] = ["this", "each", "opened", "anyone"];
const KEPT_FOR_STEPS: [&str; 3] = ["open", "read", "opened"];
const KEPT_FOR_KINDS: [&str; 12] =
    ["Person", "Body", "Post", "Action", "Bool", "Boolean", "String", "Long", "Set", "Record", "Entity", "Extension"];
const KEPT_FOR_POSTS: [&str; 3] = ["body", "class", "anyone"];
const KEPT_FOR_CHOICES: [&str; 5] = ["text", "document", "yes", "number", "date"];

/// What a name is a name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Kind,
    Step,
    Field,
    Outcome,
    Post,
    Group,
    Regime,
    Choices,
    Choice,
    Body,
    Class,
    Parameter,
    Area,
    Rate,
}

impl Named {
    fn word(self) -> &'static str {
        match self {
            Named::Kind => "kind",
            Named::Step => "step",
            Named::Field => "field",
            Named::Outcome => "outcome",
            Named::Post => "post",
            Named::Group => "group",
            Named::Regime => "way of standing in",
            Named::Choices => "list of choices",
            Named::Choice => "choice",
            Named::Body => "body",
            Named::Class => "class",
            Named::Parameter => "parameter",
            Named::Area => "area",
            Named::Rate => "rate",
        }
    }

    fn kept(self) -> &'static [&'static str] {
        match self {
            Named::Kind => &KEPT_FOR_KINDS,
            Named::Step => &KEPT_FOR_STEPS,
            Named::Field => &KEPT_FOR_FIELDS,
            Named::Post => &KEPT_FOR_POSTS,
            Named::Choices => &KEPT_FOR_CHOICES,
            Named::Group | Named::Body => &["anyone"],
            _ => &[],
        }
    }
}

/// Whether a name can be used; says why not.
pub(super) fn check(named: Named, name: &str, at: &Place, report: &mut Report) -> bool {
    let word = named.word();
    let word = format!("{} {word}", if word.starts_with(['a', 'o']) { "an" } else { "a" });
    if named == Named::Kind && !is_kind(name) {
        report.error(at, format!("a kind is named by one capitalised ASCII word, not \"{name}\""));
        return false;
    }
    if named != Named::Kind && !is_lower(name) {
        let message = format!("{word} is named by lower-case ASCII words joined by _, not \"{name}\"");
        report.error(at, message);
        return false;
    }
    let in_no_policy = [Named::Choice, Named::Parameter, Named::Class, Named::Regime, Named::Area, Named::Rate];
    let is_parsed = !in_no_policy.contains(&named);
    let is_record = named == Named::Field && RECORDS.contains(&name);
    if is_record || named.kept().contains(&name) || (is_parsed && KEPT_BY_CEDAR.contains(&name)) {
        report.error(at, format!("{word} cannot be named \"{name}\"; the word is kept for another use"));
        return false;
    }
    true
}

/// Whether a top-level key of a table names a kind.
pub(super) fn is_kind(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_lower(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && !name.ends_with('_')
        && !name.contains("__")
}
