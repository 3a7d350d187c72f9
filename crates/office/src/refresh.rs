//! After a change of the directory, the calendar or the rulebook, whose turn it is and what is due
//! are derived anew for every open matter, and who may read it for closed ones too; acts do not wait for it.
//!
//! Also sweeps away what has ended. Invariant: only projections are late; authority and deadlines are always computed at the act.

use crate::{Fault, Office, zone_of};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;

/// Matters of which all are derived anew at once when the directory changes; of more the closed ones wait for the
/// next morning.
const AT_ONCE: u64 = 20_000;
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Rings when projections have to be derived anew.
#[derive(Clone, Default)]
pub(crate) struct Bell {
    rung: Arc<Notify>,
    waiting: Arc<AtomicBool>,
    /// The version of the directory under which closed matters were derived last; 0: it is not known.
    closed_under: Arc<AtomicU64>,
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
            let in_the_day = tokio::time::timeout(self.until_tomorrow(), bell.rung.notified()).await.is_ok();
            bell.waiting.store(false, Ordering::Relaxed);
            if let Err(fault) = self.derive_anew(in_the_day).await {
                tracing::error!(%fault, "matters could not be derived anew; trying again in a minute");
                tokio::time::sleep(Duration::from_secs(60)).await;
                bell.ring();
            }
        }
    }

    /// Derives open matters anew, and closed ones where the directory is another than when that was done last: who may
    /// read them can follow from it. `in_the_day`: closed matters wait for the morning where there are many.
    ///
    /// # Errors
    /// Only faults of the record; what was derived stays.
    pub async fn derive_anew(&self, in_the_day: bool) -> Result<(), Fault> {
        let directory = self.store().directory_version().await?;
        let known = &self.inner.refresh.closed_under;
        let closed_too = known.load(Ordering::Relaxed) != directory
            && (!in_the_day || self.store().matters_count().await? <= AT_ONCE);
        if !closed_too {
            return self.project_all_open().await;
        }
        self.project_everything().await?;
        known.store(directory, Ordering::Relaxed);
        Ok(())
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
