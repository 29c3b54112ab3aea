//! Who may be matched to a vacancy at all: the one predicate that list, count, near misses, allocation and console share.
//!
//! It never looks at certificates (that is `coverage`), never at who somebody is, and never excludes for a fact that is
//! unknown.

use crate::coded_enum;
use crate::engine::geo::Point;
use crate::engine::id::{EmployerId, OfficeId};
use crate::engine::kinds::Shift;
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::requirement::Demand;
use crate::engine::money::Rupiah;
use chrono::NaiveDate;

coded_enum! {
    /// Why a graduate is not matched to a vacancy; the first that applies, in this order.
    pub enum Ineligible {
        /// The index holds no such graduate.
        Unknown = "unknown",
        /// Limited, erased or merged away.
        Limited = "limited",
        /// Another office's graduate, and the vacancy is not open to it.
        OtherOffice = "other_office",
        /// Did not pass a class.
        NotPassed = "not_passed",
        /// Declares not to be available.
        NotAvailable = "not_available",
        /// Asked for a pause that has not ended.
        Paused = "paused",
        /// Placements leave too few hours, and no change is wanted.
        HoursTaken = "hours_taken",
        /// Does not want to be shown to this employer.
        EmployerBlocked = "employer_blocked",
        /// Would not work this shift.
        Shift = "shift",
        /// Farther than the graduate would travel.
        OutsideOwnRadius = "outside_own_radius",
        /// Farther than the vacancy allows.
        BeyondVacancyDistance = "beyond_vacancy_distance",
        /// A required unit is missing.
        RequiredUnitMissing = "required_unit_missing",
    }
}

/// Whether a graduate may be matched to a vacancy today, certificates apart.
pub fn check(candidate: &Candidate, demand: &Demand, today: NaiveDate) -> Result<(), Ineligible> {
    decide(&Standing::of(candidate), || candidate.blocked_employers.as_slice(), demand, demand.metres_from(candidate.place), today)
}

/// What predicate and context factors read of a graduate, small enough to lie in a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) office: OfficeId,
    pub(super) radius_metres: Option<u32>,
    pub(super) paused_until: Option<NaiveDate>,
    pub(super) available_from: Option<NaiveDate>,
    pub(super) wage_wish: Option<Rupiah>,
    pub(super) free_hours: u8,
    /// One bit a shift the graduate would work; 0 states no limit.
    pub(super) shifts: u8,
    pub(super) ready_to_board: bool,
    pub(super) has_passed: bool,
    pub(super) declares_available: bool,
    pub(super) wants_change: bool,
    pub(super) limited: bool,
    pub(super) has_blocks: bool,
    pub(super) objects_to_ranking: bool,
}

impl Standing {
    pub(super) fn of(candidate: &Candidate) -> Self {
        Self {
            office: candidate.office,
            radius_metres: candidate.radius_metres,
            paused_until: candidate.paused_until,
            available_from: candidate.available_from,
            wage_wish: candidate.wage_wish_monthly,
            free_hours: candidate.free_hours,
            shifts: candidate.shifts.iter().fold(0, |bits, shift| bits | shift_bit(*shift)),
            ready_to_board: candidate.ready_to_board,
            has_passed: candidate.has_passed,
            declares_available: candidate.declares_available,
            wants_change: candidate.wants_change,
            limited: candidate.limited,
            has_blocks: !candidate.blocked_employers.is_empty(),
            objects_to_ranking: candidate.objects_to_ranking,
        }
    }
}

/// Whether a point can be measured from.
pub(super) fn is_a_place(point: Point) -> bool {
    point.latitude.is_finite() && point.longitude.is_finite()
}

const fn shift_bit(shift: Shift) -> u8 {
    match shift {
        Shift::Day => 1,
        Shift::Evening => 2,
        Shift::Night => 4,
        Shift::Rotating => 8,
    }
}

/// The predicate itself. The blocked employers come last and only when there are some, as they lie elsewhere.
pub(super) fn decide<'a>(
    standing: &Standing,
    blocked: impl FnOnce() -> &'a [EmployerId],
    demand: &Demand,
    metres: Option<u32>,
    today: NaiveDate,
) -> Result<(), Ineligible> {
    let refuse = |when: bool, why: Ineligible| if when { Err(why) } else { Ok(()) };
    refuse(standing.limited, Ineligible::Limited)?;
    refuse(!demand.scope.includes(standing.office), Ineligible::OtherOffice)?;
    refuse(!standing.has_passed, Ineligible::NotPassed)?;
    refuse(!standing.declares_available, Ineligible::NotAvailable)?;
    refuse(standing.paused_until.is_some_and(|last| last >= today), Ineligible::Paused)?;
    refuse(demand.hours_per_week > standing.free_hours && !standing.wants_change, Ineligible::HoursTaken)?;
    refuse(standing.has_blocks && blocked().contains(&demand.employer), Ineligible::EmployerBlocked)?;
    let works = |shift: Shift| standing.shifts == 0 || standing.shifts & shift_bit(shift) != 0;
    refuse(demand.shift.is_some_and(|shift| !works(shift)), Ineligible::Shift)?;
    let farther_than = |limit: Option<u32>| metres.zip(limit).is_some_and(|(metres, limit)| metres > limit);
    refuse(farther_than(standing.radius_metres) && !standing.ready_to_board, Ineligible::OutsideOwnRadius)?;
    refuse(farther_than(demand.max_distance_metres), Ineligible::BeyondVacancyDistance)
}
