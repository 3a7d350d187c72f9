//! Words for what the tables of a rulebook say: posts, fields, steps, days, what comes of a step.

use super::Telling;
use facts::{FieldId, OutcomeId, StepId};
use rules::rulebook::{
    After, Anchor, Deadline, Kind, Need, Opens, Path, Saying, SayingKind, Side, Source, Step, Takes, Type, Unit, Who,
};
use web::{components::Lang, texts::Argument, wording::Speaking};

/// Words for what the tables say.
impl Telling<'_> {
    pub(super) fn post(&self, post: &str) -> String {
        self.pick(&self.rulebook.terms.post(post))
    }

    /// A post, with whoever stands in for it with full powers.
    pub(super) fn holder(&self, post: &str) -> String {
        let regimes = self.rulebook.standing.regimes.values();
        let full = regimes.filter(|regime| regime.full && regime.post.as_str() == post);
        full.fold(self.post(post), |told, regime| {
            let other = self.post(regime.known_as.as_str());
            self.say("tell-or-standing-in", &[("post", &told), ("other", &other)])
        })
    }

    pub(super) fn label(&self, key: &str) -> String {
        self.pick(&self.rulebook.terms.label(key))
    }

    pub(super) fn whos(&self, whos: &[Who]) -> String {
        let words = whos.iter().map(|who| match who {
            Who::Anyone => self.t("tell-anyone"),
            Who::Post(post) => self.holder(post.as_str()),
            Who::Group(group) => self.label(&format!("group/{group}")),
            Who::At(post, body) => {
                let body = self.label(&format!("body/{body}"));
                self.say("tell-post-of-body", &[("post", &self.post(post.as_str())), ("body", &body)])
            }
            Who::AtClass(post, class) => {
                let class = self.label(&format!("class/{class}"));
                self.say("tell-post-of-class", &[("post", &self.post(post.as_str())), ("class", &class)])
            }
            Who::Where(link, who) => {
                let (who, field) = (self.whos(std::slice::from_ref(who)), self.path(&Path(vec![link.clone()])));
                self.say("tell-where-filled", &[("who", &who), ("field", &field)])
            }
            Who::ReadersOf(link) => self.say("tell-readers-of", &[("field", &self.path(&Path(vec![link.clone()])))]),
            Who::PersonIn(path) => self.say("tell-person-in", &[("field", &self.path(path))]),
            Who::AtBodyIn(post, path) => {
                self.say("tell-post-of-body-in", &[("post", &self.post(post.as_str())), ("field", &self.path(path))])
            }
        });
        words.collect::<Vec<_>>().join(&self.t("tell-who-or"))
    }

    /// `“Sponsor”`, or `“Sponsor” of “Topic”` through a link.
    pub(super) fn path(&self, path: &Path) -> String {
        self.path_from(Some(self.kind), path)
    }

    /// The same from another kind on.
    pub(super) fn path_from(&self, kind: Option<&Kind>, path: &Path) -> String {
        let (mut told, mut kind) = (String::new(), kind);
        for field in &path.0 {
            let of = kind.map_or("", |kind| kind.id.as_str());
            let name = format!("“{}”", self.pick(&self.rulebook.terms.field(of, field.as_str())));
            told = match told.is_empty() {
                true => name,
                false => self.say("tell-of", &[("what", &name), ("of", &told)]),
            };
            kind = kind.and_then(|kind| self.rulebook.linked(kind, field.as_str()));
        }
        told
    }

    pub(super) fn step_of(&self, kind: &str, step: &StepId) -> String {
        let name = format!("“{}”", self.pick(&self.rulebook.terms.step(kind, step.as_str())));
        self.say("tell-step-id", &[("step", &name), ("id", &format!("{kind}.{step}"))])
    }

    pub(super) fn step(&self, step: &StepId) -> String {
        format!("“{}”", self.pick(&self.rulebook.terms.step(self.kind.id.as_str(), step.as_str())))
    }

    pub(super) fn steps(&self, steps: &[StepId]) -> String {
        steps.iter().map(|step| self.step(step)).collect::<Vec<_>>().join(&self.t("list-comma"))
    }

    pub(super) fn fields(&self, fields: &[FieldId]) -> String {
        let words = fields.iter().map(|field| {
            let name = self.path(&Path(vec![field.clone()]));
            self.say("tell-field-id", &[("field", &name), ("id", &field.as_str())])
        });
        words.collect::<Vec<_>>().join(&self.t("list-comma"))
    }

    pub(super) fn outcome(&self, step: &Step, outcome: &OutcomeId) -> String {
        self.outcome_of(Some(self.kind), step, outcome)
    }

    fn outcome_of(&self, kind: Option<&Kind>, step: &Step, outcome: &OutcomeId) -> String {
        let of = kind.map_or("", |kind| kind.id.as_str());
        format!("“{}”", self.pick(&self.rulebook.terms.outcome(of, step.id.as_str(), outcome.as_str())))
    }

    pub(super) fn need(&self, need: &Need) -> String {
        let field = self.path(&need.field);
        let Some(choice) = &need.choice else {
            let key = if need.must_be { "tell-is-yes" } else { "tell-is-no" };
            return self.say(key, &[("field", &field)]);
        };
        let choice = need
            .field
            .0
            .last()
            .map_or_else(|| format!("“{choice}”"), |last| self.choice(Some(self.kind), last, choice));
        let key = if need.must_be { "tell-is" } else { "tell-is-not" };
        self.say(key, &[("field", &field), ("choice", &choice)])
    }

    /// A choice of a field of a kind.
    pub(super) fn choice(&self, of: Option<&Kind>, field: &FieldId, choice: &str) -> String {
        let list = match of.and_then(|kind| kind.field(field.as_str())).map(|field| field.kind_of_value.one()) {
            Some(Type::Choice(list)) => list.as_str(),
            _ => "",
        };
        format!("“{}”", self.pick(&self.rulebook.terms.choice(list, choice)))
    }

    pub(super) fn after(&self, after: &After) -> String {
        if after.links.is_empty() {
            return self.step(&after.step);
        }
        let mut kind = Some(self.kind);
        for link in &after.links {
            kind = kind.and_then(|kind| self.rulebook.linked(kind, link.as_str()));
        }
        let step = self.rulebook.terms.step(kind.map_or("", |kind| kind.id.as_str()), after.step.as_str());
        let (step, of) = (format!("“{}”", self.pick(&step)), self.path(&Path(after.links.clone())));
        self.say("tell-of", &[("what", &step), ("of", &of)])
    }

    pub(super) fn anchor(&self, anchor: &Anchor) -> String {
        match anchor {
            Anchor::Opened => self.t("tell-opening"),
            Anchor::Step(after) => self.after(after),
            Anchor::Field(path) => self.say("tell-day-in", &[("field", &self.path(path))]),
            Anchor::Today => self.t("tell-the-act"),
            Anchor::Last(anchors) => {
                let anchors = anchors.iter().map(|anchor| self.anchor(anchor)).collect::<Vec<_>>();
                self.say("tell-last-of", &[("anchors", &anchors.join(&self.t("tell-and")))])
            }
        }
    }

    /// The day by itself, as what a field is filled with.
    pub(super) fn day_itself(&self, day: &Deadline) -> String {
        match (&day.anchor, day.side) {
            (Anchor::Today, Side::On) if day.unit != Unit::DayOfMonth => self.t("tell-day-of-act"),
            _ => self.day(day),
        }
    }

    /// The name of a unit, as it stands after so many.
    pub(super) fn unit(&self, unit: Unit, count: u16) -> String {
        let key = match unit {
            Unit::Days | Unit::DayOfMonth => "tell-unit-days",
            Unit::FullDays => "tell-unit-full-days",
            Unit::WorkingDays => "tell-unit-working-days",
            Unit::FullWorkingDays => "tell-unit-full-working-days",
            Unit::Months => "tell-unit-months",
            Unit::Hours => "tell-unit-hours",
        };
        self.say(key, &[("count", &count)])
    }

    pub(super) fn day(&self, day: &Deadline) -> String {
        let anchor = self.anchor(&day.anchor);
        let in_field = matches!(day.anchor, Anchor::Field(_));
        let count: &dyn Argument = &day.count.now;
        let unit = self.unit(day.unit, day.count.now);
        let mut told = match day.side {
            side if day.unit == Unit::DayOfMonth => {
                let month = match side {
                    Side::Before => "tell-month-before",
                    Side::On => "tell-month-of",
                    Side::After => "tell-month-after",
                };
                let month = self.say(month, &[("anchor", &anchor)]);
                let ordinal = match self.lang {
                    Lang::En => format!("{}{}", day.count.now, rules::rulebook::ordinal(day.count.now)),
                    Lang::Zh => day.count.now.to_string(),
                };
                self.say("tell-of-month", &[("ordinal", &ordinal), ("month", &month)])
            }
            Side::On if in_field => self.say("tell-on", &[("anchor", &anchor)]),
            Side::On => self.say("tell-on-day-of", &[("anchor", &anchor)]),
            Side::Before => self.say("tell-before", &[("count", count), ("unit", &unit), ("anchor", &anchor)]),
            Side::After => self.say("tell-after-day", &[("count", count), ("unit", &unit), ("anchor", &anchor)]),
        };
        for (until, count) in &day.count.earlier {
            told += &self.say("tell-earlier", &[("count", count), ("until", &until.to_string())]);
        }
        if day.rolls { self.say("tell-rolls", &[("day", &told)]) } else { told }
    }

    /// What is told, with the outcomes that steps must have had.
    pub(super) fn only_if(&self, told: String, kind: Option<&Kind>, only_if: &[(StepId, Vec<OutcomeId>)]) -> String {
        let of = kind.map_or("", |kind| kind.id.as_str());
        let terms = &self.rulebook.terms;
        only_if.iter().fold(told, |told, (step, outcomes)| {
            let step_words = format!("“{}”", self.pick(&terms.step(of, step.as_str())));
            let (untaken, came): (Vec<&OutcomeId>, Vec<_>) = outcomes.iter().partition(|one| one.as_str().is_empty());
            let outcome =
                |one: &&OutcomeId| format!("“{}”", self.pick(&terms.outcome(of, step.as_str(), one.as_str())));
            let outcomes = came.iter().map(outcome).collect::<Vec<_>>().join(&self.t("tell-or"));
            let places: [(&str, &dyn Argument); 3] = [("what", &told), ("step", &step_words), ("outcomes", &outcomes)];
            match (untaken.is_empty(), came.is_empty()) {
                (true, _) => self.say("tell-only-if", &places),
                (false, true) => self.say("tell-only-if-untaken", &places[..2]),
                (false, false) => self.say("tell-only-if-untaken-or", &places),
            }
        })
    }

    pub(super) fn takes(&self, takes: &Takes) -> String {
        let kind = self.rulebook.linked(self.kind, takes.on.as_str());
        let step = self.rulebook.terms.step(kind.map_or("", |kind| kind.id.as_str()), takes.step.as_str());
        let (step, field) = (format!("“{}”", self.pick(&step)), self.path(&Path(vec![takes.on.clone()])));
        let several = self.kind.field(takes.on.as_str()).is_some_and(|on| matches!(on.kind_of_value, Type::Set(_)));
        let key = if several { "tell-takes" } else { "tell-takes-one" };
        let told = self.only_if(self.say(key, &[("step", &step), ("field", &field)]), kind, &takes.only_if);
        let told = match takes.outcome.as_ref().zip(kind.and_then(|kind| kind.step(takes.step.as_str()))) {
            Some((outcome, step)) => {
                let outcome = self.outcome_of(kind, step, outcome);
                self.say("tell-with-outcome", &[("what", &told), ("outcome", &outcome)])
            }
            None => told,
        };
        self.filling(told, kind, kind, &takes.with)
    }

    pub(super) fn opens(&self, opens: &Opens) -> String {
        let name = format!("“{}”", self.pick(&self.rulebook.terms.kind(opens.kind.as_str())));
        let opened = self.rulebook.kind(opens.kind.as_str());
        let (told, each) = match &opens.each {
            None => (self.say("tell-opens", &[("kind", &name)]), None),
            Some(each) => {
                let field = self.path(&Path(vec![each.clone()]));
                let told = self.say("tell-opens-each", &[("kind", &name), ("field", &field)]);
                (told, self.rulebook.linked(self.kind, each.as_str()))
            }
        };
        let of = if opens.each.is_some() { each } else { Some(self.kind) };
        self.filling(self.only_if(told, of, &opens.only_if), opened, each, &opens.with)
    }

    /// What is told, with the fields that are filled in along with it.
    fn filling(&self, told: String, of: Option<&Kind>, each: Option<&Kind>, with: &[(FieldId, Source)]) -> String {
        match self.filled_with(of, each, with) {
            Some(fields) => self.say("tell-filling", &[("what", &told), ("fields", &fields)]),
            None => told,
        }
    }

    pub(super) fn publishes(&self, title: &FieldId, text: &FieldId, facts: &[FieldId]) -> String {
        let shown: Vec<FieldId> = [title, text].into_iter().chain(facts).cloned().collect();
        self.say("tell-publishes", &[("fields", &self.fields(&shown))])
    }

    pub(super) fn saying(&self, saying: &Saying) -> String {
        let name = |field: &FieldId| self.path(&Path(vec![field.clone()]));
        match saying {
            Saying::Holds { person, post, .. } => {
                self.say("tell-holds", &[("person", &name(person)), ("post", &name(post))])
            }
            Saying::Leaves { person, post, until, .. } => {
                self.say("tell-leaves", &[("person", &name(person)), ("post", &name(post)), ("until", &name(until))])
            }
            Saying::Leads { person, bodies, .. } => {
                self.say("tell-leads", &[("person", &name(person)), ("bodies", &name(bodies))])
            }
            Saying::Liaises { person, bodies, .. } => {
                self.say("tell-liaises", &[("person", &name(person)), ("bodies", &name(bodies))])
            }
            Saying::Away { person, from, until, .. } => {
                self.say("tell-away", &[("person", &name(person)), ("from", &name(from)), ("until", &name(until))])
            }
            Saying::StandsIn { person, regime, from, until, .. } => {
                let regime = self.label(&format!("regime/{regime}"));
                let days = [("from", name(from)), ("until", name(until))];
                let [from, until] = &days;
                let places: [(&str, &dyn Argument); 4] =
                    [("person", &name(person)), ("regime", &regime), (from.0, &from.1), (until.0, &until.1)];
                self.say("tell-stands-in", &places)
            }
            Saying::Enters { person, .. } => self.say("tell-enters", &[("person", &name(person))]),
            Saying::Establishes { body, .. } => self.say("tell-establishes", &[("body", &name(body))]),
            Saying::Ends { what, until } => {
                let what = match what {
                    SayingKind::Holds => "tell-ends-holds",
                    SayingKind::Leads => "tell-ends-leads",
                    SayingKind::Liaises => "tell-ends-liaises",
                    SayingKind::Away => "tell-ends-away",
                    SayingKind::StandsIn => "tell-ends-stands-in",
                };
                self.say("tell-ends", &[("what", &self.t(what)), ("until", &name(until))])
            }
        }
    }
}
