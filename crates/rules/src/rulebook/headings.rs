//! Headings of chapters and articles in both languages, and their numbers.
//!
//! Invariant: an article has one number in both languages, whether written `26` or `二十六`.

/// The language of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Chinese,
}

impl Language {
    /// How a chapter's heading is written.
    pub fn chapter_example(self) -> &'static str {
        match self {
            Language::English => "# Chapter V — Decisions",
            Language::Chinese => "# 第五章 决策",
        }
    }

    /// How an article's heading is written.
    pub fn article_example(self) -> &'static str {
        match self {
            Language::English => "## Article 26 — Major topics",
            Language::Chinese => "## 第二十六条 重大议题",
        }
    }
}

/// The number, as it is written, and the title of a chapter.
pub(super) fn chapter(language: Language, heading: &str) -> Option<(String, String)> {
    let (number, title) = split(language, heading, "Chapter ", '章')?;
    ordinal(&number).map(|_| (number, title))
}

/// The number, in Arabic digits, and the title of an article.
pub(super) fn article(language: Language, heading: &str) -> Option<(String, String)> {
    let (number, title) = split(language, heading, "Article ", '条')?;
    if number.starts_with(|c: char| c.is_ascii_digit()) && number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Some((number, title));
    }
    chinese(&number).map(|number| (number.to_string(), title))
}

/// The value of a chapter's number: `V`, `5` or `五`.
pub(super) fn ordinal(number: &str) -> Option<u32> {
    number.parse().ok().or_else(|| roman(number)).or_else(|| chinese(number))
}

/// Where an article stands among others: `44` before `44a`, and both before `45`.
pub(super) fn place(number: &str) -> (u32, &str) {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    (number[..digits].parse().unwrap_or(u32::MAX), &number[digits..])
}

fn split(language: Language, heading: &str, word: &str, counter: char) -> Option<(String, String)> {
    let (number, title) = match language {
        Language::English => {
            let rest = heading.strip_prefix(word)?.trim_start();
            rest.split_once(char::is_whitespace).unwrap_or((rest, ""))
        }
        Language::Chinese => heading.strip_prefix('第')?.split_once(counter)?,
    };
    let separators = |c: char| c.is_whitespace() || "—–-:：.".contains(c);
    let number = number.trim().trim_end_matches(separators);
    (!number.is_empty()).then(|| (number.to_owned(), title.trim_matches(separators).to_owned()))
}

/// The number of the article that somebody means by `26`, `Art. 26`, `第二十六条` or `R26-5`.
pub fn article_meant(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let requirement =
        text.strip_prefix('r').and_then(|rest| rest.split_once('-')).map(|(article, _)| article.to_owned());
    let bare = ["article", "art.", "art", "第"].iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(&text);
    let bare = bare.trim().strip_suffix('条').unwrap_or(bare.trim());
    let number = requirement.as_deref().unwrap_or(bare);
    let is_number = number.parse::<u32>().ok().or_else(|| chinese(number));
    is_number.map(|number| number.to_string())
}

fn roman(number: &str) -> Option<u32> {
    let value = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    let values = number.chars().map(value).collect::<Option<Vec<i64>>>()?;
    let signed = values.iter().enumerate().map(|(at, value)| {
        let before_greater = values.get(at + 1).is_some_and(|next| next > value);
        if before_greater { -value } else { *value }
    });
    u32::try_from(signed.sum::<i64>()).ok().filter(|total| *total > 0)
}

fn chinese(number: &str) -> Option<u32> {
    let (mut total, mut digit) = (0_u32, None);
    for c in number.chars() {
        let unit = match c {
            '百' => 100,
            '十' => 10,
            '零' | '〇' => continue,
            _ => {
                let at = "一二三四五六七八九".chars().position(|known| known == c)?;
                digit = Some(u32::try_from(at).ok()? + 1);
                continue;
            }
        };
        total = total.checked_add(digit.take().unwrap_or(1) * unit)?;
    }
    total = total.checked_add(digit.unwrap_or(0))?;
    (total > 0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_meant_by_its_number_however_it_is_written() {
        for text in ["26", " Article 26", "art. 26", "Art 26", "26条", "第26条", "第二十六条", "R26-5"] {
            assert_eq!(super::article_meant(text).as_deref(), Some("26"), "{text}");
        }
        for text in ["", "waste", "R-", "article", "MD-2026-1", "26 buses"] {
            assert_eq!(super::article_meant(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_of_both_languages() {
        let table = [
            ("V", 5),
            ("IX", 9),
            ("XIV", 14),
            ("五", 5),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("二十六", 26),
            ("一百零三", 103),
            ("7", 7),
        ];
        for (written, value) in table {
            assert_eq!(ordinal(written), Some(value), "{written}");
        }
        for written in ["", "Q", "零", "六X", "x"] {
            assert_eq!(ordinal(written), None, "{written}");
        }
    }

    #[test]
    fn headings_of_both_languages() {
        let pair = |number: &str, title: &str| Some((number.to_owned(), title.to_owned()));
        assert_eq!(chapter(Language::English, "Chapter V — Decisions"), pair("V", "Decisions"));
        assert_eq!(chapter(Language::Chinese, "第五章 决策"), pair("五", "决策"));
        assert_eq!(article(Language::English, "Article 26 — Major topics"), pair("26", "Major topics"));
        assert_eq!(article(Language::English, "Article 26"), pair("26", ""));
        assert_eq!(article(Language::Chinese, "第二十六条 — 重大议题"), pair("26", "重大议题"));
        assert_eq!(article(Language::Chinese, "第26条　重大议题"), pair("26", "重大议题"));
        assert_eq!(article(Language::English, "Major topics"), None);
        assert_eq!(article(Language::English, "Article of faith"), None);
        assert_eq!(article(Language::Chinese, "Article 26"), None);
    }
}
