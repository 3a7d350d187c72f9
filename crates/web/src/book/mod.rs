//! The rulebook as a book: every article in words beside its code, in one language or both, as a page to print
//! or as Markdown.
//!
//! Needs no record and no server. Invariant: nothing of an article is left out, and its code is shown to the letter.

use crate::components::Lang;
use askama::Template;
use facts::Label;
use rules::rulebook::{Article, Confidence, LawFact, NoteWord, Part, Rulebook};
use std::fmt::Write;

/// The languages that a book is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Languages {
    One(Lang),
    /// The first one first.
    Both(Lang),
}

impl Languages {
    fn first(self) -> Lang {
        match self {
            Languages::One(lang) | Languages::Both(lang) => lang,
        }
    }

    fn other(self) -> Option<Lang> {
        match self {
            Languages::One(_) => None,
            Languages::Both(lang) => Some(lang.other()),
        }
    }
}

#[derive(Template)]
#[template(path = "book/book.html")]
struct Book<'b> {
    lang: Lang,
    other: Option<Lang>,
    title: String,
    other_title: String,
    edition: String,
    chapters: Vec<ChapterView<'b>>,
    parameters: Vec<ParameterView>,
    official_source: &'b str,
}

struct ChapterView<'b> {
    number: String,
    title: String,
    other_title: String,
    articles: Vec<ArticleView<'b>>,
}

struct ArticleView<'b> {
    anchor: &'b str,
    title: String,
    other_title: String,
    pairs: Vec<Pair<'b>>,
    official: Vec<&'b str>,
    law: Vec<LawView>,
}

/// What an article says, and the code that carries it out.
#[derive(Default)]
struct Pair<'b> {
    said: Vec<Said>,
    code: &'b str,
}

#[derive(Default)]
struct Said {
    /// `Reading`, `Reconstructed` …; empty for a paragraph.
    note: String,
    text: String,
    other: String,
}

struct LawView {
    source: String,
    text: String,
}

struct ParameterView {
    name: String,
    value: String,
    note: String,
}

/// The book as one page that needs nothing else, for screen and paper.
///
/// # Errors
/// Only where the page cannot be written out.
pub fn html(rulebook: &Rulebook, languages: Languages) -> Result<String, askama::Error> {
    book(rulebook, languages).render()
}

/// The book as Markdown.
pub fn markdown(rulebook: &Rulebook, languages: Languages) -> String {
    let book = book(rulebook, languages);
    let mut text = format!("# {}\n\n", book.title);
    if !book.other_title.is_empty() {
        let _ = write!(text, "{}\n\n", book.other_title);
    }
    let _ = write!(text, "{}\n\n", book.edition);
    for chapter in &book.chapters {
        let _ = write!(text, "## {}{}\n\n", chapter.title, beside(&chapter.other_title));
        for article in &chapter.articles {
            article.markdown(&mut text, book.lang);
        }
    }
    if !book.parameters.is_empty() {
        let _ = write!(text, "## {}\n\n| | |\n|---|---|\n", book.lang.t("book-parameters"));
        for ParameterView { name, value, note } in &book.parameters {
            let _ = writeln!(text, "| {name} | {value} {note} |");
        }
    }
    text
}

impl ArticleView<'_> {
    fn markdown(&self, text: &mut String, lang: Lang) {
        let _ = write!(text, "### {}{}\n\n", self.title, beside(&self.other_title));
        for pair in &self.pairs {
            for said in &pair.said {
                let (quoted, note) =
                    if said.note.is_empty() { ("", String::new()) } else { ("> ", format!("{}: ", said.note)) };
                let _ = write!(text, "{quoted}{note}{}\n\n", said.text);
                if !said.other.is_empty() {
                    let _ = write!(text, "{quoted}{}\n\n", said.other);
                }
            }
            if !pair.code.is_empty() {
                let _ = write!(text, "```\n{}\n```\n\n", pair.code.trim_end());
            }
        }
        if !self.official.is_empty() {
            let _ = write!(text, "**{}**\n\n", lang.t("rulebook-official"));
            for line in &self.official {
                let _ = write!(text, "{line}\n\n");
            }
        }
        for LawView { source, text: fact } in &self.law {
            let _ = writeln!(text, "- {source}: {fact}");
        }
        if !self.law.is_empty() {
            text.push('\n');
        }
    }
}

fn beside(other: &str) -> String {
    if other.is_empty() { String::new() } else { format!(" / {other}") }
}

fn book<'b>(rulebook: &'b Rulebook, languages: Languages) -> Book<'b> {
    let (lang, other) = (languages.first(), languages.other());
    let pick = |label: &Label| lang.choose(&label.en, &label.zh).clone();
    let beside = |label: &Label| other.map_or(String::new(), |other| other.choose(&label.en, &label.zh).clone());
    let chapters = rulebook.chapters.iter().enumerate().map(|(at, chapter)| ChapterView {
        number: chapter.number.clone(),
        title: pick(&chapter.title),
        other_title: beside(&chapter.title),
        articles: rulebook
            .articles
            .iter()
            .filter(|article| article.chapter == at)
            .map(|article| article_view(rulebook, article, lang, other))
            .collect(),
    });
    let from = rulebook.in_force_from.map_or(String::new(), |day| day.to_string());
    let parameters = rulebook.parameters.values().map(|parameter| ParameterView {
        name: pick(&parameter.name),
        value: parameter.value.clone(),
        note: if parameter.reconstructed { lang.t("rulebook-reconstructed") } else { String::new() },
    });
    Book {
        lang,
        other,
        title: pick(&rulebook.name),
        other_title: beside(&rulebook.name),
        edition: lang.t_args(
            "book-edition",
            &[("edition", &rulebook.edition), ("digest", &rulebook.digest.short()), ("from", &from)],
        ),
        chapters: chapters.collect(),
        parameters: parameters.collect(),
        official_source: &rulebook.official.source,
    }
}

fn article_view<'b>(rulebook: &'b Rulebook, article: &'b Article, lang: Lang, other: Option<Lang>) -> ArticleView<'b> {
    let pick = |label: &Label| lang.choose(&label.en, &label.zh).clone();
    let beside = |label: &Label| other.map_or(String::new(), |other| other.choose(&label.en, &label.zh).clone());
    let titled = |lang: Lang, title: &str| {
        let number = lang.t_with("book-article", "number", &article.number);
        lang.t_args("rulebook-article-title", &[("article", &number), ("title", &title)])
    };
    let mut pairs: Vec<Pair> = vec![];
    for part in &article.parts {
        let said = match part {
            Part::Paragraph(label) => Said { text: pick(label), other: beside(label), ..Said::default() },
            Part::Note { word, text } => Said { note: note(lang, *word), text: pick(text), other: beside(text) },
            Part::Block { text, .. } => {
                match pairs.last_mut() {
                    Some(last) if last.code.is_empty() => last.code = text,
                    _ => pairs.push(Pair { said: vec![], code: text }),
                }
                continue;
            }
        };
        match pairs.last_mut() {
            Some(last) if last.code.is_empty() => last.said.push(said),
            _ => pairs.push(Pair { said: vec![said], code: "" }),
        }
    }
    let official = rulebook.official.articles.get(&article.number);
    let law = article.law.iter().filter_map(|name| rulebook.law.get(name));
    let law_view = |fact: &LawFact| {
        let unsure = match fact.confidence {
            Confidence::High => String::new(),
            Confidence::Medium => format!(" ({})", lang.t("law-medium")),
            Confidence::Low => format!(" ({})", lang.t("law-low")),
        };
        LawView { source: pick(&fact.source), text: format!("{}{unsure}", pick(&fact.text)) }
    };
    ArticleView {
        anchor: &article.number,
        title: titled(lang, &pick(&article.title)),
        other_title: other.map_or(String::new(), |other| titled(other, &beside(&article.title))),
        pairs,
        official: official.map_or(vec![], |text| text.lines().filter(|line| !line.trim().is_empty()).collect()),
        law: law.map(law_view).collect(),
    }
}

fn note(lang: Lang, word: NoteWord) -> String {
    lang.t(match word {
        NoteWord::Stated => "rulebook-stated",
        NoteWord::Tracked => "rulebook-tracked",
        NoteWord::Reading => "rulebook-reading",
        NoteWord::Reconstructed => "rulebook-reconstructed",
        NoteWord::Remark => "rulebook-remark",
    })
}
