//! A file's bytes as the text of a rulebook.
//!
//! Invariant: how a file was saved makes no difference: lines end with a line feed alone, and no mark
//! stands before the first.

use super::{Problem, Severity, SourceFile};

impl SourceFile {
    /// The text of a file; a byte order mark and carriage returns at the ends of lines are dropped.
    ///
    /// # Errors
    /// The line of the first byte that is no UTF-8.
    pub fn of_bytes(path: &str, bytes: Vec<u8>) -> Result<SourceFile, Problem> {
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
                Ok(SourceFile { path: path.to_owned(), text })
            }
            Err(error) => Err(no_text(path, error.as_bytes(), error.utf8_error().valid_up_to())),
        }
    }
}

fn no_text(path: &str, bytes: &[u8], at: usize) -> Problem {
    let begin = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let len = bytes[begin..].iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len() - begin);
    let line = 1 + bytes[..begin].iter().filter(|byte| **byte == b'\n').count();
    let line_of_text = String::from_utf8_lossy(&bytes[begin..begin + len]);
    let source: String = line_of_text.trim().chars().filter(|c| !c.is_control()).take(120).collect();
    let message = format!("no text in UTF-8: byte {} of this line is {:#04x}", at - begin + 1, bytes[at]);
    Problem { severity: Severity::Error, file: path.to_owned(), line, source, message }
}
