//! What changed since a report was closed.
//!
//! A closed report is kept as lists and never recomputed; this only says who came and who left since.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::absorption::population::Group;
use crate::engine::absorption::rate::Report;
use crate::engine::absorption::share::count;
use crate::engine::absorption::tally::Figure;
use crate::engine::id::ParticipantId;

/// One number of a closed report with the list behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// The slice; `None` for the totals.
    pub group: Option<Group>,
    /// The number.
    pub figure: Figure,
    /// The list.
    pub people: Vec<ParticipantId>,
}

/// A number that reads otherwise than when the report was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The slice; `None` for the totals.
    pub group: Option<Group>,
    /// The number.
    pub figure: Figure,
    /// As it was closed.
    pub was: u32,
    /// As it reads now.
    pub is: u32,
    /// Who is on the list now and was not.
    pub came: Vec<ParticipantId>,
    /// Who was on it and is not now.
    pub left: Vec<ParticipantId>,
}

impl Revision {
    /// The change: `+1` for one more.
    #[must_use]
    pub fn change(&self) -> i64 {
        i64::from(self.is) - i64::from(self.was)
    }
}

/// Every number of a report with its list, to be kept when a period is closed.
#[must_use]
pub fn freeze(report: &Report) -> Vec<Frozen> {
    let figures = |group: &Option<Group>, figure: Figure, people: Vec<ParticipantId>| Frozen { group: group.clone(), figure, people };
    let items = report.items.iter().chain(std::iter::once(&report.totals));
    items.flat_map(|item| Figure::ALL.iter().map(move |figure| figures(&item.group, *figure, item.tally.people(*figure)))).collect()
}

/// The numbers whose lists differ, by slice (totals first) and figure. Somebody who came for somebody who left is a change too.
#[must_use]
pub fn compare(frozen: &[Frozen], now: &Report) -> Vec<Revision> {
    let (before, after) = (lists(frozen), freeze(now));
    let after = lists(&after);
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
    let none = BTreeSet::new();
    let line = |key: (Option<&Group>, Figure)| {
        let (was, is) = (before.get(&key).unwrap_or(&none), after.get(&key).unwrap_or(&none));
        let came: Vec<ParticipantId> = is.difference(was).copied().collect();
        let left: Vec<ParticipantId> = was.difference(is).copied().collect();
        let size = |people: &BTreeSet<ParticipantId>| count(&people.iter().collect::<Vec<_>>());
        let changed = !came.is_empty() || !left.is_empty();
        changed.then(|| Revision { group: key.0.cloned(), figure: key.1, was: size(was), is: size(is), came, left })
    };
    keys.into_iter().filter_map(line).collect()
}

fn lists(frozen: &[Frozen]) -> BTreeMap<(Option<&Group>, Figure), BTreeSet<ParticipantId>> {
    frozen.iter().map(|line| ((line.group.as_ref(), line.figure), line.people.iter().copied().collect())).collect()
}
