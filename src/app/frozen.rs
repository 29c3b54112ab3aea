//! A demand as it is kept with a frozen list: everything the scorer read of the vacancy, and nothing personal.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::error::AppError;
use crate::engine::geo::Point;
use crate::engine::id::{EmployerId, OfficeId, VacancyId};
use crate::engine::kinds::{CertificateKind, Importance, Shift};
use crate::engine::matching::requirement::{Accept, Demand, RequirementLine, Scope, Via};
use crate::engine::money::Rupiah;
use crate::engine::unit_code::UnitCode;

/// A demand as stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::app) struct FrozenDemand {
    offices: Option<Vec<Uuid>>,
    employer: Uuid,
    lines: Vec<FrozenLine>,
    starts_on: NaiveDate,
    place: Option<(f64, f64)>,
    max_distance_metres: Option<u32>,
    hours_per_week: u8,
    shift: Option<String>,
    monthly_wage: Option<i64>,
    kbji: Option<String>,
    trade: Option<String>,
    seats_free: u32,
}

/// A requirement line as stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct FrozenLine {
    unit: String,
    importance: String,
    accepts: Vec<(String, u16, String)>,
    weight: u16,
    min_evidence: Option<String>,
    min_level: Option<u8>,
    must_be_valid: bool,
}

impl FrozenDemand {
    /// What is kept of a demand.
    pub(in crate::app) fn of(demand: &Demand) -> Self {
        Self {
            offices: match &demand.scope {
                Scope::Offices(offices) => Some(offices.iter().map(|office| office.0).collect()),
                Scope::All => None,
            },
            employer: demand.employer.0,
            lines: demand.lines.iter().map(FrozenLine::of).collect(),
            starts_on: demand.starts_on,
            place: demand.place.map(|point| (point.latitude, point.longitude)),
            max_distance_metres: demand.max_distance_metres,
            hours_per_week: demand.hours_per_week,
            shift: demand.shift.map(|shift| shift.code().to_owned()),
            monthly_wage: demand.monthly_wage.map(Rupiah::amount),
            kbji: demand.kbji.clone(),
            trade: demand.trade.clone(),
            seats_free: demand.seats_free,
        }
    }

    /// The demand again.
    pub(in crate::app) fn demand(&self, vacancy: VacancyId) -> Demand {
        Demand {
            vacancy,
            scope: self.offices.as_ref().map_or(Scope::All, |offices| Scope::Offices(offices.iter().copied().map(OfficeId).collect())),
            employer: EmployerId(self.employer),
            lines: self.lines.iter().filter_map(FrozenLine::line).collect(),
            starts_on: self.starts_on,
            place: self.place.map(|(latitude, longitude)| Point { latitude, longitude }),
            max_distance_metres: self.max_distance_metres,
            hours_per_week: self.hours_per_week,
            shift: self.shift.as_deref().and_then(Shift::parse),
            monthly_wage: self.monthly_wage.and_then(Rupiah::new),
            kbji: self.kbji.clone(),
            trade: self.trade.clone(),
            seats_free: self.seats_free,
        }
    }

    /// As bytes for the store.
    pub(in crate::app) fn to_bytes(&self) -> Result<Vec<u8>, AppError> {
        serde_json::to_vec(self).map_err(|error| AppError::Internal(error.to_string()))
    }

    /// From the store; `None` if the bytes are something else.
    pub(in crate::app) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

impl FrozenLine {
    fn of(line: &RequirementLine) -> Self {
        Self {
            unit: line.unit.as_str().to_owned(),
            importance: line.importance.code().to_owned(),
            accepts: line
                .accepts
                .iter()
                .map(|accept| (accept.code.as_str().to_owned(), accept.factor_hundredths, accept.via.code().to_owned()))
                .collect(),
            weight: line.weight,
            min_evidence: line.min_evidence.map(|kind| kind.code().to_owned()),
            min_level: line.min_level,
            must_be_valid: line.must_be_valid,
        }
    }

    fn line(&self) -> Option<RequirementLine> {
        let accepts = self.accepts.iter().filter_map(|(code, factor_hundredths, via)| {
            Some(Accept { code: UnitCode::parse(code)?, factor_hundredths: *factor_hundredths, via: Via::parse(via)? })
        });
        let line = RequirementLine::new(UnitCode::parse(&self.unit)?, Importance::parse(&self.importance)?, accepts.collect());
        Some(RequirementLine {
            weight: self.weight,
            min_evidence: self.min_evidence.as_deref().and_then(CertificateKind::parse),
            min_level: self.min_level,
            must_be_valid: self.must_be_valid,
            ..line
        })
    }
}
