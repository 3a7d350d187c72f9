//! Reads one Markdown file of either language into a chapter with its articles.
//!
//! Knows no rule. Invariant: every block has an article, and everything that stands under an article
//! is one of its parts, in order.

use super::{
    NoteWord, Place, Purpose, SourceFile,
    headings::{self, Language},
    notes,
    report::{LineIndex, Report},
    requirements,
    text::{self, Prose},
    tree::Filling,
};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, OffsetIter, Options, Parser, Tag};
use std::{collections::BTreeSet, ops::Range};

/// A chapter as one file has it.
#[derive(Debug)]
pub(super) struct ChapterText {
    /// As written: `V`, `五`.
    pub number: String,
    pub title: String,
    pub place: Place,
    pub articles: Vec<ArticleText>,
    /// Whether no block was refused.
    pub is_whole: bool,
    /// Whether a block is not closed and has swallowed what follows it.
    pub is_torn: bool,
}

/// An article in one language.
#[derive(Debug)]
pub(super) struct ArticleText {
    pub number: String,
    pub title: String,
    pub place: Place,
    pub parts: Vec<PartText>,
    /// With the line on which each stands.
    pub requirements: Vec<(String, Place)>,
}

/// A part of an article, in one language.
#[derive(Debug)]
pub(super) struct PartText {
    /// Of a block: the first line inside the fence.
    pub place: Place,
    pub what: What,
    /// The parameters that its words name; `None` where that cannot be said.
    pub parameters: Option<BTreeSet<String>>,
}

#[derive(Debug)]
pub(super) enum What {
    Paragraph(String),
    Note(NoteWord, String),
    Block { language: String, text: String },
}

/// The chapter in a file; `None` where the file has no heading of a chapter.
pub(super) fn read(
    file: &SourceFile,
    language: Language,
    filling: &mut Filling,
    report: &mut Report,
) -> Option<ChapterText> {
    let lines = LineIndex::new(&file.text);
    let events = Parser::new_ext(&file.text, Options::ENABLE_TABLES).into_offset_iter();
    let mut reader = Reader { file, language, lines, filling, report, chapter: None, told_of_preface: false };
    reader.read(events);
    let Reader { chapter, report, .. } = reader;
    if chapter.is_none() {
        let wanted = language.chapter_example();
        report.error(&first_line(file), format!("a chapter's file begins with a heading like \"{wanted}\""));
    }
    chapter
}

/// The first line of a file.
pub(super) fn first_line(file: &SourceFile) -> Place {
    Place { file: file.path.clone(), line: 1 }
}

struct Reader<'r, 'p, 'f> {
    file: &'r SourceFile,
    language: Language,
    lines: LineIndex,
    filling: &'r mut Filling<'p>,
    report: &'r mut Report<'f>,
    chapter: Option<ChapterText>,
    told_of_preface: bool,
}

impl Reader<'_, '_, '_> {
    fn read(&mut self, mut events: OffsetIter) {
        while let Some((event, span)) = events.next() {
            let Event::Start(tag) = event else { continue };
            let at = self.place(&span);
            if let Tag::CodeBlock(kind) = &tag {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().collect::<Vec<_>>().join(" "),
                    CodeBlockKind::Indented => String::new(),
                };
                let text = text::of_code(&mut events);
                if matches!(kind, CodeBlockKind::Fenced(_)) && self.is_unclosed(&span) {
                    self.torn(&at);
                    continue;
                }
                self.block(at, language, text);
                continue;
            }
            let prose = text::of_element(&tag, &mut events);
            for span in &prose.blocks {
                let at = self.place(span);
                self.report.error(&at, "a block stands under its paragraph, not inside a list or a quotation");
                self.refuse_block();
            }
            match tag {
                Tag::Heading { level, .. } => self.heading(at, level, prose.text.trim()),
                Tag::BlockQuote(_) => self.quotation(&at, &prose),
                Tag::Paragraph | Tag::List(_) | Tag::Table(_) => self.paragraph(at, &prose.text),
                _ => {}
            }
        }
    }

    /// Whether a fenced block runs to the end of the file, or into the fence of the next one.
    fn is_unclosed(&self, span: &Range<usize>) -> bool {
        let mut lines = self.file.text[span.clone()].trim_end().lines().skip(1).peekable();
        let is_fence = |line: &str| line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        loop {
            match (lines.next(), lines.peek()) {
                (None, _) => return true,
                (Some(last), None) => return !is_fence(last),
                (Some(line), Some(_)) if is_fence(line) => return true,
                _ => {}
            }
        }
    }

    fn torn(&mut self, fence: &Place) {
        self.report.error(fence, "the block that begins here is not closed by a line ```");
        self.refuse_block();
        if let Some(chapter) = &mut self.chapter {
            chapter.is_torn = true;
        }
    }

    fn place(&self, span: &Range<usize>) -> Place {
        Place { file: self.file.path.clone(), line: self.lines.line(span.start) }
    }

    fn heading(&mut self, at: Place, level: HeadingLevel, words: &str) {
        match level {
            HeadingLevel::H1 => self.chapter_heading(at, words),
            HeadingLevel::H2 => self.article_heading(at, words),
            _ => self.report.error(&at, "only chapters (#) and articles (##) have headings"),
        }
    }

    fn chapter_heading(&mut self, at: Place, words: &str) {
        if self.chapter.is_some() {
            return self.report.error(&at, "a file holds one chapter, and it has begun already");
        }
        let (number, title) = headings::chapter(self.language, words).unwrap_or_else(|| {
            let wanted = self.language.chapter_example();
            self.report.error(&at, format!("a chapter's heading reads like \"{wanted}\""));
            (String::new(), words.to_owned())
        });
        self.chapter = Some(ChapterText { number, title, place: at, articles: vec![], is_whole: true, is_torn: false });
    }

    fn article_heading(&mut self, at: Place, words: &str) {
        let Some((number, title)) = headings::article(self.language, words) else {
            let wanted = self.language.article_example();
            return self.report.error(&at, format!("an article's heading reads like \"{wanted}\""));
        };
        let Some(chapter) = &mut self.chapter else {
            return self.report.error(&at, format!("article {number} stands before the chapter's heading"));
        };
        if let Some(twice) = chapter.articles.iter().find(|article| article.number == number) {
            let message = format!("article {number} stands on line {} already", twice.place.line);
            self.report.error(&at, message);
        }
        let article = ArticleText { number, title, place: at, parts: vec![], requirements: vec![] };
        chapter.articles.push(article);
    }

    fn paragraph(&mut self, at: Place, words: &str) {
        let parameters = self.filling.named(words);
        let words = self.filling.fill_words(words, &at, self.report);
        let (words, numbers) = self.take_out(&words, &at);
        let is_empty = words.is_empty();
        let Some(article) = self.article(&at) else { return };
        article.requirements.extend(numbers);
        if !is_empty {
            article.parts.push(PartText { place: at, what: What::Paragraph(words), parameters });
        }
    }

    fn quotation(&mut self, at: &Place, prose: &Prose) {
        for note in notes::split(&prose.text) {
            let place = Place { file: at.file.clone(), line: at.line + note.line };
            if let Some(near) = note.meant {
                let message = format!("a quotation begins with no known word; nearest: {near}:");
                self.report.error(&place, message);
            }
            let parameters = self.filling.named(&note.text);
            let words = self.filling.fill_words(&note.text, &place, self.report);
            let (words, numbers) = self.take_out(&words, &place);
            let Some(article) = self.article(&place) else { return };
            article.requirements.extend(numbers);
            article.parts.push(PartText { place, what: What::Note(note.word, words), parameters });
        }
    }

    /// The words without their requirement numbers, and these with the lines on which they stand.
    fn take_out(&mut self, words: &str, at: &Place) -> (String, Vec<(String, Place)>) {
        for wrong in requirements::misspelt(words) {
            let place = self.place_of(wrong, at);
            self.report
                .error(&place, format!("a requirement is numbered like R26-5, in plain digits, not \"{wrong}\""));
        }
        let (words, numbers) = requirements::take_out(words);
        let placed = numbers.into_iter().map(|number| {
            let place = self.place_of(&number, at);
            (number, place)
        });
        (words, placed.collect())
    }

    /// The first line from a place on in which something stands.
    fn place_of(&self, wanted: &str, at: &Place) -> Place {
        let below = self.file.text.lines().skip(at.line - 1).position(|line| line.contains(wanted));
        Place { file: at.file.clone(), line: at.line + below.unwrap_or(0) }
    }

    fn block(&mut self, fence: Place, language: String, text: String) {
        const LANGUAGES: [&str; 5] = ["toml", "cedar", "cedar invariant", "cedar exclusive", "cedar fills"];
        if self.language == Language::Chinese {
            return self.report.error(&fence, "the Chinese file has no blocks; they stand in the English one");
        }
        if language != "toml" && Purpose::of(&language).is_none() {
            let message = match language.as_str() {
                "" => "a block is marked toml or cedar".to_owned(),
                "cedar fills" => "the block says what it fills: cedar fills FIELD".to_owned(),
                other => format!(
                    "no block is marked \"{other}\"; there are toml, cedar, cedar invariant, cedar exclusive and \
                     cedar fills FIELD"
                ),
            };
            self.refuse_block();
            return self.report.unknown(&fence, message, &language, LANGUAGES);
        }
        let has_article = self.chapter.as_ref().is_some_and(|chapter| !chapter.articles.is_empty());
        if !has_article {
            self.refuse_block();
            return self.report.error(&fence, "a block stands under an article, which is its citation");
        }
        let inside = Place { line: fence.line + 1, file: fence.file.clone() };
        let Some(article) = self.article(&fence) else { return };
        let has_sentence = article.parts.iter().any(|part| matches!(part.what, What::Paragraph(_)));
        let number = article.number.clone();
        article.parts.push(PartText { place: inside, what: What::Block { language, text }, parameters: None });
        if !has_sentence {
            let message = format!("a block needs its sentence above it: article {number} has no paragraph yet");
            self.report.error(&fence, message);
        }
    }

    fn refuse_block(&mut self) {
        if let Some(chapter) = &mut self.chapter {
            chapter.is_whole = false;
        }
    }

    /// The article that a part belongs to. Words before the first article are reported once.
    fn article(&mut self, at: &Place) -> Option<&mut ArticleText> {
        let article = self.chapter.as_mut().and_then(|chapter| chapter.articles.last_mut());
        if article.is_none() && !self.told_of_preface {
            self.told_of_preface = true;
            self.report.warning(at, "words above the first article belong to none and are not shown");
        }
        article
    }
}
