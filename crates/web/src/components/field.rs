//! Form fields in which something is typed: text, longer text, dates, files.
//!
//! The id of a field is its name, so an error summary can point to it.

use askama::Template;

use super::Lang;

/// What every field has: name, label, hint and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    pub lang: Lang,
    pub name: String,
    pub label: String,
    pub hint: String,
    pub error: Option<String>,
    /// Marks the field as one that may stay empty.
    pub optional: bool,
}

impl Field {
    pub fn new(lang: Lang, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { lang, name: name.into(), label: label.into(), ..Self::default() }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// The ids of the hint and the error, for `aria-describedby`.
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if !self.hint.is_empty() {
            ids.push(format!("{}-hint", self.name));
        }
        if self.error.is_some() {
            ids.push(format!("{}-error", self.name));
        }
        ids.join(" ")
    }
}

/// What the browser offers for typing into a text field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    #[default]
    Text,
    Password,
    Email,
    Telephone,
    Number,
    Search,
}

impl TextKind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Text | Self::Number => "text",
            Self::Password => "password",
            Self::Email => "email",
            Self::Telephone => "tel",
            Self::Search => "search",
        }
    }
}

/// One line of text.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/text_field.html")]
pub struct TextField {
    pub field: Field,
    pub value: String,
    pub kind: TextKind,
    /// The width in characters that fits what is asked: 4, 10, 20; 0 for the full line.
    pub width: u8,
    /// The browser's name for what is asked, such as `username`.
    pub autocomplete: String,
}

impl TextField {
    pub fn new(field: Field, value: impl Into<String>) -> Self {
        Self { field, value: value.into(), ..Self::default() }
    }

    pub fn kind(mut self, kind: TextKind) -> Self {
        self.kind = kind;
        self
    }

    pub fn width(mut self, width: u8) -> Self {
        self.width = width;
        self
    }

    pub fn autocomplete(mut self, autocomplete: impl Into<String>) -> Self {
        self.autocomplete = autocomplete.into();
        self
    }
}

/// Several lines of text, with a count of what is left where there is a limit.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/text_area.html")]
pub struct TextArea {
    pub field: Field,
    pub value: String,
    /// How many lines are shown at first; 0 stands for five.
    pub rows: u8,
    pub characters_max: Option<u32>,
}

impl TextArea {
    pub fn new(field: Field, value: impl Into<String>) -> Self {
        Self { field, value: value.into(), ..Self::default() }
    }

    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    pub fn characters_max(mut self, characters_max: u32) -> Self {
        self.characters_max = Some(characters_max);
        self
    }
}

/// One day, picked or typed; its value is written `2026-11-23`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/date_field.html")]
pub struct DateField {
    pub field: Field,
    pub value: String,
    /// The first and the last day that may be picked; empty for no limit.
    pub first: String,
    pub last: String,
}

impl DateField {
    pub fn new(field: Field, value: impl Into<String>) -> Self {
        Self { field, value: value.into(), ..Self::default() }
    }
}

/// A day in three parts, for a date known by heart; sent as `NAME-year`,
/// `NAME-month` and `NAME-day`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/date_parts.html")]
pub struct DateParts {
    pub field: Field,
    pub year: String,
    pub month: String,
    pub day: String,
}

/// A file to send; the form needs `enctype="multipart/form-data"`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/file_field.html")]
pub struct FileField {
    pub field: Field,
    /// The kinds that may be picked, such as `.pdf,.docx`; empty for any.
    pub accept: String,
}

renders_html!(TextField, TextArea, DateField, DateParts, FileField);
