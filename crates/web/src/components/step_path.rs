//! The path of a matter: every step from first to last, what state it is in, who
//! takes it and under which article.

use askama::Template;

use super::{ArticleLink, Lang};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    Done,
    /// The reader may take it now.
    Mine,
    /// Someone else may take it now.
    Open,
    /// It waits for a step or a day before it.
    #[default]
    Waits,
    /// This matter does not need it.
    NotNeeded,
    /// It was done, and what it judged has since changed.
    Void,
}

impl StepState {
    /// The word that class names and text keys use for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Mine => "mine",
            Self::Open => "open",
            Self::Waits => "waits",
            Self::NotNeeded => "not-needed",
            Self::Void => "void",
        }
    }

    pub fn text_key(self) -> &'static str {
        match self {
            Self::Done => "step-done",
            Self::Mine => "step-mine",
            Self::Open => "step-open",
            Self::Waits => "step-waits",
            Self::NotNeeded => "step-not-needed",
            Self::Void => "step-void",
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct PathStep {
    pub title: String,
    pub state: StepState,
    /// Who took it, or who may: a post or a body.
    pub who: String,
    /// When it was taken, or by when it is due.
    pub when: String,
    pub overdue: bool,
    /// What it waits for, why it is not needed, why it no longer counts.
    pub note: String,
    pub articles: Vec<ArticleLink>,
    /// Where it is taken or read; empty for nowhere.
    pub href: String,
}

impl PathStep {
    pub fn new(title: impl Into<String>, state: StepState) -> Self {
        Self { title: title.into(), state, ..Self::default() }
    }
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/step_path.html")]
pub struct StepPath {
    pub lang: Lang,
    pub steps: Vec<PathStep>,
}

renders_html!(StepPath);
