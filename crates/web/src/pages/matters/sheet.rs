//! The page around a form: what the step is, in which capacity it is taken, what stands in the way,
//! what others did meanwhile.
//!
//! Invariant: who fills in a form sees, before sending it, under which rule and as whom.

use super::form::posted::every_field;
use super::form::{FormView, Wrong};
use super::seen::Seen;
use super::{actions, facts as known};
use crate::components::card::PageHead;
use crate::components::clock::Clock;
use crate::components::error_summary::ErrorSummary;
use crate::components::notice::{Notice, NoticeTone};
use crate::components::page::CsrfField;
use crate::components::refusal::RefusalPanel;
use crate::components::summary_list::SummaryList;
use crate::components::{ArticleLink, Chrome, Flash, Link};
use crate::fault::Fault;
use crate::pages::visit::Visit;
use crate::wording::{ReasonWords, Words};
use askama::Template;
use facts::{Event, FieldId};
use rules::engine::Prospect;
use rules::refusal::{Missing, MissingWhat, Refusal, Why};
use rules::rulebook::{Kind, Outcome, Path, Source, Step};
use std::collections::BTreeSet;

/// What others did that a notice names.
const MEANWHILE_MAX: usize = 8;

#[derive(Template)]
#[template(path = "pages/matters/sheet.html")]
pub struct SheetPage {
    chrome: Chrome,
    head: PageHead,
    errors: ErrorSummary,
    refusal: Option<RefusalPanel>,
    /// What would be refused whatever is filled in.
    barred: bool,
    notices: Vec<Notice>,
    capacity: String,
    quotes: Vec<(String, ArticleLink)>,
    csrf: CsrfField,
    form: FormView,
    back: Option<Link>,
    bound: Vec<BoundView>,
    clock: Option<Clock>,
    summary: Option<SummaryList>,
}

/// What the page is made from.
pub struct Sheet<'s> {
    pub visit: &'s Visit,
    pub title: String,
    /// The matter acted on; none where the step opens one.
    pub matter: Option<&'s Seen<'s>>,
    pub prospect: Option<&'s Prospect>,
    pub step: &'s Step,
    pub kind: &'s Kind,
    pub wrong: &'s Wrong,
    pub notices: Vec<Notice>,
    pub form: FormView,
}

impl Sheet<'_> {
    /// The page of the form.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn page(self, words: &Words) -> Result<SheetPage, Fault> {
        let matter = self.matter.map(|seen| &seen.view.matter);
        let name = matter.and_then(|matter| words.matter(matter.id));
        let mut chrome = self.visit.chrome(&self.title).await?;
        let back = self.matter.map(|seen| Link::new(name.clone().unwrap_or_default(), seen.href()));
        chrome.crumbs = back.iter().cloned().collect();
        crate::pages::areas::mark(&mut chrome, words, &self.kind.id);
        let csrf = chrome.csrf_field();
        let reasons = self.reasons(words);
        let refusal = (!reasons.is_empty()).then(|| RefusalPanel {
            lang: words.lang,
            act: self.title.clone(),
            reasons: reasons.iter().map(ReasonWords::component).collect(),
            before: !self.sent(),
        });
        let by_table = || self.step.cite("by").or(self.step.cite("by_each")).into_iter().cloned().collect();
        let by = self.prospect.map(|prospect| prospect.by.clone()).filter(|by| !by.is_empty());
        let quotes = words.quotes(&by.unwrap_or_else(by_table));
        Ok(SheetPage {
            chrome,
            head: PageHead {
                kind: words.kind(&self.kind.id),
                number: matter.map_or(String::new(), |matter| matter.number.to_string()),
                lead: name.unwrap_or_default(),
                ..PageHead::new(&self.title)
            },
            errors: self.wrong.errors(words, self.kind),
            barred: refusal.is_some() && !self.sent(),
            refusal,
            capacity: self.capacity(words),
            quotes: quotes.into_iter().map(|quote| (quote.sentence, quote.article.link())).collect(),
            csrf,
            clock: self.matter.and_then(|seen| {
                let title = words.step(&self.kind.id, &self.step.id);
                known::clocks(seen).into_iter().find(|clock| clock.title == title)
            }),
            summary: self.matter.map(stacked).filter(|summary| !summary.rows.is_empty()),
            notices: self.notices,
            form: self.form,
            back,
            bound: self.matter.map(|seen| bound(seen, self.step)).unwrap_or_default(),
        })
    }

    /// What the engine refused; before anything was sent, what it would refuse.
    fn reasons(&self, words: &Words) -> Vec<ReasonWords> {
        let matter = self.matter.map(|seen| &seen.view.matter);
        let said = self.wrong.reasons(words, matter);
        match self.prospect {
            Some(prospect) if !self.sent() => {
                let on = matter.map(|matter| matter.id);
                let stands = prospect.refusals.iter().filter(|refusal| !self.is_filled_in_here(refusal));
                stands.map(|refusal| words.reason(refusal, on)).collect()
            }
            _ => said,
        }
    }

    /// Whether something was sent and came back.
    fn sent(&self) -> bool {
        !self.wrong.misfits.is_empty() || !self.wrong.refused.refusals.is_empty() || self.wrong.late.is_some()
    }

    /// Whether a refusal comes of the form being empty still.
    fn is_filled_in_here(&self, refusal: &Refusal) -> bool {
        let on = self.matter.map(|seen| seen.view.matter.id);
        let asked = every_field(self.step);
        let here = |missing: &Missing| {
            missing.matter == on && matches!(&missing.what, MissingWhat::Field { field, .. } if asked.contains(&field))
        };
        match &refusal.why {
            Why::FieldMissing { .. }
            | Why::OutcomeMissing { .. }
            | Why::EachMissing { .. }
            | Why::LateNeedsReason { .. } => true,
            Why::Forbidden => !refusal.missing.is_empty() && refusal.missing.iter().all(here),
            _ => false,
        }
    }

    fn capacity(&self, words: &Words) -> String {
        let action = self
            .matter
            .zip(self.prospect)
            .map(|(seen, prospect)| actions::capacity(seen.words, &prospect.roles, &self.visit.person));
        let said = action.filter(|said| !said.is_empty());
        said.map_or(String::new(), |capacity| words.say("form-capacity", &[("capacity", &capacity)]))
    }
}

/// Characters of a text that is shown unfolded.
const UNFOLDED_MAX: usize = 1200;

/// A field that the step judges, as it stands.
struct BoundView {
    title: String,
    paragraphs: Vec<String>,
    /// How long it is, where it is folded.
    folded: Option<String>,
}

/// What the step judges, and falls with when it is changed; and the text that it makes public.
fn bound(seen: &Seen<'_>, step: &Step) -> Vec<BoundView> {
    let words = seen.words;
    let kind = &seen.view.matter.kind;
    let view = |key: &str, field: &FieldId| {
        let value = seen.view.matter.fields.get(field).filter(|value| !value.is_empty())?;
        let text = match value.text() {
            Some(text) => text.to_owned(),
            None => words.value_line(kind, field, value),
        };
        let characters = text.chars().count();
        Some(BoundView {
            title: words.say(key, &[("field", &words.field(kind, field))]),
            paragraphs: text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            folded: (characters > UNFOLDED_MAX).then(|| words.say("form-bound-folded", &[("count", &characters)])),
        })
    };
    let judged = step.binds.iter().filter_map(|field| view("form-bound", field));
    let published = public_texts(step).into_iter().filter(|text| !step.binds.contains(text) && !step.asks_for(text));
    judged.chain(published.filter_map(|text| view("form-published", text))).collect()
}

/// The fields whose texts go out with a step, whatever it comes to, as they are before an outcome fills them anew.
fn public_texts(step: &Step) -> BTreeSet<&FieldId> {
    let ways = std::iter::once(None).chain(step.outcomes.iter().map(Some));
    ways.filter_map(|outcome| public_text(step, outcome)).collect()
}

fn public_text<'s>(step: &'s Step, outcome: Option<&'s Outcome>) -> Option<&'s FieldId> {
    let text = &step.publishes_with(outcome)?.text;
    let mut sets = step.sets.iter().chain(outcome.into_iter().flat_map(|outcome| &outcome.sets));
    match sets.find(|(field, _)| field == text) {
        Some((_, Source::Field(Path(path)))) if path.len() == 1 => path.first(),
        _ => Some(text),
    }
}

fn stacked(seen: &Seen<'_>) -> SummaryList {
    SummaryList { stacked: true, ..known::summary(seen) }
}

/// Asks for the form without what was kept of an earlier sending.
pub const AFRESH: &str = "afresh";

/// What is said of a form that shows what could not be sent before.
pub fn kept_notice(words: &Words, href: &str) -> Notice {
    let afresh = Link::new(words.t("form-kept-afresh"), format!("{href}?{AFRESH}=yes"));
    Notice { links: vec![afresh], ..Notice::new(NoticeTone::Warning, words.t("form-kept"), words.t("form-kept-text")) }
}

/// Whose standing in would not count for some days, should the step be taken.
pub fn lapses(words: &Words, prospect: &Prospect) -> Option<Notice> {
    let mut said = prospect.lapses.iter().map(|lapse| words.lapse(lapse));
    let first = said.next()?;
    Some(Notice { items: said.collect(), ..Notice::new(NoticeTone::Warning, words.t("lapse-title"), first) })
}

/// What was carried out of a form for several before something was refused.
pub fn recorded(words: &Words, events: &[Event]) -> Option<Notice> {
    let items: Vec<String> = events.iter().map(|event| words.event(event).line(words)).collect();
    let notice = Notice::new(NoticeTone::Success, words.t("form-recorded"), words.t("form-recorded-text"));
    (!items.is_empty()).then_some(Notice { items, ..notice })
}

/// What it means for a form that others acted since it was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// It takes the ground from under the act.
    Stale,
    /// It stands in nobody's way.
    Harmless,
    /// What was typed was kept over it, and nobody has judged yet whether it still holds.
    Kept,
}

/// What others did since the form was shown.
pub fn meanwhile(words: &Words, events: &[Event], since: Since) -> Option<Notice> {
    if events.is_empty() && since != Since::Stale {
        return None;
    }
    let mut items: Vec<String> =
        events.iter().take(MEANWHILE_MAX).map(|event| words.event(event).line(words)).collect();
    let more = events.len().saturating_sub(MEANWHILE_MAX);
    if more > 0 {
        items.push(words.say("meanwhile-more", &[("count", &more)]));
    }
    let (tone, text) = match since {
        Since::Stale => (NoticeTone::Warning, words.t("meanwhile-stale")),
        Since::Kept => (NoticeTone::Warning, words.t("meanwhile-kept")),
        Since::Harmless => (NoticeTone::Information, words.t("meanwhile-harmless")),
    };
    Some(Notice { items, ..Notice::new(tone, words.t("meanwhile-title"), text) })
}

/// What the next page says of an act that was carried out.
pub fn done_flash(words: &Words, events: &[Event], meanwhile: &[Event]) -> Flash {
    let mut text: Vec<String> = vec![];
    let opened = events.iter().skip(1).filter(|event| event.seq == 1).count();
    if opened > 0 {
        text.push(words.say("done-opened", &[("count", &opened)]));
    }
    if events.first().is_some_and(|event| event.act.closes) {
        text.push(words.t("done-closed"));
    }
    if !meanwhile.is_empty() {
        let said: Vec<String> =
            meanwhile.iter().take(MEANWHILE_MAX).map(|event| words.event(event).line(words)).collect();
        text.push(words.say("done-meanwhile", &[("events", &said.join(&words.t("list-semicolon")))]));
    }
    let title = events.first().map(|first| title_of(words, first, events)).unwrap_or_default();
    Flash {
        tone: NoticeTone::Success,
        title: words.say("done-title", &[("step", &title)]),
        text: text.join(&words.t("sentence-space")),
    }
}

/// The step that was taken, and for all of whom.
fn title_of(words: &Words, first: &Event, events: &[Event]) -> String {
    let of_step =
        events.iter().filter(|event| (event.act.matter, &event.act.step) == (first.act.matter, &first.act.step));
    let members: Vec<String> =
        of_step.filter_map(|event| event.act.each.as_ref()).map(|each| words.one(each)).collect();
    match members.len() > 1 {
        true => {
            let step = words.step(&first.act.kind, &first.act.step);
            words.say("event-for", &[("title", &step), ("member", &words.list(&members))])
        }
        false => words.event(first).title,
    }
}
