//! Words of time and of need: `7 working days after hold`, `not confidential`.
//!
//! Invariant: a deadline counts from a step or a day that exists, over a number of days that makes sense.

use super::{After, Anchor, Deadline, Need, NotBefore, Path, Place, Side, Type, report::Report, scope::Scope};

/// Ten years: more is a slip of the pen.
const DAYS_MAX: u16 = 3653;
const EXAMPLES: &str =
    "a day is written like \"7 working days after hold\", \"3 days before departs\" or \"on returns\"";

impl Scope<'_> {
    /// The day that words of time mean. `origin` says which parameters stand in them, and where.
    pub fn deadline(self, words: &str, origin: &str, at: &Place, report: &mut Report) -> Option<Deadline> {
        let split: Vec<&str> = words.split_whitespace().collect();
        let (count, working, side, anchor) = match split[..] {
            ["on", anchor] => return self.on(anchor, at, report),
            [count, "day" | "days", side, anchor] => (count, false, side, anchor),
            [count, "working", "day" | "days", side, anchor] => (count, true, side, anchor),
            _ => {
                report.error(at, format!("no day is meant by \"{words}\"; {EXAMPLES}"));
                return None;
            }
        };
        let side = match side {
            "after" => Side::After,
            "before" => Side::Before,
            _ => {
                report.unknown(
                    at,
                    format!("a day is after or before another, not \"{side}\""),
                    side,
                    ["after", "before"],
                );
                return None;
            }
        };
        let count = days(count, anchor, origin, at, report)?;
        let anchor = self.anchor(anchor, at, report)?;
        if side == Side::Before && matches!(anchor, Anchor::Step(_)) {
            report
                .warning(at, format!("\"{words}\" is known only when it is past: a step has its day once it is taken"));
        }
        Some(Deadline { count, working, side, anchor })
    }

    /// The day before which a step cannot be taken, and the step that lifts it.
    pub fn not_before(self, words: &str, origin: &str, at: &Place, report: &mut Report) -> Option<NotBefore> {
        let Some((day, rest)) = words.split_once(',') else {
            return Some(NotBefore { day: self.deadline(words, origin, at, report)?, unless: None });
        };
        let day = self.deadline(day, origin, at, report);
        let Some(step) = rest.trim().strip_prefix("unless ") else {
            report.error(at, format!("after the day stands \", unless STEP\", not \",{rest}\""));
            return None;
        };
        let unless = self.step(step.trim(), at, report);
        Some(NotBefore { day: day?, unless: Some(unless?) })
    }

    /// A yes-or-no field, or `not` one.
    pub fn need(self, words: &str, at: &Place, report: &mut Report) -> Option<Need> {
        let field = words.strip_prefix("not ");
        let path = self.typed_path(field.unwrap_or(words).trim(), &Type::Yes, at, report)?;
        Some(Need { field: path, must_be: field.is_none() })
    }

    fn on(self, words: &str, at: &Place, report: &mut Report) -> Option<Deadline> {
        let anchor = self.anchor(words, at, report)?;
        Some(Deadline { count: 0, working: false, side: Side::On, anchor })
    }

    /// A step or a date field.
    fn anchor(self, words: &str, at: &Place, report: &mut Report) -> Option<Anchor> {
        if words == "opened" {
            return Some(Anchor::Opened);
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

/// How many days are meant.
fn days(count: &str, anchor: &str, origin: &str, at: &Place, report: &mut Report) -> Option<u16> {
    let digits = count.strip_prefix('-').unwrap_or(count);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        report.error(at, format!("no number of days: \"{count}\"{origin}; {EXAMPLES}"));
        return None;
    }
    let found = count.parse::<u16>().ok().filter(|count| (1..=DAYS_MAX).contains(count));
    if found.is_none() {
        let mut message = format!("{count} days{origin}: days are counted from 1 to {DAYS_MAX}");
        if digits.bytes().all(|byte| byte == b'0') {
            message.push_str(&format!("; for the same day write \"on {anchor}\""));
        }
        report.error(at, message);
    }
    found
}
