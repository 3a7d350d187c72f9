//! Clocks and other panels of the side column. A due date explains itself.

use askama::Template;

use super::{ArticleLink, Lang, Link, Tone};

/// One running, stopped or finished clock.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/clock.html")]
pub struct Clock {
    pub lang: Lang,
    /// What is due, such as `印发会议纪要`.
    pub title: String,
    /// The day, as people read it.
    pub due: String,
    /// How long is left or how late it is, such as `剩余 3 个工作日`.
    pub remaining: String,
    pub tone: Tone,
    /// How the day was found, one line a step of the sum.
    pub explanation: Vec<String>,
    pub articles: Vec<ArticleLink>,
}

/// A titled group of links in the side column.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/link_panel.html")]
pub struct LinkPanel {
    pub title: String,
    pub entries: Vec<PanelEntry>,
}

/// One link with a quieter line below it.
#[derive(Clone, Debug, Default)]
pub struct PanelEntry {
    pub link: Link,
    pub note: String,
}

impl PanelEntry {
    pub fn new(link: Link, note: impl Into<String>) -> Self {
        Self { link, note: note.into() }
    }
}

renders_html!(Clock, LinkPanel);
