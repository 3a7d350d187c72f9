//! placeholder
pub mod api;
pub mod components;
pub mod texts;
pub mod wording;
