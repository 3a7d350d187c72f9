//! The record of a matter: who did what, when, in which capacity, under which rules and edition.
//!
//! Invariant: nothing on record is left out; what no longer stands is marked, not hidden.

use super::seen::Seen;
use crate::components::timeline::{Timeline, TimelineEntry};
use crate::components::{Link, Tag, Tone};
use crate::wording::Cited;
use facts::{Event, Value};
use rules::rulebook::Type;

/// Characters of a digest that are shown.
const DIGEST_SHOWN: usize = 12;
/// Characters of one field that an entry shows.
const VALUE_MAX: usize = 300;

/// The whole record, the newest first, each event with what proves it.
pub fn timeline(seen: &Seen<'_>) -> Timeline {
    let entries = seen.view.events.iter().rev().map(|event| entry(seen, event));
    Timeline { lang: seen.words.lang, entries: entries.collect() }
}

/// The last events in daily words, the newest first; at most `limit` of them.
pub fn latest(seen: &Seen<'_>, limit: usize) -> Timeline {
    let entries = seen.view.events.iter().rev().take(limit);
    let entries = entries.map(|event| TimelineEntry { proof: String::new(), ..entry(seen, event) });
    Timeline { lang: seen.words.lang, entries: entries.collect() }
}

fn entry(seen: &Seen<'_>, event: &Event) -> TimelineEntry {
    let words = seen.words;
    let said = words.event(event);
    let taken = seen.view.matter.taken.iter().find(|taken| taken.seq == event.seq);
    let void = taken.filter(|taken| taken.void.is_some());
    let mut tags = vec![];
    if let Some(late) = &event.act.late {
        let text = words.say("tag-late", &[("day", &words.day(late.due))]);
        tags.push(Tag::new(text, Tone::Overdue));
    }
    if void.is_some() {
        tags.push(Tag::new(words.t("step-void"), Tone::Void));
    }
    let mut lines = inputs(seen, event);
    lines.extend(said.late.clone());
    lines.extend(said.remark.clone());
    lines.extend(void.map(|taken| seen.voided(taken)));
    // A person is named by the post; the capacity is said where it is another.
    let plain = said.capacity.eq_ignore_ascii_case(&words.say("capacity-post", &[("post", &said.who)]));
    let edition = said.edition.chars().take(DIGEST_SHOWN).collect::<String>();
    let digest = said.digest.chars().take(DIGEST_SHOWN).collect::<String>();
    let seq = event.seq.to_string();
    TimelineEntry {
        title: said.title,
        when: said.when,
        instant: said.at,
        who: said.who,
        capacity: if plain { String::new() } else { said.capacity },
        words: lines.join("\n"),
        tags,
        articles: said.articles.iter().map(Cited::link).collect(),
        links: links(seen, event),
        undone: void.is_some(),
        proof: words.say("event-proof", &[("seq", &seq), ("edition", &edition), ("digest", &digest)]),
    }
}

/// What was written, a line a field; papers are linked, not repeated.
fn inputs(seen: &Seen<'_>, event: &Event) -> Vec<String> {
    let kind = seen.kind();
    let is_paper = |field: &facts::FieldId| {
        kind.and_then(|kind| kind.field(field.as_str())).is_some_and(|field| field.kind_of_value == Type::Document)
    };
    let said = |(field, value): (&facts::FieldId, &Value)| {
        let label = seen.words.field(&event.act.kind, field);
        let value = seen.words.value_line(&event.act.kind, field, value);
        let value = super::facts::excerpt(&value, VALUE_MAX);
        seen.words.say("event-field", &[("field", &label), ("value", &value)])
    };
    let input = &event.act.input;
    let mut written: Vec<_> = input.iter().filter(|(field, value)| !is_paper(field) && !value.is_empty()).collect();
    // In the order of the rulebook.
    written.sort_by_key(|(field, _)| seen.words.place_of_field(&event.act.kind, field));
    written.into_iter().map(said).collect()
}

fn links(seen: &Seen<'_>, event: &Event) -> Vec<Link> {
    let Some(kind) = seen.kind() else { return vec![] };
    let papers = kind.fields.iter().filter(|field| field.kind_of_value == Type::Document);
    let changed = papers.filter(|field| event.act.input.contains_key(&field.id));
    let mut links: Vec<Link> = changed
        .map(|field| {
            let label = seen.words.field(&kind.id, &field.id);
            let text = seen.words.say("event-paper", &[("paper", &label)]);
            Link::new(text, super::papers::href(seen, &field.id, None, Some(event.seq)))
        })
        .collect();
    if event.act.publication.is_some() {
        let number = crate::wording::path_segment(seen.view.matter.number.as_str());
        links.push(Link::new(seen.words.t("event-published"), format!("/public/{number}")));
    }
    links
}
