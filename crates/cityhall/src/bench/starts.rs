//! From the start of the binary to its first answer: on an existing record, and with the demonstration
//! to be played first.

use super::{
    figures::{Aims, Times, heading, line},
    place::Place,
};
use crate::commands::bench::Bench;
use anyhow::{Result, bail, ensure};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const ROUNDS: usize = 7;
const DEMONSTRATIONS: usize = 3;
const SERVED: Duration = Duration::from_millis(300);
const SHOWN: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_secs(60);

/// A server that is stopped when it is no longer asked.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn measure(bench: &Bench, place: &Place, aims: &mut Aims) -> Result<()> {
    heading(format_args!("4. From the start of the binary to its first page"));
    let (mut bare, mut served, mut shown) = (Times::default(), Times::default(), Times::default());
    for _ in 0..ROUNDS {
        let version = || Command::new(std::env::current_exe()?).arg("--version").stdout(Stdio::null()).status();
        ensure!(bare.time(version)?.success(), "the binary does not say its version");
        served.extend(vec![started("serve", bench, &place.database(), &[])?]);
    }
    for n in 0..DEMONSTRATIONS {
        let database = format!("sqlite:{}", place.folder().join(format!("demonstration-{n}.db")).display());
        let story = bench.story.display().to_string();
        shown.extend(vec![started("demo", bench, &database, &["--story", &story])?]);
    }
    line("bare: the binary says its version", &bare, "");
    aims.under("serve, on the record of these measurements", &served, SERVED);
    aims.under("demo, on an empty record, the story played first", &shown, SHOWN);
    Ok(())
}

/// How long a command takes from its start to its first page.
fn started(command: &str, bench: &Bench, database: &str, more: &[&str]) -> Result<Duration> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let begun = Instant::now();
    let mut started = Command::new(std::env::current_exe()?);
    started.arg(command).args(["--listen", &address.to_string(), "--database", database]).args(more);
    started.arg("--rulebook").arg(&bench.configuration.rulebook);
    started.arg("--calendar").arg(&bench.configuration.calendar);
    let _server = Server(started.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
    answered(address, begun)
}

/// Waits for the first page, the one on which people sign in.
fn answered(address: SocketAddr, begun: Instant) -> Result<Duration> {
    while begun.elapsed() < PATIENCE {
        if let Ok(mut stream) = TcpStream::connect(address) {
            stream.set_read_timeout(Some(PATIENCE))?;
            write!(stream, "GET /sign-in HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            if answer.starts_with("HTTP/1.1 200") {
                return Ok(begun.elapsed());
            }
            bail!("the first page is answered with {}", answer.lines().next().unwrap_or("nothing"));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    bail!("the server gave no answer within a minute")
}
