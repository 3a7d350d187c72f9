//! The overview: what runs, what is late and with whom, what was opened and closed, how many meetings
//! were held. Every number leads to the matters behind it.
//!
//! Invariant: only what the visitor may read is counted.

pub mod late;
mod lateness;
pub mod list;
pub mod months;
pub mod show;
