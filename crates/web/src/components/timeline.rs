//! The history of a matter: who did what, when, and in which capacity.

use askama::Template;

use super::{ArticleLink, Lang, Link, Tag};

#[derive(Clone, Debug, Default)]
pub struct TimelineEntry {
    pub title: String,
    /// The time as people read it.
    pub when: String,
    /// The time for machines, such as `2026-11-23T09:30:00+08:00`; may be empty.
    pub instant: String,
    /// The post or body that acted.
    pub who: String,
    /// The capacity, where it is not the post's own: acting for, delegated by.
    pub capacity: String,
    /// What was written or decided.
    pub words: String,
    pub tags: Vec<Tag>,
    pub articles: Vec<ArticleLink>,
    pub links: Vec<Link>,
    /// A later entry corrects or undoes this one.
    pub undone: bool,
    /// Its place in the chain, the edition it was judged by and its digest; may be empty.
    pub proof: String,
}

impl TimelineEntry {
    pub fn new(title: impl Into<String>, when: impl Into<String>, who: impl Into<String>) -> Self {
        Self { title: title.into(), when: when.into(), who: who.into(), ..Self::default() }
    }
}

/// Newest first or oldest first, as the page orders it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/timeline.html")]
pub struct Timeline {
    pub lang: Lang,
    pub entries: Vec<TimelineEntry>,
}

renders_html!(Timeline);
