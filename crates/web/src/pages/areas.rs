//! The areas of the rulebook, as pages name them.
//!
//! Invariant: an area and its name come from the rulebook.

use crate::components::listing::Tabs;
use crate::components::{Chrome, Lang, NavItem};
use crate::wording::{Words, path_segment};
use facts::KindId;
use rules::rulebook::{Area, Rulebook};

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
    let rulebook = words.rulebook();
    let area = rulebook.areas.iter().find(|area| area.kinds.contains(kind));
    let head = area.and_then(|area| of_group(rulebook, area).next()).map(href);
    for item in &mut chrome.nav {
        item.active = head.as_ref().is_some_and(|head| *head == item.href);
    }
}

/// The areas as entries of the navigation: one for each group, and for each area that stands alone.
pub fn navigation(rulebook: &Rulebook, lang: Lang, path: &str) -> Vec<NavItem> {
    let is_here = |area: &Area| {
        let href = href(area);
        path == href || path.starts_with(&format!("{href}?"))
    };
    let heads =
        rulebook.areas.iter().filter(|area| of_group(rulebook, area).next().is_some_and(|head| head.id == area.id));
    let item = |area: &Area| {
        let name = area.group.as_ref().unwrap_or(&area.name);
        let active = of_group(rulebook, area).any(is_here);
        NavItem::new(lang.choose(&name.en, &name.zh).clone(), href(area)).active(active)
    };
    heads.map(item).collect()
}

/// The areas that stand under one heading with this one, it included.
fn of_group<'r>(rulebook: &'r Rulebook, area: &'r Area) -> impl Iterator<Item = &'r Area> {
    let with = move |other: &&Area| other.id == area.id || (area.group.is_some() && other.group == area.group);
    rulebook.areas.iter().filter(with)
}

/// The other areas of the group, as tabs above an area; none where it stands alone.
pub fn beside(words: &Words, area: &Area) -> Tabs {
    let rulebook = words.rulebook();
    let items: Vec<NavItem> = of_group(rulebook, area)
        .map(|other| NavItem::new(words.pick(&other.name), href(other)).active(other.id == area.id))
        .collect();
    let label = area.group.as_ref().map_or(String::new(), |group| words.pick(group));
    Tabs { label, items: if items.len() < 2 { vec![] } else { items } }
}
