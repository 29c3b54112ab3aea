//! What teaching opens: how many more people could be placed if some could also take seats that they cannot take today, and the
//! fewest of them who must be taught for it.
//!
//! It solves twice, today and once taught, and never multiplies people with seats. It never says who may take which seat.

use rustc_hash::FxHashSet;

use super::maximum::{Cancelled, maximum};
use super::problem::{Edge, Problem, ProblemError, Vacancy};

/// The free seats of one vacancy and who could take them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opening {
    /// How many seats are free.
    pub seats: u32,
    /// People, from 0, who could take one today.
    pub today: Vec<u32>,
    /// People who could take one once they are taught.
    pub once_taught: Vec<u32>,
}

/// What teaching opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// People placed by the largest plan of today.
    pub placed_today: u64,
    /// People placed by the largest plan once everybody named is taught.
    pub placed: u64,
    /// The fewest people to teach for that plan, and where each of them is seated: person and vacancy, by person.
    pub taught: Vec<(u32, u32)>,
}

impl Opened {
    /// How many more are placed.
    #[must_use]
    pub fn added(&self) -> u64 {
        self.placed.saturating_sub(self.placed_today)
    }
}

/// Why nothing can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TeachingError {
    /// The seats and people make no problem.
    #[error(transparent)]
    Problem(#[from] ProblemError),
    /// The solver was broken off.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// How many of `people` are placed by the largest plan of today.
pub fn placed_today(people: u32, openings: &[Opening]) -> Result<u64, TeachingError> {
    Ok(u64::try_from(solved(people, openings, false)?.len()).unwrap_or(u64::MAX))
}

/// What teaching opens, given how many are placed without it (from [`placed_today`]).
///
/// Among the largest plans the one that seats most people by what they know today teaches fewest: each such seat is worth one, a
/// taught one nothing.
pub fn opened(people: u32, openings: &[Opening], placed_today: u64) -> Result<Opened, TeachingError> {
    let seated = solved(people, openings, true)?;
    let placed = u64::try_from(seated.len()).unwrap_or(u64::MAX);
    let taught = seated.into_iter().filter(|seat| seat.taught).map(|seat| (seat.person, seat.vacancy)).collect();
    Ok(Opened { placed_today, placed, taught })
}

struct Seat {
    person: u32,
    vacancy: u32,
    taught: bool,
}

fn solved(people: u32, openings: &[Opening], with_taught: bool) -> Result<Vec<Seat>, TeachingError> {
    let all = openings.iter().fold(0_usize, |sum, opening| sum.saturating_add(usize::try_from(opening.seats).unwrap_or(usize::MAX)));
    let mut edges = Vec::new();
    for (vacancy, opening) in (0_u32..).zip(openings).filter(|(_, opening)| opening.seats > 0) {
        // Whatever the other seats take, a vacancy that as many people could fill as there are seats at all finds somebody among
        // them; more of its list changes neither how many are placed nor how many must be taught.
        let mut known = FxHashSet::default();
        let edge = |score: u16| move |person: &u32| Edge { person: *person, vacancy, score };
        edges.extend(opening.today.iter().filter(|person| known.insert(**person)).take(all).map(edge(1)));
        if with_taught && known.len() < all {
            edges.extend(opening.once_taught.iter().filter(|person| known.insert(**person)).take(all).map(edge(0)));
        }
    }
    let vacancies = (0_u32..).zip(openings).map(|(partner, opening)| Vacancy { capacity: opening.seats, partner, must_fill: false });
    let problem = Problem::new(people, vacancies.collect(), vec![None; openings.len()], edges)?;
    let best = maximum(&problem, &mut |_| std::ops::ControlFlow::Continue(()))?;
    let seat = |person: u32| {
        let (vacancy, score) = problem.edge(best.plan.edge_of(person)?)?;
        Some(Seat { person, vacancy, taught: score == 0 })
    };
    Ok((0..people).filter_map(seat).collect())
}
