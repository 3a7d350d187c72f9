//! Builds what the browser loads: fetches the design system with npm, compiles
//! the style sheets with sass, gives every file a name that carries the hash of
//! its content, and writes the table that `src/lib.rs` includes.
//!
//! It writes only inside `OUT_DIR`. A folder named by `CITYHALL_ASSETS_DIR`,
//! holding the files of `BUILT` under their plain names, replaces npm and sass.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use sha2::{Digest, Sha256};

/// The folders and files whose change calls for a new build.
const SOURCES: [&str; 6] = ["package.json", "package-lock.json", ".npmrc", "scss", "js", "images"];

/// Files taken as they are, each with the plain name it is served under.
const COPIED: [(&str, &str); 10] = [
    ("node_modules/htmx.org/dist/htmx.min.js", "htmx.js"),
    ("node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js", "govuk.js"),
    ("node_modules/@ministryofjustice/frontend/moj/components/sortable-table/sortable-table.mjs", "sortable-table.js"),
    ("js/app.js", "app.js"),
    ("js/file-into.js", "file-into.js"),
    ("js/fresh.js", "fresh.js"),
    ("js/ordered.js", "ordered.js"),
    ("js/typed-text.js", "typed-text.js"),
    ("images/mark.svg", "mark.svg"),
    ("images/favicon.svg", "favicon.svg"),
];

/// All files of a finished build, under their plain names.
const BUILT: [&str; 11] = [
    "app.css",
    "app.js",
    "favicon.svg",
    "file-into.js",
    "fresh.js",
    "govuk.js",
    "htmx.js",
    "mark.svg",
    "ordered.js",
    "sortable-table.js",
    "typed-text.js",
];

const WHAT_IS_NEEDED: &str = "the pages' assets need Node.js 20.19 or newer with npm, which fetches the design \
     system and sass; install the packages `nodejs` and `npm` (on Debian: apt-get install nodejs npm), or name a \
     folder with built assets in CITYHALL_ASSETS_DIR";

fn main() {
    let source = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(variable("OUT_DIR"));
    println!("cargo:rerun-if-env-changed=CITYHALL_ASSETS_DIR");
    println!("cargo:rerun-if-changed=build.rs");
    for name in SOURCES {
        println!("cargo:rerun-if-changed={name}");
    }
    let built = match env::var_os("CITYHALL_ASSETS_DIR").filter(|folder| !folder.is_empty()) {
        Some(folder) => {
            let folder = PathBuf::from(folder);
            println!("cargo:rerun-if-changed={}", folder.display());
            folder
        }
        None => build(&source, &out),
    };
    let files = read_built(&built);
    let table = fingerprint(files, &out.join("served"));
    write(&out.join("table.rs"), table.as_bytes());
}

/// Runs npm and sass in a copy of the sources and returns the folder of built files.
fn build(source: &Path, out: &Path) -> PathBuf {
    let bench = out.join("bench");
    let built = out.join("built");
    create(&bench);
    create(&built);
    for name in SOURCES {
        let target = bench.join(name);
        if target.is_dir() {
            fs::remove_dir_all(&target)
                .unwrap_or_else(|error| fail(&format!("cannot clear {}: {error}", target.display())));
        }
        copy(&source.join(name), &target);
    }
    install(&bench);
    let compiler = Path::new("node_modules/sass/sass.js");
    run(
        Command::new("node")
            .current_dir(&bench)
            .arg(compiler)
            .args(["--load-path=.", "--no-source-map", "--style=compressed", "--quiet-deps", "scss/app.scss"])
            .arg(built.join("app.css")),
        "sass",
    );
    for (from, name) in COPIED {
        copy(&bench.join(from), &built.join(name));
    }
    built
}

/// Fetches the packages of the lock file, unless these very ones are there already.
fn install(bench: &Path) {
    let stamp = bench.join("installed");
    let wanted = hash(&read(&bench.join("package-lock.json")));
    if fs::read_to_string(&stamp).is_ok_and(|present| present == wanted) {
        return;
    }
    let mut npm = Command::new("npm");
    npm.current_dir(bench).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    run(&mut npm, "npm ci");
    write(&stamp, wanted.as_bytes());
}

/// Reads the built files; a missing one stops the build with its name.
fn read_built(folder: &Path) -> BTreeMap<&'static str, Vec<u8>> {
    BUILT.into_iter().map(|name| (name, read(&folder.join(name)))).collect()
}

/// Names each file after its content and writes the table of them.
///
/// A file may refer to another as `asset:NAME`, so files without references come
/// first and the others take the addresses given to them.
fn fingerprint(files: BTreeMap<&'static str, Vec<u8>>, served: &Path) -> String {
    create(served);
    let mut urls = BTreeMap::new();
    let mut table = String::from("static ASSETS: &[Asset] = &[\n");
    let refers = |name: &str, content: &[u8]| name != "htmx.js" && String::from_utf8_lossy(content).contains("asset:");
    let prepared = files.into_iter().map(|(name, content)| (name, own_import(name, content)));
    let (leading, leaf): (Vec<_>, Vec<_>) = prepared.partition(|(name, content)| refers(name, content));
    let (leading, middle): (Vec<_>, Vec<_>) = leading.into_iter().partition(|(name, _)| *name == "app.js");
    for (name, content) in leaf.into_iter().chain(middle).chain(leading) {
        let content = if refers(name, &content) { resolve(name, &content, &urls) } else { content };
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let file = format!("{stem}-{}.{extension}", &hash(&content)[..12]);
        let path = served.join(&file);
        write(&path, &content);
        writeln!(
            table,
            "    Asset {{ name: {name:?}, file: {file:?}, url: {:?}, mime: {:?}, bytes: include_bytes!({:?}) }},",
            format!("/assets/{file}"),
            mime(extension),
            path
        )
        .unwrap_or_else(|error| fail(&error.to_string()));
        urls.insert(name, format!("/assets/{file}"));
    }
    table.push_str("];\n");
    table
}

/// The design systems import each other by package name, which no browser resolves.
fn own_import(name: &str, content: Vec<u8>) -> Vec<u8> {
    if name != "sortable-table.js" {
        return content;
    }
    let text = String::from_utf8_lossy(&content).replace("'govuk-frontend'", "'asset:govuk.js'");
    without_map(&text).into_bytes()
}

fn resolve(name: &str, content: &[u8], urls: &BTreeMap<&str, String>) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(content).into_owned();
    for (other, url) in urls {
        text = text.replace(&format!("asset:{other}"), url);
    }
    if text.contains("asset:") {
        fail(&format!("{name} refers to an asset that is not built"));
    }
    text.into_bytes()
}

fn without_map(text: &str) -> String {
    text.lines().filter(|line| !line.contains("sourceMappingURL")).map(|line| format!("{line}\n")).collect()
}

fn mime(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn run(command: &mut Command, what: &str) {
    let output =
        command.output().unwrap_or_else(|error| fail(&format!("{what} does not start ({error}): {WHAT_IS_NEEDED}")));
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        fail(&format!("{what} failed:\n{said}\n{WHAT_IS_NEEDED}"));
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        create(to);
        let entries =
            fs::read_dir(from).unwrap_or_else(|error| fail(&format!("cannot list {}: {error}", from.display())));
        for entry in entries.flatten() {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        write(to, &read(from));
    }
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| fail(&format!("cannot read {}: {error}", path.display())))
}

fn write(path: &Path, content: &[u8]) {
    fs::write(path, content).unwrap_or_else(|error| fail(&format!("cannot write {}: {error}", path.display())));
}

fn create(folder: &Path) {
    fs::create_dir_all(folder).unwrap_or_else(|error| fail(&format!("cannot create {}: {error}", folder.display())));
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| fail(&format!("cargo did not set {name}")))
}

/// Ends the build with one line that a person can act on.
fn fail(message: &str) -> ! {
    for line in message.lines() {
        println!("cargo:warning={line}");
    }
    panic!("{message}");
}
