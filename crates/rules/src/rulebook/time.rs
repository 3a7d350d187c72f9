//! Words of time: `7 working days after hold`, `60 days after accept, or the next working day`, `on returns`.
//!
//! Invariant: a deadline counts from a step or a day that exists, over a number that makes sense.

use super::{
    After, Anchor, Clock, Count, Deadline, NotBefore, Path, Place, Side, Silence, Still, Type, Unit,
    report::Report,
    scope::Scope,
    settings::Settings,
    tree::{Node, get, only_keys},
};
use facts::OutcomeId;

/// Ten years: more is a slip of the pen.
const DAYS_MAX: u16 = 3653;
/// Ten years, as of days.
const MONTHS_MAX: u16 = 120;
/// Two weeks; who means more means days.
const HOURS_MAX: u16 = 336;
const ROLLS: &str = ", or the next working day";
const EXAMPLES: &str =
    "a day is written like \"7 working days after hold\", \"3 days before departs\" or \"on returns\"";

/// Words as they stand in a table, with the parameters that were filled into them.
#[derive(Clone, Copy)]
pub(super) struct Said<'w> {
    pub words: &'w str,
    pub filled: &'w [String],
    pub at: &'w Place,
    pub settings: &'w Settings,
}

impl<'w> Said<'w> {
    /// The words of a node, which is a text.
    pub fn of(node: &'w Node, settings: &'w Settings, report: &mut Report) -> Option<Said<'w>> {
        Some(Said { words: node.text(report)?, filled: &node.filled, at: &node.place, settings })
    }

    /// Where what stands in the words comes from: ` (the parameter "minutes_days", rulebook.toml:15)`.
    fn origin(&self) -> String {
        let place = |name: &String| self.settings.places.get(&format!("parameter/{name}"));
        let named = self.filled.iter().filter_map(|name| Some((name, place(name)?)));
        named.map(|(name, at)| format!(" (the parameter \"{name}\", {}:{})", at.file, at.line)).collect()
    }

    /// A number that is written out or stands for a parameter, which may have had other values.
    fn count(&self, now: u16) -> Count {
        let only = match self.filled {
            [only] => Some(only),
            _ => None,
        };
        let parameter = only.and_then(|only| self.settings.parameters.get(only));
        let earlier = parameter.map_or(&[] as &[_], |parameter| &parameter.earlier);
        let earlier = earlier.iter().filter_map(|(until, value)| Some((*until, value.parse().ok()?)));
        Count { now, earlier: earlier.collect(), parameter: only.map(|only| only.as_str().into()) }
    }
}

impl Scope<'_> {
    /// The day by which something is due.
    pub fn deadline(self, said: Said<'_>, report: &mut Report) -> Option<Deadline> {
        let day = self.day(said, report)?;
        if matches!(day.unit, Unit::FullDays | Unit::FullWorkingDays) {
            report.error(said.at, format!("\"{}\": full days are waited for, with not_before", said.words));
        }
        Some(day)
    }

    /// The day that words of time mean.
    fn day(self, said: Said<'_>, report: &mut Report) -> Option<Deadline> {
        let Said { words, at, .. } = said;
        let (words, rolls) = words.strip_suffix(ROLLS).map_or((words, false), |words| (words, true));
        let split: Vec<&str> = words.split_whitespace().collect();
        let (count, unit, side, anchor) = match &split[..] {
            ["on", anchor @ ..] => {
                let anchor = self.anchors(anchor, said, report)?;
                let (count, unit) = (Count::always(0), Unit::Days);
                return Some(Deadline { count, unit, side: Side::On, anchor, rolls });
            }
            ["the", nth, "of", "the", "month", side, anchor @ ..] => {
                return self.day_of_month(nth, side, anchor, rolls, said, report);
            }
            [count, "hour" | "hours", side, anchor @ ..] => (count, Unit::Hours, side, anchor),
            [count, "day" | "days", side, anchor @ ..] => (count, Unit::Days, side, anchor),
            [count, "full", "day" | "days", side, anchor @ ..] => (count, Unit::FullDays, side, anchor),
            [count, "working", "day" | "days", side, anchor @ ..] => (count, Unit::WorkingDays, side, anchor),
            [count, "full", "working", "day" | "days", side, anchor @ ..] => {
                (count, Unit::FullWorkingDays, side, anchor)
            }
            [count, "month" | "months", side, anchor @ ..] => (count, Unit::Months, side, anchor),
            _ => {
                report.error(at, format!("no day is meant by \"{words}\"; {EXAMPLES}"));
                return None;
            }
        };
        if rolls && !matches!(unit, Unit::Days | Unit::Months) {
            report.error(at, format!("\"{ROLLS}\" is said of a count of days, not of {}", unit_word(unit)));
        }
        let side = match *side {
            "after" => Side::After,
            "before" => Side::Before,
            _ => {
                let message = format!("a day is after or before another, not \"{side}\"");
                report.unknown(at, message, side, ["after", "before"]);
                return None;
            }
        };
        let count = number(count, &anchor.join(" "), unit, said, report)?;
        let anchor = self.anchors(anchor, said, report)?;
        if side == Side::Before && matches!(unit, Unit::FullDays | Unit::FullWorkingDays) {
            report.error(at, format!("\"{words}\": full days are counted after something, not before it"));
        }
        if side == Side::Before && matches!(anchor, Anchor::Step(_)) {
            report
                .warning(at, format!("\"{words}\" is known only when it is past: a step has its day once it is taken"));
        }
        if unit == Unit::Hours && (side == Side::Before || matches!(anchor, Anchor::Field(_))) {
            report.error(at, format!("\"{words}\": hours are counted from a step, whose hour is on record"));
        }
        Some(Deadline { count: said.count(count), unit, side, anchor, rolls })
    }

    /// `the 20th of the month before day`.
    fn day_of_month(
        self,
        nth: &str,
        side: &str,
        anchor: &[&str],
        rolls: bool,
        said: Said<'_>,
        report: &mut Report,
    ) -> Option<Deadline> {
        let side = match side {
            "before" => Side::Before,
            "of" => Side::On,
            "after" => Side::After,
            _ => {
                let message = format!("a month is the one before, of or after a day, not \"{side}\"");
                report.unknown(said.at, message, side, ["before", "of", "after"]);
                return None;
            }
        };
        let digits = nth.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let number = digits.parse::<u16>().ok().filter(|number| (1..=31).contains(number));
        let Some(number) = number else {
            report.error(said.at, format!("no day of a month: \"{nth}\"; it is written like 5th or 20th"));
            return None;
        };
        let anchor = self.anchors(anchor, said, report)?;
        Some(Deadline { count: said.count(number), unit: Unit::DayOfMonth, side, anchor, rolls })
    }

    /// The day before which a step cannot be taken, and the step that lifts it.
    pub fn not_before(self, said: Said<'_>, report: &mut Report) -> Option<NotBefore> {
        let Some((day, lifting)) = said.words.split_once(", unless ") else {
            return Some(NotBefore { day: self.day_only(said, report)?, unless: None });
        };
        let day = self.day_only(Said { words: day, ..said }, report);
        let unless = self.step(lifting.trim(), said.at, report);
        Some(NotBefore { day: day?, unless: Some(unless?) })
    }

    fn day_only(self, said: Said<'_>, report: &mut Report) -> Option<Deadline> {
        let after = said.words.strip_suffix(ROLLS).unwrap_or(said.words).split_once(',');
        if let Some((_, rest)) = after {
            report.error(said.at, format!("after the day stands \", unless STEP\", not \",{rest}\""));
            return None;
        }
        let day = self.day(said, report)?;
        if day.unit == Unit::Hours {
            report.error(said.at, "a step waits for a day, not for an hour");
        }
        Some(day)
    }

    /// `{ restarts = "correct", stands_still = [{ from = "ask", to = "hear" }], longer = { extend = 20 } }`.
    pub fn clock(self, node: &Node, report: &mut Report) -> Option<Clock> {
        let table = node.table(report)?;
        only_keys(table, &["restarts", "stands_still", "longer"], "a clock", report);
        let mut clock = Clock::default();
        for (words, at) in get(table, "restarts").map(|node| node.texts(report)).unwrap_or_default() {
            clock.restarts.extend(self.step(words, at, report));
        }
        for node in get(table, "stands_still").map(Node::members).unwrap_or_default() {
            clock.stands_still.extend(self.span(node, report));
        }
        for (name, node) in get(table, "longer").and_then(|node| node.table(report)).unwrap_or_default() {
            let Some(step) = self.step(&name.text, &name.place, report) else { continue };
            let count = match &node.value {
                super::tree::Value::Number(number) => u16::try_from(*number).ok().map(Count::always),
                _ => Said::of(node, self.names.settings, report)
                    .and_then(|said| Some(said.count(said.words.parse().ok()?))),
            };
            match count.filter(|count| (1..=DAYS_MAX).contains(&count.now)) {
                Some(count) => clock.longer.push((step, count)),
                None => report.error(&node.place, format!("a clock runs longer by 1 to {DAYS_MAX} of its unit")),
            }
        }
        Some(clock)
    }

    /// `{ from = "ask", to = "hear", until = "answer_by" }`.
    fn span(self, node: &Node, report: &mut Report) -> Option<Still> {
        let table = node.table(report)?;
        only_keys(table, &["from", "to", "until"], "a time in which a clock stands still", report);
        let until = get(table, "until").and_then(|node| {
            let is_date = |found: &Type| *found == Type::Date;
            self.typed_field(node.text(report)?, "date", is_date, &node.place, report)
        });
        let mut end = |key| match get(table, key) {
            Some(node) => self.step(node.text(report)?, &node.place, report),
            None => {
                report.error(&node.place, format!("a time in which a clock stands still has its \"{key}\""));
                None
            }
        };
        let (from, to) = (end("from"), end("to"));
        Some(Still { from: from?, to: to?, until })
    }

    /// `{ after = "15 working days after ask", outcome = "agree" }`.
    pub fn silence(self, node: &Node, outcomes: &[String], report: &mut Report) -> Option<Silence> {
        let table = node.table(report)?;
        only_keys(table, &["after", "outcome"], "silence", report);
        let Some(after) = get(table, "after") else {
            report.error(&node.place, "silence means something after a day: after = \"15 working days after ask\"");
            return None;
        };
        let after = self.deadline(Said::of(after, self.names.settings, report)?, report)?;
        let outcome = match get(table, "outcome") {
            None => None,
            Some(node) => {
                let name = node.text(report)?;
                if !outcomes.iter().any(|outcome| outcome == name) {
                    let names = outcomes.iter().map(String::as_str);
                    report.unknown(&node.place, format!("no outcome \"{name}\" of this step"), name, names);
                    return None;
                }
                Some(OutcomeId::new(name))
            }
        };
        Some(Silence { after, outcome })
    }

    /// A step or a date field, or the last of some: `assess and qualify`.
    fn anchors(self, words: &[&str], said: Said<'_>, report: &mut Report) -> Option<Anchor> {
        match words {
            [only] => self.anchor(only, said.at, report),
            [_, "and", ..] => {
                let anchors = words.split(|word| *word == "and").map(|one| self.anchors(one, said, report));
                let anchors = anchors.collect::<Vec<_>>().into_iter().collect::<Option<Vec<Anchor>>>()?;
                Some(Anchor::Last(anchors))
            }
            _ => {
                report.error(said.at, format!("no day is meant by \"{}\"; {EXAMPLES}", said.words));
                None
            }
        }
    }

    /// A step or a date field.
    fn anchor(self, words: &str, at: &Place, report: &mut Report) -> Option<Anchor> {
        match words {
            "opened" => return Some(Anchor::Opened),
            "today" => return Some(Anchor::Today),
            _ => {}
        }
        let (links, last) = words.rsplit_once('.').map_or((None, words), |(links, last)| (Some(links), last));
        let (links, scope) = self.links(links, at, report)?;
        let kind = &scope.kind.id;
        let field = scope.kind.field(last);
        let date = field.filter(|field| field.kind_of_value == Some(Type::Date));
        match (scope.kind.step(last), date, field) {
            (Some(_), Some(_), _) => {
                report.error(at, format!("\"{last}\" of {kind} is a step and a date; one needs another name"));
                None
            }
            (Some(step), None, _) => Some(Anchor::Step(After { links, step: step.name.as_str().into() })),
            (None, Some(date), _) => {
                let path = links.into_iter().chain([date.id.clone()]).collect();
                Some(Anchor::Field(Path(path)))
            }
            (None, None, Some(field)) => {
                let found = field.kind_of_value.as_ref()?;
                report.error(at, format!("\"{last}\" of {kind} is of type {found}, not date"));
                None
            }
            (None, None, None) => {
                let dates = scope.kind.fields.iter().filter(|field| field.kind_of_value == Some(Type::Date));
                let dates = dates.map(|field| field.id.as_str());
                let names = scope.kind.step_names().chain(dates).chain(["opened"]);
                report.unknown(at, format!("no step and no date \"{last}\" in {kind}"), last, names);
                None
            }
        }
    }
}

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Days => "days",
        Unit::FullDays => "full days",
        Unit::WorkingDays => "working days",
        Unit::FullWorkingDays => "full working days",
        Unit::Months => "months",
        Unit::DayOfMonth => "days of a month",
        Unit::Hours => "hours",
    }
}

/// How many are meant.
fn number(count: &str, anchor: &str, unit: Unit, said: Said<'_>, report: &mut Report) -> Option<u16> {
    let (at, origin) = (said.at, said.origin());
    let (word, most) = match unit {
        Unit::Hours => ("hours", HOURS_MAX),
        Unit::Months => ("months", MONTHS_MAX),
        _ => ("days", DAYS_MAX),
    };
    let digits = count.strip_prefix('-').unwrap_or(count);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        report.error(at, format!("no number of {word}: \"{count}\"{origin}; {EXAMPLES}"));
        return None;
    }
    let found = count.parse::<u16>().ok().filter(|count| (1..=most).contains(count));
    if found.is_none() {
        let mut message = format!("{count} {word}{origin}: {word} are counted from 1 to {most}");
        if digits.bytes().all(|byte| byte == b'0') {
            message.push_str(&format!("; for the same day write \"on {anchor}\""));
        }
        report.error(at, message);
    }
    found
}
