//! The pages, a folder a topic, each a file of what is asked and shown with its template beside it.
//!
//! Invariant: a page decides nothing; it asks the office and says what it was told.

pub mod account;
pub mod area;
pub mod areas;
pub mod assets;
pub mod desk;
pub mod directory;
pub mod frame;
pub mod ledger;
pub mod matters;
pub mod meetings;
pub mod openings;
pub mod overview;
pub mod public;
pub mod query;
mod register;
pub mod rows;
pub mod rulebook;
pub mod search;
pub mod sign_in;
pub mod visit;
