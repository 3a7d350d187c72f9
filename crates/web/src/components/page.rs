//! The frame around every page: masthead, navigation, the person and the post
//! they act in, messages and footer.
//!
//! A page's struct has a field `chrome` of this type and its template extends
//! `components/layout.html`, `components/layout_side.html` or
//! `components/layout_public.html`.

use askama::Template;

use super::notice::{Notice, NoticeTone};
use super::{Lang, Link};

/// All that the layout shows; build it with `Chrome::new` and set what differs.
#[derive(Clone, Debug, Default)]
pub struct Chrome {
    pub lang: Lang,
    /// The title of the page, for the browser's tab and history.
    pub title: String,
    /// The government whose rules these are, from the rulebook; may be empty.
    pub government: String,
    /// The edition of the rulebook in force, for the footer; may be empty.
    pub edition: String,
    pub nav: Vec<NavItem>,
    /// `None` where nobody is signed in.
    pub person: Option<PersonBadge>,
    /// The token that every form of this session carries as `csrf`.
    pub csrf: String,
    /// The address of this page with its query, for the language switch.
    pub path: String,
    pub flash: Option<Flash>,
    /// The page would be lost by switching the language.
    pub one_language: bool,
    /// What stands in the search box.
    pub query: String,
    /// The way back up, from the first to the last; the page itself is not in it.
    pub crumbs: Vec<Link>,
}

impl Chrome {
    pub fn new(lang: Lang, title: impl Into<String>) -> Self {
        Self { lang, title: title.into(), ..Self::default() }
    }

    /// The text of a Fluent key in the language of the page.
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// The address of an asset, such as `app.css`.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::url(name)
    }

    /// The address that switches the language and comes back here.
    pub fn language_href(&self) -> String {
        let path = if self.path.is_empty() { "/" } else { &self.path };
        format!("/language/{}?back={}", self.lang.other().code(), encode(path))
    }

    /// The hidden field that every form with `method="post"` needs.
    pub fn csrf_field(&self) -> CsrfField {
        CsrfField { token: self.csrf.clone() }
    }

    pub fn flash_notice(&self) -> Option<Notice> {
        self.flash.as_ref().map(|flash| Notice::new(flash.tone, &flash.title, &flash.text))
    }
}

/// One entry of the navigation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavItem {
    pub text: String,
    pub href: String,
    /// The reader is in this part of the site.
    pub active: bool,
    /// How many things wait there; nothing is shown for none.
    pub count: usize,
}

impl NavItem {
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), ..Self::default() }
    }

    pub fn active(mut self, active: bool) -> Self {
        self.active = active;
        self
    }

    pub fn count(mut self, count: usize) -> Self {
        self.count = count;
        self
    }
}

/// Who is signed in, and in which post they act here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonBadge {
    pub name: String,
    pub post: String,
    /// For whom they act, such as `代行市长职责`; empty where they act for themselves.
    pub acting: String,
    /// The page about oneself.
    pub href: String,
}

/// What the last act came to, shown once on the next page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flash {
    pub tone: NoticeTone,
    pub title: String,
    pub text: String,
}

/// The hidden field that ties a form to its session.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/csrf_field.html")]
pub struct CsrfField {
    pub token: String,
}

renders_html!(CsrfField);

/// Percent-encodes an address so that it may stand as a value in a query.
fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_switch_comes_back_to_the_same_page() {
        let mut chrome = Chrome::new(Lang::Zh, "");
        assert_eq!(chrome.language_href(), "/language/en?back=/");
        chrome.path = "/search?q=议题&page=2".to_owned();
        assert_eq!(chrome.language_href(), "/language/en?back=/search%3Fq%3D%E8%AE%AE%E9%A2%98%26page%3D2");
    }
}
