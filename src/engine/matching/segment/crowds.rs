//! Units that many of a page hold: a bit for everyone, set for who holds the unit, and of the most common another for who holds it at a
//! high level, so that what somebody could reach is told more closely without looking at them.

use crate::engine::matching::segment::page::{LEVEL_BITS, Posting};
use crate::engine::matching::segment::{at, bytes_of};
use std::ops::Range;

/// A unit that at least one in so many holds has bits.
const DENSE: usize = 64;
/// Of a unit that at least one in so many holds it is also known who holds it at a high level.
const GRADED: usize = 32;
/// Smaller pages have no bits.
const WORTH_BITS: usize = 2_048;

/// The units of a page that many hold.
#[derive(Debug, Default)]
pub(super) struct Crowds {
    list: Vec<Crowd>,
    bits: Vec<u64>,
    /// By word of `bits`, how many bits of its unit are set before it.
    set_before: Vec<u16>,
    high: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Crowd {
    /// Whether each holder has one certificate of it.
    once: bool,
    /// The least level code that is high; 0 where no bits tell.
    cut: u16,
    /// Where its words begin.
    from: u32,
    /// Where its words of high levels begin.
    high_from: u32,
}

/// A bit for everyone, set for who holds a unit.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::matching) struct Bits<'p> {
    words: &'p [u64],
    /// How many are set before each word; empty where somebody has two certificates of the unit.
    before: &'p [u16],
    high: Option<High<'p>>,
}

/// Who of a unit's holders has a certificate of a high level.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::matching) struct High<'p> {
    /// A bit for everyone.
    pub(in crate::engine::matching) words: &'p [u64],
    /// Whoever holds the unit without a bit has only certificates whose level code is less.
    pub(in crate::engine::matching) cut: u16,
}

impl<'p> Bits<'p> {
    /// The words.
    pub(in crate::engine::matching) fn words(&self) -> &'p [u64] {
        self.words
    }

    /// Who of the holders has a high level, where that is known.
    pub(in crate::engine::matching) fn high(&self) -> Option<High<'p>> {
        self.high
    }

    /// Whether a person's bit is set.
    pub(in crate::engine::matching) fn is_set(&self, person: u16) -> bool {
        is_set(self.words, person)
    }

    /// Whether each holder stands among the postings once, so that places can be counted.
    pub(in crate::engine::matching) fn counts_places(&self) -> bool {
        !self.before.is_empty()
    }

    /// The place among the postings of a holder, or of the next one, if each holder stands there once.
    pub(in crate::engine::matching) fn place(&self, person: u16) -> Option<usize> {
        let word = usize::from(person >> 6);
        let before = usize::from(*self.before.get(word)?);
        let within = (self.words.get(word)? & ((1 << (person & 63)) - 1)).count_ones();
        Some(before + usize::try_from(within).unwrap_or(0))
    }
}

impl Crowds {
    /// Adds a unit of a page of so many people, if many hold it; answers the number of its crowd from 1, or 0.
    pub(super) fn add(&mut self, people: usize, postings: &[Posting]) -> u32 {
        if people < WORTH_BITS || postings.len() < people / DENSE {
            return 0;
        }
        let (from, high_from) = (self.bits.len(), self.high.len());
        let end = from + people.div_ceil(64);
        self.bits.resize(end, 0);
        let own = self.bits.get_mut(from..).unwrap_or_default();
        postings.iter().for_each(|posting| set(own, posting.person));
        let mut before = 0;
        for word in &*own {
            self.set_before.push(u16::try_from(before).unwrap_or(u16::MAX));
            before += word.count_ones();
        }
        let once = usize::try_from(before).is_ok_and(|people| people == postings.len());
        let cut = if postings.len() >= people / GRADED { cut(postings) } else { 0 };
        if cut > 0 {
            self.high.resize(high_from + people.div_ceil(64), 0);
            let high = self.high.get_mut(high_from..).unwrap_or_default();
            postings.iter().filter(|posting| posting.proof & LEVEL_BITS >= cut).for_each(|posting| set(high, posting.person));
        }
        let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        self.list.push(Crowd { once, cut, from: number(from), high_from: number(high_from) });
        number(self.list.len())
    }

    /// Gives back room that was not needed.
    pub(super) fn close(&mut self) {
        self.bits.shrink_to_fit();
        self.set_before.shrink_to_fit();
        self.high.shrink_to_fit();
    }

    /// Bytes it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        bytes_of(&self.list) + bytes_of(&self.bits) + bytes_of(&self.set_before) + bytes_of(&self.high)
    }

    /// The bits of a crowd by its number in a page of so many words.
    pub(super) fn get(&self, number: u32, words: usize) -> Option<Bits<'_>> {
        let crowd = self.list.get(at(number.checked_sub(1)?))?;
        let of = |from: u32| -> Range<usize> { at(from)..at(from) + words };
        let high = (crowd.cut > 0).then(|| self.high.get(of(crowd.high_from))).flatten();
        Some(Bits {
            words: self.bits.get(of(crowd.from))?,
            before: if crowd.once { self.set_before.get(of(crowd.from))? } else { &[] },
            high: high.map(|words| High { words, cut: crowd.cut }),
        })
    }
}

/// The level code from which on nearly half of the certificates are high; 0 where all are of one level.
fn cut(postings: &[Posting]) -> u16 {
    let mut count = [0_usize; 8];
    for posting in postings {
        if let Some(count) = count.get_mut(usize::from(posting.proof & LEVEL_BITS)) {
            *count += 1;
        }
    }
    let from = |cut: u16| count.iter().skip(usize::from(cut)).sum::<usize>();
    let parts = (1..=LEVEL_BITS).filter(|cut| (1..postings.len()).contains(&from(*cut)));
    parts.min_by_key(|cut| from(*cut).abs_diff(postings.len() / 2)).unwrap_or(0)
}

/// Sets a person's bit.
pub(in crate::engine::matching) fn set(bits: &mut [u64], person: u16) {
    if let Some(word) = bits.get_mut(usize::from(person >> 6)) {
        *word |= 1 << (person & 63);
    }
}

/// Whether a person's bit is set.
pub(in crate::engine::matching) fn is_set(bits: &[u64], person: u16) -> bool {
    bits.get(usize::from(person >> 6)).is_some_and(|word| word >> (person & 63) & 1 == 1)
}
