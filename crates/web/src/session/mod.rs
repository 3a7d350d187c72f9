//! Who asks: from a request's cookies and headers to a [`Visitor`], and to an [`Actor`] where
//! somebody is signed in.
//!
//! Must not know what a person may do. Invariant: a person is known by a session or token of the
//! office's accounts and by nothing that a request claims.

pub mod address;
pub mod cookies;
pub mod csrf;
pub mod flash;
pub mod kept;
mod know;
pub mod language;
pub mod next;
mod visitor;

pub use know::know;
pub use visitor::{Actor, Visitor};
