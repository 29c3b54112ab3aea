//! The rows with the highest sums, without sorting the others.

use crate::engine::resolve::index::Id;

/// Rows whose highest sum is kept together.
const BLOCK: usize = 64;
const LANES: usize = 16;

/// The rows of the `most` highest sums above nothing, in no particular order; of equal sums, the first rows.
pub(super) fn best(sums: &[f32], most: usize) -> Vec<(Id, f32)> {
    let highest: Vec<f32> = sums.chunks(BLOCK).map(maximum).collect();
    let least = least_of(&highest, most);
    let mut found: Vec<(Id, f32)> = Vec::with_capacity(2 * most);
    let mut start: Id = 0;
    for (block, highest) in sums.chunks(BLOCK).zip(&highest) {
        if *highest >= least {
            found.extend((start..).zip(block).filter(|(_, sum)| **sum >= least).map(|(row, sum)| (row, *sum)));
        }
        start = start.saturating_add(Id::try_from(BLOCK).unwrap_or(Id::MAX));
    }
    if found.len() > most && most > 0 {
        found.select_nth_unstable_by(most - 1, |left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    }
    found.truncate(most);
    found
}

/// A sum that at least `most` rows reach, if so many are above nothing: each block has one row that reaches the block's highest.
fn least_of(highest: &[f32], most: usize) -> f32 {
    let mut highest: Vec<f32> = highest.iter().copied().filter(|sum| *sum > 0.0).collect();
    let nth = most.saturating_sub(1);
    if nth < highest.len() { *highest.select_nth_unstable_by(nth, |left, right| right.total_cmp(left)).1 } else { f32::MIN_POSITIVE }
}

/// In lanes beside each other, which the compiler turns into wide instructions.
fn maximum(block: &[f32]) -> f32 {
    let larger = |left: f32, right: f32| if right > left { right } else { left };
    let mut lanes = [0.0_f32; LANES];
    for run in block.chunks(LANES) {
        lanes.iter_mut().zip(run).for_each(|(lane, sum)| *lane = larger(*lane, *sum));
    }
    lanes.into_iter().fold(0.0, larger)
}
