//! The papers of a meeting in one place: of every item those of its topic and of what the topic is about, in the order
//! of the agenda.
//!
//! Invariant: a paper stands here only if the reader may read the matter that it belongs to.

use crate::components::Link;
use crate::fault::Fault;
use crate::pages::matters::{facts::excerpt, seen::Seen};
use crate::pages::visit::Visit;
use crate::wording::{Words, matter_href, path_segment};
use facts::{FieldId, Matter, MatterId, Value};
use rules::rulebook::Type;

/// Characters of a paper; the rest is read where it stands.
const PAPER_MAX: usize = 8000;

/// An item with its papers.
pub struct ItemPapers {
    pub number: String,
    pub title: String,
    /// Empty where the reader may not read the topic.
    pub href: String,
    pub papers: Vec<Paper>,
}

/// One paper, as it stands now.
pub struct Paper {
    pub name: String,
    pub paragraphs: Vec<String>,
    /// Where it stands with its versions.
    pub link: Link,
}

/// The items of an agenda with their papers.
pub async fn items(visit: &Visit, seen: &Seen<'_>, agenda: &FieldId) -> Result<Vec<ItemPapers>, Fault> {
    let value = seen.view.matter.fields.get(agenda);
    let ids: Vec<MatterId> = value.map_or(&[] as &[Value], Value::members).iter().filter_map(Value::matter).collect();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let (_, topics) = visit.office.matters_for(&ids, &visit.person).await?;
    let named: Vec<MatterId> = topics.values().flat_map(about).filter(|id| *id != seen.view.matter.id).collect();
    let (_, others) = visit.office.matters_for(&named, &visit.person).await?;
    let item = |(index, id): (usize, &MatterId)| {
        let number = seen.words.ordinal(index + 1);
        let Some(topic) = topics.get(id) else {
            return ItemPapers { number, title: seen.words.t("matter-hidden"), href: String::new(), papers: vec![] };
        };
        let of_others = about(topic).into_iter().filter_map(|id| others.get(&id));
        let papers = std::iter::once(topic).chain(of_others).flat_map(|matter| papers(seen.words, matter));
        ItemPapers {
            number,
            title: seen.words.pick(&office::title(&seen.words.edition, topic)),
            href: matter_href(topic.number.as_str()),
            papers: papers.collect(),
        }
    };
    Ok(ids.iter().enumerate().map(item).collect())
}

/// What a topic names one by one: the decision or the document that it brings.
fn about(topic: &Matter) -> Vec<MatterId> {
    topic.fields.values().filter_map(Value::matter).collect()
}

fn papers(words: &Words, matter: &Matter) -> Vec<Paper> {
    let Some(kind) = words.rulebook().kind(matter.kind.as_str()) else { return vec![] };
    // The minutes of another meeting are no paper of this one.
    if super::fields_of(words.rulebook(), &matter.kind).is_some() {
        return vec![];
    }
    let documents = kind.fields.iter().filter(|field| field.kind_of_value == Type::Document);
    let written = documents.filter_map(|field| {
        let text = matter.fields.get(&field.id).and_then(Value::text).filter(|text| !text.trim().is_empty())?;
        let place =
            format!("{}?show=papers&paper={}", matter_href(matter.number.as_str()), path_segment(field.id.as_str()));
        let shown = excerpt(text, PAPER_MAX);
        let lines = shown.split('\n').map(str::trim_end).filter(|line| !line.is_empty());
        Some(Paper {
            name: words.field(&kind.id, &field.id),
            paragraphs: lines.map(str::to_owned).collect(),
            link: Link::new(words.say("meeting-paper-of", &[("number", &matter.number.to_string())]), place),
        })
    });
    written.collect()
}
