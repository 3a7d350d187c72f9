//! What the reader can do on a matter now, what is theirs and not lawful yet, and whom it waits for.
//!
//! Invariant: a button is shown only for a step that the engine would let the reader take now.

use super::path;
use super::seen::Seen;
use crate::components::refusal::WhyNot;
use crate::components::{ArticleLink, Link};
use crate::wording::{Words, path_segment};
use facts::{PersonId, Role};
use rules::engine::{Prospect, State};

/// Outcomes that get a button of their own.
const BUTTONS_MAX: usize = 4;

/// One step that the reader may take now.
pub struct ActionView {
    pub title: String,
    /// As which post, acting for whom.
    pub capacity: String,
    pub due: String,
    pub late: bool,
    pub articles: Vec<ArticleLink>,
    /// One button an outcome, or one for the step.
    pub buttons: Vec<Link>,
    /// It may be left undone.
    pub optional: bool,
}

/// The steps that the reader may take now: duties first.
pub fn actions(seen: &Seen<'_>, person: &PersonId) -> Vec<ActionView> {
    let mut mine: Vec<&Prospect> = seen.view.prospects.iter().filter(|prospect| prospect.may()).collect();
    mine.sort_by_key(|prospect| (!prospect.awaits(), prospect.due.as_ref().map(|due| due.date)));
    mine.into_iter().map(|prospect| action(seen, prospect, person)).collect()
}

fn action(seen: &Seen<'_>, prospect: &Prospect, person: &PersonId) -> ActionView {
    let words = seen.words;
    // What stands and may be said again is not late any more.
    let due = prospect.due.as_ref().filter(|_| prospect.state != State::Done);
    let due = due.map(|due| words.due_day(due.date));
    ActionView {
        title: seen.step_label(&prospect.step),
        capacity: capacity(words, &prospect.roles, person),
        due: due.map_or(String::new(), |due| {
            words.say("due-with-remaining", &[("due", &due.day), ("remaining", &due.remaining)])
        }),
        late: prospect.late,
        articles: words.article_links(&prospect.by),
        buttons: buttons(seen, prospect),
        optional: !prospect.awaits(),
    }
}

/// In which capacity a person takes a step of these roles: one's own post before standing in.
pub fn capacity(words: &Words, roles: &[Role], person: &PersonId) -> String {
    let held = roles.iter().filter(|role| words.organisation.via(person, role).is_some());
    let strongest = held.min_by_key(|role| words.organisation.via(person, role).cloned());
    strongest.map_or(String::new(), |role| words.capacity_today(person, role))
}

fn buttons(seen: &Seen<'_>, prospect: &Prospect) -> Vec<Link> {
    let href = seen.step_href(&prospect.step);
    let outcomes = seen.step(&prospect.step).map_or(&[] as &[_], |step| &step.outcomes);
    if outcomes.is_empty() || outcomes.len() > BUTTONS_MAX {
        return vec![Link::new(seen.step_label(&prospect.step), href)];
    }
    let button = |outcome: &rules::rulebook::Outcome| {
        let text = seen.words.outcome(&seen.view.matter.kind, &prospect.step, &outcome.id);
        Link::new(text, format!("{href}?outcome={}", path_segment(outcome.id.as_str())))
    };
    outcomes.iter().map(button).collect()
}

/// The reader's steps that are not lawful yet, each with every reason.
pub fn not_yet(seen: &Seen<'_>) -> Vec<WhyNot> {
    let on = Some(seen.view.matter.id);
    let ahead = |prospect: &&Prospect| {
        let ahead = matches!(prospect.state, State::Open | State::Waits);
        ahead && prospect.mine && !prospect.may() && !prospect.optional && !is_carried(seen, prospect)
    };
    let why_not = |prospect: &Prospect| WhyNot {
        lang: seen.words.lang,
        act: seen.step_label(&prospect.step),
        reasons: prospect.refusals.iter().map(|refusal| seen.words.reason(refusal, on).component()).collect(),
        open: false,
    };
    seen.view.prospects.iter().filter(ahead).map(why_not).collect()
}

/// Whether a step goes with another: it is nobody's duty by itself, and no button of its own is missed.
fn is_carried(seen: &Seen<'_>, prospect: &Prospect) -> bool {
    seen.step(&prospect.step).is_some_and(|step| step.carried)
}

/// Whose turn it is, where it is not the reader's.
pub fn waits(seen: &Seen<'_>) -> String {
    let words = seen.words;
    if let Some(closed) = seen.view.matter.closed {
        return words.say("matter-closed", &[("day", &words.day(closed))]);
    }
    let duty = |prospect: &&Prospect| !prospect.optional && !is_carried(seen, prospect);
    let open = seen.view.prospects.iter().filter(duty).filter(|prospect| prospect.state == State::Open);
    let said: Vec<String> = open
        .map(|prospect| {
            let (step, who) = (seen.step_label(&prospect.step), seen.who(&prospect.roles));
            match prospect.roles.iter().all(|role| words.organisation.holders(role).is_empty()) {
                true if !prospect.roles.is_empty() => {
                    let vacancy = words.vacancy(&prospect.roles[0]);
                    words.say("matter-waits-vacant", &[("step", &step), ("vacancy", &vacancy)])
                }
                _ => words.say("matter-waits-for", &[("step", &step), ("who", &who)]),
            }
        })
        .collect();
    if !said.is_empty() {
        return said.join(&words.t("sentence-space"));
    }
    let waiting = seen.view.prospects.iter().filter(duty).find(|prospect| prospect.state == State::Waits);
    let why = waiting.and_then(|prospect| path::waits_for(seen, &prospect.refusals));
    why.unwrap_or_else(|| words.t("matter-waits"))
}
