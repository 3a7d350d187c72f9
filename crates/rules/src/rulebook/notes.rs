//! The word with which a quotation begins.
//!
//! Invariant: a known word is never shown as part of what it says, and a mistyped one never passes.

use super::{NoteWord, nearest};

const WORDS: [(&str, NoteWord); 8] = [
    ("Stated", NoteWord::Stated),
    ("Tracked", NoteWord::Tracked),
    ("Reading", NoteWord::Reading),
    ("Reconstructed", NoteWord::Reconstructed),
    ("说明", NoteWord::Stated),
    ("落实", NoteWord::Tracked),
    ("解读", NoteWord::Reading),
    ("重构", NoteWord::Reconstructed),
];

/// One quotation, or one of several that follow each other without an empty line.
pub(super) struct Note {
    pub word: NoteWord,
    pub text: String,
    /// Lines below the first line of the quotation.
    pub line: usize,
    /// The known word that a mistyped one is near to; it is taken as that word.
    pub meant: Option<&'static str>,
}

/// The notes of a quotation: each line that begins with a known word begins a note.
pub(super) fn split(quotation: &str) -> Vec<Note> {
    let mut notes: Vec<Note> = vec![];
    for (line, text) in quotation.lines().enumerate() {
        match (begin(text), notes.last_mut()) {
            (None, Some(note)) => {
                note.text.push('\n');
                note.text.push_str(text);
            }
            (known, _) => {
                let meant = if known.is_none() { meant(text) } else { None };
                let remark = meant.and_then(word_of).unwrap_or(NoteWord::Remark);
                let (word, text) = known.unwrap_or((remark, text));
                notes.push(Note { word, text: text.to_owned(), line, meant });
            }
        }
    }
    for note in &mut notes {
        note.text = super::text::join_lines(note.text.trim());
    }
    notes
}

fn begin(line: &str) -> Option<(NoteWord, &str)> {
    let (first, rest) = line.split_once([':', '：'])?;
    Some((word_of(first.trim())?, rest.trim()))
}

fn word_of(text: &str) -> Option<NoteWord> {
    WORDS.iter().find(|(known, _)| *known == text).map(|(_, word)| *word)
}

fn meant(line: &str) -> Option<&'static str> {
    let (first, _) = line.split_once([':', '：'])?;
    let first = first.trim();
    let is_word = !first.is_empty() && first.is_ascii() && !first.contains(char::is_whitespace);
    let names = WORDS.iter().map(|(word, _)| *word).filter(|word| word.is_ascii());
    if is_word { nearest(first, names) } else { None }
}
