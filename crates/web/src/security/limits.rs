//! Bounds of what one request may take, and what becomes of a handler that panics.
//!
//! Invariant: a browser that sends too much has been listened to before it is answered, as it would show
//! a broken connection instead of the answer.

use crate::fault::Fault;
use axum::{
    body::{Body, HttpBody},
    extract::Request,
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{any::Any, future::poll_fn, pin::Pin, time::Duration};

/// Bytes that may be sent with one request: the longest document in Chinese, as a form encodes it.
pub const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Bytes beyond, where a sign-in page carries along what such a form held.
const CARRIED_BYTES: usize = 64 * 1024;
/// Bytes of any request at all.
pub const REQUEST_BYTES_MAX: usize = BODY_BYTES_MAX + CARRIED_BYTES;
/// Bytes of what is too much that are listened to.
const HEARD_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Bytes that may be sent to an address.
pub fn body_bytes_max(path: &str) -> usize {
    if path == "/sign-in" { REQUEST_BYTES_MAX } else { BODY_BYTES_MAX }
}

/// The layer that refuses what says that it is too much.
pub async fn in_size(request: Request, then: Next) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let length = length.and_then(|length| length.parse::<usize>().ok()).unwrap_or_default();
    if length <= body_bytes_max(request.uri().path()) {
        return then.run(request).await;
    }
    hear(request.into_body()).await;
    Fault::TooLarge.into_response()
}

async fn hear(mut body: Body) {
    let mut heard = 0;
    while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        heard += frame.data_ref().map_or(0, |bytes| bytes.len());
        if heard > HEARD_BYTES_MAX {
            return;
        }
    }
}

/// An answer that takes longer will not be waited for by anybody.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// The layer that gives up on a slow answer.
pub async fn in_time(request: Request, then: Next) -> Response {
    let answered = tokio::time::timeout(ANSWER_WITHIN, then.run(request)).await;
    answered.unwrap_or_else(|_| Fault::Slow.into_response())
}

/// The answer in place of a panic.
pub fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a message");
    Fault::unsound(format!("a handler panicked: {message}")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, http::StatusCode, middleware::from_fn, routing::get};
    use tower::ServiceExt;

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_takes_too_long_is_given_up() {
        let slow = |seconds| {
            get(move || async move {
                tokio::time::sleep(Duration::from_secs(seconds)).await;
                "answered"
            })
        };
        let routes = Router::new().route("/29", slow(29)).route("/31", slow(31)).layer(from_fn(in_time));
        for (path, status) in [("/29", StatusCode::OK), ("/31", StatusCode::SERVICE_UNAVAILABLE)] {
            let request = Request::get(path).body(Body::empty()).expect("a request of a test");
            let answer = routes.clone().oneshot(request).await.expect("a router answers");
            assert_eq!(answer.status(), status, "{path}");
        }
    }
}
