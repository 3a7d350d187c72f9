//! An article cut into pairs: what it says, and the block that carries what was said.
//!
//! Invariant: every part of the article stands in exactly one pair, in its order.

use super::rule_href;
use crate::components::{Lang, Link, Tag, Tone};
use crate::wording::Words;
use facts::{KindId, Label, RuleId};
use rules::rulebook::{Article, NoteWord, Part, Purpose};

/// Words at the left, the block at the right.
#[derive(Default)]
pub struct Pair {
    /// The kind of matter that begins here.
    pub kind: Option<KindId>,
    pub said: Vec<Said>,
    pub code: Option<Code>,
}

/// A paragraph or a note.
pub struct Said {
    pub text: String,
    /// The same in the other language, where both are asked for.
    pub other: String,
    /// The word before a note; none for a paragraph.
    pub note: Option<Tag>,
}

/// A block with the steps it is about.
pub struct Code {
    pub name: String,
    pub text: String,
    /// What its gates and permits say, in the terms of the rulebook, as far as that can be told.
    pub told: Vec<String>,
    /// The steps that it is about, each with the page that explains it.
    pub steps: Vec<Link>,
}

/// The pairs of an article.
pub fn pairs(words: &Words, article: &Article, both: bool) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = vec![];
    let mut open = Pair::default();
    for part in &article.parts {
        match part {
            Part::Paragraph(text) => open.said.push(said(words, text, both, None)),
            Part::Note { word, text } => open.said.push(said(words, text, both, Some(*word))),
            Part::Block { language, text, rules } => {
                let told = told(words, rules);
                let steps = steps(words, rules);
                open.kind = kind_begun(words, text);
                open.code = Some(Code { name: name(words, language), text: text.clone(), told, steps });
                pairs.push(std::mem::take(&mut open));
            }
        }
    }
    if !open.said.is_empty() {
        pairs.push(open);
    }
    pairs
}

impl Code {
    pub fn lines(&self) -> usize {
        self.text.lines().count()
    }
}

fn steps(words: &Words, rules: &[RuleId]) -> Vec<Link> {
    let mut steps: Vec<Link> = vec![];
    for rule in rules {
        let Some((kind, step)) = super::step_of(words, rule) else { continue };
        let href = rule_href(words, rule);
        if steps.iter().all(|known| known.href != href) {
            steps.push(Link::new(words.step(&kind.id, &step.id), href));
        }
    }
    steps
}

/// The kind of matter that a table begins: `[Leave]`.
fn kind_begun(words: &Words, text: &str) -> Option<KindId> {
    let heads = text.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'));
    heads.filter_map(|head| words.rulebook().kind(head)).map(|kind| kind.id.clone()).next()
}

/// The written policies among some rules in words, each sentence once.
fn told(words: &Words, rules: &[RuleId]) -> Vec<String> {
    let mut told: Vec<String> = vec![];
    for rule in rules {
        let Some((kind, step)) = super::step_of(words, rule) else { continue };
        let policies = words.edition.authority.policies(kind.id.as_str(), step.id.as_str());
        let written = policies.iter().filter(|policy| policy.rule == *rule && !policy.from_table);
        let new = written.filter_map(|policy| super::step::in_words(words, kind, step, policy));
        for sentence in new {
            if !told.contains(&sentence) {
                told.push(sentence);
            }
        }
    }
    told
}

fn name(words: &Words, language: &str) -> String {
    match Purpose::of(language) {
        Some(Purpose::Invariant) => words.t("rulebook-block-invariant"),
        Some(Purpose::Exclusive) => words.t("rulebook-block-exclusive"),
        Some(Purpose::Fills(field)) => words.say("rulebook-block-fills", &[("field", &field.to_string())]),
        Some(Purpose::Policy) => words.t("rulebook-block-policy"),
        None => words.t("rulebook-block-table"),
    }
}

fn said(words: &Words, text: &Label, both: bool, note: Option<NoteWord>) -> Said {
    let other = match words.lang.other() {
        Lang::En => &text.en,
        Lang::Zh => &text.zh,
    };
    Said {
        text: words.pick(text),
        other: if both { other.clone() } else { String::new() },
        note: note.map(|word| {
            let tone = if word == NoteWord::Reconstructed { Tone::Waits } else { Tone::Plain };
            Tag::new(words.t(key(word)), tone)
        }),
    }
}

fn key(word: NoteWord) -> &'static str {
    match word {
        NoteWord::Stated => "rulebook-stated",
        NoteWord::Tracked => "rulebook-tracked",
        NoteWord::Reading => "rulebook-reading",
        NoteWord::Reconstructed => "rulebook-reconstructed",
        NoteWord::Remark => "rulebook-remark",
    }
}
