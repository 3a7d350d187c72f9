//! The layer that lets a form in only if this site made it, for this visitor, and sent it itself.
//!
//! What was typed into a form of a step is not thrown away with it: it is shown again in a form made for
//! the visitor. Invariant: no request changes anything of the office on the strength of a cookie alone. A program that shows a
//! token sends no cookie and needs no proof.

use super::{
    Visitor,
    kept::{self, Kept},
    next,
};
use crate::{fault::Fault, security::body_bytes_max, state::Web};
use axum::{
    Form,
    body::{Body, to_bytes},
    extract::{FromRequest, Request, State},
    http::{HeaderMap, Uri, header},
    middleware::Next,
    response::Response,
};

/// Sent by scripts in place of a form's field.
const PROOF_HEADER: &str = "x-csrf-token";

/// Lets reading pass, and checks everything else.
///
/// # Errors
/// [`Fault::Forged`], or [`Fault::SignInFirst`] where only the session has ended meanwhile.
pub async fn check(State(web): State<Web>, request: Request, then: Next) -> Result<Response, Fault> {
    if request.method().is_safe() {
        return Ok(then.run(request).await);
    }
    let visitor = request.extensions().get::<Visitor>().cloned();
    let visitor = visitor.ok_or_else(|| Fault::unsound("the layer that knows the visitor comes too late"))?;
    if visitor.is_program() {
        return Ok(then.run(request).await);
    }
    if !is_from_here(request.headers(), web.secure_cookies) {
        return Err(Fault::Forged);
    }
    if visitor.session().is_none() && request.uri().path().starts_with("/api/") {
        return Ok(then.run(request).await);
    }
    let before = next::page_before(request.headers());
    let (request, proof) = proof(request).await?;
    if visitor.made(&proof) {
        return Ok(then.run(request).await);
    }
    if let Some(kept) = typed(request, &web).await {
        return kept::answer(&web, &visitor, &kept).await;
    }
    if visitor.session_ended { Err(Fault::SignInFirst { next: before, ended: true }) } else { Err(Fault::Forged) }
}

/// What was typed into a form of a step.
async fn typed(request: Request, web: &Web) -> Option<Kept> {
    let uri = request.uri().clone();
    let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, web).await.ok()?;
    Kept::of_form(&uri, pairs)
}

/// Whether the browser says that a page of this site sends the form. Browsers that say nothing are
/// old or none; the proof in the form decides then.
fn is_from_here(headers: &HeaderMap, secure: bool) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let site = text(header::HeaderName::from_static("sec-fetch-site"));
    if !matches!(site, None | Some("same-origin" | "none")) {
        return false;
    }
    let Some(origin) = text(header::ORIGIN) else { return true };
    let Ok(origin) = origin.parse::<Uri>() else { return false };
    let secure_enough = !secure || origin.scheme_str() == Some("https");
    let host = text(header::HOST);
    secure_enough && host.is_some() && origin.authority().map(|authority| authority.as_str()) == host
}

/// Finds the proof in the body of a form.
type Finder = fn(&[u8]) -> Option<&[u8]>;

/// The proof that came with the request, and the request as it was.
async fn proof(request: Request) -> Result<(Request, String), Fault> {
    let Some(find) = place_of_proof(request.headers()) else {
        let sent = text(request.headers(), PROOF_HEADER).to_owned();
        return Ok((request, sent));
    };
    let max = body_bytes_max(request.uri().path());
    let (head, body) = request.into_parts();
    let body = to_bytes(body, max).await.map_err(|_| Fault::TooLarge)?;
    let found = find(&body).and_then(|proof| std::str::from_utf8(proof).ok()).unwrap_or_default().to_owned();
    Ok((Request::from_parts(head, Body::from(body)), found))
}

/// How the proof is found in a form's body; `None` where it is in a header or nowhere.
fn place_of_proof(headers: &HeaderMap) -> Option<Finder> {
    let kind = text(headers, header::CONTENT_TYPE.as_str()).to_ascii_lowercase();
    if headers.contains_key(PROOF_HEADER) {
        None
    } else if kind.starts_with("application/x-www-form-urlencoded") {
        Some(in_pairs)
    } else if kind.starts_with("multipart/form-data") {
        Some(in_parts)
    } else {
        None
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// A proof is of hexadecimal digits, so that it stands in a form as it is.
fn in_pairs(body: &[u8]) -> Option<&[u8]> {
    body.split(|byte| *byte == b'&').find_map(|pair| pair.strip_prefix(b"csrf="))
}

fn in_parts(body: &[u8]) -> Option<&[u8]> {
    const HEAD: &[u8] = b"name=\"csrf\"\r\n\r\n";
    let at = body.windows(HEAD.len()).position(|window| window == HEAD)? + HEAD.len();
    body[at..].split(|byte| *byte == b'\r').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proof_is_found_in_both_sorts_of_forms() {
        assert_eq!(in_pairs(b"a=1&csrf=0af3&b=2"), Some(b"0af3".as_slice()));
        assert_eq!(in_pairs(b"a=1&xcsrf=0af3"), None);
        let parts = b"--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n0af3\r\n--x--\r\n";
        assert_eq!(in_parts(parts), Some(b"0af3".as_slice()));
        assert_eq!(in_parts(b"--x--"), None);
    }

    #[test]
    fn where_a_form_comes_from_is_read_as_browsers_say_it() {
        let cases = [
            (None, None, false, true),
            (Some("http://hall.test"), Some("same-origin"), false, true),
            (Some("http://hall.test"), None, false, true),
            (None, Some("none"), false, true),
            (Some("http://evil.test"), None, false, false),
            (Some("http://hall.test"), Some("cross-site"), false, false),
            (None, Some("same-site"), false, false),
            (Some("null"), None, false, false),
            (Some("http://hall.test"), Some("same-origin"), true, false),
            (Some("https://hall.test"), Some("same-origin"), true, true),
            (Some("http://hall.test:81"), None, false, false),
        ];
        for (origin, site, secure, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "hall.test".parse().unwrap());
            for (name, value) in [("origin", origin), ("sec-fetch-site", site)] {
                if let Some(value) = value {
                    headers.insert(header::HeaderName::from_static(name), value.parse().unwrap());
                }
            }
            assert_eq!(is_from_here(&headers, secure), expected, "{origin:?} {site:?} secure {secure}");
        }
    }
}
