//! The parts that pages are made of: each a struct of plain texts with its
//! template beside it.
//!
//! A component knows no fact, rule or request; pages map what they show into it.
//! It renders where it is named (`{{ tag }}`), is escaped inside, and works
//! without scripts. `README.md` beside this file lists them with their classes.

/// Declares that a component renders to finished HTML, so that a page that names
/// it does not escape it again.
macro_rules! renders_html {
    ($($component:ty),* $(,)?) => {
        $(impl askama::filters::HtmlSafe for $component {})*
    };
}

pub mod agenda;
pub mod bars;
pub mod card;
pub mod choice;
pub mod clock;
pub mod compare;
pub mod error_summary;
pub mod field;
pub mod lang;
pub mod link;
pub mod listing;
pub mod notice;
pub mod page;
pub mod paper;
pub mod refusal;
pub mod step_path;
pub mod summary_list;
pub mod table;
pub mod tag;
pub mod timeline;

pub use lang::Lang;
pub use link::{ArticleLink, Link};
pub use page::{Chrome, Flash, NavItem, PersonBadge};
pub use tag::{Tag, Tone};

#[cfg(test)]
mod tests {
    use std::path::Path;

    use askama::Template;

    use super::error_summary::{ErrorSummary, FieldError};
    use super::field::{Field, TextField};
    use super::notice::{Notice, NoticeTone};
    use super::*;

    fn templates(folder: &Path) -> Vec<(String, String)> {
        let entries = std::fs::read_dir(folder).expect("the sources are in the source tree");
        let paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
        let own = files.iter().filter(|path| path.extension().is_some_and(|end| end == "html"));
        let own = own.map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap_or_default()));
        own.chain(folders.iter().flat_map(|folder| templates(folder))).collect()
    }

    /// The browser is told to run no inline script and apply no inline style, so
    /// either would be a dead letter.
    #[test]
    fn no_template_carries_a_style_or_a_script_inline() {
        let templates = templates(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        // The book is a file of its own, which no server sends: it carries its style.
        for (path, text) in templates.into_iter().filter(|(path, _)| !path.ends_with("book/book.html")) {
            for banned in [" style=", "<style", "<script>", " onclick=", " onchange=", " onsubmit=", "javascript:"] {
                assert!(!text.contains(banned), "{path} has {banned}");
            }
        }
    }

    #[test]
    fn words_are_escaped_once_and_components_not_again() {
        let mut notice = Notice::new(NoticeTone::Warning, "a < b", "");
        notice.links = vec![Link::new("c & d", "/search?a=1&b=2")];
        let html = notice.render().expect("a notice renders");
        assert!(html.contains("a &#60; b"), "{html}");
        assert!(html.contains("<a class=\"govuk-link\" href=\"/search?a=1&#38;b=2\">c &#38; d</a>"), "{html}");
    }

    #[test]
    fn a_form_without_mistakes_has_no_summary() {
        let summary = ErrorSummary::default();
        assert_eq!(summary.render().expect("a summary renders").trim(), "");
    }

    #[test]
    fn a_mistake_is_tied_to_its_field() {
        for lang in [Lang::En, Lang::Zh] {
            let errors = ErrorSummary { lang, errors: vec![FieldError::new("title", "?")] };
            assert!(errors.render().expect("a summary renders").contains("href=\"#title\""));
            let field = TextField::new(Field::new(lang, "title", "x").error(errors.of("title")), "");
            let html = field.render().expect("a field renders");
            assert!(html.contains("id=\"title\"") && html.contains("aria-describedby=\"title-error\""), "{html}");
        }
    }
}
