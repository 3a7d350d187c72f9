//! What the browser loads, built once and carried in the binary: the style
//! sheet, the scripts and the two marks.
//!
//! Every file is served under a name that holds the hash of its content, so an
//! answer may be kept for ever and a new build is seen at once. This crate knows
//! no page, no request and no language.

/// One file for the browser.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// The plain name that pages use, such as `app.css`.
    pub name: &'static str,
    /// The name it is served under, such as `app-3f2a0c81b7de.css`.
    pub file: &'static str,
    /// The address on this site, such as `/assets/app-3f2a0c81b7de.css`.
    pub url: &'static str,
    /// The media type for the answer.
    pub mime: &'static str,
    pub bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// The asset served under the file name `file`; a stale hash finds nothing.
pub fn find(file: &str) -> Option<Asset> {
    ASSETS.iter().find(|asset| asset.file == file).copied()
}

/// All assets, for those who copy them out.
pub fn all() -> &'static [Asset] {
    ASSETS
}

/// The address of the asset with the plain name `name`.
///
/// # Panics
///
/// When no asset has that name: pages name assets as literals, and a test of the
/// web crate holds every literal against the table.
pub fn url(name: &str) -> &'static str {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => asset.url,
        None => panic!("no asset is named {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_its_served_name_only() {
        assert!(find("app.css").is_none());
        let file = url("app.css").trim_start_matches("/assets/");
        assert_eq!(find(file).map(|asset| asset.name), Some("app.css"));
    }

    #[test]
    fn no_reference_is_left_unresolved() {
        for asset in all().iter().filter(|asset| asset.name.starts_with("app.")) {
            let text = String::from_utf8_lossy(asset.bytes);
            assert!(!text.contains("asset:"), "{} refers to a plain name", asset.name);
        }
    }

    #[test]
    fn the_style_sheet_names_no_foreign_font_and_no_other_site() {
        let css = all().iter().find(|asset| asset.name == "app.css").map(|asset| String::from_utf8_lossy(asset.bytes));
        let css = css.expect("the style sheet is built");
        assert!(!css.contains("GDS Transport"));
        assert!(!css.contains("url(http") && !css.contains("@import"));
    }
}
