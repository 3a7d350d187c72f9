//! A form that was sent and could not be taken as it came: what was typed is kept, and shown again.
//!
//! Of forms of steps only: no other form holds more than a line, and some hold passwords. Invariant:
//! what is kept is carried out only when the person presses the button of a form made for them.

use super::{Visitor, next};
use crate::{fault::Fault, state::Web};
use axum::{
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};

/// Where the forms of steps are sent.
const PLACES: [&str; 2] = ["/matters/", "/new/"];
/// Parts of a form that belong to the one time that it was made: its proof, and the id of its submission.
const NOT_KEPT: [&str; 2] = ["csrf", "command"];
/// Stands before the names of what a sign-in page carries along.
const PREFIX: &str = "kept.";

/// What was typed, and the page of the form it was typed into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub place: String,
    pub pairs: Vec<(String, String)>,
}

impl Kept {
    /// From the body of a form, if it was sent to a step.
    pub fn of_form(uri: &Uri, pairs: Vec<(String, String)>) -> Option<Kept> {
        Kept::at(uri.path(), pairs)
    }

    /// From what was typed into the form at a place, if it is that of a step.
    pub fn at(place: &str, pairs: Vec<(String, String)>) -> Option<Kept> {
        let known = next::local(place) == place && PLACES.iter().any(|known| place.starts_with(known));
        let pairs: Vec<_> = pairs.into_iter().filter(|(name, _)| !NOT_KEPT.contains(&name.as_str())).collect();
        (known && !pairs.is_empty()).then(|| Kept { place: place.to_owned(), pairs })
    }

    /// What a sign-in page carried along, on the way to `place`.
    pub fn carried(place: &str, sent: &[(String, String)]) -> Option<Kept> {
        let carried =
            sent.iter().filter_map(|(name, text)| Some((name.strip_prefix(PREFIX)?.to_owned(), text.clone())));
        Kept::at(place, carried.collect())
    }

    /// As the hidden fields of a sign-in page.
    pub fn fields(&self) -> Vec<(String, String)> {
        self.pairs.iter().map(|(name, text)| (format!("{PREFIX}{name}"), text.clone())).collect()
    }

    /// Keeps it for who is signed in.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn keep(&self, office: &office::Office, login: &str) -> Result<(), Fault> {
        Ok(office.keep_begun(login, &self.place, &self.pairs).await?)
    }

    /// Keeps it for who is signed in, and leads back to the form that shows it.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn lead_back(&self, web: &Web, login: &str) -> Result<Response, Fault> {
        self.keep(&web.office, login).await?;
        Ok(Redirect::to(&self.place).into_response())
    }
}

/// What to do with a form that was not made for the visitor as they are now.
///
/// # Errors
/// Only faults of the record.
pub async fn answer(web: &Web, visitor: &Visitor, kept: &Kept) -> Result<Response, Fault> {
    match visitor.session() {
        Some(session) => kept.lead_back(web, &session.login).await,
        None => crate::pages::sign_in::carry(web, visitor, kept).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_forms_of_steps_are_kept_and_never_their_proof() {
        let pairs = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), "x".to_owned())).collect::<Vec<_>>();
        let kept = Kept::at("/matters/T-1/decide", pairs(&["csrf", "field.draft", "command"])).expect("it is kept");
        assert_eq!(kept.pairs, pairs(&["field.draft"]));
        assert_eq!(Kept::carried("/matters/T-1/decide", &kept.fields()), Some(kept));
        for place in ["/account/password", "/sign-in", "//evil.example/new/", "https://evil.example/new/", "/"] {
            assert_eq!(Kept::at(place, pairs(&["field.draft"])), None, "{place}");
        }
        assert_eq!(Kept::at("/new/Topic/submit", pairs(&["csrf"])), None, "nothing was typed");
    }
}
