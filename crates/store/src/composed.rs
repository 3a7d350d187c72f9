//! A question whose conditions depend on what is asked: put together from the parts of one file under `sql/`.
//!
//! A database plans a question by its text; a condition that is there only now and then keeps it from the index that
//! would answer best.
//! Invariant: a part numbers its parameters from 1, and is given as many.

use crate::session::{Given, Question};
use std::{collections::BTreeMap, fmt::Write};

/// The parts of a file by their names; each begins with a line `-- part NAME`.
pub(crate) struct Parts(BTreeMap<&'static str, &'static str>);

impl Parts {
    pub fn of(text: &'static str) -> Parts {
        let parts = text.split("-- part ").skip(1);
        Parts(parts.map(|part| part.split_once('\n').expect("a part has a name and a text")).collect())
    }
}

/// A question with what is given for it.
pub(crate) struct Composed {
    parts: &'static Parts,
    text: String,
    pub given: Vec<Given<'static>>,
}

impl Composed {
    pub fn new(parts: &'static Parts) -> Composed {
        Composed { parts, text: String::new(), given: vec![] }
    }

    /// The same with one part more.
    pub fn with<const N: usize>(mut self, part: &str, given: [Given<'static>; N]) -> Composed {
        let before = self.given.len();
        let mut pieces = self.parts.0[part].split('?');
        self.text += pieces.next().unwrap_or_default();
        for piece in pieces {
            let digits = piece.find(|c: char| !c.is_ascii_digit()).unwrap_or(piece.len());
            let number: usize = piece[..digits].parse().expect("a parameter has a number");
            write!(self.text, "?{}{}", before + number, &piece[digits..]).expect("a text takes all");
        }
        self.given.extend(given);
        self
    }

    /// The same with one part more where there is something to give for it.
    pub fn with_some(self, part: &str, given: Option<impl Into<Given<'static>>>) -> Composed {
        match given {
            Some(given) => self.with(part, [given.into()]),
            None => self,
        }
    }

    pub fn question(&self) -> Question {
        Question::of(self.text.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static PARTS: LazyLock<Parts> = LazyLock::new(|| {
        Parts::of("-- part from\nFROM t WHERE a = ?1 OR b = ?1\n-- part more\nAND c = ?2 AND d = ?1\n")
    });

    #[test]
    fn parameters_go_on_counting() {
        let composed = Composed::new(&PARTS).with("from", [1u32.into()]).with("more", [2u32.into(), 3u32.into()]);
        assert_eq!(composed.question().sqlite, "FROM t WHERE a = ?1 OR b = ?1\nAND c = ?3 AND d = ?2\n");
        assert_eq!(composed.given.len(), 3);
    }
}
