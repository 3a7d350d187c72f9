//! My desk and the page of a matter, as the server makes them, beside the questions of the record that
//! they cannot do without; and how many questions they ask, for few rows and for many.

use super::{
    city::{City, SPONSOR, Wish},
    course::{Course, text},
    figures::{Aims, Times, beside, heading, line},
    matters::Filled,
};
use anyhow::{Context, Result, bail, ensure};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
    response::Response,
};
use facts::{MatterId, MatterNumber, PersonId};
use office::{
    Consulted,
    accounts::{Attempts, SignIn},
};
use serde_json::json;
use std::time::Duration;
use tower::ServiceExt;
use web::{Web, session::cookies};

const ROUNDS: usize = 200;
const AIM: Duration = Duration::from_millis(10);
const LIST_AIM: Duration = Duration::from_millis(20);
/// Bytes of a page as it is sent, compressed.
const BYTES_AIM: u64 = 60 * 1024;
/// Times that the task with the long record was urged.
const URGED: usize = 50;
/// Questions that may be asked beside, of what the few rows have none of.
const SOME: u64 = 4;
/// More than any page has.
const PAGE_BYTES_MAX: usize = 16 << 20;

/// Somebody who is signed in.
struct Reader {
    person: PersonId,
    cookie: String,
}

pub async fn measure(city: &City, course: &Course, filled: &Filled, aims: &mut Aims) -> Result<()> {
    let router = web::router(Web::new(city.office.clone()));
    let busy = reader(city, city.at("staff", "general_office")?).await?;
    let clerk = reader(city, city.at("staff", SPONSOR)?).await?;
    heading(format_args!("2. Pages, asked {ROUNDS} times each; bare: the same questions of the record alone"));
    desk(city, &router, "my desk, General Office", &busy, aims).await?;
    desk(city, &router, "my desk, a department", &clerk, aims).await?;
    for (what, id) in [("a decision", course.decision.matter), ("a topic", course.topic.matter)] {
        let matter = city.office.store().matter(id).await?.context("the matter is gone")?;
        page(city, &router, what, (id, &matter.number), &busy, aims).await?;
    }
    let (id, number) = filled.tasks.first().context("there is no task")?;
    page(city, &router, "a task", (*id, number), &busy, aims).await?;
    overview(city, &router, &busy, aims).await?;
    lists(&router, filled, &busy, aims).await?;
    let mut few = Times::default();
    for _ in 0..ROUNDS / 4 {
        few.time_of(get(&router, "/search?q=ledger", &clerk)).await?;
    }
    aims.under("search, of whoever may read few of them: the page", &few, LIST_AIM);
    questions(city, &router, filled, &busy, aims).await
}

/// The overview of whoever may read everything, beside its counts.
async fn overview(city: &City, router: &Router, reader: &Reader, aims: &mut Aims) -> Result<()> {
    let office = &city.office;
    let asks = office.reader(&reader.person).await?;
    let first = asks.today.checked_sub(jiff::ToSpan::months(11))?.first_of_month();
    let (mut bare, mut page) = (Times::default(), Times::default());
    for _ in 0..ROUNDS / 4 {
        bare.time_of(office.store().whole_tally(asks.today, first, asks.today.last_of_month())).await?;
        page.time_of(get(router, "/overview", reader)).await?;
    }
    aims.under("the overview: the page", &page, LIST_AIM);
    line("  bare: the whole counted, once a minute where it is much", &bare, "");
    Ok(())
}

/// Lists, search and books, and how much of each page is sent.
async fn lists(router: &Router, filled: &Filled, reader: &Reader, aims: &mut Aims) -> Result<()> {
    let (_, task) = filled.tasks.first().context("there is no task")?;
    let (_, decision) = filled.decisions.first().context("there is no decision")?;
    let decision = format!("/matters/{decision}");
    let by_number = format!("/search?q={task}");
    let pages = [
        ("the ledger", "/areas/ledger"),
        ("tasks that are closed", "/areas/ledger?kind=Task&state=closed"),
        ("topics of all times", "/areas/meetings?kind=Topic&state=all"),
        ("a rare kind of all times", "/areas/meetings?kind=Executive&state=all"),
        ("the list behind a figure of the overview", "/overview/list?of=open"),
        ("what is late", "/overview/late"),
        ("search, a word in every title of a kind", "/search?q=ledger"),
        ("search, a word in every title of another kind", "/search?q=topic"),
        ("search, two words of few", "/search?q=Topic+77"),
        ("search, Chinese", "/search?q=%E5%85%AC%E4%BA%A4"),
        ("search, a number", &by_number),
        ("the directory", "/directory"),
        ("an article", "/rulebook/26"),
        ("the public site", "/public"),
    ];
    for (what, path) in pages {
        let mut page = Times::default();
        get(router, path, reader).await?;
        for _ in 0..ROUNDS / 4 {
            page.time_of(get(router, path, reader)).await?;
        }
        aims.under(&format!("{what}: the page"), &page, LIST_AIM);
    }
    heading("   Bytes of a page, compressed");
    let others = [("my desk", "/desk"), ("a decision", &*decision), ("the overview", "/overview")];
    for (what, path) in others.into_iter().chain(pages) {
        aims.bounded(&format!("{what}: bytes"), sent(router, path, reader).await?, BYTES_AIM);
    }
    Ok(())
}

/// The bytes of a page as they are sent.
async fn sent(router: &Router, path: &str, reader: &Reader) -> Result<u64> {
    let response = answer(router, path, reader, "gzip").await?;
    ensure!(response.headers().contains_key(header::CONTENT_ENCODING), "{path} is not compressed");
    Ok(to_bytes(response.into_body(), PAGE_BYTES_MAX).await?.len() as u64)
}

/// Counts the questions asked of the record for pages with few rows and with many.
async fn questions(city: &City, router: &Router, filled: &Filled, reader: &Reader, aims: &mut Aims) -> Result<()> {
    let [few, many] = filled.tasks.get(1..3).context("there are too few tasks")? else { bail!("two are two") };
    for _ in 0..URGED {
        let urging = json!({ "tool": "verification", "urging": text(1) });
        city.carry_out(city.step("Task", many.0, &reader.person, Wish::to("urge", urging)).await?).await?;
    }
    let desk = city.office.reader(&reader.person).await?;
    let desk = city.office.desk(&desk, None, 0, 20).await?;
    let least = desk.counts.iter().min_by_key(|count| count.count).context("the desk is empty")?;
    let rarely = format!("/desk?kind={}", least.kind);
    let (short, long) = (format!("/matters/{}", few.1), format!("/matters/{}?show=history", many.1));
    let events = format!("a task with {} events", URGED + 1);
    heading("   Questions that a page asks of the record, with few rows and with many");
    for (what, few, many, rows) in [
        (format!("my desk with {} rows, of {}", desk.rows.len(), desk.total), &*rarely, "/desk", least.count),
        (events, &*short, &*long, 1),
    ] {
        let few = asked(city, router, few, reader).await?;
        let many = asked(city, router, many, reader).await?;
        aims.bounded(&format!("{what}; with {rows} it asks {few}"), many, few + SOME);
    }
    Ok(())
}

async fn asked(city: &City, router: &Router, path: &str, reader: &Reader) -> Result<u64> {
    let before = city.office.store().questions_asked();
    get(router, path, reader).await?;
    Ok(city.office.store().questions_asked() - before)
}

async fn reader(city: &City, person: PersonId) -> Result<Reader> {
    let accounts = city.office.accounts();
    let password = "a password of the measurement";
    accounts.create(person.as_str(), &person, "en", password).await?;
    match accounts.sign_in(&Attempts::default(), person.as_str(), password).await? {
        SignIn::SignedIn(begun) => Ok(Reader { person, cookie: format!("{}={}", cookies::SESSION, begun.secret) }),
        SignIn::WrongOrLocked { .. } => bail!("{person} could not sign in"),
    }
}

async fn desk(city: &City, router: &Router, what: &str, reader: &Reader, aims: &mut Aims) -> Result<()> {
    let office = &city.office;
    let asks = office.reader(&reader.person).await?;
    let (mut bare, mut service, mut page) = (Times::default(), Times::default(), Times::default());
    let mut total = 0;
    for _ in 0..ROUNDS {
        bare.time_of(async { office.store().desk(Some(&asks.person), &asks.keys, asks.today, None, 0, 20).await })
            .await?;
        let rows = service.time_of(async {
            let reader = office.reader(&reader.person).await?;
            office.desk(&reader, None, 0, 20).await
        });
        total = rows.await?.total;
        page.time_of(get(router, "/desk", reader)).await?;
    }
    aims.under(&format!("{what}, {total} turns: the page"), &page, AIM);
    beside("  of it: the office's answer", &service, &bare);
    line("  bare: the rows and the counts", &bare, "");
    Ok(())
}

async fn page(
    city: &City,
    router: &Router,
    what: &str,
    (id, number): (MatterId, &MatterNumber),
    reader: &Reader,
    aims: &mut Aims,
) -> Result<()> {
    let store = city.office.store();
    let path = format!("/matters/{number}");
    let (mut bare, mut service, mut page) = (Times::default(), Times::default(), Times::default());
    for _ in 0..ROUNDS {
        bare.time_of(async {
            let matter = store.matter_by_number(number.as_str()).await?;
            let links = matter.map(|matter| matter.links()).unwrap_or_default();
            store.matters(&links).await?;
            store.events(id).await?;
            store.links_to(&[id]).await?;
            store.rows_of(&links).await
        })
        .await?;
        let consulted = service.time_of(city.office.consult(number.as_str(), &reader.person)).await?;
        ensure!(matches!(consulted, Consulted::Matter(_)), "{number} cannot be read");
        page.time_of(get(router, &path, reader)).await?;
    }
    aims.under(&format!("{what}: the page"), &page, AIM);
    beside("  of it: the office's answer", &service, &bare);
    line("  bare: the matter, its links and events", &bare, "");
    Ok(())
}

/// Asks the router for a page, to its last byte.
async fn get(router: &Router, path: &str, reader: &Reader) -> Result<()> {
    let response = answer(router, path, reader, "identity").await?;
    to_bytes(response.into_body(), PAGE_BYTES_MAX).await?;
    Ok(())
}

async fn answer(router: &Router, path: &str, reader: &Reader, encoding: &str) -> Result<Response> {
    let request = Request::get(path).header(header::COOKIE, &reader.cookie).header(header::ACCEPT_ENCODING, encoding);
    let response = router.clone().oneshot(request.body(Body::empty())?).await?;
    ensure!(response.status().is_success(), "{path} is answered with {}", response.status());
    Ok(response)
}
