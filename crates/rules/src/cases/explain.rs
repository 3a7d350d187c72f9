//! A refusal in plain lines, for whoever writes cases.
//!
//! In the rulebook's own terms and sentences. Invariant: every reason, rule and missing thing is named.

use super::must::REASONS;
use crate::{
    refusal::{Missing, MissingWhat, Refusal, Refused, Why},
    rulebook::Rulebook,
};
use facts::Role;

/// The reasons of a refusal, one a line, with what is missing under each.
pub(super) fn reasons(rulebook: &Rulebook, refused: &Refused) -> Vec<String> {
    refused.refusals.iter().flat_map(|refusal| reason(rulebook, refusal)).collect()
}

fn reason(rulebook: &Rulebook, refusal: &Refusal) -> Vec<String> {
    let Refusal { kind, step, why, rules, missing, earliest, .. } = refusal;
    let mut lines = vec![format!("  - {kind}.{step}: {}{}", word(why), detail(why))];
    for rule in rules {
        let sentence = rulebook.rule(rule).map_or("", |rule| rule.sentence.en.as_str());
        lines.push(format!("      by {rule}: {sentence}"));
    }
    lines.extend(missing.iter().map(missing_line));
    lines.extend(earliest.map(|day| format!("      earliest {day}")));
    lines
}

fn missing_line(missing: &Missing) -> String {
    let what = match &missing.what {
        MissingWhat::Step { step, answers, void } => {
            let void = if *void { ", which was taken and is void" } else { "" };
            let answers = if answers.is_empty() { String::new() } else { format!(" of {answers:?}") };
            format!("the step {step}{answers}{void}")
        }
        MissingWhat::Field { field, .. } => format!("the field {field}"),
        MissingWhat::Day { day } => day.map_or("a day to come".into(), |day| format!("the day {day}")),
        MissingWhat::Link { field } => format!("what {field} leads to"),
        MissingWhat::Outcome { one_of, .. } => {
            let outcomes: Vec<&str> = one_of.iter().map(facts::OutcomeId::as_str).collect();
            format!("the outcome {}", outcomes.join(" or "))
        }
        MissingWhat::Another => "another person".to_owned(),
    };
    let earliest = missing.earliest.map(|day| format!(", from {day}")).unwrap_or_default();
    format!("      missing {} {what}, from {}{earliest}", missing.kind, keys(&missing.who))
}

fn keys(roles: &[Role]) -> String {
    match roles {
        [] => "nobody".into(),
        roles => roles.iter().map(Role::key).collect::<Vec<_>>().join(" or "),
    }
}

/// The word for a kind of reason, as `expect` has it.
pub(super) fn word(why: &Why) -> &'static str {
    let word = match why {
        Why::NotYours { .. } => "not_yours",
        Why::Vacant { .. } => "vacant",
        Why::Forbidden => "forbidden",
        Why::Past { .. } => "past",
        Why::NotNeeded => "not_needed",
        Why::Carried { .. } => "carried",
        Why::Closed { .. } => "closed",
        Why::UnknownKind => "unknown_kind",
        Why::UnknownStep { .. } => "unknown_step",
        Why::UnknownMatter => "unknown_matter",
        Why::NoStart => "no_start",
        Why::FieldMissing { .. } => "field_missing",
        Why::FieldNotAsked { .. } => "field_not_asked",
        Why::FieldWrong { .. } => "field_wrong",
        Why::FieldUnknown { .. } => "field_unknown",
        Why::FieldTwice { .. } => "field_twice",
        Why::FieldNotAmong { .. } => "field_not_among",
        Why::OutcomeMissing { .. } => "outcome_missing",
        Why::OutcomeUnknown { .. } => "outcome_unknown",
        Why::EachMissing { .. } => "each_missing",
        Why::EachNotAsked { .. } => "each_not_asked",
        Why::EachAnswered { .. } => "each_answered",
        Why::LateNeedsReason { .. } => "late",
        Why::PostHeld { .. } => "post_held",
        Why::HeldAlready { .. } => "held_already",
        Why::NotAppointed { .. } => "not_appointed",
        Why::NotHeld { .. } => "not_held",
        Why::NoId { .. } => "no_id",
        Why::IdTaken { .. } => "id_taken",
        Why::AwayThen { .. } => "away_then",
        Why::AwayAlready { .. } => "away_already",
        Why::OutOfSeries { .. } => "out_of_series",
        Why::NumberTaken { .. } => "number_taken",
        Why::DatesReversed { .. } => "dates_reversed",
        Why::NoCalendar { .. } => "no_calendar",
        Why::RuleError { .. } => "rule_error",
    };
    debug_assert!(REASONS.contains(&word), "{word} cannot be expected");
    word
}

fn detail(why: &Why) -> String {
    match why {
        Why::NotYours { belongs_to } | Why::Vacant { belongs_to } => format!(", it belongs to {}", keys(belongs_to)),
        Why::Past { on, by } => format!(", taken on {on} by {by}"),
        Why::Closed { on } => format!(" on {on}"),
        Why::UnknownStep { nearest } => format!("{nearest:?}"),
        Why::FieldMissing { field } | Why::NoId { field } => format!(": {field}"),
        Why::IdTaken { field, name } => format!(": {field} is that of {}", name.en),
        Why::FieldNotAsked { field, nearest } => {
            let nearest = nearest.as_ref().map(|near| format!("; nearest: {near}")).unwrap_or_default();
            format!(": {field}{nearest}")
        }
        Why::FieldWrong { field, expected } => format!(": {field} is of the type {expected}"),
        Why::FieldUnknown { field, value } | Why::FieldTwice { field, value } => format!(": {field} = {value}"),
        Why::FieldNotAmong { field, value, roles, classes } => {
            let of = [keys(roles), classes.join(" or ")];
            let of: Vec<&str> = of.iter().map(String::as_str).filter(|of| !of.is_empty()).collect();
            format!(": {field} = {value:?}, which is not of {}", of.join(" or "))
        }
        Why::OutcomeMissing { one_of } | Why::OutcomeUnknown { one_of, .. } => {
            let one_of: Vec<&str> = one_of.iter().map(|one| one.as_str()).collect();
            format!(", one of {}", one_of.join(", "))
        }
        Why::EachMissing { one_of } => format!(", one of {one_of:?}"),
        Why::EachNotAsked { given } => format!(": {given:?}"),
        Why::EachAnswered { member, on } => format!(": {member:?} on {on}"),
        Why::LateNeedsReason { due } => format!(", due on {due}, and no reason is given"),
        Why::HeldAlready { post, from, until } => format!(": {post} from {from} until {until:?}"),
        Why::NotAppointed { post } | Why::NotHeld { post } => format!(": {post}"),
        Why::AwayThen { person, from, until } | Why::AwayAlready { person, from, until } => {
            format!(": {person} from {from} until {until:?}")
        }
        Why::PostHeld { post, by, until } => format!(": {post} by {by} until {until:?}"),
        Why::DatesReversed { from, until } => format!(": {from} to {until}"),
        Why::OutOfSeries { field, pattern } => format!(": {field} is like {pattern}"),
        Why::NumberTaken { number } => format!(": {number}"),
        Why::Carried { with } => {
            let with: Vec<String> = with.iter().map(|(kind, step)| format!("{kind}.{step}")).collect();
            format!(", it goes with {}", with.join(" or "))
        }
        Why::NoCalendar { year } => format!(" for {year}"),
        Why::RuleError { message } => format!(": {message}"),
        Why::Forbidden | Why::NotNeeded | Why::UnknownKind | Why::UnknownMatter | Why::NoStart => String::new(),
    }
}
