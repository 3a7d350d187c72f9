//! `cityhall rules explain`: one step as a lawyer reads it, every line with its article and sentence.
//!
//! Invariant: tables and conditions are told in the words of the office; what is written in Cedar is shown as it is
//! asked, too.

mod words;

use facts::{FieldId, RuleId};
use rules::{
    engine::Edition,
    rulebook::{Clock, Each, Kind, Outcome, Path, Rulebook, Source, Step, Still},
};
use std::{
    cell::RefCell,
    collections::BTreeSet,
    fmt::{self, Display, Formatter},
};
use web::{
    components::Lang,
    texts::Argument,
    wording::{Conditions, Speaking},
};

/// One thing that is told of a step; shown, it is a line or several, indented by what it is.
pub enum Told {
    /// What the step is, and what the lines below are about.
    Heading(String),
    /// What a key of the step or a written sentence says.
    Said(String),
    /// More of what was said last.
    Detail(String),
    /// The article and the sentence that the lines before carry out; empty where they were told before.
    Citation { rule: RuleId, cited: String },
    /// What was said last, as it is asked of Cedar.
    Policy {
        text: String,
        /// Whether its condition was put into words.
        told: bool,
    },
}

impl Display for Told {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Told::Heading(words) => to.write_str(words),
            Told::Said(words) => write!(to, "  {words}"),
            Told::Detail(words) => write!(to, "      {words}"),
            Told::Policy { text, .. } => write!(to, "        {}", text.trim().replace('\n', "\n        ")),
            Told::Citation { rule, cited } if cited.is_empty() => write!(to, "      [{rule}]"),
            Told::Citation { rule, cited } => write!(to, "      [{rule}] {cited}"),
        }
    }
}

/// Tells a step of a kind, or who reads its matters where there is no step.
pub fn explain(edition: &Edition, kind: &Kind, step: Option<&Step>, name: &str, lang: Lang) -> Vec<Told> {
    let told = RefCell::default();
    let mut telling = Telling { rulebook: &edition.rulebook, kind, lang, quoted: BTreeSet::new(), told };
    let terms = &edition.rulebook.terms;
    let (label, of) = (terms.step(kind.id.as_str(), name), terms.kind(kind.id.as_str()));
    let id = format!("{}.{name}", kind.id);
    match step {
        Some(_) => telling.heading(format!("{id}: {} / {}", label.en, label.zh)),
        None => telling.heading(telling.say("tell-readers", &[("step", &id)])),
    }
    telling.heading(telling.say("tell-kind", &[("kind", &format!("{} / {}", of.en, of.zh))]));

    telling.section("tell-who");
    match step {
        Some(step) => telling.who_of_step(step),
        None => {
            telling.told(&telling.whos(&kind.read), Some(&kind.rule));
            telling.told(&telling.t("tell-and-takers"), None);
        }
    }
    telling.policies(edition, name, true);
    if let Some(step) = step {
        telling.section("tell-gates");
        telling.gates_of_step(step);
        telling.policies(edition, name, false);
        telling.section("tell-when");
        telling.when(step);
        telling.section("tell-given");
        telling.given(step);
        telling.section("tell-effects");
        telling.effects(step);
        telling.filled(edition, step);
    }
    telling.told.into_inner()
}

struct Telling<'r> {
    rulebook: &'r Rulebook,
    kind: &'r Kind,
    lang: Lang,
    /// Rules whose sentence has been told: by its words.
    quoted: BTreeSet<String>,
    told: RefCell<Vec<Told>>,
}

/// Lines and citations.
impl Speaking for Telling<'_> {
    fn lang(&self) -> Lang {
        self.lang
    }
}

impl Telling<'_> {
    fn push(&self, told: Told) {
        self.told.borrow_mut().push(told);
    }

    fn heading(&self, words: impl Into<String>) {
        self.push(Told::Heading(words.into()));
    }

    fn section(&self, key: &str) {
        self.heading(format!("\n{}", self.t(key)));
    }

    /// Words of a policy, where all of it can be told.
    fn condition(&self, step: Option<&Step>, policy: &rules::authority::PolicyFacts) -> Option<String> {
        let conditions = Conditions { rulebook: self.rulebook, kind: self.kind, step, lang: self.lang };
        match policy.permits {
            true => conditions.policy(&policy.json()?),
            false => conditions.gate(&policy.json()?),
        }
    }

    fn told(&mut self, words: &str, rule: Option<&RuleId>) {
        self.push(Told::Said(words.to_owned()));
        if let Some(rule) = rule {
            self.cite(rule);
        }
    }

    fn key(&mut self, words: &str, step: &Step, key: &str) {
        self.told(words, step.cite(key));
    }

    /// The article and the sentence of a rule; a sentence is told once.
    fn cite(&mut self, rule: &RuleId) {
        let cited = self.rulebook.rule(rule).map_or(String::new(), |found| {
            let is_new = self.quoted.insert(format!("{}/{}", found.article, found.sentence.en));
            let article: &dyn Argument = &found.article;
            if !is_new {
                return self.say("tell-as-above", &[("article", article)]);
            }
            let sentence = self.pick(&found.sentence);
            let told = self.say("tell-sentence", &[("article", article), ("sentence", &sentence)]);
            match found.reconstructed {
                true => format!("{told}\n      {}", self.t("tell-reconstructed")),
                false => told,
            }
        });
        self.push(Told::Citation { rule: rule.clone(), cited });
    }

    /// The written policies, and those of tables that no key of the step says.
    fn policies(&mut self, edition: &Edition, step: &str, permits: bool) {
        let policies = edition.authority.policies(self.kind.id.as_str(), step);
        let own = |rule: &RuleId| {
            let cites = self.kind.step(step).map(|step| &step.cites);
            *rule == self.kind.rule || cites.is_some_and(|cites| cites.values().any(|cited| cited == rule))
        };
        let wanted = policies.iter().filter(|one| one.permits == permits && !(one.from_table && own(&one.rule)));
        for policy in wanted.collect::<Vec<_>>() {
            let condition = self.condition(self.kind.step(step), policy);
            let told = condition.is_some() || (policy.permits && policy.from_table);
            let words = match (policy.permits, policy.from_table, condition) {
                (true, true, _) => self.t("tell-urgent-stand-in"),
                (true, false, Some(who)) => self.say("tell-covers", &[("who", &who)]),
                (true, false, None) => self.t("tell-covers-sentence"),
                (false, _, Some(told)) => told,
                (false, _, None) => self.t("tell-against-sentence"),
            };
            self.told(&words, Some(&policy.rule));
            self.push(Told::Policy { text: policy.text.clone(), told });
        }
    }
}

/// What a step fills in by a written policy.
impl Telling<'_> {
    fn filled(&mut self, edition: &Edition, step: &Step) {
        for (field, policy) in edition.authority.fills(self.kind.id.as_str(), step.id.as_str()) {
            let field = self.path(&Path(vec![field.clone()]));
            let condition = self.condition(Some(step), policy);
            let told = condition.is_some();
            let words = match condition {
                Some(condition) => self.say("tell-fills", &[("field", &field), ("where", &condition)]),
                None => self.say("tell-fills-sentence", &[("field", &field)]),
            };
            self.told(&words, Some(&policy.rule));
            self.push(Told::Policy { text: policy.text.clone(), told });
        }
    }
}

/// The keys of a step.
impl Telling<'_> {
    fn who_of_step(&mut self, step: &Step) {
        if step.carried {
            let carriers = self.rulebook.carriers(&self.kind.id, &step.id);
            let carriers: Vec<String> = carriers.iter().map(|(kind, step)| self.step_of(kind.as_str(), step)).collect();
            let carriers = carriers.join(&self.t("tell-or"));
            self.key(&self.say("tell-carried", &[("steps", &carriers)]), step, "carried");
        }
        if !step.by.is_empty() {
            self.key(&self.whos(&step.by), step, "by");
        }
        if let Some(each) = &step.by_each {
            let each = match each {
                Each::Holders(posts) => {
                    let posts = posts.iter().map(|post| self.post(post.as_str()));
                    let posts = posts.collect::<Vec<_>>().join(&self.t("tell-or"));
                    self.say("tell-each-post", &[("posts", &posts)])
                }
                Each::PersonsIn(path) => self.say("tell-each-person", &[("field", &self.path(path))]),
                Each::BodiesIn(post, path) => {
                    self.say("tell-each-body", &[("post", &self.post(post.as_str())), ("field", &self.path(path))])
                }
            };
            self.key(&each, step, "by_each");
        }
        if !step.recorded_by.is_empty() {
            self.key(&self.say("tell-recorded", &[("who", &self.whos(&step.recorded_by))]), step, "recorded_by");
        }
    }

    fn gates_of_step(&mut self, step: &Step) {
        if !step.needed_if.is_empty() {
            let needs: Vec<String> = step.needed_if.iter().map(|need| self.need(need)).collect();
            let needs = needs.join(&self.t("tell-and"));
            self.key(&self.say("tell-needed", &[("needs", &needs)]), step, "needed_if");
        }
        if !step.after.is_empty() {
            let after: Vec<String> = step.after.iter().map(|after| self.after(after)).collect();
            let after = after.join(&self.t("tell-and"));
            self.key(&self.say("tell-after", &[("steps", &after)]), step, "after");
        }
        if !step.until.is_empty() {
            self.key(&self.say("tell-until", &[("steps", &self.steps(&step.until))]), step, "until");
        }
        if let Some(not_before) = &step.not_before {
            let day = self.day(&not_before.day);
            let told = match &not_before.unless {
                None => self.say("tell-not-before", &[("day", &day)]),
                Some(unless) => self.say("tell-not-before-unless", &[("day", &day), ("step", &self.step(unless))]),
            };
            self.key(&told, step, "not_before");
        }
    }

    fn when(&mut self, step: &Step) {
        if step.start {
            self.key(&self.t("tell-opens-it"), step, "start");
        }
        match &step.due {
            Some(due) => self.key(&self.say("tell-due", &[("day", &self.day(due))]), step, "due"),
            None => self.told(&self.t("tell-no-day"), None),
        }
        for told in self.clock(step) {
            self.key(&told, step, "clock");
        }
        if let Some(silence) = &step.silence {
            let day = self.day(&silence.after);
            let told = match &silence.outcome {
                Some(outcome) => {
                    self.say("tell-silent-counts", &[("day", &day), ("outcome", &self.outcome(step, outcome))])
                }
                None => self.say("tell-silent", &[("day", &day)]),
            };
            self.key(&told, step, "silence");
        }
        if let Some(party) = &step.party {
            let party = self.path(&Path(vec![party.clone()]));
            self.key(&self.say("tell-party", &[("party", &party)]), step, "party");
        }
        if step.repeat {
            self.key(&self.t("tell-repeat"), step, "repeat");
        }
        if step.optional {
            self.key(&self.t("tell-optional"), step, "optional");
        }
    }

    /// What the clock of a step does.
    fn clock(&self, step: &Step) -> Vec<String> {
        let Clock { restarts, stands_still, longer } = &step.clock;
        let mut told = vec![];
        if !restarts.is_empty() {
            told.push(self.say("tell-clock-anew", &[("steps", &self.steps(restarts))]));
        }
        for Still { from, to, until } in stands_still {
            let (from, to) = (self.step(from), self.step(to));
            told.push(match until {
                None => self.say("tell-clock-still", &[("from", &from), ("to", &to)]),
                Some(until) => {
                    let until = self.path(&Path(vec![until.clone()]));
                    self.say("tell-clock-still-until", &[("from", &from), ("to", &to), ("until", &until)])
                }
            });
        }
        for (by, count) in longer {
            let unit = step.due.as_ref().map(|due| self.unit(due.unit, count.now)).unwrap_or_default();
            told.push(
                self.say("tell-clock-longer", &[("count", &count.now), ("unit", &unit), ("step", &self.step(by))]),
            );
        }
        told
    }

    /// What a field of a kind is filled from; `each`: the kind of what something is opened for.
    fn source(&self, of: Option<&Kind>, field: &FieldId, each: Option<&Kind>, source: &Source) -> String {
        match source {
            Source::This => self.t("tell-source-this"),
            Source::Each => self.t("tell-source-each"),
            Source::Field(path) => self.path(path),
            Source::EachField(path) => self.say("tell-source-each-field", &[("field", &self.path_from(each, path))]),
            Source::Added(source) => self.say("tell-source-added", &[("what", &self.source(of, field, each, source))]),
            Source::Dropped(source) => {
                self.say("tell-source-dropped", &[("what", &self.source(of, field, each, source))])
            }
            Source::Day(day) => self.day_itself(day),
            Source::Next { month, day } => self.say("tell-source-next", &[("day", &format!("{month:02}-{day:02}"))]),
            Source::Actor => self.t("tell-source-actor"),
            Source::Yes(yes) => self.t(if *yes { "tell-yes" } else { "tell-no" }),
            Source::Choice(choice) => self.choice(of, field, choice),
            Source::First(sources) => {
                let sources: Vec<String> = sources.iter().map(|source| self.source(of, field, each, source)).collect();
                sources.join(&self.t("tell-source-first"))
            }
        }
    }

    fn sets(&self, sets: &[(FieldId, Source)]) -> Option<String> {
        let fields = self.filled_with(Some(self.kind), None, sets)?;
        Some(self.say("tell-sets", &[("fields", &fields)]))
    }

    /// The fields of a kind, each with what it is filled from; `None` where there are none.
    fn filled_with(&self, of: Option<&Kind>, each: Option<&Kind>, sets: &[(FieldId, Source)]) -> Option<String> {
        let told = sets.iter().map(|(field, source)| {
            let what = self.source(of, field, each, source);
            let field = self.path_from(of, &Path(vec![field.clone()]));
            self.say("tell-set", &[("field", &field), ("what", &what)])
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| told.join(&self.t("list-comma")))
    }

    fn given(&mut self, step: &Step) {
        if step.asks.is_empty() && step.may_ask.is_empty() && step.outcomes.is_empty() && step.binds.is_empty() {
            self.told(&self.t("tell-nothing"), None);
        }
        if !step.asks.is_empty() {
            self.key(&self.say("tell-must", &[("fields", &self.fields(&step.asks))]), step, "asks");
        }
        if !step.may_ask.is_empty() {
            self.key(&self.say("tell-may", &[("fields", &self.fields(&step.may_ask))]), step, "may_ask");
        }
        if !step.outcomes.is_empty() {
            let outcomes: Vec<String> = step.outcomes.iter().map(|outcome| self.outcome(step, &outcome.id)).collect();
            let outcomes = outcomes.join(&self.t("list-comma"));
            self.key(&self.say("tell-outcomes", &[("outcomes", &outcomes)]), step, "outcomes");
            for outcome in &step.outcomes {
                self.told_outcome(step, outcome);
            }
        }
        if !step.binds.is_empty() {
            let words = self.say("tell-binds", &[("fields", &self.fields(&step.binds))]);
            self.key(&words, step, "binds");
        }
    }

    fn told_outcome(&self, step: &Step, outcome: &Outcome) {
        let mut said = vec![];
        if !outcome.asks.is_empty() {
            said.push(self.say("tell-outcome-asks", &[("fields", &self.fields(&outcome.asks))]));
        }
        if !outcome.may_ask.is_empty() {
            said.push(self.say("tell-outcome-may", &[("fields", &self.fields(&outcome.may_ask))]));
        }
        if !outcome.undoes.is_empty() {
            said.push(self.say("tell-undoes", &[("steps", &self.steps(&outcome.undoes))]));
        }
        said.extend(outcome.takes.iter().map(|takes| self.takes(takes)));
        said.extend(outcome.opens.iter().map(|opens| self.opens(opens)));
        said.extend(outcome.publishes.iter().map(|shown| self.publishes(&shown.title, &shown.text, &shown.facts)));
        said.extend(outcome.directory.iter().map(|saying| self.saying(saying)));
        said.extend(self.sets(&outcome.sets));
        if outcome.closes {
            said.push(self.t("tell-closes"));
        }
        if !outcome.counts {
            said.push(self.t("tell-counts-not"));
        }
        if !said.is_empty() {
            let said = said.join(&self.t("list-semicolon"));
            self.push(Told::Detail(format!("{} {said}", self.outcome(step, &outcome.id))));
        }
    }

    fn effects(&mut self, step: &Step) {
        let mut told: Vec<(String, &str)> = vec![];
        told.extend(step.takes.iter().map(|takes| (self.takes(takes), "takes")));
        told.extend(step.opens.iter().map(|opens| (self.opens(opens), "opens")));
        let publishes = step.publishes.as_ref().map(|shown| self.publishes(&shown.title, &shown.text, &shown.facts));
        told.extend(publishes.map(|words| (words, "publishes")));
        told.extend(step.directory.iter().map(|saying| (self.saying(saying), "directory")));
        told.extend(self.sets(&step.sets).map(|words| (words, "sets")));
        for draw in &step.draws {
            let patterns: Vec<&str> = draw.patterns.iter().map(|(_, pattern)| pattern.as_str()).collect();
            let field = self.path(&Path(vec![draw.field.clone()]));
            let series = patterns.join(&self.t("tell-or"));
            told.push((self.say("tell-draws", &[("field", &field), ("series", &series)]), "draws"));
        }
        if !step.undoes.is_empty() {
            told.push((self.say("tell-undoes", &[("steps", &self.steps(&step.undoes))]), "undoes"));
        }
        if step.closes {
            told.push((self.t("tell-closes"), "closes"));
        }
        if told.is_empty() {
            self.told(&self.t("tell-on-record"), None);
        }
        told.iter().for_each(|(words, key)| self.key(words, step, key));
    }
}
