//! Cards of *My desk*: one thing that waits, why it is the reader's today, and
//! the acts they may take on it. And the head of a page about one matter.

use askama::Template;

use super::{ArticleLink, Lang, Link, Tag, Tone};

/// One thing that waits for the reader.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/card.html")]
pub struct Card {
    pub lang: Lang,
    pub title: String,
    pub href: String,
    /// The matter's number as people quote it.
    pub number: String,
    /// The kind of matter.
    pub kind: String,
    /// Something was done since the reader was last shown it.
    pub is_new: bool,
    pub tags: Vec<Tag>,
    /// Why it is the reader's today: post, portfolio, acting for whom.
    pub why: String,
    pub articles: Vec<ArticleLink>,
    /// Who, which, when: each in few words.
    pub facts: Vec<String>,
    /// What it is about, in two or three lines.
    pub gist: String,
    /// What others said about it.
    pub said: Vec<Said>,
    /// What is still missing.
    pub missing: Vec<String>,
    /// When it is due, as people read it.
    pub due: String,
    pub tone: Tone,
    /// The first is the one that is usually wanted.
    pub actions: Vec<Link>,
}

/// What one body or post said.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub who: String,
    pub words: String,
    pub tag: Option<Tag>,
}

/// The head of a page about one matter or one document.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/page_head.html")]
pub struct PageHead {
    /// The kind of matter, above the title.
    pub kind: String,
    pub title: String,
    pub number: String,
    pub tags: Vec<Tag>,
    /// One or two sentences below the title.
    pub lead: String,
    pub actions: Vec<Link>,
}

impl PageHead {
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }
}

/// A figure of an overview, such as how many tasks are overdue.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    pub number: String,
    pub name: String,
    pub href: String,
    pub tone: Tone,
}

/// Some figures in one line.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/figures.html")]
pub struct Figures {
    pub figures: Vec<Figure>,
}

renders_html!(Card, PageHead, Figures);
