//! Room for one question's sums, used again for the next.

use std::sync::{Mutex, PoisonError};

use crate::engine::resolve::index::{Id, place};

/// Arrays as long as a catalogue has rows, roots, trigrams and words. All is nothing between two questions.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// By row: what it has of the question's roots.
    pub(super) rows: Sums,
    /// By root: how much the question asks for it.
    pub(super) roots: Sums,
    /// By trigram: the same.
    pub(super) trigrams: Sums,
    /// By word: likeness with a word that is not known.
    pub(super) words: Sums,
}

/// Sums by number.
#[derive(Debug, Default)]
pub(super) struct Sums(Vec<f32>);

impl Sums {
    pub(super) fn new(length: usize) -> Self {
        Self(vec![0.0; length])
    }

    pub(super) fn all(&self) -> &[f32] {
        &self.0
    }

    pub(super) fn at(&self, id: Id) -> f32 {
        self.0.get(place(id)).copied().unwrap_or(0.0)
    }

    /// Adds each share of a list, weighed.
    pub(super) fn add(&mut self, weight: f32, list: &[(Id, f32)]) {
        for (id, share) in list {
            if let Some(sum) = self.0.get_mut(place(*id)) {
                *sum += weight * share;
            }
        }
    }

    /// Makes all nothing.
    pub(super) fn clear(&mut self) {
        self.0.fill(0.0);
    }

    /// Puts these in place.
    pub(super) fn put(&mut self, list: &[(Id, f32)]) {
        self.add(1.0, list);
    }

    /// Makes these nothing again.
    pub(super) fn forget(&mut self, list: &[(Id, f32)]) {
        for (id, _) in list {
            if let Some(sum) = self.0.get_mut(place(*id)) {
                *sum = 0.0;
            }
        }
    }
}

/// Scratches that wait for a question; there are as many as questions were ever asked at once.
#[derive(Debug, Default)]
pub(super) struct Pool(Mutex<Vec<Scratch>>);

impl Clone for Pool {
    /// A pool of its own, empty.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Pool {
    pub(super) fn take(&self) -> Option<Scratch> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    pub(super) fn give_back(&self, scratch: Scratch) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
    }
}
