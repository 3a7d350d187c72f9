//! What ought to be: the rulebook and what follows from it.
//!
//! `rulebook` reads the text into a checked [`rulebook::Rulebook`]; `authority` (the one user of Cedar)
//! answers whose a step is and which gates forbid it; `engine` decides an act; `cases` runs scenarios.
//! This crate knows no clock, file, network, SQL, HTML or language of display, and no kind, post or
//! article by name. Its invariant: no act without a permit, none against a gate, and an error refuses.

pub mod authority;
pub mod cases;
pub mod due;
pub mod engine;
pub mod progress;
pub mod refusal;
pub mod rulebook;
pub mod scene;
pub mod walk;
pub mod world;
