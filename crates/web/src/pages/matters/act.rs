//! Taking a step on a matter: the form, and what comes of sending it.
//!
//! Invariant: whatever is refused comes back with every reason and everything that was typed; a
//! submission is carried out once.

