//! What one decision costs: the entities laid out, whose step it is, its gates; who of all people may;
//! a whole act decided.

use super::{
    city::{City, PEOPLE},
    course::{Course, Question},
    figures::{Times, heading, line},
};
use anyhow::{Result, ensure};
use rules::{
    authority::{Asker, Bench},
    engine::{Edition, decide},
    scene::Scene,
};

pub fn measure(city: &City, course: &Course, questions: usize) -> Result<()> {
    heading(format_args!(
        "1. One decision, asked {questions} times; bare: the same question, entities laid out before"
    ));
    for question in [&course.decision, &course.topic] {
        one(question, questions)?;
        everybody(city, question, questions / PEOPLE);
        whole(question, questions / 10)?;
    }
    Ok(())
}

/// Asks on a fresh layout each time, beside a question on one that is there.
fn one(question: &Question, questions: usize) -> Result<()> {
    let (mut ours, mut laid, mut bare) = (Times::default(), Times::default(), Times::default());
    let Question { gathered, matter, person, command, .. } = question;
    let edition = &gathered.edition;
    let there = Scene::new(gathered.circumstances());
    let laid_out = bench(edition, &there, question)?;
    let ask = |bench: &Bench<'_>| {
        let asker = Asker::Person(person);
        bench.who(asker, command.step.as_str()).allowed && bench.gates(asker, command.step.as_str()).allowed
    };
    for _ in 0..questions {
        let may = ours.time(|| {
            let scene = Scene::new(gathered.circumstances());
            scene.matter(*matter).is_some_and(|matter| ask(&edition.authority.bench(&edition.rulebook, &scene, matter)))
        });
        ensure!(may, "{}: the step should be lawful", question.what);
        laid.time(|| bench(edition, &there, question).is_ok());
        bare.time(|| ask(&laid_out));
    }
    line(question.what, &ours, Some(&bare), "aim < 50 µs");
    line("  of it: the entities laid out", &laid, None, "");
    line("  bare: who and gates", &bare, None, "");
    Ok(())
}

fn bench<'s>(edition: &'s Edition, scene: &'s Scene<'s>, question: &Question) -> Result<Bench<'s>> {
    let matter = scene.matter(question.matter);
    let matter = matter.ok_or_else(|| anyhow::anyhow!("the matter is gone"))?;
    Ok(edition.authority.bench(&edition.rulebook, scene, matter))
}

/// Asks of every person of the directory whether they may take the step.
fn everybody(city: &City, question: &Question, rounds: usize) {
    let Question { gathered, command, .. } = question;
    let (mut all, mut bare) = (Times::default(), Times::default());
    let scene = Scene::new(gathered.circumstances());
    for _ in 0..rounds.max(10) {
        all.time(|| {
            let Ok(bench) = bench(&gathered.edition, &scene, question) else { return 0 };
            city.people().filter(|person| bench.who(Asker::Person(person), command.step.as_str()).allowed).count()
        });
        let Ok(bench) = bench(&gathered.edition, &scene, question) else { return };
        bare.time(|| bench.who(Asker::Person(&question.person), command.step.as_str()).allowed);
    }
    line(&format!("  who of {} people may; bare: one of them", city.people().count()), &all, Some(&bare), "aim < 5 ms");
}

/// Decides the whole act, without reading or writing the record.
fn whole(question: &Question, rounds: usize) -> Result<()> {
    let Question { gathered, person, command, .. } = question;
    let (mut decided, mut bare) = (Times::default(), Times::default());
    for _ in 0..rounds.max(10) {
        let lawful = decided.time(|| decide(&gathered.edition, gathered.circumstances(), command).is_ok());
        ensure!(lawful, "{}: the act should be lawful", question.what);
        bare.time(|| {
            let scene = Scene::new(gathered.circumstances());
            let bench = bench(&gathered.edition, &scene, question);
            bench.is_ok_and(|bench| bench.gates(Asker::Person(person), command.step.as_str()).allowed)
        });
    }
    line("  the whole act decided; bare: laid out and its gates", &decided, Some(&bare), "");
    Ok(())
}
