//! Where to go on after signing in or switching the language.
//!
//! Invariant: never to another site, whatever the request asks for.

use axum::http::{HeaderMap, Uri, header};

/// Bytes of an address that is gone on to, at most.
const BYTES_MAX: usize = 2000;

/// The address if it is one of this site, else the front page.
pub fn local(address: &str) -> &str {
    if is_local(address) { address } else { "/" }
}

/// An address of this site begins with one slash. Browsers read `\` as `/` and drop tabs and line
/// ends, so an address with any of these is none of ours; neither is one that is not ASCII, as
/// addresses made here are encoded, or one with a part that leads upward.
fn is_local(address: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase().replace("%2e", ".");
    let upward = path.split('/').any(|part| part == "." || part == "..");
    let one_slash = address.starts_with('/') && !address.starts_with("//");
    one_slash && !upward && address.len() <= BYTES_MAX && address.bytes().all(plain)
}

/// The page from which a form was sent, if it is one of this site.
pub fn page_before(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let uri = referer.and_then(|referer| referer.parse::<Uri>().ok());
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    match uri {
        Some(uri) if uri.authority().map(|authority| authority.as_str()) == host && host.is_some() => {
            local(uri.path_and_query().map_or("/", |path| path.as_str())).to_owned()
        }
        _ => "/".to_owned(),
    }
}

/// Percent-encodes an address so that it may stand as a value in a query.
pub fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_site_are_gone_on_to() {
        let foreign = [
            "",
            "matters",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            " /x",
            "https://evil.example/",
            "javascript:alert(1)",
            "/议题",
            "/matters/../account",
            "/matters/%2E%2e/account",
            "/matters/..?x=1",
        ];
        for address in foreign {
            assert_eq!(local(address), "/", "{address:?}");
        }
        for address in ["/", "/matters/EM-1?part=history", "/search?q=a/../b", "/search?q=%E8%AE%AE", "/@x//y"] {
            assert_eq!(local(address), address);
        }
    }

    #[test]
    fn the_page_before_is_believed_of_this_host_only() {
        let cases = [
            (Some("http://hall.test/matters/3?x=1"), "/matters/3?x=1"),
            (Some("http://evil.test/matters/3"), "/"),
            (Some("nonsense"), "/"),
            (None, "/"),
        ];
        for (referer, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "hall.test".parse().unwrap());
            if let Some(referer) = referer {
                headers.insert(header::REFERER, referer.parse().unwrap());
            }
            assert_eq!(page_before(&headers), expected, "{referer:?}");
        }
    }
}
