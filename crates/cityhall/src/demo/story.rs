//! A story: acts with their days, and templates of acts that are used again with other particulars.
//!
//! | an act has | which says |
//! |---|---|
//! | `on`, `by`, `take` | the day, the person, and `Kind.step`, or `NAME.step` of a matter opened before |
//! | `as`, `opens` | the name of the matter opened; names of those that follow: `{ T = "Task" }` gives T1, T2 … |
//! | `with`, `outcome`, `each`, `late`, `number` | what is submitted |
//!
//! An act of `[[template.NAME.act]]` is played for each `[[use]]` of the template, whose particulars
//! it names: a text that is `$name` alone becomes the particular whatever it is, `$name?` too, and the
//! key goes where there is none; `${name}` is replaced inside a text; `$list@` is the names of the
//! matters of a list. `over` repeats the act for every item of a list, or of two lists (each pair);
//! an item that is no table is `$item`. `except` names a list of items to pass over, `if` and
//! `if_each` a particular without which the act is left out, `stage` the stage that a use with an
//! earlier `until_stage` never reaches.
//!
//! Invariant: scenes come out in the order of their days, and of their writing within a day.

use super::days::day;
use anyhow::{Context, Result, bail};
use facts::Calendar;
use jiff::civil::Date;
use rules::rulebook::SourceFile;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Table, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    #[serde(default)]
    template: BTreeMap<String, Template>,
    #[serde(default)]
    act: Vec<Table>,
    #[serde(default, rename = "use")]
    uses: Vec<Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    act: Vec<Table>,
}

/// One act of the story, ready to be played.
#[derive(Debug)]
pub struct Scene {
    pub place: String,
    pub on: Date,
    pub by: String,
    /// `Kind.step`, or `NAME.step` of a matter opened before.
    pub take: String,
    /// The name of the matter that the act opens.
    pub named: Option<String>,
    pub with: serde_json::Map<String, serde_json::Value>,
    pub outcome: Option<String>,
    pub each: Option<String>,
    pub late: Option<String>,
    pub number: Option<u32>,
    /// Names for the matters that follow from the act: `{ T = "Task" }` names T1, T2 …
    pub opens: Vec<(String, String)>,
}

/// All scenes of some files that lie before or on `today`.
///
/// # Errors
/// With file and use, when a story is not understood.
pub fn scenes(files: &[&SourceFile], today: Date, calendar: &Calendar) -> Result<Vec<Scene>> {
    let mut scenes = vec![];
    let mut templates: BTreeMap<String, Template> = BTreeMap::new();
    let mut stories = vec![];
    for file in files {
        let story: Story = toml::from_str(&file.text).with_context(|| file.path.clone())?;
        templates.extend(story.template);
        stories.push((&file.path, story.act, story.uses));
    }
    for (path, acts, uses) in stories {
        for (n, act) in acts.iter().enumerate() {
            let place = format!("{path}, act {}", n + 1);
            scenes.push(scene(act, &Table::new(), &place, today, calendar).context(place)?);
        }
        for used in &uses {
            let name = used.get("template").and_then(Value::as_str).unwrap_or_default();
            let place = format!("{path}, use of {name}");
            let template = templates.get(name).with_context(|| format!("{place}: there is no such template"))?;
            for act in &template.act {
                each_scene(act, used, &place, today, calendar, &mut scenes)?;
            }
        }
    }
    scenes.retain(|scene| scene.on <= today);
    scenes.sort_by_key(|scene| scene.on);
    Ok(scenes)
}

fn each_scene(
    act: &Table,
    used: &Table,
    place: &str,
    today: Date,
    calendar: &Calendar,
    scenes: &mut Vec<Scene>,
) -> Result<()> {
    if let (Some(stage), Some(until)) = (number(act, "stage"), number(used, "until_stage"))
        && stage > until
    {
        return Ok(());
    }
    if act.get("if").and_then(Value::as_str).is_some_and(|given| !used.contains_key(given)) {
        return Ok(());
    }
    let lists: Vec<&str> = match act.get("over") {
        Some(Value::Array(lists)) => lists.iter().filter_map(Value::as_str).collect(),
        Some(list) => list.as_str().into_iter().collect(),
        None => vec![],
    };
    let mut rounds = vec![used.clone()];
    for list in lists {
        rounds = rounds.iter().flat_map(|round| over(round, list)).collect();
    }
    for particulars in rounds {
        if act.get("if_each").and_then(Value::as_str).is_some_and(|given| !particulars.contains_key(given)) {
            continue;
        }
        let passed_over = act.get("except").and_then(Value::as_str).and_then(|list| particulars.get(list));
        let passed_over = passed_over.and_then(Value::as_array).zip(particulars.get("item"));
        if passed_over.is_some_and(|(list, item)| list.contains(item)) {
            continue;
        }
        scenes.push(scene(act, &particulars, place, today, calendar).with_context(|| place.to_owned())?);
    }
    Ok(())
}

/// The particulars once for every item of a list among them.
fn over(particulars: &Table, list: &str) -> Vec<Table> {
    let items = particulars.get(list).and_then(Value::as_array).cloned().unwrap_or_default();
    let rounds = items.into_iter().map(|item| {
        let mut round = particulars.clone();
        match item {
            Value::Table(item) => round.extend(item),
            other => drop(round.insert("item".into(), other)),
        }
        round
    });
    rounds.collect()
}

fn number(table: &Table, key: &str) -> Option<i64> {
    table.get(key).and_then(Value::as_integer)
}

fn scene(act: &Table, particulars: &Table, place: &str, today: Date, calendar: &Calendar) -> Result<Scene> {
    let known = [
        "on", "by", "take", "as", "with", "outcome", "each", "late", "number", "opens", "over", "except", "stage",
        "if", "if_each",
    ];
    if let Some(key) = act.keys().find(|key| !known.contains(&key.as_str())) {
        bail!("{key:?} is no key of an act");
    }
    let text = |key: &str| -> Result<Option<String>> {
        let given = act.get(key).filter(|value| !missing(value, particulars));
        match given.map(|value| fill(value, particulars)).transpose()? {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Ok(Some(other.to_string())),
        }
    };
    let needed = |key: &str| text(key)?.with_context(|| format!("an act needs {key:?}"));
    let mut with = serde_json::Map::new();
    let said = act.get("with").and_then(Value::as_table).into_iter().flatten();
    for (field, value) in said.filter(|(_, value)| !missing(value, particulars)) {
        let days = |value: Value| -> Result<serde_json::Value> {
            Ok(match value {
                // A text that begins with `=` is a day.
                Value::String(text) if text.starts_with('=') => day(&text[1..], today, calendar)?.to_string().into(),
                other => serde_json::to_value(other)?,
            })
        };
        with.insert(field.clone(), days(fill(value, particulars)?)?);
    }
    let opens = act.get("opens").and_then(Value::as_table).into_iter().flatten();
    let opens = opens.map(|(name, kind)| {
        let name = fill(&Value::String(name.clone()), particulars)?;
        Ok((name.as_str().unwrap_or_default().to_owned(), kind.as_str().unwrap_or_default().to_owned()))
    });
    let number = text("number")?.map(|number| number.parse()).transpose()?;
    Ok(Scene {
        place: place.to_owned(),
        on: day(&needed("on")?, today, calendar)?,
        by: needed("by")?,
        take: needed("take")?,
        named: text("as")?,
        with,
        outcome: text("outcome")?,
        each: text("each")?,
        late: text("late")?,
        number,
        opens: opens.collect::<Result<_>>()?,
    })
}

/// Whether a value is `$name?` and the particulars have no such name.
fn missing(value: &Value, particulars: &Table) -> bool {
    let name = value.as_str().and_then(|text| text.strip_prefix('$')).and_then(|text| text.strip_suffix('?'));
    name.is_some_and(|name| !particulars.contains_key(name))
}

/// Puts the particulars in, as the head of this file says.
fn fill(value: &Value, particulars: &Table) -> Result<Value> {
    let lookup = |name: &str| particulars.get(name).with_context(|| format!("the use does not say {name:?}"));
    Ok(match value {
        Value::String(text) => {
            if let Some(list) = text.strip_prefix('$').and_then(|name| name.strip_suffix('@')) {
                let items = lookup(list)?.as_array().cloned().unwrap_or_default();
                let names = items.iter().filter_map(|item| item.get("as")).filter_map(Value::as_str);
                return Ok(Value::Array(names.map(|name| Value::String(format!("@{name}"))).collect()));
            }
            if let Some(name) = text.strip_prefix('$').filter(|name| !name.starts_with('{')) {
                return lookup(name.strip_suffix('?').unwrap_or(name)).cloned();
            }
            let mut filled = text.clone();
            while let Some(begin) = filled.find("${") {
                let end = filled[begin..].find('}').context("a ${ is not closed")? + begin;
                let found = lookup(&filled[begin + 2..end])?;
                let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
                filled.replace_range(begin..=end, &found);
            }
            Value::String(filled)
        }
        Value::Array(members) => {
            Value::Array(members.iter().map(|member| fill(member, particulars)).collect::<Result<_>>()?)
        }
        other => other.clone(),
    })
}
