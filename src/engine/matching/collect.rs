//! Keeps the best of a stream without keeping the stream, and counts all of it.
//!
//! The result does not depend on the order in which items come, so that scans may run side by side.

use crate::engine::matching::page::Key;
use std::cmp::Ordering;

/// Somebody who belongs on a list, and where they lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// Required units that are missing; the list begins with the fewest.
    pub(super) missing: usize,
    /// The place in the order.
    pub(super) key: Key,
    /// The layer of the index.
    pub(super) layer: usize,
    /// The slot of its segment.
    pub(super) slot: u32,
}

impl Found {
    fn order(&self) -> (usize, Key) {
        (self.missing, self.key)
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Found {}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Found {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

/// Room for so many is taken at once.
const FEW: usize = 64;

/// The first `limit` items after a position, and how many there were at all.
#[derive(Debug)]
pub(super) struct Collector {
    limit: usize,
    after: Option<Key>,
    count: usize,
    /// How many of those offered stand behind the position.
    beyond: usize,
    /// Whether anybody was passed over as too low to be kept.
    passed_over: bool,
    kept: Vec<Found>,
    worst: Option<Found>,
}

impl Collector {
    pub(super) fn new(limit: usize, after: Option<Key>) -> Self {
        Self { limit, after, count: 0, beyond: 0, passed_over: false, kept: Vec::with_capacity(limit.min(FEW)), worst: None }
    }

    /// An empty one of the same limit and position.
    pub(super) fn like(&self) -> Self {
        Self::new(self.limit, self.after)
    }

    /// Whether only the count matters.
    pub(super) fn only_counts(&self) -> bool {
        self.limit == 0
    }

    /// After so many offers the worst of those kept is known for the first time.
    pub(super) fn first_cut(&self) -> usize {
        self.limit.saturating_add(self.limit / 2).saturating_add(16)
    }

    /// Whether everybody is kept.
    pub(super) fn keeps_all(&self) -> bool {
        self.limit == usize::MAX
    }

    /// The last place that would still be kept, once there are enough: whoever stands behind it need not be offered.
    pub(super) fn worst(&self) -> Option<Key> {
        self.worst.map(|worst| worst.key)
    }

    /// Counts somebody, or several.
    pub(super) fn count(&mut self, more: usize) {
        self.count += more;
    }

    /// Says that somebody was counted who stands behind the worst kept.
    pub(super) fn pass_over(&mut self) {
        self.passed_over = true;
    }

    /// Takes somebody who was counted.
    pub(super) fn offer(&mut self, found: Found) {
        if self.after.is_some_and(|after| found.key <= after) {
            return;
        }
        self.beyond += 1;
        if self.worst.is_some_and(|worst| found > worst) {
            return;
        }
        self.kept.push(found);
        if self.kept.len() >= self.first_cut() {
            self.cut();
        }
    }

    /// Adds what another collector of the same limit and position saw.
    pub(super) fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.beyond += other.beyond;
        self.passed_over |= other.passed_over;
        self.kept.extend(other.kept);
        self.cut();
    }

    /// The items in order, the count of all, and whether more follow.
    pub(super) fn finish(mut self) -> (Vec<Found>, usize, bool) {
        self.cut();
        self.kept.sort_unstable();
        let more = self.passed_over || self.beyond > self.kept.len();
        (self.kept, self.count, more)
    }

    fn cut(&mut self) {
        if self.kept.len() < self.limit || self.kept.is_empty() {
            return;
        }
        if let Some(last) = self.limit.checked_sub(1) {
            let (_, worst, _) = self.kept.select_nth_unstable(last);
            self.worst = Some(*worst);
        }
        self.kept.truncate(self.limit);
    }
}
