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
    decide(&Stance::of(candidate), || candidate.blocked_employers.as_slice(), demand, demand.metres_from(candidate.place), today)
}

/// What the predicate reads of a graduate. Many share one, so it is kept once for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Stance {
    pub(super) office: OfficeId,
    pub(super) radius_metres: Option<u32>,
    pub(super) paused_until: Option<NaiveDate>,
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

impl Stance {
    pub(super) fn of(candidate: &Candidate) -> Self {
        Self {
            office: candidate.office,
            radius_metres: candidate.radius_metres,
            paused_until: candidate.paused_until,
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

    /// How many facts there are that are only so or not so.
    pub(super) const FACTS: usize = 7;

    /// Those facts, in a fixed order.
    pub(super) fn facts(&self) -> [bool; Self::FACTS] {
        [
            self.ready_to_board,
            self.has_passed,
            self.declares_available,
            self.wants_change,
            self.limited,
            self.has_blocks,
            self.objects_to_ranking,
        ]
    }

    /// A stance with facts as [`Stance::facts`] gives them.
    pub(super) fn with_facts(
        office: OfficeId,
        radius_metres: Option<u32>,
        paused_until: Option<NaiveDate>,
        free_hours: u8,
        shifts: u8,
        [ready_to_board, has_passed, declares_available, wants_change, limited, has_blocks, objects_to_ranking]: [bool; Self::FACTS],
    ) -> Self {
        Self {
            office,
            radius_metres,
            paused_until,
            free_hours,
            shifts,
            ready_to_board,
            has_passed,
            declares_available,
            wants_change,
            limited,
            has_blocks,
            objects_to_ranking,
        }
    }

    /// Whether the graduate's own radius can exclude.
    pub(super) fn own_radius(&self) -> Option<u32> {
        self.radius_metres.filter(|_| !self.ready_to_board)
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
    stance: &Stance,
    blocked: impl FnOnce() -> &'a [EmployerId],
    demand: &Demand,
    metres: Option<u32>,
    today: NaiveDate,
) -> Result<(), Ineligible> {
    let refuse = |when: bool, why: Ineligible| if when { Err(why) } else { Ok(()) };
    refuse(stance.limited, Ineligible::Limited)?;
    refuse(!demand.scope.includes(stance.office), Ineligible::OtherOffice)?;
    refuse(!stance.has_passed, Ineligible::NotPassed)?;
    refuse(!stance.declares_available, Ineligible::NotAvailable)?;
    refuse(stance.paused_until.is_some_and(|last| last >= today), Ineligible::Paused)?;
    refuse(demand.hours_per_week > stance.free_hours && !stance.wants_change, Ineligible::HoursTaken)?;
    refuse(stance.has_blocks && blocked().contains(&demand.employer), Ineligible::EmployerBlocked)?;
    let works = |shift: Shift| stance.shifts == 0 || stance.shifts & shift_bit(shift) != 0;
    refuse(demand.shift.is_some_and(|shift| !works(shift)), Ineligible::Shift)?;
    let farther_than = |limit: Option<u32>| metres.zip(limit).is_some_and(|(metres, limit)| metres > limit);
    refuse(farther_than(stance.own_radius()), Ineligible::OutsideOwnRadius)?;
    refuse(farther_than(demand.max_distance_metres), Ineligible::BeyondVacancyDistance)
}
