//! What is wrong with an export of the record, in the words of whoever verifies it.

use super::Sentence;
use store::Wrong;

/// The sentence of a finding.
pub fn wrong(wrong: &Wrong) -> Sentence {
    let of = |key, seq: &u32| Sentence::new(key).with("seq", seq);
    match wrong {
        Wrong::Unreadable(why) => Sentence::new("export-unreadable").with("why", why),
        Wrong::Gap { expected, found } => Sentence::new("export-gap").with("expected", expected).with("found", found),
        Wrong::Unchained { seq } => of("export-unchained", seq),
        Wrong::Altered { seq } => of("export-altered", seq),
        Wrong::Foreign { seq } => of("export-foreign", seq),
        Wrong::NoNumber => Sentence::new("export-no-number"),
        Wrong::NumberTwice(number) => Sentence::new("export-number-twice").with("number", number),
        Wrong::NoEdition { seq, edition } => of("export-no-edition", seq).with("edition", edition.short()),
        Wrong::EditionAltered { edition } => Sentence::new("export-edition-altered").with("edition", edition.short()),
        Wrong::Otherwise => Sentence::new("export-otherwise"),
        Wrong::NoEnd => Sentence::new("export-no-end"),
        Wrong::NotWhole { events } => Sentence::new("export-not-whole").with("events", events),
        Wrong::AfterEnd => Sentence::new("export-after-end"),
    }
}
