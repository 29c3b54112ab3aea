//! One dated outcome event, and which events still stand.
//!
//! Events are only ever added. A correction is an event too: it names what it retracts, and both stay readable.

use chrono::{DateTime, NaiveDate, Utc};
use rustc_hash::FxHashSet;

use crate::coded_enum;
use crate::engine::id::{AccountId, CommitmentId, EmployerId, GraduateId, OutcomeId, PersonId, PlacementId};
use crate::engine::kinds::{Contract, EvidenceLevel, OutcomeKind, OutcomeSource};

coded_enum! {
    /// What an event says.
    ///
    /// An acceptance is no event: a seat taken is a state of the placement, and nothing has happened to the person yet.
    pub enum Act {
        /// A status was told: it held on the event's date.
        Reported = "reported",
        /// Work began on the event's date.
        Started = "started",
        /// Work ended; at the end of that day the person is no longer there.
        Ended = "ended",
        /// A planned placement was called off before it began.
        Cancelled = "cancelled",
        /// The person did not come on the first day.
        NoShow = "no_show",
        /// One side says that it is so, on the event's date.
        Confirmed = "confirmed",
        /// One side says that it is not so.
        Disputed = "disputed",
        /// An officer who did not record it has checked it.
        Verified = "verified",
        /// The placement was a mistake, or its acceptance was undone: it never was.
        Voided = "voided",
        /// The event named in `about` is taken back.
        Retracted = "retracted",
    }
}

impl Act {
    /// Whether it can open a claim: only these say what the person does and since when.
    #[must_use]
    pub fn opens(self) -> bool {
        matches!(self, Self::Started | Self::Reported)
    }

    /// Whether it is evidence that the claim held on the event's date.
    ///
    /// An end is: until then the person was there.
    #[must_use]
    pub fn attests(self) -> bool {
        matches!(self, Self::Started | Self::Reported | Self::Confirmed | Self::Verified | Self::Ended)
    }

    /// Whether it speaks about another event, and falls when that one is retracted.
    #[must_use]
    pub fn speaks_about_another(self) -> bool {
        matches!(self, Self::Confirmed | Self::Disputed | Self::Verified)
    }

    /// Whether it makes the placement one that never began.
    #[must_use]
    pub fn annuls(self) -> bool {
        matches!(self, Self::Cancelled | Self::NoShow | Self::Voided)
    }
}

/// One dated event in the life of a person after a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeEvent {
    /// Its id; ids of one source grow with time and break ties.
    pub id: OutcomeId,
    /// Whose.
    pub person: PersonId,
    /// The office's record of the person under which it was noted.
    pub graduate: GraduateId,
    /// The status it speaks of; a confirmation carries the kind it confirms.
    pub kind: OutcomeKind,
    /// What it says.
    pub act: Act,
    /// The placement it belongs to, where there is one.
    pub placement: Option<PlacementId>,
    /// Where the person works, where the firm is known to us.
    pub employer: Option<EmployerId>,
    /// How the person is employed.
    pub contract: Option<Contract>,
    /// The day it speaks of, in the office's zone; not the day it was told.
    pub on: NaiveDate,
    /// When it was written down: what was known when depends on it alone.
    pub recorded_at: DateTime<Utc>,
    /// Whose word it is.
    pub source: OutcomeSource,
    /// What proof came with this event by itself.
    pub evidence: EvidenceLevel,
    /// Who wrote it down; `None` when it came by the graduate's own link.
    pub recorded_by: Option<AccountId>,
    /// The officer who checked it, for a verification.
    pub verified_by: Option<AccountId>,
    /// The event it confirms, disputes, verifies or retracts.
    pub about: Option<OutcomeId>,
    /// The promise under which the seat was opened.
    pub commitment: Option<CommitmentId>,
}

/// The order of events: event date, then time of record, then id.
pub type Order = (NaiveDate, DateTime<Utc>, OutcomeId);

impl OutcomeEvent {
    /// Where it stands among a person's events.
    #[must_use]
    pub fn order(&self) -> Order {
        (self.on, self.recorded_at, self.id)
    }
}

/// The events that were known at `known_at` (all of them where `None`) and had not been retracted by then, in order.
///
/// A retraction acts whatever its event date, because it corrects what was known, not what happened.
/// A retraction can itself be retracted, which brings its target back.
#[must_use]
pub fn in_force<'e>(events: impl IntoIterator<Item = &'e OutcomeEvent>, known_at: Option<DateTime<Utc>>) -> Vec<&'e OutcomeEvent> {
    let mut known: Vec<&OutcomeEvent> = events.into_iter().filter(|event| known_at.is_none_or(|at| event.recorded_at <= at)).collect();
    let retracted = retracted(&known);
    known.retain(|event| event.act != Act::Retracted && !retracted.contains(&event.id));
    known.sort_by_key(|event| event.order());
    known
}

fn retracted(known: &[&OutcomeEvent]) -> FxHashSet<OutcomeId> {
    let mut retractions: Vec<&OutcomeEvent> = known.iter().copied().filter(|event| event.act == Act::Retracted).collect();
    // Latest record first: whether a retraction still stands is settled before its own target is.
    retractions.sort_by_key(|event| std::cmp::Reverse((event.recorded_at, event.id)));
    let mut fallen = FxHashSet::default();
    for retraction in retractions {
        if let Some(target) = retraction.about.filter(|_| !fallen.contains(&retraction.id)) {
            fallen.insert(target);
        }
    }
    fallen
}
