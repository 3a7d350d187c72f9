//! The house rules, one module for each kind of rule, each a function from the tree to findings.
//!
//! Knows no rule of an office. Its invariant: every rule has a test with a tree that keeps it and
//! one that breaks it.

mod articles;
mod edges;
mod files;
mod law_names;
mod links;
mod places;
mod rulebooks;
mod rust_rules;
mod texts;

use crate::tree::{Finding, Tree};

/// Everything found in the tree, in the order of files and lines.
pub fn findings(tree: &Tree) -> Vec<Finding> {
    let rules = [
        edges::check,
        rust_rules::check,
        law_names::check,
        articles::check,
        files::check,
        places::check,
        links::check,
        texts::check,
    ];
    let mut findings: Vec<Finding> = rules.iter().flat_map(|check| check(tree)).collect();
    findings.sort();
    findings.dedup();
    findings
}

/// What one check says of a tree, a finding a line.
#[cfg(test)]
pub fn said(check: fn(&Tree) -> Vec<Finding>, files: &[(&str, &str)]) -> Vec<String> {
    check(&Tree::of(files)).iter().map(ToString::to_string).collect()
}
