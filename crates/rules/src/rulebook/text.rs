//! Plain words out of Markdown.
//!
//! Invariant: line breaks of the source become spaces, none between Chinese characters; the members of
//! a list and the rows of a table stand on lines of their own.

use pulldown_cmark::{Event, OffsetIter, Tag, TagEnd};
use std::ops::Range;

/// The end of a list's member or of a table's row, until the lines of the source are joined.
const ROW: char = '\u{2029}';

/// The words of one element, and the blocks that wrongly stand inside it.
#[derive(Default)]
pub(super) struct Prose {
    /// Of a quotation with the lines of the source, else with these joined.
    pub text: String,
    pub blocks: Vec<Range<usize>>,
}

/// The words up to the end of an element whose start was just taken.
pub(super) fn of_element(tag: &Tag, events: &mut OffsetIter) -> Prose {
    let (mut prose, mut depth, mut lists, mut in_code) = (Prose::default(), 1, vec![], false);
    if let Tag::List(first) = tag {
        lists.push(*first);
    }
    for (event, span) in events.by_ref() {
        match event {
            Event::Start(tag) => {
                depth += 1;
                in_code |= matches!(tag, Tag::CodeBlock(_));
                prose.start(tag, span, &mut lists);
            }
            Event::End(end) => {
                depth -= 1;
                in_code &= end != TagEnd::CodeBlock;
                prose.end(end, &mut lists);
            }
            Event::Text(_) if in_code => {}
            Event::Text(text) | Event::Code(text) => prose.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak => prose.text.push('\n'),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    let is_quotation = matches!(tag, Tag::BlockQuote(_));
    let text = std::mem::take(&mut prose.text);
    prose.text = if is_quotation { text.replace(ROW, "\n") } else { join_lines(&text) };
    prose
}

/// The text of a code block whose start was just taken.
pub(super) fn of_code(events: &mut OffsetIter) -> String {
    let mut code = String::new();
    for (event, _) in events.by_ref() {
        match event {
            Event::Text(text) => code.push_str(&text),
            Event::End(TagEnd::CodeBlock) => break,
            _ => {}
        }
    }
    code
}

/// The words with the lines of the source joined, and each row on its own line.
pub(super) fn join_lines(text: &str) -> String {
    let rows = text.split(ROW).map(|row| {
        let mut joined = String::new();
        for line in row.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
            let (last, next) = (joined.chars().next_back(), line.chars().next());
            let is_chinese = |c: Option<char>| c.is_some_and(|c| ('\u{2e80}'..='\u{ffef}').contains(&c));
            if last.is_some() && !(is_chinese(last) && is_chinese(next)) {
                joined.push(' ');
            }
            joined.push_str(line);
        }
        joined
    });
    rows.filter(|row| !row.is_empty()).collect::<Vec<_>>().join("\n")
}

impl Prose {
    fn start(&mut self, tag: Tag, span: Range<usize>, lists: &mut Vec<Option<u64>>) {
        match tag {
            Tag::List(first) => {
                self.text.push(ROW);
                lists.push(first);
            }
            Tag::Item => match lists.last_mut() {
                Some(Some(number)) => {
                    self.text.push_str(&format!("{number}. "));
                    *number += 1;
                }
                _ => self.text.push_str("- "),
            },
            Tag::CodeBlock(_) => self.blocks.push(span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, lists: &mut Vec<Option<u64>>) {
        match tag {
            TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => self.text.push(ROW),
            TagEnd::TableCell => self.text.push_str(" | "),
            TagEnd::Paragraph => self.text.push_str("\n\n"),
            TagEnd::List(_) => {
                lists.pop();
            }
            _ => {}
        }
        if matches!(tag, TagEnd::TableHead | TagEnd::TableRow) {
            let row = self.text.trim_end_matches([ROW, ' ', '|']).len();
            self.text.truncate(row);
            self.text.push(ROW);
        }
    }
}
