//! How far a matter has come: which steps are done, needed, ripe, due, and whose answers are open.
//!
//! Knows no permission: whether a person *may* is asked of `authority`. Invariant: due dates are a
//! function of the events and the calendar, kept nowhere as truth.

use crate::{
    rulebook::{After, Among, Bound, Each, Kind, Need, Path, Rulebook, Step, Who},
    scene::Scene,
};
use facts::{FieldId, Matter, PostId, Role, Taken, Value, calendar::NoData};
use jiff::civil::Date;

/// Progress of one matter in a scene.
#[derive(Clone, Copy)]
pub struct Progress<'s> {
    pub rulebook: &'s Rulebook,
    pub scene: &'s Scene<'s>,
    pub matter: &'s Matter,
    pub kind: &'s Kind,
}

impl<'s> Progress<'s> {
    /// The progress of a matter, if its kind is in the rulebook.
    pub fn of(rulebook: &'s Rulebook, scene: &'s Scene<'s>, matter: &'s Matter) -> Option<Self> {
        let kind = rulebook.kind(matter.kind.as_str())?;
        Some(Progress { rulebook, scene, matter, kind })
    }

    /// What binds by reference only, where the matter is that of a body that follows the rules so.
    pub fn by_reference(&self) -> Option<&'s Bound> {
        let bound = self.kind.bound.as_ref()?;
        let Value::Body(body) = self.matter.fields.get(&bound.body)? else { return None };
        let class = self.scene.organisation.bodies.get(body).map(|body| &body.class);
        class.is_some_and(|class| self.rulebook.by_reference.contains(class)).then_some(bound)
    }

    /// Whether the step stands: taken with an outcome that counts, answered by each, or not needed.
    pub fn done(&self, step: &Step) -> bool {
        match self.needed(step) {
            Some(true) => {}
            Some(false) => return true,
            None => return false,
        }
        match &step.by_each {
            None => self.matter.done(step.id.as_str()).is_some(),
            Some(each) => {
                let reached = step.after.iter().all(|after| self.stands(after));
                reached && self.open_answers(step, each).is_empty()
            }
        }
    }

    /// Whether the conditions of `needed_if` hold; `None` as long as a step that answers one of them is
    /// still to come.
    pub fn needed(&self, step: &Step) -> Option<bool> {
        let holds = |need: &Need| match self.meets(need) {
            _ if self.answered_by(&need.field).is_some() => None,
            holds => Some(holds),
        };
        let mut known = Some(true);
        for need in &step.needed_if {
            match holds(need) {
                Some(false) => return Some(false),
                Some(true) => {}
                None => known = None,
            }
        }
        known
    }

    /// Whether a field holds what a condition asks, as it stands now.
    pub fn meets(&self, need: &Need) -> bool {
        let holds = match &need.choice {
            None => self.scene.is_yes(self.matter, &need.field),
            Some(choice) => self.scene.value(self.matter, &need.field).and_then(Value::text) == Some(choice),
        };
        holds == need.must_be
    }

    /// The step still to come that has to fill in a field of this or a linked matter; `None` where it is
    /// filled in, or no step that is needed in any case asks for it or fills it in.
    pub fn answered_by(&self, path: &Path) -> Option<(Progress<'s>, &'s Step)> {
        let (field, links) = path.0.split_last()?;
        let matter = self.scene.follow(self.matter, links)?;
        if matter.closed.is_some() || matter.fields.contains_key(field) {
            return None;
        }
        let progress = Progress::of(self.rulebook, self.scene, matter)?;
        let asks = |step: &&Step| {
            let of_outcomes = step.outcomes.iter().flat_map(|outcome| &outcome.asks);
            step.asks.iter().chain(&step.fills).chain(of_outcomes).any(|asked| asked == field)
        };
        let step = progress
            .kind
            .steps
            .iter()
            .filter(|step| !step.start && !step.optional && step.needed_if.is_empty())
            // What a later edition first asks for is not awaited from a step that was taken before it.
            .filter(|step| matter.done(step.id.as_str()).is_none())
            .find(asks)?;
        Some((progress, step))
    }

    /// Whether a step of this or a linked matter stands; a link that is empty or not loaded: no.
    pub fn stands(&self, after: &After) -> bool {
        let Some(matter) = self.scene.follow(self.matter, &after.links) else { return false };
        let Some(progress) = Progress::of(self.rulebook, self.scene, matter) else { return false };
        progress.kind.step(after.step.as_str()).is_some_and(|step| progress.done(step))
    }

    /// Everybody whose answer the step collects.
    pub fn members(&self, each: &Each) -> Vec<Value> {
        match each {
            Each::Holders(posts) => self.scene.holders(posts).into_iter().map(Value::Person).collect(),
            Each::PersonsIn(path) => self.scene.persons(self.matter, path).into_iter().map(Value::Person).collect(),
            Each::BodiesIn(_, path) => self.scene.bodies(self.matter, path).into_iter().map(Value::Body).collect(),
        }
    }

    /// The answer of one member that stands and counts.
    pub fn answer(&self, step: &Step, member: &Value) -> Option<&'s Taken> {
        self.matter.taken.iter().rfind(|taken| {
            taken.void.is_none() && taken.counts && taken.step == step.id && taken.each.as_ref() == Some(member)
        })
    }

    /// The members who have not answered yet and are still waited for.
    pub fn open_answers(&self, step: &Step, each: &Each) -> Vec<Value> {
        let asked_whoever_held_a_post = matches!(each, Each::Holders(_));
        if self.fell_silent(step) || (asked_whoever_held_a_post && self.gone_on(step)) {
            return vec![];
        }
        self.unanswered(step, each)
    }

    /// Whether a step of this matter that comes after this one stands: who has come into a post since is not
    /// asked any more, and what was answered is not changed.
    pub fn gone_on(&self, step: &Step) -> bool {
        let follows = |after: &After| after.links.is_empty() && after.step == step.id;
        let mut later = self.kind.steps.iter().filter(|later| later.after.iter().any(follows));
        later.any(|later| self.matter.standing(later.id.as_str()).next().is_some())
    }

    /// The members whose answer somebody else entered and may still be corrected.
    pub fn correctable(&self, step: &Step, each: &Each) -> Vec<Value> {
        if step.recorded_by.is_empty() || self.gone_on(step) {
            return vec![];
        }
        let entered = |member: &Value| self.answer(step, member).is_some_and(|taken| taken.entered);
        self.members(each).into_iter().filter(entered).collect()
    }

    /// The members who have not answered, waited for or not.
    pub fn unanswered(&self, step: &Step, each: &Each) -> Vec<Value> {
        let open = |member: &Value| self.answer(step, member).is_none();
        self.members(each).into_iter().filter(open).collect()
    }

    /// The role that answers for a member.
    pub fn role_of(each: &Each, member: &Value) -> Option<Role> {
        match (each, member) {
            (Each::BodiesIn(post, _), Value::Body(body)) => Some(Role::At(post.clone(), body.clone())),
            (_, Value::Person(person)) => Some(Role::Person(person.clone())),
            _ => None,
        }
    }

    /// The outcome of the last standing taking.
    pub fn outcome(&self, step: &str) -> &'s str {
        let last = self.matter.taken.iter().rfind(|taken| taken.void.is_none() && taken.step.as_str() == step);
        last.and_then(|taken| taken.outcome.as_ref()).map_or("", |outcome| outcome.as_str())
    }

    /// The roles of which one is held by whoever a field of persons can name.
    pub fn roles_among(&self, among: &Among) -> Vec<Role> {
        among.whos.iter().flat_map(|who| self.roles_of(who)).collect()
    }

    /// Whether a field can name a value, one of a set.
    pub fn can_name(&self, among: &Among, value: &Value) -> bool {
        let organisation = self.scene.organisation;
        match value {
            Value::Person(person) => {
                let held = organisation.roles(person);
                self.roles_among(among).iter().any(|role| held.iter().any(|(own, _)| own == role))
            }
            Value::Body(body) => organisation.bodies.get(body).is_some_and(|body| among.classes.contains(&body.class)),
            _ => true,
        }
    }

    /// How many members gave an outcome in the answers that stand, or by their silence.
    pub fn tally(&self, step: &Step, outcome: &str) -> i64 {
        let gave = |taken: &&Taken| taken.outcome.as_ref().is_some_and(|o| o.as_str() == outcome);
        let said = self.matter.standing(step.id.as_str()).filter(gave).count();
        let means = step.silence.as_ref().and_then(|silence| silence.outcome.as_ref());
        let silent = match (&step.by_each, means) {
            (Some(each), Some(means)) if means.as_str() == outcome && self.fell_silent(step) => {
                self.unanswered(step, each).len()
            }
            _ => 0,
        };
        (said + silent) as i64
    }

    /// Whether the day of `not_before` has come; without one always.
    pub fn ripe(&self, step: &Step) -> Result<bool, NoData> {
        match self.ripe_on(step)? {
            Ripe::At(day) => Ok(self.scene.today >= day),
            Ripe::Always => Ok(true),
            Ripe::NotYetKnown => Ok(false),
        }
    }

    /// The day of `not_before`.
    pub fn ripe_on(&self, step: &Step) -> Result<Ripe, NoData> {
        let Some(not_before) = &step.not_before else { return Ok(Ripe::Always) };
        Ok(match self.due_of(&not_before.day)? {
            Some(due) => Ripe::At(due.date),
            None => Ripe::NotYetKnown,
        })
    }

    /// The roles whose holders may take the step by its table: `by`, and of `by_each` those who have
    /// not answered, and those who record for them.
    pub fn roles(&self, step: &Step) -> Vec<Role> {
        let mut roles: Vec<Role> = step.by.iter().flat_map(|who| self.roles_of(who)).collect();
        if let Some(each) = &step.by_each {
            let open = self.open_answers(step, each);
            roles.extend(open.iter().filter_map(|member| Self::role_of(each, member)));
        }
        roles.extend(step.recorded_by.iter().flat_map(|who| self.roles_of(who)));
        let mut seen = std::collections::BTreeSet::new();
        roles.retain(|role| seen.insert(role.clone()));
        roles
    }

    /// The roles that a *who* means here.
    pub fn roles_of(&self, who: &Who) -> Vec<Role> {
        match who {
            Who::Post(post) => vec![Role::Post(post.clone())],
            Who::Group(group) => {
                let posts = self.rulebook.groups.get(group).map_or(&[] as &[_], Vec::as_slice);
                posts.iter().cloned().map(Role::Post).collect()
            }
            Who::At(post, body) => vec![Role::At(post.clone(), body.clone())],
            Who::PersonIn(path) => self.scene.persons(self.matter, path).into_iter().map(Role::Person).collect(),
            Who::AtBodyIn(post, path) => {
                let bodies = self.scene.bodies(self.matter, path);
                let posts = [post].into_iter().chain(self.substitute(post, path));
                posts.flat_map(|post| bodies.iter().map(|body| Role::At(post.clone(), body.clone()))).collect()
            }
            Who::AtClass(post, class) => {
                let bodies = self.scene.organisation.bodies.values();
                let of_class = bodies.filter(|body| body.class == *class);
                of_class.map(|body| Role::At(post.clone(), body.id.clone())).collect()
            }
            Who::Where(link, who) if self.matter.fields.contains_key(link) => self.roles_of(who),
            Who::Where(..) | Who::ReadersOf(_) | Who::Anyone => vec![],
        }
    }

    /// The post of whoever stands in without full powers for a post at one body: only in what is urgent.
    fn substitute(&self, post: &PostId, path: &Path) -> Option<&'s PostId> {
        let one_body = matches!(self.scene.value(self.matter, path), Some(Value::Body(_)));
        let urgent = self.scene.is_yes(self.matter, &Path(vec![FieldId::new("urgent")]));
        let mut regimes = self.rulebook.standing.regimes.values();
        let regime = regimes.find(|regime| !regime.full && regime.post == *post);
        regime.filter(|_| one_body && urgent).map(|regime| &regime.known_as)
    }
}

/// From when a step is lawful.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ripe {
    Always,
    At(Date),
    /// What it counts from has not happened.
    NotYetKnown,
}
