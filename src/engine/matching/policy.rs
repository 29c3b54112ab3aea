//! The scoring policy: how much each factor weighs, as data with a name and a version that every list prints.
//!
//! A [`PolicyDraft`] is what somebody wrote; a [`Policy`] is a draft that was checked. The scorer takes only the latter,
//! so no weight can be zero, negative or enormous where points are counted. A policy never names a person's attribute.

/// A policy as it was written, before it is checked. Shares are whole percent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDraft {
    /// What staff call it.
    pub name: String,
    /// Counts up with every change.
    pub version: u32,
    /// Hundredths of the score for covering the units; with the other weights it makes 10000.
    pub units_weight: i64,
    /// Hundredths of the score for distance; `None` leaves the factor out.
    pub distance_weight: Option<i64>,
    /// Hundredths of the score for wage against wish; `None` leaves the factor out.
    pub wage_weight: Option<i64>,
    /// Hundredths of the score for the start date; `None` leaves the factor out.
    pub start_weight: Option<i64>,
    /// What a BNSP certificate is worth as evidence.
    pub evidence_bnsp: i64,
    /// What the certificate of a finished training is worth.
    pub evidence_training: i64,
    /// What a company's letter is worth.
    pub evidence_industry: i64,
    /// What a newer version of the unit is worth.
    pub newer_version: i64,
    /// What a unit one version older is worth.
    pub one_version_older: i64,
    /// What a unit two or more versions older is worth.
    pub older_still: i64,
    /// What an equivalent unit is worth, times the link's own factor.
    pub equivalent: i64,
    /// What an expired certificate ("once competent") is worth where a valid one is not asked.
    pub expired: i64,
    /// What a level one short of the level asked is worth; an unstated level counts so too.
    pub one_level_short: i64,
    /// What a level two short is worth.
    pub two_levels_short: i64,
    /// What a level three or more short is worth.
    pub further_short: i64,
    /// What a context factor is worth when a fact it needs is unknown.
    pub unknown: i64,
    /// What distance is worth at least to somebody ready to live near the work.
    pub ready_to_board: i64,
    /// Metres up to which distance counts in full.
    pub near_metres: i64,
    /// Metres from which distance counts nothing.
    pub far_metres: i64,
    /// Percent of the wished wage at which the wage counts nothing.
    pub wage_floor: i64,
    /// Days after the start date from which the start counts nothing.
    pub late_days: i64,
}

impl Default for PolicyDraft {
    fn default() -> Self {
        Self {
            name: "serap".to_owned(),
            version: 1,
            units_weight: 7000,
            distance_weight: Some(1200),
            wage_weight: Some(900),
            start_weight: Some(900),
            evidence_bnsp: 100,
            evidence_training: 80,
            evidence_industry: 60,
            newer_version: 100,
            one_version_older: 70,
            older_still: 40,
            equivalent: 100,
            expired: 20,
            one_level_short: 80,
            two_levels_short: 50,
            further_short: 20,
            unknown: 50,
            ready_to_board: 50,
            near_metres: 5_000,
            far_metres: 60_000,
            wage_floor: 70,
            late_days: 30,
        }
    }
}

/// One number of a policy, by the name it has in a file.
#[derive(Debug, Clone, Copy)]
pub struct PolicyField {
    /// The name.
    pub name: &'static str,
    /// The least allowed.
    pub least: i64,
    /// The most allowed.
    pub most: i64,
    /// Whether it may be left out, which leaves the factor out.
    pub optional: bool,
    get: fn(&PolicyDraft) -> Option<i64>,
    set: fn(&mut PolicyDraft, i64),
}

impl PolicyField {
    /// What a draft says; `None` leaves the factor out.
    #[must_use]
    pub fn get(&self, draft: &PolicyDraft) -> Option<i64> {
        (self.get)(draft)
    }

    /// Writes it into a draft.
    pub fn set(&self, draft: &mut PolicyDraft, value: i64) {
        (self.set)(draft, value);
    }
}

macro_rules! fields {
    ($($name:ident $($optional:ident)?: $least:literal..=$most:literal),+ $(,)?) => {
        &[$(fields!(@one $name $($optional)?, $least, $most)),+]
    };
    (@one $name:ident optional, $least:literal, $most:literal) => {
        PolicyField { name: stringify!($name), least: $least, most: $most, optional: true, get: |draft| draft.$name, set: |draft, value| draft.$name = Some(value) }
    };
    (@one $name:ident, $least:literal, $most:literal) => {
        PolicyField { name: stringify!($name), least: $least, most: $most, optional: false, get: |draft| Some(draft.$name), set: |draft, value| draft.$name = value }
    };
}

impl PolicyDraft {
    /// Every number, in the order in which a policy is written.
    pub const FIELDS: &'static [PolicyField] = fields![
        units_weight: 1..=10_000,
        distance_weight optional: 1..=10_000,
        wage_weight optional: 1..=10_000,
        start_weight optional: 1..=10_000,
        evidence_bnsp: 1..=100,
        evidence_training: 1..=100,
        evidence_industry: 1..=100,
        newer_version: 1..=100,
        one_version_older: 0..=100,
        older_still: 0..=100,
        equivalent: 0..=100,
        expired: 0..=100,
        one_level_short: 0..=100,
        two_levels_short: 0..=100,
        further_short: 0..=100,
        unknown: 0..=100,
        ready_to_board: 0..=100,
        near_metres: 0..=20_000_000,
        far_metres: 1..=20_100_000,
        wage_floor: 0..=99,
        late_days: 1..=3_650,
    ];

    /// Everything that is wrong with it, its fields in order.
    #[must_use]
    pub fn problems(&self) -> Vec<PolicyProblem> {
        let mut problems = Vec::new();
        if self.name.trim().is_empty() || self.name.len() > 200 {
            problems.push(PolicyProblem::Name);
        }
        for field in Self::FIELDS {
            let least = if field.name == "far_metres" { self.near_metres.saturating_add(1).max(field.least) } else { field.least };
            let out = field.get(self).filter(|value| !(least..=field.most).contains(value));
            problems.extend(out.map(|value| PolicyProblem::OutOfRange { field: field.name, value, least, most: field.most }));
        }
        if problems.is_empty() {
            problems.extend(self.order_problems());
            let weights = [Some(self.units_weight), self.distance_weight, self.wage_weight, self.start_weight];
            let sum = weights.iter().flatten().sum();
            problems.extend((sum != i64::from(WHOLE)).then_some(PolicyProblem::Sum { sum }));
        }
        problems
    }

    /// Weaker evidence, older versions and lower levels are never worth more.
    fn order_problems(&self) -> Vec<PolicyProblem> {
        let falling = [
            (("evidence_bnsp", self.evidence_bnsp), ("evidence_training", self.evidence_training)),
            (("evidence_training", self.evidence_training), ("evidence_industry", self.evidence_industry)),
            (("one_version_older", self.one_version_older), ("older_still", self.older_still)),
            (("one_level_short", self.one_level_short), ("two_levels_short", self.two_levels_short)),
            (("two_levels_short", self.two_levels_short), ("further_short", self.further_short)),
        ];
        let rises = |((stronger, more), (weaker, less)): ((&'static str, i64), (&'static str, i64))| {
            (less > more).then_some(PolicyProblem::Order { weaker, stronger })
        };
        falling.into_iter().filter_map(rises).collect()
    }
}

/// Why a policy was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyProblem {
    /// A number is out of its range.
    #[error("{field} is {value}, allowed is {least} to {most}")]
    OutOfRange {
        /// The field of [`PolicyDraft`].
        field: &'static str,
        /// What was given.
        value: i64,
        /// The least allowed.
        least: i64,
        /// The most allowed.
        most: i64,
    },
    /// The weights do not make the whole.
    #[error("the weights make {sum}, not 10000")]
    Sum {
        /// What they make.
        sum: i64,
    },
    /// A share rises where it should fall: something weaker would be worth more than something stronger.
    #[error("{weaker} is worth more than {stronger}")]
    Order {
        /// The field of the weaker thing.
        weaker: &'static str,
        /// The field of the stronger thing.
        stronger: &'static str,
    },
    /// It has no name, or one over 200 bytes.
    #[error("a policy needs a name of 1 to 200 bytes")]
    Name,
}

/// The whole score, in hundredths of a point.
pub const WHOLE: u32 = 10_000;

/// A checked policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    draft: PolicyDraft,
    pub(super) units: u32,
    pub(super) distance: u32,
    pub(super) wage: u32,
    pub(super) start: u32,
    pub(super) bnsp: u32,
    pub(super) training: u32,
    pub(super) industry: u32,
    pub(super) expired: u32,
    pub(super) short: [u32; 3],
    pub(super) unknown: u32,
    pub(super) boards: u32,
    pub(super) near: u32,
    pub(super) far: u32,
    pub(super) wage_floor: u32,
    pub(super) late_days: u32,
}

impl Policy {
    /// Checks a draft; the first thing that is wrong is told ([`PolicyDraft::problems`] tells all).
    pub fn validate(draft: PolicyDraft) -> Result<Self, PolicyProblem> {
        if let Some(problem) = draft.problems().into_iter().next() {
            return Err(problem);
        }
        let small = |value: i64| u32::try_from(value).unwrap_or(0);
        let weight = |value: Option<i64>| value.map_or(0, small);
        Ok(Self {
            units: small(draft.units_weight),
            distance: weight(draft.distance_weight),
            wage: weight(draft.wage_weight),
            start: weight(draft.start_weight),
            bnsp: small(draft.evidence_bnsp),
            training: small(draft.evidence_training),
            industry: small(draft.evidence_industry),
            expired: small(draft.expired),
            short: [small(draft.one_level_short), small(draft.two_levels_short), small(draft.further_short)],
            unknown: small(draft.unknown),
            boards: small(draft.ready_to_board),
            near: small(draft.near_metres),
            far: small(draft.far_metres),
            wage_floor: small(draft.wage_floor),
            late_days: small(draft.late_days),
            draft,
        })
    }

    /// The policy as it is written down.
    #[must_use]
    pub fn draft(&self) -> &PolicyDraft {
        &self.draft
    }

    /// What staff call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.draft.name
    }

    /// Counts up with every change.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.draft.version
    }

    /// Percent that a held version of a unit is worth where another version is asked.
    ///
    /// Steps are counted in version numbers, not in the versions a catalogue happens to hold, so that a catalogue that
    /// grows does not change a score.
    pub(super) fn version_share(&self, held: u16, asked: u16) -> u16 {
        let percent = match asked.checked_sub(held) {
            Some(0) => 100,
            None => self.draft.newer_version,
            Some(1) => self.draft.one_version_older,
            Some(_) => self.draft.older_still,
        };
        u16::try_from(percent).unwrap_or(0)
    }

    /// Percent that an equivalent unit is worth, given its link's own percent.
    pub(super) fn equivalent_share(&self, link: u16) -> u16 {
        let percent = self.draft.equivalent * i64::from(link.min(100)) / 100;
        u16::try_from(percent).unwrap_or(0)
    }
}

impl Default for Policy {
    fn default() -> Self {
        let draft = PolicyDraft::default();
        Self {
            draft,
            units: 7000,
            distance: 1200,
            wage: 900,
            start: 900,
            bnsp: 100,
            training: 80,
            industry: 60,
            expired: 20,
            short: [80, 50, 20],
            unknown: 50,
            boards: 50,
            near: 5_000,
            far: 60_000,
            wage_floor: 70,
            late_days: 30,
        }
    }
}
