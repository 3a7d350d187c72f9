//! A list of people and posts for programs: what it would change, and entering that.
//!
//! Invariant: nothing is entered but on the version of the directory that the caller was shown.

use super::{caller::Caller, problem::Problem};
use crate::fault::Fault;
use crate::pages::query::said;
use crate::wording::{ReasonWords, RowStanding, Words, matters_named, standing};
use axum::{
    Json,
    body::Bytes,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use facts::CommandId;
use office::roster::{Came, Change, Roster, Row, Sent};
use serde::Serialize;

/// A list held against the directory, or entered.
#[derive(Serialize)]
pub struct RosterView {
    /// Version of the directory; what is entered is entered on it.
    pub version: u64,
    pub rows: Vec<RowView>,
}

#[derive(Serialize)]
pub struct RowView {
    pub line: u64,
    pub said: String,
    pub standing: RowStanding,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

#[derive(Serialize)]
pub struct ChangeView {
    pub step: String,
    pub text: String,
    /// The matter by which it was entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<ReasonWords>,
}

impl RosterView {
    pub fn of(words: &Words, roster: &Roster) -> RosterView {
        let rows = roster.rows.iter().map(|row| RowView::of(words, row));
        RosterView { version: roster.directory_version, rows: rows.collect() }
    }
}

impl RowView {
    fn of(words: &Words, row: &Row) -> RowView {
        RowView {
            line: row.line,
            said: row.said.clone(),
            standing: standing(row),
            changes: row.changes.iter().map(|change| ChangeView::of(words, change)).collect(),
            problem: row.problem.as_ref().map(|problem| words.roster_problem(problem)),
        }
    }
}

impl ChangeView {
    fn of(words: &Words, change: &Change) -> ChangeView {
        let (matter, reasons) = match &change.came {
            Came::Entered(number) => (number.as_ref().map(ToString::to_string), vec![]),
            Came::Refused(refused) => (None, words.reasons(refused, None)),
            Came::Lawful | Came::Left => (None, vec![]),
        };
        ChangeView {
            step: format!("{}.{}", change.kind, change.step),
            text: words.roster_change(change),
            matter,
            reasons,
        }
    }
}

/// `GET /api/v1/directory/roster`: the posts that people hold, as a list that can be sent again.
///
/// # Errors
/// Only faults of the record.
pub async fn get(caller: Caller) -> Result<Response, Fault> {
    Ok(list(caller.visit.office.roster().await?))
}

/// A list as it is sent.
pub fn list(text: String) -> Response {
    const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8");
    let mut response = text.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, CSV);
    response
}

/// `POST /api/v1/directory/roster?seen=&late=&command=` with a list: what it would change, or, where `seen` names
/// the version of the directory that this was shown for, what was entered.
///
/// # Errors
/// Only faults of the record; everything else is an answer.
pub async fn post(caller: Caller, body: Bytes) -> Result<Response, Fault> {
    let visit = &caller.visit;
    let mut words = visit.words().await?;
    let wrong =
        |words: &Words, detail: String| Ok(Problem { detail, ..Problem::new(words, "malformed", 400) }.into_response());
    let Ok(text) = std::str::from_utf8(&body) else {
        let detail = words.t("roster-not-text");
        return wrong(&words, detail);
    };
    let late = said(&caller.query, "late").filter(|late| !late.trim().is_empty());
    let seen = said(&caller.query, "seen").map(str::parse::<u64>).transpose();
    let command = said(&caller.query, "command").map(str::parse::<CommandId>).transpose();
    let (Ok(seen), Ok(command)) = (seen, command) else {
        let detail = words.t("roster-query");
        return wrong(&words, detail);
    };
    let Some(seen) = seen else {
        return match visit.office.hold_roster(text, &visit.person, late).await? {
            Err(unreadable) => {
                let detail = words.roster_unreadable(&unreadable);
                wrong(&words, detail)
            }
            Ok(roster) => Ok(Json(shown(&caller, &mut words, &roster).await?).into_response()),
        };
    };
    let command = command.unwrap_or_else(|| visit.new_command());
    match visit.office.enter_roster(text, &visit.person, late, seen, command).await? {
        Sent::Unreadable(unreadable) => {
            let detail = words.roster_unreadable(&unreadable);
            wrong(&words, detail)
        }
        Sent::Meanwhile(_) => {
            let detail = words.t("roster-meanwhile");
            Ok(Problem { detail, ..Problem::new(&words, "stale", 409) }.into_response())
        }
        Sent::Entered(roster) => Ok(Json(shown(&caller, &mut words, &roster).await?).into_response()),
    }
}

async fn shown(caller: &Caller, words: &mut Words, roster: &Roster) -> Result<RosterView, Fault> {
    words.name_entered(roster);
    let named = roster.refused().flat_map(matters_named).collect();
    caller.visit.name(words, named).await?;
    Ok(RosterView::of(words, roster))
}
