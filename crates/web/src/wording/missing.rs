//! What is missing, as a noun, and who can supply it.
//!
//! Invariant: of a matter that may not be named, the kind is said and nothing else.

use super::{MissingWords, Words, names};
use rules::refusal::{Missing, MissingWhat};

impl Words {
    /// One missing thing. `on`: the matter acted on, which is not named again.
    pub fn missing(&self, missing: &Missing, on: Option<facts::MatterId>) -> MissingWords {
        let what = self.what(missing);
        let elsewhere = missing.matter.filter(|matter| Some(*matter) != on);
        let what = match (elsewhere, missing.matter) {
            (Some(matter), _) => {
                let matter = self.matter(matter).unwrap_or_else(|| self.kind(&missing.kind));
                self.say("missing-elsewhere", &[("what", &what), ("matter", &matter)])
            }
            // The office hides which matter it is from who may not read it.
            (None, None) => self.say("missing-elsewhere", &[("what", &what), ("matter", &self.kind(&missing.kind))]),
            (None, Some(_)) => what,
        };
        let vacant = missing.who.iter().filter(|role| self.organisation.holders(role).is_empty());
        let nobody = !missing.who.is_empty() && vacant.clone().count() == missing.who.len();
        let (step, field) = match &missing.what {
            MissingWhat::Step { step, .. } => (Some(step.to_string()), None),
            MissingWhat::Field { field, by } => (by.as_ref().map(ToString::to_string), Some(field.to_string())),
            MissingWhat::Link { field } => (None, Some(field.to_string())),
            MissingWhat::Outcome { .. } | MissingWhat::Another | MissingWhat::Day { .. } => (None, None),
        };
        MissingWords {
            what,
            step,
            field,
            who: self.roles(&missing.who),
            vacancies: if nobody { vacant.map(|role| self.vacancy(role)).collect() } else { vec![] },
            earliest: missing.earliest.map(|day| self.day(day)),
            href: self.place_of(missing),
            is_told_as_next: matches!(
                missing.what,
                MissingWhat::Field { .. } | MissingWhat::Outcome { .. } | MissingWhat::Another
            ),
        }
    }

    fn what(&self, missing: &Missing) -> String {
        match &missing.what {
            MissingWhat::Step { step, answers, void } => {
                let party = self
                    .rulebook()
                    .kind(missing.kind.as_str())
                    .and_then(|kind| kind.step(step.as_str())?.party.clone());
                let step = self.step(&missing.kind, step);
                if let Some(party) = party.filter(|_| answers.is_empty()) {
                    let party = self.field(&missing.kind, &party);
                    return self.say("missing-step-of-party", &[("step", &step), ("party", &party)]);
                }
                if !answers.is_empty() {
                    let members: Vec<String> = answers.iter().map(|member| self.one(member)).collect();
                    return self.say("missing-answers", &[("step", &step), ("members", &self.names(&members))]);
                }
                self.say(if *void { "missing-step-again" } else { "missing-step" }, &[("step", &step)])
            }
            MissingWhat::Field { field, .. } => {
                self.say("missing-field", &[("field", &self.field(&missing.kind, field))])
            }
            MissingWhat::Link { field } => self.say("missing-link", &[("field", &self.field(&missing.kind, field))]),
            MissingWhat::Outcome { step, one_of } => {
                let outcome = |outcome| format!("“{}”", self.outcome(&missing.kind, step, outcome));
                one_of.iter().map(outcome).collect::<Vec<_>>().join(&self.t("cond-either"))
            }
            MissingWhat::Another => self.t("missing-another"),
            MissingWhat::Day { day: Some(day) } => self.say("missing-day", &[("day", &self.day(*day))]),
            MissingWhat::Day { day: None } => match missing.earliest {
                Some(day) => self.say("missing-day-at-earliest", &[("day", &self.day(day))]),
                None => self.t("missing-day-unknown"),
            },
        }
    }

    /// Where the missing thing can be supplied.
    fn place_of(&self, missing: &Missing) -> Option<String> {
        let matter = self.matter_href(missing.matter?)?;
        Some(match &missing.what {
            MissingWhat::Step { step, .. } | MissingWhat::Field { by: Some(step), .. } => {
                format!("{matter}/{}", names::path_segment(step.as_str()))
            }
            _ => matter,
        })
    }
}
