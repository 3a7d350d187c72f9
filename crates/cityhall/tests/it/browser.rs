//! A headless browser with a profile of its own, driven as a person uses it.

use crate::server::{PASSWORD, Server};
use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use thirtyfour::prelude::*;

/// The browser and its driver; both end with it.
pub struct Browser {
    pub page: WebDriver,
    driver: Child,
    _profile: TempDir,
}

impl Browser {
    /// Starts the browser, `width` pixels wide.
    pub async fn start(width: u32) -> Browser {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        #[expect(clippy::zombie_processes, reason = "the browser's end waits for it")]
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is missing; `make test` installs Debian's package chromium-driver");
        let profile = TempDir::new().unwrap();
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
            &format!("--window-size={width},1000"),
        ] {
            wishes.add_arg(wish).unwrap();
        }
        let address = format!("http://127.0.0.1:{port}");
        for _ in 0..100 {
            if let Ok(page) = WebDriver::new(&address, wishes.clone()).await {
                return Browser { page, driver, _profile: profile };
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the browser did not start");
    }

    /// Signs in with an account of the demonstration, in English.
    pub async fn sign_in(&self, server: &Server, login: &str) {
        self.page.goto(format!("{}/language/en?back=/sign-in", server.base)).await.unwrap();
        self.page.find(By::Name("login")).await.unwrap().send_keys(login).await.unwrap();
        self.page.find(By::Name("password")).await.unwrap().send_keys(PASSWORD).await.unwrap();
        self.page.find(By::Css("main button[type=submit]")).await.unwrap().click().await.unwrap();
        self.go(server, "/language/en?back=/").await;
    }

    /// Opens a page.
    pub async fn go(&self, server: &Server, path: &str) {
        self.page.goto(format!("{}{path}", server.base)).await.unwrap();
    }

    /// The text that a person sees in the main part.
    pub async fn text(&self) -> String {
        self.page.find(By::Tag("main")).await.unwrap().text().await.unwrap()
    }

    /// Clicks what a selector finds first.
    pub async fn click(&self, selector: &str) {
        self.page.find(By::Css(selector)).await.unwrap().click().await.unwrap();
    }

    /// Types into a field.
    pub async fn write(&self, name: &str, text: &str) {
        let field = self.page.find(By::Name(name)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
