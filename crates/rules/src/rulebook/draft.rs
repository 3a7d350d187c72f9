//! The tables of all blocks laid together: what is said of each post, group, kind and step, and by whom.
//!
//! Knows where a thing may be said, not what it means. Invariant: nothing is said twice, and all that is
//! said keeps its block.

use super::{
    Place, Rule,
    naming::{self, Named},
    overlay::is_of_base,
    parity::Block,
    report::Report,
    tree::{self, Filling, Name, Node},
};
use facts::RuleId;
use std::collections::BTreeMap;

/// Something said by a block: where it is named, what is said, and the index of the block.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub name: String,
    pub place: Place,
    pub node: Node,
    pub block: usize,
}

/// Everything that the tables say, in reading order.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub posts: Vec<Said>,
    pub groups: Vec<Said>,
    pub regimes: Vec<Said>,
    /// From when until when the rules are in force.
    pub in_force: Vec<Said>,
    pub kinds: Vec<DraftKind>,
}

#[derive(Debug)]
pub(super) struct DraftKind {
    pub name: String,
    pub place: Place,
    pub block: usize,
    /// `number`, `title`, `read`, `bound`.
    pub keys: Vec<Said>,
    pub fields: Vec<Said>,
    pub steps: Vec<DraftStep>,
}

#[derive(Debug)]
pub(super) struct DraftStep {
    pub name: String,
    pub place: Place,
    pub keys: Vec<Said>,
}

const SECTIONS: [&str; 4] = ["posts", "groups", "stand_in", "in_force"];
const KIND_KEYS: [&str; 6] = ["number", "title", "read", "bound", "fields", "steps"];

impl DraftKind {
    /// Whether the kind is declared anywhere, not only spoken of.
    pub fn is_declared(&self) -> bool {
        self.keys.iter().any(|said| said.name == "number")
    }
}

impl DraftStep {
    /// What is said under a key.
    pub fn key(&self, key: &str) -> Option<&Said> {
        self.keys.iter().find(|said| said.name == key)
    }
}

/// The tables of all blocks, and whether all of them could be read.
pub(super) fn lay_together(blocks: &[Block], filling: &mut Filling, report: &mut Report) -> (Draft, bool) {
    let (mut draft, mut all_read) = (Draft::default(), true);
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| block.language == "toml") {
        let (mut table, is_whole) = tree::parse(&block.text, &block.place, report);
        filling.fill_table(&mut table, report);
        let is_known = Laying { draft: &mut draft, blocks, at, report }.table(table);
        all_read &= is_whole && is_known;
    }
    (draft, all_read)
}

struct Laying<'a, 'f> {
    draft: &'a mut Draft,
    blocks: &'a [Block],
    at: usize,
    report: &'a mut Report<'f>,
}

impl Laying<'_, '_> {
    /// Takes in a table; whether all of it is of the format.
    fn table(&mut self, table: Vec<(Name, Node)>) -> bool {
        let mut is_known = true;
        for (name, node) in table {
            let section = match name.text.as_str() {
                "posts" => (Named::Post, &mut self.draft.posts),
                "groups" => (Named::Group, &mut self.draft.groups),
                "stand_in" => (Named::Regime, &mut self.draft.regimes),
                "in_force" => {
                    lay(&mut self.draft.in_force, None, "in_force", (self.at, self.blocks), node, self.report);
                    continue;
                }
                kind if naming::is_kind(kind) => {
                    self.kind(name, node);
                    continue;
                }
                other => {
                    let message = format!("\"{other}\" is no kind and none of posts, groups, stand_in, in_force");
                    self.report.unknown(&name.place, message, other, SECTIONS);
                    is_known = false;
                    continue;
                }
            };
            let (named, said) = section;
            let owner = name.text.clone();
            lay(said, Some(named), &owner, (self.at, self.blocks), node, self.report);
        }
        is_known
    }

    fn kind(&mut self, name: Name, node: Node) {
        let Some(table) = node.table(self.report) else { return };
        let known = self.draft.kinds.iter().position(|kind| kind.name == name.text);
        let at = known.unwrap_or_else(|| {
            naming::check(Named::Kind, &name.text, &name.place, self.report);
            let (place, block) = (name.place.clone(), self.at);
            let empty = (vec![], vec![], vec![]);
            let kind =
                DraftKind { name: name.text.clone(), place, block, keys: empty.0, fields: empty.1, steps: empty.2 };
            self.draft.kinds.push(kind);
            self.draft.kinds.len() - 1
        });
        let kind = &mut self.draft.kinds[at];
        tree::only_keys(table, &KIND_KEYS, &name.text, self.report);
        let source = (self.at, self.blocks);
        for (key, node) in table {
            match key.text.as_str() {
                "fields" => {
                    lay(&mut kind.fields, Some(Named::Field), &name.text, source, node.clone(), self.report);
                }
                "steps" => steps(kind, source, node, self.report),
                "number" | "title" | "read" | "bound" => {
                    let said = said(key, node.clone(), self.at);
                    add(&mut kind.keys, said, &name.text, self.blocks, self.report);
                }
                _ => {}
            }
        }
    }
}

fn steps(kind: &mut DraftKind, source: (usize, &[Block]), node: &Node, report: &mut Report) {
    for (name, node) in node.table(report).unwrap_or_default() {
        let known = kind.steps.iter().position(|step| step.name == name.text);
        let at = known.unwrap_or_else(|| {
            naming::check(Named::Step, &name.text, &name.place, report);
            let (name, place) = (name.text.clone(), name.place.clone());
            kind.steps.push(DraftStep { name, place, keys: vec![] });
            kind.steps.len() - 1
        });
        let owner = format!("{}.{}", kind.name, name.text);
        lay(&mut kind.steps[at].keys, None, &owner, source, node.clone(), report);
    }
}

/// Adds every entry of a table, its name checked where it is one that the rulebook gives.
fn lay(
    all: &mut Vec<Said>,
    named: Option<Named>,
    owner: &str,
    (at, blocks): (usize, &[Block]),
    node: Node,
    report: &mut Report,
) {
    for (name, node) in node.table(report).unwrap_or_default() {
        if let Some(named) = named {
            naming::check(named, &name.text, &name.place, report);
        }
        add(all, said(name, node.clone(), at), owner, blocks, report);
    }
}

fn said(name: &Name, node: Node, block: usize) -> Said {
    Said { name: name.text.clone(), place: name.place.clone(), node, block }
}

/// Adds what is said, unless it was said before; what an overlay says goes before what its base does.
fn add(all: &mut Vec<Said>, said: Said, owner: &str, blocks: &[Block], report: &mut Report) {
    let Some(first) = all.iter_mut().find(|first| first.name == said.name) else { return all.push(said) };
    match (is_of_base(&first.place.file), is_of_base(&said.place.file)) {
        (true, false) => return *first = said,
        (false, true) => return,
        _ => {}
    }
    let article = |said: &Said| blocks[said.block].article.clone();
    let message = format!(
        "{owner}.{} is said by article {} and again by article {} ({}:{})",
        said.name,
        article(first),
        article(&said),
        first.place.file,
        first.place.line,
    );
    report.error(&said.place, message);
}

/// Every rule, and which block declares it.
#[derive(Debug)]
pub(super) struct Rules<'b> {
    blocks: &'b [Block],
    pub all: BTreeMap<RuleId, Rule>,
    /// The rules of each block, in reading order.
    pub of_blocks: Vec<Vec<RuleId>>,
}

impl<'b> Rules<'b> {
    pub fn new(blocks: &'b [Block]) -> Rules<'b> {
        Rules { blocks, all: BTreeMap::new(), of_blocks: vec![vec![]; blocks.len()] }
    }

    /// Makes the rule `article/tail` of a block.
    pub fn add(&mut self, block: usize, tail: &str, place: &Place) -> RuleId {
        let source = &self.blocks[block];
        let id = RuleId::new(format!("{}/{tail}", source.article));
        if !self.all.contains_key(&id) {
            let rule = Rule {
                id: id.clone(),
                article: source.article.clone(),
                sentence: source.sentence.clone(),
                reconstructed: source.reconstructed,
                place: place.clone(),
            };
            self.all.insert(id.clone(), rule);
            self.of_blocks[block].push(id.clone());
        }
        id
    }
}
