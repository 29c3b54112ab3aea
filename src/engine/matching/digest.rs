//! A number that tells candidates apart, the same on every machine, so that two indexes can be compared by their sums.
//!
//! It covers everything a packed row holds, in order: two candidates have one digest when they have one row.

use crate::engine::matching::candidate::{Candidate, HeldUnit};
use crate::engine::matching::row;
use chrono::{Datelike, NaiveDate};

/// The digest of a candidate.
pub(super) fn digest(candidate: &Candidate) -> u64 {
    let mut sum = Sum(0x9e37_79b9_7f4a_7c15);
    sum.bytes(candidate.graduate.0.as_bytes());
    sum.bytes(candidate.office.0.as_bytes());
    sum.word(row::flags(candidate) << 8 | u64::from(candidate.free_hours));
    for degrees in candidate.place.iter().flat_map(|place| [place.latitude, place.longitude]) {
        sum.word(degrees.to_bits());
    }
    let wage = candidate.wage_wish_monthly.map(|wage| wage.amount().unsigned_abs());
    for number in [candidate.radius_metres.map(u64::from), wage, candidate.available_from.map(day), candidate.paused_until.map(day)] {
        sum.word(number.map_or(u64::MAX, |number| number));
    }
    sum.list(&candidate.units, Sum::unit);
    sum.list(&candidate.claimed_units, |sum, code| sum.bytes(code.as_str().as_bytes()));
    sum.list(&candidate.blocked_employers, |sum, id| sum.bytes(id.0.as_bytes()));
    sum.list(&candidate.ranked_employers, |sum, id| sum.bytes(id.0.as_bytes()));
    sum.list(&candidate.shifts, |sum, shift| sum.bytes(shift.code().as_bytes()));
    sum.list(&candidate.occupations, |sum, code| sum.bytes(code.as_bytes()));
    sum.bytes(candidate.trade.as_deref().unwrap_or_default().as_bytes());
    sum.finish()
}

fn day(date: NaiveDate) -> u64 {
    // Days before the first year come out as large numbers; all are apart.
    u64::from(date.num_days_from_ce().cast_unsigned())
}

/// Words mixed one after the other, each multiplication folded onto itself; finished by the mixer of `SplitMix64`.
struct Sum(u64);

impl Sum {
    fn word(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word).wrapping_mul(0xa076_1d64_78bd_642f_e703_7ed1_a0b4_28db);
        let high = u64::try_from(product >> 64).unwrap_or(0);
        let low = u64::try_from(product & u128::from(u64::MAX)).unwrap_or(0);
        self.0 = (high ^ low).rotate_left(23).wrapping_add(0x2d35_8dcc_aa6c_78a5);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.word(u64::from_le_bytes(*word));
        }
        // Copied byte by byte, what is left over would have to be waited for until it can be read as one word.
        let over = u32::try_from(rest.len()).unwrap_or(0);
        let last = bytes.last_chunk().map_or_else(
            || rest.iter().rev().fold(0, |last, byte| last << 8 | u64::from(*byte)),
            |eight| u64::from_le_bytes(*eight).checked_shr(u64::BITS - 8 * over).unwrap_or(0),
        );
        self.word(last ^ u64::try_from(bytes.len()).unwrap_or(u64::MAX) << 56);
    }

    fn list<T>(&mut self, items: &[T], add: impl Fn(&mut Self, &T)) {
        self.word(u64::try_from(items.len()).unwrap_or(u64::MAX));
        for item in items {
            add(self, item);
        }
    }

    fn unit(&mut self, held: &HeldUnit) {
        self.bytes(held.code.as_str().as_bytes());
        let level = held.level.map_or(u64::from(u16::MAX), u64::from);
        self.word(level << 32 | u64::from(held.evidence.strength()) << 56 | day(held.issued));
        self.word(held.expires.map_or(u64::MAX, day));
    }

    fn finish(self) -> u64 {
        let hash = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^ (hash >> 31)
    }
}
