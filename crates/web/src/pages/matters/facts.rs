//! What is known of a matter: its fields, what it is linked to, who may read it, what is due.
//!
//! Invariant: a field is shown with the rulebook's label; a linked matter only if the reader may read it.

use super::seen::Seen;
use crate::components::clock::{Clock, LinkPanel, PanelEntry};
use crate::components::summary_list::{SummaryList, SummaryRow};
use crate::components::{Link, Tag, Tone};
use crate::wording::{Shown, matter_href};
use facts::Value;
use rules::authority;
use rules::engine::{Prospect, State};
use rules::progress::Progress;
use rules::rulebook::{Field, Type};
use rules::scene::Scene;

/// Characters of a text that the summary shows.
const EXCERPT_MAX: usize = 400;
/// Members of a set that the summary lists one by one.
const MEMBERS_MAX: usize = 12;

/// The fields of the matter; papers, positions and what the agenda of a meeting shows are left out.
pub fn summary(seen: &Seen<'_>) -> SummaryList {
    let Some(kind) = seen.kind() else { return SummaryList::default() };
    let meeting = crate::pages::meetings::fields_of(seen.words.rulebook(), &kind.id);
    let of_meeting = |field: &Field| meeting.as_ref().is_some_and(|fields| fields.show(&field.id));
    let elsewhere = |field: &Field| {
        field.id == kind.title || field.kind_of_value == Type::Document || kind.is_position(field) || of_meeting(field)
    };
    let shown = kind.fields.iter().filter(|field| !elsewhere(field));
    let rows = shown.filter_map(|field| {
        let value = seen.view.matter.fields.get(&field.id).filter(|value| !value.is_empty())?;
        Some(row(seen, field, value))
    });
    SummaryList::new(rows.collect())
}

fn row(seen: &Seen<'_>, field: &Field, value: &Value) -> SummaryRow {
    let name = seen.words.field(&seen.view.matter.kind, &field.id);
    let mut members = seen.words.value(&seen.view.matter.kind, &field.id, value);
    let more = members.len().saturating_sub(MEMBERS_MAX);
    if more > 1 {
        members.truncate(MEMBERS_MAX);
        members.push(Shown { text: seen.words.say("summary-more", &[("count", &more)]), href: None });
    }
    let (linked, plain): (Vec<Shown>, Vec<Shown>) = members.into_iter().partition(|shown| shown.href.is_some());
    let link = |shown: Shown| Some(Link::new(shown.text, shown.href?));
    SummaryRow {
        name,
        values: plain.into_iter().map(|shown| excerpt(&shown.text, EXCERPT_MAX)).collect(),
        links: linked.into_iter().filter_map(link).collect(),
        ..SummaryRow::default()
    }
}

/// The beginning of a text.
pub fn excerpt(text: &str, characters_max: usize) -> String {
    match text.char_indices().nth(characters_max) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// Tags beside the title: open or closed, the reader's turn, late.
pub fn tags(seen: &Seen<'_>) -> Vec<Tag> {
    let words = seen.words;
    if let Some(closed) = seen.view.matter.closed {
        return vec![Tag::new(words.say("tag-closed", &[("day", &words.day(closed))]), Tone::Done)];
    }
    let mut tags = vec![];
    if seen.view.prospects.iter().any(rules::engine::Prospect::awaits) {
        tags.push(Tag::new(words.t("step-mine"), Tone::Mine));
    }
    // A step that nobody need take, or that is done with, is late for nobody.
    let awaited = |prospect: &Prospect| matches!(prospect.state, State::Open | State::Waits) && !prospect.optional;
    if seen.view.prospects.iter().any(|prospect| prospect.late && awaited(prospect)) {
        tags.push(Tag::new(words.t("tag-overdue"), Tone::Overdue));
    }
    if tags.is_empty() {
        tags.push(Tag::new(words.t("tag-open"), Tone::Waits));
    }
    tags
}

/// The due days that run, the nearest first, each with its sum.
pub fn clocks(seen: &Seen<'_>) -> Vec<Clock> {
    let running = seen.view.prospects.iter().filter(|prospect| matches!(prospect.state, State::Open | State::Waits));
    let mut running: Vec<_> = running.filter_map(|prospect| Some((prospect.due.as_ref()?, prospect))).collect();
    running.sort_by_key(|(due, _)| due.date);
    let clock = |(due, prospect): (&rules::due::Due, &rules::engine::Prospect)| {
        let said = seen.words.due(due);
        let rule = seen.step(&prospect.step).and_then(|step| step.cite("due"));
        Clock {
            lang: seen.words.lang,
            title: seen.step_label(&prospect.step),
            due: seen.words.day(due.date),
            remaining: said.remaining.clone(),
            tone: said.tone(),
            explanation: said.sum,
            articles: seen.words.article_links(rule),
        }
    };
    running.into_iter().map(clock).collect()
}

/// The clocks that stand still, a sentence each.
pub fn still_clocks(seen: &Seen<'_>) -> Vec<String> {
    let ahead = seen.view.prospects.iter().filter(|prospect| matches!(prospect.state, State::Open | State::Waits));
    let still = ahead.filter_map(|prospect| Some((prospect, prospect.still_since?)));
    still
        .map(|(prospect, since)| {
            let said = seen.words.say("clock-stands-still", &[("day", &seen.words.day(since))]);
            format!("{}: {said}", seen.step_label(&prospect.step))
        })
        .collect()
}

/// Years that the calendar lacks, so that no due day can be counted.
pub fn calendar_gaps(seen: &Seen<'_>) -> Vec<String> {
    let mut years: Vec<i16> = seen.view.prospects.iter().filter_map(|prospect| prospect.no_calendar).collect();
    years.sort_unstable();
    years.dedup();
    years.into_iter().map(|year| seen.words.say("why-no-calendar", &[("year", &year.to_string())])).collect()
}

/// The matters that this one names or that name it.
pub fn thread(seen: &Seen<'_>) -> LinkPanel {
    let words = seen.words;
    let entries = seen.view.links.iter().map(|row| {
        let key = if row.closed.is_some() { "thread-closed" } else { "thread-open" };
        let day = words.day(row.closed.unwrap_or(row.opened));
        let note = words.say(key, &[("kind", &words.kind(&row.kind)), ("number", &row.number.as_str()), ("day", &day)]);
        PanelEntry::new(Link::new(words.pick(&row.title), matter_href(row.number.as_str())), note)
    });
    LinkPanel { title: words.t("thread-title"), entries: entries.collect() }
}

/// The roles that may read the matter, beside everybody who has acted on it.
pub fn readers(seen: &Seen<'_>) -> Vec<String> {
    let gathered = &seen.view.gathered;
    let edition = &gathered.edition;
    let scene = Scene::new(gathered.circumstances());
    let Some(progress) = Progress::of(&edition.rulebook, &scene, &seen.view.matter) else { return vec![] };
    let bench = edition.authority.bench(&edition.rulebook, &scene, &seen.view.matter);
    let roles = authority::readers(&bench, &progress);
    let mut said: Vec<String> = roles.iter().map(|role| seen.words.role(role)).collect();
    said.sort();
    said.dedup();
    said
}
