//! The public site: what the office made public, for everyone, without an account.
//!
//! Must not show anything of a matter but its publication. Invariant: an address leads to the same
//! publication for ever, and every copy of a page may be kept by whoever passes it on.

pub mod feed;
pub mod list;
pub mod show;

use crate::{
    components::{Chrome, Link, NavItem},
    fault::Fault,
    session::Visitor,
    wording::{Words, path_segment},
};
use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use facts::StepId;
use office::Published;

/// How long a copy may be shown without asking again.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// The page of a publication.
pub fn href(address: &str) -> String {
    format!("/public/{}", path_segment(address))
}

/// What sort of publication it is, where one of its kind may be of several.
fn stage(words: &Words, published: &Published, step: &StepId) -> Option<String> {
    words.publication(&published.kind, step)
}

/// The frame of a public page: it is the same for everyone, signed in or not.
fn chrome(visitor: &Visitor, title: &str) -> Chrome {
    let lang = visitor.lang;
    Chrome {
        path: visitor.path.clone(),
        nav: vec![
            NavItem::new(lang.t("public-all"), "/public").active(visitor.path.split('?').next() == Some("/public")),
            NavItem::new(lang.t("public-feed"), "/public/feed.xml"),
        ],
        ..Chrome::new(lang, title)
    }
}

/// A page that everyone may keep for a while.
fn page<T: Template>(status: StatusCode, page: &T) -> Result<Response, Fault> {
    Ok((status, [(header::CACHE_CONTROL, KEPT)], Html(page.render()?)).into_response())
}

/// The way back to the list.
fn crumbs(visitor: &Visitor) -> Vec<Link> {
    vec![Link::new(visitor.lang.t("public-all"), "/public")]
}
