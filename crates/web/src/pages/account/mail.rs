//! Being told by mail of what waits: to which address, at once or once a day.

use super::show::{Shown, page};
use crate::{
    components::{Flash, error_summary::FieldError, notice::NoticeTone},
    fault::Fault,
    session::{Actor, flash},
    state::Web,
};
use axum::{Form, extract::State, response::Response};
use office::accounts::NotKept;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Sent {
    mailbox: String,
    /// An hour; empty: as soon as something comes.
    daily_at: String,
}

/// `POST /account/mail`
///
/// # Errors
/// [`Fault::NotThere`] where this server sends no mails.
pub async fn wish(State(web): State<Web>, actor: Actor, Form(sent): Form<Sent>) -> Result<Response, Fault> {
    if !web.mails {
        return Err(Fault::NotThere);
    }
    let daily_at = match sent.daily_at.as_str() {
        "" => None,
        hour => Some(hour.parse().map_err(|_| Fault::Malformed)?),
    };
    match web.office.accounts().wish_mail(&actor.login, &sent.mailbox, daily_at).await {
        Ok(()) => Ok(said(&web, &actor, "account-mail-kept")),
        Err(NotKept::Fault(fault)) => Err(fault.into()),
        Err(NotKept::Hour) => Err(Fault::Malformed),
        Err(NotKept::Address) => {
            let errors = vec![FieldError::new("mailbox", actor.lang.t("account-mail-no-address"))];
            page(&web, &actor, Shown { errors, mail: Some((sent.mailbox, daily_at)), ..Shown::default() }).await
        }
    }
}

/// `POST /account/mail/end`
///
/// # Errors
/// Only faults of the record.
pub async fn end(State(web): State<Web>, actor: Actor) -> Result<Response, Fault> {
    web.office.accounts().end_mail(&actor.login).await?;
    Ok(said(&web, &actor, "account-mail-ended"))
}

fn said(web: &Web, actor: &Actor, key: &str) -> Response {
    let flash = Flash { tone: NoticeTone::Success, title: actor.lang.t(key), text: String::new() };
    flash::see_other("/account", &flash, web.secure_cookies)
}
