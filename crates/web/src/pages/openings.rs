//! What a person may open, area by area.
//!
//! Invariant: every opening is listed once, also one of a kind that no area shows.

use super::areas;
use crate::components::Link;
use crate::components::clock::{LinkPanel, PanelEntry};
use crate::wording::{Words, path_segment};
use facts::{FieldId, Matter};
use office::Opening;
use rules::rulebook::Type;

/// The openings in panels, in the order of the areas.
pub fn by_area(words: &Words, openings: &[Opening]) -> Vec<LinkPanel> {
    let mut panels: Vec<LinkPanel> = vec![];
    for opening in openings {
        let title = areas::of_kind(words, &opening.kind).map_or_else(|| words.t("new-other"), |area| area.name);
        let entry = entry(words, opening);
        match panels.iter_mut().find(|panel| panel.title == title) {
            Some(panel) => panel.entries.push(entry),
            None => panels.push(LinkPanel { title, entries: vec![entry] }),
        }
    }
    let place =
        |panel: &LinkPanel| words.rulebook().areas.iter().position(|area| words.pick(&area.name) == panel.title);
    panels.sort_by_key(|panel| place(panel).unwrap_or(usize::MAX));
    panels
}

/// The openings whose forms can name a matter, each with the matter filled in.
pub fn naming(words: &Words, openings: &[Opening], matter: &Matter) -> LinkPanel {
    let entry = |opening: &Opening| {
        let kind = words.rulebook().kind(opening.kind.as_str())?;
        let step = kind.step(opening.step.as_str())?;
        let names = |field: &&FieldId| {
            let declared = kind.field(field.as_str());
            declared.is_some_and(|field| *field.kind_of_value.one() == Type::Matter(matter.kind.clone()))
        };
        let field = step.asks.iter().chain(&step.may_ask).find(names)?;
        let mut entry = entry(words, opening);
        entry.link.href = format!("{}?{field}={}", entry.link.href, matter.id);
        Some(entry)
    };
    LinkPanel { title: words.t("openings-naming"), entries: openings.iter().filter_map(entry).collect() }
}

/// One opening.
pub fn entry(words: &Words, opening: &Opening) -> PanelEntry {
    let href = format!("/new/{}/{}", path_segment(opening.kind.as_str()), path_segment(opening.step.as_str()));
    PanelEntry::new(Link::new(words.step(&opening.kind, &opening.step), href), words.kind(&opening.kind))
}
