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
    /// What was sent and is at fault, part by part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<AtFault>,
    /// What may have been meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<String>,
    /// What others did meanwhile.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub meanwhile: Vec<String>,
}

/// A part of what was sent that is at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AtFault {
    /// Its name, as it was sent.
    pub field: String,
    /// What is wrong with it, in a sentence.
    pub detail: String,
}

impl AtFault {
    pub fn new(field: impl Into<String>, detail: impl Into<String>) -> AtFault {
        AtFault { field: field.into(), detail: detail.into() }
    }
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
            fields: vec![],
            hints: vec![],
            meanwhile: vec![],
        }
    }

    /// A refusal by the rulebook.
    pub fn refused(words: &Words, refused: &Refused, on: Option<MatterId>) -> Problem {
        let reasons = words.reasons(refused, on);
        // What was mistyped or left out rests on no article.
        let of_law = reasons.iter().any(|reason| !reason.articles.is_empty());
        let detail = words.t(if of_law { "problem-refused-next" } else { "problem-refused-next-mend" });
        let title = words.t(if of_law { "problem-refused" } else { "problem-refused-mend" });
        Problem { reasons, title, detail, ..Problem::new(words, "refused", 422) }
    }

    /// What was sent does not fit.
    pub fn misfit(words: &Words, fields: Vec<AtFault>) -> Problem {
        Problem { fields, ..Problem::new(words, "misfit", 422) }
    }

    /// A part of a query that is not understood.
    pub fn in_query(words: &Words, name: &str, sentence: String) -> Box<Problem> {
        let fields = vec![AtFault::new(name, sentence.clone())];
        Box::new(Problem { detail: sentence, fields, ..Problem::new(words, "malformed", 400) })
    }

    /// As lines of plain text.
    pub fn plain(&self, words: &Words) -> Vec<String> {
        let mut lines = vec![format!("{}: {}", self.title, self.detail)];
        for reason in &self.reasons {
            for (n, line) in reason.plain(words).into_iter().enumerate() {
                lines.push(if n == 0 { format!("- {line}") } else { format!("    {line}") });
            }
        }
        // A sentence that is the detail already is not said again.
        let others = self.fields.iter().map(|at_fault| &at_fault.detail).filter(|one| !self.detail.contains(*one));
        lines.extend(others.chain(&self.hints).map(|line| format!("  {line}")));
        lines.extend(self.meanwhile.iter().map(|line| format!("  {line}")));
        lines
    }
}
