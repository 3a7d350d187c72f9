//! One act: the step itself, the steps it carries, the matters it opens.

use super::{Command, Decided, Edition, Target, effects, gates::Desk, input, instead::leave_out};
use crate::{
    authority::{self, Asker},
    progress::Progress,
    refusal::{Refusal, Refused, Why},
    rulebook::{Kind, Outcome, Step, Takes, nearest},
    scene::{Circumstances, Scene},
};
use facts::{
    Act, Capacity, Digest, FieldId, KindId, Lateness, Matter, MatterId, MatterNumber, OutcomeId, PersonId, Role,
    RuleId, StepId, Taken, Value, Via,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Decides a command in its circumstances.
///
/// # Errors
/// Every reason why it is refused, of the step itself and of the steps it carries.
pub fn decide(edition: &Edition, circumstances: Circumstances<'_>, command: &Command) -> Result<Decided, Refused> {
    let mut acting =
        Acting { edition, scene: Scene::new(circumstances), command, acts: vec![], refusals: vec![], opened: 0 };
    let wanted = Wanted {
        step: &command.step,
        outcome: command.outcome.as_ref(),
        each: command.each.as_ref(),
        input: &command.input,
        late: command.late.as_deref(),
        carried: false,
    };
    match &command.target {
        Target::New(kind) => acting.start(kind, wanted),
        Target::Existing(id) => acting.take(*id, wanted, false),
    }
    if acting.refusals.is_empty() {
        Ok(Decided { acts: acting.acts, changed: acting.scene.into_changed() })
    } else {
        Err(Refused::of(acting.refusals))
    }
}

/// Of the matters that a step would carry along if they were named in a field: what refuses each of them.
/// That a reason for being late is missing is asked for with the step and no refusal here.
pub fn kept_back(
    edition: &Edition,
    circumstances: Circumstances<'_>,
    (person, id, step): (&PersonId, MatterId, &StepId),
    field: &FieldId,
    named: &[MatterId],
) -> BTreeMap<MatterId, Vec<Refusal>> {
    let command = Command {
        id: facts::CommandId::new(uuid::Uuid::nil()),
        person: person.clone(),
        target: Target::Existing(id),
        step: step.clone(),
        outcome: None,
        each: None,
        input: BTreeMap::new(),
        late: None,
        number: None,
    };
    let of_one = |linked: MatterId| {
        let scene = Scene::new(circumstances);
        let mut acting = Acting { edition, scene, command: &command, acts: vec![], refusals: vec![], opened: 0 };
        let mut matter = acting.scene.matter(id)?.clone();
        let declared = edition.rulebook.kind(matter.kind.as_str())?.step(step.as_str())?;
        matter.fields.insert(field.clone(), Value::Set(vec![Value::Matter(linked)]));
        acting.scene.put(matter);
        for takes in declared.takes.iter().filter(|takes| takes.on == *field) {
            acting.carry_along(id, declared, takes, None);
        }
        acting.refusals.retain(|refusal| !matches!(refusal.why, Why::LateNeedsReason { .. }));
        (!acting.refusals.is_empty()).then(|| Refused::of(acting.refusals).refusals)
    };
    named.iter().filter_map(|linked| Some((*linked, of_one(*linked)?))).collect()
}

/// What is wanted of one step.
#[derive(Clone, Copy)]
struct Wanted<'w> {
    step: &'w StepId,
    outcome: Option<&'w OutcomeId>,
    each: Option<&'w Value>,
    input: &'w BTreeMap<FieldId, Value>,
    late: Option<&'w str>,
    /// Whether another step takes it.
    carried: bool,
}

pub(super) struct Acting<'a> {
    pub edition: &'a Edition,
    pub scene: Scene<'a>,
    pub command: &'a Command,
    pub acts: Vec<Act>,
    refusals: Vec<Refusal>,
    opened: usize,
}

impl<'a> Acting<'a> {
    fn start(&mut self, kind: &KindId, wanted: Wanted<'_>) {
        let refuse = |why| Refusal {
            matter: None,
            kind: kind.clone(),
            step: wanted.step.clone(),
            why,
            rules: vec![],
            missing: vec![],
            earliest: None,
        };
        let Some(found) = self.edition.rulebook.kind(kind.as_str()) else {
            return self.refusals.push(refuse(Why::UnknownKind));
        };
        match found.step(wanted.step.as_str()) {
            Some(step) if step.start => {
                let id = self.next_id();
                self.scene.put(blank(id, kind, self.scene.today));
                self.take(id, wanted, true);
            }
            Some(_) => self.refusals.push(refuse(Why::NoStart)),
            None => {
                let names = found.starts().map(|step| step.id.as_str());
                let nearest = nearest(wanted.step.as_str(), names).map(StepId::new);
                self.refusals.push(refuse(Why::UnknownStep { nearest }));
            }
        }
    }

    fn next_id(&mut self) -> MatterId {
        self.opened += 1;
        MatterId::opened_by(self.command.id, self.opened - 1)
    }

    fn take(&mut self, id: MatterId, wanted: Wanted<'_>, opening: bool) {
        let edition = self.edition;
        let rulebook = &edition.rulebook;
        let refuse = |kind: KindId, why| Refusal {
            matter: Some(id),
            kind,
            step: wanted.step.clone(),
            why,
            rules: vec![],
            missing: vec![],
            earliest: None,
        };
        let Some(matter) = self.scene.matter(id) else {
            return self.refusals.push(refuse(KindId::new(""), Why::UnknownMatter));
        };
        let Some(kind) = rulebook.kind(matter.kind.as_str()) else {
            let unknown = refuse(matter.kind.clone(), Why::UnknownKind);
            return self.refusals.push(unknown);
        };
        let Some(step) = kind.step(wanted.step.as_str()) else {
            let names = kind.steps.iter().map(|step| step.id.as_str());
            let nearest = nearest(wanted.step.as_str(), names).map(StepId::new);
            return self.refusals.push(refuse(kind.id.clone(), Why::UnknownStep { nearest }));
        };
        let stated = input::stated(kind, matter, wanted.input);
        let wanted = Wanted { input: &stated, ..wanted };
        match self.judge(matter, step, wanted, opening) {
            Ok(judged) => self.carry(judged, kind, step, wanted, opening),
            Err(refusals) => self.refusals.extend(refusals),
        }
    }

    /// Whether the step may be taken, and what is known when it may.
    fn judge(&self, matter: &Matter, step: &Step, wanted: Wanted<'_>, opening: bool) -> Result<Judged, Vec<Refusal>> {
        let Edition { rulebook, authority, .. } = self.edition;
        let mut scene = self.scene.clone();
        let Proposed { matter: proposed, set, by_table, erred } = self.propose(matter, step, wanted);
        scene.outcome = wanted.outcome;
        let kind = rulebook.kind(matter.kind.as_str());
        let unset = kind.and_then(|kind| before_it_sets(kind, step, matter, &proposed, (&set, &by_table)));
        let proposed = scene.put(proposed);
        let judged = unset.map_or_else(|| proposed.clone(), |unset| scene.put(unset));
        // Whose step it is rests on what stood before: nobody types themselves into authority,
        // except where the step opens the matter and there was nothing before.
        let before = Desk::new(rulebook, authority, &self.scene, matter);
        let after = Desk::new(rulebook, authority, &scene, judged.as_ref());
        let (Some(before), Some(after)) = (before, after) else { return Err(vec![]) };
        let who = if opening { &after } else { &before };
        let blank = |why| who.blank(step, why, vec![]);
        let mut refusals: Vec<Refusal> = vec![];
        if let Some(on) = matter.closed {
            return Err(vec![blank(Why::Closed { on })]);
        }
        let person = &self.command.person;
        let asker = Asker::Person(person);
        let ruling = who.bench.who(asker, step.id.as_str());
        if !ruling.allowed {
            refusals.push(not_yours(who, step));
        }
        if step.carried && !wanted.carried {
            refusals.push(goes_with(who, step));
        }
        let each = self.member(&who.progress, step, wanted, ruling.allowed, &mut refusals, &blank);
        self.past(&who.progress, step, each.as_ref(), &mut refusals, &blank);
        let outcome = outcome(step, wanted, &mut refusals, &blank);
        let faults = input::faults(&after.progress, matter, step, outcome, wanted.input);
        if opening && faults.iter().any(|fault| matches!(fault, Why::FieldMissing { .. })) {
            // Whose step it is may follow from a field that is not filled in yet.
            refusals.retain(|refusal| refusal.why != Why::NotYours { belongs_to: vec![] });
        }
        if faults.is_empty() {
            // What could not be judged for want of a field is said of the field.
            let error = |(rule, message)| who.blank(step, Why::RuleError { message }, vec![rule]);
            refusals.extend(erred.into_iter().map(error));
        }
        let fits = faults.iter().all(|fault| matches!(fault, Why::FieldNotAmong { .. }));
        refusals.extend(faults.into_iter().map(blank));
        // A gate over a field that was not given, or not rightly, has nothing to judge yet.
        refusals.extend(after.refusals(asker, step, fits.then_some(outcome)));
        let late = self.lateness(&after.progress, step, wanted, &mut refusals, &blank);
        effects::faults(self, &after.progress, step, outcome, &mut refusals, &blank);
        effects::out_of_series(self, after.progress.matter, step, wanted.input, &mut refusals, &blank);
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let answers = each.as_ref().and_then(|member| authority::role_answering(&who.progress, step, member, person));
        let held = answers.or_else(|| authority::role_held(&who.bench, &who.progress, step, person));
        let remarks = after.remarks(asker, step);
        Ok(Judged {
            remarks,
            set,
            capacity: self.capacity(person, held),
            grounds: grounds(step, &ruling.rules),
            each,
            late,
            proposed,
        })
    }

    /// The matter as gates and authority see it: the fields as they will be; what is done, as it was.
    fn propose(&self, matter: &Matter, step: &Step, wanted: Wanted<'_>) -> Proposed {
        let Edition { rulebook, authority, .. } = self.edition;
        let mut proposed = matter.clone();
        wanted.input.iter().for_each(|(field, value)| proposed.say(field, value));
        let outcome = wanted.outcome.and_then(|outcome| step.outcome(outcome.as_str()));
        let mut set = effects::set(self, &proposed, step, outcome);
        let by_table = set.keys().cloned().collect();
        proposed.fields.extend(set.clone());
        let mut erred = vec![];
        if authority.fills(matter.kind.as_str(), step.id.as_str()).next().is_some() {
            let mut scene = self.scene.clone();
            scene.outcome = wanted.outcome;
            let stands = scene.put(proposed.clone());
            let bench = authority.bench(rulebook, &scene, &stands);
            for (field, said) in bench.filled(Asker::Person(&self.command.person), step.id.as_str()) {
                match said {
                    Ok(yes) => drop(set.insert(field, Value::Yes(yes))),
                    Err(error) => erred.push(error),
                }
            }
            proposed.fields.extend(set.clone());
        }
        Proposed { matter: proposed, set, by_table, erred }
    }

    /// Whose answer it is, where each of several must answer.
    fn member(
        &self,
        progress: &Progress<'_>,
        step: &Step,
        wanted: Wanted<'_>,
        mine: bool,
        refusals: &mut Vec<Refusal>,
        blank: &dyn Fn(Why) -> Refusal,
    ) -> Option<Value> {
        let each = step.by_each.as_ref()?;
        let members = progress.members(each);
        let roles = self.scene.organisation.roles(&self.command.person);
        let holds = |role: &Role| roles.iter().any(|(held, _)| held == role);
        let records = step.recorded_by.iter().flat_map(|who| progress.roles_of(who)).any(|role| holds(&role));
        let may_answer: Vec<Value> = members
            .iter()
            .filter(|member| records || Progress::role_of(each, member).is_some_and(|role| holds(&role)))
            .cloned()
            .collect();
        let given = match wanted.each {
            Some(given) => Some(given.clone()),
            None => {
                let open = |member: &&Value| progress.answer(step, member).is_none();
                let mut candidates = may_answer.iter().filter(open);
                match (candidates.next(), candidates.next()) {
                    (Some(only), None) => Some(only.clone()),
                    // Whoever enters answers for several says whose is entered anew.
                    (None, _) if may_answer.len() == 1 => may_answer.first().cloned(),
                    _ => None,
                }
            }
        };
        match given {
            Some(given) if may_answer.contains(&given) => {
                let stands = |taken: &&Taken| !step.repeat && (!taken.entered || progress.gone_on(step));
                if let Some(taken) = progress.answer(step, &given).filter(stands) {
                    refusals.push(blank(Why::EachAnswered { member: given.clone(), on: taken.on }));
                }
                Some(given)
            }
            Some(given) if mine => {
                refusals.push(blank(Why::EachNotAsked { given }));
                None
            }
            None if mine => {
                refusals.push(blank(Why::EachMissing { one_of: may_answer }));
                None
            }
            _ => None,
        }
    }

    fn past(
        &self,
        progress: &Progress<'_>,
        step: &Step,
        each: Option<&Value>,
        refusals: &mut Vec<Refusal>,
        blank: &dyn Fn(Why) -> Refusal,
    ) {
        if !step.repeat
            && each.is_none()
            && step.by_each.is_none()
            && let Some(taken) = progress.matter.done(step.id.as_str())
        {
            refusals.push(blank(Why::Past { on: taken.on, by: taken.person.clone() }));
        }
    }

    fn lateness(
        &self,
        progress: &Progress<'_>,
        step: &Step,
        wanted: Wanted<'_>,
        refusals: &mut Vec<Refusal>,
        blank: &dyn Fn(Why) -> Refusal,
    ) -> Option<Lateness> {
        let due = match progress.due(step) {
            Ok(due) => due?,
            // Where the holidays of a year to come are not announced yet, nobody can count to the day or back from
            // it: nobody is held to be late by it, for a missed day never locks a step.
            Err(no_data) if no_data.year > self.scene.today.year() => return None,
            Err(no_data) => {
                refusals.push(blank(Why::NoCalendar { year: no_data.year }));
                return None;
            }
        };
        // What was done in time is not late when it is done once more, but where it names another day.
        if !due.is_past(self.scene.today, self.scene.now)
            || (step.repeat && progress.done(step) && !progress.names_another_day(step))
        {
            return None;
        }
        match wanted.late.map(str::trim).filter(|reason| !reason.is_empty()) {
            Some(reason) => Some(Lateness { due: due.date, reason: reason.to_owned() }),
            None => {
                let rules = step.cite("due").cloned().into_iter().collect();
                refusals.push(Refusal { rules, ..blank(Why::LateNeedsReason { due: due.date }) });
                None
            }
        }
    }

    /// The strongest role under which the person may take the step: one's own post before standing in.
    fn capacity(&self, person: &PersonId, held: Option<(&Via, Role)>) -> Capacity {
        let held = held.map(|(via, role)| (via.clone(), role));
        let (via, role) = held.unwrap_or_else(|| (Via::Own, Role::Person(person.clone())));
        Capacity { role, via, post: self.scene.organisation.posts_of(person).next().cloned() }
    }

    fn carry(&mut self, judged: Judged, kind: &Kind, step: &Step, wanted: Wanted<'_>, opening: bool) {
        let outcome = wanted.outcome.and_then(|outcome| step.outcome(outcome.as_str()));
        let matter = judged.proposed.id;
        let act = self.act(&judged, kind, step, outcome, wanted, opening);
        self.record(act);
        for takes in step.takes.iter().chain(outcome.into_iter().flat_map(|outcome| &outcome.takes)) {
            self.carry_along(matter, step, takes, wanted.late);
        }
        let opens = step.opens.iter().chain(outcome.into_iter().flat_map(|outcome| &outcome.opens));
        for opens in opens {
            for input in effects::opened(self, matter, opens) {
                self.open(matter, &opens.kind, input, &judged);
            }
        }
    }

    /// Takes a step of the linked matters. One that cannot be and that nobody can help is left out of the list.
    fn carry_along(&mut self, matter: MatterId, step: &Step, takes: &Takes, late: Option<&str>) {
        let kind = self.scene.matter(matter).map(|matter| matter.kind.clone());
        for (linked, input) in effects::carried(self, matter, takes) {
            let outcome = takes.outcome.as_ref();
            let carried = Wanted { step: &takes.step, outcome, each: None, input: &input, late, carried: true };
            let before = self.refusals.len();
            self.take(linked, carried, false);
            if let Some(kind) = &kind {
                leave_out(&mut self.refusals[before..], (matter, kind), step, takes);
            }
        }
    }

    fn act(
        &self,
        judged: &Judged,
        kind: &Kind,
        step: &Step,
        outcome: Option<&Outcome>,
        wanted: Wanted<'_>,
        opening: bool,
    ) -> Act {
        let matter = &judged.proposed;
        let undoes = step.undoes.iter().chain(outcome.into_iter().flat_map(|outcome| &outcome.undoes));
        let counts = outcome.is_none_or(|outcome| outcome.counts);
        let mut input = wanted.input.clone();
        input.extend(judged.set.clone());
        Act {
            matter: matter.id,
            kind: kind.id.clone(),
            step: step.id.clone(),
            person: self.command.person.clone(),
            capacity: judged.capacity.clone(),
            each: judged.each.clone(),
            at: self.scene.now,
            on: self.scene.today,
            draws: if counts { effects::drawn(self, matter, step, &input) } else { BTreeMap::new() },
            remarks: judged.remarks.clone(),
            input,
            outcome: outcome.map(|outcome| outcome.id.clone()),
            counts,
            late: judged.late.clone(),
            binds: step.binds.iter().map(|field| (field.clone(), matter.digest_of_field(field))).collect(),
            undoes: undoes.cloned().collect(),
            directory: effects::sayings(self, matter, step, outcome),
            publication: effects::publication(matter, step, outcome),
            opening: opening.then(|| effects::opening(self, kind, None)),
            closes: step.closes || outcome.is_some_and(|outcome| outcome.closes),
            grounds: judged.grounds.clone(),
            edition: self.edition.rulebook.digest,
            command: self.command.id,
        }
    }

    fn open(&mut self, by: MatterId, kind: &KindId, input: BTreeMap<FieldId, Value>, judged: &Judged) {
        let edition = self.edition;
        let Some(kind) = edition.rulebook.kind(kind.as_str()) else { return };
        let id = self.next_id();
        let act = Act {
            matter: id,
            kind: kind.id.clone(),
            step: StepId::new("open"),
            person: self.command.person.clone(),
            capacity: judged.capacity.clone(),
            each: None,
            at: self.scene.now,
            on: self.scene.today,
            input,
            outcome: None,
            counts: true,
            late: None,
            binds: BTreeMap::new(),
            undoes: vec![],
            directory: vec![],
            publication: None,
            draws: BTreeMap::new(),
            remarks: vec![],
            opening: Some(effects::opening(self, kind, Some(by))),
            closes: false,
            grounds: judged.grounds.clone(),
            edition: edition.rulebook.digest,
            command: self.command.id,
        };
        self.record(act);
    }

    /// Takes the act into the scene, so that what follows from it sees it.
    fn record(&mut self, act: Act) {
        self.scene.change(&act);
        self.acts.push(act);
    }
}

/// A matter with what was submitted and what the step fills in by itself.
struct Proposed {
    matter: Matter,
    set: BTreeMap<FieldId, Value>,
    /// Policies that could not say what is filled in.
    /// Of these, what the table says; the others are filled by written policies.
    by_table: BTreeSet<FieldId>,
    erred: Vec<(RuleId, String)>,
}

/// What is known of a step that may be taken.
pub(super) struct Judged {
    capacity: Capacity,
    grounds: Vec<RuleId>,
    each: Option<Value>,
    late: Option<Lateness>,
    /// What the step fills in by itself.
    set: BTreeMap<FieldId, Value>,
    /// Gates that would have refused a matter that they bind.
    remarks: Vec<RuleId>,
    /// The matter with what was submitted.
    proposed: Arc<Matter>,
}

/// What is needed and done is judged on what stood before the step sets anything: one that ends the state in which
/// it is needed is taken in that state. `None` where it sets nothing that a need looks at. `filled`: all that the
/// step sets, and of that what the table says.
fn before_it_sets(
    kind: &Kind,
    step: &Step,
    matter: &Matter,
    proposed: &Matter,
    (filled, by_table): (&BTreeMap<FieldId, Value>, &BTreeSet<FieldId>),
) -> Option<Matter> {
    let looks_at = |step: &Step, field: &FieldId| step.needed_if.iter().any(|need| need.field.0.first() == Some(field));
    let stood = |field: &&FieldId| {
        looks_at(step, field) || (by_table.contains(*field) && kind.steps.iter().any(|step| looks_at(step, field)))
    };
    let mut seen: Option<Matter> = None;
    for field in filled.keys().filter(stood) {
        let fields = &mut seen.get_or_insert_with(|| proposed.clone()).fields;
        match matter.fields.get(field) {
            Some(before) => drop(fields.insert(field.clone(), before.clone())),
            None => drop(fields.remove(field)),
        }
    }
    seen
}

fn blank(id: MatterId, kind: &KindId, today: jiff::civil::Date) -> Matter {
    Matter {
        id,
        kind: kind.clone(),
        number: MatterNumber::new("…"),
        opened: today,
        opened_by: None,
        closed: None,
        version: 0,
        head: Digest::NONE,
        fields: BTreeMap::new(),
        taken: vec![],
    }
}

/// Whose step it is instead; a post that nobody holds is a vacancy.
pub(super) fn not_yours(desk: &Desk<'_>, step: &Step) -> Refusal {
    let belongs_to = authority::roles_of_step(&desk.bench, &desk.progress, step);
    let organisation = desk.progress.scene.organisation;
    let vacant = !belongs_to.is_empty() && belongs_to.iter().all(|role| organisation.holders(role).is_empty());
    // Of several rules that say whose step it is, those that say it of this matter.
    let says = |role: &Role| desk.bench.who(Asker::Role(role), step.id.as_str()).rules;
    let said: BTreeSet<RuleId> = belongs_to.iter().flat_map(says).collect();
    let policies = desk.authority.policies(desk.progress.kind.id.as_str(), step.id.as_str());
    let permits = policies.iter().filter(|policy| policy.permits).map(|policy| policy.rule.clone());
    let mut rules: Vec<RuleId> = permits.filter(|rule| said.is_empty() || said.contains(rule)).collect();
    rules.dedup();
    let why = if vacant { Why::Vacant { belongs_to } } else { Why::NotYours { belongs_to } };
    desk.blank(step, why, rules)
}

/// The steps that a carried step goes with.
pub(super) fn goes_with(desk: &Desk<'_>, step: &Step) -> Refusal {
    let with = desk.rulebook.carriers(&desk.progress.kind.id, &step.id);
    desk.blank(step, Why::Carried { with }, step.cite("carried").cloned().into_iter().collect())
}

fn outcome<'s>(
    step: &'s Step,
    wanted: Wanted<'_>,
    refusals: &mut Vec<Refusal>,
    blank: &dyn Fn(Why) -> Refusal,
) -> Option<&'s Outcome> {
    let one_of = || step.outcomes.iter().map(|outcome| outcome.id.clone()).collect();
    match wanted.outcome {
        Some(given) => {
            let found = step.outcome(given.as_str());
            if found.is_none() {
                refusals.push(blank(Why::OutcomeUnknown { given: given.clone(), one_of: one_of() }));
            }
            found
        }
        None => {
            if !step.outcomes.is_empty() {
                refusals.push(blank(Why::OutcomeMissing { one_of: one_of() }));
            }
            None
        }
    }
}

/// Rules relied on: whose step it is, and every gate and key that the step passed.
fn grounds(step: &Step, who: &[RuleId]) -> Vec<RuleId> {
    let passed = ["after", "not_before", "due", "binds"].iter().filter_map(|key| step.cite(key));
    let mut grounds: Vec<RuleId> = who.iter().chain(passed).cloned().collect();
    let mut seen = BTreeSet::new();
    grounds.retain(|rule| seen.insert(rule.clone()));
    grounds
}
