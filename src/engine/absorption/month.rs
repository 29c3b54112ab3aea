//! Calendar months, and starts of work by month.
//!
//! An event's date is a day in the office's zone already; no zone is applied here a second time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::engine::absorption::claim::claims;
use crate::engine::absorption::event::{Act, OutcomeEvent};
use crate::engine::absorption::population::{Member, by_person, removed_people};
use crate::engine::id::PersonId;

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month a day lies in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year, self.month)
    }
}

/// Who started work in which month, as known at `known_at`: each person once a month, called-off and voided starts not at all.
#[must_use]
pub fn starts_by_month(members: &[Member], events: &[OutcomeEvent], known_at: Option<DateTime<Utc>>) -> BTreeMap<Month, Vec<PersonId>> {
    let removed = removed_people(members);
    let mut months: BTreeMap<Month, BTreeSet<PersonId>> = BTreeMap::new();
    for (person, own) in by_person(events) {
        if removed.contains(&person) {
            continue;
        }
        for claim in claims(own, known_at).iter().filter(|claim| !claim.never_was()) {
            for start in claim.words().filter(|event| event.act == Act::Started) {
                months.entry(Month::of(start.on)).or_default().insert(person);
            }
        }
    }
    months.into_iter().map(|(month, people)| (month, people.into_iter().collect())).collect()
}
