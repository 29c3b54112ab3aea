//! All candidates at once, as an immutable snapshot that readers share.
//!
//! Every answer is exactly what asking `check`, `coverage` and `score` for each candidate would give; only faster. A
//! snapshot never changes: a change makes a new one that shares what stayed the same.

use crate::engine::id::{GraduateId, VacancyId};
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::collect::Collector;
use crate::engine::matching::coverage::coverage;
use crate::engine::matching::eligibility::{self, Ineligible};
use crate::engine::matching::near_miss::{MOST_MISSING, NearMiss};
use crate::engine::matching::page::{Cursor, Key, Page, Ranked};
use crate::engine::matching::policy::Policy;
use crate::engine::matching::requirement::Demand;
use crate::engine::matching::score::{self, Score};
use crate::engine::matching::segment::{Entry, Finding, Scan, Segment};
use crate::engine::matching::terms::Terms;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::sync::Arc;

/// A snapshot of all candidates. Cloning shares it.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Large old layers first; a graduate is alive in one layer at most.
    layers: Vec<Layer>,
    checksum: u64,
}

/// A segment and who of it is gone or stands anew in a later layer.
#[derive(Debug, Clone)]
struct Layer {
    segment: Arc<Segment>,
    /// One bit a slot.
    dead: Arc<Vec<u64>>,
    live: usize,
}

/// A graduate's place in a list without explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// Who.
    pub graduate: GraduateId,
    /// The score in hundredths; `None` as in [`Ranked::score`].
    pub score_hundredths: Option<u32>,
}

/// A vacancy that a graduate is on the list of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The vacancy.
    pub vacancy: VacancyId,
    /// The graduate's score for it; `None` as in [`Ranked::score`].
    pub score: Option<Score>,
    /// Straight-line metres, where both places are known.
    pub metres: Option<u32>,
}

/// Below this many slots one thread is faster than sharing the work out.
const WORTH_SHARING: usize = 32_768;

impl Index {
    /// An index of these candidates; of several with one id the last stays.
    #[must_use]
    pub fn build(candidates: impl Iterator<Item = Candidate>) -> Self {
        Self::default().with_layer(candidates.map(Entry::new).collect())
    }

    /// A snapshot in which these candidates stand as given and the removed ones do not.
    ///
    /// An id that is both given and removed is removed: forgetting somebody must not depend on order.
    #[must_use]
    pub fn with_changes(&self, upserts: Vec<Candidate>, removals: &[GraduateId]) -> Self {
        let mut next = self.clone();
        for graduate in upserts.iter().map(|candidate| candidate.graduate).chain(removals.iter().copied()) {
            next.bury(graduate);
        }
        let kept = upserts.into_iter().filter(|candidate| !removals.contains(&candidate.graduate));
        next.with_layer(kept.map(Entry::new).collect())
    }

    /// How many candidates it holds, eligible or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layers.iter().map(|layer| layer.live).sum()
    }

    /// Whether it holds nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A number over every row, whatever the order and history: an index built anew from the same rows has the same.
    #[must_use]
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    /// The candidate of a graduate.
    #[must_use]
    pub fn candidate(&self, graduate: GraduateId) -> Option<&Candidate> {
        self.layers.iter().find_map(|layer| layer.entry(graduate)).map(|(_, entry)| entry.candidate.as_ref())
    }

    /// A page of the match list: everyone eligible with every required unit, best first, with the length of the whole.
    #[must_use]
    pub fn top(&self, demand: &Demand, policy: &Policy, today: NaiveDate, limit: usize, after: Option<Cursor>) -> Page {
        let terms = Terms::new(demand, policy, today);
        let (keys, count, more) = self.scan(&terms, 0, limit, after.map(Key::from), key_of).finish();
        let next = keys.last().filter(|_| more).map(|key| Cursor::from(*key));
        let ranked = |key: &Key| self.candidate(key.graduate).map(|candidate| ranked(candidate, &terms));
        Page { assessable: terms.is_assessable(), items: keys.iter().filter_map(ranked).collect(), count, next }
    }

    /// The whole match list in its order, without explanations: what allocation reads.
    #[must_use]
    pub fn everyone(&self, demand: &Demand, policy: &Policy, today: NaiveDate) -> Vec<Listed> {
        let terms = Terms::new(demand, policy, today);
        let (keys, _, _) = self.scan(&terms, 0, usize::MAX, None, key_of).finish();
        let scored = |key: &Key| Cursor::from(*key).score.filter(|_| terms.is_assessable());
        keys.iter().map(|key| Listed { graduate: key.graduate, score_hundredths: scored(key) }).collect()
    }

    /// How many graduates the match list holds.
    #[must_use]
    pub fn count(&self, demand: &Demand, policy: &Policy, today: NaiveDate) -> usize {
        self.scan(&Terms::new(demand, policy, today), 0, 0, None, key_of).finish().1
    }

    /// Eligible graduates who lack one or two required units: fewest missing first, then as the match list is ordered.
    #[must_use]
    pub fn near_misses(&self, demand: &Demand, policy: &Policy, today: NaiveDate, limit: usize) -> Vec<NearMiss> {
        let terms = Terms::new(demand, policy, today);
        let key = |finding: &Finding, entry: &Entry, terms: &Terms<'_>| {
            (finding.unmet > 0).then(|| key_of(finding, entry, terms).map(|key| (finding.unmet, key))).flatten()
        };
        let (keys, _, _) = self.scan(&terms, MOST_MISSING, limit, None, key).finish();
        let near_miss = |(_, key): &(usize, Key)| self.candidate(key.graduate).map(|candidate| near_miss(candidate, &terms));
        keys.iter().filter_map(near_miss).collect()
    }

    /// Why a graduate is not on a vacancy's match list, or `None` if they are.
    #[must_use]
    pub fn ineligible_reason(&self, graduate: GraduateId, demand: &Demand, today: NaiveDate) -> Option<Ineligible> {
        self.candidate(graduate).map_or(Some(Ineligible::Unknown), |candidate| on_list(candidate, demand, today).err())
    }

    fn scan<K: Ord + Copy + Send + Sync>(
        &self,
        terms: &Terms<'_>,
        lacking: usize,
        limit: usize,
        after: Option<K>,
        key: impl Fn(&Finding, &Entry, &Terms<'_>) -> Option<K> + Sync,
    ) -> Collector<K> {
        let empty = || Collector::new(limit, after);
        let part = |layer: &Layer, slots: &[usize]| {
            let mut scan = Scan::new(&layer.segment, terms);
            let mut found = empty();
            for slot in slots.iter().copied().filter(|slot| !layer.is_dead(*slot)) {
                let finding = scan.examine(slot, lacking).zip(scan.entry(slot));
                if let Some(key) = finding.and_then(|(finding, entry)| key(&finding, entry, terms)) {
                    found.push(key);
                }
            }
            found
        };
        let layers = self.layers.iter().map(|layer| {
            let pool = layer.segment.pool(terms, lacking);
            if pool.len() < WORTH_SHARING {
                part(layer, &pool)
            } else {
                // Each part measures its districts anew, so there are only as many parts as threads.
                let share = pool.len().div_ceil(rayon::current_num_threads().max(1));
                pool.par_chunks(share).map(|slots| part(layer, slots)).reduce(empty, Collector::merge)
            }
        });
        layers.fold(empty(), Collector::merge)
    }

    fn bury(&mut self, graduate: GraduateId) {
        for layer in &mut self.layers {
            if let Some((slot, digest)) = layer.entry(graduate).map(|(slot, entry)| (slot, entry.digest)) {
                layer.bury(slot);
                self.checksum = self.checksum.wrapping_sub(digest);
            }
        }
    }

    /// Adds entries as a layer of their own, then merges layers until each is less than half as large as the one before.
    fn with_layer(mut self, entries: Vec<Entry>) -> Self {
        let layer = Layer::new(entries);
        self.checksum = self.checksum.wrapping_add(layer.digest());
        self.layers.push(layer);
        self.layers.retain(|layer| layer.live > 0);
        for layer in &mut self.layers {
            if layer.live * 2 < layer.segment.len() {
                *layer = Layer::new(layer.living().cloned().collect());
            }
        }
        while let [.., before, last] = self.layers.as_slice()
            && last.live * 2 >= before.live
        {
            let merged = Layer::new(before.living().chain(last.living()).cloned().collect());
            self.layers.truncate(self.layers.len().saturating_sub(2));
            self.layers.push(merged);
        }
        self
    }
}

impl Layer {
    fn new(entries: Vec<Entry>) -> Self {
        let segment = Segment::build(entries);
        let live = segment.len();
        Self { dead: Arc::new(vec![0; live.div_ceil(64)]), segment: Arc::new(segment), live }
    }

    fn is_dead(&self, slot: usize) -> bool {
        self.dead.get(slot / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }

    /// Marks a living slot; readers of older snapshots keep their own marks.
    fn bury(&mut self, slot: usize) {
        if let Some(word) = Arc::make_mut(&mut self.dead).get_mut(slot / 64) {
            *word |= 1 << (slot % 64);
            self.live -= 1;
        }
    }

    fn entry(&self, graduate: GraduateId) -> Option<(usize, &Entry)> {
        let slot = self.segment.slot_of(graduate).filter(|slot| !self.is_dead(*slot))?;
        self.segment.entry(slot).map(|entry| (slot, entry))
    }

    fn living(&self) -> impl Iterator<Item = &Entry> {
        (0..self.segment.len()).filter(|slot| !self.is_dead(*slot)).filter_map(|slot| self.segment.entry(slot))
    }

    fn digest(&self) -> u64 {
        self.living().fold(0, |sum, entry| sum.wrapping_add(entry.digest))
    }
}

/// The vacancies with a free seat that a graduate is on the match list of, best first: score, metres, vacancy id.
///
/// In the order vacancies that cannot be scored stand after those that can. Nothing is scored for who objects to it.
#[must_use]
pub fn for_graduate(candidate: &Candidate, demands: &[Demand], policy: &Policy, today: NaiveDate) -> Vec<Opening> {
    let open = |demand: &&Demand| demand.seats_free > 0 && on_list(candidate, demand, today).is_ok();
    let opening = |demand: &Demand| {
        let Ranked { score, metres, .. } = ranked(candidate, &Terms::new(demand, policy, today));
        Opening { vacancy: demand.vacancy, score, metres }
    };
    let mut openings: Vec<Opening> = demands.iter().filter(open).map(opening).collect();
    openings.sort_by_key(|opening| {
        let total = opening.score.as_ref().map(|score| score.total_hundredths);
        (std::cmp::Reverse(total), opening.metres.unwrap_or(u32::MAX), opening.vacancy)
    });
    openings
}

/// Whether a graduate is on a vacancy's match list: the predicate, then every required unit.
pub fn on_list(candidate: &Candidate, demand: &Demand, today: NaiveDate) -> Result<(), Ineligible> {
    eligibility::check(candidate, demand, today)?;
    if coverage(candidate, demand, today).unmet_required.is_empty() { Ok(()) } else { Err(Ineligible::RequiredUnitMissing) }
}

fn ranked(candidate: &Candidate, terms: &Terms<'_>) -> Ranked {
    let score = if candidate.objects_to_ranking { None } else { score::explain(candidate, terms) };
    Ranked { graduate: candidate.graduate, score, metres: terms.demand.metres_from(candidate.place) }
}

fn near_miss(candidate: &Candidate, terms: &Terms<'_>) -> NearMiss {
    let Ranked { graduate, score, metres } = ranked(candidate, terms);
    let coverage = coverage(candidate, terms.demand, terms.today);
    let missing = coverage.unmet_required;
    let claimed = missing.iter().filter(|unit| coverage.claimed.contains(unit)).cloned().collect();
    NearMiss { graduate, missing, claimed, score, metres }
}

/// Where a finding stands in the list. Always somewhere: the option is for lists that leave findings out.
///
/// The entry is opened only where nothing can be scored: everything else lies in the finding, close at hand.
fn key_of(finding: &Finding, entry: &Entry, terms: &Terms<'_>) -> Option<Key> {
    let graduate = finding.graduate;
    let affinity = || terms.affinity(&entry.candidate.occupations, entry.candidate.trade.as_deref());
    Some(match finding.score {
        _ if finding.objects => Key::unranked(graduate),
        Some(score) => Key::new(score, finding.metres, 0, graduate),
        None => Key::new(affinity(), finding.metres, finding.wait_days, graduate),
    })
}
