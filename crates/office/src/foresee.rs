//! What would be otherwise: the open matters under other rules, another calendar, other holders of posts or
//! other days, held against the office as it is.
//!
//! Writes nothing. Invariant: both sides are answered by the same engine; they differ only in what is assumed.

use crate::{Fault, Office};
use facts::{Calendar, Directory, FieldId, Matter, MatterId, Organisation, PersonId, Role, StepId, Value};
use jiff::{Timestamp, civil::Date};
use rules::{
    engine::{Edition, deadlines, turns},
    scene::Circumstances,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Matters asked of at once.
const BATCH: u32 = 100;

/// What is assumed beside the record; what is not said is as it is.
#[derive(Clone, Default)]
pub struct Assumed {
    pub edition: Option<Arc<Edition>>,
    pub calendar: Option<Arc<Calendar>>,
    pub directory: Option<Arc<Directory>>,
    /// What fields of matters hold.
    pub fields: BTreeMap<MatterId, BTreeMap<FieldId, Value>>,
    /// The day that is looked at; today where none is said.
    pub on: Option<Date>,
}

/// A step that waits, as the desks show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Empty where the step is not yet anybody's turn, and only its day is known.
    pub roles: BTreeSet<Role>,
    /// Who holds one of the roles, is not kept back by a gate, and is not away.
    pub present: BTreeSet<PersonId>,
    pub due: Option<Date>,
    /// First day on which it is lawful, if that is still to come.
    pub from: Option<Date>,
}

/// One step that waits otherwise; `None` where it does not wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Otherwise {
    pub step: StepId,
    /// Whose answer, in a step that each must take.
    pub each: Option<Value>,
    pub as_it_is: Option<Waiting>,
    pub as_assumed: Option<Waiting>,
}

/// An open matter in which something waits otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Touched {
    pub matter: Matter,
    /// Whether the assumed rules have no such kind.
    pub without_kind: bool,
    pub steps: Vec<Otherwise>,
}

/// What there is to look at on one side.
struct Side {
    edition: Arc<Edition>,
    calendar: Arc<Calendar>,
    organisation: Arc<Organisation>,
    today: Date,
    now: Timestamp,
}

type Waits = BTreeMap<(StepId, String), (Option<Value>, Waiting)>;

impl Office {
    /// Every open matter in which something would wait otherwise, and how many open matters there are.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn foresee(&self, assumed: &Assumed) -> Result<(Vec<Touched>, usize), Fault> {
        let today = assumed.on.unwrap_or_else(|| self.today());
        let directory = self.directory().await?;
        let now = match today == self.today() {
            true => self.now(),
            // The day itself counts, not the hour.
            false => crate::zone_of(&self.edition())
                .to_timestamp(today.to_datetime(jiff::civil::time(9, 0, 0, 0)))
                .unwrap_or_else(|_| self.now()),
        };
        let side = |edition: Arc<Edition>, calendar, directory: &Directory| Side {
            organisation: Arc::new(directory.as_of(today, &edition.rulebook.standing)),
            edition,
            calendar,
            today,
            now,
        };
        let is = side(self.edition(), self.calendar(), &directory);
        let would = side(
            assumed.edition.clone().unwrap_or_else(|| self.edition()),
            assumed.calendar.clone().unwrap_or_else(|| self.calendar()),
            assumed.directory.as_deref().unwrap_or(&directory),
        );
        let (mut touched, mut looked_at, mut after) = (vec![], 0, None);
        loop {
            let page = self.store().open_matters(None, after, BATCH).await?;
            let Some(last) = page.last() else { return Ok((touched, looked_at)) };
            after = Some(last.id);
            looked_at += page.len();
            let ids: Vec<MatterId> = page.iter().map(|matter| matter.id).collect();
            let matters = self.gather(&ids).await?.matters;
            let changed = with(&matters, &assumed.fields);
            let changed = changed.as_ref().unwrap_or(&matters);
            for matter in page {
                let (before, after) = (is.waits(&matters, matter.id), would.waits(changed, matter.id));
                let without_kind = would.edition.rulebook.kind(matter.kind.as_str()).is_none();
                let steps = differing(before, after);
                if without_kind || !steps.is_empty() {
                    touched.push(Touched { matter, without_kind, steps });
                }
            }
        }
    }
}

/// The matters with other values in some fields; `None` where none of them is touched.
fn with(
    matters: &BTreeMap<MatterId, Matter>,
    fields: &BTreeMap<MatterId, BTreeMap<FieldId, Value>>,
) -> Option<BTreeMap<MatterId, Matter>> {
    if !fields.keys().any(|id| matters.contains_key(id)) {
        return None;
    }
    let mut changed = matters.clone();
    for (id, fields) in fields {
        let Some(matter) = changed.get_mut(id) else { continue };
        matter.fields.extend(fields.clone());
    }
    Some(changed)
}

fn differing(mut before: Waits, after: Waits) -> Vec<Otherwise> {
    let mut steps = vec![];
    for ((step, each), (member, assumed)) in after {
        let is = before.remove(&(step.clone(), each)).map(|(_, waiting)| waiting);
        if is.as_ref() != Some(&assumed) {
            steps.push(Otherwise { step, each: member, as_it_is: is, as_assumed: Some(assumed) });
        }
    }
    let gone = before.into_iter().map(|((step, _), (each, waiting))| Otherwise {
        step,
        each,
        as_it_is: Some(waiting),
        as_assumed: None,
    });
    steps.extend(gone);
    steps
}

impl Side {
    fn waits(&self, matters: &BTreeMap<MatterId, Matter>, id: MatterId) -> Waits {
        let circumstances = Circumstances {
            now: self.now,
            today: self.today,
            organisation: &self.organisation,
            calendar: &self.calendar,
            matters,
        };
        let mut waits = Waits::new();
        for turn in turns(&self.edition, circumstances, id).0 {
            let key = turn.each.as_ref().map(|each| format!("{each:?}")).unwrap_or_default();
            let (_, waiting) = waits.entry((turn.step, key)).or_insert_with(|| (turn.each.clone(), Waiting::default()));
            let holders = self.organisation.holders(&turn.role).iter().map(|(person, _)| person);
            let free = holders.filter(|person| !turn.barred.contains(person));
            waiting.present.extend(free.filter(|person| self.organisation.away(person).is_empty()).cloned());
            waiting.roles.insert(turn.role);
            waiting.due = waiting.due.into_iter().chain(turn.due).min();
            waiting.from = waiting.from.into_iter().chain(turn.from).min();
        }
        for (step, due) in deadlines(&self.edition, circumstances, id) {
            let waiting = Waiting { due: Some(due), ..Waiting::default() };
            waits.entry((step, String::new())).or_insert_with(|| (None, waiting));
        }
        waits
    }
}
