//! After a change of the directory, the calendar or the rulebook, whose turn it is and what is due
//! are derived anew for every open matter; acts do not wait for it.
//!
//! Also sweeps away what has ended. Invariant: only projections are late; authority and deadlines are always computed at the act.

use crate::Office;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::sync::Notify;

/// Rings when projections have to be derived anew.
#[derive(Clone, Default)]
pub(crate) struct Bell {
    rung: Arc<Notify>,
    waiting: Arc<AtomicBool>,
}

impl Bell {
    pub(crate) fn ring(&self) {
        self.waiting.store(true, Ordering::Relaxed);
        self.rung.notify_one();
    }
}

impl Office {
    pub(crate) fn refresh_later(&self) {
        self.inner.refresh.ring();
    }

    /// Whether projections wait to be derived anew; a process that does not keep them fresh does it
    /// itself before it ends.
    pub fn refreshes(&self) -> bool {
        self.inner.refresh.waiting.load(Ordering::Relaxed)
    }

    /// Runs for as long as the server does: removes sessions and tokens that have ended, at once and then
    /// again and again.
    pub async fn keep_swept(self, every: std::time::Duration) {
        loop {
            match self.accounts().remove_ended().await {
                Ok(0) => {}
                Ok(ended) => tracing::info!(sessions.ended = ended, "sessions that have ended are removed"),
                Err(fault) => tracing::warn!(%fault, "sessions that have ended could not be removed"),
            }
            tokio::time::sleep(every).await;
        }
    }

    /// Runs for as long as the server does: derives anew whenever the bell rings, and once a day.
    pub async fn keep_fresh(self) {
        let bell = self.inner.refresh.clone();
        let a_day = std::time::Duration::from_secs(24 * 60 * 60);
        loop {
            let _ = tokio::time::timeout(a_day, bell.rung.notified()).await;
            bell.waiting.store(false, Ordering::Relaxed);
            if let Err(fault) = self.project_all_open().await {
                tracing::error!(%fault, "open matters could not be derived anew; trying again in a minute");
                tokio::time::sleep(std::time::Duration::from_secs(60)).await;
                bell.ring();
            }
        }
    }
}
