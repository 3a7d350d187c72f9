//! A private PostgreSQL from Debian's package, in a folder of its own, for as long as a test runs.
//!
//! A shell script holds it and waits on its standard input, which this process keeps open: when the
//! test ends, panics or is killed, the input ends, and the script stops the server and removes the
//! folder. Invariant: nothing is left behind, and nothing outside the folder is touched.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

/// Whether the server waits for the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Durable {
    /// As in an office; for measuring and for crashes.
    Yes,
    /// Faster.
    No,
}

/// A running server.
pub struct Cluster {
    programs: PathBuf,
    folder: String,
    script: Mutex<Option<Script>>,
    databases: AtomicU32,
}

struct Script {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Script {
    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the script's output can be read");
        line.trim_end().to_owned()
    }
}

impl Cluster {
    /// The server that all tests of this process share.
    pub fn shared() -> &'static Cluster {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| Cluster::start(Durable::No))
    }

    /// Starts a server of its own.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start, with what it said.
    pub fn start(durable: Durable) -> Cluster {
        let programs = programs();
        let fsync = if durable == Durable::Yes { "on" } else { "off" };
        let script = include_str!("cluster.sh");
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        let mut child = command
            .args(["-c", script, "cluster"])
            .arg(&programs)
            .arg(fsync)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("sh can be run, and runuser when the tests run as root");
        let input = child.stdin.take().expect("the input is piped");
        let output = BufReader::new(child.stdout.take().expect("the output is piped"));
        let mut script = Script { child, input, output };
        let folder = script.answer();
        assert!(folder.starts_with('/'), "PostgreSQL did not start; what it said stands above");
        Cluster { programs, folder, script: Mutex::new(Some(script)), databases: AtomicU32::new(0) }
    }

    /// The URL of a new, empty database.
    pub fn database(&self) -> String {
        let name = format!("office_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let made = Command::new(self.programs.join("createdb"))
            .args(["-h", &self.folder, "-U", "cityhall", &name])
            .status()
            .expect("createdb can be run");
        assert!(made.success(), "the database {name} was not made");
        format!("postgres://cityhall@{}/{name}", self.folder.replace('/', "%2F"))
    }

    /// Ends the server at once, as a power cut would.
    pub fn crash(&self) {
        self.tell("crash");
    }

    /// Starts it again after a crash.
    pub fn restart(&self) {
        self.tell("start");
    }

    fn tell(&self, word: &str) {
        let mut script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
        let script = script.as_mut().expect("the script runs until the cluster is dropped");
        writeln!(script.input, "{word}").expect("the script listens");
        assert_eq!(script.answer(), "done", "{word}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let script = self.script.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Script { mut child, input, output: _ }) = script {
            drop(input);
            let _ended = child.wait();
        }
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id can be run");
    id.stdout.starts_with(b"0\n")
}

/// The folder with the newest server programs that Debian's package installed.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .map(|version| (version, Path::new("/usr/lib/postgresql").join(version.to_string()).join("bin")))
        .filter(|(_, programs)| programs.join("initdb").exists())
        .max();
    newest.expect("PostgreSQL is needed for this test: install Debian's package `postgresql`").1
}
