//! A refusal as a whole: why, by which article, what is missing, who can supply it, from which day,
//! and what to do next.
//!
//! Invariant: pages, the JSON interface and the command line get the same words; only their dress differs.

use super::{Cited, Quote, Words};
use crate::components::{ArticleLink, Link, refusal::Reason};
use facts::MatterId;
use jiff::civil::Date;
use rules::refusal::{MissingWhat, Refusal, Refused, Why};
use serde::Serialize;

/// One reason in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReasonWords {
    /// The sort of refusal, for machines: `forbidden`, `not_yours`.
    pub code: String,
    pub why: String,
    /// The field that it speaks of, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The ids of which one is to be given: outcomes, or those who may be answered for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<String>,
    /// The same as the first line of a panel: what a gate says in the rulebook is the reason itself.
    #[serde(skip)]
    sentence: Option<String>,
    /// The sentences of the rulebook that refuse.
    pub quotes: Vec<Quote>,
    pub articles: Vec<Cited>,
    pub missing: Vec<MissingWords>,
    /// The earliest day on which it is lawful.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest_on: Option<Date>,
    /// What to do next.
    pub next: Vec<Next>,
}

/// One missing thing in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MissingWords {
    pub what: String,
    /// The step to be taken, or the one that fills in the field, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Who can supply it, with the names of today.
    pub who: Vec<String>,
    /// Posts that nobody holds, where nobody at all could supply it.
    pub vacancies: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<String>,
    /// The page where it can be supplied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// A field to change: said among what to do next.
    #[serde(skip)]
    pub is_told_as_next: bool,
}

/// A next thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Next {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

impl Words {
    /// All reasons. `on`: the matter acted on.
    pub fn reasons(&self, refused: &Refused, on: Option<MatterId>) -> Vec<ReasonWords> {
        refused.refusals.iter().map(|refusal| self.reason(refusal, on)).collect()
    }

    /// The first reason why a matter is kept back, in a line with its article, and how many more there are.
    pub fn in_short(&self, refusals: &[Refusal], on: MatterId) -> String {
        let Some(first) = refusals.first() else { return String::new() };
        let cited = self.say("kept-back", &[("why", &self.cited(first, Some(on)))]);
        match refusals.len() - 1 {
            0 => cited,
            more => self.say("kept-back-more", &[("why", &cited), ("count", &more)]),
        }
    }

    /// A reason in a line, with its article.
    pub fn in_a_line(&self, refusal: &Refusal) -> String {
        self.cited(refusal, None)
    }

    fn cited(&self, refusal: &Refusal, on: Option<MatterId>) -> String {
        let reason = self.reason(refusal, on);
        let said = reason.sentence.as_ref().unwrap_or(&reason.why);
        let articles: Vec<String> = reason.articles.iter().map(|article| article.text.clone()).collect();
        match articles.is_empty() {
            true => said.clone(),
            false => self.say("reason-cited", &[("why", said), ("articles", &self.list(&articles))]),
        }
    }

    /// One reason.
    pub fn reason(&self, refusal: &Refusal, on: Option<MatterId>) -> ReasonWords {
        let mut why = self.why(refusal);
        let quotes = self.quotes(&refusal.rules);
        let forbids = matches!(refusal.why, Why::Forbidden);
        let mut sentence = quotes.first().filter(|_| forbids).map(|quote| quote.sentence.clone());
        // Where a step carries others, the one that is refused.
        if let Some(matter) = refusal.matter.filter(|matter| Some(*matter) != on).and_then(|id| self.matter(id)) {
            let of_matter = |why: &str| self.say("why-elsewhere", &[("matter", &matter), ("why", &why)]);
            (why, sentence) = (of_matter(&why), sentence.map(|sentence| of_matter(&sentence)));
        }
        let missing: Vec<MissingWords> = refusal.missing.iter().map(|one| self.missing(one, on)).collect();
        ReasonWords {
            code: code(&refusal.why),
            why,
            field: super::why::field_of(&refusal.why).map(ToString::to_string),
            one_of: one_of(refusal),
            sentence,
            quotes,
            articles: self.cite_all(&refusal.rules),
            next: self.next(refusal, &missing),
            missing,
            earliest: refusal.earliest.map(|day| self.day(day)),
            earliest_on: refusal.earliest,
        }
    }

    fn next(&self, refusal: &Refusal, missing: &[MissingWords]) -> Vec<Next> {
        let mut next: Vec<Next> = vec![];
        for (one, words) in refusal.missing.iter().zip(missing) {
            let MissingWhat::Step { step, .. } = &one.what else { continue };
            let text = self.say("next-step", &[("step", &self.step(&one.kind, step))]);
            let found = Next { text, href: words.href.clone() };
            if !next.contains(&found) {
                next.push(found);
            }
        }
        for (one, words) in refusal.missing.iter().zip(missing) {
            let text = match &one.what {
                MissingWhat::Outcome { .. } => self.say("next-outcome", &[("outcomes", &words.what)]),
                MissingWhat::Another => {
                    let roles: Vec<String> = one.who.iter().map(|role| self.role(role)).collect();
                    self.say("next-another", &[("who", &self.list(&roles))])
                }
                _ => continue,
            };
            next.push(Next { text, href: None });
        }
        next.extend(self.change(refusal, missing));
        next.extend(self.advice(refusal).map(|text| Next { text, href: None }));
        let only_waits = next.is_empty() && !refusal.missing.is_empty();
        if let Some(day) = refusal.earliest.filter(|_| only_waits) {
            next.push(Next { text: self.say("next-wait", &[("day", &self.day(day))]), href: None });
        }
        next
    }

    /// The fields to change, in one line; with a link where they are those of another step or matter.
    fn change(&self, refusal: &Refusal, missing: &[MissingWords]) -> Option<Next> {
        let mut fields: Vec<String> = vec![];
        let mut href = None;
        for (one, words) in refusal.missing.iter().zip(missing) {
            let MissingWhat::Field { field, by } = &one.what else { continue };
            let mut field = self.field(&one.kind, field);
            if let Some(by) = by {
                field = self.say("next-change-in", &[("field", &field), ("step", &self.step(&one.kind, by))]);
            }
            if !fields.contains(&field) {
                fields.push(field);
            }
            if one.matter != refusal.matter || by.is_some() {
                href = words.href.clone();
            }
        }
        if fields.is_empty() {
            return None;
        }
        Some(Next { text: self.say("next-change", &[("fields", &self.list(&fields))]), href })
    }

    /// What to do about a refusal that lies in what was sent.
    fn advice(&self, refusal: &Refusal) -> Option<String> {
        let (kind, step) = (&refusal.kind, &refusal.step);
        let listed = |key: &str, items: Vec<String>| match items.is_empty() {
            true => None,
            false => Some(self.say(key, &[("items", &self.list(&items))])),
        };
        Some(match &refusal.why {
            Why::FieldMissing { .. } | Why::FieldWrong { .. } | Why::OutcomeMissing { .. } => self.t("next-fill-in"),
            Why::FieldUnknown { .. } | Why::FieldNotAmong { .. } => self.t("next-choose"),
            Why::FieldTwice { .. } => self.t("next-once"),
            Why::FieldNotAsked { .. } => self.t("next-leave-out"),
            Why::LateNeedsReason { .. } => self.t("next-late"),
            Why::EachMissing { .. } => self.t("next-each"),
            Why::EachNotAsked { .. } => {
                return listed("next-asked", self.still_asked(step)).or_else(|| Some(self.t("next-nobody-asked")));
            }
            Why::OutcomeUnknown { given, one_of } => {
                let outcomes = self.outcomes_instead(kind, step, given, one_of);
                return listed("next-outcomes", outcomes).or_else(|| Some(self.t("next-no-outcome")));
            }
            Why::UnknownStep { .. } => {
                return listed("next-steps", self.steps_open(kind)).or_else(|| Some(self.t("next-nothing")));
            }
            Why::UnknownKind | Why::UnknownMatter => self.t("next-check-name"),
            Why::NoStart => return listed("next-starts", self.starts(kind)),
            Why::DatesReversed { .. } => self.t("next-days"),
            Why::PostHeld { by, .. } => self.say("next-post-held", &[("person", &self.person(by))]),
            Why::HeldAlready { .. } => self.t("next-held-already"),
            Why::NotAppointed { .. } => self.t("next-not-appointed"),
            Why::NotHeld { .. } => self.t("next-not-held"),
            Why::NoId { .. } => self.t("next-no-id"),
            Why::IdTaken { .. } => self.t("next-id-taken"),
            Why::AwayThen { .. } => self.t("next-away-then"),
            Why::AwayAlready { .. } => self.t("next-away-already"),
            Why::NumberTaken { .. } | Why::OutOfSeries { .. } => self.t("next-number"),
            Why::Past { .. } | Why::Closed { .. } | Why::EachAnswered { .. } | Why::NotNeeded => self.t("next-nothing"),
            Why::NoCalendar { .. } => self.t("next-calendar"),
            Why::RuleError { .. } => self.t("next-rule-error"),
            Why::NotYours { .. } | Why::Vacant { .. } | Why::Forbidden | Why::Carried { .. } => return None,
        })
    }
}

impl ReasonWords {
    /// As the refusal panel shows it.
    pub fn component(&self) -> Reason {
        let article = self.articles.first().map_or_else(ArticleLink::default, Cited::link);
        let linked = self.next.iter().filter_map(|next| Some(Link::new(&next.text, next.href.as_ref()?)));
        let advice = self.next.iter().filter(|next| next.href.is_none()).map(|next| next.text.clone());
        let vacancies = self.missing.iter().flat_map(|missing| missing.vacancies.clone());
        let mut who: Vec<String> = vec![];
        // A field is changed by whoever fills in the form, or with the step that the link leads to.
        for one in self.missing.iter().filter(|one| !one.is_told_as_next).flat_map(|missing| &missing.who) {
            if !who.contains(one) {
                who.push(one.clone());
            }
        }
        let said = usize::from(self.sentence.is_some());
        let quotes = self.quotes.iter().skip(said).map(|quote| quote.sentence.clone()).collect();
        let sentence = self.sentence.clone().unwrap_or_else(|| self.why.clone());
        Reason {
            quotes,
            more: self.articles.iter().skip(1).map(Cited::link).collect(),
            missing: self.missing.iter().filter(|one| !one.is_told_as_next).map(|one| one.what.clone()).collect(),
            who,
            earliest: self.earliest.clone().unwrap_or_default(),
            remedies: linked.collect(),
            notes: vacancies.chain(advice).collect(),
            ..Reason::new(article, sentence)
        }
    }

    /// As lines of plain text, the first one flush left.
    pub fn plain(&self, words: &Words) -> Vec<String> {
        let mut lines = vec![self.why.clone()];
        let changed = self.missing.iter().filter(|one| one.is_told_as_next).filter_map(|one| one.field.as_ref());
        let fields: Vec<String> = self.field.iter().chain(changed).cloned().collect();
        if !fields.is_empty() {
            lines.push(words.say("plain-fields", &[("ids", &fields.join(", "))]));
        }
        if !self.one_of.is_empty() {
            lines.push(words.say("plain-one-of", &[("ids", &self.one_of.join(", "))]));
        }
        for quote in &self.quotes {
            let said = [("article", &quote.article.text as &dyn crate::texts::Argument), ("sentence", &quote.sentence)];
            lines.push(words.say("plain-quote", &said));
        }
        for missing in self.missing.iter().filter(|one| !one.is_told_as_next) {
            lines.push(match &missing.step {
                Some(step) => words.say("plain-missing-step", &[("what", &missing.what), ("id", step)]),
                None => words.say("plain-missing", &[("what", &missing.what)]),
            });
            if !missing.who.is_empty() {
                lines.push(words.say("plain-who", &[("who", &words.list(&missing.who))]));
            }
            lines.extend(missing.vacancies.iter().cloned());
        }
        if let Some(earliest) = &self.earliest {
            lines.push(words.say("plain-earliest", &[("day", earliest)]));
        }
        lines.extend(self.next.iter().map(|next| words.say("plain-next", &[("next", &next.text)])));
        lines
    }
}

/// The ids of which the refusal asks for one.
fn one_of(refusal: &Refusal) -> Vec<String> {
    match &refusal.why {
        Why::OutcomeMissing { one_of } | Why::OutcomeUnknown { one_of, .. } => {
            one_of.iter().map(ToString::to_string).collect()
        }
        Why::EachMissing { one_of } => one_of.iter().flat_map(office::fill::typed_of).collect(),
        _ => {
            let passing = refusal.missing.iter().flat_map(|missing| match &missing.what {
                MissingWhat::Outcome { one_of, .. } => one_of.as_slice(),
                _ => &[],
            });
            passing.map(ToString::to_string).collect()
        }
    }
}

/// The name of the sort of refusal, as the record writes it.
fn code(why: &Why) -> String {
    match serde_json::to_value(why) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(serde_json::Value::Object(object)) => object.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}
