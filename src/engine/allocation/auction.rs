//! An auction that prices seats well where both sides are nearly equal, before the shortest chains finish the plan.
//!
//! Each person without a seat bids for the seat that is worth most to them, as far above its price as the next best lets
//! them go, and a step more; whoever bid least makes way. Large steps find the order of prices, smaller ones their size, and
//! bids without a step leave people only where nothing is worth more to them, as the chains want it. Bids are limited in
//! number, so that prices which rise slowly cannot hold up the plan: what is open then is left to the chains.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::ops::ControlFlow;

use super::column::{Column, NONE};
use super::problem::{MAX_SCORE, at};
use super::rows::{Entry, Rows};

/// The first step is this part of the highest score, and each following step this part of the one before.
const FIRST: i64 = 10;
const FINER: i64 = 5;

/// Bids a person and round, at most: with a step, and in the last round without.
const BIDS: u64 = 24;
const LAST_BIDS: u64 = 3;

/// What the auction found: prices, and who sits where. Nothing is worth more to anybody than where they sit.
#[derive(Debug)]
pub(super) struct Sold {
    /// The price of a seat of each vacancy.
    pub(super) price: Column<i64>,
    /// The vacancy and score of each person.
    pub(super) owner: Column<(u32, u16)>,
}

#[derive(Debug)]
struct Auction<'r, E> {
    rows: &'r Rows<E>,
    capacity: &'r [u32],
    price: Column<i64>,
    owner: Column<(u32, u16)>,
    /// The bids for the seats of each vacancy.
    bids: Vec<BinaryHeap<Reverse<(i64, u32)>>>,
    open: VecDeque<u32>,
    /// More than any bid needs to go above a price.
    most: i64,
}

/// The best seat for a person.
struct Choice {
    vacancy: u32,
    score: u16,
    value: i64,
    next: i64,
}

/// Holds the auction among `people`, who must be able to take all seats of `capacity` together.
pub(super) fn auction<E: Entry>(
    rows: &Rows<E>,
    capacity: &[u32],
    people: &[u32],
    all: usize,
    mut told: impl FnMut() -> ControlFlow<()>,
) -> ControlFlow<(), Sold> {
    let mut auction = Auction {
        rows,
        capacity,
        price: Column::of(capacity.len(), 0),
        owner: Column::of(all, (NONE, 0)),
        bids: capacity.iter().map(|_| BinaryHeap::new()).collect(),
        open: VecDeque::new(),
        most: i64::from(MAX_SCORE) * i64::try_from(all + 1).unwrap_or(1 << 32),
    };
    let count = u64::try_from(people.len()).unwrap_or(0);
    let highest = people.iter().flat_map(|person| rows.row(*person)).map(|entry| entry.score()).max().unwrap_or(0);
    let mut step = (i64::from(highest) / FIRST).max(1);
    loop {
        auction.open(people, step);
        auction.round(step, count * if step > 0 { BIDS } else { LAST_BIDS });
        told()?;
        step = match step {
            0 => break,
            1 => 0,
            _ => (step / FINER).max(1),
        };
    }
    ControlFlow::Continue(Sold { price: auction.price, owner: auction.owner })
}

impl<E: Entry> Auction<'_, E> {
    /// Begins a round: who sits as well as the new step asks stays at the price, all others bid.
    fn open(&mut self, people: &[u32], step: i64) {
        self.open.clear();
        self.bids.iter_mut().for_each(BinaryHeap::clear);
        for person in people.iter().copied() {
            let (vacancy, score) = self.owner.get(person);
            let price = self.price.get(vacancy);
            let stays = vacancy != NONE && self.choice(person).is_some_and(|choice| i64::from(score) - price >= choice.value - step);
            match self.bids.get_mut(at(vacancy)) {
                Some(bids) if stays => bids.push(Reverse((price, person))),
                _ => {
                    self.owner.set(person, (NONE, 0));
                    self.open.push_back(person);
                }
            }
        }
    }

    fn round(&mut self, step: i64, most: u64) {
        for _ in 0..most {
            let Some(person) = self.open.pop_front() else { return };
            let Some(choice) = self.choice(person) else { continue };
            let bid = i64::from(choice.score) - choice.next.max(choice.value - self.most) + step;
            let capacity = at(self.capacity.get(at(choice.vacancy)).copied().unwrap_or(0));
            let Some(bids) = self.bids.get_mut(at(choice.vacancy)) else { continue };
            bids.push(Reverse((bid, person)));
            self.owner.set(person, (choice.vacancy, choice.score));
            if bids.len() > capacity
                && let Some(Reverse((_, loser))) = bids.pop()
            {
                self.owner.set(loser, (NONE, 0));
                self.open.push_back(loser);
            }
            if bids.len() >= capacity
                && let Some(Reverse((least, _))) = bids.peek()
            {
                self.price.set(choice.vacancy, *least);
            }
        }
    }

    fn choice(&self, person: u32) -> Option<Choice> {
        let mut best: Option<Choice> = None;
        for entry in self.rows.row(person) {
            let (vacancy, score) = (entry.other(), entry.score());
            let value = i64::from(score) - self.price.get(vacancy);
            match &mut best {
                None => best = Some(Choice { vacancy, score, value, next: i64::MIN / 2 }),
                Some(choice) if value > choice.value => *choice = Choice { vacancy, score, value, next: choice.value },
                Some(choice) => choice.next = choice.next.max(value),
            }
        }
        best
    }
}
