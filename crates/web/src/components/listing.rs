//! What surrounds a list: its pages, its tabs, and the words for when it is empty.

use askama::Template;

use super::{Lang, Link};

/// Says that nothing is here, why that is, and what can be done.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/empty_state.html")]
pub struct EmptyState {
    pub title: String,
    pub text: String,
    pub actions: Vec<Link>,
}

impl EmptyState {
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), actions: Vec::new() }
    }
}

/// The way through a long list; renders nothing where one page holds it all.
#[derive(Clone, Debug, Template)]
#[template(path = "components/pagination.html")]
pub struct Pagination {
    pub lang: Lang,
    /// The page shown, from 1.
    pub page: usize,
    pub pages: usize,
    /// How many entries there are in all.
    pub entries: usize,
    /// How many of them were counted at most.
    pub counted_max: u32,
    /// The address up to the page's number, such as `/matters?state=open&page=`.
    pub href_prefix: String,
}

/// Entries of a list that are counted; of more it is said that there are more.
pub const COUNTED_MAX: u32 = 10_000;
/// The same of what a search finds, of which each is looked up.
pub const FOUND_COUNTED_MAX: u32 = 1000;

impl Default for Pagination {
    fn default() -> Pagination {
        let (page, pages, entries, href_prefix) = (0, 0, 0, String::new());
        Pagination { lang: Lang::default(), page, pages, entries, counted_max: COUNTED_MAX, href_prefix }
    }
}

impl Pagination {
    /// How many entries there are in all, in words.
    fn counted(&self) -> String {
        match self.entries > self.counted_max as usize {
            true => self.lang.t_with("pagination-entries-more", "count", self.counted_max),
            false => self.lang.t_with("pagination-entries", "count", self.entries),
        }
    }

    /// The address of the last page, where the page asked for lies beyond it: entries may have gone meanwhile.
    pub fn last_instead(&self) -> Option<String> {
        (self.entries > 0 && self.page > self.pages).then(|| format!("{}{}", self.href_prefix, self.pages))
    }

    fn position(&self) -> String {
        self.lang.t_args("pagination-page", &[("page", &self.page), ("pages", &self.pages)])
    }

    /// The pages to offer: the first, the last, those around this one; `None` for a gap.
    fn offered(&self) -> Vec<Option<Offered>> {
        let mut offered = Vec::new();
        let mut before = 0;
        let near = |page: usize| page == 1 || page == self.pages || page.abs_diff(self.page) <= 1;
        for page in (1..=self.pages).filter(|page| near(*page)) {
            if page > before + 1 {
                offered.push(None);
            }
            offered.push(Some(Offered { number: page, shown: page == self.page }));
            before = page;
        }
        offered
    }
}

/// A page that is offered, and whether it is the one shown.
struct Offered {
    number: usize,
    shown: bool,
}

/// The views of one thing, such as the parts of a matter.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/tabs.html")]
pub struct Tabs {
    /// What the tabs are of, for those who hear the page.
    pub label: String,
    pub items: Vec<super::NavItem>,
}

renders_html!(EmptyState, Pagination, Tabs);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_pages_are_left_out() {
        let cases: [(usize, usize, &[usize]); 4] =
            [(1, 1, &[1]), (1, 4, &[1, 2, 0, 4]), (5, 9, &[1, 0, 4, 5, 6, 0, 9]), (2, 3, &[1, 2, 3])];
        for (page, pages, expected) in cases {
            let pagination = Pagination { page, pages, ..Pagination::default() };
            let offered: Vec<usize> =
                pagination.offered().into_iter().map(|page| page.map_or(0, |page| page.number)).collect();
            assert_eq!(offered, expected, "page {page} of {pages}");
        }
    }
}
