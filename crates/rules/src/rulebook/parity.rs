//! Joins the chapters of both languages into one book and compares them.
//!
//! Invariant: a paragraph or quotation of the book has the Chinese words that stand in the same place.

use super::{
    Article, CedarBlock, Chapter, Label, NoteWord, Part, Place, Purpose,
    chapters::{ArticleText, ChapterText, PartText, What},
    headings::{ordinal, place},
    overlay::is_of_base,
    report::Report,
};
use facts::RuleId;
use std::collections::BTreeSet;

/// The chapters as a reader has them, and the blocks to be executed.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub chapters: Vec<Chapter>,
    pub articles: Vec<Article>,
    pub blocks: Vec<Block>,
    /// Every requirement number, wherever it is named.
    pub requirements: Vec<(String, Place)>,
    /// Every fact of the law, wherever it is named.
    pub law: Vec<(String, Place)>,
    /// Whether a block was refused, and with it what it declares.
    pub lacks_a_block: bool,
}

/// The numbers in their order, each once.
fn each_once(numbers: Vec<(String, Place)>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    numbers.into_iter().map(|(number, _)| number).filter(|number| seen.insert(number.clone())).collect()
}

/// A block with what cites it.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub article: String,
    pub language: String,
    /// With the parameters filled in.
    pub text: String,
    /// As it stands in the file.
    pub shown: String,
    pub sentence: Label,
    pub reconstructed: bool,
    pub place: Place,
    /// Where the book has it: the article and the part of it.
    pub article_at: usize,
    pub part_at: usize,
}

impl Book {
    /// Takes in the next chapter; `None` for Chinese where the file is missing, which was reported.
    pub fn add(&mut self, english: ChapterText, chinese: Option<ChapterText>, report: &mut Report) {
        let same = self.chapters.iter().position(|chapter| ordinal(&chapter.number) == ordinal(&english.number));
        let beside = |file: &str| is_of_base(file) != is_of_base(&english.place.file);
        if let Some(twice) = same.map(|at| &self.chapters[at]).filter(|chapter| !beside(&chapter.file)) {
            let message = format!("chapter {} stands in {} already", english.number, twice.file);
            report.error(&english.place, message);
        }
        let title_zh = chinese.as_ref().map_or(String::new(), |chapter| chapter.title.clone());
        if let Some(chinese) = &chinese {
            compare_chapters(&english, chinese, report);
        }
        self.lacks_a_block |= !english.is_whole;
        // What an overlay and its base have of one chapter is one chapter.
        let chapter = same.unwrap_or(self.chapters.len());
        if same.is_none() {
            self.chapters.push(Chapter {
                number: english.number,
                title: Label { en: english.title, zh: title_zh },
                file: english.place.file,
            });
        }
        let mut translations = chinese.map(|chapter| chapter.articles);
        for article in english.articles {
            let translation = translations.as_mut().and_then(|all| {
                let at = all.iter().position(|other| other.number == article.number)?;
                Some(all.remove(at))
            });
            self.article(chapter, article, translation, report);
        }
    }

    fn article(&mut self, chapter: usize, english: ArticleText, chinese: Option<ArticleText>, report: &mut Report) {
        let ArticleText { number, title, place, parts, mut requirements } = english;
        let same = |other: &&Article| other.number == number && other.place.file != place.file;
        if let Some(twice) = self.articles.iter().find(same) {
            let message = format!("article {number} stands in {} already", twice.place.file);
            report.error(&place, message);
        }
        if let Some(chinese) = &chinese {
            requirements.extend(chinese.requirements.iter().cloned());
            compare_parts(&number, &parts, chinese, report);
        }
        let (law, requirements): (Vec<_>, Vec<_>) =
            requirements.into_iter().partition(|(number, _)| number.starts_with("L-"));
        self.requirements.extend(requirements.iter().cloned());
        self.law.extend(law.iter().cloned());
        let (requirements, law) = (each_once(requirements), each_once(law));
        let title_zh = chinese.as_ref().map_or(String::new(), |article| article.title.clone());
        let title = Label { en: title, zh: title_zh };
        let article = Article { number, title, chapter, parts: vec![], place, requirements, law };
        let article = self.parts(article, parts, Translation::new(chinese.as_ref()));
        warn_of_silence(&article, report);
        self.articles.push(article);
    }

    /// Gives an article its parts in both languages, and keeps its blocks.
    fn parts(&mut self, mut article: Article, parts: Vec<PartText>, mut translation: Translation) -> Article {
        let article_at = self.articles.len();
        let (mut sentence, mut reconstructed) = (Label::default(), false);
        for part in parts {
            let part = match part.what {
                What::Paragraph(en) => {
                    sentence = Label { en, zh: translation.next() };
                    Part::Paragraph(sentence.clone())
                }
                What::Note(word, en) => {
                    reconstructed |= word == NoteWord::Reconstructed;
                    Part::Note { word, text: Label { en, zh: translation.next() } }
                }
                What::Block { language, text } => {
                    self.blocks.push(Block {
                        article: article.number.clone(),
                        language: language.clone(),
                        text: text.clone(),
                        shown: text.clone(),
                        sentence: sentence.clone(),
                        reconstructed,
                        place: part.place,
                        article_at,
                        part_at: article.parts.len(),
                    });
                    Part::Block { language, text, rules: vec![] }
                }
            };
            article.parts.push(part);
        }
        article
    }
}

impl Book {
    /// Gives the parts that are blocks the rules that stand in them.
    pub fn give_rules(&mut self, blocks: &[Block], rules: Vec<Vec<RuleId>>) {
        for (block, of_block) in blocks.iter().zip(rules) {
            let article = self.articles.get_mut(block.article_at);
            let part = article.and_then(|article| article.parts.get_mut(block.part_at));
            if let Some(Part::Block { rules, .. }) = part {
                *rules = of_block;
            }
        }
    }
}

impl Book {
    /// Puts chapters and articles of an overlay where they belong among those of its base.
    pub fn put_in_order(&mut self) {
        if !self.articles.iter().any(|article| is_of_base(&article.place.file)) {
            return;
        }
        let mut places: Vec<usize> = (0..self.chapters.len()).collect();
        places.sort_by_key(|at| ordinal(&self.chapters[*at].number));
        for article in &mut self.articles {
            article.chapter = places.iter().position(|at| *at == article.chapter).unwrap_or_default();
        }
        self.chapters.sort_by_key(|chapter| ordinal(&chapter.number));
        self.articles.sort_by(|one, other| {
            let key =
                |article: &Article| (article.chapter, place(&article.number).0, place(&article.number).1.to_owned());
            key(one).cmp(&key(other))
        });
    }
}

impl Block {
    /// The block as the part of the rulebook that speaks Cedar.
    pub fn into_cedar(self) -> Option<CedarBlock> {
        let Block { article, language, text, shown, sentence, reconstructed, place, .. } = self;
        let purpose = Purpose::of(&language)?;
        Some(CedarBlock { article, purpose, text, shown, sentence, reconstructed, place })
    }
}

/// The words of the Chinese parts, one after the other.
struct Translation<'a>(std::slice::Iter<'a, PartText>);

impl<'a> Translation<'a> {
    fn new(article: Option<&'a ArticleText>) -> Translation<'a> {
        Translation(article.map_or(&[] as &[PartText], |article| &article.parts).iter())
    }

    fn next(&mut self) -> String {
        match self.0.next().map(|part| &part.what) {
            Some(What::Paragraph(text) | What::Note(_, text)) => text.clone(),
            _ => String::new(),
        }
    }
}

fn compare_chapters(english: &ChapterText, chinese: &ChapterText, report: &mut Report) {
    let (number, zh_number) = (&english.number, &chinese.number);
    if ordinal(number).is_some() && ordinal(zh_number).is_some() && ordinal(number) != ordinal(zh_number) {
        let message = format!("this is chapter {zh_number}, and the English file has chapter {number}");
        report.error(&chinese.place, message);
    }
    if english.title.is_empty() || chinese.title.is_empty() {
        let place = if english.title.is_empty() { &english.place } else { &chinese.place };
        report.error(place, "the chapter has no title");
    }
    let has = |chapter: &ChapterText, number: &str| chapter.articles.iter().any(|article| article.number == number);
    for article in english.articles.iter().filter(|article| !has(chinese, &article.number)) {
        let message = format!("article {} is missing in {}", article.number, chinese.place.file);
        report.error(&article.place, message);
    }
    for article in chinese.articles.iter().filter(|article| !has(english, &article.number)) {
        let message = format!("article {} is missing in {}", article.number, english.place.file);
        report.error(&article.place, message);
    }
    let order = |from: &ChapterText, other: &ChapterText| -> Vec<String> {
        let common = from.articles.iter().filter(|article| has(other, &article.number));
        common.map(|article| article.number.clone()).collect()
    };
    let (wanted, found) = (order(english, chinese), order(chinese, english));
    if let Some(at) = wanted.iter().zip(&found).position(|(wanted, found)| wanted != found) {
        let place = chinese.articles.iter().find(|article| article.number == found[at]);
        let message = format!("article {} stands where the English file has article {}", found[at], wanted[at]);
        report.error(place.map_or(&chinese.place, |article| &article.place), message);
    }
}

/// Reports the first place at which the two languages part.
fn compare_parts(number: &str, english: &[PartText], chinese: &ArticleText, report: &mut Report) {
    let english: Vec<&PartText> = english.iter().filter(|part| !matches!(part.what, What::Block { .. })).collect();
    for (nth, part) in english.iter().enumerate() {
        let (wanted, line) = (name(&part.what), part.place.line);
        match chinese.parts.get(nth) {
            None => {
                let message = format!("article {number} lacks {wanted} that its English has on line {line}");
                return report.error(&chinese.place, message);
            }
            Some(other) if name(&other.what) != wanted => {
                let message = format!(
                    "{} stands where article {number} has {wanted} in English (line {line})",
                    name(&other.what),
                );
                return report.error(&other.place, message);
            }
            Some(other) => {
                let (Some(here), Some(there)) = (&other.parameters, &part.parameters) else { continue };
                if here != there {
                    let (here, there) = (braced(here), braced(there));
                    let message = format!("{here} stands where article {number} has {there} in English (line {line})");
                    return report.error(&other.place, message);
                }
            }
        }
    }
    if let Some(part) = chinese.parts.get(english.len()) {
        let message = format!("article {number} has no {} here in English", bare_name(&part.what));
        report.error(&part.place, message);
    }
}

/// `{minutes_days} and {comment_days}`
fn braced(names: &BTreeSet<String>) -> String {
    match names.is_empty() {
        true => "no parameter".to_owned(),
        false => names.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(" and "),
    }
}

fn bare_name(what: &What) -> &'static str {
    match what {
        What::Paragraph(_) => "paragraph",
        What::Note(NoteWord::Stated, _) => "quotation \"Stated\"",
        What::Note(NoteWord::Tracked, _) => "quotation \"Tracked\"",
        What::Note(NoteWord::Reading, _) => "quotation \"Reading\"",
        What::Note(NoteWord::Reconstructed, _) => "quotation \"Reconstructed\"",
        What::Note(NoteWord::Remark, _) => "quotation",
        What::Block { .. } => "block",
    }
}

fn name(what: &What) -> String {
    format!("a {}", bare_name(what))
}

/// An article in which nothing is executable says so; silence never looks like an omission.
fn warn_of_silence(article: &Article, report: &mut Report) {
    let speaks = |part: &Part| {
        matches!(part, Part::Block { .. } | Part::Note { word: NoteWord::Stated | NoteWord::Tracked, .. })
    };
    if article.parts.is_empty() {
        report.error(&article.place, format!("article {} has no words", article.number));
    } else if !article.parts.iter().any(speaks) {
        let message = format!("article {} has no block, and no \"Stated\" or \"Tracked\" says why", article.number);
        report.warning(&article.place, message);
    }
}
