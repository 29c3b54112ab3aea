//! What keeps a graduate off a vacancy's list, and how near they are to standing on it.
//!
//! It decides nothing: the predicate and the coverage do. It says which of their answers to tell a person first.

use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::coverage::coverage;
use crate::engine::matching::eligibility::{self, Ineligible};
use crate::engine::matching::requirement::{Demand, RequirementLine};
use crate::engine::unit_code::UnitCode;
use chrono::NaiveDate;

/// Why a graduate is not on a vacancy's list; less is nearer to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// Every required unit is held, but the certificate of some expired before the day it is judged on.
    Expired(Vec<UnitCode>),
    /// Required units that are not held; fewer come first.
    Missing(usize, Vec<UnitCode>),
    /// The predicate refuses; what concerns this vacancy alone comes before what concerns all.
    Ineligible(u8, Ineligible),
}

/// What keeps a graduate off a vacancy's list, or `None` if they stand on it.
#[must_use]
pub fn obstacle(candidate: &Candidate, demand: &Demand, today: NaiveDate) -> Option<Obstacle> {
    if let Err(why) = eligibility::check(candidate, demand, today) {
        return Some(Obstacle::Ineligible(breadth(why), why));
    }
    let missing = coverage(candidate, demand, today).unmet_required;
    if missing.is_empty() {
        return None;
    }
    let lenient = |line: &RequirementLine| RequirementLine { must_be_valid: false, ..line.clone() };
    let lenient = Demand { lines: demand.lines.iter().map(lenient).collect(), ..demand.clone() };
    if coverage(candidate, &lenient, today).unmet_required.is_empty() {
        return Some(Obstacle::Expired(missing));
    }
    Some(Obstacle::Missing(missing.len(), missing))
}

/// How much of a person's search one refusal concerns: 0 this vacancy's place, 3 everything.
fn breadth(why: Ineligible) -> u8 {
    match why {
        Ineligible::RequiredUnitMissing | Ineligible::OutsideOwnRadius | Ineligible::BeyondVacancyDistance => 0,
        Ineligible::Shift | Ineligible::EmployerBlocked => 1,
        Ineligible::OtherOffice | Ineligible::HoursTaken => 2,
        Ineligible::Unknown | Ineligible::Limited | Ineligible::NotPassed | Ineligible::NotAvailable | Ineligible::Paused => 3,
    }
}
