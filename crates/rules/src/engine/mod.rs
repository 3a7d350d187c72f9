//! One act decided: from circumstances and a command to acts for the record, or to every reason why not.
//!
//! Pure: the same circumstances and command give the same acts. Knows no rule of the office by name.
//! Invariant: no act without a permit of the rulebook, none against one of its gates.

mod effects;
mod gates;
mod input;
mod instead;
mod newcomers;
mod prospect;
mod repair;
mod take;

pub use effects::Lapse;
pub use input::type_word;
pub use prospect::{Prospect, State, Turn, ahead, deadlines, earliest, nameable, prospects, starts, turns};
pub use take::{decide, kept_back};

use crate::{
    authority::Authority,
    cases::CaseBook,
    rulebook::{Problem, Rulebook, SourceFile, quote},
};
use facts::{Act, CommandId, FieldId, KindId, Matter, MatterId, OutcomeId, PersonId, StepId, Value};
use std::collections::BTreeMap;

/// A checked rulebook with its compiled policies: one edition that can decide.
pub struct Edition {
    pub rulebook: Rulebook,
    pub authority: Authority,
    pub cases: CaseBook,
}

impl Edition {
    /// Reads and compiles a rulebook; `None` where a problem makes it unusable.
    pub fn read(files: &[SourceFile]) -> (Option<Edition>, Vec<Problem>) {
        let (rulebook, mut problems) = Rulebook::read(files);
        let Some(mut rulebook) = rulebook else { return (None, problems) };
        let (authority, mut more) = Authority::compile(&rulebook);
        quote(files, &mut more);
        problems.extend(more);
        let Some(authority) = authority else { return (None, problems) };
        authority.teach(&mut rulebook);
        (Some(Edition { rulebook, authority, cases: CaseBook::of(files) }), problems)
    }

    /// Reads and compiles a rulebook of which it is known, once it is compiled, that its policies were checked
    /// before; any other is read as ever.
    pub fn read_known(files: &[SourceFile], is_known: impl Fn(&Edition) -> bool) -> (Option<Edition>, Vec<Problem>) {
        let (rulebook, problems) = Rulebook::read(files);
        let compiled = rulebook.and_then(|rulebook| Some((Authority::of_checked(&rulebook)?, rulebook)));
        let Some((authority, mut rulebook)) = compiled else { return Edition::read(files) };
        authority.teach(&mut rulebook);
        let edition = Edition { rulebook, authority, cases: CaseBook::of(files) };
        match is_known(&edition) {
            true => (Some(edition), problems),
            false => Edition::read(files),
        }
    }
}

/// What a person wants to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// Sent twice with the same id, it is carried out once.
    pub id: CommandId,
    pub person: PersonId,
    pub target: Target,
    pub step: StepId,
    pub outcome: Option<OutcomeId>,
    /// Whose answer it is, in a step that each of several must take.
    pub each: Option<Value>,
    pub input: BTreeMap<FieldId, Value>,
    /// Why it is late, if it is.
    pub late: Option<String>,
    /// The number the matter has outside, when past business is entered.
    pub number: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Opens a matter of the kind.
    New(KindId),
    Existing(MatterId),
}

/// What the engine decided.
#[derive(Clone, Debug)]
pub struct Decided {
    /// In order; the first is the act itself, the others follow from it.
    pub acts: Vec<Act>,
    /// Every matter that the acts change or open, as they leave it; numbers of opened ones are not yet given.
    pub changed: BTreeMap<MatterId, Matter>,
}
