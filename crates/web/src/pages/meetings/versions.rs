//! The versions of an agenda, and two of them side by side: what came, went and moved.
//!
//! Invariant: a version is what an event of the record wrote.

use crate::compare;
use crate::components::Link;
use crate::components::compare::Compare;
use crate::fault::Fault;
use crate::pages::matters::papers::{self, Wanted};
use crate::pages::matters::seen::Seen;
use crate::pages::visit::Visit;
use facts::{Event, FieldId, Value};

/// One version.
pub struct VersionLink {
    pub text: String,
    pub who: String,
    pub compare: Option<Link>,
}

/// The versions, the newest first, and the two that are compared: those asked for, or the last two.
pub async fn versions(
    visit: &Visit,
    seen: &Seen<'_>,
    field: &FieldId,
    wanted: &Wanted,
) -> Result<(Vec<VersionLink>, Option<Compare>), Fault> {
    let events = papers::versions(seen, field);
    let find = |seq: Option<u32>| events.iter().position(|event| Some(event.seq) == seq);
    let to = find(wanted.to).unwrap_or(events.len().saturating_sub(1));
    let from = find(wanted.from).or(to.checked_sub(1));
    let links = (0..events.len()).rev().map(|n| link(seen, &events, n)).collect();
    let (Some(from), true) = (from, !events.is_empty()) else { return Ok((links, None)) };
    let mut words = seen.words.clone();
    let ids = [from, to].iter().flat_map(|n| matters(events[*n], field)).collect();
    visit.name(&mut words, ids).await?;
    let names = |event: &Event| -> Vec<String> {
        let members = event.act.input.get(field).map_or(&[] as &[Value], Value::members);
        members.iter().map(|member| words.one(member)).collect()
    };
    let compared = Compare {
        lang: words.lang,
        before_title: papers::version_name(seen, from, events[from]),
        after_title: papers::version_name(seen, to, events[to]),
        lines: compare::members(&names(events[from]), &names(events[to])),
    };
    Ok((links, Some(compared)))
}

fn link(seen: &Seen<'_>, events: &[&Event], n: usize) -> VersionLink {
    let before = n.checked_sub(1).map(|before| {
        let href = format!("{}?show=agenda&from={}&to={}", seen.href(), events[before].seq, events[n].seq);
        Link::new(seen.words.say("paper-compare", &[("version", &n)]), href)
    });
    let said = seen.words.event(events[n]);
    VersionLink {
        text: papers::version_name(seen, n, events[n]),
        who: seen.words.say("version-by", &[("who", &said.who), ("step", &said.title)]),
        compare: before,
    }
}

fn matters(event: &Event, field: &FieldId) -> Vec<facts::MatterId> {
    let members = event.act.input.get(field).map_or(&[] as &[Value], Value::members);
    members.iter().filter_map(Value::matter).collect()
}
