//! Questions put to several rulebooks: the same acts, and the answer that each gives to the last one.
//!
//! Invariant: an answer is what the engine said; nothing is expected of a rulebook but what the file says of it.

use super::{
    organisation,
    plan::{self, Planned},
    play::Stage,
    text::{self, CaseText, Read},
};
use crate::{
    engine::Edition,
    refusal::Refused,
    rulebook::{Place, Problem, SourceFile},
    world::NoZone,
};
use facts::{Calendar, Directory, MatterId};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionFile {
    #[serde(default)]
    question: Vec<Spanned<QuestionText>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionText {
    name: String,
    act: Vec<Spanned<text::ActText>>,
    /// Steps of the matter acted on last whose due days belong to the answer.
    #[serde(default)]
    due: Vec<String>,
    /// By the name of a rulebook: the answer that it has to give.
    answers: BTreeMap<String, String>,
}

/// A question with the answers that are expected of the rulebooks.
pub struct Question {
    pub name: String,
    pub place: Place,
    pub due: Vec<String>,
    pub answers: BTreeMap<String, String>,
    read: Read,
}

/// The questions in a file.
///
/// # Errors
/// What is wrong with the file.
pub fn questions(file: &SourceFile) -> Result<Vec<Question>, Vec<Problem>> {
    let mut problems = vec![];
    let Some(QuestionFile { question: all }) = text::parse(file, &mut problems) else { return Err(problems) };
    let question = |spanned: Spanned<QuestionText>| {
        let (place, source) = text::at(file, spanned.span().start);
        let QuestionText { name, act, due, answers } = spanned.into_inner();
        let acts = act.iter().map(|act| text::at(file, act.span().start)).collect();
        let case = CaseText { name: name.clone(), covers: vec![], after: None, act };
        let read = Read { place: place.clone(), source, case, acts, covers: vec![] };
        Question { name, place, due, answers, read }
    };
    Ok(all.into_iter().map(question).collect())
}

/// What a rulebook answers to a question: `granted`, `granted; issue_minutes due 2019-05-08`,
/// `refused by 43, 44`, or `not in these rules: …`.
///
/// # Errors
/// The rulebook's zone is unknown to this machine.
pub fn ask(
    edition: &Edition,
    calendar: &Calendar,
    files: &[SourceFile],
    question: &Question,
) -> Result<String, NoZone> {
    let file = organisation(files);
    let directory = file.and_then(|file| super::founding::parse_directory(file, &edition.rulebook).ok());
    let Some(directory) = directory else { return Ok("not in these rules: the people of the cases".to_owned()) };
    let mut problems = vec![];
    let cases = plan::plan(&edition.rulebook, &directory, std::slice::from_ref(&question.read), &mut problems);
    let Some(case) = cases.first() else {
        let first = problems.first().map_or("", |problem| problem.message.as_str());
        return Ok(format!("not in these rules: {first}"));
    };
    answer(edition, calendar, &directory, &case.acts, &question.due)
}

fn answer(
    edition: &Edition,
    calendar: &Calendar,
    directory: &Directory,
    acts: &[Planned],
    due: &[String],
) -> Result<String, NoZone> {
    let mut stage = Stage::begin(edition, calendar, directory)?;
    let mut last: Option<MatterId> = None;
    for (n, act) in acts.iter().enumerate() {
        let taken = match stage.carry_out(act) {
            Ok(taken) => taken,
            Err(wrong) => return Ok(wrong),
        };
        last = taken.matter;
        if let Err(refused) = &taken.answer {
            let before = match n + 1 == acts.len() {
                true => String::new(),
                false => format!(" already at {}.{}", act.kind, act.step),
            };
            return Ok(format!("{}{before}", refusal(refused)));
        }
    }
    let days = last.map(|matter| days(&stage, matter, acts, due)).unwrap_or_default();
    Ok(std::iter::once("granted".to_owned()).chain(days).collect::<Vec<_>>().join("; "))
}

/// The articles that refuse; where none does, in which way.
fn refusal(refused: &Refused) -> String {
    let rules = refused.refusals.iter().flat_map(|refusal| &refusal.rules);
    let number = |rule: &facts::RuleId| rule.as_str().split('/').next().map(str::to_owned);
    let articles: BTreeSet<(u32, String)> = rules.filter_map(number).map(|number| (whole(&number), number)).collect();
    let ways: BTreeSet<&str> = refused.refusals.iter().map(|refusal| super::explain::word(&refusal.why)).collect();
    let ways = ways.into_iter().collect::<Vec<_>>().join(", ");
    match articles.is_empty() {
        true => format!("refused: {ways}"),
        false => {
            let articles = articles.into_iter().map(|(_, number)| number).collect::<Vec<_>>().join(", ");
            format!("refused by {articles}: {ways}")
        }
    }
}

/// The digits of an article's number: `44` of `44a`.
fn whole(number: &str) -> u32 {
    number.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().unwrap_or(u32::MAX)
}

fn days(stage: &Stage<'_>, matter: MatterId, acts: &[Planned], due: &[String]) -> Vec<String> {
    let world = &stage.world;
    let Some(on) = acts.last().and_then(|act| world.instant(act.on, 0).ok()) else { return vec![] };
    let day = |step: &String| {
        let day = super::expect::due_day(world, matter, step, on);
        format!("{step} due {}", day.map_or("on no day".to_owned(), |day| day.to_string()))
    };
    due.iter().map(day).collect()
}
