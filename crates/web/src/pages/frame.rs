//! The frame around a page: who is signed in and in which post, the way through the site, the
//! edition in force, and the message that the last act left.
//!
//! Invariant: the post shown is one the person holds today.

use super::areas;
use crate::{
    components::{Chrome, Lang, NavItem, PersonBadge},
    fault::Fault,
    session::Visitor,
    state::Web,
    wording::Words,
};
use askama::Template;
use axum::response::Html;
use facts::{PersonId, Role};

/// The frame of a page for a visitor.
///
/// # Errors
/// Only faults of the record.
pub async fn frame(web: &Web, visitor: &Visitor, title: &str) -> Result<Chrome, Fault> {
    let edition = web.office.edition();
    let lang = visitor.lang;
    let rulebook = &edition.rulebook;
    let name = lang.choose(&rulebook.name.en, &rulebook.name.zh);
    let digest = rulebook.digest.to_string();
    let mut chrome = Chrome {
        edition: format!("{name} ({}, {})", rulebook.edition, digest.get(..8).unwrap_or(&digest)),
        path: visitor.path.clone(),
        flash: visitor.take_flash(),
        ..Chrome::new(lang, title)
    };
    if let Some(actor) = visitor.actor() {
        let words = Words::today(&web.office, lang).await?;
        let path = visitor.path.as_str();
        let at = path.split('?').next().unwrap_or(path);
        let within = |href: &str| match href {
            "/" => ["/", "/desk"].contains(&at),
            href => at == href || at.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')),
        };
        let own = |key: &str, href: &str| NavItem::new(lang.t(key), href).active(within(href));
        chrome.nav.push(own("nav-desk", "/"));
        chrome.nav.push(own("nav-overview", "/overview"));
        chrome.nav.extend(areas::navigation(rulebook, lang, path));
        chrome.nav.push(own("nav-directory", "/directory"));
        chrome.nav.push(own("nav-rulebook", "/rulebook"));
        chrome.person = Some(badge(&words, &actor.person));
        chrome.csrf = actor.csrf();
    }
    Ok(chrome)
}

/// Who is signed in, by post; a person without a post, by the part they belong to.
fn badge(words: &Words, person: &PersonId) -> PersonBadge {
    let organisation = &words.organisation;
    let own = organisation.posts_of(person).next().map(|post| words.post(post));
    let at_body = || {
        let held = organisation.roles(person).iter().find(|(role, _)| matches!(role, Role::At(..)));
        held.map(|(role, _)| words.role(role))
    };
    PersonBadge {
        name: words.person(person),
        post: own.or_else(at_body).unwrap_or_else(|| words.t("capacity-person")),
        acting: words.standing_in(person).join(&words.t("list-comma")),
        href: "/account".to_owned(),
    }
}

/// A page as it is sent.
///
/// # Errors
/// When the template cannot be filled.
pub fn show<T: Template>(page: &T) -> Result<Html<String>, Fault> {
    Ok(Html(page.render()?))
}

/// An instant as the office's people read it.
pub async fn words(web: &Web, lang: Lang) -> Result<Words, Fault> {
    Ok(Words::today(&web.office, lang).await?)
}
