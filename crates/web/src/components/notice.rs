//! Notices: one thing the reader should know before reading on.

use askama::Template;

use super::Link;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeTone {
    #[default]
    Information,
    Success,
    Warning,
    /// Something was refused or failed.
    Refusal,
}

impl NoticeTone {
    pub fn word(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Refusal => "refusal",
        }
    }

    /// A refusal or a warning is read out at once, the others in their turn.
    pub fn role(self) -> &'static str {
        match self {
            Self::Information | Self::Success => "status",
            Self::Warning | Self::Refusal => "alert",
        }
    }
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/notice.html")]
pub struct Notice {
    pub tone: NoticeTone,
    /// Empty for a notice without a heading.
    pub title: String,
    pub text: String,
    pub items: Vec<String>,
    pub links: Vec<Link>,
}

impl Notice {
    pub fn new(tone: NoticeTone, title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { tone, title: title.into(), text: text.into(), ..Self::default() }
    }
}

renders_html!(Notice);
