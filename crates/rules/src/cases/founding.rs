//! A directory written down: the bodies and people with which an office or a scenario begins.
//!
//! Reads text only. Invariant: a directory without problems names only people and bodies that it
//! declares, posts, classes and regimes that the rulebook has, and every body that the rulebook names.

use super::text::{self, Day, with_nearest};
use crate::rulebook::{Place, Problem, Rulebook, SourceFile};
use facts::{Body, BodyId, Directory, Label, Person, PersonId, PostId, Relation, Tenure};
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Founding {
    #[serde(default)]
    body: Vec<Spanned<BodyRow>>,
    #[serde(default)]
    person: Vec<Spanned<PersonRow>>,
    #[serde(default)]
    holds: Vec<Spanned<HoldsRow>>,
    #[serde(default)]
    leads: Vec<Spanned<LeadsRow>>,
    #[serde(default)]
    liaises: Vec<Spanned<LeadsRow>>,
    #[serde(default)]
    away: Vec<Spanned<AwayRow>>,
    #[serde(default)]
    stands_in: Vec<Spanned<StandsInRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyRow {
    id: String,
    en: String,
    zh: String,
    class: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonRow {
    id: String,
    en: String,
    zh: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoldsRow {
    person: String,
    post: String,
    body: Option<String>,
    from: Day,
    until: Option<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LeadsRow {
    leader: String,
    bodies: Vec<String>,
    from: Day,
    until: Option<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AwayRow {
    person: String,
    reason: String,
    from: Day,
    until: Day,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StandsInRow {
    person: String,
    regime: String,
    #[serde(rename = "for")]
    stood_for: Option<String>,
    from: Day,
    until: Option<Day>,
}

/// The directory of a file.
///
/// # Errors
/// Every problem of the file, with its line and the nearest name.
pub fn parse_directory(file: &SourceFile, rulebook: &Rulebook) -> Result<Directory, Vec<Problem>> {
    let mut problems = vec![];
    let Some(founding) = text::parse::<Founding>(file, &mut problems) else { return Err(problems) };
    let mut reading = Reading { file, rulebook, directory: Directory::default(), problems };
    reading.bodies(founding.body);
    reading.people(founding.person);
    reading.relations(founding.holds, founding.leads, founding.liaises);
    reading.absences(founding.away, founding.stands_in);
    match reading.problems.is_empty() {
        true => Ok(reading.directory),
        false => Err(reading.problems),
    }
}

struct Reading<'r> {
    file: &'r SourceFile,
    rulebook: &'r Rulebook,
    directory: Directory,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn bodies(&mut self, rows: Vec<Spanned<BodyRow>>) {
        for row in rows {
            let (at, row) = (row.span().start, row.into_inner());
            let classes = self.rulebook.classes.iter().map(String::as_str);
            self.known(at, "class", &row.class, classes);
            if self.directory.bodies.iter().any(|body| body.id.as_str() == row.id) {
                self.say(at, format!("the body \"{}\" stands here twice", row.id));
            }
            let name = Label { en: row.en, zh: row.zh };
            self.directory.bodies.push(Body { id: BodyId::new(row.id), name, class: row.class });
        }
        for named in &self.rulebook.named_bodies {
            if !self.directory.bodies.iter().any(|body| body.id == *named) {
                self.say(0, format!("the rulebook names the body \"{named}\", and it is not here"));
            }
        }
    }

    fn people(&mut self, rows: Vec<Spanned<PersonRow>>) {
        for row in rows {
            let (at, row) = (row.span().start, row.into_inner());
            if self.directory.people.iter().any(|person| person.id.as_str() == row.id) {
                self.say(at, format!("the person \"{}\" stands here twice", row.id));
            }
            let name = Label { en: row.en, zh: row.zh };
            self.directory.people.push(Person { id: PersonId::new(row.id), name });
        }
    }

    fn relations(
        &mut self,
        holds: Vec<Spanned<HoldsRow>>,
        leads: Vec<Spanned<LeadsRow>>,
        liaises: Vec<Spanned<LeadsRow>>,
    ) {
        for row in holds {
            let (at, row) = (row.span().start, row.into_inner());
            let post = self.post(at, &row.post, row.body.is_some());
            let body = row.body.and_then(|body| self.body(at, &body));
            if let (Some(person), Some(post)) = (self.person(at, &row.person), post) {
                self.tenure(at, person, Relation::Holds { post, body }, row.from, row.until);
            }
        }
        let leads = leads.into_iter().map(|row| (row, true));
        for (row, in_charge) in leads.chain(liaises.into_iter().map(|row| (row, false))) {
            let (at, row) = (row.span().start, row.into_inner());
            let person = self.person(at, &row.leader);
            for body in &row.bodies {
                let (Some(person), Some(body)) = (person.clone(), self.body(at, body)) else { continue };
                let relation = if in_charge { Relation::Leads { body } } else { Relation::Liaises { body } };
                self.tenure(at, person, relation, row.from, row.until);
            }
        }
    }

    fn absences(&mut self, away: Vec<Spanned<AwayRow>>, stands_in: Vec<Spanned<StandsInRow>>) {
        for row in away {
            let (at, row) = (row.span().start, row.into_inner());
            if let Some(person) = self.person(at, &row.person) {
                self.tenure(at, person, Relation::Away { reason: row.reason }, row.from, Some(row.until));
            }
        }
        for row in stands_in {
            let (at, row) = (row.span().start, row.into_inner());
            let regimes = self.rulebook.standing.regimes.keys().map(String::as_str);
            self.known(at, "way of standing in", &row.regime, regimes);
            let stood_for = row.stood_for.and_then(|person| self.person(at, &person));
            if let Some(person) = self.person(at, &row.person) {
                let relation = Relation::StandsIn { regime: row.regime, person: stood_for };
                self.tenure(at, person, relation, row.from, row.until);
            }
        }
    }

    fn tenure(&mut self, at: usize, person: PersonId, relation: Relation, from: Day, until: Option<Day>) {
        let (Day(from), until) = (from, until.map(|Day(until)| until));
        if until.is_some_and(|until| until < from) {
            self.say(at, "the last day comes before the first".into());
        }
        self.directory.tenures.push(Tenure { person, relation, from, until, basis: None, ends: false });
    }

    fn post(&mut self, at: usize, post: &str, has_body: bool) -> Option<PostId> {
        let posts = self.rulebook.posts.keys().map(PostId::as_str);
        self.known(at, "post", post, posts);
        let declared = self.rulebook.posts.get(post)?;
        if declared.at_body != has_body {
            let message = match has_body {
                true => format!("\"{post}\" is a post of the whole office and is held without a body"),
                false => format!("\"{post}\" is a post at a body: say at which"),
            };
            self.say(at, message);
        }
        if declared.from_portfolio || declared.stand_in_only {
            self.say(at, format!("\"{post}\" is not held by appointment"));
        }
        Some(declared.id.clone())
    }

    fn person(&mut self, at: usize, person: &str) -> Option<PersonId> {
        let people: Vec<PersonId> = self.directory.people.iter().map(|known| known.id.clone()).collect();
        self.known(at, "person", person, people.iter().map(PersonId::as_str));
        people.into_iter().find(|known| known.as_str() == person)
    }

    fn body(&mut self, at: usize, body: &str) -> Option<BodyId> {
        let bodies: Vec<BodyId> = self.directory.bodies.iter().map(|known| known.id.clone()).collect();
        self.known(at, "body", body, bodies.iter().map(BodyId::as_str));
        bodies.into_iter().find(|known| known.as_str() == body)
    }

    fn known<'n>(&mut self, at: usize, what: &str, name: &str, names: impl Iterator<Item = &'n str> + Clone) {
        if !names.clone().any(|known| known == name) {
            self.say(at, with_nearest(format!("no {what} \"{name}\""), name, names));
        }
    }

    fn say(&mut self, at: usize, message: String) {
        let (Place { file, line }, source) = text::at(self.file, at);
        self.problems.push(text::problem(&Place { file, line }, &source, message));
    }
}
