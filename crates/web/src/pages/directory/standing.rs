//! Who acts for whom, each way of standing in by itself.
//!
//! Invariant: the ways are never merged; each names its article and the order it rests on.

use super::{person_href, tenures};
use crate::components::ArticleLink;
use crate::components::listing::EmptyState;
use crate::components::table::{Cell, Column, Row, Table};
use crate::components::{Tag, Tone};
use crate::wording::Words;
use facts::{PersonId, Relation, Tenure, Via};

/// One way of standing in, with those who do.
pub struct RegimeView {
    pub name: String,
    pub article: Option<ArticleLink>,
    /// What it gives and what it takes, in sentences.
    pub meaning: String,
    pub table: Table,
}

/// Every way that the rulebook has, also those that nobody uses on this day.
pub fn regimes(words: &Words) -> Vec<RegimeView> {
    let regimes = words.rulebook().standing.regimes.iter();
    let mut views: Vec<RegimeView> = regimes
        .map(|(name, regime)| {
            let (post, known_as) = (words.post(&regime.post), words.post(&regime.known_as));
            let powers = if regime.full { "directory-regime-full" } else { "directory-regime-own" };
            let mut meaning = words.say(powers, &[("post", &post), ("known", &known_as)]);
            if regime.exclusive {
                meaning = format!("{meaning}{}{}", words.t("sentence-space"), words.t("directory-regime-exclusive"));
            }
            let rows = of_regime(words, name);
            RegimeView {
                name: words.pick(&words.rulebook().terms.label(&format!("regime/{name}"))),
                article: words.rulebook().regime_rules.get(name).map(|rule| words.cite(rule).link()),
                meaning,
                table: table(words, &rows),
            }
        })
        .collect();
    let delegated: Vec<&Tenure> =
        in_force(words).filter(|tenure| matches!(tenure.relation, Relation::Delegated { .. })).collect();
    if !delegated.is_empty() {
        views.push(RegimeView {
            name: words.t("directory-delegated"),
            article: None,
            meaning: words.t("directory-delegated-meaning"),
            table: table(words, &delegated),
        });
    }
    views
}

/// Who stands in for a person on this day, with the way.
pub fn for_person(words: &Words, absent: &PersonId) -> Vec<String> {
    let holds = |post: &facts::PostId| {
        let roles = words.directory.in_force(words.organisation.on);
        roles.iter().any(|tenure| {
            tenure.person == *absent && matches!(&tenure.relation, Relation::Holds { post: held, .. } if held == post)
        })
    };
    let stands_in =
        in_force(words).filter(|tenure| counts(words, tenure)).filter_map(|tenure| match &tenure.relation {
            Relation::StandsIn { regime, person } => {
                let post = words.rulebook().standing.regimes.get(regime).map(|regime| &regime.post);
                let meant = person.as_ref().map_or_else(|| post.is_some_and(holds), |person| person == absent);
                meant.then(|| words.person(&tenure.person))
            }
            Relation::Delegated { by, .. } if by == absent => Some(words.person(&tenure.person)),
            _ => None,
        });
    stands_in.collect()
}

fn in_force(words: &Words) -> impl Iterator<Item = &Tenure> {
    words.organisation.in_force().iter()
}

/// Whether standing in gives its powers on this day: not while the post stood for is vacant, nor without the post
/// or the presence that the way asks for.
fn counts(words: &Words, tenure: &Tenure) -> bool {
    let Relation::StandsIn { regime: name, .. } = &tenure.relation else { return true };
    words
        .organisation
        .roles(&tenure.person)
        .iter()
        .any(|(_, via)| matches!(via, Via::StandIn { regime, basis, .. } if regime == name && *basis == tenure.basis))
}

fn of_regime<'w>(words: &'w Words, name: &str) -> Vec<&'w Tenure> {
    in_force(words)
        .filter(|tenure| matches!(&tenure.relation, Relation::StandsIn { regime, .. } if regime == name))
        .collect()
}

fn table(words: &Words, rows: &[&Tenure]) -> Table {
    let row = |tenure: &&Tenure| {
        let (_, stood_for) = tenures::relation(words, &tenure.relation);
        let mut stand_in = Cell::link(words.person(&tenure.person), person_href(&tenure.person));
        if !counts(words, tenure) {
            stand_in.tags.push(Tag::new(words.t("directory-gives-nothing"), Tone::Waits));
        }
        Row::new(vec![
            stand_in,
            stood_for,
            Cell::new(words.day(tenure.from)),
            tenures::until(words, tenure.until),
            tenures::basis(words, tenure.basis),
        ])
    };
    let columns = ["directory-stand-in", "directory-stood-for", "directory-from", "directory-until", "directory-basis"];
    Table {
        lang: words.lang,
        caption: words.t("directory-standing"),
        caption_hidden: true,
        titled: true,
        columns: columns.map(|key| Column::new(words.t(key))).into(),
        rows: rows.iter().map(row).collect(),
        empty: EmptyState::new(words.t("directory-nobody-stands-in"), ""),
    }
}
