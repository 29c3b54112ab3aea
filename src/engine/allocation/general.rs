//! The best plan where partners' limits or must-fill vacancies are in the way: people are added one by one, each by the
//! cheapest change of the plan so far.
//!
//! A change ends at a free seat under a limit with room, with somebody else giving up their seat, or with the new person
//! staying without one. Prices are the whole triples of [`Price`], so that all aims are weighed in one search. It takes
//! memory for the edges and time for up to a search through all of them a person, which serves an office of a few thousand.

use std::ops::ControlFlow;

use super::certificate::{Certificate, Price};
use super::column::{Column, NONE, Queue};
use super::maximum::{Maximum, Progress, Step, Watch};
use super::plan::Plan;
use super::problem::{Problem, Vacancy, at};

/// How a search ends.
#[derive(Debug, Clone, Copy)]
enum End {
    /// The new person stays without a seat.
    Stays,
    /// A free seat of this vacancy is taken.
    Seat(u32),
    /// This person gives up their seat.
    GivesUp(u32),
}

/// The plan so far, its prices, and the marks of one search. Vacancies are nodes by their number, partners come after.
#[derive(Debug)]
pub(super) struct General<'p> {
    problem: &'p Problem,
    taken: Column<u32>,
    sitters: Vec<Vec<u32>>,
    filled: Column<u32>,
    got: Column<u32>,
    of_partner: Vec<Vec<u32>>,
    /// What a seat costs with the place under its partner's limit; a seat never costs less than that place.
    seat: Column<Price>,
    limit: Column<Price>,
    length: Column<Option<Price>>,
    /// The person and edge by which a vacancy is reached, or nobody where it was by its partner; of a partner, the vacancy.
    before: Column<(u32, u32)>,
    queue: Queue<Price>,
    touched: Vec<u32>,
    popped: Vec<u32>,
}

/// The best plan with everything taken into account.
pub(super) fn solve(problem: &Problem, watch: Watch<'_>) -> ControlFlow<(), Maximum> {
    let mut state = General::new(problem);
    for person in 0..problem.people() {
        if person.is_multiple_of(64) {
            watch(Progress { step: Step::Limits, done: u64::from(person), all: u64::from(problem.people()) })?;
        }
        state.add(person);
    }
    ControlFlow::Continue(state.finish())
}

impl<'p> General<'p> {
    fn new(problem: &'p Problem) -> Self {
        let (vacancies, partners) = (problem.vacancies().len(), problem.partner_limits().len());
        let mut of_partner = vec![Vec::new(); partners];
        for (number, vacancy) in (0..).zip(problem.vacancies()) {
            if let Some(own) = of_partner.get_mut(at(vacancy.partner)) {
                own.push(number);
            }
        }
        Self {
            problem,
            taken: Column::of(at(problem.people()), NONE),
            sitters: vec![Vec::new(); vacancies],
            filled: Column::of(vacancies, 0),
            got: Column::of(partners, 0),
            of_partner,
            seat: Column::of(vacancies, Price::ZERO),
            limit: Column::of(partners, Price::ZERO),
            length: Column::of(vacancies + partners, None),
            before: Column::of(vacancies + partners, (NONE, NONE)),
            queue: Queue::default(),
            touched: Vec::new(),
            popped: Vec::new(),
        }
    }

    fn vacancies(&self) -> u32 {
        u32::try_from(self.problem.vacancies().len()).unwrap_or(NONE)
    }

    fn vacancy(&self, number: u32) -> Vacancy {
        self.problem.vacancies().get(at(number)).copied().unwrap_or(Vacancy { capacity: 0, partner: NONE, must_fill: false })
    }

    fn worth(&self, edge: u32) -> (u32, Price) {
        let (vacancy, score) = self.problem.edge(at(edge)).unwrap_or((NONE, 0));
        (vacancy, Price::of_edge(&self.vacancy(vacancy), score))
    }

    /// What a seat costs with the place under its partner's limit.
    fn asked(&self, vacancy: u32) -> Price {
        self.seat.get(vacancy).max(self.limit.get(self.vacancy(vacancy).partner))
    }

    fn has_room(&self, partner: u32) -> bool {
        self.problem.partner_limits().get(at(partner)).copied().flatten().is_none_or(|limit| self.got.get(partner) < limit)
    }

    /// Adds one person to the plan by the cheapest change.
    fn add(&mut self, person: u32) {
        self.queue.clear();
        self.popped.clear();
        let mut shortest = (Price::ZERO, End::Stays);
        self.look_from_person(person, Price::ZERO, shortest.0);
        while let Some((length, node)) = self.queue.pop() {
            if length >= shortest.0 {
                break;
            }
            if self.length.get(node).is_some_and(|known| known < length) {
                continue;
            }
            self.popped.push(node);
            if node < self.vacancies() {
                self.look_from_vacancy(node, length, &mut shortest);
            } else {
                self.look_from_partner(node, length, shortest.0);
            }
        }
        self.raise(shortest.0);
        self.change(shortest.1);
        for node in std::mem::take(&mut self.touched) {
            self.length.set(node, None);
        }
    }

    fn reach(&mut self, node: u32, length: Price, below: Price, before: (u32, u32)) {
        let known = self.length.get(node);
        if length < below && known.is_none_or(|known| length < known) {
            if known.is_none() {
                self.touched.push(node);
            }
            self.length.set(node, Some(length));
            self.before.set(node, before);
            self.queue.push(length, node);
        }
    }

    /// The seats a person could go to.
    fn look_from_person(&mut self, person: u32, length: Price, below: Price) {
        let own = self.taken.get(person);
        for edge in self.problem.edges_of(person).filter_map(|edge| u32::try_from(edge).ok()).filter(|edge| *edge != own) {
            let (vacancy, worth) = self.worth(edge);
            self.reach(vacancy, length + self.asked(vacancy) - worth, below, (person, edge));
        }
    }

    /// Who could make way in a vacancy that got one more, and whether it has a free seat.
    fn look_from_vacancy(&mut self, number: u32, length: Price, shortest: &mut (Price, End)) {
        let vacancy = self.vacancy(number);
        if self.filled.get(number) < vacancy.capacity {
            if self.has_room(vacancy.partner) {
                *shortest = (length, End::Seat(number));
                return;
            }
            self.reach(self.vacancies() + vacancy.partner, length, shortest.0, (number, NONE));
        }
        let asked = self.asked(number);
        let sitters = self.sitters.get_mut(at(number)).map(std::mem::take).unwrap_or_default();
        for sitter in &sitters {
            let base = length + self.worth(self.taken.get(*sitter)).1 - asked;
            if base < shortest.0 {
                *shortest = (base, End::GivesUp(*sitter));
            }
            self.look_from_person(*sitter, base, shortest.0);
        }
        if let Some(place) = self.sitters.get_mut(at(number)) {
            *place = sitters;
        }
    }

    /// Which of a partner's vacancies could give up one.
    fn look_from_partner(&mut self, node: u32, length: Price, below: Price) {
        let partner = node - self.vacancies();
        let limit = self.limit.get(partner);
        let own = self.of_partner.get_mut(at(partner)).map(std::mem::take).unwrap_or_default();
        for vacancy in own.iter().copied() {
            if self.filled.get(vacancy) > 0 {
                self.reach(vacancy, length + self.asked(vacancy) - limit, below, (NONE, partner));
            }
        }
        if let Some(place) = self.of_partner.get_mut(at(partner)) {
            *place = own;
        }
    }

    /// Raises what was reached more cheaply than the end, so that prices stay above every edge.
    fn raise(&mut self, end: Price) {
        let vacancies = self.vacancies();
        let popped = std::mem::take(&mut self.popped);
        let more = |state: &Self, node: u32| end - state.length.get(node).unwrap_or(end);
        for node in popped.iter().copied().filter(|node| *node < vacancies) {
            self.seat.set(node, self.asked(node) + more(self, node));
        }
        for node in popped.iter().copied().filter(|node| *node >= vacancies) {
            self.limit.set(node - vacancies, self.limit.get(node - vacancies) + more(self, node));
        }
        self.popped = popped;
    }

    /// Carries the change out, from its end back to the new person.
    fn change(&mut self, end: End) {
        let mut node = match end {
            End::Stays => return,
            End::Seat(vacancy) => {
                let partner = self.vacancy(vacancy).partner;
                self.filled.set(vacancy, self.filled.get(vacancy) + 1);
                self.got.set(partner, self.got.get(partner) + 1);
                vacancy
            }
            End::GivesUp(person) => match self.leave(person) {
                Some(vacancy) => vacancy,
                None => return,
            },
        };
        loop {
            let (person, via) = self.before.get(node);
            if person == NONE {
                self.filled.set(node, self.filled.get(node).saturating_sub(1));
                (node, _) = self.before.get(self.vacancies() + via);
                self.filled.set(node, self.filled.get(node) + 1);
                continue;
            }
            let left = self.leave(person);
            self.taken.set(person, via);
            if let Some(sitters) = self.sitters.get_mut(at(node)) {
                sitters.push(person);
            }
            match left {
                Some(vacancy) => node = vacancy,
                None => return,
            }
        }
    }

    /// Takes a person out of their seat; the vacancy they had.
    fn leave(&mut self, person: u32) -> Option<u32> {
        let (vacancy, _) = self.problem.edge(at(self.taken.get(person)))?;
        self.taken.set(person, NONE);
        let sitters = self.sitters.get_mut(at(vacancy))?;
        let place = sitters.iter().position(|sitter| *sitter == person)?;
        sitters.swap_remove(place);
        Some(vacancy)
    }

    fn finish(self) -> Maximum {
        let numbers = 0..self.vacancies();
        let people = self.taken.values().iter().map(|edge| match edge {
            &NONE => Price::ZERO,
            edge => {
                let (vacancy, worth) = self.worth(*edge);
                worth - self.asked(vacancy)
            }
        });
        let seats = numbers.map(|vacancy| self.asked(vacancy) - self.limit.get(self.vacancy(vacancy).partner));
        let certificate = Certificate::new(people.collect(), seats.collect(), self.limit.values().to_vec());
        let edges = self.taken.into_values().into_iter().map(|edge| Some(edge).filter(|edge| *edge != NONE));
        Maximum { plan: Plan::new(edges.collect()), certificate }
    }
}
