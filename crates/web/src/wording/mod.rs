//! Words for what the engine answers: refusals, duties, capacities, values, days, events.
//!
//! Must not know HTML or a request: pages, the JSON interface and the command line say the same.
//! Invariant: a name comes from the directory, a term and a quoted sentence from the rulebook, and
//! everything between them from the Fluent files; nothing is said of a matter outside [`Words::names`].

mod articles;
mod capacity;
mod conditions;
mod days;
mod due;
mod events;
mod misfits;
mod missing;
mod names;
mod reasons;
mod roster;
mod speaking;
mod steps;
mod values;
mod why;

pub use articles::{Cited, Quote};
pub use conditions::Conditions;
pub use due::{DueWords, Pressure};
pub use events::EventWords;
pub use names::{matter_href, path_segment};
pub use reasons::{MissingWords, Next, ReasonWords};
pub use roster::{RowStanding, standing};
pub use speaking::Speaking;
pub use values::Shown;
pub use why::{field_of, matters_named};

use crate::components::Lang;
use crate::texts::Argument;
use facts::{Calendar, Directory, KindId, Label, Matter, MatterId, MatterNumber, Organisation};
use jiff::civil::Date;
use office::{Fault, MatterRow, Office};
use rules::{
    engine::{Edition, Prospect},
    rulebook::Rulebook,
};
use std::{collections::BTreeMap, sync::Arc};

/// A matter as it is named to somebody who may know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub number: MatterNumber,
    pub title: Label,
    pub kind: KindId,
}

/// The matters that may be named to the reader.
pub type Names = BTreeMap<MatterId, Named>;

/// Everything that wording looks at.
#[derive(Clone)]
pub struct Words {
    pub lang: Lang,
    pub edition: Arc<Edition>,
    pub organisation: Arc<Organisation>,
    pub directory: Arc<Directory>,
    pub calendar: Arc<Calendar>,
    pub today: Date,
    pub names: Names,
    /// What lies ahead of the matter acted on, for whoever reads the words; empty where none is.
    pub prospects: Vec<Prospect>,
}

impl Words {
    /// Words as of today, with no matter named yet.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn today(office: &Office, lang: Lang) -> Result<Words, Fault> {
        let today = office.today();
        let (_, organisation) = office.organisation(today).await?;
        Ok(Words {
            lang,
            edition: office.edition(),
            organisation,
            directory: office.directory().await?,
            calendar: office.calendar(),
            today,
            names: Names::new(),
            prospects: vec![],
        })
    }

    /// The rulebook in force.
    pub fn rulebook(&self) -> &Rulebook {
        &self.edition.rulebook
    }

    /// Lets matters be named that the reader may read.
    pub fn name_rows<'r>(&mut self, rows: impl IntoIterator<Item = &'r MatterRow>) {
        self.names.extend(rows.into_iter().map(|row| {
            let named = Named { number: row.number.clone(), title: row.title.clone(), kind: row.kind.clone() };
            (row.matter, named)
        }));
    }

    /// Lets matters be named that the reader may read.
    pub fn name_matters<'r>(&mut self, matters: impl IntoIterator<Item = &'r Matter>) {
        for matter in matters {
            let title = office::title(&self.edition, matter);
            let named = Named { number: matter.number.clone(), title, kind: matter.kind.clone() };
            self.names.insert(matter.id, named);
        }
    }

    /// The text of a label in the language spoken.
    pub fn pick(&self, label: &Label) -> String {
        self.lang.choose(&label.en, &label.zh).clone()
    }

    /// The text of a key.
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// The text of a key with places filled in.
    pub fn say(&self, key: &str, arguments: &[(&str, &dyn Argument)]) -> String {
        self.lang.t_args(key, arguments)
    }

    /// Several things in one line, as the language lists them.
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        items.join(&self.t("list-comma"))
    }
}
