//! What the visitor lately did, and what others did since on the same matters.
//!
//! Invariant: two questions, whatever was done before.

use crate::components::Link;
use crate::components::clock::{LinkPanel, PanelEntry};
use crate::fault::Fault;
use crate::pages::visit::Visit;
use crate::wording::{Words, matter_href};
use facts::{Matter, Taken};

/// Matters that are looked through.
const LOOKED_AT: u32 = 40;
/// Acts that are shown.
const SHOWN: usize = 6;

/// What the visitor acted on, with the last act of each, the latest first.
pub async fn acted(visit: &Visit) -> Result<Vec<(Matter, Taken)>, Fault> {
    let ids = visit.office.acted_on(&visit.person, LOOKED_AT).await?;
    let matters = match ids.is_empty() {
        true => Default::default(),
        false => visit.office.matters_for(&ids, &visit.person).await?.1,
    };
    let last = |matter: &Matter| matter.taken.iter().rfind(|taken| taken.person == visit.person).cloned();
    let mut acts: Vec<(Matter, Taken)> =
        matters.into_values().filter_map(|matter| last(&matter).map(|taken| (matter, taken))).collect();
    acts.sort_by_key(|(_, taken)| std::cmp::Reverse((taken.on, taken.seq)));
    Ok(acts)
}

/// The acts, the latest first.
pub fn panel(words: &Words, acted: &[(Matter, Taken)]) -> LinkPanel {
    let entries = acted.iter().take(SHOWN).map(|(matter, taken)| entry(words, matter, taken));
    LinkPanel { title: words.t("desk-lately"), entries: entries.collect() }
}

/// What others did on these matters after the visitor's last act, the latest first.
pub fn since(words: &Words, acted: &[(Matter, Taken)]) -> LinkPanel {
    let mut news: Vec<(&Matter, &Taken)> = vec![];
    for (matter, mine) in acted {
        let mut others = matter.taken.iter().filter(|taken| taken.seq > mine.seq && taken.person != mine.person);
        // Of one matter the last act tells how it stands.
        news.extend(others.next_back().map(|taken| (matter, taken)));
    }
    news.sort_by_key(|(_, taken)| std::cmp::Reverse((taken.at, taken.seq)));
    let entries = news.into_iter().take(SHOWN).map(|(matter, taken)| {
        let who = words.person(&taken.person);
        let (step, day) = (step(words, matter, taken), words.day_short(taken.on));
        let note = words.say("desk-since-note", &[("who", &who), ("step", &step), ("day", &day)]);
        PanelEntry::new(link(words, matter), note)
    });
    LinkPanel { title: words.t("desk-since"), entries: entries.collect() }
}

fn link(words: &Words, matter: &Matter) -> Link {
    Link::new(words.pick(&office::title(&words.edition, matter)), matter_href(matter.number.as_str()))
}

/// What was done, with its outcome.
fn step(words: &Words, matter: &Matter, taken: &Taken) -> String {
    let step = words.step(&matter.kind, &taken.step);
    match &taken.outcome {
        Some(outcome) => {
            let outcome = words.outcome(&matter.kind, &taken.step, outcome);
            words.say("event-outcome", &[("step", &step), ("outcome", &outcome)])
        }
        None => step,
    }
}

fn entry(words: &Words, matter: &Matter, taken: &Taken) -> PanelEntry {
    let step = step(words, matter, taken);
    let note = words.say("desk-lately-note", &[("step", &step), ("day", &words.day_short(taken.on))]);
    PanelEntry::new(link(words, matter), note)
}
