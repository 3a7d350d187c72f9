//! Search: matters that the visitor may read, and articles of the rulebook.
//!
//! Invariant: what may not be known of is neither shown nor counted.

use crate::components::card::PageHead;
use crate::components::choice::{Choice, ChoiceGroup, Select};
use crate::components::clock::{LinkPanel, PanelEntry};
use crate::components::field::{DateField, Field};
use crate::components::listing::{EmptyState, FOUND_COUNTED_MAX, Pagination};
use crate::components::table::Table;
use crate::components::{Chrome, Link};
use crate::fault::Fault;
use crate::pages::matters::form::choices;
use crate::pages::query::{Pairs, encoded, page, said};
use crate::pages::rows;
use crate::pages::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use facts::{KindId, PersonId};
use jiff::civil::Date;
use office::ListFilter;
use rules::rulebook::{Article, Part, article_meant};

/// Rows of one page.
const ROWS: u32 = 25;
/// Articles shown beside the matters.
const ARTICLES_MAX: usize = 8;
/// Characters that are searched for.
const QUERY_MAX: usize = 200;

#[derive(Template)]
#[template(path = "pages/search/search.html")]
struct SearchPage {
    chrome: Chrome,
    head: PageHead,
    /// Whether it is looked for by more than words.
    narrowed: bool,
    kinds: Select,
    people: Select,
    days: [DateField; 2],
    table: Table,
    pages: Pagination,
    articles: LinkPanel,
}

/// What is looked for.
#[derive(Default)]
struct Asked {
    text: String,
    kind: Option<KindId>,
    person: Option<PersonId>,
    /// As typed: the days between which a matter was opened.
    days: [String; 2],
}

impl Asked {
    fn read(words: &Words, query: &Pairs) -> Asked {
        let known = |kind: &KindId| words.rulebook().kind(kind.as_str()).is_some();
        let typed = |name| said(query, name).unwrap_or_default().chars().take(QUERY_MAX).collect::<String>();
        Asked {
            text: typed("q"),
            kind: said(query, "kind").map(KindId::new).filter(known),
            person: said(query, "person").map(PersonId::new),
            days: [typed("from"), typed("until")],
        }
    }

    fn day(&self, nth: usize) -> Option<Date> {
        self.days[nth].parse().ok()
    }

    /// Whether it is looked for by more than words.
    fn is_narrowed(&self) -> bool {
        self.kind.is_some() || self.person.is_some() || self.days.iter().any(|day| !day.is_empty())
    }

    fn filter(&self, page: u32) -> ListFilter {
        ListFilter {
            text: Some(self.text.clone()).filter(|text| !text.is_empty()),
            kinds: self.kind.iter().cloned().collect(),
            person: self.person.clone(),
            opened_from: self.day(0),
            opened_until: self.day(1),
            offset: (page - 1) * ROWS,
            limit: ROWS,
            counted_max: Some(FOUND_COUNTED_MAX),
            ..ListFilter::default()
        }
    }

    /// The address up to the number of its page.
    fn href(&self) -> String {
        let kind = self.kind.as_ref().map_or("", |kind| kind.as_str());
        let person = self.person.as_ref().map_or("", |person| person.as_str());
        let more = [("kind", kind), ("person", person), ("from", &self.days[0]), ("until", &self.days[1])];
        let more = more.into_iter().filter(|(_, value)| !value.is_empty());
        let more: String = more.map(|(name, value)| format!("&{name}={}", encoded(value))).collect();
        format!("/search?q={}{more}&page=", encoded(&self.text))
    }
}

/// `GET /search?q=&kind=&person=&from=&until=`: matters in which the words occur, of a kind, that somebody acted on
/// or may read by name, opened between two days.
///
/// # Errors
/// Only faults of the record.
pub async fn get(visit: Visit, Query(query): Query<Pairs>) -> Result<Response, Fault> {
    let words = visit.words().await?;
    let reader = visit.reader().await?;
    let asked = Asked::read(&words, &query);
    let page = page(&query);
    let nothing_asked = asked.text.is_empty() && !asked.is_narrowed();
    let found = match nothing_asked {
        true => office::Page { rows: vec![], total: 0 },
        false => visit.office.list(&reader, asked.filter(page)).await?,
    };
    let title = words.t("search-title");
    let mut chrome = visit.chrome(&title).await?;
    chrome.query.clone_from(&asked.text);
    let empty = match (nothing_asked, asked.is_narrowed()) {
        (true, _) => EmptyState::new(words.t("search-nothing-asked"), words.t("search-how")),
        (_, true) => EmptyState::new(words.t("search-nothing-narrowed"), words.t("search-how-narrowed")),
        _ => EmptyState::new(words.say("search-nothing", &[("query", &asked.text)]), words.t("search-how")),
    };
    let more = if found.total > u64::from(FOUND_COUNTED_MAX) { "-more" } else { "" };
    let count = found.total.min(u64::from(FOUND_COUNTED_MAX));
    let lead = match (nothing_asked, asked.text.is_empty()) {
        (true, _) => String::new(),
        (_, true) => words.say(&format!("search-found-narrowed{more}"), &[("count", &count)]),
        _ => words.say(&format!("search-found{more}"), &[("query", &asked.text), ("count", &count)]),
    };
    let table = rows::table(&visit, &words, &found.rows, rows::Extra::None).await?;
    let shown = SearchPage {
        chrome,
        head: PageHead { lead, ..PageHead::new(title) },
        narrowed: asked.is_narrowed(),
        kinds: kinds(&words, asked.kind.as_ref()),
        people: people(&words, asked.person.as_ref()),
        days: [day(&words, "from", &asked.days[0]), day(&words, "until", &asked.days[1])],
        table: Table { empty, ..table },
        pages: Pagination {
            lang: words.lang,
            page: page as usize,
            pages: found.total.div_ceil(u64::from(ROWS)) as usize,
            entries: found.total as usize,
            href_prefix: asked.href(),
            counted_max: FOUND_COUNTED_MAX,
        },
        articles: articles(&words, &asked.text),
    };
    if let Some(last) = shown.pages.last_instead() {
        return Ok(Redirect::to(&last).into_response());
    }
    visit.page(&shown)
}

/// The kinds of matters, area by area as the navigation has them.
fn kinds(words: &Words, chosen: Option<&KindId>) -> Select {
    let all = Choice::new("", words.t("area-all-kinds")).chosen(chosen.is_none());
    let choice = |kind: &KindId| Choice::new(kind.as_str(), words.kinds(kind)).chosen(chosen == Some(kind));
    let groups = words
        .rulebook()
        .areas
        .iter()
        .map(|area| ChoiceGroup { title: words.pick(&area.name), choices: area.kinds.iter().map(choice).collect() });
    Select { groups: groups.collect(), ..Select::new(Field::new(words.lang, "kind", words.t("area-kind")), vec![all]) }
}

fn people(words: &Words, chosen: Option<&PersonId>) -> Select {
    let typed: Vec<String> = chosen.map(ToString::to_string).into_iter().collect();
    let anybody = Choice::new("", words.t("search-anybody")).chosen(chosen.is_none());
    Select {
        groups: choices::people_grouped(words, &typed, None),
        ..Select::new(Field::new(words.lang, "person", words.t("search-person")), vec![anybody])
    }
}

/// A day that was typed and is none stands as it was typed, with what is wrong.
fn day(words: &Words, name: &str, typed: &str) -> DateField {
    let wrong = !typed.is_empty() && typed.parse::<Date>().is_err();
    let error = wrong.then(|| words.t("search-no-day"));
    DateField::new(Field::new(words.lang, name, words.t(&format!("search-{name}"))).error(error), typed)
}

/// The article that is meant by its number, and those in which every word occurs, in either language.
fn articles(words: &Words, text: &str) -> LinkPanel {
    let asked: Vec<String> =
        text.to_lowercase().split_whitespace().map(|word| word.trim_matches('"').to_owned()).collect();
    let meant = article_meant(text);
    let is_meant = |article: &&Article| meant.as_ref() == Some(&article.number);
    let fits = |article: &&Article| {
        let said = said_by(article);
        !is_meant(article) && !asked.is_empty() && asked.iter().all(|word| said.contains(word))
    };
    let articles = &words.rulebook().articles;
    let found = articles.iter().filter(is_meant).chain(articles.iter().filter(fits)).take(ARTICLES_MAX);
    let entries = found.map(|article| {
        let cited = words.article(&article.number, false);
        PanelEntry::new(Link::new(cited.text, cited.href), cited.title)
    });
    LinkPanel { title: words.t("search-articles"), entries: entries.collect() }
}

fn said_by(article: &Article) -> String {
    let mut said = format!("{} {} {}", article.number, article.title.en, article.title.zh);
    for part in &article.parts {
        if let Part::Paragraph(text) = part {
            said.push_str(&text.en);
            said.push(' ');
            said.push_str(&text.zh);
        }
    }
    said.to_lowercase()
}
