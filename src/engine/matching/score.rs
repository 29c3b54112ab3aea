//! How well one graduate fits one vacancy, and why.
//!
//! The score is 0 to 100, kept in hundredths; it never exceeds the whole, and where no line can be assessed there is none.

use crate::engine::geo::Point;
use crate::engine::kinds::Importance;
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::context::{self, Wishes};
use crate::engine::matching::contribution::{Apportioning, Contribution, Detail, Factor, LevelFit, UnknownFact};
use crate::engine::matching::coverage::{self, Proof};
use crate::engine::matching::eligibility::is_a_place;
use crate::engine::matching::policy::Policy;
use crate::engine::matching::requirement::{Accept, Demand, RequirementLine, Via};
use crate::engine::matching::terms::Terms;
use crate::engine::unit_code::UnitCode;
use chrono::NaiveDate;

/// A score with what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// 0 to 10000, hundredths of a point.
    pub total_hundredths: u32,
    /// What it is made of: the lines in the vacancy's order, then the context factors. Points make the total, maxima 10000.
    pub contributions: Vec<Contribution>,
}

/// How a graduate stands to a unit as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Met,
    Related,
    Claimed,
    Missing,
}

impl Score {
    /// Units as asked that a certificate proves.
    #[must_use]
    pub fn met(&self) -> Vec<UnitCode> {
        self.units(Stand::Met)
    }

    /// Units as asked that no certificate proves, but for which one of a related skill counts a little.
    #[must_use]
    pub fn related(&self) -> Vec<UnitCode> {
        self.units(Stand::Related)
    }

    /// Units as asked that are only claimed.
    #[must_use]
    pub fn claimed(&self) -> Vec<UnitCode> {
        self.units(Stand::Claimed)
    }

    /// Units as asked that are neither.
    #[must_use]
    pub fn missing(&self) -> Vec<UnitCode> {
        self.units(Stand::Missing)
    }

    /// Each unit once, by its least fulfilled line; one that is claimed for any of them is claimed.
    fn units(&self, wanted: Stand) -> Vec<UnitCode> {
        let mut seen: Vec<(&UnitCode, Stand)> = Vec::with_capacity(self.contributions.len());
        for contribution in &self.contributions {
            let Some(unit) = &contribution.unit else { continue };
            let stand = match contribution.detail {
                Detail::ClaimedOnly | Detail::FallsShort { claimed: true, .. } => Stand::Claimed,
                Detail::Certified { via: Via::Related, .. } => Stand::Related,
                Detail::NotHeld | Detail::FallsShort { .. } => Stand::Missing,
                _ => Stand::Met,
            };
            match seen.iter_mut().find(|(known, _)| *known == unit) {
                Some((_, known)) => *known = stand_of_both(*known, stand),
                None => seen.push((unit, stand)),
            }
        }
        seen.into_iter().filter(|(_, stand)| *stand == wanted).map(|(unit, _)| unit.clone()).collect()
    }
}

fn stand_of_both(one: Stand, other: Stand) -> Stand {
    match (one, other) {
        (Stand::Met, other) | (other, Stand::Met) => other,
        (Stand::Related, other) | (other, Stand::Related) => other,
        (Stand::Claimed, _) | (_, Stand::Claimed) => Stand::Claimed,
        (Stand::Missing, Stand::Missing) => Stand::Missing,
    }
}

/// The score of a graduate for a vacancy, or `None` where no line can be assessed.
///
/// It says nothing about eligibility: a near miss has a score too, in which the missing line gives nothing.
#[must_use]
pub fn score(candidate: &Candidate, demand: &Demand, policy: &Policy, today: NaiveDate) -> Option<Score> {
    let terms = Terms::new(demand, policy, today);
    explain(&Facts::of(candidate, &terms), &terms, &mut Apportioning::default())
}

/// A certificate that can stand for a line, and the right by which it does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    /// The place of the line among those that can be assessed.
    pub(super) line: usize,
    pub(super) accept: &'a Accept,
    pub(super) proof: Proof,
}

/// What explaining reads of a graduate, wherever it lies.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub(super) pairs: Vec<Pair<'a>>,
    pub(super) claimed: &'a [UnitCode],
    pub(super) place: Option<Point>,
    pub(super) wishes: Wishes,
}

impl<'a> Facts<'a> {
    pub(super) fn of(candidate: &'a Candidate, terms: &Terms<'a>) -> Self {
        let mut pairs = Vec::new();
        for (place, line) in terms.lines.iter().enumerate() {
            for held in &candidate.units {
                let accepted = line.rights().filter(|accept| accept.code == held.code);
                pairs.extend(accepted.map(|accept| Pair { line: place, accept, proof: Proof::of(held) }));
            }
        }
        Self { pairs, claimed: &candidate.claimed_units, place: candidate.place, wishes: Wishes::of(candidate) }
    }

    /// Certificates that can stand for a line.
    fn of_line(&self, line: usize) -> impl Iterator<Item = &Pair<'a>> {
        self.pairs.iter().filter(move |pair| pair.line == line)
    }
}

/// The score of a graduate; `None` where no line can be assessed.
pub(super) fn explain(facts: &Facts<'_>, terms: &Terms<'_>, rounding: &mut Apportioning) -> Option<Score> {
    if !terms.is_assessable() {
        return None;
    }
    let parts = terms.lines.len() + terms.context_factors();
    let mut contributions = Vec::with_capacity(parts);
    rounding.begin(parts, terms.unit_of_parts());
    contributions.extend(terms.lines.iter().enumerate().map(|(place, line)| {
        let (detail, given) = line_detail(facts, place, line, terms);
        rounding.add(given, terms.line_part(line, context::FULL));
        let factor = match line.importance {
            Importance::Required => Factor::RequiredUnit,
            Importance::Preferred => Factor::PreferredUnit,
        };
        not_rounded(factor, Some(line.unit.clone()), detail)
    }));
    add_context(facts, terms, &mut contributions, rounding);
    let total_hundredths = terms.total(rounding.parts());
    for (contribution, (points, most)) in contributions.iter_mut().zip(rounding.divide()) {
        (contribution.points_hundredths, contribution.max_hundredths) = (points, most);
    }
    Some(Score { total_hundredths, contributions })
}

fn not_rounded(factor: Factor, unit: Option<UnitCode>, detail: Detail) -> Contribution {
    Contribution { factor, unit, points_hundredths: 0, max_hundredths: 0, detail }
}

/// Why a line gives what it gives, and that.
fn line_detail(facts: &Facts<'_>, place: usize, line: &RequirementLine, terms: &Terms<'_>) -> (Detail, u64) {
    let day = terms.begins;
    // Among equals the stronger right, the stronger evidence and the later expiry are shown.
    let best = facts
        .of_line(place)
        .filter(|pair| coverage::shortfall(pair.proof, line, day).is_none())
        .map(|pair| (coverage::worth(pair.proof, line, pair.accept.factor_hundredths, day, terms.policy), pair))
        .max_by_key(|(worth, Pair { accept, proof, .. })| {
            (*worth, std::cmp::Reverse(accept.via), proof.evidence.strength(), proof.expires.unwrap_or(NaiveDate::MAX))
        });
    match best {
        Some((worth, pair)) => (certified(pair, line, day), terms.line_part(line, worth)),
        None => (unmet(facts, place, line, day), 0),
    }
}

fn certified(pair: &Pair<'_>, line: &RequirementLine, day: NaiveDate) -> Detail {
    let Pair { accept, proof, .. } = pair;
    let level = match (line.min_level, proof.level) {
        (None, _) => LevelFit::NotAsked,
        (Some(_), None) => LevelFit::Unstated,
        (Some(asked), Some(level)) if level >= asked => LevelFit::Reached,
        (Some(asked), Some(level)) => LevelFit::Short(asked - level),
    };
    let expired = proof.is_expired(day);
    Detail::Certified { code: accept.code.clone(), via: accept.via, evidence: proof.evidence, level, expires: proof.expires, expired }
}

/// Why a line gives nothing; of several certificates the one that came furthest is named.
fn unmet(facts: &Facts<'_>, place: usize, line: &RequirementLine, day: NaiveDate) -> Detail {
    let claimed = coverage::claims(facts.claimed, line);
    let short = |pair: &'_ Pair<'_>| coverage::shortfall(pair.proof, line, day);
    match facts.of_line(place).filter_map(|pair| short(pair).map(|why| (why, &pair.accept.code))).max() {
        Some((why, code)) => Detail::FallsShort { code: code.clone(), why, claimed },
        None if claimed => Detail::ClaimedOnly,
        None => Detail::NotHeld,
    }
}

/// Distance, wage and start date, each unless the policy leaves it out.
fn add_context(facts: &Facts<'_>, terms: &Terms<'_>, contributions: &mut Vec<Contribution>, rounding: &mut Apportioning) {
    let policy = terms.policy;
    if terms.context_factors() == 0 {
        return;
    }
    let metres = terms.metres_from(facts.place);
    let [distance, wage, start] = terms.context_parts(&facts.wishes, metres);
    let mut add = |factor, weight: u32, given, detail: &dyn Fn() -> Detail| {
        if weight > 0 {
            contributions.push(not_rounded(factor, None, detail()));
            rounding.add(given, u64::from(weight) * terms.unit_of_parts());
        }
    };
    add(Factor::Distance, policy.distance, distance, &|| distance_detail(facts, terms, metres));
    add(Factor::Wage, policy.wage, wage, &|| wage_detail(facts, terms));
    add(Factor::Start, policy.start, start, &|| start_detail(facts, terms));
}

fn distance_detail(facts: &Facts<'_>, terms: &Terms<'_>, metres: Option<u32>) -> Detail {
    match metres {
        Some(metres) => Detail::Distance { metres, ready_to_board: facts.wishes.ready_to_board },
        None if facts.place.is_some_and(is_a_place) => neutral(UnknownFact::PlaceOfWork, terms),
        None => neutral(UnknownFact::PlaceOfGraduate, terms),
    }
}

fn wage_detail(facts: &Facts<'_>, terms: &Terms<'_>) -> Detail {
    match (terms.demand.monthly_wage, facts.wishes.wage_wish) {
        (Some(offered), Some(wished)) => Detail::Wage { offered, wished },
        (None, _) => neutral(UnknownFact::WageOffered, terms),
        (Some(_), None) => neutral(UnknownFact::WageWish, terms),
    }
}

fn start_detail(facts: &Facts<'_>, terms: &Terms<'_>) -> Detail {
    match facts.wishes.available_from {
        Some(available_from) => Detail::Start { available_from, begins: terms.begins },
        None => neutral(UnknownFact::AvailableFrom, terms),
    }
}

fn neutral(unknown: UnknownFact, terms: &Terms<'_>) -> Detail {
    Detail::Neutral { unknown, percent: u8::try_from(terms.policy.unknown).unwrap_or(100) }
}
