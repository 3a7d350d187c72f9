//! Why a step is refused, as one sentence.
//!
//! Invariant: every kind of refusal has its own sentence; none falls back to a general one.

use super::Words;
use facts::{FieldId, MatterId, Role, Value};
use jiff::civil::Date;
use rules::engine::Lapse;
use rules::refusal::{Refusal, Refused, Why};

/// The field that a refusal is about, if it is one that the person fills in.
pub fn field_of(why: &Why) -> Option<&FieldId> {
    match why {
        Why::FieldMissing { field }
        | Why::FieldNotAsked { field, .. }
        | Why::FieldWrong { field, .. }
        | Why::FieldUnknown { field, .. }
        | Why::FieldTwice { field, .. }
        | Why::OutOfSeries { field, .. }
        | Why::FieldNotAmong { field, .. } => Some(field),
        _ => None,
    }
}

/// Matters that a refusal speaks of, by their ids.
pub fn matters_named(refused: &Refused) -> Vec<MatterId> {
    let mut ids = vec![];
    for refusal in &refused.refusals {
        ids.extend(refusal.matter.into_iter().chain(refusal.missing.iter().filter_map(|missing| missing.matter)));
        match &refusal.why {
            Why::FieldTwice { value, .. } | Why::FieldUnknown { value, .. } => {
                ids.extend(value.parse::<MatterId>().ok())
            }
            Why::EachNotAsked { given } => ids.extend(given.matter()),
            _ => {}
        }
    }
    ids
}

impl Words {
    /// The sentence of one refusal.
    pub fn why(&self, refusal: &Refusal) -> String {
        match &refusal.why {
            Why::NotYours { belongs_to } => self.not_yours(belongs_to),
            Why::Vacant { belongs_to } => self.vacancies(belongs_to),
            Why::Forbidden => self.say("why-forbidden", &[("articles", &self.articles_line(refusal))]),
            Why::Past { on, by } => self.say("why-past", &[("person", &self.person(by)), ("day", &self.day(*on))]),
            Why::NotNeeded => self.t("why-not-needed"),
            Why::Carried { with } => {
                let mut steps: Vec<String> = vec![];
                for (kind, step) in with {
                    let step = self.step(kind, step);
                    if !steps.contains(&step) {
                        steps.push(step);
                    }
                }
                self.say("why-carried", &[("steps", &self.list(&steps))])
            }
            Why::Closed { on } => self.say("why-closed", &[("day", &self.day(*on))]),
            Why::UnknownKind => self.t("why-unknown-kind"),
            Why::UnknownStep { nearest } => match nearest {
                Some(step) => self.say("why-unknown-step-nearest", &[("step", &self.step(&refusal.kind, step))]),
                None => self.t("why-unknown-step"),
            },
            Why::UnknownMatter => self.t("why-unknown-matter"),
            Why::NoStart => self.t("why-no-start"),
            Why::OutcomeMissing { one_of } => {
                let outcomes: Vec<String> =
                    one_of.iter().map(|outcome| self.outcome(&refusal.kind, &refusal.step, outcome)).collect();
                self.say("why-outcome-missing", &[("outcomes", &self.list(&outcomes))])
            }
            Why::OutcomeUnknown { given, .. } => self.say("why-outcome-unknown", &[("given", &given.as_str())]),
            Why::EachMissing { one_of } => self.say("why-each-missing", &[("members", &self.members(one_of))]),
            Why::EachNotAsked { given } if !self.is_known(given) => {
                self.say("why-each-unknown", &[("member", &self.one(given))])
            }
            Why::EachNotAsked { given } => self.say("why-each-not-asked", &[("member", &self.one(given))]),
            Why::EachAnswered { member, on } => {
                self.say("why-each-answered", &[("member", &self.one(member)), ("day", &self.day(*on))])
            }
            Why::LateNeedsReason { due } => self.say("why-late", &[("day", &self.day(*due))]),
            Why::HeldAlready { post, from, until } => {
                let until = self.last_day(*until);
                self.say(
                    "why-held-already",
                    &[("post", &self.post(post)), ("from", &self.day(*from)), ("until", &until)],
                )
            }
            Why::NotAppointed { post } => self.say("why-not-appointed", &[("post", &self.post(post))]),
            Why::NotHeld { post } => self.say("why-not-held", &[("post", &self.post(post))]),
            Why::AwayThen { person, from, until } | Why::AwayAlready { person, from, until } => {
                let then = matches!(refusal.why, Why::AwayThen { .. });
                let key = if then { "why-away-then" } else { "why-away-already" };
                let (who, until) = (self.person(person), self.last_day(*until));
                self.say(key, &[("person", &who), ("from", &self.day(*from)), ("until", &until)])
            }
            Why::PostHeld { post, by, until } => {
                let (post, by) = (self.post(post), self.person(by));
                match until {
                    Some(until) => {
                        let day = self.day(*until);
                        self.say("why-post-held-until", &[("post", &post), ("person", &by), ("day", &day)])
                    }
                    None => self.say("why-post-held", &[("post", &post), ("person", &by)]),
                }
            }
            Why::DatesReversed { from, until } => {
                self.say("why-dates-reversed", &[("from", &self.day(*from)), ("until", &self.day(*until))])
            }
            Why::NoCalendar { year } => self.say("why-no-calendar", &[("year", &year.to_string())]),
            Why::NumberTaken { number } => self.say("why-number-taken", &[("number", number)]),
            Why::RuleError { message } => self.say("why-rule-error", &[("message", message)]),
            Why::FieldMissing { .. }
            | Why::FieldNotAsked { .. }
            | Why::FieldWrong { .. }
            | Why::FieldUnknown { .. }
            | Why::FieldTwice { .. }
            | Why::OutOfSeries { .. }
            | Why::NoId { .. }
            | Why::IdTaken { .. }
            | Why::FieldNotAmong { .. } => self.why_field(refusal),
        }
    }

    /// Until which day, both included.
    pub fn last_day(&self, until: Option<Date>) -> String {
        until
            .map_or_else(|| self.t("until-further-notice"), |until| self.say("until-day", &[("day", &self.day(until))]))
    }

    /// That somebody's standing in would not count for some days.
    pub fn lapse(&self, lapse: &Lapse) -> String {
        let regime = self.pick(&self.rulebook().terms.label(&format!("regime/{}", lapse.regime)));
        let (person, until) = (self.person(&lapse.person), self.last_day(lapse.until));
        let (from, regime) = (self.day(lapse.from), &regime);
        self.say("lapse", &[("person", &person), ("regime", regime), ("from", &from), ("until", &until)])
    }

    fn why_field(&self, refusal: &Refusal) -> String {
        let kind = &refusal.kind;
        match &refusal.why {
            Why::FieldMissing { field } => self.say("why-field-missing", &[("field", &self.field(kind, field))]),
            Why::FieldNotAsked { field, nearest: Some(nearest) } => {
                let nearest = self.field(kind, nearest);
                self.say("why-field-not-asked-nearest", &[("field", &field.as_str()), ("nearest", &nearest)])
            }
            Why::FieldNotAsked { field, nearest: None } => {
                self.say("why-field-not-asked", &[("field", &self.field(kind, field))])
            }
            Why::FieldWrong { field, expected } => {
                let expected = self.type_word(expected);
                self.say("why-field-wrong", &[("field", &self.field(kind, field)), ("expected", &expected)])
            }
            Why::FieldUnknown { field, value } => {
                let value = self.name_of_id(value);
                self.say("why-field-unknown", &[("field", &self.field(kind, field)), ("value", &value)])
            }
            Why::FieldTwice { field, value } => {
                let value = self.name_of_id(value);
                self.say("why-field-twice", &[("field", &self.field(kind, field)), ("value", &value)])
            }
            Why::NoId { field } => self.say("why-no-id", &[("field", &self.field(kind, field))]),
            Why::IdTaken { field, name } => {
                self.say("why-id-taken", &[("field", &self.field(kind, field)), ("name", &self.pick(name))])
            }
            Why::OutOfSeries { field, pattern } => {
                let pattern = pattern.replace("{n}", "1");
                self.say("why-out-of-series", &[("field", &self.field(kind, field)), ("like", &pattern)])
            }
            Why::FieldNotAmong { field, value, roles, classes } => {
                let classes = classes.iter().map(|class| self.class(class));
                let mut among: Vec<String> = roles.iter().map(|role| self.role(role)).chain(classes).collect();
                among.dedup();
                let lent = matches!(value, Value::Person(person)
                    if self.organisation.lent(person).iter().any(|role| roles.contains(role)));
                let key = if lent { "why-field-not-among-lent" } else { "why-field-not-among" };
                let (field, value) = (self.field(kind, field), self.one(value));
                self.say(key, &[("field", &field), ("value", &value), ("among", &self.names(&among))])
            }
            _ => String::new(),
        }
    }

    fn not_yours(&self, belongs_to: &[Role]) -> String {
        let mut roles: Vec<String> = vec![];
        for role in belongs_to.iter().map(|role| self.role_as_held(role)) {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        match &roles[..] {
            [] => self.t("why-nobodys"),
            roles => self.say("why-not-yours", &[("who", &self.names(roles))]),
        }
    }

    /// Every vacant post of these in plain words.
    pub(super) fn vacancies(&self, roles: &[Role]) -> String {
        let said: Vec<String> = roles.iter().map(|role| self.vacancy(role)).collect();
        said.join(&self.t("sentence-space"))
    }

    fn articles_line(&self, refusal: &Refusal) -> String {
        let articles: Vec<String> = self.cite_all(&refusal.rules).into_iter().map(|cited| cited.text).collect();
        self.list(&articles)
    }

    fn members(&self, members: &[Value]) -> String {
        let members: Vec<String> = members.iter().map(|member| self.one(member)).collect();
        self.list(&members)
    }

    /// A person, body or matter by its id, or the text as it is.
    fn name_of_id(&self, id: &str) -> String {
        if let Some(person) = self.organisation.people.get(id) {
            return self.pick(&person.name);
        }
        if let Some(body) = self.organisation.bodies.get(id) {
            return self.pick(&body.name);
        }
        match id.parse() {
            Ok(id) => self.matter(id).unwrap_or_else(|| self.t("matter-hidden")),
            Err(_) => id.to_owned(),
        }
    }

    /// A type in words, from its name in the rulebook.
    pub(super) fn type_word(&self, name: &str) -> String {
        match name {
            "text" | "document" | "yes" | "number" | "date" => self.t(&format!("type-{name}")),
            "Person" => self.t("type-person"),
            "Body" => self.t("type-body"),
            "Post" => self.t("type-post"),
            set if set.starts_with('[') => {
                let one = self.type_word(set.trim_matches(['[', ']']));
                self.say("type-set", &[("one", &one)])
            }
            kind if self.rulebook().kind(kind).is_some() => self.kind(&kind.into()),
            _ => self.t("type-choice"),
        }
    }
}
