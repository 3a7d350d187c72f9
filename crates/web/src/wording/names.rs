//! Names of kinds, steps, fields, outcomes, people, bodies, posts and roles.
//!
//! Invariant: an id that nobody gave a name is shown as it is, never left out.

use super::Words;
use crate::components::Tone;
use facts::{BodyId, FieldId, KindId, MatterId, OutcomeId, PersonId, PostId, Relation, Role, StepId, Tenure, Via};
use jiff::civil::Date;

/// Names that are listed before the rest is counted.
const NAMES_MAX: usize = 3;

impl Words {
    /// A kind of matter.
    pub fn kind(&self, kind: &KindId) -> String {
        self.pick(&self.rulebook().terms.kind(kind.as_str()))
    }
    /// Matters of a kind.
    pub fn kinds(&self, kind: &KindId) -> String {
        self.pick(&self.rulebook().terms.label(&format!("kinds/{kind}")))
    }
    /// A step, as a verb.
    pub fn step(&self, kind: &KindId, step: &StepId) -> String {
        let known = self.rulebook().kind(kind.as_str()).is_some_and(|kind| kind.step(step.as_str()).is_some());
        match known {
            true => self.pick(&self.rulebook().terms.step(kind.as_str(), step.as_str())),
            // The first event of a matter that another one opened.
            false => self.t("event-opened"),
        }
    }
    /// The first outcome of a step is the one that is hoped for; another that counts is neither good nor bad.
    pub fn outcome_tone(&self, kind: &KindId, step: &StepId, outcome: Option<&OutcomeId>, counts: bool) -> Tone {
        let step = self.rulebook().kind(kind.as_str()).and_then(|kind| kind.step(step.as_str()));
        let first = step.and_then(|step| step.outcomes.first()).map(|outcome| &outcome.id);
        match counts {
            true if first == outcome => Tone::Done,
            true => Tone::Plain,
            false => Tone::Refused,
        }
    }
    /// What a step of a kind makes public, where the public calls it otherwise than the kind.
    pub fn publication(&self, kind: &KindId, step: &StepId) -> Option<String> {
        self.rulebook().terms.publication(kind.as_str(), step.as_str()).map(|own| self.pick(own))
    }
    /// A field.
    pub fn field(&self, kind: &KindId, field: &FieldId) -> String {
        self.pick(&self.rulebook().terms.field(kind.as_str(), field.as_str()))
    }
    /// An outcome of a step.
    pub fn outcome(&self, kind: &KindId, step: &StepId, outcome: &OutcomeId) -> String {
        self.pick(&self.rulebook().terms.outcome(kind.as_str(), step.as_str(), outcome.as_str()))
    }
    /// The place of a field in its kind, as the rulebook lists them.
    pub fn place_of_field(&self, kind: &KindId, field: &FieldId) -> usize {
        let fields = self.rulebook().kind(kind.as_str()).map_or(&[] as &[_], |kind| &kind.fields);
        fields.iter().position(|known| known.id == *field).unwrap_or(usize::MAX)
    }

    /// A post.
    pub fn post(&self, post: &PostId) -> String {
        self.pick(&self.rulebook().terms.post(post.as_str()))
    }
    /// A person, by the name of the directory.
    pub fn person(&self, person: &PersonId) -> String {
        self.organisation.people.get(person).map_or_else(|| person.to_string(), |found| self.pick(&found.name))
    }
    /// A body.
    pub fn body(&self, body: &BodyId) -> String {
        self.organisation.bodies.get(body).map_or_else(|| body.to_string(), |found| self.pick(&found.name))
    }
    /// A matter by number and title, if it may be named.
    pub fn matter(&self, id: MatterId) -> Option<String> {
        let named = self.names.get(&id)?;
        let title = self.pick(&named.title);
        Some(self.say("matter-name", &[("number", &named.number.as_str()), ("title", &title)]))
    }
    /// The page of a matter, if it may be named.
    pub fn matter_href(&self, id: MatterId) -> Option<String> {
        self.names.get(&id).map(|named| matter_href(named.number.as_str()))
    }

    /// A role by its post: Head of the Finance Bureau.
    pub fn role(&self, role: &Role) -> String {
        match role {
            Role::Post(post) => self.post(post),
            Role::At(post, body) => self.say("role-at", &[("post", &self.post(post)), ("body", &self.body(body))]),
            Role::Person(person) => self.person(person),
        }
    }

    /// A role with the names of those who hold it today: Head of the Finance Bureau (…).
    pub fn role_with_holders(&self, role: &Role) -> String {
        let post = self.role(role);
        let mut names: Vec<String> = vec![];
        for (person, _) in self.organisation.holders(role) {
            let name = self.person(person);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        match &names[..] {
            [] => self.say("role-vacant", &[("post", &post)]),
            [only] if only.eq_ignore_ascii_case(&post) => post,
            _ => {
                let names = self.names_apart(&names);
                self.say("role-held", &[("post", &post), ("names", &names)])
            }
        }
    }

    /// A role with who holds it today; where it is held by standing in, under which order and until when.
    pub fn role_as_held(&self, role: &Role) -> String {
        let holders = self.organisation.holders(role);
        let stands_in = |(person, via): &(PersonId, Via)| {
            let capacity = matches!(via, Via::StandIn { .. }).then(|| self.capacity_of(role, via, None))?;
            Some(self.say("who-in-capacity", &[("who", &self.person(person)), ("capacity", &capacity)]))
        };
        let names: Option<Vec<String>> = holders.iter().map(stands_in).collect();
        match names.as_deref() {
            None | Some([]) => self.role_with_holders(role),
            Some(names) => {
                let names = self.names_apart(names);
                self.say("role-held", &[("post", &self.role(role)), ("names", &names)])
            }
        }
    }

    /// Names in one line, the rest counted.
    pub fn names<T: AsRef<str>>(&self, names: &[T]) -> String {
        self.names_joined(names, "list-comma")
    }

    /// Names in one line that may have commas of their own, the rest counted.
    pub fn names_apart<T: AsRef<str>>(&self, names: &[T]) -> String {
        self.names_joined(names, "list-semicolon")
    }

    fn names_joined<T: AsRef<str>>(&self, names: &[T], between: &str) -> String {
        let join = |names: &[T]| names.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(&self.t(between));
        if names.len() <= NAMES_MAX + 1 {
            return join(names);
        }
        let (first, rest) = names.split_at(NAMES_MAX);
        self.say("names-and-more", &[("names", &join(first)), ("count", &rest.len())])
    }

    /// Roles with who holds them today, each once.
    pub fn roles(&self, roles: &[Role]) -> Vec<String> {
        let mut said: Vec<String> = vec![];
        for role in roles {
            let words = self.role_with_holders(role);
            if !said.contains(&words) {
                said.push(words);
            }
        }
        said
    }

    /// The name of a class of bodies.
    pub fn class(&self, class: &str) -> String {
        self.pick(&self.rulebook().terms.label(&format!("class/{class}")))
    }

    /// A vacancy in plain words, and that it holds up nothing but this step.
    pub fn vacancy(&self, role: &Role) -> String {
        self.vacant(role, "vacant")
    }

    /// That a post is vacant, said of the post and not of a step.
    pub fn vacancy_of_post(&self, role: &Role) -> String {
        self.vacant(role, "vacant-post")
    }

    fn vacant(&self, role: &Role, key: &str) -> String {
        let post = self.role(role);
        match self.vacant_since(role) {
            Some(since) => self.say(&format!("{key}-since"), &[("post", &post), ("day", &self.day(since))]),
            None => self.say(key, &[("post", &post)]),
        }
    }

    /// The first day without a holder, if there was one before.
    fn vacant_since(&self, role: &Role) -> Option<Date> {
        let leader = &self.rulebook().standing.leader;
        let holds = |tenure: &&Tenure| match (role, &tenure.relation) {
            (Role::Post(post), Relation::Holds { post: held, body: None }) => post == held,
            (Role::At(post, body), Relation::Holds { post: held, body: Some(at) }) => post == held && body == at,
            (Role::At(post, body), Relation::Leads { body: led }) => post == leader && body == led,
            _ => false,
        };
        let tenures = self.directory.tenures.iter().filter(|tenure| !tenure.ends).filter(holds);
        let last = tenures.filter_map(|tenure| self.directory.last_day(tenure)).filter(|day| *day < self.today).max();
        last.and_then(|day| day.tomorrow().ok())
    }
}

/// The page of a matter.
pub fn matter_href(number: &str) -> String {
    format!("/matters/{}", super::names::path_segment(number))
}

/// A text as one segment of an address.
pub fn path_segment(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
        encoded
    })
}
