//! `cityhall what-if`: which open matters would wait otherwise if somebody were away, a post vacant, a day
//! another, the calendar or the rules changed.
//!
//! Invariant: only what the person who asks may read is told; nothing is written.

use super::act::json;
use crate::{
    configuration::Configuration,
    folder,
    output::say,
    person::{Acting, AsWhom, known_person},
    sentence::{Sentence, or_none},
};
use anyhow::{Context, Result, bail};
use clap::Args;
use facts::{BodyId, CommandId, Directory, MatterId, PersonId, PostId, Relation, Tenure, Value};
use jiff::{ToSpan, civil::Date};
use office::{Assumed, Consulted, MatterView, Office, Otherwise, Touched, Waiting, fill::Typed};
use rules::{
    authority::PolicyFacts,
    engine::{Command, Target, decide},
    refusal::{Refusal, Why},
    rulebook::Type,
};
use serde::Serialize;
use std::collections::BTreeSet;
use std::{collections::BTreeMap, path::PathBuf, process::ExitCode, sync::Arc};
use web::{components::Lang, texts::Argument, wording::Words};

#[derive(Args)]
pub struct WhatIf {
    #[command(flatten)]
    configuration: Configuration,
    #[command(flatten)]
    who: AsWhom,
    /// The day to look at; without it today, or the first day on which somebody would be away
    #[arg(long)]
    on: Option<Date>,
    /// `PERSON=FROM..UNTIL`: somebody is away
    #[arg(long, value_name = "PERSON=FROM..UNTIL")]
    away: Vec<String>,
    /// `POST` or `POST@BODY`: nobody holds the post from the day looked at
    #[arg(long, value_name = "POST[@BODY]")]
    vacant: Vec<String>,
    /// `NUMBER.FIELD=VALUE`: a field of a matter holds this; a moved meeting has another day
    #[arg(long = "set", value_name = "NUMBER.FIELD=VALUE")]
    set: Vec<String>,
    /// Folder of another working-day calendar
    #[arg(long, value_name = "FOLDER")]
    other_calendar: Option<PathBuf>,
    /// Folder of another rulebook
    #[arg(long, value_name = "FOLDER")]
    other_rules: Option<PathBuf>,
}

pub async fn what_if(asked: WhatIf, lang: Lang) -> Result<ExitCode> {
    let office = asked.configuration.office().await?;
    let Acting { person, mut words } = asked.who.sign_in(&office, lang).await?;
    let assumed = assumed(&asked, &office, &person, &words).await?;
    let told = told(&office, &person, &mut words, &assumed).await?;
    if asked.who.json {
        json(&told)?;
    } else {
        print(&told, &words);
    }
    Ok(ExitCode::SUCCESS)
}

async fn assumed(asked: &WhatIf, office: &Office, person: &PersonId, words: &Words) -> Result<Assumed> {
    let mut directory = Directory::clone(&*office.directory().await?);
    let absences = asked.away.iter().map(|away| absence(&directory, away)).collect::<Result<Vec<Tenure>>>()?;
    let begins = absences.iter().map(|absence| absence.from).min().unwrap_or_default();
    let on = asked.on.unwrap_or_else(|| begins.max(office.today()));
    directory.tenures.extend(absences);
    for vacant in &asked.vacant {
        vacate(&mut directory, vacant, on)?;
    }
    let mut fields: BTreeMap<MatterId, BTreeMap<facts::FieldId, Value>> = BTreeMap::new();
    for set in &asked.set {
        let (matter, field, value) = field(office, person, words, set).await?;
        fields.entry(matter).or_default().insert(field, value);
    }
    let calendar = asked.other_calendar.as_deref().map(folder::calendar).transpose()?;
    let edition = asked.other_rules.as_deref().map(folder::usable_edition).transpose()?;
    let of_directory = !asked.away.is_empty() || !asked.vacant.is_empty();
    if !of_directory && fields.is_empty() && calendar.is_none() && edition.is_none() {
        bail!(Sentence::new("command-what-if-nothing"));
    }
    Ok(Assumed {
        edition: edition.map(Arc::new),
        calendar: calendar.map(Arc::new),
        directory: of_directory.then(|| Arc::new(directory)),
        fields,
        on: Some(on),
    })
}

/// `vm_city=2026-12-01..2026-12-05`
fn absence(directory: &Directory, typed: &str) -> Result<Tenure> {
    let parts = typed.split_once('=').and_then(|(person, days)| {
        let (from, until) = days.split_once("..")?;
        Some((person, from.parse().ok()?, until.parse().ok()?))
    });
    let (person, from, until) = parts.context(Sentence::new("command-what-if-away").with("typed", typed))?;
    let person = known_person(person, directory.people.iter().map(|known| &known.id))?;
    if until < from {
        bail!(Sentence::new("command-what-if-away-ends").with("typed", typed));
    }
    let relation = Relation::Away { reason: String::new() };
    Ok(Tenure { person, relation, from, until: Some(until), basis: None, ends: false })
}

/// Ends every tenure of a post the day before.
fn vacate(directory: &mut Directory, typed: &str, on: Date) -> Result<()> {
    let (post, body) = typed.split_once('@').map_or((typed, None), |(post, body)| (post, Some(body)));
    let (post, body) = (PostId::new(post), body.map(BodyId::new));
    let is_meant = |tenure: &Tenure| match &tenure.relation {
        Relation::Holds { post: held, body: at } => *held == post && *at == body && !tenure.ends,
        _ => false,
    };
    if !directory.tenures.iter().any(is_meant) {
        let posts = directory.tenures.iter().filter_map(|tenure| match &tenure.relation {
            Relation::Holds { post, body: None } => Some(post.to_string()),
            Relation::Holds { post, body: Some(body) } => Some(format!("{post}@{body}")),
            _ => None,
        });
        let posts: Vec<String> = posts.collect();
        let near = rules::rulebook::nearest(typed, posts.iter().map(String::as_str));
        bail!(Sentence::new("command-what-if-post").with("post", typed).with("near", or_none(near)));
    }
    let last = on.checked_sub(1.day())?;
    directory.tenures.retain(|tenure| !(is_meant(tenure) && tenure.from > last));
    for tenure in directory.tenures.iter_mut().filter(|tenure| is_meant(tenure)) {
        tenure.until = Some(tenure.until.map_or(last, |until| until.min(last)));
    }
    Ok(())
}

/// `EM-16-233.day=2026-12-08`
async fn field(
    office: &Office,
    person: &PersonId,
    words: &Words,
    typed: &str,
) -> Result<(MatterId, facts::FieldId, Value)> {
    let not_so = || Sentence::new("command-what-if-set").with("typed", typed);
    let (place, value) = typed.split_once('=').with_context(not_so)?;
    let (number, field) = place.rsplit_once('.').with_context(not_so)?;
    let Consulted::Matter(view) = office.consult(number, person).await? else {
        bail!(Sentence::new("command-what-if-matter").with("number", number));
    };
    let edition = office.edition();
    let kind = edition.rulebook.kind(view.matter.kind.as_str()).with_context(not_so)?;
    if kind.field(field).is_none() {
        let near = rules::rulebook::nearest(field, kind.fields.iter().map(|field| field.id.as_str()));
        bail!(Sentence::new("command-what-if-field").with("field", field).with("near", or_none(near)));
    }
    let mut given = Typed::default();
    given.push(field, value);
    let filled = office.fill(kind, &given, person).await?;
    let value = filled.input.into_iter().next().with_context(not_so)?;
    let refused = refused(&view, person, &value).map(|refusal| words.in_a_line(&refusal));
    if let Some(why) = refused {
        bail!(Sentence::new("command-what-if-refused").with("typed", typed).with("why", why));
    }
    Ok((view.matter.id, value.0, value.1))
}

/// Why no step could ever write a value into a field: the gates over that field, whoever acts.
fn refused(view: &MatterView, person: &PersonId, (field, value): &(facts::FieldId, Value)) -> Option<Refusal> {
    let gathered = &view.gathered;
    let kind = gathered.edition.rulebook.kind(view.matter.kind.as_str())?;
    let of_field = |refusal: &Refusal| {
        let policies = gathered.edition.authority.policies(refusal.kind.as_str(), refusal.step.as_str());
        let over_field = |policy: &PolicyFacts| {
            refusal.rules.contains(&policy.rule) && policy.reads.iter().any(|read| read[..] == [field.to_string()])
        };
        matches!(refusal.why, Why::Forbidden) && policies.iter().any(over_field)
    };
    let refusal = |step: &rules::rulebook::Step| {
        // Whatever else the step asks for is taken to be said, so that its gates are judged.
        let others = step.asks.iter().filter_map(|asked| {
            let said = match kind.field(asked.as_str())?.kind_of_value {
                Type::Text | Type::Document => Value::Text("…".to_owned()),
                Type::Yes => Value::Yes(false),
                Type::Set(_) => Value::Set(vec![]),
                _ => return None,
            };
            Some((asked.clone(), said))
        });
        let mut input: BTreeMap<facts::FieldId, Value> = others.collect();
        input.insert(field.clone(), value.clone());
        let command = Command {
            id: CommandId::new(uuid::Uuid::nil()),
            person: person.clone(),
            target: Target::Existing(view.matter.id),
            step: step.id.clone(),
            outcome: None,
            each: None,
            input,
            late: None,
            number: None,
        };
        let refused = decide(&gathered.edition, gathered.circumstances(), &command).err()?;
        refused.refusals.into_iter().find(|refusal| of_field(refusal))
    };
    let mut writing = kind.steps.iter().filter(|step| !step.start && step.asks_for(field)).map(refusal).peekable();
    let first = writing.peek()?.clone()?;
    writing.all(|refusal| refusal.is_some()).then_some(first)
}

/// What would be otherwise, in words.
#[derive(Serialize)]
pub struct Told {
    /// The day that was looked at.
    pub on: Date,
    /// Open matters that were looked at, those included that the person may not read.
    pub open: usize,
    /// Matters touched that the person may not read.
    pub hidden: usize,
    pub matters: Vec<ToldMatter>,
}

#[derive(Serialize)]
pub struct ToldMatter {
    pub number: String,
    pub kind: String,
    pub title: String,
    pub changes: Vec<String>,
}

/// What an assumption changes in the open matters that a person may read.
///
/// # Errors
/// Only faults of the record.
pub async fn told(office: &Office, person: &PersonId, words: &mut Words, assumed: &Assumed) -> Result<Told> {
    let (touched, open) = office.foresee(assumed).await?;
    let ids: Vec<MatterId> = touched.iter().map(|touched| touched.matter.id).collect();
    let (_, readable) = office.matters_for(&ids, person).await?;
    words.name_matters(readable.values());
    let mut told = Told { on: assumed.on.unwrap_or_else(|| office.today()), open, hidden: 0, matters: vec![] };
    for touched in touched {
        if !readable.contains_key(&touched.matter.id) {
            told.hidden += 1;
            continue;
        }
        let matter = &touched.matter;
        told.matters.push(ToldMatter {
            number: matter.number.to_string(),
            kind: words.kind(&matter.kind),
            title: words.pick(&office::title(&office.edition(), matter)),
            changes: changes(words, &touched),
        });
    }
    Ok(told)
}

fn changes(words: &Words, touched: &Touched) -> Vec<String> {
    if touched.without_kind {
        return vec![words.t("what-if-no-kind")];
    }
    touched.steps.iter().flat_map(|step| change(words, touched, step)).collect()
}

fn change(words: &Words, touched: &Touched, otherwise: &Otherwise) -> Vec<String> {
    let step = words.step(&touched.matter.kind, &otherwise.step);
    let step = match &otherwise.each {
        Some(each) => words.say("event-for", &[("title", &step), ("member", &words.one(each))]),
        None => step,
    };
    let say = |key: &str, more: &[(&str, &dyn Argument)]| {
        let said: Vec<(&str, &dyn Argument)> =
            std::iter::once(("step", &step as &dyn Argument)).chain(more.iter().copied()).collect();
        words.say(key, &said)
    };
    if let Some((person, refusal)) = &otherwise.barred {
        let (who, why) = (words.person(person), words.why(refusal));
        return vec![say("what-if-barred", &[("who", &who), ("why", &why)])];
    }
    let none = Waiting::default();
    // Of what is not yet anybody's turn on either side only the day is told.
    let ahead = |side: &Option<Waiting>| side.as_ref().is_none_or(|waiting| waiting.ahead);
    let (is, would) = match (&otherwise.as_it_is, &otherwise.as_assumed) {
        (Some(is), assumed) if !is.ahead && ahead(assumed) => {
            return vec![say("what-if-no-longer", &[("who", &who(words, is))])];
        }
        (known, Some(would)) if !would.ahead && ahead(known) => {
            return vec![say("what-if-newly", &[("who", &who(words, would))])];
        }
        (is, would) => (is.as_ref().unwrap_or(&none), would.as_ref().unwrap_or(&none)),
    };
    let day = |day: Option<Date>| day.map_or(words.t("what-if-no-day"), |day| words.day(day));
    let mut changes = vec![];
    if is.due != would.due {
        changes.push(say("what-if-due", &[("before", &day(is.due)), ("after", &day(would.due))]));
    }
    if is.from != would.from {
        changes.push(say("what-if-from", &[("before", &day(is.from)), ("after", &day(would.from))]));
    }
    let several = is.present.len() > 1 && !would.present.is_empty();
    if is.roles == would.roles && several {
        // Of many only those who differ are named.
        let of = |some: &BTreeSet<PersonId>, other: &BTreeSet<PersonId>| people(words, some.difference(other));
        let (gone, come) = (of(&is.present, &would.present), of(&would.present, &is.present));
        changes.extend(gone.map(|who| say("what-if-without", &[("who", &who)])));
        changes.extend(come.map(|who| say("what-if-also", &[("who", &who)])));
    } else if (&is.roles, &is.present) != (&would.roles, &would.present) {
        let (before, after) = (who(words, is), who(words, would));
        changes.push(match would.due.filter(|_| would.ahead && is.ahead) {
            Some(due) => say("what-if-who-then", &[("day", &words.day(due)), ("before", &before), ("after", &after)]),
            None => say("what-if-who", &[("before", &before), ("after", &after)]),
        });
    }
    changes
}

/// Whose it is, and who of them is there.
fn who(words: &Words, waiting: &Waiting) -> String {
    let roles: Vec<String> = waiting.roles.iter().map(|role| words.role(role)).collect();
    let present: Vec<String> = waiting.present.iter().map(|person| words.person(person)).collect();
    let roles = words.names_apart(&roles);
    match present.is_empty() {
        true if roles.is_empty() => words.t("what-if-no-one"),
        true => words.say("what-if-nobody", &[("roles", &roles)]),
        false if present.len() == 1 && present[0] == roles => roles,
        false => words.say("what-if-present", &[("roles", &roles), ("people", &words.names_apart(&present))]),
    }
}

/// Persons by name; `None` where there are none.
fn people<'p>(words: &Words, people: impl Iterator<Item = &'p PersonId>) -> Option<String> {
    let names: Vec<String> = people.map(|person| words.person(person)).collect();
    (!names.is_empty()).then(|| words.names_apart(&names))
}

/// Prints what would be otherwise.
pub fn print(told: &Told, words: &Words) {
    for matter in &told.matters {
        say(format_args!("{}  {}  {}", matter.number, matter.kind, matter.title));
        matter.changes.iter().for_each(|change| say(format_args!("  {change}")));
    }
    let on = words.day(told.on);
    let said: [(&str, &dyn Argument); 3] = [("touched", &told.matters.len()), ("open", &told.open), ("on", &on)];
    say(words.say("what-if-sum", &said));
    if told.hidden > 0 {
        say(words.say("what-if-hidden", &[("count", &told.hidden)]));
    }
}
