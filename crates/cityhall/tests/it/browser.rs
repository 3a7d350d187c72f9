//! A headless browser with a profile of its own, driven as a person uses it.

use crate::server::{PASSWORD, Server};
use std::{
    net::TcpListener,
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long a page may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// Browsers at the same time; more only wait for each other.
static SEATS: Semaphore = Semaphore::const_new(2);

/// How the browser is set up.
#[derive(Clone, Copy)]
pub struct Screen {
    /// In pixels.
    pub width: u32,
    pub scripts: bool,
    /// Whether its owner reads light on dark.
    pub dark: bool,
}

/// A screen on a table.
pub const DESKTOP: Screen = Screen { width: 1280, scripts: true, dark: false };
/// A small one in a hand.
pub const PHONE: Screen = Screen { width: 360, scripts: true, dark: false };
/// A browser that runs no script.
pub const PLAIN: Screen = Screen { width: 1280, scripts: false, dark: false };

/// The browser and its driver; both end with it.
pub struct Browser {
    page: WebDriver,
    base: String,
    width: u32,
    _driver: Driver,
    _profile: TempDir,
    _seat: SemaphorePermit<'static>,
}

impl Browser {
    /// Starts a browser that visits `server`.
    pub async fn start(server: &Server, screen: Screen) -> Browser {
        Browser::on(SEATS.acquire().await.unwrap(), server, screen).await
    }

    /// Starts two browsers at once. Who holds one seat never waits for another, which somebody may hold who waits too.
    pub async fn two(server: &Server, screens: [Screen; 2]) -> [Browser; 2] {
        let mut seats = SEATS.acquire_many(2).await.unwrap();
        let seat = seats.split(1).unwrap();
        let [first, second] = screens;
        [Browser::on(seat, server, first).await, Browser::on(seats, server, second).await]
    }

    async fn on(seat: SemaphorePermit<'static>, server: &Server, screen: Screen) -> Browser {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let profile = TempDir::new().unwrap();
        // In a group of its own, so that the browser ends with its driver.
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .process_group(0)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is missing; `make test` installs Debian's package chromium-driver");
        let driver = Driver(driver);
        let address = format!("http://127.0.0.1:{port}");
        let begun = Instant::now();
        let page = loop {
            match WebDriver::new(&address, wishes(screen, &profile)).await {
                Ok(page) => break page,
                Err(error) if begun.elapsed() > PATIENCE => panic!("the browser did not start: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        };
        Browser {
            page,
            base: server.base.clone(),
            width: screen.width,
            _driver: driver,
            _profile: profile,
            _seat: seat,
        }
    }

    /// Signs in with an account of the demonstration, in English.
    pub async fn sign_in(&self, login: &str) {
        self.go("/language/en?back=/sign-in").await;
        self.write("login", login).await;
        self.write("password", PASSWORD).await;
        self.click("main button[type=submit]").await;
        self.shows("nothing|wait for you|waits for you").await;
        self.go("/language/en?back=/").await;
    }

    /// Opens a page.
    pub async fn go(&self, path: &str) {
        self.page.goto(format!("{}{path}", self.base)).await.unwrap();
        let wide = self.page.execute("return window.innerWidth", vec![]).await.unwrap();
        assert_eq!(wide.json().as_u64(), Some(self.width.into()), "the screen is not as wide as it should be");
    }

    /// The path of the page that is open.
    pub async fn path(&self) -> String {
        self.page.current_url().await.unwrap().path().to_owned()
    }

    /// The text that a person sees in the main part.
    pub async fn text(&self) -> String {
        self.page.find(By::Tag("main")).await.unwrap().text().await.unwrap()
    }

    /// Waits until the main part shows one of the texts, and gives all of it.
    pub async fn shows(&self, one_of: &str) -> String {
        let begun = Instant::now();
        loop {
            let text = match self.page.find(By::Tag("main")).await {
                Ok(main) => main.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if one_of.split('|').any(|wanted| text.contains(wanted)) {
                return text;
            }
            let path = self.path().await;
            assert!(begun.elapsed() < PATIENCE, "{path} does not show {one_of:?}:\n{text}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Clicks what a selector finds first.
    pub async fn click(&self, selector: &str) {
        let found = self.page.find(By::Css(selector)).await;
        let Ok(element) = found else { panic!("nothing to click at {selector}:\n{}", self.text().await) };
        element.scroll_into_view().await.unwrap();
        element.click().await.unwrap();
    }

    /// Presses Enter on an element, as who uses no mouse.
    pub async fn press(&self, selector: &str) {
        let found = self.page.find(By::Css(selector)).await;
        let Ok(element) = found else { panic!("nothing to press at {selector}:\n{}", self.text().await) };
        element.send_keys(Key::Enter).await.unwrap();
    }

    /// Clicks the button of a form that takes the step.
    pub async fn submit(&self) {
        self.click("main form.hall-form button[type=submit]").await;
    }

    /// Types into a field.
    pub async fn write(&self, name: &str, text: &str) {
        let field = self.page.find(By::Name(name)).await;
        let Ok(field) = field else { panic!("no field {name}:\n{}", self.text().await) };
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Chooses from a list or among buttons.
    pub async fn choose(&self, name: &str, value: &str) {
        let list = format!("select[name='{name}'] option[value='{value}']");
        let button = format!("input[name='{name}'][value='{value}']");
        self.click(&format!("{list}, {button}")).await;
    }

    /// Fills in a day, today or so many days later by the clock of the office.
    pub async fn day(&self, name: &str, days: i64) {
        let set = "const day = new Date(Date.now() + 86400000 * arguments[1]); \
            document.getElementsByName(arguments[0])[0].value = \
                new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(day)";
        self.page.execute(set, vec![name.into(), days.into()]).await.unwrap();
    }

    /// What stands in a field.
    pub async fn written(&self, name: &str) -> String {
        let field = self.page.find(By::Name(name)).await.unwrap();
        field.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Whether a selector finds something.
    pub async fn has(&self, selector: &str) -> bool {
        self.page.find(By::Css(selector)).await.is_ok()
    }

    /// What is in sight, as a PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.page.screenshot_as_png().await.unwrap()
    }

    /// What a script gives back in the page.
    pub async fn ask(&self, script: &str) -> serde_json::Value {
        self.page.execute(script, vec![]).await.unwrap().json().clone()
    }

    /// Whether something is wider than the screen.
    pub async fn overflows(&self) -> bool {
        let wider = "return document.documentElement.scrollWidth > window.innerWidth";
        self.page.execute(wider, vec![]).await.unwrap().json().as_bool().unwrap()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Its end needs no goodbye: the whole group ends with the driver.
        let _ = self.page.clone().leak();
    }
}

/// Ends the driver and the browser that it started.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.0.wait();
    }
}

fn wishes(screen: Screen, profile: &TempDir) -> thirtyfour::ChromeCapabilities {
    let mut wishes = DesiredCapabilities::chrome();
    for wish in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        &format!("--user-data-dir={}", profile.path().display()),
        &format!("--window-size={},1000", screen.width),
    ] {
        wishes.add_arg(wish).unwrap();
    }
    // No window is narrower than 500 pixels; a small screen is one that the browser takes itself to have.
    let metrics = serde_json::json!({ "width": screen.width, "height": 1000, "pixelRatio": 1.0, "mobile": false, "touch": false });
    wishes.add_experimental_option("mobileEmulation", serde_json::json!({ "deviceMetrics": metrics })).unwrap();
    if screen.dark {
        wishes.add_arg("--blink-settings=preferredColorScheme=0").unwrap();
    }
    if !screen.scripts {
        let setting = serde_json::json!({ "profile.managed_default_content_settings.javascript": 2 });
        wishes.add_experimental_option("prefs", setting).unwrap();
    }
    wishes
}
