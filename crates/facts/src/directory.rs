//! The directory: bodies, people, and dated relations between them.
//!
//! A relation is never changed: it ends, or another one begins; so every day of the past can be
//! asked for. Knows no post by name. Invariant: who holds a role on a day is a function of the
//! relations and the office's stand-in regimes, never of what a person typed in.

use crate::{BodyId, Label, MatterId, PersonId, PostId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A body: department, region, institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub id: BodyId,
    pub name: Label,
    /// A class that the rulebook names: `constituent`, `region`.
    pub class: String,
}

/// Who founds an office: the one act of nobody's post. No person has this id.
pub const INSTALLATION: &str = "installation";

/// A person of the directory, shown by this name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub name: Label,
}

/// Who may take a step: whoever holds this role at that instant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A post of the whole office: `mayor`.
    Post(PostId),
    /// A post at a body: `head` of `finance`; `leader` of `finance` is who is in charge of it.
    At(PostId, BodyId),
    Person(PersonId),
}

impl Role {
    /// The key under which projections keep a role: `post:mayor`, `head:finance`, `person:p17`.
    pub fn key(&self) -> String {
        match self {
            Role::Post(post) => ["post:", post.as_str()].concat(),
            Role::At(post, body) => [post.as_str(), ":", body.as_str()].concat(),
            Role::Person(person) => ["person:", person.as_str()].concat(),
        }
    }

    /// The role of a key made by [`Role::key`].
    pub fn of_key(key: &str) -> Option<Role> {
        let (first, rest) = key.split_once(':')?;
        Some(match first {
            "post" => Role::Post(rest.into()),
            "person" => Role::Person(rest.into()),
            post => Role::At(post.into(), rest.into()),
        })
    }
}

/// A relation of the directory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Holds a post of the office, or a post at a body.
    Holds {
        post: PostId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<BodyId>,
    },
    /// Is in charge of a body (supervises it).
    Leads { body: BodyId },
    /// Keeps in touch with a body without being in charge of it.
    Liaises { body: BodyId },
    /// Is away; the reason is a choice of the rulebook.
    Away { reason: String },
    /// Stands in under a regime of the rulebook, for a person who is away or for a post.
    StandsIn {
        regime: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
    },
    /// Acts for a person in one matter or portfolio, by that person's written delegation.
    Delegated { by: PersonId, scope: String },
}

/// A relation with the days it holds, both included, and the matter it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    pub person: PersonId,
    pub relation: Relation,
    pub from: Date,
    /// The last day; `None`: until further notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The matter whose act made it; `None` for the founding directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<MatterId>,
    /// Ends the tenure of the same relation that began on `from` instead of beginning one: `until` is then its
    /// last day.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ends: bool,
}

/// One thing said of the directory; the directory is the fold of all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// A body, new or with a new name or class.
    Body(Body),
    /// A person, new or with a new name.
    Person(Person),
    Tenure(Tenure),
}

/// How a person came to a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// By being that person.
    Own,
    /// By holding the post.
    Post,
    /// By holding another post that includes this one.
    Including(PostId),
    /// By being in charge of the body.
    Portfolio,
    /// By standing in: the regime, for whom, and the matter of the order.
    StandIn {
        regime: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        basis: Option<MatterId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
}

/// How standing in works in this office; comes from the rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Regime {
    /// The post stood in for; a post at a body (`leader`) stands for all bodies of the absent person.
    pub post: PostId,
    /// The post under which the stand-in is known: `acting_mayor`, `substitute`.
    pub known_as: PostId,
    /// Whether the stand-in has the post's own powers too (else only what the rulebook gives `known_as`).
    pub full: bool,
    /// Whether the holder gives the powers up for the time.
    pub exclusive: bool,
    /// Posts of which the stand-in must hold one, those at a body at the body stood in for; empty: none.
    #[serde(default)]
    pub while_holding: Vec<PostId>,
    /// Whether it counts only on days on which the stand-in is not away.
    #[serde(default)]
    pub present: bool,
    /// Whether it ends when the absence of whom it is for ends.
    #[serde(default)]
    pub until_return: bool,
}

/// What the rulebook says of posts, as far as the directory needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posts {
    /// A post and the posts it includes: `executive_vice_mayor` → `vice_mayor`.
    pub includes: BTreeMap<PostId, Vec<PostId>>,
    /// The name of the office of who is in charge of a body; `leader`.
    pub leader: PostId,
    /// Posts of which whoever is in charge of a body must hold one; empty: none.
    #[serde(default)]
    pub leader_while_holding: Vec<PostId>,
    pub regimes: BTreeMap<String, Regime>,
}

/// Everything ever said about bodies, people and their relations, in the order it was said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    pub bodies: Vec<Body>,
    pub people: Vec<Person>,
    #[serde(default)]
    pub tenures: Vec<Tenure>,
}

impl Default for PostId {
    fn default() -> Self {
        PostId::new("")
    }
}

impl Directory {
    /// The directory after everything that was said, in order.
    pub fn fold(entries: impl IntoIterator<Item = Entry>) -> Directory {
        let mut directory = Directory::default();
        entries.into_iter().for_each(|entry| directory.say(entry));
        directory
    }

    /// Takes in one more entry.
    pub fn say(&mut self, entry: Entry) {
        match entry {
            Entry::Body(body) => match self.bodies.iter_mut().find(|known| known.id == body.id) {
                Some(known) => *known = body,
                None => self.bodies.push(body),
            },
            Entry::Person(person) => match self.people.iter_mut().find(|known| known.id == person.id) {
                Some(known) => *known = person,
                None => self.people.push(person),
            },
            Entry::Tenure(tenure) => self.tenures.push(tenure),
        }
    }

    /// The relations in force on a day, with what was said later taking away what it ends.
    pub fn in_force(&self, on: Date) -> Vec<&Tenure> {
        let mut in_force: Vec<&Tenure> = vec![];
        for tenure in &self.tenures {
            if tenure.ends {
                let last = tenure.until.unwrap_or(tenure.from);
                in_force.retain(|held| !(held.is_same_as(tenure) && on > last));
            } else if tenure.from <= on && tenure.until.is_none_or(|until| on <= until) {
                in_force.push(tenure);
            }
        }
        in_force
    }

    /// The relations that begin only after a day and are not taken back before they do.
    pub fn to_come(&self, on: Date) -> Vec<&Tenure> {
        let begins = |tenure: &&Tenure| !tenure.ends && tenure.from > on;
        let stays = |tenure: &&Tenure| self.last_day(tenure).is_none_or(|last| last >= tenure.from);
        self.tenures.iter().filter(begins).filter(stays).collect()
    }

    /// The last day of a tenure when what ends it is taken into account.
    pub fn last_day(&self, tenure: &Tenure) -> Option<Date> {
        let said = self.tenures.iter().position(|held| std::ptr::eq(held, tenure)).unwrap_or(0);
        let ended = self.tenures[said..]
            .iter()
            .filter(|end| end.ends && tenure.is_same_as(end))
            .filter_map(|end| end.until)
            .min();
        [tenure.until, ended].into_iter().flatten().min()
    }

    /// The office as it stands on a day.
    pub fn as_of(&self, on: Date, posts: &Posts) -> Organisation {
        Organisation::new(self, on, posts)
    }
}

impl Tenure {
    /// Whether an end speaks of this tenure: the same relation may be said for other days too.
    fn is_same_as(&self, other: &Tenure) -> bool {
        self.person == other.person && self.relation == other.relation && self.from == other.from
    }
}

/// The office on one day: who holds which role and how.
#[derive(Clone, Debug)]
pub struct Organisation {
    pub on: Date,
    pub bodies: BTreeMap<BodyId, Body>,
    pub people: BTreeMap<PersonId, Person>,
    roles: BTreeMap<PersonId, Vec<(Role, Via)>>,
    holders: BTreeMap<Role, Vec<(PersonId, Via)>>,
    lent: BTreeMap<PersonId, Vec<Role>>,
    away: BTreeMap<PersonId, Vec<Tenure>>,
    in_force: Vec<Tenure>,
    to_come: Vec<Tenure>,
}

impl Organisation {
    fn new(directory: &Directory, on: Date, posts: &Posts) -> Organisation {
        // Their last day is the one that counts, whether it was said at first or later.
        let dated = |tenure: &Tenure| Tenure { until: directory.last_day(tenure), ..tenure.clone() };
        let in_force: Vec<Tenure> = directory.in_force(on).into_iter().map(dated).collect();
        let to_come: Vec<Tenure> = directory.to_come(on).into_iter().map(dated).collect();
        let mut found: BTreeSet<(PersonId, Role, Via)> = BTreeSet::new();
        for person in &directory.people {
            found.insert((person.id.clone(), Role::Person(person.id.clone()), Via::Own));
        }
        for tenure in &in_force {
            hold(tenure, posts, &mut found);
        }
        for tenure in &in_force {
            lead(tenure, posts, &mut found);
        }
        let mut lent: BTreeMap<PersonId, Vec<Role>> = BTreeMap::new();
        for (person, role) in stand_in(&in_force, posts, &mut found) {
            lent.entry(person).or_default().push(role);
        }
        let mut organisation = Organisation {
            on,
            bodies: directory.bodies.iter().map(|body| (body.id.clone(), body.clone())).collect(),
            people: directory.people.iter().map(|person| (person.id.clone(), person.clone())).collect(),
            roles: BTreeMap::new(),
            holders: BTreeMap::new(),
            lent,
            away: BTreeMap::new(),
            in_force: vec![],
            to_come,
        };
        for (person, role, via) in found {
            organisation.roles.entry(person.clone()).or_default().push((role.clone(), via.clone()));
            organisation.holders.entry(role).or_default().push((person, via));
        }
        for tenure in &in_force {
            if matches!(tenure.relation, Relation::Away { .. }) {
                organisation.away.entry(tenure.person.clone()).or_default().push(tenure.clone());
            }
        }
        organisation.in_force = in_force;
        organisation
    }

    /// The roles of a person and how they were come by; a person unknown has none.
    pub fn roles(&self, person: &PersonId) -> &[(Role, Via)] {
        self.roles.get(person).map_or(&[], Vec::as_slice)
    }
    /// Who holds a role; empty when the post is vacant.
    pub fn holders(&self, role: &Role) -> &[(PersonId, Via)] {
        self.holders.get(role).map_or(&[], Vec::as_slice)
    }
    /// How a person holds a role: the strongest reason first.
    pub fn via(&self, person: &PersonId, role: &Role) -> Option<&Via> {
        self.roles(person).iter().filter(|(held, _)| held == role).map(|(_, via)| via).min()
    }
    /// The roles of a person that somebody else exercises alone on this day. They give no step; what may be
    /// read in them may still be read.
    pub fn lent(&self, person: &PersonId) -> &[Role] {
        self.lent.get(person).map_or(&[], Vec::as_slice)
    }
    /// The absences of a person on this day.
    pub fn away(&self, person: &PersonId) -> &[Tenure] {
        self.away.get(person).map_or(&[], Vec::as_slice)
    }
    /// Every relation in force on this day.
    pub fn in_force(&self) -> &[Tenure] {
        &self.in_force
    }
    /// The body where a person holds a post, the first by name where several.
    pub fn body_of(&self, person: &PersonId) -> Option<&BodyId> {
        self.roles(person).iter().find_map(|(role, via)| match (role, via) {
            (Role::At(_, body), Via::Post | Via::Including(_)) => Some(body),
            _ => None,
        })
    }
    /// Every relation that is known to begin later.
    pub fn to_come(&self) -> &[Tenure] {
        &self.to_come
    }
    /// The posts of the whole office that a person holds by appointment.
    pub fn posts_of<'a>(&'a self, person: &PersonId) -> impl Iterator<Item = &'a PostId> {
        self.roles(person).iter().filter_map(|(role, via)| match (role, via) {
            (Role::Post(post), Via::Post) => Some(post),
            _ => None,
        })
    }
}

fn hold(tenure: &Tenure, posts: &Posts, found: &mut BTreeSet<(PersonId, Role, Via)>) {
    let Relation::Holds { post, body } = &tenure.relation else { return };
    let role = |post: &PostId| match body {
        Some(body) => Role::At(post.clone(), body.clone()),
        None => Role::Post(post.clone()),
    };
    let mut add = |role, via| found.insert((tenure.person.clone(), role, via));
    add(role(post), Via::Post);
    for included in posts.includes.get(post).into_iter().flatten() {
        add(role(included), Via::Including(post.clone()));
    }
}

/// Being in charge of a body rests on a post: without it the portfolio gives nothing.
fn lead(tenure: &Tenure, posts: &Posts, found: &mut BTreeSet<(PersonId, Role, Via)>) {
    let Relation::Leads { body } = &tenure.relation else { return };
    if holds_one_of(&posts.leader_while_holding, &tenure.person, Some(body), found) {
        found.insert((tenure.person.clone(), Role::At(posts.leader.clone(), body.clone()), Via::Portfolio));
    }
}

/// Whether a person holds one of the posts, of the whole office or at the body; no posts ask for nothing.
fn holds_one_of(
    posts: &[PostId],
    person: &PersonId,
    body: Option<&BodyId>,
    found: &BTreeSet<(PersonId, Role, Via)>,
) -> bool {
    let held = |role: &Role| match role {
        Role::Post(post) => posts.contains(post),
        Role::At(post, at) => posts.contains(post) && Some(at) == body,
        Role::Person(_) => false,
    };
    posts.is_empty() || found.iter().any(|(holder, role, _)| holder == person && held(role))
}

/// Gives the stand-ins their roles and takes away what an exclusive regime suspends, which is returned.
fn stand_in(
    in_force: &[Tenure],
    posts: &Posts,
    found: &mut BTreeSet<(PersonId, Role, Via)>,
) -> BTreeSet<(PersonId, Role)> {
    let mut lent = BTreeSet::new();
    for tenure in in_force {
        let Relation::StandsIn { regime: name, person } = &tenure.relation else { continue };
        let Some(regime) = posts.regimes.get(name) else { continue };
        let away = |held: &Tenure| held.person == tenure.person && matches!(held.relation, Relation::Away { .. });
        if regime.present && in_force.iter().any(away) {
            continue;
        }
        let stood_for: Vec<(PersonId, Role, Via)> = found
            .iter()
            .filter(|(holder, role, via)| {
                !matches!(via, Via::StandIn { .. })
                    && person.as_ref().is_none_or(|person| person == holder)
                    && match role {
                        Role::Post(post) | Role::At(post, _) => *post == regime.post,
                        Role::Person(_) => false,
                    }
            })
            .cloned()
            .collect();
        for entry in stood_for {
            let body = match &entry.1 {
                Role::At(_, body) => Some(body),
                _ => None,
            };
            if !holds_one_of(&regime.while_holding, &tenure.person, body, found) {
                continue;
            }
            let via = Via::StandIn {
                regime: name.clone(),
                person: Some(entry.0.clone()),
                basis: tenure.basis,
                until: tenure.until,
            };
            let known_as = match &entry.1 {
                Role::At(_, body) => Role::At(regime.known_as.clone(), body.clone()),
                _ => Role::Post(regime.known_as.clone()),
            };
            found.insert((tenure.person.clone(), known_as, via.clone()));
            if regime.full {
                found.insert((tenure.person.clone(), entry.1.clone(), via));
            }
            if regime.exclusive && entry.0 != tenure.person && found.remove(&entry) {
                lent.insert((entry.0, entry.1));
            }
        }
    }
    lent
}
