//! The one place that writes to the terminal.

use std::{io::Write, process::ExitCode};

/// A line to standard output; a closed pipe is no error.
pub fn say(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A line to standard error.
pub fn warn(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// An error with what caused it.
pub fn failed(error: &anyhow::Error) -> ExitCode {
    warn(format_args!("cityhall: {error:#}"));
    ExitCode::from(1)
}
