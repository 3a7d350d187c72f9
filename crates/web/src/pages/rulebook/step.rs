//! A step explained: who may take it, what forbids it, when it is due, each with article and sentence.
//!
//! Invariant: the policies shown are those that are asked at every act.

use super::crumbs;
use crate::components::card::PageHead;
use crate::components::{ArticleLink, Chrome, Lang, Link};
use crate::fault::Fault;
use crate::pages::visit::Visit;
use crate::wording::{Conditions, Words};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use facts::RuleId;
use rules::authority::PolicyFacts;
use rules::rulebook::{Kind, Step};

/// Keys that are compiled to policies and shown as such.
const AMONG_POLICIES: [&str; 7] = ["by", "by_each", "after", "until", "recorded_by", "needed_if", "not_before"];
/// The key of the deadline.
const DEADLINE: &str = "due";

#[derive(Template)]
#[template(path = "pages/rulebook/step.html")]
struct StepPage {
    chrome: Chrome,
    head: PageHead,
    lang: Lang,
    who: Vec<Explained>,
    gates: Vec<Explained>,
    deadline: Vec<Explained>,
    /// What else the tables say of it.
    others: Vec<Explained>,
    siblings: Vec<Link>,
}

/// One rule in its sentence, with its code.
struct Explained {
    rule: String,
    sentence: String,
    article: ArticleLink,
    /// What the code says, where it could be put into words.
    told: String,
    code: String,
    /// Of a policy that a table of the rulebook was compiled to.
    compiled: bool,
}

/// `GET /rulebook/{kind}/{step}`
///
/// # Errors
/// [`Fault::NotThere`] where the edition in force has no such step.
pub async fn get(visit: Visit, Path((kind, step)): Path<(String, String)>) -> Result<Response, Fault> {
    let words = visit.words().await?;
    let edition = words.edition.clone();
    let kind = edition.rulebook.kind(&kind).ok_or(Fault::NotThere)?;
    let step = kind.step(&step).ok_or(Fault::NotThere)?;
    let policies = edition.authority.policies(kind.id.as_str(), step.id.as_str());
    let explained = |permits: bool| {
        let wanted = policies.iter().filter(move |policy| policy.permits == permits);
        wanted.map(|one| policy(&words, kind, step, one))
    };
    let fills = edition.authority.fills(kind.id.as_str(), step.id.as_str());
    let filled = fills.map(|(_, fills)| policy(&words, kind, step, fills));
    let title = words.step(&kind.id, &step.id);
    let mut chrome = visit.chrome(&title).await?;
    chrome.crumbs = crumbs(&words);
    let page = StepPage {
        chrome,
        head: PageHead {
            kind: words.kind(&kind.id),
            number: format!("{}.{}", kind.id, step.id),
            lead: words.t("rulebook-step-lead"),
            ..PageHead::new(title)
        },
        lang: words.lang,
        who: explained(true).collect(),
        gates: explained(false).collect(),
        deadline: step.cite(DEADLINE).map(|rule| deadline(&words, step, rule)).into_iter().collect(),
        others: others(&words, step).into_iter().chain(filled).collect(),
        siblings: siblings(&words, kind, step),
    };
    visit.page(&page)
}

fn explain(words: &Words, rule: &RuleId, code: String, compiled: bool) -> Explained {
    let sentence = words.rulebook().rule(rule).map_or(String::new(), |rule| words.pick(&rule.sentence));
    let article = words.cite(rule).link();
    Explained { rule: rule.to_string(), sentence, article, told: String::new(), code, compiled }
}

/// A policy in words, where all of it can be told.
pub fn in_words(words: &Words, kind: &Kind, step: &Step, policy: &PolicyFacts) -> Option<String> {
    let conditions = Conditions { rulebook: words.rulebook(), kind, step: Some(step), lang: words.lang };
    let json = policy.json()?;
    if policy.permits { conditions.policy(&json) } else { conditions.gate(&json) }
}

fn policy(words: &Words, kind: &Kind, step: &Step, policy: &PolicyFacts) -> Explained {
    let told = in_words(words, kind, step, policy);
    let explained = explain(words, &policy.rule, policy.text.trim().to_owned(), policy.from_table);
    Explained { told: told.unwrap_or_default(), ..explained }
}

fn deadline(words: &Words, step: &Step, rule: &RuleId) -> Explained {
    let code = step.due.as_ref().map_or(String::new(), |due| format!("{DEADLINE} = \"{due}\""));
    explain(words, rule, code, false)
}

/// The remaining keys, each rule once.
fn others(words: &Words, step: &Step) -> Vec<Explained> {
    let mut others: Vec<Explained> = vec![];
    for (key, rule) in &step.cites {
        if AMONG_POLICIES.contains(&key.as_str()) || key == DEADLINE {
            continue;
        }
        match others.iter_mut().find(|known| known.rule == rule.as_str()) {
            Some(known) => known.code = format!("{}, {key}", known.code),
            None => others.push(explain(words, rule, key.clone(), false)),
        }
    }
    others
}

fn siblings(words: &Words, kind: &Kind, step: &Step) -> Vec<Link> {
    let others = kind.steps.iter().filter(|other| other.id != step.id);
    others.map(|other| Link::new(words.step(&kind.id, &other.id), super::step_href(&kind.id, &other.id))).collect()
}
