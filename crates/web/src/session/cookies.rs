//! The cookies this site sets: the session, the secret of forms before signing in, the language,
//! and the message for the next page.
//!
//! Invariant: none can be read by scripts or is sent along by another site's forms; under https none
//! can be set by a neighbouring host.

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use std::time::Duration;

/// Keeps who is signed in.
pub const SESSION: &str = "cityhall";
/// Keeps the secret of the forms of somebody who is not signed in.
pub const FORMS: &str = "cityhall-forms";
/// Keeps the language chosen.
pub const LANGUAGE: &str = "cityhall-language";
/// Keeps a message for the next page.
pub const FLASH: &str = "cityhall-flash";

const LANGUAGE_KEPT: Duration = Duration::from_secs(365 * 24 * 3600);

/// The value of a cookie; an empty one is none.
pub fn read(headers: &HeaderMap, name: &str, secure: bool) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    let value = jar.get(&full_name(name, secure))?.value().to_owned();
    (!value.is_empty()).then_some(value)
}

/// Sets a cookie that lasts until the browser is closed; the language lasts a year.
pub fn set(headers: &mut HeaderMap, name: &str, value: &str, secure: bool) {
    let age = (name == LANGUAGE).then_some(LANGUAGE_KEPT);
    put(headers, name, value, secure, age);
}

/// Takes a cookie back.
pub fn clear(headers: &mut HeaderMap, name: &str, secure: bool) {
    put(headers, name, "", secure, Some(Duration::ZERO));
}

fn put(headers: &mut HeaderMap, name: &str, value: &str, secure: bool, age: Option<Duration>) {
    let cookie = Cookie::build((full_name(name, secure), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .build();
    let mut text = cookie.to_string();
    if let Some(age) = age {
        text.push_str(&format!("; Max-Age={}", age.as_secs()));
    }
    if let Ok(value) = HeaderValue::try_from(text) {
        headers.append(header::SET_COOKIE, value);
    }
}

/// The prefix makes browsers refuse the cookie unless it came by https and from this very host.
fn full_name(name: &str, secure: bool) -> String {
    if secure { format!("__Host-{name}") } else { name.to_owned() }
}
