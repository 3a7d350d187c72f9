//! The two languages of the pages.

use crate::texts::{self, Argument};

/// The language a page is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    En,
    #[default]
    Zh,
}

impl Lang {
    /// The value of the `lang` attribute, and of the cookie that keeps the choice.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
        }
    }

    /// The language a code or an `Accept-Language` entry stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.trim().get(..2)? {
            "en" | "EN" => Some(Self::En),
            "zh" | "ZH" => Some(Self::Zh),
            _ => None,
        }
    }

    pub fn other(self) -> Self {
        match self {
            Self::En => Self::Zh,
            Self::Zh => Self::En,
        }
    }

    /// The one of two values that is in this language.
    pub fn choose<T>(self, english: T, chinese: T) -> T {
        match self {
            Self::En => english,
            Self::Zh => chinese,
        }
    }

    /// The text of a Fluent key in this language.
    pub fn t(self, key: &str) -> String {
        texts::t(self, key)
    }

    /// The text of a Fluent key with one place filled in.
    pub fn t_with(self, key: &str, name: &str, value: impl Argument) -> String {
        texts::t_args(self, key, &[(name, &value)])
    }

    /// The text of a Fluent key with several places filled in.
    pub fn t_args(self, key: &str, arguments: &[(&str, &dyn Argument)]) -> String {
        texts::t_args(self, key, arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_browsers_write_them() {
        let cases = [("fr", None), ("", None), ("z", None), ("zh-Hans-CN", Some(Lang::Zh)), ("en-GB", Some(Lang::En))];
        for (code, lang) in cases {
            assert_eq!(Lang::from_code(code), lang, "{code}");
        }
    }
}
