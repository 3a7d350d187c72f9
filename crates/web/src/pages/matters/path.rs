//! The way of a matter: every step from first to last, who took it or whose turn it is, and why not yet.
//!
//! Invariant: what is said of a step is what the engine said of it for this reader.

use super::seen::Seen;
use crate::components::step_path::{PathStep, StepPath, StepState};
use facts::Taken;
use rules::engine::{Prospect, State};
use rules::progress::Progress;
use rules::refusal::Refusal;
use rules::rulebook::{Step, Type};

/// Keys of a step whose articles stand beside it.
const CITED: [&str; 6] = ["by", "by_each", "after", "not_before", "due", "needed_if"];
/// Missing things that a line names.
const MISSING_MAX: usize = 3;

/// The way, and what may be done beside it.
pub struct Ways {
    pub path: StepPath,
    /// Steps that are nobody's duty.
    pub aside: StepPath,
}

/// The way of a matter.
pub fn ways(seen: &Seen<'_>) -> Ways {
    let mut steps = starts(seen);
    let mut aside = vec![];
    for prospect in &seen.view.prospects {
        let Some(step) = seen.step(&prospect.step) else { continue };
        let line = path_step(seen, prospect, step);
        let duty = !prospect.optional || prospect.state == State::Done;
        if duty { steps.push(line) } else { aside.push(line) }
    }
    let lang = seen.words.lang;
    Ways { path: StepPath { lang, steps }, aside: StepPath { lang, steps: aside } }
}

/// How the matter came to be: the step that opened it, here or in another matter.
fn starts(seen: &Seen<'_>) -> Vec<PathStep> {
    let Some(first) = seen.view.events.first() else { return vec![] };
    let said = seen.words.event(first);
    let opener = first.act.opening.as_ref().and_then(|opening| opening.by);
    let note = opener.and_then(|id| seen.words.matter(id));
    let note = note.map(|matter| seen.words.say("path-opened-by", &[("matter", &matter)]));
    vec![PathStep {
        who: who_took(&said.who, &said.capacity, seen),
        when: seen.words.day(first.act.on),
        note: note.unwrap_or_default(),
        articles: seen.words.article_links(&first.act.grounds),
        ..PathStep::new(said.title, StepState::Done)
    }]
}

fn path_step(seen: &Seen<'_>, prospect: &Prospect, step: &Step) -> PathStep {
    let cited = CITED.iter().filter_map(|key| step.cite(key));
    let line = PathStep {
        articles: seen.words.article_links(cited),
        ..PathStep::new(seen.step_label(&step.id), state_of(prospect))
    };
    let taken = seen.last_taken(&step.id);
    match prospect.state {
        State::Done => done(seen, prospect, step, line),
        State::NotNeeded => PathStep { note: not_needed(seen, step), ..line },
        State::Over => PathStep { note: seen.words.t("path-over"), ..line },
        State::Open | State::Waits => ahead(seen, prospect, taken, line),
    }
}

fn state_of(prospect: &Prospect) -> StepState {
    match prospect.state {
        State::Done => StepState::Done,
        State::NotNeeded | State::Over => StepState::NotNeeded,
        State::Open | State::Waits if prospect.awaits() => StepState::Mine,
        _ if prospect.void => StepState::Void,
        State::Open => StepState::Open,
        State::Waits => StepState::Waits,
    }
}

fn done(seen: &Seen<'_>, prospect: &Prospect, step: &Step, line: PathStep) -> PathStep {
    let matter = &seen.view.matter;
    let href = if prospect.may() { seen.step_href(&step.id) } else { String::new() };
    if step.by_each.is_some() {
        let answers = matter.standing(step.id.as_str()).filter(|taken| taken.counts).count();
        let who = seen.words.say("path-answers", &[("count", &answers)]);
        let last = matter.standing(step.id.as_str()).next_back();
        let when = last.map_or(String::new(), |taken| seen.words.day(taken.on));
        return PathStep { who, when, href, ..line };
    }
    let Some(taken) = matter.done(step.id.as_str()) else { return line };
    let outcome = taken.outcome.as_ref().map(|outcome| seen.words.outcome(&matter.kind, &step.id, outcome));
    let who = match seen.event(taken.seq) {
        Some(event) => {
            let said = seen.words.event(event);
            who_took(&said.who, &said.capacity, seen)
        }
        None => seen.words.person(&taken.person),
    };
    let when = seen.words.day(taken.on);
    PathStep { who, when, note: outcome.unwrap_or_default(), href, ..line }
}

fn ahead(seen: &Seen<'_>, prospect: &Prospect, taken: Option<&Taken>, line: PathStep) -> PathStep {
    let words = seen.words;
    let who = match &prospect.open_answers[..] {
        // Who holds the post counts when it is somebody's turn.
        [] if prospect.state == State::Waits => {
            words.list(&prospect.roles.iter().map(|role| words.role(role)).collect::<Vec<_>>())
        }
        [] => seen.who(&prospect.roles),
        open => {
            let members: Vec<String> = open.iter().map(|member| words.one(member)).collect();
            words.say("path-open-answers", &[("members", &words.names(&members))])
        }
    };
    let who = match &prospect.party {
        Some(party) => {
            let named = seen.view.matter.fields.get(party).and_then(facts::Value::text);
            let party = named.map_or_else(|| words.field(&seen.view.matter.kind, party), str::to_owned);
            words.say("path-party", &[("party", &party), ("who", &who)])
        }
        None => who,
    };
    let when = match (&prospect.due, prospect.no_calendar) {
        (Some(due), _) => words.due_day(due.date).day,
        (None, Some(year)) => words.say("path-no-calendar", &[("year", &year.to_string())]),
        (None, None) => String::new(),
    };
    let mut notes: Vec<String> = vec![];
    notes.extend(taken.filter(|taken| taken.void.is_some()).map(|taken| seen.voided(taken)));
    notes.extend(returned(seen, taken));
    notes.extend(silence(seen, prospect));
    if let Some(since) = prospect.still_since {
        notes.push(words.say("clock-stands-still", &[("day", &words.day(since))]));
    }
    notes.extend(words.remark(&prospect.remarks, "remark-by-reference"));
    notes.extend(waits_for(seen, &prospect.refusals));
    PathStep {
        who,
        when,
        overdue: prospect.late,
        note: notes.join(&words.t("sentence-space")),
        href: seen.step_href(&prospect.step),
        ..line
    }
}

/// What it means not to answer.
fn silence(seen: &Seen<'_>, prospect: &Prospect) -> Option<String> {
    let step = seen.step(&prospect.step)?;
    let silence = step.silence.as_ref()?;
    let scene = rules::scene::Scene::new(seen.view.gathered.circumstances());
    let progress = Progress::of(seen.words.rulebook(), &scene, &seen.view.matter)?;
    let day = seen.words.day(progress.due_of(&silence.after).ok()??.date);
    let means = match &silence.outcome {
        Some(outcome) => {
            let outcome = seen.words.outcome(&seen.view.matter.kind, &step.id, outcome);
            seen.words.say("path-silent-outcome", &[("outcome", &outcome)])
        }
        None => seen.words.t("path-silent-none"),
    };
    Some(seen.words.say("path-silent", &[("day", &day), ("means", &means)]))
}

/// A step that was taken without being done by it: the draft came back.
fn returned(seen: &Seen<'_>, taken: Option<&Taken>) -> Option<String> {
    let taken = taken.filter(|taken| !taken.counts && taken.void.is_none())?;
    let outcome = seen.words.outcome(&seen.view.matter.kind, &taken.step, taken.outcome.as_ref()?);
    let (person, day) = (seen.words.person(&taken.person), seen.words.day(taken.on));
    Some(seen.words.say("path-returned", &[("outcome", &outcome), ("person", &person), ("day", &day)]))
}

/// What a step waits for, in one line.
pub fn waits_for(seen: &Seen<'_>, refusals: &[Refusal]) -> Option<String> {
    let on = Some(seen.view.matter.id);
    let mut missing: Vec<String> = vec![];
    for one in refusals.iter().flat_map(|refusal| &refusal.missing) {
        let what = seen.words.missing(one, on).what;
        if !missing.contains(&what) {
            missing.push(what);
        }
    }
    if missing.is_empty() {
        return None;
    }
    let more = missing.len().saturating_sub(MISSING_MAX);
    missing.truncate(MISSING_MAX);
    let line = seen.words.list(&missing);
    Some(match more {
        0 => seen.words.say("path-waits-for", &[("missing", &line)]),
        more => seen.words.say("path-waits-for-more", &[("missing", &line), ("count", &more)]),
    })
}

/// Which of the conditions does not hold.
fn not_needed(seen: &Seen<'_>, step: &Step) -> String {
    let gathered = &seen.view.gathered;
    let scene = rules::scene::Scene::new(gathered.circumstances());
    let Some(progress) = Progress::of(&gathered.edition.rulebook, &scene, &seen.view.matter) else {
        return seen.words.t("path-not-needed");
    };
    let said = step.needed_if.iter().filter(|need| !progress.meets(need)).filter_map(|need| {
        let last = need.field.0.last()?;
        let field = seen.words.field(&seen.view.matter.kind, last);
        let Some(choice) = &need.choice else {
            let key = if need.must_be { "path-not-needed-no" } else { "path-not-needed-yes" };
            return Some(seen.words.say(key, &[("field", &field)]));
        };
        let list = match progress.kind.field(last.as_str()).map(|field| field.kind_of_value.one()) {
            Some(Type::Choice(list)) => list.as_str(),
            _ => "",
        };
        let choice = seen.words.pick(&seen.words.rulebook().terms.choice(list, choice));
        let key = if need.must_be { "path-not-needed-choice" } else { "path-not-needed-this-choice" };
        Some(seen.words.say(key, &[("field", &field), ("choice", &choice)]))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { seen.words.t("path-not-needed") } else { seen.words.list(&said) }
}

/// The person, and the capacity where it says more than the name.
pub fn who_took(who: &str, capacity: &str, seen: &Seen<'_>) -> String {
    let plain = seen.words.say("capacity-post", &[("post", &who)]);
    match capacity.is_empty() || capacity.eq_ignore_ascii_case(&plain) {
        true => who.to_owned(),
        false => seen.words.say("who-in-capacity", &[("who", &who), ("capacity", &capacity)]),
    }
}
