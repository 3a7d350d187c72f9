//! Meetings: the agenda with what became of each item, who attends in which capacity, the minutes, and
//! the versions of the agenda side by side.
//!
//! Which kinds are meetings, and which of their fields hold what, is said by an area of the rulebook.
//! Invariant: a topic that the reader may not read is counted, and nothing of it is shown.

mod attendance;
mod bundle;
pub mod days;
mod distribution;
mod drafted;
mod items;
mod list;
pub mod month;
mod room;
mod versions;

pub use distribution::{Distribution, distribution};
pub use drafted::drafted;
pub use items::minutes_of;
pub use list::{cells, columns};
pub use room::{RoomView, room};

use crate::components::agenda::Agenda;
use crate::components::clock::{LinkPanel, PanelEntry};
use crate::components::compare::Compare;
use crate::components::{Lang, Link};
use crate::fault::Fault;
use crate::pages::matters::papers::{self, Wanted};
use crate::pages::matters::{Part, facts::excerpt, seen::Seen};
use crate::pages::visit::Visit;
use crate::wording::matter_href;
use askama::Template;
use facts::{FieldId, Matter, StepId, Value};
use rules::rulebook::{Rulebook, View};

/// Characters of the minutes that the meeting shows.
const EXCERPT_MAX: usize = 600;

/// A meeting as its page shows it.
#[derive(Template)]
#[template(path = "pages/meetings/meeting.html")]
pub struct MeetingView {
    lang: Lang,
    /// Shown with everything, or only the versions of its agenda.
    whole: bool,
    day: String,
    agenda: Option<Agenda>,
    empty: String,
    attendance: Vec<attendance::Group>,
    minutes: Vec<String>,
    minutes_link: Option<Link>,
    about: LinkPanel,
    versions: Vec<versions::VersionLink>,
    compared: Option<Compare>,
    /// Only the papers of its items are asked for.
    papers_only: bool,
    bundle: Vec<bundle::ItemPapers>,
}

impl askama::filters::HtmlSafe for MeetingView {}

/// The fields that the area names.
pub struct Fields<'r> {
    pub day: &'r FieldId,
    /// The step by which it is held.
    pub held: &'r StepId,
    pub agenda: &'r FieldId,
    pub attendance: &'r [FieldId],
    pub minutes: &'r FieldId,
    /// Of a topic: for how many minutes it is meant.
    pub time: Option<&'r FieldId>,
    /// The bodies to whom the minutes go.
    pub recipients: Option<&'r FieldId>,
}

impl Fields<'_> {
    /// Whether the meeting shows a field in a place of its own.
    pub fn show(&self, field: &FieldId) -> bool {
        [self.agenda, self.minutes].contains(&field) || self.attendance.contains(field)
    }
}

/// The fields of a kind that an area shows as meetings.
pub fn fields_of<'r>(rulebook: &'r Rulebook, kind: &facts::KindId) -> Option<Fields<'r>> {
    let areas = rulebook.areas.iter().filter(|area| area.kinds.contains(kind));
    areas.into_iter().find_map(|area| match &area.view {
        View::Meeting { day, held, agenda, attendance, minutes, time, recipients } => {
            let (time, recipients) = (time.as_ref(), recipients.as_ref());
            Some(Fields { day, held, agenda, attendance, minutes, time, recipients })
        }
        _ => None,
    })
}

/// Whether a matter is a meeting that has opened and whose minutes are not written yet.
pub fn in_session(seen: &Seen<'_>) -> bool {
    let (rulebook, matter) = (&seen.words.edition.rulebook, &seen.view.matter);
    let fields = fields_of(rulebook, &matter.kind).filter(|_| matter.closed.is_none());
    fields.is_some_and(|fields| {
        let agenda = matter.fields.get(fields.agenda);
        let written = matter.fields.get(fields.minutes).is_some_and(|minutes| !minutes.is_empty());
        !written && matter.done(fields.held.as_str()).is_some() && agenda.is_some_and(|agenda| !agenda.is_empty())
    })
}

/// Where somebody is led who opens a meeting: to its first item.
pub fn room_opened(rulebook: &Rulebook, matter: &Matter, step: &StepId) -> Option<String> {
    let fields = fields_of(rulebook, &matter.kind).filter(|fields| fields.held == step)?;
    let agenda = matter.fields.get(fields.agenda).filter(|agenda| !agenda.is_empty());
    agenda.map(|_| room::href(matter.number.as_str(), None))
}

/// The meeting that a matter is; `None` where it is none.
pub async fn of_matter(
    visit: &Visit,
    seen: &Seen<'_>,
    part: Part,
    wanted: &Wanted,
) -> Result<Option<MeetingView>, Fault> {
    let edition = seen.words.edition.clone();
    let Some(fields) = fields_of(&edition.rulebook, &seen.view.matter.kind) else { return Ok(None) };
    let has_agenda = seen.kind().is_some_and(|kind| kind.field(fields.agenda.as_str()).is_some());
    if has_agenda && part == Part::Papers {
        let bundle = bundle::items(visit, seen, fields.agenda).await?;
        return Ok(Some(MeetingView { papers_only: true, bundle, ..MeetingView::blank(seen) }));
    }
    if !has_agenda || !matches!(part, Part::Now | Part::Agenda) {
        // Whether it is a meeting still decides which tabs there are.
        return Ok(has_agenda.then(|| MeetingView::blank(seen)));
    }
    let matter = &seen.view.matter;
    let day = matter.fields.get(fields.day).and_then(Value::date);
    let whole = part == Part::Now;
    let mut view = MeetingView { whole, ..MeetingView::blank(seen) };
    if part == Part::Agenda {
        let (links, compared) = versions::versions(visit, seen, fields.agenda, wanted).await?;
        return Ok(Some(MeetingView { versions: links, compared, ..view }));
    }
    let on = match day {
        Some(day) => visit.office.organisation(day).await?.1,
        None => seen.words.organisation.clone(),
    };
    view.day = day.map_or(String::new(), |day| seen.words.day(day));
    view.attendance = attendance::groups(seen, fields.attendance, &on);
    view.agenda = items::agenda(visit, seen, (fields.agenda, fields.time)).await?;
    view.minutes_link = minutes_link(seen, fields.minutes);
    view.minutes = minutes(seen, fields.minutes);
    view.about = about(seen);
    Ok(Some(view))
}

impl MeetingView {
    fn blank(seen: &Seen<'_>) -> MeetingView {
        MeetingView {
            lang: seen.words.lang,
            whole: true,
            day: String::new(),
            agenda: None,
            empty: seen.words.t("meeting-no-agenda"),
            attendance: vec![],
            minutes: vec![],
            minutes_link: None,
            about: LinkPanel::default(),
            versions: vec![],
            compared: None,
            papers_only: false,
            bundle: vec![],
        }
    }
}

fn minutes(seen: &Seen<'_>, field: &FieldId) -> Vec<String> {
    let text = seen.view.matter.fields.get(field).and_then(Value::text).unwrap_or_default();
    let text = excerpt(text, EXCERPT_MAX);
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn minutes_link(seen: &Seen<'_>, field: &FieldId) -> Option<Link> {
    let last = papers::versions(seen, field).last().map(|event| event.seq)?;
    Some(Link::new(seen.words.t("meeting-read-minutes"), papers::href(seen, field, None, Some(last))))
}

/// Matters that name this meeting and do not stand on its agenda: absences, invitations, tasks.
fn about(seen: &Seen<'_>) -> LinkPanel {
    let named = seen.view.matter.links();
    let rows = seen.view.links.iter().filter(|row| !named.contains(&row.matter));
    let entries = rows.map(|row| {
        let note = seen
            .words
            .say("meeting-about-note", &[("kind", &seen.words.kind(&row.kind)), ("number", &row.number.as_str())]);
        PanelEntry::new(Link::new(seen.words.pick(&row.title), matter_href(row.number.as_str())), note)
    });
    LinkPanel { title: seen.words.t("meeting-about"), entries: entries.collect() }
}
