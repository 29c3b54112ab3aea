//! Who gets which seat.

use super::problem::{Problem, at};

/// A plan: the edge each person takes, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    edges: Vec<Option<u32>>,
}

/// What a plan breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanFlaw {
    /// It speaks of other people than the problem.
    #[error("the plan is of another problem")]
    OtherProblem,
    /// A vacancy got more people than seats.
    #[error("vacancy {vacancy} has {seats} seats and got {placed}")]
    Overfull {
        /// The vacancy.
        vacancy: u32,
        /// Its seats.
        seats: u32,
        /// How many it got.
        placed: u32,
    },
    /// A partner got more people than its limit.
    #[error("partner {partner} may get {limit} and got {placed}")]
    OverLimit {
        /// The partner.
        partner: u32,
        /// Its limit.
        limit: u32,
        /// How many it got.
        placed: u32,
    },
}

impl Plan {
    /// A plan from the edge of each person.
    #[must_use]
    pub fn new(edges: Vec<Option<u32>>) -> Self {
        Self { edges }
    }

    /// The edge of each person.
    #[must_use]
    pub fn edges(&self) -> &[Option<u32>] {
        &self.edges
    }

    /// The edge a person takes.
    #[must_use]
    pub fn edge_of(&self, person: u32) -> Option<usize> {
        self.edges.get(at(person)).copied().flatten().map(at)
    }

    /// The vacancy a person goes to.
    #[must_use]
    pub fn vacancy_of(&self, problem: &Problem, person: u32) -> Option<u32> {
        problem.edge(self.edge_of(person)?).map(|(vacancy, _)| vacancy)
    }

    /// How many people are placed.
    #[must_use]
    pub fn placed(&self) -> usize {
        self.edges.iter().flatten().count()
    }

    /// The sum of the scores, in hundredths.
    #[must_use]
    pub fn total(&self, problem: &Problem) -> u64 {
        self.scores(problem).map(u64::from).sum()
    }

    /// The lowest score of anybody placed.
    #[must_use]
    pub fn lowest(&self, problem: &Problem) -> Option<u16> {
        self.scores(problem).min()
    }

    fn scores<'a>(&'a self, problem: &'a Problem) -> impl Iterator<Item = u16> + 'a {
        self.edges.iter().flatten().filter_map(|edge| problem.scores().get(at(*edge)).copied())
    }

    /// How many people each vacancy gets.
    #[must_use]
    pub fn filled(&self, problem: &Problem) -> Vec<u32> {
        let mut filled = vec![0_u32; problem.vacancies().len()];
        for edge in self.edges.iter().flatten() {
            if let Some(count) = problem.to().get(at(*edge)).and_then(|vacancy| filled.get_mut(at(*vacancy))) {
                *count += 1;
            }
        }
        filled
    }

    /// How many people each partner gets.
    #[must_use]
    pub fn filled_by_partner(&self, problem: &Problem) -> Vec<u32> {
        let mut filled = vec![0_u32; problem.partner_limits().len()];
        for (vacancy, count) in problem.vacancies().iter().zip(self.filled(problem)) {
            if let Some(sum) = filled.get_mut(at(vacancy.partner)) {
                *sum += count;
            }
        }
        filled
    }

    /// Whether every person takes an edge of their own, no vacancy overflows and no partner gets more than its limit.
    pub fn check(&self, problem: &Problem) -> Result<(), PlanFlaw> {
        let own = |(person, edge): (u32, &Option<u32>)| edge.is_none_or(|edge| problem.edges_of(person).contains(&at(edge)));
        if self.edges.len() != at(problem.people()) || !(0..).zip(&self.edges).all(own) {
            return Err(PlanFlaw::OtherProblem);
        }
        for ((vacancy, seats), placed) in (0..).zip(problem.vacancies()).zip(self.filled(problem)) {
            if placed > seats.capacity {
                return Err(PlanFlaw::Overfull { vacancy, seats: seats.capacity, placed });
            }
        }
        for ((partner, limit), placed) in (0..).zip(problem.partner_limits()).zip(self.filled_by_partner(problem)) {
            if let Some(limit) = limit.filter(|limit| placed > *limit) {
                return Err(PlanFlaw::OverLimit { partner, limit, placed });
            }
        }
        Ok(())
    }
}
