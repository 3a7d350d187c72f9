//! The rulebook: text in, a checked model out, with every problem found on the way.
//!
//! Knows nothing of matters. Invariant: a [`Rulebook`] without problems names only kinds, steps,
//! fields, posts and bodies that it declares, and every one of its rules has a sentence.

mod areas;
mod chapters;
mod demands;
mod draft;
mod headings;
mod kinds;
mod law;
mod model;
mod model_days;
mod model_effects;
mod names;
mod naming;
mod notes;
mod official;
mod opens;
mod overlay;
mod parity;
mod posts;
mod problem;
mod rates;
mod read;
mod report;
mod requirements;
mod sayings;
mod scope;
mod settings;
mod source;
mod steps;
mod terms;
mod text;
mod time;
mod together;
mod tree;
mod who;
mod words;

pub use areas::{Area, View};
pub use demands::{Class, Demands};
use facts::Label;
pub use headings::article_meant;
pub use law::{Confidence, LawFact};
pub use model::*;
pub use model_days::*;
pub use model_effects::*;
pub(crate) use naming::RECORDS;
pub use official::Official;
pub use overlay::{BASE, OVERLAY};
pub use problem::{Problem, Severity, nearest, quote};
pub use rates::{Counts, Rate};
pub use read::{OFFICIAL, PROVED, is_law};
