//! Who could take which seat, with what score: the question that an allocation answers.
//!
//! It never says who should: that is `maximum` and `stable`.

use std::ops::Range;

/// The whole score, in hundredths of a point.
pub const MAX_SCORE: u16 = 10_000;

/// That a person may take a seat of a vacancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The person, from 0.
    pub person: u32,
    /// The vacancy, from 0.
    pub vacancy: u32,
    /// The score, in hundredths, up to [`MAX_SCORE`]; 0 where nothing could be assessed.
    pub score: u16,
}

/// The seats of a vacancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vacancy {
    /// Seats that can be given.
    pub capacity: u32,
    /// Whose vacancy it is: a number below the count of partners.
    pub partner: u32,
    /// Whether its seats are filled before any other's.
    pub must_fill: bool,
}

/// What makes a problem impossible to state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProblemError {
    /// An edge names a person who is not there.
    #[error("edge {edge} names person {person}, and there are {people}")]
    NoSuchPerson {
        /// Number of the edge.
        edge: usize,
        /// The person named.
        person: u32,
        /// How many there are.
        people: u32,
    },
    /// An edge names a vacancy that is not there.
    #[error("edge {edge} names vacancy {vacancy}, and there are {vacancies}")]
    NoSuchVacancy {
        /// Number of the edge.
        edge: usize,
        /// The vacancy named.
        vacancy: u32,
        /// How many there are.
        vacancies: usize,
    },
    /// A vacancy names a partner without a limit entry.
    #[error("vacancy {vacancy} names partner {partner}, and there are {partners}")]
    NoSuchPartner {
        /// Number of the vacancy.
        vacancy: usize,
        /// The partner named.
        partner: u32,
        /// How many there are.
        partners: usize,
    },
    /// A score above the whole.
    #[error("edge {edge} has score {score}, above the whole")]
    Score {
        /// Number of the edge.
        edge: usize,
        /// Its score.
        score: u16,
    },
    /// More edges or vacancies than numbers of 32 bits can name.
    #[error("too many edges or vacancies")]
    TooLarge,
}

/// A checked problem: edges lie by person, a pair stands once (with its best score), a person's edges by vacancy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    first: Vec<u32>,
    to: Vec<u32>,
    scores: Vec<u16>,
    vacancies: Vec<Vacancy>,
    partner_limits: Vec<Option<u32>>,
}

impl Problem {
    /// States a problem. `partner_limits` says for each partner the most people it may get; `None` sets no limit.
    ///
    /// A pair that is named twice counts once, with its higher score. The order of `edges` does not matter.
    pub fn new(people: u32, vacancies: Vec<Vacancy>, partner_limits: Vec<Option<u32>>, mut edges: Vec<Edge>) -> Result<Self, ProblemError> {
        if u32::try_from(edges.len()).is_err() || u32::try_from(vacancies.len()).is_err() {
            return Err(ProblemError::TooLarge);
        }
        for (number, vacancy) in vacancies.iter().enumerate() {
            if at(vacancy.partner) >= partner_limits.len() {
                let partners = partner_limits.len();
                return Err(ProblemError::NoSuchPartner { vacancy: number, partner: vacancy.partner, partners });
            }
        }
        for (edge, Edge { person, vacancy, score }) in edges.iter().copied().enumerate() {
            if person >= people {
                return Err(ProblemError::NoSuchPerson { edge, person, people });
            }
            if at(vacancy) >= vacancies.len() {
                return Err(ProblemError::NoSuchVacancy { edge, vacancy, vacancies: vacancies.len() });
            }
            if score > MAX_SCORE {
                return Err(ProblemError::Score { edge, score });
            }
        }
        edges.sort_unstable_by_key(|edge| (edge.person, edge.vacancy, std::cmp::Reverse(edge.score)));
        edges.dedup_by_key(|edge| (edge.person, edge.vacancy));
        let mut first = Vec::with_capacity(at(people) + 1);
        first.push(0);
        let mut rest = edges.as_slice();
        for person in 0..people {
            let own = rest.partition_point(|edge| edge.person == person);
            rest = rest.get(own..).unwrap_or_default();
            first.push(u32::try_from(edges.len() - rest.len()).unwrap_or(u32::MAX));
        }
        let (to, scores) = edges.iter().map(|edge| (edge.vacancy, edge.score)).unzip();
        Ok(Self { first, to, scores, vacancies, partner_limits })
    }

    /// How many people there are.
    #[must_use]
    pub fn people(&self) -> u32 {
        u32::try_from(self.first.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The vacancies, by number.
    #[must_use]
    pub fn vacancies(&self) -> &[Vacancy] {
        &self.vacancies
    }

    /// The most people each partner may get, by number.
    #[must_use]
    pub fn partner_limits(&self) -> &[Option<u32>] {
        &self.partner_limits
    }

    /// How many pairs of a person and a vacancy there are.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.to.len()
    }

    /// The numbers of a person's edges.
    #[must_use]
    pub fn edges_of(&self, person: u32) -> Range<usize> {
        let bound = |number: usize| self.first.get(number).map_or(0, |first| at(*first));
        bound(at(person))..bound(at(person) + 1)
    }

    /// Where the edges of each person begin, and after the last person where all end.
    #[must_use]
    pub fn first(&self) -> &[u32] {
        &self.first
    }

    /// The vacancy of each edge.
    #[must_use]
    pub fn to(&self) -> &[u32] {
        &self.to
    }

    /// The score of each edge, in hundredths.
    #[must_use]
    pub fn scores(&self) -> &[u16] {
        &self.scores
    }

    /// The vacancy and score of an edge.
    #[must_use]
    pub fn edge(&self, edge: usize) -> Option<(u32, u16)> {
        self.to.get(edge).copied().zip(self.scores.get(edge).copied())
    }

    /// The edge of a person to a vacancy.
    #[must_use]
    pub fn edge_between(&self, person: u32, vacancy: u32) -> Option<usize> {
        let own = self.edges_of(person);
        self.to.get(own.clone())?.binary_search(&vacancy).ok().map(|place| own.start + place)
    }
}

/// A number as a place in a list.
pub(super) fn at(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
