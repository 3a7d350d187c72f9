//! What one decision costs: whose step it is and its gates, with what they read laid out; who of all
//! people may; a whole act decided. Each is asked as if for the first time, and the first of them again.

use super::{
    city::{City, PEOPLE},
    course::{Course, Question},
    figures::{Aims, Times, beside, heading, line},
};
use anyhow::{Result, ensure};
use rules::{
    authority::{Asker, Bench},
    engine::{Edition, decide},
    scene::Scene,
};
use std::time::Duration;

const ONE: Duration = Duration::from_micros(50);
const EVERYBODY: Duration = Duration::from_millis(5);

pub fn measure(city: &City, course: &Course, questions: usize, aims: &mut Aims) -> Result<()> {
    heading(format_args!("1. One decision, asked {questions} times, each time as if it had never been asked"));
    for question in [&course.decision, &course.topic] {
        one(question, questions, aims)?;
        everybody(city, question, questions / PEOPLE, aims);
        whole(question, questions / 10)?;
    }
    Ok(())
}

/// Whose step it is and its gates, from the circumstances as they were gathered.
fn one(question: &Question, questions: usize, aims: &mut Aims) -> Result<()> {
    let [mut ours, mut again, mut who, mut gates] = std::array::from_fn(|_| Times::default());
    let Question { gathered, matter, person, step, .. } = question;
    let edition = &gathered.edition;
    let asker = Asker::Person(person);
    let there = Scene::new(gathered.circumstances());
    let bench = bench(edition, &there, question)?;
    for _ in 0..questions {
        let may = || {
            let scene = Scene::new(gathered.circumstances());
            scene.matter(*matter).is_some_and(|matter| {
                let bench = edition.authority.bench(&edition.rulebook, &scene, matter);
                bench.who(asker, step).allowed && bench.gates(asker, step).allowed
            })
        };
        edition.authority.forget();
        ensure!(ours.time(may), "{}: the step should be lawful", question.what);
        again.time(may);
        edition.authority.forget();
        who.time(|| bench.who(asker, step).allowed);
        gates.time(|| bench.gates(asker, step).allowed);
    }
    aims.under(question.what, &ours, ONE);
    line("  of it: whose step it is", &who, "");
    line("  of it: its gates", &gates, "");
    beside("  the same asked again; bare: for the first time", &again, &ours);
    Ok(())
}

fn bench<'s>(edition: &'s Edition, scene: &'s Scene<'s>, question: &Question) -> Result<Bench<'s>> {
    let matter = scene.matter(question.matter);
    let matter = matter.ok_or_else(|| anyhow::anyhow!("the matter is gone"))?;
    Ok(edition.authority.bench(&edition.rulebook, scene, matter))
}

/// Asks of every person of the directory whether they may take the step.
fn everybody(city: &City, question: &Question, rounds: usize, aims: &mut Aims) {
    let Question { gathered, step, .. } = question;
    let mut all = Times::default();
    let scene = Scene::new(gathered.circumstances());
    for _ in 0..rounds.max(10) {
        gathered.edition.authority.forget();
        all.time(|| {
            let Ok(bench) = bench(&gathered.edition, &scene, question) else { return 0 };
            city.people().filter(|person| bench.who(Asker::Person(person), step).allowed).count()
        });
    }
    aims.under(&format!("  who of {} people may", city.people().count()), &all, EVERYBODY);
}

/// Decides the whole act, without reading or writing the record.
fn whole(question: &Question, rounds: usize) -> Result<()> {
    let Question { gathered, person, step, act, .. } = question;
    let (mut decided, mut bare) = (Times::default(), Times::default());
    for _ in 0..rounds.max(10) {
        gathered.edition.authority.forget();
        let answer = decided.time(|| decide(&gathered.edition, gathered.circumstances(), act));
        answer.map_err(|refused| anyhow::anyhow!("{} is refused: {:#?}", question.what, refused.refusals))?;
        gathered.edition.authority.forget();
        bare.time(|| {
            let scene = Scene::new(gathered.circumstances());
            let bench = bench(&gathered.edition, &scene, question);
            bench.is_ok_and(|bench| bench.gates(Asker::Person(person), step).allowed)
        });
    }
    beside("  the whole act decided; bare: its gates", &decided, &bare);
    Ok(())
}
