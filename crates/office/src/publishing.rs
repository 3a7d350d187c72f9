//! By which step something was published, and which steps wait for a day counted from it.
//!
//! Invariant: of a matter nothing is given out but steps that publish, and days that follow from a
//! publication by the rulebook.

use crate::{Fault, Gathered, Office};
use facts::{Event, FieldId, MatterId, RuleId, StepId};
use jiff::civil::Date;
use rules::{
    engine::earliest,
    progress::{Progress, Ripe},
    rulebook::{Anchor, Publishes, Step},
    scene::Scene,
};
use std::collections::{BTreeMap, btree_map::Entry};
use store::Published;

/// How a publication came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publishing {
    /// The step that published it.
    pub step: StepId,
    /// The field that is its text, if the rulebook in force still says so.
    pub text: Option<FieldId>,
    /// Rules that have it published.
    pub rules: Vec<RuleId>,
    /// Publications that follow it, at a day counted from this one.
    pub followed_by: Vec<Following>,
    /// The last publication by the same step, where that is a later one: its day and its address.
    pub anew: Option<(Date, String)>,
}

/// A step that publishes after this publication has been out for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Following {
    pub step: StepId,
    pub standing: FollowingStanding,
    /// Rules that set the time.
    pub rules: Vec<RuleId>,
}

/// Where a following publication stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowingStanding {
    /// It comes on this day at the earliest.
    NotBefore(Date),
    /// The time was cut short; it may come any day.
    AnyDay,
    Taken(Date),
    /// It does not come any more: the matter was closed on this day.
    GivenUp(Date),
}

impl Office {
    /// The steps by which these were published, by their addresses.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn published_by(&self, rows: &[Published]) -> Result<BTreeMap<String, StepId>, Fault> {
        let mut events: BTreeMap<MatterId, Vec<Event>> = BTreeMap::new();
        let mut steps = BTreeMap::new();
        for row in rows {
            if let Entry::Vacant(unread) = events.entry(row.matter) {
                unread.insert(self.store().events(row.matter).await?);
            }
            let found = events.get(&row.matter).and_then(|events| publishing(events, row));
            steps.extend(found.map(|event| (row.address.clone(), event.act.step.clone())));
        }
        Ok(steps)
    }

    /// How a publication came to be, and what follows it.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn publishing(&self, published: &Published) -> Result<Option<Publishing>, Fault> {
        let events = self.store().events(published.matter).await?;
        let Some(event) = publishing(&events, published) else { return Ok(None) };
        let gathered = self.gather(&[published.matter]).await?;
        let scene = Scene::new(gathered.circumstances());
        let rulebook = &gathered.edition.rulebook;
        let matter = gathered.matters.get(&published.matter);
        let progress = matter.and_then(|matter| Some((matter, Progress::of(rulebook, &scene, matter)?)));
        let Some((matter, progress)) = progress else { return Ok(None) };
        let step = progress.kind.step(event.act.step.as_str());
        let said = step.and_then(|step| publishes(step, event));
        let steps = progress.kind.steps.iter();
        // Of a step that was taken again, the last taking is what the day is counted from.
        let latest = matter.done(event.act.step.as_str()).is_some_and(|taken| taken.seq == event.seq);
        let followed_by =
            steps.filter(|step| latest && follows(step, &event.act.step) && progress.needed(step) == Some(true));
        Ok(Some(Publishing {
            step: event.act.step.clone(),
            text: said.map(|said| said.text.clone()),
            rules: step.and_then(|step| step.cite("publishes")).into_iter().cloned().collect(),
            followed_by: followed_by.filter_map(|step| following(&gathered, &progress, step)).collect(),
            anew: anew(&events, event, matter.number.as_str()),
        }))
    }
}

/// The event that published it.
fn publishing<'e>(events: &'e [Event], published: &Published) -> Option<&'e Event> {
    let same = |event: &&Event| event.act.publication.as_ref() == Some(&published.publication);
    let mut found = events.iter().filter(same).filter(|event| event.act.on == published.published_on);
    found.next_back()
}

/// The last publication by the step of an event, if there was one after it.
fn anew(events: &[Event], event: &Event, number: &str) -> Option<(Date, String)> {
    let of_matter = events.iter().filter(|event| event.act.publication.is_some());
    let counted = of_matter.enumerate().filter(|(_, later)| later.act.step == event.act.step && later.seq > event.seq);
    let (earlier, last) = counted.last()?;
    Some((last.act.on, store::publication_address(number, earlier as u64)))
}

fn publishes<'s>(step: &'s Step, event: &Event) -> Option<&'s Publishes> {
    let outcome = event.act.outcome.as_ref().and_then(|outcome| step.outcome(outcome.as_str()));
    step.publishes_with(outcome)
}

/// Whether a step publishes and waits for a day counted from another.
fn follows(step: &Step, other: &StepId) -> bool {
    let public = step.publishes.is_some() || step.outcomes.iter().any(|outcome| outcome.publishes.is_some());
    let anchor = step.not_before.as_ref().map(|not_before| &not_before.day.anchor);
    public && matches!(anchor, Some(Anchor::Step(after)) if after.links.is_empty() && after.step == *other)
}

fn following(gathered: &Gathered, progress: &Progress<'_>, step: &Step) -> Option<Following> {
    let matter = progress.matter;
    let lifted = step.not_before.as_ref().and_then(|not_before| not_before.unless.as_ref());
    let lifted = lifted.is_some_and(|unless| matter.done(unless.as_str()).is_some());
    let standing = match (matter.done(step.id.as_str()), matter.closed, progress.ripe_on(step)) {
        (Some(taken), ..) => FollowingStanding::Taken(taken.on),
        (None, Some(on), _) => FollowingStanding::GivenUp(on),
        (None, None, _) if lifted => {
            let first = earliest(&gathered.edition, gathered.circumstances(), matter.id, &step.id);
            let later = first.filter(|day| *day > gathered.today);
            later.map_or(FollowingStanding::AnyDay, FollowingStanding::NotBefore)
        }
        (None, None, Ok(Ripe::At(day))) => FollowingStanding::NotBefore(day),
        (None, None, _) => return None,
    };
    let rules = step.cite("not_before").into_iter().cloned().collect();
    Some(Following { step: step.id.clone(), standing, rules })
}
