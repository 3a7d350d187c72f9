//! Small tags that say the state of a matter, a step or an item in one word.

use askama::Template;

/// What a state asks of the reader. The word on the tag says it too: colour alone never does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    /// It is the reader's turn.
    Mine,
    /// It falls due soon.
    Due,
    /// Its day has passed.
    Overdue,
    Urgent,
    Done,
    /// It waits for someone else or for something to happen.
    Waits,
    /// It no longer counts.
    Void,
    Refused,
}

impl Tone {
    /// The word that class names use for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Mine => "mine",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Urgent => "urgent",
            Self::Done => "done",
            Self::Waits => "waits",
            Self::Void => "void",
            Self::Refused => "refused",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "components/tag.html")]
pub struct Tag {
    pub text: String,
    pub tone: Tone,
}

impl Tag {
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

renders_html!(Tag);
