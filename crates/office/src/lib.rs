//! The only order of work: gather, decide, record, tell. The one write door and the one read gate.
//!
//! Knows neither HTTP nor SQL nor Cedar, and no kind, post or article by name.
//! Invariants: every act goes through [`Office::carry_out`]; whatever is shown of a matter was asked
//! of the same authority as an act; the clock is read once an act.

pub mod accounts;
mod begun;
mod carry_out;
mod clock;
mod consult;
mod counts;
pub mod fill;
mod foresee;
mod founding;
mod gather;
mod lists;
mod project;
mod publishing;
mod refresh;
pub mod roster;
mod seen;

pub use carry_out::{Answer, Submitted};
pub use clock::Clock;
pub use consult::{Consulted, MatterView, Opening};
pub use counts::Overview;
pub use foresee::{Assumed, Otherwise, Touched, Waiting};
pub use founding::NotFounded;
pub use gather::Gathered;
pub use lists::Reader;
pub use project::title;
pub use publishing::{Following, FollowingStanding, Publishing};
pub use store::{
    Counted, Desk, DeskCount, DeskRow, Fault, Lack, ListFilter, MatterRow, Order, Page, Published, Standing, Store,
    Tally, Turn, Valid,
};

use facts::{Calendar, Directory, Organisation};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use rules::engine::Edition;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

/// Organisations of days that are kept in memory.
const DAYS_KEPT: usize = 64;

/// The office: the record, the rulebook in force, the calendar, the clock. Cheap to clone.
#[derive(Clone)]
pub struct Office {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Clock,
    edition: RwLock<Arc<Edition>>,
    calendar: RwLock<Arc<Calendar>>,
    directory: Mutex<Known>,
    openings: Mutex<consult::KnownOpenings>,
    counts: counts::KeptCounts,
    refresh: refresh::Bell,
}

/// The directory as last read, with the organisations made of it.
#[derive(Default)]
struct Known {
    version: u64,
    directory: Arc<Directory>,
    days: BTreeMap<Date, Arc<Organisation>>,
    read: bool,
}

impl Office {
    /// An office over a record, under an edition that has been checked.
    pub fn new(store: Store, edition: Edition, calendar: Calendar, clock: Clock) -> Office {
        Office {
            inner: Arc::new(Inner {
                store,
                clock,
                edition: RwLock::new(Arc::new(edition)),
                calendar: RwLock::new(Arc::new(calendar)),
                directory: Mutex::default(),
                openings: Mutex::default(),
                counts: counts::KeptCounts::default(),
                refresh: refresh::Bell::default(),
            }),
        }
    }

    /// The record.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }
    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }
    /// The clock, for replays that move it.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }
    /// The edition in force.
    pub fn edition(&self) -> Arc<Edition> {
        self.inner.edition.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// The working-day calendar.
    pub fn calendar(&self) -> Arc<Calendar> {
        self.inner.calendar.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// Puts an edition in force that has been checked; open matters go on under it.
    pub fn put_in_force(&self, edition: Edition) {
        *self.inner.edition.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(edition);
        self.forget_organisations();
        self.inner.refresh.ring();
    }
    /// Takes a new calendar; every due date follows it.
    pub fn put_calendar(&self, calendar: Calendar) {
        *self.inner.calendar.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(calendar);
        self.inner.refresh.ring();
    }

    /// Today in the office's zone.
    pub fn today(&self) -> Date {
        self.day_of(self.now(), &self.edition())
    }

    pub(crate) fn day_of(&self, now: Timestamp, edition: &Edition) -> Date {
        zone_of(edition).to_datetime(now).date()
    }

    /// The office as it stands on a day, with the version of the directory it was made from.
    pub async fn organisation(&self, on: Date) -> Result<(u64, Arc<Organisation>), Fault> {
        let version = self.store().directory_version().await?;
        self.organisation_of(version, on).await
    }

    /// The office as it stands on a day by this version of the directory, or by a later one.
    pub(crate) async fn organisation_of(&self, version: u64, on: Date) -> Result<(u64, Arc<Organisation>), Fault> {
        if let Some(known) = self.known(version, on) {
            return Ok((version, known));
        }
        let directory = self.directory().await?;
        let organisation = Arc::new(directory.as_of(on, &self.edition().rulebook.standing));
        let mut known = self.inner.directory.lock().unwrap_or_else(PoisonError::into_inner);
        if known.days.len() >= DAYS_KEPT {
            known.days.clear();
        }
        known.days.insert(on, organisation.clone());
        Ok((known.version, organisation))
    }

    fn known(&self, version: u64, on: Date) -> Option<Arc<Organisation>> {
        let known = self.inner.directory.lock().unwrap_or_else(PoisonError::into_inner);
        (known.read && known.version == version).then(|| known.days.get(&on).cloned()).flatten()
    }

    fn forget_organisations(&self) {
        self.inner.directory.lock().unwrap_or_else(PoisonError::into_inner).days.clear();
    }

    /// Everything said of bodies, people and their relations.
    pub async fn directory(&self) -> Result<Arc<Directory>, Fault> {
        let version = self.store().directory_version().await?;
        {
            let known = self.inner.directory.lock().unwrap_or_else(PoisonError::into_inner);
            if known.read && known.version == version {
                return Ok(known.directory.clone());
            }
        }
        let (version, entries) = self.store().directory().await?;
        let directory = Arc::new(Directory::fold(entries));
        let mut known = self.inner.directory.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Known { version, directory: directory.clone(), days: BTreeMap::new(), read: true };
        Ok(directory)
    }
}

/// The zone in which the office's days begin and end.
fn zone_of(edition: &Edition) -> TimeZone {
    // The loader has checked its name.
    TimeZone::get(&edition.rulebook.zone).unwrap_or(TimeZone::UTC)
}
