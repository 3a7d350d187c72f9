//! To whom the minutes of a meeting go: the bodies that each of its items names, for whoever distributes them.
//!
//! Only a beginning, which whoever distributes them goes on from. Invariant: of a topic that the reader may not read
//! nobody is named.

use super::fields_of;
use crate::fault::Fault;
use crate::pages::matters::seen::Seen;
use crate::pages::visit::Visit;
use facts::{BodyId, FieldId, Matter, MatterId, Value};
use rules::rulebook::{Step, Type};
use std::collections::BTreeSet;

/// Whom the items of a meeting concern.
pub struct Distribution {
    /// The field of those to whom the minutes go.
    pub field: FieldId,
    pub bodies: BTreeSet<BodyId>,
    /// Of each item: its number, its title and whom it concerns, in words.
    pub items: Vec<String>,
}

/// The bodies that the items name, where a step asks to whom the minutes go and nobody has said it yet; `None` for any
/// other step.
///
/// # Errors
/// Only faults of the record.
pub async fn distribution(visit: &Visit, seen: &Seen<'_>, step: &Step) -> Result<Option<Distribution>, Fault> {
    let matter = &seen.view.matter;
    let edition = seen.words.edition.clone();
    let Some(fields) = fields_of(&edition.rulebook, &matter.kind) else { return Ok(None) };
    let asked = fields.recipients.filter(|&field| step.asks.contains(field));
    let Some(field) = asked.filter(|&field| matter.fields.get(field).is_none_or(Value::is_empty)) else {
        return Ok(None);
    };
    let agenda = matter.fields.get(fields.agenda).map_or(&[] as &[Value], Value::members);
    let ids: Vec<MatterId> = agenda.iter().filter_map(Value::matter).collect();
    let (_, topics) = visit.office.matters_for(&ids, &visit.person).await?;
    let (mut bodies, mut items) = (BTreeSet::new(), vec![]);
    for (index, id) in ids.iter().enumerate() {
        let Some(topic) = topics.get(id) else { continue };
        let concerned = concerned(seen, topic);
        let names: Vec<String> = concerned.iter().map(|body| seen.words.body(body)).collect();
        let title = seen.words.pick(&office::title(&edition, topic));
        let said = [
            ("number", &seen.words.ordinal(index + 1) as _),
            ("title", &title as _),
            ("who", &seen.words.names_apart(&names) as _),
        ];
        items.push(seen.words.say("minutes-concern", &said));
        bodies.extend(concerned);
    }
    Ok(Some(Distribution { field: field.clone(), bodies, items }))
}

/// The bodies that a topic names, each once, in the order of its fields.
fn concerned(seen: &Seen<'_>, topic: &Matter) -> Vec<BodyId> {
    let kind = seen.words.rulebook().kind(topic.kind.as_str());
    let fields = kind.map_or(&[] as &[_], |kind| &kind.fields).iter();
    let of_bodies = fields.filter(|field| *field.kind_of_value.one() == Type::Body);
    let mut bodies: Vec<BodyId> = vec![];
    for value in of_bodies.filter_map(|field| topic.fields.get(&field.id)).flat_map(Value::members) {
        if let Value::Body(body) = value
            && !bodies.contains(body)
        {
            bodies.push(body.clone());
        }
    }
    bodies
}
