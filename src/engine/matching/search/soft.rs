//! Lists of vacancies that require nothing: everybody eligible is on them, so the first are found by what they could reach at most.
//!
//! For each person the weights of the lines whose unit they hold are added up, 64 people at a time, one bit of the sum a word. Whoever cannot
//! reach the worst place kept is passed over; the count comes from the stances, without looking at anybody.

use crate::engine::matching::collect::Collector;
use crate::engine::matching::eligibility::Stance;
use crate::engine::matching::search::{Admitted, Search, TOGETHER, Verdict, is_set, is_set_at, runs_in, set};
use crate::engine::matching::segment::Page;
use std::borrow::Cow;
use std::ops::Range;

/// Bits of a sum of weights.
const BITS: usize = 8;
/// Weights are scaled to sum up to this at most, plus one a line for rounding up.
const MOST_SUM: u64 = 127;
/// Words that are added up together.
const LANES: usize = 2;
/// Smaller pages are looked at one by one.
const WORTH_SUMMING: usize = 2_048;

/// Sums of 64 people's weights, lowest bit first.
type Sums = [[u64; LANES]; BITS];

/// The least scaled sum that may still matter.
#[derive(Debug, Clone, Copy)]
struct Needed {
    least: u64,
    scale: u64,
}

/// A line's scaled weight and a bit for everyone who holds a unit that can meet it.
pub(super) struct Voter<'p> {
    pub(super) weight: u64,
    pub(super) required: bool,
    pub(super) bits: Cow<'p, [u64]>,
}

impl Search<'_> {
    pub(super) fn list_soft(&mut self, runs: &[Range<u32>], collector: &mut Collector) {
        for page in self.pages_by_distance(runs) {
            let parts: Vec<Range<usize>> = runs_in(page, runs).collect();
            if page.len() < WORTH_SUMMING {
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
        let scale = self.question.terms.weight_sum().div_ceil(MOST_SUM).max(1);
        let voters = self.voters(page, scale);
        let mut left = bits_of(parts, page.words());
        let mut least = voters.iter().map(|voter| voter.weight).sum::<u64>();
        let bits = usize::try_from(u64::BITS - least.leading_zeros()).unwrap_or(BITS).min(BITS);
        // As long as there are too few, those who could reach a little less are taken too.
        loop {
            let known = self.needed(collector).map(|needed| needed.div_ceil(scale));
            least = known.unwrap_or(least);
            self.offer_from(page, &voters, bits, Needed { least, scale }, &mut left, collector);
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
    fn offer_from(&mut self, page: &Page, voters: &[Voter<'_>], bits: usize, needed: Needed, left: &mut [u64], collector: &mut Collector) {
        let mut chosen = Vec::with_capacity(TOGETHER);
        let Needed { mut least, scale } = needed;
        for (group, words) in left.chunks_mut(LANES).enumerate() {
            let reaches = at_least(&add_up(voters, group, bits), bits, least);
            for (lane, (word, reaches)) in words.iter_mut().zip(reaches).enumerate() {
                let mut reaching = *word & reaches;
                *word &= !reaches;
                while reaching != 0 {
                    let bit = usize::try_from(reaching.trailing_zeros()).unwrap_or(0);
                    reaching &= reaching - 1;
                    let Ok(person) = u16::try_from((group * LANES + lane) * 64 + bit) else { continue };
                    chosen.extend(self.admit(page, person).map(|metres| (person, metres)));
                }
            }
            if chosen.len() >= TOGETHER {
                self.offer_chosen(page, &mut chosen, collector);
                least = self.needed(collector).map_or(least, |needed| needed.div_ceil(scale).max(least));
            }
        }
        self.offer_chosen(page, &mut chosen, collector);
    }

    /// The sum of weights that the worst place kept asks for, once there are enough.
    pub(super) fn needed(&self, collector: &Collector) -> Option<u64> {
        collector.worst().map(|worst| self.question.terms.weights_needed(worst.score(), self.room.context_most))
    }

    fn offer_chosen(&mut self, page: &Page, chosen: &mut Vec<Admitted>, collector: &mut Collector) {
        self.fetch(page, chosen);
        for (person, metres) in chosen.drain(..) {
            self.offer(page, person, metres, collector);
        }
    }

    /// The lines with those who hold a unit that can meet them.
    pub(super) fn voters<'p>(&self, page: &'p Page, scale: u64) -> Vec<Voter<'p>> {
        let mut voters: Vec<Voter<'p>> = Vec::with_capacity(self.question.terms.lines.len());
        for (place, line) in self.question.terms.lines.iter().enumerate() {
            let of_line = |target: usize| self.question.targets.get(target).is_some_and(|target| target.line == place);
            let units = || self.room.locals.iter().skip(1).filter(|local| of_line(local.target)).map(|local| local.unit);
            let mut bits: Option<Cow<'p, [u64]>> = None;
            for unit in units() {
                bits = Some(match (bits, page.dense(unit).map(|bits| bits.words())) {
                    (None, Some(dense)) => Cow::Borrowed(dense),
                    (known, dense) => {
                        let mut own = known.map_or_else(|| vec![0; page.words()], Cow::into_owned);
                        match dense {
                            Some(dense) => own.iter_mut().zip(dense).for_each(|(own, dense)| *own |= dense),
                            None => page.holders(unit).iter().for_each(|posting| set(&mut own, posting.person)),
                        }
                        Cow::Owned(own)
                    }
                });
            }
            voters.extend(bits.map(|bits| Voter { weight: line.bounded_weight().div_ceil(scale), required: line.excludes(), bits }));
        }
        voters
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

/// The sums of the weights of the lines that 64 people a lane may meet.
fn add_up(voters: &[Voter<'_>], group: usize, bits: usize) -> Sums {
    let mut sums: Sums = [[0; LANES]; BITS];
    for voter in voters {
        let votes = voter.bits.get(group * LANES..).and_then(|words| words.first_chunk::<LANES>()).copied();
        let votes = votes.unwrap_or_else(|| {
            let mut last = [0; LANES];
            let words = voter.bits.get(group * LANES..).unwrap_or_default();
            last.iter_mut().zip(words).for_each(|(vote, word)| *vote = *word);
            last
        });
        add(&mut sums, &votes, voter.weight, bits);
    }
    sums
}

/// Adds a weight for everyone who votes: a ripple of full adders, a bit of the sum at a time.
fn add(sums: &mut Sums, votes: &[u64; LANES], weight: u64, bits: usize) {
    let mut carry = [0_u64; LANES];
    for (bit, sum) in sums.iter_mut().enumerate().take(bits) {
        // All ones where the weight has this bit.
        let asked = (weight >> bit & 1).wrapping_neg();
        for ((sum, carry), vote) in sum.iter_mut().zip(&mut carry).zip(votes) {
            let vote = vote & asked;
            let either = *sum ^ vote;
            let both = *sum & vote;
            *sum = either ^ *carry;
            *carry = both | (*carry & either);
        }
    }
}

/// Who has a sum of at least so much.
fn at_least(sums: &Sums, bits: usize, least: u64) -> [u64; LANES] {
    if least >> bits != 0 {
        return [0; LANES];
    }
    let (mut more, mut same) = ([0_u64; LANES], [u64::MAX; LANES]);
    for (bit, sum) in sums.iter().enumerate().take(bits).rev() {
        let asked = (least >> bit & 1).wrapping_neg();
        for ((more, same), sum) in more.iter_mut().zip(&mut same).zip(sum) {
            *more |= *same & sum & !asked;
            *same &= !(sum ^ asked);
        }
    }
    more.iter_mut().zip(&same).for_each(|(more, same)| *more |= same);
    more
}
