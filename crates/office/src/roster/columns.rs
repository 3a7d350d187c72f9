//! What the columns of a list say, and by which steps it is entered: both follow from the rulebook.
//!
//! Knows no kind, step or field by name. Invariant: a column says one thing, and nothing is said by two.

use facts::{FieldId, Label};
use rules::rulebook::{Kind, Rulebook, Saying, Step, Type, nearest};

/// What a cell says of the person or body of its row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Person,
    Name,
    EnglishName,
    Post,
    Body,
    Class,
    From,
    Until,
    /// What else a step asks for.
    Other(FieldId),
}

/// What a step by which a matter is opened enters in the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    NewPerson,
    OtherName,
    NewBody,
    OtherBody,
    Holds,
    Leaves,
}

/// A step that enters one thing.
#[derive(Clone, Copy)]
pub(super) struct Entering<'r> {
    pub what: What,
    pub kind: &'r Kind,
    pub step: &'r Step,
    pub saying: &'r Saying,
}

/// The steps of a rulebook that open a matter and enter one thing in the directory, in its order.
pub(super) fn entering(rulebook: &Rulebook) -> Vec<Entering<'_>> {
    let starts = rulebook.kinds.iter().flat_map(|kind| kind.steps.iter().map(move |step| (kind, step)));
    let one = |(kind, step): (&'_ Kind, &'_ Step)| -> Option<_> {
        let [saying] = &step.directory[..] else { return None };
        let is_new = |field: &FieldId| Some(kind.field(field.as_str())?.kind_of_value == Type::Text);
        let what = match saying {
            Saying::Enters { person, .. } if is_new(person)? => What::NewPerson,
            Saying::Enters { .. } => What::OtherName,
            Saying::Establishes { body, .. } if is_new(body)? => What::NewBody,
            Saying::Establishes { .. } => What::OtherBody,
            Saying::Holds { .. } => What::Holds,
            Saying::Leaves { .. } => What::Leaves,
            _ => return None,
        };
        (step.start && step.outcomes.is_empty()).then_some(what)
    };
    let found = starts.filter_map(|(kind, step)| {
        let what = one((kind, step))?;
        Some(Entering { what, kind, step, saying: step.directory.first()? })
    });
    found.collect()
}

impl Entering<'_> {
    /// What a field of the step says.
    pub fn column(&self, field: &FieldId) -> Column {
        let said = match self.saying {
            Saying::Enters { person, en, zh } => {
                [(person, Column::Person), (en, Column::EnglishName), (zh, Column::Name)].to_vec()
            }
            Saying::Establishes { body, en, zh, class } => {
                vec![(body, Column::Body), (en, Column::EnglishName), (zh, Column::Name), (class, Column::Class)]
            }
            Saying::Holds { person, post, body, from, until } => {
                let mut said = vec![(person, Column::Person), (post, Column::Post), (from, Column::From)];
                said.extend(body.as_ref().map(|body| (body, Column::Body)));
                said.extend(until.as_ref().map(|until| (until, Column::Until)));
                said
            }
            Saying::Leaves { person, post, body, until } => {
                let mut said = vec![(person, Column::Person), (post, Column::Post), (until, Column::Until)];
                said.extend(body.as_ref().map(|body| (body, Column::Body)));
                said
            }
            _ => vec![],
        };
        let found = said.into_iter().find(|(named, _)| *named == field);
        found.map_or_else(|| Column::Other(field.clone()), |(_, column)| column)
    }

    pub fn fields(&self) -> impl Iterator<Item = &FieldId> {
        self.step.asks.iter().chain(&self.step.may_ask)
    }
}

/// What a column can be headed by: the id of a field, or its label in either language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub column: Column,
    pub field: FieldId,
    pub label: Label,
}

/// All headings that say something, in the order in which a list is read: of what is said by several fields
/// the first leads.
pub(super) fn headings(rulebook: &Rulebook) -> Vec<Heading> {
    let mut headings: Vec<Heading> = vec![];
    for entering in entering(rulebook) {
        for field in entering.fields() {
            let label = rulebook.terms.field(entering.kind.id.as_str(), field.as_str());
            let heading = Heading { column: entering.column(field), field: field.clone(), label };
            if !headings.contains(&heading) {
                headings.push(heading);
            }
        }
    }
    headings.sort_by(|one, other| one.column.cmp(&other.column));
    headings
}

/// Why the head of a list cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Headless {
    /// Nothing is called so.
    Unknown { name: String, nearest: Option<FieldId> },
    /// Two columns say the same.
    Twice { first: String, second: String },
    /// No column says whose row it is.
    NoSubject,
}

/// What each column says, by the row that heads them; `None` for one without a heading.
pub(super) fn read(rulebook: &Rulebook, head: &csv::StringRecord) -> Result<Vec<Option<Column>>, Headless> {
    let headings = headings(rulebook);
    let mut columns: Vec<(Option<Column>, String)> = vec![];
    for name in head {
        let name = name.trim();
        if name.is_empty() {
            columns.push((None, String::new()));
            continue;
        }
        let is = |heading: &&Heading| {
            let Label { en, zh } = &heading.label;
            [heading.field.as_str(), en, zh].iter().any(|known| known.eq_ignore_ascii_case(name))
        };
        let Some(found) = headings.iter().find(is) else {
            let fields = headings.iter().map(|heading| heading.field.as_str());
            let nearest = nearest(name, fields).map(FieldId::new);
            return Err(Headless::Unknown { name: name.to_owned(), nearest });
        };
        let column = Some(found.column.clone());
        if let Some((_, first)) = columns.iter().find(|(known, _)| *known == column) {
            return Err(Headless::Twice { first: first.clone(), second: name.to_owned() });
        }
        columns.push((column, name.to_owned()));
    }
    let columns: Vec<Option<Column>> = columns.into_iter().map(|(column, _)| column).collect();
    let subject = |column: &Option<Column>| matches!(column, Some(Column::Person | Column::Body));
    if columns.iter().any(subject) { Ok(columns) } else { Err(Headless::NoSubject) }
}
