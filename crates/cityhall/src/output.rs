//! The one place that writes to the terminal.

use crate::sentence;
use std::{io::Write, process::ExitCode};
use web::components::Lang;

/// A line to standard output; a closed pipe is no error.
pub fn say(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A line to standard error.
pub fn warn(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// An error with what caused it; a mistake in the language asked for.
pub fn failed(error: &anyhow::Error, lang: Lang) -> ExitCode {
    warn(format_args!("cityhall: {}", sentence::said(error, lang)));
    ExitCode::from(1)
}
