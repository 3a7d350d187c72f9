//! Whatever keeps a request from being answered, and the one function from that to an answer.
//!
//! A handler, a layer or axum itself marks an answer with a [`Fault`]; the layer [`answer`] gives it
//! its dress: a page in the reader's language, or problem+json for a program. Invariants: each says
//! in a sentence what to do next; what is nobody's mistake but ours is logged once, with the
//! reference that the reader sees; what one may not know of is answered like what is not there.

use crate::{
    components::{Chrome, Link, card::PageHead},
    pages::frame::frame,
    security::{BODY_BYTES_MAX, Reference},
    session::{Visitor, next},
    state::Web,
};
use askama::Template;
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use serde::Serialize;

const RETRY_SECONDS: u32 = 30;

/// Why a request is not answered as it was meant.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Fault {
    #[error("it is not there, or may not be known of")]
    NotThere,
    #[error("the address does not take this method")]
    OtherMethod,
    #[error("what was sent cannot be read")]
    Malformed,
    #[error("the form was not made here, or for somebody else")]
    Forged,
    /// `next`: where to go on; `ended`: a session has ended meanwhile.
    #[error("somebody must sign in first")]
    SignInFirst { next: String, ended: bool },
    #[error("the token is unknown or has ended")]
    WrongToken,
    #[error("too much was sent")]
    TooLarge,
    #[error("the answer took too long")]
    Slow,
    #[error("the record is unavailable: {0}")]
    Unavailable(String),
    #[error("something that cannot be has happened: {0}")]
    Unsound(String),
}

impl Fault {
    /// Something that only a change of software could mend.
    pub fn unsound(detail: impl ToString) -> Fault {
        Fault::Unsound(detail.to_string())
    }

    /// The sort of fault, for programs and as the last part of its texts' keys.
    pub fn sort(&self) -> &'static str {
        match self {
            Fault::NotThere => "not-there",
            Fault::OtherMethod => "other-method",
            Fault::Malformed => "malformed",
            Fault::Forged => "forged",
            Fault::SignInFirst { .. } => "sign-in-first",
            Fault::WrongToken => "wrong-token",
            Fault::TooLarge => "too-large",
            Fault::Slow => "slow",
            Fault::Unavailable(_) => "unavailable",
            Fault::Unsound(_) => "unsound",
        }
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Fault::NotThere => StatusCode::NOT_FOUND,
            Fault::OtherMethod => StatusCode::METHOD_NOT_ALLOWED,
            Fault::Malformed => StatusCode::BAD_REQUEST,
            Fault::Forged => StatusCode::FORBIDDEN,
            Fault::SignInFirst { .. } | Fault::WrongToken => StatusCode::UNAUTHORIZED,
            Fault::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Fault::Slow | Fault::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Fault::Unsound(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What axum's own answer without a mark stands for.
    fn of_status(status: StatusCode) -> Option<Fault> {
        Some(match status {
            StatusCode::NOT_FOUND => Fault::NotThere,
            StatusCode::METHOD_NOT_ALLOWED => Fault::OtherMethod,
            StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge,
            _ if status.is_client_error() => Fault::Malformed,
            _ if status.is_server_error() => Fault::unsound(format!("an answer {status} without a fault")),
            _ => return None,
        })
    }
}

impl From<office::Fault> for Fault {
    fn from(fault: office::Fault) -> Fault {
        if fault.is_unavailable() { Fault::Unavailable(fault.to_string()) } else { Fault::unsound(fault) }
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Fault {
        Fault::unsound(error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The layer that gives every fault its dress.
pub async fn answer(State(web): State<Web>, request: Request, then: Next) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let stranger = Visitor::stranger(request.headers(), path, web.secure_cookies);
    let program = is_program(request.uri().path(), request.headers());
    let before = (!request.method().is_safe()).then(|| next::page_before(request.headers()));
    let reference = request.extensions().get::<Reference>().cloned().unwrap_or_default();
    let response = then.run(request).await;
    let Some(fault) = fault_of(&response) else { return response };
    let visitor = response.extensions().get::<Visitor>().cloned().unwrap_or(stranger);
    if fault.status().is_server_error() {
        tracing::error!(fault.sort = fault.sort(), fault.detail = %fault, request.reference = %reference.0, "a request could not be answered");
    }
    let (head, _) = response.into_parts();
    let dressed = if program {
        problem(&fault, &visitor, &reference)
    } else {
        page(&web, &fault, &visitor, &reference, before).await
    };
    let mut dressed = retry(&fault, dressed);
    for (name, value) in &head.headers {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            dressed.headers_mut().append(name, value.clone());
        }
    }
    dressed.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    dressed
}

fn fault_of(response: &Response) -> Option<Fault> {
    if let Some(fault) = response.extensions().get::<Fault>() {
        return Some(fault.clone());
    }
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let dressed = kind.is_some_and(|kind| kind.contains("html") || kind.contains("json"));
    if dressed { None } else { Fault::of_status(response.status()) }
}

fn is_program(path: &str, headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    path.starts_with("/api/") || (accept.contains("json") && !accept.contains("html"))
}

fn retry(fault: &Fault, mut response: Response) -> Response {
    match fault {
        Fault::Unavailable(_) | Fault::Slow => {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(RETRY_SECONDS));
        }
        Fault::WrongToken | Fault::SignInFirst { .. } if response.status() == StatusCode::UNAUTHORIZED => {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        _ => {}
    }
    response
}

/// A fault for a program, in the form of RFC 9457.
#[derive(Serialize)]
struct Problem<'p> {
    #[serde(rename = "type")]
    sort: &'p str,
    title: String,
    status: u16,
    /// What to do next.
    detail: String,
    reference: &'p str,
}

fn problem(fault: &Fault, visitor: &Visitor, reference: &Reference) -> Response {
    let (title, detail) = texts("api-fault", fault, visitor);
    let status = fault.status();
    let problem = Problem { sort: fault.sort(), title, status: status.as_u16(), detail, reference: &reference.0 };
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))];
    (status, kind, Json(problem)).into_response()
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage<'p> {
    chrome: Chrome,
    head: PageHead,
    reference: &'p str,
    links: Vec<Link>,
}

/// `before`: the page from which a form came.
async fn page(web: &Web, fault: &Fault, visitor: &Visitor, reference: &Reference, before: Option<String>) -> Response {
    if let Fault::SignInFirst { next, ended } = fault {
        let ended = if *ended { "&ended=yes" } else { "" };
        return Redirect::to(&format!("/sign-in?next={}{ended}", next::encode(next))).into_response();
    }
    let (title, lead) = texts("fault", fault, visitor);
    let bare = Chrome { path: visitor.path.clone(), ..Chrome::new(visitor.lang, title.clone()) };
    // The frame asks the record who is signed in; where the record is at fault it is left out. A
    // message that the last act left waits for a page that was meant.
    let chrome = match fault.status().is_server_error() {
        true => bare,
        false => frame(web, visitor, &title).await.map_or(bare, |chrome| Chrome { flash: None, ..chrome }),
    };
    // What was too much still stands in the form that the browser goes back to, and not in a new one.
    let anew = before.filter(|before| before != "/" && !matches!(fault, Fault::TooLarge));
    let before = anew.map(|before| Link::new(visitor.lang.t("fault-before"), before));
    let links = before.into_iter().chain([Link::new(visitor.lang.t("fault-home"), "/")]).collect();
    let head = PageHead { title, lead, ..PageHead::default() };
    match (FaultPage { chrome, head, reference: &reference.0, links }).render() {
        Ok(page) => (fault.status(), Html(page)).into_response(),
        Err(error) => {
            tracing::error!(fault.detail = %error, "the page for a fault could not be made");
            (fault.status(), reference.0.clone()).into_response()
        }
    }
}

/// What has happened and what to do next; `of`: whom it is said to, a person or the author of a program.
fn texts(of: &str, fault: &Fault, visitor: &Visitor) -> (String, String) {
    let key = format!("{of}-{}", fault.sort());
    let max = BODY_BYTES_MAX / (1024 * 1024);
    (visitor.lang.t(&key), visitor.lang.t_with(&format!("{key}-next"), "max", max))
}
