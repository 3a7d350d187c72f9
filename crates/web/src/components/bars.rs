//! Numbers with a bar each, in a table: read as a plot by the eye, as a table by
//! everybody else, and the same on paper.

use askama::Template;

use super::Tone;
use super::listing::EmptyState;

/// A table whose numbers are also drawn.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/bars.html")]
pub struct Bars {
    pub caption: String,
    /// Title of the first column, which names the rows.
    pub named: String,
    /// Titles of the columns of numbers.
    pub columns: Vec<String>,
    pub rows: Vec<BarRow>,
    /// Shown where there are no rows, or none has a number above 0.
    pub empty: EmptyState,
}

/// One row; it has as many bars as there are columns.
#[derive(Clone, Debug, Default)]
pub struct BarRow {
    pub name: String,
    /// Where the name leads; empty for nowhere.
    pub href: String,
    pub bars: Vec<Bar>,
}

/// A number and how far its bar goes.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    pub number: u64,
    /// Where the number leads; empty for nowhere, and always for 0.
    pub href: String,
    pub tone: Tone,
}

impl BarRow {
    /// Whether none of its numbers is above 0: a phone leaves the row out.
    pub fn is_nothing(&self) -> bool {
        self.bars.iter().all(|bar| bar.number == 0)
    }
}

impl Bars {
    /// Length of a bar in parts of 100 of the longest one of the table.
    fn length(&self, bar: &Bar) -> u64 {
        let most = self.rows.iter().flat_map(|row| &row.bars).map(|bar| bar.number).max().unwrap_or_default();
        // What is there is seen, however little it is.
        if bar.number == 0 { 0 } else { (bar.number * 100 / most.max(1)).max(1) }
    }

    fn cells<'a>(&'a self, row: &'a BarRow) -> impl Iterator<Item = (&'a String, &'a Bar)> {
        self.columns.iter().zip(&row.bars)
    }
}

renders_html!(Bars);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_number_and_what_is_little_is_seen() {
        let bar = |number| Bar { number, ..Bar::default() };
        let row = BarRow { bars: vec![bar(0), bar(1), bar(500), bar(1000)], ..BarRow::default() };
        let bars = Bars { rows: vec![row.clone()], ..Bars::default() };
        let lengths: Vec<u64> = row.bars.iter().map(|bar| bars.length(bar)).collect();
        assert_eq!(lengths, [0, 1, 50, 100]);
        assert!(!row.is_nothing() && BarRow { bars: vec![bar(0), bar(0)], ..BarRow::default() }.is_nothing());
        let nothing = Bars { rows: vec![BarRow { bars: vec![bar(0)], ..BarRow::default() }], ..Bars::default() };
        assert_eq!(nothing.length(&bar(0)), 0);
    }
}
