//! The headers by which browsers keep pages from being framed, scripted or leaked.
//!
//! Invariant: nothing is loaded from another site and nothing written in a page runs.

use crate::state::Web;
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

const TWO_YEARS_HTTPS: &str = "max-age=63072000";

/// The layer that sets them.
pub async fn set(State(web): State<Web>, request: Request, then: Next) -> Response {
    let mut response = then.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if web.secure_cookies {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TWO_YEARS_HTTPS));
    }
    // What is sent to whom depends on these, whoever keeps a copy on the way.
    headers.append(header::VARY, HeaderValue::from_static("cookie, accept-language, accept"));
    response
}
