//! Matters: one on a screen, the form of each step, opening one.
//!
//! Knows no kind, step or field by name. Invariant: what may not be known of is not there.

pub mod act;
pub mod actions;
pub mod begun;
pub mod facts;
pub mod form;
mod history;
pub mod new;
pub mod papers;
mod path;
pub mod positions;
pub mod seen;
mod sheet;
pub mod show;

pub use form::posted::every_field;
pub use show::Part;
