//! What came of an act, held against what the case says.
//!
//! Invariant: everything that the case says of an act is compared, and every difference is given.

use super::{
    days::Asserted,
    explain::{self, word},
    must::Must,
    plan::Planned,
    play::Stage,
};
use crate::{
    due::{Due, Standing},
    progress::Progress,
    refusal::{Missing, MissingWhat, Refusal, Refused, Why},
    scene::Scene,
    world::World,
};
use facts::{Event, Matter, MatterId, Role, StepId, Via, calendar::NoData};
use jiff::{
    Timestamp,
    civil::{Date, Time},
};

/// The events that opened matters by way of another matter's step.
pub(super) fn opened(events: &[Event]) -> impl Iterator<Item = &Event> {
    events.iter().skip(1).filter(|event| event.act.opening.is_some())
}

/// Every difference between what the case says and what came; none when it came so.
pub(super) fn differences(
    stage: &Stage<'_>,
    act: &Planned,
    now: Timestamp,
    matter: Option<MatterId>,
    answer: &Result<Vec<Event>, Refused>,
) -> Vec<String> {
    let (must, rulebook) = (&act.must, &stage.world.edition.rulebook);
    let what = format!("{}.{} by {} on {}", act.kind, act.step, act.person, act.on);
    let mut wrong = vec![];
    match answer {
        Ok(_) if must.is_refused() => wrong.push(format!("{what} was granted, and should be refused")),
        Err(refused) if !must.is_refused() => {
            wrong.push(format!("{what} was refused, and should be granted"));
            wrong.extend(explain::reasons(rulebook, refused));
        }
        Err(refused) => {
            wrong = of_refusal(must, refused);
            if !wrong.is_empty() {
                wrong.insert(0, format!("{what} was refused, and not as it should be"));
                wrong.extend(explain::reasons(rulebook, refused));
            }
        }
        Ok(events) => {
            wrong.extend(of_grant(act, events));
            wrong.extend(of_fields(stage, must));
        }
    }
    wrong.extend(of_matters(stage, must, now, matter));
    wrong
}

fn of_refusal(must: &Must, refused: &Refused) -> Vec<String> {
    let refusals = &refused.refusals;
    let missing = || refusals.iter().flat_map(|refusal| &refusal.missing);
    let mut wrong = vec![];
    for cited in must.refused.iter().filter(|cited| !refusals.iter().any(|one| cites(one, cited))) {
        wrong.push(format!("no reason cites {cited}"));
    }
    let expected = must.expect.iter();
    for word_of in expected.filter(|expect| !refusals.iter().any(|refusal| word(&refusal.why) == *expect)) {
        wrong.push(format!("no reason is \"{word_of}\""));
    }
    for name in &must.missing {
        let field = |refusal: &Refusal| matches!(&refusal.why, Why::FieldMissing { field } if field.as_str() == name);
        if !missing().any(|missing| names(missing, name)) && !refusals.iter().any(field) {
            wrong.push(format!("nothing says that \"{name}\" is missing"));
        }
    }
    for who in &must.whose {
        let belongs = |refusal: &Refusal| match &refusal.why {
            Why::NotYours { belongs_to } | Why::Vacant { belongs_to } => {
                belongs_to.iter().any(|role| is_role(role, who))
            }
            _ => false,
        };
        let supplies = missing().any(|missing| missing.who.iter().any(|role| is_role(role, who)));
        if !supplies && !refusals.iter().any(belongs) {
            wrong.push(format!("nothing says that it is for \"{who}\""));
        }
    }
    if let Some(day) = must.earliest {
        let days = refusals.iter().map(|refusal| refusal.earliest).chain(missing().map(|missing| missing.earliest));
        let days: Vec<_> = days.flatten().collect();
        if !days.contains(&day) {
            wrong.push(format!("nothing says that {day} is the first day; said: {days:?}"));
        }
    }
    wrong
}

fn cites(refusal: &Refusal, cited: &str) -> bool {
    refusal.rules.iter().any(|rule| {
        let article = rule.as_str().split('/').next();
        rule.as_str() == cited || article == Some(cited)
    })
}

fn names(missing: &Missing, name: &str) -> bool {
    match &missing.what {
        MissingWhat::Step { step, .. } => step.as_str() == name,
        MissingWhat::Field { field, .. } | MissingWhat::Link { field } => field.as_str() == name,
        MissingWhat::Outcome { one_of, .. } => one_of.iter().any(|outcome| outcome.as_str() == name),
        MissingWhat::Another => name == "another",
        MissingWhat::Day { .. } => name == "day",
    }
}

/// Whether a role is meant by its key, its post, its body or its person.
fn is_role(role: &Role, name: &str) -> bool {
    role.key() == name
        || match role {
            Role::Post(post) => post.as_str() == name,
            Role::At(post, body) => post.as_str() == name || body.as_str() == name,
            Role::Person(person) => person.as_str() == name,
        }
}

fn of_grant(act: &Planned, events: &[Event]) -> Vec<String> {
    let must = &act.must;
    let Some(first) = events.first() else { return vec!["nothing was recorded".into()] };
    let mut wrong = vec![];
    if act.late.is_some() && !events.iter().any(|event| event.act.late.is_some()) {
        wrong.push("it gives a reason for being late, and it is not late".into());
    }
    for (kind, count, _) in &must.open {
        let found = opened(events).filter(|event| event.act.kind == *kind).count();
        if found != *count {
            wrong.push(format!("it should open {count} of {kind}, and opened {found}"));
        }
    }
    if let Some((role, via)) = &must.capacity {
        let capacity = &first.act.capacity;
        let by = match &capacity.via {
            Via::Own => "own",
            Via::Post => "post",
            Via::Including(_) => "including",
            Via::Portfolio => "portfolio",
            Via::StandIn { regime, .. } => regime,
        };
        if !is_role(&capacity.role, role) || via.as_ref().is_some_and(|via| via != by) {
            let found = capacity.role.key();
            wrong.push(format!("it should be in the capacity {role} {via:?}, and was {found} via {by}"));
        }
    }
    let speaks = |cited: &&String| {
        let cites = |rule: &facts::RuleId| rule.as_str() == *cited || rule.as_str().split('/').next() == Some(cited);
        first.act.remarks.iter().any(cites)
    };
    for cited in must.remarks.iter().filter(|cited| !speaks(cited)) {
        wrong.push(format!("no remark cites {cited}"));
    }
    let publishes = events.iter().any(|event| event.act.publication.is_some());
    if must.publishes.is_some_and(|must| must != publishes) {
        let not = if publishes { "" } else { " not" };
        wrong.push(format!("something was{not} made public"));
    }
    if must.closes.is_some_and(|must| must != first.act.closes) {
        let not = if first.act.closes { "" } else { " not" };
        wrong.push(format!("the matter was{not} closed"));
    }
    wrong
}

fn of_fields(stage: &Stage<'_>, must: &Must) -> Vec<String> {
    let mut wrong = vec![];
    for (name, field, given) in &must.shows {
        let matter = stage.names.get(name).and_then(|id| stage.world.matters.get(id));
        let found = matter.and_then(|matter| matter.fields.get(field));
        let wanted = given.value(&stage.names);
        if found != wanted.as_ref() {
            wrong.push(format!("{name}.{field} should be {wanted:?}, and is {found:?}"));
        }
    }
    wrong
}

/// The due days that come out as they must.
pub(super) fn asserted(stage: &Stage<'_>, must: &Must, now: Timestamp, own: Option<MatterId>) -> Vec<Asserted> {
    let asserted = must.due.iter().filter_map(|(of, step, day, _)| {
        let id = find(stage, of.as_deref(), own)?;
        match standing(&stage.world, now, id, step)? {
            Ok(Standing::Runs(due)) if due.date == *day => {
                Some(Asserted::of(&stage.world.matters.get(&id)?.kind, step, &due))
            }
            _ => None,
        }
    });
    asserted.collect()
}

/// The matter that an act calls by a name, or else the one it acts on.
fn find(stage: &Stage<'_>, of: Option<&str>, own: Option<MatterId>) -> Option<MatterId> {
    match of {
        Some(name) => stage.names.get(name).copied(),
        None => own,
    }
}

/// What must hold of matters after the act, refused or not.
fn of_matters(stage: &Stage<'_>, must: &Must, now: Timestamp, own: Option<MatterId>) -> Vec<String> {
    let world = &stage.world;
    let find = |of: &Option<String>| find(stage, of.as_deref(), own);
    let mut wrong = vec![];
    for (of, step, day, at) in &must.due {
        match find(of).map(|id| standing(world, now, id, step)) {
            Some(Some(Ok(Standing::Runs(due)))) if due.date == *day && is_hour(world, &due, *at) => {}
            Some(Some(found)) => {
                let at = at.map(|at| format!(" at {at}")).unwrap_or_default();
                wrong.push(format!("{step} should be due on {day}{at}, and {}", in_words(world, Some(found))));
            }
            _ => wrong.push(format!("{step} should be due on {day}, and there is no such step")),
        }
    }
    for step in &must.still {
        let found = own.and_then(|id| standing(world, now, id, step));
        if !matches!(found, Some(Ok(Standing::StandsStill { .. }))) {
            let found = found.map_or("there is no such step".to_owned(), |found| in_words(world, Some(found)));
            wrong.push(format!("the clock of {step} should stand still, and {found}"));
        }
    }
    for step in &must.done {
        let done = |progress: Progress<'_>| progress.kind.step(step.as_str()).is_some_and(|step| progress.done(step));
        if !own.and_then(|id| of_progress(world, now, id, done)).unwrap_or(false) {
            wrong.push(format!("{step} should count as done, and does not"));
        }
    }
    for (of, step, role) in &must.turn {
        let turns = find(of).map(|id| world.turns(now, id).0).unwrap_or_default();
        let roles: Vec<&Role> = turns.iter().filter(|turn| turn.step == *step).map(|turn| &turn.role).collect();
        let holds = if role == "nobody" { roles.is_empty() } else { roles.iter().any(|one| is_role(one, role)) };
        if !holds {
            let found: Vec<String> = roles.iter().map(|role| role.key()).collect();
            wrong.push(format!("{step} should be the turn of {role}, and is that of {found:?}"));
        }
    }
    let matter = own.and_then(|id| world.matters.get(&id));
    for step in must.void.iter().filter(|step| !matter.is_some_and(|matter| is_void(matter, step.as_str()))) {
        wrong.push(format!("{step} should be void, and is not"));
    }
    wrong
}

/// How a clock stands, in words.
fn in_words(world: &World<'_>, found: Option<Result<Standing, NoData>>) -> String {
    match found {
        Some(Ok(Standing::Runs(Due { date, at, .. }))) => {
            let at = at.map(|at| format!(" at {}", world.time(at))).unwrap_or_default();
            format!("is due on {date}{at}")
        }
        Some(Ok(Standing::StandsStill { since })) => format!("its clock stands still since {since}"),
        Some(Ok(Standing::NotRunning)) | None => "its clock does not run".to_owned(),
        Some(Err(no_data)) => no_data.to_string(),
    }
}

/// What is asked of how far a matter has come at an instant.
fn of_progress<T>(world: &World<'_>, now: Timestamp, id: MatterId, ask: impl FnOnce(Progress<'_>) -> T) -> Option<T> {
    world.ask(now, |circumstances| {
        let scene = Scene::new(circumstances);
        let progress = Progress::of(&world.edition.rulebook, &scene, scene.matter(id)?)?;
        Some(ask(progress))
    })
}

fn standing(world: &World<'_>, now: Timestamp, id: MatterId, step: &StepId) -> Option<Result<Standing, NoData>> {
    of_progress(world, now, id, |progress| Some(progress.standing(progress.kind.step(step.as_str())?))).flatten()
}

/// The day on which a step of a matter is due, if its clock runs.
pub(super) fn due_day(world: &World<'_>, matter: MatterId, step: &str, now: Timestamp) -> Option<Date> {
    match standing(world, now, matter, &StepId::new(step))? {
        Ok(Standing::Runs(due)) => Some(due.date),
        _ => None,
    }
}

/// Whether hours end when they should.
fn is_hour(world: &World<'_>, due: &Due, wanted: Option<Time>) -> bool {
    wanted.is_none_or(|wanted| due.at.is_some_and(|at| world.time(at) == wanted))
}

fn is_void(matter: &Matter, step: &str) -> bool {
    matter.taken.iter().rfind(|taken| taken.step.as_str() == step).is_some_and(|taken| taken.void.is_some())
}
