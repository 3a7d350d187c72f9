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
}

impl<'d, 's> Repair<'d, 's> {
    /// `None` where Cedar cannot be asked.
    pub fn new(desk: &'d Desk<'s>, asker: Asker<'_>, step: &'d Step) -> Option<Self> {
        Some(Repair { desk, step, judge: desk.bench.judge(asker, step.id.as_str())? })
    }

    /// What is missing for a condition not to hold; nothing where nobody can bring that about.
    pub fn to_fail(&self, condition: &Logic) -> Vec<Missing> {
        self.way(condition, false).map_or(vec![], |way| way.missing)
    }

    /// The nearest way for a condition to hold, or not to.
    fn way(&self, condition: &Logic, wanted: bool) -> Option<Way> {
        match condition {
            Logic::Not(part) => self.way(part, !wanted),
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
        for part in parts {
            let way = self.way(part, wanted)?;
            joined.far += way.far;
            for missing in way.missing {
                if !joined.missing.contains(&missing) {
                    joined.missing.push(missing);
                }
            }
            // What stands behind a link that is empty cannot be told before it is filled in.
            if joined.missing.iter().any(|missing| matches!(missing.what, MissingWhat::Field { .. })) && way.far > 0 {
                break;
            }
        }
        Some(joined)
    }

    fn one_of(&self, parts: &[Logic], wanted: bool) -> Option<Way> {
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
            ["size" | "holding", field, ..] => self.field(at, FieldId::new(field)),
            ["asked" | "taken_by" | "before", ..] | [] => None,
            [link, ..] => self.beyond(read, at, FieldId::new(link), wanted),
        }
    }

    fn beyond(&self, read: &Access, at: Progress<'s>, field: FieldId, wanted: bool) -> Option<Way> {
        let value = at.scene.value(at.matter, &Path(vec![field.clone()]));
        let Some(id) = value.and_then(Value::matter).filter(|_| read.len() > 1) else { return self.field(at, field) };
        match at.scene.matter(id) {
            Some(matter) => {
                let linked = Progress::of(self.desk.rulebook, at.scene, matter)?;
                self.change(&read[1..].to_vec(), linked, wanted)
            }
            None => {
                let (matter, kind) = (Some(at.matter.id), at.kind.id.clone());
                let what = MissingWhat::Link { field };
                Some(Way { far: LINK, missing: vec![Missing { matter, kind, what, who: vec![], earliest: None }] })
            }
        }
    }

    fn field(&self, at: Progress<'s>, field: FieldId) -> Option<Way> {
        let missing = self.desk.missing_field(at, field, self.step)?;
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
        let far = match (step.optional, step.carried && self.carrier(at, step).is_none()) {
            (true, _) => OPTIONAL,
            (false, true) => STEP_ELSEWHERE,
            (false, false) => STEP,
        };
        Some(Way { far, missing: vec![self.desk.missing_step(at, step)] })
    }

    /// The step that undoes another, of this matter or of one that carries it.
    fn undone(&self, at: Progress<'s>, step: &Step) -> Option<Way> {
        if at.matter.closed.is_some() || step.id == self.step.id {
            return None;
        }
        let undoes = |other: &&Step| {
            let of_outcomes = other.outcomes.iter().flat_map(|outcome| &outcome.undoes);
            other.undoes.iter().chain(of_outcomes).any(|undone| *undone == step.id)
        };
        let (carried, own): (Vec<&Step>, Vec<&Step>) = at.kind.steps.iter().filter(undoes).partition(|s| s.carried);
        let own = own.into_iter().filter(|other| other.id != self.step.id && self.is_open(at, other));
        // A step that can be taken at any time undoes; an outcome of another does so only in its turn.
        let own = own.min_by_key(|other| other.undoes.is_empty()).map(|other| self.desk.missing_step(at, other));
        let missing = own.or_else(|| carried.into_iter().find_map(|carried| self.carrier(at, carried)))?;
        Some(Way { far: UNDO, missing: vec![missing] })
    }

    /// Whether the gates of a step let it be taken now.
    fn is_open(&self, at: Progress<'s>, step: &Step) -> bool {
        let desk = Desk::new(self.desk.rulebook, self.desk.authority, at.scene, at.matter);
        at.matter.closed.is_none() && desk.is_some_and(|desk| desk.waits_for(step).is_empty())
    }

    /// The step of a linked matter that carries a step of this one.
    fn carrier(&self, at: Progress<'s>, carried: &Step) -> Option<Missing> {
        let carriers = self.desk.rulebook.carriers(&at.kind.id, &carried.id);
        for field in &at.kind.fields {
            let Type::Matter(kind) = &field.kind_of_value else { continue };
            let linked = at.matter.fields.get(&field.id).and_then(Value::matter).and_then(|id| at.scene.matter(id));
            let Some(progress) = linked.and_then(|matter| Progress::of(self.desk.rulebook, at.scene, matter)) else {
                continue;
            };
            let of_kind = carriers.iter().filter(|(of, _)| of == kind);
            let steps = of_kind.filter_map(|(_, step)| progress.kind.step(step.as_str()));
            let open = steps.filter(|step| self.is_open(progress, step));
            if let Some(step) = open.min_by_key(|step| !step.optional) {
                return Some(self.desk.missing_step(progress, step));
            }
        }
        None
    }
}

fn only_fields(way: &Way) -> bool {
    way.missing.iter().all(|missing| matches!(missing.what, MissingWhat::Field { .. }))
}
