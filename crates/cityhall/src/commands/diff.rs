//! `cityhall rules diff`: what a change of rules changes, in words, with examples, and which open matters it
//! touches.
//!
//! Invariant: what is told of a step is what `rules explain` tells of it; an example is an act of a case of the old
//! rulebook that is answered otherwise under the new one, or a day that is another.

use super::{
    explain::{self, Told},
    what_if,
};
use crate::{configuration::Configuration, folder, output::say, person::AsWhom};
use anyhow::Result;
use clap::Args;
use facts::{Calendar, PostId};
use office::Assumed;
use rules::{
    cases::{self, Contrast, Differs},
    engine::Edition,
    refusal::Refused,
    rulebook::{Article, Kind, Part, Rulebook, SourceFile, Step},
};
use similar::{ChangeTag, TextDiff};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};
use web::{
    components::Lang,
    texts::Argument,
    wording::{Speaking, Words},
};

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
    let (old, new) = (Arc::new(old), Arc::new(new));
    let telling = Telling { old: &old, new: &new, lang };
    let mut told = telling.settings();
    told.extend(telling.articles());
    told.extend(telling.kinds());
    told.iter().for_each(say);
    let calendar = Arc::new(folder::calendar(&asked.configuration.calendar)?);
    let examples = telling.examples(&calendar, &folder::read(&asked.old)?)?;
    if told.is_empty() && examples.is_empty() {
        let same = old.rulebook.digest == new.rulebook.digest;
        say(lang.t(if same { "diff-nothing" } else { "diff-nothing-told" }));
    }
    examples.iter().for_each(say);
    if asked.data {
        matters(&asked, new.clone(), lang).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Which open matters would wait otherwise.
async fn matters(asked: &Diff, new: Arc<Edition>, lang: Lang) -> Result<()> {
    let at = Configuration { rulebook: asked.old.clone(), ..asked.configuration.clone() };
    let office = at.office().await?;
    let mut acting = asked.who.sign_in(&office, lang).await?;
    let assumed = Assumed { edition: Some(new), ..Assumed::default() };
    let told = what_if::told(&office, &acting.person, &mut acting.words, &assumed).await?;
    say(format_args!("\n{}", lang.t("diff-open-matters")));
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

/// Two editions, and the language in which they are told apart.
struct Telling<'e> {
    old: &'e Arc<Edition>,
    new: &'e Arc<Edition>,
    lang: Lang,
}

impl Speaking for Telling<'_> {
    fn lang(&self) -> Lang {
        self.lang
    }
}

/// What stands in a rulebook beside its kinds.
impl Telling<'_> {
    fn settings(&self) -> Vec<String> {
        let arrow = |name: &str, is: &String, would: &String| format!("{name}: {is} → {would}");
        let of_both = |key: &str, entry: &dyn Fn(&Rulebook) -> BTreeMap<String, String>| {
            under(&self.t(key), entries(&entry(&self.old.rulebook), &entry(&self.new.rulebook), arrow))
        };
        let parameters = |of: &Rulebook| {
            let named = of.parameters.iter().map(|(name, parameter)| {
                let label = self.pick(&parameter.name);
                let name = if label.is_empty() { name.clone() } else { format!("{label} ({name})") };
                (name, parameter.value.clone())
            });
            named.collect()
        };
        let mut told = of_both("diff-parameters", &parameters);
        told.extend(of_both("diff-lists", &|of| self.lists(of)));
        told.extend(of_both("diff-posts", &|of| self.posts(of)));
        told
    }

    fn lists(&self, of: &Rulebook) -> BTreeMap<String, String> {
        let label = |key: String| self.pick(&of.terms.label(&key));
        let comma = self.t("list-comma");
        let choices = |list: &String, choices: &Vec<String>| {
            let choices = choices.iter().map(|choice| self.pick(&of.terms.choice(list, choice)));
            choices.collect::<Vec<_>>().join(&comma)
        };
        let mut lists: BTreeMap<String, String> =
            of.choices.iter().map(|(name, all)| (name.clone(), choices(name, all))).collect();
        let classes = |classes: &[String]| {
            classes.iter().map(|class| label(format!("class/{class}"))).collect::<Vec<_>>().join(&comma)
        };
        lists.insert(self.t("diff-classes"), classes(&of.classes));
        lists.insert(self.t("diff-by-reference"), classes(&of.by_reference));
        lists
    }

    fn posts(&self, of: &Rulebook) -> BTreeMap<String, String> {
        let post = |id: &str| self.pick(&of.terms.post(id));
        let comma = self.t("list-comma");
        let several = |posts: &mut dyn Iterator<Item = &PostId>| {
            posts.map(|id| post(id.as_str())).collect::<Vec<_>>().join(&comma)
        };
        let how = |declared: &rules::rulebook::Post| {
            let mut how = self.t(if declared.single { "diff-post-one" } else { "diff-post-several" });
            if declared.at_body {
                how = self.say("diff-post-at-body", &[("how", &how)]);
            }
            match of.standing.includes.get(declared.id.as_str()) {
                Some(posts) => self.say("diff-post-includes", &[("how", &how), ("posts", &several(&mut posts.iter()))]),
                None => how,
            }
        };
        let mut all: BTreeMap<String, String> =
            of.posts.values().map(|declared| (post(declared.id.as_str()), how(declared))).collect();
        for (group, posts) in &of.groups {
            let group = self.pick(&of.terms.label(&format!("group/{group}")));
            all.insert(self.say("diff-group", &[("group", &group)]), several(&mut posts.iter()));
        }
        let regime_words = |regime: &facts::directory::Regime| {
            let (of, known_as) = (post(regime.post.as_str()), post(regime.known_as.as_str()));
            let mut words = vec![self.say("diff-regime-of", &[("post", &of), ("known_as", &known_as)])];
            let flags = [
                (regime.full, "diff-regime-full"),
                (regime.exclusive, "diff-regime-exclusive"),
                (regime.present, "diff-regime-present"),
                (regime.until_return, "diff-regime-until-return"),
            ];
            words.extend(flags.iter().filter(|(holds, _)| *holds).map(|(_, key)| self.t(key)));
            if !regime.while_holding.is_empty() {
                let posts = several(&mut regime.while_holding.iter());
                words.push(self.say("diff-regime-while-holding", &[("posts", &posts)]));
            }
            words.join(&comma)
        };
        for (name, regime) in &of.standing.regimes {
            let name = self.pick(&of.terms.label(&format!("regime/{name}")));
            all.insert(self.say("diff-regime", &[("regime", &name)]), regime_words(regime));
        }
        all
    }

    /// The words of an article.
    fn words<'a>(&self, article: &'a Article) -> Vec<&'a str> {
        let words = article.parts.iter().filter_map(|part| match part {
            Part::Paragraph(label) | Part::Note { text: label, .. } => {
                Some(self.lang.choose(&label.en, &label.zh).as_str())
            }
            Part::Block { .. } => None,
        });
        words.collect()
    }

    fn articles(&self) -> Vec<String> {
        let find = |of: &Rulebook, number: &str| of.articles.iter().position(|article| article.number == number);
        let (old, new) = (&self.old.rulebook, &self.new.rulebook);
        let name = |article: &Article| {
            let title = self.pick(&article.title);
            self.say("diff-article", &[("number", &article.number), ("title", &title)])
        };
        let mut told = vec![];
        for article in &new.articles {
            let Some(before) = find(old, &article.number).map(|at| &old.articles[at]) else {
                told.push(format!("+ {}", name(article)));
                continue;
            };
            let lines = differing(&self.words(before), &self.words(article));
            if !lines.is_empty() {
                told.push(name(article));
                told.extend(lines);
            }
        }
        let gone = old.articles.iter().filter(|article| find(new, &article.number).is_none());
        told.extend(gone.map(|article| format!("- {}", name(article))));
        under(&self.t("diff-articles"), told)
    }
}

/// The kinds and their steps.
impl Telling<'_> {
    fn kinds(&self) -> Vec<String> {
        let (old, new) = (&self.old.rulebook, &self.new.rulebook);
        let heading =
            |of: &Rulebook, kind: &Kind| format!("{} ({})", self.pick(&of.terms.kind(kind.id.as_str())), kind.id);
        let mut told = vec![];
        for kind in &new.kinds {
            told.extend(match old.kind(kind.id.as_str()) {
                Some(before) => under(&heading(new, kind), self.kind_changed(before, kind)),
                None => {
                    let count: &dyn Argument = &kind.steps.len();
                    under(&heading(new, kind), vec![self.say("diff-kind-new", &[("count", count)])])
                }
            });
        }
        for kind in old.kinds.iter().filter(|kind| new.kind(kind.id.as_str()).is_none()) {
            told.extend(under(&heading(old, kind), vec![self.t("diff-kind-gone")]));
        }
        told
    }

    fn kind_changed(&self, before: &Kind, after: &Kind) -> Vec<String> {
        let field = |field: &rules::rulebook::Field| {
            let name = self.say("diff-field", &[("field", &field.id.as_str())]);
            (name, field.kind_of_value.to_string())
        };
        let fields = |kind: &Kind| -> BTreeMap<String, String> { kind.fields.iter().map(field).collect() };
        let arrow = |name: &str, is: &String, would: &String| format!("{name}: {is} → {would}");
        let mut told = entries(&fields(before), &fields(after), arrow);
        if before.number != after.number {
            told.push(self.say("diff-numbered", &[("before", &before.number), ("after", &after.number)]));
        }
        let explained = |edition: &Edition, kind: &Kind, step: Option<&Step>, name: &str| {
            said(&explain::explain(edition, kind, step, name, self.lang))
        };
        let read = rules::authority::READ;
        let readers = self.say("diff-readers", &[("id", &format!("{}.{read}", after.id))]);
        told.extend(changed(
            &readers,
            &explained(self.old, before, None, read),
            &explained(self.new, after, None, read),
        ));
        let label = |edition: &Edition, kind: &Kind, step: &str| {
            let name = self.pick(&edition.rulebook.terms.step(kind.id.as_str(), step));
            self.say("tell-step-id", &[("step", &format!("“{name}”")), ("id", &format!("{}.{step}", kind.id))])
        };
        for step in &after.steps {
            let name = step.id.as_str();
            let Some(was) = before.step(name) else {
                told.push(format!("+ {}", label(self.new, after, name)));
                continue;
            };
            let is = explained(self.old, before, Some(was), name);
            told.extend(changed(&label(self.new, after, name), &is, &explained(self.new, after, Some(step), name)));
        }
        let gone = before.steps.iter().filter(|step| after.step(step.id.as_str()).is_none());
        told.extend(gone.map(|step| format!("- {}", label(self.old, before, step.id.as_str()))));
        told
    }
}

/// What is told of a step, without citations; a policy only where it could not be put into words.
fn said(told: &[Told]) -> Vec<String> {
    let mut said: Vec<String> = vec![];
    for one in told {
        match (one, said.last_mut()) {
            (Told::Said(words) | Told::Detail(words), _) => said.push(words.clone()),
            (Told::Policy { text, told: false }, Some(last)) => {
                text.trim().lines().for_each(|line| last.push_str(&format!(" {}", line.trim())));
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

/// Acts and days of the cases that come out otherwise.
impl Telling<'_> {
    fn examples(&self, calendar: &Arc<Calendar>, files: &[SourceFile]) -> Result<Vec<String>> {
        let (contrasts, gone) = cases::contrasts(self.old, self.new, calendar, files)?;
        // What comes out otherwise for the same reasons is told once.
        let mut alike: Vec<(Vec<String>, &Contrast, usize)> = vec![];
        for contrast in &contrasts {
            let told = self.example(contrast, calendar);
            let same = |(known, first, _): &&mut (Vec<String>, &Contrast, usize)| {
                first.kind == contrast.kind && first.step == contrast.step && known[1..] == told[1..] && known.len() > 1
            };
            match alike.iter_mut().find(same) {
                Some((_, _, more)) => *more += 1,
                None => alike.push((told, contrast, 0)),
            }
        }
        let mut told = vec![];
        for (lines, contrast, more) in alike {
            let case: &dyn Argument = &contrast.case;
            told.extend(lines);
            told.push(format!(
                "    {}",
                match more {
                    0 => self.say("diff-example-case-one", &[("case", case)]),
                    more => self.say("diff-example-case", &[("case", case), ("count", &more)]),
                }
            ));
        }
        told.extend(gone.iter().map(|case| self.say("diff-example-gone", &[("case", case)])));
        Ok(under(&self.t("diff-examples"), told))
    }

    /// What comes out otherwise, with the reasons of the refusal.
    fn example(&self, contrast: &Contrast, calendar: &Arc<Calendar>) -> Vec<String> {
        let Contrast { on, person, kind, step, differs, directory, .. } = contrast;
        let edition = if matches!(differs, Differs::Granted(_)) { self.old } else { self.new };
        let words = Words {
            lang: self.lang,
            edition: edition.clone(),
            organisation: Arc::new(directory.as_of(*on, &edition.rulebook.standing)),
            directory: Arc::new(directory.clone()),
            calendar: calendar.clone(),
            today: *on,
            names: BTreeMap::new(),
            prospects: vec![],
        };
        let step = format!("“{}” ({}.{step})", words.step(kind, step), kind);
        let (day, who) = (words.day(*on), words.person(person));
        let of_act = |key: &str| self.say(key, &[("day", &day), ("person", &who), ("step", &step)]);
        let with_reasons = |key: &str, refused: &Refused| {
            let reasons = refused.refusals.iter().map(|refusal| format!("  {}", words.in_a_line(refusal)));
            std::iter::once(of_act(key)).chain(reasons).collect()
        };
        match differs {
            Differs::Refused(refused) => with_reasons("diff-example-refused", refused),
            Differs::Granted(refused) => with_reasons("diff-example-granted", refused),
            Differs::Due { before, after } => {
                let [before, after] = [before, after].map(|day| day.map(|day| words.day(day)));
                let mut places: Vec<(&str, &dyn Argument)> = vec![("day", &day), ("step", &step)];
                places.extend(before.as_ref().map(|before| ("before", before as &dyn Argument)));
                places.extend(after.as_ref().map(|after| ("after", after as &dyn Argument)));
                let key = match (&before, &after) {
                    (Some(_), Some(_)) => "diff-example-due",
                    (Some(_), None) => "diff-example-no-due",
                    _ => "diff-example-new-due",
                };
                vec![self.say(key, &places)]
            }
        }
    }
}
