//! Every number of a policy: its key, the least and the most it may be, and where it lives in a draft.
//!
//! One table for whoever checks, reads, writes or explains policies, so that none of them can forget a number.

use super::PolicyDraft;

/// One number of a policy.
#[derive(Debug, Clone, Copy)]
pub struct PolicyKey {
    /// The key, as files and messages name it.
    pub name: &'static str,
    /// The least allowed.
    pub least: i64,
    /// The most allowed.
    pub most: i64,
    /// Whether it may be left out. A key that came later than the first policies may always be.
    pub optional: bool,
    read: fn(&PolicyDraft) -> Option<i64>,
    write: fn(&mut PolicyDraft, i64),
}

impl PolicyKey {
    /// The number in a draft; `None` where it is left out.
    #[must_use]
    pub fn read(&self, draft: &PolicyDraft) -> Option<i64> {
        (self.read)(draft)
    }

    /// Puts a number into a draft, allowed or not.
    pub fn write(&self, draft: &mut PolicyDraft, value: i64) {
        (self.write)(draft, value);
    }

    /// The key of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name == name)
    }
}

macro_rules! keys {
    ($($field:ident $least:literal to $most:literal $($kind:ident)?;)+) => {
        /// Every number of a policy, in the order in which files hold them.
        pub const KEYS: &[PolicyKey] = &[$(keys!(@key $field $least $most $($kind)?)),+];
    };
    (@key $field:ident $least:literal $most:literal) => {
        PolicyKey { name: stringify!($field), least: $least, most: $most, optional: false,
            read: |draft| Some(draft.$field), write: |draft, value| draft.$field = value }
    };
    (@key $field:ident $least:literal $most:literal or_left_out) => {
        PolicyKey { name: stringify!($field), least: $least, most: $most, optional: true,
            read: |draft| draft.$field, write: |draft, value| draft.$field = Some(value) }
    };
    (@key $field:ident $least:literal $most:literal or_nothing) => {
        PolicyKey { name: stringify!($field), least: $least, most: $most, optional: true,
            read: |draft| Some(draft.$field), write: |draft, value| draft.$field = value }
    };
}

keys! {
    units_weight 1 to 10_000;
    distance_weight 1 to 10_000 or_left_out;
    wage_weight 1 to 10_000 or_left_out;
    start_weight 1 to 10_000 or_left_out;
    evidence_bnsp 1 to 100;
    evidence_training 1 to 100;
    evidence_industry 1 to 100;
    newer_version 1 to 100;
    one_version_older 0 to 100;
    older_still 0 to 100;
    equivalent 0 to 100;
    related 0 to 50 or_nothing;
    expired 0 to 100;
    one_level_short 0 to 100;
    two_levels_short 0 to 100;
    further_short 0 to 100;
    unknown 0 to 100;
    ready_to_board 0 to 100;
    near_metres 0 to 20_000_000;
    far_metres 1 to 20_100_000;
    wage_floor 0 to 99;
    late_days 1 to 3_650;
}
