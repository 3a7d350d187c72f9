//! Signing in, the safety of forms, the dress of faults and one's own account, through the router.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod account;
mod answers;
mod forms;
mod hall;
mod language;
mod locks;
mod signing_in;
