//! Ending one's sessions: one of them, or all.

use crate::{
    components::{Flash, notice::NoticeTone},
    fault::Fault,
    pages::sign_in::signed_out,
    session::{Actor, flash},
    state::Web,
};
use axum::{Form, extract::State, response::Response};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Sent {
    pub(super) id: String,
}

/// `POST /account/sessions/end`
pub async fn end(State(web): State<Web>, actor: Actor, Form(sent): Form<Sent>) -> Result<Response, Fault> {
    web.office.accounts().end(&actor.login, &sent.id).await?;
    let title = actor.lang.t("account-session-ended");
    let flash = Flash { tone: NoticeTone::Success, title, text: String::new() };
    Ok(flash::see_other("/account", &flash, web.secure_cookies))
}

/// `POST /account/sessions/end-all`
pub async fn end_all(State(web): State<Web>, actor: Actor) -> Result<Response, Fault> {
    web.office.accounts().end_everywhere(&actor.login).await?;
    Ok(signed_out(&web, actor.lang.t("sign-in-signed-out-everywhere")))
}
