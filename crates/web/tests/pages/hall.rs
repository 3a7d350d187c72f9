//! A small office on a temporary record, and a browser of the simplest sort before it.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use cityhall_web::{Web, router};
use facts::{Calendar, CommandId, KindId, PersonId};
use jiff::Timestamp;
use office::{
    Answer, Clock, Office, Store, Submitted,
    accounts::{Attempts, SignIn},
    fill::{Typed, member},
};
use rules::{
    cases::founding::parse_directory,
    engine::{Command, Edition, Target},
    rulebook::SourceFile,
};
use std::sync::atomic::{AtomicU64, Ordering};
use tower::ServiceExt;

const RULEBOOK: [(&str, &str); 6] = [
    ("rulebook.toml", include_str!("rulebook/rulebook.toml")),
    ("terms.toml", include_str!("rulebook/terms.toml")),
    ("01-posts.md", include_str!("rulebook/01-posts.md")),
    ("02-business.md", include_str!("rulebook/02-business.md")),
    ("zh/01-posts.md", include_str!("rulebook/zh/01-posts.md")),
    ("zh/02-business.md", include_str!("rulebook/zh/02-business.md")),
];
const ORGANISATION: &str = include_str!("rulebook/organisation.toml");
const CALENDAR: &str = include_str!("../../../../rulebooks/calendar/china.toml");
pub const PASSWORD: &str = "four plain words here";

/// Tuesday, 23 April 2019, 09:00 in the office's zone: Labour Day moves the days after it.
pub const MORNING: &str = "2019-04-23T01:00:00Z";

pub struct Hall {
    pub office: Office,
    pub router: Router,
    _folder: tempfile::TempDir,
    commands: AtomicU64,
}

/// What the browser got.
pub struct Got {
    pub status: StatusCode,
    pub location: String,
    pub cookies: Vec<String>,
    pub text: String,
}

/// Somebody before a browser.
pub struct Browser<'h> {
    hall: &'h Hall,
    cookies: String,
}

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

impl Hall {
    pub async fn open() -> Hall {
        let files: Vec<SourceFile> = RULEBOOK.iter().map(|(path, text)| file(path, text)).collect();
        let (edition, problems) = Edition::read(&files);
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        let edition = edition.expect("a rulebook without problems");
        let directory = parse_directory(&file("organisation.toml", ORGANISATION), &edition.rulebook)
            .unwrap_or_else(|problems| panic!("{problems:?}"));
        let calendar = Calendar::new(toml::from_str(CALENDAR).unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.path().join("record.db").display())).await.unwrap();
        let clock = Clock::set_at(MORNING.parse::<Timestamp>().unwrap());
        let office = Office::new(store, edition, calendar, clock);
        let command =
            |n: u64| CommandId::new(uuid::Uuid::from_u64_pair(0x0190_0000_0000_7000, 0x8000_0000_0000_0000 + n));
        office.found(directory, command(0)).await.unwrap();
        let router = router(Web::new(office.clone()));
        Hall { office, router, _folder: folder, commands: AtomicU64::new(1) }
    }

    pub fn command(&self) -> CommandId {
        let n = self.commands.fetch_add(1, Ordering::Relaxed);
        CommandId::new(uuid::Uuid::from_u64_pair(0x0190_0000_0000_7000, 0x8000_0000_0000_0000 + n))
    }

    /// Lets days pass.
    pub fn days(&self, days: i64) {
        self.office.clock().pass(jiff::SignedDuration::from_hours(24 * days));
    }

    /// Takes a step behind the pages; it has to be granted. The number of the matter.
    pub async fn act(&self, person: &str, place: &str, step: &str, with: &[(&str, &str)]) -> String {
        let person = PersonId::new(person);
        let edition = self.office.edition();
        let (target, kind) = match edition.rulebook.kind(place) {
            Some(kind) => (Target::New(KindId::new(place)), kind),
            None => {
                let matter = self.office.store().matter_by_number(place).await.unwrap().expect("the matter is there");
                (Target::Existing(matter.id), edition.rulebook.kind(matter.kind.as_str()).unwrap())
            }
        };
        let declared = kind.step(step).expect("the kind has the step");
        let said = |name: &str| with.iter().find(|(key, _)| *key == name).map(|(_, text)| *text);
        let mut typed = Typed::default();
        with.iter().filter(|(key, _)| !key.starts_with('/')).for_each(|(key, text)| typed.push(key, *text));
        let filled = self.office.fill(kind, &typed, &person).await.unwrap();
        assert_eq!(filled.problems, []);
        let command = Command {
            id: self.command(),
            person,
            target,
            step: declared.id.clone(),
            outcome: said("/outcome").map(Into::into),
            each: said("/each").and_then(|each| member(declared, each)),
            input: filled.input,
            late: said("/late").map(str::to_owned),
            number: None,
        };
        match self.office.carry_out(Submitted { command, seen: None, beside: vec![] }).await.unwrap() {
            Answer::Done { events, .. } => match &events[0].number {
                Some(number) => number.to_string(),
                None => place.to_owned(),
            },
            other => panic!("{step} on {place}: {other:?}"),
        }
    }

    /// Somebody signed in, who reads a language.
    pub async fn browser(&self, person: &str, lang: &str) -> Browser<'_> {
        let accounts = self.office.accounts();
        let _ = accounts.create(person, &PersonId::new(person), lang, PASSWORD).await;
        let signed_in = accounts.sign_in(&Attempts::default(), person, PASSWORD).await.unwrap();
        let SignIn::SignedIn(begun) = signed_in else { panic!("{person} cannot sign in") };
        let cookies = format!("cityhall={}; cityhall-language={lang}", begun.secret);
        Browser { hall: self, cookies }
    }

    /// A browser that shows a cookie as that of its session.
    pub fn with_session(&self, secret: &str) -> Browser<'_> {
        Browser { hall: self, cookies: format!("cityhall={secret}; cityhall-language=en") }
    }

    /// What a program with a token is answered.
    pub async fn with_token(&self, token: &str, path: &str) -> StatusCode {
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
        self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status()
    }
}

impl Browser<'_> {
    /// The same browser with the cookies that an answer set.
    pub fn after(&self, got: &Got) -> Browser<'_> {
        let mut cookies = self.cookies.clone();
        for cookie in got.cookies.iter().filter_map(|cookie| cookie.split(';').next()) {
            let name = cookie.split('=').next().unwrap_or_default();
            let others: Vec<&str> = cookies.split("; ").filter(|kept| kept.split('=').next() != Some(name)).collect();
            cookies = others.into_iter().chain([cookie]).collect::<Vec<_>>().join("; ");
        }
        Browser { hall: self.hall, cookies }
    }

    /// The secret of its session.
    pub fn session(&self) -> &str {
        self.cookies.split(['=', ';']).nth(1).unwrap_or_default()
    }

    /// The same browser after its cookies were thrown away.
    pub fn without_cookies(&self) -> Browser<'_> {
        Browser { hall: self.hall, cookies: "cityhall-language=en".to_owned() }
    }

    async fn send(&self, request: Request<Body>) -> Got {
        let response = self.hall.router.clone().oneshot(request).await.unwrap();
        let text =
            |name| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let location = text(header::LOCATION);
        let cookies = response.headers().get_all(header::SET_COOKIE).iter();
        let cookies = cookies.filter_map(|cookie| cookie.to_str().ok()).map(str::to_owned).collect();
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Got { status, location, cookies, text: String::from_utf8_lossy(&body).into_owned() }
    }

    pub async fn get(&self, path: &str) -> Got {
        let request = Request::get(path).header(header::COOKIE, &self.cookies).header(header::ACCEPT, "text/html");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// The page after a redirect, with the message left for it.
    pub async fn follow(&self, got: &Got) -> Got {
        let flash = got.cookies.iter().find_map(|cookie| cookie.split(';').next()).unwrap_or_default();
        let cookies = format!("{}; {flash}", self.cookies);
        let request = Request::get(&got.location).header(header::COOKIE, cookies).header(header::ACCEPT, "text/html");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, pairs: &[(String, String)]) -> Got {
        self.post_from(path, pairs, "").await
    }

    /// Sends a form of a page of this origin; an empty one is not told.
    pub async fn post_from(&self, path: &str, pairs: &[(String, String)], origin: &str) -> Got {
        let encode = cityhall_web::wording::path_segment;
        let body: Vec<String> = pairs.iter().map(|(name, text)| format!("{}={}", encode(name), encode(text))).collect();
        self.post_body(path, body.join("&"), origin).await
    }

    /// Sends a form with more behind it, as it is encoded.
    pub async fn post_raw(&self, path: &str, pairs: &[(String, String)], more: &str) -> Got {
        let encode = cityhall_web::wording::path_segment;
        let body: Vec<String> = pairs.iter().map(|(name, text)| format!("{}={}", encode(name), encode(text))).collect();
        self.post_body(path, format!("{}&{more}", body.join("&")), "").await
    }

    async fn post_body(&self, path: &str, body: String, origin: &str) -> Got {
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookies)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = if origin.is_empty() { request } else { request.header(header::ORIGIN, origin) };
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Opens a form, fills it in and sends it.
    pub async fn submit(&self, path: &str, with: &[(&str, &str)]) -> Got {
        let form = self.get(path).await;
        assert_eq!(form.status, StatusCode::OK, "{path}");
        self.post(path, &form.filled(with)).await
    }
}

impl Got {
    /// The hidden fields of the form on the page, with what is typed.
    pub fn filled(&self, with: &[(&str, &str)]) -> Vec<(String, String)> {
        self.filled_form("hall-form", with)
    }

    /// The hidden fields of the form of this class, with what is typed.
    pub fn filled_form(&self, class: &str, with: &[(&str, &str)]) -> Vec<(String, String)> {
        let form = self.text.split(&format!("<form class=\"{class}\"")).nth(1).expect("a form is on the page");
        let form = form.split("</form>").next().unwrap_or_default();
        let mut pairs: Vec<(String, String)> = form
            .split("<input type=\"hidden\" ")
            .skip(1)
            .map(|input| (attribute(input, "name"), attribute(input, "value")))
            .collect();
        pairs.extend(with.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        pairs
    }

    #[track_caller]
    pub fn shows(&self, texts: &[&str]) {
        for text in texts {
            assert!(self.text.contains(text), "{text:?} is not on the page\n{}", self.words());
        }
    }

    #[track_caller]
    pub fn hides(&self, texts: &[&str]) {
        for text in texts {
            assert!(!self.text.contains(text), "{text:?} is on the page\n{}", self.words());
        }
    }

    /// The page without its tags.
    pub fn words(&self) -> String {
        let main = self.text.split("<main").nth(1).unwrap_or(&self.text);
        let parts = main.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text).trim());
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" | ")
    }
}

fn attribute(tag: &str, name: &str) -> String {
    let start = format!("{name}=\"");
    let value = tag.split_once(&start).map_or("", |(_, rest)| rest);
    let value = value.split('"').next().unwrap_or_default();
    value.replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
}
