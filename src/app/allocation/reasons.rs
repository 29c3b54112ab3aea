//! Why somebody got no seat and why a seat stays empty, from the structure of the plan and the predicate's own answers.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use uuid::Uuid;

use super::gather::Gathered;
use super::instance::{Barred, Instance, index};
use super::request::Pair;
use super::result::{ChainDoc, CompetitionDoc, EmptyDoc, EmptyReason, UnplacedDoc, UnplacedReason};
use crate::engine::allocation::{Maximum, Plan, Structure, WhyEmpty, WhyUnplaced};
use crate::engine::matching::eligibility::Ineligible;
use crate::engine::matching::obstacle::{Obstacle, obstacle};
use crate::engine::unit_code::UnitCode;

/// Chains are worked out one by one; beyond so many people without a seat only the reason is told.
const MOST_CHAINS: usize = 2_000;
/// Of how many people without an edge every vacancy is looked at.
const MOST_OBSTACLES: usize = 20_000;

/// Everybody without a seat, with the reason, by graduate.
pub(super) fn unplaced(instance: &Instance, gathered: &Gathered, plan: &Plan, best: Option<&Maximum>) -> Vec<UnplacedDoc> {
    let fixed: rustc_hash::FxHashSet<Uuid> = instance.fixed.iter().map(|one| one.graduate).collect();
    let free = |person: &u32| plan.edge_of(*person).is_none() && instance.graduate(*person).is_some_and(|id| !fixed.contains(&id));
    let people: Vec<u32> = (0..instance.problem.people()).filter(free).collect();
    let many = people.len() > MOST_OBSTACLES;
    let best = best.filter(|_| people.len() <= MOST_CHAINS).map(|best| (best, Structure::of(&instance.problem, plan)));
    let one = |person: &u32| -> Option<UnplacedDoc> {
        let graduate = instance.graduate(*person)?;
        if instance.problem.edges_of(*person).is_empty() {
            return Some(without_edge(instance, gathered, *person, graduate, many));
        }
        Some(match &best {
            Some((best, structure)) => instance.taken(structure, best, *person, graduate),
            None => plain(graduate, UnplacedReason::SeatsTaken, instance.liked_most(*person)),
        })
    };
    people.par_iter().filter_map(one).collect()
}

fn plain(graduate: Uuid, reason: UnplacedReason, vacancy: Option<Uuid>) -> UnplacedDoc {
    UnplacedDoc { graduate, reason, vacancy, units: Vec::new(), competition: None, chain: None }
}

/// Why no vacancy is acceptable: what was barred first, then the nearest obstacle of all vacancies.
fn without_edge(instance: &Instance, gathered: &Gathered, person: u32, graduate: Uuid, many: bool) -> UnplacedDoc {
    let count = u32::try_from(instance.vacancies.len()).unwrap_or(u32::MAX);
    if let Some((vacancy, barred)) = (0..count).find_map(|vacancy| Some((vacancy, *instance.barred.get(&(person, vacancy))?))) {
        let reason = match barred {
            Barred::BelowMinimum => UnplacedReason::BelowMinimum,
            Barred::AnsweredBefore => UnplacedReason::AnsweredBefore,
            Barred::NotRanked => UnplacedReason::NotRanked,
        };
        return plain(graduate, reason, instance.vacancy(vacancy));
    }
    let Some(candidate) = instance.people.get(index(person)) else { return plain(graduate, UnplacedReason::NoVacancy, None) };
    let looked_at = if many { 50 } else { usize::MAX };
    let obstacles = instance.vacancies.iter().take(looked_at).filter_map(|one| {
        // Of two that are equally near, the nearer by road comes first.
        let metres = one.demand.metres_from(candidate.place).unwrap_or(u32::MAX);
        Some((obstacle(candidate, &one.demand, gathered.today)?, metres, one.row.id))
    });
    match obstacles.min() {
        None => plain(graduate, UnplacedReason::NoVacancy, None),
        Some((obstacle, _, vacancy)) => {
            let (reason, units) = told(&obstacle);
            let about_all = matches!(obstacle, Obstacle::Ineligible(3, _));
            UnplacedDoc { units, ..plain(graduate, reason, Some(vacancy.0).filter(|_| !about_all)) }
        }
    }
}

fn told(obstacle: &Obstacle) -> (UnplacedReason, Vec<String>) {
    let written = |units: &[UnitCode]| units.iter().map(|unit| unit.as_str().to_owned()).collect();
    match obstacle {
        Obstacle::Expired(units) => (UnplacedReason::CertificateExpired, written(units)),
        Obstacle::Missing(_, units) => (UnplacedReason::UnitMissing, written(units)),
        Obstacle::Ineligible(_, why) => {
            let reason = match why {
                Ineligible::Unknown | Ineligible::Limited => UnplacedReason::Limited,
                Ineligible::OtherOffice => UnplacedReason::OtherOffice,
                Ineligible::NotPassed => UnplacedReason::NotPassed,
                Ineligible::NotAvailable => UnplacedReason::NotAvailable,
                Ineligible::Paused => UnplacedReason::Paused,
                Ineligible::HoursTaken => UnplacedReason::HoursTaken,
                Ineligible::EmployerBlocked => UnplacedReason::EmployerBlocked,
                Ineligible::Shift => UnplacedReason::Shift,
                Ineligible::OutsideOwnRadius | Ineligible::BeyondVacancyDistance => UnplacedReason::OutOfReach,
                Ineligible::RequiredUnitMissing => UnplacedReason::UnitMissing,
            };
            (reason, Vec::new())
        }
    }
}

impl Instance {
    /// The vacancy somebody would like most.
    fn liked_most(&self, person: u32) -> Option<Uuid> {
        let edge = self.preferences.order_of_person(&self.problem, person).into_iter().next()?;
        self.problem.edge(index(edge)).and_then(|(vacancy, _)| self.vacancy(vacancy))
    }

    /// Why somebody who may have a seat got none in the best plan.
    fn taken(&self, structure: &Structure<'_>, best: &Maximum, person: u32, graduate: Uuid) -> UnplacedDoc {
        let liked = self.liked_most(person);
        match structure.why_unplaced(&best.certificate, person) {
            WhyUnplaced::AllTaken(taken) => UnplacedDoc {
                competition: Some(CompetitionDoc {
                    vacancies: taken.vacancies.iter().filter_map(|vacancy| self.vacancy(*vacancy)).collect(),
                    people: taken.people,
                    seats: taken.seats,
                }),
                chain: taken.chain.map(|chain| ChainDoc {
                    moves: chain
                        .steps
                        .iter()
                        .filter_map(|(person, vacancy)| Some(Pair { graduate: self.graduate(*person)?, vacancy: self.vacancy(*vacancy)? }))
                        .collect(),
                    displaced: self.graduate(chain.displaced),
                    price: chain.price,
                }),
                ..plain(graduate, UnplacedReason::SeatsTaken, liked)
            },
            WhyUnplaced::PartnerLimit { .. } => plain(graduate, UnplacedReason::PartnerLimit, liked),
            WhyUnplaced::MustFillFirst { .. } => plain(graduate, UnplacedReason::MustFillFirst, liked),
            WhyUnplaced::NoEdge | WhyUnplaced::Placed => plain(graduate, UnplacedReason::NoVacancy, None),
        }
    }
}

/// Vacancies with an empty seat, and why.
pub(super) fn empty_seats(instance: &Instance, gathered: &Gathered, plan: &Plan) -> Vec<EmptyDoc> {
    let filled = plan.filled(&instance.problem);
    let empty = (0..).zip(instance.problem.vacancies()).zip(&filled).filter(|((_, vacancy), filled)| vacancy.capacity > **filled);
    let empty: Vec<(u32, u32)> = empty.map(|((number, vacancy), filled)| (number, vacancy.capacity - filled)).collect();
    if empty.is_empty() {
        return Vec::new();
    }
    let structure = Structure::of(&instance.problem, plan);
    let one = |(number, seats): &(u32, u32)| -> Option<EmptyDoc> {
        let vacancy = instance.vacancy(*number)?;
        let reason = match structure.why_empty(*number) {
            WhyEmpty::NobodyMayTakeIt => EmptyReason::NobodyEligible,
            WhyEmpty::EveryoneIsPlaced => EmptyReason::EveryonePlaced,
            WhyEmpty::PartnerLimit { .. } => EmptyReason::PartnerLimit,
            WhyEmpty::CouldBeFilled => EmptyReason::LikedLess,
        };
        let lacking = if reason == EmptyReason::PartnerLimit { None } else { lacking_most(instance, gathered, *number, plan) };
        let (unit, lacking) = lacking.map_or((None, 0), |(unit, count)| (Some(unit), count));
        Some(EmptyDoc { vacancy, seats: *seats, reason, unit, lacking })
    };
    empty.par_iter().filter_map(one).collect()
}

/// The unit that most people without a seat lack for a vacancy, alone, and how many.
fn lacking_most(instance: &Instance, gathered: &Gathered, vacancy: u32, plan: &Plan) -> Option<(String, usize)> {
    let open = instance.vacancies.get(index(vacancy))?;
    let mut lacking: FxHashMap<String, usize> = FxHashMap::default();
    let unplaced = (0..).zip(&instance.people).filter(|(person, _)| plan.edge_of(*person).is_none());
    for (_, candidate) in unplaced.take(MOST_CHAINS) {
        if let Some(Obstacle::Missing(1, units)) = obstacle(candidate, &open.demand, gathered.today)
            && let Some(unit) = units.first()
        {
            *lacking.entry(unit.as_str().to_owned()).or_default() += 1;
        }
    }
    lacking.into_iter().min_by(|left, right| (right.1, &left.0).cmp(&(left.1, &right.0)))
}
