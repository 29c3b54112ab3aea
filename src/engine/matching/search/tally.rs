//! Adds up what many people could reach, 64 of them in a word, one bit of the sums after the other.

use crate::engine::matching::search::voters::Voter;

/// Bits of a sum.
const BITS: usize = 8;
/// The largest sum.
const MOST_SUM: u64 = (1 << BITS) - 1;
/// The most voters, so that their rounded sum is no larger.
pub(super) const MOST_VOTERS: usize = 1 << (BITS - 1);
/// Words that are added up together.
const LANES: usize = 4;
/// Groups of so many words that are tallied at once.
const GROUPS: usize = 8;
/// Words tallied at once.
pub(super) const WORDS: usize = LANES * GROUPS;

/// Sums of 64 people a word, lowest bit first.
type Sums<const BITS: usize> = [[u64; LANES]; BITS];

/// Voters with parts brought to a scale on which the sum of all has eight bits.
pub(super) struct Tally<'v> {
    ballots: Vec<Ballot<'v>>,
    /// How much of a part is one; parts are rounded up.
    scale: u64,
    most: u64,
}

struct Ballot<'v> {
    held: &'v [u64],
    high: &'v [u64],
    /// By bit, all ones where the low part has it.
    low: [u64; BITS],
    /// By bit, all ones where the high part differs from the low one.
    change: [u64; BITS],
}

impl<'v> Tally<'v> {
    pub(super) fn new(voters: &'v [Voter<'_>]) -> Self {
        let parts = || voters.iter().flat_map(|voter| [voter.low, voter.top]);
        let exact = parts().fold(0, divisor).max(1);
        let sum: u64 = voters.iter().map(|voter| voter.top).sum();
        // Rounding up adds less than one a voter.
        let scale = if sum / exact <= MOST_SUM { exact } else { sum.div_ceil(MOST_SUM / 2) };
        let masks = |part: u64| std::array::from_fn(|bit| (part >> bit & 1).wrapping_neg());
        let ballot = |voter: &'v Voter<'_>| {
            let (low, top) = (voter.low.div_ceil(scale), voter.top.div_ceil(scale));
            Ballot { held: &voter.held, high: voter.high.as_deref().unwrap_or_default(), low: masks(low), change: masks(low ^ top) }
        };
        let most = voters.iter().map(|voter| voter.top.div_ceil(scale)).sum();
        Self { ballots: voters.iter().map(ballot).collect(), scale, most }
    }

    /// The sum of all voters.
    pub(super) fn most(&self) -> u64 {
        self.most
    }

    /// The least sum of who reaches so much.
    pub(super) fn scaled(&self, parts: u64) -> u64 {
        parts.div_ceil(self.scale)
    }

    /// Who of the people from a word on has a sum of at least so much.
    pub(super) fn reaching(&self, from: usize, least: u64) -> [u64; WORDS] {
        let mut reaching = [0; WORDS];
        if least > self.most {
            return reaching;
        }
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            #[expect(unsafe_code, reason = "a safe function, compiled for processors of which this is one")]
            // SAFETY: the processor has what the function was compiled for.
            unsafe {
                self.reach_wide(from, least, &mut reaching);
            }
            return reaching;
        }
        self.reach(from, least, &mut reaching);
        reaching
    }
}

impl Tally<'_> {
    /// The same for processors that add four words at once.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn reach_wide(&self, from: usize, least: u64, reaching: &mut [u64; WORDS]) {
        self.reach(from, least, reaching);
    }

    #[inline(always)]
    fn reach(&self, from: usize, least: u64, reaching: &mut [u64; WORDS]) {
        match u64::BITS - self.most.leading_zeros() {
            0..=6 => reach::<6>(&self.ballots, from, least, reaching),
            7 => reach::<7>(&self.ballots, from, least, reaching),
            _ => reach::<8>(&self.ballots, from, least, reaching),
        }
    }
}

/// The greatest common divisor.
fn divisor(one: u64, other: u64) -> u64 {
    let (mut one, mut other) = (one, other);
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

#[inline(always)]
fn reach<const B: usize>(ballots: &[Ballot<'_>], from: usize, least: u64, reaching: &mut [u64; WORDS]) {
    let (groups, _) = reaching.as_chunks_mut::<LANES>();
    for (group, reaching) in groups.iter_mut().enumerate() {
        let mut sums: Sums<B> = [[0; LANES]; B];
        for ballot in ballots {
            add(&mut sums, ballot, from + group * LANES);
        }
        *reaching = at_least(&sums, least);
    }
}

/// Some words of a list, which may end before.
#[inline(always)]
fn words(list: &[u64], from: usize) -> [u64; LANES] {
    let rest = list.get(from..).unwrap_or_default();
    rest.first_chunk::<LANES>().copied().unwrap_or_else(|| {
        let mut last = [0; LANES];
        last.iter_mut().zip(rest).for_each(|(word, rest)| *word = *rest);
        last
    })
}

/// Adds a ballot: a ripple of full adders, a bit of the sums at a time.
#[inline(always)]
fn add<const B: usize>(sums: &mut Sums<B>, ballot: &Ballot<'_>, from: usize) {
    let held = words(ballot.held, from);
    let high = if ballot.high.is_empty() { [0; LANES] } else { words(ballot.high, from) };
    let mut carry = [0_u64; LANES];
    for ((sum, low), change) in sums.iter_mut().zip(&ballot.low).zip(&ballot.change) {
        for (((sum, carry), held), high) in sum.iter_mut().zip(&mut carry).zip(&held).zip(&high) {
            let vote = held & low ^ high & change;
            let either = *sum ^ vote;
            let both = *sum & vote;
            *sum = either ^ *carry;
            *carry = both | (*carry & either);
        }
    }
}

/// Who has a sum of at least so much.
#[inline(always)]
fn at_least<const B: usize>(sums: &Sums<B>, least: u64) -> [u64; LANES] {
    let (mut more, mut same) = ([0_u64; LANES], [u64::MAX; LANES]);
    for (bit, sum) in sums.iter().enumerate().rev() {
        let asked = (least >> bit & 1).wrapping_neg();
        for ((more, same), sum) in more.iter_mut().zip(&mut same).zip(sum) {
            *more |= *same & sum & !asked;
            *same &= !(sum ^ asked);
        }
    }
    more.iter_mut().zip(&same).for_each(|(more, same)| *more |= same);
    more
}
