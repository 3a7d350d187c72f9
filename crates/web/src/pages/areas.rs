//! The areas of the rulebook, as pages name them.
//!
//! Invariant: an area and its name come from the rulebook.

use crate::components::{Chrome, NavItem};
use crate::wording::{Words, path_segment};
use facts::KindId;
use rules::rulebook::Area;

/// An area by its name, and its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaLink {
    pub name: String,
    pub href: String,
}

/// The area that shows a kind; the first one where several do.
pub fn of_kind(words: &Words, kind: &KindId) -> Option<AreaLink> {
    let area = words.rulebook().areas.iter().find(|area| area.kinds.contains(kind))?;
    Some(AreaLink { name: words.pick(&area.name), href: href(area) })
}

/// The page of an area.
pub fn href(area: &Area) -> String {
    format!("/areas/{}", path_segment(&area.id))
}

/// Marks the area of a kind in the navigation of a page.
pub fn mark(chrome: &mut Chrome, words: &Words, kind: &KindId) {
    let area = of_kind(words, kind);
    for item in &mut chrome.nav {
        item.active = area.as_ref().is_some_and(|area| area.href == item.href);
    }
}

/// The areas as entries of the navigation.
pub fn navigation(rulebook: &rules::rulebook::Rulebook, lang: crate::components::Lang, path: &str) -> Vec<NavItem> {
    let item = |area: &Area| {
        let href = href(area);
        let name = lang.choose(&area.name.en, &area.name.zh).clone();
        let active = path == href || path.starts_with(&format!("{href}?"));
        NavItem::new(name, href).active(active)
    };
    rulebook.areas.iter().map(item).collect()
}
