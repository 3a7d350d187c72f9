//! Keeping the language in which one's pages are shown.

use crate::{
    components::{Flash, Lang, notice::NoticeTone},
    fault::Fault,
    session::{Actor, cookies, flash},
    state::Web,
};
use axum::{Form, extract::State, response::Response};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Sent {
    language: String,
}

/// `POST /account/language`
pub async fn post(State(web): State<Web>, actor: Actor, Form(sent): Form<Sent>) -> Result<Response, Fault> {
    let lang = Lang::from_code(&sent.language).ok_or(Fault::Malformed)?;
    web.office.accounts().set_language(&actor.login, lang.code()).await?;
    let flash = Flash { tone: NoticeTone::Success, title: lang.t("account-language-kept"), text: String::new() };
    let mut response = flash::see_other("/account", &flash, web.secure_cookies);
    cookies::set(response.headers_mut(), cookies::LANGUAGE, lang.code(), web.secure_cookies);
    Ok(response)
}
