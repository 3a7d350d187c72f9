//! After a change of the directory, the calendar or the rulebook, whose turn it is and what is due
//! are derived anew for every open matter; acts do not wait for it.
//!
//! Also sweeps away what has ended. Invariant: only projections are late; authority and deadlines are always computed at the act.

use crate::{Office, zone_of};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;

const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

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

    /// Runs for as long as the server does: removes sessions and tokens that have ended, and forms begun long
    /// ago, at once and then again and again.
    pub async fn keep_swept(self, every: Duration) {
        loop {
            for (what, removed) in
                [("sessions", self.accounts().remove_ended().await), ("forms", self.forget_old_begun().await)]
            {
                match removed {
                    Ok(0) => {}
                    Ok(removed) => tracing::info!(removed, "{what} that have ended are removed"),
                    Err(fault) => tracing::warn!(%fault, "{what} that have ended could not be removed"),
                }
            }
            tokio::time::sleep(every).await;
        }
    }

    /// Runs for as long as the server does: derives anew whenever the bell rings, and when a day begins.
    pub async fn keep_fresh(self) {
        let bell = self.inner.refresh.clone();
        loop {
            let _ = tokio::time::timeout(self.until_tomorrow(), bell.rung.notified()).await;
            bell.waiting.store(false, Ordering::Relaxed);
            if let Err(fault) = self.project_all_open().await {
                tracing::error!(%fault, "open matters could not be derived anew; trying again in a minute");
                tokio::time::sleep(Duration::from_secs(60)).await;
                bell.ring();
            }
        }
    }

    /// How long it is until the next day begins in the office's zone, and a moment more.
    fn until_tomorrow(&self) -> Duration {
        let now = self.now();
        let zone = zone_of(&self.edition());
        let tomorrow = zone.to_datetime(now).date().tomorrow().ok();
        let begins = tomorrow.and_then(|day| zone.to_timestamp(day.at(0, 0, 0, 0)).ok());
        let rest = begins.and_then(|begins| Duration::try_from(begins.duration_since(now)).ok());
        rest.unwrap_or(A_DAY).min(A_DAY) + Duration::from_secs(1)
    }
}
