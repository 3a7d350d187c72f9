//! One conversation with either database, in the same words.
//!
//! Everything above this module asks [`Question`]s of a [`Session`] and never learns which database
//! answers. Must not know what the questions are about.
//! Invariant: the text of a question comes from files under `sql/`, and three marks in it are all
//! that is translated for PostgreSQL: `?1` becomes `$1`; `IN (SELECT value FROM json_each(?1))` becomes
//! being any member of the parameter's JSON array; what follows `-- postgres:` counts.

use crate::Fault;
use jiff::{Timestamp, civil::Date};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    borrow::Cow,
    sync::atomic::{AtomicU64, Ordering},
};

/// The text of one statement for both databases.
pub(crate) struct Question {
    pub sqlite: Cow<'static, str>,
    pub postgres: String,
}

/// The question of a file under `sql/`, or of several that follow each other in it, translated once.
macro_rules! sql {
    ($($name:literal),+) => {{
        static QUESTION: std::sync::LazyLock<$crate::session::Question> = std::sync::LazyLock::new(|| {
            $crate::session::Question::of(concat!(
                $(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $name, ".sql"))),+
            ))
        });
        &*QUESTION
    }};
}
/// The values of a question's parameters.
macro_rules! given {
    ($($value:expr),* $(,)?) => { &[$($crate::session::Given::from($value)),*] };
}
pub(crate) use {given, sql};

impl Question {
    pub fn of(text: impl Into<Cow<'static, str>>) -> Question {
        let sqlite = text.into();
        Question { postgres: for_postgres(&sqlite), sqlite }
    }
}

fn for_postgres(text: &str) -> String {
    // Being among the members of an array, as each database says it. Where the array is made once,
    // before the plan is run, its members can be looked up in an index.
    let (begin, end) = include_str!("../sql/sqlite/among.sql").trim_end().split_once("?1").expect("it has a parameter");
    let among = include_str!("../sql/postgres/among.sql").trim_end();
    let mut parts = text.split(begin);
    let mut translated = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (parameter, rest) = part.split_once(end).expect("json_each is closed in every sql file");
        translated += &among.replace("?1", parameter);
        translated += rest;
    }
    translated.replace("-- postgres:", "").replace('?', "$")
}

/// The value of a parameter.
#[derive(Clone, Debug)]
pub(crate) enum Given<'a> {
    Null,
    Text(Cow<'a, str>),
    Number(i64),
}

/// Puts a sign in place of the one character that PostgreSQL cannot keep in a text.
fn without_zero(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{FFFD}")) } else { text }
}

impl<'a> From<&'a str> for Given<'a> {
    fn from(text: &'a str) -> Self {
        Given::Text(without_zero(Cow::Borrowed(text)))
    }
}
impl<'a> From<&'a String> for Given<'a> {
    fn from(text: &'a String) -> Self {
        Given::from(text.as_str())
    }
}
impl From<String> for Given<'_> {
    fn from(text: String) -> Self {
        Given::Text(without_zero(Cow::Owned(text)))
    }
}
impl From<u64> for Given<'_> {
    fn from(number: u64) -> Self {
        Given::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<u32> for Given<'_> {
    fn from(number: u32) -> Self {
        Given::Number(number.into())
    }
}
impl From<bool> for Given<'_> {
    fn from(yes: bool) -> Self {
        Given::Number(yes.into())
    }
}
impl From<Date> for Given<'_> {
    fn from(date: Date) -> Self {
        Given::Text(date.to_string().into())
    }
}
impl From<Timestamp> for Given<'_> {
    /// Always with nine places, so that the texts sort as the instants do.
    fn from(at: Timestamp) -> Self {
        Given::Text(format!("{at:.9}").into())
    }
}
impl From<facts::MatterId> for Given<'_> {
    fn from(id: facts::MatterId) -> Self {
        Given::Text(id.to_string().into())
    }
}
impl From<facts::CommandId> for Given<'_> {
    fn from(id: facts::CommandId) -> Self {
        Given::Text(id.to_string().into())
    }
}
impl From<facts::Digest> for Given<'_> {
    fn from(digest: facts::Digest) -> Self {
        Given::Text(digest.to_string().into())
    }
}
impl<'a, T: Into<Given<'a>>> From<Option<T>> for Given<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Given::Null, Into::into)
    }
}

/// A value as JSON text.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("the record's types have no key that is not text")
}

/// Texts as a JSON array, each as [`Given`] would give it.
pub(crate) fn array<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    json(&texts.into_iter().map(|text| without_zero(Cow::Borrowed(text))).collect::<Vec<_>>())
}

/// The value of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Null,
    Text(String),
    Number(i64),
}

/// One row of an answer; columns are taken from left to right.
#[derive(Debug)]
pub(crate) struct Row(std::vec::IntoIter<Cell>);

impl Row {
    pub fn new(cells: Vec<Cell>) -> Row {
        Row(cells.into_iter())
    }
    fn next(&mut self) -> Result<Cell, Fault> {
        self.0.next().ok_or_else(|| Fault::unsound("an answer has fewer columns than were asked for"))
    }
    pub fn optional_text(&mut self) -> Result<Option<String>, Fault> {
        match self.next()? {
            Cell::Null => Ok(None),
            Cell::Text(text) => Ok(Some(text)),
            Cell::Number(number) => Err(Fault::unsound(format!("the number {number} where a text belongs"))),
        }
    }
    pub fn text(&mut self) -> Result<String, Fault> {
        self.optional_text()?.ok_or_else(|| Fault::unsound("nothing where a text belongs"))
    }
    pub fn optional_number(&mut self) -> Result<Option<u64>, Fault> {
        match self.next()? {
            Cell::Null => Ok(None),
            Cell::Number(number) => u64::try_from(number).map(Some).map_err(Fault::unsound),
            Cell::Text(text) => Err(Fault::unsound(format!("the text {text:?} where a number belongs"))),
        }
    }
    pub fn number(&mut self) -> Result<u64, Fault> {
        self.optional_number()?.ok_or_else(|| Fault::unsound("nothing where a number belongs"))
    }
    pub fn count(&mut self) -> Result<u32, Fault> {
        u32::try_from(self.number()?).map_err(Fault::unsound)
    }
    pub fn yes(&mut self) -> Result<bool, Fault> {
        Ok(self.number()? != 0)
    }
    /// A column whose text is parsed: an id, a date, an instant.
    pub fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self) -> Result<T, Fault> {
        self.text()?.parse().map_err(|error: T::Err| Fault::unsound(error))
    }
    pub fn optional_parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self) -> Result<Option<T>, Fault> {
        let text = self.optional_text()?;
        text.map(|text| text.parse().map_err(|error: T::Err| Fault::unsound(error))).transpose()
    }
    pub fn json<T: DeserializeOwned>(&mut self) -> Result<T, Fault> {
        Ok(serde_json::from_str(&self.text()?)?)
    }
}

/// Which of the two databases answers; only the form of a search needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// What a transaction keeps others from while it lasts; embedded, the one writer needs none of it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lock {
    /// Appending: shared with other appends, not with [`Lock::Record`].
    Appending,
    /// The record stands still.
    Record,
    /// The directory stays as it was read.
    DirectoryRead,
    /// The directory is being added to.
    Directory,
}

/// Questions that were asked so far, of any database.
static ASKED: AtomicU64 = AtomicU64::new(0);

/// Counts a question.
pub(crate) fn count_question() {
    ASKED.fetch_add(1, Ordering::Relaxed);
}

/// How many questions this process has asked.
pub(crate) fn questions_asked() -> u64 {
    ASKED.load(Ordering::Relaxed)
}

/// One conversation with a database.
pub(crate) trait Session {
    fn dialect(&self) -> Dialect;
    /// All rows of the answer.
    fn rows(&self, question: &Question, given: &[Given<'_>]) -> Result<Vec<Row>, Fault>;
    /// How many rows were changed.
    fn run(&self, question: &Question, given: &[Given<'_>]) -> Result<u64, Fault>;
    /// Inserts one row; the number that the database gave it.
    fn insert(&self, question: &Question, given: &[Given<'_>]) -> Result<u64, Fault>;
    /// Several statements without parameters, one after the other.
    fn script(&self, text: &str) -> Result<(), Fault>;
    /// Takes a lock until the transaction ends.
    fn lock(&self, lock: Lock) -> Result<(), Fault>;
}

impl dyn Session + '_ {
    /// The only row, if any.
    pub fn row(&self, question: &Question, given: &[Given<'_>]) -> Result<Option<Row>, Fault> {
        Ok(self.rows(question, given)?.into_iter().next())
    }
    /// The only column of the only row, a number; 0 without a row.
    pub fn number(&self, question: &Question, given: &[Given<'_>]) -> Result<u64, Fault> {
        self.row(question, given)?.map_or(Ok(0), |mut row| row.number())
    }
    /// Every row, read by `read`.
    pub fn each<T>(
        &self,
        question: &Question,
        given: &[Given<'_>],
        read: impl FnMut(Row) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        self.rows(question, given)?.into_iter().map(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::for_postgres;

    #[test]
    fn the_three_marks_are_translated() {
        assert_eq!(
            for_postgres("(b IN (SELECT value FROM json_each(?2)) OR a = ?10)\n-- postgres: FOR UPDATE"),
            "(b = ANY (ARRAY(SELECT json_array_elements_text(CAST(CAST($2 AS TEXT) AS JSON)))) OR a = $10)\n FOR UPDATE"
        );
    }
}
