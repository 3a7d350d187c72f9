//! The texts of the pages, in both languages, from the Fluent files in `texts/`.
//!
//! A text is looked up by language and key, never written in code; the terms of
//! kinds and steps come from the rulebook instead. A key must stand in both
//! languages: the test below refuses a text that exists in only one.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

use crate::components::lang::Lang;

static_loader! {
    static TEXTS = {
        locales: "./src/texts",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const ENGLISH: LanguageIdentifier = langid!("en");
const CHINESE: LanguageIdentifier = langid!("zh");

/// The text of `key`; the key itself in brackets where it is missing.
pub fn t(lang: Lang, key: &str) -> String {
    look_up(lang, key, None)
}

/// The text of `key` with its arguments filled in.
pub fn t_args(lang: Lang, key: &str, arguments: &[(&str, &dyn Argument)]) -> String {
    let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> =
        arguments.iter().map(|(name, value)| (Cow::Owned((*name).to_owned()), value.value())).collect();
    look_up(lang, key, Some(&arguments))
}

fn look_up(lang: Lang, key: &str, arguments: Option<&HashMap<Cow<'static, str>, FluentValue<'_>>>) -> String {
    let identifier = match lang {
        Lang::En => &ENGLISH,
        Lang::Zh => &CHINESE,
    };
    let found = match arguments {
        Some(arguments) => TEXTS.try_lookup_with_args(identifier, key, arguments),
        None => TEXTS.try_lookup(identifier, key),
    };
    found.unwrap_or_else(|| {
        tracing::warn!(text.key = key, text.lang = lang.code(), "a page asked for a text that is missing");
        format!("[{key}]")
    })
}

/// A value that may fill a place in a text: a number, which Fluent can count by, or words.
pub trait Argument {
    fn value(&self) -> FluentValue<'_>;
}

impl Argument for str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Argument for String {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

macro_rules! number_arguments {
    ($($number:ty),*) => {$(
        impl Argument for $number {
            fn value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )*};
}

number_arguments!(u8, u16, u32, u64, usize, i32, i64);

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn keys(folder: &str) -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/texts").join(folder);
        let files = std::fs::read_dir(folder).expect("the texts are in the source tree");
        files
            .flatten()
            .filter_map(|file| std::fs::read_to_string(file.path()).ok())
            .flat_map(|text| {
                text.lines()
                    .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
                    .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim().to_owned()))
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    /// All templates and sources under `folder`.
    fn sources(folder: &Path) -> Vec<(String, String)> {
        let entries = std::fs::read_dir(folder).expect("the sources are in the source tree");
        entries
            .flatten()
            .flat_map(|entry| {
                let path = entry.path();
                if path.is_dir() {
                    return sources(&path);
                }
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                vec![(path.display().to_string(), text)]
            })
            .collect()
    }

    /// The literals that stand directly after `call`, such as `.t("`.
    fn literals<'a>(text: &'a str, call: &str) -> Vec<&'a str> {
        text.split(call).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn every_text_and_asset_that_is_asked_for_exists() {
        let known = keys("en");
        let names: BTreeSet<&str> = assets::all().iter().map(|asset| asset.name).collect();
        for (path, text) in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
            if path.ends_with("texts.rs") || !(path.ends_with(".rs") || path.ends_with(".html")) {
                continue;
            }
            for call in [".t(\"", ".t_with(\"", ".t_args(\""] {
                for key in literals(&text, call) {
                    assert!(known.contains(key), "{path} asks for the text {key}");
                }
            }
            for name in literals(&text, ".asset(\"") {
                assert!(names.contains(name), "{path} asks for the asset {name}");
            }
        }
    }

    #[test]
    fn every_text_exists_in_both_languages() {
        assert_eq!(keys("en"), keys("zh"));
    }

    /// The places of all texts, each filled with a number, which stands for words too.
    fn places() -> Vec<String> {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/texts"))
            .iter()
            .flat_map(|(_, text)| text.split('$').skip(1))
            .map(|rest| {
                rest.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-' && letter != '_').next()
            })
            .map(|name| name.unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn every_text_is_found() {
        let places = places();
        let arguments: Vec<(&str, &dyn Argument)> =
            places.iter().map(|name| (name.as_str(), &2 as &dyn Argument)).collect();
        for key in keys("en") {
            for lang in [Lang::En, Lang::Zh] {
                assert_ne!(t_args(lang, &key, &arguments), format!("[{key}]"), "{key} in {lang:?}");
            }
        }
    }

    #[test]
    fn numbers_and_words_fill_their_places() {
        assert_eq!(t_args(Lang::En, "pagination-page", &[("page", &3), ("pages", &"9")]), "Page 3 of 9");
    }
}
