//! The web server: pages in English and Chinese, and the same as JSON for programs.
//!
//! Knows HTTP and HTML; must not know SQL, the law, or which posts and kinds there are. Invariant:
//! whatever it shows or changes, it asked of the office for the person who is signed in.

pub mod api;
pub mod book;
mod compare;
pub mod components;
pub mod fault;
pub mod mails;
pub mod pages;
pub mod router;
pub mod security;
pub mod session;
pub mod state;
pub mod texts;
pub mod wording;

pub use fault::Fault;
pub use router::router;
pub use session::{Actor, Visitor};
pub use state::{DemoAccount, DemoHint, OnDisk, Refused, Web};
