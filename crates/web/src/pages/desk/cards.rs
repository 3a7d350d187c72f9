//! The cards of a desk: one thing that waits, why it is mine, the gist, what others said.
//!
//! Invariant: a bounded number of questions however many cards.

use crate::components::card::{Card, Said};
use crate::components::{Link, Tag, Tone};
use crate::fault::Fault;
use crate::pages::matters::facts::excerpt;
use crate::pages::visit::Visit;
use crate::wording::{Words, matter_href, path_segment};
use facts::{Matter, MatterId, Role, Taken, Value};
use jiff::ToSpan;
use office::DeskRow;
use rules::rulebook::{Kind, Type};
use std::collections::BTreeMap;

/// Days from today within which what a matter is about is near.
const NEAR: i64 = 2;
/// Characters of the gist.
const GIST_MAX: usize = 180;
/// Short fields that a card shows.
const FACTS_MAX: usize = 5;
/// Members of a set that a card names one by one.
const MEMBERS_MAX: usize = 4;
/// What others said: those who did not agree first, then the last ones.
const SAID_MAX: usize = 5;
/// Outcomes that get a button of their own.
const BUTTONS_MAX: usize = 3;

/// The cards of some rows, in their order.
pub async fn cards(visit: &Visit, words: &mut Words, rows: &[DeskRow]) -> Result<Vec<Card>, Fault> {
    let mut ids: Vec<MatterId> = rows.iter().map(|row| row.matter).collect();
    ids.sort();
    ids.dedup();
    let matters = match ids.is_empty() {
        true => BTreeMap::new(),
        false => visit.office.matters_for(&ids, &visit.person).await?.1,
    };
    words.name_matters(matters.values());
    let named = matters.values().flat_map(|matter| matter.fields.values()).flat_map(Value::members);
    visit.name(words, named.filter_map(Value::matter).collect()).await?;
    let unseen = visit.office.unseen(&visit.person, &ids).await?;
    let cards = rows.iter().map(|row| {
        let is_new = unseen.contains(&row.matter);
        card(visit, words, row, matters.get(&row.matter), is_new)
    });
    Ok(cards.collect())
}

fn card(visit: &Visit, words: &Words, row: &DeskRow, matter: Option<&Matter>, is_new: bool) -> Card {
    let step = words.step(&row.kind, &row.step);
    let href = format!("{}/{}", matter_href(row.number.as_str()), path_segment(row.step.as_str()));
    let kind = words.edition.rulebook.kind(row.kind.as_str());
    let due = row.due.map(|due| words.due_day(due));
    let task = match &row.each {
        Some(each) => words.say("event-for", &[("title", &step), ("member", &words.one(each))]),
        None => step.clone(),
    };
    let presses = matter.zip(kind).and_then(|(matter, kind)| presses(words, kind, matter, row));
    Card {
        lang: words.lang,
        title: words.pick(&row.title),
        href: matter_href(row.number.as_str()),
        number: row.number.to_string(),
        kind: words.kind(&row.kind),
        is_new,
        tags: std::iter::once(Tag::new(task, Tone::Mine)).chain(presses.clone()).collect(),
        why: why(visit, words, row),
        articles: words.article_links([&row.rule]),
        facts: matter.zip(kind).map_or(vec![], |(matter, kind)| facts(words, kind, matter)),
        gist: matter.zip(kind).map_or(String::new(), |(matter, kind)| gist(kind, matter)),
        said: matter.map_or(vec![], |matter| said(words, matter)),
        missing: vec![],
        due: due.as_ref().map_or(String::new(), |due| {
            words.say("due-with-remaining", &[("due", &due.day), ("remaining", &due.remaining)])
        }),
        tone: match (&due, &presses) {
            (Some(due), _) => due.tone(),
            (None, Some(_)) => Tone::Urgent,
            (None, None) => Tone::Mine,
        },
        actions: actions(words, row, kind, &step, &href),
    }
}

/// Why a card presses though its step may have no day: the matter is urgent, or what it is about is near.
fn presses(words: &Words, kind: &Kind, matter: &Matter, row: &DeskRow) -> Option<Tag> {
    let urgent = kind.urgency().filter(|field| matter.fields.get(&field.id) == Some(&Value::Yes(true)));
    if let Some(field) = urgent {
        return Some(Tag::new(words.field(&kind.id, &field.id), Tone::Urgent));
    }
    let near = words.today.saturating_add(NEAR.days());
    let days = kind.fields.iter().filter_map(|field| Some((matter.fields.get(&field.id)?.date()?, &field.id)));
    let (day, field) =
        days.filter(|(day, _)| (words.today..=near).contains(day)).min().filter(|_| row.due.is_none())?;
    let said = [("field", &words.field(&kind.id, field) as _), ("value", &words.day_short(day) as _)];
    Some(Tag::new(words.say("card-fact", &said), Tone::Urgent))
}

/// The post, the portfolio, or for whom the visitor acts.
fn why(visit: &Visit, words: &Words, row: &DeskRow) -> String {
    let Some(role) = Role::of_key(&row.role) else { return String::new() };
    words.capacity_today(&visit.person, &role)
}

/// The first text of the matter beside its title.
fn gist(kind: &Kind, matter: &Matter) -> String {
    let texts = kind.fields.iter().filter(|field| {
        field.id != kind.title && matches!(field.kind_of_value, Type::Text | Type::Document) && !kind.is_position(field)
    });
    let written = texts.filter_map(|field| matter.fields.get(&field.id).and_then(Value::text));
    let first = written.map(str::trim).find(|text| !text.is_empty()).unwrap_or_default();
    excerpt(&first.split_whitespace().collect::<Vec<_>>().join(" "), GIST_MAX)
}

/// What the matter says in few words: who, which, when; in the order of the rulebook.
fn facts(words: &Words, kind: &Kind, matter: &Matter) -> Vec<String> {
    let short = kind.fields.iter().filter(|field| {
        field.id != kind.title
            && !matches!(field.kind_of_value.one(), Type::Text | Type::Document | Type::Yes)
            && !kind.is_position(field)
    });
    let said = short.filter_map(|field| {
        let value = matter.fields.get(&field.id).filter(|value| !value.is_empty())?;
        let members = value.members().len();
        let said = match members > MEMBERS_MAX {
            true => words.say("card-many", &[("count", &members)]),
            false => words.value_line(&kind.id, &field.id, value),
        };
        Some(words.say("card-fact", &[("field", &words.field(&kind.id, &field.id)), ("value", &said)]))
    });
    said.take(FACTS_MAX).collect()
}

/// The outcomes that others gave: those that are not the first of their step before the others, for who does not
/// agree must not be overlooked.
fn said(words: &Words, matter: &Matter) -> Vec<Said> {
    let given = matter.taken.iter().rev().filter(|taken| taken.void.is_none());
    let given = given.filter_map(|taken| {
        let outcome = words.outcome(&matter.kind, &taken.step, taken.outcome.as_ref()?);
        let tone = words.outcome_tone(&matter.kind, &taken.step, taken.outcome.as_ref(), taken.counts);
        let step = words.step(&matter.kind, &taken.step);
        Some(Said { who: speaker(words, taken), words: step, tag: Some(Tag::new(outcome, tone)) })
    });
    let agrees = |said: &Said| said.tag.as_ref().is_some_and(|tag| tag.tone == Tone::Done);
    let (others, agreeing): (Vec<Said>, Vec<Said>) = given.partition(|said| !agrees(said));
    let left = (others.len() + agreeing.len()).saturating_sub(SAID_MAX);
    let mut said: Vec<Said> = others.into_iter().chain(agreeing).take(SAID_MAX).collect();
    if left > 0 {
        said.push(Said { who: words.say("card-said-more", &[("count", &left)]), ..Said::default() });
    }
    said
}

/// Who said something, and for whom where that is a body of others.
fn speaker(words: &Words, taken: &Taken) -> String {
    let person = words.person(&taken.person);
    match &taken.each {
        Some(each @ Value::Body(body)) if words.organisation.body_of(&taken.person) != Some(body) => {
            words.say("event-for", &[("title", &person), ("member", &words.one(each))])
        }
        Some(each) => words.one(each),
        None => person,
    }
}

fn actions(words: &Words, row: &DeskRow, kind: Option<&Kind>, step: &str, href: &str) -> Vec<Link> {
    let declared = kind.and_then(|kind| kind.step(row.step.as_str()));
    let outcomes = declared.map_or(&[] as &[_], |step| &step.outcomes);
    if outcomes.is_empty() || outcomes.len() > BUTTONS_MAX {
        return vec![Link::new(step, href)];
    }
    let button = |outcome: &rules::rulebook::Outcome| {
        let text = words.outcome(&row.kind, &row.step, &outcome.id);
        Link::new(text, format!("{href}?outcome={}", path_segment(outcome.id.as_str())))
    };
    outcomes.iter().map(button).collect()
}
