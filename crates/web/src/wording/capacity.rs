//! In which capacity somebody acted or may act: as executive vice mayor, acting for the mayor under
//! an order until a day.
//!
//! Invariant: whoever stands in is never shown as if the post were theirs.

use super::Words;
use facts::{Capacity, MatterId, PersonId, Role, Via};
use jiff::civil::Date;

impl Words {
    /// The capacity of an act on record.
    pub fn capacity(&self, capacity: &Capacity) -> String {
        let own = capacity.post.as_ref().map(|post| self.post(post));
        self.capacity_of(&capacity.role, &capacity.via, own)
    }

    /// The capacity in which a person holds a role today.
    pub fn capacity_today(&self, person: &PersonId, role: &Role) -> String {
        let own = self.organisation.posts_of(person).next().map(|post| self.post(post));
        match self.organisation.via(person, role) {
            Some(via) => self.capacity_of(role, via, own),
            None => own.map_or(String::new(), |post| self.say("capacity-post", &[("post", &post)])),
        }
    }

    /// Each way in which a person stands in for others today.
    pub fn standing_in(&self, person: &PersonId) -> Vec<String> {
        let mut said = vec![];
        for (role, via) in self.organisation.roles(person) {
            if let Via::StandIn { regime, person, basis, until } = via {
                let words = self.stands_in(role, regime, person.as_ref(), *basis, *until);
                if !said.contains(&words) {
                    said.push(words);
                }
            }
        }
        said
    }

    pub(super) fn capacity_of(&self, role: &Role, via: &Via, own: Option<String>) -> String {
        let as_post = |post: String| self.say("capacity-post", &[("post", &post)]);
        match (via, role) {
            (Via::Own, Role::Person(_)) | (Via::Own, _) => own.map_or_else(|| self.t("capacity-person"), as_post),
            (Via::Post, role) => as_post(self.role(role)),
            (Via::Including(post), Role::At(_, body)) => as_post(self.role(&Role::At(post.clone(), body.clone()))),
            (Via::Including(post), _) => as_post(self.post(post)),
            (Via::Portfolio, Role::At(_, body)) => {
                let body = self.body(body);
                match own {
                    Some(post) => self.say("capacity-portfolio", &[("post", &post), ("body", &body)]),
                    None => self.say("capacity-portfolio-only", &[("body", &body)]),
                }
            }
            (Via::Portfolio, role) => as_post(self.role(role)),
            (Via::StandIn { regime, person, basis, until }, role) => {
                let standing_in = self.stands_in(role, regime, person.as_ref(), *basis, *until);
                match own {
                    Some(post) => self.say("capacity-standing-in", &[("post", &post), ("how", &standing_in)]),
                    None => standing_in,
                }
            }
        }
    }

    /// Acting for the mayor under CO-2026-3 until 3 December 2026.
    fn stands_in(
        &self,
        role: &Role,
        regime: &str,
        person: Option<&PersonId>,
        basis: Option<MatterId>,
        until: Option<Date>,
    ) -> String {
        let stood_for = self.rulebook().standing.regimes.get(regime).map(|regime| &regime.post);
        let post = match (stood_for, role) {
            (Some(post), Role::At(_, body)) => self.role(&Role::At(post.clone(), body.clone())),
            (Some(post), _) => self.post(post),
            (None, role) => self.role(role),
        };
        let name = person.map(|person| self.person(person)).filter(|name| !name.eq_ignore_ascii_case(&post));
        let mut said = match name {
            Some(name) => self.say("stand-in-for-person", &[("post", &post), ("person", &name)]),
            None => self.say("stand-in-for", &[("post", &post)]),
        };
        if let Some(named) = basis.and_then(|basis| self.names.get(&basis)) {
            said = self.say("stand-in-basis", &[("said", &said), ("number", &named.number.as_str())]);
        }
        if let Some(until) = until {
            said = self.say("stand-in-until", &[("said", &said), ("day", &self.day(until))]);
        }
        said
    }
}
