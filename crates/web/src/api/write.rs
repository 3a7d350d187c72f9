//! Acting by the interface: opening a matter, taking a step.
//!
//! Invariant: what was sent is read strictly, and then carried out through the same door as a page's form.

use super::{
    acts::{self, Carried, Where},
    caller::Caller,
    problem::Problem,
    submission,
};
use crate::wording::path_segment;
use crate::{fault::Fault, wording::Words};
use axum::{
    Json,
    body::Bytes,
    extract::Path,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// `POST /api/v1/kinds/{kind}/{step}`: opens a matter.
///
/// # Errors
/// Only faults of the record; everything else is an answer.
pub async fn open(caller: Caller, Path((kind, step)): Path<(String, String)>, body: Bytes) -> Result<Response, Fault> {
    let words = caller.visit.words().await?;
    let submission = match submission::read(&words, &body) {
        Ok(submission) => submission,
        Err(problem) => return Ok(problem.into_response()),
    };
    let visit = &caller.visit;
    let carried = acts::act(&visit.office, &words, &visit.person, Where::New(&kind), &step, submission).await?;
    Ok(answer(carried, true))
}

/// `POST /api/v1/matters/{number}/{step}`: takes a step of an open matter.
///
/// # Errors
/// Only faults of the record; everything else is an answer.
pub async fn take(
    caller: Caller,
    Path((number, step)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, Fault> {
    let words = caller.visit.words().await?;
    let submission = match submission::read(&words, &body) {
        Ok(submission) => submission,
        Err(problem) => return Ok(problem.into_response()),
    };
    let visit = &caller.visit;
    // Names what the caller may read, so that a refusal can name it too.
    let words = named(&caller, words, &number).await?;
    let carried = acts::act(&visit.office, &words, &visit.person, Where::On(&number), &step, submission).await?;
    Ok(answer(carried, false))
}

async fn named(caller: &Caller, mut words: Words, number: &str) -> Result<Words, Fault> {
    if let Some(matter) = caller.visit.office.store().matter_by_number(number).await? {
        let ids = std::iter::once(matter.id).chain(matter.links()).collect();
        caller.visit.name(&mut words, ids).await?;
    }
    Ok(words)
}

fn answer(carried: Result<Carried, Problem>, opens: bool) -> Response {
    let carried = match carried {
        Ok(carried) => carried,
        Err(problem) => return problem.into_response(),
    };
    if !opens || carried.repeated {
        return Json(carried).into_response();
    }
    let location = HeaderValue::try_from(format!("/api/v1/matters/{}", path_segment(&carried.number)));
    let location: Option<(HeaderName, HeaderValue)> = location.ok().map(|location| (header::LOCATION, location));
    let mut response = (StatusCode::CREATED, Json(carried)).into_response();
    response.headers_mut().extend(location);
    response
}
