//! A server of the binary under test, on a free port, over a record of its own, ended with the test.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::LazyLock,
};
use tempfile::TempDir;

/// The password of the demonstration's accounts.
pub const PASSWORD: &str = "dalian-demonstration";

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The binary under test, run in the workspace's folder.
pub fn cityhall(database: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cityhall"));
    command
        .current_dir(root())
        .env("CITYHALL_DATABASE", format!("sqlite:{}", database.display()))
        .env("CITYHALL_PASSWORD", PASSWORD);
    command
}

/// What the binary says, with everything it wrote when it should have succeeded.
pub fn said(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{out}{err}")
}

/// A folder with the record of the demonstration, `office.db`. The story is played once for all tests.
pub fn demonstration() -> TempDir {
    static PLAYED: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demonstration");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let played = cityhall(&folder.join("office.db")).args(["demo", "--only-play"]).output().unwrap();
        assert!(played.status.success(), "{}", said(&played));
        folder
    });
    let copy = TempDir::new().unwrap();
    for file in fs::read_dir(&*PLAYED).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    copy
}

/// A server on a free port.
pub struct Server {
    child: Child,
    pub base: String,
    pub folder: TempDir,
}

impl Server {
    /// Serves the demonstration, as it is after its story.
    pub fn demonstration() -> Server {
        let folder = demonstration();
        let mut command = cityhall(&folder.path().join("office.db"));
        command.args(["demo", "--listen", "127.0.0.1:0"]);
        Server::start(command, folder)
    }

    /// Starts a server and waits until it says where it listens.
    pub fn start(mut command: Command, folder: TempDir) -> Server {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let base =
            lines.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix("listening on ").map(str::to_owned));
        let base = base.expect("the server ended before it listened");
        // The rest is read, so that the server never waits for somebody to listen.
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, base, folder }
    }

    /// The record's file.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("office.db")
    }

    /// Ends the server without warning, as a power cut does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
