//! The measurements of `cityhall bench`, in the order in which they are printed.
//!
//! Speaks of one city on purpose: kinds, steps and bodies of its rulebook are named here. Invariant:
//! everything measured went through the doors that people use, on a record of its own that is removed.

mod city;
mod commits;
mod course;
mod decisions;
mod figures;
mod matters;
mod pages;
mod place;
mod starts;

use crate::{commands::bench::Bench, output::say};
use anyhow::Result;
use city::City;
use figures::Aims;
use place::Place;
use std::time::Instant;

/// Runs every measurement.
///
/// # Errors
/// When the city cannot be founded, or a step of it is refused.
pub async fn run(bench: &Bench) -> Result<()> {
    let place = Place::make(bench.folder.as_deref())?;
    let city = City::found(bench, &place).await?;
    let course = course::play(&city).await?;
    let mut aims = Aims::default();
    decisions::measure(&city, &course, bench.questions, &mut aims)?;
    let begun = Instant::now();
    city.office.store().without_waiting(matters::fill_closed(&city, bench.closed)).await??;
    told("closed", bench.closed, begun);
    let begun = Instant::now();
    let filled = matters::fill(&city, bench.matters).await?;
    told("open", bench.matters, begun);
    // The steps change what lies on the desks, so the pages come first.
    pages::measure(&city, &course, &filled, &mut aims).await?;
    commits::measure(&city, &place, &filled, bench.seconds, &mut aims).await?;
    starts::measure(bench, &place, &mut aims)?;
    aims.say();
    Ok(())
}

fn told(what: &str, matters: usize, begun: Instant) {
    let took = begun.elapsed().as_secs_f64();
    let rate = matters as f64 / took;
    say(format_args!("\nfilled with {matters} {what} matters in {took:.1} s, {rate:.0} a second"));
}
