//! Answers that are no success, as problem+json (RFC 9457): article, text, missing, who, earliest.
//!
//! Knows no transport; the handlers and the command line give it its dress.

use crate::wording::{ReasonWords, Words};
use facts::MatterId;
use rules::refusal::Refused;
use serde::Serialize;

/// A problem.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// `refused`, `stale`, `misfit`, `not-there`, `malformed`, `unavailable`.
    #[serde(rename = "type")]
    pub sort: String,
    pub title: String,
    pub status: u16,
    /// What to do next, in a sentence.
    pub detail: String,
    /// Every reason, with its articles, what is missing, who can supply it and from when.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<ReasonWords>,
    /// What others did meanwhile.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub meanwhile: Vec<String>,
}

impl Problem {
    /// A problem with a title and a detail of the Fluent files: `problem-SORT`, `problem-SORT-next`.
    pub fn new(words: &Words, sort: &str, status: u16) -> Problem {
        Problem {
            sort: sort.to_owned(),
            title: words.t(&format!("problem-{sort}")),
            status,
            detail: words.t(&format!("problem-{sort}-next")),
            reasons: vec![],
            meanwhile: vec![],
        }
    }

    /// A refusal by the rulebook.
    pub fn refused(words: &Words, refused: &Refused, on: Option<MatterId>) -> Problem {
        Problem { reasons: words.reasons(refused, on), ..Problem::new(words, "refused", 422) }
    }

    /// As lines of plain text.
    pub fn plain(&self, words: &Words) -> Vec<String> {
        let mut lines = vec![format!("{}: {}", self.title, self.detail)];
        for reason in &self.reasons {
            for (n, line) in reason.plain(words).into_iter().enumerate() {
                lines.push(if n == 0 { format!("- {line}") } else { format!("    {line}") });
            }
        }
        lines.extend(self.meanwhile.iter().map(|line| format!("  {line}")));
        lines
    }
}
