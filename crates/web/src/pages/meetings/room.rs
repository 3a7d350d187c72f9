//! The room: the item now, what was said on it, the form of what the reader does on it, and the next item.
//!
//! Knows no step by name: an item waits as long as a duty of this meeting's is open on its topic. Forms go to the
//! topic itself and lead back here. Invariant: one form a page, of a step that the reader may take now.

use super::{fields_of, in_session, items};
use crate::components::agenda::AgendaItem;
use crate::components::page::CsrfField;
use crate::components::{ArticleLink, Lang, Link, NavItem, Tag};
use crate::fault::Fault;
use crate::pages::matters::actions::{self, ActionView};
use crate::pages::matters::form::FormView;
use crate::pages::matters::positions::{self, PositionsView};
use crate::pages::matters::seen::Seen;
use crate::pages::matters::show::name_all;
use crate::pages::matters::{act, papers};
use crate::pages::query::{Pairs, said};
use crate::pages::visit::Visit;
use crate::wording::{matter_href, path_segment};
use askama::Template;
use facts::{Matter, MatterId, Value};
use office::{Consulted, MatterView};
use rules::engine::Prospect;
use rules::rulebook::Step;

/// A meeting that has opened, as its room shows it.
#[derive(Template)]
#[template(path = "pages/meetings/room.html")]
pub struct RoomView {
    lang: Lang,
    /// Another one as soon as anything was recorded on what is shown here.
    state: String,
    items: Vec<ItemLink>,
    /// What is said where no item waits any more.
    all_done: String,
    item: Option<ItemView>,
    next: Option<Link>,
    /// The steps of the meeting itself that the reader may take.
    meeting: Vec<ActionView>,
}

impl askama::filters::HtmlSafe for RoomView {}

/// One item in the list beside.
struct ItemLink {
    number: String,
    link: Link,
    now: bool,
    tags: Vec<Tag>,
}

/// The item that is looked at.
struct ItemView {
    place: String,
    title: String,
    link: Link,
    tags: Vec<Tag>,
    reporter: String,
    concerned: Vec<String>,
    papers: Vec<Link>,
    positions: Vec<PositionsView>,
    /// The reader's steps on it, the one whose form is shown marked.
    steps: Vec<NavItem>,
    form: Option<StepForm>,
    /// The page of the form, where more has to be read before.
    whole_form: Option<Link>,
    /// Whom it waits for, where the reader has nothing to do.
    waits: String,
}

struct StepForm {
    title: String,
    articles: Vec<ArticleLink>,
    capacity: String,
    csrf: CsrfField,
    form: FormView,
}

/// The room of a meeting, at the item that stands next.
pub fn href(number: &str, item: Option<usize>) -> String {
    let item = item.map_or(String::new(), |item| format!("&item={item}"));
    format!("{}?show=room{item}", matter_href(number))
}

/// The room; `None` where the meeting has not opened, or is done with.
///
/// # Errors
/// Only faults of the record.
pub async fn room(visit: &Visit, seen: &Seen<'_>, query: &Pairs) -> Result<Option<RoomView>, Fault> {
    let matter = &seen.view.matter;
    let edition = seen.words.edition.clone();
    let Some(fields) = fields_of(&edition.rulebook, &matter.kind).filter(|_| in_session(seen)) else {
        return Ok(None);
    };
    let topics: Vec<MatterId> = matter
        .fields
        .get(fields.agenda)
        .map_or(&[] as &[Value], Value::members)
        .iter()
        .filter_map(Value::matter)
        .collect();
    // Before anything else is read: what is recorded meanwhile is news then.
    let state = state(visit, matter, &topics).await?;
    let Some(agenda) = items::agenda(visit, seen, (fields.agenda, fields.time)).await? else { return Ok(None) };
    let asked = said(query, "item").and_then(|item| item.parse::<usize>().ok()).and_then(|item| item.checked_sub(1));
    let shown = asked.filter(|item| *item < agenda.items.len()).or(agenda.items.iter().position(waits));
    let item = match shown {
        Some(place) => item(visit, seen, (place, &agenda.items), topics[place], said(query, "step")).await?,
        None => None,
    };
    let number = matter.number.as_str();
    let after = shown.map_or(0, |shown| shown + 1);
    let next =
        (after..agenda.items.len()).chain(0..after).find(|place| Some(*place) != shown && waits(&agenda.items[*place]));
    let link = |place: usize| Link::new(agenda.items[place].title.clone(), href(number, Some(place + 1)));
    let list = agenda.items.iter().enumerate().map(|(place, item)| ItemLink {
        number: item.number.clone(),
        link: link(place),
        now: Some(place) == shown,
        tags: tags(item),
    });
    Ok(Some(RoomView {
        lang: seen.words.lang,
        state,
        items: list.collect(),
        all_done: match (agenda.items.iter().any(waits), agenda.items.iter().any(|item| item.href.is_empty())) {
            (true, _) => String::new(),
            (false, true) => seen.words.t("room-all-done-readable"),
            (false, false) => seen.words.t("room-all-done"),
        },
        item,
        next: next.map(link),
        meeting: actions::actions(seen, &visit.person),
    }))
}

/// How many acts there are on the meeting and on each topic that the reader may read.
async fn state(visit: &Visit, meeting: &Matter, topics: &[MatterId]) -> Result<String, Fault> {
    let (_, readable) = visit.office.matters_for(topics, &visit.person).await?;
    let versions = topics.iter().filter_map(|topic| readable.get(topic)).map(|topic| topic.version);
    let state: Vec<String> = [meeting.version].into_iter().chain(versions).map(|version| version.to_string()).collect();
    Ok(state.join("-"))
}

/// Whether a duty is open on an item.
fn waits(item: &AgendaItem) -> bool {
    !item.lacks.is_empty()
}

/// What became of an item that waits for nothing more.
fn tags(item: &AgendaItem) -> Vec<Tag> {
    if waits(item) { vec![] } else { item.tags.clone() }
}

async fn item(
    visit: &Visit,
    meeting: &Seen<'_>,
    (place, items): (usize, &[AgendaItem]),
    topic: MatterId,
    step: Option<&str>,
) -> Result<Option<ItemView>, Fault> {
    let words = meeting.words;
    let item = &items[place];
    let place_of = words.say("room-place", &[("number", &item.number), ("count", &items.len())]);
    let Some(view) = topic_of(visit, topic).await? else {
        // What the reader may not read is counted, and nothing of it is shown.
        return Ok(None);
    };
    let mut words = visit.words().await?;
    name_all(visit, &mut words, &view).await?;
    let seen = Seen { words: &words, view: &view };
    let here = href(meeting.view.matter.number.as_str(), Some(place + 1));
    let mut mine: Vec<&Prospect> = view.prospects.iter().filter(|prospect| prospect.may()).collect();
    mine.sort_by_key(|prospect| !prospect.awaits());
    let asked = mine.iter().find(|prospect| Some(prospect.step.as_str()) == step);
    let shown = asked.or(mine.first().filter(|first| first.awaits())).copied();
    let whole_form = shown.filter(|prospect| needs_its_page(&seen, prospect));
    let form = match shown.filter(|_| whole_form.is_none()) {
        Some(prospect) => Some(StepForm {
            articles: seen.words.article_links(&prospect.by),
            title: seen.step_label(&prospect.step),
            capacity: capacity(&seen, prospect, visit),
            csrf: visit.chrome("").await?.csrf_field(),
            form: act::first_form(&seen, visit, prospect.step.as_str(), here.clone()).await?,
        }),
        None => None,
    };
    let whole_form =
        whole_form.map(|prospect| Link::new(seen.step_label(&prospect.step), seen.step_href(&prospect.step)));
    let step_link = |prospect: &&Prospect| {
        let href = format!("{here}&step={}", path_segment(prospect.step.as_str()));
        let active = shown.is_some_and(|shown| shown.step == prospect.step);
        NavItem::new(seen.step_label(&prospect.step), href).active(active)
    };
    Ok(Some(ItemView {
        place: place_of,
        title: item.title.clone(),
        link: Link::new(words.t("room-topic"), item.href.clone()),
        tags: tags(item),
        reporter: item.reporter.clone(),
        concerned: item.concerned.clone(),
        papers: papers::links(&seen),
        positions: positions::positions(&seen),
        steps: mine.iter().map(step_link).collect(),
        waits: if form.is_none() && whole_form.is_none() { actions::waits(&seen) } else { String::new() },
        form,
        whole_form,
    }))
}

/// Whether a text that the step judges or makes public, or whose standing in would lapse with it, has to be read before: its own page
/// shows both.
fn needs_its_page(seen: &Seen<'_>, prospect: &Prospect) -> bool {
    let publishes = |step: &Step| step.publishes.is_some() || step.outcomes.iter().any(|one| one.publishes.is_some());
    let judges = seen.step(&prospect.step).is_some_and(|step| !step.binds.is_empty() || publishes(step));
    judges || !prospect.lapses.is_empty()
}

fn capacity(seen: &Seen<'_>, prospect: &Prospect, visit: &Visit) -> String {
    let capacity = actions::capacity(seen.words, &prospect.roles, &visit.person);
    if capacity.is_empty() { capacity } else { seen.words.say("form-capacity", &[("capacity", &capacity)]) }
}

async fn topic_of(visit: &Visit, topic: MatterId) -> Result<Option<MatterView>, Fault> {
    let (_, readable) = visit.office.matters_for(&[topic], &visit.person).await?;
    let Some(topic) = readable.get(&topic) else { return Ok(None) };
    Ok(match visit.office.consult(topic.number.as_str(), &visit.person).await? {
        Consulted::Matter(view) => Some(*view),
        Consulted::NotThere => None,
    })
}
