//! Changing one's password.

use super::show::{Shown, page};
use crate::{
    components::{Flash, Lang, error_summary::FieldError, notice::NoticeTone},
    fault::Fault,
    pages::sign_in::{signed_in, wait},
    session::{Actor, flash},
    state::Web,
};
use axum::{Form, extract::State, response::Response};
use jiff::Timestamp;
use office::accounts::{NotChanged, PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, Unfit};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    present: String,
    new: String,
    again: String,
}

/// `POST /account/password`
pub async fn post(State(web): State<Web>, actor: Actor, Form(sent): Form<Sent>) -> Result<Response, Fault> {
    let lang = actor.lang;
    let wrong = |field: &str, text: String| Shown { errors: vec![FieldError::new(field, text)], ..Shown::default() };
    if sent.new != sent.again {
        return page(&web, &actor, wrong("again", lang.t("account-password-differs"))).await;
    }
    match web.office.accounts().change_password(&actor.login, &sent.present, &sent.new).await {
        Ok(begun) => {
            let title = lang.t("account-password-changed");
            let flash = Flash { tone: NoticeTone::Success, title, text: lang.t("account-password-changed-text") };
            Ok(signed_in(&web, &begun, flash::see_other("/account", &flash, web.secure_cookies)))
        }
        Err(NotChanged::Wrong { retry_at }) => {
            page(&web, &actor, wrong("present", wrong_text(lang, retry_at, web.office.now()))).await
        }
        Err(NotChanged::Same) => page(&web, &actor, wrong("new", lang.t("account-password-same"))).await,
        Err(NotChanged::Unfit(unfit)) => page(&web, &actor, wrong("new", unfit_text(lang, unfit))).await,
        Err(NotChanged::Fault(fault)) => Err(fault.into()),
    }
}

fn wrong_text(lang: Lang, retry_at: Option<Timestamp>, now: Timestamp) -> String {
    match retry_at {
        Some(until) => {
            lang.t_with("account-password-locked", "wait", wait(lang, until.duration_since(now).as_secs().max(1)))
        }
        None => lang.t("account-password-wrong"),
    }
}

fn unfit_text(lang: Lang, unfit: Unfit) -> String {
    match unfit {
        Unfit::Short => lang.t_with("account-password-short", "count", PASSWORD_CHARACTERS_MIN),
        Unfit::Long => lang.t_with("account-password-long", "count", PASSWORD_CHARACTERS_MAX),
        Unfit::Plain => lang.t("account-password-plain"),
        Unfit::Login => lang.t("account-password-login"),
    }
}
