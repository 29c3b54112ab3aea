//! An immutable block of candidates laid out for scanning: facts in rows, units as small numbers with posting lists.
//!
//! A segment answers for its own people only and knows nothing of deletions; the index keeps those beside it.

use crate::engine::geo::Point;
use crate::engine::id::{EmployerId, GraduateId};
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::coverage::{self, Proof};
use crate::engine::matching::eligibility::{self, Standing};
use crate::engine::matching::requirement::RequirementLine;
use crate::engine::matching::terms::Terms;
use crate::engine::matching::{context, row};
use crate::engine::unit_code::UnitCode;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A candidate with the digest of its packed row.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) candidate: Arc<Candidate>,
    pub(super) digest: u64,
}

impl Entry {
    pub(super) fn new(candidate: Candidate) -> Self {
        Self { digest: row::digest(&row::pack(&candidate)), candidate: Arc::new(candidate) }
    }
}

/// One certified unit in a row.
#[derive(Debug, Clone, Copy)]
struct Held {
    unit: u32,
    proof: Proof,
}

/// Where a candidate's facts lie.
#[derive(Debug, Clone, Copy)]
struct Slot {
    graduate: GraduateId,
    standing: Standing,
    held_from: usize,
    held_to: usize,
    /// Number of the place, counted from 1; 0 is unknown.
    place: usize,
}

/// An immutable block of candidates in the order of their ids.
#[derive(Debug, Default)]
pub(super) struct Segment {
    entries: Vec<Entry>,
    slots: Vec<Slot>,
    held: Vec<Held>,
    units: FxHashMap<UnitCode, u32>,
    /// Slots that hold a unit, by its number, rising.
    postings: Vec<Vec<usize>>,
    places: Vec<Point>,
}

impl Segment {
    /// Lays out entries; of several with one id the last stays.
    pub(super) fn build(mut entries: Vec<Entry>) -> Self {
        entries.reverse();
        entries.sort_by_key(|entry| entry.candidate.graduate);
        entries.dedup_by_key(|entry| entry.candidate.graduate);
        let mut segment = Self { slots: Vec::with_capacity(entries.len()), ..Self::default() };
        let mut places = FxHashMap::default();
        for entry in &entries {
            segment.add(&entry.candidate, &mut places);
        }
        segment.entries = entries;
        segment
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn entry(&self, slot: usize) -> Option<&Entry> {
        self.entries.get(slot)
    }

    pub(super) fn slot_of(&self, graduate: GraduateId) -> Option<usize> {
        self.entries.binary_search_by_key(&graduate, |entry| entry.candidate.graduate).ok()
    }

    fn add(&mut self, candidate: &Candidate, places: &mut FxHashMap<(u64, u64), usize>) {
        let slot = self.slots.len();
        let held_from = self.held.len();
        for held in &candidate.units {
            let unit = self.number_of(&held.code);
            self.held.push(Held { unit, proof: Proof::of(held) });
            if let Some(posting) = usize::try_from(unit).ok().and_then(|unit| self.postings.get_mut(unit))
                && posting.last() != Some(&slot)
            {
                posting.push(slot);
            }
        }
        let place = candidate.place.map_or(0, |point| {
            *places.entry((point.latitude.to_bits(), point.longitude.to_bits())).or_insert_with(|| {
                self.places.push(point);
                self.places.len()
            })
        });
        self.slots.push(Slot {
            graduate: candidate.graduate,
            standing: Standing::of(candidate),
            held_from,
            held_to: self.held.len(),
            place,
        });
    }

    fn number_of(&mut self, code: &UnitCode) -> u32 {
        if let Some(number) = self.units.get(code) {
            return *number;
        }
        let number = u32::try_from(self.postings.len()).unwrap_or(u32::MAX);
        self.units.insert(code.clone(), number);
        self.postings.push(Vec::new());
        number
    }

    /// Slots with a certificate that could meet the line, rising, each once.
    fn holders(&self, line: &RequirementLine) -> Vec<usize> {
        let lists = line.accepts.iter().filter_map(|accept| self.posting(&accept.code));
        let mut slots: Vec<usize> = lists.flatten().copied().collect();
        // One list is sorted and free of repeats already; several are merged.
        if line.accepts.len() > 1 {
            slots.sort_unstable();
            slots.dedup();
        }
        slots
    }

    fn holders_at_most(&self, line: &RequirementLine) -> usize {
        line.accepts.iter().filter_map(|accept| self.posting(&accept.code)).map(Vec::len).sum()
    }

    fn posting(&self, code: &UnitCode) -> Option<&Vec<usize>> {
        self.units.get(code).and_then(|unit| usize::try_from(*unit).ok()).and_then(|unit| self.postings.get(unit))
    }

    /// The fewest slots among which everyone stands who lacks at most `lacking` required units.
    ///
    /// Somebody who lacks at most n of the required units holds one of any n + 1 of them; the rarest are taken.
    pub(super) fn pool(&self, terms: &Terms<'_>, lacking: usize) -> Vec<usize> {
        let mut required: Vec<&RequirementLine> = terms.lines.iter().copied().filter(|line| line.excludes()).collect();
        required.sort_by_key(|line| self.holders_at_most(line));
        let mut rarest: Vec<&RequirementLine> = Vec::new();
        for line in required {
            if rarest.iter().all(|taken| taken.unit != line.unit) {
                rarest.push(line);
            }
        }
        if rarest.len() <= lacking {
            return (0..self.len()).collect();
        }
        rarest.truncate(lacking + 1);
        let mut pool: Vec<usize> = rarest.iter().flat_map(|line| self.holders(line)).collect();
        if lacking > 0 {
            pool.sort_unstable();
            pool.dedup();
        }
        pool
    }
}

/// A line that a held unit can serve, and what it is worth there.
#[derive(Debug, Clone, Copy)]
struct Target {
    unit: u32,
    line: usize,
    factor_hundredths: u16,
}

/// What a scan finds out about one eligible candidate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finding {
    /// Who.
    pub(super) graduate: GraduateId,
    /// Required units that are not proved.
    pub(super) unmet: usize,
    /// The score; `None` where nothing can be assessed or the person objects to being ranked.
    pub(super) score: Option<u32>,
    /// Straight-line metres, where both places are known.
    pub(super) metres: Option<u32>,
    /// Whether the person objects to automated ranking.
    pub(super) objects: bool,
    /// Days late at the start; `u32::MAX` is unknown.
    pub(super) wait_days: u32,
}

/// A vacancy's terms brought to one segment's numbers, with room to work in.
pub(super) struct Scan<'a> {
    segment: &'a Segment,
    terms: &'a Terms<'a>,
    /// By unit, the first of its targets counted from 1; 0 has none.
    first_target: Vec<usize>,
    targets: Vec<Target>,
    /// By place, metres to the work once they were asked for.
    metres: Vec<Option<Option<u32>>>,
    /// By line, what the best certificate is worth; `None` is not met.
    worths: Vec<Option<u32>>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(segment: &'a Segment, terms: &'a Terms<'a>) -> Self {
        let mut targets: Vec<Target> = Vec::new();
        for (line, asked) in terms.lines.iter().enumerate() {
            for accept in &asked.accepts {
                if let Some(unit) = segment.units.get(&accept.code) {
                    targets.push(Target { unit: *unit, line, factor_hundredths: accept.factor_hundredths });
                }
            }
        }
        targets.sort_by_key(|target| (target.unit, target.line));
        let mut first_target = vec![0; segment.postings.len()];
        for (place, target) in targets.iter().enumerate().rev() {
            if let Some(first) = usize::try_from(target.unit).ok().and_then(|unit| first_target.get_mut(unit)) {
                *first = place + 1;
            }
        }
        Self { segment, terms, first_target, targets, metres: vec![None; segment.places.len()], worths: vec![None; terms.lines.len()] }
    }

    /// What there is to say about a slot, or `None` if the predicate excludes it or it lacks more than `lacking` units.
    pub(super) fn examine(&mut self, slot: usize, lacking: usize) -> Option<Finding> {
        let Slot { graduate, standing, held_from, held_to, place } = *self.segment.slots.get(slot)?;
        self.weigh(held_from, held_to);
        let unmet = self.unmet(lacking)?;
        let metres = self.metres_to(place);
        let entry = self.segment.entries.get(slot)?;
        let blocked = || -> &[EmployerId] { entry.candidate.blocked_employers.as_slice() };
        eligibility::decide(&standing, blocked, self.terms.demand, metres, self.terms.today).ok()?;
        let scored = self.terms.is_assessable() && !standing.objects_to_ranking;
        let score = scored.then(|| self.total(&standing, metres));
        let late = |from| context::days_late(from, self.terms.begins);
        let wait_days = standing.available_from.map_or(u32::MAX, late);
        Some(Finding { graduate, unmet, score, metres, objects: standing.objects_to_ranking, wait_days })
    }

    pub(super) fn entry(&self, slot: usize) -> Option<&'a Entry> {
        self.segment.entry(slot)
    }

    /// Fills `worths` from one candidate's certificates.
    fn weigh(&mut self, held_from: usize, held_to: usize) {
        self.worths.fill(None);
        let terms = self.terms;
        for held in self.segment.held.get(held_from..held_to).unwrap_or_default() {
            let first = usize::try_from(held.unit).ok().and_then(|unit| self.first_target.get(unit)).copied().unwrap_or(0);
            let Some(from) = first.checked_sub(1) else { continue };
            let targets = self.targets.get(from..).unwrap_or_default();
            for target in targets.iter().take_while(|target| target.unit == held.unit) {
                let (Some(line), Some(best)) = (terms.lines.get(target.line), self.worths.get_mut(target.line)) else { continue };
                if coverage::shortfall(held.proof, line, terms.begins).is_none() {
                    let worth = coverage::worth(held.proof, line, target.factor_hundredths, terms.begins, terms.policy);
                    *best = (*best).max(Some(worth));
                }
            }
        }
    }

    /// Required units not met, each counted once; `None` beyond `lacking`.
    fn unmet(&self, lacking: usize) -> Option<usize> {
        let lines = || self.terms.lines.iter().zip(&self.worths).filter(|(line, worth)| worth.is_none() && line.excludes());
        let mut units = 0;
        for (place, (line, _)) in lines().enumerate() {
            units += usize::from(lines().take(place).all(|(earlier, _)| earlier.unit != line.unit));
            if units > lacking {
                return None;
            }
        }
        Some(units)
    }

    fn total(&self, standing: &Standing, metres: Option<u32>) -> u32 {
        let lines = self.terms.lines.iter().zip(&self.worths);
        let units: u64 = lines.map(|(line, worth)| self.terms.line_part(line, worth.unwrap_or(0))).sum();
        let context: u64 = self.terms.context_parts(standing, metres).iter().sum();
        self.terms.total(units + context)
    }

    /// Metres are the same for everyone of one district, so they are measured once a list.
    fn metres_to(&mut self, place: usize) -> Option<u32> {
        let place = place.checked_sub(1)?;
        let known = self.metres.get_mut(place)?;
        *known.get_or_insert_with(|| self.terms.demand.metres_from(self.segment.places.get(place).copied()))
    }
}
