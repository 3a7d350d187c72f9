//! What the command line says, in the language asked for: what was done, and as an error what whoever
//! typed the command can mend.
//!
//! Invariant: the sentence stands in the Fluent files in both languages, never in code.

mod of_calendar;
mod of_export;

pub use of_export::wrong;

use facts::{Label, calendar::CalendarProblem};
use std::fmt;
use web::{components::Lang, texts};

/// The key of a sentence, and what fills the places in it.
#[derive(Debug)]
pub struct Sentence {
    key: &'static str,
    places: Vec<(&'static str, String)>,
    /// The file it is in.
    file: Option<String>,
}

/// Several, a line each.
#[derive(Debug)]
pub struct Sentences(pub Vec<Sentence>);

impl Sentence {
    pub fn new(key: &'static str) -> Sentence {
        Sentence { key, places: vec![], file: None }
    }

    /// With a place in the sentence filled in.
    pub fn with(mut self, name: &'static str, text: impl ToString) -> Sentence {
        self.places.push((name, text.to_string()));
        self
    }

    /// In a file.
    pub fn in_file(mut self, file: impl ToString) -> Sentence {
        self.file = Some(file.to_string());
        self
    }

    /// The sentence, after the file it is in.
    pub fn said(&self, lang: Lang) -> String {
        let places: Vec<(&str, &dyn texts::Argument)> =
            self.places.iter().map(|(name, text)| (*name, text as &dyn texts::Argument)).collect();
        let sentence = texts::t_args(lang, self.key, &places);
        self.file.as_ref().map_or(sentence.clone(), |file| format!("{file}: {sentence}"))
    }
}

impl Sentences {
    /// The sentences, a line each.
    pub fn said(&self, lang: Lang) -> String {
        let lines: Vec<String> = self.0.iter().map(|sentence| sentence.said(lang)).collect();
        lines.join("\n")
    }
}

/// An error with what caused it; what can be mended in the language asked for.
pub fn said(error: &anyhow::Error, lang: Lang) -> String {
    let causes = || error.chain().skip(1).map(|cause| format!(": {cause}")).collect::<String>();
    match (error.downcast_ref::<Sentence>(), error.downcast_ref::<Sentences>()) {
        (Some(sentence), _) => sentence.said(lang) + &causes(),
        (_, Some(sentences)) => sentences.said(lang),
        _ => format!("{error:#}"),
    }
}

/// The same in both languages.
pub fn label(error: &anyhow::Error) -> Label {
    Label { en: said(error, Lang::En), zh: said(error, Lang::Zh) }
}

/// What is wrong with the files of a calendar.
pub fn in_calendar(file: impl ToString, problems: &[CalendarProblem]) -> Sentences {
    Sentences(problems.iter().map(|problem| of_calendar::problem(problem).in_file(file.to_string())).collect())
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said(Lang::En))
    }
}

impl std::error::Error for Sentence {}

impl fmt::Display for Sentences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said(Lang::En))
    }
}

impl std::error::Error for Sentences {}

/// A name that is nearest to what was typed, or that there is none.
pub fn or_none(near: Option<&str>) -> &str {
    near.unwrap_or("–")
}
