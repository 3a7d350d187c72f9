//! A form as it was sent: what was typed for each field, and the parts that every step has.
//!
//! Field inputs are named `field.NAME`; `number.NAME` holds further matters by number, and
//! `order.NAME.ID` the place of a matter in an ordered set. So no field of a rulebook can be taken for
//! another part of the form. Invariant: reading what was sent never fails.

use crate::session::next;
use facts::{CommandId, FieldId, OutcomeId};
use office::fill::{self, Misread, Typed};
use rules::rulebook::{Kind, Step, Type};

/// A form as it was sent, or as it is first shown.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    pub typed: Typed,
    pub outcome: Option<OutcomeId>,
    /// For whom it is answered, in a step that each of several must take: the same for each of these.
    pub each: Vec<String>,
    pub late: String,
    pub command: Option<CommandId>,
    /// The version of the matter that the form was shown with.
    pub seen: Option<u32>,
    /// The page to come back to, a matter's, where it is not that of the matter acted on.
    pub back: Option<String>,
}

impl Posted {
    /// From the pairs of a form, in the order in which they were sent.
    pub fn read(pairs: &[(String, String)]) -> Posted {
        let mut posted = Posted::default();
        let mut ordered: Vec<(FieldId, String, String)> = vec![];
        for (name, text) in pairs {
            let said = Some(text.trim()).filter(|text| !text.is_empty());
            match (name.as_str(), name.split_once('.')) {
                (_, Some(("field" | "number", field))) => posted.typed.push(field, text),
                (_, Some(("order", place))) => {
                    if let (Some((field, matter)), Some(place)) = (place.rsplit_once('.'), said) {
                        ordered.push((field.into(), place.to_owned(), matter.to_owned()));
                    }
                }
                ("outcome", _) => posted.outcome = said.map(OutcomeId::new),
                ("each", _) => posted.each.extend(said.map(str::to_owned)),
                ("late", _) => posted.late.clone_from(text),
                ("command", _) => posted.command = said.and_then(|id| id.parse().ok()).map(CommandId::new),
                ("back", _) => posted.back = said.filter(|href| is_of_a_matter(href)).map(str::to_owned),
                ("seen", _) => posted.seen = said.and_then(|seen| seen.parse().ok()),
                _ => {}
            }
        }
        // What has no number that can be read comes last.
        ordered.sort_by_key(|(_, place, _)| place.parse::<u32>().unwrap_or(u32::MAX));
        for (field, _, matter) in ordered {
            let texts = posted.typed.0.entry(field).or_default();
            let after_marker = texts.iter().position(|text| !text.is_empty()).unwrap_or(texts.len());
            // Numbered matters come before those that were typed by their number.
            let numbered =
                texts[after_marker..].iter().take_while(|text| text.parse::<facts::MatterId>().is_ok()).count();
            texts.insert(after_marker + numbered, matter);
        }
        posted
    }

    /// Only the fields that the step asks for with the outcome that was chosen.
    pub fn asked(&self, step: &Step) -> Typed {
        let outcome = self.outcome.as_ref().and_then(|outcome| step.outcome(outcome.as_str()));
        let of_outcome = outcome.into_iter().flat_map(|outcome| outcome.asks.iter().chain(&outcome.may_ask));
        let asked: Vec<&FieldId> = step.asks.iter().chain(&step.may_ask).chain(of_outcome).collect();
        let others: Vec<&FieldId> = every_field(step);
        // A field of another outcome is left out; one that the step does not know is refused by name.
        let kept = self.typed.0.iter().filter(|(field, _)| asked.contains(field) || !others.contains(field));
        Typed(kept.map(|(field, texts)| (field.clone(), texts.clone())).collect())
    }

    /// The reason for being late, if one was given.
    ///
    /// # Errors
    /// When it is no text that can be kept.
    pub fn late(&self) -> Result<Option<String>, Misread> {
        let said = Some(self.late.replace("\r\n", "\n").trim().to_owned()).filter(|reason| !reason.is_empty());
        said.map(|reason| fill::reason(&reason)).transpose()
    }
}

/// Whether an address leads to the page of a matter here, and to nowhere else.
fn is_of_a_matter(href: &str) -> bool {
    href.starts_with("/matters/") && next::local(href) == href
}

/// Every field that a step can ask for.
pub fn every_field(step: &Step) -> Vec<&FieldId> {
    let outcomes = step.outcomes.iter().flat_map(|outcome| outcome.asks.iter().chain(&outcome.may_ask));
    let mut fields: Vec<&FieldId> = vec![];
    for field in step.asks.iter().chain(&step.may_ask).chain(outcomes) {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields
}

/// The kinds of matters that a step's fields can name.
pub fn kinds_named<'k>(kind: &'k Kind, step: &Step) -> Vec<&'k facts::KindId> {
    let mut kinds = vec![];
    for field in every_field(step) {
        let of = kind.field(field.as_str()).map(|field| field.kind_of_value.one());
        match of {
            Some(Type::Matter(named)) if !kinds.contains(&named) => kinds.push(named),
            _ => {}
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Posted {
        let pairs: Vec<_> = pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Posted::read(&pairs)
    }

    #[test]
    fn what_is_no_part_of_a_form_is_left_out() {
        let posted =
            read(&[("command", "no id"), ("seen", "-1"), ("order.agenda", "1"), ("other", "x"), ("outcome", " ")]);
        assert_eq!((posted.command, posted.seen, posted.outcome), (None, None, None));
        assert_eq!(posted.typed, Typed::default());
    }

    #[test]
    fn an_ordered_set_follows_its_numbers() {
        let ids = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"];
        let posted = read(&[
            ("field.agenda", ""),
            (&format!("order.agenda.{}", ids[0]), "2"),
            (&format!("order.agenda.{}", ids[1]), "1"),
            ("order.agenda.00000000-0000-7000-8000-000000000003", ""),
            ("number.agenda", "EM-1"),
        ]);
        assert_eq!(posted.typed.of("agenda"), ["", ids[1], ids[0], "EM-1"]);
    }
}
