//! The office on a temporary record, and whoever asks it: a program with a token, a browser, a stranger.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use cityhall_web::{Web, router};
use facts::{Calendar, CommandId, Directory, PersonId, Relation, Tenure};
use jiff::Timestamp;
use office::{
    Clock, Office, Store,
    accounts::{Attempts, SignIn},
};
use rules::{cases::founding::parse_directory, engine::Edition, rulebook::SourceFile};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path, sync::Mutex};
use tower::ServiceExt;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const PASSWORD: &str = "four plain words here";

/// Tuesday, 23 April 2019, 09:00 in the office's zone.
pub const MORNING: &str = "2019-04-23T01:00:00Z";

pub struct Hall {
    pub office: Office,
    pub router: Router,
    _folder: tempfile::TempDir,
    tokens: Mutex<BTreeMap<String, String>>,
}

/// What was answered.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

/// A program that shows a token, in a language.
pub struct Program<'h> {
    hall: &'h Hall,
    token: String,
    lang: &'static str,
}

/// Somebody signed in before a browser.
pub struct Browser<'h> {
    hall: &'h Hall,
    cookies: String,
}

fn gather(folder: &Path, root: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, root, files);
        } else {
            let inside = path.strip_prefix(root).unwrap();
            let text = fs::read_to_string(&path).unwrap();
            files.push(SourceFile { path: inside.to_string_lossy().replace('\\', "/"), text });
        }
    }
}

fn edition() -> Edition {
    let folder = Path::new(ROOT).join("rulebooks/dalian-2019");
    let mut files = vec![];
    gather(&folder, &folder, &mut files);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let (edition, problems) = Edition::read(&files);
    edition.unwrap_or_else(|| panic!("{problems:?}"))
}

impl Hall {
    pub async fn open() -> Hall {
        Hall::founded(|directory| directory).await
    }

    /// With a directory that differs from that of the demonstration.
    pub async fn founded(change: impl FnOnce(Directory) -> Directory) -> Hall {
        let edition = edition();
        let text = fs::read_to_string(Path::new(ROOT).join("demo/dalian/organisation.toml")).unwrap();
        let file = SourceFile { path: "organisation.toml".to_owned(), text };
        let mut directory = parse_directory(&file, &edition.rulebook).unwrap_or_else(|problems| panic!("{problems:?}"));
        // The demonstration appoints its mayor in the course of its story.
        directory
            .tenures
            .retain(|tenure| !matches!(&tenure.relation, Relation::Holds { post, .. } if post.as_str() == "mayor"));
        directory.tenures.push(Tenure {
            person: PersonId::new("mayor"),
            relation: Relation::Holds { post: "mayor".into(), body: None },
            from: jiff::civil::date(2018, 1, 10),
            until: None,
            basis: None,
            ends: false,
        });
        let calendar = fs::read_to_string(Path::new(ROOT).join("rulebooks/calendar/china.toml")).unwrap();
        let calendar = Calendar::new(toml::from_str(&calendar).unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.path().join("record.db").display())).await.unwrap();
        let clock = Clock::set_at(MORNING.parse::<Timestamp>().unwrap());
        let office = Office::new(store, edition, calendar, clock);
        let command = CommandId::new(uuid::Uuid::from_u64_pair(0x0190_0000_0000_7000, 0x8000_0000_0000_0000));
        office.found(change(directory), command).await.unwrap();
        let router = router(Web::new(office.clone()));
        Hall { office, router, _folder: folder, tokens: Mutex::default() }
    }

    pub async fn program(&self, person: &str) -> Program<'_> {
        let accounts = self.office.accounts();
        let _ = accounts.create(person, &PersonId::new(person), "zh", PASSWORD).await;
        let known = self.tokens.lock().unwrap().get(person).cloned();
        let token = match known {
            Some(token) => token,
            None => accounts.make_token(person, "test", 90).await.unwrap_or_else(|_| panic!("no token")).secret,
        };
        self.tokens.lock().unwrap().insert(person.to_owned(), token.clone());
        Program { hall: self, token, lang: "en" }
    }

    pub async fn browser(&self, person: &str, lang: &str) -> Browser<'_> {
        let accounts = self.office.accounts();
        let _ = accounts.create(person, &PersonId::new(person), lang, PASSWORD).await;
        let signed_in = accounts.sign_in(&Attempts::default(), person, PASSWORD).await.unwrap();
        let SignIn::SignedIn(begun) = signed_in else { panic!("{person} cannot sign in") };
        Browser { hall: self, cookies: format!("cityhall={}; cityhall-language={lang}", begun.secret) }
    }

    /// Somebody without an account, who reads a language.
    pub async fn stranger(&self, path: &str, lang: &str) -> Got {
        let request = Request::get(path).header(header::ACCEPT_LANGUAGE, lang).header(header::HOST, "hall.test");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn send(&self, request: Request<Body>) -> Got {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Got { status: head.status, headers: head.headers, text: String::from_utf8_lossy(&body).into_owned() }
    }

    /// A publication of the finance bureau; its address.
    pub async fn published(&self, title: &str, text: &str) -> String {
        let clerk = self.program("finance_clerk").await;
        let with = serde_json::json!({ "title": title, "lead": "finance", "text": text });
        let entered = clerk.act("/api/v1/kinds/Publication/enter", serde_json::json!({ "with": with })).await;
        assert_eq!(entered.status, StatusCode::CREATED, "{}", entered.text);
        let number = entered.json()["number"].as_str().unwrap().to_owned();
        let with = serde_json::json!({ "channels": ["website"] });
        let published =
            clerk.act(&format!("/api/v1/matters/{number}/publish"), serde_json::json!({ "with": with })).await;
        assert_eq!(published.status, StatusCode::OK, "{}", published.text);
        number
    }
}

impl<'h> Program<'h> {
    pub fn reading(self, lang: &'static str) -> Program<'h> {
        Program { lang, ..self }
    }

    pub fn showing(self, token: &str) -> Program<'h> {
        Program { token: token.to_owned(), ..self }
    }

    pub async fn get(&self, path: &str) -> Got {
        self.raw(Method::GET, path, String::new()).await
    }

    pub async fn act(&self, path: &str, submission: Value) -> Got {
        self.raw(Method::POST, path, submission.to_string()).await
    }

    pub async fn raw(&self, method: Method, path: &str, body: String) -> Got {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::ACCEPT_LANGUAGE, self.lang)
            .header(header::CONTENT_TYPE, "application/json");
        self.hall.send(request.body(Body::from(body)).unwrap()).await
    }
}

impl Browser<'_> {
    pub async fn get(&self, path: &str) -> Got {
        let request = Request::get(path).header(header::COOKIE, &self.cookies).header(header::ACCEPT, "text/html");
        self.hall.send(request.body(Body::empty()).unwrap()).await
    }
}

impl Got {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Shows every one of these, and no text that is missing.
    #[track_caller]
    pub fn shows(&self, wanted: &[&str]) {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        for text in wanted {
            assert!(self.text.contains(text), "{text:?} is not in {}", self.text);
        }
        self.has_all_texts();
    }

    /// No key of a text and no place of one was left as it is.
    #[track_caller]
    pub fn has_all_texts(&self) {
        for topic in ["directory-", "rulebook-", "public-", "nav-", "capacity-", "due-"] {
            assert!(!self.text.contains(&format!("[{topic}")), "a text is missing in {}", self.text);
        }
    }
}
