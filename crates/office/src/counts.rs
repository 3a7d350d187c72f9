//! What runs, is late, was opened, closed and held, as the overview counts it.
//!
//! Invariant: of few matters the counts are those of this instant; of many they are at most a minute old, and say of
//! when they are. A reader is counted what could be read by the reader's roles of now, as matters stood then.

use crate::{Fault, Office, Reader};
use jiff::{Timestamp, civil::Date};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use store::{Tally, WholeTally};
use tokio::sync::Mutex;

/// Matters that are counted anew for everybody who asks; more take longer than a page should.
const COUNTED_ANEW: u64 = 15_000;
/// How long the counts of more than these are kept.
const KEPT: Duration = Duration::from_secs(60);

/// The counts of a reader.
#[derive(Clone, Debug)]
pub struct Overview {
    pub tally: Tally,
    /// The instant of which they are, where that is not this one.
    pub as_of: Option<Timestamp>,
}

/// The last counts of the whole record, if they were many.
pub(crate) struct KeptCounts {
    last: Mutex<Option<Kept>>,
    /// Of how many matters they are made anew for everybody who asks.
    anew: AtomicU64,
}

impl Default for KeptCounts {
    fn default() -> KeptCounts {
        KeptCounts { last: Mutex::default(), anew: AtomicU64::new(COUNTED_ANEW) }
    }
}

struct Kept {
    /// The day they are of, and the first and the last day that are told.
    of: [Date; 3],
    whole: Arc<WholeTally>,
    at: Timestamp,
    since: Instant,
}

impl Office {
    /// How much of what the person may read runs, is late, was opened, closed and held, by months.
    ///
    /// # Errors
    /// Only faults of the record.
    pub async fn tally(&self, reader: &Reader, first: Date, last: Date) -> Result<Overview, Fault> {
        let (whole, as_of) = self.whole([reader.today, first, last]).await?;
        let with = self.store().read_with(&reader.readership()).await?;
        Ok(Overview { tally: whole.of(&with), as_of })
    }

    /// Keeps counts of more than so many matters for a while, and makes those of fewer anew.
    pub fn count_anew_up_to(&self, matters: u64) {
        self.inner.counts.anew.store(matters, Ordering::Relaxed);
    }

    /// Who asks while it is being counted waits for that, and counts nothing again.
    async fn whole(&self, of: [Date; 3]) -> Result<(Arc<WholeTally>, Option<Timestamp>), Fault> {
        let mut kept = self.inner.counts.last.lock().await;
        if let Some(kept) = kept.as_ref().filter(|kept| kept.of == of && kept.since.elapsed() < KEPT) {
            return Ok((kept.whole.clone(), Some(kept.at)));
        }
        let [today, first, last] = of;
        let (since, at) = (Instant::now(), self.now());
        let whole = Arc::new(self.store().whole_tally(today, first, last).await?);
        let many = whole.matters() > self.inner.counts.anew.load(Ordering::Relaxed);
        *kept = many.then(|| Kept { of, whole: whole.clone(), at, since });
        Ok((whole, None))
    }
}
