//! What was typed and is no value of its field, in words.
//!
//! Invariant: what was typed is quoted back, so that the person sees what to mend.

use super::Words;
use facts::{FieldId, KindId};
use office::fill::{Misfit, Misread, Sent};
use rules::rulebook::Type;

/// Choices that are named.
const CHOICES_MAX: usize = 20;
/// Characters of what was typed that are quoted back.
const QUOTED_MAX: usize = 60;

impl Words {
    /// What a field can hold, each as people read it and as it is sent: `Health (health)`.
    fn choices_of(&self, kind: &KindId, field: &FieldId) -> Vec<String> {
        let declared = self.rulebook().kind(kind.as_str()).and_then(|kind| kind.field(field.as_str()));
        let Some(Type::Choice(list)) = declared.map(|field| field.kind_of_value.one()) else { return vec![] };
        let all = self.rulebook().choices.get(list).into_iter().flatten();
        let named = |choice: &String| {
            let label = self.pick(&self.rulebook().terms.choice(list, choice));
            self.say("plain-choice", &[("label", &label), ("id", choice)])
        };
        all.take(CHOICES_MAX).map(named).collect()
    }

    /// The sentence of one misfit.
    pub fn misfit(&self, kind: &KindId, misfit: &Misfit) -> String {
        let field = self.field(kind, &misfit.field);
        let typed = shortened(&misfit.typed);
        let said = |key: &str| self.say(key, &[("field", &field), ("typed", &typed)]);
        match &misfit.problem {
            Misread::NotADate => said("misfit-not-a-date"),
            Misread::NoSuchDay => said("misfit-no-such-day"),
            Misread::YearOutOfRange { first, last } => {
                let (first, last) = (first.to_string(), last.to_string());
                self.say("misfit-year", &[("field", &field), ("typed", &typed), ("first", &first), ("last", &last)])
            }
            Misread::NotANumber => said("misfit-not-a-number"),
            Misread::NotYesOrNo => said("misfit-not-yes-or-no"),
            Misread::UnknownChoice => {
                let choices = self.list(&self.choices_of(kind, &misfit.field));
                self.say("misfit-unknown-choice", &[("field", &field), ("typed", &typed), ("choices", &choices)])
            }
            Misread::UnknownPerson => said("misfit-unknown-person"),
            Misread::UnknownBody => said("misfit-unknown-body"),
            Misread::UnknownPost => said("misfit-unknown-post"),
            Misread::UnknownMatter => said("misfit-unknown-matter"),
            Misread::OtherKind { expected, found } => {
                let (expected, found) = (self.kind(expected), self.kind(found));
                let said = [
                    ("field", &field as &dyn crate::texts::Argument),
                    ("typed", &typed),
                    ("expected", &expected),
                    ("found", &found),
                ];
                self.say("misfit-other-kind", &said)
            }
            Misread::OnlyOne => said("misfit-only-one"),
            Misread::TooLong { characters_max } => {
                self.say("misfit-too-long", &[("field", &field), ("max", characters_max)])
            }
            Misread::TooMany { members_max } => self.say("misfit-too-many", &[("field", &field), ("max", members_max)]),
            Misread::Unprintable => self.say("misfit-unprintable", &[("field", &field)]),
            Misread::Garbled => self.say("misfit-garbled", &[("field", &field)]),
            Misread::OneLine => self.say("misfit-one-line", &[("field", &field)]),
            Misread::Misshapen { expected, sent } => {
                let (expected, sent) = (self.type_word(expected), self.sent(*sent));
                let said: [(&str, &dyn crate::texts::Argument); 3] =
                    [("field", &field), ("expected", &expected), ("sent", &sent)];
                self.say("misfit-misshapen", &said)
            }
        }
    }
}

impl Words {
    /// What is wrong with the reason for being late.
    pub fn misread_reason(&self, problem: &Misread) -> String {
        let field = self.t("form-late");
        match problem {
            Misread::TooLong { characters_max } => {
                self.say("misfit-too-long", &[("field", &field), ("max", characters_max)])
            }
            Misread::Garbled => self.say("misfit-garbled", &[("field", &field)]),
            _ => self.say("misfit-unprintable", &[("field", &field)]),
        }
    }

    fn sent(&self, sent: Sent) -> String {
        self.t(match sent {
            Sent::Text => "json-text",
            Sent::Number => "json-number",
            Sent::Yes => "json-yes",
            Sent::List => "json-list",
            Sent::Object => "json-object",
        })
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(QUOTED_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
