//! The finished binary, used as people and scripts use it: one test program for all of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod accessibility;
mod browser;
mod commands;
mod demonstration;
mod journeys;
mod mails;
mod pictures;
mod rulebooks;
mod server;
mod tools;
