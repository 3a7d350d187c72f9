//! The pages through the router, on a small office of its own: shown in both languages, empty and full,
//! and everything that a form can come to.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "pages/calendar.rs"]
mod calendar;
#[path = "pages/forms.rs"]
mod forms;
#[path = "pages/hall.rs"]
mod hall;
#[path = "pages/kept.rs"]
mod kept;
#[path = "pages/overview.rs"]
mod overview;
#[path = "pages/room.rs"]
mod room;
#[path = "pages/roster.rs"]
mod roster;
#[path = "pages/shown.rs"]
mod shown;
#[path = "pages/together.rs"]
mod together;
