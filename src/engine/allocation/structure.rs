//! Why somebody got no seat and why a seat stays empty, read off a plan: what alternating moves can reach and what not.
//!
//! It only looks: the plan is what it is. For a plan that is not best some answers say so ([`WhyEmpty::CouldBeFilled`]).

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::certificate::{Certificate, Price};
use super::plan::Plan;
use super::problem::{Problem, at};

/// Why a person got no seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyUnplaced {
    /// They have one.
    Placed,
    /// They may take no seat at all.
    NoEdge,
    /// Everything that moves could reach is full.
    AllTaken(Taken),
    /// Moves reach a free seat, but its partner got as many as it may.
    PartnerLimit {
        /// The partner.
        partner: u32,
    },
    /// Moves reach a free seat, but a must-fill seat would become empty.
    MustFillFirst {
        /// The vacancy with the free seat.
        vacancy: u32,
    },
}

/// A closed set of vacancies: nobody who competes for them can go elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The vacancies.
    pub vacancies: Vec<u32>,
    /// Who has a seat there or would like one and has none.
    pub people: usize,
    /// Their seats.
    pub seats: u64,
    /// The cheapest moves that would place this person instead of somebody else.
    pub chain: Option<Chain>,
}

/// Moves that place a person, each into a seat that the next gives up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Who would go where, the person themselves first.
    pub steps: Vec<(u32, u32)>,
    /// Who would lose their seat in the end.
    pub displaced: u32,
    /// What the total score would lose, in hundredths.
    pub price: u64,
}

/// Why a seat stays empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyEmpty {
    /// Nobody may take it.
    NobodyMayTakeIt,
    /// Everybody whom moves could bring there has a seat.
    EveryoneIsPlaced,
    /// The partner got as many as it may.
    PartnerLimit {
        /// The partner.
        partner: u32,
    },
    /// Somebody without a seat could be brought there: the plan does not place most.
    CouldBeFilled,
}

/// A plan seen from its seats.
#[derive(Debug)]
pub struct Structure<'a> {
    problem: &'a Problem,
    plan: &'a Plan,
    holders: Vec<Vec<u32>>,
    /// Who may take a seat of each vacancy.
    takers: Vec<Vec<u32>>,
    partner_full: Vec<bool>,
    of_partner: Vec<Vec<u32>>,
}

impl<'a> Structure<'a> {
    /// Looks at a plan.
    #[must_use]
    pub fn of(problem: &'a Problem, plan: &'a Plan) -> Self {
        let count = problem.vacancies().len();
        let (mut holders, mut takers) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for person in 0..problem.people() {
            let got = plan.vacancy_of(problem, person);
            for (vacancy, _) in problem.edges_of(person).filter_map(|edge| problem.edge(edge)) {
                if let Some(list) = takers.get_mut(at(vacancy)) {
                    list.push(person);
                }
            }
            if let Some(list) = got.and_then(|vacancy| holders.get_mut(at(vacancy))) {
                list.push(person);
            }
        }
        let got = plan.filled_by_partner(problem);
        let full = |(limit, got): (&Option<u32>, u32)| limit.is_some_and(|limit| got >= limit);
        let mut of_partner = vec![Vec::new(); problem.partner_limits().len()];
        for (number, vacancy) in (0..).zip(problem.vacancies()) {
            if let Some(own) = of_partner.get_mut(at(vacancy.partner)) {
                own.push(number);
            }
        }
        let partner_full = problem.partner_limits().iter().zip(got).map(full).collect();
        Self { problem, plan, holders, takers, partner_full, of_partner }
    }

    fn holders(&self, vacancy: u32) -> &[u32] {
        self.holders.get(at(vacancy)).map(Vec::as_slice).unwrap_or_default()
    }

    fn has_free_seat(&self, vacancy: u32) -> bool {
        let capacity = self.problem.vacancies().get(at(vacancy)).map_or(0, |vacancy| at(vacancy.capacity));
        self.holders(vacancy).len() < capacity
    }

    fn partner(&self, vacancy: u32) -> u32 {
        self.problem.vacancies().get(at(vacancy)).map_or(u32::MAX, |vacancy| vacancy.partner)
    }

    fn vacancies_of(&self, person: u32) -> impl Iterator<Item = u32> + '_ {
        self.problem.edges_of(person).filter_map(|edge| self.problem.edge(edge)).map(|(vacancy, _)| vacancy)
    }

    /// Why a person got no seat in a best plan, with the prices that prove it best.
    #[must_use]
    pub fn why_unplaced(&self, certificate: &Certificate, person: u32) -> WhyUnplaced {
        if self.plan.edge_of(person).is_some() {
            return WhyUnplaced::Placed;
        }
        if self.problem.edges_of(person).is_empty() {
            return WhyUnplaced::NoEdge;
        }
        let mut reached = vec![false; self.problem.vacancies().len()];
        let mut waiting: VecDeque<u32> = self.vacancies_of(person).collect();
        let mut limit = None;
        while let Some(vacancy) = waiting.pop_front() {
            let Some(known) = reached.get_mut(at(vacancy)).filter(|known| !**known) else { continue };
            *known = true;
            if self.has_free_seat(vacancy) {
                let partner = self.partner(vacancy);
                if !self.partner_full.get(at(partner)).copied().unwrap_or(false) {
                    return WhyUnplaced::MustFillFirst { vacancy };
                }
                limit = limit.or(Some(partner));
                let others = self.of_partner.get(at(partner)).into_iter().flatten();
                waiting.extend(others.filter(|other| !self.holders(**other).is_empty()));
            }
            waiting.extend(self.holders(vacancy).iter().flat_map(|holder| self.vacancies_of(*holder)));
        }
        if let Some(partner) = limit {
            return WhyUnplaced::PartnerLimit { partner };
        }
        let vacancies: Vec<u32> = (0..).zip(&reached).filter(|(_, reached)| **reached).map(|(vacancy, _)| vacancy).collect();
        let held: usize = vacancies.iter().map(|vacancy| self.holders(*vacancy).len()).sum();
        let mut without: Vec<u32> = vacancies.iter().filter_map(|vacancy| self.takers.get(at(*vacancy))).flatten().copied().collect();
        without.retain(|taker| self.plan.edge_of(*taker).is_none());
        without.sort_unstable();
        without.dedup();
        let capacity = |vacancy: &u32| self.problem.vacancies().get(at(*vacancy)).map_or(0, |vacancy| u64::from(vacancy.capacity));
        let seats = vacancies.iter().map(capacity).sum();
        WhyUnplaced::AllTaken(Taken { vacancies, people: held + without.len(), seats, chain: self.chain(certificate, person) })
    }

    /// The cheapest moves that would place a person instead of somebody else: a shortest way by what edges lack of their prices.
    fn chain(&self, certificate: &Certificate, root: u32) -> Option<Chain> {
        let asked = |vacancy: u32| {
            let partner = certificate.partner(self.partner(vacancy)).unwrap_or_default();
            certificate.seat(vacancy).unwrap_or_default() + partner
        };
        let mut nearest: Vec<Option<(Price, u32)>> = vec![None; self.problem.vacancies().len()];
        let mut queue = BinaryHeap::new();
        let look = |person: u32, base: Price, queue: &mut BinaryHeap<Reverse<(Price, u32)>>, nearest: &mut Vec<Option<(Price, u32)>>| {
            let own = certificate.person(person).unwrap_or_default();
            for edge in self.problem.edges_of(person).filter(|edge| self.plan.edge_of(person) != Some(*edge)) {
                let Some((vacancy, score)) = self.problem.edge(edge) else { continue };
                let Some(seats) = self.problem.vacancies().get(at(vacancy)) else { continue };
                let length = base + own + asked(vacancy) - Price::of_edge(seats, score);
                if let Some(known) = nearest.get_mut(at(vacancy))
                    && known.is_none_or(|(known, _)| length < known)
                {
                    *known = Some((length, person));
                    queue.push(Reverse((length, vacancy)));
                }
            }
        };
        look(root, Price::ZERO, &mut queue, &mut nearest);
        let mut best: Option<(Price, u32)> = None;
        while let Some(Reverse((length, vacancy))) = queue.pop() {
            if best.is_some_and(|(best, _)| length >= best) {
                break;
            }
            if nearest.get(at(vacancy)).copied().flatten().is_none_or(|(known, _)| known < length) {
                continue;
            }
            for holder in self.holders(vacancy) {
                let given_up = length + certificate.person(*holder).unwrap_or_default();
                best = best.into_iter().chain([(given_up, *holder)]).min();
                look(*holder, length, &mut queue, &mut nearest);
            }
        }
        let (price, displaced) = best?;
        let mut steps = Vec::new();
        let mut vacancy = self.plan.vacancy_of(self.problem, displaced)?;
        loop {
            let (_, mover) = nearest.get(at(vacancy)).copied().flatten()?;
            steps.push((mover, vacancy));
            if mover == root {
                break;
            }
            vacancy = self.plan.vacancy_of(self.problem, mover)?;
        }
        steps.reverse();
        Some(Chain { steps, displaced, price: u64::try_from(price.score).unwrap_or(0) })
    }

    /// Why a vacancy has an empty seat.
    #[must_use]
    pub fn why_empty(&self, vacancy: u32) -> WhyEmpty {
        if self.takers.get(at(vacancy)).is_none_or(Vec::is_empty) {
            return WhyEmpty::NobodyMayTakeIt;
        }
        let partner = self.partner(vacancy);
        if self.partner_full.get(at(partner)).copied().unwrap_or(false) {
            return WhyEmpty::PartnerLimit { partner };
        }
        let mut seen = vec![false; self.problem.vacancies().len()];
        let mut waiting = vec![vacancy];
        while let Some(vacancy) = waiting.pop() {
            let Some(known) = seen.get_mut(at(vacancy)).filter(|known| !**known) else { continue };
            *known = true;
            for taker in self.takers.get(at(vacancy)).into_iter().flatten() {
                match self.plan.vacancy_of(self.problem, *taker) {
                    None => return WhyEmpty::CouldBeFilled,
                    Some(left) => waiting.push(left),
                }
            }
        }
        WhyEmpty::EveryoneIsPlaced
    }
}
