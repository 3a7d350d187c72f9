//! Mails of what waits: sent once, to those who wish it, with nothing of a matter but its number.

use crate::{
    browser::{Browser, PLAIN},
    server::{Server, cityhall, demonstration},
};
use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    process::Command,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// A mail server that keeps what it is given.
struct MailServer {
    port: u16,
    mails: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    fn start() -> MailServer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mails = Arc::new(Mutex::new(vec![]));
        let kept = mails.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = kept.clone();
                std::thread::spawn(move || drop(talk(stream, &kept)));
            }
        });
        MailServer { port, mails }
    }

    fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap().clone()
    }

    /// The mails, as soon as there is one.
    fn first(&self) -> Vec<String> {
        let begun = Instant::now();
        while self.mails().is_empty() {
            assert!(begun.elapsed() < Duration::from_secs(60), "no mail came");
            std::thread::sleep(Duration::from_millis(50));
        }
        self.mails()
    }
}

/// One conversation, as RFC 5321 has it.
fn talk(stream: TcpStream, kept: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut answer = stream.try_clone()?;
    answer.write_all(b"220 ready\r\n")?;
    let (mut mail, mut in_data) = (String::new(), false);
    for line in BufReader::new(stream).lines() {
        let line = line?;
        let said: &[u8] = match (in_data, line.as_str()) {
            (true, ".") => {
                kept.lock().unwrap().push(std::mem::take(&mut mail));
                in_data = false;
                b"250 kept\r\n"
            }
            (true, line) => {
                mail += line;
                mail += "\n";
                continue;
            }
            (false, "DATA") => {
                in_data = true;
                b"354 go on\r\n"
            }
            (false, "QUIT") => return answer.write_all(b"221 bye\r\n"),
            (false, command) if command.starts_with("RCPT") && command.contains("gone@") => {
                b"550 there is no such mailbox\r\n"
            }
            (false, command) => {
                if command.starts_with("RCPT") {
                    mail += command;
                    mail += "\n";
                }
                b"250 good\r\n"
            }
        };
        answer.write_all(said)?;
    }
    Ok(())
}

fn sending(folder: &TempDir, port: u16) -> Command {
    let mut command = cityhall(&folder.path().join("office.db"));
    command
        .args(["demo", "--listen", "127.0.0.1:0", "--address", "https://hall.example", "--mail-quiet", "00:00-00:00"])
        .args(["--mail-on-days-off", "--mail-from", "desk@hall.example"])
        .args(["--smtp", &format!("smtp://127.0.0.1:{port}")]);
    command
}

/// The same record, served anew.
fn again(mut server: Server, port: u16) -> Server {
    server.kill();
    let folder = std::mem::replace(&mut server.folder, TempDir::new().unwrap());
    Server::start(sending(&folder, port), folder)
}

#[tokio::test]
async fn what_comes_to_a_desk_is_told_once_by_its_number_and_why_and_never_by_its_title() {
    let post = MailServer::start();
    let folder = demonstration();
    let add = ["account", "add", "mayor_in_english", "mayor", "--pages", "en"];
    assert!(cityhall(&folder.path().join("office.db")).args(add).output().unwrap().status.success());
    let server = Server::start(sending(&folder, post.port), folder);
    let browser = Browser::start(&server, PLAIN).await;
    browser.sign_in("mayor_in_english").await;
    browser.go("/account").await;
    browser.write("mailbox", "no address").await;
    browser.choose("daily_at", "").await;
    browser.click("form[action='/account/mail'] button").await;
    browser.shows("Write the address as NAME@HOST").await;
    assert_eq!(browser.written("mailbox").await, "no address");
    assert_eq!(browser.written("daily_at").await, "");
    browser.write("mailbox", "mayor@hall.example").await;
    browser.click("form[action='/account/mail'] button").await;
    browser.shows("Send no more mails").await;
    drop(browser);
    // A mailbox that is gone keeps nobody else from theirs.
    let gone = Browser::start(&server, PLAIN).await;
    gone.sign_in("evm").await;
    gone.go("/account").await;
    gone.write("mailbox", "gone@hall.example").await;
    gone.choose("daily_at", "").await;
    gone.click("form[action='/account/mail'] button").await;
    gone.shows("Send no more mails").await;
    drop(gone);
    assert_eq!(post.mails(), Vec::<String>::new());

    let server = again(server, post.port);
    let mails = post.first();
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    for said in [
        "RCPT TO:<mayor@hall.example>",
        "From: desk@hall.example",
        "things have come to your desk",
        "Sign the minutes: Executive meeting EM-16-232",
        "yours as Mayor (Art. 44); due",
        "https://hall.example/matters/EM-16-232/issue_minutes",
        "https://hall.example/account",
    ] {
        assert!(mail.contains(said), "{said:?} is not in the mail:\n{mail}");
    }
    for title in ["常务会议", "=E5=B8=B8"] {
        assert!(!mail.contains(title), "a title stands in the mail:\n{mail}");
    }
    // What was told is not told again, however often the server starts.
    let server = again(server, post.port);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(post.mails().len(), 1);
    drop(server);
}

#[test]
fn a_mail_server_without_whom_it_writes_for_is_no_setting() {
    let folder = demonstration();
    for (more, named) in [
        (vec![], "--mail-from"),
        (vec!["--mail-from", "desk"], "NAME@HOST"),
        (vec!["--mail-from", "desk@hall.example"], "--address"),
        (vec!["--mail-quiet", "at night"], "20:00-07:00"),
    ] {
        let mut command = cityhall(&folder.path().join("office.db"));
        let output = command.args(["serve", "--smtp", "smtp://127.0.0.1:1"]).args(&more).output().unwrap();
        let said = crate::server::said(&output);
        assert!(!output.status.success() && said.contains(named), "{more:?}: {said}");
    }
    for (language, sentence) in [("en", "the mail server is written as"), ("zh", "邮件服务器地址写作")] {
        let mut command = cityhall(&folder.path().join("office.db"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--address", "https://hall.example", "--language", language]);
        let output = command.args(["--mail-from", "desk@hall.example", "--smtp", "post office"]).output().unwrap();
        let said = crate::server::said(&output);
        assert!(!output.status.success() && said.contains(sentence), "{said}");
    }
}
