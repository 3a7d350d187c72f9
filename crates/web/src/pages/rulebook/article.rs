//! One article: the law beside its code, its rules, and the open matters that it governs now.
//!
//! Invariant: what is shown as code is the block that is in force, to the letter.

use super::{class, crumbs, governed, paired, rule_href};
use crate::components::card::PageHead;
use crate::components::table::{Cell, Column, Row, Table};
use crate::components::{Chrome, Lang, Link, Tag, Tone};
use crate::fault::Fault;
use crate::pages::query::{Pairs, said};
use crate::pages::visit::Visit;
use crate::wording::Words;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use rules::cases::ToldAct;
use rules::rulebook::{Article, Confidence, LawFact, Part};

#[derive(Template)]
#[template(path = "pages/rulebook/article.html")]
struct ArticlePage {
    chrome: Chrome,
    head: PageHead,
    other: Lang,
    pairs: Vec<paired::Pair>,
    /// Whether all code stands open.
    code_open: bool,
    /// The kinds of matters that the article begins, where it begins several.
    inside: Vec<Link>,
    governed: Table,
    governed_more: String,
    cases: Vec<CaseView>,
    rules: Table,
    /// The official text, where the installation has it, paragraph by paragraph.
    official: Vec<String>,
    official_source: String,
    law: Vec<LawView>,
    before: Option<Link>,
    after: Option<Link>,
}

/// A fact of the surrounding law that the article rests on.
struct LawView {
    text: String,
    source: String,
    /// From when until when it holds, and how sure it is.
    notes: Vec<String>,
}

/// A case that shows what the article demands.
struct CaseView {
    name: String,
    covers: String,
    after: String,
    acts: Vec<ActView>,
}

/// Who takes what when, and whether it must go.
struct ActView {
    text: String,
    tag: Tag,
}

/// `GET /rulebook/{number}`; `?both=yes` shows both languages.
///
/// # Errors
/// [`Fault::NotThere`] where the edition in force has no such article.
pub async fn get(visit: Visit, Path(number): Path<String>, Query(query): Query<Pairs>) -> Result<Response, Fault> {
    let words = visit.words().await?;
    let edition = words.edition.clone();
    let articles = &edition.rulebook.articles;
    let place = articles.iter().position(|article| article.number == number).ok_or(Fault::NotThere)?;
    let article = &articles[place];
    let both = said(&query, "both") == Some("yes");
    let cited = words.article(&article.number, false);
    let title = words.say("rulebook-article-title", &[("article", &cited.text), ("title", &cited.title)]);
    let mut chrome = visit.chrome(&title).await?;
    chrome.crumbs = crumbs(&words);
    let code_open = said(&query, "code") == Some("open");
    let href = |both: bool, code: bool| {
        let asked = [(both, "both=yes"), (code, "code=open")].into_iter().filter(|(wanted, _)| *wanted);
        let asked: Vec<&str> = asked.map(|(_, asked)| asked).collect();
        if asked.is_empty() { cited.href.clone() } else { format!("{}?{}", cited.href, asked.join("&")) }
    };
    let languages = words.t(if both { "rulebook-one-language" } else { "rulebook-both-languages" });
    let code = words.t(if code_open { "rulebook-fold-code" } else { "rulebook-open-code" });
    let switches = vec![Link::new(languages, href(!both, code_open)), Link::new(code, href(both, !code_open))];
    let chapter = edition.rulebook.chapters.get(article.chapter);
    let (governed, governed_more) = governed::governed(&visit, &words, &article.number).await?;
    let pairs = paired::pairs(&words, article, both);
    let neighbour = |place: Option<usize>| {
        let cited = words.article(&articles.get(place?)?.number, false);
        Some(Link::new(
            words.say("rulebook-article-title", &[("article", &cited.text), ("title", &cited.title)]),
            cited.href,
        ))
    };
    let page =
        ArticlePage {
            chrome,
            head: PageHead {
                kind: chapter.map_or(String::new(), |chapter| words.pick(&chapter.title)),
                tags: class::tags(&words, article),
                actions: switches,
                ..PageHead::new(title)
            },
            other: words.lang.other(),
            inside: inside(&words, &pairs),
            pairs,
            code_open,
            cases: cases(&words, article),
            governed,
            governed_more,
            rules: rules(&words, article),
            official: words.rulebook().official.articles.get(&article.number).map_or(vec![], |text| {
                text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
            }),
            official_source: words.rulebook().official.source.clone(),
            law: law(&words, article),
            before: neighbour(place.checked_sub(1)),
            after: neighbour(Some(place + 1)),
        };
    visit.page(&page)
}

fn inside(words: &Words, pairs: &[paired::Pair]) -> Vec<Link> {
    let kinds = pairs.iter().filter_map(|pair| pair.kind.as_ref());
    let links: Vec<Link> = kinds.map(|kind| Link::new(words.kind(kind), format!("#{kind}"))).collect();
    if links.len() < 2 { vec![] } else { links }
}

fn cases(words: &Words, article: &Article) -> Vec<CaseView> {
    let edition = &words.edition;
    let view = |act: &ToldAct| {
        let step = match &act.outcome {
            Some(outcome) => words.say(
                "rulebook-case-outcome",
                &[
                    ("step", &words.step(&act.kind, &act.step)),
                    ("outcome", &words.outcome(&act.kind, &act.step, outcome)),
                ],
            ),
            None => words.step(&act.kind, &act.step),
        };
        let said = words.say(
            "rulebook-case-act",
            &[
                ("day", &words.day(act.on)),
                ("who", &words.pick(&act.person)),
                ("kind", &words.kind(&act.kind)),
                ("step", &step),
            ],
        );
        let under: Vec<String> = act.under.iter().map(|number| words.article(number, false).text).collect();
        let tag = match (act.refused, under.is_empty()) {
            (false, _) => Tag::new(words.t("rulebook-case-granted"), Tone::Done),
            (true, true) => Tag::new(words.t("rulebook-case-refused"), Tone::Refused),
            (true, false) => {
                Tag::new(words.say("rulebook-case-refused-under", &[("articles", &words.list(&under))]), Tone::Refused)
            }
        };
        ActView { text: said, tag }
    };
    let told = edition.cases.of_article(edition, &article.number).map(|case| CaseView {
        name: case.name.clone(),
        covers: case.covers.join(" "),
        after: case.after.clone().unwrap_or_default(),
        acts: case.acts.iter().map(view).collect(),
    });
    told.collect()
}

fn law(words: &Words, article: &Article) -> Vec<LawView> {
    let facts = article.law.iter().filter_map(|name| words.rulebook().law.get(name));
    let view = |fact: &LawFact| {
        let mut notes = vec![];
        notes.extend(fact.from.map(|day| words.say("law-from", &[("day", &words.day(day))])));
        notes.extend(fact.until.map(|day| words.say("law-until", &[("day", &words.day(day))])));
        notes.extend(match fact.confidence {
            Confidence::High => None,
            Confidence::Medium => Some(words.t("law-medium")),
            Confidence::Low => Some(words.t("law-low")),
        });
        LawView { text: words.pick(&fact.text), source: words.pick(&fact.source), notes }
    };
    facts.map(view).collect()
}

fn rules(words: &Words, article: &Article) -> Table {
    let ids = article.parts.iter().flat_map(|part| match part {
        Part::Block { rules, .. } => rules.as_slice(),
        _ => &[],
    });
    let rows = ids.filter_map(|id| words.rulebook().rule(id)).map(|rule| {
        let tags = match rule.reconstructed {
            true => vec![Tag::new(words.t("rulebook-reconstructed"), Tone::Waits)],
            false => vec![],
        };
        Row::new(vec![
            Cell::link(rule.id.as_str(), rule_href(words, &rule.id)),
            Cell { text: words.pick(&rule.sentence), tags, ..Cell::default() },
        ])
    });
    Table {
        lang: words.lang,
        caption: words.t("rulebook-rules"),
        caption_hidden: true,
        columns: ["rulebook-rule", "rulebook-sentence"].map(|key| Column::new(words.t(key))).into(),
        rows: rows.collect(),
        ..Table::default()
    }
}
