//! One body: who is there today, who was in charge of it when.
//!
//! Invariant: everything is asked of the dated directory, nothing is kept beside it.

use super::{bodies, crumbs, posts, tenures};
use crate::components::Chrome;
use crate::components::card::PageHead;
use crate::components::summary_list::{SummaryList, SummaryRow};
use crate::components::table::Table;
use crate::fault::Fault;
use crate::pages::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use facts::{Body, Relation};

#[derive(Template)]
#[template(path = "pages/directory/body.html")]
struct BodyPage {
    chrome: Chrome,
    head: PageHead,
    today: SummaryList,
    leaders: Table,
    people: Table,
}

/// `GET /directory/bodies/{body}`
///
/// # Errors
/// [`Fault::NotThere`] where the directory has no such body.
pub async fn get(visit: Visit, Path(body): Path<String>) -> Result<Response, Fault> {
    let mut words = visit.words().await?;
    let directory = words.directory.clone();
    let body = directory.bodies.iter().find(|known| known.id.as_str() == body).ok_or(Fault::NotThere)?;
    let orders = directory.tenures.iter().filter(|tenure| at(body, &tenure.relation)).filter_map(|tenure| tenure.basis);
    visit.name(&mut words, orders.collect()).await?;
    let leads = |relation: &Relation| matches!(relation, Relation::Leads { .. } | Relation::Liaises { .. });
    let leaders = tenures::of(&words, |tenure| at(body, &tenure.relation) && leads(&tenure.relation));
    let people = tenures::of(&words, |tenure| at(body, &tenure.relation) && !leads(&tenure.relation));
    let title = words.pick(&body.name);
    let mut chrome = visit.chrome(&title).await?;
    chrome.crumbs = crumbs(&words);
    let page = BodyPage {
        chrome,
        head: PageHead {
            kind: words.pick(&words.rulebook().terms.label(&format!("class/{}", body.class))),
            ..PageHead::new(title)
        },
        today: today(&words, body),
        leaders: tenures::table(&words, &leaders, tenures::About::Person, &words.t("directory-portfolio-over-time")),
        people: tenures::table(&words, &people, tenures::About::Person, &words.t("directory-people-over-time")),
    };
    visit.page(&page)
}

fn at(body: &Body, relation: &Relation) -> bool {
    match relation {
        Relation::Holds { body: Some(at), .. } | Relation::Leads { body: at } | Relation::Liaises { body: at } => {
            *at == body.id
        }
        _ => false,
    }
}

fn today(words: &Words, body: &Body) -> SummaryList {
    let rows = posts::of_bodies(words).into_iter().filter_map(|post| {
        let cell = bodies::holders(words, body, post);
        let empty = cell.links.is_empty() && cell.tags.is_empty() && cell.note.is_empty();
        (!empty).then(|| SummaryRow {
            name: words.post(&post.id),
            links: cell.links,
            tags: cell.tags,
            values: if cell.note.is_empty() { vec![] } else { vec![cell.note] },
            ..SummaryRow::default()
        })
    });
    SummaryList::new(rows.collect())
}
