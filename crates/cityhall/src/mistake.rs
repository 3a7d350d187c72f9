//! What whoever types a command can mend, said in the language that they asked for.
//!
//! Invariant: the sentence stands in the Fluent files in both languages, never in code.

use std::fmt;
use web::{components::Lang, texts};

/// A mistake: the key of its sentence, and what fills the places in it.
#[derive(Debug)]
pub struct Mistake {
    key: &'static str,
    places: Vec<(&'static str, String)>,
}

impl Mistake {
    pub fn new(key: &'static str) -> Mistake {
        Mistake { key, places: vec![] }
    }

    /// With a place in the sentence filled in.
    pub fn with(mut self, name: &'static str, text: impl ToString) -> Mistake {
        self.places.push((name, text.to_string()));
        self
    }

    /// The sentence.
    pub fn said(&self, lang: Lang) -> String {
        let places: Vec<(&str, &dyn texts::Argument)> =
            self.places.iter().map(|(name, text)| (*name, text as &dyn texts::Argument)).collect();
        texts::t_args(lang, self.key, &places)
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said(Lang::En))
    }
}

impl std::error::Error for Mistake {}

/// A name that is nearest to what was typed, or that there is none.
pub fn or_none(near: Option<&str>) -> &str {
    near.unwrap_or("–")
}
