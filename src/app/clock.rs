//! The only clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::engine::day::Zone;

/// Tells the time: the machine's, or one that a test sets.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    Machine,
    /// A clock that stands still until it is moved; holds milliseconds since 1970.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock standing at a moment.
    #[must_use]
    pub fn standing_at(moment: DateTime<Utc>) -> Self {
        Self::Set(Arc::new(AtomicI64::new(moment.timestamp_millis())))
    }

    /// The present instant.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::Machine => Utc::now(),
            Self::Set(millis) => DateTime::from_timestamp_millis(millis.load(Ordering::SeqCst)).unwrap_or_default(),
        }
    }

    /// Today in a zone.
    #[must_use]
    pub fn today(&self, zone: Zone) -> NaiveDate {
        zone.day_of(self.now())
    }

    /// Moves a set clock on; the machine's clock does not move.
    pub fn advance(&self, by: Duration) {
        if let Self::Set(millis) = self {
            millis.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }
}
