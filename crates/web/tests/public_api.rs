//! Directory, rulebook, public site and the JSON interface, through the router, on an office founded
//! from the rulebook and the directory of the demonstration city.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "public_api/api.rs"]
mod api;
#[path = "public_api/directory.rs"]
mod directory;
#[path = "public_api/hall.rs"]
mod hall;
#[path = "public_api/public.rs"]
mod public;
#[path = "public_api/roster.rs"]
mod roster;
#[path = "public_api/rulebook.rs"]
mod rulebook;
