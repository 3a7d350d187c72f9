//! One person: the roles held today and why, the posts held over time.
//!
//! Invariant: why somebody is or was away is not shown.

use super::{crumbs, tenures};
use crate::components::card::PageHead;
use crate::components::listing::EmptyState;
use crate::components::table::{Cell, Column, Row, Table};
use crate::components::{Chrome, Tag, Tone};
use crate::fault::Fault;
use crate::pages::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use facts::{PersonId, Role};

#[derive(Template)]
#[template(path = "pages/directory/person.html")]
struct PersonPage {
    chrome: Chrome,
    head: PageHead,
    roles: Table,
    over_time: Table,
}

/// `GET /directory/people/{person}`
///
/// # Errors
/// [`Fault::NotThere`] where the directory has no such person.
pub async fn get(visit: Visit, Path(person): Path<String>) -> Result<Response, Fault> {
    let mut words = visit.words().await?;
    let directory = words.directory.clone();
    let person = directory.people.iter().find(|known| known.id.as_str() == person).ok_or(Fault::NotThere)?;
    let own = directory.tenures.iter().filter(|tenure| tenure.person == person.id);
    visit.name(&mut words, own.filter_map(|tenure| tenure.basis).collect()).await?;
    let over_time = tenures::of(&words, |tenure| tenure.person == person.id);
    let title = words.pick(&person.name);
    let mut chrome = visit.chrome(&title).await?;
    chrome.crumbs = crumbs(&words);
    let away = words.organisation.away(&person.id).iter().map(|tenure| match tenure.until {
        Some(last) => words.say("directory-away-until", &[("day", &words.day(last))]),
        None => words.t("directory-is-away"),
    });
    let page = PersonPage {
        head: PageHead { tags: away.map(|text| Tag::new(text, Tone::Waits)).collect(), ..PageHead::new(title) },
        chrome,
        roles: roles(&words, &person.id),
        over_time: tenures::table(&words, &over_time, tenures::About::Relation, &words.t("directory-over-time")),
    };
    visit.page(&page)
}

fn roles(words: &Words, person: &PersonId) -> Table {
    let mut rows: Vec<Row> = vec![];
    let mut known: Vec<&Role> = vec![];
    for (role, _) in words.organisation.roles(person) {
        if matches!(role, Role::Person(_)) || known.contains(&role) {
            continue;
        }
        known.push(role);
        let name = match role {
            Role::At(_, body) => Cell::link(words.role(role), super::body_href(body)),
            _ => Cell::new(words.role(role)),
        };
        rows.push(Row::new(vec![name, Cell::new(words.capacity_today(person, role))]));
    }
    Table {
        lang: words.lang,
        caption: words.t("directory-roles-today"),
        caption_hidden: true,
        titled: true,
        columns: ["directory-role", "directory-why"].map(|key| Column::new(words.t(key))).into(),
        rows,
        empty: EmptyState::new(words.t("directory-no-roles"), ""),
    }
}
