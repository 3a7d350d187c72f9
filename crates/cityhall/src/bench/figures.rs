//! What was measured, how it is printed, and how it stands to what is aimed at.
//!
//! Invariant: a figure that falls short of its aim says so, at its line and at the end.

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

/// The least, the middle and the greatest of some numbers.
pub fn spread(numbers: &[f64]) -> (f64, f64, f64) {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |n: usize| sorted.get(n).copied().unwrap_or_default();
    (at(0), at(sorted.len() / 2), at(sorted.len().saturating_sub(1)))
}

/// What is aimed at, and what came of it.
#[derive(Default)]
pub struct Aims(Vec<Aimed>);

struct Aimed {
    what: String,
    figure: String,
    aim: String,
    /// The figure in parts of what is aimed at.
    ratio: f64,
    /// `None`: the measure itself was not good enough to judge by.
    met: Option<bool>,
}

impl Aims {
    /// A time that has to stay under a limit: the middle one counts.
    pub fn under(&mut self, what: &str, times: &Times, limit: Duration) {
        let middle = times.within(0.5);
        let ratio = middle.as_secs_f64() / limit.as_secs_f64();
        let aim = format!("under {}", shown(limit));
        line(what, times, &format!("{aim}: {}", verdict(ratio, ratio < 1.0)));
        self.add(what, shown(middle), aim, ratio, ratio < 1.0);
    }

    /// A number that has to reach some part of another one, measured beside it.
    pub fn reach(&mut self, what: &str, figure: String, ratio: f64, least: f64, of: &str) {
        let (part, met) = (ratio / least, ratio >= least);
        say(format_args!("  {what:<58} {figure}, {least:.1} of {of}: {}", verdict(part, met)));
        self.add(what, format!("x{ratio:.2}"), format!("x{least:.1} of {of}"), part, met);
    }

    /// A number beside one that was measured too badly to be held to it.
    pub fn not_judged(&mut self, what: &str, figure: String, ratio: f64, why: &str) {
        say(format_args!("  {what:<58} {figure}, not judged: {why}"));
        let (what, aim) = (what.trim().to_owned(), why.to_owned());
        self.0.push(Aimed { what, figure: format!("x{ratio:.2}"), aim, ratio, met: None });
    }

    /// A number that may not be greater than another.
    pub fn bounded(&mut self, what: &str, number: u64, most: u64) {
        let (ratio, met) = (number as f64 / most as f64, number <= most);
        say(format_args!("  {what:<58} {number}, at most {most}: {}", verdict(ratio, met)));
        self.add(what, number.to_string(), format!("at most {most}"), ratio, met);
    }

    fn add(&mut self, what: &str, figure: String, aim: String, ratio: f64, met: bool) {
        self.0.push(Aimed { what: what.trim().to_owned(), figure, aim, ratio, met: Some(met) });
    }

    /// Everything that was aimed at, once more.
    pub fn say(&self) {
        heading("Aims; the ratio is the figure in parts of its aim");
        for Aimed { what, figure, aim, ratio, met } in &self.0 {
            let word = match met {
                Some(true) => "met",
                Some(false) => "FALLS SHORT",
                None => "NOT JUDGED",
            };
            say(format_args!("  {what:<58} {figure:>10}  {aim:<22} x{ratio:<6.2} {word}"));
        }
    }
}

fn verdict(ratio: f64, met: bool) -> String {
    format!("x{ratio:.2}, {}", if met { "met" } else { "FALLS SHORT" })
}

pub fn heading(text: impl Display) {
    say(format_args!("\n{text}"));
}

/// One line: what it is, how long it takes, and what is to be said of it.
pub fn line(what: &str, times: &Times, remark: &str) {
    let (middle, slow) = (times.within(0.5), times.within(0.99));
    say(format_args!("  {what:<58} p50 {:>10}  p99 {:>10}  {remark}", shown(middle), shown(slow)));
}

/// One line beside the times of its bare cost.
pub fn beside(what: &str, times: &Times, bare: &Times) {
    let ratio = times.within(0.5).as_secs_f64() / bare.within(0.5).as_secs_f64();
    line(what, times, &format!("x{ratio:.2} of the bare cost"));
}

/// A time in the unit that fits it.
pub fn shown(time: Duration) -> String {
    match time.as_nanos() {
        0..10_000 => format!("{} ns", time.as_nanos()),
        10_000..10_000_000 => format!("{:.1} µs", time.as_secs_f64() * 1e6),
        _ => format!("{:.1} ms", time.as_secs_f64() * 1e3),
    }
}
