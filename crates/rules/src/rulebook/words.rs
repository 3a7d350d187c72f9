//! Words of need: `urgent`, `not confidential`, `form is request`, `form is not report`.
//!
//! Invariant: what a condition asks is a yes, or a choice that its list has.

use super::{Need, Place, Type, report::Report, scope::Scope};

impl Scope<'_> {
    /// A condition of `needed_if`.
    pub fn need(self, words: &str, at: &Place, report: &mut Report) -> Option<Need> {
        if let Some((field, choice)) = words.split_once(" is ") {
            let choice = choice.trim();
            let (choice, must_be) = choice.strip_prefix("not ").map_or((choice, true), |choice| (choice.trim(), false));
            return self.need_of_choice(field.trim(), choice, must_be, at, report);
        }
        let field = words.strip_prefix("not ");
        let path = self.typed_path(field.unwrap_or(words).trim(), &Type::Yes, at, report)?;
        Some(Need { field: path, choice: None, must_be: field.is_none() })
    }

    fn need_of_choice(self, field: &str, choice: &str, must_be: bool, at: &Place, report: &mut Report) -> Option<Need> {
        let (path, found) = self.path(field, at, report)?;
        let Type::Choice(list) = found else {
            let kind = &self.kind.id;
            report.error(at, format!("\"{field}\" of {kind} is of type {found}; what it \"is\" is one of a list"));
            return None;
        };
        let choices = self.names.settings.choices.get(list).map_or(&[] as &[String], Vec::as_slice);
        if !choices.iter().any(|known| known == choice) {
            let names = choices.iter().map(String::as_str);
            report.unknown(at, format!("no choice \"{choice}\" in {list}"), choice, names);
            return None;
        }
        Some(Need { field: path, choice: Some(choice.to_owned()), must_be })
    }
}
