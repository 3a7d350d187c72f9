//! One file a command.

pub mod act;
pub mod bench;
pub mod compare;
pub mod demo;
pub mod diff;
pub mod directory;
mod explain;
pub mod record;
pub mod rules;
pub mod serve;
pub mod show;
pub mod walk;
pub mod what_if;
