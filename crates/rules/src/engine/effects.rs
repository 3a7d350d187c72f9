//! What follows from an act: carried steps, opened matters, the directory, publications, numbers.

use super::{newcomers, take::Acting};
use crate::{
    progress::Progress,
    refusal::{Refusal, Why},
    rulebook::{Draw, Kind, Opens, Outcome, Publishes, Saying, SayingKind, Source, Step, Takes},
};
use facts::{
    BodyId, Entry, FieldId, Matter, MatterId, Opening, Organisation, OutcomeId, PersonId, PostId, Publication,
    Relation, Series, StepId, Tenure, Value,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The linked matters whose step is carried, with what is filled into it.
pub(super) fn carried(acting: &Acting<'_>, id: MatterId, takes: &Takes) -> Vec<(MatterId, BTreeMap<FieldId, Value>)> {
    let Some(matter) = acting.scene.matter(id) else { return vec![] };
    let linked = matter.fields.get(&takes.on).map_or(&[] as &[Value], Value::members);
    linked
        .iter()
        .filter_map(Value::matter)
        .filter(|linked| passes(acting, *linked, &takes.only_if))
        .map(|linked| (linked, filled(acting, matter, Some(linked), &takes.with)))
        .collect()
}

/// The fields of each matter to be opened.
pub(super) fn opened(acting: &Acting<'_>, id: MatterId, opens: &Opens) -> Vec<BTreeMap<FieldId, Value>> {
    let Some(matter) = acting.scene.matter(id) else { return vec![] };
    match &opens.each {
        None => {
            passes(acting, id, &opens.only_if).then(|| filled(acting, matter, None, &opens.with)).into_iter().collect()
        }
        Some(each) => {
            let linked = matter.fields.get(each).map_or(&[] as &[Value], Value::members);
            linked
                .iter()
                .filter_map(Value::matter)
                .filter(|linked| passes(acting, *linked, &opens.only_if))
                .map(|linked| filled(acting, matter, Some(linked), &opens.with))
                .collect()
        }
    }
}

fn passes(acting: &Acting<'_>, id: MatterId, only_if: &[(StepId, Vec<OutcomeId>)]) -> bool {
    let Some(matter) = acting.scene.matter(id) else { return false };
    only_if.iter().all(|(step, outcomes)| {
        // The outcome of a step that was not taken is empty.
        let untaken = OutcomeId::new("");
        let last = matter.standing(step.as_str()).next_back();
        let came = last.map_or(Some(&untaken), |taken| taken.outcome.as_ref());
        came.is_some_and(|outcome| outcomes.contains(outcome))
    })
}

fn filled(
    acting: &Acting<'_>,
    matter: &Matter,
    each: Option<MatterId>,
    with: &[(FieldId, Source)],
) -> BTreeMap<FieldId, Value> {
    let each = each.and_then(|id| acting.scene.matter(id));
    let value = |field, source| value(acting, matter, each, field, source);
    with.iter().filter_map(|(field, source)| Some((field.clone(), value(field, source)?))).collect()
}

/// What a field is filled with; a set that is changed is the one that stands in the field now.
fn value(
    acting: &Acting<'_>,
    matter: &Matter,
    each: Option<&Matter>,
    field: &FieldId,
    source: &Source,
) -> Option<Value> {
    let members = |source| Some(value(acting, matter, each, field, source)?.members().to_vec());
    let stands = || each.and_then(|each| each.fields.get(field)).map_or(vec![], |set| set.members().to_vec());
    match source {
        Source::This => Some(Value::Matter(matter.id)),
        Source::Each => each.map(|each| Value::Matter(each.id)),
        Source::Field(path) => acting.scene.value(matter, path).cloned(),
        Source::EachField(path) => acting.scene.value(each?, path).cloned(),
        Source::Added(source) => {
            let mut set = stands();
            let new: Vec<Value> = members(source)?.into_iter().filter(|member| !set.contains(member)).collect();
            set.extend(new);
            Some(Value::Set(set))
        }
        Source::Dropped(source) => {
            let gone = members(source)?;
            Some(Value::Set(stands().into_iter().filter(|member| !gone.contains(member)).collect()))
        }
        Source::Day(deadline) => {
            let progress = Progress::of(&acting.edition.rulebook, &acting.scene, matter)?;
            progress.due_of(deadline).ok().flatten().map(|due| Value::Date(due.date))
        }
        Source::Next { month, day } => next(acting.scene.today, *month, *day).map(Value::Date),
        Source::Actor => Some(Value::Person(acting.command.person.clone())),
        Source::Yes(yes) => Some(Value::Yes(*yes)),
        Source::Choice(choice) => Some(Value::Choice(choice.clone())),
        Source::First(sources) => {
            let mut said = sources.iter().filter_map(|source| value(acting, matter, each, field, source));
            said.find(|value| !value.is_empty())
        }
    }
}

/// The next day of this month and number after a day.
fn next(after: Date, month: i8, day: i8) -> Option<Date> {
    let years = [after.year(), after.year() + 1].into_iter();
    years.filter_map(|year| Date::new(year, month, day).ok()).find(|day| *day > after)
}

/// The fields that a step fills in by itself, from the matter as it is with what was submitted.
pub(super) fn set(
    acting: &Acting<'_>,
    matter: &Matter,
    step: &Step,
    outcome: Option<&Outcome>,
) -> BTreeMap<FieldId, Value> {
    let counts = outcome.is_none_or(|outcome| outcome.counts);
    let of_step = step.sets.iter().filter(|_| counts);
    let all = of_step.chain(outcome.into_iter().flat_map(|outcome| &outcome.sets));
    all.filter_map(|(field, source)| Some((field.clone(), value(acting, matter, None, field, source)?))).collect()
}

/// The series from which the step takes numbers. A number that was given is taken as it is.
pub(super) fn drawn(
    acting: &Acting<'_>,
    matter: &Matter,
    step: &Step,
    input: &BTreeMap<FieldId, Value>,
) -> BTreeMap<FieldId, Series> {
    let series = |draw: &Draw| {
        let choice = draw.by.as_ref().and_then(|by| matter.fields.get(by)).and_then(Value::text);
        let pattern = draw.pattern(choice)?.replace("{year}", &acting.scene.today.year().to_string());
        let given = input.get(&draw.field).and_then(Value::text);
        let given = given.map(|given| number_in(&pattern, given));
        match given {
            // It was taken from another series, or from none.
            Some(None) => None,
            given => {
                let series = Series { counter: format!("{}/{pattern}", draw.field), pattern, given: given.flatten() };
                Some((draw.field.clone(), series))
            }
        }
    };
    step.draws.iter().filter_map(series).collect()
}

/// A number that was given and fits no number of its series.
pub(super) fn out_of_series(
    acting: &Acting<'_>,
    matter: &Matter,
    step: &Step,
    input: &BTreeMap<FieldId, Value>,
    refusals: &mut Vec<Refusal>,
    blank: &dyn Fn(Why) -> Refusal,
) {
    let drawn = drawn(acting, matter, step, input);
    for draw in step.draws.iter().filter(|draw| input.contains_key(&draw.field) && !drawn.contains_key(&draw.field)) {
        let choice = draw.by.as_ref().and_then(|by| matter.fields.get(by)).and_then(Value::text);
        if let Some(pattern) = draw.pattern(choice) {
            let pattern = pattern.replace("{year}", &acting.scene.today.year().to_string());
            refusals.push(blank(Why::OutOfSeries { field: draw.field.clone(), pattern }));
        }
    }
}

/// The number with which a text fits a pattern.
fn number_in(pattern: &str, text: &str) -> Option<u32> {
    let (before, after) = pattern.split_once("{n}")?;
    text.strip_prefix(before)?.strip_suffix(after)?.parse().ok()
}

/// The number series that a new matter draws from.
pub(super) fn opening(acting: &Acting<'_>, kind: &Kind, by: Option<MatterId>) -> Opening {
    let pattern = kind.number.replace("{year}", &acting.scene.today.year().to_string());
    let counter = format!("{}/{pattern}", kind.id);
    let given = if by.is_none() { acting.command.number } else { None };
    Opening { series: Series { counter, pattern, given }, by }
}

/// What the step makes public, as its fields are with what was submitted.
pub(super) fn publication(matter: &Matter, step: &Step, outcome: Option<&Outcome>) -> Option<Publication> {
    let Publishes { title, text, facts } = step.publishes_with(outcome)?;
    let say = |field: &FieldId| {
        let value = matter.fields.get(field).and_then(Value::text);
        value.unwrap_or_default().to_owned()
    };
    // A number that is drawn with the step is put in when it is known.
    let drawn =
        |field: &FieldId| step.draws.iter().any(|draw| draw.field == *field).then(|| Value::Text(String::new()));
    let fact = |field: &FieldId| Some((field.clone(), matter.fields.get(field).cloned().or_else(|| drawn(field))?));
    Some(Publication { title: say(title), text: say(text), facts: facts.iter().filter_map(fact).collect() })
}

fn all_sayings<'s>(step: &'s Step, outcome: Option<&'s Outcome>) -> impl Iterator<Item = &'s Saying> {
    let counts = outcome.is_none_or(|outcome| outcome.counts);
    let of_step = step.directory.iter().filter(move |_| counts);
    of_step.chain(outcome.into_iter().flat_map(|outcome| &outcome.directory))
}

/// What the act says of the directory.
pub(super) fn sayings(acting: &Acting<'_>, matter: &Matter, step: &Step, outcome: Option<&Outcome>) -> Vec<Entry> {
    let entries = |saying| {
        let tenures = tenures(acting, matter, saying, acting.scene.today).into_iter().map(Entry::Tenure);
        newcomers::entry(matter, saying).into_iter().chain(tenures)
    };
    all_sayings(step, outcome).flat_map(entries).collect()
}

/// What a step taken on a day says. An appointment or an absence is a fact, of whatever day; authority
/// begins no earlier than the day on which it is given, and ends no earlier than the day before.
fn tenures(acting: &Acting<'_>, matter: &Matter, saying: &Saying, day: Date) -> Vec<Tenure> {
    let person = |field: &FieldId| match matter.fields.get(field) {
        Some(Value::Person(person)) => Some(person.clone()),
        _ => None,
    };
    let date = |field: &FieldId| matter.fields.get(field).and_then(Value::date);
    let given = |field: &FieldId| date(field).map(|from| from.max(day));
    let until_of = |field: &Option<FieldId>| field.as_ref().and_then(date);
    let tenure = |person: PersonId, relation, from, until| Tenure {
        person,
        relation,
        from,
        until,
        basis: Some(matter.id),
        ends: false,
    };
    let made = || -> Option<Vec<Tenure>> {
        Some(match saying {
            Saying::Holds { person: who, post, body, from, until } => {
                let post = post_in(matter, post)?;
                let body = body.as_ref().and_then(|body| bodies_in(matter, body).into_iter().next());
                vec![tenure(person(who)?, Relation::Holds { post, body }, date(from)?, until_of(until))]
            }
            Saying::Leaves { person: who, post, body, until } => {
                held(acting, matter, &person(who)?, &post_in(matter, post)?, body.as_ref(), date(until)?)
            }
            Saying::Leads { person: who, bodies, from, until, replaces } => {
                let (who, from) = (person(who)?, given(from)?);
                let mut tenures = vec![];
                for body in bodies_in(matter, bodies) {
                    let mut last = until_of(until);
                    if *replaces {
                        tenures.extend(replaced(acting, matter, &who, &body, from));
                        // What was given from a later day on stands, and this holds until then.
                        let next = others_to_lead(acting, &who, &body).map(|held| held.from).filter(|day| *day > from);
                        let before_next = next.min().and_then(|day| day.yesterday().ok());
                        last = [last, before_next].into_iter().flatten().min();
                    }
                    tenures.push(tenure(who.clone(), Relation::Leads { body }, from, last));
                }
                tenures
            }
            Saying::Liaises { person: who, bodies, from, until } => {
                let (who, from) = (person(who)?, given(from)?);
                let one = |body| tenure(who.clone(), Relation::Liaises { body }, from, until_of(until));
                bodies_in(matter, bodies).into_iter().map(one).collect()
            }
            Saying::Away { person: who, reason, from, until } => {
                let reason = matter.fields.get(reason).and_then(Value::text).unwrap_or_default().to_owned();
                vec![tenure(person(who)?, Relation::Away { reason }, date(from)?, date(until))]
            }
            Saying::StandsIn { person: who, regime, stood_for, from, until } => {
                let stood_for = stood_for.as_ref().and_then(person);
                let relation = Relation::StandsIn { regime: regime.clone(), person: stood_for };
                vec![tenure(person(who)?, relation, given(from)?, date(until))]
            }
            Saying::Enters { .. } | Saying::Establishes { .. } => vec![],
            Saying::Ends { what, until } => ended(acting, matter, *what, date(until)?, day),
        })
    };
    made().unwrap_or_default()
}

/// Ends of a post that a person holds, on whatever ground.
fn held(
    acting: &Acting<'_>,
    matter: &Matter,
    person: &PersonId,
    post: &PostId,
    body: Option<&FieldId>,
    last: Date,
) -> Vec<Tenure> {
    let body = body.and_then(|body| bodies_in(matter, body).into_iter().next());
    let holds = Relation::Holds { post: post.clone(), body };
    let known = known(acting.scene.organisation);
    let own = known.filter(|held| held.person == *person && held.relation == holds);
    own.map(|held| Tenure { until: Some(last), basis: Some(matter.id), ends: true, ..held.clone() }).collect()
}

/// Everybody else's lead of a body, now or to come.
fn others_to_lead<'t>(acting: &'t Acting<'_>, new: &'t PersonId, body: &BodyId) -> impl Iterator<Item = &'t Tenure> {
    let leads = Relation::Leads { body: body.clone() };
    known(acting.scene.organisation).filter(move |held| held.relation == leads && held.person != *new)
}

/// Ends of everybody else's lead of a body that begins no later, the day before.
fn replaced(acting: &Acting<'_>, matter: &Matter, new: &PersonId, body: &BodyId, from: Date) -> Vec<Tenure> {
    let last = from.yesterday().unwrap_or(from);
    let others = others_to_lead(acting, new, body).filter(|held| held.from <= from);
    others.map(|held| Tenure { until: Some(last), basis: Some(matter.id), ends: true, ..held.clone() }).collect()
}

/// Ends of what earlier steps of this matter said.
fn ended(acting: &Acting<'_>, matter: &Matter, what: SayingKind, last: Date, day: Date) -> Vec<Tenure> {
    let same_kind = |relation: &Relation| {
        matches!(
            (what, relation),
            (SayingKind::Holds, Relation::Holds { .. })
                | (SayingKind::Leads, Relation::Leads { .. })
                | (SayingKind::Liaises, Relation::Liaises { .. })
                | (SayingKind::Away, Relation::Away { .. })
                | (SayingKind::StandsIn, Relation::StandsIn { .. })
        )
    };
    let Some(kind) = acting.edition.rulebook.kind(matter.kind.as_str()) else { return vec![] };
    // What this matter said before: its sayings put together again from its fields.
    let said = kind
        .steps
        .iter()
        .filter_map(|step| Some((step, matter.done(step.id.as_str())?.on)))
        .flat_map(|(step, taken_on)| step.sayings().map(move |saying| (saying, taken_on)));
    let fact = matches!(what, SayingKind::Holds | SayingKind::Away);
    let no_earlier = day.yesterday().unwrap_or(day);
    let ending = if fact { last } else { last.max(no_earlier) };
    let own: Vec<Tenure> = said
        .filter(|(saying, _)| !matches!(saying, Saying::Ends { .. }))
        .flat_map(|(saying, taken_on)| tenures(acting, matter, saying, taken_on))
        .filter(|tenure| same_kind(&tenure.relation) && !tenure.ends)
        .collect();
    let stood_in = own.iter().flat_map(|away| until_return(acting, matter, away, last.max(no_earlier)));
    let stood_in: Vec<Tenure> = stood_in.collect();
    own.into_iter().map(|tenure| Tenure { until: Some(ending), ends: true, ..tenure }).chain(stood_in).collect()
}

/// Ends of the standing in for somebody whose absence ends.
fn until_return(acting: &Acting<'_>, matter: &Matter, away: &Tenure, last: Date) -> Vec<Tenure> {
    if !matches!(away.relation, Relation::Away { .. }) {
        return vec![];
    }
    let regimes = &acting.edition.rulebook.standing.regimes;
    let known = known(acting.scene.organisation);
    let for_them = known.filter(|held| match &held.relation {
        Relation::StandsIn { regime, person: Some(person) } => {
            *person == away.person && regimes.get(regime).is_some_and(|regime| regime.until_return)
        }
        _ => false,
    });
    let ending = for_them.filter(|held| overlap(held, away) && held.until.is_none_or(|until| until > last));
    ending.map(|held| Tenure { until: Some(last), basis: Some(matter.id), ends: true, ..held.clone() }).collect()
}

fn overlap(one: &Tenure, other: &Tenure) -> bool {
    let before = |one: &Tenure, other: &Tenure| one.until.is_some_and(|until| until < other.from);
    !before(one, other) && !before(other, one)
}

fn post_in(matter: &Matter, field: &FieldId) -> Option<PostId> {
    match matter.fields.get(field) {
        Some(Value::Post(post)) => Some(post.clone()),
        _ => None,
    }
}

fn bodies_in(matter: &Matter, field: &FieldId) -> Vec<BodyId> {
    let values = matter.fields.get(field).map_or(&[] as &[Value], Value::members);
    let body = |value: &Value| match value {
        Value::Body(body) => Some(body.clone()),
        _ => None,
    };
    values.iter().filter_map(body).collect()
}

/// What would be wrong in the directory after the act: dates reversed, a single post held twice.
pub(super) fn faults(
    acting: &Acting<'_>,
    progress: &Progress<'_>,
    step: &Step,
    outcome: Option<&Outcome>,
    refusals: &mut Vec<Refusal>,
    blank: &dyn Fn(Why) -> Refusal,
) {
    for saying in all_sayings(step, outcome) {
        refusals.extend(without_body(acting, progress.matter, saying).map(blank));
        refusals.extend(with_body(acting, progress.matter, saying).map(blank));
        refusals.extend(not_held(acting, progress.matter, saying).map(blank));
        refusals.extend(newcomers::faults(acting.scene.organisation, progress.matter, saying).into_iter().map(blank));
    }
    let said = all_sayings(step, outcome).flat_map(|saying| {
        let ends = matches!(saying, Saying::Ends { .. } | Saying::Leaves { .. });
        tenures(acting, progress.matter, saying, acting.scene.today).into_iter().map(move |tenure| (ends, tenure))
    });
    if step.start {
        refusals.extend(asked_for_already(acting, progress, step).map(blank));
    }
    for (ends, tenure) in said {
        // What has not begun before today may be taken back whole.
        let taken_back = tenure.ends && (!ends || tenure.from >= acting.scene.today);
        if let Some(until) = tenure.until.filter(|until| *until < tenure.from && !taken_back) {
            refusals.push(blank(Why::DatesReversed { from: tenure.from, until }));
        }
        if tenure.ends {
            continue;
        }
        refusals.extend(not_appointed(acting, &tenure).map(blank));
        refusals.extend(held_already(acting, &tenure).map(blank));
        refusals.extend(away_then(acting, &tenure).map(blank));
        refusals.extend(away_already(acting, &tenure).map(blank));
        for (post, held) in held_by_others(acting, &tenure) {
            let rules = acting.edition.rulebook.posts.get(&post).map(|post| post.rule.clone());
            let why = Why::PostHeld { post, by: held.person.clone(), until: held.until };
            refusals.push(Refusal { rules: rules.into_iter().collect(), ..blank(why) });
        }
    }
}

/// The body that is missing where somebody is put into a post at one.
fn without_body(acting: &Acting<'_>, matter: &Matter, saying: &Saying) -> Option<Why> {
    let Saying::Holds { post, body: Some(body), .. } = saying else { return None };
    let Value::Post(post) = matter.fields.get(post)? else { return None };
    let at_body = acting.edition.rulebook.posts.get(post).is_some_and(|post| post.at_body);
    (at_body && !matter.fields.contains_key(body)).then(|| Why::FieldMissing { field: body.clone() })
}

/// The body that is named where somebody is put into a post of the whole office.
fn with_body(acting: &Acting<'_>, matter: &Matter, saying: &Saying) -> Option<Why> {
    let Saying::Holds { post, body: Some(body), .. } = saying else { return None };
    let post = acting.edition.rulebook.posts.get(&post_in(matter, post)?)?;
    let named = !post.at_body && matter.fields.get(body).is_some_and(|body| !body.is_empty());
    named.then(|| Why::FieldNotAsked { field: body.clone(), nearest: None })
}

/// The post is given up by somebody who does not hold it.
fn not_held(acting: &Acting<'_>, matter: &Matter, saying: &Saying) -> Option<Why> {
    let Saying::Leaves { post, .. } = saying else { return None };
    let post = post_in(matter, post)?;
    tenures(acting, matter, saying, acting.scene.today).is_empty().then_some(Why::NotHeld { post })
}

/// The post is one that nobody is appointed to.
fn not_appointed(acting: &Acting<'_>, tenure: &Tenure) -> Option<Why> {
    let Relation::Holds { post, .. } = &tenure.relation else { return None };
    let declared = acting.edition.rulebook.posts.get(post)?;
    (declared.stand_in_only || declared.from_portfolio).then(|| Why::NotAppointed { post: post.clone() })
}

/// The person holds the same post, or stands in the same way, on some of the days already.
fn held_already(acting: &Acting<'_>, tenure: &Tenure) -> Option<Why> {
    let post = match &tenure.relation {
        Relation::Holds { post, .. } => post,
        Relation::StandsIn { regime, .. } => &acting.edition.rulebook.standing.regimes.get(regime)?.known_as,
        _ => return None,
    };
    let mut known = known(acting.scene.organisation);
    let same =
        known.find(|held| held.person == tenure.person && held.relation == tenure.relation && overlap(held, tenure))?;
    Some(Why::HeldAlready { post: post.clone(), from: same.from, until: same.until })
}

/// Whoever is to stand in is away on some of the days, or somebody stands in for them.
fn away_then(acting: &Acting<'_>, tenure: &Tenure) -> Option<Why> {
    let Relation::StandsIn { regime, .. } = &tenure.relation else { return None };
    let regimes = &acting.edition.rulebook.standing.regimes;
    if !regimes.get(regime)?.present {
        return None;
    }
    let mut known = known(acting.scene.organisation);
    let away = |held: &&Tenure| match &held.relation {
        Relation::Away { .. } => held.person == tenure.person,
        Relation::StandsIn { regime, person } => {
            person.as_ref() == Some(&tenure.person) && regimes.get(regime).is_some_and(|regime| regime.present)
        }
        _ => false,
    };
    let held = known.find(|held| away(held) && overlap(held, tenure))?;
    Some(Why::AwayThen { person: tenure.person.clone(), from: held.from, until: held.until })
}

/// The person is known to be away on all of these days.
fn away_already(acting: &Acting<'_>, tenure: &Tenure) -> Option<Why> {
    if !matches!(tenure.relation, Relation::Away { .. }) {
        return None;
    }
    let known = known(acting.scene.organisation);
    let last = |tenure: &Tenure| tenure.until.unwrap_or(Date::MAX);
    let mut covering = known.filter(|held| {
        let away = matches!(held.relation, Relation::Away { .. }) && held.person == tenure.person;
        away && held.from <= tenure.from && last(tenure) <= last(held)
    });
    let held = covering.next()?;
    Some(Why::AwayAlready { person: tenure.person.clone(), from: held.from, until: held.until })
}

/// What is asked for with the opening of a matter, and would be said when it is granted, is known already.
fn asked_for_already(acting: &Acting<'_>, progress: &Progress<'_>, start: &Step) -> Option<Why> {
    let sayings = progress.kind.steps.iter().filter(|step| step.id != start.id).flat_map(Step::sayings);
    let mut asked = sayings.flat_map(|saying| tenures(acting, progress.matter, saying, acting.scene.today));
    asked.find_map(|tenure| away_already(acting, &tenure).filter(|_| !tenure.ends))
}

/// The relations in force and those to come.
fn known(organisation: &Organisation) -> impl Iterator<Item = &Tenure> {
    organisation.in_force().iter().chain(organisation.to_come())
}

/// Somebody's standing in that does not count on some days, because the step says that they are away then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lapse {
    pub person: PersonId,
    pub regime: String,
    pub stood_for: Option<PersonId>,
    pub from: Date,
    pub until: Option<Date>,
}

/// What standing in would lapse for some days with a step, by what the matter holds now.
pub(super) fn lapses(progress: &Progress<'_>, step: &Step) -> Vec<Lapse> {
    let matter = progress.matter;
    let organisation = progress.scene.organisation;
    let regimes = &progress.rulebook.standing.regimes;
    let away = step.sayings().filter_map(|saying| match saying {
        Saying::Away { person, from, until, .. } => {
            let Some(Value::Person(person)) = matter.fields.get(person) else { return None };
            let day = |field: &FieldId| matter.fields.get(field).and_then(Value::date);
            Some((person, day(from)?, day(until)))
        }
        _ => None,
    });
    away.flat_map(|(person, from, until)| {
        known(organisation).filter_map(move |held| {
            let Relation::StandsIn { regime, person: stood_for } = &held.relation else { return None };
            let lapses = held.person == *person && regimes.get(regime).is_some_and(|regime| regime.present);
            let from = held.from.max(from);
            let until = [held.until, until].into_iter().flatten().min();
            (lapses && until.is_none_or(|until| from <= until)).then(|| Lapse {
                person: person.clone(),
                regime: regime.clone(),
                stood_for: stood_for.clone(),
                from,
                until,
            })
        })
    })
    .collect()
}

/// Others who hold at the same time a single post that the tenure gives, itself or by including it;
/// and others who stand in where only one may.
fn held_by_others(acting: &Acting<'_>, tenure: &Tenure) -> Vec<(PostId, Tenure)> {
    let known = known(acting.scene.organisation);
    let others = known.filter(|held| held.person != tenure.person && overlap(held, tenure));
    let shared = |held: &Tenure| match (&tenure.relation, &held.relation) {
        (Relation::Holds { post, body }, Relation::Holds { post: other, body: at }) if body == at => {
            let others = with_included(acting, other);
            with_included(acting, post).into_iter().find(|post| {
                let declared = acting.edition.rulebook.posts.get(post);
                declared.is_some_and(|post| post.single) && others.contains(post)
            })
        }
        (Relation::StandsIn { regime, .. }, said) if tenure.relation == *said => {
            let regime = acting.edition.rulebook.standing.regimes.get(regime);
            regime.filter(|regime| regime.exclusive).map(|regime| regime.known_as.clone())
        }
        _ => None,
    };
    others.filter_map(|held| Some((shared(held)?, held.clone()))).collect()
}

fn with_included(acting: &Acting<'_>, post: &PostId) -> Vec<PostId> {
    let included = acting.edition.rulebook.standing.includes.get(post);
    [post].into_iter().chain(included.into_iter().flatten()).cloned().collect()
}
