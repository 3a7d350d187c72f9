//! The JSON interface: everything that a page does, a script can do; the command line speaks through
//! the same functions.
//!
//! Invariant: what is answered went through the same gate and the same door as a page.

pub mod acts;
pub mod caller;
pub mod directory;
pub mod problem;
pub mod read;
pub mod roster;
pub mod step;
pub mod submission;
pub mod versions;
pub mod views;
pub mod write;
