//! The layer that finds out who asks, before anything else looks at a request.
//!
//! Invariant: a token counts under `/api/` only, a cookie wherever no token is shown; a token that
//! is not in force is refused rather than passed over.

use super::{Visitor, cookies, language};
use crate::{components::Lang, fault::Fault, state::Web};
use axum::{
    extract::{Request, State},
    http::{header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use office::accounts::SessionKind;

/// Puts the [`Visitor`] into the request, and into the answer what the visitor's browser shall keep.
pub async fn know(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let visitor = match visitor(&web, &head).await {
        Ok(visitor) => visitor,
        Err(fault) => return fault.into_response(),
    };
    let mut request = Request::from_parts(head, body);
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    visitor.leave(response.headers_mut(), web.secure_cookies);
    response.extensions_mut().insert(visitor);
    response
}

async fn visitor(web: &Web, request: &Parts) -> Result<Visitor, Fault> {
    let uri = &request.uri;
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let headers = &request.headers;
    let mut visitor = Visitor::stranger(headers, path, web.secure_cookies);
    if uri.path().starts_with("/assets/") {
        return Ok(visitor);
    }
    let shown = headers.get(header::AUTHORIZATION);
    let session = if let (Some(shown), true) = (shown, uri.path().starts_with("/api/")) {
        let token = shown.to_str().ok().and_then(|shown| shown.strip_prefix("Bearer ")).map(str::trim);
        let Some(token) = token else { return Err(Fault::WrongToken) };
        let session = web.office.accounts().signed_in(token, SessionKind::Token).await?;
        Some(session.ok_or(Fault::WrongToken)?)
    } else if let Some(secret) = cookies::read(headers, cookies::SESSION, web.secure_cookies) {
        let session = web.office.accounts().signed_in(&secret, SessionKind::Session).await?;
        visitor.session_ended = session.is_none();
        session
    } else {
        None
    };
    let Some(session) = session else { return Ok(visitor) };
    if language::foremost(path, headers, web.secure_cookies).is_none() {
        visitor.lang = Lang::from_code(&session.language).unwrap_or(visitor.lang);
    }
    Ok(visitor.signed_in_as(session))
}
