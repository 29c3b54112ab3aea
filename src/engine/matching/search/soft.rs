//! Lists of vacancies that require nothing: everybody eligible is on them, so the first are found by what they could reach at most.
//!
//! For each person what the lines whose unit they hold could give is added up, many people at a time. Whoever cannot
//! reach the worst place kept is passed over; the count comes from the stances, without looking at anybody.

use crate::engine::matching::collect::Collector;
use crate::engine::matching::eligibility::Stance;
use crate::engine::matching::search::tally::{MOST_VOTERS, Tally, WORDS};
use crate::engine::matching::search::{Search, TOGETHER, Verdict, is_set, is_set_at, runs_in};
use crate::engine::matching::segment::Page;
use std::ops::Range;

/// Smaller pages are looked at one by one.
const WORTH_SUMMING: usize = 2_048;

impl Search<'_> {
    pub(super) fn list_soft(&mut self, runs: &[Range<u32>], collector: &mut Collector) {
        for page in self.pages_by_distance(runs) {
            let parts: Vec<Range<usize>> = runs_in(page, runs).collect();
            if page.len() < WORTH_SUMMING || self.question.terms.lines.len() > MOST_VOTERS {
                self.everybody_of(page, runs, collector);
                continue;
            }
            self.open(page);
            let count = self.count_page(page, &parts);
            collector.count(count);
            if !collector.only_counts() {
                self.first_of(page, &parts, collector);
            }
        }
    }

    /// How many of a page's runs are eligible. Stances that everybody passes or nobody does are counted without looking at people.
    fn count_page(&mut self, page: &Page, parts: &[Range<usize>]) -> usize {
        let whole = matches!(parts, [part] if part.len() == page.len());
        for stance in (0..page.stances().len()).filter_map(|stance| u16::try_from(stance).ok()) {
            self.verdict(page, stance);
        }
        let closer = self.room.verdicts.contains(&Verdict::LookCloser);
        if closer || !whole {
            // Whoever has a radius of their own lives within it, or is not counted: no need to look beyond the widest.
            return self.count_closely(page, parts, whole);
        }
        let alive = page.stance_counts().iter().zip(&self.room.verdicts).filter(|(_, verdict)| **verdict == Verdict::Yes);
        let all: usize = alive.filter_map(|(count, _)| usize::try_from(*count).ok()).sum();
        all - self.dead_among(page)
    }

    fn count_closely(&mut self, page: &Page, parts: &[Range<usize>], whole: bool) -> usize {
        let blocks = page.stances().iter().any(|stance| stance.has_blocks);
        let radii = page.stances().iter().filter_map(Stance::own_radius);
        let demand = self.question.terms.demand;
        let widest = radii.max().filter(|_| whole && !blocks && demand.max_distance_metres.is_none());
        let near = widest.map(|metres| self.segment.around(demand.place, metres));
        let near: Option<Vec<Range<usize>>> = near.map(|runs| runs_in(page, &runs).collect());
        let mut count = 0;
        for part in parts {
            for person in part.clone().filter_map(|person| u16::try_from(person).ok()) {
                let closer = self.verdict(page, page.stance_number(person)) == Verdict::LookCloser;
                let far = |near: &Vec<Range<usize>>| !near.iter().any(|run| run.contains(&usize::from(person)));
                if closer && near.as_ref().is_some_and(far) {
                    continue;
                }
                count += usize::from(self.admit(page, person).is_some());
            }
        }
        count
    }

    /// How many of the page's eligible people are gone.
    fn dead_among(&self, page: &Page) -> usize {
        if self.dead.is_empty() {
            return 0;
        }
        let yes = |person: u16| self.room.verdicts.get(usize::from(page.stance_number(person))) == Some(&Verdict::Yes);
        let dead = page.slots().zip(0..=u16::MAX).filter(|(slot, _)| is_set_at(self.dead, *slot));
        dead.filter(|(_, person)| yes(*person)).count()
    }

    /// Offers those of a page who may stand among the first.
    fn first_of(&mut self, page: &Page, parts: &[Range<usize>], collector: &mut Collector) {
        let voters = self.voters(page);
        let tally = Tally::new(&voters);
        let mut left = bits_of(parts, page.words());
        let mut least = tally.most();
        // As long as there are too few, those who could reach a little less are taken too.
        loop {
            let known = self.needed(collector).map(|needed| tally.scaled(needed));
            least = known.unwrap_or(least);
            self.offer_from(page, &tally, least, &mut left, collector);
            if known.is_some() || least == 0 {
                break;
            }
            least -= least.div_ceil(8);
        }
        if self.anybody_of(page, &left) {
            collector.pass_over();
        }
    }

    /// Whether any of these people is on the list.
    fn anybody_of(&mut self, page: &Page, bits: &[u64]) -> bool {
        let people = (0..=u16::MAX).take(page.len()).filter(|person| is_set(bits, *person));
        people.into_iter().any(|person| self.admit(page, person).is_some())
    }

    /// Offers those left whose sum is at least so much, and takes them out of those left.
    fn offer_from(&mut self, page: &Page, tally: &Tally<'_>, least: u64, left: &mut [u64], collector: &mut Collector) {
        let (mut people, mut least) = (Vec::with_capacity(2 * TOGETHER), least);
        for (block, words) in left.chunks_mut(WORDS).enumerate() {
            let reaching = tally.reaching(block * WORDS, least);
            for ((number, word), reaching) in (block * WORDS..).zip(words).zip(reaching) {
                let mut reaching = *word & reaching;
                *word &= !reaching;
                while reaching != 0 {
                    let bit = usize::try_from(reaching.trailing_zeros()).unwrap_or(0);
                    reaching &= reaching - 1;
                    people.extend(u16::try_from(number * 64 + bit));
                }
            }
            if people.len() >= TOGETHER {
                self.offer_people(page, &mut people, collector);
                least = self.needed(collector).map_or(least, |needed| tally.scaled(needed).max(least));
            }
        }
        self.offer_people(page, &mut people, collector);
    }

    /// What the worst place kept asks of the lines, once there are enough.
    pub(super) fn needed(&self, collector: &Collector) -> Option<u64> {
        collector.worst().map(|worst| self.question.terms.parts_needed(worst.score(), self.room.context_most))
    }

    /// Offers those of some counted people who are on the list.
    fn offer_people(&mut self, page: &Page, people: &mut Vec<u16>, collector: &mut Collector) {
        let mut chosen = std::mem::take(&mut self.room.chosen);
        for some in people.chunks(TOGETHER) {
            self.admit_all(page, some, &mut chosen);
            self.offer_some(page, &chosen, collector);
            chosen.clear();
        }
        people.clear();
        self.room.chosen = chosen;
    }
}

/// A bit for everyone of some parts of a page.
fn bits_of(parts: &[Range<usize>], words: usize) -> Vec<u64> {
    let below = |person: usize, word: usize| match person.saturating_sub(word * 64) {
        some @ 0..64 => (1 << some) - 1,
        _ => u64::MAX,
    };
    let of_word = |word: usize| parts.iter().fold(0, |bits, part| bits | (below(part.end, word) & !below(part.start, word)));
    (0..words).map(of_word).collect()
}
