//! How an article is carried: enforced by its blocks, tracked, or stated only.

use crate::components::{Tag, Tone};
use crate::wording::Words;
use rules::rulebook::{Article, NoteWord, Part, Purpose};

/// How an article is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Enforced,
    Tracked,
    Stated,
}

impl Class {
    pub const ALL: [Class; 3] = [Class::Enforced, Class::Tracked, Class::Stated];

    /// The class of an article. An invariant alone enforces nothing; it is proved of what others enforce.
    pub fn of(article: &Article) -> Class {
        let enforces = |part: &Part| matches!(part, Part::Block { language, .. } if !invariant(language));
        match article.parts.iter().any(enforces) {
            true => Class::Enforced,
            false if has(article, NoteWord::Tracked) => Class::Tracked,
            false => Class::Stated,
        }
    }

    /// The class in a word.
    pub fn tag(self, words: &Words) -> Tag {
        match self {
            Class::Enforced => Tag::new(words.t("rulebook-enforced"), Tone::Done),
            Class::Tracked => Tag::new(words.t("rulebook-tracked"), Tone::Due),
            Class::Stated => Tag::new(words.t("rulebook-stated"), Tone::Plain),
        }
    }
}

/// Whether a block is proved instead of evaluated.
pub fn invariant(language: &str) -> bool {
    Purpose::of(language) == Some(Purpose::Invariant)
}

/// Whether an article has a note of a sort.
pub fn has(article: &Article, wanted: NoteWord) -> bool {
    article.parts.iter().any(|part| matches!(part, Part::Note { word, .. } if *word == wanted))
}

/// The tags of an article: its class, and that it is reconstructed.
pub fn tags(words: &Words, article: &Article) -> Vec<Tag> {
    let mut tags = vec![Class::of(article).tag(words)];
    if has(article, NoteWord::Reconstructed) {
        tags.push(Tag::new(words.t("rulebook-reconstructed"), Tone::Waits));
    }
    tags
}
