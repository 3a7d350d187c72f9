//! Form fields in which something is chosen: lists, one of several, any of several.

use askama::Template;

use super::field::Field;

/// One thing that may be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub text: String,
    pub hint: String,
    pub chosen: bool,
    /// It is shown but may not be chosen now; `hint` says why.
    pub closed: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), ..Self::default() }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    pub fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    pub fn closed(mut self, closed: bool) -> Self {
        self.closed = closed;
        self
    }
}

/// Each choice with its id; the first bears the field's own, so that the error
/// summary leads to it.
fn identified<'a>(field: &Field, choices: &'a [Choice]) -> Vec<(String, &'a Choice)> {
    let id = |index: usize| {
        if index == 0 { field.name.clone() } else { format!("{}-{index}", field.name) }
    };
    choices.iter().enumerate().map(|(index, choice)| (id(index), choice)).collect()
}

/// A drop-down list; give it a first choice with an empty value where nothing is chosen yet.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/select.html")]
pub struct Select {
    pub field: Field,
    pub choices: Vec<Choice>,
    /// Further choices under headings.
    pub groups: Vec<ChoiceGroup>,
}

impl Select {
    pub fn new(field: Field, choices: Vec<Choice>) -> Select {
        Select { field, choices, groups: vec![] }
    }
}

/// One of a few, all in sight.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/radios.html")]
pub struct Radios {
    pub field: Field,
    pub choices: Vec<Choice>,
    /// Side by side instead of one below the other.
    pub inline: bool,
}

/// Any of a few, all in sight; the name is sent once for each that is chosen.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/checkboxes.html")]
pub struct Checkboxes {
    pub field: Field,
    pub choices: Vec<Choice>,
}

/// Choices under one heading, such as the departments or the districts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChoiceGroup {
    pub title: String,
    pub choices: Vec<Choice>,
}

impl ChoiceGroup {
    pub fn chosen(&self) -> usize {
        self.choices.iter().filter(|choice| choice.chosen).count()
    }
}

/// Any of very many, such as the bodies to consult: grouped, dense, with a box
/// that narrows the list while scripts run.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/picker.html")]
pub struct Picker {
    pub field: Field,
    pub groups: Vec<ChoiceGroup>,
}

renders_html!(Select, Radios, Checkboxes, Picker);
