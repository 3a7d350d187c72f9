//! The parts that pages are made of: each a struct of plain texts with its
//! template beside it.
//!
//! A component knows no fact, rule or request; pages map what they show into it.
//! It renders where it is named (`{{ tag }}`), is escaped inside, and works
//! without scripts. `README.md` beside this file lists them with their classes.

/// Declares that a component renders to finished HTML, so that a page that names
/// it does not escape it again.
macro_rules! renders_html {
    ($($component:ty),* $(,)?) => {
        $(impl askama::filters::HtmlSafe for $component {})*
    };
}

pub mod agenda;
pub mod card;
pub mod choice;
pub mod clock;
pub mod compare;
pub mod error_summary;
pub mod field;
pub mod lang;
pub mod link;
pub mod listing;
pub mod notice;
pub mod page;
pub mod paper;
pub mod refusal;
pub mod step_path;
pub mod summary_list;
pub mod table;
pub mod tag;
pub mod timeline;

pub use lang::Lang;
pub use link::{ArticleLink, Link};
pub use page::{Chrome, Flash, NavItem, PersonBadge};
pub use tag::{Tag, Tone};
