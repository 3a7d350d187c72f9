//! Bodies by class, each with its head, its deputies and who is in charge of it.
//!
//! Invariant: which posts a body has is said by the rulebook, in which class it stands by the directory.

use super::{body_href, person_link, posts};
use crate::components::table::{Cell, Column, Row, Table};
use crate::components::{Tag, Tone};
use crate::wording::Words;
use facts::{Body, Role, Via};
use rules::rulebook::Post;

/// The bodies of one class.
pub struct ClassView {
    pub name: String,
    pub count: usize,
    pub table: Table,
}

/// The classes in the order of the rulebook.
pub fn classes(words: &Words) -> Vec<ClassView> {
    let columns = posts::of_bodies(words);
    let view = |class: &String| {
        let bodies = words.directory.bodies.iter().filter(|body| body.class == *class);
        let rows: Vec<Row> = bodies.map(|body| row(words, body, &columns)).collect();
        let name = words.pick(&words.rulebook().terms.label(&format!("class/{class}")));
        let titles = columns.iter().map(|post| Column::new(words.post(&post.id)));
        let columns = std::iter::once(Column::new(words.t("directory-body"))).chain(titles).collect();
        let caption = name.clone();
        let count = rows.len();
        ClassView {
            name,
            count,
            table: Table { lang: words.lang, caption, caption_hidden: true, columns, rows, ..Table::default() },
        }
    };
    words.rulebook().classes.iter().map(view).filter(|class| class.count > 0).collect()
}

fn row(words: &Words, body: &Body, columns: &[&Post]) -> Row {
    let name = Cell::link(words.pick(&body.name), body_href(&body.id));
    let holders = columns.iter().map(|post| holders(words, body, post));
    Row::new(std::iter::once(name).chain(holders).collect())
}

/// Who holds a post at a body, and beside them who stands in.
pub fn holders(words: &Words, body: &Body, post: &Post) -> Cell {
    let role = Role::At(post.id.clone(), body.id.clone());
    let found = words.organisation.holders(&role);
    let (standing, own): (Vec<_>, Vec<_>) = found.iter().partition(|(_, via)| matches!(via, Via::StandIn { .. }));
    let regimes = words.rulebook().standing.regimes.values().filter(|regime| regime.post == post.id);
    let known_as =
        regimes.flat_map(|regime| words.organisation.holders(&Role::At(regime.known_as.clone(), body.id.clone())));
    let mut stand_ins: Vec<String> =
        standing.into_iter().chain(known_as).map(|(person, _)| words.person(person)).collect();
    stand_ins.sort();
    stand_ins.dedup();
    let note = match stand_ins.is_empty() {
        true => String::new(),
        false => words.say("directory-stands-in", &[("names", &words.list(&stand_ins))]),
    };
    let mut links = vec![];
    for (person, _) in own {
        let link = person_link(words, person);
        if !links.contains(&link) {
            links.push(link);
        }
    }
    let vacant = links.is_empty() && post.single;
    let tags = if vacant { vec![Tag::new(words.t("directory-vacant"), Tone::Waits)] } else { vec![] };
    Cell { links, tags, note, ..Cell::default() }
}
