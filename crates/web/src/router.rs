//! The whole URL table: one line a route, in the order of the site.
//!
//! Invariant: every route of the server stands here, and inside [`security::guard`].

use crate::{
    api,
    fault::Fault,
    pages::{account, area, assets, desk, directory, matters, meetings, overview, public, rulebook, search, sign_in},
    security::{self, REQUEST_BYTES_MAX},
    session::language,
    state::Web,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

/// Everything the server answers.
pub fn router(web: Web) -> Router {
    let routes = Router::new()
        .merge(session_routes())
        .merge(desk_routes())
        .merge(matter_routes())
        .merge(office_routes())
        .merge(public_routes())
        .merge(api_routes())
        .route("/assets/{file}", get(assets::get))
        .fallback(|| async { Fault::NotThere });
    security::guard(routes, web)
}

/// Signing in, one's own account, the language.
fn session_routes() -> Router<Web> {
    Router::new()
        .route("/sign-in", get(sign_in::get).post(sign_in::post).layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX)))
        .route("/sign-out", post(sign_in::out))
        .route("/language/{code}", get(language::switch))
        .route("/account", get(account::show::get))
        .route("/account/language", post(account::language::post))
        .route("/account/password", post(account::password::post))
        .route("/account/sessions/end", post(account::sessions::end))
        .route("/account/sessions/end-all", post(account::sessions::end_all))
        .route("/account/calendar", post(account::calendar::make))
        .route("/account/calendar/end", post(account::calendar::end))
        .route("/account/mail", post(account::mail::wish))
        .route("/account/mail/end", post(account::mail::end))
        .route("/account/tokens", post(account::tokens::make))
        .route("/account/tokens/revoke", post(account::tokens::revoke))
}

/// My desk, the overview, areas, search.
fn desk_routes() -> Router<Web> {
    Router::new()
        .route("/", get(desk::get))
        .route("/desk", get(desk::get))
        .route("/desk/together", get(desk::together::get).post(desk::together::post))
        .route("/calendar/{file}", get(desk::calendar::get))
        .route("/areas/{area}", get(area::get))
        .route("/areas/{area}/calendar", get(meetings::month::get))
        .route("/overview", get(overview::show::get))
        .route("/overview/late", get(overview::late::get))
        .route("/overview/list", get(overview::list::get))
        .route("/search", get(search::get))
}

/// Matters and their steps.
fn matter_routes() -> Router<Web> {
    Router::new()
        .route("/new", get(matters::new::list))
        .route("/new/{kind}/{step}", get(matters::new::get).post(matters::new::post))
        .route("/matters/{number}", get(matters::show::get))
        .route("/begun", post(matters::begun::keep))
        .route("/matters/{number}/{step}", get(matters::act::get).post(matters::act::post))
}

/// Meetings, the ledger, registers, the directory, the rulebook.
fn office_routes() -> Router<Web> {
    Router::new()
        .route("/directory", get(directory::show::get))
        .route("/directory/import", get(directory::import::get).post(directory::import::post))
        .route("/directory/roster.csv", get(directory::import::roster))
        .route("/directory/bodies/{body}", get(directory::body::get))
        .route("/directory/people/{person}", get(directory::person::get))
        .route("/rulebook", get(rulebook::index::get))
        .route("/rulebook/{number}", get(rulebook::article::get))
        .route("/rulebook/{kind}/{step}", get(rulebook::step::get))
}

/// The public site, without an account.
fn public_routes() -> Router<Web> {
    Router::new()
        .route("/public", get(public::list::get))
        .route("/public/feed.xml", get(public::feed::get))
        .route("/public/{address}", get(public::show::get))
}

/// The JSON interface, under `/api/`.
fn api_routes() -> Router<Web> {
    Router::new()
        .route("/api/v1/desk", get(api::read::desk))
        .route("/api/v1/overview", get(api::read::overview))
        .route("/api/v1/matters", get(api::read::matters))
        .route("/api/v1/matters/{number}", get(api::read::matter))
        .route("/api/v1/matters/{number}/{step}", get(api::step::of_matter).post(api::write::take))
        .route("/api/v1/matters/{number}/versions/{field}", get(api::versions::get))
        .route("/api/v1/kinds/{kind}/{step}", get(api::step::of_kind).post(api::write::open))
        .route("/api/v1/openings", get(api::read::openings))
        .route("/api/v1/search", get(api::read::search))
        .route("/api/v1/directory", get(api::read::directory))
        .route("/api/v1/directory/roster", get(api::roster::get).post(api::roster::post))
}
