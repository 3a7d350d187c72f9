//! One row: what the directory lacks of what it says, and the fields of the steps that would enter it.
//!
//! Decides nothing: whether a step is lawful is asked of the engine. Invariant: what the directory says already
//! is not entered again.

use super::columns::{Column, Entering, What};
use crate::fill::{Typed, day};
use facts::{Body, Directory, FieldId, Label, Person, Relation, Tenure};
use jiff::civil::Date;
use rules::rulebook::{Rulebook, Type};

/// A row by its columns.
pub(super) struct Told<'t> {
    pub columns: &'t [Option<Column>],
    pub record: &'t csv::StringRecord,
}

impl Told<'_> {
    /// What stands in the row's cell of a column; blank where there is none.
    pub fn cell(&self, column: &Column) -> &str {
        let at = self.columns.iter().position(|known| known.as_ref() == Some(column));
        let cell = at.and_then(|at| self.record.get(at)).unwrap_or_default().trim();
        // A spreadsheet's mark that what follows is a text and no formula.
        cell.strip_prefix('\'').filter(|text| text.starts_with(super::FORMULAS)).unwrap_or(cell)
    }

    /// Says of a post and of nobody who holds it.
    pub fn lacks_person(&self) -> bool {
        let of_post = [Column::Post, Column::From, Column::Until];
        self.cell(&Column::Person).is_empty() && of_post.iter().any(|column| !self.cell(column).is_empty())
    }

    /// A cell to the right of all that have a heading.
    pub fn stray(&self) -> Option<&str> {
        let known = self.columns.iter().map(Option::is_some).chain(std::iter::repeat(false));
        let mut stray = self.record.iter().zip(known).filter(|(cell, known)| !known && !cell.trim().is_empty());
        stray.next().map(|(cell, _)| cell)
    }
}

/// The directory that a row is held against.
pub(super) struct Against<'d> {
    pub rulebook: &'d Rulebook,
    pub directory: &'d Directory,
    pub today: Date,
}

impl Against<'_> {
    /// What would have to be entered, in order.
    pub fn wanted(&self, row: &Told<'_>) -> Vec<What> {
        if row.cell(&Column::Person).is_empty() {
            return self.of_body(row).into_iter().collect();
        }
        self.of_person(row).into_iter().chain(self.of_post(row)).collect()
    }

    pub fn person(&self, row: &Told<'_>) -> Option<&Person> {
        let id = row.cell(&Column::Person);
        self.directory.people.iter().find(|known| known.id.as_str() == id)
    }

    /// The body of a row, by its id or by a name.
    pub fn body(&self, row: &Told<'_>) -> Option<&Body> {
        let named = row.cell(&Column::Body);
        let bodies = &self.directory.bodies;
        let by_name = || bodies.iter().find(|known| is_called(&known.name, named));
        bodies.iter().find(|known| known.id.as_str() == named).or_else(by_name)
    }

    fn of_person(&self, row: &Told<'_>) -> Option<What> {
        match self.person(row) {
            None => Some(What::NewPerson),
            Some(known) => is_renamed(&known.name, row).then_some(What::OtherName),
        }
    }

    fn of_body(&self, row: &Told<'_>) -> Option<What> {
        let Some(known) = self.body(row) else { return Some(What::NewBody) };
        let class = row.cell(&Column::Class);
        let moved = !class.is_empty() && self.class(class).unwrap_or(class) != known.class;
        (moved || is_renamed(&known.name, row)).then_some(What::OtherBody)
    }

    fn of_post(&self, row: &Told<'_>) -> Vec<What> {
        let [post, from, until] = [Column::Post, Column::From, Column::Until].map(|column| row.cell(&column));
        if [post, from, until].iter().all(|cell| cell.is_empty()) {
            return vec![];
        }
        let last = day(until).ok();
        let leaving = (!until.is_empty()).then_some(What::Leaves);
        let held = match day(from) {
            Ok(from) => self.held(row).find(|held| held.from == from),
            Err(_) if !from.is_empty() => None,
            // The one that runs, or the one that was the last to end.
            Err(_) => {
                let runs = |held: &&Tenure| self.directory.last_day(held).is_none_or(|last| last >= self.today);
                let ended = || self.held(row).last().filter(|_| !until.is_empty());
                self.held(row).find(runs).or_else(ended)
            }
        };
        match held {
            Some(held) if last.is_some() && self.directory.last_day(held) == last => vec![],
            Some(_) => leaving.into_iter().collect(),
            None if from.is_empty() && leaving.is_some() => vec![What::Leaves],
            None => std::iter::once(What::Holds).chain(leaving).collect(),
        }
    }

    /// The times at which the person of a row held its post.
    fn held(&self, row: &Told<'_>) -> impl Iterator<Item = &Tenure> {
        let person = self.person(row).map(|known| known.id.clone());
        let post = self.post(row.cell(&Column::Post)).map(Into::into);
        let body = self.body(row).map(|known| known.id.clone());
        let relation = post.map(|post| Relation::Holds { post, body });
        let taken_back = |held: &Tenure| self.directory.last_day(held).is_some_and(|last| last < held.from);
        self.directory
            .tenures
            .iter()
            .filter(move |held| {
                !held.ends && Some(&held.person) == person.as_ref() && Some(&held.relation) == relation.as_ref()
            })
            .filter(move |held| !taken_back(held))
    }

    fn post<'a>(&'a self, named: &'a str) -> Option<&'a str> {
        let posts = self.rulebook.posts.keys();
        let mut by_name = posts.filter(|post| is_called(&self.rulebook.terms.post(post.as_str()), named));
        match self.rulebook.posts.contains_key(named) {
            true => Some(named),
            false => by_name.next().map(|post| post.as_str()),
        }
    }

    fn class<'a>(&'a self, named: &'a str) -> Option<&'a str> {
        let mut classes = self.rulebook.classes.iter();
        let is = |class: &&String| {
            *class == named || is_called(&self.rulebook.terms.label(&format!("class/{class}")), named)
        };
        classes.find(is).map(String::as_str)
    }

    /// What the row says for the fields of a step.
    pub fn typed(&self, row: &Told<'_>, entering: &Entering<'_>) -> Typed {
        let mut typed = Typed::default();
        for field in entering.fields() {
            let text = self.said(row, entering, field);
            if !text.is_empty() {
                typed.push(field.as_str(), text);
            }
        }
        typed
    }

    fn said(&self, row: &Told<'_>, entering: &Entering<'_>, field: &FieldId) -> String {
        let column = entering.column(field);
        let cell = row.cell(&column);
        let is_id = entering.kind.field(field.as_str()).is_some_and(|field| field.kind_of_value == Type::Text);
        match column {
            Column::Body if !is_id => self.body(row).map_or(cell, |known| known.id.as_str()),
            Column::Post => self.post(cell).unwrap_or(cell),
            Column::Class if cell.is_empty() => self.body(row).map_or(cell, |known| known.class.as_str()),
            Column::Class => self.class(cell).unwrap_or(cell),
            // A name of which the row says nothing stays as it is.
            Column::Name | Column::EnglishName if cell.is_empty() => {
                let known = match entering.what {
                    What::OtherName => self.person(row).map(|known| &known.name),
                    What::OtherBody => self.body(row).map(|known| &known.name),
                    _ => None,
                };
                let zh = column == Column::Name;
                known.map_or(cell, |name| if zh { name.zh.as_str() } else { name.en.as_str() })
            }
            _ => cell,
        }
        .to_owned()
    }
}

fn is_called(label: &Label, name: &str) -> bool {
    !name.is_empty() && (label.zh == name || label.en.eq_ignore_ascii_case(name))
}

fn is_renamed(known: &Label, row: &Told<'_>) -> bool {
    let differs = |column, known: &str| {
        let said = row.cell(&column);
        !said.is_empty() && said != known
    };
    differs(Column::Name, &known.zh) || differs(Column::EnglishName, &known.en)
}
