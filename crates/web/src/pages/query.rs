//! The query of an address, read leniently: what is not understood is as if it were not said.

/// Names and values in the order in which they were sent.
pub type Pairs = Vec<(String, String)>;

/// The value of a name, if one was said.
pub fn said<'q>(query: &'q [(String, String)], name: &str) -> Option<&'q str> {
    let found = query.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// The page asked for, from 1.
pub fn page(query: &[(String, String)]) -> u32 {
    said(query, "page").and_then(|page| page.parse().ok()).filter(|page| (1..=100_000).contains(page)).unwrap_or(1)
}

/// A text as a value in a query.
pub fn encoded(text: &str) -> String {
    crate::wording::path_segment(text)
}
