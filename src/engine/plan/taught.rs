//! What a taught unit counts for: a training certificate of a given day, valid, without level.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::engine::id::{GraduateId, OfficeId};
use crate::engine::kinds::CertificateKind;
use crate::engine::matching::candidate::{Candidate, HeldUnit};
use crate::engine::matching::coverage::coverage;
use crate::engine::matching::requirement::{Demand, RequirementLine};
use crate::engine::unit_code::UnitCode;

/// A unit on the certificate of a class.
pub(super) fn held(unit: &UnitCode, issued: NaiveDate) -> HeldUnit {
    HeldUnit { code: unit.clone(), level: None, evidence: CertificateKind::Training, issued, expires: None }
}

/// Somebody of whom nothing is known but the units of a class.
pub(super) fn pupil(units: &[UnitCode], office: OfficeId, issued: NaiveDate) -> Candidate {
    let units = units.iter().map(|unit| held(unit, issued)).collect();
    Candidate { units, ..Candidate::new(GraduateId(uuid::Uuid::nil()), office) }
}

/// The required lines of a demand that units are about, and those of them that teaching the units meets.
pub(super) struct Touched {
    /// By line, whether one of the units stands for it, whatever evidence it asks.
    pub(super) about: Vec<bool>,
    /// By line, whether whoever is taught today meets it.
    pub(super) met: Vec<bool>,
}

impl Touched {
    pub(super) fn of(demand: &Demand, pupil: &Candidate, today: NaiveDate) -> Self {
        let stands =
            |line: &RequirementLine| line.excludes() && line.rights().any(|accept| pupil.units.iter().any(|held| held.code == accept.code));
        let about: Vec<bool> = demand.lines.iter().map(stands).collect();
        let meets = |(line, about): (&RequirementLine, &bool)| {
            *about && coverage(pupil, &with_lines(demand, std::slice::from_ref(line)), today).unmet_required.is_empty()
        };
        let met = demand.lines.iter().zip(&about).map(meets).collect();
        Self { about, met }
    }

    /// Whether the units are about the demand at all.
    pub(super) fn any(&self) -> bool {
        self.about.contains(&true)
    }
}

/// A demand with other lines.
pub(super) fn with_lines(demand: &Demand, lines: &[RequirementLine]) -> Demand {
    Demand { lines: lines.to_vec(), ..demand.clone() }
}

/// A demand with the lines that are (or are not) marked.
pub(super) fn with_marked(demand: &Demand, marks: &[bool], marked: bool) -> Demand {
    let lines = demand.lines.iter().zip(marks).filter(|(_, mark)| **mark == marked).map(|(line, _)| line.clone()).collect();
    Demand { lines, ..demand.clone() }
}

/// Numbers people from 0 as they are first named.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    by_graduate: FxHashMap<GraduateId, u32>,
    graduates: Vec<GraduateId>,
}

impl Numbers {
    /// The number of a graduate.
    pub(super) fn of(&mut self, graduate: GraduateId) -> u32 {
        let next = self.count();
        let number = *self.by_graduate.entry(graduate).or_insert(next);
        if number == next {
            self.graduates.push(graduate);
        }
        number
    }

    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.graduates.len()).unwrap_or(u32::MAX)
    }

    /// Who has a number.
    pub(super) fn graduate(&self, number: u32) -> Option<GraduateId> {
        self.graduates.get(usize::try_from(number).ok()?).copied()
    }
}
