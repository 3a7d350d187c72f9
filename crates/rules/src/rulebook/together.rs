//! What can only be seen of all kinds together: what opens a kind, fills a field, can be carried.
//!
//! Asked only where every kind is right in itself, since a mistake may hide what opens or fills.
//! Invariant: a step that is carried is given all that it asks for, and nothing else.

use super::{Kind, Place, Purpose, Rulebook, Saying, SayingKind, Step, Takes, Type, names::Names, report::Report};
use facts::FieldId;
use std::collections::BTreeSet;

/// Reports what no step opens or fills, and carried steps that can never be taken.
pub(super) fn check(rulebook: &Rulebook, names: &Names, report: &mut Report) {
    let mut opened: BTreeSet<&str> = BTreeSet::new();
    let mut filled: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (kind, step) in rulebook.kinds.iter().flat_map(|kind| kind.steps.iter().map(move |step| (kind, step))) {
        for opens in step.outcomes.iter().flat_map(|outcome| &outcome.opens).chain(&step.opens) {
            opened.insert(opens.kind.as_str());
            filled.extend(opens.with.iter().map(|(field, _)| (opens.kind.as_str(), field.as_str())));
        }
        let own = step.draws.iter().map(|draw| &draw.field).chain(set(step));
        filled.extend(asked(step).chain(own).map(|field| (kind.id.as_str(), field.as_str())));
        for takes in step.all_takes() {
            refuse_lame(rulebook, kind, step, takes, report);
        }
        if step.carried && rulebook.carriers(&kind.id, &step.id).is_empty() {
            let place = place_of(rulebook, step.cite("carried"));
            report.error(&place, format!("no step takes {}.{}, which is carried only", kind.id, step.id));
        }
        warn_of_endings(rulebook, kind, step, report);
    }
    for block in &rulebook.cedar {
        let Purpose::Fills(field) = &block.purpose else { continue };
        let spoken_of = rulebook.kinds.iter().filter(|kind| block.text.contains(&format!("resource is {}", kind.id)));
        filled.extend(spoken_of.map(|kind| (kind.id.as_str(), field.as_str())));
    }
    for (kind, known) in rulebook.kinds.iter().zip(&names.kinds) {
        if kind.starts().next().is_none() && !opened.contains(kind.id.as_str()) {
            let place = place_of(rulebook, Some(&kind.rule));
            let message = format!("no step opens a matter of the kind \"{}\": none has start = true", kind.id);
            report.error(&place, message);
        }
        for field in &known.fields {
            if !filled.contains(&(kind.id.as_str(), field.id.as_str())) {
                report.warning(&field.place, format!("nothing fills \"{}\" of {}", field.id, kind.id));
            }
        }
    }
}

/// The fields that a step or its outcomes may be given.
fn asked(step: &Step) -> impl Iterator<Item = &FieldId> {
    let of_outcomes = step.outcomes.iter().flat_map(|outcome| outcome.asks.iter().chain(&outcome.may_ask));
    step.asks.iter().chain(&step.may_ask).chain(of_outcomes)
}

/// The fields that a step fills in by itself.
fn set(step: &Step) -> impl Iterator<Item = &FieldId> {
    step.sets.iter().chain(step.outcomes.iter().flat_map(|outcome| &outcome.sets)).map(|(field, _)| field)
}

/// Reports a carried step that asks for what it is not given, or is given what it does not ask for.
fn refuse_lame(rulebook: &Rulebook, kind: &Kind, step: &Step, takes: &Takes, report: &mut Report) {
    let on = kind.field(takes.on.as_str()).map(|field| field.kind_of_value.one());
    let Some(Type::Matter(on)) = on else { return };
    let carried = rulebook.kind(on.as_str()).and_then(|kind| kind.step(takes.step.as_str()));
    let Some(carried) = carried else { return };
    let outcome = takes.outcome.as_ref().and_then(|outcome| carried.outcome(outcome.as_str()));
    let asks: Vec<&FieldId> =
        carried.asks.iter().chain(outcome.into_iter().flat_map(|outcome| &outcome.asks)).collect();
    let may_ask: Vec<&FieldId> =
        carried.may_ask.iter().chain(outcome.into_iter().flat_map(|outcome| &outcome.may_ask)).collect();
    let given: Vec<&FieldId> = takes.with.iter().map(|(field, _)| field).collect();
    let place = place_of(rulebook, step.cite("takes").or(step.cite("outcomes")));
    let name = format!("{on}.{}", carried.id);
    for field in asks.iter().filter(|field| !given.contains(field)) {
        report.error(&place, format!("{name} is carried without \"{field}\", which it asks for"));
    }
    for field in given.iter().filter(|field| !asks.contains(field) && !may_ask.contains(field)) {
        report.error(&place, format!("{name} is given \"{field}\", which it does not ask for"));
    }
}

/// Warns of an end to what no step of the kind says.
fn warn_of_endings(rulebook: &Rulebook, kind: &Kind, step: &Step, report: &mut Report) {
    for saying in sayings(step) {
        let Saying::Ends { what, .. } = saying else { continue };
        if !kind.steps.iter().flat_map(sayings).any(|saying| begins(saying) == Some(*what)) {
            let place = place_of(rulebook, step.cite("directory").or(step.cite("outcomes")));
            let (kind, step) = (&kind.id, &step.id);
            report.warning(&place, format!("{kind}.{step} ends what no step of {kind} begins"));
        }
    }
}

fn sayings(step: &Step) -> impl Iterator<Item = &Saying> {
    step.directory.iter().chain(step.outcomes.iter().flat_map(|outcome| &outcome.directory))
}

fn begins(saying: &Saying) -> Option<SayingKind> {
    match saying {
        Saying::Holds { .. } => Some(SayingKind::Holds),
        Saying::Leads { .. } => Some(SayingKind::Leads),
        Saying::Liaises { .. } => Some(SayingKind::Liaises),
        Saying::Away { .. } => Some(SayingKind::Away),
        Saying::StandsIn { .. } => Some(SayingKind::StandsIn),
        Saying::Enters { .. } | Saying::Establishes { .. } | Saying::Ends { .. } | Saying::Leaves { .. } => None,
    }
}

fn place_of(rulebook: &Rulebook, rule: Option<&facts::RuleId>) -> Place {
    let rule = rule.and_then(|rule| rulebook.rules.get(rule));
    rule.map_or_else(Place::default, |rule| rule.place.clone())
}
