//! Matching from outside: cases by their names, laws, and the index beside asking one by one.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may fail as tests do")]

mod brute;
mod cases;
mod laws;
mod policy;
mod predicate;
mod row;
mod world;

use chrono::NaiveDate;
use serap::engine::geo::Point;
use serap::engine::id::{EmployerId, GraduateId, OfficeId, VacancyId};
use serap::engine::kinds::{CertificateKind, Importance};
use serap::engine::matching::{Candidate, Demand, HeldUnit, Policy, RequirementLine, expand};
use serap::engine::unit_code::UnitCode;
use uuid::Uuid;

/// The day of all cases.
fn today() -> NaiveDate {
    day(2026, 12, 1)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn graduate(number: u128) -> GraduateId {
    GraduateId(Uuid::from_u128(number))
}

fn office(number: u128) -> OfficeId {
    OfficeId(Uuid::from_u128(number))
}

fn employer(number: u128) -> EmployerId {
    EmployerId(Uuid::from_u128(number))
}

fn unit(code: &str) -> UnitCode {
    UnitCode::parse(code).unwrap()
}

/// Gending, Probolinggo, and a point some metres east of it.
fn east_of_gending(metres: f64) -> Point {
    let latitude: f64 = -7.8;
    Point { latitude, longitude: 113.3 + metres / (111_195.08 * latitude.to_radians().cos()) }
}

fn certificate(code: &str) -> HeldUnit {
    HeldUnit { code: unit(code), level: None, evidence: CertificateKind::Bnsp, issued: day(2026, 1, 1), expires: Some(day(2028, 12, 31)) }
}

/// A graduate of office 1 with valid BNSP certificates of these units.
fn holder(number: u128, codes: &[&str]) -> Candidate {
    Candidate { units: codes.iter().map(|code| certificate(code)).collect(), ..Candidate::new(graduate(number), office(1)) }
}

fn line(code: &str, importance: Importance) -> RequirementLine {
    RequirementLine::new(unit(code), importance, expand(&unit(code), &[], &[], &Policy::default()))
}

/// A full-time vacancy of employer 1 for office 1 that starts in a fortnight and asks for these units.
fn vacancy(required: &[&str], preferred: &[&str]) -> Demand {
    let lines = required.iter().map(|code| line(code, Importance::Required));
    let lines = lines.chain(preferred.iter().map(|code| line(code, Importance::Preferred))).collect();
    Demand { lines, ..Demand::new(VacancyId(Uuid::from_u128(9)), employer(1), office(1), day(2026, 12, 15)) }
}

const SEW: &str = "GAR.CM01.003.01";
const OVERLOCK: &str = "C.14GMT06.010.1";
const PATTERN: &str = "C.141110.001.01";
const PRESS: &str = "C.141110.002.01";
