//! `terms.toml` and `terms/*.toml`: the words for everything that the chapters name.
//!
//! Invariant: what is named has words in both languages, and words are for something that is named.

use super::{
    Place, Terms,
    draft::Draft,
    overlay::is_of_base,
    report::{Report, with_nearest},
    settings::{self, Settings},
    tree::{Name, Node, Value, get, only_keys},
};
use std::collections::BTreeMap;

const SECTIONS: [&str; 12] =
    ["kind", "kinds", "step", "publication", "field", "outcome", "choice", "post", "group", "body", "class", "regime"];

/// The labels of a file, and where each stands.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub terms: Terms,
    places: BTreeMap<String, Place>,
}

/// The labels of every table.
pub(super) fn read(tables: &[Vec<(Name, Node)>], report: &mut Report) -> Labels {
    let mut labels = Labels::default();
    for (section, node) in tables.iter().flatten() {
        if SECTIONS.contains(&section.text.as_str()) {
            labels.read_below(&format!("{}/", section.text), node, report);
        } else {
            let message = format!("no section \"{}\" in {}", section.text, section.place.file);
            report.unknown(&section.place, message, &section.text, SECTIONS);
        }
    }
    labels
}

impl Labels {
    /// Reads `[step] "Leave.ask" = …` and `[step.Leave] ask = …` alike.
    fn read_below(&mut self, prefix: &str, node: &Node, report: &mut Report) {
        for (name, node) in node.table(report).unwrap_or_default() {
            let key = format!("{prefix}{}", name.text);
            let is_label = |table: &[(Name, Node)]| {
                ["en", "zh"]
                    .iter()
                    .any(|language| get(table, language).is_some_and(|node| matches!(node.value, Value::Text(_))))
            };
            match &node.value {
                Value::Table(table) if !is_label(table) && !table.is_empty() => {
                    self.read_below(&format!("{key}."), node, report);
                }
                _ => self.read_label(key, name, node, report),
            }
        }
    }

    fn read_label(&mut self, key: String, name: &Name, node: &Node, report: &mut Report) {
        if let Value::Table(table) = &node.value {
            only_keys(table, &["en", "zh"], &key, report);
        }
        let label = settings::label(node, &key, report);
        if is_of_base(&name.place.file) && self.places.get(&key).is_some_and(|first| !is_of_base(&first.file)) {
            // The words of an overlay go before those of its base.
            return;
        }
        let first = self.places.insert(key.clone(), name.place.clone());
        if let Some(first) = first.filter(|first| is_of_base(&first.file) == is_of_base(&name.place.file)) {
            let at = match first.file == name.place.file {
                true => format!("on line {}", first.line),
                false => format!("at {}:{}", first.file, first.line),
            };
            report.error(&name.place, format!("{key} has words {at} already"));
        }
        self.terms.labels.insert(key, label);
    }
}

/// A thing that needs words.
struct Wanted {
    key: String,
    /// The key of words that several things share.
    shared: Option<String>,
    place: Place,
    /// Whether it can do without.
    optional: bool,
    /// Whether it may as well go by other words: what is published, by those of its kind.
    replaced: bool,
}

/// Reports things without words, and words for nothing.
pub(super) fn check(labels: &Labels, draft: &Draft, settings: &Settings, report: &mut Report) {
    let wanted = wanted(draft, settings);
    let has = |key: &str| labels.terms.labels.contains_key(key);
    let known = |key: &str| wanted.iter().any(|wanted| wanted.key == key || wanted.shared.as_deref() == Some(key));
    let unused: Vec<&str> = labels.terms.labels.keys().map(String::as_str).filter(|key| !known(key)).collect();
    for wanted in &wanted {
        if wanted.replaced || has(&wanted.key) || wanted.shared.as_deref().is_some_and(has) {
            continue;
        }
        let message = with_nearest(
            format!("no words for {} in terms.toml", wanted.key),
            &wanted.key,
            unused.iter().copied().filter(|key| of_one_section(key, &wanted.key)),
        );
        match wanted.optional {
            true => report.warning(&wanted.place, message),
            false => report.error(&wanted.place, message),
        }
    }
    if report.has_errors() {
        // What is mistyped there is the same as what seems to be for nothing here.
        return;
    }
    let of_base = |key: &str| labels.places.get(key).is_some_and(|place| is_of_base(&place.file));
    for key in unused.into_iter().filter(|key| !of_base(key)) {
        let names = wanted.iter().flat_map(|wanted| [Some(wanted.key.as_str()), wanted.shared.as_deref()]);
        let names = names.flatten().filter(|name| of_one_section(name, key));
        let message = with_nearest(format!("words for {key}, which is not there"), key, names);
        report.warning(labels.places.get(key).unwrap_or(&Place::default()), message);
    }
}

fn of_one_section(key: &str, other: &str) -> bool {
    key.split('/').next() == other.split('/').next()
}

fn wanted(draft: &Draft, settings: &Settings) -> Vec<Wanted> {
    let mut all = vec![];
    let mut want = |key: String, shared: Option<String>, place: &Place| {
        let (optional, replaced) = (key.starts_with("kinds/"), key.starts_with("publication/"));
        all.push(Wanted { optional, replaced, key, shared, place: place.clone() });
    };
    for (key, place) in &settings.places {
        if key.starts_with("choice/") || key.starts_with("class/") || key.starts_with("body/") {
            want(key.clone(), None, place);
        }
    }
    for (section, all) in [("post", &draft.posts), ("group", &draft.groups), ("regime", &draft.regimes)] {
        all.iter().for_each(|said| want(format!("{section}/{}", said.name), None, &said.place));
    }
    for regime in &draft.regimes {
        let Value::Table(table) = &regime.node.value else { continue };
        if let Some(Value::Text(post)) = get(table, "known_as").map(|node| &node.value) {
            want(format!("post/{post}"), None, &regime.place);
        }
    }
    for kind in draft.kinds.iter().filter(|kind| kind.is_declared()) {
        let name = &kind.name;
        want(format!("kind/{name}"), None, &kind.place);
        want(format!("kinds/{name}"), None, &kind.place);
        for field in &kind.fields {
            want(format!("field/{name}.{}", field.name), Some(format!("field/{}", field.name)), &field.place);
        }
        for step in &kind.steps {
            want(format!("step/{name}.{}", step.name), Some(format!("step/{}", step.name)), &step.place);
            let outcomes = step.key("outcomes").map(|said| &said.node.value);
            if step.key("publishes").is_some() || outcomes.is_some_and(one_publishes) {
                let key = format!("publication/{name}.{}", step.name);
                want(key, Some(format!("publication/{}", step.name)), &step.place);
            }
            if let Some(Value::Table(outcomes)) = outcomes {
                for (outcome, _) in outcomes {
                    let key = format!("outcome/{name}.{}.{}", step.name, outcome.text);
                    want(key, Some(format!("outcome/{}", outcome.text)), &outcome.place);
                }
            }
        }
    }
    all
}

/// Whether one of these outcomes makes something public.
fn one_publishes(outcomes: &Value) -> bool {
    let Value::Table(outcomes) = outcomes else { return false };
    let publishes = |said: &Node| matches!(&said.value, Value::Table(said) if get(said, "publishes").is_some());
    outcomes.iter().any(|(_, said)| publishes(said))
}
