//! All candidates at once, as an immutable snapshot that readers share.
//!
//! Every answer is exactly what asking `check`, `coverage` and `score` for each candidate would give; only faster. A
//! snapshot never changes: a change makes a new one that shares what stayed the same.

use crate::engine::id::{GraduateId, VacancyId};
use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::collect::{Collector, Found};
use crate::engine::matching::contribution::Apportioning;
use crate::engine::matching::coverage::coverage;
use crate::engine::matching::digest::digest;
use crate::engine::matching::eligibility::{self, Ineligible};
use crate::engine::matching::near_miss::{MOST_MISSING, NearMiss};
use crate::engine::matching::page::{Cursor, Key, Page, Ranked};
use crate::engine::matching::policy::Policy;
use crate::engine::matching::requirement::Demand;
use crate::engine::matching::score::{self, Facts, Score};
use crate::engine::matching::search::{Question, Search};
use crate::engine::matching::segment::{Builder, Segment};
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
    /// One bit a slot; empty as long as everybody is alive.
    dead: Arc<Vec<u64>>,
    live: usize,
}

/// A layer is merged into the one before it when it is more than one part in so many of it.
const STEP: usize = 4;

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

/// Gathers candidates one by one, so that they need not all be in memory as they are.
#[derive(Debug, Default)]
pub struct IndexBuilder(Builder);

impl IndexBuilder {
    /// Takes one candidate; of several with one id the last stays.
    pub fn push(&mut self, candidate: &Candidate) {
        self.0.push(candidate);
    }

    /// The index of everyone taken.
    #[must_use]
    pub fn finish(self) -> Index {
        let (segment, checksum) = self.0.finish();
        Index::of(segment, checksum)
    }
}

impl Index {
    /// An index of these candidates; of several with one id the last stays.
    #[must_use]
    pub fn build(candidates: impl Iterator<Item = Candidate>) -> Self {
        let mut builder = IndexBuilder::default();
        for candidate in candidates {
            builder.push(&candidate);
        }
        builder.finish()
    }

    /// An index of one segment in which everybody is alive, with the sum of their digests.
    pub(super) fn of(segment: Segment, checksum: u64) -> Self {
        Self { layers: vec![Layer::new(segment)], checksum }.settled()
    }

    /// Everybody as one segment.
    pub(super) fn whole(&self) -> Arc<Segment> {
        match self.layers.as_slice() {
            [only] if only.dead.is_empty() => only.segment.clone(),
            layers => Layer::merged(&layers.iter().collect::<Vec<_>>()).segment,
        }
    }

    /// A snapshot in which these candidates stand as given and the removed ones do not.
    ///
    /// An id that is both given and removed is removed: forgetting somebody must not depend on order.
    #[must_use]
    pub fn with_changes(&self, upserts: &[Candidate], removals: &[GraduateId]) -> Self {
        let mut next = self.clone();
        for graduate in upserts.iter().map(|candidate| candidate.graduate).chain(removals.iter().copied()) {
            next.bury(graduate);
        }
        let removed: rustc_hash::FxHashSet<&GraduateId> = removals.iter().collect();
        let mut builder = Builder::default();
        for candidate in upserts.iter().filter(|candidate| !removed.contains(&candidate.graduate)) {
            builder.push(candidate);
        }
        let (segment, digests) = builder.finish();
        next.checksum = next.checksum.wrapping_add(digests);
        next.layers.push(Layer::new(segment));
        next.settled()
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

    /// Bytes it takes in memory, nearly: without texts that few have and what the allocator adds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.layers.iter().map(|layer| layer.segment.bytes() + layer.dead.len() * 8).sum()
    }

    /// The candidate of a graduate.
    #[must_use]
    pub fn candidate(&self, graduate: GraduateId) -> Option<Candidate> {
        self.layers.iter().find_map(|layer| layer.slot_of(graduate).and_then(|slot| layer.segment.candidate(slot)))
    }

    /// A page of the match list: everyone eligible with every required unit, best first, with the length of the whole.
    #[must_use]
    pub fn top(&self, demand: &Demand, policy: &Policy, today: NaiveDate, limit: usize, after: Option<Cursor>) -> Page {
        let terms = Terms::new(demand, policy, today);
        let question = Question::new(&terms);
        let mut collector = Collector::new(limit, after.map(Key::from));
        let mut searches = self.search(&question, &mut collector, Search::list);
        let (found, count, more) = collector.finish();
        let next = found.last().filter(|_| more).map(|last| Cursor::from(last.key));
        let (mut items, mut rounding) = (Vec::with_capacity(found.len()), Apportioning::default());
        for found in &found {
            items.extend(searches.get_mut(found.layer).map(|search| search.ranked(found, &mut rounding)));
        }
        Page { assessable: terms.is_assessable(), items, count, next }
    }

    /// The first page of each of several lists, searched side by side.
    #[must_use]
    pub fn top_of_each(&self, demands: &[Demand], policy: &Policy, today: NaiveDate, limit: usize) -> Vec<Page> {
        demands.par_iter().map(|demand| self.top(demand, policy, today, limit, None)).collect()
    }

    /// The whole match list in its order, without explanations: what allocation reads.
    #[must_use]
    pub fn everyone(&self, demand: &Demand, policy: &Policy, today: NaiveDate) -> Vec<Listed> {
        let terms = Terms::new(demand, policy, today);
        let question = Question::new(&terms);
        let mut collector = Collector::new(usize::MAX, None);
        self.search(&question, &mut collector, Search::list);
        let scored = |key: Key| Cursor::from(key).score.filter(|_| terms.is_assessable());
        let listed = |found: &Found| Listed { graduate: found.key.graduate, score_hundredths: scored(found.key) };
        collector.finish().0.iter().map(listed).collect()
    }

    /// How many graduates the match list holds.
    #[must_use]
    pub fn count(&self, demand: &Demand, policy: &Policy, today: NaiveDate) -> usize {
        let terms = Terms::new(demand, policy, today);
        let mut collector = Collector::new(0, None);
        self.search(&Question::new(&terms), &mut collector, Search::list);
        collector.finish().1
    }

    /// Eligible graduates who lack one or two required units: fewest missing first, then as the match list is ordered.
    #[must_use]
    pub fn near_misses(&self, demand: &Demand, policy: &Policy, today: NaiveDate, limit: usize) -> Vec<NearMiss> {
        let terms = Terms::new(demand, policy, today);
        let mut collector = Collector::new(limit, None);
        self.search(&Question::new(&terms), &mut collector, |search, collector| search.near_misses(MOST_MISSING, collector));
        let near_miss = |found: &Found| self.candidate(found.key.graduate).map(|candidate| near_miss(&candidate, &terms));
        collector.finish().0.iter().filter_map(near_miss).collect()
    }

    /// Why a graduate is not on a vacancy's match list, or `None` if they are.
    #[must_use]
    pub fn ineligible_reason(&self, graduate: GraduateId, demand: &Demand, today: NaiveDate) -> Option<Ineligible> {
        self.candidate(graduate).map_or(Some(Ineligible::Unknown), |candidate| on_list(&candidate, demand, today).err())
    }

    /// Searches every layer; answers the searches, which can explain what was found.
    fn search<'a>(
        &'a self,
        question: &'a Question<'a>,
        collector: &mut Collector,
        find: impl Fn(&mut Search<'a>, &mut Collector),
    ) -> Vec<Search<'a>> {
        let one = |(number, layer): (usize, &'a Layer)| {
            let mut search = Search::new(question, &layer.segment, &layer.dead, number);
            find(&mut search, collector);
            search
        };
        self.layers.iter().enumerate().map(one).collect()
    }

    fn bury(&mut self, graduate: GraduateId) {
        for layer in &mut self.layers {
            if let Some(slot) = layer.slot_of(graduate) {
                let digest = layer.segment.candidate(slot).map_or(0, |candidate| digest(&candidate));
                layer.bury(slot);
                self.checksum = self.checksum.wrapping_sub(digest);
            }
        }
    }

    /// Drops empty layers, lays out anew those that are mostly dead, and merges until each is a good deal smaller than the one before.
    fn settled(mut self) -> Self {
        self.layers.retain(|layer| layer.live > 0);
        for layer in &mut self.layers {
            if layer.live * 2 < layer.segment.len() {
                *layer = Layer::merged(&[layer]);
            }
        }
        while let [.., before, last] = self.layers.as_slice()
            && last.live * STEP >= before.live
        {
            let merged = Layer::merged(&[before, last]);
            self.layers.truncate(self.layers.len().saturating_sub(2));
            self.layers.push(merged);
        }
        self
    }
}

impl Layer {
    fn new(segment: Segment) -> Self {
        let live = segment.len();
        Self { dead: Arc::default(), segment: Arc::new(segment), live }
    }

    /// The living of several layers as one.
    fn merged(layers: &[&Self]) -> Self {
        let mut builder = Builder::default();
        for layer in layers {
            builder.push_all(&layer.segment, |slot| !layer.is_dead(slot));
        }
        Self::new(builder.finish().0)
    }

    fn is_dead(&self, slot: u32) -> bool {
        usize::try_from(slot / 64).ok().and_then(|word| self.dead.get(word)).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }

    /// Marks a living slot; readers of older snapshots keep their own marks.
    fn bury(&mut self, slot: u32) {
        let dead = Arc::make_mut(&mut self.dead);
        dead.resize(self.segment.len().div_ceil(64), 0);
        if let Some(word) = usize::try_from(slot / 64).ok().and_then(|word| dead.get_mut(word)) {
            *word |= 1 << (slot % 64);
            self.live -= 1;
        }
    }

    /// The slot of a graduate who is alive here.
    fn slot_of(&self, graduate: GraduateId) -> Option<u32> {
        self.segment.slot_of(graduate).filter(|slot| !self.is_dead(*slot))
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
    let score =
        if candidate.objects_to_ranking { None } else { score::explain(&Facts::of(candidate, terms), terms, &mut Apportioning::default()) };
    Ranked { graduate: candidate.graduate, score, metres: terms.demand.metres_from(candidate.place) }
}

fn near_miss(candidate: &Candidate, terms: &Terms<'_>) -> NearMiss {
    let Ranked { graduate, score, metres } = ranked(candidate, terms);
    let coverage = coverage(candidate, terms.demand, terms.today);
    let missing = coverage.unmet_required;
    let claimed = missing.iter().filter(|unit| coverage.claimed.contains(unit)).cloned().collect();
    NearMiss { graduate, missing, claimed, score, metres }
}
