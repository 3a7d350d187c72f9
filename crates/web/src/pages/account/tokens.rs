//! Making and revoking the tokens of programs that act for oneself.

use super::{
    sessions::Sent as Chosen,
    show::{MadeToken, Shown, page},
};
use crate::{
    components::{Flash, error_summary::FieldError, notice::NoticeTone},
    fault::Fault,
    session::{Actor, flash},
    state::Web,
};
use axum::{Form, extract::State, response::Response};
use office::accounts::{TOKENS_MAX, TokenNotMade};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    label: String,
    days: u16,
}

/// `POST /account/tokens`
pub async fn make(State(web): State<Web>, actor: Actor, Form(sent): Form<Sent>) -> Result<Response, Fault> {
    let lang = actor.lang;
    let (field, text) = match web.office.accounts().make_token(&actor.login, &sent.label, sent.days).await {
        // Shown on this very answer and nowhere else, so it is not gone on to another page.
        Ok(begun) => {
            let made = MadeToken { label: sent.label.trim().to_owned(), secret: begun.secret };
            return page(&web, &actor, Shown { made: Some(made), ..Shown::default() }).await;
        }
        Err(TokenNotMade::Label) => ("label", lang.t("account-token-label-wrong")),
        Err(TokenNotMade::Days) => ("days", lang.t("account-token-days-wrong")),
        Err(TokenNotMade::TooMany) => ("label", lang.t_with("account-token-too-many", "count", TOKENS_MAX)),
        Err(TokenNotMade::Fault(fault)) => return Err(fault.into()),
    };
    let errors = vec![FieldError::new(field, text)];
    page(&web, &actor, Shown { errors, label: sent.label, ..Shown::default() }).await
}

/// `POST /account/tokens/revoke`
pub async fn revoke(State(web): State<Web>, actor: Actor, Form(chosen): Form<Chosen>) -> Result<Response, Fault> {
    web.office.accounts().end(&actor.login, &chosen.id).await?;
    let title = actor.lang.t("account-token-revoked");
    let flash = Flash { tone: NoticeTone::Success, title, text: String::new() };
    Ok(flash::see_other("/account", &flash, web.secure_cookies))
}
