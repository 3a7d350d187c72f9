//! A case in which an invariant does not hold, in words of the rulebook.
//!
//! Invariant: of the matter only what the invariant and the rules that allow the step read is told.

use cedar_policy::{Authorizer, Entity, EntityUid, EvalResult, PolicySet};
use cedar_policy_symcc::Env;
use rules::{
    authority::{Access, reads},
    engine::Edition,
    rulebook::{Kind, Rulebook, Type},
};
use std::{collections::BTreeSet, fmt::Write as _};

/// Who may do what, on which matter, though the invariant forbids it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counterexample {
    /// Whoever may take the step: `somebody who is Vice mayor`.
    pub who: String,
    /// What is so of the matter, one thing a line.
    pub matter: Vec<String>,
    /// Ids of the rules that allow it.
    pub rules: Vec<String>,
    /// As the solver has it.
    pub model: String,
}

/// What the solver found, told.
pub(crate) fn tell(edition: &Edition, kind: &str, step: &str, invariant: &PolicySet, case: &Env) -> Counterexample {
    let set = edition.authority.policy_set(kind, step);
    let response = Authorizer::new().is_authorized(&case.request, &set, &case.entities);
    let allowing: BTreeSet<String> = response.diagnostics().reason().map(ToString::to_string).collect();
    let policies = set.policies().filter(|policy| allowing.contains(&policy.id().to_string()));
    let read: BTreeSet<Access> = invariant.policies().chain(policies).flat_map(reads).collect();
    let telling = Telling { rulebook: &edition.rulebook, case };
    let matter = match (edition.rulebook.kind(kind), case.request.resource()) {
        (Some(kind), Some(resource)) => read.iter().filter_map(|access| telling.fact(kind, resource, access)).collect(),
        _ => vec![],
    };
    let bare = |id: &String| id.split('#').next().unwrap_or(id).to_owned();
    let rules: BTreeSet<String> = allowing.iter().map(bare).collect();
    Counterexample { who: telling.who(kind), matter, rules: rules.into_iter().collect(), model: model(case) }
}

struct Telling<'c> {
    rulebook: &'c Rulebook,
    case: &'c Env,
}

impl Telling<'_> {
    fn who(&self, kind: &str) -> String {
        let Some(principal) = self.case.request.principal() else { return "somebody".to_owned() };
        let mut said: BTreeSet<String> = BTreeSet::new();
        for role in self.case.entities.ancestors(principal).into_iter().flatten() {
            let id = role.id().unescaped();
            said.insert(match role.type_name().to_string().as_str() {
                "Post" => self.rulebook.terms.post(id).en,
                _ => self.office(kind, role),
            });
        }
        for (field, of) in self.people(kind) {
            said.insert(format!("the person in “{}”", self.rulebook.terms.field(of, field).en));
        }
        match said.is_empty() {
            true => "somebody who holds no post".to_owned(),
            false => format!("somebody who is {}", said.into_iter().collect::<Vec<_>>().join(" and ")),
        }
    }

    /// The fields of the matter in which whoever acts stands.
    fn people<'k>(&'k self, kind: &'k str) -> Vec<(&'k str, &'k str)> {
        let matter = self.case.request.resource().and_then(|resource| self.case.entities.get(resource));
        let (Some(kind), Some(matter)) = (self.rulebook.kind(kind), matter) else { return vec![] };
        let is_asker = |field: &&rules::rulebook::Field| match matter.attr(field.id.as_str()) {
            Some(Ok(EvalResult::EntityUid(person))) => Some(&person) == self.case.request.principal(),
            _ => false,
        };
        let fields = kind.fields.iter().filter(is_asker);
        fields.map(|field| (field.id.as_str(), kind.id.as_str())).collect()
    }

    /// A post at a body, the body named by the field in which it stands.
    fn office(&self, kind: &str, office: &EntityUid) -> String {
        let post_of = |id: &str| Some(self.rulebook.terms.post(self.rulebook.posts.get(id)?.id.as_str()).en);
        if let Some((post, body)) = office.id().unescaped().split_once(':')
            && let Some(post) = post_of(post)
        {
            return format!("{post} of {}", self.rulebook.terms.label(&format!("body/{body}")).en);
        }
        let holds = |body: &Entity| {
            let mut attributes = body.attrs();
            let found = attributes.find(|(_, value)| matches!(value, Ok(EvalResult::EntityUid(id)) if id == office));
            found.and_then(|(post, _)| post_of(post))
        };
        let bodies = self.case.entities.iter().filter(|entity| entity.uid().type_name().to_string() == "Body");
        let found = bodies.filter_map(|body| Some((holds(body)?, body.uid()))).next();
        match found {
            Some((post, body)) => match self.field_of(kind, &body) {
                Some(field) => format!("{post} of the body in “{field}”"),
                None => format!("{post} of some body"),
            },
            None => "in some other office".to_owned(),
        }
    }

    fn field_of(&self, kind: &str, body: &EntityUid) -> Option<String> {
        let matter = self.case.entities.get(self.case.request.resource()?)?;
        let fields = &self.rulebook.kind(kind)?.fields;
        let found = fields
            .iter()
            .find(|field| matches!(matter.attr(field.id.as_str()), Some(Ok(EvalResult::EntityUid(id))) if id == *body));
        found.map(|field| self.rulebook.terms.field(kind, field.id.as_str()).en)
    }

    /// What is so of a matter, or of one it leads to.
    fn fact(&self, kind: &Kind, matter: &EntityUid, access: &[String]) -> Option<String> {
        let terms = &self.rulebook.terms;
        let (first, rest) = access.split_first()?;
        let value = self.case.entities.get(matter)?.attr(first).and_then(Result::ok);
        let Some(field) = kind.field(first) else { return self.progress(kind, first, rest, &value?) };
        let name = format!("“{}”", terms.field(kind.id.as_str(), first).en);
        if let (Type::Matter(linked), Some(EvalResult::EntityUid(id)), false) =
            (&field.kind_of_value, &value, rest.is_empty())
        {
            let fact = self.fact(self.rulebook.kind(linked.as_str())?, id, rest)?;
            return Some(format!("of {name}: {fact}"));
        }
        let Some(value) = value else { return Some(format!("{name} is not given")) };
        Some(match (value, &field.kind_of_value) {
            (EvalResult::Bool(yes), _) => format!("{name} is {}", if yes { "yes" } else { "no" }),
            (EvalResult::Long(number), _) => format!("{name} is {number}"),
            (EvalResult::String(text), Type::Choice(list)) => match self.is_choice(list, &text) {
                true => format!("{name} is “{}”", terms.choice(list, &text).en),
                false => format!("{name} is anything but what the rules name"),
            },
            (EvalResult::String(text), _) => format!("{name} is {}", if text.is_empty() { "empty" } else { "filled" }),
            (EvalResult::Set(members), _) => match members.is_empty() {
                true => format!("{name} has nobody and nothing in it"),
                false => format!("{name} is filled"),
            },
            (EvalResult::EntityUid(id), Type::Body) if self.is_named(&id) => {
                format!("{name} is {}", terms.label(&format!("body/{}", id.id().unescaped())).en)
            }
            // What is asked of a body or a person is told of whoever acts.
            _ if !rest.is_empty() => return None,
            _ => format!("{name} is given"),
        })
    }

    fn is_choice(&self, list: &str, text: &str) -> bool {
        self.rulebook.choices.get(list).is_some_and(|choices| choices.iter().any(|choice| choice == text))
    }

    fn is_named(&self, body: &EntityUid) -> bool {
        self.rulebook.named_bodies.iter().any(|named| named.as_str() == body.id().unescaped())
    }

    /// What is so of a step: whether it stands, its day has come, with which outcome, by how many.
    fn progress(&self, kind: &Kind, record: &str, rest: &[String], value: &EvalResult) -> Option<String> {
        let terms = &self.rulebook.terms;
        let (step, rest) = rest.split_first()?;
        let EvalResult::Record(values) = value else { return None };
        let value = values.get(step)?;
        let name = match record {
            "size" => format!("“{}”", terms.field(kind.id.as_str(), step).en),
            _ => format!("“{}”", terms.step(kind.id.as_str(), step).en),
        };
        match (record, value, rest) {
            ("done", EvalResult::Bool(true), _) => Some(format!("{name} has been taken, or is not needed")),
            ("done", EvalResult::Bool(false), _) => Some(format!("{name} has not been taken")),
            ("ripe", EvalResult::Bool(true), _) => Some(format!("the day for {name} has come")),
            ("ripe", EvalResult::Bool(false), _) => Some(format!("the day for {name} has not come")),
            ("outcome", EvalResult::String(outcome), _) => {
                let known = kind.step(step)?.outcome(outcome).is_some();
                let label = terms.outcome(kind.id.as_str(), step, outcome).en;
                Some(match (known, outcome.is_empty()) {
                    (true, _) => format!("{name} came to “{label}”"),
                    (_, true) => format!("{name} has no outcome"),
                    _ => format!("{name} came to anything but what the rules name"),
                })
            }
            ("tally", EvalResult::Record(counts), [outcome]) => match counts.get(outcome)? {
                EvalResult::Long(count) => {
                    let label = terms.outcome(kind.id.as_str(), step, outcome).en;
                    Some(format!("in {name}, {count} answered “{label}”"))
                }
                _ => None,
            },
            ("size", EvalResult::Long(count), _) => Some(format!("{name} has {count} members")),
            _ => None,
        }
    }
}

/// The case as the solver has it, without its scaffolding.
fn model(case: &Env) -> String {
    let mut text = String::new();
    for entity in case.entities.iter().filter(|entity| entity.uid().type_name().to_string() != "Action") {
        if let Ok(json) = entity.to_json_value() {
            let _ = writeln!(text, "{} in {} has {}", entity.uid(), json["parents"], json["attrs"]);
        }
    }
    text
}
