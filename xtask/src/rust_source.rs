//! Tells code, strings, comments and tests of a Rust file apart.
//!
//! Knows only as much of the language as that takes. Its invariant: code keeps its lines and
//! columns, so a place in it is a place in the file.

/// A text in the file with the line it begins on, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub line: usize,
    pub text: String,
}

/// A Rust file taken apart.
#[derive(Debug, Default)]
pub struct RustSource {
    /// The text with the insides of strings and comments replaced by blanks.
    pub code: String,
    /// String literals as written, without their quotes.
    pub strings: Vec<Span>,
    pub comments: Vec<Span>,
    /// First and last lines of items under `#[cfg(test)]`.
    tests: Vec<(usize, usize)>,
}

impl RustSource {
    pub fn of(text: &str) -> RustSource {
        let mut reader = Reader { text, at: 0, source: RustSource::default() };
        while reader.at < text.len() {
            reader.step();
        }
        let mut source = reader.source;
        source.tests = test_items(&source.code);
        source
    }

    /// The lines of code with their numbers, counted from 1.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(at, line)| (at + 1, line))
    }

    /// Whether the line belongs to an item under `#[cfg(test)]`.
    pub fn is_test(&self, line: usize) -> bool {
        self.tests.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }
}

struct Reader<'a> {
    text: &'a str,
    /// Byte position.
    at: usize,
    source: RustSource,
}

impl Reader<'_> {
    /// Reads one comment, one literal or one character of code.
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with("//") {
            self.comment(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.comment(block_comment_length(rest));
        } else if let Some(hashes) = raw_string_hashes(rest).filter(|_| self.begins_a_word()) {
            self.raw_string(hashes);
        } else if let Some(inside) = rest.strip_prefix('"') {
            self.string(1, string_length(inside), 1);
        } else if let Some(length) = char_literal_length(rest) {
            self.blank(length);
        } else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            self.source.code.push_str(&rest[..length]);
            self.at += length;
        }
    }

    /// Whether what comes now is not the tail of a name; `br` and `cr` open raw strings too.
    fn begins_a_word(&self) -> bool {
        let before: Vec<char> = self.text[..self.at].chars().rev().take(2).collect();
        let in_word = |found: Option<&char>| found.is_some_and(|c| c.is_alphanumeric() || *c == '_');
        match before.first() {
            Some('b' | 'c') => !in_word(before.get(1)),
            first => !in_word(first),
        }
    }

    fn comment(&mut self, length: usize) {
        let span = Span { line: self.line(), text: self.text[self.at..self.at + length].to_owned() };
        self.source.comments.push(span);
        self.blank(length);
    }

    fn raw_string(&mut self, hashes: usize) {
        let opening = 1 + hashes + 1;
        let closing = format!("\"{}", "#".repeat(hashes));
        let inside = &self.text[self.at + opening..];
        let length = inside.find(&closing).unwrap_or(inside.len());
        self.string(opening, length, closing.len());
    }

    fn string(&mut self, opening: usize, length: usize, closing: usize) {
        let start = self.at + opening;
        let end = (start + length).min(self.text.len());
        let text = self.text[start..end].to_owned();
        self.source.strings.push(Span { line: self.line(), text });
        self.blank((end + closing).min(self.text.len()) - self.at);
    }

    /// Passes over what is no code; line ends stay.
    fn blank(&mut self, length: usize) {
        let passed = &self.text[self.at..self.at + length];
        self.source.code.extend(passed.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        self.at += length;
    }

    fn line(&self) -> usize {
        self.text[..self.at].matches('\n').count() + 1
    }
}

/// Comments in blocks nest.
fn block_comment_length(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The number of `#` of a raw string that begins here; a raw name such as `r#type` is none.
fn raw_string_hashes(rest: &str) -> Option<usize> {
    let rest = rest.strip_prefix('r')?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// The length of a string up to its closing quote.
fn string_length(inside: &str) -> usize {
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    inside.len()
}

/// The length of a character literal with its quotes; a lifetime is none.
fn char_literal_length(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let first = inside.chars().next()?;
    if first == '\\' {
        return inside[2..].find('\'').map(|end| 1 + 2 + end + 1);
    }
    let end = first.len_utf8();
    inside[end..].starts_with('\'').then_some(1 + end + 1)
}

fn test_items(code: &str) -> Vec<(usize, usize)> {
    let line_at = |at: usize| code[..at].matches('\n').count() + 1;
    let marks = code.match_indices("#[cfg(test)]").map(|(at, _)| at);
    marks.map(|at| (line_at(at), line_at(item_end(code, at)))).collect()
}

/// The byte position of the brace or semicolon that ends the item under the mark at `start`.
fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0;
    for (at, c) in code[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return start + at,
            '}' => depth -= 1,
            ';' if depth == 0 => return start + at,
            _ => {}
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The strings and comments of a text.
    fn parts(text: &str) -> (Vec<String>, Vec<String>) {
        let source = RustSource::of(text);
        assert_eq!(source.code.lines().count(), text.lines().count(), "{text}");
        let texts = |spans: Vec<Span>| spans.into_iter().map(|span| span.text).collect();
        (texts(source.strings), texts(source.comments))
    }

    #[test]
    fn strings_and_comments_are_told_apart() {
        for (text, strings, comments) in [
            (r#"let a = "b // c"; // d "e""#, vec!["b // c"], vec![r#"// d "e""#]),
            (r#"let a = "b \" c";"#, vec![r#"b \" c"#], vec![]),
            (r##"let a = r#"b " c"#; let d = "e";"##, vec![r#"b " c"#, "e"], vec![]),
            (r#"let a = br"b"; let r#type = "c";"#, vec!["b", "c"], vec![]),
            (r#"for"x""#, vec!["x"], vec![]),
            ("/* a /* \"b\" */ c */ \"d\"", vec!["d"], vec!["/* a /* \"b\" */ c */"]),
            (r#"let a = '"'; let b = '\''; let c = "d";"#, vec!["d"], vec![]),
            (r#"fn f<'a>(x: &'a str) -> &'a str { "市长" }"#, vec!["市长"], vec![]),
            ("let a = \"b\n  c\";\nlet d = \"e\";", vec!["b\n  c", "e"], vec![]),
            ("\"open", vec!["open"], vec![]),
        ] {
            let (found_strings, found_comments) = parts(text);
            assert_eq!(found_strings, strings, "{text}");
            assert_eq!(found_comments, comments, "{text}");
        }
    }

    #[test]
    fn a_string_knows_its_line() {
        let lines = |text| RustSource::of(text).strings.iter().map(|s| s.line).collect::<Vec<_>>();
        assert_eq!(lines("\"a\nb\"\n\n\"c\""), [1, 4]);
    }

    #[test]
    fn items_under_cfg_test_are_tests() {
        let source = RustSource::of("fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() {}\n}\nfn c() {}");
        let tests: Vec<usize> = (1..=6).filter(|line| source.is_test(*line)).collect();
        assert_eq!(tests, [2, 3, 4, 5]);
        let source = RustSource::of("#[cfg(test)]\nmod tests;\nfn c() {}");
        assert!(source.is_test(2) && !source.is_test(3));
    }
}
