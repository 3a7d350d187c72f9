//! Links, and links to articles of the rulebook.

use askama::Template;

/// A place to go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "components/link.html")]
pub struct Link {
    pub text: String,
    pub href: String,
}

impl Link {
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// A citation of an article: its number as people quote it, such as `第四十四条`
/// or `Art. 44`, its subject, and where it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "components/article_link.html")]
pub struct ArticleLink {
    pub number: String,
    pub subject: String,
    pub href: String,
}

impl ArticleLink {
    pub fn new(number: impl Into<String>, href: impl Into<String>) -> Self {
        Self { number: number.into(), subject: String::new(), href: href.into() }
    }

    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }
}

renders_html!(Link, ArticleLink);
