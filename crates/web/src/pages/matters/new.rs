//! Opening a matter: what the visitor may open, the form, and what comes of sending it.
//!
//! Invariant: a matter is opened once, however often its form is sent.

use super::form::choices::Candidates;
use super::form::posted::{Posted, kinds_named};
use super::form::{Asked, FormView, Wrong, first_typed};
use super::sheet::{AFRESH, Sheet, Since, done_flash, kept_notice, meanwhile};
use crate::components::Chrome;
use crate::components::card::PageHead;
use crate::components::clock::LinkPanel;
use crate::components::listing::EmptyState;
use crate::fault::Fault;
use crate::pages::openings;
use crate::pages::query::{Pairs, said};
use crate::pages::visit::Visit;
use crate::wording::{matter_href, matters_named, path_segment};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use facts::FieldId;
use office::{Answer, Submitted};
use rules::engine::{Command, Target};
use rules::rulebook::{Kind, Rulebook, Step, Type};

#[derive(Template)]
#[template(path = "pages/matters/new.html")]
struct NewPage {
    chrome: Chrome,
    head: PageHead,
    groups: Vec<LinkPanel>,
    empty: EmptyState,
}

/// `GET /new`: what the visitor may open.
///
/// # Errors
/// Only faults of the record.
pub async fn list(visit: Visit) -> Result<Response, Fault> {
    let words = visit.words().await?;
    let openings = visit.office.openings(&visit.person).await?;
    let title = words.t("new-title");
    let groups = openings::by_area(&words, &openings);
    let empty = match groups.is_empty() {
        true => EmptyState::new(words.t("new-empty"), words.t("new-empty-why")),
        false => EmptyState::default(),
    };
    visit.page(&NewPage { chrome: visit.chrome(&title).await?, head: PageHead::new(title), groups, empty })
}

/// `GET /new/{kind}/{step}?FIELD=ID`: the form of a step that opens a matter, with the matters filled in that it
/// is to name.
///
/// # Errors
/// [`Fault::NotThere`] where the rulebook has no such start.
pub async fn get(
    visit: Visit,
    Path((kind, step)): Path<(String, String)>,
    Query(query): Query<Pairs>,
) -> Result<Response, Fault> {
    let visit = &visit;
    let edition = visit.office.edition();
    let (kind, step) = start(&edition.rulebook, &kind, &step)?;
    let begun = match said(&query, AFRESH) {
        None => visit.begun(&href(kind, step)).await?,
        Some(_) => None,
    };
    if let Some(pairs) = begun {
        return page(visit, kind, step, &Posted::read(&pairs), &Shown { kept: true, ..Shown::default() }).await;
    }
    let words = visit.words().await?;
    let mut typed = first_typed(&words, kind, step, None, &visit.person);
    let names_matters = |(field, _): &(FieldId, Vec<String>)| {
        kind.field(field.as_str()).is_some_and(|field| matches!(field.kind_of_value.one(), Type::Matter(_)))
    };
    let named = query.iter().map(|(name, id)| (FieldId::new(name), vec![id.clone()])).filter(names_matters);
    typed.0.extend(named);
    let posted = Posted { typed, command: Some(visit.new_command()), ..Posted::default() };
    page(visit, kind, step, &posted, &Shown::default()).await
}

/// `POST /new/{kind}/{step}`: opens the matter that was sent.
///
/// # Errors
/// [`Fault::NotThere`] where the rulebook has no such start.
pub async fn post(
    visit: Visit,
    Path((kind, step)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Fault> {
    let edition = visit.office.edition();
    let (kind, step) = start(&edition.rulebook, &kind, &step)?;
    let answer = send(&visit, kind, step, &pairs).await?;
    visit.answered(&href(kind, step), pairs, answer).await
}

/// Opens the matter, or shows the form again with what is wrong with it.
async fn send(visit: &Visit, kind: &Kind, step: &Step, pairs: &[(String, String)]) -> Result<Response, Fault> {
    let mut posted = Posted::read(pairs);
    let id = *posted.command.get_or_insert_with(|| visit.new_command());
    let filled = visit.office.fill(kind, &posted.asked(step), &visit.person).await?;
    let late = posted.late();
    let mut wrong = Wrong { misfits: filled.problems, late: late.as_ref().err().cloned(), ..Wrong::default() };
    let mut earlier = vec![];
    if wrong.misfits.is_empty() && wrong.late.is_none() {
        let mut input = filled.input;
        input.retain(|field, value| step.asks.contains(field) || !value.is_empty());
        let command = Command {
            id,
            person: visit.person.clone(),
            target: Target::New(kind.id.clone()),
            step: step.id.clone(),
            outcome: posted.outcome.clone(),
            each: posted.each.first().and_then(|typed| office::fill::member(step, typed)),
            input,
            late: late.unwrap_or_default(),
            number: None,
        };
        match visit.office.carry_out(Submitted { command, seen: None, beside: vec![] }).await? {
            Answer::Done { events, meanwhile, .. } => {
                let number = events.first().and_then(|event| event.number.as_ref());
                let href = number.map_or("/".to_owned(), |number| matter_href(number.as_str()));
                let flash = done_flash(&visit.words().await?, &events, &meanwhile);
                return Ok(visit.see_other(&href, Some(flash)));
            }
            Answer::Refused { refused, .. } => wrong.refused = refused,
            // The same form opened a matter before, with other content: this would open another.
            Answer::Reused { earlier: before } | Answer::Stale { meanwhile: before } => {
                posted.command = None;
                earlier = before;
            }
        }
    }
    let status = if earlier.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::CONFLICT };
    let mut response = page(visit, kind, step, &posted, &Shown { wrong, earlier, kept: false }).await?;
    *response.status_mut() = status;
    Ok(response)
}

/// What the page shows beside the form.
#[derive(Default)]
struct Shown {
    wrong: Wrong,
    /// What the same form did before, with other content.
    earlier: Vec<facts::Event>,
    /// What was typed before and could not be sent stands in the form.
    kept: bool,
}

async fn page(visit: &Visit, kind: &Kind, step: &Step, posted: &Posted, shown: &Shown) -> Result<Response, Fault> {
    let Shown { wrong, earlier, kept } = shown;
    let mut words = visit.words().await?;
    visit.name(&mut words, matters_named(&wrong.refused)).await?;
    let kinds = kinds_named(kind, step);
    let candidates = match kinds.is_empty() {
        true => Candidates::default(),
        false => Candidates::load(&visit.office, &visit.reader().await?, &kinds).await?,
    };
    let nameable = visit.office.gather(&[]).await?.nameable(&kind.id, None);
    let (words, candidates, nameable) = (&words, &candidates, &nameable);
    let asked = Asked { words, kind, step, matter: None, prospect: None, posted, candidates, nameable };
    let action = href(kind, step);
    let command = posted.command.unwrap_or_else(|| visit.new_command());
    let notice = kept.then(|| kept_notice(words, &action));
    let earlier = if earlier.is_empty() { None } else { meanwhile(words, earlier, Since::Stale) };
    let sheet = Sheet {
        visit,
        title: words.step(&kind.id, &step.id),
        matter: None,
        prospect: None,
        step,
        kind,
        wrong,
        notices: notice.into_iter().chain(earlier).collect(),
        form: FormView::new(&asked, action, command, wrong),
    };
    visit.page(&sheet.page(words).await?)
}

/// The page of a step that opens matters.
pub fn href(kind: &Kind, step: &Step) -> String {
    format!("/new/{}/{}", path_segment(kind.id.as_str()), path_segment(step.id.as_str()))
}

fn start<'r>(rulebook: &'r Rulebook, kind: &str, step: &str) -> Result<(&'r Kind, &'r Step), Fault> {
    let kind = rulebook.kind(kind).ok_or(Fault::NotThere)?;
    let step = kind.step(step).filter(|step| step.start).ok_or(Fault::NotThere)?;
    Ok((kind, step))
}
