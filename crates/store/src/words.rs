//! How a text is cut into tokens, so that both databases find the same.
//!
//! Knows no database but the form of its search. Chinese is cut into overlapping pairs of
//! characters, everything else into lower-cased words; brackets and other signs only separate, so
//! every way of writing a document number gives the same tokens.
//! Invariant: a text that contains what is searched for is found, and no search is an error.

use crate::session::{Dialect, json};
use serde::Serialize;

/// A text's tokens are indexed up to this many bytes; a longer text is found by its beginning.
const TEXT_BYTES_MAX: usize = 500_000;
/// A longer word is found by its beginning.
const WORD_BYTES_MAX: usize = 60;
/// What is searched for beyond this many tokens is not looked at.
const SEARCH_TOKENS_MAX: usize = 64;

/// A run of letters and digits, or of Chinese characters.
enum Run {
    Word(String),
    Chinese(Vec<char>),
}

fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{31C0}'..='\u{31EF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Full-width letters, digits and signs become their ordinary ones.
fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = vec![];
    let mut apart = true;
    for c in text.chars().map(narrow) {
        match (is_chinese(c), c.is_alphanumeric(), runs.last_mut()) {
            (true, _, Some(Run::Chinese(run))) if !apart => run.push(c),
            (true, _, _) => runs.push(Run::Chinese(vec![c])),
            (false, true, Some(Run::Word(word))) if !apart => word.extend(c.to_lowercase()),
            (false, true, _) => runs.push(Run::Word(c.to_lowercase().collect())),
            (false, false, _) => {
                apart = true;
                continue;
            }
        }
        apart = false;
    }
    runs
}

fn cut(mut word: String) -> String {
    word.truncate(word.floor_char_boundary(WORD_BYTES_MAX));
    word
}

/// Each pair of neighbours, then the last character alone.
fn pairs(run: &[char]) -> impl Iterator<Item = &[char]> {
    (0..run.len()).map(|i| &run[i..run.len().min(i + 2)])
}

/// The tokens of a text to be found, separated by single spaces.
pub(crate) fn tokens(text: &str) -> String {
    let mut tokens = String::with_capacity(text.len() * 2);
    for run in runs(text) {
        let room = match run {
            Run::Word(word) => put(&mut tokens, cut(word).chars()),
            Run::Chinese(run) => pairs(&run).all(|pair| put(&mut tokens, pair.iter().copied())),
        };
        if !room {
            break;
        }
    }
    tokens
}

/// Adds a token after a space; `false`, and nothing is added, where there is no more room.
fn put(tokens: &mut String, token: impl Iterator<Item = char>) -> bool {
    let end = tokens.len();
    if end > 0 {
        tokens.push(' ');
    }
    tokens.extend(token);
    let room = tokens.len() <= TEXT_BYTES_MAX;
    if !room {
        tokens.truncate(end);
    }
    room
}

/// Tokens that must stand one after the other; of the last one perhaps only the beginning is given.
#[derive(Debug, PartialEq, Eq)]
struct Phrase {
    tokens: Vec<String>,
    open: bool,
}

/// The phrases of a search: each part between spaces is one, and so is what stands in quotation marks.
fn phrases(search: &str) -> Vec<Phrase> {
    let mut phrases = vec![];
    let mut left = SEARCH_TOKENS_MAX;
    for (n, part) in search.split(['"', '“', '”', '「', '」']).enumerate() {
        let parts: Vec<&str> = if n % 2 == 1 { vec![part] } else { part.split_whitespace().collect() };
        for part in parts {
            let mut phrase = phrase(part);
            if phrase.tokens.len() > left {
                phrase.tokens.truncate(left);
                phrase.open = false;
            }
            left -= phrase.tokens.len();
            if !phrase.tokens.is_empty() {
                phrases.push(phrase);
            }
        }
    }
    phrases
}

fn phrase(part: &str) -> Phrase {
    let mut phrase = Phrase { tokens: vec![], open: false };
    let runs = runs(part);
    let last = runs.len().saturating_sub(1);
    for (n, run) in runs.into_iter().enumerate() {
        match run {
            Run::Word(word) => {
                // The beginning of a word finds it; the beginning of a number must not find another.
                phrase.open = n == last && word.chars().all(char::is_alphabetic) && word.chars().count() > 2;
                phrase.tokens.push(cut(word));
            }
            Run::Chinese(run) => {
                // In the text the last character may be the first of a further pair.
                phrase.open = n == last && run.len() == 1;
                let count = if n == last && run.len() > 1 { run.len() - 1 } else { run.len() };
                phrase.tokens.extend(pairs(&run).take(count).map(String::from_iter));
            }
        }
    }
    phrase
}

/// The search in the form the database takes; `None` when nothing can be searched for by it.
pub(crate) fn search_for(search: &str, dialect: Dialect) -> Option<String> {
    let phrases = phrases(search);
    if phrases.is_empty() {
        return None;
    }
    Some(match dialect {
        Dialect::Sqlite => {
            let of_phrase =
                |phrase: &Phrase| format!("\"{}\"{}", phrase.tokens.join(" "), if phrase.open { "*" } else { "" });
            phrases.iter().map(of_phrase).collect::<Vec<_>>().join(" AND ")
        }
        Dialect::Postgres => for_postgres(&phrases),
    })
}

#[derive(Serialize)]
struct Search {
    lexemes: String,
    phrases: Vec<String>,
}

fn for_postgres(phrases: &[Phrase]) -> String {
    let mut lexemes = vec![];
    for phrase in phrases {
        for (n, token) in phrase.tokens.iter().enumerate() {
            let open = phrase.open && n + 1 == phrase.tokens.len();
            lexemes.push(format!("'{token}'{}", if open { ":*" } else { "" }));
        }
    }
    let text = |phrase: &Phrase| format!(" {}{}", phrase.tokens.join(" "), if phrase.open { "" } else { " " });
    json(&Search { lexemes: lexemes.join(" & "), phrases: phrases.iter().map(text).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_cut_into_pairs_and_the_rest_into_words() {
        assert_eq!(tokens("供热计划 Heating-Plan 2019"), "供热 热计 计划 划 heating plan 2019");
        assert_eq!(tokens("第３号令"), "第 3 号令 令");
        assert_eq!(tokens("，。!"), "");
    }

    #[test]
    fn a_document_number_gives_the_same_tokens_in_any_brackets() {
        for text in [
            "大政发〔2018〕12号",
            "大政发[2018]12号",
            "大政发(2018)12号",
            "大政发（２０１８）12号",
            "大政发【2018】12号",
        ] {
            assert_eq!(tokens(text), "大政 政发 发 2018 12 号", "{text}");
        }
    }

    #[test]
    fn a_hostile_search_becomes_tokens_or_nothing() {
        assert_eq!(search_for("\" OR NEAR( *", Dialect::Sqlite).as_deref(), Some("\"or near\"*"));
        assert_eq!(search_for("'); --", Dialect::Sqlite), None);
        let long = search_for(&"热".repeat(4000), Dialect::Sqlite).map(|search| search.len());
        assert!(long.is_some_and(|len| len < 600));
    }
}
