//! Two texts line by line, and two ordered sets member by member.
//!
//! Knows nothing of matters. Invariant: every line of both sides is shown once, in its order.

use crate::components::compare::{Change, ComparedLine};
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::time::{Duration, Instant};

/// Time after which a comparison becomes coarse instead of slow.
const PATIENCE: Duration = Duration::from_millis(300);

/// Two texts compared.
pub fn lines(before: &str, after: &str) -> Vec<ComparedLine> {
    let before: Vec<&str> = before.lines().map(str::trim_end).collect();
    let after: Vec<&str> = after.lines().map(str::trim_end).collect();
    let mut compared = vec![];
    for op in ops(&before, &after) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                for line in &before[old_index..old_index + len] {
                    compared.push(ComparedLine::new(Change::Same, *line, *line));
                }
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                compared.extend(before[old_index..old_index + old_len].iter().map(|line| removed(line)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                compared.extend(after[new_index..new_index + new_len].iter().map(|line| added(line)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let old = &before[old_index..old_index + old_len];
                let new = &after[new_index..new_index + new_len];
                let both = old.len().min(new.len());
                for (line, instead) in old.iter().zip(new) {
                    compared.push(ComparedLine::new(Change::Altered, *line, *instead));
                }
                compared.extend(old[both..].iter().map(|line| removed(line)));
                compared.extend(new[both..].iter().map(|line| added(line)));
            }
        }
    }
    compared.retain(|line| !(line.before.is_empty() && line.after.is_empty()));
    compared
}

/// Two ordered lists compared; what only moved is shown where it stands now, with where it stood.
pub fn members(before: &[String], after: &[String]) -> Vec<ComparedLine> {
    let place = |list: &[String], name: &String| list.iter().position(|member| member == name);
    let numbered = |list: &[String], index: usize| format!("{}. {}", index + 1, list[index]);
    let mut compared = vec![];
    for op in ops(before, after) {
        let (_, old, new) = op.as_tag_tuple();
        if let DiffOp::Equal { .. } = op {
            for (o, n) in old.zip(new) {
                compared.push(ComparedLine::new(Change::Same, numbered(before, o), numbered(after, n)));
            }
            continue;
        }
        for o in old {
            if place(after, &before[o]).is_none() {
                compared.push(ComparedLine::new(Change::Removed, numbered(before, o), ""));
            }
        }
        for n in new {
            let line = match place(before, &after[n]) {
                Some(o) => ComparedLine::new(Change::Altered, numbered(before, o), numbered(after, n)),
                None => ComparedLine::new(Change::Added, "", numbered(after, n)),
            };
            compared.push(line);
        }
    }
    compared
}

fn ops<T: std::hash::Hash + Ord>(before: &[T], after: &[T]) -> Vec<DiffOp> {
    let deadline = Instant::now() + PATIENCE;
    capture_diff_slices_deadline(Algorithm::Myers, before, after, Some(deadline))
}

fn removed(line: &str) -> ComparedLine {
    ComparedLine::new(Change::Removed, line, "")
}

fn added(line: &str) -> ComparedLine {
    ComparedLine::new(Change::Added, "", line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(lines: Vec<ComparedLine>) -> Vec<(&'static str, String, String)> {
        lines.into_iter().map(|line| (line.change.word(), line.before, line.after)).collect()
    }

    fn row(word: &'static str, before: &str, after: &str) -> (&'static str, String, String) {
        (word, before.to_owned(), after.to_owned())
    }

    #[test]
    fn texts_are_compared_line_by_line() {
        assert_eq!(shown(lines("", "")), []);
        assert_eq!(
            shown(lines("one\ntwo\n\nthree", "one\n2\nthree\nfour")),
            [
                row("same", "one", "one"),
                row("altered", "two", "2"),
                row("same", "three", "three"),
                row("added", "", "four")
            ]
        );
    }

    #[test]
    fn a_member_that_moved_is_not_added_and_removed() {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let compared = shown(members(&list(&["a", "b", "c", "d"]), &list(&["c", "a", "b", "e"])));
        assert_eq!(
            compared,
            [
                row("altered", "3. c", "1. c"),
                row("same", "1. a", "2. a"),
                row("same", "2. b", "3. b"),
                row("removed", "4. d", ""),
                row("added", "", "4. e"),
            ]
        );
    }
}
