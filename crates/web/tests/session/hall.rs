//! A server over an empty record with a clock that is set, and a browser that keeps cookies.

use axum::{
    Json, Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::Response,
    routing::{get, post},
};
use cityhall_web::{Actor, Fault, Web, router, security};
use facts::{Calendar, PersonId};
use jiff::SignedDuration;
use office::{Clock, Lack, Office, Store, accounts::Account};
use rules::{engine::Edition, rulebook::SourceFile};
use std::{collections::BTreeMap, fs, path::Path};
use tower::ServiceExt;

pub const LOGIN: &str = "zhang.wei";
pub const PASSWORD: &str = "harbour lights at dusk";
pub const ENGLISH: (&str, &str) = ("accept-language", "en-GB");
pub const HOST: &str = "hall.test";

const RULEBOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/tests/rulebooks/mini");

pub struct Hall {
    pub office: Office,
    pub router: Router,
    folder: tempfile::TempDir,
}

impl Hall {
    /// With one account, reached by plain http.
    pub async fn open() -> Hall {
        Hall::open_with(|web| web).await
    }

    pub async fn open_with(set_up: impl FnOnce(Web) -> Web) -> Hall {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.path().join("record.db").display())).await.unwrap();
        let now = "2026-11-23T01:00:00Z".parse().unwrap();
        let office = Office::new(store, edition(), Calendar::default(), Clock::set_at(now));
        office.accounts().create(LOGIN, &PersonId::new("zhang"), "en", PASSWORD).await.unwrap();
        let web = set_up(Web::new(office.clone()));
        let full = || Fault::from(office::Fault::Unavailable { lack: Lack::Room, detail: "a sample".to_owned() });
        let samples = Router::new()
            .route("/sample/full", get(move || async move { full() }))
            .route("/sample/panic", get(|| async { panic!("a sample of a panic") as &'static str }))
            .route(
                "/api/sample/me",
                get(|actor: Actor| async move { actor.login }).post(|actor: Actor| async move { actor.login }),
            )
            .route("/api/sample/json", post(|Json(body): Json<Vec<u8>>| async move { body.len().to_string() }));
        let router = router(web.clone()).merge(security::guard(samples, web));
        Hall { office, router, folder }
    }

    pub fn pass(&self, time: SignedDuration) {
        self.office.clock().pass(time);
    }

    pub async fn account(&self) -> Account {
        self.office.store().account(LOGIN).await.unwrap().expect("the account is there")
    }

    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new(), page: String::new() }
    }

    pub async fn signed_in(&self) -> Browser {
        let mut browser = self.browser();
        let answer = browser.sign_in(LOGIN, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }

    /// The folder of the record, kept as long as the hall.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

fn edition() -> Edition {
    let mut files = vec![];
    gather(Path::new(RULEBOOK), Path::new(RULEBOOK), &mut files);
    let (edition, problems) = Edition::read(&files);
    edition.unwrap_or_else(|| panic!("{problems:?}"))
}

fn gather(folder: &Path, root: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, root, files);
        } else {
            let inside = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            files.push(SourceFile { path: inside, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }
}

#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    page: String,
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[("accept", "text/html"), ENGLISH], "").await
    }

    /// Sends a form with the proof of the page last seen.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let proof = self.proof();
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", proof.as_str())]).collect();
        self.post_as_is(path, &fields, &[("origin", "http://hall.test"), ("sec-fetch-site", "same-origin")]).await
    }

    /// Sends a form with these fields and headers and no others.
    pub async fn post_as_is(&mut self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let headers: Vec<(&str, &str)> =
            headers.iter().copied().chain([kind, ("accept", "text/html"), ENGLISH]).collect();
        self.send(Method::POST, path, &headers, &body.join("&")).await
    }

    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", HOST);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let kept: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !kept.is_empty() {
            request = request.header("cookie", kept.join("; "));
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        self.keep(self.router.clone().oneshot(request).await.unwrap()).await
    }

    async fn keep(&mut self, response: Response) -> Answer {
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let answer =
            Answer { status: head.status, headers: head.headers, body: String::from_utf8_lossy(&body).into_owned() };
        for cookie in answer.cookies() {
            let (pair, rest) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        self.page.clone_from(&answer.body);
        answer
    }

    /// The proof in the forms of the page last seen.
    pub fn proof(&self) -> String {
        let after = self.page.split("name=\"csrf\" value=\"").nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    }

    pub async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        self.get("/sign-in").await;
        self.post("/sign-in", &[("login", login), ("password", password), ("next", "/account")]).await
    }

    pub async fn is_signed_in(&mut self) -> bool {
        self.get("/account").await.status == StatusCode::OK
    }
}

pub fn encode(text: &str) -> String {
    let encode =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(encode).collect()
}
