//! My desk and the page of a matter, as the server makes them, beside the questions of the record that
//! they cannot do without.

use super::{
    city::{City, SPONSOR},
    course::Course,
    figures::{Times, heading, line},
    matters::Filled,
};
use anyhow::{Context, Result, bail, ensure};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
};
use facts::{MatterId, MatterNumber, PersonId};
use office::{
    Consulted,
    accounts::{Attempts, SignIn},
};
use tower::ServiceExt;
use web::{Web, session::cookies};

const ROUNDS: usize = 200;
const AIM: &str = "aim < 10 ms";
/// More than any page has.
const PAGE_BYTES_MAX: usize = 16 << 20;

/// Somebody who is signed in.
struct Reader {
    person: PersonId,
    cookie: String,
}

pub async fn measure(city: &City, course: &Course, filled: &Filled) -> Result<()> {
    let router = web::router(Web::new(city.office.clone()));
    let busy = reader(city, city.at("staff", "general_office")?).await?;
    let clerk = reader(city, city.at("staff", SPONSOR)?).await?;
    heading(format_args!("2. Pages, asked {ROUNDS} times each; bare: the same questions of the record alone"));
    desk(city, &router, "my desk, General Office", &busy).await?;
    desk(city, &router, "my desk, a department", &clerk).await?;
    for (what, id) in [("a decision", course.decision.matter), ("a topic", course.topic.matter)] {
        let matter = city.office.store().matter(id).await?.context("the matter is gone")?;
        page(city, &router, what, (id, &matter.number), &busy).await?;
    }
    let (id, number) = filled.tasks.first().context("there is no task")?;
    page(city, &router, "a task", (*id, number), &busy).await
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

async fn desk(city: &City, router: &Router, what: &str, reader: &Reader) -> Result<()> {
    let office = &city.office;
    let asks = office.reader(&reader.person).await?;
    let (mut bare, mut service, mut page) = (Times::default(), Times::default(), Times::default());
    let mut total = 0;
    for _ in 0..ROUNDS {
        bare.time_of(async { office.store().desk(&asks.keys, asks.today, None, 0, 20).await }).await?;
        let rows = service.time_of(async {
            let reader = office.reader(&reader.person).await?;
            office.desk(&reader, None, 0, 20).await
        });
        total = rows.await?.total;
        page.time_of(get(router, "/desk", reader)).await?;
    }
    line(&format!("{what}, {total} turns: the page"), &page, Some(&bare), AIM);
    line("  of it: the office's answer", &service, Some(&bare), "");
    line("  bare: the rows and the counts", &bare, None, "");
    Ok(())
}

async fn page(
    city: &City,
    router: &Router,
    what: &str,
    (id, number): (MatterId, &MatterNumber),
    reader: &Reader,
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
    line(&format!("{what}: the page"), &page, Some(&bare), AIM);
    line("  of it: the office's answer", &service, Some(&bare), "");
    line("  bare: the matter, its links and events", &bare, None, "");
    Ok(())
}

/// Asks the router for a page, to its last byte.
async fn get(router: &Router, path: &str, reader: &Reader) -> Result<()> {
    let request = Request::get(path).header(header::COOKIE, &reader.cookie).body(Body::empty())?;
    let response = router.clone().oneshot(request).await?;
    ensure!(response.status().is_success(), "{path} is answered with {}", response.status());
    to_bytes(response.into_body(), PAGE_BYTES_MAX).await?;
    Ok(())
}
