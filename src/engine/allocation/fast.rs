//! The best plan where only seats and people bound it: shortest chains from the scarce side.
//!
//! The side with fewer takers is served first. What it cannot serve is closed off: a part of the problem where the other
//! side is scarce, which nothing outside can reach (the parts of Dulmage and Mendelsohn). That part is then served from
//! the other side. The first tier of the prices says which side is scarce in which part.

use std::ops::ControlFlow;

use super::balance::balance;
use super::certificate::{Certificate, Price};
use super::column::{Column, NONE};
use super::maximum::{Maximum, Progress, Step, Watch};
use super::persons::Persons;
use super::plan::Plan;
use super::problem::{Problem, at};
use super::rows::{Entry, Rows, is_narrow};
use super::seats::Seats;

/// Steps an edge that chains from the seats' side may take before an auction is held. An auction takes as long as 50 where
/// there are nearly as many seats as people, and longer the more people must stay without a seat.
fn patience(seats: u64, people: u64) -> u64 {
    if seats.saturating_mul(20) >= people.saturating_mul(19) { 4 } else { 120 }
}

/// Who sits where and what a seat costs, in people placed and hundredths of score.
#[derive(Debug)]
struct State {
    owner: Column<u32>,
    price: Column<i64>,
    scarce: Column<bool>,
}

/// The best plan with its prices, partners' limits and must-fill left out of account.
pub(super) fn solve(problem: &Problem, watch: Watch<'_>) -> ControlFlow<(), Maximum> {
    let state = if is_narrow(at(problem.people()).max(problem.vacancies().len() + 1)) {
        solve_with::<u32>(problem, watch)?
    } else {
        solve_with::<u64>(problem, watch)?
    };
    ControlFlow::Continue(finish(problem, &state))
}

fn solve_with<E: Entry>(problem: &Problem, watch: Watch<'_>) -> ControlFlow<(), State> {
    let mut asked = vec![0_u32; problem.vacancies().len()];
    for vacancy in problem.to() {
        if let Some(count) = asked.get_mut(at(*vacancy)) {
            *count += 1;
        }
    }
    let usable: Vec<u32> = asked.iter().zip(problem.vacancies()).map(|(asked, vacancy)| vacancy.capacity.min(*asked)).collect();
    let seats: u64 = usable.iter().copied().map(u64::from).sum();
    let people = u64::from(problem.people());
    let mut watcher = Watcher { watch, done: 0, all: people.min(seats), steps: 0 };
    watcher.tell(Step::Rows)?;
    let count = problem.vacancies().len();
    if seats <= people {
        let patience = patience(seats, people) * u64::try_from(problem.edges()).unwrap_or(0);
        let first = fill::<E>(problem, |_| true, &Column::of(count, true), patience, &mut watcher)?;
        let (mut state, closed) = if first.gave_up {
            drop(first);
            let balanced = balance::<E>(problem, &usable, &mut watcher)?;
            (State { owner: balanced.owner, price: balanced.price, scarce: Column::of(count, true) }, balanced.closed)
        } else {
            (State { owner: first.owner, price: first.worth, scarce: Column::of(count, true) }, first.closed)
        };
        if closed.values().contains(&true) {
            let inside = |person: u32| state.owner.get(person) != NONE && closed.get(state.owner.get(person));
            let inside: Vec<bool> = (0..problem.people()).map(inside).collect();
            let second = place::<E>(problem, &inside.into(), |vacancy| closed.get(vacancy), usable, &mut watcher)?;
            state.take(problem, second.owner, &second.price, &closed, false);
        }
        ControlFlow::Continue(state)
    } else {
        let everybody = Column::of(at(problem.people()), true);
        let first = place::<E>(problem, &everybody, |_| true, usable, &mut watcher)?;
        let closed = first.closed;
        let mut state = State { owner: first.owner, price: first.price, scarce: Column::of(count, false) };
        if closed.values().contains(&true) {
            let inside = |person: u32| {
                let owner = state.owner.get(person);
                owner == NONE || closed.get(owner)
            };
            let inside: Vec<bool> = (0..problem.people()).map(inside).collect();
            let inside = Column::from(inside);
            let second = fill::<E>(problem, |person| inside.get(person), &closed, u64::MAX, &mut watcher)?;
            for person in (0..problem.people()).filter(|person| inside.get(*person)) {
                state.owner.set(person, NONE);
            }
            state.take(problem, second.owner, &second.worth, &closed, true);
        }
        ControlFlow::Continue(state)
    }
}

impl State {
    /// Takes over what a second pass found in the closed part.
    fn take(&mut self, problem: &Problem, owner: Column<u32>, price: &Column<i64>, closed: &Column<bool>, scarce: bool) {
        for (person, vacancy) in (0..problem.people()).zip(owner.into_values()).filter(|(_, vacancy)| *vacancy != NONE) {
            self.owner.set(person, vacancy);
        }
        for (vacancy, _) in (0..).zip(closed.values()).filter(|(_, closed)| **closed) {
            self.price.set(vacancy, price.get(vacancy));
            self.scarce.set(vacancy, scarce);
        }
    }
}

fn fill<E: Entry>(
    problem: &Problem,
    person_in: impl Fn(u32) -> bool,
    vacancy_in: &Column<bool>,
    patience: u64,
    watcher: &mut Watcher<'_>,
) -> ControlFlow<(), Seats<E>> {
    let rows = Rows::by_vacancy(problem, person_in, |vacancy| vacancy_in.get(vacancy));
    let mut side = Seats::new(problem, rows);
    let seats = (0..).zip(problem.vacancies()).filter(|(vacancy, _)| vacancy_in.get(*vacancy));
    side.fill(seats.map(|(number, vacancy)| (number, vacancy.capacity)), patience, |steps| watcher.step(steps))?;
    ControlFlow::Continue(side)
}

fn place<E: Entry>(
    problem: &Problem,
    person_in: &Column<bool>,
    vacancy_in: impl Fn(u32) -> bool,
    usable: Vec<u32>,
    watcher: &mut Watcher<'_>,
) -> ControlFlow<(), Persons<E>> {
    let rows = Rows::by_person(problem, |person| person_in.get(person), vacancy_in, None);
    let mut side = Persons::new(at(problem.people()), rows, usable);
    side.place((0..problem.people()).filter(|person| person_in.get(*person)), |steps| watcher.step(steps))?;
    ControlFlow::Continue(side)
}

/// Tells the one who watches, not too often.
pub(super) struct Watcher<'a> {
    watch: Watch<'a>,
    done: u64,
    all: u64,
    steps: u64,
}

impl Watcher<'_> {
    pub(super) fn tell(&mut self, step: Step) -> ControlFlow<()> {
        (self.watch)(Progress { step, done: self.done.min(self.all), all: self.all })
    }

    pub(super) fn step(&mut self, steps: u64) -> ControlFlow<()> {
        self.done += 1;
        if self.done.is_multiple_of(1024) { self.tell(Step::Places) } else { self.look(steps) }
    }

    /// Tells after many steps, with nothing more done.
    pub(super) fn look(&mut self, steps: u64) -> ControlFlow<()> {
        if steps.abs_diff(self.steps) > 1 << 20 {
            self.steps = steps;
            self.tell(Step::Places)?;
        }
        ControlFlow::Continue(())
    }
}

/// The plan of a state, and its prices.
fn finish(problem: &Problem, state: &State) -> Maximum {
    let mut edges = Vec::with_capacity(at(problem.people()));
    let mut people = Vec::with_capacity(at(problem.people()));
    for (person, vacancy) in (0..problem.people()).zip(state.owner.values()) {
        let edge = if *vacancy == NONE { None } else { problem.edge_between(person, *vacancy) };
        let score = edge.and_then(|edge| problem.scores().get(edge)).copied();
        people.push(score.map_or(Price::ZERO, |score| Price {
            must_fill: 0,
            placed: i64::from(!state.scarce.get(*vacancy)),
            score: i64::from(score) - state.price.get(*vacancy),
        }));
        edges.push(edge.and_then(|edge| u32::try_from(edge).ok()));
    }
    let price = |(price, scarce): (&i64, &bool)| Price { must_fill: 0, placed: i64::from(*scarce), score: *price };
    let vacancies = state.price.values().iter().zip(state.scarce.values()).map(price).collect();
    let partners = vec![Price::ZERO; problem.partner_limits().len()];
    Maximum { plan: Plan::new(edges), certificate: Certificate::new(people, vacancies, partners) }
}
