//! Proof that no plan is better: prices that no seat and no person beats.
//!
//! Every person, every seat of a vacancy and every place under a partner's limit has a price. Where no edge is worth more
//! than the prices of its ends together, no plan is worth more than all prices together; a plan that is worth as much is
//! best (linear programming duality). Prices are triples compared from the left, like the aims themselves, so that one set
//! of prices proves all three at once and no large number stands for "more important".

use std::ops::{Add, AddAssign, Mul, Sub};

use super::plan::{Plan, PlanFlaw};
use super::problem::{Problem, Vacancy, at};

/// What an edge is worth, or a price: must-fill seats before people placed before hundredths of score.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Price {
    /// In seats of vacancies that must be filled.
    pub must_fill: i64,
    /// In people placed.
    pub placed: i64,
    /// In hundredths of score.
    pub score: i64,
}

impl Price {
    /// Nothing.
    pub const ZERO: Self = Self { must_fill: 0, placed: 0, score: 0 };

    /// What an edge to a vacancy is worth.
    #[must_use]
    pub fn of_edge(vacancy: &Vacancy, score: u16) -> Self {
        Self { must_fill: i64::from(vacancy.must_fill), placed: 1, score: i64::from(score) }
    }

    /// What a whole plan is worth.
    #[must_use]
    pub fn of_plan(problem: &Problem, plan: &Plan) -> Self {
        let edges = plan.edges().iter().flatten().filter_map(|edge| problem.edge(at(*edge)));
        edges.filter_map(|(to, score)| problem.vacancies().get(at(to)).map(|vacancy| Self::of_edge(vacancy, score))).sum()
    }
}

impl Add for Price {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { must_fill: self.must_fill + other.must_fill, placed: self.placed + other.placed, score: self.score + other.score }
    }
}

impl Sub for Price {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { must_fill: self.must_fill - other.must_fill, placed: self.placed - other.placed, score: self.score - other.score }
    }
}

impl AddAssign for Price {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Mul<u32> for Price {
    type Output = Self;

    fn mul(self, times: u32) -> Self {
        let times = i64::from(times);
        Self { must_fill: self.must_fill * times, placed: self.placed * times, score: self.score * times }
    }
}

impl std::iter::Sum for Price {
    fn sum<I: Iterator<Item = Self>>(prices: I) -> Self {
        prices.fold(Self::ZERO, |sum, price| sum + price)
    }
}

/// Prices of people, seats and partners' limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    people: Vec<Price>,
    vacancies: Vec<Price>,
    partners: Vec<Price>,
}

/// What the prices prove of the plan: that no plan has more of any of these without less of one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// Seats of must-fill vacancies that are filled.
    pub must_filled: u64,
    /// People placed.
    pub placed: u64,
    /// The total score, in hundredths.
    pub total: u64,
}

/// Why the prices prove nothing of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The plan itself breaks a bound.
    #[error("the plan cannot be: {0}")]
    Plan(#[from] PlanFlaw),
    /// The prices are of another problem.
    #[error("the prices are of another problem")]
    OtherProblem,
    /// A price lies outside what a proof can need.
    #[error("a price is negative or beyond any proof")]
    Price,
    /// An edge is worth more than the prices of its ends.
    #[error("edge {edge} is worth more than its prices")]
    Edge {
        /// Its number.
        edge: usize,
    },
    /// The plan is worth less than the prices together.
    #[error("the plan is worth less than the prices together")]
    Gap {
        /// What the prices allow.
        bound: Price,
        /// What the plan is worth.
        worth: Price,
    },
}

/// No part of a price of an honest proof is larger, and sums of such parts over 2^32 edges still fit.
const LARGEST: i64 = 1 << 46;

impl Certificate {
    /// Prices by number of person, vacancy and partner.
    #[must_use]
    pub fn new(people: Vec<Price>, vacancies: Vec<Price>, partners: Vec<Price>) -> Self {
        Self { people, vacancies, partners }
    }

    /// The price of a person: what one more such person would add.
    #[must_use]
    pub fn person(&self, person: u32) -> Option<Price> {
        self.people.get(at(person)).copied()
    }

    /// The price of a seat of a vacancy, its partner's limit apart.
    #[must_use]
    pub fn seat(&self, vacancy: u32) -> Option<Price> {
        self.vacancies.get(at(vacancy)).copied()
    }

    /// The price of a place under a partner's limit.
    #[must_use]
    pub fn partner(&self, partner: u32) -> Option<Price> {
        self.partners.get(at(partner)).copied()
    }

    /// Charges each must-fill seat with its own fulfilment, which proves a plan that fills all of them.
    pub(super) fn charge_must_fill(&mut self, problem: &Problem) {
        for (price, vacancy) in self.vacancies.iter_mut().zip(problem.vacancies()) {
            price.must_fill += i64::from(vacancy.must_fill);
        }
    }

    /// Checks everything anew: that the plan keeps every bound, that no edge beats its prices, and that the plan is worth as
    /// much as all prices together. Nothing is taken from whoever made the prices.
    pub fn verify(&self, problem: &Problem, plan: &Plan) -> Result<Proof, Flaw> {
        plan.check(problem)?;
        let sizes = [self.people.len(), self.vacancies.len(), self.partners.len()];
        if sizes != [at(problem.people()), problem.vacancies().len(), problem.partner_limits().len()] {
            return Err(Flaw::OtherProblem);
        }
        let sound = |price: &Price| {
            let parts = [price.must_fill, price.placed, price.score];
            *price >= Price::ZERO && parts.iter().all(|part| part.unsigned_abs() <= LARGEST.unsigned_abs())
        };
        let unlimited = |(price, limit): (&Price, &Option<u32>)| limit.is_none() && *price != Price::ZERO;
        let all = self.people.iter().chain(&self.vacancies).chain(&self.partners);
        if !all.into_iter().all(sound) || self.partners.iter().zip(problem.partner_limits()).any(unlimited) {
            return Err(Flaw::Price);
        }
        self.edges_keep_below(problem)?;
        let (bound, worth) = (self.bound(problem), Wide::of_plan(problem, plan));
        if bound != worth {
            return Err(Flaw::Gap { bound: bound.narrow(), worth: worth.narrow() });
        }
        let count = |part: i128| u64::try_from(part).unwrap_or(0);
        Ok(Proof { must_filled: count(worth.0), placed: count(worth.1), total: count(worth.2) })
    }

    fn edges_keep_below(&self, problem: &Problem) -> Result<(), Flaw> {
        // What a person must still pay for a seat of each vacancy.
        let asked = |(vacancy, price): (&Vacancy, &Price)| {
            let partner = self.partners.get(at(vacancy.partner)).copied().unwrap_or_default();
            Price::of_edge(vacancy, 0) - *price - partner
        };
        let asked: Vec<Price> = problem.vacancies().iter().zip(&self.vacancies).map(asked).collect();
        for (person, price) in (0..).zip(&self.people) {
            for edge in problem.edges_of(person) {
                let worth = problem.edge(edge).and_then(|(to, score)| {
                    let asked = asked.get(at(to))?;
                    Some(Price { score: asked.score + i64::from(score), ..*asked })
                });
                if worth.is_none_or(|worth| worth > *price) {
                    return Err(Flaw::Edge { edge });
                }
            }
        }
        Ok(())
    }

    fn bound(&self, problem: &Problem) -> Wide {
        let mut sum = Wide(0, 0, 0);
        self.people.iter().for_each(|price| sum.add(*price, 1));
        problem.vacancies().iter().zip(&self.vacancies).for_each(|(vacancy, price)| sum.add(*price, vacancy.capacity));
        problem.partner_limits().iter().zip(&self.partners).for_each(|(limit, price)| sum.add(*price, limit.unwrap_or(0)));
        sum
    }
}

/// A sum of prices that cannot overflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wide(i128, i128, i128);

impl Wide {
    fn add(&mut self, price: Price, times: u32) {
        let times = i128::from(times);
        self.0 += i128::from(price.must_fill) * times;
        self.1 += i128::from(price.placed) * times;
        self.2 += i128::from(price.score) * times;
    }

    fn of_plan(problem: &Problem, plan: &Plan) -> Self {
        let mut sum = Self(0, 0, 0);
        for (to, score) in plan.edges().iter().flatten().filter_map(|edge| problem.edge(at(*edge))) {
            if let Some(vacancy) = problem.vacancies().get(at(to)) {
                sum.add(Price::of_edge(vacancy, score), 1);
            }
        }
        sum
    }

    fn narrow(self) -> Price {
        let part = |part: i128| i64::try_from(part).unwrap_or(if part < 0 { i64::MIN } else { i64::MAX });
        Price { must_fill: part(self.0), placed: part(self.1), score: part(self.2) }
    }
}
