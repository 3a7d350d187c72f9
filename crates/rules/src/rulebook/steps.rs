//! The steps of a kind: every key of the table parsed and checked.
//!
//! Invariant: a step refers to nothing that does not exist, and each of its keys has a rule.

use super::{
    Clock, Outcome, Place, Step, Type, Who,
    draft::{DraftStep, Rules, Said},
    naming::{self, Named},
    report::Report,
    scope::Scope,
    time,
    tree::{Name, Node, only_keys},
};
use facts::{FieldId, OutcomeId, StepId};
use std::collections::BTreeMap;

const KEYS: [&str; 27] = [
    "start",
    "by",
    "by_each",
    "recorded_by",
    "after",
    "until",
    "not_before",
    "due",
    "clock",
    "silence",
    "party",
    "needed_if",
    "asks",
    "may_ask",
    "outcomes",
    "binds",
    "undoes",
    "repeat",
    "optional",
    "carried",
    "takes",
    "opens",
    "publishes",
    "directory",
    "sets",
    "draws",
    "closes",
];
const OUTCOME_KEYS: [&str; 10] =
    ["asks", "may_ask", "undoes", "takes", "opens", "publishes", "directory", "sets", "closes", "counts"];

/// Reads the keys of one kind's steps.
pub(super) struct Steps<'s, 'f> {
    pub scope: Scope<'s>,
    pub report: &'s mut Report<'f>,
}

impl Steps<'_, '_> {
    /// The step that a draft describes.
    pub fn step(&mut self, draft: &DraftStep, rules: &mut Rules) -> Step {
        let mut step = empty(&draft.name);
        let owner = format!("{}.{}", self.scope.kind.id, draft.name);
        for said in &draft.keys {
            if !KEYS.contains(&said.name.as_str()) {
                self.unknown_key(said, &owner);
                continue;
            }
            let rule = rules.add(said.block, &format!("{owner}.{}", said.name), &said.place);
            step.cites.insert(said.name.clone(), rule);
            self.key(said, &mut step);
        }
        self.check(draft, &step);
        step
    }

    fn unknown_key(&mut self, said: &Said, owner: &str) {
        let mut message = format!("no key \"{}\" in {owner}", said.name);
        if said.name == "counts" {
            message.push_str("; it is said of an outcome");
        }
        self.report.unknown(&said.place, message, &said.name, KEYS.iter().copied());
    }

    fn key(&mut self, said: &Said, step: &mut Step) {
        let (scope, node) = (self.scope, &said.node);
        match said.name.as_str() {
            "start" => step.start = self.yes(node),
            "repeat" => step.repeat = self.yes(node),
            "optional" => step.optional = self.yes(node),
            "carried" => step.carried = self.yes(node),
            "closes" => step.closes = self.yes(node),
            "by" => step.by = self.whos(node),
            "recorded_by" => step.recorded_by = self.whos(node),
            "by_each" => step.by_each = self.word(node, |words, at, report| scope.each(words, at, report)),
            "due" => {
                let said = time::Said::of(node, scope.names.settings, self.report);
                step.due = said.and_then(|said| scope.deadline(said, self.report));
            }
            "not_before" => {
                let said = time::Said::of(node, scope.names.settings, self.report);
                step.not_before = said.and_then(|said| scope.not_before(said, self.report));
            }
            "clock" => step.clock = scope.clock(node, self.report).unwrap_or_default(),
            "silence" => {
                let known = scope.kind.step(step.id.as_str()).map_or(&[] as &[_], |step| &step.outcomes);
                step.silence = scope.silence(node, known, self.report);
            }
            "party" => step.party = self.title(node),
            "draws" => step.draws = self.draws(node),
            "after" => step.after = self.each_word(node, |words, at, report| scope.after(words, at, report)),
            "needed_if" => {
                step.needed_if = self.each_word(node, |words, at, report| scope.need(words, at, report));
            }
            "until" => step.until = self.steps(node),
            "binds" => step.binds = self.fields(node),
            "outcomes" => step.outcomes = self.outcomes(node),
            _ => {
                let mut common = Common::of_step(step);
                self.common(&said.name, node, &mut common);
            }
        }
    }

    /// A key that steps and outcomes share.
    fn common(&mut self, key: &str, node: &Node, into: &mut Common) {
        match key {
            "asks" => *into.asks = self.fields(node),
            "may_ask" => *into.may_ask = self.fields(node),
            "undoes" => *into.undoes = self.steps(node),
            "takes" => *into.takes = self.takes(node),
            "opens" => *into.opens = self.opens(node),
            "publishes" => *into.publishes = self.publishes(node),
            "directory" => *into.directory = self.directory(node),
            "sets" => *into.sets = self.with(node, self.scope, None),
            _ => {}
        }
    }

    fn outcomes(&mut self, node: &Node) -> Vec<Outcome> {
        let Some(table) = node.table(self.report) else { return vec![] };
        if table.is_empty() {
            self.report.error(&node.place, "a table of outcomes has at least one");
        }
        table.iter().filter_map(|(name, node)| self.outcome(name, node)).collect()
    }

    fn outcome(&mut self, name: &Name, node: &Node) -> Option<Outcome> {
        naming::check(Named::Outcome, &name.text, &name.place, self.report);
        let table = node.table(self.report)?;
        only_keys(table, &OUTCOME_KEYS, &format!("the outcome \"{}\"", name.text), self.report);
        let mut outcome = Outcome {
            id: OutcomeId::new(&name.text),
            counts: true,
            asks: vec![],
            may_ask: vec![],
            undoes: vec![],
            takes: vec![],
            opens: vec![],
            publishes: None,
            directory: vec![],
            sets: vec![],
            closes: false,
        };
        let mut counts = None;
        for (key, node) in table {
            match key.text.as_str() {
                "counts" => counts = node.yes(self.report),
                "closes" => outcome.closes = self.yes(node),
                key => self.common(key, node, &mut Common::of_outcome(&mut outcome)),
            }
        }
        outcome.counts = counts.unwrap_or(outcome.undoes.is_empty());
        self.refuse_asked_twice(&name.place, &outcome.asks, &outcome.may_ask);
        Some(outcome)
    }

    /// What no single key can say wrongly.
    fn check(&mut self, draft: &DraftStep, step: &Step) {
        let place = |key: &str| draft.key(key).map_or(&draft.place, |said| &said.place);
        self.refuse_asked_twice(place("may_ask"), &step.asks, &step.may_ask);
        for outcome in &step.outcomes {
            self.refuse_asked_twice(place("outcomes"), &step.asks, &outcome.asks);
        }
        if step.cites.contains_key("by") && step.cites.contains_key("by_each") {
            self.report.error(place("by_each"), "a step is taken by one or by each, not both");
        }
        if step.start && step.cites.contains_key("by_each") {
            self.report.error(place("by_each"), "a step that opens a matter is taken once, not by each");
        }
        if let Some(after) = step.after.iter().find(|after| step.start && after.links.is_empty()) {
            let message = format!("a step that opens a matter cannot come after \"{}\" of the same matter", after.step);
            self.report.error(place("after"), message);
        }
        if step.silence.is_some() && step.by_each.is_none() {
            self.report.error(place("silence"), "silence is that of each of several: it stands beside by_each");
        }
        if step.cites.contains_key("clock") && step.due.is_none() {
            self.report.error(place("clock"), "a clock belongs to a due day, and the step has none");
        }
        if let (Some(wait), Some(due)) = (&step.not_before, &step.due)
            && wait.unless.is_none()
            && wait.day.anchor == due.anchor
            && step.clock == Clock::default()
            && let (Some((opens, _)), Some((_, ends))) = (wait.day.days_after(), due.days_after())
            && opens > ends
        {
            let message = format!(
                "{} may be taken {opens} days after {} at the earliest, and is due before",
                step.id, due.anchor
            );
            self.report.error(place("not_before"), message);
        }
        if step.party.is_some() && step.by.is_empty() {
            self.report.error(place("party"), "somebody enters what a party does: the step says by whom");
        }
        self.refuse_start_by_nobody(place("by"), step);
    }

    /// A step that opens a matter finds nothing in its fields but what is given with it.
    fn refuse_start_by_nobody(&mut self, at: &Place, step: &Step) {
        let first = |who: &Who| match who {
            Who::PersonIn(path) | Who::AtBodyIn(_, path) => path.0.first().cloned(),
            _ => None,
        };
        let given = |field: &FieldId| step.asks.contains(field) || step.may_ask.contains(field);
        let rests_on: Vec<FieldId> = step.by.iter().filter_map(first).collect();
        let Some(field) = rests_on.first() else { return };
        if step.start && rests_on.len() == step.by.len() && !rests_on.iter().any(given) {
            let message = format!(
                "nobody can open a matter by \"{}\": it rests on \"{field}\", which the step does not ask for",
                step.id
            );
            self.report.error(at, message);
        }
    }

    fn refuse_asked_twice(&mut self, at: &Place, asks: &[FieldId], others: &[FieldId]) {
        if let Some(twice) = others.iter().find(|field| asks.contains(field)) {
            self.report.error(at, format!("\"{twice}\" is asked for twice"));
        }
    }
}

/// Words, lists and names.
impl Steps<'_, '_> {
    fn yes(&mut self, node: &Node) -> bool {
        node.yes(self.report).unwrap_or(false)
    }

    pub fn whos(&mut self, node: &Node) -> Vec<Who> {
        let scope = self.scope;
        self.each_word(node, |words, at, report| scope.who(words, at, report))
    }

    pub fn readers(&mut self, node: &Node) -> Vec<Who> {
        let scope = self.scope;
        self.each_word(node, |words, at, report| scope.reader(words, at, report))
    }

    pub fn fields(&mut self, node: &Node) -> Vec<FieldId> {
        let scope = self.scope;
        self.each_word(node, |name, at, report| Some(scope.field(name, at, report)?.id.clone()))
    }

    fn steps(&mut self, node: &Node) -> Vec<StepId> {
        let scope = self.scope;
        self.each_word(node, |name, at, report| scope.step(name, at, report))
    }

    /// A text field of this kind.
    pub fn title(&mut self, node: &Node) -> Option<FieldId> {
        let name = node.text(self.report)?;
        self.scope.typed_field(name, "text", |found| *found == Type::Text, &node.place, self.report)
    }

    fn word<T>(&mut self, node: &Node, read: impl FnOnce(&str, &Place, &mut Report) -> Option<T>) -> Option<T> {
        let words = node.text(self.report)?;
        read(words, &node.place, self.report)
    }

    /// One text or a list of them, each read; one that stands twice is reported.
    fn each_word<T: PartialEq>(
        &mut self,
        node: &Node,
        read: impl Fn(&str, &Place, &mut Report) -> Option<T>,
    ) -> Vec<T> {
        let mut all = vec![];
        for (words, at) in node.texts(self.report) {
            let Some(one) = read(words, at, self.report) else { continue };
            if all.contains(&one) {
                self.report.error(at, format!("\"{words}\" stands twice"));
            } else {
                all.push(one);
            }
        }
        all
    }
}

/// The parts of a step or an outcome that are read alike.
struct Common<'o> {
    asks: &'o mut Vec<FieldId>,
    may_ask: &'o mut Vec<FieldId>,
    undoes: &'o mut Vec<StepId>,
    takes: &'o mut Vec<super::Takes>,
    opens: &'o mut Vec<super::Opens>,
    publishes: &'o mut Option<super::Publishes>,
    directory: &'o mut Vec<super::Saying>,
    sets: &'o mut Vec<(FieldId, super::Source)>,
}

impl<'o> Common<'o> {
    fn of_step(step: &'o mut Step) -> Common<'o> {
        let Step { asks, may_ask, undoes, takes, opens, publishes, directory, sets, .. } = step;
        Common { asks, may_ask, undoes, takes, opens, publishes, directory, sets }
    }

    fn of_outcome(outcome: &'o mut Outcome) -> Common<'o> {
        let Outcome { asks, may_ask, undoes, takes, opens, publishes, directory, sets, .. } = outcome;
        Common { asks, may_ask, undoes, takes, opens, publishes, directory, sets }
    }
}

fn empty(name: &str) -> Step {
    Step {
        id: StepId::new(name),
        start: false,
        by: vec![],
        by_each: None,
        recorded_by: vec![],
        after: vec![],
        until: vec![],
        not_before: None,
        due: None,
        clock: super::Clock::default(),
        silence: None,
        party: None,
        needed_if: vec![],
        asks: vec![],
        may_ask: vec![],
        outcomes: vec![],
        binds: vec![],
        undoes: vec![],
        repeat: false,
        optional: false,
        carried: false,
        takes: vec![],
        opens: vec![],
        publishes: None,
        directory: vec![],
        fills: vec![],
        sets: vec![],
        draws: vec![],
        closes: false,
        cites: BTreeMap::new(),
    }
}
