//! Bounds of what one request may take, and what becomes of a handler that panics.

use crate::fault::Fault;
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{any::Any, time::Duration};

/// Bytes that may be sent with one request.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

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
