//! Signing in and out.
//!
//! What was typed into a form of a step, when the session had ended, is carried along. Invariant: whoever
//! signs in gets a session of a new name, and goes on to a page of this site.

use super::frame::{frame, show};
use crate::{
    components::{
        Chrome, Flash, Lang,
        error_summary::{ErrorSummary, FieldError},
        field::{Field, TextField, TextKind},
        notice::{Notice, NoticeTone},
    },
    fault::Fault,
    session::{Actor, Visitor, address, cookies, flash, kept::Kept, next},
    state::Web,
};
use askama::Template;
use axum::{
    Form,
    extract::{FromRequest, Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use office::accounts::{Begun, SignIn};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "pages/sign_in/show.html")]
struct SignInPage {
    chrome: Chrome,
    errors: ErrorSummary,
    notice: Option<Notice>,
    login: TextField,
    password: TextField,
    next: String,
    /// Names and texts of what is carried along.
    carried: Vec<(String, String)>,
    demo: Option<Demo>,
}

/// The accounts of a demonstration, each of which signs in with one button of the same form.
struct Demo {
    password: String,
    accounts: Vec<DemoLine>,
}

struct DemoLine {
    login: String,
    post: String,
}

/// How one comes to the page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    next: String,
    ended: String,
}

/// What the form sends.
#[derive(Default)]
struct Sent {
    login: String,
    password: String,
    next: String,
    kept: Option<Kept>,
}

impl Sent {
    /// From the pairs of the form; `demo` names an account of the demonstration in place of a login.
    fn read(web: &Web, pairs: &[(String, String)]) -> Sent {
        let said = |name: &str| pairs.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str());
        let next = next::local(said("next")).to_owned();
        let shown = web.demo.as_ref().and_then(|hint| {
            let account = hint.accounts.iter().find(|account| account.login == said("demo"))?;
            Some((account.login.as_str(), hint.password.as_str()))
        });
        let (login, password) = shown.unwrap_or((said("login"), said("password")));
        let kept = Kept::carried(&next, pairs);
        Sent { login: login.to_owned(), password: password.to_owned(), next, kept }
    }
}

/// `GET /sign-in`
pub async fn get(State(web): State<Web>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let on = next::local(&asked.next);
    if visitor.session().is_some() {
        return Ok(Redirect::to(on).into_response());
    }
    let ended = !asked.ended.is_empty();
    let sent = Sent { next: on.to_owned(), ..Sent::default() };
    Ok(page(&web, &visitor, &sent, vec![], ended).await?.into_response())
}

/// The page in answer to a form that came without a session: it carries along what was typed.
///
/// # Errors
/// Only faults of the record.
pub async fn carry(web: &Web, visitor: &Visitor, kept: &Kept) -> Result<Response, Fault> {
    let sent = Sent { next: kept.place.clone(), kept: Some(kept.clone()), ..Sent::default() };
    Ok((StatusCode::UNAUTHORIZED, page(web, visitor, &sent, vec![], true).await?).into_response())
}

/// `POST /sign-in`
pub async fn post(State(web): State<Web>, visitor: Visitor, request: Request) -> Result<Response, Fault> {
    let from = address::of(&request, web.behind_proxy);
    let sent = match Form::<Vec<(String, String)>>::from_request(request, &web).await {
        Ok(Form(pairs)) => Sent::read(&web, &pairs),
        Err(_) => return Err(Fault::Malformed),
    };
    let lacking = lacking(visitor.lang, &sent);
    if !lacking.is_empty() {
        return Ok(
            (StatusCode::UNPROCESSABLE_ENTITY, page(&web, &visitor, &sent, lacking, false).await?).into_response()
        );
    }
    let now = web.office.now();
    if let Some(until) = from.as_ref().and_then(|from| web.addresses.locked(from, now)) {
        return wrong(&web, &visitor, &sent, Some(until), now).await;
    }
    match web.office.accounts().sign_in(&web.strangers, &sent.login, &sent.password).await? {
        SignIn::SignedIn(begun) => {
            from.iter().for_each(|from| web.addresses.succeeded(from));
            if let Some(before) = visitor.actor() {
                web.office.accounts().end(&before.login, &before.session).await?;
            }
            let on = match &sent.kept {
                // A login is kept in small letters and without spaces around it.
                Some(kept) => kept.lead_back(&web, &begun.login).await?,
                None => Redirect::to(&sent.next).into_response(),
            };
            Ok(signed_in(&web, &begun, on))
        }
        SignIn::WrongOrLocked { retry_at } => {
            let retry_at = retry_at.max(from.and_then(|from| web.addresses.failed(&from, now)));
            wrong(&web, &visitor, &sent, retry_at, now).await
        }
    }
}

/// The answer that also keeps the browser signed in.
pub fn signed_in(web: &Web, begun: &Begun, mut response: Response) -> Response {
    let headers = response.headers_mut();
    cookies::set(headers, cookies::SESSION, &begun.secret, web.secure_cookies);
    cookies::clear(headers, cookies::FORMS, web.secure_cookies);
    response
}

/// `POST /sign-out`
pub async fn out(State(web): State<Web>, actor: Actor) -> Result<Response, Fault> {
    web.office.accounts().end(&actor.login, &actor.session).await?;
    Ok(signed_out(&web, actor.lang.t("sign-in-signed-out")))
}

/// To the sign-in page, with a message, and no session in the browser any more.
pub fn signed_out(web: &Web, title: String) -> Response {
    let flash = Flash { tone: NoticeTone::Success, title, text: String::new() };
    let mut response = flash::see_other("/sign-in", &flash, web.secure_cookies);
    cookies::clear(response.headers_mut(), cookies::SESSION, web.secure_cookies);
    response
}

fn lacking(lang: Lang, sent: &Sent) -> Vec<FieldError> {
    let mut lacking = vec![];
    if sent.login.trim().is_empty() {
        lacking.push(FieldError::new("login", lang.t("sign-in-login-lacks")));
    }
    if sent.password.is_empty() {
        lacking.push(FieldError::new("password", lang.t("sign-in-password-lacks")));
    }
    lacking
}

async fn wrong(
    web: &Web,
    visitor: &Visitor,
    sent: &Sent,
    retry_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<Response, Fault> {
    let Some(until) = retry_at else {
        let errors = vec![FieldError::new("login", visitor.lang.t("sign-in-wrong"))];
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(web, visitor, sent, errors, false).await?).into_response());
    };
    let seconds = until.duration_since(now).as_secs().max(1);
    let errors =
        vec![FieldError::new("login", visitor.lang.t_with("sign-in-locked", "wait", wait(visitor.lang, seconds)))];
    let page = page(web, visitor, sent, errors, false).await?;
    let retry = [(header::RETRY_AFTER, HeaderValue::from(seconds))];
    Ok((StatusCode::TOO_MANY_REQUESTS, retry, page).into_response())
}

/// A time to wait, in seconds up to a minute and in whole minutes above.
pub fn wait(lang: Lang, seconds: i64) -> String {
    if seconds <= 60 {
        lang.t_with("wait-seconds", "count", seconds)
    } else {
        lang.t_with("wait-minutes", "count", (seconds + 59) / 60)
    }
}

async fn page(
    web: &Web,
    visitor: &Visitor,
    sent: &Sent,
    errors: Vec<FieldError>,
    ended: bool,
) -> Result<impl IntoResponse + use<>, Fault> {
    let lang = visitor.lang;
    let mut chrome = frame(web, visitor, &lang.t("sign-in-title")).await?;
    chrome.csrf = visitor.csrf();
    // A page that answers a form has no address of its own to come back to.
    chrome.path = format!("/sign-in?next={}", next::encode(&sent.next));
    // To change the language would leave behind what is carried along.
    chrome.one_language = sent.kept.is_some();
    let errors = ErrorSummary { lang, errors };
    let field = |name: &str, label: &str| Field::new(lang, name, lang.t(label)).error(errors.of(name));
    let login = TextField::new(field("login", "sign-in-login"), &sent.login).autocomplete("username");
    let password = TextField::new(field("password", "sign-in-password"), "");
    let carries = if sent.kept.is_some() { "sign-in-ended-carried" } else { "sign-in-ended-text" };
    let ended = ended || sent.kept.is_some();
    let notice = ended.then(|| Notice::new(NoticeTone::Warning, lang.t("sign-in-ended"), lang.t(carries)));
    let demo = web.demo.as_ref().map(|hint| Demo {
        password: hint.password.clone(),
        accounts: hint
            .accounts
            .iter()
            .map(|account| DemoLine {
                login: account.login.clone(),
                post: lang.choose(&account.post.en, &account.post.zh).clone(),
            })
            .collect(),
    });
    let page = SignInPage {
        chrome,
        notice,
        login,
        password: password.kind(TextKind::Password).autocomplete("current-password"),
        next: sent.next.clone(),
        carried: sent.kept.as_ref().map(Kept::fields).unwrap_or_default(),
        demo,
        errors,
    };
    show(&page)
}
