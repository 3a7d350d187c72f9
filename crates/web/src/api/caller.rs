//! Who asks by the interface.
//!
//! Invariant: a part of the query that is not understood is named, not passed over.

use super::problem::Problem;
use crate::{
    fault::Fault,
    pages::{
        query::{Pairs, said},
        visit::Visit,
    },
    state::Web,
    texts::Argument,
    wording::Words,
};
use axum::{
    Json,
    extract::{FromRequestParts, Query},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use std::ops::RangeInclusive;

/// Rows of an answer where nothing else is asked for.
const ROWS: u32 = 50;
/// Rows of one answer at most.
const ROWS_MAX: u32 = 200;
/// Rows that can be passed over.
const OFFSET_MAX: u32 = 1_000_000_000;

/// A request by a program, or by a script of a page.
pub struct Caller {
    pub visit: Visit,
    pub query: Pairs,
}

impl FromRequestParts<Web> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Caller, Fault> {
        let visit = Visit::from_request_parts(parts, web).await?;
        let Query(query) = Query::<Pairs>::try_from_uri(&parts.uri).map_err(|_| Fault::Malformed)?;
        Ok(Caller { visit, query })
    }
}

impl Caller {
    /// Where the part of a list begins, and how many rows it has.
    ///
    /// # Errors
    /// A problem that names the part of the query at fault.
    pub fn part(&self, words: &Words) -> Result<(u32, u32), Box<Problem>> {
        let number = |name: &str, otherwise: u32, known: RangeInclusive<u32>| {
            let Some(typed) = said(&self.query, name) else { return Ok(otherwise) };
            let number = typed.parse().ok().filter(|number| known.contains(number));
            number.ok_or_else(|| {
                let (first, last) = (known.start().to_string(), known.end().to_string());
                let said: [(&str, &dyn Argument); 4] =
                    [("name", &name), ("typed", &typed), ("first", &first), ("last", &last)];
                Problem::in_query(words, name, words.say("api-no-number", &said))
            })
        };
        Ok((number("offset", 0, 0..=OFFSET_MAX)?, number("limit", ROWS, 1..=ROWS_MAX)?))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))];
        (status, kind, Json(self)).into_response()
    }
}
