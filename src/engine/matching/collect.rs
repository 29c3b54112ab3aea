//! Keeps the best of a stream without keeping the stream, and counts all of it.
//!
//! The result does not depend on the order in which items come, so that scans may run side by side.

/// The first `limit` items after a position, and how many there were at all.
#[derive(Debug)]
pub(super) struct Collector<K> {
    limit: usize,
    after: Option<K>,
    count: usize,
    beyond: usize,
    kept: Vec<K>,
    worst: Option<K>,
}

impl<K: Ord + Copy> Collector<K> {
    pub(super) fn new(limit: usize, after: Option<K>) -> Self {
        Self { limit, after, count: 0, beyond: 0, kept: Vec::new(), worst: None }
    }

    pub(super) fn push(&mut self, key: K) {
        self.count += 1;
        if self.after.is_some_and(|after| key <= after) {
            return;
        }
        self.beyond += 1;
        if self.worst.is_some_and(|worst| key > worst) {
            return;
        }
        self.kept.push(key);
        if self.kept.len() > self.limit.saturating_mul(2).saturating_add(64) {
            self.cut();
        }
    }

    /// Adds what another collector of the same limit and position saw.
    pub(super) fn merge(mut self, other: Self) -> Self {
        self.count += other.count;
        self.beyond += other.beyond;
        self.kept.extend(other.kept);
        self.cut();
        self
    }

    /// The items in order, the count of all, and whether more follow.
    pub(super) fn finish(mut self) -> (Vec<K>, usize, bool) {
        self.cut();
        self.kept.sort_unstable();
        let more = self.beyond > self.kept.len();
        (self.kept, self.count, more)
    }

    fn cut(&mut self) {
        if self.kept.len() <= self.limit {
            return;
        }
        if let Some(last) = self.limit.checked_sub(1) {
            let (_, worst, _) = self.kept.select_nth_unstable(last);
            self.worst = Some(*worst);
        }
        self.kept.truncate(self.limit);
    }
}
