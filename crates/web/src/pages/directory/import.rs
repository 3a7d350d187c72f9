//! A list of people and posts from another system: shown first what it would change, then entered.
//!
//! Without scripts the list is pasted; with them a file is read into the same field. Invariant: what was pasted
//! stays in the field, and nothing is entered that was not shown on the same version of the directory.

use super::crumbs;
use crate::components::card::PageHead;
use crate::components::error_summary::{ErrorSummary, FieldError};
use crate::components::field::{Field, TextArea, TextField};
use crate::components::listing::EmptyState;
use crate::components::notice::{Notice, NoticeTone};
use crate::components::page::CsrfField;
use crate::components::table::{Cell, Column, Row, Table};
use crate::components::{Chrome, Link, Tone};
use crate::fault::Fault;
use crate::pages::query::{Pairs, said};
use crate::pages::visit::Visit;
use crate::wording::{RowStanding, Words, matter_href, matters_named, standing};
use askama::Template;
use axum::{
    Form,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use facts::CommandId;
use office::roster::{Came, Heading, Roster, Sent, Unreadable};

#[derive(Template)]
#[template(path = "pages/directory/import.html")]
struct ImportPage {
    chrome: Chrome,
    head: PageHead,
    errors: ErrorSummary,
    notice: Option<Notice>,
    csrf: CsrfField,
    command: String,
    /// Version of the directory that the changes are shown for; `None` where nothing can be entered.
    seen: Option<u64>,
    /// Of the list that they are the changes of.
    shown: String,
    list: TextArea,
    late: TextField,
    /// `None` before a list was sent.
    rows: Option<Table>,
    /// How many rows the directory says already.
    same: String,
    enter: String,
    columns: Table,
}

/// What the page shows beside the form.
#[derive(Default)]
struct Shown {
    text: String,
    late: String,
    /// What is wrong with the list, or with why it is late.
    error: Option<(&'static str, String)>,
    notice: Option<Notice>,
    roster: Option<Roster>,
}

/// `GET /directory/import`
///
/// # Errors
/// [`Fault::NotThere`] where no step by which a list is entered is the visitor's.
pub async fn get(visit: Visit) -> Result<Response, Fault> {
    page(&visit, Shown::default()).await
}

/// `GET /directory/roster.csv`: the posts that people hold, as a list that can be sent again.
///
/// # Errors
/// [`Fault::NotThere`] as above.
pub async fn roster(visit: Visit) -> Result<Response, Fault> {
    const ATTACHED: HeaderValue = HeaderValue::from_static("attachment; filename=\"roster.csv\"");
    if visit.office.roster_headings().is_empty() {
        return Err(Fault::NotThere);
    }
    // Spreadsheets take a list for UTF-8 by this mark.
    let mut response = crate::api::roster::list(format!("\u{FEFF}{}", visit.office.roster().await?));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, ATTACHED);
    Ok(response)
}

/// `POST /directory/import`: shows what a list would change, or enters it.
///
/// # Errors
/// [`Fault::NotThere`] as above.
pub async fn post(visit: Visit, Form(pairs): Form<Pairs>) -> Result<Response, Fault> {
    let of = |name: &str| said(&pairs, name).unwrap_or_default().to_owned();
    let (text, late) = (of("list"), of("late"));
    let reason = Some(late.trim()).filter(|late| !late.is_empty());
    let words = visit.words().await?;
    let shown = Shown { text: text.clone(), late: late.clone(), ..Shown::default() };
    let enters = said(&pairs, "act") == Some("enter");
    let as_shown = of("shown") == digest(&text, &late);
    let seen = of("seen").parse::<u64>().ok().filter(|_| enters && as_shown);
    let Some(seen) = seen else {
        let changed = if enters { notice(NoticeTone::Warning, words.t("roster-changed")) } else { None };
        return match visit.office.hold_roster(&text, &visit.person, reason).await? {
            Ok(roster) => page(&visit, Shown { roster: Some(roster), notice: changed, ..shown }).await,
            Err(unreadable) => refused(&visit, &words, &unreadable, shown).await,
        };
    };
    let command: CommandId = of("command").parse().unwrap_or_else(|_| visit.new_command());
    match visit.office.enter_roster(&text, &visit.person, reason, seen, command).await? {
        Sent::Unreadable(unreadable) => refused(&visit, &words, &unreadable, shown).await,
        Sent::Meanwhile(roster) => {
            let notice = notice(NoticeTone::Warning, words.t("roster-meanwhile"));
            let mut response = page(&visit, Shown { roster: Some(roster), notice, ..shown }).await?;
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        Sent::Entered(roster) => {
            let entered = roster.count(|came| matches!(came, Came::Entered(_)));
            let is_out =
                |row: &office::roster::Row| matches!(standing(row), RowStanding::Refused | RowStanding::Unread);
            let left = roster.rows.iter().filter(|row| is_out(row)).count();
            let sentence = match left {
                0 => words.say("roster-entered", &[("count", &entered)]),
                left => words.say("roster-entered-left", &[("count", &entered), ("left", &left)]),
            };
            let tone = if left == 0 { NoticeTone::Success } else { NoticeTone::Warning };
            page(&visit, Shown { roster: Some(roster), notice: notice(tone, sentence), ..shown }).await
        }
    }
}

/// Tells a list, with why it is late, from every other one; how forms end their lines makes no other.
fn digest(text: &str, late: &str) -> String {
    facts::chain::digest_json(&(text.replace("\r\n", "\n").trim(), late.trim())).to_string()
}

fn notice(tone: NoticeTone, text: String) -> Option<Notice> {
    Some(Notice { tone, text, ..Notice::default() })
}

async fn refused(visit: &Visit, words: &Words, unreadable: &Unreadable, shown: Shown) -> Result<Response, Fault> {
    let field = if matches!(unreadable, Unreadable::Late(_)) { "late" } else { "list" };
    let error = Some((field, words.roster_unreadable(unreadable)));
    let mut response = page(visit, Shown { error, ..shown }).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn page(visit: &Visit, shown: Shown) -> Result<Response, Fault> {
    let headings = visit.office.roster_headings();
    if !visit.office.may_enter_rosters(&visit.person).await? {
        return Err(Fault::NotThere);
    }
    let mut words = visit.words().await?;
    let Shown { text, late, error, notice, roster } = shown;
    if let Some(roster) = &roster {
        words.name_entered(roster);
        visit.name(&mut words, roster.refused().flat_map(matters_named).collect()).await?;
    }
    let lawful = roster.as_ref().map_or(0, |roster| roster.count(|came| matches!(came, Came::Lawful)));
    let same =
        roster.as_ref().map_or(0, |roster| roster.rows.iter().filter(|row| standing(row) == RowStanding::Same).count());
    let title = words.t("roster-title");
    let mut chrome = visit.chrome(&title).await?;
    chrome.crumbs = crumbs(&words);
    let field = Field::new(words.lang, "list", words.t("roster-list")).hint(words.t("roster-list-hint"));
    let late_field = Field::new(words.lang, "late", words.t("roster-late")).hint(words.t("roster-late-hint"));
    let errors = error.into_iter().map(|(field, sentence)| FieldError::new(field, sentence)).collect();
    let errors = ErrorSummary { lang: words.lang, errors };
    let page = ImportPage {
        head: PageHead {
            lead: words.t("roster-lead"),
            actions: vec![Link::new(words.t("roster-as-it-is"), "/directory/roster.csv")],
            ..PageHead::new(title)
        },
        notice,
        csrf: chrome.csrf_field(),
        command: visit.new_command().to_string(),
        seen: roster.as_ref().filter(|_| lawful > 0).map(|roster| roster.directory_version),
        shown: digest(&text, &late),
        list: TextArea::new(field.error(errors.of("list")), text).rows(10),
        late: TextField::new(late_field.error(errors.of("late")), late),
        errors,
        rows: roster.as_ref().map(|roster| rows(&words, roster)),
        same: if same == 0 { String::new() } else { words.say("roster-same", &[("count", &same)]) },
        enter: words.say("roster-enter", &[("count", &lawful)]),
        columns: columns(&words, &headings),
        chrome,
    };
    visit.page(&page)
}

/// The rows that say anything new or cannot be understood.
fn rows(words: &Words, roster: &Roster) -> Table {
    let told = roster.rows.iter().filter(|row| standing(row) != RowStanding::Same);
    let rows = told.map(|row| {
        let tone = match standing(row) {
            RowStanding::Unread | RowStanding::Refused => Tone::Refused,
            RowStanding::Entered => Tone::Done,
            RowStanding::Lawful | RowStanding::Same => Tone::Mine,
        };
        let changes = row.changes.iter().map(|change| words.roster_change(change));
        let mut why: Vec<String> = row.problem.iter().map(|problem| words.roster_problem(problem)).collect();
        let mut links = vec![];
        for change in &row.changes {
            match &change.came {
                Came::Refused(refused) => why.extend(refused.refusals.iter().map(|one| words.in_a_line(one))),
                Came::Entered(Some(number)) => {
                    links.push(Link::new(number.to_string(), matter_href(number.as_str())));
                }
                Came::Lawful | Came::Left | Came::Entered(None) => {}
            }
        }
        let lines: Vec<String> = changes.collect();
        Row::new(vec![
            Cell::new(words.say("roster-line", &[("line", &row.line)])).note(row.said.clone()),
            Cell { links, ..Cell::new(lines.join(&words.t("roster-and"))).note(why.join(&words.t("sentence-space"))) },
            Cell::tag(words.roster_standing(row), tone),
        ])
    });
    Table {
        lang: words.lang,
        caption: words.t("roster-changes"),
        columns: ["roster-column-row", "roster-column-change", "roster-column-standing"]
            .map(|key| Column::new(words.t(key)))
            .into(),
        rows: rows.collect(),
        empty: EmptyState::new(words.t("roster-nothing"), words.t("roster-nothing-next")),
        ..Table::default()
    }
}

/// What the columns may be called.
fn columns(words: &Words, headings: &[Heading]) -> Table {
    let alike = headings.chunk_by(|one, next| one.column == next.column);
    let rows = alike.map(|alike| {
        let mut names: Vec<&str> = alike.iter().map(|heading| heading.field.as_str()).collect();
        names.dedup();
        let mut meanings: Vec<String> = alike.iter().map(|heading| words.pick(&heading.label)).collect();
        meanings.dedup();
        Row::new(vec![Cell::new(words.list(&names)), Cell::new(words.list(&meanings))])
    });
    Table {
        lang: words.lang,
        caption: words.t("roster-columns"),
        caption_hidden: true,
        columns: ["roster-column-name", "roster-column-meaning"].map(|key| Column::new(words.t(key))).into(),
        rows: rows.collect(),
        ..Table::default()
    }
}
