//! What stands around every route, from the outside in: a reference and a span, headers,
//! compression, the dress of faults, panics caught, bounds of time, the language, who asks, bounds of size,
//! and whether a form is genuine.
//!
//! Must not know any page. Invariant: no route stands outside these layers, and no answer leaves
//! without the headers.

mod headers;
mod limits;
mod trace;

pub use limits::{BODY_BYTES_MAX, REQUEST_BYTES_MAX, body_bytes_max};
pub use trace::Reference;

use crate::{
    fault,
    session::{csrf, know, language},
    state::Web,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer};

/// The routes with everything around them; the layer named last is the outermost.
pub fn guard(routes: Router<Web>, web: Web) -> Router {
    routes
        .layer(from_fn_with_state(web.clone(), csrf::check))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(RequestBodyLimitLayer::new(limits::REQUEST_BYTES_MAX))
        .layer(from_fn(limits::in_size))
        .layer(from_fn_with_state(web.clone(), know))
        .layer(from_fn_with_state(web.clone(), language::switch_in_query))
        .layer(from_fn(limits::in_time))
        .layer(CatchPanicLayer::custom(limits::panicked))
        .layer(from_fn_with_state(web.clone(), fault::answer))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(web.clone(), headers::set))
        .layer(trace::layer())
        .layer(from_fn(trace::refer))
        .with_state(web)
}
