//! From a field of the rulebook to the control it is filled in with.
//!
//! Invariant: the control follows from the field's type alone, works without scripts, and shows again
//! whatever was typed, also what is no value of the field.

use super::Nameable;
use super::choices::{self, Candidates};
use crate::components::agenda;
use crate::components::choice::{Checkboxes, Choice, ChoiceGroup, Picker, Radios, Select};
use crate::components::field::{DateField, Field, TextArea, TextField, TextKind};
use crate::wording::Words;
use askama::Template;
use facts::KindId;
use office::fill::{DOCUMENT_CHARACTERS_MAX, TEXT_CHARACTERS_MAX};
use rules::rulebook::{Field as Declared, Kind, Type};

/// Choices that are all shown; more go into a list.
const RADIOS_MAX: usize = 6;
/// Characters from which the count of what is left is shown.
const COUNT_MAX: usize = 100_000;

/// One field of the form, ready to be shown.
#[derive(Clone, Debug)]
pub enum Control {
    Line(TextField),
    Lines(TextArea),
    Day(DateField),
    List(Select),
    One(Radios),
    Any(Checkboxes),
    Many(Picker),
    Matter(Box<MatterControl>),
    Ordered(Box<Ordered>),
}

/// One matter: chosen from the open ones, or named by its number.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/matters/form/matter_control.html")]
pub struct MatterControl {
    pub list: Select,
    pub number: TextField,
}

/// An ordered set of matters: each candidate gets a number or stays out.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/matters/form/ordered.html")]
pub struct Ordered {
    pub field: Field,
    /// The field without the prefix of its inputs.
    pub name: String,
    pub rows: Vec<OrderedRow>,
    /// How long those that are on take together; `None` where no row says how long it takes.
    pub together: Option<Together>,
    /// Further matters, one number a line.
    pub numbers: TextArea,
}

#[derive(Clone, Debug)]
pub struct OrderedRow {
    pub matter: String,
    pub place: String,
    pub text: String,
    /// Why it cannot be named now.
    pub hint: String,
    /// How long it takes; 0 where nothing is said of it.
    pub minutes: u16,
}

impl Ordered {
    fn minutes(&self, row: &OrderedRow) -> String {
        self.field.lang.t_args("ordered-minutes", &[("minutes", &row.minutes)])
    }
}

/// How long the rows that are on take together, as it stands and with `{minutes}` and `{untimed}` in place of the
/// numbers, for when they change in place.
#[derive(Clone, Debug)]
pub struct Together {
    pub said: String,
    pub all_timed: String,
    pub some_untimed: String,
}

impl std::fmt::Display for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Control::Line(control) => control.fmt(f),
            Control::Lines(control) => control.fmt(f),
            Control::Day(control) => control.fmt(f),
            Control::List(control) => control.fmt(f),
            Control::One(control) => control.fmt(f),
            Control::Any(control) => control.fmt(f),
            Control::Many(control) => control.fmt(f),
            Control::Matter(control) => control.fmt(f),
            Control::Ordered(control) => control.fmt(f),
        }
    }
}

impl askama::filters::HtmlSafe for Control {}
impl askama::filters::HtmlSafe for MatterControl {}
impl askama::filters::HtmlSafe for Ordered {}

/// What controls are made from.
pub struct Maker<'m> {
    pub words: &'m Words,
    pub kind: &'m Kind,
    pub candidates: &'m Candidates,
    pub nameable: &'m Nameable,
}

impl Maker<'_> {
    /// The control of a field. `typed`: what stands in it.
    pub fn control(&self, declared: &Declared, typed: &[String], optional: bool, error: Option<String>) -> Control {
        let words = self.words;
        let label = words.field(&self.kind.id, &declared.id);
        let mut field = Field::new(words.lang, format!("field.{}", declared.id), label).error(error);
        field.optional = optional;
        let first = typed.iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
        match &declared.kind_of_value {
            Type::Text if self.kind.is_line(declared) => Control::Line(TextField::new(field, first)),
            Type::Text => Control::Lines(TextArea::new(field, first).rows(3).characters_max(max(TEXT_CHARACTERS_MAX))),
            Type::Document => {
                let area = TextArea::new(field, first).rows(18);
                Control::Lines(match DOCUMENT_CHARACTERS_MAX <= COUNT_MAX {
                    true => area.characters_max(max(DOCUMENT_CHARACTERS_MAX)),
                    false => area,
                })
            }
            Type::Yes => {
                let choice = |value: &str, key: &str| Choice::new(value, words.t(key)).chosen(first == value);
                let choices = vec![choice("yes", "value-yes"), choice("no", "value-no")];
                let choices = self.or_not_stated(&field, choices);
                Control::One(Radios { field, choices, inline: true })
            }
            Type::Number => Control::Line(TextField::new(field, first).kind(TextKind::Number).width(10)),
            Type::Date => self.day(field, first),
            Type::Person => self.grouped(field, self.people(declared, typed), &first),
            Type::Body => self.grouped(field, self.bodies(declared, typed), &first),
            Type::Post => self.list(field, choices::posts(words), &first),
            Type::Choice(list) => self.choice(field, list, &first),
            Type::Matter(kind) => self.matter(field, declared.id.as_str(), kind, &first),
            Type::Set(of) => self.set(field, declared, of, typed),
        }
    }

    /// A day that was typed and is none stands in a line of text, where the browser keeps it.
    fn day(&self, field: Field, typed: String) -> Control {
        match typed.is_empty() || typed.parse::<jiff::civil::Date>().is_ok() {
            true => Control::Day(DateField::new(field, typed)),
            false => Control::Line(TextField::new(field, typed).width(20)),
        }
    }

    fn list(&self, field: Field, choices: Vec<Choice>, typed: &str) -> Control {
        Control::List(Select::new(field, choices::chosen(self.words, choices, typed)))
    }

    fn people(&self, declared: &Declared, typed: &[String]) -> Vec<ChoiceGroup> {
        choices::people_grouped(self.words, typed, self.nameable.get(&declared.id))
    }

    fn bodies(&self, declared: &Declared, typed: &[String]) -> Vec<ChoiceGroup> {
        choices::bodies_grouped(self.words, typed, self.nameable.get(&declared.id))
    }

    fn grouped(&self, field: Field, mut groups: Vec<ChoiceGroup>, typed: &str) -> Control {
        // Where there is only one to choose, that one is chosen.
        if let ([ChoiceGroup { choices, .. }], false) = (&mut groups[..], field.optional)
            && let [only] = &mut choices[..]
        {
            only.chosen = true;
            return Control::List(Select { field, choices: vec![], groups });
        }
        let nothing = Choice::new("", self.words.t("form-choose")).chosen(typed.is_empty());
        Control::List(Select { field, choices: vec![nothing], groups })
    }

    /// The way back from a choice that need not be made.
    fn or_not_stated(&self, field: &Field, mut choices: Vec<Choice>) -> Vec<Choice> {
        if field.optional {
            let chosen = choices.iter().all(|choice| !choice.chosen);
            choices.push(Choice::new("", self.words.t("form-not-stated")).chosen(chosen));
        }
        choices
    }

    fn choice(&self, field: Field, list: &str, typed: &str) -> Control {
        let offered = choices::of_list(self.words, list);
        let known = typed.is_empty() || offered.iter().any(|choice| choice.value == typed);
        if offered.len() > RADIOS_MAX || !known {
            return self.list(field, offered, typed);
        }
        let choices = offered.into_iter().map(|choice| choices::chosen_if(choice, typed)).collect();
        let choices = self.or_not_stated(&field, choices);
        Control::One(Radios { field, choices, inline: false })
    }

    fn matter(&self, field: Field, name: &str, kind: &KindId, typed: &str) -> Control {
        let choices = self.candidates.choices(self.words, kind);
        let listed = typed.is_empty() || choices.iter().any(|choice| choice.value == typed);
        let label = self.words.say("form-matter-number", &[("field", &field.label)]);
        let number = Field::new(field.lang, format!("number.{name}"), label).optional();
        let other = if listed { String::new() } else { self.candidates.number(typed) };
        let chosen = if listed { typed } else { "" };
        let list = Select::new(field, choices::chosen(self.words, choices, chosen));
        Control::Matter(Box::new(MatterControl { list, number: TextField::new(number, other).width(20) }))
    }

    fn set(&self, field: Field, declared: &Declared, of: &Type, typed: &[String]) -> Control {
        let words = self.words;
        match of {
            Type::Person => Control::Many(Picker { field, groups: self.people(declared, typed) }),
            Type::Body => Control::Many(Picker { field, groups: self.bodies(declared, typed) }),
            Type::Post => self.any(field, choices::posts(words), typed),
            Type::Choice(list) => self.any(field, choices::of_list(words, list), typed),
            Type::Matter(kind) => self.ordered(field, declared.id.as_str(), kind, typed),
            _ => {
                let lines: Vec<&str> = typed.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
                let hint = words.t("form-one-a-line");
                Control::Lines(TextArea::new(field.hint(hint), lines.join("\n")).rows(4))
            }
        }
    }

    fn any(&self, field: Field, choices: Vec<Choice>, typed: &[String]) -> Control {
        let choices = choices.into_iter().map(|choice| {
            let chosen = typed.contains(&choice.value);
            choice.chosen(chosen)
        });
        Control::Any(Checkboxes { field, choices: choices.collect() })
    }

    fn ordered(&self, field: Field, name: &str, kind: &KindId, typed: &[String]) -> Control {
        let named: Vec<&String> = typed.iter().filter(|text| !text.is_empty()).collect();
        let candidates = self.candidates.choices(self.words, kind);
        let place = |value: &str| named.iter().position(|text| *text == value).map(|place| place + 1);
        let mut rows: Vec<(usize, OrderedRow)> = candidates
            .iter()
            .map(|choice| {
                let place = place(&choice.value);
                let number = place.map_or(String::new(), |place| place.to_string());
                let row = OrderedRow {
                    matter: choice.value.clone(),
                    place: number,
                    text: choice.text.clone(),
                    hint: choice.hint.clone(),
                    minutes: self.candidates.minutes(&choice.value),
                };
                (place.unwrap_or(usize::MAX), row)
            })
            .collect();
        rows.sort_by_key(|(place, _)| *place);
        let others: Vec<String> = named
            .iter()
            .filter(|text| candidates.iter().all(|choice| choice.value != ***text))
            .map(|text| self.candidates.number(text))
            .collect();
        let label = self.words.say("form-matter-numbers", &[("field", &field.label)]);
        let numbers = Field::new(field.lang, format!("number.{name}"), label).optional();
        let numbers = TextArea::new(numbers.hint(self.words.t("form-one-a-line")), others.join("\n")).rows(2);
        let rows: Vec<OrderedRow> = rows.into_iter().map(|(_, row)| row).collect();
        let together = rows.iter().any(|row| row.minutes > 0).then(|| {
            let on = rows.iter().filter(|row| !row.place.is_empty()).map(|row| row.minutes);
            let blank = |key| self.words.say(key, &[("minutes", &"{minutes}"), ("untimed", &"{untimed}")]);
            Together {
                said: if named.is_empty() { String::new() } else { agenda::together(field.lang, on) },
                all_timed: blank("agenda-together"),
                some_untimed: blank("agenda-together-untimed"),
            }
        });
        let field = field.hint(self.words.t("form-ordered-hint"));
        Control::Ordered(Box::new(Ordered { field, name: name.to_owned(), rows, together, numbers }))
    }
}

fn max(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(u32::MAX)
}
