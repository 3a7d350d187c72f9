//! What is so: names of things, values, the directory, the working-day calendar, matters and their
//! events, the hash chain.
//!
//! This crate knows no clock, file, network, SQL, HTML or language of display, and no rule of the
//! office: what *ought* to be stands in the rulebook and is asked of the crate `rules`.
//! Its invariant: the same events folded in the same order give the same matter, for ever.

pub mod calendar;
pub mod chain;
pub mod directory;
pub mod event;
pub mod ids;
pub mod matter;
pub mod value;

pub use calendar::Calendar;
pub use chain::Digest;
pub use directory::{Body, Directory, Entry, INSTALLATION, Organisation, Person, Relation, Role, Tenure, Via};
pub use event::{Act, Capacity, Event, Lateness, Opening, Publication, Series};
pub use ids::{
    BodyId, CommandId, FieldId, KindId, MatterId, MatterNumber, OutcomeId, PersonId, PostId, RuleId, StepId,
};
pub use matter::{Matter, Taken};
pub use value::{Label, Value};
