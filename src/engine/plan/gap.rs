//! Which units, taught to whom, add the most placements.
//!
//! Each answer is the difference of two largest plans over all open seats and all available graduates: with the units taught
//! to everybody who lacks nothing else, and without. A class that only moves people from seat to seat adds nothing.

use chrono::NaiveDate;
use rustc_hash::FxHashSet;

use super::Open;
use super::taught::{Numbers, Touched, pupil, with_marked};
use crate::engine::allocation::teaching::{Opening, TeachingError, opened, placed_today};
use crate::engine::id::{EmployerId, GraduateId, OfficeId};
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::coverage::coverage;
use crate::engine::matching::index::Index;
use crate::engine::matching::requirement::{Demand, Scope};
use crate::engine::unit_code::UnitCode;

/// The most subjects that are solved in one answer; those that most people lack are solved, the others only counted.
pub const MOST_SOLVED: usize = 200;

/// Whom to teach and for whose seats.
#[derive(Debug, Clone, Default)]
pub struct Only {
    /// Teach only these people; all where `None`. The plan itself is always over everybody.
    pub people: Option<FxHashSet<GraduateId>>,
    /// Teach only people of these offices; of all where `None`.
    pub offices: Option<Vec<OfficeId>>,
    /// Teach only for the seats of this partner.
    pub employer: Option<EmployerId>,
}

impl Only {
    /// A demand for the people of the offices alone.
    fn narrowed(&self, demand: &Demand) -> Demand {
        let Some(offices) = &self.offices else { return demand.clone() };
        let within = offices.iter().copied().filter(|office| demand.scope.includes(*office));
        Demand { scope: Scope::Offices(within.collect()), ..demand.clone() }
    }
}

/// What teaching one subject is worth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worth {
    /// Open vacancies with a free seat that require one of its units, or a unit that one of them stands for.
    pub vacancies: u32,
    /// Free seats in them.
    pub seats_free: u32,
    /// People eligible for one of them, other units apart, who hold what it requires of the subject.
    pub holders: u32,
    /// People eligible for one of them who lack what it requires of the subject and nothing else.
    pub lacking: u32,
    /// Of those, who say they master it.
    pub claiming: u32,
    /// What teaching it adds; `None` where it was not solved.
    pub gain: Option<Gain>,
}

/// What teaching adds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gain {
    /// More people placed.
    pub added: u32,
    /// The fewest people to teach for it, by id.
    pub taught: Vec<GraduateId>,
}

/// The answer for all subjects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gap {
    /// Free seats of all open vacancies.
    pub seats_free: u32,
    /// People placed in them by the largest plan of today.
    pub placed: u32,
    /// By subject.
    pub worth: Vec<Worth>,
}

/// What teaching each subject (a unit, or all units of a programme or scheme) today is worth.
pub fn gap(index: &Index, open: &[Open], subjects: &[Vec<UnitCode>], only: &Only, today: NaiveDate) -> Result<Gap, TeachingError> {
    let mut market = Market::of(index, open, only, today);
    let mut counted: Vec<Counted> = subjects.iter().map(|units| market.count(units)).collect();
    let mut order: Vec<usize> = (0..counted.len()).collect();
    order.sort_by_key(|at| counted.get(*at).map(|one| std::cmp::Reverse(one.worth.lacking)));
    let placed = placed_today(market.numbers.count(), &market.openings)?;
    for at in order.into_iter().take(MOST_SOLVED) {
        if let Some(one) = counted.get_mut(at) {
            one.worth.gain = Some(market.solve(&one.opens, placed)?);
        }
    }
    Ok(Gap {
        seats_free: seats_free(open),
        placed: u32::try_from(placed).unwrap_or(u32::MAX),
        worth: counted.into_iter().map(|one| one.worth).collect(),
    })
}

fn seats_free(open: &[Open]) -> u32 {
    open.iter().fold(0, |sum, one| sum.saturating_add(one.demand.seats_free))
}

/// What counting a subject finds: its figures, and who could take seats of which vacancy once taught.
struct Counted {
    worth: Worth,
    opens: Vec<(usize, Vec<u32>)>,
}

/// Who could take which seat, asked once a question.
struct Market<'a> {
    index: &'a Index,
    open: &'a [Open],
    only: &'a Only,
    today: NaiveDate,
    numbers: Numbers,
    openings: Vec<Opening>,
    seats: usize,
}

impl<'a> Market<'a> {
    fn of(index: &'a Index, open: &'a [Open], only: &'a Only, today: NaiveDate) -> Self {
        let seats = usize::try_from(seats_free(open)).unwrap_or(usize::MAX);
        let mut market = Self { index, open, only, today, numbers: Numbers::default(), openings: Vec::with_capacity(open.len()), seats };
        for one in open {
            let people = market.ask(one, &one.demand);
            let today = people.into_iter().map(|graduate| market.numbers.of(graduate)).collect();
            market.openings.push(Opening { seats: one.demand.seats_free, today, once_taught: Vec::new() });
        }
        market
    }

    fn ask(&self, one: &Open, demand: &Demand) -> Vec<GraduateId> {
        self.index.everyone(demand, &one.policy, self.today).into_iter().map(|listed| listed.graduate).collect()
    }

    fn count(&mut self, units: &[UnitCode]) -> Counted {
        let (mut worth, mut opens) = (Worth::default(), Vec::new());
        let (mut holders, mut lacking, mut claiming) = (FxHashSet::default(), FxHashSet::default(), FxHashSet::default());
        let (open, only, pupil) = (self.open, self.only, pupil(units, OfficeId(uuid::Uuid::nil()), self.today));
        let taught = |graduate: &GraduateId| only.people.as_ref().is_none_or(|people| people.contains(graduate));
        for (at, one) in open.iter().enumerate().filter(|(_, one)| only.employer.is_none_or(|named| named == one.demand.employer)) {
            let demand = only.narrowed(&one.demand);
            let touched = Touched::of(&demand, &pupil, self.today);
            if !touched.any() {
                continue;
            }
            worth.vacancies = worth.vacancies.saturating_add(1);
            worth.seats_free = worth.seats_free.saturating_add(one.demand.seats_free);
            holders.extend(self.ask(one, &with_marked(&demand, &touched.about, true)).into_iter().filter(taught));
            let today: FxHashSet<u32> = self.openings.get(at).map(|opening| opening.today.iter().copied().collect()).unwrap_or_default();
            let mut short: Vec<GraduateId> = self.ask(one, &with_marked(&demand, &touched.about, false));
            short.retain(|graduate| taught(graduate) && !today.contains(&self.numbers.of(*graduate)));
            for graduate in &short {
                lacking.insert(*graduate);
                if !claiming.contains(graduate) && self.claims(*graduate, &demand) {
                    claiming.insert(*graduate);
                }
            }
            if touched.met != touched.about {
                short = self.ask(one, &with_marked(&demand, &touched.met, false));
                short.retain(|graduate| taught(graduate) && !today.contains(&self.numbers.of(*graduate)));
            }
            // The solver needs no more of a list than there are seats.
            short.truncate(self.seats);
            opens.push((at, short.into_iter().map(|graduate| self.numbers.of(graduate)).collect()));
        }
        let count = |people: &FxHashSet<GraduateId>| u32::try_from(people.len()).unwrap_or(u32::MAX);
        (worth.holders, worth.lacking, worth.claiming) = (count(&holders), count(&lacking), count(&claiming));
        Counted { worth, opens }
    }

    /// Whether somebody says they master every required unit they lack.
    fn claims(&self, graduate: GraduateId, demand: &Demand) -> bool {
        let covered = |candidate: Candidate| coverage(&candidate, demand, self.today);
        self.index
            .candidate(graduate)
            .map(covered)
            .is_some_and(|covered| covered.unmet_required.iter().all(|unit| covered.claimed.contains(unit)))
    }

    fn solve(&mut self, opens: &[(usize, Vec<u32>)], placed: u64) -> Result<Gain, TeachingError> {
        if opens.iter().all(|(_, people)| people.is_empty()) {
            return Ok(Gain::default());
        }
        for (at, people) in opens {
            if let Some(opening) = self.openings.get_mut(*at) {
                opening.once_taught.clone_from(people);
            }
        }
        let found = opened(self.numbers.count(), &self.openings, placed);
        for (at, _) in opens {
            if let Some(opening) = self.openings.get_mut(*at) {
                opening.once_taught.clear();
            }
        }
        let found = found?;
        let added = u32::try_from(found.added()).unwrap_or(u32::MAX);
        let mut taught: Vec<GraduateId> = found.taught.into_iter().filter_map(|(person, _)| self.numbers.graduate(person)).collect();
        taught.sort_unstable();
        Ok(Gain { added, taught })
    }
}
