//! The rulebook in force: edition, chapters and articles, parameters, kinds with their steps.
//!
//! Invariant: all of it is read off the edition in force.

use super::{
    class::{self, Class},
    step_href,
};
use crate::components::card::PageHead;
use crate::components::notice::{Notice, NoticeTone};
use crate::components::summary_list::{SummaryList, SummaryRow};
use crate::components::table::{Cell, Column, Row, Table};
use crate::components::{Chrome, Link, Tag, Tone};
use crate::fault::Fault;
use crate::pages::visit::Visit;
use crate::state::{OnDisk, Refused};
use crate::wording::Words;
use askama::Template;
use axum::response::Response;
use rules::rulebook::{Article, Part};

#[derive(Template)]
#[template(path = "pages/rulebook/index.html")]
struct RulebookPage {
    chrome: Chrome,
    head: PageHead,
    refused: Vec<Notice>,
    facts: SummaryList,
    chapters: Vec<ChapterView>,
    parameters: Table,
    kinds: Vec<KindView>,
}

struct ChapterView {
    title: String,
    table: Table,
}

struct KindView {
    name: String,
    id: String,
    steps: Vec<Link>,
}

/// `GET /rulebook`
///
/// # Errors
/// Only faults of the record.
pub async fn get(visit: Visit) -> Result<Response, Fault> {
    let words = visit.words().await?;
    let title = words.t("rulebook-title");
    let page = RulebookPage {
        chrome: visit.chrome(&title).await?,
        head: PageHead {
            kind: title,
            lead: words.t("rulebook-lead"),
            ..PageHead::new(words.pick(&words.rulebook().name))
        },
        refused: visit.web.refused().iter().map(|(what, refused)| refusal(&words, *what, refused)).collect(),
        facts: facts(&words),
        chapters: chapters(&words),
        parameters: parameters(&words),
        kinds: kinds(&words),
    };
    visit.page(&page)
}

/// That something on the disk is not what is in force, and why not.
fn refusal(words: &Words, what: OnDisk, refused: &Refused) -> Notice {
    let said: [(&str, &dyn crate::texts::Argument); 2] =
        [("at", &words.instant(refused.at)), ("count", &refused.problems)];
    let key = match what {
        OnDisk::Rulebook => "rulebook-refused",
        OnDisk::Calendar => "rulebook-calendar-refused",
    };
    let notice = Notice::new(NoticeTone::Warning, words.t(key), words.say(&format!("{key}-text"), &said));
    Notice { items: vec![words.pick(&refused.first)], ..notice }
}

fn facts(words: &Words) -> SummaryList {
    let rulebook = words.rulebook();
    let count = |class: Class| rulebook.articles.iter().filter(|article| Class::of(article) == class).count();
    let counted = Class::ALL.map(|class| {
        words.say("rulebook-count-of-class", &[("count", &count(class)), ("class", &class.tag(words).text)])
    });
    let force = match (rulebook.in_force_from, rulebook.in_force_until) {
        (Some(from), Some(until)) => {
            words.say("directory-span", &[("from", &words.day(from)), ("until", &words.day(until))])
        }
        (Some(from), None) => words.say("rulebook-since", &[("day", &words.day(from))]),
        (None, _) => words.t("rulebook-no-day"),
    };
    SummaryList::new(vec![
        SummaryRow::new(words.t("rulebook-edition"), &rulebook.edition),
        SummaryRow::new(words.t("rulebook-in-force"), force),
        SummaryRow::new(words.t("rulebook-articles"), words.list(&counted)),
        SummaryRow::new(words.t("rulebook-digest"), rulebook.digest.to_string()),
    ])
}

fn chapters(words: &Words) -> Vec<ChapterView> {
    let chapters = words.rulebook().chapters.iter().enumerate();
    let view = |(index, chapter): (usize, &rules::rulebook::Chapter)| {
        let articles = words.rulebook().articles.iter().filter(|article| article.chapter == index);
        let number = words.lang.choose(chapter.number.clone(), words.ordinal(roman(&chapter.number)));
        let title = words.say("rulebook-chapter", &[("number", &number), ("title", &words.pick(&chapter.title))]);
        let columns = vec![
            Column::new(words.t("rulebook-article")),
            Column::new(words.t("rulebook-about")),
            Column::new(words.t("rulebook-class")),
            Column::new(words.t("rulebook-rules")).numeric(),
        ];
        let rows = articles.map(|article| row(words, article)).collect();
        let caption = title.clone();
        ChapterView {
            title,
            table: Table { lang: words.lang, caption, caption_hidden: true, columns, rows, ..Table::default() },
        }
    };
    chapters.map(view).filter(|chapter| !chapter.table.rows.is_empty()).collect()
}

fn row(words: &Words, article: &Article) -> Row {
    let cited = words.article(&article.number, false);
    let rules: usize = article
        .parts
        .iter()
        .map(|part| match part {
            Part::Block { rules, .. } => rules.len(),
            _ => 0,
        })
        .sum();
    Row::new(vec![
        Cell::link(cited.text, cited.href.clone()),
        Cell::link(cited.title, cited.href),
        Cell { tags: class::tags(words, article), ..Cell::default() },
        Cell::new(rules.to_string()),
    ])
}

fn parameters(words: &Words) -> Table {
    let rows = words.rulebook().parameters.values().map(|parameter| {
        let tags = match parameter.reconstructed {
            true => vec![Tag::new(words.t("rulebook-reconstructed"), Tone::Waits)],
            false => vec![],
        };
        Row::new(vec![Cell { text: words.pick(&parameter.name), tags, ..Cell::default() }, Cell::new(&parameter.value)])
    });
    Table {
        lang: words.lang,
        caption: words.t("rulebook-parameters"),
        caption_hidden: true,
        columns: vec![Column::new(words.t("rulebook-parameter")), Column::new(words.t("rulebook-value")).numeric()],
        rows: rows.collect(),
        ..Table::default()
    }
}

fn kinds(words: &Words) -> Vec<KindView> {
    let view = |kind: &rules::rulebook::Kind| KindView {
        name: words.kind(&kind.id),
        id: kind.id.to_string(),
        steps: kind
            .steps
            .iter()
            .map(|step| Link::new(words.step(&kind.id, &step.id), step_href(&kind.id, &step.id)))
            .collect(),
    };
    words.rulebook().kinds.iter().map(view).collect()
}

/// The value of a Roman numeral, in which a rulebook numbers its chapters.
fn roman(numeral: &str) -> usize {
    let value = |letter: char| match letter {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        'L' => 50,
        'C' => 100,
        _ => 0,
    };
    let values: Vec<usize> = numeral.chars().map(value).collect();
    let plus: usize = values.iter().sum();
    let minus: usize = values.windows(2).filter(|pair| pair[0] < pair[1]).map(|pair| 2 * pair[0]).sum();
    plus - minus
}

#[cfg(test)]
mod tests {
    use super::roman;

    #[test]
    fn roman_numerals_are_read() {
        for (numeral, value) in [("I", 1), ("IV", 4), ("IX", 9), ("XII", 12), ("XIV", 14), ("?", 0)] {
            assert_eq!(roman(numeral), value, "{numeral}");
        }
    }
}
