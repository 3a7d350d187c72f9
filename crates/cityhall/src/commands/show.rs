//! `cityhall show | describe | compare`: a matter, what a step asks for, and the versions of a field, on the
//! command line.

use super::act::{json, problem_out};
use crate::{
    configuration::Configuration,
    output::say,
    person::{Acting, AsWhom},
    sentence::Sentence,
};
use anyhow::{Context, Result};
use clap::Args;
use facts::{KindId, Value};
use std::process::ExitCode;
use web::api::{
    problem::Problem,
    step::{self, FieldView, Named, StepView},
    versions::{self, Versions},
    views::{self, Ahead, Whole},
};
use web::components::Lang;
use web::wording::{EventWords, Words};

#[derive(Args)]
pub struct Show {
    #[command(flatten)]
    configuration: Configuration,
    #[command(flatten)]
    who: AsWhom,
    /// The matter's number
    number: String,
    /// With the whole history
    #[arg(long)]
    history: bool,
}

#[derive(Args)]
pub struct Describe {
    #[command(flatten)]
    configuration: Configuration,
    #[command(flatten)]
    who: AsWhom,
    /// `NUMBER.step` on a matter, or `Kind.step` to open one
    step: String,
}

#[derive(Args)]
pub struct Compare {
    #[command(flatten)]
    configuration: Configuration,
    #[command(flatten)]
    who: AsWhom,
    /// The matter's number
    number: String,
    /// The field, by its id
    field: String,
    /// The event that wrote the earlier version; without it, the version before
    #[arg(long)]
    from: Option<u32>,
    /// The event that wrote the later version; without it, the last one
    #[arg(long)]
    to: Option<u32>,
}

pub async fn show(show: Show, lang: Lang) -> Result<ExitCode> {
    let office = show.configuration.office().await?;
    let Acting { person, mut words } = show.who.sign_in(&office, lang).await?;
    let reader = office.reader(&person).await?;
    let Some(whole) = views::matter(&office, &mut words, &show.number, &reader).await? else {
        problem_out(&Problem::new(&words, "not-there", 404), &words, show.who.json)?;
        return Ok(ExitCode::from(3));
    };
    if show.who.json {
        json(&whole)?;
    } else {
        print(&whole, &words, show.history);
    }
    Ok(ExitCode::SUCCESS)
}

fn print(whole: &Whole, words: &web::wording::Words, history: bool) {
    say(format_args!("{}  {}  {}", whole.number, whole.kind_name, whole.title));
    let kind = KindId::new(&whole.kind);
    // What each of several says stands with their answers.
    let declared = words.rulebook().kind(&whole.kind);
    let is_position = |field: &str| {
        let found = declared.and_then(|kind| Some((kind, kind.field(field)?)));
        found.is_some_and(|(kind, field)| kind.is_position(field))
    };
    let fields = whole.fields.iter().filter(|(field, _)| !is_position(field));
    fields.for_each(|(field, value)| print_field("  ", field, value, &kind, words));
    whole.steps.iter().for_each(|step| print_step(step, &kind, words));
    if history {
        whole.history.iter().for_each(|event| print_event(event, &KindId::new(&whole.kind), words));
    }
}

fn print_step(step: &Ahead, kind: &KindId, words: &web::wording::Words) {
    let mark = match (step.may, step.state.as_str()) {
        (true, _) => "*",
        (false, "done") => "x",
        (false, "not_needed") => "-",
        _ => " ",
    };
    let due = step.due.as_ref().map(|due| match due.sum_line() {
        counted if counted.is_empty() => format!("  {}", due.day),
        counted => format!("  {} ({counted})", due.day),
    });
    let due = due.or(step.no_due_day.as_ref().map(|why| format!("  {why}"))).unwrap_or_default();
    let whose = if step.state == "done" { String::new() } else { format!("  [{}]", words.list(&step.whose)) };
    say(format_args!(" {mark} {} ({}){whose}{due}", step.name, step.step));
    step.stands_still.iter().chain(&step.warnings).for_each(|line| say(format_args!("       {line}")));
    for answer in &step.answers {
        let fallen = [("outcome", &answer.said as &dyn web::texts::Argument)];
        let said = if answer.void { words.say("positions-earlier", &fallen) } else { answer.said.clone() };
        say(format_args!("       {}: {said}  ({}, {})", answer.name, answer.by, answer.on));
        answer.fields.iter().for_each(|(field, value)| print_field("         ", field, value, kind, words));
    }
    for reason in &step.why_not {
        reason.plain(words).iter().for_each(|line| say(format_args!("       {line}")));
    }
}

fn print_event(event: &EventWords, kind: &KindId, words: &Words) {
    say(format_args!("  {}  {}  ({})", event.seq, event.line(words), event.capacity));
    event.late.iter().chain(&event.remark).for_each(|line| say(format_args!("       {line}")));
    event.input.iter().for_each(|(field, value)| print_field("       ", field, value, kind, words));
}

/// A field with its id, and the beginning of what it says.
fn print_field(indent: &str, field: &str, value: &Value, kind: &KindId, words: &Words) {
    let id = field.into();
    let short: String = words.value_line(kind, &id, value).chars().take(160).collect();
    say(format_args!("{indent}{} ({field}): {short}", words.field(kind, &id)));
}

pub async fn describe(describe: Describe, lang: Lang) -> Result<ExitCode> {
    let office = describe.configuration.office().await?;
    let Acting { person, words } = describe.who.sign_in(&office, lang).await?;
    let (first, step) = describe.step.rsplit_once('.').context(Sentence::new("command-step"))?;
    // Numbers have a hyphen, kinds have none.
    let described = match first.contains('-') {
        true => step::on_matter(&office, &words, &person, first, step).await?,
        false => step::opening(&office, &words, &person, first, step).await?,
    };
    match described {
        Ok(view) if describe.who.json => json(&view)?,
        Ok(view) => print_described(&view, &words),
        Err(problem) => {
            problem_out(&problem, &words, describe.who.json)?;
            return Ok(ExitCode::from(3));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print_described(view: &StepView, words: &Words) {
    say(format_args!("{}.{}  {}", view.kind, view.step, view.name));
    print_fields(&view.asks, "command-must", words);
    print_fields(&view.may_ask, "command-can", words);
    for outcome in &view.outcomes {
        say(format_args!("  --outcome {}  {}", outcome.outcome, outcome.name));
        print_fields(&outcome.asks, "command-must", words);
        print_fields(&outcome.may_ask, "command-can", words);
    }
    for member in &view.each {
        say(format_args!("  --each {}  {}", member.value, member.name));
    }
    if view.late {
        say(format_args!("  --late  {}", words.t("command-late")));
    }
}

fn print_fields(fields: &[FieldView], key: &str, words: &Words) {
    for field in fields {
        let said: [(&str, &dyn web::texts::Argument); 3] =
            [("field", &field.field), ("name", &field.name), ("type", &field.type_name)];
        say(format_args!("  {}", words.say(key, &said)));
        let named = field.one_of.iter().flatten();
        named.for_each(|Named { value, name }| say(format_args!("       {value}  {name}")));
    }
}

pub async fn compare(compare: Compare, lang: Lang) -> Result<ExitCode> {
    let office = compare.configuration.office().await?;
    let Acting { person, words } = compare.who.sign_in(&office, lang).await?;
    let seqs = [compare.from, compare.to];
    match versions::of_field(&office, words.clone(), &person, &compare.number, &compare.field, seqs).await? {
        Ok(found) if compare.who.json => json(&found)?,
        Ok(found) => print_versions(&found),
        Err(problem) => {
            problem_out(&problem, &words, compare.who.json)?;
            return Ok(ExitCode::from(3));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print_versions(found: &Versions) {
    say(format_args!("{}  {}", found.number, found.name));
    found.versions.iter().for_each(|one| say(format_args!("  {}  {}  {}  {}", one.seq, one.when, one.who, one.step)));
    let Some(compared) = &found.compared else { return };
    say(format_args!("--- {}", compared.from));
    say(format_args!("+++ {}", compared.to));
    for line in &compared.lines {
        match line.change {
            "same" => say(format_args!("  {}", line.after)),
            _ => {
                let sides = [("-", &line.before), ("+", &line.after)];
                sides
                    .iter()
                    .filter(|(_, text)| !text.is_empty())
                    .for_each(|(mark, text)| say(format_args!("{mark} {text}")));
            }
        }
    }
}
