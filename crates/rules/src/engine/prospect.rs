//! What lies ahead of a matter: may I, why not, what next; and whose turn it is.

use super::{
    Edition,
    effects::{self, Lapse},
    gates::Desk,
    take::{goes_with, not_yours},
};
use crate::{
    authority::{self, Asker},
    due::{Due, Standing},
    progress::{Progress, Ripe},
    refusal::{Refusal, Refused, Why},
    rulebook::{Each, Field, Step, Type},
    scene::{Circumstances, Scene},
};
use facts::{Digest, FieldId, KindId, Matter, MatterId, MatterNumber, PersonId, Role, RuleId, StepId, Value};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Done,
    NotNeeded,
    /// Every gate is open: whoever's step it is may take it.
    Open,
    /// Something must come first.
    Waits,
    /// The matter is closed.
    Over,
}

/// One step of a matter as it stands for one person.
#[derive(Clone, Debug)]
pub struct Prospect {
    pub step: StepId,
    pub state: State,
    /// Whether the step is the person's.
    pub mine: bool,
    /// The rules by which it is; empty where it is not.
    pub by: Vec<RuleId>,
    /// Roles whose step it is.
    pub roles: Vec<Role>,
    /// Why the person may not take it now; empty where they may.
    pub refusals: Vec<Refusal>,
    pub due: Option<Due>,
    /// The day since which its clock stands still.
    pub still_since: Option<Date>,
    /// The calendar has no data for the year that the due date falls in.
    pub no_calendar: Option<i16>,
    pub late: bool,
    /// It was taken and stood, and what it judged was changed or it was undone.
    pub void: bool,
    /// Members who have not answered, in a step that each must take.
    pub open_answers: Vec<Value>,
    /// Members for whom the person may answer now.
    pub my_answers: Vec<Value>,
    /// Members whose answer somebody entered for them, and for whom the person may answer anew.
    pub my_corrections: Vec<Value>,
    /// Nobody's duty: may be taken, or left.
    pub optional: bool,
    /// May be taken again although it stands.
    pub again: bool,
    /// Gates that would refuse it if they bound this matter; they are no reason not to take it.
    pub remarks: Vec<RuleId>,
    /// It is the act of somebody without an account, named in this field, and is entered when it comes.
    pub party: Option<FieldId>,
    /// Whose standing in would not count for some days, because this step says that they are away then.
    pub lapses: Vec<Lapse>,
}

impl Prospect {
    /// Whether the person may take the step now.
    pub fn may(&self) -> bool {
        self.mine && self.refusals.is_empty()
    }

    /// Whether the step waits for the person: not what may be left, nor what stands and may be said anew.
    pub fn awaits(&self) -> bool {
        let answered = !self.my_corrections.is_empty() && self.my_answers.is_empty();
        self.may() && !self.optional && !answered && matches!(self.state, State::Open | State::Waits)
    }
}

/// Every step of a matter, in the order of the rulebook, as it stands for a person.
pub fn prospects(
    edition: &Edition,
    circumstances: Circumstances<'_>,
    id: MatterId,
    person: &PersonId,
) -> Vec<Prospect> {
    let scene = Scene::new(circumstances);
    let Some(matter) = scene.matter(id) else { return vec![] };
    let Some(desk) = Desk::new(&edition.rulebook, &edition.authority, &scene, matter) else { return vec![] };
    let kind = desk.progress.kind;
    kind.steps.iter().filter(|step| !step.start).map(|step| prospect(&desk, step, person)).collect()
}

fn prospect(desk: &Desk<'_>, step: &Step, person: &PersonId) -> Prospect {
    let progress = desk.progress;
    let state = state(desk, step);
    let asker = Asker::Person(person);
    let who = desk.bench.who(asker, step.id.as_str());
    let mine = who.allowed;
    let mut refusals = vec![];
    match state {
        State::Open | State::Waits => {
            if !mine {
                refusals.push(not_yours(desk, step));
            }
            if step.carried {
                refusals.push(goes_with(desk, step));
            }
            refusals.extend(desk.refusals(asker, step, None));
        }
        State::Done if progress.matter.closed.is_some() => {
            refusals.extend(progress.matter.closed.map(|on| desk.blank(step, Why::Closed { on }, vec![])));
        }
        State::Done if step.carried => refusals.push(goes_with(desk, step)),
        State::Done if step.repeat => refusals.extend(desk.refusals(asker, step, None)),
        State::Done if may_correct(&progress, step, person) => refusals.extend(desk.refusals(asker, step, None)),
        State::Done => {
            if let Some(taken) = progress.matter.done(step.id.as_str()) {
                let past = Why::Past { on: taken.on, by: taken.person.clone() };
                refusals.push(desk.blank(step, past, vec![]));
            }
        }
        State::NotNeeded => refusals.push(desk.blank(step, Why::NotNeeded, vec![])),
        State::Over => {
            refusals.extend(progress.matter.closed.map(|on| desk.blank(step, Why::Closed { on }, vec![])));
        }
    }
    let open = matches!(state, State::Open | State::Waits);
    let (due, still_since, no_calendar) = match progress.standing(step) {
        Ok(Standing::Runs(due)) => (Some(due), None, None),
        Ok(Standing::StandsStill { since }) => (None, Some(since), None),
        Ok(Standing::NotRunning) => (None, None, None),
        Err(no_data) => (None, None, Some(no_data.year)),
    };
    // A step that is late or not cannot be judged in a year that has begun without a calendar.
    if let Some(year) = no_calendar.filter(|year| open && *year <= progress.scene.today.year()) {
        refusals.push(desk.blank(step, Why::NoCalendar { year }, vec![]));
    }
    let open_answers = step.by_each.as_ref().map_or(vec![], |each| progress.open_answers(step, each));
    let of_mine = |each, members: &[Value]| mine_of(&progress, step, each, members, person);
    let my_answers = step.by_each.as_ref().map_or(vec![], |each| of_mine(each, &open_answers));
    let my_corrections = step.by_each.as_ref().filter(|_| progress.matter.closed.is_none());
    let my_corrections = my_corrections.map_or(vec![], |each| of_mine(each, &progress.correctable(step, each)));
    let answers = !my_answers.is_empty() || !my_corrections.is_empty();
    if mine && matches!(state, State::Open) && step.by_each.is_some() && !answers && refusals.is_empty() {
        refusals.push(not_yours(desk, step));
    }
    let corrects = !my_corrections.is_empty();
    let last = progress.matter.taken.iter().rfind(|taken| taken.step == step.id);
    Prospect {
        step: step.id.clone(),
        state,
        mine,
        by: if mine { who.rules } else { vec![] },
        roles: authority::roles_of_step(&desk.bench, &progress, step),
        refusals: Refused::of(refusals).refusals,
        late: open && due.as_ref().is_some_and(|due| due.is_past(progress.scene.today, progress.scene.now)),
        due,
        still_since,
        no_calendar,
        void: last.is_some_and(|taken| taken.void.is_some()),
        open_answers,
        my_answers,
        my_corrections,
        optional: step.optional,
        again: (step.repeat || corrects) && !step.carried && state == State::Done,
        remarks: desk.remarks(asker, step),
        party: step.party.clone(),
        lapses: if open { effects::lapses(&progress, step) } else { vec![] },
    }
}

/// Whether the person may answer anew for a member whose answer was entered.
fn may_correct(progress: &Progress<'_>, step: &Step, person: &PersonId) -> bool {
    let each = step.by_each.as_ref().filter(|_| progress.matter.closed.is_none());
    each.is_some_and(|each| !mine_of(progress, step, each, &progress.correctable(step, each), person).is_empty())
}

fn mine_of(progress: &Progress<'_>, step: &Step, each: &Each, open: &[Value], person: &PersonId) -> Vec<Value> {
    let roles = progress.scene.organisation.roles(person);
    let holds = |role: &Role| roles.iter().any(|(held, _)| held == role);
    let records = step.recorded_by.iter().flat_map(|who| progress.roles_of(who)).any(|role| holds(&role));
    let may = |member: &&Value| records || Progress::role_of(each, member).is_some_and(|role| holds(&role));
    open.iter().filter(may).cloned().collect()
}

fn state(desk: &Desk<'_>, step: &Step) -> State {
    let progress = desk.progress;
    if progress.matter.closed.is_some() {
        return if progress.matter.done(step.id.as_str()).is_some() { State::Done } else { State::Over };
    }
    if progress.needed(step) == Some(false) {
        return State::NotNeeded;
    }
    let gates_open = || !too_early(&progress, step) && desk.waits_for(step).is_empty();
    let answered = step.by_each.as_ref().is_some_and(|each| progress.members(each).is_empty());
    match progress.done(step) {
        true if answered && !step.repeat => State::NotNeeded,
        true => State::Done,
        false if gates_open() => State::Open,
        false => State::Waits,
    }
}

/// Whether a step of the same matter must come first: what the table says of it is seen without asking
/// the policy that it was compiled to.
fn too_early(progress: &Progress<'_>, step: &Step) -> bool {
    step.after.iter().any(|after| after.links.is_empty() && !progress.stands(after))
}

/// The first day on which a step can be taken as things stand; `None` where nobody can tell.
pub fn earliest(edition: &Edition, circumstances: Circumstances<'_>, id: MatterId, step: &StepId) -> Option<Date> {
    let scene = Scene::new(circumstances);
    let desk = Desk::new(&edition.rulebook, &edition.authority, &scene, scene.matter(id)?)?;
    desk.earliest(desk.progress, desk.progress.kind.step(step.as_str())?)
}

/// Whose turn it is: one row a role and step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub step: StepId,
    pub role: Role,
    /// Whose answer, in a step that each must take.
    pub each: Option<Value>,
    pub due: Option<Date>,
    /// First day on which it is lawful, if that is still to come.
    pub from: Option<Date>,
    pub rule: Option<facts::RuleId>,
    /// Who holds the role and may not take this step, by a gate that looks at the person.
    pub barred: Vec<PersonId>,
}

/// Every duty that is open on a matter: steps that are nobody's duty, go with another or are awaited from outside
/// are left out, but for those that a gate over a duty asks for. Also who may read it, whoever has acted on it
/// included.
pub fn turns(edition: &Edition, circumstances: Circumstances<'_>, id: MatterId) -> (Vec<Turn>, Vec<Role>) {
    let scene = Scene::new(circumstances);
    let Some(matter) = scene.matter(id) else { return (vec![], vec![]) };
    let Some(desk) = Desk::new(&edition.rulebook, &edition.authority, &scene, matter) else {
        return (vec![], vec![]);
    };
    let mut readers = authority::readers(&desk.bench, &desk.progress);
    readers.extend(authority::acted(&desk.progress).cloned().map(Role::Person));
    let mut turns = vec![];
    let mut demanded: Vec<&Step> = vec![];
    for step in desk.progress.kind.steps.iter().filter(|step| is_duty(step)) {
        let waits = turns_of(&desk, step, &mut turns);
        demanded.extend(demanded_by(&desk, step, &waits));
    }
    demanded.sort_by_key(|step| &step.id);
    demanded.dedup_by_key(|step| &step.id);
    for step in demanded {
        turns_of(&desk, step, &mut turns);
    }
    (turns, readers)
}

/// The days on which steps still to come of a matter are due, as far as they are known.
pub fn deadlines(edition: &Edition, circumstances: Circumstances<'_>, id: MatterId) -> Vec<(StepId, Date)> {
    let scene = Scene::new(circumstances);
    let progress = scene.matter(id).and_then(|matter| Progress::of(&edition.rulebook, &scene, matter));
    progress.iter().flat_map(|progress| due_ahead(progress)).map(|(step, day)| (step.id.clone(), day)).collect()
}

fn due_ahead<'s>(progress: &Progress<'s>) -> Vec<(&'s Step, Date)> {
    let open = progress.kind.steps.iter().filter(|step| progress.matter.closed.is_none() && is_duty(step));
    let ahead = open.filter(|step| !progress.done(step));
    ahead.filter_map(|step| Some((step, progress.due(step).ok()??.date))).collect()
}

/// The same with whose each of these steps is.
pub fn ahead(edition: &Edition, circumstances: Circumstances<'_>, id: MatterId) -> Vec<(StepId, Date, Vec<Role>)> {
    let scene = Scene::new(circumstances);
    let desk = scene.matter(id).and_then(|matter| Desk::new(&edition.rulebook, &edition.authority, &scene, matter));
    let Some(desk) = desk else { return vec![] };
    let whose = |step: &Step| authority::roles_of_step(&desk.bench, &desk.progress, step);
    due_ahead(&desk.progress).into_iter().map(|(step, day)| (step.id.clone(), day, whose(step))).collect()
}

fn is_duty(step: &Step) -> bool {
    !step.optional && !step.start && !step.carried && step.party.is_none()
}

/// The steps that may be left, and for which gates over a duty wait as things stand.
fn demanded_by<'s>(desk: &Desk<'s>, duty: &Step, waits: &[RuleId]) -> Vec<&'s Step> {
    let Progress { kind, .. } = desk.progress;
    let gates = desk.authority.policies(kind.id.as_str(), duty.id.as_str()).iter();
    let gates = gates.filter(|gate| !gate.permits && waits.contains(&gate.rule));
    let read = gates.flat_map(|gate| &gate.reads).filter_map(|read| match &read[..] {
        [record, step] if record == "done" => kind.step(step),
        _ => None,
    });
    let may_be_left = |step: &&Step| step.optional && !step.start && !step.carried && step.party.is_none();
    read.filter(may_be_left).collect()
}

/// Adds the turns of a step; where it waits for more than a day, there are none, and the rules are told for which it
/// waits.
fn turns_of(desk: &Desk<'_>, step: &Step, turns: &mut Vec<Turn>) -> Vec<RuleId> {
    let progress = desk.progress;
    if progress.matter.closed.is_some() || progress.done(step) || too_early(&progress, step) {
        return vec![];
    }
    let to_all = desk.waits_for(step);
    let mut waits = to_all.clone();
    // A step that waits only for a day is a turn from that day on.
    let mut from = match progress.ripe_on(step) {
        Ok(Ripe::At(day)) if day > progress.scene.today => Some(day),
        _ => None,
    };
    if from.is_some() {
        waits.retain(|rule| Some(rule) != step.cite("not_before"));
    }
    waits.retain(|rule| {
        let day = desk.passes_on(Asker::Nobody, step, rule);
        from = from.max(day);
        day.is_none()
    });
    if !waits.is_empty() {
        return waits;
    }
    let due = progress.due(step).ok().flatten().map(|due| due.date);
    let by_table = step.cite("by").or(step.cite("by_each")).cloned();
    let turn = |role, each, rule| {
        let barred = barred(desk, step, &role, &to_all);
        Turn { step: step.id.clone(), role, each, due, from, rule, barred }
    };
    match &step.by_each {
        Some(each) => {
            for member in progress.open_answers(step, each) {
                if let Some(role) = Progress::role_of(each, &member) {
                    turns.push(turn(role, Some(member.clone()), by_table.clone()));
                }
            }
            let recorders = step.recorded_by.iter().flat_map(|who| progress.roles_of(who));
            turns.extend(recorders.map(|role| turn(role, None, by_table.clone())));
        }
        None => {
            let of_table = progress.roles(step);
            let roles = authority::roles_of_step(&desk.bench, &progress, step);
            turns.extend(roles.into_iter().map(|role| {
                // Where the table does not name the role, a written permit does.
                let written = || desk.bench.who(Asker::Role(&role), step.id.as_str()).rules.into_iter().next();
                let rule = if of_table.contains(&role) { by_table.clone() } else { written() };
                turn(role, None, rule)
            }));
        }
    }
    vec![]
}

/// Of those who hold the role, who is named in the matter or has acted on it, and may not take the step while
/// anybody else in the role may.
fn barred(desk: &Desk<'_>, step: &Step, role: &Role, to_all: &[RuleId]) -> Vec<PersonId> {
    let Progress { scene, matter, .. } = desk.progress;
    if matches!(role, Role::Person(_)) || !desk.bench.gates_look_at_asker(step.id.as_str()) {
        return vec![];
    }
    let holders = scene.organisation.holders(role).iter().map(|(person, _)| person);
    let named = |person: &PersonId| {
        matter.taken.iter().any(|taken| taken.person == *person)
            || matter.fields.values().flat_map(Value::members).any(|value| *value == Value::Person(person.clone()))
    };
    let barred = holders.filter(|person| named(person) && desk.bars(person, step, to_all));
    let mut barred: Vec<PersonId> = barred.cloned().collect();
    barred.sort();
    barred.dedup();
    barred
}

/// The steps by which a person may open matters, without regard to what they would fill in.
pub fn starts(edition: &Edition, circumstances: Circumstances<'_>, person: &PersonId) -> Vec<(KindId, StepId)> {
    let organisation = circumstances.organisation;
    let mut starts = vec![];
    for kind in &edition.rulebook.kinds {
        let matter = unopened(&kind.id, circumstances.today, presumed(kind, organisation, person));
        let scene = Scene::new(circumstances);
        let bench = edition.authority.bench(&edition.rulebook, &scene, &matter);
        let mine = |step: &&Step| bench.who(Asker::Person(person), step.id.as_str()).allowed;
        starts.extend(kind.starts().filter(mine).map(|step| (kind.id.clone(), step.id.clone())));
    }
    starts
}

/// Of the fields that name only some: whom each can name now, of a matter that is there or of one that is
/// still to be opened. A field that follows from others not yet filled in is left out.
pub fn nameable(
    edition: &Edition,
    circumstances: Circumstances<'_>,
    kind: &KindId,
    id: Option<MatterId>,
) -> BTreeMap<FieldId, BTreeSet<Value>> {
    let scene = Scene::new(circumstances);
    let unopened = unopened(kind, circumstances.today, BTreeMap::new());
    let matter = id.and_then(|id| scene.matter(id)).unwrap_or(&unopened);
    let Some(progress) = Progress::of(&edition.rulebook, &scene, matter) else { return BTreeMap::new() };
    let people = circumstances.organisation.people.keys().cloned().map(Value::Person);
    let bodies = circumstances.organisation.bodies.keys().cloned().map(Value::Body);
    let everybody: Vec<Value> = people.chain(bodies).collect();
    let of_field = |field: &Field| {
        let among = field.among.as_ref()?;
        let fits = |value: &&Value| {
            matches!(
                (field.kind_of_value.one(), value),
                (Type::Person, Value::Person(_)) | (Type::Body, Value::Body(_))
            ) && progress.can_name(among, value)
        };
        let named: BTreeSet<Value> = everybody.iter().filter(fits).cloned().collect();
        (!named.is_empty()).then(|| (field.id.clone(), named))
    };
    progress.kind.fields.iter().filter_map(of_field).collect()
}

/// A matter that nobody has opened yet.
fn unopened(kind: &KindId, today: Date, fields: BTreeMap<FieldId, Value>) -> Matter {
    Matter {
        id: MatterId::opened_by(facts::CommandId::new(uuid::Uuid::nil()), 0),
        kind: kind.clone(),
        number: MatterNumber::new("…"),
        opened: today,
        opened_by: None,
        closed: None,
        version: 0,
        head: Digest::NONE,
        fields,
        taken: vec![],
    }
}

/// Fields as the person would fill them in about themselves and their body, for asking whether a
/// start is theirs at all.
fn presumed(
    kind: &crate::rulebook::Kind,
    organisation: &facts::Organisation,
    person: &PersonId,
) -> BTreeMap<FieldId, Value> {
    let body = organisation.body_of(person).cloned();
    let value = |of: &Type| match of {
        Type::Person => Some(Value::Person(person.clone())),
        Type::Body => body.clone().map(Value::Body),
        Type::Set(of) if **of == Type::Person => Some(Value::Set(vec![Value::Person(person.clone())])),
        Type::Set(of) if **of == Type::Body => body.clone().map(|body| Value::Set(vec![Value::Body(body)])),
        _ => None,
    };
    kind.fields.iter().filter_map(|field| Some((field.id.clone(), value(&field.kind_of_value)?))).collect()
}
