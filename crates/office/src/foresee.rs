//! What would be otherwise: the open matters under other rules, another calendar, other holders of posts or
//! other days, held against the office as it is.
//!
//! Writes nothing. Invariant: both sides are answered by the same engine; they differ only in what is assumed.

use crate::{Fault, Office};
use facts::{Calendar, Directory, FieldId, Matter, MatterId, Organisation, PersonId, Role, StepId, Value};
use jiff::{Timestamp, civil::Date};
use rules::{
    engine::{Edition, State, ahead, prospects, turns},
    refusal::Refusal,
    scene::Circumstances,
};
use std::{
    cell::RefCell,
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
    pub roles: BTreeSet<Role>,
    /// Who holds one of the roles, is not kept back by a gate, and is not away: on the day looked at, or of what is
    /// still ahead on the day on which it is due.
    pub present: BTreeSet<PersonId>,
    /// It is not yet anybody's turn.
    pub ahead: bool,
    pub due: Option<Date>,
    /// First day on which it is lawful, if that is still to come.
    pub from: Option<Date>,
}

/// One step that waits otherwise; `None` where it does not wait.
#[derive(Clone, Debug, PartialEq)]
pub struct Otherwise {
    pub step: StepId,
    /// Whose answer, in a step that each must take.
    pub each: Option<Value>,
    pub as_it_is: Option<Waiting>,
    pub as_assumed: Option<Waiting>,
    /// Of what is nobody's turn any more and is owed still: who could take it, and why they no longer can.
    pub barred: Option<(PersonId, Refusal)>,
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
    directory: Arc<Directory>,
    organisation: Arc<Organisation>,
    /// The office on later days, as far as they were asked for.
    later: RefCell<BTreeMap<Date, Arc<Organisation>>>,
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
        let side = |edition: Arc<Edition>, calendar, directory: Arc<Directory>| Side {
            organisation: Arc::new(directory.as_of(today, &edition.rulebook.standing)),
            directory,
            later: RefCell::default(),
            edition,
            calendar,
            today,
            now,
        };
        let is = side(self.edition(), self.calendar(), directory.clone());
        let would = side(
            assumed.edition.clone().unwrap_or_else(|| self.edition()),
            assumed.calendar.clone().unwrap_or_else(|| self.calendar()),
            assumed.directory.clone().unwrap_or(directory),
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
                let mut steps = differing(before, after);
                for step in &mut steps {
                    step.barred = would.barred(changed, matter.id, step);
                }
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
        // What is taken back and is not there changes nothing.
        let said = fields.iter().filter(|(field, value)| !value.is_empty() || matter.fields.contains_key(*field));
        let said: Vec<_> = said.collect();
        said.into_iter().for_each(|(field, value)| matter.say(field, value));
    }
    Some(changed)
}

fn differing(mut before: Waits, after: Waits) -> Vec<Otherwise> {
    let mut steps = vec![];
    for ((step, each), (member, assumed)) in after {
        let is = before.remove(&(step.clone(), each)).map(|(_, waiting)| waiting);
        if is.as_ref() != Some(&assumed) {
            steps.push(Otherwise { step, each: member, as_it_is: is, as_assumed: Some(assumed), barred: None });
        }
    }
    let gone = before.into_iter().map(|((step, _), (each, waiting))| Otherwise {
        step,
        each,
        as_it_is: Some(waiting),
        as_assumed: None,
        barred: None,
    });
    steps.extend(gone);
    steps
}

impl Side {
    fn waits(&self, matters: &BTreeMap<MatterId, Matter>, id: MatterId) -> Waits {
        let circumstances = self.circumstances(matters);
        let mut waits = Waits::new();
        for turn in turns(&self.edition, circumstances, id).0 {
            let key = turn.each.as_ref().map(|each| format!("{each:?}")).unwrap_or_default();
            let (_, waiting) = waits.entry((turn.step, key)).or_insert_with(|| (turn.each.clone(), Waiting::default()));
            let barred = |person: &PersonId| turn.barred.contains(person);
            waiting.present.extend(present(&self.organisation, &turn.role).filter(|person| !barred(person)));
            waiting.roles.insert(turn.role.clone());
            waiting.due = waiting.due.into_iter().chain(turn.due).min();
            waiting.from = waiting.from.into_iter().chain(turn.from).min();
        }
        for (step, due, roles) in ahead(&self.edition, circumstances, id) {
            if waits.keys().any(|(waiting, _)| *waiting == step) {
                continue;
            }
            let on = self.on(due);
            let present = roles.iter().flat_map(|role| present(&on, role)).collect();
            let roles = roles.into_iter().collect();
            let waiting = Waiting { roles, present, due: Some(due), from: None, ahead: true };
            waits.insert((step, String::new()), (None, waiting));
        }
        waits
    }

    /// Why those who could take a step no longer can, where it is neither done nor needless.
    fn barred(
        &self,
        matters: &BTreeMap<MatterId, Matter>,
        id: MatterId,
        gone: &Otherwise,
    ) -> Option<(PersonId, Refusal)> {
        let is = gone.as_it_is.as_ref().filter(|is| !is.ahead)?;
        if gone.as_assumed.as_ref().is_some_and(|would| !would.ahead) {
            return None;
        }
        let person = is.present.first()?;
        let circumstances = self.circumstances(matters);
        let owed = |state: &State| matches!(state, State::Open | State::Waits);
        let mut all = prospects(&self.edition, circumstances, id, person).into_iter();
        let prospect = all.find(|prospect| prospect.step == gone.step && owed(&prospect.state))?;
        Some((person.clone(), prospect.refusals.into_iter().next()?))
    }

    fn circumstances<'s>(&'s self, matters: &'s BTreeMap<MatterId, Matter>) -> Circumstances<'s> {
        Circumstances {
            now: self.now,
            today: self.today,
            organisation: &self.organisation,
            calendar: &self.calendar,
            matters,
        }
    }

    /// The office on a day, which is not before the one looked at.
    fn on(&self, day: Date) -> Arc<Organisation> {
        if day <= self.today {
            return self.organisation.clone();
        }
        let mut later = self.later.borrow_mut();
        let of_day = || Arc::new(self.directory.as_of(day, &self.edition.rulebook.standing));
        later.entry(day).or_insert_with(of_day).clone()
    }
}

/// Who holds a role and is not away.
fn present<'o>(organisation: &'o Organisation, role: &Role) -> impl Iterator<Item = PersonId> + use<'o> {
    let holders = organisation.holders(role).iter().map(|(person, _)| person);
    holders.filter(|person| organisation.away(person).is_empty()).cloned()
}
