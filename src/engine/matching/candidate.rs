//! What the matcher knows of a graduate: certified units, place, wishes and availability, and nothing about who they are.
//!
//! It never carries a name, an identity number, sex, age, religion, marital status or disability; a field for one of
//! them must not be added here.

use crate::engine::geo::Point;
use crate::engine::id::{EmployerId, GraduateId, OfficeId};
use crate::engine::kinds::{CertificateKind, Shift};
use crate::engine::money::Rupiah;
use crate::engine::unit_code::UnitCode;
use chrono::NaiveDate;

/// A competency unit on one certificate in force or expired; a revoked certificate is not a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldUnit {
    /// The unit.
    pub code: UnitCode,
    /// Level 1 to 5, where the certificate states one.
    pub level: Option<u8>,
    /// What kind of certificate proves it.
    pub evidence: CertificateKind,
    /// The day of issue.
    pub issued: NaiveDate,
    /// The last day it is valid; `None` never expires.
    pub expires: Option<NaiveDate>,
}

/// A graduate as the matcher sees them.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Whose row this is.
    pub graduate: GraduateId,
    /// The office the graduate belongs to.
    pub office: OfficeId,
    /// Certified units, in any order; a unit may stand on several certificates.
    pub units: Vec<HeldUnit>,
    /// Where the graduate lives (the district's centroid); `None` is unknown.
    pub place: Option<Point>,
    /// How far the graduate would travel, straight line; `None` states no limit.
    pub radius_metres: Option<u32>,
    /// Whether the graduate would live near the work, so that the radius does not bind.
    pub ready_to_board: bool,
    /// The monthly wage hoped for.
    pub wage_wish_monthly: Option<Rupiah>,
    /// The first day the graduate could work.
    pub available_from: Option<NaiveDate>,
    /// The last day of a pause the graduate asked for.
    pub paused_until: Option<NaiveDate>,
    /// Whether a class was passed.
    pub has_passed: bool,
    /// The graduate's own declaration of being available.
    pub declares_available: bool,
    /// Whether the graduate, though placed, declared wanting a change.
    pub wants_change: bool,
    /// Hours a week that no placement has taken (40 minus committed).
    pub free_hours: u8,
    /// Employers the graduate does not want to be shown to.
    pub blocked_employers: Vec<EmployerId>,
    /// Employers the graduate prefers, best first; read by allocation, never by the score.
    pub ranked_employers: Vec<EmployerId>,
    /// Shifts the graduate would work; empty states no limit.
    pub shifts: Vec<Shift>,
    /// Limited, erased or merged away: never matched.
    pub limited: bool,
    /// Objects to automated ranking: listed, after the others, without a score.
    pub objects_to_ranking: bool,
    /// Units the graduate says they master: shown apart, never scored.
    pub claimed_units: Vec<UnitCode>,
    /// KBJI codes of wished or past work.
    pub occupations: Vec<String>,
    /// The trade of the class, as the office words it.
    pub trade: Option<String>,
}

impl Candidate {
    /// A graduate of an office who passed, is available full time, and of whom nothing else is known.
    #[must_use]
    pub fn new(graduate: GraduateId, office: OfficeId) -> Self {
        Self {
            graduate,
            office,
            units: Vec::new(),
            place: None,
            radius_metres: None,
            ready_to_board: false,
            wage_wish_monthly: None,
            available_from: None,
            paused_until: None,
            has_passed: true,
            declares_available: true,
            wants_change: false,
            free_hours: 40,
            blocked_employers: Vec::new(),
            ranked_employers: Vec::new(),
            shifts: Vec::new(),
            limited: false,
            objects_to_ranking: false,
            claimed_units: Vec::new(),
            occupations: Vec::new(),
            trade: None,
        }
    }
}
