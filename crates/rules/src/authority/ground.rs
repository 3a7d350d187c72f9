//! What a question to Cedar rests on, before it is put in Cedar's words.
//!
//! Invariant: the same side of a step on an equal ground is ruled on alike, whichever matter it is. So
//! matters go by the order in which they are met, and a ruling that was given once is known again.

#![expect(clippy::disallowed_types, reason = "Cedar's constructors take unordered maps and sets")]

use super::entities::Vocabulary;
use cedar_policy::{Context, Entities, Entity, EntityUid, Request, RestrictedExpression};
use jiff::civil::Date;
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

pub(super) type Text<'g> = Cow<'g, str>;
pub(super) type Attributes<'g> = Vec<(Text<'g>, Said<'g>)>;

/// What something is called in Cedar.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name<'g> {
    /// `Post`, `Office`, `Body`, `Person`, or a kind of matter.
    pub of: Text<'g>,
    pub id: Text<'g>,
}

/// What is said of something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Said<'g> {
    Text(Text<'g>),
    Yes(bool),
    Number(i64),
    Date(Date),
    Entity(Name<'g>),
    Set(Vec<Said<'g>>),
    Record(Attributes<'g>),
}

/// One entity as it is laid out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Laid<'g> {
    pub name: Name<'g>,
    pub attributes: Attributes<'g>,
    pub parents: Vec<Name<'g>>,
}

/// Who asks of what, with all that is laid out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Ground<'g> {
    pub principal: Name<'g>,
    pub resource: Name<'g>,
    pub entities: Vec<Laid<'g>>,
    pub context: Attributes<'g>,
}

fn owned(text: Text<'_>) -> Text<'static> {
    Cow::Owned(text.into_owned())
}

fn owned_attributes(attributes: Attributes<'_>) -> Attributes<'static> {
    attributes.into_iter().map(|(name, said)| (owned(name), said.into_owned())).collect()
}

fn bytes_of_attributes(attributes: &Attributes<'_>) -> usize {
    let bytes = |(name, said): &(Text<'_>, Said<'_>)| size_of::<(Text<'_>, Said<'_>)>() + name.len() + said.bytes();
    attributes.iter().map(bytes).sum()
}

impl<'g> Name<'g> {
    pub fn new(of: &'g str, id: impl Into<Text<'g>>) -> Name<'g> {
        Name { of: Cow::Borrowed(of), id: id.into() }
    }

    pub fn into_owned(self) -> Name<'static> {
        Name { of: owned(self.of), id: owned(self.id) }
    }

    fn uid(&self, vocabulary: &Vocabulary) -> EntityUid {
        vocabulary.uid(&self.of, &self.id)
    }

    fn bytes(&self) -> usize {
        self.of.len() + self.id.len()
    }
}

impl Said<'_> {
    fn into_owned(self) -> Said<'static> {
        match self {
            Said::Text(text) => Said::Text(owned(text)),
            Said::Yes(yes) => Said::Yes(yes),
            Said::Number(number) => Said::Number(number),
            Said::Date(date) => Said::Date(date),
            Said::Entity(name) => Said::Entity(name.into_owned()),
            Said::Set(members) => Said::Set(members.into_iter().map(Said::into_owned).collect()),
            Said::Record(members) => Said::Record(owned_attributes(members)),
        }
    }

    /// What it occupies besides itself, about.
    fn bytes(&self) -> usize {
        match self {
            Said::Text(text) => text.len(),
            Said::Entity(name) => name.bytes(),
            Said::Set(members) => members.iter().map(|member| size_of::<Said<'_>>() + member.bytes()).sum(),
            Said::Record(members) => bytes_of_attributes(members),
            Said::Yes(_) | Said::Number(_) | Said::Date(_) => 0,
        }
    }

    fn in_cedar(&self, vocabulary: &Vocabulary) -> Result<RestrictedExpression, String> {
        Ok(match self {
            Said::Text(text) => RestrictedExpression::new_string(text.to_string()),
            Said::Yes(yes) => RestrictedExpression::new_bool(*yes),
            Said::Number(number) => RestrictedExpression::new_long(*number),
            Said::Date(date) => RestrictedExpression::new_datetime(date.to_string()),
            Said::Entity(name) => RestrictedExpression::new_entity_uid(name.uid(vocabulary)),
            Said::Set(members) => {
                let members: Result<Vec<RestrictedExpression>, String> =
                    members.iter().map(|member| member.in_cedar(vocabulary)).collect();
                RestrictedExpression::new_set(members?)
            }
            Said::Record(members) => RestrictedExpression::new_record(pairs_in_cedar(members, vocabulary)?)
                .map_err(|error| error.to_string())?,
        })
    }
}

fn pairs_in_cedar(
    attributes: &Attributes<'_>,
    vocabulary: &Vocabulary,
) -> Result<Vec<(String, RestrictedExpression)>, String> {
    attributes.iter().map(|(name, said)| Ok((name.to_string(), said.in_cedar(vocabulary)?))).collect()
}

impl Ground<'_> {
    pub fn into_owned(self) -> Ground<'static> {
        let laid = |laid: Laid<'_>| Laid {
            name: laid.name.into_owned(),
            attributes: owned_attributes(laid.attributes),
            parents: laid.parents.into_iter().map(Name::into_owned).collect(),
        };
        Ground {
            principal: self.principal.into_owned(),
            resource: self.resource.into_owned(),
            entities: self.entities.into_iter().map(laid).collect(),
            context: owned_attributes(self.context),
        }
    }

    /// What it occupies, about.
    pub fn bytes(&self) -> usize {
        let parents =
            |laid: &Laid<'_>| laid.parents.iter().map(|name| size_of::<Name<'_>>() + name.bytes()).sum::<usize>();
        let laid = self.entities.iter().map(|laid| {
            size_of::<Laid<'_>>() + laid.name.bytes() + bytes_of_attributes(&laid.attributes) + parents(laid)
        });
        let names = self.principal.bytes() + self.resource.bytes();
        size_of::<Ground<'_>>() + names + laid.sum::<usize>() + bytes_of_attributes(&self.context)
    }

    /// The question, and what is laid out, as Cedar takes them.
    ///
    /// # Errors
    /// What Cedar cannot take, in its words.
    pub fn put(&self, vocabulary: &Vocabulary, action: &EntityUid) -> Result<(Request, Entities), String> {
        let [principal, resource] = [&self.principal, &self.resource].map(|name| name.uid(vocabulary));
        let context =
            Context::from_pairs(pairs_in_cedar(&self.context, vocabulary)?).map_err(|error| error.to_string())?;
        let request = Request::new(principal, action.clone(), resource, context, None);
        let request = request.map_err(|error| error.to_string())?;
        let mut entities = vec![];
        for laid in &self.entities {
            let attributes: HashMap<String, RestrictedExpression> =
                pairs_in_cedar(&laid.attributes, vocabulary)?.into_iter().collect();
            let parents: HashSet<EntityUid> = laid.parents.iter().map(|name| name.uid(vocabulary)).collect();
            // What cannot be laid out is not there, and errs when it is read.
            entities.extend(Entity::new(laid.name.uid(vocabulary), attributes, parents).ok());
        }
        Ok((request, Entities::from_entities(entities, None).map_err(|error| error.to_string())?))
    }
}
