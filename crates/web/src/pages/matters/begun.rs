//! What is typed into a form and left: kept for whoever typed it, and shown when they come back to the form.
//!
//! Invariant: nothing is carried out; what is kept is shown to the account alone that typed it, and what was sent
//! meanwhile is not kept.

use super::form::posted::Posted;
use crate::fault::Fault;
use crate::pages::query::{Pairs, said};
use crate::pages::visit::Visit;
use crate::session::kept::Kept;
use axum::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Names the address of the form among what it sends when it is left.
const PLACE: &str = "place";

/// `POST /begun`: sent by the browser when a form is left that was changed.
///
/// # Errors
/// Only faults of the record.
pub async fn keep(visit: Visit, Form(pairs): Form<Pairs>) -> Result<Response, Fault> {
    let place = said(&pairs, PLACE).unwrap_or_default().to_owned();
    let command = Posted::read(&pairs).command;
    let typed = pairs.into_iter().filter(|(name, _)| name != PLACE).collect();
    let Some(kept) = Kept::at(&place, typed) else { return Ok(StatusCode::BAD_REQUEST.into_response()) };
    // Whoever goes back to a form that was sent, and leaves it once more, has it in the browser as it was.
    let sent = match command {
        Some(command) => visit.office.is_carried_out(command).await?,
        None => false,
    };
    if !sent {
        visit.keep(&kept).await?;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}
