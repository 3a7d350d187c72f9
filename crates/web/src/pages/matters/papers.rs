//! The papers of a matter: what each says now, its versions, and two of them compared line by line.
//!
//! Invariant: a version is what an event of the record wrote; none is made up in between.

use super::seen::Seen;
use crate::compare;
use crate::components::compare::Compare;
use crate::components::{Link, Tag, Tone};
use crate::wording::path_segment;
use facts::{Event, FieldId, Value};
use rules::rulebook::Type;

/// One paper as the page shows it.
pub struct PaperView {
    pub title: String,
    /// What it says: as of the version asked for, or now.
    pub paragraphs: Vec<String>,
    pub versions: Vec<VersionView>,
    pub compared: Option<Compare>,
    /// Compared with the version before.
    pub compare: Option<Link>,
}

/// One version of a paper.
pub struct VersionView {
    /// Version 2, 19 November 2026.
    pub text: String,
    pub who: String,
    pub read: Link,
    pub compare: Option<Link>,
    pub tags: Vec<Tag>,
    pub shown: bool,
}

/// What the reader wants to see: a paper, and one or two of its versions by event.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub paper: Option<String>,
    pub from: Option<u32>,
    pub to: Option<u32>,
}

/// The page of a paper, at a version, compared with another.
pub fn href(seen: &Seen<'_>, field: &FieldId, from: Option<u32>, to: Option<u32>) -> String {
    let mut href = format!("{}?show=papers&paper={}", seen.href(), path_segment(field.as_str()));
    for (name, seq) in [("from", from), ("to", to)] {
        if let Some(seq) = seq {
            href.push_str(&format!("&{name}={seq}"));
        }
    }
    href
}

/// How many papers there are.
pub fn count(seen: &Seen<'_>) -> usize {
    fields(seen).len()
}

/// Every paper that was ever written.
pub fn papers(seen: &Seen<'_>, wanted: &Wanted) -> Vec<PaperView> {
    fields(seen).iter().map(|field| paper(seen, field, wanted)).collect()
}

/// A link to each, as it stands now.
pub fn links(seen: &Seen<'_>) -> Vec<Link> {
    let link =
        |field: &FieldId| Link::new(seen.words.field(&seen.view.matter.kind, field), href(seen, field, None, None));
    fields(seen).iter().map(link).collect()
}

fn fields(seen: &Seen<'_>) -> Vec<FieldId> {
    let Some(kind) = seen.kind() else { return vec![] };
    let papers = kind.fields.iter().filter(|field| field.kind_of_value == Type::Document);
    let written = papers.filter(|field| !versions(seen, &field.id).is_empty());
    written.map(|field| field.id.clone()).collect()
}

/// The events that wrote a field, the first one first.
pub fn versions<'v>(seen: &Seen<'v>, field: &FieldId) -> Vec<&'v Event> {
    seen.view.events.iter().filter(|event| event.act.input.contains_key(field)).collect()
}

fn paper(seen: &Seen<'_>, field: &FieldId, wanted: &Wanted) -> PaperView {
    let asked = wanted.paper.as_deref() == Some(field.as_str());
    let versions = versions(seen, field);
    let find = |seq: Option<u32>| versions.iter().position(|event| Some(event.seq) == seq);
    let last = versions.len().saturating_sub(1);
    let to = if asked { find(wanted.to).unwrap_or(last) } else { last };
    let from = if asked { find(wanted.from) } else { None };
    let text = text_of(versions.get(to).copied(), field);
    let compared = from.map(|from| Compare {
        lang: seen.words.lang,
        before_title: version_name(seen, from, versions[from]),
        after_title: version_name(seen, to, versions[to]),
        lines: compare::lines(text_of(Some(versions[from]), field), text),
    });
    PaperView {
        title: seen.words.field(&seen.view.matter.kind, field),
        paragraphs: text.split('\n').map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        versions: (0..versions.len()).rev().map(|n| version(seen, field, &versions, n, n == to)).collect(),
        compared,
        compare: compare_link(seen, field, &versions, to),
    }
}

fn version(seen: &Seen<'_>, field: &FieldId, versions: &[&Event], n: usize, shown: bool) -> VersionView {
    let event = versions[n];
    let said = seen.words.event(event);
    let mut tags = vec![];
    let of_event = seen.view.matter.taken.iter().find(|taken| taken.seq == event.seq);
    // An opinion on other papers falls with them.
    if of_event.is_some_and(|taken| taken.void.is_some() && !taken.binds.is_empty()) {
        tags.push(Tag::new(seen.words.t("paper-void"), Tone::Void));
    } else if n + 1 == versions.len() {
        tags.push(Tag::new(seen.words.t("paper-current"), Tone::Done));
    }
    VersionView {
        text: version_name(seen, n, event),
        who: super::path::who_took(&said.who, &said.capacity, seen),
        read: Link::new(seen.words.t("paper-read"), href(seen, field, None, Some(event.seq))),
        compare: compare_link(seen, field, versions, n),
        tags,
        shown,
    }
}

fn compare_link(seen: &Seen<'_>, field: &FieldId, versions: &[&Event], n: usize) -> Option<Link> {
    let before = versions.get(n.checked_sub(1)?)?;
    let href = href(seen, field, Some(before.seq), Some(versions[n].seq));
    Some(Link::new(seen.words.say("paper-compare", &[("version", &n)]), href))
}

/// Version 2, 19 November 2026.
pub fn version_name(seen: &Seen<'_>, n: usize, event: &Event) -> String {
    let day = seen.words.day(event.act.on);
    seen.words.say("paper-version", &[("version", &(n + 1)), ("day", &day)])
}

fn text_of<'e>(event: Option<&'e Event>, field: &FieldId) -> &'e str {
    event.and_then(|event| event.act.input.get(field)).and_then(Value::text).unwrap_or_default()
}
