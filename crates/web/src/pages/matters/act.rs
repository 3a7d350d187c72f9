//! Taking a step on a matter: the form, and what comes of sending it.
//!
//! Invariant: whatever is refused comes back with every reason and everything that was typed; a
//! submission is carried out once.

use super::form::choices::Candidates;
use super::form::posted::{Posted, kinds_named};
use super::form::{Asked, FormView, Wrong, first_typed, shows_what_is_held};
use super::seen::Seen;
use super::sheet::{AFRESH, Sheet, Since, done_flash, kept_notice, lapses, meanwhile, recorded};
use super::show::{consulted, name_all};
use crate::components::notice::{Notice, NoticeTone};
use crate::fault::Fault;
use crate::pages::meetings::{self, Distribution};
use crate::pages::query::{Pairs, said};
use crate::pages::visit::Visit;
use crate::wording::{Words, matter_href, matters_named, path_segment};
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use facts::{CommandId, FieldId, Matter, MatterId, OutcomeId, Value};
use office::{Answer, MatterView, Submitted};
use rules::engine::{Command, Prospect, State, Target};
use rules::refusal::{Refused, Why};
use rules::rulebook::{Kind, Step, Type};
use std::collections::BTreeMap;

/// Everything that the page of a step looks at.
struct Ground<'g> {
    visit: &'g Visit,
    view: &'g MatterView,
    words: &'g Words,
    kind: &'g Kind,
    step: &'g Step,
    candidates: &'g Candidates,
}

impl Ground<'_> {
    fn form(&self, posted: &Posted, wrong: &Wrong) -> FormView {
        let Ground { visit, view, words, kind, step, candidates } = *self;
        let seen = Seen { words, view };
        let prospect = seen.prospect(step.id.as_str());
        let nameable = view.gathered.nameable(&kind.id, Some(view.matter.id));
        let matter = Some(&view.matter);
        let asked = Asked { words, kind, step, matter, prospect, posted, candidates, nameable: &nameable };
        let command = posted.command.unwrap_or_else(|| visit.new_command());
        FormView::new(&asked, seen.step_href(&step.id), command, wrong)
    }

    /// With nothing typed into it yet.
    fn first(&self, outcome: Option<OutcomeId>, back: Option<String>) -> Posted {
        let Ground { visit, view, words, kind, step, .. } = *self;
        let typed = first_typed(words, kind, step, Some(&view.matter), &visit.person);
        Posted { typed, outcome, back, command: Some(visit.new_command()), ..Posted::default() }
    }
}

/// The form of a step as it is first shown, for a page that shows more than it and is come back to.
///
/// # Errors
/// [`Fault::NotThere`] where there is no such step.
pub async fn first_form(seen: &Seen<'_>, visit: &Visit, step: &str, back: String) -> Result<FormView, Fault> {
    let Seen { words, view } = *seen;
    let edition = words.edition.clone();
    let (kind, step) = kind_and_step(&edition.rulebook, &view.matter, step)?;
    let candidates = candidates(visit, words, view, (kind, step)).await?;
    let ground = Ground { visit, view, words, kind, step, candidates: &candidates };
    Ok(ground.form(&ground.first(None, Some(back)), &Wrong::default()))
}

/// `GET /matters/{number}/{step}`: the form, with the outcome that a button has chosen already.
///
/// # Errors
/// [`Fault::NotThere`] also where the visitor may not know of the matter.
pub async fn get(
    visit: Visit,
    Path((number, step)): Path<(String, String)>,
    Query(query): Query<Pairs>,
) -> Result<Response, Fault> {
    let outcome = said(&query, "outcome").map(OutcomeId::new);
    form(&visit, &number, &step, outcome, said(&query, AFRESH).is_none()).await
}

/// `POST /matters/{number}/{step}`
///
/// # Errors
/// [`Fault::NotThere`] also where the visitor may not know of the matter.
pub async fn post(
    visit: Visit,
    Path((number, step)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Fault> {
    let place = format!("{}/{}", matter_href(&number), path_segment(&step));
    let answer = send(&visit, &number, &step, &pairs).await?;
    visit.answered(&place, pairs, answer).await
}

/// The form; `begun`: with what was typed into it before and could not be sent.
async fn form(
    visit: &Visit,
    number: &str,
    step: &str,
    outcome: Option<OutcomeId>,
    begun: bool,
) -> Result<Response, Fault> {
    let view = consulted(visit, number).await?;
    visit.office.saw(&visit.person, &view.matter).await;
    let mut words = visit.words().await?;
    name_all(visit, &mut words, &view).await?;
    let edition = words.edition.clone();
    let (kind, step) = kind_and_step(&edition.rulebook, &view.matter, step)?;
    let candidates = candidates(visit, &words, &view, (kind, step)).await?;
    let ground = Ground { visit, view: &view, words: &words, kind, step, candidates: &candidates };
    if begun && let Some(pairs) = visit.begun(&href(&view.matter, step)).await? {
        let posted = Posted::read(&pairs);
        let since = posted.seen.unwrap_or(view.matter.version);
        let meanwhile = view.events.iter().filter(|event| event.seq > since).cloned().collect();
        return page(&ground, &posted, Shown { meanwhile, kept: true, ..Shown::default() }).await;
    }
    let mut posted = ground.first(outcome, None);
    let seen = Seen { words: &words, view: &view };
    let minutes = meetings::drafted(visit, &seen, step).await?;
    let drafted = minutes.is_some();
    posted.typed.0.extend(minutes.map(|(field, text)| (field, vec![text])));
    let distribution = meetings::distribution(visit, &seen, step).await?;
    if let Some(Distribution { field, bodies, .. }) = &distribution {
        posted.typed.0.insert(field.clone(), bodies.iter().map(ToString::to_string).collect());
    }
    page(&ground, &posted, Shown { drafted, distribution, ..Shown::default() }).await
}

/// Carries out what was sent.
async fn send(visit: &Visit, number: &str, step: &str, pairs: &[(String, String)]) -> Result<Response, Fault> {
    let view = consulted(visit, number).await?;
    let edition = visit.office.edition();
    let (kind, step) = kind_and_step(&edition.rulebook, &view.matter, step)?;
    let mut posted = Posted::read(pairs);
    let id = *posted.command.get_or_insert_with(|| visit.new_command());
    let filled = visit.office.fill(kind, &posted.asked(step), &visit.person).await?;
    let late = posted.late();
    if !filled.problems.is_empty() || late.is_err() {
        let refused = already_known(&view, step);
        let wrong = Wrong { misfits: filled.problems, late: late.err(), refused };
        let again = Again { visit, number, posted: &posted, shown: Shown { wrong, ..Shown::default() } };
        return again.page(kind, step, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let late = late.unwrap_or_default();
    let input = changed_only(kind, &view.matter, step, &posted, filled.input);
    let (mut recorded, mut harmless) = (vec![], vec![]);
    for (nth, each) in answers(&posted, step).into_iter().enumerate() {
        let command = Command {
            id: nth_after(id, nth),
            person: visit.person.clone(),
            target: Target::Existing(view.matter.id),
            step: step.id.clone(),
            outcome: posted.outcome.clone(),
            each,
            input: input.clone(),
            late: late.clone(),
            number: None,
        };
        let beside = (0..nth).map(|before| nth_after(id, before)).collect();
        let shown = match visit.office.carry_out(Submitted { command, seen: posted.seen, beside }).await? {
            Answer::Done { events, meanwhile, .. } => {
                recorded.extend(events);
                harmless = meanwhile;
                continue;
            }
            Answer::Refused { refused, .. } if hides(&refused) => return Err(Fault::NotThere),
            Answer::Refused { refused, meanwhile } => {
                Shown { wrong: Wrong { refused, ..Wrong::default() }, meanwhile, ..Shown::default() }
            }
            Answer::Stale { meanwhile } | Answer::Reused { earlier: meanwhile } => {
                // Nothing of this was recorded: it goes on as a submission of its own.
                posted.command = None;
                Shown { meanwhile, stale: true, ..Shown::default() }
            }
        };
        if nth > 0 {
            posted.each.drain(..nth);
            posted.command = None;
        }
        let status = if shown.stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        let shown = Shown { recorded, ..shown };
        return Again { visit, number, posted: &posted, shown }.page(kind, step, status).await;
    }
    let leads_to = posted.back.or_else(|| meetings::room_opened(&edition.rulebook, &view.matter, &step.id));
    let href = leads_to.unwrap_or_else(|| matter_href(number));
    let words = visit.words().await?;
    Ok(visit.see_other(&href, Some(done_flash(&words, &recorded, &harmless))))
}

/// For whom is answered: the same for each of several, or for nobody by name.
fn answers(posted: &Posted, step: &Step) -> Vec<Option<Value>> {
    match &posted.each[..] {
        [] => vec![None],
        each => each.iter().map(|typed| office::fill::member(step, typed)).collect(),
    }
}

/// The id of the nth command of one form: the same however often the form is sent.
fn nth_after(id: CommandId, nth: usize) -> CommandId {
    CommandId::new(uuid::Uuid::from_u128(id.uuid().as_u128().wrapping_add(nth as u128)))
}

/// What the page shows beside the form.
#[derive(Default)]
struct Shown {
    wrong: Wrong,
    meanwhile: Vec<facts::Event>,
    stale: bool,
    /// What was typed before and could not be sent stands in the form.
    kept: bool,
    /// Minutes that the record wrote the beginning of stand in the form.
    drafted: bool,
    /// Those whom the items of a meeting concern are chosen in the form.
    distribution: Option<Distribution>,
    /// What was carried out of the same form before something was refused.
    recorded: Vec<facts::Event>,
}

/// The form shown again after it was sent.
struct Again<'a> {
    visit: &'a Visit,
    number: &'a str,
    posted: &'a Posted,
    shown: Shown,
}

impl Again<'_> {
    /// Looks at the matter anew, so that the next submission rests on what stands now.
    async fn page(self, kind: &Kind, step: &Step, status: StatusCode) -> Result<Response, Fault> {
        let view = consulted(self.visit, self.number).await?;
        let mut words = self.visit.words().await?;
        name_all(self.visit, &mut words, &view).await?;
        self.visit.name(&mut words, matters_named(&self.shown.wrong.refused)).await?;
        words.prospects.clone_from(&view.prospects);
        let candidates = candidates(self.visit, &words, &view, (kind, step)).await?;
        let ground = Ground { visit: self.visit, view: &view, words: &words, kind, step, candidates: &candidates };
        let mut response = page(&ground, self.posted, self.shown).await?;
        *response.status_mut() = status;
        Ok(response)
    }
}

async fn page(ground: &Ground<'_>, posted: &Posted, shown: Shown) -> Result<Response, Fault> {
    let Ground { visit, view, words, kind, step, .. } = ground;
    let seen = Seen { words, view };
    let prospect = seen.prospect(step.id.as_str());
    let sheet = Sheet {
        visit,
        title: seen.step_label(&step.id),
        matter: Some(&seen),
        prospect,
        step,
        kind,
        wrong: &shown.wrong,
        notices: notices(&seen, step, prospect, &shown),
        form: ground.form(posted, &shown.wrong),
    };
    visit.page(&sheet.page(words).await?)
}

fn notices(seen: &Seen<'_>, step: &Step, prospect: Option<&Prospect>, shown: &Shown) -> Vec<Notice> {
    let kept = shown.kept.then(|| kept_notice(seen.words, &seen.step_href(&step.id)));
    let since = match (shown.stale, shown.kept) {
        (true, _) => Since::Stale,
        (false, true) => Since::Kept,
        (false, false) => Since::Harmless,
    };
    let lapses = prospect.and_then(|prospect| lapses(seen.words, prospect));
    let recorded = recorded(seen.words, &shown.recorded);
    let (title, text) = (seen.words.t("minutes-drafted"), seen.words.t("minutes-drafted-text"));
    let drafted = shown.drafted.then(|| Notice::new(NoticeTone::Information, title, text));
    let distribution = shown.distribution.as_ref().map(|distribution| {
        let title = seen.words.t("minutes-go-to");
        Notice {
            items: distribution.items.clone(),
            ..Notice::new(NoticeTone::Information, title, seen.words.t("minutes-go-to-text"))
        }
    });
    kept.into_iter()
        .chain(drafted)
        .chain(distribution)
        .chain(recorded)
        .chain(lapses)
        .chain(meanwhile(seen.words, &shown.meanwhile, since))
        .collect()
}

/// The page of a step of a matter.
fn href(matter: &Matter, step: &Step) -> String {
    format!("{}/{}", matter_href(matter.number.as_str()), path_segment(step.id.as_str()))
}

fn kind_and_step<'r>(
    rulebook: &'r rules::rulebook::Rulebook,
    matter: &Matter,
    step: &str,
) -> Result<(&'r Kind, &'r Step), Fault> {
    let kind = rulebook.kind(matter.kind.as_str()).ok_or(Fault::NotThere)?;
    let step = kind.step(step).filter(|step| !step.start).ok_or(Fault::NotThere)?;
    Ok((kind, step))
}

async fn candidates(
    visit: &Visit,
    words: &Words,
    view: &MatterView,
    (kind, step): (&Kind, &Step),
) -> Result<Candidates, Fault> {
    let kinds = kinds_named(kind, step);
    let mut candidates = match kinds.is_empty() {
        true => Candidates::default(),
        false => Candidates::load(&visit.office, &visit.reader().await?, &kinds).await?,
    };
    candidates.name(words);
    let carrying = kind.fields.iter().filter(|field| step.takes.iter().any(|takes| takes.on == field.id));
    for field in carrying.filter(|field| step.asks_for(&field.id)) {
        let Type::Set(of) = &field.kind_of_value else { continue };
        let Type::Matter(named) = &**of else { continue };
        let named: Vec<MatterId> = candidates.of(named).collect();
        let kept_back = visit.office.kept_back(view, (&visit.person, &step.id), &field.id, &named).await?;
        candidates.keep_back(kept_back.into_iter().map(|(id, refusals)| (id, words.in_short(&refusals, id))));
    }
    time(visit, words, &mut candidates, (kind, step)).await?;
    Ok(candidates)
}

/// Takes in for how many minutes those are meant that can be put on an agenda.
async fn time(
    visit: &Visit,
    words: &Words,
    candidates: &mut Candidates,
    (kind, step): (&Kind, &Step),
) -> Result<(), Fault> {
    let fields = meetings::fields_of(words.rulebook(), &kind.id).filter(|fields| step.asks_for(fields.agenda));
    let Some(meetings::Fields { agenda, time: Some(time), .. }) = fields else { return Ok(()) };
    let named = kind.fields.iter().find(|field| field.id == *agenda).map(|field| field.kind_of_value.one());
    let Some(Type::Matter(named)) = named else { return Ok(()) };
    let ids: Vec<MatterId> = candidates.of(named).collect();
    let (_, topics) = visit.office.matters_for(&ids, &visit.person).await?;
    candidates.time(topics.values().map(|topic| (topic.id, meetings::minutes_of(topic, Some(time)))));
    Ok(())
}

/// The refusals that stand whatever is filled in.
fn already_known(view: &MatterView, step: &Step) -> Refused {
    let prospect = view.prospects.iter().find(|prospect| prospect.step == step.id);
    let ahead = prospect.filter(|prospect| prospect.state != State::Done || !step.repeat);
    Refused { refusals: ahead.map_or(vec![], |prospect| prospect.refusals.clone()) }
}

/// Optional fields that still hold what the matter holds were not changed by anybody.
fn changed_only(
    kind: &Kind,
    matter: &Matter,
    step: &Step,
    posted: &Posted,
    input: BTreeMap<FieldId, Value>,
) -> BTreeMap<FieldId, Value> {
    let outcome = posted.outcome.as_ref().and_then(|outcome| step.outcome(outcome.as_str()));
    let asked =
        |field: &FieldId| step.asks.contains(field) || outcome.is_some_and(|outcome| outcome.asks.contains(field));
    // Of several who are asked, each says the same anew.
    let held = |field: &FieldId| matter.fields.get(field).filter(|_| step.by_each.is_none());
    let unchanged = |field: &FieldId, value: &Value| match held(field) {
        Some(held) => held == value,
        None => value.is_empty(),
    };
    // What another outcome would ask for was left blank, and takes nothing back.
    let offered = |field: &FieldId| {
        let of_outcome = outcome.is_some_and(|outcome| outcome.may_ask.contains(field));
        asked(field) || step.may_ask.contains(field) || of_outcome
    };
    let blank = |value: &Value| matches!(value, Value::Set(members) if members.is_empty());
    // A field that did not show what is held was left blank, and takes nothing back either.
    let shown = |field: &FieldId| asked(field) || shows_what_is_held(kind, step, field);
    let meant =
        |field: &FieldId, value: &Value| (!blank(value) || offered(field)) && (!value.is_empty() || shown(field));
    let said = input.into_iter().filter(|(field, value)| meant(field, value));
    said.filter(|(field, value)| asked(field) || !unchanged(field, value)).collect()
}

/// Whether the answer is that of a matter that is not there.
fn hides(refused: &Refused) -> bool {
    matches!(&refused.refusals[..], [only] if matches!(only.why, Why::UnknownMatter))
}
