//! What a mail says of a desk: what came, or all that waits, each with why and when.
//!
//! A mailbox is nobody's office: no title and no text of a matter stands in a mail, only its kind and number, the
//! step, its day and the post by which it is somebody's. Must not know how a mail is sent.

use crate::{
    components::Lang,
    wording::{Words, path_segment},
};
use facts::{PersonId, Role};
use office::{DeskRow, Fault, Office};
use std::collections::BTreeSet;

/// Rows of a desk that are looked at.
const ROWS_MAX: u32 = 200;
/// Of these so many stand in a mail.
const LINES_MAX: usize = 40;

/// A mail to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub text: String,
}

/// A desk as a mail would tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Nothing to be sent where nothing came, or nothing waits.
    pub letter: Option<Letter>,
    /// Keys of all that is on the desk now.
    pub on_desk: BTreeSet<String>,
}

/// What is on a person's desk that was not told before; `whole`: all that is on it. `address`: where the office is
/// reached.
///
/// # Errors
/// Only faults of the record.
pub async fn letter(
    office: &Office,
    (person, lang): (&PersonId, Lang),
    address: &str,
    told: &BTreeSet<String>,
    whole: bool,
) -> Result<Told, Fault> {
    let words = Words::today(office, lang).await?;
    let reader = office.reader(person).await?;
    let rows = office.desk(&reader, None, 0, ROWS_MAX).await?.rows;
    let on_desk: BTreeSet<String> = rows.iter().map(key).collect();
    let wanted: Vec<&DeskRow> = rows.iter().filter(|row| whole || !told.contains(&key(row))).collect();
    if wanted.is_empty() {
        return Ok(Told { letter: None, on_desk });
    }
    let count = wanted.len();
    let overdue = wanted.iter().filter(|row| row.due.is_some_and(|due| due < words.today)).count();
    let of_desk = if whole { "mail-waits" } else { "mail-came" };
    let mut text = vec![words.say(of_desk, &[("count", &count)])];
    if overdue > 0 {
        text.push(words.say("mail-overdue", &[("count", &overdue)]));
    }
    for row in wanted.iter().take(LINES_MAX) {
        text.push(String::new());
        text.extend(lines(&words, person, address, row));
    }
    if count > LINES_MAX {
        text.extend([String::new(), words.say("summary-more", &[("count", &(count - LINES_MAX))])]);
    }
    let of = if whole { "mail-why-daily" } else { "mail-why" };
    let account = format!("{address}/account");
    text.extend([String::new(), words.say(of, &[("address", &account)])]);
    let subject = words.say(&format!("{of_desk}-subject"), &[("count", &count)]);
    Ok(Told { letter: Some(Letter { subject, text: text.join("\n") }), on_desk })
}

/// What a row is known by; a new round of the same step is the same thing on the desk.
fn key(row: &DeskRow) -> String {
    format!("{} {} {}", row.matter, row.step, office::fill::typed_member(row.each.as_ref()))
}

fn lines(words: &Words, person: &PersonId, address: &str, row: &DeskRow) -> [String; 3] {
    let (step, kind) = (words.step(&row.kind, &row.step), words.kind(&row.kind));
    let number = row.number.as_str();
    let what = words.say("mail-step", &[("step", &step), ("kind", &kind), ("number", &number)]);
    let why = Role::of_key(&row.role).map_or(String::new(), |role| words.capacity_today(person, &role));
    let why = words.say("mail-yours", &[("why", &why), ("article", &words.cite(&row.rule).text)]);
    let due = row.due.map(|due| words.due_day(due));
    let due = due.map_or(String::new(), |due| {
        let said = words.say("due-with-remaining", &[("due", &due.day), ("remaining", &due.remaining)]);
        words.say("mail-due", &[("due", &said)])
    });
    let segment = path_segment(row.step.as_str());
    [what, format!("  {why}{due}"), format!("  {address}/matters/{}/{segment}", path_segment(number))]
}
