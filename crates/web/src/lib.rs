//! placeholder
pub mod components;
pub mod texts;
