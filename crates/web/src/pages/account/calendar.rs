//! Making and ending the secret address of one's calendar.

use super::show::{Shown, page};
use crate::{
    components::{Flash, notice::NoticeTone},
    fault::Fault,
    session::{Actor, flash},
    state::Web,
};
use axum::{extract::State, http::HeaderMap, response::Response};
use office::accounts::SessionKind;

/// `POST /account/calendar`
///
/// # Errors
/// Only faults of the record.
pub async fn make(State(web): State<Web>, actor: Actor, headers: HeaderMap) -> Result<Response, Fault> {
    let begun = web.office.accounts().make_calendar(&actor.login).await?;
    let address = format!("{}/calendar/{}.ics", web.reached_at(&headers), begun.secret);
    // Shown on this very answer and nowhere else, so it is not gone on to another page.
    page(&web, &actor, Shown { calendar: Some(address), ..Shown::default() }).await
}

/// `POST /account/calendar/end`
///
/// # Errors
/// Only faults of the record.
pub async fn end(State(web): State<Web>, actor: Actor) -> Result<Response, Fault> {
    let accounts = web.office.accounts();
    for one in accounts.of(&actor.login, SessionKind::Calendar).await? {
        accounts.end(&actor.login, &one.id_hash).await?;
    }
    let title = actor.lang.t("account-calendar-ended");
    let flash = Flash { tone: NoticeTone::Success, title, text: String::new() };
    Ok(flash::see_other("/account", &flash, web.secure_cookies))
}
