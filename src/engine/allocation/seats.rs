//! Fills seats one by one, each by the cheapest chain of moves that ends at a person without a seat.
//!
//! For the side of a problem where seats are scarce. A seat that no chain can fill closes off the vacancies its search saw:
//! nobody in them could be replaced from outside, so that no plan fills more of their seats.

use std::ops::ControlFlow;

use super::column::{Column, NONE, Queue};
use super::problem::{Problem, at};
use super::rows::{Entry, Rows};

/// Longer than any way.
pub(super) const FAR: i64 = i64::MAX;

/// The state of the search: who sits where, and what a seat of each vacancy is worth to its vacancy.
///
/// The price of a person is what their edge scores less the worth of their seat, and zero while they have none. No edge
/// scores more than worth and price together, and an edge that is taken scores exactly that.
#[derive(Debug)]
pub(super) struct Seats<E> {
    rows: Rows<E>,
    /// The vacancy of each person.
    pub(super) owner: Column<u32>,
    score: Column<u16>,
    /// The worth of a seat of each vacancy.
    pub(super) worth: Column<i64>,
    /// The vacancies that no chain can fill.
    pub(super) closed: Column<bool>,
    filled: Column<u32>,
    free_from: Column<u32>,
    length: Column<i64>,
    before: Column<(u32, u32)>,
    queue: Queue<i64>,
    touched: Vec<u32>,
    popped: Vec<u32>,
    /// Steps taken, for the one who watches.
    pub(super) steps: u64,
    /// Whether it stopped for having taken more steps than it was allowed.
    pub(super) gave_up: bool,
}

impl<E: Entry> Seats<E> {
    pub(super) fn new(problem: &Problem, rows: Rows<E>) -> Self {
        let vacancies = problem.vacancies().len();
        let people = at(problem.people());
        Self {
            rows,
            owner: Column::of(people, NONE),
            score: Column::of(people, 0),
            worth: Column::of(vacancies, 0),
            closed: Column::of(vacancies, false),
            filled: Column::of(vacancies, 0),
            free_from: Column::of(vacancies, 0),
            length: Column::of(vacancies, FAR),
            before: Column::of(vacancies, (NONE, NONE)),
            queue: Queue::default(),
            touched: Vec::new(),
            popped: Vec::new(),
            steps: 0,
            gave_up: false,
        }
    }

    /// Fills the seats of the vacancies, in no more than about `most` steps; `told` hears of each seat and may break off.
    pub(super) fn fill(
        &mut self,
        seats: impl Iterator<Item = (u32, u32)> + Clone,
        most: u64,
        mut told: impl FnMut(u64) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        for (vacancy, count) in seats.clone() {
            self.rows.sort_more(vacancy, count + 16);
            let best = self.rows.sorted(vacancy).first().map_or(0, |entry| entry.score());
            self.worth.set(vacancy, i64::from(best));
        }
        // Whoever is a vacancy's best and free goes there first: a chain of such people would else be walked anew for every seat.
        for (vacancy, count) in seats.clone() {
            while self.filled.get(vacancy) < count
                && let Some((person, score)) = self.first_free(vacancy)
                && i64::from(score) == self.worth.get(vacancy)
            {
                self.before.set(vacancy, (NONE, NONE));
                self.shift((vacancy, person, score));
                told(self.steps)?;
            }
        }
        for (vacancy, count) in seats {
            while self.filled.get(vacancy) < count {
                if self.closed.get(vacancy) || !self.search(vacancy) {
                    break;
                }
                told(self.steps)?;
                if self.steps > most {
                    self.gave_up = true;
                    return ControlFlow::Continue(());
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// The first person without a seat in the row of a vacancy, and their score.
    fn first_free(&mut self, vacancy: u32) -> Option<(u32, u16)> {
        let mut place = self.free_from.get(vacancy);
        let found = loop {
            let sorted = self.rows.sorted(vacancy).get(at(place)..).unwrap_or_default();
            if let Some((skipped, entry)) = (0..).zip(sorted).find(|(_, entry)| self.owner.get(entry.other()) == NONE) {
                place += skipped;
                break Some((entry.other(), entry.score()));
            }
            place += u32::try_from(sorted.len()).unwrap_or(0);
            if !self.rows.sort_more(vacancy, 16) {
                break None;
            }
        };
        self.free_from.set(vacancy, place);
        found
    }

    /// Fills one seat; false when no chain can.
    fn search(&mut self, source: u32) -> bool {
        let mut best = FAR;
        let mut end = (NONE, NONE, 0);
        self.queue.clear();
        self.popped.clear();
        self.touched.clear();
        self.length.set(source, 0);
        self.before.set(source, (NONE, NONE));
        self.touched.push(source);
        self.queue.push(0, source);
        while let Some((length, vacancy)) = self.queue.pop() {
            if length >= best {
                break;
            }
            if length > self.length.get(vacancy) {
                continue;
            }
            self.popped.push(vacancy);
            let reach = length + self.worth.get(vacancy);
            if let Some((person, score)) = self.first_free(vacancy)
                && reach - i64::from(score) < best
            {
                best = reach - i64::from(score);
                end = (vacancy, person, score);
            }
            if length >= best {
                break;
            }
            self.relax(vacancy, reach, best);
        }
        if best == FAR {
            for vacancy in &self.popped {
                self.closed.set(*vacancy, true);
            }
        } else {
            for vacancy in &self.popped {
                let less = (best - self.length.get(*vacancy)).max(0);
                self.worth.set(*vacancy, self.worth.get(*vacancy) - less);
            }
            self.shift(end);
        }
        for vacancy in &self.touched {
            self.length.set(*vacancy, FAR);
        }
        best != FAR
    }

    /// Looks from a vacancy at the people it could take over from others.
    fn relax(&mut self, vacancy: u32, reach: i64, best: i64) {
        let mut place = 0;
        loop {
            let sorted = self.rows.sorted(vacancy).get(place..).unwrap_or_default();
            for entry in sorted {
                let base = reach - i64::from(entry.score());
                if base >= best {
                    return;
                }
                self.steps += 1;
                let person = entry.other();
                let other = self.owner.get(person);
                if other == vacancy || other == NONE {
                    continue;
                }
                let length = base + i64::from(self.score.get(person)) - self.worth.get(other);
                let known = self.length.get(other);
                if length < best && length < known && !self.closed.get(other) {
                    if known == FAR {
                        self.touched.push(other);
                    }
                    self.length.set(other, length);
                    self.before.set(other, (person, vacancy));
                    self.queue.push(length, other);
                }
            }
            place += sorted.len();
            if !self.rows.sort_more(vacancy, 16) {
                return;
            }
        }
    }

    /// Moves everybody along the chain that ends with a person taking a seat.
    fn shift(&mut self, end: (u32, u32, u16)) {
        let (mut vacancy, mut person, mut score) = end;
        loop {
            self.owner.set(person, vacancy);
            self.score.set(person, score);
            let (mover, to) = self.before.get(vacancy);
            if to == NONE {
                self.filled.set(vacancy, self.filled.get(vacancy) + 1);
                return;
            }
            score = self.score_between(to, mover);
            (vacancy, person) = (to, mover);
        }
    }

    fn score_between(&self, vacancy: u32, person: u32) -> u16 {
        self.rows.sorted(vacancy).iter().find(|entry| entry.other() == person).map_or(0, |entry| entry.score())
    }
}
