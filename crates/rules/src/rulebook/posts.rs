//! Posts, groups and ways of standing in.
//!
//! Invariant: every post that a group, an inclusion or a regime names is declared, and what it includes
//! is complete, over several inclusions too.

use super::{
    Post,
    draft::{Draft, Rules, Said},
    naming::{self, Named},
    report::Report,
    tree::{Node, get, only_keys},
};
use facts::{
    PostId, RuleId,
    directory::{Posts as Standing, Regime},
};
use std::collections::BTreeMap;

/// What the tables say of posts.
#[derive(Debug, Default)]
pub(super) struct Posts {
    pub all: BTreeMap<PostId, Post>,
    pub groups: BTreeMap<String, Vec<PostId>>,
    pub standing: Standing,
    pub regime_rules: BTreeMap<String, RuleId>,
}

impl Posts {
    /// The posts of a draft.
    pub fn read(draft: &Draft, rules: &mut Rules, report: &mut Report) -> Posts {
        let mut posts = Posts::default();
        for said in &draft.posts {
            posts.post(said, rules, report);
        }
        for said in &draft.regimes {
            posts.regime(said, rules, report);
        }
        for said in &draft.posts {
            posts.includes(said, report);
        }
        posts.bound_to_posts(draft, report);
        posts.close_includes(draft, report);
        for said in &draft.groups {
            posts.group(said, rules, report);
        }
        posts
    }

    /// The names of posts, of those at a body or of the others.
    pub fn names(&self, at_body: bool) -> impl Iterator<Item = &str> {
        self.all.values().filter(move |post| post.at_body == at_body).map(|post| post.id.as_str())
    }

    fn post(&mut self, said: &Said, rules: &mut Rules, report: &mut Report) {
        let rule = rules.add(said.block, &format!("posts.{}", said.name), &said.place);
        let table = said.node.table(report).unwrap_or_default();
        let owner = format!("the post \"{}\"", said.name);
        only_keys(table, &["single", "includes", "at", "from", "while_holding"], &owner, report);
        let single = get(table, "single").and_then(|node| node.yes(report)).unwrap_or(false);
        let at_body = is_word(get(table, "at"), "body", report);
        let from_portfolio = is_word(get(table, "from"), "portfolio", report);
        if from_portfolio && !at_body {
            report.error(&said.place, "a post from the portfolio is a post at a body: at = \"body\"");
        }
        let id = PostId::new(&said.name);
        if from_portfolio {
            if self.standing.leader.as_str().is_empty() {
                self.standing.leader = id.clone();
            } else {
                let message = format!("the portfolio gives the post \"{}\" already", self.standing.leader);
                report.error(&said.place, message);
            }
        }
        let post = Post { id: id.clone(), single, at_body, from_portfolio, stand_in_only: false, rule };
        self.all.insert(id, post);
    }

    fn regime(&mut self, said: &Said, rules: &mut Rules, report: &mut Report) {
        let rule = rules.add(said.block, &format!("stand_in.{}", said.name), &said.place);
        let table = said.node.table(report).unwrap_or_default();
        let owner = format!("stand_in.{}", said.name);
        only_keys(
            table,
            &["for", "known_as", "full", "exclusive", "while_holding", "present", "until_return"],
            &owner,
            report,
        );
        let mut word = |key: &str| {
            let node = get(table, key);
            if node.is_none() {
                report.error(&said.place, format!("{owner} does not say its \"{key}\""));
            }
            node.and_then(|node| Some((node.text(report)?, node)))
        };
        let (stood_for, known_as) = (word("for"), word("known_as"));
        let mut yes = |key: &str| get(table, key).and_then(|node| node.yes(report)).unwrap_or(false);
        let (full, exclusive) = (yes("full"), yes("exclusive"));
        let (present, until_return) = (yes("present"), yes("until_return"));
        let (Some((stood_for, for_node)), Some((known_as, node))) = (stood_for, known_as) else { return };
        let Some(post) = self.all.get(stood_for).filter(|post| !post.stand_in_only) else {
            let names = self.all.values().filter(|post| !post.stand_in_only).map(|post| post.id.as_str());
            return report.unknown(&for_node.place, format!("no post \"{stood_for}\""), stood_for, names);
        };
        let (post, at_body, single) = (post.id.clone(), post.at_body, post.single);
        let known_as = PostId::new(known_as);
        if let Some(known) = self.all.get(&known_as) {
            if !known.stand_in_only || known.at_body != at_body {
                let message = format!("the post \"{known_as}\" is declared by {} already", known.rule);
                report.error(&node.place, message);
            }
        } else if naming::check(Named::Post, known_as.as_str(), &node.place, report) {
            let (id, rule) = (known_as.clone(), rule.clone());
            let post = Post { id, single, at_body, from_portfolio: false, stand_in_only: true, rule };
            self.all.insert(known_as.clone(), post);
        }
        let regime = Regime { post, known_as, full, exclusive, while_holding: vec![], present, until_return };
        self.standing.regimes.insert(said.name.clone(), regime);
        self.regime_rules.insert(said.name.clone(), rule);
    }

    fn includes(&mut self, said: &Said, report: &mut Report) {
        let Some(node) = said.node.table(report).and_then(|table| get(table, "includes")) else { return };
        let at_body = self.all.get(said.name.as_str()).is_some_and(|post| post.at_body);
        let mut included = vec![];
        for (name, at) in node.texts(report) {
            match self.all.get(name) {
                Some(post) if post.at_body == at_body => included.push(post.id.clone()),
                Some(_) => {
                    let message = format!(
                        "\"{}\" cannot include \"{name}\": one is a post at a body, the other of the whole office",
                        said.name
                    );
                    report.error(at, message);
                }
                None => report.unknown(at, format!("no post \"{name}\""), name, self.names(at_body)),
            }
        }
        self.standing.includes.insert(PostId::new(&said.name), included);
    }

    /// Reads for which posts a portfolio, or standing in, counts.
    fn bound_to_posts(&mut self, draft: &Draft, report: &mut Report) {
        for said in &draft.posts {
            let Some(node) = said.node.table(report).and_then(|table| get(table, "while_holding")) else { continue };
            if self.standing.leader.as_str() == said.name {
                self.standing.leader_while_holding = self.declared(node, report);
            } else {
                let message = "only a post from the portfolio, or a way of standing in, is bound to holding posts";
                report.error(&node.place, message);
            }
        }
        for said in &draft.regimes {
            let Some(node) = said.node.table(report).and_then(|table| get(table, "while_holding")) else { continue };
            let posts = self.declared(node, report);
            if let Some(regime) = self.standing.regimes.get_mut(&said.name) {
                regime.while_holding = posts;
            }
        }
    }

    /// Posts that somebody is appointed to.
    fn declared(&self, node: &Node, report: &mut Report) -> Vec<PostId> {
        let appointed = || self.all.values().filter(|post| !post.stand_in_only && !post.from_portfolio);
        let mut posts = vec![];
        for (name, at) in node.texts(report) {
            match appointed().find(|post| post.id.as_str() == name) {
                Some(post) => posts.push(post.id.clone()),
                None => {
                    let names = appointed().map(|post| post.id.as_str());
                    report.unknown(at, format!("nobody is appointed to a post \"{name}\""), name, names);
                }
            }
        }
        posts
    }

    /// Adds what the included posts include; an inclusion in a circle is refused.
    fn close_includes(&mut self, draft: &Draft, report: &mut Report) {
        let direct = self.standing.includes.clone();
        for (post, all) in &mut self.standing.includes {
            let mut at = 0;
            while let Some(next) = all.get(at).cloned() {
                for further in direct.get(&next).into_iter().flatten() {
                    if !all.contains(further) {
                        all.push(further.clone());
                    }
                }
                at += 1;
            }
            let said = draft.posts.iter().find(|said| said.name == post.as_str());
            if let (true, Some(said)) = (all.contains(post), said) {
                report.error(&said.place, format!("the post \"{post}\" includes itself"));
            }
        }
    }

    fn group(&mut self, said: &Said, rules: &mut Rules, report: &mut Report) {
        rules.add(said.block, &format!("groups.{}", said.name), &said.place);
        let mut members: Vec<PostId> = vec![];
        for (name, at) in said.node.texts(report) {
            match self.all.get(name) {
                Some(post) if post.at_body => {
                    report.error(at, format!("\"{name}\" is a post at a body; a group has posts of the whole office"));
                }
                Some(post) if members.contains(&post.id) => {
                    report.error(at, format!("\"{name}\" stands twice in the group \"{}\"", said.name));
                }
                Some(post) => members.push(post.id.clone()),
                None => report.unknown(at, format!("no post \"{name}\""), name, self.names(false)),
            }
        }
        if self.all.contains_key(said.name.as_str()) {
            report.error(&said.place, format!("\"{}\" is a post, so no group can be named so", said.name));
        }
        self.groups.insert(said.name.clone(), members);
    }
}

/// Whether a key is there; a word other than the one that it can have is reported.
fn is_word(node: Option<&Node>, only: &str, report: &mut Report) -> bool {
    let Some(node) = node else { return false };
    let Some(word) = node.text(report) else { return false };
    if word != only {
        report.unknown(&node.place, format!("only \"{only}\" can stand here, not \"{word}\""), word, [only]);
    }
    true
}
