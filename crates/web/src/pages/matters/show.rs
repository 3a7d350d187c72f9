//! One matter on one screen: what it is, what I can do now, its way, its papers, the positions of
//! those who were asked, its record.
//!
//! Invariant: shown only as the office's read gate gave it out.

use super::papers::{PaperView, Wanted};
use super::positions::PositionsView;
use super::seen::Seen;
use super::{actions, facts as known, history, papers, path, positions};
use crate::components::card::PageHead;
use crate::components::clock::{Clock, LinkPanel};
use crate::components::listing::Tabs;
use crate::components::refusal::WhyNot;
use crate::components::step_path::StepPath;
use crate::components::summary_list::SummaryList;
use crate::components::timeline::Timeline;
use crate::components::{Chrome, Link, NavItem};
use crate::fault::Fault;
use crate::pages::meetings::{self, MeetingView, RoomView};
use crate::pages::openings;
use crate::pages::query::{Pairs, said};
use crate::pages::visit::Visit;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use facts::Via;
use office::{Consulted, MatterView};

/// Events that the first view shows.
const LATEST: usize = 3;

/// Which part of a matter is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    Now,
    Papers,
    Positions,
    History,
    /// A meeting that has opened: its items one after the other.
    Room,
    /// The versions of a meeting's agenda.
    Agenda,
}

impl Part {
    const ALL: [Part; 6] = [Part::Now, Part::Room, Part::Papers, Part::Positions, Part::History, Part::Agenda];

    /// The word in the address; empty for the first view.
    fn word(self) -> &'static str {
        match self {
            Part::Now => "",
            Part::Papers => "papers",
            Part::Positions => "positions",
            Part::History => "history",
            Part::Room => "room",
            Part::Agenda => "agenda",
        }
    }
}

/// `GET /matters/{number}`
///
/// # Errors
/// [`Fault::NotThere`] also where the visitor may not know of it.
pub async fn get(visit: Visit, Path(number): Path<String>, Query(query): Query<Pairs>) -> Result<Response, Fault> {
    let part = Part::ALL.into_iter().find(|part| Some(part.word()) == said(&query, "show")).unwrap_or_default();
    show(&visit, &number, part, &query).await
}

#[derive(Template)]
#[template(path = "pages/matters/show.html")]
pub struct MatterPage {
    chrome: Chrome,
    head: PageHead,
    part: Part,
    tabs: Tabs,
    actions: Vec<actions::ActionView>,
    /// Steps that are the reader's and not lawful yet.
    not_yet: Vec<WhyNot>,
    /// What the matter waits for, where nothing is the reader's.
    waits: String,
    meeting: Option<MeetingView>,
    /// The room, of a meeting that has opened.
    room: Option<RoomView>,
    summary: SummaryList,
    path: StepPath,
    aside: StepPath,
    papers: Vec<PaperView>,
    positions: Vec<PositionsView>,
    history: Timeline,
    history_href: String,
    clocks: Vec<Clock>,
    calendar_gaps: Vec<String>,
    /// What can be opened that names this matter.
    openings: LinkPanel,
    thread: LinkPanel,
    readers: Vec<String>,
}

async fn show(visit: &Visit, number: &str, part: Part, query: &Pairs) -> Result<Response, Fault> {
    let seq = |name| said(query, name).and_then(|seq| seq.parse().ok());
    let wanted = &Wanted { paper: said(query, "paper").map(str::to_owned), from: seq("from"), to: seq("to") };
    let view = consulted(visit, number).await?;
    visit.office.saw(&visit.person, &view.matter).await;
    let mut words = visit.words().await?;
    name_all(visit, &mut words, &view).await?;
    let seen = Seen { words: &words, view: &view };
    let meeting = meetings::of_matter(visit, &seen, part, wanted).await?;
    let room = match part {
        Part::Room => meetings::room(visit, &seen, query).await?,
        _ => None,
    };
    let ways = path::ways(&seen);
    let whole = part == Part::History;
    let mut chrome = visit.chrome(&view.matter_title(&words)).await?;
    chrome.crumbs = crumbs(&seen);
    crate::pages::areas::mark(&mut chrome, &words, &view.matter.kind);
    let page = MatterPage {
        chrome,
        head: head(&seen),
        part,
        tabs: tabs(&seen, part, meeting.is_some()),
        actions: actions::actions(&seen, &visit.person),
        not_yet: actions::not_yet(&seen),
        waits: actions::waits(&seen),
        meeting,
        room,
        summary: known::summary(&seen),
        path: ways.path,
        aside: ways.aside,
        papers: if part == Part::Papers { papers::papers(&seen, wanted) } else { vec![] },
        positions: if part == Part::Positions { positions::positions(&seen) } else { vec![] },
        history: if whole { history::timeline(&seen) } else { history::latest(&seen, LATEST) },
        history_href: format!("{}?show=history", seen.href()),
        clocks: known::clocks(&seen),
        calendar_gaps: known::still_clocks(&seen).into_iter().chain(known::calendar_gaps(&seen)).collect(),
        openings: openings::naming(&words, &visit.office.openings(&visit.person).await?, &view.matter),
        thread: known::thread(&seen),
        readers: known::readers(&seen),
    };
    visit.page(&page)
}

/// A matter that the visitor may read.
pub async fn consulted(visit: &Visit, number: &str) -> Result<MatterView, Fault> {
    match visit.office.consult(number, &visit.person).await? {
        Consulted::Matter(view) => Ok(*view),
        Consulted::NotThere => Err(Fault::NotThere),
    }
}

/// Lets every matter be named that the page speaks of and the visitor may read: this one, those
/// linked to it, and the orders that people acted under.
pub async fn name_all(visit: &Visit, words: &mut crate::wording::Words, view: &MatterView) -> Result<(), Fault> {
    words.name_matters([&view.matter]);
    words.name_rows(&view.links);
    let acted = view.events.iter().filter_map(|event| basis(&event.act.capacity.via));
    let opener = view.matter.opened_by;
    let named_in_refusals = view
        .prospects
        .iter()
        .flat_map(|prospect| &prospect.refusals)
        .flat_map(|refusal| refusal.missing.iter().filter_map(|missing| missing.matter).chain(refusal.matter));
    let in_fields = view.matter.fields.values().flat_map(facts::Value::members).filter_map(facts::Value::matter);
    let mut ids: Vec<_> = acted.chain(opener).chain(named_in_refusals).chain(in_fields).collect();
    ids.retain(|id| !words.names.contains_key(id));
    visit.name(words, ids).await
}

fn basis(via: &Via) -> Option<facts::MatterId> {
    match via {
        Via::StandIn { basis, .. } => *basis,
        _ => None,
    }
}

trait Titled {
    fn matter_title(&self, words: &crate::wording::Words) -> String;
}

impl Titled for MatterView {
    fn matter_title(&self, words: &crate::wording::Words) -> String {
        words.pick(&office::title(&words.edition, &self.matter))
    }
}

fn head(seen: &Seen<'_>) -> PageHead {
    PageHead {
        kind: seen.words.kind(&seen.view.matter.kind),
        number: seen.view.matter.number.to_string(),
        tags: known::tags(seen),
        ..PageHead::new(seen.view.matter_title(seen.words))
    }
}

/// The way back: the area of the kind.
fn crumbs(seen: &Seen<'_>) -> Vec<Link> {
    let area = crate::pages::areas::of_kind(seen.words, &seen.view.matter.kind);
    area.map(|area| Link::new(area.name, area.href)).into_iter().collect()
}

fn tabs(seen: &Seen<'_>, part: Part, meeting: bool) -> Tabs {
    let words = seen.words;
    let tab = |of: Part, key: &str, count: usize| {
        let query = if of == Part::Now { String::new() } else { format!("?show={}", of.word()) };
        NavItem::new(words.t(key), format!("{}{query}", seen.href())).count(count).active(of == part)
    };
    let mut items = vec![tab(Part::Now, "matter-now", 0)];
    if meetings::in_session(seen) {
        items.push(tab(Part::Room, "matter-room", 0));
    }
    if meeting {
        items.push(tab(Part::Agenda, "matter-agenda", 0));
    }
    let papers = papers::count(seen);
    if papers > 0 || meeting {
        items.push(tab(Part::Papers, "matter-papers", papers));
    }
    let positions = positions::positions(seen).len();
    if positions > 0 {
        items.push(tab(Part::Positions, "matter-positions", positions));
    }
    items.push(tab(Part::History, "matter-history", seen.view.events.len()));
    Tabs { label: seen.view.matter_title(words), items }
}
