//! What would open a gate that refuses: the parts of its condition that stand in the way, and who can change them.
//!
//! Of several ways the nearest is told: a step that is still to come before a finding that would have to be
//! another, a rule that can be kept before an exception. Invariant: nothing is told that nobody can do.

use super::gates::Desk;
use crate::{
    authority::{Access, Asker, Judge, Logic},
    progress::Progress,
    refusal::{Missing, MissingWhat},
    rulebook::{Path, Step, Type},
};
use facts::{FieldId, Value};
use std::cell::Cell;

/// A way to open a gate: what is missing, and how far it is.
#[derive(Clone, Debug, Default)]
struct Way {
    far: u32,
    missing: Vec<Missing>,
}

/// A step that is still to be taken.
const STEP: u32 = 2;
/// Something that was done has to be undone.
const UNDO: u32 = 4;
/// A step that another matter carries, and cannot yet.
const STEP_ELSEWHERE: u32 = 5;
/// A field that the step itself asks for.
const OWN_FIELD: u32 = 3;
/// A field that another step fills in.
const OTHER_FIELD: u32 = 6;
/// A step that nobody has to take.
const OPTIONAL: u32 = 8;
/// Something behind a link that leads nowhere yet.
const LINK: u32 = 10;

pub(super) struct Repair<'d, 's> {
    pub desk: &'d Desk<'s>,
    pub step: &'d Step,
    judge: Judge<'d>,
    /// What is looked at says in which case the rule speaks, and not what satisfies it.
    case: Cell<Case>,
}

/// What may be told of the case in which a rule speaks: to change a fact is no way round a prohibition.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    No,
    /// It has several conditions.
    Joint,
    /// It has one alone.
    Alone,
}

impl<'d, 's> Repair<'d, 's> {
    /// `None` where Cedar cannot be asked.
    pub fn new(desk: &'d Desk<'s>, asker: Asker<'_>, step: &'d Step) -> Option<Self> {
        Some(Repair { desk, step, judge: desk.bench.judge(asker, step.id.as_str())?, case: Cell::new(Case::No) })
    }

    /// What is missing for a condition not to hold; nothing where nobody can bring that about.
    pub fn to_fail(&self, condition: &Logic) -> Vec<Missing> {
        let Logic::All(parts) = condition else { return vec![] };
        let (satisfied, case): (Vec<&Logic>, Vec<&Logic>) =
            parts.iter().partition(|part| matches!(part, Logic::Unless(_)));
        self.case.set(Case::No);
        let by_exception = self.one_of(satisfied, false);
        let in_case = by_exception.as_ref().is_none_or(only_fields).then(|| {
            let leaves: usize = case.iter().map(|part| part.leaves().len()).sum();
            self.case.set(if leaves > 1 { Case::Joint } else { Case::Alone });
            self.one_of(case, false)
        });
        let mut told = by_exception.map_or(vec![], |way| way.missing);
        if let Some(way) = in_case.flatten().filter(|way| told.is_empty() || only_fields(way)) {
            // A rule that can be kept is told before its exception.
            let exceptions = std::mem::replace(&mut told, way.missing);
            let new: Vec<Missing> = exceptions.into_iter().filter(|one| !told.contains(one)).collect();
            told.extend(new);
        }
        told
    }

    /// The nearest way for a condition to hold, or not to.
    fn way(&self, condition: &Logic, wanted: bool) -> Option<Way> {
        match condition {
            Logic::Not(part) | Logic::Unless(part) => self.way(part, !wanted),
            Logic::All(parts) if wanted => self.every(parts, wanted),
            Logic::Any(parts) if !wanted => self.every(parts, wanted),
            Logic::All(parts) | Logic::Any(parts) => self.one_of(parts, wanted),
            Logic::Leaf(leaf) => match self.judge.holds(leaf) {
                Some(holds) if holds == wanted => Some(Way::default()),
                _ if leaf.presence && !wanted && !leaf.reads.iter().any(|read| self.can_be_emptied(read)) => None,
                _ => self.changes(&leaf.reads, wanted),
            },
        }
    }

    /// Whether some step lets a field of the matter be left empty.
    fn can_be_emptied(&self, read: &Access) -> bool {
        let [field] = &read[..] else { return false };
        let may_ask = |step: &Step| {
            let of_outcomes = step.outcomes.iter().flat_map(|outcome| &outcome.may_ask);
            !step.carried && step.may_ask.iter().chain(of_outcomes).any(|asked| asked.as_str() == field)
        };
        self.desk.progress.kind.steps.iter().any(may_ask)
    }

    fn every(&self, parts: &[Logic], wanted: bool) -> Option<Way> {
        let mut joined = Way::default();
        let mut to_fill: Vec<String> = vec![];
        for part in parts {
            // What stands behind a link that is empty cannot be told before it is filled in.
            let behind = |read: &Access| read.len() > 1 && to_fill.contains(&read[0]);
            if part.leaves().iter().any(|leaf| leaf.reads.iter().any(behind)) {
                continue;
            }
            let way = self.way(part, wanted)?;
            joined.far += way.far;
            for missing in way.missing {
                if let MissingWhat::Field { field, .. } = &missing.what {
                    to_fill.push(field.to_string());
                }
                if !joined.missing.contains(&missing) {
                    joined.missing.push(missing);
                }
            }
        }
        Some(joined)
    }

    fn one_of<'l>(&self, parts: impl IntoIterator<Item = &'l Logic>, wanted: bool) -> Option<Way> {
        let mut nearest: Option<Way> = None;
        for part in parts {
            let Some(way) = self.way(part, wanted) else { continue };
            match &mut nearest {
                Some(known) if way.far > known.far => {}
                // Of fields either may be filled in: both are told.
                Some(known) if way.far == known.far && only_fields(known) && only_fields(&way) => {
                    let new = way.missing.into_iter().filter(|missing| !known.missing.contains(missing));
                    known.missing.extend(new.collect::<Vec<_>>());
                }
                Some(known) if way.far == known.far => {}
                _ => nearest = Some(way),
            }
        }
        nearest
    }

    /// What changes one of the attributes that a part reads; of several the nearest.
    fn changes(&self, reads: &[Access], wanted: bool) -> Option<Way> {
        let ways = reads.iter().filter_map(|read| self.change(read, self.desk.progress, wanted));
        let ways: Vec<Way> = ways.collect();
        let far = ways.iter().map(|way| way.far).min()?;
        let mut nearest = ways.into_iter().filter(|way| way.far == far);
        let mut first = nearest.next()?;
        for other in nearest.filter(only_fields) {
            first.missing.extend(other.missing);
        }
        Some(first)
    }

    fn change(&self, read: &Access, at: Progress<'s>, wanted: bool) -> Option<Way> {
        let named = |name: &str| at.kind.step(name);
        match read.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["done", name] if wanted => self.taken(at, named(name).filter(|step| !at.done(step))?),
            ["done", name] => self.undone(at, named(name)?),
            ["ripe", name] => {
                let step = named(name).filter(|step| wanted && !at.ripe(step).unwrap_or(false))?;
                Some(Way { far: STEP, missing: vec![self.desk.missing_day(at, step)] })
            }
            ["outcome" | "tally", name, ..] => {
                let step = named(name).filter(|step| step.id != self.step.id)?;
                match at.done(step) && !step.repeat {
                    true => self.undone(at, step),
                    false => self.taken(at, step),
                }
            }
            ["size" | "holding", field, ..] => self.field(at, FieldId::new(field), wanted),
            ["offices_asked" | "taken_by" | "before", ..] | [] => None,
            [link, ..] => self.beyond(read, at, FieldId::new(link), wanted),
        }
    }

    fn beyond(&self, read: &Access, at: Progress<'s>, field: FieldId, wanted: bool) -> Option<Way> {
        let value = at.scene.value(at.matter, &Path(vec![field.clone()]));
        let Some(id) = value.and_then(Value::matter).filter(|_| read.len() > 1) else {
            return self.field(at, field, wanted);
        };
        match at.scene.matter(id) {
            Some(matter) => {
                let linked = Progress::of(self.desk.rulebook, at.scene, matter)?;
                let there = self.change(&read[1..].to_vec(), linked, wanted);
                there.or_else(|| self.step.asks_for(&field).then(|| self.field(at, field, wanted))?)
            }
            None => {
                let (matter, kind) = (Some(at.matter.id), at.kind.id.clone());
                let what = MissingWhat::Link { field };
                Some(Way { far: LINK, missing: vec![Missing { matter, kind, what, who: vec![], earliest: None }] })
            }
        }
    }

    /// Whether a field is a fact of the case that stands, and is not changed to get round a rule.
    fn stands(&self, at: Progress<'s>, field: &FieldId) -> bool {
        let own = at.matter.id == self.desk.progress.matter.id && self.step.asks_for(field);
        let of = at.kind.field(field.as_str()).map(|field| &field.kind_of_value);
        match self.case.get() {
            Case::No => false,
            Case::Alone if own => matches!(of, Some(Type::Yes | Type::Choice(_) | Type::Person | Type::Post)),
            Case::Joint if own => false,
            // A day, a number and a text that somebody wrote may be written otherwise; what was found to be so,
            // and what followed by itself, may not.
            Case::Alone | Case::Joint => {
                let written = matches!(of, Some(Type::Date | Type::Number | Type::Text | Type::Document))
                    && at.kind.steps.iter().any(|step| step.asks_for(field));
                !written && at.matter.fields.get(field).is_some_and(says_something)
            }
        }
    }

    fn field(&self, at: Progress<'s>, field: FieldId, wanted: bool) -> Option<Way> {
        if self.stands(at, &field) {
            return None;
        }
        let missing = self.desk.missing_field(at, field, self.step, wanted)?;
        let far = match &missing.what {
            MissingWhat::Field { by: None, .. } => OWN_FIELD,
            MissingWhat::Step { .. } => STEP,
            _ => OTHER_FIELD,
        };
        Some(Way { far, missing: vec![missing] })
    }

    fn taken(&self, at: Progress<'s>, step: &Step) -> Option<Way> {
        if at.matter.closed.is_some() {
            return None;
        }
        let missing = self.desk.missing_step(at, step);
        if missing.who.is_empty() && step.party.is_none() {
            // Whose it is follows from a step that comes before it.
            let before = step.after.iter().filter(|after| after.links.is_empty());
            let before = before.filter_map(|after| at.kind.step(after.step.as_str()));
            return before.filter(|before| !at.done(before)).find_map(|before| self.taken(at, before));
        }
        let elsewhere = step.carried && missing.earliest.is_none();
        let far = match (step.optional, elsewhere) {
            (true, _) => OPTIONAL,
            (false, true) => STEP_ELSEWHERE,
            (false, false) => STEP,
        };
        Some(Way { far, missing: vec![missing] })
    }

    /// The step that undoes another, of this matter or of one that carries it.
    fn undone(&self, at: Progress<'s>, step: &Step) -> Option<Way> {
        if at.matter.closed.is_some() {
            return None;
        }
        let (carried, own): (Vec<&Step>, Vec<&Step>) =
            at.kind.steps.iter().filter(|other| self.undoes(at, other, step)).partition(|other| other.carried);
        let own = own.into_iter().filter(|other| other.id != self.step.id && self.desk.is_open(at, other));
        // A step that can be taken at any time undoes; an outcome of another does so only in its turn.
        let own = own.min_by_key(|other| other.undoes.is_empty()).map(|other| self.desk.missing_step(at, other));
        let missing = own.or_else(|| carried.into_iter().find_map(|carried| self.desk.carrier(at, carried)))?;
        Some(Way { far: UNDO, missing: vec![missing] })
    }

    /// Whether somebody may be told to undo a step by another. What a judgement undoes when it goes against the
    /// matter is told only to whoever is kept from changing what was judged.
    fn undoes(&self, at: Progress<'s>, other: &Step, undone: &Step) -> bool {
        if !other.repeat && at.done(other) || other.party.is_some() {
            return false;
        }
        let by_outcome = || other.outcomes.iter().any(|outcome| outcome.undoes.contains(&undone.id));
        let before = undone.after.iter().filter_map(|after| at.kind.step(after.step.as_str()));
        let judged =
            || before.flat_map(|before| &before.binds).chain(&undone.binds).any(|field| self.step.asks_for(field));
        other.undoes.contains(&undone.id) || by_outcome() && !self.step.closes && judged()
    }
}

/// Whether a value is more than what every field holds before anything is said.
pub(super) fn says_something(value: &Value) -> bool {
    match value {
        Value::Text(text) => !text.is_empty(),
        Value::Yes(yes) => *yes,
        Value::Number(number) => *number != 0,
        Value::Set(members) => !members.is_empty(),
        _ => true,
    }
}

fn only_fields(way: &Way) -> bool {
    way.missing.iter().all(|missing| matches!(missing.what, MissingWhat::Field { .. }))
}
