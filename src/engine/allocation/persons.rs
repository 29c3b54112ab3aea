//! Places people one by one, each by the cheapest chain of moves that ends at a free seat.
//!
//! For the side of a problem where people are scarce. A person whom no chain can place closes off the vacancies the search
//! saw: all their seats are taken by people who could sit nowhere else.

use std::ops::ControlFlow;

use super::column::{Column, NONE, Queue};
use super::problem::at;
use super::rows::{Entry, Rows};
use super::seats::FAR;

/// The state of the search: who sits where, and the price of a seat of each vacancy.
///
/// The worth of a person's place to them is what their edge scores less the price of the seat. No edge scores more than
/// worth and price together, an edge that is taken scores exactly that, and free seats cost nothing.
#[derive(Debug)]
pub(super) struct Persons<E> {
    rows: Rows<E>,
    /// The vacancy of each person.
    pub(super) owner: Column<u32>,
    score: Column<u16>,
    /// The price of a seat of each vacancy.
    pub(super) price: Column<i64>,
    /// The vacancies that are full of people who could sit nowhere else.
    pub(super) closed: Column<bool>,
    filled: Column<u32>,
    capacity: Column<u32>,
    first_sitter: Column<u32>,
    sitters: Column<u32>,
    seat: Column<u32>,
    length: Column<i64>,
    before: Column<(u32, u16)>,
    queue: Queue<i64>,
    touched: Vec<u32>,
    popped: Vec<u32>,
    /// Steps taken, for the one who watches.
    pub(super) steps: u64,
}

/// The best end that a search has seen.
#[derive(Debug, Clone, Copy)]
struct End {
    length: i64,
    vacancy: u32,
    person: u32,
    score: u16,
}

impl<E: Entry> Persons<E> {
    /// Nobody placed; `capacity` gives the seats of each vacancy, no more than could ever be filled.
    pub(super) fn new(people: usize, rows: Rows<E>, capacity: Vec<u32>) -> Self {
        let vacancies = capacity.len();
        let mut sum = 0_u32;
        let begin = |seats: &u32| {
            let begin = sum;
            sum = sum.saturating_add(*seats);
            begin
        };
        let first_sitter: Vec<u32> = capacity.iter().map(begin).collect();
        Self {
            rows,
            owner: Column::of(people, NONE),
            score: Column::of(people, 0),
            price: Column::of(vacancies, 0),
            closed: Column::of(vacancies, false),
            filled: Column::of(vacancies, 0),
            capacity: capacity.into(),
            first_sitter: first_sitter.into(),
            sitters: Column::of(at(sum), NONE),
            seat: Column::of(people, 0),
            length: Column::of(vacancies, FAR),
            before: Column::of(vacancies, (NONE, 0)),
            queue: Queue::default(),
            touched: Vec::new(),
            popped: Vec::new(),
            steps: 0,
        }
    }

    /// Takes over prices and the people that are seated under them, to whom nothing may be worth more. Where prices stand
    /// at free seats, they hold only if every seat is filled in the end.
    pub(super) fn begin_with(&mut self, price: Column<i64>, seated: &Column<(u32, u16)>) {
        self.price = price;
        for (person, (vacancy, score)) in (0..).zip(seated.values().iter().copied()).filter(|(_, (vacancy, _))| *vacancy != NONE) {
            let filled = self.filled.get(vacancy);
            let seat = self.first_sitter.get(vacancy) + filled;
            self.owner.set(person, vacancy);
            self.score.set(person, score);
            self.seat.set(person, seat);
            self.sitters.set(seat, person);
            self.filled.set(vacancy, filled + 1);
        }
    }

    /// What a person gets from their place: what it scores less its price.
    pub(super) fn worth(&self, person: u32) -> i64 {
        i64::from(self.score.get(person)) - self.price.get(self.owner.get(person))
    }

    /// Places the people; `told` hears of the steps taken and may break off.
    pub(super) fn place(&mut self, people: impl Iterator<Item = u32>, mut told: impl FnMut(u64) -> ControlFlow<()>) -> ControlFlow<()> {
        for person in people {
            self.search(person);
            told(self.steps)?;
        }
        ControlFlow::Continue(())
    }

    /// Places one person; false when no chain can.
    fn search(&mut self, source: u32) -> bool {
        let mut end = End { length: FAR, vacancy: NONE, person: NONE, score: 0 };
        self.queue.clear();
        self.popped.clear();
        self.touched.clear();
        self.relax(source, 0, &mut end);
        while let Some((length, vacancy)) = self.queue.pop() {
            if length >= end.length {
                break;
            }
            if length > self.length.get(vacancy) {
                continue;
            }
            self.popped.push(vacancy);
            let (price, first) = (self.price.get(vacancy), self.first_sitter.get(vacancy));
            for seat in first..first + self.filled.get(vacancy) {
                let sitter = self.sitters.get(seat);
                let reach = length + i64::from(self.score.get(sitter)) - price;
                self.relax(sitter, reach, &mut end);
            }
        }
        if end.length == FAR {
            for vacancy in &self.popped {
                self.closed.set(*vacancy, true);
            }
        } else {
            for vacancy in &self.popped {
                let more = (end.length - self.length.get(*vacancy)).max(0);
                self.price.set(*vacancy, self.price.get(*vacancy) + more);
            }
            self.shift(end);
        }
        for vacancy in &self.touched {
            self.length.set(*vacancy, FAR);
        }
        end.length != FAR
    }

    /// Looks from a person at the seats they could take.
    fn relax(&mut self, person: u32, reach: i64, end: &mut End) {
        let mut place = 0;
        loop {
            let sorted = self.rows.sorted(person).get(place..).unwrap_or_default();
            for entry in sorted {
                let base = reach - i64::from(entry.score());
                if base >= end.length {
                    return;
                }
                self.steps += 1;
                let vacancy = entry.other();
                let length = base + self.price.get(vacancy);
                let known = self.length.get(vacancy);
                if length >= end.length || length >= known || self.closed.get(vacancy) {
                    continue;
                }
                if self.filled.get(vacancy) < self.capacity.get(vacancy) {
                    *end = End { length, vacancy, person, score: entry.score() };
                    continue;
                }
                if known == FAR {
                    self.touched.push(vacancy);
                }
                self.length.set(vacancy, length);
                self.before.set(vacancy, (person, entry.score()));
                self.queue.push(length, vacancy);
            }
            place += sorted.len();
            if !self.rows.sort_more(person, 8) {
                return;
            }
        }
    }

    /// Moves everybody along the chain that ends at a free seat.
    fn shift(&mut self, end: End) {
        let filled = self.filled.get(end.vacancy);
        self.filled.set(end.vacancy, filled + 1);
        let mut seat = self.first_sitter.get(end.vacancy) + filled;
        let (mut vacancy, mut person, mut score) = (end.vacancy, end.person, end.score);
        loop {
            let (old, old_seat) = (self.owner.get(person), self.seat.get(person));
            self.owner.set(person, vacancy);
            self.score.set(person, score);
            self.seat.set(person, seat);
            self.sitters.set(seat, person);
            if old == NONE {
                return;
            }
            (vacancy, seat) = (old, old_seat);
            (person, score) = self.before.get(old);
        }
    }
}
