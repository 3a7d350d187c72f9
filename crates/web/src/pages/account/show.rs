//! The page of one's own account.

use crate::{
    components::{
        Chrome, Lang,
        card::PageHead,
        choice::{Choice, Radios, Select},
        error_summary::{ErrorSummary, FieldError},
        field::{Field, TextField, TextKind},
    },
    fault::Fault,
    pages::frame::{frame, show, words},
    session::Actor,
    state::Web,
    wording::Words,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use office::accounts::{Listed, PASSWORD_CHARACTERS_MIN, SessionKind};

/// Days for which a token may be made; the one in the middle is offered first.
const TOKEN_DAYS: [u16; 3] = [30, 90, 365];
const TOKEN_DAYS_USUAL: u16 = 90;
/// Hours at which a daily mail is offered.
const DAILY: [u8; 4] = [7, 8, 12, 16];
const DAILY_USUAL: u8 = 8;

#[derive(Template)]
#[template(path = "pages/account/show.html")]
struct AccountPage {
    chrome: Chrome,
    head: PageHead,
    errors: ErrorSummary,
    login: String,
    language: Radios,
    present: TextField,
    new: TextField,
    again: TextField,
    sessions: Vec<Line>,
    tokens: Vec<Line>,
    made: Option<MadeToken>,
    label: TextField,
    days: Select,
    /// The address of a calendar that was just made; it is shown this once.
    calendar: Option<String>,
    calendars: Vec<Line>,
    /// Where this server sends mails.
    mail: Option<MailForm>,
}

/// What the account wishes to be told by mail.
struct MailForm {
    mailbox: TextField,
    daily_at: Select,
    /// Whether it is told already.
    told: bool,
}

/// A session or token in the list.
struct Line {
    id: String,
    label: String,
    began: String,
    used: String,
    ends: String,
    /// The one this page was asked for with.
    this: bool,
}

/// A token that was just made; its secret is shown this once.
pub struct MadeToken {
    pub label: String,
    pub secret: String,
}

/// What the page shows besides the account itself.
#[derive(Default)]
pub struct Shown {
    pub errors: Vec<FieldError>,
    pub made: Option<MadeToken>,
    pub label: String,
    pub calendar: Option<String>,
    /// An address of a mailbox as it was typed, and the hour that was chosen.
    pub mail: Option<(String, Option<u8>)>,
}

/// `GET /account`
pub async fn get(State(web): State<Web>, actor: Actor) -> Result<Response, Fault> {
    page(&web, &actor, Shown::default()).await
}

/// The page; with what went wrong, or with a token just made.
pub async fn page(web: &Web, actor: &Actor, shown: Shown) -> Result<Response, Fault> {
    let lang = actor.lang;
    let words = words(web, lang).await?;
    let accounts = web.office.accounts();
    let line = |listed: Listed| line(&words, listed, &actor.session);
    let sessions = accounts.of(&actor.login, SessionKind::Session).await?.into_iter().map(line).collect();
    let tokens = accounts.of(&actor.login, SessionKind::Token).await?.into_iter().map(line).collect();
    let calendars = accounts.of(&actor.login, SessionKind::Calendar).await?.into_iter().map(line).collect();
    let wish = accounts.mail(&actor.login).await?.filter(|_| web.mails);
    let mut chrome = frame(web, &actor.visitor, &lang.t("account-title")).await?;
    chrome.path = "/account".to_owned();
    let status = if shown.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let errors = ErrorSummary { lang, errors: shown.errors };
    let field = |name: &str, label: &str| Field::new(lang, name, lang.t(label)).error(errors.of(name));
    let secret = |field: Field, autocomplete: &str| {
        TextField::new(field, "").kind(TextKind::Password).width(20).autocomplete(autocomplete)
    };
    let rules = lang.t_with("account-password-rules", "count", PASSWORD_CHARACTERS_MIN);
    let page = AccountPage {
        head: PageHead::new(lang.t("account-title")),
        login: actor.login.clone(),
        language: language(lang, field("language", "account-language-label")),
        present: secret(field("present", "account-password-present"), "current-password"),
        new: secret(field("new", "account-password-new").hint(rules), "new-password"),
        again: secret(field("again", "account-password-again"), "new-password"),
        sessions,
        tokens,
        mail: web.mails.then(|| {
            let told = wish.is_some();
            let typed = shown.mail.or(wish.map(|wish| (wish.address, wish.daily_at)));
            let (mailbox, hour) = typed.unwrap_or((String::new(), Some(DAILY_USUAL)));
            let mailbox = TextField::new(field("mailbox", "account-mail-address"), mailbox).autocomplete("email");
            MailForm { mailbox, daily_at: daily_at(lang, field("daily_at", "account-mail-when"), hour), told }
        }),
        made: shown.made,
        calendar: shown.calendar,
        calendars,
        label: TextField::new(
            field("label", "account-token-label").hint(lang.t("account-token-label-hint")),
            shown.label,
        )
        .width(20),
        days: days(lang, field("days", "account-token-days")),
        errors,
        chrome,
    };
    Ok((status, show(&page)?).into_response())
}

fn line(words: &Words, listed: Listed, this: &str) -> Line {
    Line {
        this: listed.id_hash == this,
        id: listed.id_hash,
        label: listed.label,
        began: words.instant(listed.created),
        used: words.instant(listed.last_seen),
        ends: words.instant(listed.expires),
    }
}

fn language(lang: Lang, field: Field) -> Radios {
    let choice = |one: Lang| Choice::new(one.code(), one.t("language-name")).chosen(one == lang);
    Radios { field, choices: vec![choice(Lang::Zh), choice(Lang::En)], inline: false }
}

/// As soon as something comes, or the hour of a daily mail.
fn daily_at(lang: Lang, field: Field, chosen: Option<u8>) -> Select {
    let at_once = Choice::new("", lang.t("account-mail-at-once")).chosen(chosen.is_none());
    let others = chosen.filter(|hour| !DAILY.contains(hour));
    let hours = DAILY.into_iter().chain(others).map(|hour| {
        let text = lang.t_with("account-mail-daily", "hour", format!("{hour}:00"));
        Choice::new(hour.to_string(), text).chosen(chosen == Some(hour))
    });
    Select::new(field, hours.chain([at_once]).collect())
}

fn days(lang: Lang, field: Field) -> Select {
    let choice = |days: u16| {
        Choice::new(days.to_string(), lang.t_with("account-token-days-count", "count", days))
            .chosen(days == TOKEN_DAYS_USUAL)
    };
    Select::new(field, TOKEN_DAYS.into_iter().map(choice).collect())
}
