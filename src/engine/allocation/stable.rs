//! Deferred acceptance: a plan that no person and no vacancy would both rather leave for each other.
//!
//! Gale and Shapley 1962 with seats (1985: Roth); a partner's limit over several vacancies makes its choice that of a laminar
//! matroid, with which deferred acceptance stays exact (Fleiner 2003). Either side may propose and gets the best it can have
//! in any stable plan. It never looks at the number placed: that price is shown beside it.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::plan::Plan;
use super::preference::{Liking, Preferences};
use super::problem::{Problem, at};
use crate::coded_enum;

coded_enum! {
    /// Whose best stable plan it is.
    pub enum Side {
        /// Every graduate gets the best they can have in any stable plan.
        Graduates = "graduates",
        /// Every employer gets the best it can have in any stable plan.
        Employers = "employers",
    }
}

/// The stable plan that is best for a side.
#[must_use]
pub fn stable(problem: &Problem, preferences: &Preferences, side: Side) -> Plan {
    match side {
        Side::Graduates => people_propose(problem, preferences),
        Side::Employers => vacancies_propose(problem, preferences),
    }
}

/// A person held by a vacancy: least liked last, so that a heap's top and a set's end is who goes first.
type Held = (Liking, u32, u32);

fn people_propose(problem: &Problem, preferences: &Preferences) -> Plan {
    let people = problem.people();
    let orders: Vec<Vec<u32>> = (0..people).map(|person| preferences.order_of_person(problem, person)).collect();
    let mut untried: Vec<std::slice::Iter<'_, u32>> = orders.iter().map(|order| order.iter()).collect();
    let mut seats = Seats::new(problem);
    let mut taken = vec![None; at(people)];
    for newcomer in 0..people {
        let mut free = Some(newcomer);
        while let Some(person) = free {
            let Some(edge) = untried.get_mut(at(person)).and_then(Iterator::next) else { break };
            let liking = preferences.of_vacancy(problem, person, at(*edge));
            if let Some(taken) = taken.get_mut(at(person)) {
                *taken = Some(*edge);
            }
            free = seats.take_in((liking, person, *edge)).map(|(_, sent_away, _)| sent_away);
            if let Some(taken) = free.and_then(|person| taken.get_mut(at(person))) {
                *taken = None;
            }
        }
    }
    Plan::new(taken)
}

/// Who the vacancies hold for now.
struct Seats<'a> {
    problem: &'a Problem,
    held: Vec<BinaryHeap<Held>>,
    /// Everybody a partner holds, where it has a limit.
    of_partner: Vec<Option<BTreeSet<Held>>>,
}

impl<'a> Seats<'a> {
    fn new(problem: &'a Problem) -> Self {
        let of_partner = problem.partner_limits().iter().map(|limit| limit.map(|_| BTreeSet::new())).collect();
        Self { problem, held: problem.vacancies().iter().map(|_| BinaryHeap::new()).collect(), of_partner }
    }

    /// Takes somebody in and answers who has to go for it, perhaps the same.
    fn take_in(&mut self, newcomer: Held) -> Option<Held> {
        let vacancy = self.problem.to().get(at(newcomer.2)).copied()?;
        let seats = *self.problem.vacancies().get(at(vacancy))?;
        let held = self.held.get_mut(at(vacancy))?;
        let partner = self.of_partner.get_mut(at(seats.partner))?.as_mut();
        held.push(newcomer);
        if held.len() > at(seats.capacity) {
            let leaving = held.pop()?;
            if let Some(partner) = partner {
                partner.insert(newcomer);
                partner.remove(&leaving);
            }
            return Some(leaving);
        }
        let limit = self.problem.partner_limits().get(at(seats.partner)).copied().flatten()?;
        let partner = partner?;
        partner.insert(newcomer);
        if partner.len() <= at(limit) {
            return None;
        }
        // The partner's least liked is also the least liked of the vacancy that holds them.
        let leaving = partner.pop_last()?;
        let vacancy = self.problem.to().get(at(leaving.2))?;
        self.held.get_mut(at(*vacancy))?.pop();
        Some(leaving)
    }
}

fn vacancies_propose(problem: &Problem, preferences: &Preferences) -> Plan {
    let mut proposers = Proposers::new(problem, preferences);
    let mut taken: Vec<Option<u32>> = vec![None; at(problem.people())];
    let mut busy: Vec<u32> = (0..problem.partner_limits().len()).filter_map(|partner| u32::try_from(partner).ok()).collect();
    while let Some(partner) = busy.pop() {
        while let Some((person, edge)) = proposers.next_of(partner) {
            let Some(seat) = taken.get_mut(at(person)) else { break };
            let liking = |edge: u32| preferences.of_person(problem, person, at(edge));
            match *seat {
                Some(kept) if liking(kept) < liking(edge) => proposers.lose(edge),
                before => {
                    *seat = Some(edge);
                    if let Some(left) = before {
                        proposers.lose(left);
                        busy.extend(proposers.partner_of(left).filter(|other| *other != partner));
                    }
                }
            }
        }
    }
    Plan::new(taken)
}

/// The vacancies going down their orders; a partner's limit is shared by its vacancies.
struct Proposers<'a> {
    problem: &'a Problem,
    preferences: &'a Preferences,
    orders: Vec<std::vec::IntoIter<(u32, u32)>>,
    free_seats: Vec<u32>,
    room: Vec<u32>,
    /// Of each partner, the next person of every vacancy with a free seat; the most liked on top.
    next: Vec<BinaryHeap<Reverse<Held>>>,
    /// Whether a vacancy stands in its partner's heap.
    waits: Vec<bool>,
}

impl<'a> Proposers<'a> {
    fn new(problem: &'a Problem, preferences: &'a Preferences) -> Self {
        let orders = preferences.orders_of_vacancies(problem).into_iter().map(Vec::into_iter).collect();
        let mut proposers = Self {
            problem,
            preferences,
            orders,
            free_seats: problem.vacancies().iter().map(|vacancy| vacancy.capacity).collect(),
            room: problem.partner_limits().iter().map(|limit| limit.unwrap_or(u32::MAX)).collect(),
            next: problem.partner_limits().iter().map(|_| BinaryHeap::new()).collect(),
            waits: vec![false; problem.vacancies().len()],
        };
        for vacancy in 0..problem.vacancies().len() {
            proposers.line_up(vacancy);
        }
        proposers
    }

    /// Puts a vacancy's next person into its partner's heap, if it has a free seat and is not there.
    fn line_up(&mut self, vacancy: usize) {
        let (Some(waits), Some(order)) = (self.waits.get_mut(vacancy), self.orders.get_mut(vacancy)) else { return };
        if *waits || self.free_seats.get(vacancy).is_none_or(|seats| *seats == 0) {
            return;
        }
        let Some((person, edge)) = order.next() else { return };
        *waits = true;
        let liking = self.preferences.of_vacancy(self.problem, person, at(edge));
        let partner = self.problem.vacancies().get(vacancy).map_or(usize::MAX, |vacancy| at(vacancy.partner));
        if let Some(heap) = self.next.get_mut(partner) {
            heap.push(Reverse((liking, person, edge)));
        }
    }

    /// The next proposal of a partner; the seat is held until it is lost.
    fn next_of(&mut self, partner: u32) -> Option<(u32, u32)> {
        let room = self.room.get_mut(at(partner)).filter(|room| **room > 0)?;
        let Reverse((_, person, edge)) = self.next.get_mut(at(partner))?.pop()?;
        *room -= 1;
        let vacancy = self.problem.to().get(at(edge)).map(|vacancy| at(*vacancy))?;
        *self.waits.get_mut(vacancy)? = false;
        *self.free_seats.get_mut(vacancy)? -= 1;
        self.line_up(vacancy);
        Some((person, edge))
    }

    /// A held seat was refused or left.
    fn lose(&mut self, edge: u32) {
        let Some(vacancy) = self.problem.to().get(at(edge)).map(|vacancy| at(*vacancy)) else { return };
        if let Some(seats) = self.free_seats.get_mut(vacancy) {
            *seats += 1;
        }
        if let Some(room) = self.partner_of(edge).and_then(|partner| self.room.get_mut(at(partner))) {
            *room = room.saturating_add(1);
        }
        self.line_up(vacancy);
    }

    fn partner_of(&self, edge: u32) -> Option<u32> {
        let vacancy = self.problem.to().get(at(edge))?;
        self.problem.vacancies().get(at(*vacancy)).map(|vacancy| vacancy.partner)
    }
}
