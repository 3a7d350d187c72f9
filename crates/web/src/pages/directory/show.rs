//! The office on one day: posts, who stands in for whom, who is away, bodies, vacancies.
//!
//! Invariant: a day that cannot be answered for is answered with a sentence and with today.

use super::{bodies, first_day, posts, standing, vacancies};
use crate::components::card::PageHead;
use crate::components::field::{DateField, Field};
use crate::components::table::Table;
use crate::components::{Chrome, Link};
use crate::fault::Fault;
use crate::pages::query::{Pairs, said};
use crate::pages::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use facts::Relation;
use jiff::{ToSpan, civil::Date};

/// How far ahead the directory is asked for.
const YEARS_AHEAD: i32 = 10;

#[derive(Template)]
#[template(path = "pages/directory/show.html")]
struct DirectoryPage {
    chrome: Chrome,
    head: PageHead,
    on: DateField,
    posts: Table,
    regimes: Vec<standing::RegimeView>,
    away: Table,
    classes: Vec<bodies::ClassView>,
    /// `None` for a day that is not today: what is blocked is known of today only.
    vacancies: Option<Vec<vacancies::VacancyView>>,
}

/// `GET /directory?on=2019-03-01`
///
/// # Errors
/// Only faults of the record.
pub async fn get(visit: Visit, Query(query): Query<Pairs>) -> Result<Response, Fault> {
    let mut words = visit.words().await?;
    let typed = said(&query, "on").unwrap_or_default();
    let (on, error) = match day_asked(&words, typed) {
        Ok(on) => (on, None),
        Err(sentence) => (words.today, Some(sentence)),
    };
    let today = on == words.today;
    if !today {
        words.organisation = visit.office.organisation(on).await?.1;
    }
    let orders = words.organisation.in_force().iter().filter_map(|tenure| tenure.basis).collect();
    visit.name(&mut words, orders).await?;
    let vacancies = if today { Some(vacancies::vacancies(&visit, &mut words).await?) } else { None };
    let title = words.t("directory-title");
    let lead = match today {
        true => words.say("directory-today", &[("day", &words.day(on))]),
        false => words.say("directory-on", &[("day", &words.day(on))]),
    };
    let actions = match today {
        false => vec![Link::new(words.t("directory-back-to-today"), "/directory")],
        true if visit.office.may_enter_rosters(&visit.person).await? => {
            vec![Link::new(words.t("roster-title"), "/directory/import")]
        }
        true => vec![],
    };
    let field = Field::new(words.lang, "on", words.t("directory-day")).error(error);
    let page = DirectoryPage {
        chrome: visit.chrome(&title).await?,
        head: PageHead { lead, actions, ..PageHead::new(title) },
        on: DateField {
            first: first_day(&words).map_or(String::new(), |day| day.to_string()),
            ..DateField::new(field, on.to_string())
        },
        posts: posts::table(&words),
        regimes: standing::regimes(&words),
        away: away(&words),
        classes: bodies::classes(&words),
        vacancies,
    };
    visit.page(&page)
}

/// The day asked for, or the sentence that says why it is not answered.
fn day_asked(words: &Words, typed: &str) -> Result<Date, String> {
    if typed.is_empty() {
        return Ok(words.today);
    }
    let day: Date = typed.parse().map_err(|_| words.say("directory-day-malformed", &[("typed", &typed)]))?;
    let last = words.today.saturating_add(YEARS_AHEAD.years());
    if first_day(words).is_some_and(|first| day < first) {
        let first = first_day(words).map_or(String::new(), |first| words.day(first));
        return Err(words.say("directory-day-early", &[("day", &words.day(day)), ("first", &first)]));
    }
    if day > last {
        return Err(words.say("directory-day-late", &[("day", &words.day(day)), ("last", &words.day(last))]));
    }
    Ok(day)
}

/// Who is away until when; why is between them and whoever granted it.
fn away(words: &Words) -> Table {
    use super::{person_href, tenures::until};
    use crate::components::listing::EmptyState;
    use crate::components::table::{Cell, Column, Row};
    let away = words.organisation.in_force().iter().filter(|tenure| matches!(tenure.relation, Relation::Away { .. }));
    let rows = away.map(|tenure| {
        let stand_ins: Vec<String> = standing::for_person(words, &tenure.person);
        Row::new(vec![
            Cell::link(words.person(&tenure.person), person_href(&tenure.person)),
            Cell::new(words.day(tenure.from)).sort_value(tenure.from.to_string()),
            until(words, tenure.until),
            Cell::new(words.list(&stand_ins)),
        ])
    });
    Table {
        lang: words.lang,
        caption: words.t("directory-away"),
        caption_hidden: true,
        titled: true,
        columns: ["directory-person", "directory-from", "directory-until", "directory-stand-in"]
            .map(|key| Column::new(words.t(key)))
            .into(),
        rows: rows.collect(),
        empty: EmptyState::new(words.t("directory-nobody-away"), ""),
    }
}
