//! Ending one's sessions: one of them, or all.

use crate::{
    components::{Flash, notice::NoticeTone},
    fault::Fault,
    pages::sign_in::signed_out,
    session::{Actor, flash},
    state::Web,
};
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Sent {
    pub(super) id: String,
}

/// `tokens=revoke`: they end, too.
#[derive(Deserialize)]
pub struct All {
    #[serde(default)]
    tokens: String,
}

/// `POST /account/sessions/end`
pub async fn end(State(web): State<Web>, actor: Actor, Form(sent): Form<Sent>) -> Result<Response, Fault> {
    web.office.accounts().end(&actor.login, &sent.id).await?;
    let title = actor.lang.t("account-session-ended");
    let flash = Flash { tone: NoticeTone::Success, title, text: String::new() };
    Ok(flash::see_other("/account", &flash, web.secure_cookies))
}

/// `POST /account/sessions/end-all`
pub async fn end_all(
    State(web): State<Web>,
    actor: Actor,
    sent: Result<Form<All>, FormRejection>,
) -> Result<Response, Fault> {
    // Signing out is never kept back by what else was sent.
    let tokens_too = sent.is_ok_and(|Form(sent)| sent.tokens == "revoke");
    web.office.accounts().end_everywhere(&actor.login, tokens_too).await?;
    let key = if tokens_too { "sign-in-signed-out-tokens-too" } else { "sign-in-signed-out-everywhere" };
    Ok(signed_out(&web, actor.lang.t(key)))
}
