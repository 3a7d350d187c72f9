//! Whatever tells something in one language.
//!
//! Knows no rule and no matter. Invariant: every text comes from the Fluent files or from a label of the rulebook.

use crate::components::Lang;
use crate::texts::Argument;
use facts::Label;

/// Tells in one language.
pub trait Speaking {
    /// The language in which it is told.
    fn lang(&self) -> Lang;

    /// The text of a key.
    fn t(&self, key: &str) -> String {
        self.lang().t(key)
    }

    /// The text of a key with places filled in.
    fn say(&self, key: &str, places: &[(&str, &dyn Argument)]) -> String {
        self.lang().t_args(key, places)
    }

    /// What a label says in the language.
    fn pick(&self, label: &Label) -> String {
        self.lang().choose(&label.en, &label.zh).clone()
    }
}
