//! Vacancies of single posts, each with what waits for it.
//!
//! Invariant: a step that somebody else may take too waits for nobody; a matter that the reader may not
//! read is counted and not named.

use super::posts;
use crate::components::Link;
use crate::components::clock::{LinkPanel, PanelEntry};
use crate::fault::Fault;
use crate::pages::visit::Visit;
use crate::wording::{Words, matter_href};
use facts::{MatterId, Role};
use office::DeskRow;
use std::collections::BTreeSet;

/// Steps of one vacancy that are looked at.
const ROWS: u32 = 100;
/// Steps of one vacancy that are named.
const NAMED: usize = 10;
/// Vacancies whose steps are looked at; each is one question.
const LOOKED_AT: usize = 30;

/// One vacancy.
pub struct VacancyView {
    pub role: String,
    /// Since when, and that everything else goes on.
    pub sentence: String,
    pub blocks: String,
    pub steps: Option<LinkPanel>,
}

/// The vacancies of today, those that hold something up first.
pub async fn vacancies(visit: &Visit, words: &mut Words) -> Result<Vec<VacancyView>, Fault> {
    let vacant = vacant(words);
    let keys: Vec<String> = vacant.iter().map(Role::key).collect();
    let waits = !keys.is_empty() && visit.office.store().desk(None, &keys, words.today, None, 0, 1).await?.total > 0;
    let mut views = vec![];
    for (nth, role) in vacant.iter().enumerate() {
        let rows = match waits && nth < LOOKED_AT {
            true => blocked(visit, words, role).await?,
            false => vec![],
        };
        views.push((rows.is_empty(), view(visit, words, role, &rows).await?));
    }
    views.sort_by_key(|(idle, _)| *idle);
    Ok(views.into_iter().map(|(_, view)| view).collect())
}

/// Single posts that nobody holds and nobody stands in for with their powers.
fn vacant(words: &Words) -> Vec<Role> {
    let of_office = posts::of_office(words).into_iter();
    let of_office = of_office.filter(|post| post.single && !post.stand_in_only && !posts::is_another_way(words, post));
    let mut roles: Vec<Role> = of_office.map(|post| Role::Post(post.id.clone())).collect();
    let past = &words.rulebook().past;
    let bodies: Vec<_> = words.directory.bodies.iter().filter(|body| !past.contains(&body.class)).collect();
    for post in posts::of_bodies(words).into_iter().filter(|post| post.single) {
        roles.extend(bodies.iter().map(|body| Role::At(post.id.clone(), body.id.clone())));
    }
    roles.retain(|role| words.organisation.holders(role).is_empty());
    roles
}

/// The open steps that nobody can take while the role is vacant.
async fn blocked(visit: &Visit, words: &Words, role: &Role) -> Result<Vec<DeskRow>, Fault> {
    let rows = visit.office.store().desk(None, &[role.key()], words.today, None, 0, ROWS).await?.rows;
    let ids: BTreeSet<MatterId> = rows.iter().map(|row| row.matter).collect();
    let ids: Vec<MatterId> = ids.into_iter().collect();
    let turns = visit.office.turns_of(&ids).await?;
    let held = |key: &str| Role::of_key(key).is_some_and(|role| !words.organisation.holders(&role).is_empty());
    let others_may = |row: &DeskRow| {
        let turns = turns.get(&row.matter).into_iter().flatten();
        turns.filter(|turn| turn.step == row.step && turn.each == row.each && !turn.waits).any(|turn| held(&turn.role))
    };
    Ok(rows.into_iter().filter(|row| !others_may(row)).collect())
}

async fn view(visit: &Visit, words: &mut Words, role: &Role, rows: &[DeskRow]) -> Result<VacancyView, Fault> {
    visit.name(words, rows.iter().map(|row| row.matter).collect()).await?;
    let readable: Vec<&DeskRow> = rows.iter().filter(|row| words.names.contains_key(&row.matter)).collect();
    let entries = readable.iter().take(NAMED).map(|row| {
        let task = words.say(
            "directory-waiting",
            &[("step", &words.step(&row.kind, &row.step)), ("title", &words.pick(&row.title))],
        );
        let due = row.due.map_or(String::new(), |due| words.due_day(due).day);
        let note =
            words.list(&[row.number.to_string(), due].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>());
        PanelEntry::new(Link::new(task, matter_href(row.number.as_str())), note)
    });
    let entries: Vec<PanelEntry> = entries.collect();
    let hidden = rows.len() - readable.len();
    let blocks = match (rows.len(), hidden) {
        (0, _) => words.t("directory-blocks-nothing"),
        (count, 0) => words.say("directory-blocks", &[("count", &count)]),
        (count, hidden) => words.say("directory-blocks-hidden", &[("count", &count), ("hidden", &hidden)]),
    };
    let title = words.say("directory-waits-for", &[("post", &words.role(role))]);
    Ok(VacancyView {
        role: words.role(role),
        sentence: words.vacancy_of_post(role),
        blocks,
        steps: (!entries.is_empty()).then_some(LinkPanel { title, entries }),
    })
}
