//! What a step does beyond its own matter: opens others, carries their steps, publishes.
//!
//! Invariant: a field is filled only from one of its own type.

use super::{
    Draw, Opens, Place, Publishes, Source, Takes, Type,
    scope::Scope,
    steps::Steps,
    time,
    tree::{Name, Node, Value, get, only_keys},
};
use facts::{FieldId, OutcomeId, StepId};

type Entries = [(Name, Node)];

impl<'s> Steps<'s, '_> {
    /// The entries of `opens`.
    pub fn opens(&mut self, node: &Node) -> Vec<Opens> {
        node.members().iter().filter_map(|member| self.opening(member)).collect()
    }

    fn opening(&mut self, node: &Node) -> Option<Opens> {
        let table = node.table(self.report)?;
        only_keys(table, &["kind", "each", "if", "with"], "an entry of opens", self.report);
        let each = match get(table, "each") {
            Some(node) => Some(self.matters(node, true)?),
            None => None,
        };
        let each_scope = each.as_ref().map(|(_, scope)| *scope);
        let only_if = get(table, "if").map(|node| self.only_if(node, each_scope.unwrap_or(self.scope)));
        let (name, at) = self.named(node, table, "kind", "an entry of opens")?;
        let names = self.scope.names;
        let Some(kind) = names.kind(name) else {
            let kinds = names.kinds.iter().map(|kind| kind.id.as_str());
            self.report.unknown(at, format!("no kind \"{name}\""), name, kinds);
            return None;
        };
        let opened = Scope { names, kind };
        let with = get(table, "with").map(|node| self.with(node, opened, each_scope));
        Some(Opens {
            kind: kind.id.clone(),
            each: each.map(|(field, _)| field),
            only_if: only_if.unwrap_or_default(),
            with: with.unwrap_or_default(),
        })
    }

    /// The entries of `takes`.
    pub fn takes(&mut self, node: &Node) -> Vec<Takes> {
        node.members().iter().filter_map(|member| self.taking(member)).collect()
    }

    fn taking(&mut self, node: &Node) -> Option<Takes> {
        let owner = "an entry of takes";
        let table = node.table(self.report)?;
        only_keys(table, &["step", "on", "with", "outcome", "if"], owner, self.report);
        self.named(node, table, "on", owner)?;
        let (on, scope) = self.matters(get(table, "on")?, false)?;
        let (name, at) = self.named(node, table, "step", owner)?;
        let step = scope.step(name, at, self.report)?;
        let outcome = self.outcome_taken(node, table, scope, name);
        let only_if = get(table, "if").map(|node| self.only_if(node, scope));
        let with = get(table, "with").map(|node| self.with(node, scope, Some(scope)));
        let (with, only_if) = (with.unwrap_or_default(), only_if.unwrap_or_default());
        Some(Takes { step, on, with, outcome, only_if })
    }

    /// The outcome with which a step is carried; needed where the step has outcomes.
    fn outcome_taken(&mut self, node: &Node, table: &Entries, scope: Scope, step: &str) -> Option<OutcomeId> {
        let outcomes = &scope.kind.step(step)?.outcomes;
        let owner = format!("{}.{step}", scope.kind.id);
        let Some(said) = get(table, "outcome") else {
            if !outcomes.is_empty() {
                let message = format!("{owner} has outcomes; say with which it is taken: {}", outcomes.join(", "));
                self.report.error(&node.place, message);
            }
            return None;
        };
        let name = said.text(self.report)?;
        self.outcome_of(&owner, outcomes, name, &said.place)
    }

    fn outcome_of(&mut self, owner: &str, known: &[String], name: &str, at: &Place) -> Option<OutcomeId> {
        if known.iter().any(|outcome| outcome == name) {
            return Some(OutcomeId::new(name));
        }
        let message = format!("no outcome \"{name}\" of {owner}");
        self.report.unknown(at, message, name, known.iter().map(String::as_str));
        None
    }

    /// The field of matters under a key, and the scope of their kind.
    fn matters(&mut self, node: &Node, several: bool) -> Option<(FieldId, Scope<'s>)> {
        let name = node.text(self.report)?;
        let field = self.scope.field(name, &node.place, self.report)?;
        let scope = self.scope.of_matters(field, self.report, &node.place)?;
        if several && !matches!(field.kind_of_value, Some(Type::Set(_))) {
            let kind = &self.scope.kind.id;
            self.report.error(&node.place, format!("\"{name}\" of {kind} is one matter; each takes a set"));
            return None;
        }
        Some((field.id.clone(), scope))
    }

    /// The outcomes that steps of a kind must have had.
    fn only_if(&mut self, node: &Node, scope: Scope) -> Vec<(StepId, Vec<OutcomeId>)> {
        let mut all = vec![];
        for (name, node) in node.table(self.report).unwrap_or_default() {
            let Some(step) = scope.step(&name.text, &name.place, self.report) else { continue };
            let known = scope.kind.step(&name.text).map_or(&[] as &[String], |step| &step.outcomes);
            let owner = format!("{}.{}", scope.kind.id, name.text);
            let mut outcomes = vec![];
            for member in node.members() {
                let Some(outcome) = member.text(self.report) else { continue };
                if outcome.is_empty() {
                    outcomes.push(OutcomeId::new(outcome));
                    continue;
                }
                outcomes.extend(self.outcome_of(&owner, known, outcome, &member.place));
            }
            all.push((step, outcomes));
        }
        all
    }

    /// Fields and what they are filled from.
    pub fn with(&mut self, node: &Node, into: Scope, each: Option<Scope>) -> Vec<(FieldId, Source)> {
        let mut all = vec![];
        for (name, node) in node.table(self.report).unwrap_or_default() {
            let Some(field) = into.field(&name.text, &name.place, self.report) else { continue };
            let wanted = field.kind_of_value.as_ref();
            let Some((source, found)) = self.filling(node, wanted, each) else { continue };
            let words = written(node);
            let wanted = match (&source, wanted) {
                (Source::Added(_) | Source::Dropped(_), Some(Type::Set(one))) if !matches!(found, Type::Set(_)) => {
                    Some(&**one)
                }
                (Source::Added(_) | Source::Dropped(_), Some(one)) if !matches!(one, Type::Set(_)) => {
                    let message = format!("\"{words}\" takes a set, and \"{}\" of {} is {one}", field.id, into.kind.id);
                    self.report.error(&node.place, message);
                    None
                }
                (_, wanted) => wanted,
            };
            if let Some(wanted) = wanted.filter(|wanted| !fits(&found, wanted)) {
                let kind = &into.kind.id;
                let message = format!("\"{words}\" is of type {found}, and \"{}\" of {kind} is {wanted}", field.id);
                self.report.error(&node.place, message);
            }
            all.push((field.id.clone(), source));
        }
        all
    }

    /// What a field is filled from: for some types more can be said than the name of a field.
    fn filling(&mut self, node: &Node, wanted: Option<&Type>, each: Option<Scope>) -> Option<(Source, Type)> {
        if let (Some(Type::Yes), Value::Yes(yes)) = (wanted, &node.value) {
            return Some((Source::Yes(*yes), Type::Yes));
        }
        if let Value::List(several) = &node.value {
            return self.first_of(node, several, wanted, each);
        }
        let words = node.text(self.report)?;
        let is_path = self.scope.kind.field(words).is_some() || words.starts_with("each");
        match wanted {
            Some(Type::Date) if words == "today" || words.contains(' ') => Some((self.day(node, words)?, Type::Date)),
            Some(Type::Person) if words == "actor" && !is_path => Some((Source::Actor, Type::Person)),
            Some(Type::Choice(list)) if !is_path && self.is_choice(list, words) => {
                Some((Source::Choice(words.to_owned()), Type::Choice(list.clone())))
            }
            _ => self.source(words, each, &node.place),
        }
    }

    /// Several, of which the first that says something counts.
    fn first_of(
        &mut self,
        node: &Node,
        several: &[Node],
        wanted: Option<&Type>,
        each: Option<Scope>,
    ) -> Option<(Source, Type)> {
        let mut found: Vec<(Source, Type)> = vec![];
        for one in several {
            found.push(self.filling(one, wanted, each)?);
        }
        let Some((_, of)) = found.first().cloned() else {
            self.report.error(&node.place, "an empty list fills in nothing");
            return None;
        };
        if let Some((_, other)) = found.iter().find(|(_, other)| !fits(other, &of)) {
            self.report.error(&node.place, format!("one of these is of type {of}, another {other}"));
        }
        Some((Source::First(found.into_iter().map(|(source, _)| source).collect()), of))
    }

    fn is_choice(&self, list: &str, words: &str) -> bool {
        let choices = self.scope.names.settings.choices.get(list);
        choices.is_some_and(|choices| choices.iter().any(|choice| choice == words))
    }

    /// A day counted from the act: `today`, `next 01-31`, `5 days after today`.
    fn day(&mut self, node: &Node, words: &str) -> Option<Source> {
        if let Some(day) = words.strip_prefix("next ") {
            let found = day.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
            let found = found.filter(|(month, day)| jiff::civil::Date::new(2023, *month, *day).is_ok());
            if found.is_none() {
                self.report.error(&node.place, format!("no day of a year: \"{day}\"; it is written 01-31"));
            }
            return found.map(|(month, day)| Source::Next { month, day });
        }
        let words = if words == "today" { "on today" } else { words };
        let said = time::Said { words, ..time::Said::of(node, self.scope.names.settings, self.report)? };
        Some(Source::Day(self.scope.deadline(said, self.report)?))
    }

    /// `{ document_number = "…{year}…{n}…" }`, or one pattern for each choice of a field.
    pub fn draws(&mut self, node: &Node) -> Vec<Draw> {
        let mut draws = vec![];
        for (name, node) in node.table(self.report).unwrap_or_default() {
            let is_text = |found: &Type| *found == Type::Text;
            let Some(field) = self.scope.typed_field(&name.text, "text", is_text, &name.place, self.report) else {
                continue;
            };
            draws.extend(match &node.value {
                Value::Table(table) => self.draw_by(field, node, table),
                _ => self.pattern(node).map(|pattern| Draw { field, by: None, patterns: vec![(None, pattern)] }),
            });
        }
        draws
    }

    fn draw_by(&mut self, field: FieldId, node: &Node, table: &Entries) -> Option<Draw> {
        let (name, at) = self.named(node, table, "by", "a number drawn by a choice")?;
        let by = self.scope.field(name, at, self.report)?;
        let Some(Type::Choice(list)) = by.kind_of_value.as_ref() else {
            self.report.error(at, format!("\"{name}\" is not one of a list, and says no series"));
            return None;
        };
        let choices = self.scope.names.settings.choices.get(list).cloned().unwrap_or_default();
        let mut patterns = vec![];
        for (name, node) in table.iter().filter(|(name, _)| name.text != "by") {
            if !choices.contains(&name.text) {
                let names = choices.iter().map(String::as_str);
                self.report.unknown(&name.place, format!("no choice \"{}\" in {list}", name.text), &name.text, names);
            }
            patterns.extend(self.pattern(node).map(|pattern| (Some(name.text.clone()), pattern)));
        }
        Some(Draw { field, by: Some(by.id.clone()), patterns })
    }

    fn pattern(&mut self, node: &Node) -> Option<String> {
        let pattern = node.text(self.report)?;
        if pattern.matches("{n}").count() != 1 {
            self.report.error(&node.place, "a number's pattern has {n} once, which counts");
        }
        Some(pattern.to_owned())
    }

    fn source(&mut self, words: &str, each: Option<Scope>, at: &Place) -> Option<(Source, Type)> {
        if let Some((change, words)) = words.split_once(' ') {
            let changed: fn(Box<Source>) -> Source = match change {
                "add" => Source::Added,
                "drop" => Source::Dropped,
                _ => {
                    self.report.unknown(at, format!("\"{change}\" changes no set"), change, ["add", "drop"]);
                    return None;
                }
            };
            let (source, found) = self.source(words.trim(), each, at)?;
            return Some((changed(Box::new(source)), found));
        }
        let in_each = words == "each" || words.starts_with("each.");
        match (words, each) {
            ("this", _) => Some((Source::This, Type::Matter(self.scope.kind.id.clone()))),
            ("each", Some(each)) => Some((Source::Each, Type::Matter(each.kind.id.clone()))),
            (_, Some(each)) if in_each => {
                let (path, found) = each.path(words.strip_prefix("each.")?, at, self.report)?;
                Some((Source::EachField(path), found.clone()))
            }
            (_, None) if in_each => {
                self.report.error(at, format!("\"{words}\" needs an each to run over"));
                None
            }
            _ => {
                let (path, found) = self.scope.path(words, at, self.report)?;
                Some((Source::Field(path), found.clone()))
            }
        }
    }

    /// The fields that go to the public page.
    pub fn publishes(&mut self, node: &Node) -> Option<Publishes> {
        let owner = "publishes";
        let table = node.table(self.report)?;
        only_keys(table, &["title", "text", "facts"], owner, self.report);
        let title = self.field_under(node, table, "title", owner, "text", |found| *found == Type::Text);
        let is_text = |found: &Type| matches!(found, Type::Text | Type::Document);
        let text = self.field_under(node, table, "text", owner, "text or document", is_text);
        let facts = get(table, "facts").map(|node| self.fields(node));
        Some(Publishes { title: title?, text: text?, facts: facts.unwrap_or_default() })
    }

    /// The field of a wanted type under a key that must be there.
    pub fn field_under(
        &mut self,
        node: &Node,
        table: &Entries,
        key: &str,
        owner: &str,
        wanted: &str,
        fits: impl Fn(&Type) -> bool,
    ) -> Option<FieldId> {
        let (name, at) = self.named(node, table, key, owner)?;
        self.scope.typed_field(name, wanted, fits, at, self.report)
    }

    /// The text under a key that must be there.
    pub fn named<'t>(
        &mut self,
        node: &Node,
        table: &'t Entries,
        key: &str,
        owner: &str,
    ) -> Option<(&'t str, &'t Place)> {
        let Some(node) = get(table, key) else {
            self.report.error(&node.place, format!("{owner} does not say its \"{key}\""));
            return None;
        };
        Some((node.text(self.report)?, &node.place))
    }
}

/// What a field is filled from, as it is written.
fn written(node: &Node) -> String {
    match &node.value {
        Value::Yes(yes) => yes.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(several) => several.iter().map(written).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

/// Whether a value of one type can stand in a field of another; texts and documents hold the same.
fn fits(found: &Type, wanted: &Type) -> bool {
    let is_text = |of: &Type| matches!(of, Type::Text | Type::Document);
    found == wanted || (is_text(found) && is_text(wanted))
}
