//! One step on several matters at once, where nothing is to be written and no text to be judged.
//!
//! Each is an act of its own with an id of its own: one that is refused keeps no other back, and a second sending
//! carries nothing out twice. Invariant: what asks for words, or judges or publishes a text, is taken one by one.

use super::cards;
use crate::components::card::{Card, PageHead};
use crate::components::choice::{Choice, Radios};
use crate::components::error_summary::{ErrorSummary, FieldError};
use crate::components::field::Field;
use crate::components::listing::EmptyState;
use crate::components::notice::{Notice, NoticeTone};
use crate::components::page::CsrfField;
use crate::components::{Chrome, Flash, Link};
use crate::fault::Fault;
use crate::pages::query::{Pairs, encoded, said};
use crate::pages::visit::Visit;
use crate::wording::{Words, matter_href, matters_named, path_segment};
use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use facts::{CommandId, KindId, MatterId, OutcomeId};
use office::{Answer, DeskRow, Submitted};
use rules::engine::{Command, Target};
use rules::rulebook::{Kind, Outcome, Rulebook, Step};
use std::collections::{BTreeMap, BTreeSet};

/// Matters that are looked through, and that one page has.
pub const MATTERS_MAX: u32 = 100;

#[derive(Template)]
#[template(path = "pages/desk/together.html")]
struct TogetherPage {
    chrome: Chrome,
    head: PageHead,
    errors: ErrorSummary,
    /// What was not carried out of an earlier sending, and why.
    refused: Vec<(Link, String)>,
    /// What was.
    done: Option<Notice>,
    csrf: CsrfField,
    kind: String,
    step: String,
    outcomes: Option<Radios>,
    rows: Vec<Listed>,
    /// Outcomes that are taken one by one.
    others: String,
    empty: EmptyState,
    submit: String,
}

/// A matter that can be chosen.
struct Listed {
    value: String,
    card: Card,
    chosen: bool,
}

/// The address of the page of a step.
fn href(kind: &KindId, step: &Step) -> String {
    format!("/desk/together?kind={}&step={}", encoded(kind.as_str()), encoded(step.id.as_str()))
}

/// Whether a step is one that may be taken on several matters at once: the outcome that is named first, as the
/// ordinary one, asks for nothing.
fn is_alike(step: &Step) -> bool {
    let decides = step.outcomes.first().is_none_or(is_plain);
    let quiet = step.publishes.is_none() && step.directory.is_empty() && step.binds.is_empty();
    step.asks.is_empty() && decides && quiet && !step.carried && !step.start
}

/// The outcomes that ask for no words and say nothing in public or in the directory.
fn plain(step: &Step) -> impl Iterator<Item = &Outcome> {
    step.outcomes.iter().filter(|outcome| is_plain(outcome))
}

fn is_plain(outcome: &Outcome) -> bool {
    outcome.asks.is_empty() && outcome.publishes.is_none() && outcome.directory.is_empty()
}

/// Links to the pages of steps that some rows have in common.
pub fn links(words: &Words, rows: &[DeskRow]) -> Vec<Link> {
    let mut counts: Vec<(&DeskRow, BTreeSet<MatterId>)> = vec![];
    for row in rows.iter().filter(|row| can_go(words, row)) {
        match counts.iter_mut().find(|(first, _)| (&first.kind, &first.step) == (&row.kind, &row.step)) {
            Some((_, matters)) => drop(matters.insert(row.matter)),
            None => counts.push((row, [row.matter].into())),
        }
    }
    let several = counts.into_iter().map(|(row, matters)| (row, matters.len())).filter(|(_, count)| *count > 1);
    let link = |(row, count): (&DeskRow, usize)| {
        let (_, step) = declared(words.rulebook(), &row.kind, row.step.as_str())?;
        let (kind, name) = (words.kinds(&row.kind), words.step(&row.kind, &row.step));
        let text = words.say("together-link", &[("step", &name), ("kind", &kind), ("count", &count)]);
        Some(Link::new(text, href(&row.kind, step)))
    };
    several.filter_map(link).collect()
}

/// Whether a row can go with others: where several are to answer, it has to be clear who does.
fn can_go(words: &Words, row: &DeskRow) -> bool {
    let late = row.due.is_some_and(|due| due < words.today);
    let step = declared(words.rulebook(), &row.kind, row.step.as_str()).map(|(_, step)| step);
    !late && step.is_some_and(|step| is_alike(step) && step.by_each.is_some() == row.each.is_some())
}

fn declared<'r>(rulebook: &'r Rulebook, kind: &KindId, step: &str) -> Option<(&'r Kind, &'r Step)> {
    let kind = rulebook.kind(kind.as_str())?;
    Some((kind, kind.step(step)?))
}

/// `GET /desk/together?kind=&step=`
///
/// # Errors
/// [`Fault::NotThere`] for a step that is not one to be taken on several matters at once.
pub async fn get(visit: Visit, Query(query): Query<Pairs>) -> Result<Response, Fault> {
    visit.page(&page(&visit, &query, Sent::default()).await?)
}

/// `POST /desk/together`
///
/// # Errors
/// [`Fault::NotThere`] as above.
pub async fn post(visit: Visit, Form(pairs): Form<Pairs>) -> Result<Response, Fault> {
    let mut words = visit.words().await?;
    let edition = words.edition.clone();
    let (kind, step) = asked_for(&edition.rulebook, &pairs)?;
    let outcome = said(&pairs, "outcome").map(OutcomeId::new);
    let chosen: Vec<One> =
        pairs.iter().filter(|(name, _)| name == "matter").filter_map(|(_, one)| One::read(one)).collect();
    let undecided = !step.outcomes.is_empty() && !plain(step).any(|plain| Some(&plain.id) == outcome.as_ref());
    if undecided || chosen.is_empty() {
        let error = match chosen.is_empty() {
            true => FieldError::new("matter", words.t("together-none-chosen")),
            false => FieldError::new("outcome", words.t("together-no-outcome")),
        };
        return again(&visit, &pairs, Sent { chosen, error: Some(error), ..Sent::default() }).await;
    }
    let mut sent = Sent::default();
    for one in chosen {
        let command = Command {
            id: one.command,
            person: visit.person.clone(),
            target: Target::Existing(one.matter),
            step: step.id.clone(),
            outcome: outcome.clone(),
            each: office::fill::member(step, &one.each),
            input: BTreeMap::new(),
            late: None,
            number: None,
        };
        match visit.office.carry_out(Submitted { command, seen: Some(one.seen), beside: vec![] }).await? {
            Answer::Done { .. } => sent.done += 1,
            Answer::Refused { refused, .. } => {
                visit.name(&mut words, matters_named(&refused)).await?;
                let why: Vec<String> = refused.refusals.iter().map(|refusal| words.in_a_line(refusal)).collect();
                sent.refused.push((one.matter, why.join(&words.t("sentence-space"))));
            }
            Answer::Stale { .. } => sent.refused.push((one.matter, words.t("together-stale"))),
            Answer::Reused { .. } => sent.refused.push((one.matter, words.t("together-reused"))),
        }
    }
    if sent.refused.is_empty() {
        let title = words.say("together-done", &[("step", &words.step(&kind.id, &step.id)), ("count", &sent.done)]);
        let message = Flash { tone: NoticeTone::Success, title, text: String::new() };
        return Ok(visit.see_other("/desk", Some(message)));
    }
    again(&visit, &pairs, sent).await
}

async fn again(visit: &Visit, pairs: &Pairs, sent: Sent) -> Result<Response, Fault> {
    let mut response = visit.page(&page(visit, pairs, sent).await?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// What came of a sending.
#[derive(Default)]
struct Sent {
    done: usize,
    refused: Vec<(MatterId, String)>,
    /// Chosen again, where nothing was carried out.
    chosen: Vec<One>,
    error: Option<FieldError>,
}

/// A matter that was chosen: which, as of which version, under which id, for whom.
struct One {
    matter: MatterId,
    seen: u32,
    command: CommandId,
    each: String,
}

impl One {
    fn read(text: &str) -> Option<One> {
        let mut parts = text.splitn(4, ' ');
        let matter = parts.next()?.parse().ok()?;
        let seen = parts.next()?.parse().ok()?;
        let command = CommandId::new(parts.next()?.parse().ok()?);
        Some(One { matter, seen, command, each: parts.next().unwrap_or_default().to_owned() })
    }
}

fn asked_for<'r>(rulebook: &'r Rulebook, pairs: &Pairs) -> Result<(&'r Kind, &'r Step), Fault> {
    let (kind, step) = (said(pairs, "kind").unwrap_or_default(), said(pairs, "step").unwrap_or_default());
    declared(rulebook, &KindId::new(kind), step).filter(|(_, step)| is_alike(step)).ok_or(Fault::NotThere)
}

async fn page(visit: &Visit, pairs: &Pairs, sent: Sent) -> Result<TogetherPage, Fault> {
    let mut words = visit.words().await?;
    let edition = words.edition.clone();
    let (kind, step) = asked_for(&edition.rulebook, pairs)?;
    let reader = visit.reader().await?;
    let mut rows = visit.office.desk(&reader, Some(&kind.id), 0, MATTERS_MAX).await?.rows;
    rows.retain(|row| row.step == step.id && can_go(&words, row));
    let ids: Vec<MatterId> = rows.iter().map(|row| row.matter).chain(sent.refused.iter().map(|(id, _)| *id)).collect();
    let matters = match ids.is_empty() {
        true => BTreeMap::new(),
        false => visit.office.matters_for(&ids, &visit.person).await?.1,
    };
    let cards = cards::cards(visit, &mut words, &rows).await?;
    let each = |row: &DeskRow| office::fill::typed_member(row.each.as_ref());
    let one = |row: &DeskRow| {
        let seen = matters.get(&row.matter)?.version;
        Some(format!("{} {seen} {} {}", row.matter, visit.new_command().uuid(), each(row)))
    };
    let chosen = |row: &DeskRow| sent.chosen.iter().any(|one| one.matter == row.matter && one.each == each(row));
    let listed = rows.iter().zip(cards).filter_map(|(row, card)| {
        // The step stands above all of them; beside one it tells for whom.
        let tags = if row.each.is_some() { card.tags } else { vec![] };
        Some(Listed { value: one(row)?, card: Card { tags, ..card }, chosen: chosen(row) })
    });
    let title = words.step(&kind.id, &step.id);
    let refused = sent.refused.iter().map(|(id, why)| match matters.get(id) {
        Some(matter) => {
            let href = format!("{}/{}", matter_href(matter.number.as_str()), path_segment(step.id.as_str()));
            (Link::new(words.pick(&office::title(&edition, matter)), href), why.clone())
        }
        None => (Link::new(words.t("matter-hidden"), "/desk"), why.clone()),
    });
    let errors = ErrorSummary { lang: words.lang, errors: sent.error.iter().cloned().collect() };
    let others = step.outcomes.iter().filter(|outcome| !is_plain(outcome));
    let others: Vec<String> = others.map(|outcome| words.outcome(&kind.id, &step.id, &outcome.id)).collect();
    let chrome = visit.chrome(&title).await?;
    Ok(TogetherPage {
        head: PageHead { kind: words.kinds(&kind.id), lead: words.t("together-lead"), ..PageHead::new(&title) },
        refused: refused.collect(),
        done: (sent.done > 0).then(|| {
            let said = words.say("together-done", &[("step", &title), ("count", &sent.done)]);
            Notice::new(NoticeTone::Success, "", said)
        }),
        csrf: chrome.csrf_field(),
        kind: kind.id.to_string(),
        step: step.id.to_string(),
        outcomes: outcomes(&words, (kind, step), said(pairs, "outcome"), errors.of("outcome")),
        others: match others.is_empty() {
            true => String::new(),
            false => words.say("together-others", &[("outcomes", &words.list(&others))]),
        },
        rows: listed.collect(),
        empty: match rows.is_empty() {
            true => EmptyState::new(words.t("together-empty"), words.t("together-empty-next")),
            false => EmptyState::default(),
        },
        submit: words.t("together-submit"),
        errors,
        chrome,
    })
}

fn outcomes(
    words: &Words,
    (kind, step): (&Kind, &Step),
    chosen: Option<&str>,
    error: Option<String>,
) -> Option<Radios> {
    let choice = |outcome: &Outcome| {
        let text = words.outcome(&kind.id, &step.id, &outcome.id);
        Choice::new(outcome.id.as_str(), text).chosen(chosen == Some(outcome.id.as_str()))
    };
    let choices: Vec<Choice> = plain(step).map(choice).collect();
    let field = Field::new(words.lang, "outcome", words.t("form-outcome")).error(error);
    (!choices.is_empty()).then_some(Radios { field, choices, inline: true })
}
