//! The words of a Cedar block with their places, for messages that name a line.
//!
//! Not a parser: Cedar parses. Knows no rulebook. Invariant: what stands in a comment is no word.

/// Brackets within brackets in one policy.
const NESTED_MAX: usize = 30;
/// Words and signs in one policy.
const WORDS_MAX: usize = 1500;

/// One policy of a block.
pub(super) struct Segment<'t> {
    text: &'t str,
    tokens: Vec<Token<'t>>,
}

#[derive(Clone, Copy, Debug)]
struct Token<'t> {
    offset: usize,
    what: What<'t>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What<'t> {
    Word(&'t str),
    /// A text, without its quotation marks.
    Text(&'t str),
    /// `::`
    Of,
    Sign(char),
}

/// `Post::"mayor"`.
pub(super) struct Named<'t> {
    pub offset: usize,
    pub of: &'t str,
    pub id: &'t str,
}

/// `resource.decision.done`, or `resource.decision has done`, which is a test.
pub(super) struct Chain<'t> {
    /// `resource`, `principal`, `context` or the type of a named thing.
    pub root: &'t str,
    pub attributes: Vec<(usize, &'t str)>,
    pub is_test: bool,
}

impl<'t> Chain<'t> {
    /// The attributes without their places.
    pub fn names(&self) -> Vec<&'t str> {
        self.attributes.iter().map(|(_, name)| *name).collect()
    }
}

/// The policies of a block, each up to its semicolon.
pub(super) fn segments(block: &str) -> Vec<Segment<'_>> {
    let (mut segments, mut tokens) = (vec![], vec![]);
    for token in tokenize(block) {
        tokens.push(token);
        if token.what == What::Sign(';') {
            let (tokens, end) = (std::mem::take(&mut tokens), token.offset + 1);
            let begin = tokens.first().map_or(token.offset, |first: &Token<'_>| first.offset);
            segments.push(Segment { text: &block[begin..end], tokens });
        }
    }
    segments
}

/// Where a policy of the block is nested deeper than anybody reads, or goes on for longer; Cedar's parser
/// would follow it until the stack ends.
pub(super) fn too_much(block: &str) -> Option<usize> {
    let (mut open, mut words) = (0_usize, 0);
    for token in tokenize(block) {
        words += 1;
        match token.what {
            What::Sign('(' | '[' | '{') => open += 1,
            What::Sign(')' | ']' | '}') => open = open.saturating_sub(1),
            What::Sign(';') => (open, words) = (0, 0),
            _ => {}
        }
        if open > NESTED_MAX || words > WORDS_MAX {
            return Some(token.offset);
        }
    }
    None
}

fn tokenize(block: &str) -> Vec<Token<'_>> {
    let (mut tokens, mut at) = (vec![], 0);
    while let Some(c) = block[at..].chars().next() {
        let rest = &block[at..];
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let (len, what) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), None)
        } else if c == '"' {
            let len = length_of_text(rest);
            (len, Some(What::Text(rest[1..len].trim_end_matches('"'))))
        } else if is_word(c) {
            let len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            (len, Some(What::Word(&rest[..len])))
        } else if rest.starts_with("::") {
            (2, Some(What::Of))
        } else {
            (c.len_utf8(), (!c.is_whitespace()).then_some(What::Sign(c)))
        };
        tokens.extend(what.map(|what| Token { offset: at, what }));
        at += len;
    }
    tokens
}

/// The length of the text with which some words begin, with both quotation marks.
fn length_of_text(rest: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '"' if !is_escaped => return at + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    rest.len()
}

impl<'t> Segment<'t> {
    /// The text of the policy, without what stands before its first word.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The place of its first word.
    pub fn offset(&self) -> usize {
        self.tokens.first().map_or(0, |token| token.offset)
    }

    /// The kind that the head names: `resource is Topic`.
    pub fn kind_of_head(&self) -> Option<&'t str> {
        let head = self.tokens.iter().position(|token| token.what == What::Sign(')')).unwrap_or(self.tokens.len());
        self.tokens[..head].windows(3).find_map(|three| match [three[0].what, three[1].what, three[2].what] {
            [What::Word("resource"), What::Word("is"), What::Word(kind)] => Some(kind),
            _ => None,
        })
    }

    /// The types that anything is tested for with `is`.
    pub fn tested_types(&self) -> impl Iterator<Item = (usize, &'t str)> {
        self.tokens.windows(2).filter_map(|two| match [two[0].what, two[1].what] {
            [What::Word("is"), What::Word(name)] => Some((two[1].offset, name)),
            _ => None,
        })
    }

    /// Everything that is named by type and id.
    pub fn entities(&self) -> impl Iterator<Item = Named<'t>> {
        self.tokens.windows(3).filter_map(|three| match [three[0].what, three[1].what, three[2].what] {
            [What::Word(of), What::Of, What::Text(id)] => Some(Named { offset: three[0].offset, of, id }),
            _ => None,
        })
    }

    /// The places of a text that does not name anything.
    pub fn texts(&self, wanted: &str) -> Vec<usize> {
        let mut places = vec![];
        for (nth, token) in self.tokens.iter().enumerate() {
            let names = nth > 0 && self.tokens[nth - 1].what == What::Of;
            if token.what == What::Text(wanted) && !names {
                places.push(token.offset);
            }
        }
        places
    }

    /// Every chain of attributes.
    pub fn chains(&self) -> Vec<Chain<'t>> {
        let mut chains = vec![];
        for nth in 0..self.tokens.len() {
            let root = match (self.what(nth), self.what(nth + 1), self.what(nth + 2)) {
                (Some(What::Word(root @ ("resource" | "principal" | "context"))), ..) => Some((root, nth + 1)),
                (Some(What::Word(root @ "Body")), Some(What::Of), Some(What::Text(_))) => Some((root, nth + 3)),
                _ => None,
            };
            let is_attribute = nth > 0 && self.what(nth - 1) == Some(What::Sign('.'));
            if let Some((root, next)) = root.filter(|_| !is_attribute) {
                chains.push(self.chain(root, next));
            }
        }
        chains.retain(|chain| !chain.attributes.is_empty());
        chains
    }

    fn chain(&self, root: &'t str, next: usize) -> Chain<'t> {
        let (mut attributes, end) = self.attributes(next);
        let is_test = self.what(end) == Some(What::Word("has"));
        if let (true, Some(What::Word(name))) = (is_test, self.what(end + 1)) {
            attributes.push((self.tokens[end + 1].offset, name));
            attributes.extend(self.attributes(end + 2).0);
        }
        Chain { root, attributes, is_test }
    }

    /// The attributes that follow one another from here, and where they end; a method is none.
    fn attributes(&self, mut next: usize) -> (Vec<(usize, &'t str)>, usize) {
        let mut attributes = vec![];
        while let (Some(What::Sign('.')), Some(What::Word(name))) = (self.what(next), self.what(next + 1)) {
            if self.what(next + 2) == Some(What::Sign('(')) {
                break;
            }
            attributes.push((self.tokens[next + 1].offset, name));
            next += 2;
        }
        (attributes, next)
    }

    fn what(&self, nth: usize) -> Option<What<'t>> {
        self.tokens.get(nth).map(|token| token.what)
    }
}

#[cfg(test)]
mod tests {
    use super::segments;

    #[test]
    fn words_have_their_places_and_comments_none() {
        let block = "// resource.x\nforbid (principal, action == Action::\"a\", resource is Topic)\n\
                     when { resource.done.hold && resource.lead has head && [\"b\\\"c\", \"d\"].contains(resource.route) };\n\
                     permit (principal, action, resource);";
        let [first, second] = &segments(block)[..] else { panic!("two policies") };
        let chains: Vec<String> = first.chains().iter().map(|chain| chain.names().join(".")).collect();
        assert_eq!(chains, ["done.hold", "lead.head", "route"]);
        assert_eq!(first.chains().iter().map(|chain| chain.is_test).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(first.kind_of_head(), Some("Topic"));
        assert_eq!(first.texts("d").len(), 1);
        assert_eq!(first.texts("a").len(), 0, "it names a step");
        for (offset, name) in first.chains().iter().flat_map(|chain| chain.attributes.clone()) {
            assert!(block[offset..].starts_with(name));
        }
        assert_eq!((second.kind_of_head(), second.chains().len()), (None, 0));
    }
}
