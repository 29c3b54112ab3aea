//! Edges gathered in rows, best score first, and sorted only as far as a search reads.
//!
//! Most searches end within the first few entries of a row, so that sorting whole rows would cost more than solving.

use super::column::{Column, NONE};
use super::problem::{MAX_SCORE, Problem, at};

/// An entry of a row: a score and the other end, in one number that sorts by score from the top, then by the other end.
pub(super) trait Entry: Copy + Ord + Default {
    /// Packs both.
    fn pack(score: u16, other: u32) -> Self;
    /// The score.
    fn score(self) -> u16;
    /// The other end.
    fn other(self) -> u32;
}

/// Bits of the other end in a narrow entry; the 14 above hold the score.
const NARROW: u32 = 18;

/// Whether numbers below `count` fit a narrow entry.
pub(super) fn is_narrow(count: usize) -> bool {
    count <= 1 << NARROW
}

impl Entry for u32 {
    #[inline]
    fn pack(score: u16, other: u32) -> Self {
        (Self::from(MAX_SCORE - score.min(MAX_SCORE)) << NARROW) | other
    }

    #[inline]
    fn score(self) -> u16 {
        MAX_SCORE - u16::try_from(self >> NARROW).unwrap_or(MAX_SCORE).min(MAX_SCORE)
    }

    #[inline]
    fn other(self) -> u32 {
        self & ((1 << NARROW) - 1)
    }
}

impl Entry for u64 {
    #[inline]
    fn pack(score: u16, other: u32) -> Self {
        (Self::from(MAX_SCORE - score.min(MAX_SCORE)) << 32) | Self::from(other)
    }

    #[inline]
    fn score(self) -> u16 {
        MAX_SCORE - u16::try_from(self >> 32).unwrap_or(MAX_SCORE).min(MAX_SCORE)
    }

    #[inline]
    fn other(self) -> u32 {
        u32::try_from(self & 0xffff_ffff).unwrap_or(NONE)
    }
}

/// Rows of entries.
#[derive(Debug)]
pub(super) struct Rows<E> {
    first: Column<u32>,
    sorted: Column<u32>,
    entries: Vec<E>,
}

impl<E: Entry> Rows<E> {
    /// The edges of the vacancies that `vacancy_in` names to people that `person_in` names, in a row a vacancy.
    pub(super) fn by_vacancy(problem: &Problem, person_in: impl Fn(u32) -> bool, vacancy_in: impl Fn(u32) -> bool) -> Self {
        let count = problem.vacancies().len();
        let mut first = Column::of(count + 1, 0_u32);
        for person in (0..problem.people()).filter(|person| person_in(*person)) {
            for vacancy in problem.to().get(problem.edges_of(person)).unwrap_or_default() {
                first.set(*vacancy, first.get(*vacancy) + 1);
            }
        }
        let mut sum = 0;
        for vacancy in 0..=u32::try_from(count).unwrap_or(NONE) {
            let own = if vacancy_in(vacancy) { first.get(vacancy) } else { 0 };
            first.set(vacancy, sum);
            sum += own;
        }
        let mut next = first.clone();
        let mut entries = vec![E::default(); at(sum)];
        for person in (0..problem.people()).filter(|person| person_in(*person)) {
            let own = problem.edges_of(person);
            let scores = problem.scores().get(own.clone()).unwrap_or_default();
            for (vacancy, score) in problem.to().get(own).unwrap_or_default().iter().zip(scores) {
                if vacancy_in(*vacancy) {
                    let place = next.get(*vacancy);
                    if let Some(entry) = entries.get_mut(at(place)) {
                        *entry = E::pack(*score, person);
                    }
                    next.set(*vacancy, place + 1);
                }
            }
        }
        Self { first, sorted: Column::of(count, 0), entries }
    }

    /// The edges of the people that `person_in` names to vacancies that `vacancy_in` names, in a row a person; `last` is a
    /// further vacancy that each of them may take with score 0.
    pub(super) fn by_person(
        problem: &Problem,
        person_in: impl Fn(u32) -> bool,
        vacancy_in: impl Fn(u32) -> bool,
        last: Option<u32>,
    ) -> Self {
        let mut first = Vec::with_capacity(at(problem.people()) + 1);
        let mut entries = Vec::with_capacity(problem.edges());
        first.push(0);
        for person in 0..problem.people() {
            if person_in(person) {
                let own = problem.edges_of(person);
                let scores = problem.scores().get(own.clone()).unwrap_or_default();
                let ends = problem.to().get(own).unwrap_or_default().iter().zip(scores);
                entries.extend(ends.filter(|(vacancy, _)| vacancy_in(**vacancy)).map(|(vacancy, score)| E::pack(*score, *vacancy)));
                entries.extend(last.map(|last| E::pack(0, last)));
            }
            first.push(u32::try_from(entries.len()).unwrap_or(NONE));
        }
        Self { first: first.into(), sorted: Column::of(at(problem.people()), 0), entries }
    }

    /// A whole row, sorted as far as it is.
    #[inline]
    pub(super) fn row(&self, row: u32) -> &[E] {
        self.entries.get(at(self.first.get(row))..at(self.first.get(row + 1))).unwrap_or_default()
    }

    /// What is sorted of a row.
    #[inline]
    pub(super) fn sorted(&self, row: u32) -> &[E] {
        let first = at(self.first.get(row));
        self.entries.get(first..first + at(self.sorted.get(row))).unwrap_or_default()
    }

    /// Makes every score 0, for whom only who may sit where counts.
    pub(super) fn without_scores(mut self) -> Self {
        self.entries.iter_mut().for_each(|entry| *entry = E::pack(0, entry.other()));
        self
    }

    /// Sorts at least `more` further entries of a row; false where there are none.
    pub(super) fn sort_more(&mut self, row: u32, more: u32) -> bool {
        let (first, last, sorted) = (self.first.get(row), self.first.get(row + 1), self.sorted.get(row));
        let rest = self.entries.get_mut(at(first + sorted)..at(last)).unwrap_or_default();
        if rest.is_empty() {
            return false;
        }
        let take = at(more.max(sorted).max(8));
        let take = if rest.len() > take + take / 2 {
            rest.select_nth_unstable(take);
            take
        } else {
            rest.len()
        };
        rest.get_mut(..take).unwrap_or_default().sort_unstable();
        self.sorted.set(row, sorted + u32::try_from(take).unwrap_or(NONE));
        true
    }
}
