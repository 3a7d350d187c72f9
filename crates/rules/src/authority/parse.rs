//! Many policies parsed at one go.
//!
//! Cedar builds its lexer anew for every text; for some thousand policies that costs more than all the rest.
//! Invariant: what comes of a policy here is what comes of it when it is parsed alone.

use cedar_policy::{Policy, PolicyId};
use cedar_policy_core::parser::parse_policyset_to_ests_and_pset;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Policies by their text, in Cedar's own form.
#[derive(Default)]
pub(super) struct Library(BTreeMap<String, Json>);

impl Library {
    /// Reads texts of one policy each; none of them is known where one cannot be read, and each is then to be
    /// parsed by itself, which says what is wrong.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Library {
        let mut texts: Vec<&str> = texts.into_iter().map(str::trim).collect();
        texts.sort_unstable();
        texts.dedup();
        let whole = texts.join("\n");
        let Ok((mut parsed, _)) = parse_policyset_to_ests_and_pset(&whole) else { return Library::default() };
        if parsed.len() != texts.len() {
            return Library::default();
        }
        let named = texts.iter().enumerate().map(|(n, text)| {
            let id = cedar_policy_core::ast::PolicyID::from_string(format!("policy{n}"));
            let json = serde_json::to_value(parsed.remove(&id)?).ok()?;
            Some(((*text).to_owned(), json))
        });
        Library(named.collect::<Option<_>>().unwrap_or_default())
    }

    /// The policy of a text in Cedar's own form.
    pub fn json(&self, text: &str) -> Option<&Json> {
        self.0.get(text.trim())
    }

    /// The policy of a text, with the form that it was made of; parsed by itself where it is not known.
    ///
    /// # Errors
    /// In Cedar's words, where the text is no policy.
    pub fn policy(&self, id: PolicyId, text: &str) -> Result<(Policy, Json), String> {
        if let Some(json) = self.json(text)
            && let Ok(policy) = Policy::from_json(Some(id.clone()), json.clone())
        {
            return Ok((policy, json.clone()));
        }
        let policy = Policy::parse(Some(id), text).map_err(|error| error.to_string())?;
        let json = policy.to_json().map_err(|error| error.to_string())?;
        Ok((policy, json))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_of_many_is_the_same_as_alone() {
        let texts = [
            "permit (principal, action == Action::\"ask\", resource is Leave);",
            "forbid (principal, action, resource) when { resource.size.members > 3 } unless { context.outcome == \"no\" };",
            " permit (principal in Post::\"mayor\", action in [Action::\"a\", Action::\"b\"], resource is Task) ;",
        ];
        let library = Library::of(texts);
        for text in texts {
            let (policy, json) = library.policy(PolicyId::new("x"), text).unwrap();
            let alone = Policy::parse(Some(PolicyId::new("x")), text).unwrap();
            assert_eq!(json, alone.to_json().unwrap());
            assert_eq!(policy.effect(), alone.effect());
            assert_eq!(policy.resource_constraint(), alone.resource_constraint());
        }
    }

    #[test]
    fn where_one_is_wrong_each_is_parsed_by_itself() {
        let (right, wrong) = ("permit (principal, action, resource);", "permit (principal, action);");
        let library = Library::of([right, wrong]);
        assert!(library.json(right).is_none());
        assert!(library.policy(PolicyId::new("x"), right).is_ok());
        assert!(library.policy(PolicyId::new("y"), wrong).is_err());
    }
}
