//! A relative link in a page of the documentation leads to a file that exists.
//!
//! Rulebooks are left out: their links are addresses of the running system.

use crate::tree::{File, Finding, Tree};

pub fn check(tree: &Tree) -> Vec<Finding> {
    let pages = tree.under("", ".md").filter(|file| !file.path.starts_with("rulebooks/"));
    pages.flat_map(|file| of_page(tree, file)).collect()
}

fn of_page(tree: &Tree, file: &File) -> Vec<Finding> {
    let mut findings = vec![];
    let mut in_block = false;
    for (number, line) in file.lines() {
        in_block ^= line.trim_start().starts_with("```");
        let links = links(line).filter(|_| !in_block);
        for link in links.filter(|link| !leads_somewhere(tree, &file.path, link)) {
            findings.push(file.finding(number, format!("the link leads to no file: {link}")));
        }
    }
    findings
}

/// The targets of relative links in a line, without what follows `#`.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0));
    let relative = targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:"));
    relative.filter_map(|target| target.split('#').next()).filter(|target| !target.is_empty())
}

/// Whether the link, seen from the page, names a file or a folder.
fn leads_somewhere(tree: &Tree, page: &str, link: &str) -> bool {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." if parts.pop().is_none() => return false,
            ".." => {}
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    let folder = format!("{path}/");
    let texts = tree.files.iter().map(|file| file.path.as_str());
    let mut all = texts.chain(tree.others.iter().map(String::as_str));
    path.is_empty() || all.any(|known| known == path || known.starts_with(&folder))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::said;

    fn of(line: &str) -> Vec<String> {
        said(check, &[("docs/a.md", line), ("docs/decisions/0001-law.md", ""), ("README.md", "")])
    }

    #[test]
    fn links_to_files_folders_and_sites_pass() {
        for line in [
            "[a](decisions/0001-law.md)",
            "[a](decisions/) and [b](../README.md#first)",
            "[a](https://example.org/a) [b](#here)",
            "```\n[a](nowhere.md)\n```",
        ] {
            assert_eq!(of(line), Vec::<String>::new(), "{line}");
        }
    }

    #[test]
    fn links_to_nothing_fail() {
        for link in ["nowhere.md", "../docs/decisions/0002.md", "../../README.md"] {
            assert_eq!(of(&format!("[a]({link})")), [format!("docs/a.md:1: the link leads to no file: {link}")]);
        }
    }
}
