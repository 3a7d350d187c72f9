//! The rulebook as data. `docs/rulebooks.md` says how each part is written.

use super::{Clock, Deadline, Draw, NotBefore, Opens, Publishes, Saying, Silence, Source, Takes};
use facts::{BodyId, Digest, FieldId, KindId, Label, OutcomeId, PostId, RuleId, StepId, directory::Posts};
use jiff::civil::Date;
use std::{collections::BTreeMap, fmt};

/// A file of a rulebook: its path inside the folder, with `/`, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub path: String,
    pub text: String,
}

/// A checked rulebook. Made by [`Rulebook::read`](super::Rulebook::read).
#[derive(Clone, Debug)]
pub struct Rulebook {
    pub name: Label,
    pub edition: String,
    /// SHA-256 over all files, names and texts.
    pub digest: Digest,
    /// IANA name of the zone in which the office's days begin and end.
    pub zone: String,
    pub term: i64,
    pub in_force_from: Option<Date>,
    pub in_force_until: Option<Date>,
    /// The article that says from when; what is done before that day carries a remark of it.
    pub in_force_rule: Option<RuleId>,
    pub parameters: BTreeMap<String, Parameter>,
    pub chapters: Vec<Chapter>,
    /// In reading order.
    pub articles: Vec<Article>,
    /// Which requirements there are; empty where the rulebook has no list.
    pub demands: super::Demands,
    /// The surrounding law, by the number of the fact.
    pub law: BTreeMap<String, super::LawFact>,
    /// The official text of articles, where an installation has it.
    pub official: super::Official,
    pub posts: BTreeMap<PostId, Post>,
    pub groups: BTreeMap<String, Vec<PostId>>,
    /// Includes and stand-in regimes, in the form in which the directory needs them.
    pub standing: Posts,
    /// Of each regime: the rule that declares it.
    pub regime_rules: BTreeMap<String, RuleId>,
    pub choices: BTreeMap<String, Vec<String>>,
    pub classes: Vec<String>,
    /// Classes of bodies that follow these rules by reference only.
    pub by_reference: Vec<String>,
    /// Classes of bodies that are no more: their posts are not vacant.
    pub past: Vec<String>,
    pub named_bodies: Vec<BodyId>,
    /// In reading order.
    pub kinds: Vec<Kind>,
    /// How pages group the kinds, in the order of `rulebook.toml`.
    pub areas: Vec<super::Area>,
    /// What the overview counts in parts of a whole.
    pub rates: Vec<super::Rate>,
    pub rules: BTreeMap<RuleId, Rule>,
    pub cedar: Vec<CedarBlock>,
    pub terms: Terms,
}

#[derive(Clone, Debug)]
pub struct Parameter {
    /// As it is put into words; a number or a text.
    pub value: String,
    /// Values that held up to a day, the earliest first.
    pub earlier: Vec<(Date, String)>,
    pub name: Label,
    pub reconstructed: bool,
    /// The fact of the surrounding law that it rests on.
    pub source: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Chapter {
    /// E.g. `V`.
    pub number: String,
    pub title: Label,
    pub file: String,
}

/// Where a thing stands in the rulebook's files.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: String,
    /// 1 for the first line.
    pub line: usize,
}

/// One article in both languages.
#[derive(Clone, Debug)]
pub struct Article {
    /// E.g. `26`.
    pub number: String,
    pub title: Label,
    /// Index into [`Rulebook::chapters`].
    pub chapter: usize,
    pub parts: Vec<Part>,
    pub place: Place,
    /// Requirement numbers (`R26-5`) named in it.
    pub requirements: Vec<String>,
    /// Facts of the surrounding law (`L-DEC-7`) named in it.
    pub law: Vec<String>,
}

/// A part of an article, in reading order.
#[derive(Clone, Debug)]
pub enum Part {
    Paragraph(Label),
    /// `> Reading: …`; the word before the colon and what it says, without requirement numbers.
    Note {
        word: NoteWord,
        text: Label,
    },
    /// An executable block: its language (`toml`, or as [`Purpose::of`] reads it) and text.
    Block {
        language: String,
        text: String,
        rules: Vec<RuleId>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteWord {
    Stated,
    Tracked,
    Reading,
    Reconstructed,
    /// A quotation without one of the words.
    Remark,
}

/// One rule: what a citation refers to.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: RuleId,
    pub article: String,
    /// The paragraph above its block: what a refusal quotes.
    pub sentence: Label,
    pub reconstructed: bool,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub struct Post {
    pub id: PostId,
    pub single: bool,
    /// A post at a body, not of the whole office.
    pub at_body: bool,
    /// Held by whoever has the body in the portfolio.
    pub from_portfolio: bool,
    /// Held only by standing in.
    pub stand_in_only: bool,
    pub rule: RuleId,
}

#[derive(Clone, Debug)]
pub struct Kind {
    pub id: KindId,
    /// Pattern of the number series, parameters and `{term}` filled in; `{year}` and `{n}` are left.
    pub number: String,
    /// The field that names a matter of this kind.
    pub title: FieldId,
    pub read: Vec<Who>,
    /// The body whose class says whether the written gates bind or are remarks.
    pub bound: Option<Bound>,
    /// In reading order.
    pub fields: Vec<Field>,
    /// In reading order.
    pub steps: Vec<Step>,
    pub rule: RuleId,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub id: FieldId,
    pub kind_of_value: Type,
    /// Which persons or bodies can be named; `None`: all.
    pub among: Option<Among>,
}

/// Which persons or bodies a field can name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Among {
    /// Persons: who today is one of these.
    pub whos: Vec<Who>,
    /// Bodies: those of these classes.
    pub classes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    Text,
    Document,
    Yes,
    Number,
    Date,
    Person,
    Body,
    Post,
    /// One of the named list of choices.
    Choice(String),
    Matter(KindId),
    Set(Box<Type>),
}

/// A field of this matter, or through linked matters of another: `topic.decision.sponsor`.
/// Never empty; all but the last name a field that is one matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(pub Vec<FieldId>);

/// Whose a step is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Post(PostId),
    Group(String),
    /// A post at a named body; a bare named body means its `staff`.
    At(PostId, BodyId),
    /// The person (or each of the persons) in a field.
    PersonIn(Path),
    /// A post at the body (or bodies) in a field; a bare field of bodies means their `staff`.
    AtBodyIn(PostId, Path),
    /// Whoever holds a post at a body of this class: `head of constituent`.
    AtClass(PostId, String),
    /// Of these, where the matter names another in this field.
    Where(FieldId, Box<Who>),
    /// Whoever may read the matter in this field; replaced by those when all kinds are known.
    ReadersOf(FieldId),
    Anyone,
}

/// Whose answers a `by_each` step collects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Each {
    /// Every person now holding one of these posts.
    Holders(Vec<PostId>),
    /// Every person in the set.
    PersonsIn(Path),
    /// Every body in the set, answered for by this post of it.
    BodiesIn(PostId, Path),
}

/// A step that must stand: of this matter, or of a linked one (`links` not empty).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    pub links: Vec<FieldId>,
    pub step: StepId,
}

/// A condition of `needed_if`: whether a field holds a value, a yes or a choice, or whether it does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub field: Path,
    /// The choice; `None`: a yes.
    pub choice: Option<String>,
    pub must_be: bool,
}

#[derive(Clone, Debug)]
pub struct Step {
    pub id: StepId,
    pub start: bool,
    pub by: Vec<Who>,
    pub by_each: Option<Each>,
    pub recorded_by: Vec<Who>,
    pub after: Vec<After>,
    /// Steps of which none may stand any more.
    pub until: Vec<StepId>,
    pub not_before: Option<NotBefore>,
    pub due: Option<Deadline>,
    pub clock: Clock,
    pub silence: Option<Silence>,
    /// The text field that names whoever takes the step without an account; `by` enters it.
    pub party: Option<FieldId>,
    pub needed_if: Vec<Need>,
    pub asks: Vec<FieldId>,
    pub may_ask: Vec<FieldId>,
    /// In reading order; empty where the step has no outcomes.
    pub outcomes: Vec<Outcome>,
    pub binds: Vec<FieldId>,
    pub undoes: Vec<StepId>,
    pub repeat: bool,
    pub optional: bool,
    /// Never taken by itself: it goes with a step that takes it.
    pub carried: bool,
    pub takes: Vec<Takes>,
    pub opens: Vec<Opens>,
    pub publishes: Option<Publishes>,
    pub directory: Vec<Saying>,
    /// Fields that the step fills in by itself.
    pub sets: Vec<(FieldId, Source)>,
    /// Yes-or-no fields that written policies fill in when the step is taken; known when these are compiled.
    pub fills: Vec<FieldId>,
    pub draws: Vec<Draw>,
    pub closes: bool,
    /// Of each key that was said: the rule that said it.
    pub cites: BTreeMap<String, RuleId>,
}

#[derive(Clone, Debug)]
pub struct Outcome {
    pub id: OutcomeId,
    pub counts: bool,
    pub asks: Vec<FieldId>,
    pub may_ask: Vec<FieldId>,
    pub undoes: Vec<StepId>,
    pub takes: Vec<Takes>,
    pub opens: Vec<Opens>,
    pub publishes: Option<Publishes>,
    pub directory: Vec<Saying>,
    pub sets: Vec<(FieldId, Source)>,
    pub closes: bool,
}

/// What the policies of a Cedar block are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// They say who may take a step and what forbids it.
    Policy,
    /// Everything that the rulebook allows must lie within them; they decide nothing.
    Invariant,
    /// As [`Purpose::Policy`], and of their conditions exactly one holds in every case.
    Exclusive,
    /// A step fills in this yes or no by itself: yes where one of them permits it.
    Fills(FieldId),
}

impl Purpose {
    /// Of the words beside the fence: `cedar`, `cedar invariant`, `cedar exclusive`, `cedar fills strict`.
    pub fn of(language: &str) -> Option<Purpose> {
        match language.split_whitespace().collect::<Vec<_>>()[..] {
            ["cedar"] => Some(Purpose::Policy),
            ["cedar", "invariant"] => Some(Purpose::Invariant),
            ["cedar", "exclusive"] => Some(Purpose::Exclusive),
            ["cedar", "fills", field] => Some(Purpose::Fills(FieldId::new(field))),
            _ => None,
        }
    }
}

/// A fenced Cedar block, not yet parsed.
#[derive(Clone, Debug)]
pub struct CedarBlock {
    pub article: String,
    pub purpose: Purpose,
    /// With the parameters filled in.
    pub text: String,
    /// As it stands in the file.
    pub shown: String,
    pub sentence: Label,
    pub reconstructed: bool,
    /// The place of the first line inside the fence.
    pub place: Place,
}

/// Labels in both languages. Missing ones are problems, so a look-up falls back to the bare name.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Keys: `kind/Executive`, `kinds/Executive` (plural), `step/Executive.hold`, `step/hold`,
    /// `publication/Decision.publish_draft`, `publication/publish_draft`,
    /// `field/Executive.day`, `field/day`, `outcome/Executive.approve_agenda.return`, `outcome/return`,
    /// `choice/absence_reason.health`, `post/mayor`, `group/leaders`, `body/general_office`,
    /// `class/region`, `regime/commission`.
    pub labels: BTreeMap<String, Label>,
}

impl Terms {
    /// The label under a key, or the last part of the key with its underscores as spaces.
    pub fn label(&self, key: &str) -> Label {
        self.labels.get(key).cloned().unwrap_or_else(|| {
            let bare = key.rsplit(['/', '.']).next().unwrap_or(key);
            Label::same(bare.replace('_', " "))
        })
    }
    /// The label of a kind.
    pub fn kind(&self, kind: &str) -> Label {
        self.label(&format!("kind/{kind}"))
    }
    /// The label of a step, of its kind's own if it has one.
    pub fn step(&self, kind: &str, step: &str) -> Label {
        self.own_or_common("step", kind, step)
    }
    /// What a step makes public, as the public calls it, where that has words besides those of the kind.
    pub fn publication(&self, kind: &str, step: &str) -> Option<&Label> {
        let own = self.labels.get(&format!("publication/{kind}.{step}"));
        own.or_else(|| self.labels.get(&format!("publication/{step}")))
    }
    /// The label of a field, of its kind's own if it has one.
    pub fn field(&self, kind: &str, field: &str) -> Label {
        self.own_or_common("field", kind, field)
    }
    /// The label of an outcome, of its step's own if it has one.
    pub fn outcome(&self, kind: &str, step: &str, outcome: &str) -> Label {
        self.own_or_common("outcome", &format!("{kind}.{step}"), outcome)
    }
    /// The label of a choice of a list.
    pub fn choice(&self, list: &str, choice: &str) -> Label {
        self.label(&format!("choice/{list}.{choice}"))
    }
    /// The label of a post.
    pub fn post(&self, post: &str) -> Label {
        self.label(&format!("post/{post}"))
    }

    fn own_or_common(&self, what: &str, owner: &str, name: &str) -> Label {
        let own = self.labels.get(&format!("{what}/{owner}.{name}")).cloned();
        own.unwrap_or_else(|| self.label(&format!("{what}/{name}")))
    }
}

impl Rulebook {
    /// The kind of this name.
    pub fn kind(&self, id: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id.as_str() == id)
    }
    /// The kind of the matters that a field of a kind names; `None` where it names none.
    pub fn linked(&self, kind: &Kind, field: &str) -> Option<&Kind> {
        match kind.field(field)?.kind_of_value.one() {
            Type::Matter(linked) => self.kind(linked.as_str()),
            _ => None,
        }
    }
    /// The steps that carry a step, with their kinds.
    pub fn carriers(&self, kind: &KindId, step: &StepId) -> Vec<(KindId, StepId)> {
        let mut carriers = vec![];
        for (carrier, taking) in self.kinds.iter().flat_map(|kind| kind.steps.iter().map(move |step| (kind, step))) {
            let on_kind = |takes: &&Takes| {
                let field = carrier.field(takes.on.as_str()).map(|field| field.kind_of_value.one());
                matches!(field, Some(Type::Matter(on)) if on == kind)
            };
            if taking.all_takes().filter(on_kind).any(|takes| takes.step == *step) {
                carriers.push((carrier.id.clone(), taking.id.clone()));
            }
        }
        carriers
    }
    /// The article of this number.
    pub fn article(&self, number: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.number == number)
    }
    /// The rule behind a citation.
    pub fn rule(&self, id: &RuleId) -> Option<&Rule> {
        self.rules.get(id)
    }
}

impl Kind {
    /// The field that says whether a matter is urgent: in what is, whoever has a portfolio is stood in for.
    pub fn urgency(&self) -> Option<&Field> {
        self.field("urgent").filter(|field| field.kind_of_value == Type::Yes)
    }

    /// The step of this name.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id.as_str() == id)
    }
    /// The field of this name.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id.as_str() == id)
    }
    /// Whether a text stands in a line of its own wherever it is shown: the title, and names of the directory.
    pub fn is_line(&self, field: &Field) -> bool {
        let named = || self.steps.iter().flat_map(Step::sayings).any(|saying| saying.lines().contains(&&field.id));
        field.kind_of_value == Type::Text && (field.id == self.title || named())
    }
    /// Whether a field is written only by those who are asked one by one.
    pub fn is_position(&self, field: &Field) -> bool {
        let mut asking = self.steps.iter().filter(|step| step.asks_for(&field.id)).peekable();
        asking.peek().is_some() && asking.all(|step| step.by_each.is_some())
    }
    /// The steps that cannot have been taken yet when a step is taken for the first time: their tables want it
    /// first, or one that wants it.
    pub fn only_after(&self, step: &Step) -> Vec<&Step> {
        let passed_over = |step: &Step| !step.needed_if.is_empty() || step.by_each.is_some();
        let mut found: Vec<&Step> = vec![];
        let mut from = vec![step];
        while let Some(earlier) = from.pop() {
            // What may count as done without being taken keeps nothing back.
            if passed_over(earlier) {
                continue;
            }
            let waits = |later: &&Step| later.after.iter().any(|a| a.links.is_empty() && a.step == earlier.id);
            for later in self.steps.iter().filter(waits) {
                if later.id != step.id && !found.iter().any(|known| known.id == later.id) {
                    found.push(later);
                    from.push(later);
                }
            }
        }
        found
    }
    /// The steps that open a matter of this kind.
    pub fn starts(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.start)
    }
}

impl Step {
    /// The outcome of this name.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id.as_str() == id)
    }
    /// Whether the field is filled in with the step or with one of its outcomes.
    pub fn asks_for(&self, field: &FieldId) -> bool {
        let of_outcomes = self.outcomes.iter().flat_map(|outcome| outcome.asks.iter().chain(&outcome.may_ask));
        self.asks.iter().chain(&self.may_ask).chain(of_outcomes).any(|asked| asked == field)
    }
    /// What the step makes public with an outcome.
    pub fn publishes_with<'s>(&'s self, outcome: Option<&'s Outcome>) -> Option<&'s Publishes> {
        outcome.and_then(|outcome| outcome.publishes.as_ref()).or(self.publishes.as_ref())
    }
    /// What is carried with the step, whichever outcome it comes to.
    pub fn all_takes(&self) -> impl Iterator<Item = &Takes> {
        self.takes.iter().chain(self.outcomes.iter().flat_map(|outcome| &outcome.takes))
    }
    /// What the step says of the directory, whichever outcome it comes to.
    pub fn sayings(&self) -> impl Iterator<Item = &Saying> {
        self.directory.iter().chain(self.outcomes.iter().flat_map(|outcome| &outcome.directory))
    }
    /// The rule that said a key of this step.
    pub fn cite(&self, key: &str) -> Option<&RuleId> {
        self.cites.get(key)
    }
}

/// As a rulebook writes it: `date`, `[Person]`.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Text => f.write_str("text"),
            Type::Document => f.write_str("document"),
            Type::Yes => f.write_str("yes"),
            Type::Number => f.write_str("number"),
            Type::Date => f.write_str("date"),
            Type::Person => f.write_str("Person"),
            Type::Body => f.write_str("Body"),
            Type::Post => f.write_str("Post"),
            Type::Choice(list) => f.write_str(list),
            Type::Matter(kind) => f.write_str(kind.as_str()),
            Type::Set(of) => write!(f, "[{of}]"),
        }
    }
}

impl Type {
    /// The type of one member of a set, or the type itself.
    pub fn one(&self) -> &Type {
        match self {
            Type::Set(of) => of,
            one => one,
        }
    }
}

/// Of which articles the written gates bind a matter by reference only, where its body follows the rules so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The field of the body.
    pub body: FieldId,
    /// Numbers of articles; `None`: all.
    pub articles: Option<Vec<String>>,
}

impl Bound {
    /// Whether an article is among those followed by reference.
    pub fn covers(&self, article: &str) -> bool {
        self.articles.as_ref().is_none_or(|articles| articles.iter().any(|number| number == article))
    }
}
