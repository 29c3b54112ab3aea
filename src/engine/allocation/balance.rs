//! The plan where there are about as many seats as people, so that chains from either side grow long.
//!
//! First it is found out which seats stay empty, scores left aside, and what can reach them is closed off. Of the rest every
//! seat is filled. A vacancy for those who stay without a seat makes both sides equal, an auction prices all of it, and
//! chains from the people's side seat those whom the auction left over.

use std::ops::ControlFlow;

use super::auction::auction;
use super::column::{Column, NONE};
use super::fast::Watcher;
use super::maximum::Step;
use super::persons::Persons;
use super::problem::{MAX_SCORE, Problem, at};
use super::rows::{Entry, Rows};
use super::seats::Seats;

/// Who sits where, what seats are worth to their vacancies, and what the empty seats can reach.
#[derive(Debug)]
pub(super) struct Balanced {
    pub(super) owner: Column<u32>,
    pub(super) price: Column<i64>,
    pub(super) closed: Column<bool>,
}

/// The best plan of all that no empty seat can reach, and any that fills as many seats of what one can.
pub(super) fn balance<E: Entry>(problem: &Problem, usable: &[u32], watcher: &mut Watcher<'_>) -> ControlFlow<(), Balanced> {
    let (closed, mut owner) = {
        let rows = Rows::<E>::by_vacancy(problem, |_| true, |_| true).without_scores();
        let mut any = Seats::new(problem, rows);
        let seats = (0..).zip(problem.vacancies()).map(|(number, vacancy)| (number, vacancy.capacity));
        any.fill(seats, u64::MAX, |steps| watcher.look(steps))?;
        (any.closed, any.owner)
    };

    let inside = |person: &u32| {
        let vacancy = owner.get(*person);
        vacancy == NONE || !closed.get(vacancy)
    };
    let people: Vec<u32> = (0..problem.people()).filter(inside).collect();
    let mut is_in = Column::of(at(problem.people()), false);
    people.iter().for_each(|person| is_in.set(*person, true));
    let mut capacity: Vec<u32> = (0..).zip(usable).map(|(vacancy, usable)| if closed.get(vacancy) { 0 } else { *usable }).collect();
    let seats: u32 = capacity.iter().sum();
    let without = u32::try_from(people.len()).unwrap_or(NONE).saturating_sub(seats);
    let last = u32::try_from(capacity.len()).ok().filter(|_| without > 0);
    capacity.push(without);

    // Nobody can bid their way into a vacancy without seats.
    let has_seats = |vacancy: u32| capacity.get(at(vacancy)).is_some_and(|seats| *seats > 0);
    let rows = Rows::<E>::by_person(problem, |person| is_in.get(person), has_seats, last);
    let sold = auction(&rows, &capacity, &people, at(problem.people()), || watcher.tell(Step::Places))?;
    let mut side = Persons::new(at(problem.people()), rows, capacity);
    let open: Vec<u32> = people.iter().copied().filter(|person| sold.owner.get(*person).0 == NONE).collect();
    side.begin_with(sold.price, &sold.owner);
    side.place(open.into_iter(), |steps| watcher.step(steps))?;

    // Prices count from what the last person without a seat gets, which is nothing.
    let least = people.iter().map(|person| side.worth(*person)).min().unwrap_or(0);
    let mut price = Column::of(problem.vacancies().len(), 0);
    for (vacancy, usable) in (0..).zip(usable).filter(|(vacancy, _)| !closed.get(*vacancy)) {
        // Nothing keeps the price of a seat that is not there down.
        price.set(vacancy, if *usable > 0 { side.price.get(vacancy) + least } else { i64::from(MAX_SCORE) });
    }
    for person in people {
        let vacancy = side.owner.get(person);
        owner.set(person, if Some(vacancy) == last { NONE } else { vacancy });
    }
    ControlFlow::Continue(Balanced { owner, price, closed })
}
