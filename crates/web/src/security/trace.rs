//! A reference for every request, and a span around it.
//!
//! Invariant: a span holds the route, never the address asked for, the person or the body.

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderValue, Response},
    middleware::Next,
};
use office::accounts::secret;
use std::time::Duration;
use tower_http::{
    classify::{ServerErrorsAsFailures, SharedClassifier},
    trace::TraceLayer,
};
use tracing::Span;

/// A short name of one request, which a reader can quote and the log repeats.
#[derive(Clone, Debug, Default)]
pub struct Reference(pub String);

/// The layer that gives the reference.
pub async fn refer(mut request: Request, then: Next) -> axum::response::Response {
    let reference = Reference(secret::reference());
    let value = HeaderValue::try_from(&reference.0);
    request.extensions_mut().insert(reference);
    let mut response = then.run(request).await;
    if let Ok(value) = value {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

type Layer = TraceLayer<SharedClassifier<ServerErrorsAsFailures>, fn(&Request) -> Span, (), OnResponse, (), (), ()>;
type OnResponse = fn(&Response<axum::body::Body>, Duration, &Span);

/// The layer that makes the span.
pub fn layer() -> Layer {
    TraceLayer::new_for_http()
        .make_span_with(span as fn(&Request) -> Span)
        .on_request(())
        .on_response(answered as OnResponse)
        .on_body_chunk(())
        .on_eos(())
        .on_failure(())
}

fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    let reference = request.extensions().get::<Reference>().map_or("", |reference| reference.0.as_str());
    tracing::info_span!("request", request.method = %request.method(), request.route = route, request.reference = reference)
}

fn answered(response: &Response<axum::body::Body>, took: Duration, _: &Span) {
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(response.status = response.status().as_u16(), response.took_ms = millis, "answered");
}
