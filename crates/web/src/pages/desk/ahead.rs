//! What comes to the desk within a week, and what the visitor waits for, with whom it lies.
//!
//! Invariant: a bounded number of questions, whatever comes or waits.

use crate::components::Link;
use crate::components::clock::{LinkPanel, PanelEntry};
use crate::fault::Fault;
use crate::pages::{meetings::days, visit::Visit};
use crate::wording::{Words, matter_href};
use facts::{Matter, MatterId, Role, Taken};
use jiff::{ToSpan, civil::Date};
use office::{Reader, Turn};

/// Days that are looked ahead.
const DAYS: i64 = 7;
/// Entries of each panel.
const SHOWN: usize = 6;

/// Steps that will be the visitor's within a week, and meetings of it, the first one first.
pub async fn coming(visit: &Visit, words: &Words, reader: &Reader) -> Result<LinkPanel, Fault> {
    let until = words.today.saturating_add(DAYS.days());
    let steps = visit.office.coming(reader, until, SHOWN as u32).await?;
    let held = days::within(&visit.office, words, reader, (words.today, until), SHOWN as u32).await?;
    let entry = |title: &facts::Label, number: &str, note: String| {
        PanelEntry::new(Link::new(words.pick(title), matter_href(number)), note)
    };
    let steps = steps.iter().map(|(row, from)| {
        let said = [("step", &words.step(&row.kind, &row.step) as _), ("day", &words.day_short(*from) as _)];
        (*from, entry(&row.title, row.number.as_str(), words.say("desk-coming-step", &said)))
    });
    let held = held.iter().filter(|(row, _)| row.closed.is_none()).map(|(row, day)| {
        let said = [("kind", &words.kind(&row.kind) as _), ("day", &words.day_short(*day) as _)];
        (*day, entry(&row.title, row.number.as_str(), words.say("desk-coming-meeting", &said)))
    });
    let mut entries: Vec<(Date, PanelEntry)> = held.chain(steps).collect();
    entries.sort_by_key(|(day, _)| *day);
    let entries = entries.into_iter().take(SHOWN).map(|(_, entry)| entry);
    Ok(LinkPanel { title: words.t("desk-coming"), entries: entries.collect() })
}

/// Of what the visitor acted on, what lies with others now.
pub async fn awaited(
    visit: &Visit,
    words: &Words,
    reader: &Reader,
    acted: &[(Matter, Taken)],
) -> Result<LinkPanel, Fault> {
    let open: Vec<&Matter> = acted.iter().map(|(matter, _)| matter).filter(|matter| matter.closed.is_none()).collect();
    let ids: Vec<MatterId> = open.iter().map(|matter| matter.id).collect();
    let turns = match ids.is_empty() {
        true => Default::default(),
        false => visit.office.turns_of(&ids).await?,
    };
    let entries = open.into_iter().filter_map(|matter| {
        let turns = turns.get(&matter.id)?;
        let now = || turns.iter().filter(|turn| !turn.waits && turn.from_date.is_none_or(|from| from <= words.today));
        let mine = now().any(|turn| reader.keys.contains(&turn.role) && !turn.barred.contains(&reader.person));
        let first = now().filter(|_| !mine).min_by_key(|turn| (turn.due.is_none(), turn.due))?;
        Some(with_others(words, matter, first))
    });
    Ok(LinkPanel { title: words.t("desk-awaited"), entries: entries.take(SHOWN).collect() })
}

fn with_others(words: &Words, matter: &Matter, turn: &Turn) -> PanelEntry {
    let title = words.pick(&office::title(&words.edition, matter));
    let who = Role::of_key(&turn.role).map(|role| words.role(&role)).unwrap_or_default();
    let step = words.step(&matter.kind, &turn.step);
    let note = match turn.due {
        Some(due) => {
            let due = words.due_day(due);
            let said = [("step", &step as _), ("who", &who as _), ("remaining", &due.remaining as _)];
            words.say("desk-awaited-due", &said)
        }
        None => words.say("desk-awaited-step", &[("step", &step), ("who", &who)]),
    };
    PanelEntry::new(Link::new(title, matter_href(matter.number.as_str())), note)
}
