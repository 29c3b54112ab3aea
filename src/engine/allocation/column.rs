//! Lists that are read by 32-bit numbers, and the lowest-first queue of the searches.
//!
//! Every number that a search reads with was checked when the problem was stated, so a number outside can only come of a
//! mistake here; it reads the default and the certificate fails, rather than a server.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::problem::at;

/// No number: a person without a seat, a node without a way to it.
pub(super) const NONE: u32 = u32::MAX;

/// A list read by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Column<T>(Vec<T>);

impl<T: Copy + Default> Column<T> {
    /// A list of one value.
    pub(super) fn of(count: usize, value: T) -> Self {
        Self(vec![value; count])
    }

    /// The value at a number.
    #[inline]
    pub(super) fn get(&self, number: u32) -> T {
        self.0.get(at(number)).copied().unwrap_or_default()
    }

    /// Sets the value at a number.
    #[inline]
    pub(super) fn set(&mut self, number: u32, value: T) {
        if let Some(place) = self.0.get_mut(at(number)) {
            *place = value;
        }
    }

    /// The values, by number.
    pub(super) fn values(&self) -> &[T] {
        &self.0
    }

    /// The values, by number.
    pub(super) fn into_values(self) -> Vec<T> {
        self.0
    }
}

impl<T: Copy + Default> From<Vec<T>> for Column<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

/// Nodes by the length of the way to them, shortest first; equal lengths by number, so that a search has one outcome.
#[derive(Debug, Default)]
pub(super) struct Queue<L: Ord>(BinaryHeap<Reverse<(L, u32)>>);

impl<L: Ord> Queue<L> {
    /// Adds a node.
    #[inline]
    pub(super) fn push(&mut self, length: L, node: u32) {
        self.0.push(Reverse((length, node)));
    }

    /// Takes the nearest node.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<(L, u32)> {
        self.0.pop().map(|Reverse(nearest)| nearest)
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
