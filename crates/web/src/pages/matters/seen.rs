//! A matter as the reader of a page sees it, with the words to say it in.
//!
//! Invariant: made only from a view that the office's read gate has given out.

use crate::wording::{Words, matter_href, path_segment};
use facts::{Event, Role, StepId, Taken};
use office::MatterView;
use rules::engine::Prospect;
use rules::rulebook::{Kind, Step};

/// One matter before one reader.
#[derive(Clone, Copy)]
pub struct Seen<'v> {
    pub words: &'v Words,
    pub view: &'v MatterView,
}

impl<'v> Seen<'v> {
    /// The page of the matter.
    pub fn href(&self) -> String {
        matter_href(self.view.matter.number.as_str())
    }

    /// The page of one of its steps.
    pub fn step_href(&self, step: &StepId) -> String {
        format!("{}/{}", self.href(), path_segment(step.as_str()))
    }

    /// The kind, if the rulebook in force still has it.
    pub fn kind(&self) -> Option<&'v Kind> {
        self.words.edition.rulebook.kind(self.view.matter.kind.as_str())
    }

    /// A step of the kind.
    pub fn step(&self, step: &StepId) -> Option<&'v Step> {
        self.kind().and_then(|kind| kind.step(step.as_str()))
    }

    /// What lies ahead of one step.
    pub fn prospect(&self, step: &str) -> Option<&'v Prospect> {
        self.view.prospects.iter().find(|prospect| prospect.step.as_str() == step)
    }

    /// The label of a step.
    pub fn step_label(&self, step: &StepId) -> String {
        self.words.step(&self.view.matter.kind, step)
    }

    /// An event of the matter.
    pub fn event(&self, seq: u32) -> Option<&'v Event> {
        self.view.events.iter().find(|event| event.seq == seq)
    }

    /// The last taking of a step, standing or not.
    pub fn last_taken(&self, step: &StepId) -> Option<&'v Taken> {
        self.view.matter.taken.iter().rfind(|taken| taken.step == *step)
    }

    /// Roles with who holds them, in one line.
    pub fn who(&self, roles: &[Role]) -> String {
        self.words.names(&self.words.roles(roles))
    }

    /// What happened to a taking that no longer stands.
    pub fn voided(&self, taken: &Taken) -> String {
        let Some(event) = taken.void.and_then(|seq| self.event(seq)) else { return String::new() };
        let act = &event.act;
        let day = self.words.day(act.on);
        if act.undoes.contains(&taken.step) {
            let step = self.step_label(&act.step);
            let person = self.words.person(&act.person);
            return self.words.say("void-undone", &[("step", &step), ("person", &person), ("day", &day)]);
        }
        let changed: Vec<String> = act
            .input
            .keys()
            .filter(|field| taken.binds.contains_key(*field))
            .map(|field| self.words.field(&act.kind, field))
            .collect();
        self.words.say("void-changed", &[("fields", &self.words.list(&changed)), ("day", &day)])
    }
}
