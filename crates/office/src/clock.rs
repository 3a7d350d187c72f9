//! The one place that reads a clock.
//!
//! Invariant: one act or view reads it once; everything below gets the instant as an argument.

use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex};

/// Where the present instant comes from.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    Machine,
    /// An instant that moves only when it is told to; for replays and tests.
    Set(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that stands at an instant.
    pub fn set_at(instant: Timestamp) -> Clock {
        Clock::Set(Arc::new(Mutex::new(instant)))
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that reads a clock")]
            Clock::Machine => Timestamp::now(),
            Clock::Set(instant) => *lock(instant),
        }
    }

    /// Moves a set clock to an instant; the machine's clock is not moved.
    pub fn move_to(&self, to: Timestamp) {
        if let Clock::Set(instant) = self {
            *lock(instant) = to;
        }
    }

    /// Moves a set clock on.
    pub fn pass(&self, time: SignedDuration) {
        self.move_to(self.now().saturating_add(time).unwrap_or(Timestamp::MAX));
    }
}

fn lock(instant: &Mutex<Timestamp>) -> std::sync::MutexGuard<'_, Timestamp> {
    instant.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
