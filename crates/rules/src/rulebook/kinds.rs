//! The kinds: number, title, readers, fields and steps.
//!
//! Invariant: every kind has a number series and a title, and is opened by something.

use super::{
    After, Kind, Place, Rulebook, Saying, SayingKind, Source, Step,
    draft::{Draft, DraftKind, Rules, Said},
    names::Names,
    report::{Report, with_nearest},
    scope::Scope,
    steps::Steps,
};
use facts::{FieldId, KindId};
use std::collections::BTreeSet;

/// The kinds of a draft, each checked in itself.
pub(super) fn read(draft: &Draft, names: &Names, rules: &mut Rules, report: &mut Report) -> Vec<Kind> {
    let whole = |kind: &&DraftKind| kind.keys.iter().any(|said| said.name == "number");
    let half: Vec<&DraftKind> = draft.kinds.iter().filter(|kind| !whole(kind)).collect();
    for kind in half {
        let message = format!("the kind \"{}\" is nowhere given a number", kind.name);
        let others = draft.kinds.iter().filter(whole).map(|kind| kind.name.as_str());
        report.error(&kind.place, with_nearest(message, &kind.name, others));
    }
    let mut kinds = vec![];
    for (draft, own) in draft.kinds.iter().zip(&names.kinds) {
        let steps = Steps { scope: Scope { names, kind: own }, report };
        kinds.push(kind(draft, steps, rules));
    }
    kinds
}

fn kind(draft: &DraftKind, mut reader: Steps, rules: &mut Rules) -> Kind {
    let key = |name: &str| draft.keys.iter().find(|said| said.name == name);
    let declared = key("number").map_or((draft.block, &draft.place), |said| (said.block, &said.place));
    let rule = rules.add(declared.0, &draft.name, declared.1);
    let number = key("number").and_then(|said| number(said, reader.report)).unwrap_or_default();
    let title = match key("title") {
        Some(said) => reader.title(&said.node),
        None => {
            // A kind without a number too was reported: its name is probably mistyped.
            if key("number").is_some() {
                let message = format!("the kind \"{}\" has no title", draft.name);
                reader.report.error(&draft.place, message);
            }
            None
        }
    };
    let read = key("read").map(|said| reader.whos(&said.node)).unwrap_or_default();
    let field = |field: &super::names::FieldName| {
        let (id, kind_of_value) = (field.id.clone(), field.kind_of_value.clone()?);
        Some(super::Field { id, kind_of_value })
    };
    let fields = reader.scope.kind.fields.iter().filter_map(field).collect();
    let steps: Vec<Step> = draft.steps.iter().map(|step| reader.step(step, rules)).collect();
    refuse_circles(draft, &steps, reader.report);
    Kind {
        id: KindId::new(&draft.name),
        number,
        title: title.unwrap_or_else(|| FieldId::new("")),
        read,
        fields,
        steps,
        rule,
    }
}

/// The pattern of a number series.
fn number(said: &Said, report: &mut Report) -> Option<String> {
    let pattern = said.node.text(report)?;
    if !pattern.contains("{n}") {
        report.error(&said.node.place, "a number's pattern has {n}, which counts the matters");
    }
    Some(pattern.to_owned())
}

/// Reports steps that wait for one another.
fn refuse_circles(draft: &DraftKind, steps: &[Step], report: &mut Report) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (step, said) in steps.iter().zip(&draft.steps) {
        let Some(circle) = circle(step, steps) else { continue };
        if circle.iter().any(|name| told.contains(name)) {
            continue;
        }
        told.extend(circle.iter().copied());
        let place = said.key("after").map_or(&said.place, |said| &said.place);
        let circle = circle.join(" after ");
        report.error(place, format!("steps of {} wait for one another: {circle}", draft.name));
    }
}

/// The shortest way from a step over what it comes after back to itself.
fn circle<'s>(start: &'s Step, steps: &'s [Step]) -> Option<Vec<&'s str>> {
    let own = |after: &&After| after.links.is_empty();
    let mut ways: Vec<Vec<&Step>> = vec![vec![start]];
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut at = 0;
    while let Some(way) = ways.get(at).cloned() {
        at += 1;
        let Some(last) = way.last() else { continue };
        for after in last.after.iter().filter(own) {
            if after.step == start.id {
                let names = way.iter().chain([&start]).map(|step| step.id.as_str());
                return Some(names.collect());
            }
            let next = steps.iter().find(|step| step.id == after.step);
            if let Some(next) = next.filter(|next| seen.insert(next.id.as_str())) {
                ways.push(way.iter().copied().chain([next]).collect());
            }
        }
    }
    None
}

/// What can only be seen of all kinds together: whether each is opened and each field filled by something.
pub(super) fn check_together(rulebook: &Rulebook, names: &Names, report: &mut Report) {
    let mut opened: BTreeSet<&str> = BTreeSet::new();
    let mut filled: BTreeSet<(&str, &str)> = BTreeSet::new();
    for kind in &rulebook.kinds {
        for step in &kind.steps {
            let outcomes = step.outcomes.iter();
            let opens = outcomes.flat_map(|outcome| &outcome.opens).chain(&step.opens);
            for opens in opens {
                opened.insert(opens.kind.as_str());
                filled.extend(opens.with.iter().map(|(field, _): &(FieldId, Source)| (opens.kind.as_str(), field.as_str())));
            }
            for takes in &step.takes {
                let on = kind.field(takes.on.as_str()).map(|field| field.kind_of_value.one());
                if let Some(super::Type::Matter(on)) = on {
                    filled.extend(takes.with.iter().map(|(field, _)| (on.as_str(), field.as_str())));
                }
            }
            filled.extend(asked(step).map(|field| (kind.id.as_str(), field.as_str())));
            warn_of_endings(rulebook, kind, step, report);
        }
    }
    for (kind, known) in rulebook.kinds.iter().zip(&names.kinds) {
        let place = rulebook.rules.get(&kind.rule).map_or_else(Place::default, |rule| rule.place.clone());
        if !kind.number.is_empty() && kind.starts().next().is_none() && !opened.contains(kind.id.as_str()) {
            report.warning(&place, format!("no step opens a matter of the kind \"{}\"", kind.id));
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

/// Warns of an end to what no step of the kind says.
fn warn_of_endings(rulebook: &Rulebook, kind: &Kind, step: &Step, report: &mut Report) {
    let said_by = |step: &Step| -> Vec<Saying> {
        let of_outcomes = step.outcomes.iter().flat_map(|outcome| &outcome.directory);
        step.directory.iter().chain(of_outcomes).cloned().collect()
    };
    let of = |saying: &Saying| match saying {
        Saying::Holds { .. } => Some(SayingKind::Holds),
        Saying::Leads { .. } => Some(SayingKind::Leads),
        Saying::Liaises { .. } => Some(SayingKind::Liaises),
        Saying::Away { .. } => Some(SayingKind::Away),
        Saying::StandsIn { .. } => Some(SayingKind::StandsIn),
        Saying::Ends { .. } => None,
    };
    for saying in said_by(step) {
        let Saying::Ends { what, .. } = saying else { continue };
        let begun = kind.steps.iter().flat_map(said_by).any(|saying| of(&saying) == Some(what));
        let cite = step.cite("directory").or(step.cite("outcomes")).and_then(|id| rulebook.rules.get(id));
        if let (false, Some(rule)) = (begun, cite) {
            report.warning(&rule.place, format!("{}.{} ends what no step of {} begins", kind.id, step.id, kind.id));
        }
    }
}
