//! The kinds: number, title, readers, fields and steps.
//!
//! Invariant: every kind has a number series and a title, and its steps can come one after the other.

use super::{
    After, Bound, Kind, Path, Step, Type, Who,
    draft::{Draft, DraftKind, Rules, Said},
    names::Names,
    report::Report,
    scope::Scope,
    steps::Steps,
    tree::{Node, Value, get, only_keys},
};
use facts::{FieldId, KindId};
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of a draft, each checked in itself.
pub(super) fn read(draft: &Draft, names: &Names, rules: &mut Rules, report: &mut Report) -> Vec<Kind> {
    let mut kinds = vec![];
    for (said, own) in draft.kinds.iter().zip(&names.kinds) {
        if said.is_declared() {
            let steps = Steps { scope: Scope { names, kind: own }, report };
            kinds.push(kind(said, steps, rules));
        } else {
            let message = format!("the kind \"{}\" is nowhere given a number", said.name);
            let others = draft.kinds.iter().filter(|kind| kind.is_declared());
            report.unknown(&said.place, message, &said.name, others.map(|kind| kind.name.as_str()));
        }
    }
    spread_readers(&mut kinds);
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
            reader.report.error(&draft.place, format!("the kind \"{}\" has no title", draft.name));
            None
        }
    };
    let read = key("read").map(|said| reader.readers(&said.node)).unwrap_or_default();
    let bound = key("bound").and_then(|said| bound(&said.node, &mut reader));
    let mut fields = vec![];
    for field in &reader.scope.kind.fields {
        let Some(kind_of_value) = field.kind_of_value.clone() else { continue };
        let among = field.among.as_ref().and_then(|node| reader.scope.among(&kind_of_value, node, reader.report));
        fields.push(super::Field { id: field.id.clone(), kind_of_value, among });
    }
    let steps: Vec<Step> = draft.steps.iter().map(|step| reader.step(step, rules)).collect();
    refuse_circles(draft, &steps, reader.report);
    refuse_until_what_is_not_needed(draft, &steps, reader.report);
    Kind {
        id: KindId::new(&draft.name),
        number,
        title: title.unwrap_or_else(|| FieldId::new("")),
        read,
        bound,
        fields,
        steps: in_order(steps),
        rule,
    }
}

/// `bound = "sponsor"`, or `bound = { body = "sponsor", articles = [24, 26] }`.
fn bound(node: &Node, reader: &mut Steps) -> Option<Bound> {
    let is_body = |found: &super::Type| *found == super::Type::Body;
    let Value::Table(table) = &node.value else {
        let body = reader.scope.typed_field(node.text(reader.report)?, "Body", is_body, &node.place, reader.report)?;
        return Some(Bound { body, articles: None });
    };
    only_keys(table, &["body", "articles"], "what binds by reference", reader.report);
    let (Some(field), Some(articles)) = (get(table, "body"), get(table, "articles")) else {
        reader.report.error(&node.place, "by reference: body = \"FIELD\", articles = [26]");
        return None;
    };
    let body = reader.scope.typed_field(field.text(reader.report)?, "Body", is_body, &field.place, reader.report)?;
    let number = |member: &Node, report: &mut Report| match &member.value {
        Value::Number(number) => Some(number.to_string()),
        _ => member.text(report).map(str::to_owned),
    };
    let articles = articles.members().iter().filter_map(|member| number(member, reader.report)).collect();
    Some(Bound { body, articles: Some(articles) })
}

/// Puts those who may read a linked matter in the place of its readers.
fn spread_readers(kinds: &mut [Kind]) {
    let known: BTreeMap<KindId, Vec<Who>> = kinds.iter().map(|kind| (kind.id.clone(), kind.read.clone())).collect();
    for kind in kinds {
        let spread = |who: &Who| match who {
            Who::ReadersOf(link) => {
                let linked = kind.field(link.as_str()).and_then(|field| match &field.kind_of_value {
                    Type::Matter(linked) => known.get(linked),
                    _ => None,
                });
                linked.into_iter().flatten().filter_map(|who| beyond(link, who)).collect()
            }
            who => vec![who.clone()],
        };
        let mut read: Vec<Who> = vec![];
        for who in kind.read.iter().flat_map(spread) {
            let always = matches!(&who, Who::Where(_, inner) if read.contains(inner));
            if !always && !read.contains(&who) {
                read.push(who);
            }
        }
        kind.read = read;
    }
}

/// Whom the words of a linked matter mean, seen from here; whoever reads what is linked to that one is left out.
fn beyond(link: &FieldId, who: &Who) -> Option<Who> {
    let path = |path: &Path| Path([link.clone()].into_iter().chain(path.0.iter().cloned()).collect());
    Some(match who {
        Who::PersonIn(named) => Who::PersonIn(path(named)),
        Who::AtBodyIn(post, named) => Who::AtBodyIn(post.clone(), path(named)),
        Who::ReadersOf(_) | Who::Where(..) => return None,
        who => Who::Where(link.clone(), Box::new(who.clone())),
    })
}

/// The pattern of a number series.
fn number(said: &Said, report: &mut Report) -> Option<String> {
    let pattern = said.node.text(report)?;
    if !pattern.contains("{n}") {
        report.error(&said.node.place, "a number's pattern has {n}, which counts the matters");
    }
    Some(pattern.to_owned())
}

/// The steps as they come one after the other: those that open a matter first, then each after those
/// that it waits for, otherwise in reading order. Steps in a circle, which is reported, come last.
fn in_order(mut steps: Vec<Step>) -> Vec<Step> {
    let mut ordered: Vec<Step> = vec![];
    let starts = |step: &Step| !step.start;
    steps.sort_by_key(starts);
    while !steps.is_empty() {
        let waits = |step: &Step| {
            let own = step.after.iter().filter(|after| after.links.is_empty());
            own.clone().any(|after| steps.iter().any(|other| other.id == after.step))
        };
        let next = steps.iter().position(|step| !waits(step)).unwrap_or(0);
        ordered.push(steps.remove(next));
    }
    ordered
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

/// Reports a step that may be taken until another stands which counts as done where it is not needed.
fn refuse_until_what_is_not_needed(draft: &DraftKind, steps: &[Step], report: &mut Report) {
    for (step, said) in steps.iter().zip(&draft.steps) {
        let named = steps.iter().filter(|other| step.until.contains(&other.id));
        for ended in named.filter(|other| !other.needed_if.is_empty() || other.by_each.is_some() || other.id == step.id)
        {
            let place = said.key("until").map_or(&said.place, |said| &said.place);
            let message = format!(
                "{} counts as done where nobody need take it, and would then always end {}: write a gate over who took it",
                ended.id, step.id
            );
            report.error(place, message);
        }
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
