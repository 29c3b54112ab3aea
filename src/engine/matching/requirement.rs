//! What a vacancy asks, as the matcher sees it, and which held codes can stand for an asked unit.
//!
//! It never asks for a person's attribute, it filters by nothing but what `eligibility` and `coverage` read, and it never lets a related skill
//! meet a required line.

use crate::coded_enum;
use crate::engine::geo::Point;
use crate::engine::id::{EmployerId, OfficeId, VacancyId};
use crate::engine::kinds::{CertificateKind, Importance, Shift};
use crate::engine::matching::policy::Policy;
use crate::engine::money::Rupiah;
use crate::engine::unit_code::UnitCode;
use chrono::NaiveDate;

coded_enum! {
    /// By what right a held unit stands for an asked one; strongest first.
    pub enum Via {
        /// It is the unit that was asked.
        Exact = "exact",
        /// A newer version of it.
        Newer = "newer",
        /// An older version of it.
        Older = "older",
        /// Another code of the same competence, by a link somebody made.
        Equivalent = "equivalent",
        /// A unit of a related skill: counts a little on a preferred line, and never proves the unit asked.
        Related = "related",
    }
}

/// A unit that can stand for the one asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accept {
    /// The code to be held.
    pub code: UnitCode,
    /// What it is worth, in hundredths: 100 is full.
    pub factor_hundredths: u16,
    /// By what right.
    pub via: Via,
}

/// One line of a vacancy's requirements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementLine {
    /// Codes that can meet it, from [`expand`] and [`with_related`]; empty means the line is not assessed. Which of them count, [`Self::rights`]
    /// says.
    pub accepts: Vec<Accept>,
    /// The unit as asked.
    pub unit: UnitCode,
    /// Whether its absence excludes.
    pub importance: Importance,
    /// Weight among the lines, 1 to 100; taken as 1 or 100 beyond.
    pub weight: u16,
    /// The weakest certificate that counts.
    pub min_evidence: Option<CertificateKind>,
    /// The lowest level that counts in full. Below it a required line is not met; an unstated level never fails.
    pub min_level: Option<u8>,
    /// Whether an expired certificate counts nothing.
    pub must_be_valid: bool,
}

impl RequirementLine {
    /// A line of weight 1 without minimum; a required one asks for a valid certificate, a preferred one does not.
    #[must_use]
    pub fn new(unit: UnitCode, importance: Importance, accepts: Vec<Accept>) -> Self {
        let must_be_valid = importance == Importance::Required;
        Self { accepts, unit, importance, weight: 1, min_evidence: None, min_level: None, must_be_valid }
    }

    /// Whether anything can be said about it.
    #[must_use]
    pub fn is_assessable(&self) -> bool {
        !self.accepts.is_empty()
    }

    /// The codes that count for it. A related skill never meets a required line, whatever put it among the codes that can (DESIGN 3.3).
    pub fn rights(&self) -> impl Iterator<Item = &Accept> {
        let is_required = self.importance == Importance::Required;
        self.accepts.iter().filter(move |accept| !(is_required && accept.via == Via::Related))
    }

    /// Whether it excludes: required and assessable.
    #[must_use]
    pub fn excludes(&self) -> bool {
        self.importance == Importance::Required && self.is_assessable()
    }

    /// The weight, held to 1..=100.
    pub(super) fn bounded_weight(&self) -> u64 {
        u64::from(self.weight.clamp(1, 100))
    }
}

/// Whose graduates a vacancy may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// These offices' graduates.
    Offices(Vec<OfficeId>),
    /// Every office's.
    All,
}

impl Scope {
    /// Whether an office's graduates are within it.
    #[must_use]
    pub fn includes(&self, office: OfficeId) -> bool {
        match self {
            Self::All => true,
            Self::Offices(offices) => offices.contains(&office),
        }
    }
}

/// What a vacancy asks and offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// The vacancy.
    pub vacancy: VacancyId,
    /// Whose graduates it may see.
    pub scope: Scope,
    /// Who hires.
    pub employer: EmployerId,
    /// The requirements; lines that name no unit are left out.
    pub lines: Vec<RequirementLine>,
    /// The first day of work.
    pub starts_on: NaiveDate,
    /// Where the work is; `None` is unknown.
    pub place: Option<Point>,
    /// The farthest a graduate may live, where the vacancy states it.
    pub max_distance_metres: Option<u32>,
    /// Hours of work a week.
    pub hours_per_week: u8,
    /// The shift, where stated.
    pub shift: Option<Shift>,
    /// The wage as rupiah a month, where it can be told.
    pub monthly_wage: Option<Rupiah>,
    /// The occupation's KBJI code; orders lists that cannot be scored.
    pub kbji: Option<String>,
    /// The trade, as the office words it; orders lists that cannot be scored.
    pub trade: Option<String>,
    /// Seats still free.
    pub seats_free: u32,
}

impl Demand {
    /// A full-time vacancy of one seat for one office's graduates that asks for nothing.
    #[must_use]
    pub fn new(vacancy: VacancyId, employer: EmployerId, office: OfficeId, starts_on: NaiveDate) -> Self {
        Self {
            vacancy,
            scope: Scope::Offices(vec![office]),
            employer,
            lines: Vec::new(),
            starts_on,
            place: None,
            max_distance_metres: None,
            hours_per_week: 40,
            shift: None,
            monthly_wage: None,
            kbji: None,
            trade: None,
            seats_free: 1,
        }
    }

    /// Whether any line can be assessed; without one there is no score.
    #[must_use]
    pub fn is_assessable(&self) -> bool {
        self.lines.iter().any(RequirementLine::is_assessable)
    }

    /// The day certificates are judged on: the start date, or today if that has passed.
    #[must_use]
    pub fn judged_on(&self, today: NaiveDate) -> NaiveDate {
        self.starts_on.max(today)
    }

    /// Straight-line metres from a place to the work; `None` if either is unknown.
    #[must_use]
    pub fn metres_from(&self, place: Option<Point>) -> Option<u32> {
        // A point that is not a number comes out as the largest distance; that is not a distance.
        Some(place?.metres_to(self.place?)).filter(|metres| *metres != u32::MAX)
    }
}

/// The codes that can stand for an asked unit: itself, its family's other versions, and its equivalents.
///
/// `versions` holds codes of the same family (others are passed over), `equivalents` a code and its link's own percent.
/// A code that the policy makes worthless is left out; one that is named twice keeps its best right.
#[must_use]
pub fn expand(unit: &UnitCode, versions: &[UnitCode], equivalents: &[(UnitCode, u16)], policy: &Policy) -> Vec<Accept> {
    let mut accepts = vec![Accept { code: unit.clone(), factor_hundredths: 100, via: Via::Exact }];
    for code in versions.iter().filter(|code| code.family() == unit.family()) {
        let via = if code.version() > unit.version() { Via::Newer } else { Via::Older };
        accepts.push(Accept { code: code.clone(), factor_hundredths: policy.version_share(code.version(), unit.version()), via });
    }
    for (code, link) in equivalents {
        accepts.push(Accept { code: code.clone(), factor_hundredths: policy.equivalent_share(*link), via: Via::Equivalent });
    }
    accepts.retain(|accept| accept.factor_hundredths > 0);
    accepts.sort_by(|a, b| (&a.code, b.factor_hundredths, a.via).cmp(&(&b.code, a.factor_hundredths, b.via)));
    // The asked unit itself is exact, whatever else names it.
    accepts.retain(|accept| accept.via == Via::Exact || accept.code != *unit);
    accepts.dedup_by(|later, kept| later.code == kept.code);
    accepts.sort_by(|a, b| (a.via, &a.code).cmp(&(b.via, &b.code)));
    accepts
}

/// Lets units of related skills count a little for a line, by the policy. A code that stands for the unit by another right keeps that right.
///
/// It may be said of any line; [`RequirementLine::rights`] sees to it that a required one is never met so.
#[must_use]
pub fn with_related(mut line: RequirementLine, related: &[UnitCode], policy: &Policy) -> RequirementLine {
    let factor_hundredths = policy.related_share();
    if factor_hundredths == 0 || !line.is_assessable() {
        return line;
    }
    for code in related {
        let known = code.family() == line.unit.family() || line.accepts.iter().any(|accept| accept.code == *code);
        if !known {
            line.accepts.push(Accept { code: code.clone(), factor_hundredths, via: Via::Related });
        }
    }
    line.accepts.sort_by(|a, b| (a.via, &a.code).cmp(&(b.via, &b.code)));
    line
}
