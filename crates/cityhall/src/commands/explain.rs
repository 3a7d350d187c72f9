//! `cityhall rules explain`: one step as a lawyer reads it, every line with its article and sentence.
//!
//! Invariant: tables are told in the words of the office; what is written in Cedar is shown as it is asked.

use facts::{FieldId, Label, OutcomeId, RuleId, StepId};
use rules::{
    engine::Edition,
    rulebook::{
        After, Anchor, Clock, Deadline, Each, Kind, Need, Opens, Outcome, Path, Rulebook, Saying, SayingKind, Side,
        Source, Step, Still, Takes, Type, Unit, Who,
    },
};
use std::{
    cell::RefCell,
    collections::BTreeSet,
    fmt::{self, Display, Formatter},
};

/// One thing that is told of a step; shown, it is a line or several, indented by what it is.
pub enum Told {
    /// What the step is, and what the lines below are about.
    Heading(String),
    /// What a key of the step or a written sentence says.
    Said(String),
    /// More of what was said last.
    Detail(String),
    Citation {
        rule: RuleId,
        /// Absent where the rulebook does not know the rule.
        cited: Option<Cited>,
    },
    /// What was said last, as it is asked of Cedar.
    Policy(String),
}

/// The sentence that a rule carries out.
pub struct Cited {
    pub article: String,
    /// Absent where it was told before.
    pub sentence: Option<Label>,
    pub reconstructed: bool,
}

impl Display for Told {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Told::Heading(words) => to.write_str(words),
            Told::Said(words) => write!(to, "  {words}"),
            Told::Detail(words) => write!(to, "      {words}"),
            Told::Policy(text) => write!(to, "        {}", text.trim().replace('\n', "\n        ")),
            Told::Citation { rule, cited: None } => write!(to, "      [{rule}]"),
            Told::Citation { rule, cited: Some(Cited { article, sentence: None, .. }) } => {
                write!(to, "      [{rule}] Article {article}, as above")
            }
            Told::Citation { rule, cited: Some(Cited { article, sentence: Some(sentence), reconstructed }) } => {
                write!(to, "      [{rule}] Article {article}: {}\n      第{article}条：{}", sentence.en, sentence.zh)?;
                match reconstructed {
                    true => to.write_str("\n      (reconstructed: the source is missing here)"),
                    false => Ok(()),
                }
            }
        }
    }
}

/// Tells a step of a kind, or who reads its matters where there is no step.
pub fn explain(edition: &Edition, kind: &Kind, step: Option<&Step>, name: &str) -> Vec<Told> {
    let told = RefCell::default();
    let mut telling = Telling { rulebook: &edition.rulebook, kind, quoted: BTreeSet::new(), told };
    let terms = &edition.rulebook.terms;
    let (label, of) = (terms.step(kind.id.as_str(), name), terms.kind(kind.id.as_str()));
    match step {
        Some(_) => telling.heading(format!("{}.{name}: {} / {}", kind.id, label.en, label.zh)),
        None => telling.heading(format!("{}.{name}: whoever may read a matter of this kind", kind.id)),
    }
    telling.heading(format!("a matter of the kind {} / {}", of.en, of.zh));

    telling.heading("\nwho");
    match step {
        Some(step) => telling.who_of_step(step),
        None => {
            telling.told(&telling.whos(&kind.read), Some(&kind.rule));
            telling.told("and everybody who may take one of its own steps", None);
        }
    }
    telling.policies(edition, name, true);
    if let Some(step) = step {
        telling.heading("\ngates");
        telling.gates_of_step(step);
        telling.policies(edition, name, false);
        telling.heading("\nwhen");
        telling.when(step);
        telling.heading("\nwhat is given");
        telling.given(step);
        telling.heading("\nwhat comes of it");
        telling.effects(step);
        telling.filled(edition, step);
    }
    telling.told.into_inner()
}

struct Telling<'r> {
    rulebook: &'r Rulebook,
    kind: &'r Kind,
    /// Rules whose sentence has been told: by its words.
    quoted: BTreeSet<String>,
    told: RefCell<Vec<Told>>,
}

/// Lines and citations.
impl Telling<'_> {
    fn say(&self, told: Told) {
        self.told.borrow_mut().push(told);
    }

    fn heading(&self, words: impl Into<String>) {
        self.say(Told::Heading(words.into()));
    }

    fn told(&mut self, words: &str, rule: Option<&RuleId>) {
        self.say(Told::Said(words.to_owned()));
        if let Some(rule) = rule {
            self.cite(rule);
        }
    }

    fn key(&mut self, words: &str, step: &Step, key: &str) {
        self.told(words, step.cite(key));
    }

    /// The article and the sentence of a rule; a sentence is told once.
    fn cite(&mut self, rule: &RuleId) {
        let cited = self.rulebook.rule(rule).map(|found| {
            let is_new = self.quoted.insert(format!("{}/{}", found.article, found.sentence.en));
            Cited {
                article: found.article.clone(),
                sentence: is_new.then(|| found.sentence.clone()),
                reconstructed: found.reconstructed,
            }
        });
        self.say(Told::Citation { rule: rule.clone(), cited });
    }

    /// The written policies, and those of tables that no key of the step says.
    fn policies(&mut self, edition: &Edition, step: &str, permits: bool) {
        let policies = edition.authority.policies(self.kind.id.as_str(), step);
        let own = |rule: &RuleId| {
            let cites = self.kind.step(step).map(|step| &step.cites);
            *rule == self.kind.rule || cites.is_some_and(|cites| cites.values().any(|cited| cited == rule))
        };
        let wanted = policies.iter().filter(|one| one.permits == permits && !(one.from_table && own(&one.rule)));
        for policy in wanted.collect::<Vec<_>>() {
            let words = match (policy.permits, policy.from_table) {
                (true, true) => "whoever stands in, where the matter is urgent",
                (true, false) => "whoever this sentence covers",
                _ => "not against this sentence",
            };
            self.told(words, Some(&policy.rule));
            self.say(Told::Policy(policy.text.clone()));
        }
    }
}

/// What a step fills in by a written policy.
impl Telling<'_> {
    fn filled(&mut self, edition: &Edition, step: &Step) {
        for (field, policy) in edition.authority.fills(self.kind.id.as_str(), step.id.as_str()) {
            let field = self.path(&Path(vec![field.clone()]));
            self.told(
                &format!("fills {field} with a yes where this sentence holds, else with a no"),
                Some(&policy.rule),
            );
            self.say(Told::Policy(policy.text.clone()));
        }
    }
}

/// The keys of a step.
impl Telling<'_> {
    fn who_of_step(&mut self, step: &Step) {
        if step.carried {
            let carriers = self.rulebook.carriers(&self.kind.id, &step.id);
            let carriers: Vec<String> = carriers.iter().map(|(kind, step)| self.step_of(kind.as_str(), step)).collect();
            self.key(&format!("never by itself: it goes with {}", carriers.join(" or ")), step, "carried");
        }
        if !step.by.is_empty() {
            self.key(&self.whos(&step.by), step, "by");
        }
        if let Some(each) = &step.by_each {
            let each = match each {
                Each::Holders(posts) => {
                    let posts = posts.iter().map(|post| self.post(post.as_str()));
                    format!("each who holds the post of {}", posts.collect::<Vec<_>>().join(" or "))
                }
                Each::PersonsIn(path) => format!("each of {}", self.path(path)),
                Each::BodiesIn(post, path) => {
                    format!("{} of each body in {}", self.post(post.as_str()), self.path(path))
                }
            };
            self.key(&each, step, "by_each");
        }
        if !step.recorded_by.is_empty() {
            self.key(&format!("may be entered by {}", self.whos(&step.recorded_by)), step, "recorded_by");
        }
    }

    fn gates_of_step(&mut self, step: &Step) {
        if !step.needed_if.is_empty() {
            let needs: Vec<String> = step.needed_if.iter().map(|need| self.need(need)).collect();
            self.key(&format!("only where {}; otherwise it counts as done", needs.join(" and ")), step, "needed_if");
        }
        if !step.after.is_empty() {
            let after: Vec<String> = step.after.iter().map(|after| self.after(after)).collect();
            self.key(&format!("after {}", after.join(" and ")), step, "after");
        }
        if let Some(not_before) = &step.not_before {
            let unless = not_before.unless.as_ref();
            let unless = unless.map(|step| format!(", unless {} has been taken", self.step(step))).unwrap_or_default();
            self.key(&format!("not before {}{unless}", self.day(&not_before.day)), step, "not_before");
        }
    }

    fn when(&mut self, step: &Step) {
        if step.start {
            self.key("it opens the matter", step, "start");
        }
        match &step.due {
            Some(due) => self.key(&format!("due {}; later only with a reason on record", self.day(due)), step, "due"),
            None => self.told("on no day in particular", None),
        }
        for told in self.clock(step) {
            self.key(&told, step, "clock");
        }
        if let Some(silence) = &step.silence {
            let means = silence.outcome.as_ref().map(|outcome| format!("counts as {}", self.outcome(step, outcome)));
            let means = means.unwrap_or_else(|| "is no longer waited for".to_owned());
            self.key(&format!("who is silent past {} {means}", self.day(&silence.after)), step, "silence");
        }
        if let Some(party) = &step.party {
            let party = self.path(&Path(vec![party.clone()]));
            self.key(
                &format!("it is the act of {party}, who has no account, and is entered when it comes"),
                step,
                "party",
            );
        }
        if step.repeat {
            self.key("it may be taken again", step, "repeat");
        }
        if step.optional {
            self.key("it is nobody's duty", step, "optional");
        }
    }

    /// What the clock of a step does.
    fn clock(&self, step: &Step) -> Vec<String> {
        let Clock { restarts, stands_still, longer } = &step.clock;
        let mut told = vec![];
        if !restarts.is_empty() {
            told.push(format!("its clock begins anew with {}", self.steps(restarts)));
        }
        for Still { from, to, until } in stands_still {
            let latest = until.as_ref().map_or(String::new(), |until| {
                format!(", and no longer than until {}", self.path(&Path(vec![until.clone()])))
            });
            told.push(format!("its clock stands still from {} to {}{latest}", self.step(from), self.step(to)));
        }
        for (by, count) in longer {
            told.push(format!("its clock runs {} longer with {}", count.now, self.step(by)));
        }
        told
    }

    /// What a field is filled from.
    fn source(&self, source: &Source) -> String {
        match source {
            Source::This => "this matter".to_owned(),
            Source::Each => "each matter".to_owned(),
            Source::Field(path) => self.path(path),
            Source::EachField(path) => {
                let names: Vec<&str> = path.0.iter().map(FieldId::as_str).collect();
                format!("{} of each matter", names.join("."))
            }
            Source::Added(source) => format!("what stands there and {}", self.source(source)),
            Source::Dropped(source) => format!("what stands there without {}", self.source(source)),
            Source::Day(day) => self.day(day),
            Source::Next { month, day } => format!("the next {month:02}-{day:02}"),
            Source::Actor => "whoever acts".to_owned(),
            Source::Yes(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Source::Choice(choice) => format!("“{choice}”"),
            Source::First(sources) => {
                let sources: Vec<String> = sources.iter().map(|source| self.source(source)).collect();
                sources.join(", or where that says nothing ")
            }
        }
    }

    fn sets(&self, sets: &[(FieldId, Source)]) -> Option<String> {
        let told = sets
            .iter()
            .map(|(field, source)| format!("{} with {}", self.path(&Path(vec![field.clone()])), self.source(source)));
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| format!("fills {}", told.join(", ")))
    }

    fn given(&mut self, step: &Step) {
        if step.asks.is_empty() && step.may_ask.is_empty() && step.outcomes.is_empty() && step.binds.is_empty() {
            self.told("nothing", None);
        }
        if !step.asks.is_empty() {
            self.key(&format!("must be given: {}", self.fields(&step.asks)), step, "asks");
        }
        if !step.may_ask.is_empty() {
            self.key(&format!("may be given: {}", self.fields(&step.may_ask)), step, "may_ask");
        }
        if !step.outcomes.is_empty() {
            let outcomes: Vec<String> = step.outcomes.iter().map(|outcome| self.outcome(step, &outcome.id)).collect();
            self.key(&format!("one outcome: {}", outcomes.join(", ")), step, "outcomes");
            for outcome in &step.outcomes {
                self.told_outcome(step, outcome);
            }
        }
        if !step.binds.is_empty() {
            let words = format!("it judges {}: a later change voids it", self.fields(&step.binds));
            self.key(&words, step, "binds");
        }
    }

    fn told_outcome(&self, step: &Step, outcome: &Outcome) {
        let mut said = vec![];
        if !outcome.asks.is_empty() {
            said.push(format!("asks for {}", self.fields(&outcome.asks)));
        }
        if !outcome.may_ask.is_empty() {
            said.push(format!("may have {}", self.fields(&outcome.may_ask)));
        }
        if !outcome.undoes.is_empty() {
            said.push(format!("undoes {}", self.steps(&outcome.undoes)));
        }
        said.extend(outcome.takes.iter().map(|takes| self.takes(takes)));
        said.extend(outcome.opens.iter().map(|opens| self.opens(opens)));
        said.extend(outcome.publishes.iter().map(|shown| self.publishes(&shown.title, &shown.text, &shown.facts)));
        said.extend(outcome.directory.iter().map(|saying| self.saying(saying)));
        said.extend(self.sets(&outcome.sets));
        if outcome.closes {
            said.push("closes the matter".to_owned());
        }
        if !outcome.counts {
            said.push("does not count as done".to_owned());
        }
        if !said.is_empty() {
            self.say(Told::Detail(format!("{} {}", self.outcome(step, &outcome.id), said.join("; "))));
        }
    }

    fn effects(&mut self, step: &Step) {
        let mut told: Vec<(String, &str)> = vec![];
        told.extend(step.takes.iter().map(|takes| (self.takes(takes), "takes")));
        told.extend(step.opens.iter().map(|opens| (self.opens(opens), "opens")));
        let publishes = step.publishes.as_ref().map(|shown| self.publishes(&shown.title, &shown.text, &shown.facts));
        told.extend(publishes.map(|words| (words, "publishes")));
        told.extend(step.directory.iter().map(|saying| (self.saying(saying), "directory")));
        told.extend(self.sets(&step.sets).map(|words| (words, "sets")));
        for draw in &step.draws {
            let patterns: Vec<&str> = draw.patterns.iter().map(|(_, pattern)| pattern.as_str()).collect();
            let field = self.path(&Path(vec![draw.field.clone()]));
            told.push((format!("draws {field} from the series {}", patterns.join(" or ")), "draws"));
        }
        if !step.undoes.is_empty() {
            told.push((format!("undoes {}", self.steps(&step.undoes)), "undoes"));
        }
        if step.closes {
            told.push(("closes the matter".to_owned(), "closes"));
        }
        if told.is_empty() {
            self.told("it stands on record", None);
        }
        told.iter().for_each(|(words, key)| self.key(words, step, key));
    }
}

/// Words for what the tables say.
impl Telling<'_> {
    fn post(&self, post: &str) -> String {
        self.rulebook.terms.post(post).en
    }

    /// A post, with whoever stands in for it with full powers.
    fn holder(&self, post: &str) -> String {
        let regimes = self.rulebook.standing.regimes.values();
        let full = regimes.filter(|regime| regime.full && regime.post.as_str() == post);
        let stand_ins = full.map(|regime| format!(", or {}", self.post(regime.known_as.as_str())));
        format!("{}{}", self.post(post), stand_ins.collect::<String>())
    }

    fn label(&self, key: &str) -> String {
        self.rulebook.terms.label(key).en
    }

    fn whos(&self, whos: &[Who]) -> String {
        let words = whos.iter().map(|who| match who {
            Who::Anyone => "anybody with an account".to_owned(),
            Who::Post(post) => self.holder(post.as_str()),
            Who::Group(group) => self.label(&format!("group/{group}")),
            Who::At(post, body) => format!("{} of {}", self.post(post.as_str()), self.label(&format!("body/{body}"))),
            Who::AtClass(post, class) => {
                format!("{} of a body of the class {}", self.post(post.as_str()), self.label(&format!("class/{class}")))
            }
            Who::Where(link, who) => {
                format!(
                    "{} where {} is filled in",
                    self.whos(std::slice::from_ref(who)),
                    self.path(&Path(vec![link.clone()]))
                )
            }
            Who::ReadersOf(link) => format!("whoever may read {}", self.path(&Path(vec![link.clone()]))),
            Who::PersonIn(path) => format!("the person in {}", self.path(path)),
            Who::AtBodyIn(post, path) => format!("{} of the body in {}", self.post(post.as_str()), self.path(path)),
        });
        words.collect::<Vec<_>>().join(", or ")
    }

    /// `“Sponsor”`, or `“Sponsor” of “Topic”` through a link.
    fn path(&self, path: &Path) -> String {
        let (mut words, mut kind) = (vec![], Some(self.kind));
        for field in &path.0 {
            let of = kind.map_or("", |kind| kind.id.as_str());
            words.push(format!("“{}”", self.rulebook.terms.field(of, field.as_str()).en));
            kind = kind.and_then(|kind| self.linked(kind, field));
        }
        words.reverse();
        words.join(" of ")
    }

    fn linked(&self, kind: &Kind, field: &FieldId) -> Option<&Kind> {
        match kind.field(field.as_str())?.kind_of_value.one() {
            Type::Matter(linked) => self.rulebook.kind(linked.as_str()),
            _ => None,
        }
    }

    fn step_of(&self, kind: &str, step: &StepId) -> String {
        format!("“{}” ({kind}.{step})", self.rulebook.terms.step(kind, step.as_str()).en)
    }

    fn step(&self, step: &StepId) -> String {
        format!("“{}”", self.rulebook.terms.step(self.kind.id.as_str(), step.as_str()).en)
    }

    fn steps(&self, steps: &[StepId]) -> String {
        steps.iter().map(|step| self.step(step)).collect::<Vec<_>>().join(", ")
    }

    fn fields(&self, fields: &[FieldId]) -> String {
        let words = fields.iter().map(|field| format!("{} ({field})", self.path(&Path(vec![field.clone()]))));
        words.collect::<Vec<_>>().join(", ")
    }

    fn outcome(&self, step: &Step, outcome: &OutcomeId) -> String {
        let terms = &self.rulebook.terms;
        format!("“{}”", terms.outcome(self.kind.id.as_str(), step.id.as_str(), outcome.as_str()).en)
    }

    fn need(&self, need: &Need) -> String {
        let field = self.path(&need.field);
        let Some(choice) = &need.choice else {
            return format!("{field} is {}", if need.must_be { "yes" } else { "no" });
        };
        let list = need.field.0.last().and_then(|last| match self.kind.field(last.as_str())?.kind_of_value.one() {
            Type::Choice(list) => Some(list.as_str()),
            _ => None,
        });
        let choice = self.rulebook.terms.choice(list.unwrap_or_default(), choice).en;
        format!("{field} is {}“{choice}”", if need.must_be { "" } else { "not " })
    }

    fn after(&self, after: &After) -> String {
        if after.links.is_empty() {
            return self.step(&after.step);
        }
        let mut kind = Some(self.kind);
        for link in &after.links {
            kind = kind.and_then(|kind| self.linked(kind, link));
        }
        let step = self.rulebook.terms.step(kind.map_or("", |kind| kind.id.as_str()), after.step.as_str()).en;
        format!("“{step}” of {}", self.path(&Path(after.links.clone())))
    }

    fn anchor(&self, anchor: &Anchor) -> String {
        match anchor {
            Anchor::Opened => "the opening of the matter".to_owned(),
            Anchor::Step(after) => self.after(after),
            Anchor::Field(path) => format!("the day in {}", self.path(path)),
            Anchor::Today => "the act".to_owned(),
            Anchor::Last(anchors) => {
                let anchors = anchors.iter().map(|anchor| self.anchor(anchor)).collect::<Vec<_>>();
                format!("the last of {}", anchors.join(" and "))
            }
        }
    }

    fn day(&self, day: &Deadline) -> String {
        let anchor = self.anchor(&day.anchor);
        let in_field = matches!(day.anchor, Anchor::Field(_));
        let unit = match day.unit {
            Unit::Days => "day",
            Unit::FullDays => "full day",
            Unit::WorkingDays => "working day",
            Unit::FullWorkingDays => "full working day",
            Unit::Months => "month",
            Unit::DayOfMonth => "day of the month",
            Unit::Hours => "hour",
        };
        let plural = if day.count.now == 1 { "" } else { "s" };
        let told = match day.side {
            side if day.unit == Unit::DayOfMonth => {
                let month = match side {
                    Side::Before => "the month before",
                    Side::On => "the month of",
                    Side::After => "the month after",
                };
                let number = day.count.now;
                format!("the {number}{} of {month} {anchor}", rules::rulebook::ordinal(number))
            }
            Side::On => format!("on {}{anchor}", if in_field { "" } else { "the day of " }),
            Side::Before => format!("{} {unit}{plural} before {anchor}", day.count.now),
            Side::After => format!("{} {unit}{plural} after {anchor}", day.count.now),
        };
        let earlier = day.count.earlier.iter().map(|(until, count)| format!(" ({count} until {until})"));
        let rolls = if day.rolls { ", or the next working day" } else { "" };
        format!("{told}{}{rolls}", earlier.collect::<String>())
    }

    fn only_if(&self, kind: Option<&Kind>, only_if: &[(StepId, Vec<OutcomeId>)]) -> String {
        let of = kind.map_or("", |kind| kind.id.as_str());
        let terms = &self.rulebook.terms;
        let told = only_if.iter().map(|(step, outcomes)| {
            let outcomes =
                outcomes.iter().map(|one| format!("“{}”", terms.outcome(of, step.as_str(), one.as_str()).en));
            let outcomes = outcomes.collect::<Vec<_>>().join(" or ");
            format!(", where “{}” came to {outcomes}", terms.step(of, step.as_str()).en)
        });
        told.collect()
    }

    fn takes(&self, takes: &Takes) -> String {
        let kind = self.linked(self.kind, &takes.on);
        let step = self.rulebook.terms.step(kind.map_or("", |kind| kind.id.as_str()), takes.step.as_str()).en;
        let of = self.path(&Path(vec![takes.on.clone()]));
        format!("takes “{step}” of every matter in {of}{}", self.only_if(kind, &takes.only_if))
    }

    fn opens(&self, opens: &Opens) -> String {
        let name = self.rulebook.terms.kind(opens.kind.as_str()).en;
        match &opens.each {
            None => format!("opens a matter of the kind “{name}”"),
            Some(each) => {
                let only_if = self.only_if(self.linked(self.kind, each), &opens.only_if);
                format!("opens a “{name}” for each in {}{only_if}", self.path(&Path(vec![each.clone()])))
            }
        }
    }

    fn publishes(&self, title: &FieldId, text: &FieldId, facts: &[FieldId]) -> String {
        let shown: Vec<FieldId> = [title, text].into_iter().chain(facts).cloned().collect();
        format!("makes public {}", self.fields(&shown))
    }

    fn saying(&self, saying: &Saying) -> String {
        let name = |field: &FieldId| self.path(&Path(vec![field.clone()]));
        match saying {
            Saying::Holds { person, post, .. } => format!("puts {} in the post {}", name(person), name(post)),
            Saying::Leaves { person, post, until, .. } => {
                format!("takes {} out of the post {}, with {}", name(person), name(post), name(until))
            }
            Saying::Leads { person, bodies, .. } => format!("puts {} in charge of {}", name(person), name(bodies)),
            Saying::Liaises { person, bodies, .. } => format!("puts {} in touch with {}", name(person), name(bodies)),
            Saying::Away { person, from, until, .. } => {
                format!("enters {} as away from {} to {}", name(person), name(from), name(until))
            }
            Saying::StandsIn { person, regime, from, until, .. } => {
                let regime = self.label(&format!("regime/{regime}"));
                format!("lets {} stand in ({regime}) from {} to {}", name(person), name(from), name(until))
            }
            Saying::Ends { what, until } => {
                let what = match what {
                    SayingKind::Holds => "the tenure",
                    SayingKind::Leads => "the charge",
                    SayingKind::Liaises => "the keeping in touch",
                    SayingKind::Away => "the absence",
                    SayingKind::StandsIn => "the standing in",
                };
                format!("ends {what} that this matter entered, with {}", name(until))
            }
        }
    }
}
