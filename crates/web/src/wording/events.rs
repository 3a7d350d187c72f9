//! Events of the record as people read them.
//!
//! Invariant: an act is never shown without who did it, when and in which capacity.

use super::{Cited, Words};
use facts::{Event, RuleId, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// One act on record, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventWords {
    pub seq: u32,
    /// Step and outcome by their ids.
    pub step: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub each: Option<Value>,
    /// What was given, by the ids of the fields.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub input: BTreeMap<String, Value>,
    /// The step, with its outcome and whose answer it was.
    pub title: String,
    pub who: String,
    pub capacity: String,
    pub when: String,
    /// For machines.
    pub at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late: Option<String>,
    /// Rules that bind by reference only and spoke against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    pub articles: Vec<Cited>,
    /// Digest of the edition of the rulebook it was judged by.
    pub edition: String,
    pub digest: String,
}

impl EventWords {
    /// In one line: 23 November 2026, 09:42: … .
    pub fn line(&self, words: &Words) -> String {
        words.say("event-line", &[("when", &self.when), ("who", &self.who), ("title", &self.title)])
    }
}

impl Words {
    /// What stands beside an act: articles that bind by reference only and speak against it, in the sentence of
    /// `key`, and that the rules were not in force yet.
    pub fn remark(&self, remarks: &[RuleId], key: &str) -> Option<String> {
        // By the name of the rule: the act may be of an edition of which another article says from when.
        let begins = |rule: &RuleId| rule.as_str().ends_with("/in_force.from");
        let (early, against): (Vec<_>, Vec<_>) = remarks.iter().cloned().partition(begins);
        let cited = |rules: &[RuleId]| {
            let articles: Vec<String> = self.cite_all(rules).into_iter().map(|cited| cited.text).collect();
            self.list(&articles)
        };
        let mut said = vec![];
        if !against.is_empty() {
            said.push(self.say(key, &[("articles", &cited(&against))]));
        }
        if !early.is_empty() {
            said.push(self.say("remark-before-in-force", &[("article", &cited(&early))]));
        }
        (!said.is_empty()).then(|| said.join(&self.t("sentence-space")))
    }

    /// An event in words.
    pub fn event(&self, event: &Event) -> EventWords {
        let act = &event.act;
        let step = self.step(&act.kind, &act.step);
        let mut title = match &act.outcome {
            Some(outcome) => {
                let outcome = self.outcome(&act.kind, &act.step, outcome);
                self.say("event-outcome", &[("step", &step), ("outcome", &outcome)])
            }
            None => step,
        };
        if let Some(each) = &act.each {
            title = self.say("event-for", &[("title", &title), ("member", &self.one(each))]);
        }
        let late = act
            .late
            .as_ref()
            .map(|late| self.say("event-late", &[("day", &self.day(late.due)), ("reason", &late.reason)]));
        EventWords {
            seq: event.seq,
            step: act.step.to_string(),
            outcome: act.outcome.as_ref().map(ToString::to_string),
            each: act.each.clone(),
            input: act.input.iter().map(|(field, value)| (field.to_string(), value.clone())).collect(),
            title,
            who: self.person(&act.person),
            capacity: self.capacity(&act.capacity),
            when: self.instant(act.at),
            at: self.instant_for_machines(act.at),
            late,
            remark: self.remark(&act.remarks, "event-remark"),
            articles: self.cite_all(&act.grounds),
            edition: act.edition.to_string(),
            digest: event.digest.to_string(),
        }
    }
}
