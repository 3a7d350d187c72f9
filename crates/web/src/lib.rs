//! placeholder
pub mod components;
pub mod texts;
pub mod wording;
