//! People who take steps at random, mostly those whose turn it is.

use super::luck::Luck;
use crate::{
    authority,
    engine::{Command, Target, decide},
    progress::Progress,
    rulebook::{Among, Kind, Outcome, Step, Type, Who},
    scene::Scene,
    world::World,
};
use facts::{
    BodyId, FieldId, KindId, Matter, MatterId, Organisation, OutcomeId, PersonId, PostId, Role, StepId, Value,
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, date},
};
use std::collections::BTreeMap;

/// Of how many texts a field holds one.
const TEXTS: usize = 6;
/// Of how many new ids one is entered.
const IDS: usize = 1000;
/// How often somebody thinks again of what to submit.
const TRIES: usize = 4;

/// What one walk needs to choose its next command.
pub struct Walker<'e> {
    pub world: World<'e>,
    pub luck: Luck,
    today: Date,
    minute: u32,
    /// The directory was as long as this, on this day, when the office was last drawn up.
    drawn: Option<(Date, usize, Organisation)>,
}

impl<'e> Walker<'e> {
    /// Goes on in the office on the day of what happened last in it.
    pub fn new(world: World<'e>, seed: u64) -> Walker<'e> {
        let last = world.events.last();
        let today = last.map_or(date(2019, 4, 10), |event| event.act.on);
        let minute = u32::try_from(world.events.len()).unwrap_or(0);
        Walker { world, luck: Luck::new(seed), today, minute, drawn: None }
    }

    /// The next instant: usually some minutes later, sometimes days.
    pub fn later(&mut self) -> Timestamp {
        self.minute += 1;
        if self.luck.percent(12) {
            let days = 1 + self.luck.below(6);
            let some_day = self.in_days(days);
            self.today = self.next_day_named().filter(|_| self.luck.percent(60)).unwrap_or(some_day);
            self.minute = 0;
        }
        self.now()
    }

    /// The instant at which the walk stands.
    pub fn now(&self) -> Timestamp {
        self.world.instant(self.today, self.minute).unwrap_or(Timestamp::MAX)
    }

    /// The day on which the walk stands.
    pub fn today(&self) -> Date {
        self.today
    }

    /// Goes on to a day that is still to come.
    pub fn go_to(&mut self, day: Date) {
        if day > self.today {
            (self.today, self.minute) = (day, 0);
        }
    }

    fn in_days(&self, days: usize) -> Date {
        let days = i32::try_from(days).unwrap_or(1);
        self.today.checked_add(days.days()).unwrap_or(self.today)
    }

    /// The next day that an open matter names: that of a meeting, of a journey, of a task.
    fn next_day_named(&self) -> Option<Date> {
        let open = self.world.matters.values().filter(|matter| matter.closed.is_none());
        open.flat_map(|matter| matter.fields.values()).filter_map(Value::date).filter(|day| *day > self.today).min()
    }

    pub fn organisation(&mut self) -> &Organisation {
        let said = self.world.directory.tenures.len();
        let drawn = self.drawn.take().filter(|(day, length, _)| (*day, *length) == (self.today, said));
        let drawn = drawn.unwrap_or_else(|| (self.today, said, self.world.organisation(self.today)));
        &self.drawn.insert(drawn).2
    }

    /// A command that may or may not be lawful.
    pub fn command(&mut self, now: Timestamp) -> Option<Command> {
        let open: Vec<MatterId> =
            self.world.matters.values().filter(|matter| matter.closed.is_none()).map(|matter| matter.id).collect();
        if open.is_empty() || self.luck.percent(if open.len() < 20 { 5 } else { 1 }) {
            return self.start(now);
        }
        let names_today =
            |id: &&MatterId| self.world.matters[*id].fields.values().any(|value| value.date() == Some(self.today));
        let todays: Vec<MatterId> = open.iter().filter(names_today).copied().collect();
        let open = if !todays.is_empty() && self.luck.percent(30) { todays } else { open };
        let id = match self.luck.percent(2) {
            // Now and then somebody tries a matter that may be closed.
            true => *self.luck.one(&self.world.matters.keys().copied().collect::<Vec<_>>())?,
            false => *self.luck.one(&open)?,
        };
        let kind = self.kind(&self.world.matters[&id].kind.clone())?;
        let (turns, _) = self.world.turns(now, id);
        if !turns.is_empty() && self.luck.percent(75) {
            let turn = self.luck.one(&turns)?.clone();
            let person = self.holder(&[turn.role])?;
            let step = kind.step(turn.step.as_str())?;
            return self.considered(now, &Target::Existing(id), kind, step, &person, turn.each.as_ref());
        }
        let step = self.luck.one(&kind.steps)?;
        let roles = self.roles(now, id, step);
        let person = self.holder(&roles)?;
        self.considered(now, &Target::Existing(id), kind, step, &person, None)
    }

    /// Open matters of a kind.
    pub fn open(&self, kind: &KindId) -> Vec<MatterId> {
        let open = self.world.matters.values().filter(|matter| matter.kind == *kind && matter.closed.is_none());
        open.map(|matter| matter.id).collect()
    }

    /// A command that takes one of the turns of a matter.
    pub fn turn_of(&mut self, now: Timestamp, id: MatterId) -> Option<Command> {
        let kind = self.kind(&self.world.matters.get(&id)?.kind.clone())?;
        let today = self.today;
        let (mut turns, _) = self.world.turns(now, id);
        turns.retain(|turn| turn.from.is_none_or(|from| from <= today));
        let turn = self.luck.one(&turns)?.clone();
        let person = self.holder(&[turn.role])?;
        let step = kind.step(turn.step.as_str())?;
        self.considered(now, &Target::Existing(id), kind, step, &person, turn.each.as_ref())
    }

    /// A command that takes a step of a matter, by somebody whose step it is.
    pub fn step_of(&mut self, now: Timestamp, id: MatterId, step: &StepId) -> Option<Command> {
        let kind = self.kind(&self.world.matters.get(&id)?.kind.clone())?;
        let step = kind.step(step.as_str())?;
        let roles = self.roles(now, id, step);
        let person = self.holder(&roles)?;
        self.considered(now, &Target::Existing(id), kind, step, &person, None)
    }

    /// Any step of a matter.
    pub fn any_step(&mut self, id: MatterId) -> Option<StepId> {
        let kind = self.kind(&self.world.matters.get(&id)?.kind.clone())?;
        self.luck.one(&kind.steps).map(|step| step.id.clone())
    }

    /// Open matters whose steps carry steps of this one.
    pub fn carriers(&self, id: MatterId) -> Vec<MatterId> {
        let names = |value: &Value| value.members().iter().any(|member| member.matter() == Some(id));
        let open = self.world.matters.values().filter(|other| other.closed.is_none() && other.id != id);
        open.filter(|other| other.fields.values().any(names)).map(|other| other.id).collect()
    }

    fn start(&mut self, now: Timestamp) -> Option<Command> {
        let edition = self.world.edition;
        let kinds: Vec<&Kind> = edition.rulebook.kinds.iter().filter(|kind| kind.starts().next().is_some()).collect();
        let kind = self.luck.one(&kinds)?.id.clone();
        self.start_of(now, &kind)
    }

    /// A command that opens a matter of a kind; `None` where only other matters open one.
    pub fn start_of(&mut self, now: Timestamp, kind: &KindId) -> Option<Command> {
        let kind = self.kind(kind)?;
        let starts: Vec<&Step> = kind.starts().collect();
        let step = *self.luck.one(&starts)?;
        let posts: Vec<Role> = step.by.iter().flat_map(|who| self.posts(who)).collect();
        let person = match posts.is_empty() && self.luck.percent(50) {
            true => self.holder_of_some_post()?,
            false => self.holder(&posts)?,
        };
        self.considered(now, &Target::New(kind.id.clone()), kind, step, &person, None)
    }

    /// The posts of the whole office, and at named bodies, that a *who* speaks of.
    fn posts(&self, who: &Who) -> Vec<Role> {
        let groups = &self.world.edition.rulebook.groups;
        match who {
            Who::Post(post) => vec![Role::Post(post.clone())],
            Who::Group(group) => groups.get(group).into_iter().flatten().cloned().map(Role::Post).collect(),
            Who::At(post, body) => vec![Role::At(post.clone(), body.clone())],
            _ => vec![],
        }
    }

    /// The roles that may take a step of a matter.
    fn roles(&self, now: Timestamp, id: MatterId, step: &Step) -> Vec<Role> {
        let edition = self.world.edition;
        self.world.ask(now, |circumstances| {
            let scene = Scene::new(circumstances);
            let progress = Progress::of(&edition.rulebook, &scene, &self.world.matters[&id]);
            let Some(progress) = progress else { return vec![] };
            let bench = edition.authority.bench(&edition.rulebook, &scene, progress.matter);
            authority::roles_of_step(&bench, &progress, step)
        })
    }

    /// Mostly somebody who holds one of the roles.
    fn holder(&mut self, roles: &[Role]) -> Option<PersonId> {
        let organisation = self.organisation();
        let holders = roles.iter().flat_map(|role| organisation.holders(role));
        let holders: Vec<PersonId> = holders.map(|(person, _)| person.clone()).collect();
        match self.luck.percent(90) && !holders.is_empty() {
            true => self.luck.one(&holders).cloned(),
            false => self.anybody(),
        }
    }

    /// What somebody submits who mostly thinks about it first: the first of some tries that is lawful.
    fn considered(
        &mut self,
        now: Timestamp,
        target: &Target,
        kind: &Kind,
        step: &Step,
        person: &PersonId,
        each: Option<&Value>,
    ) -> Option<Command> {
        let mut command = self.filled(now, target, kind, step, person, each)?;
        if self.luck.percent(50) {
            for _ in 0..TRIES {
                if self.world.ask(now, |circumstances| decide(self.world.edition, circumstances, &command)).is_ok() {
                    break;
                }
                command = self.filled(now, target, kind, step, person, each)?;
            }
        }
        Some(command)
    }

    fn filled(
        &mut self,
        now: Timestamp,
        target: &Target,
        kind: &Kind,
        step: &Step,
        person: &PersonId,
        each: Option<&Value>,
    ) -> Option<Command> {
        let outcome: Option<&Outcome> = match self.luck.percent(2) {
            true => None,
            // The first outcome is the one by which things go on.
            false if self.luck.percent(60) => step.outcomes.first(),
            false => self.luck.one(&step.outcomes),
        };
        let asked = step.asks.iter().chain(outcome.iter().flat_map(|outcome| &outcome.asks));
        let mut fields: Vec<FieldId> = asked.cloned().collect();
        let may = step.may_ask.iter().chain(outcome.iter().flat_map(|outcome| &outcome.may_ask));
        fields.extend(may.filter(|_| self.luck.percent(40)).cloned());
        let mut input = BTreeMap::new();
        for field in fields {
            if self.luck.percent(1) {
                continue;
            }
            let declared = kind.field(field.as_str())?;
            let entered = step.sayings().any(|saying| saying.entered() == Some(&field));
            let value = match declared.among.as_ref().filter(|_| self.luck.percent(95)) {
                _ if entered && declared.kind_of_value == Type::Text => Some(self.new_id()),
                Some(among) => self.some_among(now, target, among, &declared.kind_of_value),
                None => self.value(&declared.kind_of_value, person),
            };
            input.extend(value.map(|value| (field, value)));
        }
        Some(Command {
            id: self.world.command_id(now),
            person: person.clone(),
            target: target.clone(),
            step: step.id.clone(),
            outcome: outcome.map(|outcome| OutcomeId::new(outcome.id.as_str())),
            each: each.filter(|_| self.luck.percent(80)).cloned(),
            input,
            late: self.luck.percent(70).then(|| "Much was to be done.".to_owned()),
            number: None,
        })
    }

    /// An id that is mostly nobody's yet.
    fn new_id(&mut self) -> Value {
        Value::Text(format!("new-{}", self.luck.below(IDS)))
    }

    fn value(&mut self, of: &Type, person: &PersonId) -> Option<Value> {
        Some(match of {
            Type::Text | Type::Document => match self.luck.percent(3) {
                true => Value::Text(String::new()),
                false => Value::Text(format!("Text {}.", self.luck.below(TEXTS))),
            },
            Type::Yes => Value::Yes(self.luck.percent(40)),
            Type::Number => Value::Number(self.luck.below(50) as i64),
            Type::Date => {
                let days = i32::try_from(self.luck.below(40)).unwrap_or(0) - 2;
                Value::Date(self.today.checked_add(days.days()).ok()?)
            }
            Type::Choice(list) => {
                let choices = self.world.edition.rulebook.choices.get(list)?.clone();
                Value::Choice(self.luck.one(&choices)?.clone())
            }
            Type::Person => match self.luck.below(4) {
                0 | 1 => Value::Person(person.clone()),
                2 => Value::Person(self.holder_of_some_post()?),
                _ => Value::Person(self.anybody()?),
            },
            Type::Body => Value::Body(self.body(person)?),
            Type::Post => {
                let posts: Vec<PostId> = self.world.edition.rulebook.posts.keys().cloned().collect();
                Value::Post(self.luck.one(&posts)?.clone())
            }
            Type::Matter(kind) => Value::Matter(self.matter(kind)?),
            Type::Set(of) => {
                let count = if self.luck.percent(20) { 0 } else { 1 + self.luck.below(2) };
                let mut members: Vec<Value> = vec![];
                for _ in 0..count {
                    let member = self.value(of, person)?;
                    // Twice the same is refused; try it seldom.
                    if !members.contains(&member) || self.luck.percent(3) {
                        members.push(member);
                    }
                }
                Value::Set(members)
            }
        })
    }

    /// One or two of those that a field can name.
    fn some_among(&mut self, now: Timestamp, target: &Target, among: &Among, of: &Type) -> Option<Value> {
        let edition = self.world.edition;
        let roles = match target {
            Target::Existing(id) => self.world.ask(now, |circumstances| {
                let scene = Scene::new(circumstances);
                Progress::of(&edition.rulebook, &scene, &self.world.matters[id]).map(|at| at.roles_among(among))
            })?,
            Target::New(_) => among.whos.iter().flat_map(|who| self.posts(who)).collect(),
        };
        let organisation = self.organisation();
        let persons = roles.iter().flat_map(|role| organisation.holders(role)).map(|(person, _)| person.clone());
        let bodies = organisation.bodies.values().filter(|body| among.classes.contains(&body.class));
        let bodies = bodies.map(|body| Value::Body(body.id.clone()));
        let named: Vec<Value> = persons.map(Value::Person).chain(bodies).collect();
        let one = self.luck.one(&named).cloned();
        let Type::Set(_) = of else { return one };
        let mut members: Vec<Value> = one.into_iter().collect();
        members.extend(self.luck.one(&named).cloned().filter(|other| !members.contains(other)));
        Some(Value::Set(members))
    }

    fn matter(&mut self, kind: &KindId) -> Option<MatterId> {
        let open = |matter: &&Matter| matter.kind == *kind && matter.closed.is_none();
        let open: Vec<(usize, MatterId)> =
            self.world.matters.values().filter(open).map(|matter| (matter.taken.len(), matter.id)).collect();
        // Mostly the one of two with which more has been done.
        let (one, other) = (*self.luck.one(&open)?, *self.luck.one(&open)?);
        Some(if self.luck.percent(80) { one.max(other).1 } else { one.1 })
    }

    /// The person's own body, one in the person's charge, or any.
    fn body(&mut self, person: &PersonId) -> Option<BodyId> {
        let roles = self.organisation().roles(person).to_vec();
        let at = |(role, _): &(Role, _)| match role {
            Role::At(_, body) => Some(body.clone()),
            _ => None,
        };
        let own: Vec<BodyId> = roles.iter().filter_map(at).collect();
        if !own.is_empty() && self.luck.percent(75) {
            return self.luck.one(&own).cloned();
        }
        let all: Vec<BodyId> = self.organisation().bodies.keys().cloned().collect();
        self.luck.one(&all).cloned()
    }

    fn holder_of_some_post(&mut self) -> Option<PersonId> {
        let posts = self.world.edition.rulebook.posts.values();
        let posts: Vec<Role> = posts.filter(|post| !post.at_body).map(|post| Role::Post(post.id.clone())).collect();
        let post = self.luck.one(&posts)?.clone();
        self.holder(&[post])
    }

    fn anybody(&mut self) -> Option<PersonId> {
        let people: Vec<PersonId> = self.organisation().people.keys().cloned().collect();
        self.luck.one(&people).cloned()
    }

    fn kind(&self, id: &KindId) -> Option<&'e Kind> {
        self.world.edition.rulebook.kind(id.as_str())
    }
}
