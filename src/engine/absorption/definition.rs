//! What a rate means, as data, to be printed in words beside the number.
//!
//! A number whose definition is not printed with it is not ours.

use chrono::{DateTime, NaiveDate, Utc};

use crate::engine::absorption::population::{Denominator, GroupBy};
use crate::engine::absorption::rate::{Checkpoint, Query};
use crate::engine::absorption::status::{Freshness, is_absorbed};
use crate::engine::kinds::{EvidenceLevel, OutcomeKind};

/// Everything one must know to read the numbers of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The day of the report.
    pub as_of: NaiveDate,
    /// Until when records were read; `None` for all.
    pub known_at: Option<DateTime<Utc>>,
    /// Days after day 0 at which each person is looked at; `None`: all on the day of the report.
    pub checkpoint: Option<Checkpoint>,
    /// How it is cut.
    pub group_by: GroupBy,
    /// Out of whom.
    pub denominator: Denominator,
    /// Kinds in the absorbed total, each shown apart too.
    pub absorbed: Vec<OutcomeKind>,
    /// Kinds that were heard of and are not in it.
    pub not_absorbed: Vec<OutcomeKind>,
    /// Taken out of the denominator once checked, and listed.
    pub left_out: Vec<OutcomeKind>,
    /// Evidence that makes a status verified.
    pub verified_by: Vec<EvidenceLevel>,
    /// How old evidence may be, in days, before or after the day looked at.
    pub freshness_days: u32,
    /// Whether older evidence makes the status unknown or is only pointed out.
    pub freshness: Freshness,
    /// Days from day 0 within which a start at a partner is direct.
    pub direct_days: u32,
}

impl Definition {
    /// The definition behind a query.
    #[must_use]
    pub fn of(query: &Query) -> Self {
        let kinds = |wanted: fn(OutcomeKind) -> bool| OutcomeKind::ALL.iter().copied().filter(|kind| wanted(*kind)).collect();
        Self {
            as_of: query.as_of,
            known_at: query.known_at,
            checkpoint: query.checkpoint,
            group_by: query.group_by,
            denominator: query.denominator,
            absorbed: kinds(is_absorbed),
            not_absorbed: kinds(|kind| !is_absorbed(kind) && kind != OutcomeKind::Excluded),
            left_out: vec![OutcomeKind::Excluded],
            verified_by: EvidenceLevel::ALL.iter().copied().filter(|level| level.is_verified()).collect(),
            freshness_days: query.freshness_days,
            freshness: query.freshness(),
            direct_days: query.direct_days,
        }
    }
}
