//! Requirement numbers (`R26-5`) and facts of the law (`L-DEC-7`): found in the words of an article and not shown
//! to readers.
//!
//! Invariant: what is left reads as if the numbers had never stood there; no empty brackets stay.

const DASHES: &str = "-‐‑‒–—―－﹣−";
const OPENING: &str = "([（【〔［";
const CLOSING: &str = ")]）】〕］";
const BETWEEN: &str = ",;，；、/ \n\t";

/// The words without the numbers, and the numbers in the order in which they stand.
pub(super) fn take_out(text: &str) -> (String, Vec<String>) {
    let (mut shown, mut numbers, mut rest) = (String::new(), vec![], text);
    while let Some((at, len)) = find(rest, shown.chars().next_back()) {
        let mut end = at + len;
        numbers.push(rest[at..end].to_owned());
        while let Some((gap, len)) = find(&rest[end..], Some(' ')) {
            if !rest[end..end + gap].chars().all(|c| BETWEEN.contains(c)) {
                break;
            }
            numbers.push(rest[end + gap..end + gap + len].to_owned());
            end += gap + len;
        }
        shown.push_str(&rest[..at]);
        rest = close_up(&mut shown, &rest[end..]);
    }
    shown.push_str(rest);
    (shown.trim().to_owned(), numbers)
}

/// What is meant for a requirement number and is not written like one: other digits or another dash.
pub(super) fn misspelt(text: &str) -> Vec<&str> {
    let mut found = vec![];
    for (at, _) in text.match_indices(['R', 'Ｒ']) {
        let rest = &text[at..];
        let is_part = |c: char| c.is_numeric() || DASHES.contains(c);
        let len = rest.char_indices().skip(1).find(|(_, c)| !is_part(*c)).map_or(rest.len(), |(end, _)| end);
        let written = &rest[..len];
        let inner = &written[written.chars().next().map_or(0, char::len_utf8)..];
        let is_meant = inner.starts_with(char::is_numeric)
            && inner.ends_with(char::is_numeric)
            && inner.chars().filter(|c| DASHES.contains(*c)).count() == 1;
        let inside = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        if is_meant && !inside && !written.is_ascii() {
            found.push(written);
        }
    }
    found
}

/// Takes away the brackets or the white space that a removed number leaves; returns the rest.
fn close_up<'t>(shown: &mut String, rest: &'t str) -> &'t str {
    let is_between = |c: char| BETWEEN.contains(c);
    let before = shown.trim_end().chars().next_back();
    let after = rest.trim_start().chars().next();
    let opened = before.is_some_and(|c| OPENING.contains(c));
    let closed = after.is_some_and(|c| CLOSING.contains(c));
    let rest = match (opened, closed) {
        (true, true) => {
            shown.truncate(shown.trim_end().len());
            shown.pop();
            let rest = rest.trim_start();
            &rest[after.map_or(0, char::len_utf8)..]
        }
        (true, false) => return rest.trim_start_matches(is_between),
        (false, true) => {
            shown.truncate(shown.trim_end_matches(is_between).len());
            return rest.trim_start();
        }
        (false, false) => rest,
    };
    let next = rest.chars().next();
    if next.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation() || "，。；：、）".contains(c)) {
        shown.truncate(shown.trim_end().len());
    }
    if shown.is_empty() { rest.trim_start() } else { rest }
}

/// The offset and length of the first requirement number in a text that follows on a character.
fn find(text: &str, mut before: Option<char>) -> Option<(usize, usize)> {
    for (at, c) in text.char_indices() {
        let inside = before.is_some_and(|b| b.is_ascii_alphanumeric() || b == '_' || b == '-');
        let len = match c {
            'R' if !inside => length(&text[at..]),
            'L' if !inside => length_of_fact(&text[at..]),
            _ => None,
        };
        if let Some(len) = len {
            return Some((at, len));
        }
        before = Some(c);
    }
    None
}

/// The length of the requirement number with which a text begins: `R`, digits, `-`, digits, a letter at most.
fn length(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let article = digits(&text[1..]);
    let dash = 1 + article;
    if article == 0 || text.as_bytes().get(dash) != Some(&b'-') {
        return None;
    }
    let number = digits(&text[dash + 1..]);
    let mut end = dash + 1 + number;
    end += usize::from(text.as_bytes().get(end).is_some_and(u8::is_ascii_lowercase));
    let goes_on = text[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    (number > 0 && !goes_on).then_some(end)
}

/// The length of the fact of the law with which a text begins: `L-`, capitals, `-`, letters and digits.
fn length_of_fact(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("L-")?;
    let law = rest.bytes().take_while(u8::is_ascii_uppercase).count();
    let number = rest.get(law..)?.strip_prefix('-')?;
    let counted = number.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let goes_on = number[counted..].starts_with('_');
    (law > 0 && counted > 0 && !goes_on).then_some(2 + law + 1 + counted)
}

#[cfg(test)]
mod tests {
    use super::{misspelt, take_out};

    #[test]
    fn what_is_meant_for_a_number_is_not_passed_over() {
        assert_eq!(misspelt("Within (R26–5) seven R２6-5 days, Ｒ1-1."), ["R26–5", "R２6-5", "Ｒ1-1"]);
        assert_eq!(misspelt("R26-5, OR26–5, R – 5, R2–x, R26–"), [""; 0]);
    }

    #[test]
    fn numbers_are_taken_out_with_what_they_leave_behind() {
        let table = [
            ("plain words", "plain words", ""),
            ("Within seven days. (R26-5)", "Within seven days.", "R26-5"),
            ("Within seven days (R26-5).", "Within seven days.", "R26-5"),
            ("R26-5 Within seven days.", "Within seven days.", "R26-5"),
            ("Within R26-5 seven days.", "Within seven days.", "R26-5"),
            ("The mayor [R44-1, R44-2] decides", "The mayor decides", "R44-1 R44-2"),
            ("七个工作日内印发（R48-3、R48-4a）。", "七个工作日内印发。", "R48-3 R48-4a"),
            ("one (see below; R1-2) two", "one (see below) two", "R1-2"),
            ("one (R1-2; see below) two", "one (see below) two", "R1-2"),
            ("OR26-5, R26, R-5, R2-x and R2-33rd stay", "OR26-5, R26, R-5, R2-x and R2-33rd stay", ""),
            ("a. R1-1 b. R1-2", "a. b.", "R1-1 R1-2"),
            ("(R1-1)", "", "R1-1"),
            ("For thirty days. R26-5 L-DEC-7", "For thirty days.", "R26-5 L-DEC-7"),
            ("三十日（L-DOC-S1）。", "三十日。", "L-DOC-S1"),
            ("L-DEC, XL-DEC-7, L-dec-7 and L-7 stay", "L-DEC, XL-DEC-7, L-dec-7 and L-7 stay", ""),
            ("R", "R", ""),
        ];
        for (text, shown, numbers) in table {
            let (found_shown, found) = take_out(text);
            assert_eq!((found_shown.as_str(), found.join(" ").as_str()), (shown, numbers), "{text}");
        }
    }
}
