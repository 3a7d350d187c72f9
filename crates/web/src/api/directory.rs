//! The directory for programs: who holds which role on a day, who is away, who stands in.
//!
//! Invariant: why somebody is away is not said; a matter is named only where the caller may read it.

use crate::wording::Words;
use facts::{Relation, Role, Via};
use jiff::civil::Date;
use serde::Serialize;

/// The office on a day.
#[derive(Serialize)]
pub struct DirectoryView {
    pub on: Date,
    pub people: Vec<PersonView>,
    pub bodies: Vec<BodyView>,
    pub away: Vec<AwayView>,
    pub standing_in: Vec<StandInView>,
}

#[derive(Serialize)]
pub struct PersonView {
    pub id: String,
    pub name: String,
    pub roles: Vec<RoleView>,
}

#[derive(Serialize)]
pub struct RoleView {
    /// The role's key, as on a desk: `head:finance`.
    pub role: String,
    pub name: String,
    /// In which capacity it is held.
    pub why: String,
}

#[derive(Serialize)]
pub struct BodyView {
    pub id: String,
    pub name: String,
    pub class: String,
}

#[derive(Serialize)]
pub struct AwayView {
    pub person: String,
    pub from: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

#[derive(Serialize)]
pub struct StandInView {
    /// The way of standing in; they are never merged.
    pub regime: String,
    pub regime_name: String,
    pub person: String,
    #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
    pub stood_for: Option<String>,
    pub from: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The number of the order, where the caller may read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}

/// The directory as the words' organisation has it.
pub fn view(words: &Words) -> DirectoryView {
    let organisation = &words.organisation;
    let bodies = organisation.bodies.values().map(|body| BodyView {
        id: body.id.to_string(),
        name: words.pick(&body.name),
        class: body.class.clone(),
    });
    let away = organisation.in_force().iter().filter(|tenure| matches!(tenure.relation, Relation::Away { .. }));
    DirectoryView {
        on: organisation.on,
        people: people(words),
        bodies: bodies.collect(),
        away: away
            .map(|tenure| AwayView { person: tenure.person.to_string(), from: tenure.from, until: tenure.until })
            .collect(),
        standing_in: standing_in(words),
    }
}

fn people(words: &Words) -> Vec<PersonView> {
    let person = |person: &facts::Person| {
        let mut roles: Vec<RoleView> = vec![];
        let held = words.organisation.roles(&person.id).iter().filter(|(role, _)| !matches!(role, Role::Person(_)));
        for (role, _) in held {
            if roles.iter().all(|known| known.role != role.key()) {
                let why = words.capacity_today(&person.id, role);
                roles.push(RoleView { role: role.key(), name: words.role(role), why });
            }
        }
        PersonView { id: person.id.to_string(), name: words.pick(&person.name), roles }
    };
    words.organisation.people.values().map(person).collect()
}

fn standing_in(words: &Words) -> Vec<StandInView> {
    let in_force = words.organisation.in_force().iter();
    let view = in_force.filter_map(|tenure| match &tenure.relation {
        Relation::StandsIn { regime, person } => Some(StandInView {
            regime: regime.clone(),
            regime_name: words.pick(&words.rulebook().terms.label(&format!("regime/{regime}"))),
            person: tenure.person.to_string(),
            stood_for: person.as_ref().or_else(|| stood_for(words, &tenure.person, regime)).map(ToString::to_string),
            from: tenure.from,
            until: tenure.until,
            basis: tenure.basis.and_then(|id| words.names.get(&id)).map(|named| named.number.to_string()),
        }),
        _ => None,
    });
    view.collect()
}

/// For whom somebody stands in where the order names only the post.
fn stood_for<'w>(words: &'w Words, person: &facts::PersonId, of: &str) -> Option<&'w facts::PersonId> {
    words.organisation.roles(person).iter().find_map(|(_, via)| match via {
        Via::StandIn { regime, person, .. } if regime == of => person.as_ref(),
        _ => None,
    })
}
