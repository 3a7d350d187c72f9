//! In which language a page is shown: as chosen in this browser, else as the account prefers, else
//! as the browser asks for, else Chinese. Addresses are the same in both. A program is answered as this very
//! request asks, by `?lang=` or `Accept-Language`, else as the account prefers.
//!
//! Invariant: choosing a language changes a cookie and nothing else.

use super::{cookies, next};
use crate::{components::Lang, state::Web};
use axum::{
    extract::{Path, Query, Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

/// The language chosen in this browser.
pub fn chosen(headers: &HeaderMap, secure: bool) -> Option<Lang> {
    Lang::from_code(&cookies::read(headers, cookies::LANGUAGE, secure)?)
}

/// The language chosen in this browser, else the one it asks for most.
pub fn asked(headers: &HeaderMap, secure: bool) -> Option<Lang> {
    chosen(headers, secure).or_else(|| accepted(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?))
}

/// The language that goes before the one the account prefers.
pub fn foremost(path: &str, headers: &HeaderMap, secure: bool) -> Option<Lang> {
    if !path.starts_with("/api/") {
        return chosen(headers, secure);
    }
    let said = path.split_once('?').and_then(|(_, query)| without_lang(query));
    said.and_then(|(code, _)| Lang::from_code(&code)).or_else(|| asked(headers, secure))
}

fn accepted(header: &str) -> Option<Lang> {
    let mut best: Option<(Lang, f32)> = None;
    for entry in header.split(',') {
        let (code, rest) = entry.split_once(';').unwrap_or((entry, ""));
        let weight = rest.trim().strip_prefix("q=").map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
        let Some(lang) = Lang::from_code(code) else { continue };
        if weight > best.map_or(0.0, |(_, best)| best) {
            best = Some((lang, weight));
        }
    }
    best.map(|(lang, _)| lang)
}

/// Where to come back to after switching.
#[derive(Deserialize)]
pub struct Switch {
    #[serde(default)]
    back: String,
}

/// `GET /language/{code}?back=PATH`
pub async fn switch(State(web): State<Web>, Path(code): Path<String>, Query(switch): Query<Switch>) -> Response {
    switched(&web, Lang::from_code(&code), next::local(&switch.back))
}

/// The layer that takes `?lang=zh` on any page, keeps it, and shows the page without it.
pub async fn switch_in_query(State(web): State<Web>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let asked = uri.query().filter(|_| request.method() == Method::GET && !uri.path().starts_with("/api/"));
    let Some((code, rest)) = asked.and_then(without_lang) else { return next.run(request).await };
    let back = if rest.is_empty() { uri.path().to_owned() } else { format!("{}?{rest}", uri.path()) };
    switched(&web, Lang::from_code(&code), next::local(&back))
}

/// The value of `lang` in a query, and the query without it.
fn without_lang(query: &str) -> Option<(String, String)> {
    let code = query.split('&').find_map(|pair| pair.strip_prefix("lang="))?;
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("lang=")).collect();
    Some((code.to_owned(), rest.join("&")))
}

fn switched(web: &Web, lang: Option<Lang>, back: &str) -> Response {
    let mut response = Redirect::to(back).into_response();
    if let Some(lang) = lang {
        cookies::set(response.headers_mut(), cookies::LANGUAGE, lang.code(), web.secure_cookies);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_is_asked_for_most_is_taken() {
        let cases = [
            ("", None),
            ("fr, de;q=0.5", None),
            ("fr, en;q=0.3", Some(Lang::En)),
            ("en;q=0.8, zh-CN", Some(Lang::Zh)),
            ("zh;q=0.4, en-GB;q=0.9", Some(Lang::En)),
            ("zh;q=0, en;q=nonsense", None),
        ];
        for (header, lang) in cases {
            assert_eq!(accepted(header), lang, "{header}");
        }
    }

    #[test]
    fn the_rest_of_a_query_is_kept() {
        assert_eq!(without_lang("q=a&lang=zh&page=2"), Some(("zh".to_owned(), "q=a&page=2".to_owned())));
        assert_eq!(without_lang("language=zh"), None);
    }
}
