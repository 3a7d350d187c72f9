//! `cityhall rules diff`: what a change of rules changes, in words, with examples, and which open matters it
//! touches.
//!
//! Invariant: what is told of a step is what `rules explain` tells of it; an example is a case of the old
//! rulebook that came out otherwise under the new one.

use super::{
    explain::{self, Told},
    what_if,
};
use crate::{configuration::Configuration, folder, output::say, person::AsWhom};
use anyhow::Result;
use clap::Args;
use facts::Calendar;
use office::Assumed;
use rules::{
    cases,
    engine::Edition,
    rulebook::{Article, Kind, Part, Rulebook, SourceFile},
};
use similar::{ChangeTag, TextDiff};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};
use web::components::Lang;

#[derive(Args)]
pub struct Diff {
    /// The rulebook as it is
    old: PathBuf,
    /// The rulebook as it would be
    new: PathBuf,
    /// Also say which open matters of the record it touches, as whoever `--as` is may read them
    #[arg(long)]
    data: bool,
    #[command(flatten)]
    configuration: Configuration,
    #[command(flatten)]
    who: AsWhom,
}

pub async fn diff(asked: Diff, lang: Lang) -> Result<ExitCode> {
    let (old, new) = (folder::usable_edition(&asked.old)?, folder::usable_edition(&asked.new)?);
    let mut told = settings(&old.rulebook, &new.rulebook);
    told.extend(articles(&old.rulebook, &new.rulebook));
    told.extend(kinds(&old, &new));
    told.iter().for_each(say);
    let calendar = folder::calendar(&asked.configuration.calendar)?;
    let files = folder::read(&asked.old)?;
    let examples = examples(&old, &new, &calendar, &files);
    if told.is_empty() && examples.is_empty() {
        say("nothing that is carried out differs");
    }
    examples.iter().for_each(say);
    if asked.data {
        matters(&asked, new, lang).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Which open matters would wait otherwise.
async fn matters(asked: &Diff, new: Edition, lang: Lang) -> Result<()> {
    let at = Configuration { rulebook: asked.old.clone(), ..asked.configuration.clone() };
    let office = at.office().await?;
    let mut acting = asked.who.sign_in(&office, lang).await?;
    let assumed = Assumed { edition: Some(Arc::new(new)), ..Assumed::default() };
    let told = what_if::told(&office, &acting.person, &mut acting.words, &assumed).await?;
    say("\nopen matters");
    what_if::print(&told, &acting.words);
    Ok(())
}

/// A heading with what stands under it; nothing where nothing does.
fn under(heading: &str, lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() {
        return vec![];
    }
    std::iter::once(format!("\n{heading}")).chain(lines.into_iter().map(|line| format!("  {line}"))).collect()
}

/// What is in one of two maps only, or holds something else in the other.
fn entries<V: PartialEq>(
    old: &BTreeMap<String, V>,
    new: &BTreeMap<String, V>,
    changed: impl Fn(&str, &V, &V) -> String,
) -> Vec<String> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let told = |name: &String| match (old.get(name), new.get(name)) {
        (Some(is), Some(would)) if is == would => None,
        (Some(is), Some(would)) => Some(changed(name, is, would)),
        (Some(_), None) => Some(format!("- {name}")),
        (None, _) => Some(format!("+ {name}")),
    };
    names.into_iter().filter_map(told).collect()
}

fn settings(old: &Rulebook, new: &Rulebook) -> Vec<String> {
    let arrow = |name: &str, is: &String, would: &String| format!("{name}: {is} → {would}");
    let parameters = |of: &Rulebook| -> BTreeMap<String, String> {
        of.parameters.iter().map(|(name, parameter)| (name.clone(), parameter.value.clone())).collect()
    };
    let lists = |of: &Rulebook| -> BTreeMap<String, String> {
        let mut lists: BTreeMap<String, String> =
            of.choices.iter().map(|(name, choices)| (name.clone(), choices.join(", "))).collect();
        lists.insert("classes of bodies".to_owned(), of.classes.join(", "));
        lists.insert("bound by reference".to_owned(), of.by_reference.join(", "));
        lists
    };
    let posts = |of: &Rulebook| -> BTreeMap<String, String> {
        let includes = |post: &facts::PostId| {
            of.standing.includes.get(post.as_str()).map_or(String::new(), |posts| {
                let posts = posts.iter().map(|post| post.as_str()).collect::<Vec<_>>().join(", ");
                format!(", includes {posts}")
            })
        };
        let mut all: BTreeMap<String, String> = of
            .posts
            .values()
            .map(|post| {
                let one = if post.single { "held by one" } else { "held by several" };
                let at = if post.at_body { " at a body" } else { "" };
                (post.id.to_string(), format!("{one}{at}{}", includes(&post.id)))
            })
            .collect();
        for (group, posts) in &of.groups {
            let posts = posts.iter().map(|post| post.as_str()).collect::<Vec<_>>().join(", ");
            all.insert(format!("group {group}"), posts);
        }
        for (name, regime) in &of.standing.regimes {
            all.insert(format!("standing in by {name}"), format!("{regime:?}"));
        }
        all
    };
    let mut told = under("parameters", entries(&parameters(old), &parameters(new), arrow));
    told.extend(under("lists", entries(&lists(old), &lists(new), arrow)));
    told.extend(under("posts", entries(&posts(old), &posts(new), arrow)));
    told
}

/// The words of an article.
fn words(article: &Article) -> Vec<&str> {
    article
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Paragraph(label) | Part::Note { text: label, .. } => Some(label.en.as_str()),
            Part::Block { .. } => None,
        })
        .collect()
}

fn articles(old: &Rulebook, new: &Rulebook) -> Vec<String> {
    let find = |of: &'_ Rulebook, number: &str| of.articles.iter().position(|article| article.number == number);
    let mut told = vec![];
    for article in &new.articles {
        let name = format!("Article {} {}", article.number, article.title.en);
        let Some(before) = find(old, &article.number).map(|at| &old.articles[at]) else {
            told.push(format!("+ {name}"));
            continue;
        };
        if words(before) == words(article) {
            continue;
        }
        told.push(name);
        told.extend(differing(&words(before), &words(article)));
    }
    let gone = old.articles.iter().filter(|article| find(new, &article.number).is_none());
    told.extend(gone.map(|article| format!("- Article {} {}", article.number, article.title.en)));
    under("articles", told)
}

fn kinds(old: &Edition, new: &Edition) -> Vec<String> {
    let mut told = vec![];
    for kind in &new.rulebook.kinds {
        let heading = format!("{} ({})", new.rulebook.terms.kind(kind.id.as_str()).en, kind.id);
        match old.rulebook.kind(kind.id.as_str()) {
            Some(before) => told.extend(under(&heading, kind_changed(old, before, new, kind))),
            None => told.extend(under(&heading, vec![format!("+ the kind, with {} steps", kind.steps.len())])),
        }
    }
    for kind in old.rulebook.kinds.iter().filter(|kind| new.rulebook.kind(kind.id.as_str()).is_none()) {
        let heading = format!("{} ({})", old.rulebook.terms.kind(kind.id.as_str()).en, kind.id);
        told.extend(under(&heading, vec!["- the kind".to_owned()]));
    }
    told
}

fn kind_changed(old: &Edition, before: &Kind, new: &Edition, after: &Kind) -> Vec<String> {
    let fields = |kind: &Kind| -> BTreeMap<String, String> {
        kind.fields.iter().map(|field| (format!("field {}", field.id), field.kind_of_value.to_string())).collect()
    };
    let arrow = |name: &str, is: &String, would: &String| format!("{name}: {is} → {would}");
    let mut told = entries(&fields(before), &fields(after), arrow);
    if before.number != after.number {
        told.push(format!("numbered {} → {}", before.number, after.number));
    }
    let read = rules::authority::READ;
    let readers = |edition, kind| said(&explain::explain(edition, kind, None, read));
    told.extend(changed(&format!("who may read ({}.{read})", after.id), &readers(old, before), &readers(new, after)));
    let label = |edition: &Edition, kind: &Kind, step: &str| {
        format!("“{}” ({}.{step})", edition.rulebook.terms.step(kind.id.as_str(), step).en, kind.id)
    };
    for step in &after.steps {
        let name = step.id.as_str();
        let Some(was) = before.step(name) else {
            told.push(format!("+ {}", label(new, after, name)));
            continue;
        };
        let is = said(&explain::explain(old, before, Some(was), name));
        let would = said(&explain::explain(new, after, Some(step), name));
        told.extend(changed(&label(new, after, name), &is, &would));
    }
    let gone = before.steps.iter().filter(|step| after.step(step.id.as_str()).is_none());
    told.extend(gone.map(|step| format!("- {}", label(old, before, step.id.as_str()))));
    told
}

/// What is told of a step: each line with the policy under it. A citation is left out, unless the line is a
/// sentence of the article itself.
fn said(told: &[Told]) -> Vec<String> {
    let mut said: Vec<String> = vec![];
    for one in told {
        match (one, said.last_mut()) {
            (Told::Said(words) | Told::Detail(words), _) => said.push(words.clone()),
            (Told::Policy(text), Some(last)) => {
                text.trim().lines().for_each(|line| last.push_str(&format!(" {}", line.trim())));
            }
            (Told::Citation { cited: Some(cited), .. }, Some(last)) if last.ends_with("this sentence") => {
                let sentence = cited.sentence.as_ref().map_or(String::new(), |sentence| format!(": {}", sentence.en));
                last.push_str(&format!(": Article {}{sentence}", cited.article));
            }
            _ => {}
        }
    }
    said
}

fn changed(heading: &str, is: &[String], would: &[String]) -> Vec<String> {
    let lines = differing(is, would);
    if lines.is_empty() { vec![] } else { std::iter::once(heading.to_owned()).chain(lines).collect() }
}

/// The lines of one side only, marked by which.
fn differing<T: AsRef<str>>(is: &[T], would: &[T]) -> Vec<String> {
    let is: Vec<&str> = is.iter().map(AsRef::as_ref).collect();
    let would: Vec<&str> = would.iter().map(AsRef::as_ref).collect();
    let diff = TextDiff::from_slices(&is, &would);
    let marked = diff.iter_all_changes().filter_map(|change| match change.tag() {
        ChangeTag::Equal => None,
        ChangeTag::Delete => Some(format!("  - {}", change.value())),
        ChangeTag::Insert => Some(format!("  + {}", change.value())),
    });
    marked.collect()
}

/// Cases of the old rulebook that come out otherwise under the new one.
fn examples(old: &Edition, new: &Edition, calendar: &Calendar, files: &[SourceFile]) -> Vec<String> {
    let passed: BTreeSet<String> =
        cases::run(old, calendar, files).cases.into_iter().filter(|case| case.passed).map(|case| case.name).collect();
    let under_new = cases::run(new, calendar, files);
    let mut told: Vec<String> = vec![];
    for case in under_new.cases.iter().filter(|case| !case.passed && passed.contains(&case.name)) {
        told.push(format!("“{}”", case.name));
        let why = case.failure.as_deref().unwrap_or_default();
        told.extend(why.lines().map(|line| format!("  {line}")));
    }
    let played: BTreeSet<&str> = under_new.cases.iter().map(|case| case.name.as_str()).collect();
    let unplayed = passed.iter().filter(|name| !played.contains(name.as_str()));
    told.extend(unplayed.map(|name| format!("“{name}” names what the new rules do not have")));
    under("examples: what came out one way under the old rules and comes out otherwise under the new", told)
}
