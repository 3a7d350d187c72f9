//! One's own account: language, password, sessions, tokens. A file an act.
//!
//! Invariant: everything here is about the account of the session, never about one named in a form.

pub mod calendar;
pub mod language;
pub mod mail;
pub mod password;
pub mod sessions;
pub mod show;
pub mod tokens;
