//! What was measured, and how it is printed.

use crate::output::say;
use std::{
    fmt::Display,
    time::{Duration, Instant},
};

/// How long each of many took.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Measures one of them.
    pub fn time<T>(&mut self, of: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let made = of();
        self.0.push(begun.elapsed());
        made
    }

    /// Measures one of them that waits.
    pub async fn time_of<T>(&mut self, of: impl Future<Output = T>) -> T {
        let begun = Instant::now();
        let made = of.await;
        self.0.push(begun.elapsed());
        made
    }

    pub fn extend(&mut self, times: Vec<Duration>) {
        self.0.extend(times);
    }

    /// What all but a part of them kept within: `0.5` the middle one, `0.99` all but one in a hundred.
    pub fn within(&self, part: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        let last = sorted.len().saturating_sub(1);
        sorted.get((last as f64 * part) as usize).copied().unwrap_or_default()
    }
}

/// The middle one of some rates.
pub fn median(rates: &[f64]) -> f64 {
    let mut sorted = rates.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

pub fn heading(text: impl Display) {
    say(format_args!("\n{text}"));
}

/// One line: what it is, how long it takes, and the ratio to its bare cost.
pub fn line(what: &str, times: &Times, bare: Option<&Times>, aim: &str) {
    let (middle, slow) = (times.within(0.5), times.within(0.99));
    let ratio = bare.map_or("          ".to_owned(), |bare| {
        format!("x{:<8.2} ", middle.as_secs_f64() / bare.within(0.5).as_secs_f64())
    });
    say(format_args!("  {what:<58} p50 {:>10}  p99 {:>10}  {ratio} {aim}", shown(middle), shown(slow)));
}

/// A time in the unit that fits it.
pub fn shown(time: Duration) -> String {
    match time.as_nanos() {
        0..10_000 => format!("{} ns", time.as_nanos()),
        10_000..10_000_000 => format!("{:.1} µs", time.as_secs_f64() * 1e6),
        _ => format!("{:.1} ms", time.as_secs_f64() * 1e3),
    }
}
