//! The files that browsers load, under names that hold the hash of their content.

use crate::fault::Fault;
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};

/// A year: under this name the content never changes.
const KEPT: &str = "public, max-age=31536000, immutable";

/// `GET /assets/{file}`
pub async fn get(Path(file): Path<String>) -> Result<Response, Fault> {
    let asset = assets::find(&file).ok_or(Fault::NotThere)?;
    let headers = [(header::CONTENT_TYPE, asset.mime), (header::CACHE_CONTROL, KEPT)];
    Ok((headers, asset.bytes).into_response())
}
