//! What can be chosen in a form: people by name and post, bodies by class, choices of the rulebook,
//! open matters that the reader may name.
//!
//! Invariant: a matter is offered only if the reader may read it.

use crate::components::choice::{Choice, ChoiceGroup};
use crate::wording::Words;
use facts::{Body, KindId, MatterId, PersonId, Role, Value, Via};
use office::{Fault, ListFilter, MatterRow, Office, Page, Reader, Standing};
use std::collections::{BTreeMap, BTreeSet};

/// Open matters of one kind that are offered; others are named by their number.
const CANDIDATES_MAX: u32 = 200;

/// Open matters that the reader may name, by kind.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    open: BTreeMap<KindId, Page<MatterRow>>,
    /// Numbers of the matters that stand in the form already.
    named: BTreeMap<MatterId, String>,
    /// Why some of them cannot be named now, in a sentence.
    kept_back: BTreeMap<MatterId, String>,
    /// For how many minutes some of them are meant.
    minutes: BTreeMap<MatterId, u16>,
}

impl Candidates {
    /// One question a kind.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn load(office: &Office, reader: &Reader, kinds: &[&KindId]) -> Result<Candidates, Fault> {
        let mut candidates = Candidates::default();
        for kind in kinds {
            let filter = ListFilter {
                kinds: vec![(*kind).clone()],
                standing: Standing::Open,
                limit: CANDIDATES_MAX,
                ..ListFilter::default()
            };
            candidates.open.insert((*kind).clone(), office.list(reader, filter).await?);
        }
        Ok(candidates)
    }

    /// The open matters of a kind.
    pub fn of(&self, kind: &KindId) -> impl Iterator<Item = MatterId> {
        self.open.get(kind).into_iter().flat_map(|page| &page.rows).map(|row| row.matter)
    }

    /// Takes in why matters cannot be named now.
    pub fn keep_back(&mut self, reasons: impl IntoIterator<Item = (MatterId, String)>) {
        self.kept_back.extend(reasons);
    }

    /// Takes in for how many minutes matters are meant.
    pub fn time(&mut self, minutes: impl IntoIterator<Item = (MatterId, u16)>) {
        self.minutes.extend(minutes);
    }

    /// For how many minutes a matter is meant; 0 where nothing is said of it.
    pub fn minutes(&self, matter: &str) -> u16 {
        let id = matter.parse::<MatterId>().ok();
        id.and_then(|id| self.minutes.get(&id)).copied().unwrap_or_default()
    }

    /// Takes in the matters that can be named, for those that stand in the form already.
    pub fn name(&mut self, words: &Words) {
        self.named.extend(words.names.iter().map(|(id, named)| (*id, named.number.to_string())));
    }

    /// The open matters of a kind as choices.
    pub fn choices(&self, words: &Words, kind: &KindId) -> Vec<Choice> {
        let rows = self.open.get(kind).map_or(&[] as &[_], |page| &page.rows);
        let choice = |row: &MatterRow| {
            let title = words.pick(&row.title);
            let text = words.say("matter-name", &[("number", &row.number.as_str()), ("title", &title)]);
            let kept_back = self.kept_back.get(&row.matter).cloned().unwrap_or_default();
            Choice::new(row.matter.to_string(), text).hint(kept_back)
        };
        let mut choices: Vec<Choice> = rows.iter().map(choice).collect();
        choices.sort_by_key(|choice| !choice.hint.is_empty());
        choices
    }

    /// What was typed for a matter, its id as its number where that is known.
    pub fn number(&self, typed: &str) -> String {
        let id = typed.parse::<MatterId>().ok();
        id.and_then(|id| self.named.get(&id).cloned()).unwrap_or_else(|| typed.to_owned())
    }
}

/// A list that begins with nothing chosen, and holds what was typed even if it is no choice.
pub fn chosen(words: &Words, choices: Vec<Choice>, typed: &str) -> Vec<Choice> {
    let mut list = vec![Choice::new("", words.t("form-choose")).chosen(typed.is_empty())];
    let known = typed.is_empty() || choices.iter().any(|choice| choice.value == typed);
    if !known {
        list.push(Choice::new(typed, typed).chosen(true));
    }
    list.extend(choices.into_iter().map(|choice| chosen_if(choice, typed)));
    list
}

/// The choice, chosen if it is what was typed.
pub fn chosen_if(choice: Choice, typed: &str) -> Choice {
    let chosen = choice.value == typed;
    choice.chosen(chosen)
}

/// The choices of a list of the rulebook.
pub fn of_list(words: &Words, list: &str) -> Vec<Choice> {
    let rulebook = words.rulebook();
    let choices = rulebook.choices.get(list).map_or(&[] as &[String], Vec::as_slice);
    choices.iter().map(|choice| Choice::new(choice, words.pick(&rulebook.terms.choice(list, choice)))).collect()
}

/// The posts that can be held by appointment.
pub fn posts(words: &Words) -> Vec<Choice> {
    let posts = words.rulebook().posts.values().filter(|post| !post.stand_in_only && !post.from_portfolio);
    posts.map(|post| Choice::new(post.id.as_str(), words.post(&post.id))).collect()
}

fn person_choice(words: &Words, person: &PersonId) -> Choice {
    let name = words.person(person);
    let posts: Vec<String> = posts_of(words, person).into_iter().filter(|post| !says(&name, post)).collect();
    let text = match &posts[..] {
        [] => name,
        posts => words.say("form-person", &[("name", &name), ("posts", &words.list(posts))]),
    };
    Choice::new(person.as_str(), text)
}

/// Whether a name says the post already, as names of posts do.
fn says(name: &str, post: &str) -> bool {
    name.to_lowercase().contains(&post.to_lowercase())
}

/// The posts a person was appointed to.
fn posts_of(words: &Words, person: &PersonId) -> Vec<String> {
    let roles = words.organisation.roles(person).iter().filter(|(_, via)| *via == Via::Post);
    roles.map(|(role, _)| words.role(role)).collect()
}

/// All people in groups: the office's own posts, then class by class of their bodies, then those without a post.
/// Of `only` some, where not all can be named; whoever is named already stands there too.
pub fn people_grouped(words: &Words, typed: &[String], only: Option<&BTreeSet<Value>>) -> Vec<ChoiceGroup> {
    let mut groups: BTreeMap<(usize, usize, String), Vec<Choice>> = BTreeMap::new();
    let offered = |person: &PersonId| {
        only.is_none_or(|only| only.contains(&Value::Person(person.clone())))
            || typed.iter().any(|text| text == person.as_str())
    };
    // In the order of the directory, as the office lists them.
    let people = words.directory.people.iter().map(|person| &person.id);
    for person in people.filter(|person| words.organisation.people.contains_key(*person) && offered(person)) {
        let of_office = words.organisation.posts_of(person).next().is_some();
        let body = words.organisation.body_of(person).and_then(|body| words.organisation.bodies.get(body));
        let (rank, place, title) = match body.filter(|_| !of_office) {
            _ if posts_of(words, person).is_empty() => (2, 0, words.t("form-people-without-post")),
            Some(body) => (1, class_order(words, &body.class), words.class(&body.class)),
            None if of_office => (0, 0, words.t("form-people-of-office")),
            None => (1, usize::MAX, words.t("form-people-other")),
        };
        let choice = person_choice(words, person);
        let chosen = typed.contains(&choice.value);
        groups.entry((rank, place, title)).or_default().push(choice.chosen(chosen));
    }
    let known = |id: &str| words.organisation.people.contains_key(id);
    groups_of(groups.into_iter().map(|((_, _, title), choices)| (title, choices)), words, typed, &known)
}

/// The place of a class in the rulebook.
fn class_order(words: &Words, class: &str) -> usize {
    words.rulebook().classes.iter().position(|known| known == class).unwrap_or(usize::MAX)
}

/// All bodies, class by class as the rulebook lists the classes; of `only` some, where not all can be named.
pub fn bodies_grouped(words: &Words, typed: &[String], only: Option<&BTreeSet<Value>>) -> Vec<ChoiceGroup> {
    let mut groups: BTreeMap<(usize, &str), Vec<Choice>> = BTreeMap::new();
    let offered = |body: &Body| {
        only.is_none_or(|only| only.contains(&Value::Body(body.id.clone())))
            || typed.iter().any(|text| text == body.id.as_str())
    };
    // In the order of the directory, as the office lists them.
    let bodies = words.directory.bodies.iter();
    for body in bodies.filter(|body| words.organisation.bodies.contains_key(&body.id) && offered(body)) {
        let chosen = typed.iter().any(|text| text == body.id.as_str());
        let choice = Choice::new(body.id.as_str(), words.pick(&body.name)).chosen(chosen);
        groups.entry((class_order(words, &body.class), body.class.as_str())).or_default().push(choice);
    }
    let titled = groups.into_iter().map(|((_, of), choices)| (words.class(of), choices));
    let known = |id: &str| words.organisation.bodies.contains_key(id);
    groups_of(titled, words, typed, &known)
}

/// The groups, with one for what was typed and is not in the directory.
fn groups_of(
    groups: impl Iterator<Item = (String, Vec<Choice>)>,
    words: &Words,
    typed: &[String],
    known: &dyn Fn(&str) -> bool,
) -> Vec<ChoiceGroup> {
    let unknown: Vec<Choice> = typed
        .iter()
        .filter(|text| !text.is_empty() && !known(text))
        .map(|text| Choice::new(text, text).chosen(true))
        .collect();
    let mut all: Vec<ChoiceGroup> = vec![];
    if !unknown.is_empty() {
        all.push(ChoiceGroup { title: words.t("form-unknown"), choices: unknown });
    }
    all.extend(groups.map(|(title, choices)| ChoiceGroup { title, choices }));
    all
}

/// The person or body whose answer can be given, as choices.
pub fn members(words: &Words, members: &[Value]) -> Vec<Choice> {
    let choice = |member: &Value| {
        let value = office::fill::typed_member(Some(member));
        Choice::new(value, words.one(member))
    };
    members.iter().map(choice).collect()
}

/// Whether a role is held by the person by appointment at a body, and which.
pub fn body_with_post(words: &Words, person: &PersonId, post: &str) -> Option<facts::BodyId> {
    let mut bodies = words.organisation.roles(person).iter().filter_map(|(role, _)| match role {
        Role::At(held, body) if held.as_str() == post => Some(body.clone()),
        _ => None,
    });
    // Several: the person has to say which.
    bodies.next().filter(|_| bodies.next().is_none())
}
