//! Relations of the directory over time: what, who, from when to when, on what basis.
//!
//! Invariant: the last day shown is the one that counts, whether it was said at first or later; a matter
//! is named only where the reader may read it.

use crate::components::Tone;
use crate::components::listing::EmptyState;
use crate::components::table::{Cell, Column, Row, Table};
use crate::wording::Words;
use facts::{MatterId, Relation, Role, Tenure};
use jiff::civil::Date;

/// What a line of the table opens with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The person; for the page of a body.
    Person,
    /// What the person is; for the page of a person.
    Relation,
}

/// The relations that were said and not only ended, the latest first.
pub fn of(words: &Words, wanted: impl Fn(&Tenure) -> bool) -> Vec<&Tenure> {
    let mut tenures: Vec<&Tenure> =
        words.directory.tenures.iter().filter(|tenure| !tenure.ends && wanted(tenure)).collect();
    tenures
        .sort_by_key(|tenure| std::cmp::Reverse((tenure.from, words.directory.last_day(tenure).unwrap_or(Date::MAX))));
    tenures
}

/// The relations as a table.
pub fn table(words: &Words, tenures: &[&Tenure], about: About, caption: &str) -> Table {
    let columns = match about {
        About::Person => ["directory-person", "directory-as"],
        About::Relation => ["directory-as", "directory-where"],
    };
    let columns = columns.into_iter().chain(["directory-from", "directory-until", "directory-basis"]);
    Table {
        lang: words.lang,
        caption: caption.to_owned(),
        caption_hidden: true,
        titled: true,
        columns: columns.map(|key| Column::new(words.t(key))).collect(),
        rows: tenures.iter().map(|tenure| row(words, tenure, about)).collect(),
        empty: EmptyState::new(words.t("directory-nothing-over-time"), ""),
    }
}

fn row(words: &Words, tenure: &Tenure, about: About) -> Row {
    let last = words.directory.last_day(tenure);
    let person = Cell::link(words.person(&tenure.person), super::person_href(&tenure.person));
    let (what, place) = relation(words, &tenure.relation);
    let mut cells = match about {
        About::Person => vec![person, Cell::new(what)],
        About::Relation => vec![Cell::new(what), place],
    };
    let past = last.is_some_and(|last| last < words.today);
    let idle = !past && tenure.from <= words.today && !counts_today(words, tenure);
    let until = until(words, last);
    cells.extend([
        Cell::new(words.day(tenure.from)).sort_value(tenure.from.to_string()),
        if idle { until.note(words.t("directory-does-not-count")) } else { until },
        basis(words, tenure.basis),
    ]);
    Row::new(cells).tone(if past || idle { Tone::Void } else { Tone::Plain })
}

/// Whether a charge of a body counts today: it does only for whoever holds the post that goes with it.
fn counts_today(words: &Words, tenure: &Tenure) -> bool {
    let Relation::Leads { body } = &tenure.relation else { return true };
    let leader = Role::At(words.rulebook().standing.leader.clone(), body.clone());
    words.organisation.via(&tenure.person, &leader).is_some()
}

/// What a relation is, and where or for whom.
pub fn relation(words: &Words, relation: &Relation) -> (String, Cell) {
    let body = |body: &facts::BodyId| Cell::link(words.body(body), super::body_href(body));
    match relation {
        Relation::Holds { post, body: None } => (words.post(post), Cell::new(words.t("directory-whole-office"))),
        Relation::Holds { post, body: Some(at) } => (words.post(post), body(at)),
        Relation::Leads { body: led } => (words.post(&words.rulebook().standing.leader), body(led)),
        Relation::Liaises { body: with } => (words.t("directory-liaises"), body(with)),
        Relation::Away { .. } => (words.t("directory-is-away"), Cell::default()),
        Relation::StandsIn { regime, person } => {
            let stood_for = match person {
                Some(person) => Cell::link(words.person(person), super::person_href(person)),
                None => match words.rulebook().standing.regimes.get(regime) {
                    Some(regime) => Cell::new(words.role(&Role::Post(regime.post.clone()))),
                    None => Cell::default(),
                },
            };
            (words.pick(&words.rulebook().terms.label(&format!("regime/{regime}"))), stood_for)
        }
        Relation::Delegated { by, scope } => {
            let cell = Cell::link(words.person(by), super::person_href(by)).note(scope.clone());
            (words.t("directory-delegated"), cell)
        }
    }
}

/// The last day, or that none is fixed.
pub fn until(words: &Words, last: Option<Date>) -> Cell {
    match last {
        Some(day) => Cell::new(words.day(day)).sort_value(day.to_string()),
        None => Cell::new(words.t("until-further-notice")).sort_value("9999-12-31"),
    }
}

/// The matter that a relation comes from.
pub fn basis(words: &Words, basis: Option<MatterId>) -> Cell {
    match basis {
        None => Cell::new(words.t("directory-founding")),
        Some(id) => match (words.names.get(&id), words.matter_href(id)) {
            (Some(named), Some(href)) => Cell::link(named.number.to_string(), href),
            _ => Cell::new(words.t("directory-basis-hidden")),
        },
    }
}

/// Since when, and until when where that is fixed, in one line.
pub fn span(words: &Words, tenure: &Tenure) -> String {
    match tenure.until {
        Some(last) => words.say("directory-span", &[("from", &words.day(tenure.from)), ("until", &words.day(last))]),
        None => words.day(tenure.from),
    }
}
