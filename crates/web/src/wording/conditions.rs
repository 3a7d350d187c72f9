//! A written policy in words: whom it speaks of and under which condition, in the terms of the rulebook.
//!
//! A negation is told of the parts that are negated, so that no sentence begins with "not". Invariant: what cannot
//! be told whole is not told at all, and whoever asks shows the policy itself.

use super::Speaking;
use crate::components::Lang;
use crate::texts::Argument;
use jiff::civil::Date;
use rules::rulebook::{Kind, Rulebook, Step, Type};
use serde_json::Value as Json;

/// What conditions are told of.
#[derive(Clone, Copy)]
pub struct Conditions<'r> {
    pub rulebook: &'r Rulebook,
    pub kind: &'r Kind,
    /// The step that a policy is told of, if it is one; its outcomes are named as it names them.
    pub step: Option<&'r Step>,
    pub lang: Lang,
}

/// How a part holds together with what stands around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    And,
    Or,
}

impl Speaking for Conditions<'_> {
    fn lang(&self) -> Lang {
        self.lang
    }
}

impl Conditions<'_> {
    /// What a policy says, from its form as JSON: `whoever is Mayor, where “Strict” is yes`.
    pub fn policy(&self, policy: &Json) -> Option<String> {
        let who = self.head(policy)?;
        let mut parts: Vec<String> = vec![];
        for condition in policy.get("conditions")?.as_array()? {
            let holds = condition.get("kind")?.as_str()? != "unless";
            parts.push(self.part(condition.get("body")?, holds, Joint::And)?);
        }
        let all = parts.join(&self.t("cond-and"));
        Some(match (who.is_empty(), all.is_empty()) {
            (_, true) => {
                if who.is_empty() {
                    self.t("cond-anybody")
                } else {
                    who
                }
            }
            (true, false) => all,
            (false, false) => self.say("cond-who-where", &[("who", &who), ("where", &all)]),
        })
    }

    /// What a policy that forbids says: where it refuses, or where alone it lets through.
    pub fn gate(&self, policy: &Json) -> Option<String> {
        let who = self.head(policy)?;
        let (mut refused, mut only): (Vec<String>, Vec<String>) = (vec![], vec![]);
        refused.extend(Some(who).filter(|who| !who.is_empty()));
        for condition in policy.get("conditions")?.as_array()? {
            let body = condition.get("body")?;
            match condition.get("kind")?.as_str()? {
                "unless" => only.push(self.part(body, true, Joint::Or)?),
                _ => refused.push(self.part(body, true, Joint::And)?),
            }
        }
        let and = self.t("cond-and");
        let (refused, only) = (refused.join(&and), only.join(&self.t("cond-or")));
        Some(match (refused.is_empty(), only.is_empty()) {
            (true, true) => self.t("tell-refused-always"),
            (false, true) => self.say("tell-refused", &[("where", &refused)]),
            (true, false) => self.say("tell-only", &[("where", &only)]),
            (false, false) => self.say("tell-where-only", &[("where", &refused), ("only", &only)]),
        })
    }

    /// Whom the head of a policy names; empty where it names nobody.
    fn head(&self, policy: &Json) -> Option<String> {
        let principal = policy.get("principal")?;
        match principal.get("op")?.as_str()? {
            "All" => Some(String::new()),
            "in" | "==" => {
                let entity = principal.get("entity")?;
                Some(self.say("cond-actor", &[("who", &self.entity(entity)?)]))
            }
            _ => None,
        }
    }

    /// A condition, or what has to be so for it not to hold.
    fn part(&self, json: &Json, holds: bool, around: Joint) -> Option<String> {
        let sides = |operator: &str| {
            let sides = json.get(operator)?;
            Some((sides.get("left")?, sides.get("right")?))
        };
        for (operator, joint) in [("&&", Joint::And), ("||", Joint::Or)] {
            let Some((left, right)) = sides(operator) else { continue };
            let joint = match (joint, holds) {
                (joint, true) => joint,
                (Joint::And, false) => Joint::Or,
                (Joint::Or, false) => Joint::And,
            };
            let word = self.t(if joint == Joint::And { "cond-and" } else { "cond-or" });
            let told = [self.part(left, holds, joint)?, self.part(right, holds, joint)?];
            let [left, right] = &told;
            let both = if left == right { left.clone() } else { format!("{left}{word}{right}") };
            return Some(if joint == around { both } else { self.say("cond-group", &[("all", &both)]) });
        }
        if let Some(negated) = json.get("!").and_then(|negated| negated.get("arg")) {
            return self.part(negated, !holds, around);
        }
        if let Some(known) = json.get("Value").and_then(Json::as_bool) {
            return Some(self.t(if known == holds { "cond-always" } else { "cond-never" }));
        }
        if let Some(has) = json.get("has") {
            let mut path = attributes(has.get("left")?)?;
            path.push(has.get("attr")?.as_str()?.to_owned());
            return Some(self.yes_or_no("cond-given", holds, &[("what", &self.field(&path)?)]));
        }
        for (operator, same) in [("==", true), ("!=", false)] {
            let Some((left, right)) = sides(operator) else { continue };
            return self.same(left, right, holds == same);
        }
        for (operator, key, days) in [
            ("<", "cond-less", "cond-before"),
            ("<=", "cond-at-most", "cond-until"),
            (">", "cond-more", "cond-after"),
            (">=", "cond-at-least", "cond-from"),
        ] {
            let Some((left, right)) = sides(operator) else { continue };
            let key = if self.is_day(left) || self.is_day(right) { days } else { key };
            return Some(self.yes_or_no(key, holds, &[("left", &self.value(left)?), ("right", &self.value(right)?)]));
        }
        if let Some((left, right)) = sides("in") {
            return self.is_in(left, right, holds);
        }
        if let Some((left, right)) = sides("contains") {
            return self.contains(left, right, holds);
        }
        for (operator, key) in [("containsAny", "cond-any-of"), ("containsAll", "cond-all-of")] {
            let Some((left, right)) = sides(operator) else { continue };
            let right = self.choices_in(left, right).or_else(|| self.value(right))?;
            return Some(self.yes_or_no(key, holds, &[("left", &self.value(left)?), ("right", &right)]));
        }
        if let Some(set) = json.get("isEmpty").and_then(|set| set.get("arg")) {
            return Some(self.yes_or_no("cond-empty", holds, &[("what", &self.value(set)?)]));
        }
        self.yes(&attributes(json)?, holds)
    }

    /// A yes that the matter holds: a field, or how far a step is.
    fn yes(&self, path: &[String], holds: bool) -> Option<String> {
        if let [links @ .., record, step] = path {
            let key = match record.as_str() {
                "done" => Some("cond-done"),
                "ripe" => Some("cond-ripe"),
                _ => None,
            };
            if let Some(key) = key {
                return Some(self.yes_or_no(key, holds, &[("step", &self.step(links, step)?)]));
            }
        }
        let (_, of) = self.along(path)?;
        (*of == Type::Yes)
            .then(|| self.yes_or_no("cond-yes", holds, &[("what", &self.field(path).unwrap_or_default())]))
    }

    fn same(&self, left: &Json, right: &Json, holds: bool) -> Option<String> {
        let (of, word) = match (left.get("Value"), right.get("Value")) {
            (None, Some(word)) => (left, word),
            (Some(word), None) => (right, word),
            _ => return self.both_same(left, right, holds),
        };
        if word.get("__entity").is_some() {
            return self.both_same(left, right, holds);
        }
        if let Some(yes) = word.as_bool() {
            return self.part(of, holds == yes, Joint::And);
        }
        if let Some(word) = word.as_str() {
            return self.is_word(of, word, holds);
        }
        Some(self.yes_or_no("cond-is", holds, &[("left", &self.value(of)?), ("right", &self.literal(word)?)]))
    }

    fn both_same(&self, left: &Json, right: &Json, holds: bool) -> Option<String> {
        let actor = |side: &Json| side.get("Var").and_then(Json::as_str) == Some("principal");
        let other = if actor(left) { Some(right) } else { actor(right).then_some(left) };
        if let Some(other) = other {
            return Some(self.yes_or_no("cond-actor-is", holds, &[("who", &self.value(other)?)]));
        }
        Some(self.yes_or_no("cond-is", holds, &[("left", &self.value(left)?), ("right", &self.value(right)?)]))
    }

    /// That a field holds a choice or nothing, or that a step came to an outcome.
    fn is_word(&self, of: &Json, word: &str, holds: bool) -> Option<String> {
        if is_context(of, "outcome") {
            let outcome = self.outcome_of_any(word)?;
            return Some(self.yes_or_no("cond-comes-to", holds, &[("outcome", &outcome)]));
        }
        let path = attributes(of)?;
        if let [links @ .., record, step] = &path[..]
            && record == "outcome"
        {
            let kind = self.kind_along(links)?;
            let name = self.step(links, step)?;
            if word.is_empty() {
                return Some(self.yes_or_no("cond-came-to-nothing", holds, &[("step", &name)]));
            }
            let outcome = self.quoted(&self.pick(&self.rulebook.terms.outcome(kind.id.as_str(), step, word)));
            return Some(self.yes_or_no("cond-came-to", holds, &[("step", &name), ("outcome", &outcome)]));
        }
        if word.is_empty() {
            return Some(self.yes_or_no("cond-empty", holds, &[("what", &self.field(&path)?)]));
        }
        let right = self.word_of(&path, word)?;
        Some(self.yes_or_no("cond-is", holds, &[("left", &self.field_or_class(&path)?), ("right", &right)]))
    }

    /// What a word means in the field at a path: a choice, or the class of a body.
    fn word_of(&self, path: &[String], word: &str) -> Option<String> {
        match self.along(path) {
            Some((_, Type::Choice(list))) => Some(self.quoted(&self.pick(&self.rulebook.terms.choice(list, word)))),
            _ if path.last().is_some_and(|last| last == "class") => {
                Some(self.quoted(&self.pick(&self.rulebook.terms.label(&format!("class/{word}")))))
            }
            _ => None,
        }
    }

    fn field_or_class(&self, path: &[String]) -> Option<String> {
        match path {
            [body @ .., class] if class == "class" => Some(self.say("cond-class", &[("body", &self.field(body)?)])),
            path => self.field(path),
        }
    }

    /// That somebody holds a post.
    fn is_in(&self, left: &Json, right: &Json, holds: bool) -> Option<String> {
        let post = match right.get("Value").and_then(|value| value.get("__entity")) {
            Some(entity) => self.entity(entity)?,
            None => self.office(right)?,
        };
        match left.get("Var").and_then(Json::as_str) {
            Some("principal") => Some(self.yes_or_no("cond-actor-is", holds, &[("who", &post)])),
            _ => Some(self.yes_or_no("cond-is", holds, &[("left", &self.value(left)?), ("right", &post)])),
        }
    }

    /// `resource.sponsor.head`, `Body::"finance".staff`: a post at a body.
    fn office(&self, json: &Json) -> Option<String> {
        let access = json.get(".")?;
        let post = self.pick(&self.rulebook.terms.post(access.get("attr")?.as_str()?));
        let body = match access.get("left")?.get("Value").and_then(|value| value.get("__entity")) {
            Some(entity) => self.entity(entity)?,
            None => self.field(&attributes(access.get("left")?)?)?,
        };
        Some(self.say("cond-post-of", &[("post", &post), ("body", &body)]))
    }

    fn contains(&self, left: &Json, right: &Json, holds: bool) -> Option<String> {
        if let Some(words) = left.get("Set").and_then(Json::as_array) {
            let words: Option<Vec<&str>> = words.iter().map(|word| word.get("Value")?.as_str()).collect();
            let words = words?;
            if is_context(right, "outcome") {
                let outcomes: Option<Vec<String>> = words.iter().map(|word| self.outcome_of_any(word)).collect();
                return Some(self.yes_or_no("cond-comes-to", holds, &[("outcome", &self.either(&outcomes?))]));
            }
            let path = attributes(right)?;
            if let [links @ .., record, step] = &path[..]
                && record == "outcome"
            {
                let kind = self.kind_along(links)?;
                let outcome =
                    |word: &&str| self.quoted(&self.pick(&self.rulebook.terms.outcome(kind.id.as_str(), step, word)));
                let outcomes = self.either(&words.iter().map(outcome).collect::<Vec<_>>());
                let name = self.step(links, step)?;
                return Some(self.yes_or_no("cond-came-to-one", holds, &[("step", &name), ("outcomes", &outcomes)]));
            }
            let choices: Option<Vec<String>> = words.iter().map(|word| self.word_of(&path, word)).collect();
            let choices = self.either(&choices?);
            return Some(self.yes_or_no(
                "cond-is",
                holds,
                &[("left", &self.field_or_class(&path)?), ("right", &choices)],
            ));
        }
        let path = attributes(left)?;
        if let [links @ .., record, step] = &path[..]
            && record == "taken_by"
        {
            let (who, step) = (self.value(right)?, self.step(links, step)?);
            return Some(self.yes_or_no("cond-taken-by", holds, &[("who", &who), ("step", &step)]));
        }
        let right = self.choice_in(&path, right).or_else(|| self.value(right))?;
        Some(self.yes_or_no("cond-among", holds, &[("left", &self.field(&path)?), ("right", &right)]))
    }

    /// A choice that a set of choices may hold.
    fn choice_in(&self, path: &[String], json: &Json) -> Option<String> {
        let (word, (_, of)) = (json.get("Value")?.as_str()?, self.along(path)?);
        match of.one() {
            Type::Choice(list) => Some(self.quoted(&self.pick(&self.rulebook.terms.choice(list, word)))),
            _ => None,
        }
    }

    /// Choices that a set of choices is held against.
    fn choices_in(&self, left: &Json, right: &Json) -> Option<String> {
        let path = attributes(left)?;
        let words = right.get("Set")?.as_array()?.iter();
        let choices: Option<Vec<String>> = words.map(|word| self.choice_in(&path, word)).collect();
        Some(choices?.join(&self.t("list-comma")))
    }

    /// Something that is compared.
    fn value(&self, json: &Json) -> Option<String> {
        if let Some(value) = json.get("Value") {
            return match value.get("__entity") {
                Some(entity) => self.entity(entity),
                None => self.literal(value),
            };
        }
        if json.get("Var").and_then(Json::as_str) == Some("principal") {
            return Some(self.t("cond-the-actor"));
        }
        if json.get("Var").and_then(Json::as_str) == Some("resource") {
            return Some(self.t("cond-this-matter"));
        }
        if is_context(json, "today") {
            return Some(self.t("cond-today"));
        }
        for (operator, sign) in [("+", "+"), ("-", "−"), ("*", "×")] {
            let Some(sides) = json.get(operator) else { continue };
            let side = |name: &str| {
                let (side, told) = (sides.get(name)?, self.value(sides.get(name)?)?);
                let reckoned = ["+", "-", "*"].iter().any(|operator| side.get(operator).is_some());
                Some(if reckoned { self.say("cond-group", &[("all", &told)]) } else { told })
            };
            return Some(format!("{} {sign} {}", side("left")?, side("right")?));
        }
        if let Some(day) = constant_day(json) {
            return Some(self.lang.day(day));
        }
        if let Some(offset) = json.get("offset").and_then(Json::as_array) {
            let days: i64 =
                offset.get(1)?.get("duration")?.get(0)?.get("Value")?.as_str()?.strip_suffix('d')?.parse().ok()?;
            let key = if days < 0 { "cond-days-before" } else { "cond-days-after" };
            return Some(self.say(key, &[("count", &days.abs()), ("day", &self.value(offset.first()?)?)]));
        }
        if let Some(of_context) =
            json.get(".").filter(|access| is_context(access.get("left").unwrap_or(&Json::Null), "in_office"))
        {
            let post = self.pick(&self.rulebook.terms.post(of_context.get("attr")?.as_str()?));
            return Some(self.say("cond-in-office", &[("post", &post)]));
        }
        if let Some(members) = json.get("Set").and_then(Json::as_array) {
            let members: Option<Vec<String>> = members.iter().map(|member| self.value(member)).collect();
            return Some(members?.join(&self.t("list-comma")));
        }
        let path = attributes(json)?;
        match &path[..] {
            [links @ .., record, step, outcome] if record == "tally" => {
                let kind = self.kind_along(links)?;
                let outcome = self.quoted(&self.pick(&self.rulebook.terms.outcome(kind.id.as_str(), step, outcome)));
                Some(self.say("cond-tally", &[("step", &self.step(links, step)?), ("outcome", &outcome)]))
            }
            [links @ .., record, field, post] if record == "holding" => {
                let field = self.field(&links.iter().chain([field]).cloned().collect::<Vec<_>>())?;
                let post = self.pick(&self.rulebook.terms.post(post));
                Some(self.say("cond-holding", &[("field", &field), ("post", &post)]))
            }
            [links @ .., record, field] if record == "size" => {
                let field = self.field(&links.iter().chain([field]).cloned().collect::<Vec<_>>())?;
                Some(self.say("cond-size", &[("field", &field)]))
            }
            [links @ .., record, step] if record == "taken_by" => {
                Some(self.say("cond-takers", &[("step", &self.step(links, step)?)]))
            }
            path => self.field(path),
        }
    }

    fn literal(&self, value: &Json) -> Option<String> {
        value.as_i64().map(|number| number.to_string())
    }

    /// `Post::"mayor"`, `Body::"finance"`, `Office::"head:finance"`.
    fn entity(&self, entity: &Json) -> Option<String> {
        let id = entity.get("id")?.as_str()?;
        let terms = &self.rulebook.terms;
        match entity.get("type")?.as_str()? {
            "Post" => Some(self.pick(&terms.post(id))),
            "Body" => Some(self.pick(&terms.label(&format!("body/{id}")))),
            "Office" => {
                let (post, body) = match (id.split_once(':'), id.split_once(" of ")) {
                    (Some((post, body)), _) => (post, self.pick(&terms.label(&format!("body/{body}")))),
                    (None, Some((post, class))) => {
                        let class = self.quoted(&self.pick(&terms.label(&format!("class/{class}"))));
                        (post, self.say("cond-body-of-class", &[("class", &class)]))
                    }
                    (None, None) => return None,
                };
                Some(self.say("cond-post-of", &[("post", &self.pick(&terms.post(post))), ("body", &body)]))
            }
            _ => None,
        }
    }

    fn is_day(&self, json: &Json) -> bool {
        is_context(json, "today")
            || json.get("offset").is_some()
            || constant_day(json).is_some()
            || attributes(json).and_then(|path| self.along(&path)).is_some_and(|(_, of)| *of == Type::Date)
    }

    /// The kind and the type of a field at a path.
    fn along(&self, path: &[String]) -> Option<(&Kind, &Type)> {
        let (last, links) = path.split_last()?;
        let links = links.strip_suffix(&["before".to_owned()]).unwrap_or(links);
        let kind = self.kind_along(links)?;
        Some((kind, &kind.field(last)?.kind_of_value))
    }

    fn kind_along(&self, links: &[String]) -> Option<&Kind> {
        links.iter().try_fold(self.kind, |kind, link| self.rulebook.linked(kind, link))
    }

    /// `“Sponsor”`, or `“Sponsor” of “Topic”` through a link; an attribute of a person or body after its field.
    fn field(&self, path: &[String]) -> Option<String> {
        if let [links @ .., record, field] = path
            && record == "before"
        {
            let field = self.field(&links.iter().chain([field]).cloned().collect::<Vec<_>>())?;
            return Some(self.say("cond-held-before", &[("field", &field)]));
        }
        let (mut told, mut kind) = (String::new(), Some(self.kind));
        for name in path {
            let label = match (kind.and_then(|kind| kind.field(name).map(|field| (kind, field))), name.as_str()) {
                (Some((kind, _)), _) => self.quoted(&self.pick(&self.rulebook.terms.field(kind.id.as_str(), name))),
                (None, "body") if !told.is_empty() => self.t("cond-own-body"),
                (None, post) if !told.is_empty() && self.rulebook.posts.contains_key(post) => {
                    self.pick(&self.rulebook.terms.post(post))
                }
                (None, _) => return None,
            };
            told = match told.is_empty() {
                true => label,
                false => self.say("cond-of", &[("what", &label), ("of", &told)]),
            };
            kind = kind.and_then(|kind| self.rulebook.linked(kind, name));
        }
        (!told.is_empty()).then_some(told)
    }

    fn step(&self, links: &[String], step: &str) -> Option<String> {
        let kind = self.kind_along(links)?;
        kind.step(step)?;
        let name = self.quoted(&self.pick(&self.rulebook.terms.step(kind.id.as_str(), step)));
        match links.is_empty() {
            true => Some(name),
            false => Some(self.say("cond-of", &[("what", &name), ("of", &self.field(links)?)])),
        }
    }

    /// An outcome of the step that is being taken. Where it has none of the name, a policy of several steps speaks
    /// of another.
    fn outcome_of_any(&self, outcome: &str) -> Option<String> {
        let mut own = self.step.into_iter().chain(&self.kind.steps);
        let step = own.find(|step| step.outcome(outcome).is_some())?;
        Some(self.quoted(&self.pick(&self.rulebook.terms.outcome(self.kind.id.as_str(), step.id.as_str(), outcome))))
    }

    fn either(&self, words: &[String]) -> String {
        words.join(&self.t("cond-either"))
    }

    fn quoted(&self, words: &str) -> String {
        format!("“{words}”")
    }

    /// A sentence, or the one that says the opposite: its key ends in `-not`.
    fn yes_or_no(&self, key: &str, holds: bool, places: &[(&str, &dyn Argument)]) -> String {
        match holds {
            true => self.say(key, places),
            false => self.say(&format!("{key}-not"), places),
        }
    }
}

/// `datetime("2024-01-01")`.
fn constant_day(json: &Json) -> Option<Date> {
    json.get("datetime")?.get(0)?.get("Value")?.as_str()?.parse().ok()
}

/// Whether an attribute of the context is read.
fn is_context(json: &Json, attribute: &str) -> bool {
    let Some(access) = json.get(".") else { return false };
    access.get("left").and_then(|left| left.get("Var")).and_then(Json::as_str) == Some("context")
        && access.get("attr").and_then(Json::as_str) == Some(attribute)
}

/// The attributes of a chain that begins at the matter.
fn attributes(json: &Json) -> Option<Vec<String>> {
    if json.get("Var").and_then(Json::as_str) == Some("resource") {
        return Some(vec![]);
    }
    let access = json.get(".")?;
    let mut path = attributes(access.get("left")?)?;
    path.push(access.get("attr")?.as_str()?.to_owned());
    Some(path)
}
