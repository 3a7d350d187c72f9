//! A refusal: a lawful answer that says why not, by which rule, what is missing, who can supply it,
//! and the earliest day.
//!
//! Knows no language of display: pages and commands put it into words. Invariant: all reasons are
//! given at once, never only the first.

use facts::{FieldId, KindId, Label, MatterId, OutcomeId, PersonId, PostId, Role, RuleId, StepId, Value};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One reason why a step is not lawful now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// The matter on which the step was refused; another than the one acted on where a step carries others.
    pub matter: Option<MatterId>,
    pub kind: KindId,
    pub step: StepId,
    pub why: Why,
    /// Rules that refuse; their sentences are in the rulebook.
    pub rules: Vec<RuleId>,
    pub missing: Vec<Missing>,
    /// First lawful day, where it is known.
    pub earliest: Option<Date>,
}

/// Something that must be there first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    pub matter: Option<MatterId>,
    pub kind: KindId,
    pub what: MissingWhat,
    /// Who can supply it.
    pub who: Vec<Role>,
    pub earliest: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingWhat {
    /// A step that has to be taken; with those who have not answered, where each must.
    Step {
        step: StepId,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<Value>,
        /// It was taken, but what it judged was changed or it was undone.
        #[serde(default)]
        void: bool,
    },
    /// A field that is to be filled or changed.
    Field {
        field: FieldId,
        /// The step that asks for it, where it is not the one refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<StepId>,
    },
    /// A day that has to come.
    Day { day: Option<Date> },
    /// A link that leads nowhere.
    Link { field: FieldId },
    /// Another outcome of the step that is refused: one of these would pass.
    Outcome { step: StepId, one_of: Vec<OutcomeId> },
    /// Another person, of those whose step it is: what stands in the way is who acts.
    Another,
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The step belongs to others: the roles that may take it.
    NotYours {
        belongs_to: Vec<Role>,
    },
    /// Nobody holds the roles whose step it is.
    Vacant {
        belongs_to: Vec<Role>,
    },
    /// A gate of the rulebook forbids it.
    Forbidden,
    /// The step stands already.
    Past {
        on: Date,
        by: PersonId,
    },
    NotNeeded,
    /// The step is not taken by itself; the steps that it goes with.
    Carried {
        with: Vec<(KindId, StepId)>,
    },
    Closed {
        on: Date,
    },
    UnknownKind,
    UnknownStep {
        nearest: Option<StepId>,
    },
    UnknownMatter,
    /// The step does not open a matter of this kind.
    NoStart,
    FieldMissing {
        field: FieldId,
    },
    FieldNotAsked {
        field: FieldId,
        nearest: Option<FieldId>,
    },
    /// The value is not of the field's type; the type's name as the rulebook writes it.
    FieldWrong {
        field: FieldId,
        expected: String,
    },
    /// The field names a person, body, post, choice or matter that there is not.
    FieldUnknown {
        field: FieldId,
        value: String,
    },
    /// The value is said twice.
    FieldTwice {
        field: FieldId,
        value: String,
    },
    /// The value is none of those that the field can name: who holds one of the roles, or a body of one of
    /// the classes.
    FieldNotAmong {
        field: FieldId,
        value: Value,
        roles: Vec<Role>,
        classes: Vec<String>,
    },
    OutcomeMissing {
        one_of: Vec<OutcomeId>,
    },
    OutcomeUnknown {
        given: OutcomeId,
        one_of: Vec<OutcomeId>,
    },
    /// The step collects answers: whose answer is it?
    EachMissing {
        one_of: Vec<Value>,
    },
    /// This member is not asked, or the person may not answer for it.
    EachNotAsked {
        given: Value,
    },
    EachAnswered {
        member: Value,
        on: Date,
    },
    /// The step is late; it may be taken with a reason that stays on record.
    LateNeedsReason {
        due: Date,
    },
    /// The single post is held by another at that time.
    PostHeld {
        post: PostId,
        by: PersonId,
        until: Option<Date>,
    },
    /// The person holds the post already at that time.
    HeldAlready {
        post: PostId,
        from: Date,
        until: Option<Date>,
    },
    /// The post comes with a portfolio or with standing in, and is given to nobody by appointment.
    NotAppointed {
        post: PostId,
    },
    /// The person does not hold the post.
    NotHeld {
        post: PostId,
    },
    /// The text is no id under which a person or a body can be entered.
    NoId {
        field: FieldId,
    },
    /// The id is that of somebody, or of a body, already.
    IdTaken {
        field: FieldId,
        name: Label,
    },
    /// Whoever is to stand in is away, or stood in for, on some of the days.
    AwayThen {
        person: PersonId,
        from: Date,
        until: Option<Date>,
    },
    /// The person is known to be away on all of these days already, by another matter or this one.
    AwayAlready {
        person: PersonId,
        from: Date,
        until: Option<Date>,
    },
    DatesReversed {
        from: Date,
        until: Date,
    },
    /// The working-day calendar has no data for the year.
    NoCalendar {
        year: i16,
    },
    /// The number that was given is none of its series; the pattern, with `{n}` for what counts.
    OutOfSeries {
        field: FieldId,
        pattern: String,
    },
    /// The number that was given belongs to another matter.
    NumberTaken {
        number: String,
    },
    /// A rule could not be evaluated, and so refuses.
    RuleError {
        message: String,
    },
}

/// Every reason why an act was refused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("refused for {} reasons", refusals.len())]
pub struct Refused {
    pub refusals: Vec<Refusal>,
}

impl Refused {
    /// The reasons, each once: where several rules refuse for the same reason, it is given with all of them.
    pub fn of(refusals: Vec<Refusal>) -> Refused {
        let mut joined: Vec<Refusal> = vec![];
        for mut refusal in refusals {
            let rules = std::mem::take(&mut refusal.rules);
            let same = |one: &&mut Refusal| refusal == Refusal { rules: vec![], ..Refusal::clone(one) };
            match joined.iter_mut().find(same) {
                Some(one) => one.rules.extend(rules),
                None => joined.push(Refusal { rules, ..refusal }),
            }
        }
        for refusal in &mut joined {
            let mut seen = BTreeSet::new();
            refusal.rules.retain(|rule| seen.insert(rule.clone()));
        }
        Refused { refusals: joined }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_given_once_with_all_its_rules() {
        let refusal = |rule: &str, why| Refusal {
            matter: None,
            kind: "Decision".into(),
            step: "qualify".into(),
            why,
            rules: vec![rule.into()],
            missing: vec![],
            earliest: None,
        };
        let theirs = || Why::NotYours { belongs_to: vec![Role::Post("mayor".into())] };
        let given = vec![refusal("24/a", theirs()), refusal("26/b", Why::Forbidden), refusal("24/c", theirs())];
        let joined = Refused::of([given.clone(), given].concat()).refusals;
        let rules = |n: usize| joined[n].rules.iter().map(RuleId::as_str).collect::<Vec<_>>();
        assert_eq!((joined.len(), rules(0), rules(1)), (2, vec!["24/a", "24/c"], vec!["26/b"]));
    }
}
