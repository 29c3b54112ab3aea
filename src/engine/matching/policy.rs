//! The scoring policy: how much each factor weighs, as data with a name and a version that every list prints.
//!
//! A [`PolicyDraft`] is what somebody wrote; a [`Policy`] is a draft that was checked. The scorer takes only the latter,
//! so no weight can be zero, negative or enormous where points are counted. A policy never names a person's attribute.

pub mod keys;

use keys::KEYS;

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
    /// What a unit of a related skill is worth on a preferred line; 0 counts it nothing. It never meets a required line.
    pub related: i64,
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
            related: 30,
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
    /// It has no name, one over 200 characters, or one that is not a line of text.
    #[error("a policy needs a name: one line of at most 200 characters")]
    Name,
}

/// The whole score, in hundredths of a point.
pub const WHOLE: u32 = 10_000;
/// The longest name, in characters.
pub const LONGEST_NAME: usize = 200;
/// The last version a name can have.
pub const LAST_VERSION: i64 = 1_000_000;

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
    /// Checks a draft; every field that is wrong is named.
    pub fn validate(draft: PolicyDraft) -> Result<Self, Vec<PolicyProblem>> {
        let mut problems = draft.out_of_range();
        // A number that is refused already is not compared too.
        let refused =
            |name: &str| problems.iter().any(|problem| matches!(problem, PolicyProblem::OutOfRange { field, .. } if *field == name));
        let order: Vec<PolicyProblem> = draft
            .out_of_order()
            .filter(|(weaker, stronger)| !refused(weaker) && !refused(stronger))
            .map(|(weaker, stronger)| PolicyProblem::Order { weaker, stronger })
            .collect();
        problems.extend(order);
        problems.extend(draft.wrong_sum());
        let checked = if problems.is_empty() { Self::checked(draft) } else { None };
        checked.ok_or(problems)
    }

    /// The numbers as the scorer reads them; `None` if one does not even fit its type.
    fn checked(draft: PolicyDraft) -> Option<Self> {
        let number = |value: i64| u32::try_from(value).ok();
        let weight = |value: Option<i64>| number(value.unwrap_or(0));
        Some(Self {
            units: number(draft.units_weight)?,
            distance: weight(draft.distance_weight)?,
            wage: weight(draft.wage_weight)?,
            start: weight(draft.start_weight)?,
            bnsp: number(draft.evidence_bnsp)?,
            training: number(draft.evidence_training)?,
            industry: number(draft.evidence_industry)?,
            expired: number(draft.expired)?,
            short: [number(draft.one_level_short)?, number(draft.two_levels_short)?, number(draft.further_short)?],
            unknown: number(draft.unknown)?,
            boards: number(draft.ready_to_board)?,
            near: number(draft.near_metres)?,
            far: number(draft.far_metres)?,
            wage_floor: number(draft.wage_floor)?,
            late_days: number(draft.late_days)?,
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

    /// Percent that a unit of a related skill is worth on a preferred line.
    pub(super) fn related_share(&self) -> u16 {
        u16::try_from(self.draft.related).unwrap_or(0)
    }
}

impl PolicyDraft {
    /// Every number beyond its bounds, and a name that is none.
    fn out_of_range(&self) -> Vec<PolicyProblem> {
        let name = &self.name;
        let is_line = !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME && !name.contains(char::is_control);
        let name = (!is_line).then_some(PolicyProblem::Name);
        let version = Some(i64::from(self.version)).filter(|version| !(1..=LAST_VERSION).contains(version));
        let version = version.map(|value| PolicyProblem::OutOfRange { field: "version", value, least: 1, most: LAST_VERSION });
        let numbers = KEYS.iter().filter_map(|key| {
            // Distance must have a way to fall from full to nothing.
            let beyond_near = key.name == "far_metres" && (0..key.most).contains(&self.near_metres);
            let least = if beyond_near { self.near_metres + 1 } else { key.least };
            let value = key.read(self).filter(|value| !(least..=key.most).contains(value))?;
            Some(PolicyProblem::OutOfRange { field: key.name, value, least, most: key.most })
        });
        name.into_iter().chain(version).chain(numbers).collect()
    }

    /// Weaker evidence, older versions, weaker rights and lower levels that are worth more: weaker, stronger.
    fn out_of_order(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let falling = [
            (("evidence_bnsp", self.evidence_bnsp), ("evidence_training", self.evidence_training)),
            (("evidence_training", self.evidence_training), ("evidence_industry", self.evidence_industry)),
            (("one_version_older", self.one_version_older), ("older_still", self.older_still)),
            (("equivalent", self.equivalent), ("related", self.related)),
            (("one_level_short", self.one_level_short), ("two_levels_short", self.two_levels_short)),
            (("two_levels_short", self.two_levels_short), ("further_short", self.further_short)),
        ];
        let rises = falling.into_iter().filter(|(stronger, weaker)| weaker.1 > stronger.1);
        rises.map(|(stronger, weaker)| (weaker.0, stronger.0))
    }

    /// The weights' sum if it is wrong; nothing while a weight is out of range, which is told already.
    fn wrong_sum(&self) -> Option<PolicyProblem> {
        let weights = [Some(self.units_weight), self.distance_weight, self.wage_weight, self.start_weight];
        let whole = i64::from(WHOLE);
        let sound = weights.iter().flatten().all(|weight| (1..=whole).contains(weight));
        let sum: i64 = if sound { weights.iter().flatten().sum() } else { whole };
        (sum != whole).then_some(PolicyProblem::Sum { sum })
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
