//! The list of everything that is wrong with a form, at the top of the page.

use askama::Template;

use super::Lang;

/// One mistake, and the id of the field to mend (empty where no field is to blame).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

impl FieldError {
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// Renders nothing where there is no error.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/error_summary.html")]
pub struct ErrorSummary {
    pub lang: Lang,
    pub errors: Vec<FieldError>,
}

impl ErrorSummary {
    /// The message for `field`, for the field itself to show.
    pub fn of(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

renders_html!(ErrorSummary);
