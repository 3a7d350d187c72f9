//! One text as a value of a type.
//!
//! Asks nothing: what names mean was looked up before. Invariant: a text that is no value is given back
//! with its problem.

use super::{DOCUMENT_CHARACTERS_MAX, Filled, MEMBERS_MAX, Misfit, Misread, Named, TEXT_CHARACTERS_MAX, Typed};
use facts::{Organisation, Value};
use jiff::civil::Date;
use rules::rulebook::{Kind, Rulebook, Type};

/// Days of these years can be meant; others are slips of the hand.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// What typed names are looked up in.
pub(super) struct Known<'a> {
    pub rulebook: &'a Rulebook,
    pub organisation: &'a Organisation,
    pub named: &'a Named,
}

impl Known<'_> {
    pub fn fill(&self, kind: &Kind, typed: &Typed) -> Filled {
        let mut filled = Filled::default();
        for (field, texts) in &typed.0 {
            let read = match kind.field(field.as_str()) {
                Some(declared) if kind.is_line(declared) => {
                    self.read(&declared.kind_of_value, texts).and_then(one_line)
                }
                Some(declared) => self.read(&declared.kind_of_value, texts),
                None => Ok(texts.first().cloned().map(Value::Text)),
            };
            match read {
                Ok(Some(value)) => drop(filled.input.insert(field.clone(), value)),
                Ok(None) => {}
                Err((typed, problem)) => filled.problems.push(Misfit { field: field.clone(), typed, problem }),
            }
        }
        filled
    }

    /// `None` where nothing was said.
    fn read(&self, of: &Type, texts: &[String]) -> Result<Option<Value>, (String, Misread)> {
        if texts.is_empty() {
            return Ok(None);
        }
        let parts: Vec<String> = parts(of, texts).collect();
        let misread = |text: &str, problem| (text.to_owned(), problem);
        match of {
            Type::Set(_) if parts.len() > MEMBERS_MAX => {
                Err(misread(&parts.join("\n"), Misread::TooMany { members_max: MEMBERS_MAX }))
            }
            Type::Set(of) => {
                let read = |part: &String| self.one(of, part).map_err(|problem| misread(part, problem));
                parts.iter().map(read).collect::<Result<_, _>>().map(|members| Some(Value::Set(members)))
            }
            _ => match &parts[..] {
                [] if matches!(of, Type::Text | Type::Document) => Ok(Some(Value::Text(String::new()))),
                [] if matches!(of, Type::Yes | Type::Number) => Ok(None),
                // What stood there is taken back.
                [] => Ok(Some(Value::Set(vec![]))),
                [one] => self.one(of, one).map(Some).map_err(|problem| misread(one, problem)),
                several => Err(misread(&several.join("\n"), Misread::OnlyOne)),
            },
        }
    }

    fn one(&self, of: &Type, text: &str) -> Result<Value, Misread> {
        match of {
            Type::Text => long_text(text, TEXT_CHARACTERS_MAX),
            Type::Document => long_text(text, DOCUMENT_CHARACTERS_MAX),
            Type::Yes => match text.to_ascii_lowercase().as_str() {
                "yes" | "true" | "on" | "1" | "是" => Ok(Value::Yes(true)),
                "no" | "false" | "off" | "0" | "否" => Ok(Value::Yes(false)),
                _ => Err(Misread::NotYesOrNo),
            },
            Type::Number => {
                let number = half_width(text).parse().ok().filter(|number| *number >= 0);
                number.map(Value::Number).ok_or(Misread::NotANumber)
            }
            Type::Date => day(text).map(Value::Date),
            Type::Choice(list) => {
                let known = self.rulebook.choices.get(list).is_some_and(|choices| choices.iter().any(|c| c == text));
                known.then(|| Value::Choice(text.to_owned())).ok_or(Misread::UnknownChoice)
            }
            Type::Person => {
                let known = self.organisation.people.contains_key(text);
                known.then(|| Value::Person(text.into())).ok_or(Misread::UnknownPerson)
            }
            Type::Body => {
                let known = self.organisation.bodies.contains_key(text);
                known.then(|| Value::Body(text.into())).ok_or(Misread::UnknownBody)
            }
            Type::Post => {
                let known = self.rulebook.posts.contains_key(text);
                known.then(|| Value::Post(text.into())).ok_or(Misread::UnknownPost)
            }
            Type::Matter(expected) => match self.named.get(text) {
                None => Err(Misread::UnknownMatter),
                Some((id, kind)) if kind == expected => Ok(Value::Matter(*id)),
                Some((_, found)) => Err(Misread::OtherKind { expected: expected.clone(), found: found.clone() }),
            },
            // The loader refuses sets of sets.
            Type::Set(_) => Err(Misread::OnlyOne),
        }
    }
}

/// The single values in what was typed: a set may be typed in lines or sent in pieces, and what is
/// blank says nothing.
pub(super) fn parts<'t>(of: &'t Type, texts: &'t [String]) -> impl Iterator<Item = String> + 't {
    let in_lines = matches!(of, Type::Set(_));
    let long = matches!(of, Type::Text | Type::Document);
    let pieces = texts.iter().flat_map(move |text| {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<String> = match in_lines {
            true => text.split('\n').map(str::to_owned).collect(),
            false => vec![text],
        };
        lines
    });
    let trimmed = pieces.map(move |text| match long {
        // The first line of a paper may be indented.
        true => text.trim_matches('\n').trim_end().to_owned(),
        false => text.trim().to_owned(),
    });
    trimmed.filter(|text| !text.trim().is_empty())
}

fn long_text(text: &str, characters_max: usize) -> Result<Value, Misread> {
    if text.chars().count() > characters_max {
        return Err(Misread::TooLong { characters_max });
    }
    if text.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || turns(c)) {
        return Err(Misread::Unprintable);
    }
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Err(Misread::Garbled);
    }
    Ok(Value::Text(text.to_owned()))
}

/// Marks that turn the direction of what follows, so that a text is shown otherwise than it is kept.
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text that stands in lists, heads and numbers' company: without line breaks of any sort.
fn one_line(value: Option<Value>) -> Result<Option<Value>, (String, Misread)> {
    let text = value.as_ref().and_then(Value::text).unwrap_or_default();
    let breaks = |c: char| matches!(c, '\n' | '\t' | '\u{2028}' | '\u{2029}');
    match text.contains(breaks) {
        true => Err((text.to_owned(), Misread::OneLine)),
        false => Ok(value),
    }
}

/// Why something is late, as it is typed.
///
/// # Errors
/// When it is no text that can be kept.
pub fn reason(text: &str) -> Result<String, Misread> {
    long_text(text, TEXT_CHARACTERS_MAX).map(|_| text.to_owned())
}

/// Digits and signs as a Chinese keyboard may give them, as ASCII.
fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '０'..='９' | '－' | '／' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(half).collect()
}

/// `2026-11-23`, `2026/11/23` or `2026年11月23日`.
pub(crate) fn day(text: &str) -> Result<Date, Misread> {
    let plain = half_width(text).replace(['年', '月', '/', '.'], "-");
    let plain = plain.strip_suffix('日').unwrap_or(&plain);
    let parts: Vec<&str> = plain.split('-').collect();
    let digits = |part: &&str| !part.is_empty() && part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit());
    let [year, month, day] = parts[..] else { return Err(Misread::NotADate) };
    if ![year, month, day].iter().all(digits) {
        return Err(Misread::NotADate);
    }
    // A year has four digits: 31.12.2026 is a day written the other way round, and no day of the year 31.
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return Err(Misread::NotADate);
    }
    let out = Misread::YearOutOfRange { first: *YEARS.start(), last: *YEARS.end() };
    let year: i16 = year.parse().map_err(|_| out.clone())?;
    if !YEARS.contains(&year) {
        return Err(out);
    }
    let (month, day) = (month.parse().map_err(|_| Misread::NoSuchDay)?, day.parse().map_err(|_| Misread::NoSuchDay)?);
    Date::new(year, month, day).map_err(|_| Misread::NoSuchDay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_are_none_are_problems() {
        let out = Misread::YearOutOfRange { first: 1900, last: 2199 };
        let cases = [
            ("2026-02-30", Misread::NoSuchDay),
            ("2026-13-01", Misread::NoSuchDay),
            ("2026-1-999", Misread::NotADate),
            ("2026-13-40", Misread::NoSuchDay),
            ("31.12.2026", Misread::NotADate),
            ("31-12-2026", Misread::NotADate),
            ("12026-01-01", Misread::NotADate),
            ("999999-01-01", Misread::NotADate),
            ("2200-01-01", out.clone()),
            ("1066-10-14", out),
            ("9999999-01-01", Misread::NotADate),
            ("2026-11", Misread::NotADate),
            ("-2026-11-23", Misread::NotADate),
            ("2026-11-23T09:00", Misread::NotADate),
            ("tomorrow", Misread::NotADate),
        ];
        for (text, problem) in cases {
            assert_eq!(day(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["2026-11-23", "2026/11/23", "2026年11月23日", "２０２６－１１－２３"] {
            assert_eq!(day(text), Ok(jiff::civil::date(2026, 11, 23)), "{text}");
        }
    }

    #[test]
    fn sets_are_typed_in_lines_or_pieces() {
        let set = Type::Set(Box::new(Type::Body));
        let texts = ["".to_owned(), " a \r\nb".to_owned(), "c".to_owned()];
        assert_eq!(parts(&set, &texts).collect::<Vec<_>>(), ["a", "b", "c"]);
    }

    #[test]
    fn what_cannot_be_kept_is_said() {
        assert_eq!(long_text("a\0b", 9), Err(Misread::Unprintable));
        assert_eq!(long_text("abcd", 3), Err(Misread::TooLong { characters_max: 3 }));
        assert_eq!(long_text("a\n\tb", 9), Ok(Value::Text("a\n\tb".into())));
    }
}
