//! Why not: each reason for a refusal with its article, what is missing, who can
//! supply it and the earliest lawful day.

use askama::Template;

use super::{ArticleLink, Lang, Link};

/// One reason.
#[derive(Clone, Debug, Default)]
pub struct Reason {
    /// The article that refuses; its number stands on the badge.
    pub article: ArticleLink,
    /// The reason as one sentence in the office's words.
    pub sentence: String,
    /// Further articles that refuse.
    pub more: Vec<ArticleLink>,
    /// What the rulebook says about it, in its own words.
    pub quotes: Vec<String>,
    /// What is missing, each as a noun.
    pub missing: Vec<String>,
    /// Who can supply it, by post or body.
    pub who: Vec<String>,
    /// The earliest day on which the step is lawful; empty where no day can be told.
    pub earliest: String,
    /// The steps that would mend it.
    pub remedies: Vec<Link>,
    /// Further advice: posts that are vacant, what to do next.
    pub notes: Vec<String>,
}

impl Reason {
    pub fn new(article: ArticleLink, sentence: impl Into<String>) -> Self {
        Self { article, sentence: sentence.into(), ..Self::default() }
    }
}

impl Reason {
    /// Whether neither somebody nor a day can change it.
    fn is_final(&self) -> bool {
        let Reason { missing, who, earliest, remedies, notes, .. } = self;
        missing.is_empty() && who.is_empty() && earliest.is_empty() && remedies.is_empty() && notes.is_empty()
    }
}

/// All reasons, after something was tried and refused.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/refusal_panel.html")]
pub struct RefusalPanel {
    pub lang: Lang,
    /// What was tried, such as `签发会议纪要`.
    pub act: String,
    pub reasons: Vec<Reason>,
    /// Nothing has been tried yet.
    pub before: bool,
}

impl RefusalPanel {
    /// Not yet; or not at all, where for one of the reasons nothing can be done.
    fn title(&self) -> &'static str {
        if self.reasons.iter().any(Reason::is_final) { "refusal-title-no" } else { "refusal-title" }
    }

    fn lead(&self) -> &'static str {
        if self.before { "refusal-lead-before" } else { "refusal-lead" }
    }
}

/// All reasons beside a button that cannot be pressed now, folded until asked for.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/why_not.html")]
pub struct WhyNot {
    pub lang: Lang,
    /// The words on the button.
    pub act: String,
    pub reasons: Vec<Reason>,
    pub open: bool,
}

renders_html!(RefusalPanel, WhyNot);
