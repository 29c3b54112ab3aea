//! What somebody could reach at most, told from the units they hold without looking at their certificates.

use crate::engine::matching::search::{Local, Search, is_set, set};
use crate::engine::matching::segment::{Bits, Page, Posting};
use std::borrow::Cow;

/// What a line gives at most to whoever holds a unit that can meet it.
pub(super) struct Voter<'p> {
    /// Whether the line excludes who does not meet it.
    pub(super) required: bool,
    /// The part of the score for who holds one of the units.
    pub(super) low: u64,
    /// The part for who has a bit in `high`.
    pub(super) top: u64,
    /// A bit for everyone who holds one of the units.
    pub(super) held: Cow<'p, [u64]>,
    /// Where lower levels give less: a bit for those of them who may have a higher one.
    pub(super) high: Option<Cow<'p, [u64]>>,
}

impl Voter<'_> {
    /// The part that a person could reach.
    pub(super) fn of(&self, person: u16) -> u64 {
        let more = self.high.as_ref().map_or(0, |high| (self.top - self.low) * u64::from(is_set(high, person)));
        self.low * u64::from(is_set(&self.held, person)) + more
    }
}

/// Some of a page's people.
#[derive(Clone, Copy)]
enum People<'p> {
    Bits(&'p [u64]),
    Holders(&'p [Posting]),
}

impl Search<'_> {
    /// The lines with those who hold a unit that can meet them, as far as that gives anything.
    pub(super) fn voters<'p>(&self, page: &'p Page) -> Vec<Voter<'p>> {
        let mut voters = Vec::with_capacity(self.question.terms.lines.len());
        for (place, line) in self.question.terms.lines.iter().enumerate() {
            let locals = || self.room.locals.iter().skip(1).filter(|local| local.line == place);
            let bits = |local: &Local| page.dense(local.unit);
            let holders = |local: &Local| bits(local).map_or(People::Holders(page.holders(local.unit)), |bits| People::Bits(bits.words()));
            let most = locals().map(|local| self.question.most(local.target)).max().unwrap_or(0);
            if most == 0 {
                continue;
            }
            // Who has no bit for a high level holds only units of which levels are known.
            let below =
                |local: &Local| bits(local).and_then(|bits| bits.high()).map(|high| self.question.most_below(local.target, high.cut));
            let low = locals().filter_map(below).max().filter(|low| *low < most);
            let high = low.map(|_| {
                let high = |local: &Local| bits(local).and_then(|bits: Bits<'p>| bits.high()).map(|high| People::Bits(high.words));
                together(page, locals().map(|local| high(local).unwrap_or_else(|| holders(local))))
            });
            let part = |worth: u16| self.question.part(place, worth);
            let (low, held, high) = match (low, high) {
                (Some(0), Some(high)) => (most, high, None),
                (low, high) => (low.unwrap_or(most), together(page, locals().map(holders)), high),
            };
            voters.push(Voter { required: line.excludes(), low: part(low), top: part(most), held, high });
        }
        voters
    }
}

/// A bit for everyone who is among some of a page's people.
fn together<'p>(page: &Page, mut parts: impl Iterator<Item = People<'p>>) -> Cow<'p, [u64]> {
    let mut all = match parts.next() {
        Some(People::Bits(bits)) => Cow::Borrowed(bits),
        Some(People::Holders(holders)) => Cow::Owned(with(vec![0; page.words()], People::Holders(holders))),
        None => Cow::Owned(vec![0; page.words()]),
    };
    for part in parts {
        all = Cow::Owned(with(all.into_owned(), part));
    }
    all
}

fn with(mut all: Vec<u64>, part: People<'_>) -> Vec<u64> {
    match part {
        People::Bits(bits) => all.iter_mut().zip(bits).for_each(|(all, bits)| *all |= bits),
        People::Holders(holders) => holders.iter().for_each(|posting| set(&mut all, posting.person)),
    }
    all
}
