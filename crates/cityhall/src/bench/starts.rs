//! From the start of the binary on an existing record to its first answer.

use super::{
    figures::{Times, heading, line},
    place::Place,
};
use crate::commands::bench::Bench;
use anyhow::{Result, bail};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const ROUNDS: usize = 7;
const PATIENCE: Duration = Duration::from_secs(60);

/// A server that is stopped when it is no longer asked.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn measure(bench: &Bench, place: &Place) -> Result<()> {
    heading(format_args!(
        "4. Start of the server on that record, {ROUNDS} times; bare: a program that says its version"
    ));
    let (mut bare, mut ours) = (Times::default(), Times::default());
    for _ in 0..ROUNDS {
        let binary = std::env::current_exe()?;
        let said = bare.time(|| Command::new(&binary).arg("--version").stdout(Stdio::null()).status())?;
        anyhow::ensure!(said.success(), "the binary does not say its version");
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let begun = Instant::now();
        let mut command = Command::new(&binary);
        command.arg("serve").args(["--listen", &address.to_string(), "--database", &place.database()]);
        command.arg("--rulebook").arg(&bench.configuration.rulebook);
        command.arg("--calendar").arg(&bench.configuration.calendar);
        let _server = Server(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
        ours.extend(vec![answered(address, begun)?]);
    }
    line("the first page", &ours, Some(&bare), "aim < 300 ms");
    line("  bare", &bare, None, "");
    Ok(())
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
