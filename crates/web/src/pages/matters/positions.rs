//! The positions of all who were asked, side by side: who said what and why, and who has not answered.
//!
//! Invariant: disagreement is shown as it was given; nobody's answer stands for another's.

use super::seen::Seen;
use crate::components::table::{Cell, Column, Row, Table};
use crate::components::{ArticleLink, Tone};
use facts::{Event, Taken, Value};
use rules::rulebook::Step;

/// Outcomes that are counted above the table.
pub struct PositionsView {
    pub title: String,
    /// Three agree, one disagrees, two have not answered.
    pub tally: String,
    pub table: Table,
    pub articles: Vec<ArticleLink>,
}

/// The steps that several had to answer, as far as anybody was asked.
pub fn positions(seen: &Seen<'_>) -> Vec<PositionsView> {
    let Some(kind) = seen.kind() else { return vec![] };
    let asked = kind.steps.iter().filter(|step| step.by_each.is_some());
    asked.filter_map(|step| position(seen, step)).collect()
}

fn position(seen: &Seen<'_>, step: &Step) -> Option<PositionsView> {
    let answers: Vec<&Taken> = seen.view.matter.standing(step.id.as_str()).collect();
    let open = seen.prospect(step.id.as_str()).map_or(&[] as &[Value], |prospect| &prospect.open_answers);
    let fallen = fallen(seen, step, open);
    if answers.is_empty() && open.is_empty() && fallen.is_empty() {
        return None;
    }
    let words = seen.words;
    let given = answers.iter().map(|taken| answered(seen, step, taken));
    let waiting = open.iter().map(|member| unanswered(seen, step, member));
    let fell = fallen.into_iter().map(|taken| answered(seen, step, taken).tone(Tone::Void));
    let column = |key: &str| Column::new(words.t(key));
    Some(PositionsView {
        title: seen.step_label(&step.id),
        tally: tally(seen, step, &answers, open.len()),
        table: Table {
            lang: words.lang,
            caption: seen.step_label(&step.id),
            caption_hidden: true,
            columns: vec![
                column("positions-member").sortable(),
                column("positions-outcome").sortable(),
                column("positions-words"),
                column("positions-who"),
            ],
            rows: given.chain(waiting).chain(fell).collect(),
            ..Table::default()
        },
        articles: words.article_links(step.cite("by_each")),
    })
}

/// The answers that fell with a changed text, or with a topic that was put off: they stay in sight, for who said
/// what counts for life. Those that stand beside a member who is asked anew are left out.
fn fallen<'s>(seen: &Seen<'s>, step: &Step, open: &[Value]) -> Vec<&'s Taken> {
    let taken = seen.view.matter.taken.iter().filter(|taken| taken.step == step.id);
    let fell: Vec<&Taken> = taken.filter(|taken| taken.void.is_some() && taken.each.is_some()).collect();
    let beside = |taken: &Taken| {
        let last = fell.iter().rfind(|other| other.each == taken.each);
        taken.each.as_ref().is_some_and(|member| open.contains(member))
            && last.is_some_and(|last| last.seq == taken.seq)
    };
    fell.iter().copied().filter(|taken| !beside(taken)).collect()
}

fn answered(seen: &Seen<'_>, step: &Step, taken: &Taken) -> Row {
    let words = seen.words;
    let event = seen.event(taken.seq);
    let member = taken.each.as_ref().map_or_else(|| words.person(&taken.person), |member| words.one(member));
    let tone = if taken.counts { Tone::Plain } else { Tone::Refused };
    let said_then = outcome(seen, step, taken);
    let said_then = match taken.void {
        Some(_) => words.say("positions-earlier", &[("outcome", &said_then)]),
        None => said_then,
    };
    Row::new(vec![
        Cell::new(member),
        Cell::tag(said_then, tone),
        Cell::new(event.map_or(String::new(), |event| said(seen, event))),
        Cell::new(event.map_or(String::new(), |event| who(seen, event))).note(words.day(taken.on)),
    ])
}

fn outcome(seen: &Seen<'_>, step: &Step, taken: &Taken) -> String {
    let outcome = taken.outcome.as_ref().map(|outcome| seen.words.outcome(&seen.view.matter.kind, &step.id, outcome));
    outcome.unwrap_or_else(|| seen.words.t("positions-answered"))
}

fn who(seen: &Seen<'_>, event: &Event) -> String {
    let said = seen.words.event(event);
    super::path::who_took(&said.who, &said.capacity, seen)
}

/// Everything that was written with the answer.
fn said(seen: &Seen<'_>, event: &Event) -> String {
    let kind = &event.act.kind;
    let lines = event.act.input.iter().filter(|(_, value)| !value.is_empty());
    let lines: Vec<String> = match lines.clone().count() {
        1 => lines.map(|(field, value)| seen.words.value_line(kind, field, value)).collect(),
        _ => lines
            .map(|(field, value)| {
                let (label, value) = (seen.words.field(kind, field), seen.words.value_line(kind, field, value));
                seen.words.say("event-field", &[("field", &label), ("value", &value)])
            })
            .collect(),
    };
    lines.join("\n")
}

/// A member who has not answered as things stand, with the answer given to an earlier text: what was objected
/// to it stays in sight until it is answered anew.
fn unanswered(seen: &Seen<'_>, step: &Step, member: &Value) -> Row {
    let words = seen.words;
    let of_member =
        |taken: &&Taken| taken.step == step.id && taken.void.is_some() && taken.each.as_ref() == Some(member);
    let earlier = seen.view.matter.taken.iter().rfind(of_member);
    let event = earlier.and_then(|taken| seen.event(taken.seq));
    let (said, who) = match (earlier, event) {
        (Some(taken), Some(event)) => {
            let (outcome, day) = (outcome(seen, step, taken), words.day(taken.on));
            let before = words.say("positions-earlier", &[("outcome", &outcome)]);
            let said = [before, said(seen, event)].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
            (Cell::new(said.join("\n")), Cell::new(who(seen, event)).note(day))
        }
        _ => (Cell::default(), Cell::default()),
    };
    Row::new(vec![Cell::new(words.one(member)), Cell::tag(words.t("positions-open"), Tone::Waits), said, who])
        .tone(Tone::Waits)
}

fn tally(seen: &Seen<'_>, step: &Step, answers: &[&Taken], open: usize) -> String {
    let words = seen.words;
    let kind = &seen.view.matter.kind;
    let mut parts: Vec<String> = vec![];
    for outcome in &step.outcomes {
        let count = answers.iter().filter(|taken| taken.outcome.as_ref() == Some(&outcome.id)).count();
        if count > 0 {
            let outcome = words.outcome(kind, &step.id, &outcome.id);
            parts.push(words.say("positions-tally", &[("outcome", &outcome), ("count", &count)]));
        }
    }
    if open > 0 {
        parts.push(words.say("positions-tally-open", &[("count", &open)]));
    }
    words.list(&parts)
}
