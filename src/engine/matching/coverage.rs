//! Which lines of a vacancy a graduate's certificates meet, which they only claim, and which are missing.
//!
//! It never counts a self-claimed unit as met, and a certificate that falls short of what a line asks counts nothing
//! for that line, however good it is otherwise.

use crate::coded_enum;
use crate::engine::kinds::{CertificateKind, Importance};
use crate::engine::matching::candidate::{Candidate, HeldUnit};
use crate::engine::matching::policy::Policy;
use crate::engine::matching::requirement::{Accept, Demand, RequirementLine, Via};
use crate::engine::unit_code::UnitCode;
use chrono::NaiveDate;

coded_enum! {
    /// Why a held certificate does not count for a line.
    pub enum Shortfall {
        /// Issued after the day it is judged on.
        NotYetIssued = "not_yet_issued",
        /// Weaker evidence than asked.
        Evidence = "evidence",
        /// Expired where a valid one is asked.
        Expired = "expired",
        /// A lower level than a required line asks.
        Level = "level",
    }
}

/// The units of a vacancy's lines, as asked, sorted by how the graduate stands to them. Each unit stands once, in one list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Proved by a certificate.
    pub met: Vec<UnitCode>,
    /// Not proved; a certificate of a related skill counts a little. Never a unit that is required.
    pub related: Vec<UnitCode>,
    /// Not proved, but the graduate says they master it.
    pub claimed: Vec<UnitCode>,
    /// Neither.
    pub missing: Vec<UnitCode>,
    /// Required units that are not proved, claimed ones among them: empty for everyone on a match list.
    pub unmet_required: Vec<UnitCode>,
}

/// How a graduate's certificates cover a vacancy's lines, judged on its start date (or today, if that has passed).
#[must_use]
pub fn coverage(candidate: &Candidate, demand: &Demand, today: NaiveDate) -> Coverage {
    let day = demand.judged_on(today);
    let mut coverage = Coverage::default();
    let (mut unmet, mut related): (Vec<&UnitCode>, Vec<&UnitCode>) = (Vec::new(), Vec::new());
    for line in demand.lines.iter().filter(|line| line.is_assessable()) {
        match strongest(candidate, line, day) {
            Some(Via::Related) => related.push(&line.unit),
            Some(_) => {}
            None => {
                unmet.push(&line.unit);
                if line.excludes() {
                    add(&mut coverage.unmet_required, &line.unit);
                }
            }
        }
    }
    for line in demand.lines.iter().filter(|line| line.is_assessable()) {
        let claimed = || {
            let unmet =
                |same: &&RequirementLine| same.unit == line.unit && same.is_assessable() && strongest(candidate, same, day).is_none();
            demand.lines.iter().filter(unmet).any(|same| claims(&candidate.claimed_units, same))
        };
        let list = match (unmet.contains(&&line.unit), related.contains(&&line.unit)) {
            (false, false) => &mut coverage.met,
            (false, true) => &mut coverage.related,
            (true, _) if claimed() => &mut coverage.claimed,
            (true, _) => &mut coverage.missing,
        };
        add(list, &line.unit);
    }
    coverage
}

/// Whether the graduate claims a unit that would meet the line. Who claims a related skill does not claim the unit.
pub(super) fn claims(claimed_units: &[UnitCode], line: &RequirementLine) -> bool {
    let own = || line.rights().filter(|accept| accept.via != Via::Related);
    claimed_units.iter().any(|claimed| *claimed == line.unit || own().any(|accept| accept.code == *claimed))
}

/// The strongest right by which a certificate meets a line, or `None` if none does.
fn strongest(candidate: &Candidate, line: &RequirementLine, day: NaiveDate) -> Option<Via> {
    pairs(candidate, line).filter(|(held, _)| shortfall(Proof::of(held), line, day).is_none()).map(|(_, accept)| accept.via).min()
}

/// Held units that can stand for a line, each with the right by which it does.
fn pairs<'a>(candidate: &'a Candidate, line: &'a RequirementLine) -> impl Iterator<Item = (&'a HeldUnit, &'a Accept)> {
    let accepted = |held: &'a HeldUnit| line.rights().filter(move |accept| accept.code == held.code).map(move |accept| (held, accept));
    candidate.units.iter().flat_map(accepted)
}

/// What a certificate says of a unit besides its code.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proof {
    pub(super) level: Option<u8>,
    pub(super) evidence: CertificateKind,
    pub(super) issued: NaiveDate,
    pub(super) expires: Option<NaiveDate>,
}

impl Proof {
    pub(super) fn of(held: &HeldUnit) -> Self {
        Self { level: held.level, evidence: held.evidence, issued: held.issued, expires: held.expires }
    }

    pub(super) fn is_expired(self, day: NaiveDate) -> bool {
        self.expires.is_some_and(|last| last < day)
    }

    /// Levels below the one asked; an unstated level never fails, but counts as one short.
    pub(super) fn levels_short(self, asked: Option<u8>) -> u8 {
        asked.map_or(0, |asked| self.level.map_or(1, |level| asked.saturating_sub(level)))
    }
}

/// Why a certificate does not meet a line, or `None` if it does.
pub(super) fn shortfall(proof: Proof, line: &RequirementLine, day: NaiveDate) -> Option<Shortfall> {
    if proof.issued > day {
        return Some(Shortfall::NotYetIssued);
    }
    if line.min_evidence.is_some_and(|least| proof.evidence.strength() < least.strength()) {
        return Some(Shortfall::Evidence);
    }
    if line.must_be_valid && proof.is_expired(day) {
        return Some(Shortfall::Expired);
    }
    let known_short = proof.level.is_some() && proof.levels_short(line.min_level) > 0;
    (line.importance == Importance::Required && known_short).then_some(Shortfall::Level)
}

/// What a certificate that meets a line is worth to it, in hundredths of a percent (10000 is full).
pub(super) fn worth(proof: Proof, line: &RequirementLine, factor_hundredths: u16, day: NaiveDate, policy: &Policy) -> u32 {
    let evidence = match proof.evidence {
        CertificateKind::Bnsp => policy.bnsp,
        CertificateKind::Training => policy.training,
        CertificateKind::Industry => policy.industry,
    };
    let [one, two, further] = policy.short;
    let level = match proof.levels_short(line.min_level) {
        0 => 100,
        1 => one,
        2 => two,
        _ => further,
    };
    let validity = if proof.is_expired(day) { policy.expired } else { 100 };
    evidence * u32::from(factor_hundredths.min(100)) * level * validity / 10_000
}

fn add(list: &mut Vec<UnitCode>, unit: &UnitCode) {
    if !list.contains(unit) {
        list.push(unit.clone());
    }
}
