//! How well one graduate fits one vacancy, and why.
//!
//! The score is 0 to 100, kept in hundredths; it never exceeds the whole, and where no line can be assessed there is none.

use crate::engine::kinds::Importance;
use crate::engine::matching::candidate::{Candidate, HeldUnit};
use crate::engine::matching::contribution::{Contribution, Detail, Factor, LevelFit, UnknownFact, apportion};
use crate::engine::matching::coverage::{self, Proof};
use crate::engine::matching::eligibility::{Standing, is_a_place};
use crate::engine::matching::policy::Policy;
use crate::engine::matching::requirement::{Accept, Demand, RequirementLine};
use crate::engine::matching::{context, terms::Terms};
use crate::engine::unit_code::UnitCode;
use chrono::NaiveDate;

/// A score with what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// 0 to 10000, hundredths of a point.
    pub total_hundredths: u32,
    /// What it is made of: the lines in the vacancy's order, then the context factors. Points make the total, maxima 10000.
    pub contributions: Vec<Contribution>,
    /// Units as asked that a certificate proves.
    pub met: Vec<UnitCode>,
    /// Units as asked that are only claimed.
    pub claimed: Vec<UnitCode>,
    /// Units as asked that are neither.
    pub missing: Vec<UnitCode>,
}

/// The score of a graduate for a vacancy, or `None` where no line can be assessed.
///
/// It says nothing about eligibility: a near miss has a score too, in which the missing line gives nothing.
#[must_use]
pub fn score(candidate: &Candidate, demand: &Demand, policy: &Policy, today: NaiveDate) -> Option<Score> {
    explain(candidate, &Terms::new(demand, policy, today))
}

/// What one factor gives and could give, before it is rounded.
struct Part {
    factor: Factor,
    unit: Option<UnitCode>,
    part: u64,
    most: u64,
    detail: Detail,
}

pub(super) fn explain(candidate: &Candidate, terms: &Terms<'_>) -> Option<Score> {
    if !terms.is_assessable() {
        return None;
    }
    let mut parts: Vec<Part> = terms.lines.iter().map(|line| line_part(candidate, line, terms)).collect();
    parts.extend(context_parts(candidate, terms));
    let exact: Vec<u64> = parts.iter().map(|part| part.part).collect();
    let maxima: Vec<u64> = parts.iter().map(|part| part.most).collect();
    let rounded = apportion(&exact, &maxima, terms.unit_of_parts());
    let contributions = parts.into_iter().zip(rounded).map(|(part, (points, most))| Contribution {
        factor: part.factor,
        unit: part.unit,
        points_hundredths: points,
        max_hundredths: most,
        detail: part.detail,
    });
    let coverage = coverage::coverage(candidate, terms.demand, terms.today);
    Some(Score {
        total_hundredths: terms.total(exact.iter().sum()),
        contributions: contributions.collect(),
        met: coverage.met,
        claimed: coverage.claimed,
        missing: coverage.missing,
    })
}

fn line_part(candidate: &Candidate, line: &RequirementLine, terms: &Terms<'_>) -> Part {
    let factor = match line.importance {
        Importance::Required => Factor::RequiredUnit,
        Importance::Preferred => Factor::PreferredUnit,
    };
    let worth = |(held, accept): &(&HeldUnit, &Accept)| {
        coverage::worth(Proof::of(held), line, accept.factor_hundredths, terms.begins, terms.policy)
    };
    let meets = |(held, _): &(&HeldUnit, &Accept)| coverage::shortfall(Proof::of(held), line, terms.begins).is_none();
    // Among equals the stronger right, the stronger evidence and the later expiry are shown.
    let best = coverage::pairs(candidate, line).filter(meets).max_by_key(|pair| {
        let (held, accept) = pair;
        (worth(pair), std::cmp::Reverse(accept.via), held.evidence.strength(), held.expires.unwrap_or(NaiveDate::MAX))
    });
    let (part, detail) = match best {
        Some(pair) => (terms.line_part(line, worth(&pair)), certified(pair.0, pair.1, line, terms.begins)),
        None => (0, unmet(candidate, line, terms.begins)),
    };
    Part { factor, unit: Some(line.unit.clone()), part, most: terms.line_part(line, context::FULL), detail }
}

fn certified(held: &HeldUnit, accept: &Accept, line: &RequirementLine, day: NaiveDate) -> Detail {
    let proof = Proof::of(held);
    let level = match (line.min_level, held.level) {
        (None, _) => LevelFit::NotAsked,
        (Some(_), None) => LevelFit::Unstated,
        (Some(asked), Some(level)) if level >= asked => LevelFit::Reached,
        (Some(asked), Some(level)) => LevelFit::Short(asked - level),
    };
    let expired = proof.is_expired(day);
    Detail::Certified { code: held.code.clone(), via: accept.via, evidence: held.evidence, level, expires: held.expires, expired }
}

/// Why a line gives nothing; of several certificates the one that came furthest is named.
fn unmet(candidate: &Candidate, line: &RequirementLine, day: NaiveDate) -> Detail {
    let claimed = coverage::claims(candidate, line);
    let short = |(held, _): (&HeldUnit, &Accept)| coverage::shortfall(Proof::of(held), line, day).map(|why| (why, held.code.clone()));
    match coverage::pairs(candidate, line).filter_map(short).max() {
        Some((why, code)) => Detail::FallsShort { code, why, claimed },
        None if claimed => Detail::ClaimedOnly,
        None => Detail::NotHeld,
    }
}

/// Distance, wage and start date, each unless the policy leaves it out.
fn context_parts(candidate: &Candidate, terms: &Terms<'_>) -> Vec<Part> {
    let standing = Standing::of(candidate);
    let metres = terms.demand.metres_from(candidate.place);
    let [distance, wage, start] = terms.context_parts(&standing, metres);
    let unit = terms.unit_of_parts();
    let policy = terms.policy;
    [
        (Factor::Distance, policy.distance, distance, distance_detail(candidate, terms, metres)),
        (Factor::Wage, policy.wage, wage, wage_detail(candidate, terms)),
        (Factor::Start, policy.start, start, start_detail(candidate, terms)),
    ]
    .into_iter()
    .filter(|(_, weight, _, _)| *weight > 0)
    .map(|(factor, weight, part, detail)| Part { factor, unit: None, part, most: u64::from(weight) * unit, detail })
    .collect()
}

fn distance_detail(candidate: &Candidate, terms: &Terms<'_>, metres: Option<u32>) -> Detail {
    match metres {
        Some(metres) => Detail::Distance { metres, ready_to_board: candidate.ready_to_board },
        None if candidate.place.is_some_and(is_a_place) => neutral(UnknownFact::PlaceOfWork, terms),
        None => neutral(UnknownFact::PlaceOfGraduate, terms),
    }
}

fn wage_detail(candidate: &Candidate, terms: &Terms<'_>) -> Detail {
    match (terms.demand.monthly_wage, candidate.wage_wish_monthly) {
        (Some(offered), Some(wished)) => Detail::Wage { offered, wished },
        (None, _) => neutral(UnknownFact::WageOffered, terms),
        (Some(_), None) => neutral(UnknownFact::WageWish, terms),
    }
}

fn start_detail(candidate: &Candidate, terms: &Terms<'_>) -> Detail {
    match candidate.available_from {
        Some(available_from) => Detail::Start { available_from, begins: terms.begins },
        None => neutral(UnknownFact::AvailableFrom, terms),
    }
}

fn neutral(unknown: UnknownFact, terms: &Terms<'_>) -> Detail {
    Detail::Neutral { unknown, percent: u8::try_from(terms.policy.unknown).unwrap_or(100) }
}
