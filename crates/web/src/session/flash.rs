//! The message that an act leaves for the next page: `done`, and what comes of it.
//!
//! Invariant: it is shown once, to the browser that acted, and is kept nowhere else.

use super::{cookies, next::encode};
use crate::components::{Flash, notice::NoticeTone};
use axum::{
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};

/// Bytes of a message that a cookie surely holds, as it is encoded.
const BYTES_MAX: usize = 3500;

/// Goes on to a page of this site and leaves it a message.
pub fn see_other(to: &str, flash: &Flash, secure: bool) -> Response {
    let mut response = Redirect::to(to).into_response();
    keep(response.headers_mut(), flash, secure);
    response
}

/// Leaves a message for the next page.
pub fn keep(headers: &mut HeaderMap, flash: &Flash, secure: bool) {
    cookies::set(headers, cookies::FLASH, &written(flash), secure);
}

fn written(flash: &Flash) -> String {
    let mut text = format!("{}\n{}\n{}", flash.tone.word(), flash.title.replace('\n', " "), flash.text);
    while encode(&text).len() > BYTES_MAX {
        let keep = text.chars().count() * 9 / 10;
        text = text.chars().take(keep).chain(['…']).collect();
    }
    encode(&text)
}

/// The message in the value of a cookie.
pub(super) fn read(value: &str) -> Option<Flash> {
    let text = decode(value)?;
    let mut parts = text.splitn(3, '\n');
    let (tone, title, text) = (parts.next()?, parts.next()?, parts.next()?);
    let tones = [NoticeTone::Information, NoticeTone::Success, NoticeTone::Warning, NoticeTone::Refusal];
    let tone = tones.into_iter().find(|known| known.word() == tone)?;
    Some(Flash { tone, title: title.to_owned(), text: text.to_owned() })
}

fn decode(value: &str) -> Option<String> {
    let mut bytes = value.bytes();
    let mut decoded = vec![];
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_back_as_it_was_left() {
        let flash =
            Flash {
                tone: NoticeTone::Success, title: "已签发；100%".to_owned(), text: "第二行\n第三行".to_owned()
            };
        assert_eq!(read(&written(&flash)), Some(flash));
        assert_eq!(read("%zz"), None);
        assert_eq!(read("success"), None);
    }

    #[test]
    fn a_long_message_is_shortened_to_what_a_cookie_holds() {
        let flash = Flash { text: "议".repeat(3000), ..Flash::default() };
        let written = written(&flash);
        assert!(written.len() <= BYTES_MAX);
        assert!(read(&written).expect("it is still a message").text.ends_with('…'));
    }
}
