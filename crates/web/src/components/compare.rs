//! Two texts side by side: two versions of one paper, or the law beside its code.

use askama::Template;

use super::Lang;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Change {
    #[default]
    Same,
    Added,
    Removed,
    Altered,
}

impl Change {
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Altered => "altered",
        }
    }

    fn text_key(self) -> &'static str {
        match self {
            Self::Same => "change-same",
            Self::Added => "change-added",
            Self::Removed => "change-removed",
            Self::Altered => "change-altered",
        }
    }
}

/// One line of both texts; a side where the line is not is empty.
#[derive(Clone, Debug, Default)]
pub struct ComparedLine {
    pub before: String,
    pub after: String,
    pub change: Change,
}

impl ComparedLine {
    pub fn new(change: Change, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { before: before.into(), after: after.into(), change }
    }
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/compare.html")]
pub struct Compare {
    pub lang: Lang,
    pub before_title: String,
    pub after_title: String,
    pub lines: Vec<ComparedLine>,
}

/// An article in words at the left, the executable form of what it orders at the right.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/law_code.html")]
pub struct LawCode {
    pub lang: Lang,
    /// The id that links to the article lead to.
    pub anchor: String,
    pub number: String,
    pub subject: String,
    /// Enforced, tracked or stated.
    pub tags: Vec<super::Tag>,
    /// The paragraphs of the article.
    pub paragraphs: Vec<String>,
    /// Empty for an article that is stated only.
    pub code: String,
}

renders_html!(Compare, LawCode);
