//! The factors beside the units: distance, wage, start date. Each is a share of its weight, 0 to 10000.
//!
//! A fact that is unknown gives the policy's neutral share; it never gives nothing and never gives everything by itself.

use crate::engine::matching::candidate::Candidate;
use crate::engine::matching::policy::Policy;
use crate::engine::money::Rupiah;
use chrono::NaiveDate;

/// A full share.
pub(super) const FULL: u32 = 10_000;

/// What the context factors read of a graduate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wishes {
    pub(super) ready_to_board: bool,
    pub(super) wage_wish: Option<Rupiah>,
    pub(super) available_from: Option<NaiveDate>,
}

impl Wishes {
    pub(super) fn of(candidate: &Candidate) -> Self {
        Self { ready_to_board: candidate.ready_to_board, wage_wish: candidate.wage_wish_monthly, available_from: candidate.available_from }
    }
}

/// Full up to the near distance, nothing from the far one, straight between; readiness to board is a floor.
pub(super) fn distance(policy: &Policy, metres: Option<u32>, wishes: &Wishes) -> u32 {
    let Some(metres) = metres else { return neutral(policy) };
    let left = u64::from(policy.far.saturating_sub(metres.max(policy.near)));
    let span = u64::from(policy.far.saturating_sub(policy.near)).max(1);
    let by_distance = ratio(left, span);
    if wishes.ready_to_board { by_distance.max(policy.boards * 100) } else { by_distance }
}

/// Full from the wish upward, nothing at the policy's floor below it, straight between.
pub(super) fn wage(policy: &Policy, offered: Option<Rupiah>, wishes: &Wishes) -> u32 {
    let (Some(offered), Some(wish)) = (offered, wishes.wage_wish) else { return neutral(policy) };
    let (offered, wish) = (offered.amount().unsigned_abs(), wish.amount().unsigned_abs());
    let floor = wish.saturating_mul(u64::from(policy.wage_floor)) / 100;
    if offered >= wish { FULL } else { ratio(offered.saturating_sub(floor), wish.saturating_sub(floor)) }
}

/// Full for who can begin in time, nothing for who comes the policy's days too late, straight between.
pub(super) fn start(policy: &Policy, begins: NaiveDate, wishes: &Wishes) -> u32 {
    let Some(from) = wishes.available_from else { return neutral(policy) };
    let late = u64::from(days_late(from, begins));
    let span = u64::from(policy.late_days);
    ratio(span.saturating_sub(late), span)
}

/// Days after the start on which somebody becomes available; 0 if in time.
pub(super) fn days_late(from: NaiveDate, begins: NaiveDate) -> u32 {
    u32::try_from(from.signed_duration_since(begins).num_days().max(0)).unwrap_or(u32::MAX)
}

fn neutral(policy: &Policy) -> u32 {
    policy.unknown * 100
}

fn ratio(part: u64, whole: u64) -> u32 {
    let share = part.min(whole).saturating_mul(u64::from(FULL)) / whole.max(1);
    u32::try_from(share).unwrap_or(FULL).min(FULL)
}
